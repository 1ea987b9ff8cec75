//! What is to become of a row: names that it says are looked up among what the tenant has.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::de::DeserializeOwned;
use shared::database::{Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::id::{OrganizationId, TicketId};
use shared::import::{Cells, Fault, Kind, Mapping, PersonCells, Record, TicketCells, Words};
use shared::limits::{EXTERNAL_ID_CHARS_MAX, IMPORT_ASKED_BYTES_MAX, NAME_CHARS_MAX};
use shared::mail::address;
use shared::store::directory::{DepartmentRow, StaffRow};
use shared::store::imports::{self as store, KnownOrganization, KnownPerson, KnownTicket};
use shared::store::roles::{self, OwnRole};
use shared::store::users::Status;

use crate::context::Ctx;
use crate::context::directory::{Directory, Wanted};

/// What is asked of the database about rows. A table may name more than one statement can.
pub(super) struct Question {
    wanted: Wanted,
    emails: Vec<Vec<String>>,
    organizations: Vec<Vec<String>>,
    tickets: Vec<Vec<String>>,
    /// Whether roles are named.
    roles: bool,
}

impl Question {
    /// About these rows, where columns of these names hold what has to be known.
    pub(super) fn of(ctx: &Ctx<'_>, rows: &[Record], said: &[Option<String>]) -> Self {
        let column = |name: &str| said.iter().position(|field| field.as_deref() == Some(name));
        let cells = |name: &str| {
            let column = column(name);
            rows.iter().filter_map(move |row| row.cells.get(column?)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
        };
        // What is longer than the field may be the tenant does not have.
        let short =
            |name: &str, chars_max: usize| cells(name).filter(move |cell| cell.chars().count() <= chars_max).map(str::to_owned);
        Self {
            wanted: Wanted::of(ctx),
            emails: portions(cells("email").chain(cells("requester")).filter_map(address::normalize)),
            organizations: portions(short("organization", NAME_CHARS_MAX)),
            tickets: portions(short("external_id", EXTERNAL_ID_CHARS_MAX)),
            roles: column("role").is_some(),
        }
    }

    /// What to load.
    pub(super) fn statements(&self) -> Vec<TenantStatement> {
        let people = self.emails.iter().map(|emails| store::known_people(emails));
        let organizations = self.organizations.iter().map(|names| store::known_organizations(names));
        let tickets = self.tickets.iter().map(|ids| store::known_tickets(ids));
        let roles = self.roles.then(|| roles::list("", roles::ROLES_MAX));
        people.chain(organizations).chain(tickets).chain(roles).chain(self.wanted.statements()).collect()
    }

    /// Reads the next answers of the batch.
    pub(super) fn read(self, ctx: &Ctx<'_>, answers: &mut impl Iterator<Item = Rows>) -> Result<Known, ApiError> {
        let people: Vec<KnownPerson> = answered(answers, self.emails.len())?;
        let organizations: Vec<KnownOrganization> = answered(answers, self.organizations.len())?;
        let tickets: Vec<KnownTicket> = answered(answers, self.tickets.len())?;
        let roles = answered(answers, usize::from(self.roles))?;
        Ok(Known {
            people: people.into_iter().map(|person| (person.email, person.status)).collect(),
            organizations: organizations.into_iter().map(|each| (each.name, each.id)).collect(),
            tickets: tickets.into_iter().map(|ticket| (ticket.external_id, ticket.ticket_id)).collect(),
            roles,
            directory: self.wanted.take(ctx, answers)?,
        })
    }
}

/// The rows of the next `count` answers.
fn answered<T: DeserializeOwned>(answers: &mut impl Iterator<Item = Rows>, count: usize) -> Result<Vec<T>, ApiError> {
    let mut all = Vec::new();
    for _ in 0..count {
        let rows = answers.next().ok_or_else(|| ApiError::internal("an import was answered too few results"))?;
        all.extend(rows.all::<T>()?);
    }
    Ok(all)
}

/// Names, each once, in portions of which each fits one value.
fn portions(names: impl Iterator<Item = String>) -> Vec<Vec<String>> {
    let mut portions: Vec<Vec<String>> = Vec::new();
    let mut left = 0;
    for name in names.collect::<BTreeSet<_>>() {
        // As JSON, with its comma.
        let bytes = serde_json::to_string(&name).map_or(0, |json| json.len()) + 1;
        match portions.last_mut() {
            Some(portion) if bytes <= left => {
                portion.push(name);
                left -= bytes;
            }
            _ => {
                portions.push(vec![name]);
                left = IMPORT_ASKED_BYTES_MAX.saturating_sub(bytes);
            }
        }
    }
    portions
}

/// What the tenant has of what rows name.
pub(super) struct Known {
    people: HashMap<String, Status>,
    organizations: HashMap<String, OrganizationId>,
    tickets: HashMap<String, TicketId>,
    /// Roles of the tenant's own, where the table names roles.
    pub(super) roles: Vec<OwnRole>,
    /// Departments, categories and staff.
    pub(super) directory: Rc<Directory>,
}

/// A ticket to bring in.
pub(super) struct Ticket {
    pub(super) cells: TicketCells,
    /// The slug.
    pub(super) category: Option<String>,
    pub(super) department: Option<DepartmentRow>,
    pub(super) assignee: Option<StaffRow>,
}

/// A person to bring in.
pub(super) struct Newcomer {
    pub(super) cells: PersonCells,
    /// The tenant's own role, where it is to be one.
    pub(super) own_role: Option<OwnRole>,
    pub(super) organization: Option<OrganizationId>,
    pub(super) department: Option<DepartmentRow>,
}

/// What is to become of a row.
pub(super) enum Judged {
    /// A ticket.
    Ticket(Box<Ticket>),
    /// A person.
    Person(Box<Newcomer>),
    /// Nothing: it is there already.
    Known {
        /// Which ticket.
        ticket: Option<TicketId>,
    },
}

/// By what rows are judged.
pub(super) struct Judge<'a> {
    pub(super) kind: Kind,
    pub(super) mapping: &'a Mapping,
    pub(super) words: &'a Words,
    pub(super) zone: Tz,
    pub(super) now: DateTime<Utc>,
    /// Roles that may be given: names of the five, ids of the tenant's own.
    pub(super) roles: &'a [String],
    /// The tenant's own address.
    pub(super) mailbox: &'a str,
}

impl Judge<'_> {
    /// Judges a row; all of its faults otherwise.
    pub(super) fn judge(&self, row: &Record, known: &Known) -> Result<Judged, Vec<Fault>> {
        let cells = Cells::of(row, self.mapping);
        match self.kind {
            Kind::Tickets => self.ticket(TicketCells::read(cells, self.words, self.zone, self.now)?, known),
            Kind::Users => self.person(PersonCells::read(cells, self.words)?, known),
        }
    }

    fn ticket(&self, cells: TicketCells, known: &Known) -> Result<Judged, Vec<Fault>> {
        if let Some(ticket) = cells.external_id.as_ref().and_then(|id| known.tickets.get(id)) {
            return Ok(Judged::Known { ticket: Some(ticket.clone()) });
        }
        let directory = &known.directory;
        let mut faults = Vec::new();
        if cells.requester == self.mailbox {
            faults.push(fault("requester", "own_address", &cells.requester));
        }
        if known.people.get(&cells.requester) == Some(&Status::Disabled) {
            faults.push(fault("requester", "disabled", &cells.requester));
        }
        let category = cells.category.as_deref().and_then(|text| {
            let found = directory.open_categories().find(|each| each.slug == text || same(&each.name, text));
            found.map(|each| each.slug.clone()).or_else(|| missed(&mut faults, "category", text))
        });
        let department = department(cells.department.as_deref(), directory, &mut faults);
        let assignee = cells.assignee.as_deref().and_then(|text| {
            let email = text.to_lowercase();
            let by_address = directory.assignable().find(|member| member.email == email);
            // A name says who it is as long as nobody else has it.
            let mut named = directory.assignable().filter(|member| same(&member.name, text));
            let by_name = named.next().filter(|_| named.next().is_none());
            by_address.or(by_name).cloned().or_else(|| missed(&mut faults, "assignee", text))
        });
        let ticket = Ticket { cells, category, department, assignee };
        if faults.is_empty() { Ok(Judged::Ticket(Box::new(ticket))) } else { Err(faults) }
    }

    fn person(&self, mut cells: PersonCells, known: &Known) -> Result<Judged, Vec<Fault>> {
        if known.people.contains_key(&cells.email) {
            return Ok(Judged::Known { ticket: None });
        }
        let mut faults = Vec::new();
        if cells.email == self.mailbox {
            faults.push(fault("email", "own_address", &cells.email));
        }
        let own_role = cells.said_role.as_deref().and_then(|name| {
            let exact = known.roles.iter().find(|role| role.name == name);
            let found = exact.or_else(|| known.roles.iter().find(|role| same(&role.name, name))).cloned();
            if found.is_some() || cells.is_built_in { found } else { missed(&mut faults, "role", name) }
        });
        cells.role = own_role.as_ref().map_or(cells.role, |own| own.base);
        let role = own_role.as_ref().map_or(cells.role.as_str(), |own| own.id.as_str());
        if !self.roles.iter().any(|given| given == role) {
            let said = own_role.as_ref().map_or(cells.role.as_str(), |own| own.name.as_str());
            faults.push(fault("role", "import_more_than_own", said));
        }
        let organization = cells
            .organization
            .as_deref()
            .and_then(|name| known.organizations.get(name).cloned().or_else(|| missed(&mut faults, "organization", name)));
        let department = department(cells.department.as_deref(), &known.directory, &mut faults);
        let newcomer = Newcomer { cells, own_role, organization, department };
        if faults.is_empty() { Ok(Judged::Person(Box::new(newcomer))) } else { Err(faults) }
    }
}

