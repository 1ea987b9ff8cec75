//! A picture of few colours to draw boxes and letters on.

use super::glyphs;

/// Colours of a screen, in the order of [`PALETTE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Colour {
    Desk,
    White,
    Ink,
    Face,
    Line,
    Title,
    Pale,
    Chosen,
    Red,
    Grey,
}

/// Red, green and blue of each [`Colour`].
pub const PALETTE: [[u8; 3]; 10] = [
    [72, 104, 132],
    [255, 255, 255],
    [32, 34, 38],
    [240, 240, 238],
    [190, 192, 196],
    [38, 84, 148],
    [226, 233, 243],
    [255, 243, 205],
    [196, 43, 28],
    [110, 114, 120],
];

/// The picture: one byte a dot, row by row.
pub struct Canvas {
    /// Dots across.
    pub width: usize,
    /// Dots down.
    pub height: usize,
    /// Places in the palette.
    pub dots: Vec<u8>,
}

/// A place and size in dots.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    /// From the left.
    pub x: usize,
    /// From the top.
    pub y: usize,
    /// Across.
    pub width: usize,
    /// Down.
    pub height: usize,
}

impl Area {
    /// An area.
    pub const fn new(x: usize, y: usize, width: usize, height: usize) -> Self {
        Self { x, y, width, height }
    }
}

impl Canvas {
    /// An empty desk.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, dots: vec![Colour::Desk as u8; width * height] }
    }

    /// A filled box; what lies outside of the picture is not drawn.
    pub fn fill(&mut self, area: Area, colour: Colour) {
        let right = (area.x + area.width).min(self.width);
        for y in area.y..(area.y + area.height).min(self.height) {
            if let Some(row) = self.dots.get_mut(y * self.width + area.x.min(right)..y * self.width + right) {
                row.fill(colour as u8);
            }
        }
    }

    /// A box with a border of one dot.
    pub fn framed(&mut self, area: Area, inside: Colour, border: Colour) {
        self.fill(area, border);
        self.fill(Area::new(area.x + 1, area.y + 1, area.width.saturating_sub(2), area.height.saturating_sub(2)), inside);
    }

    /// One line of text, cut to `room` dots. Letters are twice as tall as they were drawn, and half as wide again.
    pub fn text(&mut self, x: usize, y: usize, room: usize, text: &str, colour: Colour) {
        for (nth, letter) in text.chars().enumerate().take_while(|(nth, _)| (nth + 1) * LETTER <= room) {
            for (column, row) in glyphs::dots(letter) {
                let left = x + nth * LETTER + column * 3 / 2;
                let width = (column + 1) * 3 / 2 - column * 3 / 2;
                self.fill(Area::new(left, y + row * 2, width, 2), colour);
            }
        }
    }
}

/// Dots from one letter of a text to the next.
pub const LETTER: usize = glyphs::STEP * 3 / 2;
/// Dots from one line of a text to the next.
pub const LINE: usize = 22;
