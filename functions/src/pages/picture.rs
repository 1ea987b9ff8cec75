//! Pictures for cameras: a text as a QR code (ISO/IEC 18004), drawn by the page itself.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;
use shared::error::ApiError;

/// Modules of the light border that readers need.
const QUIET: usize = 4;

/// A picture as the template draws it: one path in a square.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Picture {
    /// Side of the square, border included.
    pub side: usize,
    /// SVG path of the dark modules.
    pub path: String,
}

/// The picture of a text.
pub fn of(text: &str) -> Result<Picture, ApiError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(ApiError::internal)?;
    let width = code.width();
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, length) = (column + QUIET, row + QUIET, run.len());
                // Writing into a string does not fail.
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            column += run.len();
        }
    }
    Ok(Picture { side: width + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_corners_are_where_a_reader_looks_for_them() {
        let picture = of("otpauth://totp/Acme:anna%40acme.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme").unwrap();
        // The upper edges of the two finder patterns above, seven modules each, inside the quiet border.
        assert!(picture.path.starts_with("M4 4h7v1h-7z"), "{}", picture.path);
        assert!(picture.path.contains(&format!("M{} 4h7v1h-7z", picture.side - 4 - 7)));
        assert_eq!((picture.side - 8 - 17) % 4, 0, "the side of a code is 17 and four for each version");
    }
}