fn department(text: Option<&str>, directory: &Directory, faults: &mut Vec<Fault>) -> Option<DepartmentRow> {
    let text = text?;
    let found = directory.open_departments().find(|each| each.id.as_str() == text || same(&each.name, text));
    found.cloned().or_else(|| missed(faults, "department", text))
}

/// Notes that there is nothing of that name.
fn missed<T>(faults: &mut Vec<Fault>, field: &str, text: &str) -> Option<T> {
    faults.push(fault(field, "unknown_value", text));
    None
}

fn fault(field: &str, code: &'static str, value: &str) -> Fault {
    Fault::of_cell(FieldError::new(field, code), value)
}

/// Whether two names are the same to people.
fn same(name: &str, text: &str) -> bool {
    name == text || name.to_lowercase() == text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_asked_for_once_each_and_no_portion_is_larger_than_a_value() {
        let names = || (0..9_000).map(|number| format!("{:\"<200}", number % 6_000));
        let portions = portions(names());
        assert!(portions.len() > 1);
        for portion in &portions {
            assert!(serde_json::to_string(portion).unwrap().len() <= IMPORT_ASKED_BYTES_MAX + 1);
        }
        let asked: Vec<String> = portions.into_iter().flatten().collect();
        assert_eq!(asked.len(), 6_000);
        assert_eq!(asked.into_iter().collect::<BTreeSet<_>>(), names().collect());
    }
}
