//! PATCH /api/users/me/notifications: the person who is signed in turns kinds of mail on and off.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::mail::Kind;

use super::notifications::{NotificationsAnswer, example};
use crate::actions::accounts::notifications::change;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What to turn on and off: what is left out stays.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotificationsIn {
    /// Kinds of mail that the person's role gets.
    #[schema(value_type = BTreeMap<Kind, bool>)]
    mail: BTreeMap<String, bool>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("users", "Choose which mails I get")
        .request::<NotificationsIn>(json!({"mail": {"status_changed": false}}))
        .answers::<NotificationsAnswer>(200, "The kinds of my role, as they are now", example())
        .refuses(&[400, 401, 413, 415, 422])
}

/// Changes them.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let typed: NotificationsIn = body::json(&mut request).await?;
    Ok(Response::json(200, &NotificationsAnswer::from(change(ctx, &typed.mail).await?)))
}
