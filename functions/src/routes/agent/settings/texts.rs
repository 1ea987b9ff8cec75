//! GET /agent/settings/texts: the product's texts and the tenant's own, to look through. Administrators.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::Locale;
use shared::store::queues;

use crate::actions::own_texts::{self, Asked};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::settings::{TextRow, Texts};

/// Where the page is.
pub const ADDRESS: &str = "/agent/settings/texts";

/// Shows them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let query = &request.query;
    let locale = query.get("locale").and_then(Locale::parse).unwrap_or(ctx.locale);
    let (q, only_own) = (query.filled("q").unwrap_or_default(), query.filled("own").is_some());
    let after = query.filled("cursor").unwrap_or_default();
    let (page, next) = own_texts::list(ctx, locale, &Asked { q, only_own, after }).await?;
    let counts = queues::read(&ctx.db.run(queues::counts(&ctx.person()?.id)).await?)?;
    let address = |cursor: Option<&str>| format!("{ADDRESS}?{}", query.with("cursor", cursor));
    let view = Texts {
        locale: locale.as_str().to_owned(),
        dir: locale.dir().to_owned(),
        q: q.to_owned(),
        own: only_own,
        rows: page.into_iter().map(|text| TextRow { key: text.original.key, text: text.original.text, own: text.own }).collect(),
        next: next.as_deref().map(|cursor| address(Some(cursor))),
        first: (!after.is_empty()).then(|| address(None)),
    };
    render::agent_page(ctx, &Frame::of(&request), 200, "agent/settings-texts", "settings", &counts, view)
}
