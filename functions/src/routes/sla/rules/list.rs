//! GET /api/sla/rules: everybody with sla:read.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::PolicyId;

use super::super::{bad_cursor, cursor, cursor_of};
use super::{RuleView, example};
use crate::actions::sla::policies;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of policies.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RuleList {
    /// In the order in which they are matched: the first that fits a ticket counts.
    data: Vec<RuleView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("sla", "List policies")
        .about(
            "In the order in which they are matched. A tenant without any policy promises the standard: resolution in 2, 8, 24 and 72 \
             business hours for critical, high, medium and low.",
        )
        .query("limit", "1 to 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<RuleList>(200, "A page of policies", json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}))
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let limit = page::limit(&request)?;
    let after = match cursor::<2>(&request)? {
        None => None,
        Some([position, id]) => {
            let position: u32 = position.parse().map_err(|_| bad_cursor())?;
            Some((position, PolicyId::parse(&id).map_err(|_| bad_cursor())?))
        }
    };
    let after = after.as_ref().map(|(position, id)| (*position, id));
    let mut rules = policies::list(ctx, after, limit + 1).await?;
    let meta = page::cut(&mut rules, limit, |rule| cursor_of(&[&rule.form.position.to_string(), rule.id.as_str()]));
    Ok(Response::json(200, &RuleList { data: rules.into_iter().map(RuleView::from).collect(), meta }))
}
