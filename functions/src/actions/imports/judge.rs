//! What is to become of a row: names that it says are looked up among what the tenant has.

use std::collections::HashMap;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use shared::access::Role;
use shared::database::{Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::id::{OrganizationId, TicketId};
use shared::import::{Cells, Fault, Kind, Mapping, PersonCells, Record, TicketCells, Words};
use shared::mail::address;
use shared::store::directory::{DepartmentRow, StaffRow};
use shared::store::imports::{self as store, KnownOrganization, KnownPerson, KnownTicket};
use shared::store::users::Status;

use crate::context::Ctx;
use crate::context::directory::{Directory, Wanted};

/// What is asked of the database about rows.
pub(super) struct Question {
    wanted: Wanted,
    emails: Vec<String>,
    organizations: Vec<String>,
    tickets: Vec<String>,
}

impl Question {
    /// About these rows, where columns of these names hold what has to be known.
    pub(super) fn of(ctx: &Ctx<'_>, rows: &[Record], said: &[Option<String>]) -> Self {
        let column = |name: &str| said.iter().position(|field| field.as_deref() == Some(name));
        let cells = |name: &str| -> Vec<String> {
            let Some(column) = column(name) else { return Vec::new() };
            let cells = rows.iter().filter_map(|row| row.cells.get(column)).map(|cell| cell.trim().to_owned());
            cells.filter(|cell| !cell.is_empty()).collect()
        };
        let address = |typed: &String| address::normalize(typed);
        let emails = cells("email").iter().chain(&cells("requester")).filter_map(address).collect();
        Self { wanted: Wanted::of(ctx), emails, organizations: cells("organization"), tickets: cells("external_id") }
    }

    /// What to load.
    pub(super) fn statements(&self) -> Vec<TenantStatement> {
        let mut statements = vec![
            store::known_people(&self.emails),
            store::known_organizations(&self.organizations),
            store::known_tickets(&self.tickets),
        ];
        statements.extend(self.wanted.statements());
        statements
    }

    /// Reads the next answers of the batch.
    pub(super) fn read(self, ctx: &Ctx<'_>, answers: &mut impl Iterator<Item = Rows>) -> Result<Known, ApiError> {
        let mut next = || answers.next().ok_or_else(|| ApiError::internal("an import was answered too few results"));
        let people: Vec<KnownPerson> = next()?.all()?;
        let organizations: Vec<KnownOrganization> = next()?.all()?;
        let tickets: Vec<KnownTicket> = next()?.all()?;
        Ok(Known {
            people: people.into_iter().map(|person| (person.email, person.status)).collect(),
            organizations: organizations.into_iter().map(|each| (each.name, each.id)).collect(),
            tickets: tickets.into_iter().map(|ticket| (ticket.external_id, ticket.ticket_id)).collect(),
            directory: self.wanted.take(ctx, answers)?,
        })
    }
}

/// What the tenant has of what rows name.
pub(super) struct Known {
    people: HashMap<String, Status>,
    organizations: HashMap<String, OrganizationId>,
    tickets: HashMap<String, TicketId>,
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
    pub(super) roles: &'a [Role],
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

    fn person(&self, cells: PersonCells, known: &Known) -> Result<Judged, Vec<Fault>> {
        if known.people.contains_key(&cells.email) {
            return Ok(Judged::Known { ticket: None });
        }
        let mut faults = Vec::new();
        if cells.email == self.mailbox {
            faults.push(fault("email", "own_address", &cells.email));
        }
        if !self.roles.contains(&cells.role) {
            faults.push(fault("role", "import_more_than_own", cells.role.as_str()));
        }
        let organization = cells
            .organization
            .as_deref()
            .and_then(|name| known.organizations.get(name).cloned().or_else(|| missed(&mut faults, "organization", name)));
        let department = department(cells.department.as_deref(), &known.directory, &mut faults);
        let newcomer = Newcomer { cells, organization, department };
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
