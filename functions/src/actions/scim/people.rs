//! People: found, made, changed, disabled.

use shared::access::{Permissions, Role};
use shared::database::Rows;
use shared::error::ApiError;
use shared::id::UserId;
use shared::ldap::settings::Place;
use shared::platform::Wake;
use shared::scim::people::{Changes, Names};
use shared::scim::query::{By, Page, People};
use shared::scim::{MATCHES_MAX, too_many};
use shared::store::people::{self, Listed};
use shared::store::roles::RoleChoice;
use shared::store::scim::{self as store, Count, Counts, Kept, Person, Places};
use shared::store::users::{self, Status};
use shared::store::{directory_people, held, sessions};

use super::{check, cut, person_tag};
use crate::actions::administrators::{self, Administrators};
use crate::actions::people::{self as desk, GivenRole, facts};
use crate::actions::provision::{self, Known, Source};
use crate::actions::{accounts, open_pages};
use crate::context::Ctx;

/// A page of people, and how many there are. 400 `tooMany` for a filter that finds more than are counted.
pub async fn list(ctx: &Ctx<'_>, filter: &People, page: Page) -> Result<(Vec<Person>, u32), ApiError> {
    let (found, counted) = store::people(&filter.by, filter.active, page);
    let Some(found) = found else { return Ok((Vec::new(), 0)) };
    let mut batch = vec![found];
    batch.extend(counted);
    let answers = ctx.db.batch(batch).await?;
    let people: Vec<Person> = answers.first().map(Rows::all).transpose()?.unwrap_or_default();
    match (&filter.by, answers.get(1)) {
        (By::All, Some(counts)) => Ok((people, counts.first::<Counts>()?.unwrap_or_default().people)),
        (_, Some(count)) => {
            let count = count.first::<Count>()?.map_or(0, |count| count.count);
            if count > MATCHES_MAX { Err(too_many()) } else { Ok((people, count)) }
        }
        (_, None) => {
            let total = u32::try_from(people.len()).unwrap_or(u32::MAX);
            Ok((cut(people, page), total))
        }
    }
}

/// One person; whoever was deleted is nobody.
pub async fn find(ctx: &Ctx<'_>, id: &UserId) -> Result<Person, ApiError> {
    ctx.db.run(store::person(id)).await?.first()?.ok_or_else(ApiError::not_found)
}

/// Makes a person: a client, who gets a mail with a link for choosing a password unless they are made disabled. Whoever was deleted by SCIM
/// comes back. 409 `email_taken` when somebody else has the address.
pub async fn create(ctx: &Ctx<'_>, changes: &Changes) -> Result<Person, ApiError> {
    let address = changes.user_name.clone().ok_or_else(|| shared::scim::bad_value("userName"))?;
    changes.check_address(&address)?;
    let batch = vec![people::meant(&address), store::kept_by_address(&address), places(changes)];
    let answers = ctx.db.batch(batch).await?;
    let [meant, kept, places] = answers.as_slice() else { return Err(ApiError::internal("a batch of three")) };
    let kept: Option<Kept> = kept.first()?;
    if let Some(before) = meant.all::<Listed>()?.into_iter().find(|person| person.email == address) {
        if kept.as_ref().is_none_or(|kept| kept.gone_at.is_none()) {
            return Err(ApiError::conflict("email_taken"));
        }
        let changes = Changes { active: changes.active.or(Some(true)), department: None, organization: None, ..changes.clone() };
        // Who is disabled administers nothing, and their place stays.
        return settle(ctx, Loaded::of_nobody_else(before, kept), &changes, false).await;
    }
    let places: Places = places.first()?.unwrap_or_default();
    let names = changes.names(&Names { shown: address.clone(), ..Names::default() });
    let name = accounts::name(&names.shown).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let account = ctx.actor.reference();
    let kept = Kept {
        external_id: changes.external_id.clone().flatten(),
        given_name: names.given,
        family_name: names.family,
        gone_at: None,
    };
    let client = RoleChoice::BuiltIn(Role::Client);
    let role = GivenRole::chosen(&client, None)?;
    let place = Place { role: client, organization: places.organization, department: places.department };
    let known = Known { source: source(&account), name: &name, place: &place, role: &role };
    let (id, mut batch) = known.create(ctx, &account, &address, &|id| store::keep(id, &kept, &account, ctx.now));
    if changes.active == Some(false) {
        batch.push(people::disable_new(&id, ctx.now));
    } else {
        let (link, mail) = desk::invitation(ctx, &id, &address, None);
        batch.extend([link, mail]);
        ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    }
    batch.push(store::person(&id));
    let rows = match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("users.email") => return Err(ApiError::conflict("email_taken")),
        other => other?,
    };
    rows.last().map(Rows::first).transpose()?.flatten().ok_or_else(|| ApiError::internal("a person vanished"))
}

