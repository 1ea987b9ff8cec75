//! How pages look to one browser: light or dark, and how strong the contrast is. Kept in cookies; where nothing was chosen the page follows the
//! device.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};

use crate::actions::accounts::cookie;

const THEMES: [&str; 3] = ["auto", "light", "dark"];
const CONTRASTS: [&str; 3] = ["auto", "normal", "more"];

/// What the browser has chosen, each `auto` where it has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// `auto`, `light` or `dark`.
    pub theme: String,
    /// `auto`, `normal` or `more`.
    pub contrast: String,
}

impl Default for Appearance {
    fn default() -> Self {
        Self { theme: "auto".to_owned(), contrast: "auto".to_owned() }
    }
}

impl Appearance {
    /// As the cookies of the request say.
    pub fn of(request: &Request) -> Self {
        Self::chosen(cookie::read(request, "theme"), cookie::read(request, "contrast"))
    }

    /// As these say, if they are known.
    pub fn chosen(theme: Option<&str>, contrast: Option<&str>) -> Self {
        Self { theme: known(&THEMES, theme), contrast: known(&CONTRASTS, contrast) }
    }

    /// Whether there is such a theme.
    pub fn is_theme(name: &str) -> bool {
        THEMES.contains(&name)
    }

    /// Leaves with the browser what a form says of `theme` and `contrast`.
    ///
    /// # Errors
    /// 422 on a value that is not known.
    pub fn remember(fields: &Query, response: &mut Response, https: bool) -> Result<(), ApiError> {
        for (name, values) in [("theme", &THEMES), ("contrast", &CONTRASTS)] {
            if let Some(value) = fields.get(name) {
                if !values.contains(&value) {
                    return Err(ApiError::field(name, "unknown_value"));
                }
                cookie::remember(response, https, name, value);
            }
        }
        Ok(())
    }
}

fn known(values: &[&str; 3], chosen: Option<&str>) -> String {
    chosen.filter(|value| values.contains(value)).unwrap_or("auto").to_owned()
}
