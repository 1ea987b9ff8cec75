//! GET /agent/settings/texts/{locale}/{text}: one text, and the form of the tenant's own. Administrators.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::{Locale, own};
use shared::limits::OWN_TEXT_CHARS_MAX;
use shared::store::queues;

use crate::actions::own_texts;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Form;
use crate::pages::view::settings::TextEdit;
use crate::routes::tenant::texts::locale;

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let locale = locale(&request)?;
    show(ctx, &Frame::of(&request), 200, locale, request.param("text"), None).await
}

/// The page, with what was typed if that was refused.
pub async fn show(
    ctx: &Ctx<'_>,
    frame: &Frame,
    status: u16,
    locale: Locale,
    key: &str,
    refused: Option<Form>,
) -> Result<Response, ApiError> {
    let text = own_texts::find(ctx, locale, key).await?;
    let counts = queues::read(&ctx.db.run(queues::counts(&ctx.person()?.id)).await?)?;
    let said = text.own.as_ref().unwrap_or(&text.original.text);
    let view = TextEdit {
        form: refused.unwrap_or_else(|| Form::default().value("text", said.as_str())),
        locale: locale.as_str().to_owned(),
        dir: locale.dir().to_owned(),
        variables: own::variables(&text.original.text).unwrap_or_default(),
        is_own: text.own.is_some(),
        chars_max: i64::try_from(OWN_TEXT_CHARS_MAX).unwrap_or(0),
        key: text.original.key,
        text: text.original.text,
    };
    render::agent_page(ctx, frame, status, "agent/settings-text", "settings", &counts, view)
}
