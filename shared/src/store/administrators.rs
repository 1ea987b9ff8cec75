//! Who certainly administers the tenant, and what could keep them from it: what no change may leave without anybody.

use serde::Deserialize;

use crate::access::{Condition, Effect, Holder, Permissions, Policy, Role};
use crate::database::{TenantStatement, json_text};
use crate::id::{AccessPolicyId, DepartmentId, GroupId, OrganizationId, RoleId, UserId};
use crate::tenant_statements;
use crate::values;

/// The columns of [`AdminRow`] over `users u`.
macro_rules! admin {
    ($rest:literal) => {
        concat!(
            "SELECT u.id, u.email, u.role, u.role_id, u.organization_id, u.department_id,
            (SELECT json_group_array(m.group_id) FROM (SELECT group_id FROM group_members WHERE tenant_id = ?1 AND user_id = u.id ORDER BY group_id) m)
                AS groups ",
            $rest
        )
    };
}

tenant_statements! {
    /// Those who administer by one of the five roles; a program is none of them.
    ADMINS = admin!("FROM users u WHERE u.tenant_id = ?1 AND u.role = 'admin' AND u.role_id IS NULL AND u.status = 'active'
        AND u.is_service = 0 LIMIT 50");
    /// Those who do by a role of the tenant's own.
    OWN_ADMINS = admin!("FROM roles r JOIN users u ON u.tenant_id = r.tenant_id AND u.role_id = r.id
        WHERE r.tenant_id = ?1 AND u.status = 'active' AND u.is_service = 0
            AND EXISTS (SELECT 1 FROM json_each(r.permissions) WHERE value = 'access.manage')
            AND EXISTS (SELECT 1 FROM json_each(r.permissions) WHERE value = 'tenant.manage') LIMIT 50");
    /// The policies in force, with their versions.
    IN_FORCE = "SELECT id, name, effect, permissions, condition, version FROM access_policies WHERE tenant_id = ?1 AND enabled = 1
        ORDER BY id LIMIT 100";
    /// No policy in force is another than when they were read.
    GUARD_POLICIES = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        (SELECT json_group_array(json_array(p.id, p.version))
            FROM (SELECT id, version FROM access_policies WHERE tenant_id = ?1 AND enabled = 1 ORDER BY id LIMIT 100) p) = ?2";
    /// Somebody administers as they did when it was read, and is who they were for any policy.
    GUARD_STANDS = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'conflict',
        EXISTS (SELECT 1 FROM users u WHERE u.tenant_id = ?1 AND u.id = ?2 AND u.status = 'active' AND u.role = ?3 AND u.role_id IS ?4
            AND u.email = ?5 AND u.organization_id IS ?6 AND u.department_id IS ?7
            AND (SELECT json_group_array(m.group_id)
                FROM (SELECT group_id FROM group_members WHERE tenant_id = ?1 AND user_id = ?2 ORDER BY group_id) m) = ?8
            AND (u.role_id IS NULL OR EXISTS (SELECT 1 FROM roles r WHERE r.tenant_id = ?1 AND r.id = u.role_id
                AND EXISTS (SELECT 1 FROM json_each(r.permissions) WHERE value = 'access.manage')
                AND EXISTS (SELECT 1 FROM json_each(r.permissions) WHERE value = 'tenant.manage'))))";
}

/// Somebody who administers the tenant by their role, and what policies can ask about them.
#[derive(Debug, Clone, Deserialize)]
pub struct AdminRow {
    /// Id.
    pub id: UserId,
    /// Address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// The role of the tenant's own, if it is one.
    pub role_id: Option<RoleId>,
    /// Company.
    pub organization_id: Option<OrganizationId>,
    /// Department.
    pub department_id: Option<DepartmentId>,
    /// Groups, in order.
    #[serde(deserialize_with = "json_text")]
    pub groups: Vec<GroupId>,
}

impl AdminRow {
    /// Where they belong.
    pub fn holder(&self) -> Holder {
        Holder { id: self.id.clone(), organization: self.organization_id.clone(), department: self.department_id.clone() }
    }
}

/// A policy in force.
#[derive(Debug, Clone, Deserialize)]
pub struct InForce {
    id: AccessPolicyId,
    name: String,
    effect: Effect,
    #[serde(deserialize_with = "json_text")]
    permissions: Permissions,
    #[serde(deserialize_with = "json_text")]
    condition: Condition,
    version: i64,
}

impl InForce {
    /// The policy.
    pub fn policy(&self) -> Policy {
        Policy {
            id: self.id.clone(),
            name: self.name.clone(),
            effect: self.effect,
            permissions: self.permissions,
            condition: self.condition.clone(),
        }
    }
}

/// Who administers; read the rows of both as [`AdminRow`].
pub fn admins() -> [TenantStatement; 2] {
    [ADMINS.with(values![]), OWN_ADMINS.with(values![])]
}

/// The policies in force; read the rows as [`InForce`].
pub fn in_force() -> TenantStatement {
    IN_FORCE.with(values![])
}

/// Refuses the batch (`conflict`) unless the policies in force are those that were read.
pub fn guard_policies(read: &[InForce]) -> TenantStatement {
    let versions: Vec<(&str, i64)> = read.iter().map(|one| (one.id.as_str(), one.version)).collect();
    GUARD_POLICIES.with(values![serde_json::to_string(&versions).unwrap_or_default()])
}

/// Refuses the batch (`conflict`) unless this administrator is as they were read.
pub fn guard_stands(read: &AdminRow) -> TenantStatement {
    GUARD_STANDS.with(values![
        &read.id,
        read.role.as_str(),
        read.role_id.as_ref(),
        &read.email,
        read.organization_id.as_ref(),
        read.department_id.as_ref(),
        serde_json::to_string(&read.groups).unwrap_or_default()
    ])
}
