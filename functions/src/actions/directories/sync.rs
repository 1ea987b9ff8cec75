//! Rounds through a directory: new people get accounts, changed ones are brought into step, those who are gone are disabled and signed out.
//!
//! A directory's cookies for pages end with the connection, so a round that takes several runs begins each at the first page and passes
//! over whom it has seen: that stands with each person. Nobody is disabled before a run has come to the last page, and nobody at all when
//! that would be more than a third: then somebody has to look.

use std::collections::HashSet;

use chrono::TimeDelta;
use serde_json::json;
use shared::database::{DbError, TenantStatement};
use shared::error::ApiError;
use shared::id::{DirectoryId, UserId};
use shared::ldap::client::{Client, Failure};
use shared::ldap::identity::Identity;
use shared::ldap::lookup;
use shared::ldap::message::{Entry, SIZE_LIMIT_EXCEEDED};
use shared::ldap::settings::GroupLookup;
use shared::store::directories::{self as store, Directory, Figures, Sync, SyncState};
use shared::store::directory_people::{self, Linked, Missing, Taken};
use shared::store::people::{self, Listed};
use shared::store::roles::{self, OwnRole};
use shared::store::sessions;
use shared::store::users::Status;

use super::{configure, reach, source};
use crate::actions::accounts::step_up;
use crate::actions::people::GivenRole;
use crate::actions::provision::{Known, changed, changes_rights, still_administered};
use crate::actions::{audit, open_pages};
use crate::context::Ctx;

/// Seconds that one run may talk to the directory.
const RUN_SECONDS: u32 = 60;
/// People of one page.
const PAGE_PEOPLE: usize = 200;
/// Pages of one directory: twenty thousand people.
const PAGES_MAX: usize = 100;
/// Accounts that one run makes or changes.
const CHANGES_PER_RUN: usize = 100;
/// Accounts that one run disables.
const GONE_AT_ONCE: u32 = 100;
/// Minutes until a directory that could not be asked is asked again.
const RETRY_MINUTES: i64 = 15;
/// A round disables at most one of so many.
const ONE_OF: i64 = 3;
/// Who acts: the product itself.
const ACTOR: &str = "system";

/// Asks for a round now. After one that stopped, `confirm` says that many may be disabled. 409 `directory_disabled`.
pub async fn request(ctx: &Ctx<'_>, id: &DirectoryId, confirm: bool) -> Result<Directory, ApiError> {
    request_known(ctx, configure::find(ctx, id).await?, confirm).await
}

/// The same for one that was loaded already.
pub async fn request_known(ctx: &Ctx<'_>, mut directory: Directory, confirm: bool) -> Result<Directory, ApiError> {
    step_up::require_recent(ctx)?;
    if !directory.settings.enabled {
        return Err(ApiError::conflict("directory_disabled"));
    }
    let sync = &mut directory.sync;
    let goes_on = confirm && sync.state == SyncState::Stopped;
    if sync.state != SyncState::Running {
        sync.state = if goes_on { SyncState::Running } else { SyncState::Idle };
    }
    sync.confirmed = i64::from(goes_on);
    sync.next_at = Some(ctx.now);
    let detail = json!({ "confirm": goes_on });
    let line = audit::line(ctx, "directory.sync_requested", directory.id.as_str(), detail);
    ctx.db.batch(vec![store::set_sync(&directory.id, &directory.sync), line]).await?;
    Ok(directory)
}

/// One run of the round that is due first. Answers how many accounts it made, changed or disabled.
pub async fn sync_due(ctx: &Ctx<'_>) -> Result<usize, ApiError> {
    let Some(directory) = ctx.db.run(store::due(ctx.now)).await?.first::<Directory>()? else { return Ok(0) };
    let mut sync = directory.sync.clone();
    let goes_on = matches!(sync.state, SyncState::Running | SyncState::Failed) && sync.finished_at.is_none() && sync.round > 0;
    if !goes_on {
        sync = Sync { round: sync.round + 1, figures: Figures::default(), started_at: Some(ctx.now), finished_at: None, ..sync };
    }
    let mut run = Run { ctx, directory: &directory, sync, roles: Vec::new(), changes: 0 };
    run.roles = ctx.db.run(roles::list("", roles::ROLES_MAX)).await?.all()?;
    let line = run.work().await?;
    let mut batch = vec![store::set_sync(&directory.id, &run.sync)];
    batch.extend(line);
    ctx.db.batch(batch).await?;
    Ok(run.changes)
}

