//! The wiring between a ticket's clocks and the tenant's policies, calendars and timer rows.
//!
//! The rules are `shared::sla`; here they get their calendars from rows and leave their due moments in rows. A tenant
//! without any policy promises what specification 2.2.1 says, from Monday to Friday, 9 to 18 in the tenant's zone.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use shared::business_time::{Calendar, CalendarIn, IntervalIn, WeekIn};
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::CalendarId;
use shared::sla::{Clocks, DueMoment, Event, Facts, Policy, PolicyIn, State, Terms, match_policy, state};
use shared::store::sla as store;
use shared::tenant::Tenant;
use shared::ticket::{Priority, Status, TicketRow};

/// The id, and the name, of the promises of a tenant that has no policy of its own.
pub const STANDARD: &str = "standard";

/// The tenant's policies and calendars, as loaded.
pub struct Promises {
    policies: Vec<Policy>,
    calendars: Vec<NamedCalendar>,
    zone: Tz,
}

/// A calendar as stored. One that does not parse is a defect, told when a ticket is to count by it: it holds up no other.
pub struct NamedCalendar {
    id: CalendarId,
    name: String,
    calendar: Result<Calendar, String>,
}

impl NamedCalendar {
    /// Reads the stored definition.
    pub fn read(id: CalendarId, name: String, definition: &str) -> Self {
        let calendar = serde_json::from_str(definition).map_err(|error| format!("calendar {id}: {error}"));
        Self { id, name, calendar }
    }
}

/// What a ticket is promised.
pub struct Promise {
    /// The terms; empty ones when no policy is for the ticket.
    pub terms: Terms,
    /// The name of the policy.
    pub policy_name: Option<String>,
    /// The calendar's id; `None` is the standard one.
    pub calendar_id: Option<CalendarId>,
    /// The calendar.
    pub calendar: Calendar,
}

/// What to load for [`Promises::read`]: two statements.
pub fn statements() -> [TenantStatement; 2] {
    [store::policies(), store::calendars()]
}

impl Promises {
    /// Reads the answers of [`statements`]. A stored policy that does not parse is a defect, named by its id.
    pub fn read(tenant: &Tenant, policies: &Rows, calendars: &Rows) -> Result<Self, ApiError> {
        let policies: Vec<store::PolicyRow> = policies.all()?;
        let calendars = calendars.all::<store::CalendarRow>()?.into_iter();
        Self::new(
            tenant.zone(),
            policies.iter().map(|row| (row.id.as_str(), row.definition.as_str())),
            calendars.map(|row| NamedCalendar::read(row.id, String::new(), &row.definition)).collect(),
        )
    }

    /// Parses policies (id, definition) in their order, beside the calendars that they name.
    pub fn new<'a>(
        zone: Tz,
        policies: impl Iterator<Item = (&'a str, &'a str)>,
        calendars: Vec<NamedCalendar>,
    ) -> Result<Self, ApiError> {
        let mut parsed = Vec::new();
        for (id, definition) in policies {
            let form: PolicyIn =
                serde_json::from_str(definition).map_err(|error| ApiError::internal(format!("policy {id}: {error}")))?;
            parsed.push(Policy::parse(id, form).map_err(|_| ApiError::internal(format!("policy {id} is not valid")))?);
        }
        if parsed.is_empty() {
            let form = PolicyIn::standard(STANDARD, STANDARD);
            parsed.push(Policy::parse(STANDARD, form).map_err(|_| ApiError::internal("the standard policy is not valid"))?);
        }
        Ok(Self { policies: parsed, calendars, zone })
    }

    /// The zone of the standard calendar.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// A calendar and its name; `None` when it is gone, or does not parse.
    pub fn calendar(&self, id: &CalendarId) -> Option<(&str, &Calendar)> {
        let found = self.calendars.iter().find(|each| each.id == *id)?;
        found.calendar.as_ref().ok().map(|calendar| (found.name.as_str(), calendar))
    }

    /// The policies in their order, each by id and name; without the standard one, which nobody wrote.
    pub fn policies(&self) -> impl Iterator<Item = (&str, &str)> {
        self.policies.iter().map(|policy| (policy.id(), policy.form().name.as_str())).filter(|(id, _)| *id != STANDARD)
    }

    /// The name of a policy.
    pub fn policy_name(&self, id: &str) -> Option<&str> {
        self.policies.iter().find(|policy| policy.id() == id).map(|policy| policy.form().name.as_str())
    }

    /// What a ticket with these facts is promised.
    pub fn find(&self, facts: &Facts<'_>) -> Result<Promise, ApiError> {
        match match_policy(&self.policies, facts) {
            Some(policy) => self.promise(policy, facts.priority),
            None => Ok(self.nothing()),
        }
    }

    /// What this policy promises a ticket of that priority, whether or not it is the one that would be found; `None` when it is
    /// gone.
    pub fn of(&self, policy: &str, priority: Priority) -> Result<Option<Promise>, ApiError> {
        self.policies.iter().find(|each| each.id() == policy).map(|policy| self.promise(policy, priority)).transpose()
    }

    fn nothing(&self) -> Promise {
        Promise { terms: Terms::default(), policy_name: None, calendar_id: None, calendar: standard_calendar(self.zone) }
    }

    fn promise(&self, policy: &Policy, priority: Priority) -> Result<Promise, ApiError> {
        let wanted = &policy.form().calendar_id;
        let row = self.calendars.iter().find(|row| row.id.as_str() == wanted);
        let calendar = match row {
            Some(row) => row.calendar.clone().map_err(ApiError::internal)?,
            None => standard_calendar(self.zone),
        };
        Ok(Promise {
            terms: policy.terms(priority),
            policy_name: Some(policy.form().name.clone()),
            calendar_id: row.map(|row| row.id.clone()),
            calendar,
        })
    }
}

