//! A change of one ticket in the making: the row, what is written beside it, and the batch that writes it all.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use shared::business_time::Calendar;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::CommentId;
use shared::live;
use shared::mail::templates::Moved;
use shared::platform::Wake;
use shared::sla::{DueMoment, Event, Priority};
use shared::store::history;
use shared::store::tickets::{self as store, Resolution};
use shared::ticket::status::{self, Circumstances};
use shared::ticket::{FollowerRow, Party, Status, TicketRow, Visibility};

use super::{Author, Loaded, mails};
use crate::actions::audit;
use crate::actions::sla::breach::{self, Owed};
use crate::actions::sla::clocks::{self, Promise, Promises};
use crate::context::Ctx;

/// A change in the making. Nothing is written before [`Work::save`].
pub struct Work<'c, 'a> {
    /// The request or job.
    pub ctx: &'c Ctx<'a>,
    /// The ticket, as it will be; its version is the one that was read.
    pub row: TicketRow,
    /// Who hears of it.
    pub followers: Vec<FollowerRow>,
    /// Who changes it.
    pub author: Author,
    /// Whether no mail is to go out: for demo data and imports.
    pub quiet: bool,
    statements: Vec<TenantStatement>,
    changes: Map<String, Value>,
    breaches: Vec<(DueMoment, Owed)>,
    /// Whose promise the clocks have measured until this change.
    owed: Owed,
    promises: Option<Box<Promises>>,
    sends_mail: bool,
    /// The status from which the table of transitions has led away.
    left: Option<Status>,
    /// Whether the requester gets a mail of the ticket's end.
    tells_of_end: bool,
    refusals: Vec<(&'static str, &'static str)>,
}

impl<'c, 'a> Work<'c, 'a> {
    /// Begins a change of a loaded ticket.
    pub fn begin(ctx: &'c Ctx<'a>, loaded: Loaded, author: Author) -> Self {
        Self {
            ctx,
            owed: Owed::by(&loaded.row),
            promises: None,
            row: loaded.row,
            followers: loaded.followers,
            author,
            quiet: false,
            statements: Vec::new(),
            changes: Map::new(),
            breaches: Vec::new(),
            sends_mail: false,
            left: None,
            tells_of_end: false,
            refusals: Vec::new(),
        }
    }

    /// Whether nothing was changed so far.
    pub fn is_idle(&self) -> bool {
        self.changes.is_empty() && self.statements.is_empty()
    }

    /// The calendar by which the ticket's clocks count.
    pub fn calendar(&self) -> Calendar {
        clocks::calendar_of(self.ctx.tenant, &self.row)
    }

    /// One more statement for the batch.
    pub fn also(&mut self, statement: TenantStatement) {
        self.statements.push(statement);
    }

    /// When a guard of this rule among the caller's statements does not hold, the answer is 409 with this code.
    pub fn refuses(&mut self, rule: &'static str, code: &'static str) {
        self.refusals.push((rule, code));
    }

    /// A mail for the batch, unless the change is quiet.
    pub fn mail(&mut self, mails: impl IntoIterator<Item = TenantStatement>) {
        if !self.quiet {
            let before = self.statements.len();
            self.statements.extend(mails);
            self.sends_mail |= self.statements.len() > before;
        }
    }

    /// A changed field: a line of the history and a part of the audit line.
    pub fn changed(&mut self, kind: &str, visibility: Visibility, from: Option<String>, to: Option<String>) {
        self.changes.insert(kind.to_owned(), json!({ "from": from, "to": to }));
        self.line(kind, visibility, from, to);
    }

    /// A part of the audit line alone; what comes under the same name makes a list.
    pub fn audited(&mut self, name: &str, value: Value) {
        match self.changes.entry(name).or_insert_with(|| json!([])) {
            Value::Array(list) => list.push(value),
            other => *other = value,
        }
    }

    /// A line of the history alone.
    pub fn line(&mut self, kind: &str, visibility: Visibility, from: Option<String>, to: Option<String>) {
        self.statements.push(history::append(history::Line {
            id: self.ctx.ids().next(),
            ticket: &self.row.id,
            at: self.ctx.now,
            actor: &self.author.reference(),
            kind,
            visibility,
            from,
            to,
        }));
    }

