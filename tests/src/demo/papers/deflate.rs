//! Compression for drawn pictures (RFC 1950 and 1951): one block of fixed codes. Repetitions are looked for in two places only, the dot
//! before and the dot above; of pictures made of boxes little is left.

/// Shortest and longest repetition that the format can say.
const MATCH: std::ops::RangeInclusive<usize> = 3..=258;

/// A zlib stream of `data`, whose rows are `stride` bytes long.
pub fn zlib(data: &[u8], stride: usize) -> Vec<u8> {
    let mut bits = Bits { out: vec![0x78, 0x01], held: 0, count: 0 };
    bits.put(0b011, 3);
    let mut at = 0;
    while at < data.len() {
        let longest = [1, stride].into_iter().map(|back| (repeated(data, at, back), back)).max_by_key(|(length, _)| *length);
        match longest {
            Some((length, back)) if MATCH.contains(&length) => {
                bits.repetition(length, back);
                at += length;
            }
            _ => {
                bits.symbol(data.get(at).copied().map_or(0, u32::from));
                at += 1;
            }
        }
    }
    bits.symbol(256);
    bits.finish(adler(data))
}

/// How many bytes from `at` on are those `back` before.
fn repeated(data: &[u8], at: usize, back: usize) -> usize {
    let Some(from) = at.checked_sub(back) else { return 0 };
    let (Some(now), Some(then)) = (data.get(at..), data.get(from..)) else { return 0 };
    now.iter().zip(then).take(*MATCH.end()).take_while(|(now, then)| now == then).count()
}

fn adler(data: &[u8]) -> u32 {
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in data {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    high << 16 | low
}

struct Bits {
    out: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    /// Numbers go in from their lowest bit.
    fn put(&mut self, value: u32, count: u32) {
        self.held |= u64::from(value) << self.count;
        self.count += count;
        while self.count >= 8 {
            self.out.extend(self.held.to_le_bytes().first());
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// Codes go in from their highest bit.
    fn code(&mut self, code: u32, count: u32) {
        self.put(code.reverse_bits() >> (32 - count), count);
    }

    /// A literal, the end, or a length, by the fixed codes (RFC 1951, 3.2.6).
    fn symbol(&mut self, symbol: u32) {
        match symbol {
            0..=143 => self.code(0x30 + symbol, 8),
            144..=255 => self.code(0x190 + symbol - 144, 9),
            256..=279 => self.code(symbol - 256, 7),
            _ => self.code(0xC0 + symbol - 280, 8),
        }
    }

    fn repetition(&mut self, length: usize, back: usize) {
        let length = u32::try_from(length).unwrap_or(258);
        if length == 258 {
            self.symbol(285);
        } else {
            let (group, extra, rest) = grouped(length - 3, 4);
            self.symbol(257 + group);
            self.put(rest, extra);
        }
        let (group, extra, rest) = grouped(u32::try_from(back).unwrap_or(1) - 1, 2);
        self.code(group, 5);
        self.put(rest, extra);
    }

    fn finish(mut self, check: u32) -> Vec<u8> {
        let gap = (8 - self.count % 8) % 8;
        self.put(0, gap);
        self.out.extend(check.to_be_bytes());
        self.out
    }
}

/// Lengths and distances come in groups of doubling size, `per` groups of each size: the group, how many bits say the place in it, and
/// the place.
fn grouped(value: u32, per: u32) -> (u32, u32, u32) {
    if value < per * 2 {
        return (value, 0, 0);
    }
    let extra = value.ilog2() - per.ilog2();
    (extra * per + (value >> extra), extra, value & ((1 << extra) - 1))
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn groups_are_those_of_the_tables_of_the_standard() {
        // Lengths 3, 10, 11, 12, 13, 18, 19, 257 less 3; distances 1, 4, 5, 7, 760 less 1.
        let lengths =
            [(0, (0, 0, 0)), (7, (7, 0, 0)), (8, (8, 1, 0)), (9, (8, 1, 1)), (10, (9, 1, 0)), (15, (11, 1, 1)), (16, (12, 2, 0))];
        for (value, expected) in lengths {
            assert_eq!(grouped(value, 4), expected, "{value}");
        }
        assert_eq!(grouped(254, 4), (27, 5, 30));
        for (value, expected) in [(0, (0, 0, 0)), (3, (3, 0, 0)), (4, (4, 1, 0)), (6, (5, 1, 0)), (759, (18, 8, 247))] {
            assert_eq!(grouped(value, 2), expected, "{value}");
        }
    }
}