/// The calendar of a tenant that has none: Monday to Friday, 9 to 18.
pub fn standard_calendar(zone: Tz) -> Calendar {
    let day = || vec![IntervalIn::new("09:00", "18:00")];
    let week = WeekIn { monday: day(), tuesday: day(), wednesday: day(), thursday: day(), friday: day(), ..WeekIn::default() };
    let form = CalendarIn { zone: zone.name().to_owned(), week, ..CalendarIn::default() };
    Calendar::parse(&form).unwrap_or_else(|_| Calendar::around_the_clock(zone))
}

/// The calendar by which a ticket's clocks count.
pub fn calendar_of(tenant: &Tenant, row: &TicketRow) -> Calendar {
    row.sla_calendar.clone().unwrap_or_else(|| standard_calendar(tenant.zone()))
}

/// The facts that policies look at.
pub fn facts(row: &TicketRow) -> Facts<'_> {
    Facts {
        customer_type: row.customer_type.as_deref(),
        organization: row.organization_id.as_ref().map(shared::id::OrganizationId::as_str),
        category: row.category.as_deref(),
        priority: row.priority,
    }
}

/// Starts the clocks of a new ticket.
pub fn start(row: &mut TicketRow, promise: Promise) {
    row.clocks = promise.terms.policy_id.is_some().then(|| Clocks::start(&promise.terms, row.created_at, &promise.calendar));
    adopt(row, promise);
}

/// Gives a ticket other promises at `at`: what was used up so far is carried over. Where nothing was promised so far, time counts from
/// `beginning`. Answers the breaches that this brought to light.
pub fn change(
    tenant: &Tenant,
    row: &mut TicketRow,
    promise: Promise,
    beginning: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Vec<DueMoment> {
    let old = calendar_of(tenant, row);
    let mut breaches = Vec::new();
    if let Some(clocks) = &mut row.clocks {
        breaches = clocks.apply(Event::TermsChanged { terms: &promise.terms, calendar: &promise.calendar }, at, &old);
    } else if promise.terms.policy_id.is_some() && row.status.is_open() {
        breaches = start_late(row, &promise, beginning, at);
    }
    adopt(row, promise);
    breaches
}

/// Starts the clocks of a ticket that has lived without any: what it has lived through is told to them, as far as it is known.
fn start_late(row: &mut TicketRow, promise: &Promise, beginning: DateTime<Utc>, at: DateTime<Utc>) -> Vec<DueMoment> {
    let mut clocks = Clocks::start(&promise.terms, beginning, &promise.calendar);
    let mut breaches = Vec::new();
    if let Some(answered) = row.first_response_at {
        breaches.extend(clocks.apply(Event::AgentReplied, answered, &promise.calendar));
    }
    if row.status == Status::WaitingCustomer {
        breaches.extend(clocks.apply(Event::Paused, at, &promise.calendar));
    }
    row.clocks = Some(clocks);
    breaches
}

fn adopt(row: &mut TicketRow, promise: Promise) {
    row.sla_policy_name = promise.policy_name;
    row.sla_calendar = promise.calendar_id.is_some().then_some(promise.calendar);
    row.sla_calendar_id = promise.calendar_id;
}

/// Drives the clocks by an event. Answers the breaches that it brought to light: they are to be written down.
pub fn apply(tenant: &Tenant, row: &mut TicketRow, event: Event<'_>, at: DateTime<Utc>) -> Vec<DueMoment> {
    let calendar = calendar_of(tenant, row);
    row.clocks.as_mut().map_or_else(Vec::new, |clocks| clocks.apply(event, at, &calendar))
}

/// The lights for lists: warned, breached.
pub fn lights(row: &TicketRow, now: DateTime<Utc>, calendar: &Calendar) -> (bool, bool) {
    let state = row.clocks.as_ref().and_then(|clocks| state(clocks, now, calendar)).map(|status| status.state);
    (state == Some(State::Warning), state == Some(State::Breached))
}

/// The due moments that a change of the clocks leaves, in place of those that stood there (none for a deleted ticket). Beside them
/// the earliest one, for the timer.
pub fn rows(row: &TicketRow, calendar: &Calendar) -> (Vec<TenantStatement>, Option<DateTime<Utc>>) {
    let moments = match &row.clocks {
        Some(clocks) if row.deleted_at.is_none() => clocks.due_moments(calendar),
        _ => Vec::new(),
    };
    (store::replace_timers(&row.id, &moments), moments.iter().map(DueMoment::tell_at).min())
}

/// Whether these fields decide about the policy: a change of one of them asks for new promises.
pub fn decides(before: &TicketRow, after: &TicketRow) -> bool {
    let key = |row: &TicketRow| -> (Priority, Option<String>, Option<String>) {
        (row.priority, row.category.clone(), row.organization_id.as_ref().map(ToString::to_string))
    };
    key(before) != key(after)
}