/// Changes a person, who is managed from then on. 403 `more_than_own` when the program may not give what the person's role holds and would
/// take it from them or begin to manage them; 409 `last_admin`, and `directory_person` for one whom a directory keeps.
pub async fn change(ctx: &Ctx<'_>, id: &UserId, if_match: Option<&str>, changes: &Changes) -> Result<Person, ApiError> {
    let loaded = Loaded::load(ctx, id, changes).await?;
    check(if_match, &person_tag(loaded.before.version))?;
    settle(ctx, loaded, changes, false).await
}

/// Disables a person, who is nobody any more for whoever asks by SCIM.
pub async fn delete(ctx: &Ctx<'_>, id: &UserId, if_match: Option<&str>) -> Result<(), ApiError> {
    let changes = Changes { active: Some(false), ..Changes::default() };
    let loaded = Loaded::load(ctx, id, &changes).await?;
    check(if_match, &person_tag(loaded.before.version))?;
    settle(ctx, loaded, &changes, true).await.map(|_| ())
}

fn source(account: &str) -> Source<'_> {
    Source { kind: "scim", id: account }
}

fn places(changes: &Changes) -> shared::database::TenantStatement {
    let of = |place: &Option<Option<String>>| place.clone().flatten();
    store::places(of(&changes.department).as_deref(), of(&changes.organization).as_deref())
}

/// The person, and what decides about a change of them.
struct Loaded {
    before: Listed,
    kept: Option<Kept>,
    places: Places,
    administrators: Administrators,
    /// What roles hold that were granted for the person's own place.
    moving: Permissions,
    deputies: Vec<UserId>,
}

impl Loaded {
    async fn load(ctx: &Ctx<'_>, id: &UserId, changes: &Changes) -> Result<Self, ApiError> {
        let mut batch =
            vec![people::show(id), store::kept(id), places(changes), held::moving(id, ctx.now), held::deputies(id, ctx.now)];
        batch.extend(administrators::load());
        let answers = ctx.db.batch(batch).await?;
        let [person, kept, places, moving, deputies, administrators @ ..] = answers.as_slice() else {
            return Err(ApiError::internal("a person was not answered"));
        };
        let kept: Option<Kept> = kept.first()?;
        let is_there = |person: &Listed| person.removed_at.is_none() && kept.as_ref().is_none_or(|kept| kept.gone_at.is_none());
        Ok(Self {
            before: person.first::<Listed>()?.filter(is_there).ok_or_else(ApiError::not_found)?,
            kept,
            places: places.first()?.unwrap_or_default(),
            administrators: Administrators::read(administrators)?,
            moving: held::permissions(moving)?,
            deputies: held::ids(deputies)?,
        })
    }

    fn of_nobody_else(before: Listed, kept: Option<Kept>) -> Self {
        Self {
            before,
            kept,
            places: Places::default(),
            administrators: Administrators::default(),
            moving: Permissions::NONE,
            deputies: Vec::new(),
        }
    }
}