/// Why a run ended before its time.
enum Broken {
    /// The directory.
    Directory(Failure),
    /// Our own side.
    Own(ApiError),
}

impl From<Failure> for Broken {
    fn from(failure: Failure) -> Self {
        Self::Directory(failure)
    }
}

impl From<ApiError> for Broken {
    fn from(error: ApiError) -> Self {
        Self::Own(error)
    }
}

impl From<DbError> for Broken {
    fn from(error: DbError) -> Self {
        Self::Own(error.into())
    }
}

struct Run<'a, 'b> {
    ctx: &'a Ctx<'b>,
    directory: &'a Directory,
    sync: Sync,
    roles: Vec<OwnRole>,
    changes: usize,
}

impl Run<'_, '_> {
    /// Walks, and settles how the round stands; answers its line of the audit log, if it has one to write.
    async fn work(&mut self) -> Result<Option<TenantStatement>, ApiError> {
        let was_failed = self.directory.sync.state == SyncState::Failed;
        let is_whole = match self.walk().await {
            Ok(is_whole) => is_whole,
            Err(Broken::Own(error)) => return Err(error),
            Err(Broken::Directory(failure)) => {
                self.sync.state = SyncState::Failed;
                self.sync.problem = Some(failure.kind().to_owned());
                self.sync.next_at = Some(self.ctx.now + TimeDelta::minutes(RETRY_MINUTES));
                let detail = json!({ "problem": failure.kind() });
                return Ok((!was_failed).then(|| self.line("directory.sync_failed", detail)));
            }
        };
        self.sync.problem = None;
        if !is_whole {
            self.sync.state = SyncState::Running;
            self.sync.next_at = Some(self.ctx.now);
            return Ok(None);
        }
        self.finish().await
    }

    fn line(&self, action: &str, detail: serde_json::Value) -> TenantStatement {
        audit::line(self.ctx, action, self.directory.id.as_str(), detail)
    }

    /// Whether the last page was reached.
    async fn walk(&mut self) -> Result<bool, Broken> {
        let settings = &self.directory.settings;
        // Each run sees everybody from the first page on.
        self.sync.figures.seen = 0;
        self.sync.figures.skipped = 0;
        self.sync.figures.unlinked = 0;
        let mut client = reach::client(self.ctx, settings, RUN_SECONDS).await?;
        reach::bind(self.ctx, &mut client, self.directory).await?;
        let mut cookie = Vec::new();
        for _ in 0..PAGES_MAX {
            let found = lookup::everybody(&mut client, settings, PAGE_PEOPLE, &cookie).await?;
            if found.is_cut {
                return Err(Failure::Refused(SIZE_LIMIT_EXCEEDED).into());
            }
            self.page(&mut client, &found.entries).await?;
            cookie = found.cookie;
            let is_full = self.changes >= CHANGES_PER_RUN;
            if is_full || cookie.is_empty() {
                client.close().await;
                return Ok(!is_full);
            }
        }
        Err(Failure::Nonsense("more people than can be gone through").into())
    }

    async fn page(&mut self, client: &mut Client, entries: &[Entry]) -> Result<(), Broken> {
        let id = &self.directory.id;
        let all: Vec<Identity> = entries.iter().filter_map(|entry| Identity::read(entry, &self.directory.settings)).collect();
        self.sync.figures.seen += u32::try_from(entries.len()).unwrap_or(u32::MAX);
        self.sync.figures.skipped += u32::try_from(entries.len() - all.len()).unwrap_or(u32::MAX);
        let unique: Vec<String> = all.iter().map(|identity| identity.unique_id.clone()).collect();
        let emails: Vec<String> = all.iter().filter_map(|identity| identity.email.clone()).collect();
        let load =
            vec![directory_people::known(id, &unique), people::of_directory(id, &unique), directory_people::taken(&emails)];
        let rows = self.ctx.db.batch(load).await?;
        let [known, persons, taken] = rows.as_slice() else { return Err(ApiError::internal("a batch of three").into()) };
        let known: Vec<Linked> = known.all()?;
        let persons: Vec<Listed> = persons.all()?;
        let mut taken: HashSet<String> = taken.all::<Taken>()?.into_iter().map(|taken| taken.email).collect();
        let mut unchanged = Vec::new();
        for identity in &all {
            let linked = known.iter().find(|linked| linked.unique_id == identity.unique_id);
            if identity.is_disabled || linked.is_some_and(|linked| linked.seen_in >= self.sync.round && linked.gone_at.is_none())
            {
                continue;
            }
            let groups = self.groups(client, identity).await?;
            let before = linked.and_then(|linked| persons.iter().find(|person| person.id == linked.id));
            match linked.zip(before) {
                Some((linked, before)) => {
                    if !self.known(identity, &groups, linked, before).await? {
                        unchanged.push(identity.unique_id.clone());
                    }
                }
                None => self.newcomer(identity, &groups, &mut taken).await?,
            }
        }
        if !unchanged.is_empty() {
            self.ctx.db.run(directory_people::seen(id, &unchanged, self.sync.round)).await?;
        }
        Ok(())
    }

