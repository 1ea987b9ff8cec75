//! People and the organizations they work for. Every address is on a domain reserved for examples.

use super::dice::Dice;
use super::{Language, Size, Tenant};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{BTreeMap, BTreeSet};

pub mod names;
use names::latin;

/// Grammatical gender of a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Gender {
    Male,
    Female,
}

/// Role of a person in a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Role {
    Admin,
    Manager,
    Agent,
    Client,
    Analyst,
}

impl Role {
    /// The product's name of the role.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Agent => "agent",
            Self::Client => "client",
            Self::Analyst => "analyst",
        }
    }
}

/// A client organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Unique within the plan.
    pub key: String,
    /// Its name in its own language.
    pub name: String,
    /// Its mail domain, under `.example`.
    pub domain: String,
    /// The language its people write in.
    pub language: Language,
    /// Its currency, as amounts are written.
    pub currency: &'static str,
    /// `vip` or `standard`: which promises it has paid for.
    pub customer_type: &'static str,
}

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Unique within the tenant; for the well-known ones the name of the role.
    pub username: String,
    /// Mail address.
    pub email: String,
    /// Given name.
    pub given: String,
    /// Patronymic, Russian only.
    pub patronymic: Option<String>,
    /// Family name.
    pub family: String,
    /// Gender, for the grammar of what they write.
    pub gender: Gender,
    /// Role.
    pub role: Role,
    /// Language of the person.
    pub language: Language,
    /// Key of the organization of a client.
    pub organization: Option<String>,
    /// Department of an agent, one of [`super::DEPARTMENTS`].
    pub department: Option<&'static str>,
    /// Job title, as it stands in a signature.
    pub position: String,
    /// One of the five whom the demo stand names with passwords.
    pub well_known: bool,
    /// When the account was made.
    pub since: DateTime<Utc>,
}

impl Person {
    /// Given and family name.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// How one writes to this person: given name and patronymic in Russian, a polite title in Arabic.
    pub fn called(&self) -> String {
        match (self.language, &self.patronymic, self.gender) {
            (Language::Ru, Some(patronymic), _) => format!("{} {patronymic}", self.given),
            (Language::Ar, _, Gender::Male) => format!("أستاذ {}", self.given),
            (Language::Ar, _, Gender::Female) => format!("أستاذة {}", self.given),
            _ => self.given.clone(),
        }
    }
}

/// All people and organizations of one tenant.
#[derive(Debug, Clone)]
pub struct Population {
    /// Client organizations.
    pub organizations: Vec<Organization>,
    /// Admins, managers, agents and analysts.
    pub staff: Vec<Person>,
    /// Clients, in the order in which they joined.
    pub clients: Vec<Person>,
}

impl Population {
    /// Whom a client works for.
    pub fn organization_of(&self, client: &Person) -> Option<&Organization> {
        self.organizations.iter().find(|organization| Some(&organization.key) == client.organization.as_ref())
    }
}

/// What staff does in each department, with how many of a hundred agents work there.
const AGENTS: [(&str, u32); 7] = [
    ("first_line", 26),
    ("finance", 17),
    ("logistics", 16),
    ("manufacturing", 9),
    ("hr_payroll", 9),
    ("integration", 12),
    ("infrastructure", 11),
];

