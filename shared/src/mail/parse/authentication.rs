//! SPF, DKIM and DMARC results (RFC 8601), believed only from a server that we name.

use mail_parser::{HeaderName, Message};
use serde::{Deserialize, Serialize};

/// One method's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Not stated by a trusted server.
    #[default]
    Unknown,
    /// Passed.
    Pass,
    /// Failed: fail, softfail, permerror, policy.
    Fail,
    /// Stated, and neither passed nor failed: none, neutral, temperror.
    Neutral,
}

/// What the trusted server found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Authentication {
    /// SPF (RFC 7208).
    pub spf: Verdict,
    /// DKIM (RFC 6376): pass if any signature passed.
    pub dkim: Verdict,
    /// DMARC (RFC 7489).
    pub dmarc: Verdict,
    /// Domains that SPF or DKIM passed for.
    pub domains: Vec<String>,
}

impl Authentication {
    /// Whether mail from this domain is genuine: DMARC passed, or it did not fail and SPF or DKIM passed
    /// for the domain itself or one that contains it (relaxed alignment, RFC 7489, 3.1).
    pub fn vouches_for(&self, from_domain: &str) -> bool {
        match self.dmarc {
            Verdict::Pass => true,
            Verdict::Fail => false,
            Verdict::Unknown | Verdict::Neutral => self.domains.iter().any(|domain| {
                from_domain == domain
                    || (domain.contains('.') && from_domain.strip_suffix(domain.as_str()).is_some_and(|rest| rest.ends_with('.')))
            }),
        }
    }
}

/// Reads the topmost Authentication-Results of a trusted server. Lower ones came with the mail.
pub(super) fn read(message: &Message<'_>, trusted: &[&str]) -> Authentication {
    message
        .headers()
        .iter()
        .filter(|header| header.name == HeaderName::AuthenticationResults)
        .filter_map(|header| {
            let start = usize::try_from(header.offset_start).ok()?;
            let end = usize::try_from(header.offset_end).ok()?;
            Some(String::from_utf8_lossy(message.raw_message().get(start..end)?))
        })
        .map(|value| without_comments(&value))
        .find(|value| {
            let server = value.split(';').next().unwrap_or_default().split_whitespace().next().unwrap_or_default();
            trusted.iter().any(|name| name.eq_ignore_ascii_case(server))
        })
        .map(|value| results(&value))
        .unwrap_or_default()
}

fn results(value: &str) -> Authentication {
    let mut found = Authentication::default();
    for result in value.split(';').skip(1).take(50) {
        let mut words = result.split_whitespace();
        let Some((method, verdict)) = words.next().and_then(|word| word.split_once('=')) else { continue };
        let verdict = match verdict.to_ascii_lowercase().as_str() {
            "pass" => Verdict::Pass,
            "fail" | "softfail" | "hardfail" | "permerror" | "policy" | "reject" => Verdict::Fail,
            _ => Verdict::Neutral,
        };
        let method = method.split('/').next().unwrap_or_default().to_ascii_lowercase();
        let (slot, properties): (&mut Verdict, &[&str]) = match method.as_str() {
            "spf" => (&mut found.spf, &["smtp.mailfrom", "smtp.helo"]),
            "dkim" => (&mut found.dkim, &["header.d", "header.i"]),
            "dmarc" => (&mut found.dmarc, &[]),
            _ => continue,
        };
        if *slot != Verdict::Pass {
            *slot = verdict;
        }
        if verdict == Verdict::Pass {
            found.domains.extend(
                words
                    .filter_map(|word| word.split_once('='))
                    .filter(|(name, _)| properties.iter().any(|property| property.eq_ignore_ascii_case(name)))
                    .map(|(_, domain)| domain.rsplit('@').next().unwrap_or_default().trim_matches('"').to_lowercase())
                    .filter(|domain| !domain.is_empty()),
            );
        }
    }
    found
}

/// Drops comments in parentheses (they nest) and what stands in quotes: both are the sender's to choose.
fn without_comments(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut depth = 0usize;
    let mut quoted = false;
    let mut escaped = false;
    for c in value.chars() {
        if escaped {
            escaped = false;
            continue;
        }
        match c {
            '\\' if depth > 0 || quoted => escaped = true,
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => depth -= 1,
            _ if depth > 0 || quoted => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Verdict, read};
    use mail_parser::MessageParser;

    fn authentication(headers: &str) -> super::Authentication {
        let raw = format!("{headers}From: a@client.example\r\n\r\nhi\r\n");
        let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
        read(&message, &["mx.trusted.example"])
    }

    #[test]
    fn only_the_trusted_server_is_believed() {
        let forged = authentication("Authentication-Results: mx.evil.example; dmarc=pass\r\n");
        assert_eq!(forged.dmarc, Verdict::Unknown);
        assert!(!forged.vouches_for("client.example"));
    }

    #[test]
    fn only_the_topmost_line_of_the_trusted_server_is_believed() {
        let found = authentication(
            "Authentication-Results: mx.trusted.example; dmarc=fail\r\nAuthentication-Results: mx.trusted.example; dmarc=pass\r\n",
        );
        assert_eq!(found.dmarc, Verdict::Fail);
    }

    #[test]
    fn what_stands_in_comments_and_quotes_is_not_a_result() {
        let found = authentication(
            "Authentication-Results: mx.trusted.example 1;\r\n spf=fail (note; dmarc=pass (nested)) smtp.mailfrom=\"x; dkim=pass\"\r\n",
        );
        assert_eq!((found.spf, found.dkim, found.dmarc), (Verdict::Fail, Verdict::Unknown, Verdict::Unknown));
    }

    #[test]
    fn without_a_dmarc_record_a_pass_counts_for_its_own_domain_only() {
        let found = authentication(
            "Authentication-Results: mx.trusted.example; dkim=fail header.d=x.y; dkim=pass header.d=client.example; spf=pass smtp.mailfrom=bounce@mailer.example; dmarc=none\r\n",
        );
        assert!(found.vouches_for("client.example"));
        assert!(found.vouches_for("sub.client.example"));
        assert!(!found.vouches_for("evilclient.example"));
        assert!(!found.vouches_for("other.example"));
    }

    #[test]
    fn a_failed_dmarc_is_not_outvoted_by_spf() {
        let found =
            authentication("Authentication-Results: mx.trusted.example; spf=pass smtp.mailfrom=client.example; dmarc=fail\r\n");
        assert!(!found.vouches_for("client.example"));
    }
}
