//! GET /api/delegations: one's own, given and taken; with access.read everybody's.

use serde::Serialize;
use serde_json::json;
use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{DelegationId, UserId};
use shared::store::delegations::{self as store, Delegation};

use super::{DelegationView, example};
use crate::actions::delegations;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of delegations.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DelegationList {
    /// The delegations.
    data: Vec<DelegationView>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("delegations", "List delegations")
        .about("Those to which one is a party, the latest first; whoever sees who may do what (access.read) sees all.")
        .query("user", "Only those of this person")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<DelegationList>(
            200,
            "A page of delegations",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    delegations::require_desk(ctx)?;
    page::known(&request, &["user"])?;
    let unknown = || ApiError::field("user", "unknown_value");
    let user = request.query.get("user").map(|id| UserId::parse(id).map_err(|_| unknown())).transpose()?;
    let me = ctx.person()?.id.clone();
    let of = match user {
        user if ctx.actor.may(Permission::AccessRead) => user,
        Some(user) if user != me => return Err(unknown()),
        _ => Some(me),
    };
    let limit = page::limit(&request)?;
    let before = page::cursor(&request, |id| DelegationId::parse(id).is_ok())?;
    let mut rows: Vec<Delegation> = ctx.db.run(store::list(of.as_ref(), before, limit + 1)).await?.all()?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    Ok(Response::json(200, &DelegationList { data: rows.into_iter().map(DelegationView::from).collect(), meta }))
}
