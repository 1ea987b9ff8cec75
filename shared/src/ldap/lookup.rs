//! Finding people and their groups.

use std::collections::BTreeMap;

use super::client::{Client, Failure, Found};
use super::filter::{self, Filter};
use super::identity::{self, Identity, unique_bytes};
use super::message::{Scope, Search};
use super::settings::{DirectoryIn, GroupLookup, plain_dn};

/// The rule by which Active Directory follows groups in groups.
const IN_CHAIN: &str = "1.2.840.113556.1.4.1941";
/// Groups of one person that are looked at.
const GROUPS_MAX: usize = 500;
/// Levels of groups in groups that are followed.
const LEVELS_MAX: usize = 5;
/// Names in one filter.
const NAMES_AT_ONCE: usize = 50;

/// Whom a search is for.
#[derive(Debug, Clone, Copy)]
pub enum Whom<'a> {
    /// The one who types this.
    Username(&'a str),
    /// The one with this [`Identity::unique_id`].
    Unique(&'a str),
}

/// The one person who is meant; nobody, when none or several are.
pub async fn person(client: &mut Client, settings: &DirectoryIn, whom: Whom<'_>) -> Result<Option<Identity>, Failure> {
    let filter = people(settings)?;
    let filter = match whom {
        Whom::Username(username) => filter.encode(Some(username)),
        Whom::Unique(id) => {
            let unique = filter::equal(&settings.attributes.unique_id, &unique_bytes(id));
            filter::all(&[unique, filter.encode(None)])
        }
    };
    let search = Search {
        base: &settings.base_dn,
        scope: Scope::Subtree,
        limit: 2,
        filter,
        attributes: identity::attributes(settings),
        page: None,
    };
    let found = client.search(&search).await?;
    match found.entries.as_slice() {
        [entry] if !found.is_cut => Ok(Identity::read(entry, settings)),
        _ => Ok(None),
    }
}

/// A page of everybody whom the filter is for.
pub async fn everybody(client: &mut Client, settings: &DirectoryIn, size: usize, cookie: &[u8]) -> Result<Found, Failure> {
    let search = Search {
        base: &settings.base_dn,
        scope: Scope::Subtree,
        limit: size,
        filter: people(settings)?.encode(None),
        attributes: identity::attributes(settings),
        page: Some((size, cookie)),
    };
    client.search(&search).await
}

/// The groups that a person is in, by the directory's names.
pub async fn groups(client: &mut Client, settings: &DirectoryIn, person: &Identity) -> Result<Vec<String>, Failure> {
    match settings.groups.lookup {
        GroupLookup::Attribute => Ok(person.member_of.clone()),
        GroupLookup::Chain => {
            let filter = filter::by_rule("member", IN_CHAIN, person.dn.as_bytes());
            named(client, settings, filter, GROUPS_MAX).await
        }
        GroupLookup::Walk => walk(client, settings, person).await,
    }
}

/// Level by level, each group once: a circle of groups ends by itself.
async fn walk(client: &mut Client, settings: &DirectoryIn, person: &Identity) -> Result<Vec<String>, Failure> {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut level = vec![person.dn.clone()];
    for _ in 0..LEVELS_MAX {
        let mut next = Vec::new();
        for names in level.chunks(NAMES_AT_ONCE) {
            let asked: Vec<Vec<u8>> = names
                .iter()
                .flat_map(|dn| [filter::equal("member", dn.as_bytes()), filter::equal("uniqueMember", dn.as_bytes())])
                .collect();
            for group in named(client, settings, filter::any(&asked), GROUPS_MAX).await? {
                if known.len() < GROUPS_MAX && known.insert(plain_dn(&group), group.clone()).is_none() {
                    next.push(group);
                }
            }
        }
        if next.is_empty() {
            break;
        }
        level = next;
    }
    Ok(known.into_values().collect())
}

async fn named(client: &mut Client, settings: &DirectoryIn, filter: Vec<u8>, limit: usize) -> Result<Vec<String>, Failure> {
    let search = Search {
        base: settings.groups.base_dn.as_deref().unwrap_or(&settings.base_dn),
        scope: Scope::Subtree,
        limit,
        filter,
        attributes: Vec::new(),
        page: None,
    };
    Ok(client.search(&search).await?.entries.into_iter().map(|entry| entry.dn).collect())
}

fn people(settings: &DirectoryIn) -> Result<Filter, Failure> {
    Filter::parse(&settings.user_filter).map_err(|_| Failure::Nonsense("the filter is none"))
}
