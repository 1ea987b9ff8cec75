//! Icons in a tenant's colours, for telephones that put the portal among their apps.
//!
//! Telephones want pictures of dots, and a worker has nothing to paint them with. So the build draws them once with a palette of a
//! convention (`scripts/build-pictures.mjs`), and here its colours are exchanged: places 0 to 15 lead from the ground to the ink, 16 to 31 are
//! the ground, ever less transparent.

use crate::brand::Color;

const PALETTE: usize = 32;
const STEPS: u16 = 15;
/// A PNG begins with eight bytes and its header, a chunk of 25; then comes the palette's (PNG, third edition, 5.2 and 11.2).
const CHUNK: usize = 33;

/// The picture with the palette from `ground` to `ink`; `None` for a picture that is not made by the convention.
pub fn tinted(picture: &[u8], ground: Color, ink: Color) -> Option<Vec<u8>> {
    let length = u32::try_from(PALETTE * 3).ok()?;
    let data = CHUNK + 8;
    let end = data + PALETTE * 3;
    let head = picture.get(CHUNK..data)?;
    if head.get(..4)? != length.to_be_bytes() || head.get(4..)? != b"PLTE" {
        return None;
    }
    let mut chunk = b"PLTE".to_vec();
    for place in 0..u16::try_from(PALETTE).ok()? {
        chunk.extend(ground.mixed(ink, if place > STEPS { 0 } else { place }, STEPS));
    }
    let mut tinted = picture.to_vec();
    tinted.get_mut(CHUNK + 4..end)?.copy_from_slice(&chunk);
    tinted.get_mut(end..end + 4)?.copy_from_slice(&crc(&chunk).to_be_bytes());
    Some(tinted)
}

/// The check sum of a chunk (PNG, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture() -> Vec<u8> {
        let mut picture = vec![7; CHUNK];
        picture.extend(96u32.to_be_bytes());
        picture.extend(b"PLTE");
        picture.extend([9; 96 + 4]);
        picture.extend(b"the rest");
        picture
    }

    #[test]
    fn the_check_sum_is_that_of_the_standard() {
        // The last chunk of every PNG.
        assert_eq!(crc(b"IEND"), 0xae42_6082);
    }

    #[test]
    fn a_picture_takes_the_colours_of_the_tenant() {
        let (ground, ink) = (Color::parse("#102030").unwrap(), Color::parse("#ffffff").unwrap());
        let tinted = tinted(&picture(), ground, ink).unwrap();
        let palette = &tinted[CHUNK + 8..CHUNK + 8 + 96];
        assert_eq!(palette[..3], [0x10, 0x20, 0x30]);
        assert_eq!(palette[45..48], [0xff, 0xff, 0xff]);
        assert!(palette[48..].chunks(3).all(|color| color == [0x10, 0x20, 0x30]));
        assert_eq!(tinted[CHUNK + 8 + 96..CHUNK + 12 + 96], crc(&tinted[CHUNK + 4..CHUNK + 8 + 96]).to_be_bytes());
        assert!(tinted.ends_with(b"the rest"));
    }

    #[test]
    fn what_is_not_drawn_by_the_convention_is_left_alone() {
        let color = Color::parse("#102030").unwrap();
        assert_eq!(tinted(b"GIF89a", color, color), None);
        let mut short = picture();
        short[CHUNK + 3] = 95;
        assert_eq!(tinted(&short, color, color), None);
        assert_eq!(tinted(&picture()[..CHUNK + 50], color, color), None);
    }
}
