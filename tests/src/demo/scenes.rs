//! What stands on the desk at the end of the past, whatever the hour: promises nearly used up and just missed, a client who is waited
//! for, a critical ticket to be rated, an outage with its problem, its incidents and a duplicate, and mail that wants a person.
//!
//! Moments are counted back from now in the very hours that the desk promises in, so that a share of a promise is used up and not a
//! number of hours.

use chrono::{DateTime, TimeDelta, Utc};

use super::arrivals::Arrival;
use super::calendar::before;
use super::contracts::{Contracts, Hours, office};
use super::corpus::{Corpus, Family};
use super::dice::Dice;
use super::facts::TicketFacts;
use super::letters::Pen;
use super::people::{Gender, Person, Population, Role, names};
use super::post::{Stray, StrayKind};
use super::{Event, Happening, Language, Priority, Size, Tenant, TicketKey};

/// What a ticket shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scene {
    /// Nobody has answered yet, and the answer is nearly due.
    AnswerNearlyDue,
    /// Nobody has answered, and the answer is overdue.
    AnswerOverdue,
    /// Being worked on, and the solution is due within the day.
    SolutionNearlyDue,
    /// The same, with days to go.
    SolutionNearlyDueSlowly,
    /// Being worked on, and overdue; the desk's answer came back from a mailbox that is not there any more.
    SolutionOverdue,
    /// The client has not answered yet.
    Waiting,
    /// Solved, critical, and not rated yet, so that the client cannot close it.
    CriticalSolved,
    /// The first ticket of an outage.
    Problem,
    /// Another ticket of the outage.
    Incident,
    /// The same once more, merged into the first.
    Duplicate,
    /// Escalated by hand.
    Escalated,
    /// A mail of somebody whom nobody knows.
    Stranger,
}

impl Scene {
    /// Whether the well-known agent works on it, who would find no work otherwise.
    pub const fn is_of_well_known_agent(self) -> bool {
        matches!(self, Self::SolutionNearlyDue | Self::SolutionNearlyDueSlowly | Self::Waiting | Self::CriticalSolved)
    }
}

/// A ticket whose story is not left to chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staged {
    /// What it shows.
    pub scene: Scene,
    /// Place of its requester among the clients.
    pub client: usize,
}

/// Scene, priority, how old it is, and whose ticket it is.
const SCENES: [(Scene, Priority, Age, Whose); 13] = [
    (Scene::AnswerNearlyDue, Priority::Medium, Age::Response(82), Whose::Anybody),
    (Scene::AnswerOverdue, Priority::High, Age::Response(140), Whose::Anybody),
    (Scene::SolutionNearlyDue, Priority::High, Age::Resolution(82), Whose::WellKnown),
    (Scene::SolutionNearlyDueSlowly, Priority::Low, Age::Resolution(84), Whose::KeyCustomer),
    (Scene::SolutionOverdue, Priority::Medium, Age::Resolution(108), Whose::OwnContract),
    (Scene::Waiting, Priority::Medium, Age::Minutes(580), Whose::WellKnown),
    (Scene::CriticalSolved, Priority::Critical, Age::Minutes(205), Whose::WellKnown),
    (Scene::Problem, Priority::High, Age::Minutes(171), Whose::Anybody),
    (Scene::Incident, Priority::High, Age::Minutes(163), Whose::Anybody),
    (Scene::Incident, Priority::High, Age::Minutes(152), Whose::SomebodyElse),
    (Scene::Duplicate, Priority::High, Age::Minutes(144), Whose::SomebodyElse),
    (Scene::Escalated, Priority::Medium, Age::Minutes(650), Whose::WellKnown),
    (Scene::Stranger, Priority::Medium, Age::Minutes(72), Whose::Anybody),
];

/// How old a ticket is.
#[derive(Debug, Clone, Copy)]
enum Age {
    /// So many percent of the promised first response are used up.
    Response(i64),
    /// So many percent of the promised resolution are used up.
    Resolution(i64),
    /// The office has worked for so many minutes since.
    Minutes(i64),
}

/// Whose ticket a scene is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    WellKnown,
    /// Not the well-known client; somebody with the office's own hours, if there is one.
    SomebodyElse,
    /// With the office's own hours.
    Anybody,
    KeyCustomer,
    /// Somebody whose organization has a policy of its own.
    OwnContract,
}

/// The staged arrivals of a tenant.
pub fn of_tenant(
    seed: u64,
    place: usize,
    tenant: &Tenant,
    people: &Population,
    contracts: &Contracts,
    now: DateTime<Utc>,
) -> Vec<Arrival> {
    let mut dice = Dice::fork(seed, &format!("scenes {}", tenant.slug));
    let outage = family(&mut dice, tenant.language, |family| family.incident);
    SCENES
        .iter()
        .enumerate()
        .filter_map(|(nth, (scene, priority, age, whose))| {
            let of_outage = matches!(scene, Scene::Problem | Scene::Incident | Scene::Duplicate);
            let family = if of_outage {
                outage
            } else {
                family(&mut dice, tenant.language, |family| {
                    matches!(family.category, "incident" | "data_correction" | "performance")
                })
            }?;
            let client = requester(tenant, people, contracts, *whose, nth)?;
            let organization = people.organization_of(people.clients.get(client)?)?;
            let category = Corpus::of(tenant.language).families.get(family)?.category;
            let promise = contracts.promise(organization, category, *priority)?;
            let at = match age {
                Age::Response(percent) => before(&promise.calendar, now, promise.response * percent / 100),
                Age::Resolution(percent) => before(&promise.calendar, now, promise.resolution * percent / 100),
                Age::Minutes(minutes) => before(office(tenant.language), now, minutes * 60),
            };
            let staged = Some(Staged { scene: *scene, client });
            Some(Arrival { at, tenant: place, language: tenant.language, family, outage: of_outage, seed: dice.seed(), staged })
        })
        .collect()
}

