//! Departments and categories in the JSON API: a few dozen at most, so a list is one page.

pub mod add_category;
pub mod add_department;
pub mod categories;
pub mod change_category;
pub mod change_department;
pub mod departments;

use serde::Serialize;
use serde_json::json;
use shared::http::Response;
use shared::id::{DepartmentId, UserId};
use shared::store::desk;

use super::access::Named;
use crate::entity_tag::etag;

/// A department of the desk.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Department {
    /// Id.
    id: DepartmentId,
    /// Name.
    name: String,
    /// Its place in lists.
    position: i64,
    /// Whether new tickets can no longer choose it.
    archived: bool,
    /// Who leads it: one of those who belong to it.
    lead: Option<Named<UserId>>,
    /// Where its open tickets are going, until they are all there.
    moving_tickets_to: Option<DepartmentId>,
    /// Counts the changes; the entity tag.
    version: i64,
}

impl From<desk::Department> for Department {
    fn from(row: desk::Department) -> Self {
        Self {
            id: row.id,
            name: row.name,
            position: row.position,
            archived: row.archived_at.is_some(),
            lead: row.lead_id.zip(row.lead_name).map(|(id, name)| Named { id, name }),
            moving_tickets_to: row.moves_to,
            version: row.version,
        }
    }
}

fn answer(status: u16, row: desk::Department) -> Response {
    let tag = etag(row.version);
    Response::json(status, &Department::from(row)).with("etag", tag)
}

/// A category.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Category {
    /// What tickets call it.
    slug: String,
    /// What people read.
    name: String,
    /// Which department its tickets go to.
    department: Option<DepartmentId>,
    /// Its place in lists.
    position: i64,
    /// Whether new tickets can no longer choose it.
    archived: bool,
}

impl From<desk::Category> for Category {
    fn from(row: desk::Category) -> Self {
        Self {
            slug: row.slug,
            name: row.name,
            department: row.department_id,
            position: row.position,
            archived: row.archived_at.is_some(),
        }
    }
}

fn department_example() -> serde_json::Value {
    json!({
        "id": "dep_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "First line", "position": 0, "archived": false,
        "lead": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Anna"}, "moving_tickets_to": null, "version": 1
    })
}

fn category_example() -> serde_json::Value {
    json!({"slug": "accounting", "name": "Accounting", "department": "dep_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "position": 1, "archived": false})
}
