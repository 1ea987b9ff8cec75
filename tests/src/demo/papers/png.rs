//! A picture as PNG (ISO/IEC 15948): a palette, one byte a dot, no filters.

use super::canvas::{Canvas, PALETTE};
use super::deflate::zlib;

/// The picture as a file.
pub fn encode(canvas: &Canvas) -> Vec<u8> {
    let size = |dots: usize| u32::try_from(dots).unwrap_or(0).to_be_bytes();
    // Eight bits a dot, each a place in the palette.
    let header = [&size(canvas.width)[..], &size(canvas.height)[..], &[8, 3, 0, 0, 0]].concat();
    let rows: Vec<u8> = canvas.dots.chunks(canvas.width).flat_map(|row| std::iter::once(&0).chain(row)).copied().collect();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, *b"IHDR", &header);
    chunk(&mut file, *b"PLTE", &PALETTE.concat());
    chunk(&mut file, *b"IDAT", &zlib(&rows, canvas.width + 1));
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    file.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
    let checked = [&name[..], data].concat();
    file.extend(&checked);
    file.extend(crc(&checked).to_be_bytes());
}

/// CRC-32 as PNG wants it (annex D).
fn crc(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::crc;

    #[test]
    fn the_checksum_is_the_one_that_everybody_uses() {
        assert_eq!(crc(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc(b"IEND"), 0xAE42_6082);
    }
}
