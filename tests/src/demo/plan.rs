//! The stream: people join, tickets come, their stories run side by side, all in the order of time.
//!
//! Only the bones of the tickets (some forty bytes each) are held for the whole past; texts exist from the moment their ticket
//! is written until its last event has been handed out.

use super::arrivals::{self, Arrival};
use super::dice::Dice;
use super::people::{self, Population};
use super::scenes::Scene;
use super::{Event, Happening, Size, Status, Tenant, TicketKey};
use super::{cast, contracts, scenes, story};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{BTreeMap, VecDeque};

/// How many wordings are tried until a title differs from its neighbours'.
const WORDINGS_MAX: u64 = 12;
/// How long after the first ticket of an outage others are known to be of it.
const OUTAGE_LASTS: TimeDelta = TimeDelta::hours(24);

/// The past of all tenants, as an iterator of events in the order of time.
pub struct Plan {
    now: DateTime<Utc>,
    size: Size,
    tenants: Vec<Tenant>,
    people: Vec<Population>,
    joining: VecDeque<Event>,
    arrivals: VecDeque<Arrival>,
    /// Told but not yet due, by moment and order of telling.
    pending: BTreeMap<(DateTime<Utc>, u64), Event>,
    told: u64,
    next_ticket: TicketKey,
    last_title: String,
    last_title_of: BTreeMap<usize, String>,
    /// By tenant and family: the first ticket of an outage, and when it came.
    outages: BTreeMap<(usize, usize), (TicketKey, DateTime<Utc>)>,
}

/// Plans the past that ends at `now`. The same arguments give the same events.
pub fn plan(seed: u64, size: Size, tenants: &[Tenant], now: DateTime<Utc>) -> Plan {
    let begin = now - TimeDelta::days(size.days());
    let mut all = Vec::new();
    let mut joining = Vec::new();
    let mut populations = Vec::new();
    for (place, tenant) in tenants.iter().enumerate() {
        let people = people::of_tenant(seed, size, tenant, begin, now);
        let contracts = contracts::of(tenant, &people.organizations);
        let staged = scenes::of_tenant(seed, place, tenant, &people, &contracts, now);
        all.extend(arrivals::of_tenant(seed, size, place, tenant, now, staged.len()));
        all.extend(staged);
        let event = |at, kind| Event { at, tenant: tenant.slug, kind };
        joining.extend(people.organizations.iter().map(|o| event(begin, Happening::OrganizationCreated(o.clone()))));
        joining.extend(people.staff.iter().map(|p| event(p.since, Happening::UserCreated(p.clone()))));
        joining.push(event(begin, Happening::ContractsSigned(contracts)));
        joining.extend(people.clients.iter().map(|p| event(p.since, Happening::UserCreated(p.clone()))));
        joining.extend(scenes::strays(seed, size, tenant, &people, now));
        populations.push(people);
    }
    joining.sort_by_key(|event| event.at);
    all.sort_by_key(|arrival| (arrival.at, arrival.seed));
    Plan {
        now,
        size,
        tenants: tenants.to_vec(),
        people: populations,
        joining: joining.into(),
        arrivals: all.into(),
        pending: BTreeMap::new(),
        told: 0,
        next_ticket: 0,
        last_title: String::new(),
        last_title_of: BTreeMap::new(),
        outages: BTreeMap::new(),
    }
}

impl Plan {
    /// The people of a tenant, by its place in the list given to [`plan`].
    pub fn population(&self, place: usize) -> Option<&Population> {
        self.people.get(place)
    }

    /// Tells the story of the next arrival into `pending`.
    fn tell_next(&mut self) {
        let Some(arrival) = self.arrivals.pop_front() else { return };
        let (Some(tenant), Some(people)) = (self.tenants.get(arrival.tenant), self.people.get(arrival.tenant)) else { return };
        let Some(family) = cast::family_of(&arrival) else { return };
        let last_of_tenant = self.last_title_of.get(&arrival.tenant);
        let worded = (0..WORDINGS_MAX).filter_map(|attempt| cast::facts(&arrival, attempt, tenant, people)).find_map(|facts| {
            let title = cast::title(&facts, family);
            (title != self.last_title && Some(&title) != last_of_tenant).then_some((facts, title))
        });
        let Some((facts, title)) = worded else { return };
        let problem = problem(&mut self.outages, &arrival, self.next_ticket);
        let mut events = story::tell(&arrival, self.next_ticket, problem, tenant, people, &facts);
        if arrival.staged.is_none() {
            leave_open(&mut events, self.now, arrival.seed, self.size);
        }
        for event in events {
            if event.at < self.now {
                self.pending.insert((event.at, self.told), event);
                self.told += 1;
            }
        }
        self.next_ticket += 1;
        self.last_title.clone_from(&title);
        self.last_title_of.insert(arrival.tenant, title);
    }
}

/// The ticket by which the desk knows of the outage that an arrival belongs to; the first one of an outage becomes it.
fn problem(
    outages: &mut BTreeMap<(usize, usize), (TicketKey, DateTime<Utc>)>,
    arrival: &Arrival,
    ticket: TicketKey,
) -> Option<TicketKey> {
    if !arrival.outage {
        return None;
    }
    let place = (arrival.tenant, arrival.family);
    let is_first = arrival.staged.is_some_and(|staged| staged.scene == Scene::Problem);
    let known = outages.get(&place).filter(|(_, at)| !is_first && arrival.at - *at < OUTAGE_LASTS).map(|(problem, _)| *problem);
    if known.is_none() {
        outages.insert(place, (ticket, arrival.at));
    }
    known
}

/// Some of the last weeks' tickets have not come to their end: clients who have not answered yet, and work that lies.
fn leave_open(events: &mut Vec<Event>, now: DateTime<Utc>, seed: u64, size: Size) {
    let Some(age) = events.first().map(|event| now - event.at) else { return };
    let mut dice = Dice::fork(seed, "left open");
    let asked = events.iter().position(
        |event| matches!(&event.kind, Happening::CommentAdded(comment) if comment.status == Some(Status::WaitingCustomer)),
    );
    let solved = events
        .iter()
        .position(|event| matches!(&event.kind, Happening::CommentAdded(comment) if comment.status == Some(Status::Resolved)));
    // With few tickets more of them are left, or there would be nothing to work on.
    let (silent, fresh, lying) = match size {
        Size::Small => (0.5, 0.9, 0.5),
        Size::Full => (0.35, 0.6, 0.12),
    };
    let kept = match (asked, solved) {
        (Some(asked), _) if age < TimeDelta::days(18) && dice.chance(silent) => asked + 1,
        (_, Some(solved)) if age < TimeDelta::days(2) && dice.chance(fresh) => 1 + dice.index(solved),
        (_, Some(solved)) if age < TimeDelta::days(9) && dice.chance(lying) => 1 + dice.index(solved),
        _ => return,
    };
    events.truncate(kept);
}

impl Iterator for Plan {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        while let Some(arrival) = self.arrivals.front() {
            let due = self.pending.first_key_value().is_some_and(|((at, _), _)| *at < arrival.at);
            if due {
                break;
            }
            self.tell_next();
        }
        let pending_at = self.pending.first_key_value().map(|((at, _), _)| *at);
        match (self.joining.front(), pending_at) {
            (Some(joining), Some(at)) if joining.at > at => self.pending.pop_first().map(|(_, event)| event),
            (Some(_), _) => self.joining.pop_front(),
            (None, _) => self.pending.pop_first().map(|(_, event)| event),
        }
    }
}

#[cfg(test)]
mod tests;