    async fn groups(&self, client: &mut Client, identity: &Identity) -> Result<Vec<String>, Failure> {
        match self.directory.settings.groups.lookup {
            GroupLookup::Attribute => Ok(identity.member_of.clone()),
            _ => lookup::groups(client, &self.directory.settings, identity).await,
        }
    }

    /// Brings somebody into step. Answers `false` when there is nothing to do but to note that they were seen. Whoever has no place any
    /// more is as good as gone.
    async fn known(&mut self, identity: &Identity, groups: &[String], linked: &Linked, before: &Listed) -> Result<bool, Broken> {
        let id = &self.directory.id;
        let Some(place) = self.directory.settings.place(groups) else { return Ok(true) };
        if before.removed_at.is_some() {
            return Ok(false);
        }
        let Some(role) = self.role(&place) else {
            self.sync.figures.skipped += 1;
            return Ok(false);
        };
        let is_back = linked.gone_at.is_some_and(|gone| gone > 0) && before.status == Status::Disabled;
        let status = if is_back { Status::Active } else { before.status };
        let known = Known { source: source(self.directory), name: &identity.name, place: &place, role: &role };
        let after = known.renewed(before, status);
        let mut batch = Vec::new();
        if let Some(after) = &after {
            let Some(guards) = still_administered(self.ctx, before, after).await? else {
                self.sync.figures.skipped += 1;
                return Ok(false);
            };
            batch = guards;
            batch.extend(known.renew(self.ctx, ACTOR, before, after));
        }
        if linked.username != identity.username {
            batch.push(directory_people::rename(id, &identity.unique_id, &identity.username));
        }
        if linked.gone_at.is_some() {
            batch.push(directory_people::back(id, &identity.unique_id));
        }
        if batch.is_empty() {
            return Ok(false);
        }
        batch.push(directory_people::seen(id, std::slice::from_ref(&identity.unique_id), self.sync.round));
        match self.ctx.db.batch(batch).await {
            // The last administrator stays one; whom somebody changes at this moment is looked at again in the next round.
            Err(DbError::Refused(_)) => {
                self.sync.figures.skipped += 1;
                return Ok(false);
            }
            other => other?,
        };
        self.changes += 1;
        if is_back {
            self.sync.figures.restored += 1;
        } else if after.is_some() {
            self.sync.figures.changed += 1;
        }
        if after.is_some_and(|after| changes_rights(before, &after)) {
            open_pages::renew_person(self.ctx, &before.id);
        }
        Ok(true)
    }

    /// Makes an account for somebody new, where that is wanted.
    async fn newcomer(&mut self, identity: &Identity, groups: &[String], taken: &mut HashSet<String>) -> Result<(), Broken> {
        let settings = &self.directory.settings;
        let email = identity.email.as_deref().filter(|email| settings.speaks_for(email));
        let Some((email, place)) = email.filter(|_| settings.create_people).zip(settings.place(groups)) else {
            self.sync.figures.skipped += 1;
            return Ok(());
        };
        if taken.contains(email) {
            self.sync.figures.unlinked += 1;
            return Ok(());
        }
        let Some(role) = self.role(&place).filter(|_| self.changes < CHANGES_PER_RUN) else {
            self.sync.figures.skipped += 1;
            return Ok(());
        };
        let known = Known { source: source(self.directory), name: &identity.name, place: &place, role: &role };
        let link = |id: &UserId| {
            directory_people::link(&self.directory.id, &identity.unique_id, id, &identity.username, self.sync.round, self.ctx.now)
        };
        let (_, batch) = known.create(self.ctx, ACTOR, email, &link);
        match self.ctx.db.batch(batch).await {
            Err(DbError::Refused(_)) => {
                self.sync.figures.unlinked += 1;
                return Ok(());
            }
            other => other?,
        };
        taken.insert(email.to_owned());
        self.sync.figures.created += 1;
        self.changes += 1;
        Ok(())
    }

