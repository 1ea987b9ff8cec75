//! DEFLATE (RFC 1951), as the redirect binding wants it: small messages, packed by others and unpacked here, with an end to how large they get.
//!
//! Our own messages are short and travel unpacked, which is DEFLATE as well.

use super::Fault;

/// Bytes of a stored block.
const BLOCK_BYTES: usize = 0xffff;

/// Bytes as blocks that are stored as they are.
pub(super) fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 5);
    let mut blocks = bytes.chunks(BLOCK_BYTES).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend_from_slice(block);
    }
    out
}

/// Unpacks at most so many bytes. What follows the last block is an error.
pub(super) fn inflate(packed: &[u8], bytes_max: usize) -> Result<Vec<u8>, Fault> {
    let mut bits = Bits { bytes: packed, held: 0, count: 0 };
    let mut out = Vec::new();
    loop {
        let is_last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => bits.stored(&mut out, bytes_max)?,
            1 => {
                let (lengths, distances) = fixed();
                block(&mut bits, &lengths, &distances, &mut out, bytes_max)?;
            }
            2 => {
                let (lengths, distances) = dynamic(&mut bits)?;
                block(&mut bits, &lengths, &distances, &mut out, bytes_max)?;
            }
            _ => return Err(Fault::Malformed),
        }
        if is_last {
            return if bits.bytes.is_empty() { Ok(out) } else { Err(Fault::Malformed) };
        }
    }
}

/// The packed bytes, read bit by bit from the lowest.
struct Bits<'a> {
    bytes: &'a [u8],
    held: u32,
    count: u32,
}

impl Bits<'_> {
    /// So many bits, 16 at most.
    fn take(&mut self, count: u32) -> Result<usize, Fault> {
        while self.count < count {
            let (&byte, rest) = self.bytes.split_first().ok_or(Fault::Malformed)?;
            self.bytes = rest;
            self.held |= u32::from(byte) << self.count;
            self.count += 8;
        }
        let taken = self.held & ((1 << count) - 1);
        self.held >>= count;
        self.count -= count;
        usize::try_from(taken).map_err(|_| Fault::Malformed)
    }

    /// A stored block (3.2.4). It begins at the next whole byte; no more than seven bits are held.
    fn stored(&mut self, out: &mut Vec<u8>, bytes_max: usize) -> Result<(), Fault> {
        (self.held, self.count) = (0, 0);
        let (length, complement) = (self.take(16)?, self.take(16)?);
        if length ^ complement != BLOCK_BYTES {
            return Err(Fault::Malformed);
        }
        if out.len() + length > bytes_max {
            return Err(Fault::TooLarge);
        }
        let (block, rest) = self.bytes.split_at_checked(length).ok_or(Fault::Malformed)?;
        out.extend_from_slice(block);
        self.bytes = rest;
        Ok(())
    }
}

/// Bits of the longest code.
const CODE_BITS: usize = 15;

/// A Huffman code: how many symbols have codes of each length, and the symbols in the order of their codes (3.2.2).
struct Code {
    counts: [u16; CODE_BITS + 1],
    symbols: Vec<u16>,
}

impl Code {
    /// The code of these lengths; zero is a symbol that does not come.
    fn new(lengths: &[u8]) -> Result<Self, Fault> {
        let mut counts = [0_u16; CODE_BITS + 1];
        let mut numbered: Vec<(u8, u16)> = lengths.iter().copied().zip(0..).filter(|(length, _)| *length > 0).collect();
        for (length, _) in &numbered {
            *counts.get_mut(usize::from(*length)).ok_or(Fault::Malformed)? += 1;
        }
        let mut free = 1_i32;
        for count in counts.iter().skip(1) {
            free = (free << 1) - i32::from(*count);
            if free < 0 {
                return Err(Fault::Malformed);
            }
        }
        numbered.sort_unstable();
        Ok(Self { counts, symbols: numbered.into_iter().map(|(_, symbol)| symbol).collect() })
    }

