//! Signing in somebody whom a provider has named. Who they are here is decided by issuer and subject. An address ties nobody to an account
//! that somebody owns: where there is one, its owner links the two, once signed in otherwise.

use shared::database::{DbError, TenantStatement};
use shared::error::ApiError;
use shared::id::UserId;
use shared::ldap::settings::Place;
use shared::oidc::person::Person;
use shared::platform::Wake;
use shared::store::directory_people;
use shared::store::external_identities::{self as store, Known as Identity, Link, Opening, Subject};
use shared::store::identity_providers::{self, IdentityProvider};
use shared::store::people::{self, Listed};
use shared::store::roles::{self, OwnRole};
use shared::store::sessions::Kind;
use shared::store::sign_in_challenges::Ways;
use shared::store::users::{self, Account, Status};

use super::exchange::Said;
use super::finish::note;
use crate::actions::accounts::second_factor::{sms, verify};
use crate::actions::accounts::sign_in::{self, Entry, Owed, SignedIn};
use crate::actions::administrators::{self, Administrators};
use crate::actions::open_pages;
use crate::actions::people::GivenRole;
use crate::actions::provision::{Known, Renewal, Source, guards, with};
use crate::context::Ctx;

/// Somebody who comes in.
struct Entering {
    user: UserId,
    role: shared::access::Role,
    /// Whether they have a second factor here, and by what it can be given.
    has_factor: bool,
    ways: Ways,
    changes: Vec<TenantStatement>,
    /// What the provider makes of them, if that is something else.
    renewal: Option<Renewal>,
}

/// Why somebody does not, by the name that the audit log has for it.
struct Shut(&'static str);

/// An account of somebody else has the address.
const NOT_LINKED: &str = "not_linked";

/// What is known before anything is decided.
struct Loaded {
    identity: Option<Identity>,
    account: Option<Account>,
    person: Option<Listed>,
    /// Those whose address the provider names.
    namesakes: Vec<Listed>,
    roles: Vec<OwnRole>,
    administrators: Administrators,
}

/// Opens a session, unless a second factor is owed that the provider does not vouch for.
pub async fn enter(ctx: &Ctx<'_>, provider: &IdentityProvider, said: Said) -> Result<Entry, ApiError> {
    let person = &said.person;
    let loaded = load(ctx, provider, person).await?;
    let account = loaded.account.as_ref().map(|account| account.id.clone());
    let entering = match decide(ctx, provider, person, loaded) {
        Ok(entering) => entering,
        Err(Shut(reason)) => {
            note(ctx, provider, account.as_ref(), reason);
            return Err(if reason == NOT_LINKED { ApiError::sso_not_linked() } else { ApiError::sso_no_access() });
        }
    };
    let mut batch = vec![identity_providers::guard_version(&provider.id, provider.version)];
    batch.extend(said.once);
    batch.extend(entering.changes);
    let mut renewal = entering.renewal;
    let user = &entering.user;
    let vouched = provider.settings.trusts_second_factor && person.has_given_factor;
    let owes = entering.has_factor && !vouched;
    let opening = Opening {
        provider: &provider.id,
        sid: person.sid.as_deref(),
        hint: person.logout_hint.as_deref(),
        until: person.session_until,
    };
    let mut entry = if owes {
        let (token, statements) = verify::challenge(ctx, user, Some(&opening));
        batch.extend(statements);
        Entry::SecondFactor(Owed { token, ways: entering.ways })
    } else {
        let (statements, session, secret) = sign_in::open(ctx, user, Kind::Browser, vouched.then_some("provider"));
        batch.extend(statements);
        batch.extend(store::opened(&session, &opening, vouched));
        Entry::SignedIn(SignedIn { user: user.clone(), role: entering.role, session, secret })
    };
    let mut written = ctx.db.batch(with(&batch, renewal.as_ref())).await;
    // The last administrator stays one, and comes in.
    if written.as_ref().is_err_and(|error| error.is_refused_by("last_admin")) && renewal.take().is_some() {
        written = ctx.db.batch(batch).await;
    }
    match written {
        // An account has got the address meanwhile, or the identity is somebody's by now.
        Err(DbError::Refused(rule)) if rule.starts_with("users.") || rule.starts_with("external_identities.") => {
            note(ctx, provider, account.as_ref(), NOT_LINKED);
            return Err(ApiError::sso_not_linked());
        }
        Err(error) if error.is_refused_by("sso_attempts.state_hash") => {
            note(ctx, provider, account.as_ref(), "replayed");
            return Err(ApiError::conflict("sso_over"));
        }
        // What was good a moment ago is not what lets somebody in now: they begin again.
        Err(error) if error.is_refused_by("conflict") || error.is_refused_by("stale_version") => return Err(ApiError::sso_over()),
        other => other?,
    };
    if let (Entry::SignedIn(signed_in), Some(renewal)) = (&mut entry, &renewal) {
        signed_in.role = renewal.role;
    }
    if renewal.is_some_and(|renewal| renewal.has_other_rights) {
        open_pages::renew_person(ctx, user);
    }
    ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    Ok(entry)
}

fn subject<'a>(provider: &'a IdentityProvider, person: &'a Person) -> Subject<'a> {
    Subject { provider: &provider.id, issuer: &provider.settings.issuer, subject: &person.subject }
}

async fn load(ctx: &Ctx<'_>, provider: &IdentityProvider, person: &Person) -> Result<Loaded, ApiError> {
    let subject = subject(provider, person);
    let batch = vec![
        store::find(subject),
        users::by_subject(subject),
        people::of_subject(subject),
        people::meant(person.email.as_deref().unwrap_or_default()),
        roles::list("", roles::ROLES_MAX),
    ];
    let load = batch.into_iter().chain(administrators::load()).collect();
    let rows = ctx.db.batch(load).await?;
    let [identity, account, who, namesakes, roles, administrators @ ..] = rows.as_slice() else {
        return Err(ApiError::internal("a batch of eight answered otherwise"));
    };
    Ok(Loaded {
        identity: identity.first()?,
        account: account.first()?,
        person: who.first()?,
        namesakes: namesakes.all()?,
        roles: roles.all()?,
        administrators: Administrators::read(administrators)?,
    })
}

/// What somebody whom the provider manages is given.
fn given(provider: &IdentityProvider, person: &Person, roles: &[OwnRole]) -> Result<(Place, GivenRole), Shut> {
    let shut = || Shut("no_role");
    let place = provider.settings.place(&person.groups).ok_or_else(shut)?;
    let own = roles.iter().find(|role| place.role.own() == Some(&role.id)).cloned();
    let role = GivenRole::chosen(&place.role, own).map_err(|_| shut())?;
    Ok((place, role))
}

fn source(provider: &IdentityProvider) -> Source<'_> {
    Source { kind: "identity_provider", id: provider.id.as_str() }
}

