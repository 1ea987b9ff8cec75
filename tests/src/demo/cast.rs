//! Who takes part in a ticket, and which case of its family it tells.

use super::arrivals::Arrival;
use super::corpus::{Corpus, Family};
use super::dice::Dice;
use super::facts::TicketFacts;
use super::people::{Person, Population, Role, names};
use super::{DEPARTMENTS, Tenant};

/// The cast and texts of an arrival; `attempt` above 0 draws another wording.
pub fn facts<'a>(arrival: &Arrival, attempt: u64, tenant: &Tenant, people: &'a Population) -> Option<TicketFacts<'a>> {
    let seed = arrival.seed.wrapping_add(attempt);
    let mut dice = Dice::fork(arrival.seed, "cast");
    let family = family_of(arrival)?;
    let client = requester(&mut dice, arrival, family.department, people)?;
    let organization = people.organization_of(client)?;
    let staged_for_known = arrival.staged.is_some_and(|staged| staged.scene.is_of_well_known_agent());
    let known = people.staff.iter().find(|person| person.well_known && person.role == Role::Agent && staged_for_known);
    let agent = known.or_else(|| agent_for(&mut dice, family, people))?;
    Some(TicketFacts { seed, language: arrival.language, at: arrival.at, zone: tenant.zone, client, agent, organization })
}

/// The family of an arrival.
pub fn family_of(arrival: &Arrival) -> Option<&'static Family> {
    Corpus::of(arrival.language).families.get(arrival.family)
}

/// Somebody of the same organization who gets copies of a ticket.
pub fn colleague<'a>(arrival: &Arrival, client: &Person, people: &'a Population) -> Option<&'a Person> {
    let own: Vec<&Person> = people
        .clients
        .iter()
        .filter(|other| {
            other.organization == client.organization && other.since < arrival.at && other.username != client.username
        })
        .collect();
    Dice::fork(arrival.seed, "colleague in copy").one(&own).copied()
}

/// The title of a ticket, without its story.
pub fn title(facts: &TicketFacts<'_>, family: &Family) -> String {
    let mut dice = Dice::fork(facts.seed, "title");
    let case = case_of(facts.seed);
    let fitting: Vec<&str> = family.titles.iter().filter(|t| t.fits(case)).map(|t| t.text).collect();
    super::phrase::fill(dice.pick(&fitting), facts, facts.client.gender)
}

/// Which of its family's two cases a story tells.
pub fn case_of(seed: u64) -> usize {
    Dice::fork(seed, "case").index(2)
}

/// Some write often, most seldom: among those who have joined and speak the language.
fn requester<'a>(dice: &mut Dice, arrival: &Arrival, department: &str, people: &'a Population) -> Option<&'a Person> {
    if let Some(staged) = arrival.staged {
        return people.clients.get(staged.client);
    }
    let joined: Vec<&Person> = people
        .clients
        .iter()
        .filter(|c| c.since < arrival.at && c.language == arrival.language && c.organization.is_some())
        .collect();
    let known = joined.iter().find(|c| c.well_known).copied();
    if let Some(known) = known.filter(|_| dice.chance(0.02)) {
        return Some(known);
    }
    let lot = dice.unit();
    let count = u32::try_from(joined.len()).unwrap_or(1);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a product below the number of people")]
    let at = (lot.powi(2) * f64::from(count)) as usize;
    // Those who write often are spread over the list, not its oldest members.
    let begin = at * 7919 + 13;
    let candidate = |nth: usize| joined.get((begin + nth * 31) % joined.len().max(1)).copied();
    // A warehouse problem is told by somebody from the warehouse, if such a one is near.
    (0..8).filter_map(candidate).find(|c| names::suits(c.language, &c.position, department)).or_else(|| candidate(0))
}

fn agent_for<'a>(dice: &mut Dice, family: &Family, people: &'a Population) -> Option<&'a Person> {
    let of = |department: &str| -> Vec<&'a Person> {
        people.staff.iter().filter(|p| p.role == Role::Agent && p.department == Some(department)).collect()
    };
    let own = of(family.department);
    let all: Vec<&Person> = people.staff.iter().filter(|p| p.role == Role::Agent).collect();
    dice.one(if own.is_empty() { &all } else { &own }).copied()
}

/// Who of the first line picks up a ticket that another department solves.
pub fn first_line<'a>(arrival: &Arrival, family: &Family, people: &'a Population) -> Option<&'a Person> {
    let mut dice = Dice::fork(arrival.seed, "first line");
    let first: Vec<&Person> =
        people.staff.iter().filter(|p| p.role == Role::Agent && p.department == Some(DEPARTMENTS[0])).collect();
    dice.one(&first).copied().filter(|_| family.department != DEPARTMENTS[0])
}
