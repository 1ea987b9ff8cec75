//! The past, written into databases: each event of a [`Plan`] becomes the use case that a person would have called, at the
//! moment when they would have called it. No statement about tickets is written here.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use functions::actions::ratings;
use functions::actions::tickets::{self, Changes as Update, IfMatch, NewComment, NewTicket, Requester};
use functions::context::Ctx;
use shared::access::Actor;
use shared::database::TenantDb;
use shared::error::ApiError;
use shared::id::{IdSource, TicketId};
use shared::mail::quote::strip;
use shared::platform::Platform;
use shared::ticket::{Body, Priority, Reference, Status, Tag, Title, Visibility};

use super::stand::{Desk, Trouble};
use super::{Changes, Channel, Event, Happening, NewComment as PlannedComment, NewTicket as PlannedTicket, Rating, TicketKey};
use crate::native::NativePlatform;

/// How much was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Accounts.
    pub people: u32,
    /// Tickets.
    pub tickets: u32,
    /// Comments, internal ones too.
    pub comments: u32,
    /// Changes of fields.
    pub changes: u32,
    /// Ratings.
    pub ratings: u32,
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
        }
    }
}

/// Writes events into the tenants' databases.
pub struct Replay<'p> {
    platform: &'p NativePlatform,
    desks: BTreeMap<&'static str, Desk>,
    tickets: BTreeMap<TicketKey, TicketId>,
    /// What was written so far.
    pub written: Written,
}

impl<'p> Replay<'p> {
    /// A replay into these desks.
    pub fn new(platform: &'p NativePlatform, desks: BTreeMap<&'static str, Desk>) -> Self {
        Self { platform, desks, tickets: BTreeMap::new(), written: Written::default() }
    }

    /// The desk of a tenant.
    pub fn desk(&self, slug: &str) -> Option<&Desk> {
        self.desks.get(slug)
    }

    /// Writes one event, with the product's clock at its moment.
    ///
    /// # Errors
    /// When the product refuses it: then plan and product disagree, and the words say about what.
    pub async fn write(&mut self, event: &Event) -> Result<(), Trouble> {
        self.platform.now.set(event.at);
        let desk = self.desks.get_mut(event.tenant).ok_or("an event of an unknown tenant")?;
        match &event.kind {
            Happening::OrganizationCreated(planned) => desk.add_organization(self.platform, planned).await?,
            Happening::UserCreated(planned) => {
                desk.add_person(self.platform, planned, event.at).await?;
                self.written.people += 1;
            }
            Happening::TicketCreated(planned) => {
                let id = self.open(event, planned).await?;
                self.tickets.insert(planned.ticket, id);
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
        }
        Ok(())
    }

    fn surroundings(&self, event: &Event, username: &str) -> Result<Ctx<'_>, Trouble> {
        let desk = self.desks.get(event.tenant).ok_or("an event of an unknown tenant")?;
        let person = desk.people.get(username).ok_or_else(|| format!("{username} has no account in {}", event.tenant))?;
        let request_id = IdSource::new(event.at, self.platform).hex();
        let db = TenantDb::new(desk.database.as_ref(), &desk.tenant);
        let mut ctx = Ctx::for_job(self.platform as &dyn Platform, &desk.tenant, db, request_id);
        ctx.locale = person.locale.unwrap_or_else(|| desk.tenant.locale());
        ctx.actor = Actor::Person(person.clone());
        Ok(ctx)
    }

    fn reference(&self, ticket: TicketKey) -> Result<Reference, Trouble> {
        self.tickets.get(&ticket).map(Reference::from).ok_or_else(|| format!("ticket {ticket} was never written").into())
    }