fn decide(ctx: &Ctx<'_>, provider: &IdentityProvider, person: &Person, loaded: Loaded) -> Result<Entering, Shut> {
    match loaded.identity.clone() {
        Some(identity) => known(ctx, provider, person, &identity, loaded),
        None => newcomer(ctx, provider, person, &loaded),
    }
}

/// What the provider calls somebody, to be shown.
pub(super) fn label(person: &Person) -> &str {
    person.email.as_deref().unwrap_or(&person.name)
}

fn known(
    ctx: &Ctx<'_>,
    provider: &IdentityProvider,
    person: &Person,
    identity: &Identity,
    loaded: Loaded,
) -> Result<Entering, Shut> {
    let account = loaded.account.filter(|account| account.status == Status::Active);
    let (account, before) = account.zip(loaded.person).ok_or(Shut("disabled"))?;
    let changes = vec![
        store::guard_live(&identity.id, &account.id),
        store::used(&identity.id, label(person), ctx.now),
        users::guard_credentials(&account),
    ];
    let mut renewal = None;
    if identity.managed {
        let (place, role) = given(provider, person, &loaded.roles)?;
        let known = Known { source: source(provider), name: &person.name, place: &place, role: &role };
        let after = known.renewed(&before, Status::Active);
        renewal = after.and_then(|after| {
            let guards = guards(loaded.administrators, &before, &after)?;
            Some(known.renewal(ctx, account.id.as_str(), guards, &before, &after))
        });
    }
    let phone = sms::reachable(ctx, account.phone.clone());
    let ways = Ways { totp: account.has_totp, passkey: account.has_passkey, phone };
    Ok(Entering { has_factor: account.has_factor(), user: account.id, role: account.role, ways, changes, renewal })
}

/// Somebody new. That nobody else is of that subject, the write itself finds out.
fn newcomer(ctx: &Ctx<'_>, provider: &IdentityProvider, person: &Person, loaded: &Loaded) -> Result<Entering, Shut> {
    let namesake = loaded.namesakes.iter().find(|other| Some(other.email.as_str()) == person.email.as_deref());
    // An account that nobody has ever confirmed was made by a mail or a form; whoever the address is, is its owner.
    if namesake.is_some_and(|other| other.status != Status::Unverified) {
        return Err(Shut(NOT_LINKED));
    }
    if !provider.settings.create_people {
        return Err(Shut("unknown"));
    }
    let email = person.good_email(&provider.settings).ok_or(Shut("address"))?;
    let (place, role) = given(provider, person, &loaded.roles)?;
    let known = Known { source: source(provider), name: &person.name, place: &place, role: &role };
    let identity = ctx.ids().next();
    let link = |user: &UserId| {
        let link =
            Link { id: &identity, subject: subject(provider, person), user, label: label(person), managed: true, is_used: true };
        store::link(link, ctx.now)
    };
    let (user, changes) = match namesake {
        Some(before) => {
            let after = known.renewed(before, Status::Active).unwrap_or_else(|| before.clone());
            let mut changes = known.renew(ctx, before.id.as_str(), before, &after);
            // Whoever began to register with somebody else's address has chosen a password that must not open this account.
            changes.extend(directory_people::without_password(&before.id, ctx.now));
            changes.extend([link(&before.id), users::release_tickets(&before.id)]);
            (before.id.clone(), changes)
        }
        None => known.create(ctx, "", email, &link),
    };
    Ok(Entering { user, role: role.base, has_factor: false, ways: Ways::default(), changes, renewal: None })
}