    /// The next symbol.
    fn symbol(&self, bits: &mut Bits<'_>) -> Result<usize, Fault> {
        let (mut code, mut first, mut index) = (0_usize, 0_usize, 0_usize);
        for count in self.counts.iter().skip(1).map(|count| usize::from(*count)) {
            code |= bits.take(1)?;
            if code < first + count {
                let symbol = self.symbols.get(index + code - first).ok_or(Fault::Malformed)?;
                return Ok(usize::from(*symbol));
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        Err(Fault::Malformed)
    }
}

/// The codes that need no telling (3.2.6).
fn fixed() -> (Code, Code) {
    let runs = [(8, 144), (9, 112), (7, 24), (8, 8)];
    let lengths: Vec<u8> = runs.into_iter().flat_map(|(length, count)| std::iter::repeat_n(length, count)).collect();
    let code = |lengths: &[u8]| Code::new(lengths).unwrap_or(Code { counts: [0; CODE_BITS + 1], symbols: Vec::new() });
    (code(&lengths), code(&[5; 30]))
}

/// The order in which the lengths of the lengths are told (3.2.7).
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// The codes that a block tells.
fn dynamic(bits: &mut Bits<'_>) -> Result<(Code, Code), Fault> {
    let (literals, distances, told) = (bits.take(5)? + 257, bits.take(5)? + 1, bits.take(4)? + 4);
    let mut of_lengths = [0_u8; 19];
    for place in ORDER.iter().take(told) {
        *of_lengths.get_mut(*place).ok_or(Fault::Malformed)? = narrow(bits.take(3)?)?;
    }
    let code = Code::new(&of_lengths)?;
    let mut lengths: Vec<u8> = Vec::new();
    while lengths.len() < literals + distances {
        let (length, times) = match code.symbol(bits)? {
            16 => (*lengths.last().ok_or(Fault::Malformed)?, 3 + bits.take(2)?),
            17 => (0, 3 + bits.take(3)?),
            18 => (0, 11 + bits.take(7)?),
            length => (narrow(length)?, 1),
        };
        lengths.extend(std::iter::repeat_n(length, times));
    }
    if lengths.len() > literals + distances || literals > 286 || distances > 30 {
        return Err(Fault::Malformed);
    }
    let (of_literals, of_distances) = lengths.split_at_checked(literals).ok_or(Fault::Malformed)?;
    Ok((Code::new(of_literals)?, Code::new(of_distances)?))
}

fn narrow(number: usize) -> Result<u8, Fault> {
    u8::try_from(number).map_err(|_| Fault::Malformed)
}

/// The least length of each symbol from 257, and its further bits (3.2.5).
const LENGTHS: [(u16, u32); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// The least distance of each symbol, and its further bits.
const DISTANCES: [(u16, u32); 30] = [
    (1, 0),
    (2, 0),
    (3, 0),
    (4, 0),
    (5, 1),
    (7, 1),
    (9, 2),
    (13, 2),
    (17, 3),
    (25, 3),
    (33, 4),
    (49, 4),
    (65, 5),
    (97, 5),
    (129, 6),
    (193, 6),
    (257, 7),
    (385, 7),
    (513, 8),
    (769, 8),
    (1025, 9),
    (1537, 9),
    (2049, 10),
    (3073, 10),
    (4097, 11),
    (6145, 11),
    (8193, 12),
    (12_289, 12),
    (16_385, 13),
    (24_577, 13),
];

fn number(table: &[(u16, u32)], symbol: usize, bits: &mut Bits<'_>) -> Result<usize, Fault> {
    let (least, further) = table.get(symbol).ok_or(Fault::Malformed)?;
    Ok(usize::from(*least) + bits.take(*further)?)
}

/// The symbols of a block up to its end.
fn block(bits: &mut Bits<'_>, lengths: &Code, distances: &Code, out: &mut Vec<u8>, bytes_max: usize) -> Result<(), Fault> {
    loop {
        let symbol = lengths.symbol(bits)?;
        let length = match symbol {
            256 => return Ok(()),
            0..256 => {
                out.push(narrow(symbol)?);
                0
            }
            _ => number(&LENGTHS, symbol - 257, bits)?,
        };
        if out.len() + length > bytes_max {
            return Err(Fault::TooLarge);
        }
        if length > 0 {
            let distance = {
                let symbol = distances.symbol(bits)?;
                number(&DISTANCES, symbol, bits)?
            };
            let from = out.len().checked_sub(distance).ok_or(Fault::Malformed)?;
            for at in from..from + length {
                out.push(*out.get(at).ok_or(Fault::Malformed)?);
            }
        }
    }
}

#[cfg(test)]
mod tests;
