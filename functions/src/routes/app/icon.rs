//! GET /icons/{icon}: the tenant's icon in its colours: `mark.svg` with its letter, and pictures of dots in the sizes that launchers want.
//! Anybody.

use std::fmt::Write as _;

use shared::brand::{self, Color};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::icon::tinted;

use crate::context::Ctx;
use crate::pages::engine;

/// What the build draws: icons with round corners, square ones whose edges a launcher may cut off, and the small one of notifications.
const PICTURES: [&str; 6] =
    ["icon-180.png", "icon-192.png", "icon-512.png", "maskable-192.png", "maskable-512.png", "badge-96.png"];

/// Answers; 404 for any other name.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let name = request.param("icon").to_owned();
    let shades = brand::shades(&ctx.tenant.settings().brand_color);
    if name == "mark.svg" {
        let svg = mark(ctx.tenant.name(), &shades.fill, &shades.on_fill);
        return Ok(kept(Response::bytes(200, "image/svg+xml", svg.into_bytes())));
    }
    if !PICTURES.contains(&name.as_str()) {
        return Err(ApiError::not_found());
    }
    let picture = ctx.platform.asset(engine::asset(&name).trim_start_matches('/')).await.map_err(ApiError::internal)?;
    let colors = Color::parse(&shades.fill).zip(Color::parse(&shades.on_fill));
    let tinted = colors.and_then(|(ground, ink)| tinted(&picture, ground, ink)).unwrap_or(picture);
    Ok(kept(Response::bytes(200, "image/png", tinted)))
}

/// A tenant that changes its colours sees them on telephones a day later.
fn kept(response: Response) -> Response {
    response.with("cache-control", "public, max-age=86400")
}

/// The first letter of the name on the tenant's colour, as the portal's header shows it.
fn mark(name: &str, ground: &str, ink: &str) -> String {
    let mut letter = String::new();
    for part in name.chars().next().into_iter().flat_map(char::to_uppercase) {
        // By number: then no letter is markup.
        let _ = write!(letter, "&#{};", u32::from(part));
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"7\" fill=\"{ground}\"/>\
         <text x=\"16\" y=\"16\" dy=\".36em\" text-anchor=\"middle\" font-family=\"system-ui,sans-serif\" font-weight=\"700\" \
         font-size=\"19\" fill=\"{ink}\">{letter}</text></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn a_letter_is_never_markup() {
        assert!(mark("<script>", "#000000", "#ffffff").contains(">&#60;</text>"));
        assert!(mark("ёлка", "#000000", "#ffffff").contains(">&#1025;</text>"));
    }
}
