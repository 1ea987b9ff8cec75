//! Addresses that a tenant can type and that the product, or a reader's browser, will then be sent to.
//!
//! There is one guard for all of them. It lets through what a public service on the internet looks like, and nothing that could be a way
//! into a network which trusts the sender: https at its usual port, a name with a dot in it, no credentials, no literal address in any
//! notation, no name that is ours or stands for the machine itself. The platform resolves names, so where a public name points to cannot
//! be checked here; there is no private network behind the platform that it could lead into.
//!
//! Whoever asks at such an address follows no redirects and says how long to wait and how much to read
//! ([`crate::platform::OutgoingRequest`]).

use url::{Host, Url};

/// Bytes of an address.
pub const ADDRESS_BYTES_MAX: usize = 500;

/// Zones that are nobody's public service: the machine itself, private networks, the platform's metadata, and public names that answer
/// with whatever address stands in them.
const REFUSED_ZONES: &[&str] = &[
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "arpa",
    "onion",
    "test",
    "invalid",
    "workers.dev",
    "pages.dev",
    "metadata.goog",
    "nip.io",
    "sslip.io",
    "xip.io",
    "localtest.me",
    "lvh.me",
    "vcap.me",
    "lacolhost.com",
    "yoogle.com",
    "localho.st",
    "traefik.me",
    "ip6.name",
    "rbndr.us",
];

/// Why an address is not called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadAddress {
    /// It cannot be read as an address, or is too long.
    Unreadable,
    /// It is not https.
    NotHttps,
    /// It carries a user name or a password.
    Credentials,
    /// Its port is another than 443.
    Port,
    /// It names no public host.
    Host,
}

/// The address, if it may be called. `own` are the hosts and zones of the deployment and of the tenant: they and what lies below them are
/// refused.
pub fn check(text: &str, own: &[&str]) -> Result<Url, BadAddress> {
    // The parser drops tabs and line breaks, and takes `\` for `/`: what is looked at here has to be what others will read.
    if text.len() > ADDRESS_BYTES_MAX || !text.bytes().all(|byte| byte.is_ascii_graphic()) || text.contains('\\') {
        return Err(BadAddress::Unreadable);
    }
    let url = Url::parse(text).map_err(|_| BadAddress::Unreadable)?;
    if url.scheme() != "https" {
        return Err(BadAddress::NotHttps);
    }
    if !url.username().is_empty()
        || url.password().is_some()
        || text.split(['/', '?', '#']).nth(2).is_some_and(|authority| authority.contains('@'))
    {
        return Err(BadAddress::Credentials);
    }
    if url.port_or_known_default() != Some(443) {
        return Err(BadAddress::Port);
    }
    // The parser reads every notation of an IPv4 address (decimal, octal, hexadecimal, shortened) as the address that it is.
    let Some(Host::Domain(name)) = url.host() else { return Err(BadAddress::Host) };
    if is_public(name, own) { Ok(url) } else { Err(BadAddress::Host) }
}

