//! The first rows of a tenant: people, organizations, departments, categories, sessions.

use chrono::{DateTime, Utc};

use crate::access::Role;
use crate::database::TenantStatement;
use crate::i18n::Locale;
use crate::id::{DepartmentId, OrganizationId, SessionId, UserId};
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// A customer's company.
    INSERT_ORGANIZATION = "INSERT INTO organizations (tenant_id, id, name, customer_type, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    /// A department of the desk.
    INSERT_DEPARTMENT = "INSERT INTO departments (tenant_id, id, name, position) VALUES (?1, ?2, ?3, ?4)";
    /// A category.
    INSERT_CATEGORY = "INSERT INTO categories (tenant_id, slug, name, department_id, position) VALUES (?1, ?2, ?3, ?4, ?5)";
    /// A person whose address is confirmed.
    INSERT_USER = "INSERT INTO users (tenant_id, id, email, name, role, status, password_hash, locale, organization_id, department_id,
        email_verified_at, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, 'active', ?6, ?7, ?8, ?9, ?10, ?10, ?10)";
    /// A session.
    INSERT_SESSION = "INSERT INTO sessions (tenant_id, id, user_id, kind, token_hash, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
}

/// A person to create.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Id.
    pub id: UserId,
    /// Address, lower-cased.
    pub email: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// PHC string; without one the person cannot sign in by password.
    pub password_hash: Option<String>,
    /// Chosen language.
    pub locale: Option<Locale>,
    /// Company of a client.
    pub organization: Option<OrganizationId>,
    /// Department of staff.
    pub department: Option<DepartmentId>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A company.
pub fn organization(id: &OrganizationId, name: &str, customer_type: &str, now: DateTime<Utc>) -> TenantStatement {
    INSERT_ORGANIZATION.with(values![id, name, customer_type, now])
}

/// A department.
pub fn department(id: &DepartmentId, name: &str, position: u32) -> TenantStatement {
    INSERT_DEPARTMENT.with(values![id, name, position])
}

/// A category.
pub fn category(slug: &str, name: &str, department: Option<&DepartmentId>, position: u32) -> TenantStatement {
    INSERT_CATEGORY.with(values![slug, name, department, position])
}

/// A person.
pub fn user(user: &NewUser) -> TenantStatement {
    INSERT_USER.with(values![
        &user.id,
        &user.email,
        &user.name,
        user.role.as_str(),
        user.password_hash.clone(),
        user.locale.map(Locale::as_str),
        user.organization.as_ref(),
        user.department.as_ref(),
        user.created_at
    ])
}

/// A session.
pub fn session(
    id: &SessionId,
    user: &UserId,
    kind: &str,
    token_hash: Option<&str>,
    now: DateTime<Utc>,
    expires: DateTime<Utc>,
) -> TenantStatement {
    INSERT_SESSION.with(values![id, user, kind, token_hash, now, expires])
}
