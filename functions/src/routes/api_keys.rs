//! `/api/api-keys`: keys by which programs ask.

pub mod create;
pub mod delete;
pub mod list;
pub mod rotate;
pub mod show;
pub mod update;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{ApiKeyId, UserId};
use shared::store::api_keys::Listed;

use crate::actions::api_keys::Made;
use crate::context::Ctx;
use crate::entity_tag::etag;

/// A key as the API shows it: all but the key.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ApiKeyView {
    /// Id.
    id: ApiKeyId,
    /// The account for which it speaks.
    account: UserId,
    /// What people call it.
    name: String,
    /// How it begins.
    prefix: String,
    /// What it lets its account do at most. What the account may not do, the key does not allow.
    scopes: Vec<Permission>,
    /// From where it may be used; from anywhere if empty.
    networks: Vec<String>,
    /// `active`, `expired` or `revoked`.
    status: &'static str,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it ends by itself.
    expires_at: DateTime<Utc>,
    /// When it was revoked.
    revoked_at: Option<DateTime<Utc>>,
    /// When it was last used, to within a minute.
    last_used_at: Option<DateTime<Utc>>,
    /// From which address.
    last_used_from: Option<String>,
    /// Counts the changes; the entity tag.
    version: i64,
}

/// A key that was just made.
#[derive(Serialize, utoipa::ToSchema)]
pub struct MadeApiKey {
    /// The key itself. This is the only time that it is answered.
    key: String,
    /// The rest.
    #[serde(flatten)]
    rest: ApiKeyView,
}

impl ApiKeyView {
    /// As it stands at this moment.
    fn of(key: Listed, now: DateTime<Utc>) -> Self {
        Self {
            status: key.state(now),
            id: key.id,
            account: key.account,
            name: key.name,
            prefix: key.prefix,
            scopes: key.scopes.iter().collect(),
            networks: key.networks,
            created_at: key.created_at,
            expires_at: key.expires_at,
            revoked_at: key.revoked_at,
            last_used_at: key.last_used_at,
            last_used_from: key.last_used_from,
            version: key.version,
        }
    }
}

/// The key that the path names.
pub fn id(request: &Request) -> Result<ApiKeyId, ApiError> {
    ApiKeyId::parse(request.param("key")).map_err(|_| ApiError::not_found())
}

fn answer(ctx: &Ctx<'_>, key: Listed) -> Response {
    let tag = etag(key.version);
    Response::json(200, &ApiKeyView::of(key, ctx.now)).with("etag", tag)
}

/// A key that was just made, with the key itself: kept nowhere on its way.
fn answer_made(ctx: &Ctx<'_>, made: Made) -> Response {
    let location = format!("/api/api-keys/{}", made.listed.id);
    let tag = etag(made.listed.version);
    let made = MadeApiKey { key: made.key, rest: ApiKeyView::of(made.listed, ctx.now) };
    Response::json(201, &made).with("location", location).with("etag", tag).with("cache-control", "no-store")
}

fn example() -> Value {
    json!({
        "id": "key_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "account": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Nightly import",
        "prefix": "wnk_mu4kq2zd", "scopes": ["ticket.read", "ticket.create"], "networks": ["192.0.2.0/24"], "status": "active",
        "created_at": "2026-03-02T07:00:00Z", "expires_at": "2026-05-31T07:00:00Z", "revoked_at": null,
        "last_used_at": "2026-03-02T09:30:00Z", "last_used_from": "192.0.2.7", "version": 1
    })
}

fn example_made() -> Value {
    let mut made = example();
    if let Some(fields) = made.as_object_mut() {
        let text = format!("wnk_mu4kq2zd_{}", "0".repeat(72));
        fields.insert("key".to_owned(), json!(text));
    }
    made
}
