//! What the desk is ordered by: customers' organizations, departments, categories.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::names::sort_name;
use crate::database::TenantStatement;
use crate::id::{DepartmentId, OrganizationId, UserId};
use crate::tenant_statements;
use crate::values;

macro_rules! department {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.name, d.position, d.archived_at, d.version, u.id AS lead_id, u.name AS lead_name, d.moves_to FROM departments d
            LEFT JOIN users u ON u.tenant_id = d.tenant_id AND u.id = d.lead_id AND u.department_id = d.id AND u.role <> 'client'
                AND u.status = 'active' WHERE d.tenant_id = ?1 ",
            $rest
        )
    };
}

tenant_statements! {
    /// Organizations by name, after one of them.
    ORGANIZATIONS = "SELECT id, name, customer_type, created_at FROM organizations
        WHERE tenant_id = ?1 AND (sort_name, id) > (COALESCE((SELECT sort_name FROM organizations WHERE tenant_id = ?1 AND id = ?2), ''), ?2)
        AND sort_name >= ?3 AND sort_name < ?3 || char(1114111) ORDER BY sort_name, id LIMIT ?4";
    /// One.
    ORGANIZATION = "SELECT id, name, customer_type, created_at FROM organizations WHERE tenant_id = ?1 AND id = ?2 LIMIT 1";
    /// A new one. The name is refused (`organizations.name`) when another has it.
    INSERT_ORGANIZATION = "INSERT INTO organizations (tenant_id, id, name, customer_type, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    /// Another name or type.
    UPDATE_ORGANIZATION = "UPDATE organizations SET name = COALESCE(?3, name), customer_type = COALESCE(?4, customer_type)
        WHERE tenant_id = ?1 AND id = ?2";
    /// Away with it. Refused (`foreign_key`) while people or tickets belong to it.
    DELETE_ORGANIZATION = "DELETE FROM organizations WHERE tenant_id = ?1 AND id = ?2";
    /// Departments in their order.
    DEPARTMENTS = department!("ORDER BY d.position, d.name LIMIT ?2");
    /// One.
    DEPARTMENT = department!("AND d.id = ?2 LIMIT 1");
    /// A new one. The name is refused (`departments.name`) when another has it.
    INSERT_DEPARTMENT = "INSERT INTO departments (tenant_id, id, name, position) VALUES (?1, ?2, ?3, ?4)";
    /// Another name, place or lead; archived or not. Nothing leaves one that takes tickets again.
    UPDATE_DEPARTMENT = "UPDATE departments SET name = COALESCE(?3, name), position = COALESCE(?4, position),
        archived_at = CASE ?5 WHEN 1 THEN COALESCE(archived_at, ?6) WHEN 0 THEN NULL ELSE archived_at END,
        lead_id = CASE WHEN ?7 THEN ?8 ELSE lead_id END, moves_to = CASE WHEN ?5 = 0 THEN NULL ELSE COALESCE(?9, moves_to) END,
        moves_by = COALESCE(?10, moves_by), version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// Nobody has changed it since it was read.
    GUARD_DEPARTMENT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 FROM departments WHERE tenant_id = ?1 AND id = ?2)";
    /// Whoever is to lead it is of the desk and belongs to it.
    GUARD_LEAD = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_a_member', EXISTS (SELECT 1 FROM users WHERE tenant_id = ?1 AND id = ?3
        AND department_id = ?2 AND role <> 'client' AND status = 'active' AND is_service = 0)";
    /// Where its tickets are to go is another, and takes tickets.
    GUARD_TARGET = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found', ?2 <> ?3
        AND EXISTS (SELECT 1 FROM departments WHERE tenant_id = ?1 AND id = ?3 AND archived_at IS NULL)";
    /// Categories in their order.
    CATEGORIES = "SELECT slug, name, department_id, position, archived_at FROM categories WHERE tenant_id = ?1
        ORDER BY position, name LIMIT ?2";
    /// One.
    CATEGORY = "SELECT slug, name, department_id, position, archived_at FROM categories WHERE tenant_id = ?1 AND slug = ?2 LIMIT 1";
    /// A new one. The slug is refused (`categories.slug`) when another has it.
    INSERT_CATEGORY = "INSERT INTO categories (tenant_id, slug, name, department_id, position) VALUES (?1, ?2, ?3, ?4, ?5)";
    /// Another name, department or place; archived or not.
    UPDATE_CATEGORY = "UPDATE categories SET name = COALESCE(?3, name), department_id = CASE WHEN ?4 THEN ?5 ELSE department_id END,
        position = COALESCE(?6, position), archived_at = CASE ?7 WHEN 1 THEN COALESCE(archived_at, ?8) WHEN 0 THEN NULL ELSE archived_at END
        WHERE tenant_id = ?1 AND slug = ?2";
}

/// A customer's company.
#[derive(Debug, Clone, Deserialize)]
pub struct Organization {
    /// Id.
    pub id: OrganizationId,
    /// Name.
    pub name: String,
    /// What SLA policies tell customers apart by.
    pub customer_type: String,
    /// When, in milliseconds.
    pub created_at: i64,
}

