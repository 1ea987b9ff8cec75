//! What a ticket may name: people, categories, departments, companies.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::service_accounts::DOMAIN;
use super::users;
use crate::access::Role;
use crate::database::TenantStatement;
use crate::i18n::Locale;
use crate::id::{DepartmentId, OrganizationId, UserId};
use crate::tenant_statements;
use crate::values;

/// The columns of [`PartyRow`].
macro_rules! party {
    ($rest:literal) => {
        concat!(
            "SELECT u.id, u.name, u.email, u.role, u.status, u.locale, u.email_verified_at, u.mail_blocked_at, u.organization_id,
                    o.name AS organization_name, o.customer_type
                FROM users u LEFT JOIN organizations o ON o.tenant_id = u.tenant_id AND o.id = u.organization_id
                WHERE u.tenant_id = ?1 ",
            $rest
        )
    };
}

tenant_statements! {
    /// A person whom a new ticket may name: by id.
    PARTY_BY_ID = party!("AND u.id = ?2 LIMIT 1");
    /// The same by address.
    PARTY_BY_EMAIL = party!("AND u.email = ?2 LIMIT 1");
    /// What a ticket can be filed under.
    CATEGORIES = "SELECT k.slug, k.name, d.id AS department_id, d.name AS department_name FROM categories k
            LEFT JOIN departments d ON d.tenant_id = k.tenant_id AND d.id = k.department_id AND d.archived_at IS NULL
        WHERE k.tenant_id = ?1 AND k.archived_at IS NULL ORDER BY k.slug LIMIT 200";
    /// A department that takes tickets.
    DEPARTMENT = "SELECT id, name FROM departments WHERE tenant_id = ?1 AND id = ?2 AND archived_at IS NULL LIMIT 1";
    /// A customer's company.
    ORGANIZATION = "SELECT id, name, customer_type FROM organizations WHERE tenant_id = ?1 AND id = ?2 LIMIT 1";
}

/// A person whom a ticket may name.
#[derive(Debug, Clone, Deserialize)]
pub struct PartyRow {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Whether the person can sign in.
    pub status: users::Status,
    /// Language.
    pub locale: Option<Locale>,
    /// When the address was confirmed.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub email_verified_at: Option<DateTime<Utc>>,
    /// Since when no mail goes there.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub mail_blocked_at: Option<DateTime<Utc>>,
    /// Company.
    pub organization_id: Option<OrganizationId>,
    /// Its name.
    pub organization_name: Option<String>,
    /// Its type.
    pub customer_type: Option<String>,
}

impl PartyRow {
    /// Whether it is a program's account: it can ask, and nobody gives it work.
    pub fn is_service(&self) -> bool {
        self.email.ends_with(DOMAIN)
    }
}

/// What a ticket can be filed under.
#[derive(Debug, Clone, Deserialize)]
pub struct CategoryRow {
    /// Slug.
    pub slug: String,
    /// Name.
    pub name: String,
    /// The department that such tickets go to.
    pub department_id: Option<DepartmentId>,
    /// Its name.
    pub department_name: Option<String>,
}

/// A department.
#[derive(Debug, Clone, Deserialize)]
pub struct DepartmentRow {
    /// Id.
    pub id: DepartmentId,
    /// Name.
    pub name: String,
}

/// A customer's company.
#[derive(Debug, Clone, Deserialize)]
pub struct OrganizationRow {
    /// Id.
    pub id: OrganizationId,
    /// Name.
    pub name: String,
    /// Type.
    pub customer_type: String,
}

/// A person by id; read the row as [`PartyRow`].
pub fn party_by_id(id: &UserId) -> TenantStatement {
    PARTY_BY_ID.with(values![id])
}

/// A person by address (lower case); read the row as [`PartyRow`].
pub fn party_by_email(email: &str) -> TenantStatement {
    PARTY_BY_EMAIL.with(values![email])
}

/// The tenant's categories; read the rows as [`CategoryRow`].
pub fn categories() -> TenantStatement {
    CATEGORIES.with(values![])
}

/// A department; read the row as [`DepartmentRow`].
pub fn department(id: &DepartmentId) -> TenantStatement {
    DEPARTMENT.with(values![id])
}

/// A company; read the row as [`OrganizationRow`].
pub fn organization(id: &OrganizationId) -> TenantStatement {
    ORGANIZATION.with(values![id])
}