    async fn open(&self, event: &Event, planned: &PlannedTicket) -> Result<TicketId, Trouble> {
        let ctx = self.surroundings(event, &planned.requester)?;
        let title = Title::parse("title", &planned.title).map_err(|fault| format!("{fault:?}"))?;
        let description = Body::parse("description", &planned.description).map_err(|fault| format!("{fault:?}"))?;
        let mut new = NewTicket::new(ctx.ids(), title, description, Requester::Me, channel(planned.channel));
        new.priority = Some(priority(planned.priority));
        new.category = Some(planned.category.to_owned());
        new.erp_module = Some(planned.erp_module.to_owned());
        new.tags = Tag::parse_all("tags", &planned.tags).map_err(|faults| format!("{faults:?}"))?;
        new.quiet = true;
        let created = tickets::create(&ctx, new).await.map_err(|error| refused(event.at, "a ticket", &error))?;
        Ok(created.id().clone())
    }

    async fn comment(&self, event: &Event, planned: &PlannedComment) -> Result<(), Trouble> {
        let ctx = self.surroundings(event, &planned.author)?;
        let (text, quoted) = match planned.channel {
            Channel::Email => {
                let mail = strip(&planned.body);
                (mail.visible, Some(mail.quoted).filter(|quoted| !quoted.is_empty()))
            }
            _ => (planned.body.clone(), None),
        };
        let body = Body::parse("body", &text).map_err(|fault| format!("{fault:?}"))?;
        let mut new = NewComment::new(ctx.ids(), body, channel(planned.channel));
        new.visibility = if planned.internal { Visibility::Internal } else { Visibility::Public };
        new.quoted = quoted;
        new.status = planned.status.map(status);
        new.quiet = true;
        let reference = self.reference(planned.ticket)?;
        tickets::comment(&ctx, &reference, &new).await.map_err(|error| refused(event.at, "a comment", &error))?;
        Ok(())
    }

    async fn change(&self, event: &Event, planned: &Changes) -> Result<(), Trouble> {
        let ctx = self.surroundings(event, &planned.actor)?;
        let desk = self.desks.get(event.tenant).ok_or("an event of an unknown tenant")?;
        let assignee = planned.assignee.as_ref().map(|name| desk.people.get(name).map(|person| person.id.clone()));
        let changes = Update {
            status: planned.status.map(status),
            priority: planned.priority.map(priority),
            assignee,
            department: planned.department.map(|key| desk.department(key).cloned()),
            quiet: true,
            ..Update::default()
        };
        let reference = self.reference(planned.ticket)?;
        tickets::update(&ctx, &reference, IfMatch::Any, &changes).await.map_err(|error| refused(event.at, "a change", &error))?;
        Ok(())
    }

    async fn rate(&self, event: &Event, planned: &Rating) -> Result<(), Trouble> {
        let ctx = self.surroundings(event, &planned.requester)?;
        let reference = self.reference(planned.ticket)?;
        let comment = planned.comment.as_deref().unwrap_or_default();
        ratings::rate(&ctx, &reference, i64::from(planned.score), comment)
            .await
            .map_err(|error| refused(event.at, "a rating", &error))?;
        Ok(())
    }
}

/// A refusal in words.
fn refused(at: DateTime<Utc>, what: &str, error: &ApiError) -> Trouble {
    format!("{what} of {at} was refused: {} {} {error:?}", error.code, error.cause.as_deref().unwrap_or_default()).into()
}

const fn channel(planned: Channel) -> shared::ticket::Channel {
    match planned {
        Channel::Web => shared::ticket::Channel::Web,
        Channel::Email => shared::ticket::Channel::Email,
        Channel::Api => shared::ticket::Channel::Api,
        Channel::Chat => shared::ticket::Channel::Chat,
    }
}

const fn priority(planned: super::Priority) -> Priority {
    match planned {
        super::Priority::Critical => Priority::Critical,
        super::Priority::High => Priority::High,
        super::Priority::Medium => Priority::Medium,
        super::Priority::Low => Priority::Low,
    }
}

const fn status(planned: super::Status) -> Status {
    match planned {
        super::Status::New => Status::New,
        super::Status::InProgress => Status::InProgress,
        super::Status::WaitingCustomer => Status::WaitingCustomer,
        super::Status::Resolved => Status::Resolved,
        super::Status::Closed => Status::Closed,
    }
}

#[cfg(test)]
mod tests;