/// Makes the people of a tenant, who join between `begin` and `now`.
pub fn of_tenant(seed: u64, size: Size, tenant: &Tenant, begin: DateTime<Utc>, now: DateTime<Utc>) -> Population {
    let mut dice = Dice::fork(seed, &format!("people {}", tenant.slug));
    let total = size.people() * tenant.share / 100;
    let mut taken = BTreeSet::new();
    let mut organizations = names::organizations(&mut dice, tenant, usize::try_from(total / 16 + 3).unwrap_or(3));
    // One in six is a key customer.
    for key_customer in organizations.iter_mut().skip(1).step_by(6) {
        key_customer.customer_type = "vip";
    }
    let mut staff = Vec::new();
    let (agents, managers) = match size {
        Size::Small => (5, 1),
        Size::Full => (total / 28, 4),
    };
    let places =
        [(Role::Admin, 1 + managers / 4), (Role::Manager, managers), (Role::Agent, agents), (Role::Analyst, 1 + managers / 4)];
    for (role, count) in places {
        for nth in 0..count {
            let mut person = draw(&mut dice, tenant.language, &mut taken, &format!("{}.example", tenant.slug));
            person.role = role;
            person.since = begin;
            names::staff_position(tenant.language, role).clone_into(&mut person.position);
            if role == Role::Agent {
                person.department = Some(department_of(&mut dice, nth, agents));
            }
            make_well_known(&mut person, nth == 0, tenant);
            staff.push(person);
        }
    }
    let clients = total - u32::try_from(staff.len()).unwrap_or(0);
    let mut greeted: BTreeMap<Language, usize> = BTreeMap::new();
    let mut people: Vec<Person> = (0..clients)
        .map(|nth| {
            let second = tenant.second.is_some_and(|(_, of_hundred)| (nth * 37 + 50) % 100 < of_hundred);
            let language = tenant.second.filter(|_| second).map_or(tenant.language, |(language, _)| language);
            let own: Vec<&Organization> = organizations.iter().filter(|o| o.language == language).collect();
            // The well-known client has the promises that everybody has.
            let drawn = dice.one(&own).copied();
            // Each organization has somebody from the first day; the well-known client is of the first, which is no key customer.
            let turn = greeted.entry(language).or_default();
            let first_of = own.get(*turn).copied();
            *turn += 1;
            let organization = first_of.or(drawn);
            let domain = organization.map_or("client.example", |o| o.domain.as_str());
            let mut person = draw(&mut dice, language, &mut taken, domain);
            person.organization = organization.map(|o| o.key.clone());
            names::position(&mut dice, language).clone_into(&mut person.position);
            let early = first_of.is_some() || dice.chance(0.4);
            let span = (now - begin).num_seconds() * 85 / 100;
            person.since = if early { begin } else { begin + TimeDelta::seconds(dice.between(0, span)) };
            make_well_known(&mut person, nth == 0, tenant);
            person
        })
        .collect();
    people.sort_by(|a, b| (a.since, &a.username).cmp(&(b.since, &b.username)));
    Population { organizations, staff, clients: people }
}

/// Every department has its agent as soon as there are enough of them; beyond that, by share.
fn department_of(dice: &mut Dice, nth: u32, agents: u32) -> &'static str {
    let first = usize::try_from(nth).ok().filter(|n| *n < AGENTS.len() && agents as usize >= AGENTS.len());
    let small = [0_usize, 1, 2, 5, 6];
    let at = first
        .or_else(|| small.get(nth as usize).copied().filter(|_| agents < 7))
        .unwrap_or_else(|| dice.weighted(&AGENTS.map(|(_, share)| share)));
    AGENTS.get(at).map_or("first_line", |(key, _)| key)
}

fn make_well_known(person: &mut Person, is_first: bool, tenant: &Tenant) {
    if is_first {
        person.well_known = true;
        person.role.key().clone_into(&mut person.username);
        if person.role != Role::Client {
            person.email = format!("{}@{}.example", person.role.key(), tenant.slug);
        }
    }
}

fn draw(dice: &mut Dice, language: Language, taken: &mut BTreeSet<String>, domain: &str) -> Person {
    let gender = if dice.chance(0.5) { Gender::Female } else { Gender::Male };
    let name = names::draw(dice, language, gender);
    let base = format!("{}.{}", latin(&name.given), latin(&name.family));
    let mut username = base.clone();
    let mut nth = 2;
    while !taken.insert(username.clone()) {
        username = format!("{base}{nth}");
        nth += 1;
    }
    Person {
        email: format!("{username}@{domain}"),
        username,
        given: name.given,
        patronymic: name.patronymic,
        family: name.family,
        gender,
        role: Role::Client,
        language,
        organization: None,
        department: None,
        position: String::new(),
        well_known: false,
        since: DateTime::UNIX_EPOCH,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::TENANTS;

    #[test]
    fn a_full_stand_has_two_thousand_people_with_addresses_of_their_own() {
        let now: DateTime<Utc> = "2026-11-23T09:00:00Z".parse().unwrap();
        let mut count = 0;
        for tenant in &TENANTS {
            let people = of_tenant(1, Size::Full, tenant, now - TimeDelta::days(730), now);
            let all: Vec<_> = people.staff.iter().chain(&people.clients).collect();
            count += all.len();
            let addresses: BTreeSet<_> = all.iter().map(|p| &p.email).collect();
            let logins: BTreeSet<_> = all.iter().map(|p| &p.username).collect();
            assert_eq!((addresses.len(), logins.len()), (all.len(), all.len()));
            assert!(all.iter().all(|p| p.email.is_ascii() && p.email.ends_with(".example")), "{}", tenant.slug);
            for role in ["admin", "manager", "agent", "client", "analyst"] {
                assert_eq!(all.iter().filter(|p| p.well_known && p.username == role).count(), 1, "{role}");
            }
            let domains: BTreeSet<_> = people.organizations.iter().map(|o| &o.domain).collect();
            assert_eq!(domains.len(), people.organizations.len());
        }
        assert_eq!(count, 2000);
    }
}