/// The priority of a scene.
pub fn priority(scene: Scene) -> Priority {
    SCENES.iter().find(|(own, ..)| *own == scene).map_or(Priority::Medium, |(_, priority, ..)| *priority)
}

fn family(dice: &mut Dice, language: Language, fits: impl Fn(&Family) -> bool) -> Option<usize> {
    let fitting: Vec<usize> =
        Corpus::of(language).families.iter().enumerate().filter(|(_, family)| fits(family)).map(|(nth, _)| nth).collect();
    dice.one(&fitting).copied()
}

/// The place of a client who was there from the beginning and speaks the desk's language.
fn requester(tenant: &Tenant, people: &Population, contracts: &Contracts, whose: Whose, nth: usize) -> Option<usize> {
    let first = people.clients.first()?.since;
    let is_vip = |client: &Person| people.organization_of(client).is_some_and(|own| own.customer_type == "vip");
    let own_hours = |client: &Person| {
        let promise = people.organization_of(client).and_then(|own| contracts.promise(own, "incident", Priority::High));
        promise.is_some_and(|promise| promise.hours == Hours::Business)
    };
    let mut fitting: Vec<(usize, &Person)> = people
        .clients
        .iter()
        .enumerate()
        .filter(|(_, client)| client.since == first && client.language == tenant.language)
        .filter(|(_, client)| match whose {
            Whose::WellKnown => client.well_known,
            Whose::SomebodyElse => !client.well_known,
            Whose::Anybody => true,
            Whose::KeyCustomer => is_vip(client),
            Whose::OwnContract => !is_vip(client) && !own_hours(client),
        })
        .collect();
    if fitting.iter().any(|(_, client)| own_hours(client)) {
        fitting.retain(|(_, client)| own_hours(client));
    }
    fitting.get(nth % fitting.len().max(1)).map(|(place, _)| *place).or_else(|| people.clients.iter().position(|c| c.well_known))
}

/// Mail that answers nothing: mailings, of which some were thrown away, an answer of a machine, an empty mail, a bad forgery.
pub fn strays(seed: u64, size: Size, tenant: &Tenant, people: &Population, now: DateTime<Utc>) -> Vec<Event> {
    let office = office(tenant.language);
    let manager = people.staff.iter().find(|person| person.role == Role::Manager).map(|person| person.username.clone());
    let mut list: Vec<(i64, StrayKind)> = vec![
        (150, StrayKind::Blank),
        (400, StrayKind::Away),
        (760, StrayKind::Spoof),
        (1_100, StrayKind::Newsletter { discarded_by: None }),
    ];
    // A mailing every other working day, cleared away by whoever leads the desk.
    let weeks = size.days_of_mail() / 7;
    list.extend((1..weeks * 2).map(|nth| (1_100 + nth * 1_250, StrayKind::Newsletter { discarded_by: manager.clone() })));
    let first = now - TimeDelta::days(size.days_of_mail() - 2);
    list.into_iter()
        .filter_map(|(minutes_ago, kind)| {
            let at = Some(before(office, now, minutes_ago * 60)).filter(|at| *at > first)?;
            let mail = stray(Dice::fork(seed, &format!("stray {} {minutes_ago}", tenant.slug)).seed(), kind, tenant, people, at)?;
            Some(Event { at, tenant: tenant.slug, kind: Happening::MailCame(mail) })
        })
        .collect()
}

/// The mail of somebody whom nobody knows.
pub fn stranger(seed: u64, ticket: TicketKey, tenant: &Tenant, people: &Population, at: DateTime<Utc>) -> Option<Happening> {
    stray(seed, StrayKind::Stranger(ticket), tenant, people, at).map(Happening::MailCame)
}

fn stray(seed: u64, kind: StrayKind, tenant: &Tenant, people: &Population, at: DateTime<Utc>) -> Option<Stray> {
    let client = people.clients.iter().find(|client| client.well_known)?;
    let organization = people.organization_of(client)?;
    let facts = TicketFacts {
        seed,
        language: tenant.language,
        at,
        zone: tenant.zone,
        client,
        agent: people.staff.first()?,
        organization,
    };
    let pen = Pen { facts: &facts, corpus: Corpus::of(tenant.language) };
    let mut dice = Dice::fork(seed, "stray");
    let (name, _) = names::colleague(&mut Dice::fork(seed, "colleague"), tenant.language);
    let (given, family) = (names::latin(&name.given), names::latin(&name.family));
    let own_name = format!("{} {}", name.given, name.family);
    let nth = dice.index(2);
    let word = |section: &str| {
        let phrases = pen.corpus.phrases(section);
        phrases.get(nth).or(phrases.first()).map(|text| pen.fill(text, Gender::Male)).unwrap_or_default()
    };
    let (name, address, subject, body) = match &kind {
        StrayKind::Stranger(_) => {
            (own_name, format!("{given}.{family}@mail.example"), word("stranger_subject"), word("stranger"))
        }
        StrayKind::Newsletter { .. } => {
            let host = dice.pick(&["digest.example", "webinar.example", "courses.example"]);
            (String::new(), format!("news@{host}"), word("newsletter_subject"), word("newsletter"))
        }
        StrayKind::Away => (own_name, format!("{given}.{family}@partner.example"), word("away_subject"), word("away")),
        StrayKind::Blank => (own_name, format!("{given}@mobile.example"), String::new(), String::new()),
        StrayKind::Spoof => (tenant.name.to_owned(), String::new(), word("spoof_subject"), word("spoof")),
    };
    Some(Stray { kind, name, address, subject, body })
}
