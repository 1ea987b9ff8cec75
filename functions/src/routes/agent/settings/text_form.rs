//! POST /agent/settings/texts/{locale}/{text}: the tenant's own text; with `restore`, the product's again. Administrators.

use shared::error::{ApiError, FieldError};
use shared::http::{Request, Response};

use super::text;
use super::texts::ADDRESS;
use crate::actions::own_texts;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};
use crate::routes::tenant::texts::locale;

/// Keeps it; a refused one comes back as it was typed.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let locale = locale(&request)?;
    let key = request.param("text").to_owned();
    let sent = form::read(ctx, &mut request).await?;
    // Browsers send two signs for the end of a line.
    let typed = sent.get("text").unwrap_or_default().replace("\r\n", "\n");
    let said = sent.filled("restore").is_none().then_some(typed);
    match own_texts::change(ctx, locale, &[(key.clone(), said)].into()).await {
        Ok(()) => Ok(flash::see_other(ctx, &format!("{ADDRESS}/{locale}/{key}"), &flash::success("flash-text-saved"))),
        Err(error) if matches!(error.status, 409 | 422) => {
            let fields = error.fields.into_iter().map(|fault| FieldError { field: "text".to_owned(), ..fault }).collect();
            let error = ApiError { fields, ..error };
            let refused = form::refused(ctx, &error, &sent, &["text"]);
            text::show(ctx, &frame, error.status, locale, &key, Some(refused)).await
        }
        Err(error) => Err(error),
    }
}
