//! `/api/directories`: companies' directories (LDAP, Active Directory) whose people sign in here.

pub mod create;
pub mod delete;
pub mod link;
pub mod list;
pub mod people;
pub mod show;
pub mod start_sync;
pub mod sync;
pub mod test;
pub mod unlink;
pub mod update;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{DirectoryId, UserId};
use shared::ldap::settings::{Attributes, Groups, Mapping};
use shared::store::directories::{Directory, Figures, SyncState};
use shared::store::directory_people::Linked;

use crate::entity_tag::etag;

/// A directory as the API shows it; the password of its account never.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DirectoryView {
    /// Id.
    id: DirectoryId,
    /// What people call it.
    name: String,
    /// Whether its people can sign in.
    enabled: bool,
    /// The server.
    host: String,
    /// Its port; TLS is spoken from the first byte.
    port: u16,
    /// Where people are looked for.
    base_dn: String,
    /// The account that searches.
    bind_dn: String,
    /// Who is meant by what somebody types.
    user_filter: String,
    /// Which attributes say what.
    attributes: Attributes,
    /// How the groups of a person are found.
    groups: Groups,
    /// What groups give; the first one that a person is in counts.
    mappings: Vec<Mapping>,
    /// The role of those who are in none of these groups.
    default_role: Option<String>,
    /// Whether people who are new get an account.
    create_people: bool,
    /// Domains of mail for which this directory speaks.
    domains: Vec<String>,
    /// Hours between two rounds through the directory.
    sync_hours: u32,
    /// Counts the changes; the entity tag.
    version: i64,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was last changed.
    updated_at: DateTime<Utc>,
}

impl From<Directory> for DirectoryView {
    fn from(directory: Directory) -> Self {
        let settings = directory.settings;
        Self {
            id: directory.id,
            name: settings.name,
            enabled: settings.enabled,
            host: settings.host,
            port: settings.port,
            base_dn: settings.base_dn,
            bind_dn: settings.bind_dn,
            user_filter: settings.user_filter,
            attributes: settings.attributes,
            groups: settings.groups,
            mappings: settings.mappings,
            default_role: settings.default_role,
            create_people: settings.create_people,
            domains: settings.domains,
            sync_hours: settings.sync_hours,
            version: directory.version,
            created_at: directory.created_at,
            updated_at: directory.updated_at,
        }
    }
}

/// How the rounds through a directory stand.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SyncView {
    /// How the last or present one stands.
    state: SyncState,
    /// Why it stopped or failed: `too_many_gone`, `unreachable`, `nonsense`, `not_bound`, `refused`.
    problem: Option<String>,
    /// What it found.
    figures: Figures,
    /// When it began.
    started_at: Option<DateTime<Utc>>,
    /// When it came to its end.
    finished_at: Option<DateTime<Utc>>,
    /// When the next step is due; with the sweep after that it is done.
    next_at: Option<DateTime<Utc>>,
}

impl From<Directory> for SyncView {
    fn from(directory: Directory) -> Self {
        let sync = directory.sync;
        Self {
            state: sync.state,
            problem: sync.problem,
            figures: sync.figures,
            started_at: sync.started_at,
            finished_at: sync.finished_at,
            next_at: sync.next_at,
        }
    }
}

/// A person of a directory as the API shows them.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DirectoryPersonView {
    /// Who they are here.
    user: UserId,
    /// Name.
    name: String,
    /// Address.
    email: String,
    /// What they type.
    username: String,
    /// Who they are in the directory: the bytes of the attribute that never changes, in hexadecimal.
    unique_id: String,
    /// Since when.
    linked_at: DateTime<Utc>,
    /// Whether they are gone from the directory, and disabled here for it.
    gone: bool,
}

impl From<Linked> for DirectoryPersonView {
    fn from(linked: Linked) -> Self {
        Self {
            user: linked.id,
            name: linked.name,
            email: linked.email,
            username: linked.username,
            unique_id: linked.unique_id,
            linked_at: linked.linked_at,
            gone: linked.gone_at.is_some(),
        }
    }
}

/// The directory that the path names.
fn id(request: &Request) -> Result<DirectoryId, ApiError> {
    DirectoryId::parse(request.param("directory")).map_err(|_| ApiError::not_found())
}

fn answer(status: u16, directory: Directory) -> Response {
    let tag = etag(directory.version);
    Response::json(status, &DirectoryView::from(directory)).with("etag", tag)
}

/// A directory for the API document, as it is sent.
fn example_in() -> Value {
    json!({
        "name": "Head office", "enabled": true, "host": "ldap.acme.example", "port": 636, "base_dn": "ou=people,dc=acme,dc=example",
        "bind_dn": "cn=portal,ou=services,dc=acme,dc=example", "bind_password": "a password of its own",
        "user_filter": "(&(objectClass=person)(uid={username}))",
        "attributes": {"unique_id": "entryUUID", "username": "uid", "mail": "mail", "name": "cn"},
        "groups": {"lookup": "attribute", "base_dn": null},
        "mappings": [{"group": "cn=support,ou=groups,dc=acme,dc=example", "role": "agent", "organization": null, "department": null}],
        "default_role": "client", "create_people": true, "domains": ["acme.example"], "sync_hours": 6
    })
}

/// The same as it is shown.
fn example() -> Value {
    let mut shown = example_in();
    if let Some(fields) = shown.as_object_mut() {
        fields.remove("bind_password");
        for (name, value) in [
            ("id", json!("dir_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b")),
            ("version", json!(1)),
            ("created_at", json!("2026-03-02T07:00:00Z")),
            ("updated_at", json!("2026-03-02T07:00:00Z")),
        ] {
            fields.insert(name.to_owned(), value);
        }
    }
    shown
}

fn sync_example() -> Value {
    json!({
        "state": "done", "problem": null,
        "figures": {"seen": 120, "created": 3, "changed": 1, "disabled": 2, "restored": 0, "unlinked": 1, "skipped": 4},
        "started_at": "2026-03-02T07:00:00Z", "finished_at": "2026-03-02T07:05:00Z", "next_at": "2026-03-02T13:05:00Z"
    })
}

fn person_example() -> Value {
    json!({
        "user": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Anna Petrova", "email": "anna@acme.example", "username": "apetrova",
        "unique_id": "35363462", "linked_at": "2026-03-02T07:00:00Z", "gone": false
    })
}
