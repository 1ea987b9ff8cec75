//! A tenant's accent colour, and the shades that stay readable on light and dark pages (WCAG 2.2, 1.4.3: contrast 4.5 : 1).

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    red: u8,
    green: u8,
    blue: u8,
}

/// The shades that pages use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shades {
    /// Fill of primary buttons on light pages.
    pub fill: String,
    /// Text on it.
    pub on_fill: String,
    /// Links on white pages.
    pub text: String,
    /// Fill on dark pages.
    pub dark_fill: String,
    /// Text on that.
    pub on_dark_fill: String,
    /// Links on dark pages.
    pub dark_text: String,
}

const WHITE: Color = Color { red: 255, green: 255, blue: 255 };
const BLACK: Color = Color { red: 16, green: 18, blue: 24 };
/// The darkest and lightest grounds that links stand on.
const LIGHT_GROUND: Color = Color { red: 244, green: 246, blue: 249 };
const DARK_GROUND: Color = Color { red: 30, green: 33, blue: 41 };
/// What is selected stands on a wash of the link's own colour over these (`--surface` and `--selected` of tokens.css).
const LIGHT_SURFACE: Color = WHITE;
const DARK_SURFACE: Color = Color { red: 23, green: 27, blue: 34 };
const CONTRAST_MIN: f64 = 4.5;

impl Color {
    /// Parses `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self { red, green, blue })
    }

    /// `#rrggbb`.
    pub fn to_hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// Red, green and blue of this colour with `part` parts in `whole` of `other` in it.
    pub fn mixed(self, other: Self, part: u16, whole: u16) -> [u8; 3] {
        let mix = |from: u8, to: u8| {
            let mixed = (u16::from(from) * whole.saturating_sub(part) + u16::from(to) * part) / whole.max(1);
            u8::try_from(mixed).unwrap_or(to)
        };
        [mix(self.red, other.red), mix(self.green, other.green), mix(self.blue, other.blue)]
    }

    /// WCAG relative luminance, 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// WCAG contrast ratio, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// A step of 1/20 of the way towards `target`.
    fn towards(self, target: Self) -> Self {
        let step = |from: u8, to: u8| {
            let moved = i16::from(from) + (i16::from(to) - i16::from(from)) / 20 + (i16::from(to) - i16::from(from)).signum();
            u8::try_from(moved.clamp(0, 255)).unwrap_or(from)
        };
        Self { red: step(self.red, target.red), green: step(self.green, target.green), blue: step(self.blue, target.blue) }
    }

    /// The nearest shade on the way to `target` that can be read on `ground`.
    fn readable_on(self, ground: Self, target: Self) -> Self {
        let mut shade = self;
        for _ in 0..255 {
            if shade.contrast(ground) >= CONTRAST_MIN {
                break;
            }
            shade = shade.towards(target);
        }
        shade
    }

    /// This colour over `surface`, at a tenth of its strength.
    fn wash(self, surface: Self) -> Self {
        let mix = |over: u8, under: u8| u8::try_from((u16::from(over) + 9 * u16::from(under)) / 10).unwrap_or(under);
        Self { red: mix(self.red, surface.red), green: mix(self.green, surface.green), blue: mix(self.blue, surface.blue) }
    }

    /// The nearest shade on the way to `target` that can be read on `ground` and on its own wash over `surface`.
    fn text_on(self, ground: Self, surface: Self, target: Self) -> Self {
        let mut shade = self;
        for _ in 0..255 {
            if shade.contrast(ground) >= CONTRAST_MIN && shade.contrast(shade.wash(surface)) >= CONTRAST_MIN {
                break;
            }
            shade = shade.towards(target);
        }
        shade
    }

    fn ink(self) -> Self {
        if self.contrast(WHITE) >= CONTRAST_MIN || self.contrast(WHITE) >= self.contrast(BLACK) { WHITE } else { BLACK }
    }
}

/// The shades of an accent colour; a text that is no colour gives those of the product's own blue.
pub fn shades(accent: &str) -> Shades {
    let accent = Color::parse(accent).unwrap_or(Color { red: 31, green: 95, blue: 214 });
    // A fill that neither white nor black can be read on is moved until one can.
    let fill = if accent.contrast(accent.ink()) >= CONTRAST_MIN { accent } else { accent.readable_on(WHITE, BLACK) };
    let dark_fill = fill.readable_on(DARK_GROUND, WHITE);
    Shades {
        fill: fill.to_hex(),
        on_fill: fill.ink().to_hex(),
        text: accent.text_on(LIGHT_GROUND, LIGHT_SURFACE, BLACK).to_hex(),
        dark_fill: dark_fill.to_hex(),
        on_dark_fill: dark_fill.ink().to_hex(),
        dark_text: accent.text_on(DARK_GROUND, DARK_SURFACE, WHITE).to_hex(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accent_gives_shades_that_can_be_read() {
        for red in (0..=255u8).step_by(15) {
            for green in (0..=255u8).step_by(15) {
                for blue in (0..=255u8).step_by(15) {
                    let shades = shades(&Color { red, green, blue }.to_hex());
                    let of = |text: &str| Color::parse(text).unwrap();
                    assert!(of(&shades.fill).contrast(of(&shades.on_fill)) >= CONTRAST_MIN, "{shades:?}");
                    assert!(of(&shades.dark_fill).contrast(of(&shades.on_dark_fill)) >= CONTRAST_MIN, "{shades:?}");
                    for (text, ground, surface) in
                        [(of(&shades.text), LIGHT_GROUND, LIGHT_SURFACE), (of(&shades.dark_text), DARK_GROUND, DARK_SURFACE)]
                    {
                        assert!(text.contrast(ground) >= CONTRAST_MIN, "{shades:?}");
                        assert!(text.contrast(text.wash(surface)) >= CONTRAST_MIN, "{shades:?} where it is selected");
                    }
                }
            }
        }
    }

    #[test]
    fn only_six_hexadecimal_digits_are_a_colour() {
        assert_eq!(Color::parse("#1f5fd6").map(Color::to_hex).as_deref(), Some("#1f5fd6"));
        for text in ["1f5fd6", "#1f5fd", "#1f5fdg", "#1f5fd6;}", "red"] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
    }
}
