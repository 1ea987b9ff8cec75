//! Counting tries before anything costly or revealing is done.
//!
//! Keys are digests, so that the table holds no addresses, and whatever somebody types has the same length. Windows are
//! fixed: a key's count starts anew when its window is over.

use std::net::{IpAddr, Ipv6Addr};

use shared::auth::signer::sha256_hex;
use shared::database::{DbError, Rows, TenantStatement};
use shared::store::attempts;

use crate::context::Ctx;

/// Limits that one try counts against.
pub struct Throttle {
    /// When the window began, in seconds since 1970: so windows of all lengths grow old alike.
    began: i64,
    /// Seconds until the window is over.
    pub retry_after_seconds: i64,
    keys: Vec<(String, i64)>,
}

/// What counting said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Go on.
    Within,
    /// The first try beyond a limit in this window: worth a line in the audit log.
    JustOver,
    /// Another one.
    Over,
}

impl Throttle {
    /// No limits yet; they will count within windows of `window_seconds`.
    pub fn within(ctx: &Ctx<'_>, window_seconds: i64) -> Self {
        let seconds = ctx.now.timestamp();
        let into_window = seconds.rem_euclid(window_seconds);
        Self { began: seconds - into_window, retry_after_seconds: window_seconds - into_window, keys: Vec::new() }
    }

    /// At most `limit` tries of what `parts` name.
    pub fn limit(mut self, parts: &[&str], limit: i64) -> Self {
        self.keys.push((sha256_hex(parts.join("\n").as_bytes()), limit));
        self
    }

    /// Counts the try: one statement a limit.
    pub fn statements(&self) -> Vec<TenantStatement> {
        self.keys.iter().map(|(key, _)| attempts::count(key, self.began)).collect()
    }

    /// Counts within a batch that does the thing itself: two statements a limit, of which the second refuses the batch (`limit`)
    /// beyond it. A try that is refused so is not counted.
    pub fn guarded(&self) -> Vec<TenantStatement> {
        self.keys
            .iter()
            .flat_map(|(key, limit)| [attempts::count(key, self.began), attempts::guard(key, self.began, *limit)])
            .collect()
    }

    /// Reads the answers of [`Throttle::statements`], which stand first among `rows`.
    pub fn verdict(&self, rows: &[Rows]) -> Result<Verdict, DbError> {
        let mut verdict = Verdict::Within;
        for ((_, limit), rows) in self.keys.iter().zip(rows) {
            let count = attempts::counted(rows)?;
            if count > limit + 1 {
                return Ok(Verdict::Over);
            }
            if count > *limit {
                verdict = Verdict::JustOver;
            }
        }
        Ok(verdict)
    }

    /// The try turned out well and does not count.
    pub fn forget(&self) -> TenantStatement {
        let keys: Vec<String> = self.keys.iter().map(|(key, _)| key.clone()).collect();
        attempts::forget_one(&keys, self.began)
    }
}

/// The network that an address belongs to: the address itself, or the /64 of an IPv6 address, which is what one
/// subscriber has at least.
pub fn network(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            let subscriber = Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0);
            address.to_ipv4_mapped().map_or_else(|| subscriber.to_string(), |mapped| mapped.to_string())
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn an_ipv6_subscriber_is_one_network() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.7"), "192.0.2.7");
    }
}
