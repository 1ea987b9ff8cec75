//! GET /manifest.webmanifest: what the tenant's portal is called and looks like as an app (W3C Web Application Manifest). Anybody.

use serde_json::json;
use shared::brand;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n;

use crate::context::Ctx;

/// Letters below an icon: launchers cut off what is longer.
const SHORT_NAME_CHARS: usize = 12;

/// Answers. It is the same for every reader: browsers ask for it without cookies, and show what it says beside other apps.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    let locale = ctx.tenant.locale();
    let name = ctx.tenant.name();
    let text = |key: &str| i18n::text(locale, key, &[]);
    let picture = |name: &str, sizes: &str, media: &str, purpose: &str| json!({ "src": format!("/icons/{name}"), "sizes": sizes, "type": media, "purpose": purpose });
    let shortcut = |key: &str, url: &str| json!({ "name": text(key), "url": url, "icons": [picture("icon-192.png", "192x192", "image/png", "any")] });
    let manifest = json!({
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "name": name,
        "short_name": short(name),
        "description": i18n::text(locale, "ui-support-of", &[("name", name.into())]),
        "lang": locale.as_str(),
        "dir": locale.dir(),
        "display": "standalone",
        "theme_color": brand::shades(&ctx.tenant.settings().brand_color).fill,
        "background_color": "#ffffff",
        "categories": ["business", "productivity"],
        "icons": [
            picture("icon-192.png", "192x192", "image/png", "any"),
            picture("icon-512.png", "512x512", "image/png", "any"),
            picture("maskable-192.png", "192x192", "image/png", "maskable"),
            picture("maskable-512.png", "512x512", "image/png", "maskable"),
            picture("mark.svg", "any", "image/svg+xml", "any"),
        ],
        "share_target": {
            "action": "/share", "method": "POST", "enctype": "multipart/form-data",
            "params": {"title": "title", "text": "text", "url": "url", "files": [{"name": "files", "accept": ["image/*", "video/*", "application/pdf", "text/plain"]}]},
        },
        "shortcuts": [shortcut("nav-new-ticket", "/tickets/new"), shortcut("nav-my-tickets", "/tickets")],
    });
    Ok(Response::bytes(200, "application/manifest+json", manifest.to_string().into_bytes())
        .with("cache-control", "public, max-age=3600"))
}

/// The name where there is room for it, else as many of its words as fit.
fn short(name: &str) -> String {
    let mut short = String::new();
    for word in name.split_whitespace() {
        let longer = if short.is_empty() { word.to_owned() } else { format!("{short} {word}") };
        if longer.chars().count() > SHORT_NAME_CHARS {
            break;
        }
        short = longer;
    }
    if short.is_empty() { name.chars().take(SHORT_NAME_CHARS).collect() } else { short }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_long_name_loses_its_last_words() {
        assert_eq!(short("Acme"), "Acme");
        assert_eq!(short("Acme Trade Holding"), "Acme Trade");
        assert_eq!(short("Электростальпромсервис"), "Электросталь");
    }
}
