//! Which machines a tenant may have the product connect to: public ones, by name or address.
//!
//! A name is looked up by the platform, which connects to no private address; what can be seen in the text itself is refused here.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::net::outbound;

/// Characters of a host name (RFC 1035, 2.3.4).
const HOST_CHARS_MAX: usize = 253;

/// The host as it is stored, or nothing where the product must not go. `own` is the platform's own domain; `lets_private` lets
/// addresses of one's own machine and network through, for development.
pub fn checked(typed: &str, own: &str, lets_private: bool) -> Option<String> {
    let host = typed.trim().trim_end_matches('.').to_ascii_lowercase();
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&host);
    if let Ok(address) = bare.parse::<IpAddr>() {
        return (lets_private || is_public(address)).then(|| bare.to_owned());
    }
    if !is_name(&host) {
        return None;
    }
    (lets_private || outbound::is_public(&host, &[own])).then_some(host)
}

/// Letters, digits, hyphens and dots, and a last label that cannot be read as a number: `0x7f.1` and `2130706433` are addresses to some.
fn is_name(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_number = |label: &&str| label.starts_with(|first: char| first.is_ascii_digit());
    host.len() <= HOST_CHARS_MAX && labels.iter().all(is_label) && !labels.last().is_some_and(is_number)
}

/// Whether an address is one of the public network (the registries of RFC 6890).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !is_special
}

/// Of IPv6 only `2000::/3` is given out; of it, what carries an IPv4 address or documents is left out.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_global = first & 0xe000 == 0x2000;
    is_global && first != 0x2002 && !(first == 0x2001 && (second < 0x200 || second == 0xdb8)) && first != 0x3fff
}

#[cfg(test)]
mod tests {
    use super::checked;

    #[test]
    fn a_public_host_is_taken_and_one_of_ones_own_network_is_not() {
        for (typed, stored) in
            [(" LDAP.Acme.Example. ", "ldap.acme.example"), ("8.8.8.8", "8.8.8.8"), ("[2a00:1450:4010::1]", "2a00:1450:4010::1")]
        {
            assert_eq!(checked(typed, "workernet.example", false).as_deref(), Some(stored));
        }
        for typed in [
            "",
            "localhost",
            "dc1",
            "dc.corp.local",
            "a.localhost",
            "metadata.google.internal",
            "metadata.acme.example",
            "127.0.0.1.nip.io",
            "dc.workers.dev",
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "192.0.2.1",
            "::1",
            "[::1]",
            "fd00::1",
            "fe80::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "127.1",
            "a b",
            "user@ldap.acme.example",
            "ldap.acme.example:636",
            "ldap.acme.example/x",
            "workernet.example",
            "acme.workernet.example",
            "-a.example",
            "a..example",
        ] {
            assert_eq!(checked(typed, "workernet.example", false), None, "{typed}");
        }
    }

    #[test]
    fn development_may_use_its_own_machine() {
        assert_eq!(checked("localhost", "x", true).as_deref(), Some("localhost"));
        assert_eq!(checked("127.0.0.1", "x", true).as_deref(), Some("127.0.0.1"));
        assert_eq!(checked("a b", "x", true), None);
    }
}
