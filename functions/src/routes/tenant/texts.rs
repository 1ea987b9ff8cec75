//! GET /api/tenant/texts/{locale}: the product's texts and what the tenant says in their place. Administrators.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::{Locale, own};

use crate::actions::own_texts::{self, Asked};
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::tickets::list::PageMeta;

/// A page of texts.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TextList {
    /// The texts by key.
    data: Vec<TextOut>,
    /// Where to go on.
    meta: PageMeta,
}

/// A text of the product.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TextOut {
    /// Its key.
    #[schema(example = "nav-home")]
    key: String,
    /// What the product says: a pattern of Fluent.
    #[schema(example = "Home")]
    text: String,
    /// What the tenant says instead, if it does.
    own: Option<String>,
    /// The values that the tenant's text may name.
    variables: Vec<String>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tenant", "Texts of the product and the tenant's own")
        .path("locale", "ru, en or ar")
        .query("q", "Letters of the key, of the product's text or of the tenant's")
        .query("own", "true for those that the tenant has set")
        .query("cursor", "next_cursor of the page before")
        .answers::<TextList>(
            200,
            "A page of texts",
            json!({
                "data": [{"key": "nav-home", "text": "Home", "own": "Start", "variables": []}],
                "meta": {"has_more": false, "next_cursor": null},
            }),
        )
        .refuses(&[401, 403, 404])
}

/// The language of the path.
pub fn locale(request: &Request) -> Result<Locale, ApiError> {
    let asked = request.param("locale");
    Locale::ALL.into_iter().find(|locale| locale.as_str() == asked).ok_or_else(ApiError::not_found)
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let asked = Asked {
        q: request.query.get("q").unwrap_or_default(),
        only_own: request.query.get("own") == Some("true"),
        after: request.query.get("cursor").unwrap_or_default(),
    };
    let (page, next) = own_texts::list(ctx, locale(&request)?, &asked).await?;
    let data = page
        .into_iter()
        .map(|text| TextOut {
            variables: own::variables(&text.original.text).unwrap_or_default(),
            key: text.original.key,
            text: text.original.text,
            own: text.own,
        })
        .collect();
    Ok(Response::json(200, &TextList { data, meta: PageMeta::of(next) }))
}
