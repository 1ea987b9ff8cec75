//! The answer to who may do something with a ticket, as pages show it.

use shared::access::{Permission, Source};
use shared::error::{ApiError, FieldError};

use crate::actions::explain::{self, Decision};
use crate::context::Ctx;
use crate::pages::view::grants::{self as view, Named, Reason};
use crate::pages::view::{Choice, Moment};
use crate::routes::permissions::explanation;

/// Permissions that are about tickets.
pub fn choices(ctx: &Ctx<'_>, chosen: Option<&str>) -> Vec<Choice> {
    let about_tickets = Permission::ALL.into_iter().filter(|permission| permission.is_about_tickets());
    about_tickets.map(|permission| Choice::new(permission.as_str(), explanation(ctx.locale, permission), chosen)).collect()
}

/// The one that was chosen; to see the ticket, where none was.
pub fn permission(chosen: Option<&str>) -> Result<Permission, ApiError> {
    let Some(name) = chosen.filter(|name| !name.is_empty()) else { return Ok(Permission::TicketRead) };
    let known = Permission::parse(name).filter(|permission| permission.is_about_tickets());
    known.ok_or_else(|| ApiError::field("permission", "unknown_value"))
}

/// A ticket that is not there, or not the reader's to see, is a fault of the field; so is a person.
pub fn of_ticket(error: ApiError) -> ApiError {
    if error.status == 404 {
        return ApiError::field("ticket", "unknown_value");
    }
    let about_person = |fault: &FieldError| {
        if fault.field == "user" { FieldError { field: "person".to_owned(), ..fault.clone() } } else { fault.clone() }
    };
    ApiError { fields: error.fields.iter().map(about_person).collect(), ..error }
}

/// The answer.
pub fn answer(found: explain::Answer, next: Option<String>, first: Option<String>) -> view::Answer {
    view::Answer { more: found.next.is_some(), rows: found.people.into_iter().map(decision).collect(), next, first }
}

fn decision(decision: Decision) -> view::Decision {
    let Decision { who, explanation } = decision;
    let given = explanation.given_by.into_iter().map(|source| reason(&who, source)).collect();
    let denied = explanation.denied_by.into_iter().map(|(id, name)| Named { id: id.to_string(), name }).collect();
    view::Decision {
        id: who.person.id.to_string(),
        name: who.person.name,
        program: who.is_service,
        may: explanation.may,
        given,
        denied,
    }
}

fn reason(who: &shared::store::held::Explained, source: Source) -> Reason {
    let reason = |kind: &str, role: &str, name: Option<String>, until: Option<Moment>| Reason {
        kind: kind.to_owned(),
        role: role.to_owned(),
        name: name.unwrap_or_default(),
        until,
    };
    match source {
        Source::Role => reason("role", who.person.role.as_str(), who.role_name.clone(), None),
        Source::Grant { role, role_name, until, .. } => reason("grant", role.as_str(), role_name, until.moment().map(Into::into)),
        Source::Group { group, role, until, .. } => {
            let name = who.group_names.iter().find(|one| one.id == group).map(|one| one.name.clone());
            reason("group", role.as_str(), name, until.moment().map(Into::into))
        }
        Source::Deputy { name, until, .. } => reason("deputy", "", Some(name), until.moment().map(Into::into)),
        Source::Policy { name, .. } => reason("policy", "", Some(name), None),
    }
}
