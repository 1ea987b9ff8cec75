//! Signing in with the password that a directory keeps.
//!
//! Who is meant is found by the account that searches; then the person's own name and password are tried. A person who is not found
//! costs the same questions as one whose password is wrong. What ties the two together is the entry's unique id: an address that an
//! account of ours has never links it to an entry by itself.

use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::UserId;
use shared::ldap::client::{Client, Failure};
use shared::ldap::identity::Identity;
use shared::ldap::lookup::{self, Whom};
use shared::ldap::settings::{GroupLookup, Place};
use shared::store::directories::{self, Directory};
use shared::store::directory_people::{self, Linked};
use shared::store::people::{self, Listed};
use shared::store::roles::{self, OwnRole};
use shared::store::users::{self, Account, Status};

use super::reach::{self, SIGN_IN_SECONDS};
use super::source;
use crate::actions::people::GivenRole;
use crate::actions::provision::{Known, Renewal, still_administered};
use crate::context::Ctx;

/// Directories that one sign-in asks.
const DIRECTORIES_ASKED: usize = 2;

/// A directory that may know who signs in.
#[derive(Debug, Clone, Copy)]
pub struct Way<'a> {
    directory: &'a Directory,
    linked: Option<&'a Linked>,
}

/// Somebody whom a directory has let in.
pub struct Entered {
    /// Their account, made now or before.
    pub account: Account,
    /// What makes it, or notes what the person types now.
    pub changes: Vec<TenantStatement>,
    /// What brings it into step.
    pub renewal: Option<Renewal>,
    /// Whether it is made now.
    pub is_new: bool,
}

/// What came of asking.
pub enum Outcome {
    /// In.
    Entered(Box<Entered>),
    /// Unknown, or not the password.
    Wrong,
    /// Known, and there is no place for them: why, for the audit log.
    NoAccess(&'static str),
}

/// What a sign-in knows before any directory is asked.
pub struct Meant {
    directories: Vec<Directory>,
    linked: Vec<Linked>,
    accounts: Vec<Account>,
    people: Vec<Listed>,
    roles: Vec<OwnRole>,
    has_own_password: bool,
}

impl Meant {
    /// Asks for it, by what somebody typed.
    pub fn statements(typed: &str) -> [TenantStatement; 5] {
        [
            directories::enabled(),
            directory_people::meant(typed),
            users::by_username(typed),
            people::meant(typed),
            roles::for_directories(),
        ]
    }

    /// Reads the answers of [`Meant::statements`]; `account` is the one of the address that was typed.
    pub fn read(rows: &[Rows], account: Option<&Account>) -> Result<Self, ApiError> {
        let [directories, linked, accounts, people, roles] = rows else { return Err(ApiError::internal("a batch of five")) };
        let mut accounts: Vec<Account> = accounts.all()?;
        accounts.extend(account.cloned());
        Ok(Self {
            directories: directories.all()?,
            linked: linked.all()?,
            accounts,
            people: people.all()?,
            roles: roles.all()?,
            has_own_password: account.is_some_and(|account| !account.in_directory),
        })
    }

    /// The account that is meant, where it is one and no other.
    pub fn account(&self) -> Option<&Account> {
        let (first, others) = self.accounts.split_first()?;
        others.iter().all(|other| other.id == first.id).then_some(first)
    }

    /// Whether a directory keeps the password of the one who is meant, or may know somebody who is new.
    pub fn is_of_directories(&self, typed: &str) -> bool {
        !self.ways(typed).is_empty()
    }

    /// Which directories may know the one who typed this. Whoever has an account of ours that is not linked is asked for our own password.
    fn ways(&self, typed: &str) -> Vec<Way<'_>> {
        if self.has_own_password {
            return Vec::new();
        }
        let of = |linked: &Linked| self.directories.iter().find(|directory| directory.id == linked.directory);
        let way = |linked| of(linked).map(|directory| Way { directory, linked: Some(linked) });
        let mut ways: Vec<Way<'_>> = self.linked.iter().filter_map(way).collect();
        let is_by_address = self.linked.iter().any(|linked| linked.email == typed);
        for directory in self.directories.iter().filter(|_| !is_by_address) {
            let settings = &directory.settings;
            let may_make = settings.create_people && (!typed.contains('@') || settings.speaks_for(typed));
            if may_make && !ways.iter().any(|way| way.directory.id == directory.id) {
                ways.push(Way { directory, linked: None });
            }
        }
        // An address that is somebody's means that person, and nobody else whose user name it is.
        ways.retain(|way| !is_by_address || way.linked.is_some_and(|linked| linked.email == typed));
        ways.truncate(DIRECTORIES_ASKED);
        ways
    }

    /// The role of a place; nothing for one of the tenant's own that is not there any more.
    fn role(&self, place: &Place) -> Option<GivenRole> {
        let own = self.roles.iter().find(|role| place.role.own() == Some(&role.id)).cloned();
        GivenRole::chosen(&place.role, own).ok()
    }
}

/// Asks one after another, until one knows the password. 503 when none does and one could not be asked.
pub async fn enter(ctx: &Ctx<'_>, meant: &Meant, typed: &str, password: &str) -> Result<Outcome, ApiError> {
    let ways = meant.ways(typed);
    let mut unreachable = None;
    for way in &ways {
        match prove(ctx, *way, typed, password).await {
            Ok(Some((identity, groups))) => return admit(ctx, *way, &identity, &groups, meant).await,
            Ok(None) => {}
            Err(failure) => unreachable = Some(failure),
        }
    }
    match unreachable {
        Some(failure) => Err(ApiError::directory_unreachable(failure)),
        None => Ok(Outcome::Wrong),
    }
}

