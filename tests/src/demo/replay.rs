//! The past, written into databases: each event of a [`Plan`](super::Plan) becomes the use case that a person would have called, at the
//! moment when they would have called it, and between the events the product's own clocks ring. No statement about tickets is written here.

mod clock;
mod mail;
mod names;
mod notes;
mod own_time;
mod views;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use functions::actions::attachments::{Intake, StoredFile};
use functions::actions::relations::{self, Follower, LinkKind};
use functions::actions::tickets::changes::Escalation;
use functions::actions::tickets::{self, Changes as Update, IfMatch, Landing, NewComment, NewTicket, Requester};
use functions::actions::{jobs, ratings};
use functions::context::{Ctx, Directories};
use shared::access::Actor;
use shared::database::{TenantDb, TenantStatement};
use shared::error::ApiError;
use shared::id::{IdSource, TicketId};
use shared::job::Job;
use shared::mail::Mailbox;
use shared::mail::quote::strip;
use shared::platform::{Platform, Wake};
use shared::store::directory;
use shared::ticket::{Body, CustomFields, Reference, Tag, Title, Visibility};

use super::post::programs::Answered;
use super::stand::{Desk, Trouble};
use super::{Changes, Channel, Event, Happening, NewComment as PlannedComment, NewTicket as PlannedTicket, Paper, Rating};
use super::{Relation, RelationKind, Role, Scalar, TicketKey};
use crate::native::NativePlatform;
use clock::Clock;

/// How much was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Accounts.
    pub people: u32,
    /// Tickets.
    pub tickets: u32,
    /// Comments, internal ones too.
    pub comments: u32,
    /// Changes of fields, and of how tickets stand to each other.
    pub changes: u32,
    /// Ratings.
    pub ratings: u32,
    /// Mails that came.
    pub mails_in: u32,
    /// Mails that left.
    pub mails_out: u32,
    /// Files that came with forms.
    pub files: u32,
}

impl Written {
    /// Both together.
    pub const fn and(self, other: Self) -> Self {
        Self {
            people: self.people + other.people,
            tickets: self.tickets + other.tickets,
            comments: self.comments + other.comments,
            changes: self.changes + other.changes,
            ratings: self.ratings + other.ratings,
            mails_in: self.mails_in + other.mails_in,
            mails_out: self.mails_out + other.mails_out,
            files: self.files + other.files,
        }
    }
}

/// A ticket that was written.
#[derive(Debug, Clone)]
struct Known {
    id: TicketId,
    number: i64,
}

/// What a form would have asked for and a mail does not say: whoever takes the ticket up fills it in.
struct Untold {
    priority: super::Priority,
    category: &'static str,
    erp_module: &'static str,
    tags: Vec<String>,
}

