//! Provisioning by SCIM: people and groups as a company's system of identities wants them.
//!
//! Whoever asks is a program, and gives no more than its key holds. People who are made start as clients; what they may beyond that is
//! granted to their groups. No attribute that is sent sets a role.

pub mod groups;
pub mod people;

use shared::error::ApiError;
use shared::scim::query::Page;
use shared::store::scim;

use crate::context::Ctx;
use crate::routes::Route;

/// The version of a person as an entity tag: weak, since the same version can be shown with fewer attributes (RFC 7644, 3.14).
pub fn person_tag(version: i64) -> String {
    format!("W/\"{version}\"")
}

/// The version of a group: what is said of it, and who belongs to it.
pub fn group_tag(group: &scim::Group) -> String {
    format!("W/\"{}.{}\"", group.version, group.membership)
}

/// 412 when a change is based on other versions than this one.
fn check(if_match: Option<&str>, tag: &str) -> Result<(), ApiError> {
    if if_match.is_none_or(|versions| names(versions, tag)) { Ok(()) } else { Err(ApiError::stale()) }
}

/// Whether a header names the version (RFC 9110, 13.1).
pub fn names(versions: &str, tag: &str) -> bool {
    let bare = |one: &str| one.trim().trim_start_matches("W/").trim_matches('"').to_owned();
    versions.split(',').any(|one| one.trim() == "*" || bare(one) == bare(tag))
}

/// The page of a few that were all read.
fn cut<T>(all: Vec<T>, page: Page) -> Vec<T> {
    all.into_iter().skip(page.offset() as usize).take(page.count as usize).collect()
}

/// Notes, once the answer is on its way, that a program has asked, and what it was refused.
pub fn note(ctx: &Ctx<'_>, route: &Route, refused: Option<&ApiError>) {
    if ctx.actor.key().is_none() {
        return;
    }
    let by = ctx.actor.reference();
    let what = format!("{} {}", route.method.as_str(), route.path);
    let statement = match refused {
        // Systems ask for people whom they are not sure of: that nobody is there is an answer.
        Some(error) if error.status != 404 => scim::refused(&by, &what, error.status, error.code, ctx.now),
        _ => scim::asked(&by, &what, ctx.now),
    };
    ctx.after.write(ctx.db.bound(statement));
}
