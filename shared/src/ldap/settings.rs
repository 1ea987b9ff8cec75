//! How a tenant's directory is set up: where it is, who is looked for in it, and what its groups give.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::filter::{Filter, is_attribute};
use super::host;
use crate::error::FieldError;
use crate::id::{DepartmentId, OrganizationId};
use crate::limits::{NAME_CHARS_MAX, PASSWORD_BYTES_MAX};
use crate::mail::address::normalize;
use crate::store::roles::RoleChoice;

/// Characters of a name in the directory.
const DN_CHARS_MAX: usize = 1000;
/// Groups that give something.
const MAPPINGS_MAX: usize = 100;
/// Domains of mail.
const DOMAINS_MAX: usize = 50;
/// Hours between two rounds through the directory, at most: a week.
const SYNC_HOURS_MAX: u32 = 168;
/// The port of LDAP under TLS, and that of Active Directory's global catalogue.
const PORTS: [u16; 2] = [636, 3269];
/// Ports above those that a system keeps for itself are free to choose.
const FREE_PORTS: u16 = 1024;

/// A directory as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DirectoryIn {
    /// What people call it; no other directory of the tenant is called so.
    #[schema(example = "Head office")]
    pub name: String,
    /// Whether its people can sign in.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Name or address of the server. TLS is spoken from the first byte, with a certificate that public authorities vouch for.
    #[schema(example = "ldap.acme.example")]
    pub host: String,
    /// Port.
    #[serde(default = "port")]
    pub port: u16,
    /// Where people are looked for.
    #[schema(example = "ou=people,dc=acme,dc=example")]
    pub base_dn: String,
    /// The account that searches.
    #[schema(example = "cn=portal,ou=services,dc=acme,dc=example")]
    pub bind_dn: String,
    /// Its password. Never shown; left out in a change it stays, unless host, port or account change.
    #[serde(default, skip_serializing)]
    pub bind_password: Option<String>,
    /// Who is meant by what somebody types (RFC 4515), with `{username}` in it.
    #[serde(default = "user_filter")]
    #[schema(example = "(&(objectClass=person)(uid={username}))")]
    pub user_filter: String,
    /// Which attributes say what.
    #[serde(default)]
    pub attributes: Attributes,
    /// How the groups of a person are found.
    #[serde(default)]
    pub groups: Groups,
    /// What groups give; the first one that a person is in counts.
    #[serde(default)]
    pub mappings: Vec<Mapping>,
    /// The role of those who are in none of these groups: one of the five, or `rol_...`. Without it they have no access.
    #[serde(default)]
    #[schema(example = "client")]
    pub default_role: Option<String>,
    /// Whether people who are new get an account when they first sign in, and with the next round through the directory.
    #[serde(default)]
    pub create_people: bool,
    /// Domains of mail for which this directory speaks; of others nobody is made.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Hours between two rounds through the directory; 0 for none.
    #[serde(default)]
    pub sync_hours: u32,
}

/// Which attributes say what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attributes {
    /// What stays the same when everything else changes: `entryUUID`, or `objectGUID` of Active Directory.
    #[serde(default = "unique_id")]
    pub unique_id: String,
    /// What people type.
    #[serde(default = "username")]
    pub username: String,
    /// Address.
    #[serde(default = "mail")]
    pub mail: String,
    /// Name.
    #[serde(default = "display_name")]
    pub name: String,
}

/// How the groups of a person are found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Groups {
    /// How.
    #[serde(default)]
    pub lookup: GroupLookup,
    /// Where groups are looked for; where people are, when left out.
    #[serde(default)]
    #[schema(example = "ou=groups,dc=acme,dc=example")]
    pub base_dn: Option<String>,
}

/// How the groups of a person are found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupLookup {
    /// The person's `memberOf`, and no groups in groups.
    #[default]
    Attribute,
    /// Active Directory follows groups in groups by itself (1.2.840.113556.1.4.1941).
    Chain,
    /// Groups that name the person as `member` or `uniqueMember`, and groups that name those, a few levels up.
    Walk,
}