/// Whether a name, in small letters, looks like one of a public service.
pub fn is_public(name: &str, own: &[&str]) -> bool {
    // A dot at the end is the same name, and a host that only looks different.
    if name.ends_with('.') || !name.contains('.') || name.len() > 253 {
        return false;
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // What lies within `name` may be dressed up as a host of its own by a resolver that is asked for `metadata.<search domain>`.
    let begins_with_metadata = matches!(name.split('.').next(), Some("metadata" | "instance-data"));
    name.split('.').all(is_label) && !begins_with_metadata && !REFUSED_ZONES.iter().chain(own).any(|zone| lies_in(name, zone))
}

/// Whether a name is a zone or lies below it.
pub fn lies_in(name: &str, zone: &str) -> bool {
    !zone.is_empty() && name.strip_suffix(zone).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OWN: &[&str] = &["workernet.example", "portal.acme.example"];

    #[test]
    fn a_public_service_is_called() {
        for text in [
            "https://hooks.vendor.example/in?key=1#part",
            "https://hooks.vendor.example:443/",
            "https://HOOKS.vendor.example",
            "https://acme.example/logo.svg",
            "https://cdn.acme.example/logo.svg",
            "https://xn--e1afmkfd.xn--p1ai/",
            "https://1.vendor.example/",
            "https://localhost.vendor.example/",
            "https://notworkernet.example/",
            "https://vendor.example/@somebody",
        ] {
            assert!(check(text, OWN).is_ok(), "{text}");
        }
    }

    #[test]
    fn every_way_inside_is_refused() {
        use BadAddress::{Credentials, Host, NotHttps, Port, Unreadable};
        for (text, why) in [
            ("", Unreadable),
            ("vendor.example", Unreadable),
            ("//vendor.example/", Unreadable),
            ("https://", Unreadable),
            ("https:// vendor.example/", Unreadable),
            ("https://vendor.example/\r\nHost: x", Unreadable),
            ("https://ven\tdor.example/", Unreadable),
            ("https:\\\\vendor.example\\", Unreadable),
            ("https://vendor.example\\@127.0.0.1/", Unreadable),
            ("https://вендор.example/", Unreadable),
            ("https://[::1/", Unreadable),
            ("https://256.256.256.256/", Unreadable),
            ("http://vendor.example/", NotHttps),
            ("ftp://vendor.example/", NotHttps),
            ("file:///etc/passwd", NotHttps),
            ("gopher://vendor.example/", NotHttps),
            ("javascript:alert(1)", NotHttps),
            ("data:text/html,x", NotHttps),
            ("https://user@vendor.example/", Credentials),
            ("https://user:word@vendor.example/", Credentials),
            ("https://@vendor.example/", Credentials),
            ("https://:@vendor.example/", Credentials),
            ("https://vendor.example@127.0.0.1/", Credentials),
            ("https://vendor.example:80/", Port),
            ("https://vendor.example:8443/", Port),
            ("https://vendor.example:22/", Port),
            ("https://127.0.0.1/", Host),
            ("https://2130706433/", Host),
            ("https://0x7f000001/", Host),
            ("https://0177.0.0.1/", Host),
            ("https://0x7f.1/", Host),
            ("https://127.1/", Host),
            ("https://0/", Host),
            ("https://10.0.0.1/", Host),
            ("https://169.254.169.254/latest/meta-data/", Host),
            ("https://8.8.8.8/", Host),
            ("https://[::1]/", Host),
            ("https://[::]/", Host),
            ("https://[::ffff:127.0.0.1]/", Host),
            ("https://[::ffff:a9fe:a9fe]/", Host),
            ("https://[64:ff9b::7f00:1]/", Host),
            ("https://[fd00::1]/", Host),
            ("https://%31%32%37.0.0.1/", Host),
            ("https://localhost/", Host),
            ("https://LOCALHOST/", Host),
            ("https://localhost./", Host),
            ("https://foo.localhost/", Host),
            ("https://printer.local/", Host),
            ("https://intranet/", Host),
            ("https://metadata.google.internal/", Host),
            ("https://metadata/", Host),
            ("https://metadata.vendor.example/", Host),
            ("https://instance-data.vendor.example/", Host),
            ("https://127.0.0.1.nip.io/", Host),
            ("https://127-0-0-1.sslip.io/", Host),
            ("https://anything.workers.dev/", Host),
            ("https://workers.dev/", Host),
            ("https://1.0.0.127.in-addr.arpa/", Host),
            ("https://workernet.example/", Host),
            ("https://acme.workernet.example/", Host),
            ("https://portal.acme.example/", Host),
            ("https://vendor.example./", Host),
            ("https://vendor..example/", Host),
            ("https://-vendor.example/", Host),
        ] {
            assert_eq!(check(text, OWN).map(|url| url.to_string()), Err(why), "{text}");
        }
        assert_eq!(check(&format!("https://vendor.example/{}", "x".repeat(ADDRESS_BYTES_MAX)), OWN), Err(Unreadable));
    }

    proptest! {
        #[test]
        fn no_literal_address_gets_through(number: u32, high: u128) {
            let four = std::net::Ipv4Addr::from_bits(number);
            let [a, b, c, d] = four.octets();
            let texts = [
                format!("https://{four}/"),
                format!("https://{number}/"),
                format!("https://{number:#x}/"),
                format!("https://0{number:o}/"),
                format!("https://{a}.{b}.{}/", u32::from(c) * 256 + u32::from(d)),
                format!("https://0{a:o}.{b:#x}.{c}.{d}/"),
                format!("https://[{}]/", std::net::Ipv6Addr::from_bits(high)),
                format!("https://[::ffff:{four}]/"),
            ];
            for text in texts {
                prop_assert!(check(&text, &[]).is_err(), "{}", text);
            }
        }

        #[test]
        fn whatever_is_typed_what_gets_through_is_a_public_name_over_https(text in "https?://[ -~]{0,60}") {
            if let Ok(url) = check(&text, OWN) {
                prop_assert_eq!(url.scheme(), "https");
                prop_assert_eq!(url.port_or_known_default(), Some(443));
                prop_assert!(url.username().is_empty() && url.password().is_none());
                prop_assert!(url.domain().is_some_and(|name| name.contains('.')));
            }
        }
    }

    #[test]
    fn addresses_names_and_parts_of_names_are_as_long_as_they_may_be_and_not_longer() {
        let address = |bytes: usize| format!("https://vendor.example/{}", "x".repeat(bytes - "https://vendor.example/".len()));
        assert!(check(&address(ADDRESS_BYTES_MAX), OWN).is_ok());
        assert_eq!(check(&address(ADDRESS_BYTES_MAX + 1), OWN), Err(BadAddress::Unreadable));
        let name = |last: usize| format!("{0}.{0}.{0}.{1}", "a".repeat(63), "b".repeat(last));
        assert_eq!((name(61).len(), name(62).len()), (253, 254));
        assert!(is_public(&name(61), &[]) && !is_public(&name(62), &[]));
        assert!(!is_public(&format!("{}.example", "a".repeat(64)), &[]));
        assert!(is_public("a_b.vendor.example", &[]) && !is_public("a!b.vendor.example", &[]));
    }
}
