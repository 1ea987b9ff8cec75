//! `/api/groups`: groups of people, to which roles can be granted.

pub mod create;
pub mod delete;
pub mod join;
pub mod leave;
pub mod list;
pub mod members;
pub mod show;
pub mod update;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::access::Role;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{GroupId, UserId};
use shared::store::groups::{Group, Member};
use shared::store::users::Status;

use crate::entity_tag::etag;

/// A group as the API shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct GroupView {
    /// Id.
    id: GroupId,
    /// What people call it.
    name: String,
    /// What it is for.
    description: String,
    /// How many belong to it.
    members: i64,
    /// Counts the changes of name and description; the entity tag.
    version: i64,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was last changed.
    updated_at: DateTime<Utc>,
}

impl From<Group> for GroupView {
    fn from(group: Group) -> Self {
        Self {
            id: group.id,
            name: group.name,
            description: group.description,
            members: group.members,
            version: group.version,
            created_at: group.created_at,
            updated_at: group.updated_at,
        }
    }
}

/// Somebody who belongs to a group.
#[derive(Serialize, utoipa::ToSchema)]
pub struct MemberView {
    /// Id of the person.
    id: UserId,
    /// Name.
    name: String,
    /// Address.
    email: String,
    /// Role.
    role: Role,
    /// Whether they can sign in.
    status: Status,
    /// Since when they belong to it.
    added_at: DateTime<Utc>,
}

impl From<Member> for MemberView {
    fn from(member: Member) -> Self {
        Self {
            id: member.id,
            name: member.name,
            email: member.email,
            role: member.role,
            status: member.status,
            added_at: member.added_at,
        }
    }
}

/// The group that the path names.
fn id(request: &Request) -> Result<GroupId, ApiError> {
    GroupId::parse(request.param("group")).map_err(|_| ApiError::not_found())
}

fn answer(status: u16, group: Group) -> Response {
    let tag = etag(group.version);
    Response::json(status, &GroupView::from(group)).with("etag", tag)
}

fn example() -> Value {
    json!({
        "id": "grp_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Holiday cover", "description": "Who stands in over New Year", "members": 1,
        "version": 1, "created_at": "2026-03-02T07:00:00Z", "updated_at": "2026-03-02T07:00:00Z"
    })
}

fn example_member() -> Value {
    json!({
        "id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Anna Kim", "email": "anna@acme.example", "role": "agent", "status": "active",
        "added_at": "2026-03-02T07:00:00Z"
    })
}
