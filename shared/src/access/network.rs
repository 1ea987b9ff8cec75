//! Networks: an address and how many of its first bits count, `192.0.2.0/24` or `2001:db8::/32` (RFC 4632, RFC 4291).

use std::net::IpAddr;

/// A network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    bits: u128,
    length: u32,
    prefix: u32,
}

impl Network {
    /// Reads a network; `None` for what is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/')?;
        let (address, prefix): (IpAddr, u32) = (address.parse().ok()?, prefix.parse().ok()?);
        // IPv4 written as IPv6 has 96 bits in front that say so.
        let (address, prefix) = match prefix.checked_sub(96).zip(address.is_ipv6().then(|| address.to_canonical())) {
            Some((prefix, address)) if address.is_ipv4() => (address, prefix),
            _ => (address, prefix),
        };
        let (bits, length) = as_bits(address);
        (prefix <= length).then_some(Self { bits, length, prefix })
    }

    /// Whether the address lies in it. An IPv4 address is one however it is written.
    pub fn contains(self, address: IpAddr) -> bool {
        let (bits, length) = as_bits(address.to_canonical());
        let differs = (bits ^ self.bits).checked_shr(length.saturating_sub(self.prefix)).unwrap_or(0);
        self.length == length && (self.prefix == 0 || differs == 0)
    }
}

fn as_bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (u128::from(u32::from(address)), 32),
        IpAddr::V6(address) => (u128::from(address), 128),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_lies_in_the_networks_that_share_its_first_bits() {
        for (network, address, lies) in [
            ("192.0.2.0/24", "192.0.2.255", true),
            ("192.0.2.0/24", "192.0.3.0", false),
            ("192.0.2.7/32", "192.0.2.7", true),
            ("192.0.2.7/32", "192.0.2.6", false),
            ("192.0.2.0/24", "::ffff:192.0.2.1", true),
            ("::ffff:192.0.2.0/120", "192.0.2.255", true),
            ("::ffff:192.0.2.0/120", "192.0.3.0", false),
            ("::ffff:0:0/96", "203.0.113.9", true),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/33", "2001:db8:ffff::1", false),
            ("::/0", "2001:db8::1", true),
            ("::/0", "192.0.2.1", false),
        ] {
            assert_eq!(Network::parse(network).unwrap().contains(address.parse().unwrap()), lies, "{address} in {network}");
        }
        for text in [
            "",
            "192.0.2.0",
            "192.0.2.0/33",
            "192.0.2.0/-1",
            "2001:db8::/129",
            "::ffff:192.0.2.0/129",
            "192.0.2/24",
            "x/8",
            "192.0.2.0/24/8",
        ] {
            assert_eq!(Network::parse(text), None, "{text}");
        }
    }
}
