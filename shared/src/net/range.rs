//! Ranges of addresses (CIDR, RFC 4632 and RFC 4291).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::limits::{BLOCK_PREFIX_V4_MIN, BLOCK_PREFIX_V6_MIN};

/// The addresses that begin with the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    base: IpAddr,
    prefix: u8,
}

/// Why a text is no range that can be blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadRange {
    /// It is no address and no range.
    Unreadable,
    /// It covers more than somebody can mean to block.
    TooWide,
}

impl Range {
    /// Parses an address, or an address and the number of bits that count. Bits beyond them are cleared, and IPv4 addresses in IPv6 clothes
    /// are undressed, so that one range has one text.
    pub fn parse(text: &str) -> Result<Self, BadRange> {
        let (address, bits) = match text.trim().split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text.trim(), None),
        };
        let address: IpAddr = address.parse().map_err(|_| BadRange::Unreadable)?;
        let width = width(address);
        let prefix = match bits {
            // "+8" and "008" are numbers to the parser and typing errors to people.
            Some(bits)
                if bits.len() > 3
                    || !bits.bytes().all(|byte| byte.is_ascii_digit())
                    || bits.len() > 1 && bits.starts_with('0') =>
            {
                return Err(BadRange::Unreadable);
            }
            Some(bits) => bits.parse().ok().filter(|bits| *bits <= width).ok_or(BadRange::Unreadable)?,
            None => width,
        };
        let plain = address.to_canonical();
        let prefix = if width == 128 && plain.is_ipv4() { prefix.checked_sub(96).ok_or(BadRange::TooWide)? } else { prefix };
        let least = if plain.is_ipv4() { BLOCK_PREFIX_V4_MIN } else { BLOCK_PREFIX_V6_MIN };
        if prefix < least {
            return Err(BadRange::TooWide);
        }
        Ok(Self { base: masked(plain, prefix), prefix })
    }

    /// Whether an address is among them.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.base.is_ipv4() && masked(address, self.prefix) == self.base
    }
}

impl std::fmt::Display for Range {
    /// The address alone where the range is one address.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.prefix == width(self.base) { write!(out, "{}", self.base) } else { write!(out, "{}/{}", self.base, self.prefix) }
    }
}

fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn masked(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32_u32.saturating_sub(prefix.into())).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & mask))
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128_u32.saturating_sub(prefix.into())).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_range_has_one_text() {
        for (typed, kept) in [
            ("192.0.2.7", "192.0.2.7"),
            (" 192.0.2.7/32 ", "192.0.2.7"),
            ("192.0.2.77/24", "192.0.2.0/24"),
            ("2001:DB8::1", "2001:db8::1"),
            ("2001:db8:1:2:3::/64", "2001:db8:1:2::/64"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7/120", "192.0.2.0/24"),
        ] {
            assert_eq!(Range::parse(typed).map(|range| range.to_string()), Ok(kept.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for typed in [
            "",
            "/",
            "acme",
            "192.0.2",
            "192.0.2.7/",
            "192.0.2.7/33",
            "192.0.2.7/+8",
            "192.0.2.0/024",
            "010.0.0.1",
            "::1/129",
            "1.2.3.4/24/8",
            "0x7f000001",
        ] {
            assert_eq!(Range::parse(typed), Err(BadRange::Unreadable), "{typed}");
        }
        for typed in ["0.0.0.0/0", "10.0.0.0/8", "::/0", "2001:db8::/16", "::ffff:10.0.0.1/96"] {
            assert_eq!(Range::parse(typed), Err(BadRange::TooWide), "{typed}");
        }
    }

    #[test]
    fn families_do_not_mix() {
        let four = Range::parse("192.0.2.0/24").unwrap();
        assert!(four.contains("192.0.2.255".parse().unwrap()));
        assert!(four.contains("::ffff:192.0.2.9".parse().unwrap()));
        assert!(!four.contains("192.0.3.0".parse().unwrap()));
        assert!(!four.contains("2001:db8::1".parse().unwrap()));
    }

    proptest! {
        #[test]
        fn a_range_holds_exactly_what_begins_like_it(base: u32, other: u32, prefix in 16u8..=32) {
            let range = Range::parse(&format!("{}/{prefix}", Ipv4Addr::from_bits(base))).unwrap();
            let alike = (0..prefix).all(|bit| (base ^ other) & (1 << (31 - bit)) == 0);
            prop_assert_eq!(range.contains(Ipv4Addr::from_bits(other).into()), alike);
        }

        #[test]
        fn the_text_of_a_range_reads_as_the_range(base: u128, prefix in 32u8..=128) {
            if let Ok(range) = Range::parse(&format!("{}/{prefix}", Ipv6Addr::from_bits(base))) {
                prop_assert_eq!(Range::parse(&range.to_string()), Ok(range));
                prop_assert!(range.contains(Ipv6Addr::from_bits(base).into()));
            }
        }
    }
}