/// Whether this is the password of somebody who is linked.
pub async fn is_password_of(ctx: &Ctx<'_>, directory: &Directory, linked: &Linked, password: &str) -> Result<bool, ApiError> {
    let way = Way { directory, linked: Some(linked) };
    prove(ctx, way, "", password).await.map(|proven| proven.is_some()).map_err(ApiError::directory_unreachable)
}

/// The one who is meant and their groups, if the password is theirs.
async fn prove(ctx: &Ctx<'_>, way: Way<'_>, typed: &str, password: &str) -> Result<Option<(Identity, Vec<String>)>, Failure> {
    if password.is_empty() {
        return Ok(None);
    }
    let mut client = reach::client(ctx, &way.directory.settings, SIGN_IN_SECONDS).await?;
    let proven = converse(ctx, &mut client, way, typed, password).await;
    client.close().await;
    proven
}

async fn converse(
    ctx: &Ctx<'_>,
    client: &mut Client,
    way: Way<'_>,
    typed: &str,
    password: &str,
) -> Result<Option<(Identity, Vec<String>)>, Failure> {
    let settings = &way.directory.settings;
    reach::bind(ctx, client, way.directory).await?;
    let whom = way.linked.map_or(Whom::Username(typed), |linked| Whom::Unique(&linked.unique_id));
    let found = lookup::person(client, settings, whom).await?;
    let nobody = format!("cn={},{}", ctx.ids().hex(), settings.base_dn);
    let dn = found.as_ref().map_or(nobody.as_str(), |identity| identity.dn.as_str());
    let is_theirs = match client.bind(dn, password).await {
        // Locked, expired, not allowed to: whatever it is, the person does not come in.
        Err(Failure::NotBound(_)) => false,
        other => other?,
    };
    let Some(identity) = found.filter(|identity| is_theirs && !identity.is_disabled) else { return Ok(None) };
    if settings.groups.lookup != GroupLookup::Attribute {
        reach::bind(ctx, client, way.directory).await?;
    }
    let groups = lookup::groups(client, settings, &identity).await?;
    Ok(Some((identity, groups)))
}

/// What follows a right password.
async fn admit(ctx: &Ctx<'_>, way: Way<'_>, identity: &Identity, groups: &[String], meant: &Meant) -> Result<Outcome, ApiError> {
    let Some(place) = way.directory.settings.place(groups) else { return Ok(Outcome::NoAccess("no_role")) };
    match way.linked {
        Some(linked) => known(ctx, way, linked, identity, &place, meant).await,
        None => Ok(newcomer(ctx, way.directory, identity, &place, meant)),
    }
}

async fn known(
    ctx: &Ctx<'_>,
    way: Way<'_>,
    linked: &Linked,
    identity: &Identity,
    place: &Place,
    meant: &Meant,
) -> Result<Outcome, ApiError> {
    let account = meant.accounts.iter().find(|account| account.id == linked.id && account.status == Status::Active);
    let Some((account, before)) = account.zip(meant.people.iter().find(|person| person.id == linked.id)) else {
        return Ok(Outcome::Wrong);
    };
    let Some(role) = meant.role(place) else { return Ok(Outcome::NoAccess("no_role")) };
    let known = Known { source: source(way.directory), name: &identity.name, place, role: &role };
    let mut changes = Vec::new();
    let mut renewal = None;
    if let Some(after) = known.renewed(before, Status::Active) {
        // The last administrator stays one, and comes in; the round through the directory says so.
        let guards = still_administered(ctx, before, &after).await?;
        renewal = guards.map(|guards| known.renewal(ctx, account.id.as_str(), guards, before, &after));
    }
    if linked.username != identity.username {
        changes.push(directory_people::rename(&way.directory.id, &identity.unique_id, &identity.username));
    }
    Ok(Outcome::Entered(Box::new(Entered { account: account.clone(), changes, renewal, is_new: false })))
}

/// Somebody new. That the address is nobody's, and the entry not known under another name, the write itself finds out.
fn newcomer(ctx: &Ctx<'_>, directory: &Directory, identity: &Identity, place: &Place, meant: &Meant) -> Outcome {
    let Some(email) = identity.email.as_deref().filter(|email| directory.settings.speaks_for(email)) else {
        return Outcome::NoAccess("address");
    };
    let Some(role) = meant.role(place) else { return Outcome::NoAccess("no_role") };
    let link = |id: &UserId| {
        directory_people::link(&directory.id, &identity.unique_id, id, &identity.username, directory.sync.round, ctx.now)
    };
    let known = Known { source: source(directory), name: &identity.name, place, role: &role };
    let (id, changes) = known.create(ctx, "", email, &link);
    let account = Account {
        id,
        email: email.to_owned(),
        name: identity.name.clone(),
        role: role.base,
        status: Status::Active,
        password_hash: None,
        locale: None,
        has_totp: false,
        has_passkey: false,
        phone: None,
        in_directory: true,
    };
    Outcome::Entered(Box::new(Entered { account, changes, renewal: None, is_new: true }))
}
