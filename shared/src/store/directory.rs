//! The directory of a desk, read whole: staff, departments, categories, SLA policies, calendars, and the version of it all.
//!
//! Triggers of the schema count the version up with every change to one of them.

use serde::Deserialize;

use crate::access::Role;
use crate::database::{DbError, Rows, TenantStatement};
use crate::i18n::Locale;
use crate::id::{CalendarId, DepartmentId, PolicyId, UserId};
use crate::store::users::Status;
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// The version of what the other statements of the same batch answer.
    VERSION = "SELECT version FROM directory_versions WHERE tenant_id = ?1 LIMIT 1";
    /// Everybody who is of the desk, or ever was.
    STAFF = "SELECT id, name, email, role, status, locale FROM users INDEXED BY users_of_desk
        WHERE tenant_id = ?1 AND was_staff = 1 AND is_service = 0 ORDER BY name LIMIT 2000";
    /// Departments, archived ones too: old tickets name them.
    DEPARTMENTS = "SELECT id, name, archived_at IS NOT NULL AS archived FROM departments WHERE tenant_id = ?1 ORDER BY position, name LIMIT 500";
    /// Categories, archived ones too.
    CATEGORIES = "SELECT slug, name, department_id, archived_at IS NOT NULL AS archived FROM categories WHERE tenant_id = ?1 ORDER BY slug LIMIT 500";
    /// Policies in the order in which they are tried.
    POLICIES = "SELECT id, definition FROM sla_rules WHERE tenant_id = ?1 ORDER BY position, id LIMIT 200";
    /// Calendars.
    CALENDARS = "SELECT id, name, definition FROM sla_calendars WHERE tenant_id = ?1 ORDER BY id LIMIT 200";
}

/// How many statements [`statements`] is.
pub const STATEMENTS_COUNT: usize = 6;

/// Somebody of the desk.
#[derive(Debug, Clone, Deserialize)]
pub struct StaffRow {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Role now.
    pub role: Role,
    /// Whether the person can sign in.
    pub status: Status,
    /// Language, if one was chosen.
    pub locale: Option<Locale>,
}

/// A department.
#[derive(Debug, Clone, Deserialize)]
pub struct DepartmentRow {
    /// Id.
    pub id: DepartmentId,
    /// Name.
    pub name: String,
    /// Whether it takes no more tickets.
    #[serde(deserialize_with = "crate::database::bool_from_integer")]
    pub archived: bool,
}

/// A category.
#[derive(Debug, Clone, Deserialize)]
pub struct CategoryRow {
    /// Slug.
    pub slug: String,
    /// Name.
    pub name: String,
    /// The department that such tickets go to.
    pub department_id: Option<DepartmentId>,
    /// Whether nothing is filed under it any more.
    #[serde(deserialize_with = "crate::database::bool_from_integer")]
    pub archived: bool,
}

/// A policy as stored: `shared::sla::PolicyIn` as JSON.
#[derive(Debug, Clone, Deserialize)]
pub struct PolicyRow {
    /// Id.
    pub id: PolicyId,
    /// The policy.
    pub definition: String,
}

/// A calendar as stored: `shared::business_time::CalendarIn` as JSON.
#[derive(Debug, Clone, Deserialize)]
pub struct CalendarRow {
    /// Id.
    pub id: CalendarId,
    /// Name.
    pub name: String,
    /// The calendar.
    pub definition: String,
}

#[derive(Deserialize)]
struct VersionRow {
    version: i64,
}

/// All of the directory; the answers are read as a version, [`StaffRow`], [`DepartmentRow`], [`CategoryRow`], [`PolicyRow`],
/// [`CalendarRow`].
pub fn statements() -> [TenantStatement; STATEMENTS_COUNT] {
    [VERSION, STAFF, DEPARTMENTS, CATEGORIES, POLICIES, CALENDARS].map(|sql| sql.with(values![]))
}

/// The version that was answered; 0 before anything was ever set up.
pub fn version(rows: &Rows) -> Result<i64, DbError> {
    Ok(rows.first::<VersionRow>()?.map_or(0, |row| row.version))
}
