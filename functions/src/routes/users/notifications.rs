//! GET /api/users/me/notifications: which mails the person who is signed in gets.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::mail::Kind;

use crate::actions::accounts::notifications::{Wanted, load};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What a person hears of, in an envelope.
#[derive(Serialize, utoipa::ToSchema)]
pub struct NotificationsAnswer {
    /// By channel.
    data: Notifications,
}

/// What a person hears of.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Notifications {
    /// Mails: the kinds that the person's role gets.
    mail: BTreeMap<Kind, bool>,
}

impl From<Wanted> for NotificationsAnswer {
    fn from(mail: Wanted) -> Self {
        Self { data: Notifications { mail } }
    }
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("users", "Show which mails I get")
        .answers::<NotificationsAnswer>(200, "The kinds of my role", example())
        .refuses(&[401])
}

/// A client's.
pub(super) fn example() -> serde_json::Value {
    json!({"data": {"mail": {"ticket_received": true, "agent_reply": true, "status_changed": false, "ticket_resolved": true}}})
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    Ok(Response::json(200, &NotificationsAnswer::from(load(ctx).await?)))
}