/// A department.
#[derive(Debug, Clone, Deserialize)]
pub struct Department {
    /// Id.
    pub id: DepartmentId,
    /// Name.
    pub name: String,
    /// Its place in lists.
    pub position: i64,
    /// Since when new tickets cannot choose it, in milliseconds.
    pub archived_at: Option<i64>,
    /// Counts the changes.
    pub version: i64,
    /// Who leads it, as long as they belong to it.
    pub lead_id: Option<UserId>,
    /// Their name.
    pub lead_name: Option<String>,
    /// Where its open tickets are going.
    pub moves_to: Option<DepartmentId>,
}

/// A category.
#[derive(Debug, Clone, Deserialize)]
pub struct Category {
    /// What the API calls it.
    pub slug: String,
    /// What people read.
    pub name: String,
    /// Which department its tickets go to.
    pub department_id: Option<DepartmentId>,
    /// Its place in lists.
    pub position: i64,
    /// Since when new tickets cannot choose it, in milliseconds.
    pub archived_at: Option<i64>,
}

/// Up to `limit` organizations whose name begins with `prefix`, after `after` (an id, or empty).
pub fn organizations(after: &str, prefix: &str, limit: u32) -> TenantStatement {
    ORGANIZATIONS.with(values![after, sort_name(prefix), limit])
}

/// One organization.
pub fn organization(id: &OrganizationId) -> TenantStatement {
    ORGANIZATION.with(values![id])
}

/// Adds an organization.
pub fn insert_organization(id: &OrganizationId, name: &str, customer_type: &str, now: DateTime<Utc>) -> TenantStatement {
    INSERT_ORGANIZATION.with(values![id, name, customer_type, now])
}

/// Changes what is given.
pub fn update_organization(id: &OrganizationId, name: Option<&str>, customer_type: Option<&str>) -> TenantStatement {
    UPDATE_ORGANIZATION.with(values![id, name, customer_type])
}

/// Removes an organization, if nobody and nothing belongs to it (`foreign_key`).
pub fn delete_organization(id: &OrganizationId) -> TenantStatement {
    DELETE_ORGANIZATION.with(values![id])
}

/// Up to `limit` departments.
pub fn departments(limit: u32) -> TenantStatement {
    DEPARTMENTS.with(values![limit])
}

/// One department.
pub fn department(id: &DepartmentId) -> TenantStatement {
    DEPARTMENT.with(values![id])
}

/// Adds a department.
pub fn insert_department(id: &DepartmentId, name: &str, position: i64) -> TenantStatement {
    INSERT_DEPARTMENT.with(values![id, name, position])
}

/// What to change of a department; `None` leaves it, `Some(None)` of the lead leaves nobody to lead it.
#[derive(Debug, Clone, Default)]
pub struct DepartmentChange {
    /// Name.
    pub name: Option<String>,
    /// Its place in lists.
    pub position: Option<i64>,
    /// Whether new tickets can no longer choose it.
    pub archived: Option<bool>,
    /// Who leads it.
    pub lead: Option<Option<UserId>>,
    /// Where the open tickets of an archived one are to go.
    pub moves_to: Option<DepartmentId>,
}

/// Changes what is given; `by` says so.
pub fn update_department(
    id: &DepartmentId,
    change: &DepartmentChange,
    by: Option<&UserId>,
    now: DateTime<Utc>,
) -> TenantStatement {
    let lead = change.lead.as_ref().and_then(Option::as_ref);
    UPDATE_DEPARTMENT.with(values![
        id,
        change.name.as_ref(),
        change.position,
        change.archived,
        now,
        change.lead.is_some(),
        lead,
        change.moves_to.as_ref(),
        by.filter(|_| change.moves_to.is_some())
    ])
}

/// What must hold of a change of a department that was read at `version`: refuses the batch (`stale_version`, `not_a_member`, `not_found`).
pub fn department_guards(id: &DepartmentId, version: i64, change: &DepartmentChange) -> Vec<TenantStatement> {
    let mut guards = vec![GUARD_DEPARTMENT.with(values![id, version])];
    guards.extend(change.lead.iter().flatten().map(|lead| GUARD_LEAD.with(values![id, lead])));
    guards.extend(change.moves_to.iter().map(|to| GUARD_TARGET.with(values![id, to])));
    guards
}

/// Up to `limit` categories.
pub fn categories(limit: u32) -> TenantStatement {
    CATEGORIES.with(values![limit])
}

/// One category.
pub fn category(slug: &str) -> TenantStatement {
    CATEGORY.with(values![slug])
}

/// Adds a category.
pub fn insert_category(slug: &str, name: &str, department: Option<&DepartmentId>, position: i64) -> TenantStatement {
    INSERT_CATEGORY.with(values![slug, name, department, position])
}

/// What to change of a category; `None` leaves it, `Some(None)` of the department takes it away.
#[derive(Debug, Clone, Default)]
pub struct CategoryChange {
    /// Name.
    pub name: Option<String>,
    /// Department.
    pub department: Option<Option<DepartmentId>>,
    /// Place.
    pub position: Option<i64>,
    /// Archived or not.
    pub archived: Option<bool>,
}

/// Changes what is given.
pub fn update_category(slug: &str, change: &CategoryChange, now: DateTime<Utc>) -> TenantStatement {
    let department = change.department.as_ref().and_then(Option::as_ref);
    UPDATE_CATEGORY.with(values![
        slug,
        change.name.as_ref(),
        change.department.is_some(),
        department,
        change.position,
        change.archived,
        now
    ])
}
