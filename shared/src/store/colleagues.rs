//! The clients of one organization, for one of them to choose from.

use serde::Deserialize;

use crate::database::TenantStatement;
use crate::id::{OrganizationId, UserId};
use crate::tenant_statements;
use crate::values;

tenant_statements! {
    /// Those who can sign in, but for one.
    COLLEAGUES = "SELECT id, name, email FROM users INDEXED BY users_by_organization
        WHERE tenant_id = ?1 AND organization_id = ?2 AND role = 'client' AND status = 'active' AND is_service = 0
            AND removed_at IS NULL AND id <> ?3
        ORDER BY name, id LIMIT 200";
}

/// Somebody of the same organization.
#[derive(Debug, Clone, Deserialize)]
pub struct ColleagueRow {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// The first 200 colleagues of a client by name; read the rows as [`ColleagueRow`].
pub fn colleagues(organization: &OrganizationId, but: &UserId) -> TenantStatement {
    COLLEAGUES.with(values![organization, but])
}