    /// Drives the clocks.
    pub fn clocks(&mut self, event: Event<'_>) {
        let found = clocks::apply(self.ctx.tenant, &mut self.row, event, self.ctx.now);
        self.breached(found);
    }

    /// Gives the ticket other promises. Where nothing was promised so far, time counts from the ticket's beginning.
    pub fn promise(&mut self, promise: Promise) {
        self.promise_from(promise, self.row.created_at);
    }

    fn promise_from(&mut self, promise: Promise, beginning: DateTime<Utc>) {
        let is_first = self.row.clocks.is_none();
        let found = clocks::change(self.ctx.tenant, &mut self.row, promise, beginning, self.ctx.now);
        if is_first {
            self.owed = Owed::by(&self.row);
        }
        self.breached(found);
        self.owed = Owed::by(&self.row);
    }

    /// What a ticket that is opened again is promised, by the policies of today.
    pub fn may_promise(&mut self, promises: Promises) {
        self.promises = Some(Box::new(promises));
    }

    /// Takes note of missed promises: saving writes them down.
    pub fn breached(&mut self, found: impl IntoIterator<Item = DueMoment>) {
        let owed = &self.owed;
        self.breaches.extend(found.into_iter().map(|moment| (moment, owed.clone())));
    }

    /// What the table of transitions asks for.
    pub fn circumstances(&self) -> Circumstances {
        Circumstances {
            critical: self.row.priority == Priority::Critical,
            rated: self.row.is_rated(),
            window_open: status::window_open(self.row.ended_at(), self.ctx.now, self.ctx.tenant.settings().reopen_window_days),
        }
    }

    /// Sets the status with all that hangs on it: clocks, moments, figures, the request for a rating. 409 when the table
    /// of transitions says no.
    pub fn set_status(&mut self, to: Status) -> Result<(), ApiError> {
        let from = self.row.status;
        if from == to {
            return Ok(());
        }
        status::change(from, to, self.author.party, self.circumstances())
            .map_err(|refusal| ApiError::conflict(refusal.code()).arg("from", from.as_str()).arg("to", to.as_str()))?;
        self.changed("status", Visibility::Public, Some(from.as_str().to_owned()), Some(to.as_str().to_owned()));
        self.row.status = to;
        self.left.get_or_insert(from);
        match to {
            Status::Resolved => {
                self.clocks(Event::Resolved);
                self.row.resolved_at = Some(self.ctx.now);
                self.end(from);
            }
            Status::Closed => {
                self.clocks(Event::Closed);
                self.row.closed_at = Some(self.ctx.now);
                if from.is_open() {
                    self.end(from);
                }
            }
            Status::New | Status::InProgress | Status::WaitingCustomer => {
                if !from.is_open() {
                    self.reopen()?;
                }
                self.clocks(if to == Status::WaitingCustomer { Event::Paused } else { Event::Resumed });
            }
        }
        Ok(())
    }

    /// The ticket ends, resolved or closed without that: it counts for whoever had it, and a rating of this end is asked for. Not of the
    /// desk itself, and not of a ticket that was closed before anybody took it up; whoever closes a ticket needs no mail of it.
    fn end(&mut self, from: Status) {
        let now = self.ctx.now;
        self.row.resolution_cycle += 1;
        (self.row.rating_score, self.row.rating_comment, self.row.rating_at) = (None, None, None);
        let by = self.author.user.as_ref().filter(|_| self.author.is_staff());
        let resolution = Resolution {
            ticket: &self.row.id,
            cycle: self.row.resolution_cycle,
            agent: self.row.assignee_id.as_ref().or(by),
            seconds: (now - self.row.created_at).num_seconds().max(0),
            at: now,
        };
        self.statements.extend(store::count_resolution(&resolution));
        let was_handled = self.row.status == Status::Resolved || from != Status::New;
        if self.quiet || !was_handled {
            return;
        }
        if !self.row.requester_role.is_staff() {
            let remind_at = now + chrono::TimeDelta::days(i64::from(self.ctx.tenant.settings().rating_reminder_days));
            self.statements.push(store::ask_for_rating(&self.row.id, self.row.resolution_cycle, now, remind_at));
        }
        if self.author.party != Party::Client {
            let mail = mails::resolved(self.ctx, &self.row);
            self.tells_of_end = mail.is_some();
            self.mail(mail);
        }
    }