impl GroupLookup {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Attribute => "attribute",
            Self::Chain => "chain",
            Self::Walk => "walk",
        }
    }

    /// Parses the stable name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Attribute, Self::Chain, Self::Walk].into_iter().find(|lookup| lookup.as_str() == name)
    }
}

/// What a group gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The group's name in the directory.
    #[schema(example = "cn=support,ou=groups,dc=acme,dc=example")]
    pub group: String,
    /// One of the five, or `rol_...`.
    #[schema(example = "agent")]
    pub role: String,
    /// The organization of its people.
    #[serde(default)]
    pub organization: Option<OrganizationId>,
    /// The department of its people.
    #[serde(default)]
    pub department: Option<DepartmentId>,
}

/// What somebody is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Role.
    pub role: RoleChoice,
    /// Organization; without one it stays as it is.
    pub organization: Option<OrganizationId>,
    /// Department; without one it stays as it is.
    pub department: Option<DepartmentId>,
}

fn yes() -> bool {
    true
}

fn port() -> u16 {
    636
}

fn user_filter() -> String {
    "(&(objectClass=person)(uid={username}))".to_owned()
}

fn unique_id() -> String {
    "entryUUID".to_owned()
}

fn username() -> String {
    "uid".to_owned()
}

fn mail() -> String {
    "mail".to_owned()
}

fn display_name() -> String {
    "cn".to_owned()
}

impl Default for Attributes {
    fn default() -> Self {
        Self { unique_id: unique_id(), username: username(), mail: mail(), name: display_name() }
    }
}

/// What the deployment says about where may be connected to.
#[derive(Debug, Clone, Copy)]
pub struct Reach<'a> {
    /// The platform's own domain.
    pub own_host: &'a str,
    /// Whether one's own machine and network may be connected to.
    pub lets_private: bool,
}

impl DirectoryIn {
    /// The directory as it will be stored, or everything that is wrong with it. The password is looked at only if there is one.
    pub fn checked(mut self, reach: Reach<'_>) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        let mut fault = |field: &str, code| faults.push(FieldError::new(field, code));
        self.name = crate::mail::address::tidy(&self.name, NAME_CHARS_MAX);
        if self.name.is_empty() {
            fault("name", "missing_field");
        }
        match host::checked(&self.host, reach.own_host, reach.lets_private) {
            Some(host) => self.host = host,
            None => fault("host", "host_refused"),
        }
        if !PORTS.contains(&self.port) && self.port < FREE_PORTS {
            fault("port", "port_refused");
        }
        for (field, dn) in [("base_dn", &self.base_dn), ("bind_dn", &self.bind_dn)] {
            if dn.trim().is_empty() {
                fault(field, "missing_field");
            }
        }
        let all_dns = [&self.base_dn, &self.bind_dn].into_iter().chain(self.groups.base_dn.as_ref());
        if all_dns.into_iter().any(|dn| dn.chars().count() > DN_CHARS_MAX) {
            fault("base_dn", "not_a_dn");
        }
        if self.bind_password.as_ref().is_some_and(|password| password.is_empty() || password.len() > PASSWORD_BYTES_MAX) {
            fault("bind_password", "missing_field");
        }
        if !Filter::parse(&self.user_filter).is_ok_and(|filter| filter.asks_for_username()) {
            fault("user_filter", "not_a_filter");
        }
        let names = &self.attributes;
        for (field, name) in
            [("unique_id", &names.unique_id), ("username", &names.username), ("mail", &names.mail), ("name", &names.name)]
        {
            if !is_attribute(name) {
                fault(&format!("attributes.{field}"), "not_an_attribute");
            }
        }
        for (at, mapping) in self.mappings.iter().enumerate() {
            if mapping.group.trim().is_empty() || mapping.group.chars().count() > DN_CHARS_MAX {
                fault(&format!("mappings.{at}.group"), "not_a_dn");
            }
            if RoleChoice::parse(&mapping.role).is_none() {
                fault(&format!("mappings.{at}.role"), "unknown_value");
            }
        }
        if self.mappings.len() > MAPPINGS_MAX {
            fault("mappings", "too_many_entries");
        }
        if self.default_role.as_ref().is_some_and(|role| RoleChoice::parse(role).is_none()) {
            fault("default_role", "unknown_value");
        }
        self.domains = self.domains.iter().map(|domain| domain.trim().trim_start_matches('@').to_lowercase()).collect();
        self.domains.retain(|domain| !domain.is_empty());
        let is_domain = |domain: &String| normalize(&format!("a@{domain}")).is_some();
        if self.domains.len() > DOMAINS_MAX || !self.domains.iter().all(is_domain) {
            fault("domains", "not_a_domain");
        } else if self.create_people && self.domains.is_empty() {
            fault("domains", "missing_field");
        }
        if self.sync_hours > SYNC_HOURS_MAX {
            fault("sync_hours", "too_many_hours");
        }
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }

