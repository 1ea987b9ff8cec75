//! GET /api/permissions: the catalogue of rights that roles are made of, explained. Everybody with access.read.

use serde::Serialize;
use serde_json::json;
use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::{self, Locale};

use super::page::{self, ListMeta};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// A right.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PermissionView {
    /// The stable name, `module.action`.
    name: Permission,
    /// What it is a part of.
    module: &'static str,
    /// What it lets somebody do, in the reader's language.
    explanation: String,
    /// Whether it is about single tickets, so that it can hold for some of them only.
    about_tickets: bool,
}

/// All of them.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PermissionList {
    /// In the catalogue's order, module by module.
    data: Vec<PermissionView>,
    /// There is one page.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("roles", "List permissions")
        .about("The catalogue is the product's: the same for every tenant.")
        .answers::<PermissionList>(
            200,
            "The catalogue",
            json!({
                "data": [{"name": "ticket.read", "module": "ticket", "explanation": "See tickets", "about_tickets": true}],
                "meta": {"has_more": false, "next_cursor": null}
            }),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let data = Permission::ALL.into_iter().map(|name| PermissionView {
        name,
        module: name.module(),
        explanation: explanation(ctx.locale, name),
        about_tickets: name.is_about_tickets(),
    });
    Ok(Response::json(200, &PermissionList { data: data.collect(), meta: ListMeta::of(None) }))
}

/// What a right lets somebody do.
pub fn explanation(locale: Locale, permission: Permission) -> String {
    i18n::text(locale, "access-permission", &[("value", permission.as_str().replace('.', "-").into())])
}