    fn role(&self, place: &shared::ldap::settings::Place) -> Option<GivenRole> {
        let own = self.roles.iter().find(|role| place.role.own() == Some(&role.id)).cloned();
        GivenRole::chosen(&place.role, own).ok()
    }

    /// Everybody was seen: those who were not are gone.
    async fn finish(&mut self) -> Result<Option<TenantStatement>, ApiError> {
        let id = &self.directory.id;
        let load = vec![
            directory_people::missing_count(id, self.sync.round),
            directory_people::missing(id, self.sync.round, GONE_AT_ONCE),
        ];
        let rows = self.ctx.db.batch(load).await?;
        let [count, missing] = rows.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
        let count = count.first::<Missing>()?.unwrap_or(Missing { present: 0, missing: 0 });
        let missing: Vec<Linked> = missing.all()?;
        if self.sync.confirmed == 0 && count.missing * ONE_OF > count.present {
            self.sync.state = SyncState::Stopped;
            self.sync.problem = Some("too_many_gone".to_owned());
            self.sync.finished_at = None;
            self.sync.next_at = None;
            let detail = json!({ "would_disable": count.missing, "of": count.present });
            return Ok(Some(self.line("directory.sync_stopped", detail)));
        }
        let unique: Vec<String> = missing.iter().map(|linked| linked.unique_id.clone()).collect();
        let persons: Vec<Listed> = self.ctx.db.run(people::of_directory(id, &unique)).await?.all()?;
        for linked in &missing {
            if let Some(before) = persons.iter().find(|person| person.id == linked.id) {
                self.disable(linked, before).await?;
            }
        }
        if count.missing > i64::from(GONE_AT_ONCE) {
            // More of the same in the next run, which nobody has to confirm anew.
            self.sync.confirmed = 1;
            self.sync.state = SyncState::Running;
            self.sync.next_at = Some(self.ctx.now);
            return Ok(None);
        }
        let hours = i64::from(self.directory.settings.sync_hours);
        self.sync.state = SyncState::Done;
        self.sync.confirmed = 0;
        self.sync.finished_at = Some(self.ctx.now);
        self.sync.next_at = (hours > 0).then(|| self.ctx.now + TimeDelta::hours(hours));
        Ok(Some(self.line("directory.synced", json!(self.sync.figures))))
    }

    /// Shuts somebody out who is gone. Whom an administrator has disabled before stays so when they come back.
    async fn disable(&mut self, linked: &Linked, before: &Listed) -> Result<(), ApiError> {
        let ctx = self.ctx;
        let id = &self.directory.id;
        let user: &UserId = &before.id;
        if before.status == Status::Disabled {
            ctx.db.run(directory_people::gone(id, &linked.unique_id, chrono::DateTime::UNIX_EPOCH)).await?;
            return Ok(());
        }
        let after = Listed { status: Status::Disabled, ..before.clone() };
        let Some(mut batch) = still_administered(ctx, before, &after).await? else { return self.stays(linked).await };
        batch.extend(changed(ctx, ACTOR, before, &after, source(self.directory)));
        batch.extend([sessions::revoke_of_user(user, ctx.now, None), directory_people::gone(id, &linked.unique_id, ctx.now)]);
        match ctx.db.batch(batch).await {
            Err(DbError::Refused(_)) => return self.stays(linked).await,
            other => other?,
        };
        self.changes += 1;
        self.sync.figures.disabled += 1;
        open_pages::end_person(ctx, user, None);
        Ok(())
    }

    /// Leaves somebody who is gone as they are.
    async fn stays(&mut self, linked: &Linked) -> Result<(), ApiError> {
        self.sync.figures.skipped += 1;
        let seen = directory_people::seen(&self.directory.id, std::slice::from_ref(&linked.unique_id), self.sync.round);
        self.ctx.db.run(seen).await?;
        Ok(())
    }
}