    /// Tells requester and followers that the desk has moved the ticket, unless an answer says more.
    fn tell_of_move(&mut self, is_answered: bool) {
        let moved = self.left.filter(|from| *from != self.row.status).and_then(|from| Moved::between(from, self.row.status));
        if let Some(moved) = moved
            && self.author.is_staff()
            && !is_answered
        {
            let change = mails::Move { moved, author: &self.author, is_told: self.tells_of_end };
            let mails = mails::status_changed(self.ctx, &self.row, &self.followers, &change);
            self.mail(mails);
        }
    }

    fn reopen(&mut self) -> Result<(), ApiError> {
        if let Some(promises) = self.promises.take() {
            let promise = promises.find(&clocks::facts(&self.row))?;
            self.promise_from(promise, self.ctx.now);
        }
        self.clocks(Event::Reopened);
        self.row.resolved_at = None;
        self.row.closed_at = None;
        self.row.reopened_count += 1;
        self.statements.push(store::forget_reminder(&self.row.id));
        Ok(())
    }

    /// Writes everything in one batch under the guard of the version that was read, and asks for what follows. `comment` names
    /// the comment that the change brought, and whether clients see it.
    pub async fn save(mut self, action: &str, comment: Option<(&CommentId, Visibility)>) -> Result<TicketRow, ApiError> {
        let ctx = self.ctx;
        let calendar = self.calendar();
        self.row.updated_at = ctx.now;
        let breaches = std::mem::take(&mut self.breaches);
        breach::own_up(&mut self, &breaches);
        self.tell_of_move(matches!(comment, Some((_, Visibility::Public))));
        let (warned, late) = clocks::lights(&self.row, ctx.now, &calendar);
        let mut batch = store::save(&self.row, warned, late).to_vec();
        let (timers, next_due) = clocks::rows(&self.row, &calendar);
        batch.extend(timers);
        batch.append(&mut self.statements);
        let detail = Value::Object(std::mem::take(&mut self.changes));
        batch.push(audit::line_of(ctx, &self.author.reference(), action, self.row.id.as_str(), detail));
        let _: Vec<Rows> = ctx.db.batch(batch).await.map_err(|error| {
            let refusal = self.refusals.iter().find(|(rule, _)| error.is_refused_by(rule));
            refusal.map_or_else(|| ApiError::from(error.clone()), |(_, code)| ApiError::conflict(code))
        })?;
        self.row.version += 1;
        if self.sends_mail {
            ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
        }
        if let Some(at) = next_due {
            ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at });
        }
        tell(ctx, &self.row, &self.followers, comment);
        Ok(self.row)
    }
}

/// Tells open pages. A note of the desk is told to the desk alone.
fn tell(ctx: &Ctx<'_>, row: &TicketRow, followers: &[FollowerRow], comment: Option<(&CommentId, Visibility)>) {
    let changed = live::Event::TicketChanged { ticket: row.id.clone(), version: row.version };
    let message = match comment {
        Some((_, Visibility::Internal)) => live::HubMessage::staff(changed),
        _ => live::HubMessage::staff_and(row.hearers(followers), changed),
    };
    ctx.wake(Wake::Hub { tenant: ctx.tenant.id().clone(), message: message.to_json() });
    if let Some((comment, visibility)) = comment {
        let event = live::Event::CommentAdded { ticket: row.id.clone(), comment: comment.clone() };
        let message = match visibility {
            Visibility::Internal => live::HubMessage::staff(event),
            Visibility::Public => live::HubMessage::staff_and(row.hearers(followers), event),
        };
        ctx.wake(Wake::Hub { tenant: ctx.tenant.id().clone(), message: message.to_json() });
    }
}
