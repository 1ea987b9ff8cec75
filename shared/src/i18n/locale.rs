//! The languages of the product and how one of them is chosen.

include!(concat!(env!("OUT_DIR"), "/locale.rs"));

impl Locale {
    /// Reads a BCP 47 tag by its primary subtag: `ru-RU` and `RU` are Russian, `de` is none of ours.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|locale| locale.as_str().eq_ignore_ascii_case(primary))
    }

    /// Chooses by an `Accept-Language` header (RFC 9110, 12.5.4): the highest weight that we speak,
    /// the first of equals; `*` and nothing suitable give `default`. At most 32 entries are read.
    pub fn negotiate(accept_language: &str, default: Self) -> Self {
        let mut best: Option<(u32, Self)> = None;
        for entry in accept_language.split(',').take(32) {
            let mut pieces = entry.split(';');
            let tag = pieces.next().unwrap_or_default().trim();
            let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")).map_or(1000, weight_per_mille);
            let locale = if tag == "*" { Some(default) } else { Self::parse(tag) };
            if let Some(locale) = locale
                && weight > 0
                && best.is_none_or(|(known, _)| weight > known)
            {
                best = Some((weight, locale));
            }
        }
        best.map_or(default, |(_, locale)| locale)
    }
}

/// `0.8` -> 800; what is no weight counts as 0.
fn weight_per_mille(text: &str) -> u32 {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let whole: u32 = match whole {
        "1" => 1000,
        "0" => 0,
        _ => return 0,
    };
    let mut scale = 100;
    let mut parts = 0;
    for digit in fraction.chars().take(3) {
        let Some(digit) = digit.to_digit(10) else {
            return 0;
        };
        parts += digit * scale;
        scale /= 10;
    }
    (whole + parts).min(1000)
}

impl std::str::FromStr for Locale {
    type Err = UnknownLocale;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::parse(tag).ok_or(UnknownLocale)
    }
}

impl std::fmt::Display for Locale {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The tag names no language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the product does not speak this language")]
pub struct UnknownLocale;