    /// Whether it says as `before` who people are and which groups they are in. A password that is typed is another one.
    pub fn knows_people_as(&self, before: &Self) -> bool {
        let bare = |settings: &Self| Self {
            name: String::new(),
            enabled: true,
            mappings: Vec::new(),
            default_role: None,
            sync_hours: 0,
            ..settings.clone()
        };
        bare(self) == bare(before)
    }

    /// Whether whoever is linked to an entry is asked for in the same place, and in the same way, as by `before`.
    pub fn finds_linked_as(&self, before: &Self) -> bool {
        let of = |settings: &Self| {
            let Self { host, port, base_dn, bind_dn, bind_password, user_filter, attributes, .. } = settings.clone();
            (host, port, base_dn, bind_dn, bind_password, user_filter, attributes)
        };
        of(self) == of(before)
    }

    /// Whether this directory speaks for an address.
    pub fn speaks_for(&self, email: &str) -> bool {
        email.rsplit_once('@').is_some_and(|(_, domain)| self.domains.iter().any(|known| known == domain))
    }

    /// What somebody in these groups is given; nothing for one who has no access.
    pub fn place(&self, groups: &[String]) -> Option<Place> {
        let is_in = |mapping: &&Mapping| groups.iter().any(|group| same_dn(group, &mapping.group));
        if let Some(mapping) = self.mappings.iter().find(is_in) {
            return Some(Place {
                role: RoleChoice::parse(&mapping.role)?,
                organization: mapping.organization.clone(),
                department: mapping.department.clone(),
            });
        }
        let role = RoleChoice::parse(self.default_role.as_deref()?)?;
        Some(Place { role, organization: None, department: None })
    }
}

/// Whether two names mean the same entry: case does not count, nor spaces around commas and equals signs.
pub fn same_dn(one: &str, other: &str) -> bool {
    plain_dn(one) == plain_dn(other)
}

/// A name in the form in which it is compared.
pub fn plain_dn(dn: &str) -> String {
    let mut plain = String::new();
    let mut is_escaped = false;
    let mut gap = 0;
    for letter in dn.trim().chars() {
        if is_escaped {
            plain.extend(letter.to_lowercase());
            is_escaped = false;
            continue;
        }
        if letter == ' ' {
            gap += 1;
            continue;
        }
        let separates = matches!(letter, ',' | '=' | '+');
        let follows = plain.ends_with([',', '=', '+']);
        if !separates && !follows && !plain.is_empty() {
            plain.extend(std::iter::repeat_n(' ', gap));
        }
        gap = 0;
        is_escaped = letter == '\\';
        plain.extend(letter.to_lowercase());
    }
    plain
}