/// Writes events into the tenants' databases.
pub struct Replay<'p> {
    platform: &'p NativePlatform,
    desks: BTreeMap<&'static str, Desk>,
    tickets: BTreeMap<TicketKey, Known>,
    untold: BTreeMap<TicketKey, Untold>,
    /// The last mail about a ticket to somebody, by tenant, number and address.
    posted: BTreeMap<(&'static str, i64, String), Answered>,
    /// From when on mails come and go, and files are kept.
    mail_from: DateTime<Utc>,
    clock: Clock,
    /// What a worker remembers of the desks, and under which versions.
    directories: Rc<Directories>,
    versions: BTreeMap<&'static str, i64>,
    /// What the last use cases want done.
    wakes: RefCell<Vec<(&'static str, Wake)>>,
    /// What was written so far.
    pub written: Written,
}

impl<'p> Replay<'p> {
    /// A replay into these desks. Before `mail_from` no mail comes or goes.
    pub fn new(platform: &'p NativePlatform, desks: BTreeMap<&'static str, Desk>, mail_from: DateTime<Utc>) -> Self {
        Self {
            platform,
            desks,
            tickets: BTreeMap::new(),
            untold: BTreeMap::new(),
            posted: BTreeMap::new(),
            mail_from,
            clock: Clock::from(mail_from),
            directories: Rc::default(),
            versions: BTreeMap::new(),
            wakes: RefCell::default(),
            written: Written::default(),
        }
    }

    /// The desk of a tenant.
    pub fn desk(&self, slug: &str) -> Option<&Desk> {
        self.desks.get(slug)
    }

    /// Writes one event, with the product's clock at its moment, after whatever has become due by then.
    ///
    /// # Errors
    /// When the product refuses it: then plan and product disagree, and the words say about what.
    pub async fn write(&mut self, event: &Event) -> Result<(), Trouble> {
        self.catch_up(event.at).await?;
        self.platform.now.set(event.at);
        match &event.kind {
            Happening::OrganizationCreated(planned) => {
                let platform = self.platform;
                self.desk_mut(event.tenant)?.add_organization(platform, planned, event.at).await?;
            }
            Happening::UserCreated(planned) => {
                let platform = self.platform;
                self.desk_mut(event.tenant)?.add_person(platform, planned, event.at).await?;
                self.written.people += 1;
                if planned.role != Role::Client {
                    self.look_up_version(event.tenant).await?;
                }
            }
            Happening::ContractsSigned(planned) => {
                let ctx = self.surroundings(event, "admin")?;
                self.desks.get(event.tenant).ok_or("an unknown tenant")?.sign(&ctx, planned).await?;
                self.look_up_version(event.tenant).await?;
            }
            Happening::TicketCreated(planned) => {
                let known = self.open(event, planned).await?;
                self.tickets.insert(planned.ticket, known);
                self.written.tickets += 1;
            }
            Happening::CommentAdded(planned) => {
                self.comment(event, planned).await?;
                self.written.comments += 1;
            }
            Happening::FieldsChanged(planned) => {
                self.change(event, planned).await?;
                self.written.changes += 1;
            }
            Happening::Rated(planned) => {
                self.rate(event, planned).await?;
                self.written.ratings += 1;
            }
            Happening::Related(planned) => {
                self.relate(event, planned).await?;
                self.written.changes += 1;
            }
            Happening::Followed(planned) => {
                let ctx = self.surroundings(event, &planned.who)?;
                let reference = self.reference(planned.ticket)?;
                relations::follow(&ctx, &reference, &Follower::Me)
                    .await
                    .map_err(|error| refused(event.at, "a follower", &error))?;
                self.keep(event.tenant, ctx);
            }
            Happening::MachineAnswered(planned) => self.answer_by_machine(event, planned).await?,
            Happening::MailCame(planned) => self.take_in_stray(event, planned).await?,
            Happening::MailRefused(planned) => self.refuse_mail(planned),
        }
        self.take_note(event.at);
        Ok(())
    }

    /// Brings the desks up to `now`: whatever is due is done, so that nothing waits for the first sweep of the product.
    ///
    /// # Errors
    /// When a duty of the product fails.
    pub async fn finish(&mut self, now: DateTime<Utc>) -> Result<(), Trouble> {
        self.catch_up(now).await?;
        self.platform.now.set(now);
        let slugs: Vec<&'static str> = self.desks.keys().copied().collect();
        for slug in slugs {
            self.sweep(slug).await?;
            for (username, is_for_desk) in [("manager", true), ("agent", false)] {
                views::save(&self.person(slug, username)?, is_for_desk).await?;
            }
            let agent = self.person(slug, "agent")?;
            let Actor::Person(colleague) = &agent.actor else { continue };
            notes::write(&self.person(slug, "manager")?, (&colleague.id, &colleague.name)).await?;
            own_time::save(&self.person(slug, "agent")?).await?;
        }
        self.collect_mail();
        Ok(())
    }

    fn desk_mut(&mut self, slug: &str) -> Result<&mut Desk, Trouble> {
        self.desks.get_mut(slug).ok_or_else(|| "an event of an unknown tenant".into())
    }

    /// Whether mails come and go at that moment.
    fn is_live(&self, at: DateTime<Utc>) -> bool {
        at >= self.mail_from
    }

    /// The product itself at work in a tenant.
    fn system(&self, slug: &str) -> Result<Ctx<'_>, Trouble> {
        let desk = self.desks.get(slug).ok_or("an event of an unknown tenant")?;
        let request_id = IdSource::new(self.platform.now(), self.platform).hex();
        let db = TenantDb::new(desk.database.as_ref(), &desk.tenant);
        let mut ctx = Ctx::for_job(self.platform as &dyn Platform, &desk.tenant, db, request_id);
        ctx.directories = Rc::clone(&self.directories);
        ctx.directory_version = self.versions.get(slug).copied();
        Ok(ctx)
    }

    /// The version of the desk's directory, as the look-up of a session would answer it.
    async fn look_up_version(&mut self, slug: &'static str) -> Result<(), Trouble> {
        let ctx = self.system(slug)?;
        let [version, ..] = directory::statements();
        let version = directory::version(&ctx.db.run(version).await?)?;
        self.versions.insert(slug, version);
        Ok(())
    }

    fn surroundings(&self, event: &Event, username: &str) -> Result<Ctx<'_>, Trouble> {
        self.person(event.tenant, username)
    }

    /// Somebody at work in a tenant.
    fn person(&self, slug: &str, username: &str) -> Result<Ctx<'_>, Trouble> {
        let mut ctx = self.system(slug)?;
        let desk = self.desks.get(slug).ok_or("an event of an unknown tenant")?;
        let person = desk.people.get(username).ok_or_else(|| format!("{username} has no account in {slug}"))?;
        ctx.locale = person.locale.unwrap_or_else(|| desk.tenant.locale());
        ctx.actor = Actor::Person(person.clone());
        Ok(ctx)
    }

    /// What a use case wants done afterwards.
    fn keep(&self, slug: &'static str, ctx: Ctx<'_>) {
        self.wakes.borrow_mut().extend(ctx.after.into_wakes().into_iter().map(|wake| (slug, wake)));
    }

    fn known(&self, ticket: TicketKey) -> Result<&Known, Trouble> {
        self.tickets.get(&ticket).ok_or_else(|| format!("ticket {ticket} was never written").into())
    }

    fn reference(&self, ticket: TicketKey) -> Result<Reference, Trouble> {
        self.known(ticket).map(|known| Reference::from(&known.id))
    }

    async fn open(&mut self, event: &Event, planned: &PlannedTicket) -> Result<Known, Trouble> {
        let live = self.is_live(event.at);
        if live && planned.channel == Channel::Email {
            return self.open_by_mail(event, planned).await;
        }
        let ctx = self.surroundings(event, &planned.requester)?;
        let title = Title::parse("title", &planned.title).map_err(|fault| format!("{fault:?}"))?;
        let description = Body::parse("description", &planned.description).map_err(|fault| format!("{fault:?}"))?;
        let mut new = NewTicket::new(ctx.ids(), title, description, Requester::Me, names::channel(planned.channel));
        new.priority = Some(names::priority(planned.priority));
        new.category = Some(planned.category.to_owned());
        new.erp_module = Some(planned.erp_module.to_owned());
        new.tags = Tag::parse_all("tags", &planned.tags).map_err(|faults| format!("{faults:?}"))?;
        new.cc = planned.cc.iter().filter_map(|address| Mailbox::new(None, address)).collect();
        new.quiet = !live;
        let files = self.store(&ctx, event, &planned.files).await?;
        let also = |landing: Landing<'_>| rows(&ctx, &files, landing);
        new.also = Some(&also);
        let created = tickets::create(&ctx, new).await.map_err(|error| refused(event.at, "a ticket", &error))?;
        let known = Known { id: created.id().clone(), number: created.row.number };
        self.keep(event.tenant, ctx);
        self.written.files += count(&files);
        Ok(known)
    }

    async fn comment(&mut self, event: &Event, planned: &PlannedComment) -> Result<(), Trouble> {
        let live = self.is_live(event.at);
        if live && planned.channel == Channel::Email && self.comment_by_mail(event, planned).await? {
            return Ok(());
        }
        let ctx = self.surroundings(event, &planned.author)?;
        let (text, quoted) = match planned.channel {
            Channel::Email => {
                let mail = strip(&planned.body);
                (mail.visible, Some(mail.quoted).filter(|quoted| !quoted.is_empty()))
            }
            _ => (planned.body.clone(), None),
        };
        let body = Body::parse("body", &text).map_err(|fault| format!("{fault:?}"))?;
        let mut new = NewComment::new(ctx.ids(), body, names::channel(planned.channel));
        new.visibility = if planned.internal { Visibility::Internal } else { Visibility::Public };
        new.quoted = quoted;
        new.status = planned.status.map(names::status);
        new.quiet = !live;
        let files = self.store(&ctx, event, &planned.files).await?;
        let also = |landing: Landing<'_>| rows(&ctx, &files, landing);
        new.also = Some(&also);
        let reference = self.reference(planned.ticket)?;
        tickets::comment(&ctx, &reference, &new).await.map_err(|error| refused(event.at, "a comment", &error))?;
        self.keep(event.tenant, ctx);
        self.written.files += count(&files);
        Ok(())
    }

    /// Puts files where the product keeps them, as a form does; nothing is kept of the time before mails.
    async fn store(&self, ctx: &Ctx<'_>, event: &Event, papers: &[Paper]) -> Result<Vec<StoredFile>, Trouble> {
        let mut files = Vec::new();
        for paper in papers.iter().filter(|_| self.is_live(event.at)) {
            let mut intake = Intake::begin(ctx, &paper.name, Some(paper.media_type()));
            intake.push(&paper.bytes()).await.map_err(|error| refused(event.at, "a file", &error))?;
            files.push(intake.finish().await.map_err(|error| refused(event.at, "a file", &error))?);
        }
        Ok(files)
    }

    async fn change(&mut self, event: &Event, planned: &Changes) -> Result<(), Trouble> {
        let ctx = self.surroundings(event, &planned.actor)?;
        let is_staff = ctx.actor.person().is_some_and(|person| person.role.is_staff());
        let desk = self.desks.get(event.tenant).ok_or("an event of an unknown tenant")?;
        let id_of = |username: &String| desk.people.get(username).map(|person| Some(person.id.clone()));
        let mut changes = Update {
            status: planned.status.map(names::status),
            priority: planned.priority.map(names::priority),
            assignee: planned.assignee.as_ref().and_then(id_of),
            department: planned.department.and_then(|key| desk.department(key)).map(|id| Some(id.clone())),
            quiet: !self.is_live(event.at),
            ..Update::default()
        };
        if !planned.custom_fields.is_empty() {
            let fields = planned.custom_fields.iter().map(|(name, value)| ((*name).to_owned(), json(value))).collect();
            changes.custom_fields = Some(CustomFields::parse(fields).map_err(|faults| format!("{faults:?}"))?);
        }
        if let Some((level, reason)) = &planned.escalation {
            changes.escalation = Some(Escalation::parse(*level, Some(reason.clone())).map_err(|fault| format!("{fault:?}"))?);
        }
        let untold = is_staff.then(|| self.untold.get(&planned.ticket)).flatten();
        if let Some(untold) = untold {
            changes.priority.get_or_insert(names::priority(untold.priority));
            changes.category = Some(Some(untold.category.to_owned()));
            changes.erp_module = Some(Some(untold.erp_module.to_owned()));
            changes.tags = Some(Tag::parse_all("tags", &untold.tags).map_err(|faults| format!("{faults:?}"))?);
        }
        let reference = self.reference(planned.ticket)?;
        tickets::update(&ctx, &reference, IfMatch::Any, &changes).await.map_err(|error| refused(event.at, "a change", &error))?;
        self.keep(event.tenant, ctx);
        if is_staff {
            self.untold.remove(&planned.ticket);
        }
        Ok(())
    }

    async fn rate(&self, event: &Event, planned: &Rating) -> Result<(), Trouble> {
        let ctx = self.surroundings(event, &planned.requester)?;
        let reference = self.reference(planned.ticket)?;
        let comment = planned.comment.as_deref().unwrap_or_default();
        ratings::rate(&ctx, &reference, i64::from(planned.score), comment)
            .await
            .map_err(|error| refused(event.at, "a rating", &error))?;
        self.keep(event.tenant, ctx);
        Ok(())
    }

    async fn relate(&self, event: &Event, planned: &Relation) -> Result<(), Trouble> {
        let ctx = self.surroundings(event, &planned.actor)?;
        let (one, other) = (self.reference(planned.ticket)?, self.reference(planned.other)?);
        let kind = match planned.kind {
            RelationKind::Incident => Some(LinkKind::Incident),
            RelationKind::Duplicate => Some(LinkKind::Duplicate),
            RelationKind::Related => Some(LinkKind::Related),
            RelationKind::Merged => None,
        };
        let done = match kind {
            Some(kind) => relations::link(&ctx, &one, kind, &other).await.map(drop),
            None => relations::merge(&ctx, &one, &other).await.map(drop),
        };
        done.map_err(|error| refused(event.at, "a relation", &error))?;
        self.keep(event.tenant, ctx);
        Ok(())
    }

    async fn sweep(&mut self, slug: &'static str) -> Result<(), Trouble> {
        let tenant = self.desks.get(slug).ok_or("an unknown tenant")?.tenant.id().clone();
        let report = jobs::run(self.platform, &Job::Sweep { tenant }).await;
        if let Some(failure) = report.failures.first() {
            return Err(format!("the sweep of {slug} failed: {failure}").into());
        }
        self.wakes.borrow_mut().extend(report.wakes.into_iter().map(|wake| (slug, wake)));
        if let Some(next) = report.settled.and_then(|settled| settled.next) {
            self.clock.arm(slug, next);
        }
        Ok(())
    }
}

/// The rows of files, for the batch of what they came with.
fn rows(ctx: &Ctx<'_>, files: &[StoredFile], landing: Landing<'_>) -> Vec<TenantStatement> {
    files.iter().map(|file| file.row(ctx, landing.ticket, landing.comment, Visibility::Public)).collect()
}

fn count(files: &[StoredFile]) -> u32 {
    u32::try_from(files.len()).unwrap_or(u32::MAX)
}

fn json(value: &Scalar) -> serde_json::Value {
    match value {
        Scalar::Text(text) => text.clone().into(),
        Scalar::Number(number) => (*number).into(),
        Scalar::Flag(flag) => (*flag).into(),
    }
}

/// A refusal in words.
fn refused(at: DateTime<Utc>, what: &str, error: &ApiError) -> Trouble {
    format!("{what} of {at} was refused: {} {} {error:?}", error.code, error.cause.as_deref().unwrap_or_default()).into()
}

#[cfg(test)]
mod tests;
