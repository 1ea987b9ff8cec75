//! What a decision is made of, part by part. That the whole comes out right is shown on the product itself
//! (`tests/tests/product/grants`), and that lists and single tickets agree by `tests/tests/product/access`.

mod actors;
mod deputies;
mod policies;
mod rights;
mod roles;

use chrono::{DateTime, TimeZone};
use chrono_tz::Tz;
use serde_json::json;

use super::*;
use crate::id::{DepartmentId, GroupId, OrganizationId, UserId};

fn person(digit: char) -> UserId {
    UserId::parse(&format!("usr_{}", digit.to_string().repeat(32))).unwrap()
}

fn organization(digit: char) -> OrganizationId {
    OrganizationId::parse(&format!("org_{}", digit.to_string().repeat(32))).unwrap()
}

fn department(digit: char) -> DepartmentId {
    DepartmentId::parse(&format!("dep_{}", digit.to_string().repeat(32))).unwrap()
}

fn group(digit: char) -> GroupId {
    GroupId::parse(&format!("grp_{}", digit.to_string().repeat(32))).unwrap()
}

/// Somebody who belongs to the organization and the department of the same digit.
fn holder(digit: char) -> Holder {
    Holder { id: person(digit), organization: Some(organization(digit)), department: Some(department(digit)) }
}

/// A ticket with which nobody has anything to do.
fn ticket() -> TicketFacts<'static> {
    TicketFacts {
        requester: "usr_else",
        followers: Vec::new(),
        assignee: None,
        organization: None,
        department: None,
        priority: "low",
        status: "new",
        category: None,
        channel: "web",
        erp_module: None,
        tags: Vec::new(),
    }
}

fn set(permissions: &[Permission]) -> Permissions {
    Permissions::of(permissions)
}

/// Half past nine on a Monday.
fn monday() -> DateTime<Tz> {
    chrono_tz::UTC.with_ymd_and_hms(2026, 3, 2, 9, 30, 0).unwrap()
}

fn circumstances() -> Circumstances<'static> {
    Circumstances { address: "192.0.2.7", now: monday(), clients_see_organization: false }
}

fn subject(holder: &Holder, role: Role) -> Subject<'_> {
    Subject { holder, role, email: "anna@acme.example", groups: &[] }
}

/// A role that is held by a grant.
fn holding(role: Role, reach: Reach) -> Holding {
    serde_json::from_value(json!({
        "grant": format!("gra_{}", "1".repeat(32)), "group": null, "role": role, "role_name": null, "permissions": null,
        "reach": reach, "place": null, "until": Until::NEVER.millis()
    }))
    .unwrap()
}

/// Somebody of this digit who lends what the role gives.
fn lender(digit: char, role: Role) -> Lender {
    serde_json::from_value(json!({
        "delegation": format!("dlg_{}", digit.to_string().repeat(32)), "until": 2_000, "id": person(digit), "name": "Boris",
        "email": "boris@acme.example", "role": role, "permissions": null, "organization": organization(digit),
        "department": department(digit), "groups": [], "holdings": []
    }))
    .unwrap()
}

/// A policy; the condition is taken as it is, also where it would not be taken from an administrator.
fn policy(effect: Effect, permissions: &[Permission], condition: serde_json::Value) -> Policy {
    serde_json::from_value(json!({
        "id": format!("pol_{}", "1".repeat(32)), "name": "A policy", "effect": effect, "permissions": set(permissions),
        "condition": condition
    }))
    .unwrap()
}
