//! The drawn letters: five by eight dots, Latin and Cyrillic.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Dots across.
pub const WIDTH: usize = 5;
/// Dots down; the last row is for what hangs below the line.
pub const HEIGHT: usize = 8;
/// Dots from one letter to the next.
pub const STEP: usize = WIDTH + 1;

/// Each line: eight rows of five bits in hexadecimal, a blank, and the letters that look so.
static GLYPHS: LazyLock<HashMap<char, [u8; HEIGHT]>> = LazyLock::new(|| {
    include_str!("glyphs.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .flat_map(|(hex, letters)| letters.chars().map(|letter| (letter, parse(hex))))
        .collect()
});

fn parse(hex: &str) -> [u8; HEIGHT] {
    std::array::from_fn(|row| hex.get(row * 2..row * 2 + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).unwrap_or(0))
}

/// The rows of a letter from the top, the leftmost dot in the highest of five bits; `None` for a letter that nobody has drawn.
pub fn rows(letter: char) -> Option<[u8; HEIGHT]> {
    GLYPHS.get(&letter).copied()
}

/// The dots of a letter as (column, row); a letter that nobody has drawn is a box.
pub fn dots(letter: char) -> impl Iterator<Item = (usize, usize)> {
    const BOX: [u8; HEIGHT] = [31, 17, 17, 17, 17, 17, 31, 0];
    let drawn = if letter.is_whitespace() { [0; HEIGHT] } else { rows(letter).unwrap_or(BOX) };
    drawn.into_iter().enumerate().flat_map(|(row, bits)| {
        (0..WIDTH).filter(move |column| bits >> (WIDTH - 1 - column) & 1 == 1).map(move |column| (column, row))
    })
}
