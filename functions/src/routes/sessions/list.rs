//! GET /api/sessions: where the person is signed in. With `user`, where somebody else is, for whoever manages people.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{SessionId, UserId};
use shared::store::sessions::{Kind, Listed};
use shared::user_agent::Device;

use crate::actions::accounts::sessions;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of sessions.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SessionList {
    /// The sessions.
    data: Vec<Session>,
    /// Where to go on.
    meta: ListMeta,
}

/// A session.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Session {
    /// Id.
    id: SessionId,
    /// `browser` or `api`.
    kind: Kind,
    /// The client as a person would call it.
    device: SessionDevice,
    /// The network that it was opened from.
    network: String,
    /// Whether a second factor was given in it.
    second_factor: bool,
    /// When it was opened.
    created_at: DateTime<Utc>,
    /// When it was last used, to within five minutes.
    last_seen_at: DateTime<Utc>,
    /// When it ends at the latest; a program's goes on with its refresh tokens.
    expires_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    current: bool,
}

/// A client as a person would call it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SessionDevice {
    /// Browser or program, if it is known.
    #[schema(example = "Firefox")]
    browser: Option<String>,
    /// Operating system, if it is known.
    #[schema(example = "Windows")]
    system: Option<String>,
}

impl Session {
    fn of(row: Listed, own: &SessionId) -> Self {
        let device = Device::of(&row.user_agent);
        Self {
            current: row.id == *own,
            id: row.id,
            kind: row.kind,
            device: SessionDevice { browser: device.browser.map(str::to_owned), system: device.system.map(str::to_owned) },
            network: row.network,
            second_factor: row.factor_at.is_some(),
            created_at: row.created_at,
            last_seen_at: row.seen_at,
            expires_at: row.expires_at,
        }
    }
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("auth", "My sessions")
        .query("user", "Id of another person, for whoever holds user.manage")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<SessionList>(
            200,
            "A page of live sessions, latest first",
            json!({
                "data": [{
                    "id": "ses_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "kind": "browser", "device": {"browser": "Firefox", "system": "Windows"},
                    "network": "192.0.2.7", "second_factor": true, "created_at": "2026-03-02T07:00:00Z",
                    "last_seen_at": "2026-03-02T07:25:00Z", "expires_at": "2026-03-02T19:00:00Z", "current": true
                }],
                "meta": {"has_more": false, "next_cursor": null}
            }),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &["user"])?;
    let person = ctx.person()?;
    let other = request
        .query
        .get("user")
        .map(|id| UserId::parse(id).map_err(|_| ApiError::field("user", "unknown_value")))
        .transpose()?;
    let user = other.as_ref().unwrap_or(&person.id);
    if *user != person.id && !ctx.actor.may(Permission::UserManage) {
        return Err(ApiError::forbidden());
    }
    let limit = page::limit(&request)?;
    let after = page::cursor(&request, |id| SessionId::parse(id).is_ok())?;
    let mut rows = sessions::list(ctx, user, after, limit + 1).await?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    let data = rows.into_iter().map(|row| Session::of(row, &person.session)).collect();
    Ok(Response::json(200, &SessionList { data, meta }))
}
