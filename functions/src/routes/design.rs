//! GET /design: every component of the pages in every state, for whoever builds them. Anybody, on the machine of whoever develops; elsewhere
//! there is no such page.
//!
//! It is drawn by the partials and the styles that all pages use, with the samples that the tests hold to the pages' views, so that it
//! cannot show what the product is not. `theme`, `contrast`, `dir` and `accent` of the address choose a guise.

use serde_json::{Value, json};
use shared::brand;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::platform::is_one_machine;

use crate::context::Ctx;
use crate::pages::appearance::Appearance;
use crate::pages::engine;
use crate::pages::frame::{self, Frame};
use crate::pages::view::Page;
use crate::pages::view::shell::Shell;

/// Colours that are custom properties, beside those of the brand.
const COLOURS: [&str; 29] = [
    "brand",
    "on-brand",
    "brand-text",
    "canvas",
    "surface",
    "surface-2",
    "sunken",
    "hover",
    "line",
    "line-strong",
    "text",
    "text-2",
    "text-3",
    "selected",
    "ok",
    "ok-bg",
    "warn",
    "warn-bg",
    "bad",
    "bad-bg",
    "info",
    "info-bg",
    "idle",
    "idle-bg",
    "violet",
    "violet-bg",
    "note",
    "note-line",
    "star",
];

/// The moment at which the samples were made: their clocks run from then.
const SAMPLED_MS: i64 = 1_795_411_200_000;

/// Shows it.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    if !is_one_machine(&ctx.config().environment) {
        return Err(ApiError::not_found());
    }
    let asked = &request.query;
    let kept = Appearance::of(&request);
    let chosen = Appearance::chosen(
        asked.get("theme").or(Some(kept.theme.as_str())),
        asked.get("contrast").or(Some(kept.contrast.as_str())),
    );
    let shell = Frame::of(&request).shell(ctx);
    let dir = asked.get("dir").filter(|dir| matches!(*dir, "ltr" | "rtl")).unwrap_or(&shell.dir).to_owned();
    let accent = asked.get("accent").unwrap_or(&ctx.tenant.settings().brand_color);
    let shell = Shell {
        theme: chosen.theme,
        contrast: chosen.contrast,
        brand: frame::brand_of(&brand::shades(accent)),
        now_ms: SAMPLED_MS,
        ..shell
    };
    let page = json!({"dir": dir, "accent": shell.brand.brand, "samples": samples()?, "colours": COLOURS, "stars": [5, 4, 3, 2, 1], "pager": {"next": "#main", "first": "#main"}});
    Ok(Response::html(200, engine::render("agent/design", &Page { shell: Shell { dir, ..shell }, page })?))
}

/// Rows of a list, entries of a conversation and clocks.
fn samples() -> Result<Value, ApiError> {
    let read = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| ApiError::internal(format!("sample: {error}")));
    let mut queue = read(include_str!("../pages/view/samples/queue.json"))?;
    let mut ticket = read(include_str!("../pages/view/samples/agent-ticket.json"))?;
    let mut take = |from: &str| ticket.pointer_mut(from).map(Value::take).unwrap_or_default();
    Ok(json!({
        "rows": queue.pointer_mut("/page/rows").map(Value::take),
        "opening": take("/page/opening"),
        "entries": take("/page/entries"),
        "history": take("/page/history"),
        "clocks": take("/page/sla/clocks"),
        "attachments": take("/page/attachments"),
    }))
}
