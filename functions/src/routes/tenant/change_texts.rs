//! PATCH /api/tenant/texts/{locale}: what the tenant says in place of the product's texts. Administrators.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use super::texts::locale;
use crate::actions::own_texts;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Texts by key.
#[derive(Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TextsIn {
    /// A pattern of Fluent, or `null` to say the product's text again. Those that are not named stay.
    texts: BTreeMap<String, Option<String>>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tenant", "Say texts in the tenant's own words")
        .about(
            "A text may name the values that the product's text names, and no other message. It is said on pages, in refusals and in mails, \
             everywhere within half a minute. A tenant has up to 2000 in all languages.",
        )
        .path("locale", "ru, en or ar")
        .request::<TextsIn>(json!({"texts": {"nav-home": "Start", "home-lead": null}}))
        .answers_empty(204, "Changed")
        .refuses(&[400, 401, 403, 404, 409, 413, 415, 422])
}

/// Changes what is named.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let locale = locale(&request)?;
    let sent: TextsIn = body::json(&mut request).await?;
    own_texts::change(ctx, locale, &sent.texts).await?;
    Ok(Response::empty(204))
}