/// Writes what somebody is to be. Nothing is written where nothing changes.
async fn settle(ctx: &Ctx<'_>, loaded: Loaded, changes: &Changes, goes: bool) -> Result<Person, ApiError> {
    let Loaded { before, kept, places, administrators, moving, deputies } = loaded;
    changes.check_address(&before.email)?;
    let is_new = kept.as_ref().is_none_or(|kept| kept.gone_at.is_some());
    let kept = kept.unwrap_or_default();
    let names = Names { shown: before.name.clone(), given: kept.given_name.clone(), family: kept.family_name.clone() };
    let names = changes.names(&names);
    let after = merged(&before, changes, &names.shown, places)?;
    let moves = after.organization_id != before.organization_id || after.department_id != before.department_id;
    if moves && !ctx.actor.lacks(moving).is_empty() {
        return Err(ApiError::more_than_own());
    }
    if is_new || after.status != before.status {
        desk::may_give(ctx, before.role, before.permissions())?;
    }
    let keeps = Kept {
        external_id: changes.external_id.clone().unwrap_or_else(|| kept.external_id.clone()),
        given_name: names.given,
        family_name: names.family,
        gone_at: None,
    };
    let is_same_kept =
        (&keeps.external_id, &keeps.given_name, &keeps.family_name) == (&kept.external_id, &kept.given_name, &kept.family_name);
    if !is_new && !goes && is_same_kept && facts(&after) == facts(&before) {
        return Ok(shown(after, keeps));
    }
    let account = ctx.actor.reference();
    let mut batch = vec![directory_people::guard_local(&before.id)];
    batch.extend(provision::guards(administrators, &before, &after).ok_or_else(|| ApiError::conflict("last_admin"))?);
    batch.extend(provision::changed(ctx, &account, &before, &after, source(&account)));
    let is_shut_out = after.status == Status::Disabled;
    if is_shut_out {
        batch.push(sessions::revoke_of_user(&before.id, ctx.now, None));
    }
    if after.status == Status::Active && before.status == Status::Unverified {
        batch.push(users::release_tickets(&before.id));
    }
    batch.push(store::keep(&before.id, &keeps, &account, ctx.now));
    if goes {
        batch.push(store::go(&before.id, ctx.now));
    }
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("last_admin") => return Err(ApiError::conflict("last_admin")),
        other => other?,
    };
    if is_shut_out {
        open_pages::end_person(ctx, &before.id, None);
    } else if moves {
        open_pages::renew_person(ctx, &before.id);
    }
    if is_shut_out || moves {
        for deputy in &deputies {
            open_pages::renew_person(ctx, deputy);
        }
    }
    let after = Listed { version: before.version + 1, updated_at: ctx.now.timestamp_millis(), ..after };
    Ok(shown(after, keeps))
}

/// The person afterwards. A department or company that there is none of by that name changes nothing.
fn merged(before: &Listed, changes: &Changes, name: &str, places: Places) -> Result<Listed, ApiError> {
    let mut after = before.clone();
    after.name = accounts::name(name).map_err(|fault| ApiError::invalid(vec![fault]))?;
    after.status = match changes.active {
        Some(true) => Status::Active,
        Some(false) => Status::Disabled,
        None => before.status,
    };
    match (&changes.department, places.department) {
        (Some(None), _) => (after.department_id, after.department_name) = (None, None),
        (Some(Some(name)), Some(id)) => (after.department_id, after.department_name) = (Some(id), Some(name.clone())),
        _ => {}
    }
    match (&changes.organization, places.organization) {
        (Some(None), _) => (after.organization_id, after.organization_name) = (None, None),
        (Some(Some(name)), Some(id)) => (after.organization_id, after.organization_name) = (Some(id), Some(name.clone())),
        _ => {}
    }
    Ok(after)
}

fn shown(person: Listed, kept: Kept) -> Person {
    Person {
        id: person.id,
        email: person.email,
        name: person.name,
        status: person.status,
        organization: person.organization_name,
        department: person.department_name,
        created_at: person.created_at,
        updated_at: person.updated_at,
        version: person.version,
        external_id: kept.external_id,
        given_name: kept.given_name,
        family_name: kept.family_name,
    }
}
