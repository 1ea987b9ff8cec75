//! The job that brings rows in: some at a time, each in a batch of its own with the mark that it is done.

use std::collections::{HashMap, HashSet};

use chrono_tz::Tz;
use serde_json::json;
use shared::database::{DbError, Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::UserId;
use shared::import::{Fault, Kind, Mapping, Record, Words};
use shared::limits::IMPORT_ROWS_AT_ONCE;
use shared::platform::Wake;
use shared::store::imports::{self as store, DoneRow, ImportRow, State};
use shared::store::people as people_store;
use shared::store::roles;
use shared::store::tickets::{self as tickets_store, DepartmentRow, PartyRow};
use shared::store::users::Status;
use shared::ticket::Channel;

use super::judge::{Judge, Judged, Known, Newcomer, Question, Ticket};
use super::{ended, read};
use crate::actions::tickets::bring_in::{Named, Past, bring_in};
use crate::actions::tickets::{NewTicket, Requester};
use crate::actions::{audit, people};
use crate::context::Ctx;

/// Brings the next rows of the oldest running import in, and asks to be called again while there are more. Answers how many rows were
/// looked at.
pub async fn run_due(ctx: &Ctx<'_>) -> Result<usize, ApiError> {
    let Some(import) = ctx.db.run(store::running()).await?.first::<ImportRow>()? else { return Ok(0) };
    if import.created_by_status != Status::Active {
        // What they lent it has ended.
        ctx.db.batch(ended(ctx, &import, State::Cancelled, "system").to_vec()).await?;
        return Ok(1);
    }
    let portion = read::next(ctx, &import, IMPORT_ROWS_AT_ONCE).await?;
    let count = portion.rows.len();
    if !Run::prepare(ctx, &import, &portion.rows).await?.rows(&portion.rows).await? {
        return Ok(count);
    }
    let mut batch = vec![store::guard_running(&import.id), store::advance(&import.id, portion.offset)];
    let is_over = portion.offset >= import.bytes;
    if is_over {
        batch.extend(ended(ctx, &import, State::Done, import.created_by.as_str()));
    }
    match ctx.db.batch(batch).await {
        // Stopped meanwhile.
        Err(error) if error.is_refused_by("stale_version") => return Ok(count),
        other => other?,
    };
    if !is_over {
        ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    }
    Ok(count.max(1))
}

/// A run over some rows.
struct Run<'a, 'c> {
    ctx: &'a Ctx<'c>,
    import: &'a ImportRow,
    mapping: Mapping,
    words: Words,
    zone: Tz,
    mailbox: String,
    known: Known,
    /// Requesters by their addresses, those among them whom a row before has made.
    parties: HashMap<String, PartyRow>,
    done: HashSet<u32>,
}

/// What came of writing a row.
#[derive(PartialEq, Eq)]
enum Written {
    /// What the row makes is made.
    Made,
    /// The row is done without that.
    Done,
    /// The import was stopped.
    Stopped,
}

impl<'a, 'c> Run<'a, 'c> {
    /// Loads all that the rows need in one round trip.
    async fn prepare(ctx: &'a Ctx<'c>, import: &'a ImportRow, rows: &[Record]) -> Result<Self, ApiError> {
        let mapping = Mapping::parse(import.kind, import.headers.len(), &import.mapping).map_err(ApiError::invalid)?;
        let lines = |record: Option<&Record>| record.map_or(0, |record| record.line);
        let question = Question::of(ctx, rows, &import.mapping);
        let mut batch = vec![store::done(&import.id, lines(rows.first()), lines(rows.last()))];
        batch.extend(question.statements());
        let fixed = batch.len();
        let addresses: HashSet<String> = match mapping.column("requester") {
            Some(column) => {
                let cells = rows.iter().filter_map(|row| row.cells.get(column));
                cells.filter_map(|cell| shared::mail::address::normalize(cell)).collect()
            }
            None => HashSet::new(),
        };
        batch.extend(addresses.iter().map(|address| tickets_store::party_by_email(address)));
        let mut answers = ctx.db.batch(batch).await?;
        let parties = answers.split_off(fixed.min(answers.len()));
        let mut answers = answers.into_iter();
        let done: Vec<DoneRow> = answers.next().map(|rows| rows.all()).transpose()?.unwrap_or_default();
        let known = question.read(ctx, &mut answers)?;
        let parties = parties.iter().map(Rows::first::<PartyRow>).collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            ctx,
            import,
            mapping,
            words: Words::new(),
            zone: import.zone.parse().unwrap_or_else(|_| ctx.tenant.zone()),
            mailbox: ctx.tenant.mailbox(),
            known,
            parties: parties.into_iter().flatten().map(|party| (party.email.clone(), party)).collect(),
            done: done.into_iter().map(|row| row.line).collect(),
        })
    }

    /// Brings them in one after the other; `false` when the import was stopped meanwhile.
    async fn rows(mut self, rows: &[Record]) -> Result<bool, ApiError> {
        for row in rows {
            if self.done.contains(&row.line) {
                continue;
            }
            if self.row(row).await? == Written::Stopped {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn row(&mut self, row: &Record) -> Result<Written, ApiError> {
        let judge = Judge {
            kind: self.import.kind,
            mapping: &self.mapping,
            words: &self.words,
            zone: self.zone,
            now: self.ctx.now,
            roles: &self.import.roles,
            mailbox: &self.mailbox,
        };
        match judge.judge(row, &self.known) {
            Err(faults) => self.write(row, Vec::new(), "refused", None, Some(&faults)).await,
            Ok(Judged::Known { ticket }) => {
                self.write(row, Vec::new(), "existing", ticket.as_ref().map(shared::id::TicketId::as_str), None).await
            }
            Ok(Judged::Ticket(ticket)) => self.ticket(row, *ticket).await,
            Ok(Judged::Person(person)) => self.person(row, &person).await,
        }
    }

    async fn ticket(&mut self, row: &Record, ticket: Ticket) -> Result<Written, ApiError> {
        let ctx = self.ctx;
        let cells = ticket.cells;
        let requester = Requester::Email {
            address: cells.requester.clone(),
            name: cells.requester_name.clone(),
            locale: Some(ctx.tenant.locale()),
        };
        let assignee = ticket.assignee.map(|member| PartyRow {
            id: member.id,
            name: member.name,
            email: member.email,
            role: member.role,
            status: member.status,
            locale: member.locale,
            email_verified_at: None,
            mail_blocked_at: None,
            organization_id: None,
            organization_name: None,
            customer_type: None,
        });
        let named = Named {
            requester: self.parties.get(&cells.requester).cloned(),
            assignee,
            department: ticket.department.map(|each| DepartmentRow { id: each.id, name: each.name }),
        };
        let past = Past {
            status: cells.status,
            created_at: cells.created_at,
            resolved_at: cells.resolved_at,
            by: self.import.created_by.as_str(),
            import: self.import.id.as_str(),
        };
        let new = NewTicket {
            priority: cells.priority,
            category: ticket.category,
            tags: cells.tags,
            assignee: named.assignee.as_ref().map(|person| person.id.clone()),
            department: named.department.as_ref().map(|each| each.id.clone()),
            quiet: true,
            ..NewTicket::new(ctx.ids(), cells.title, cells.description, requester, Channel::Api)
        };
        let is_new = named.requester.is_none();
        let (made, mut batch) = match bring_in(ctx, &new, &self.known.directory, named, past) {
            Ok(made) => made,
            Err(error) => return self.refuse(row, &error).await,
        };
        batch.extend(cells.external_id.as_ref().map(|external| store::name_ticket(external, &made.id)));
        let written = self.write(row, batch, "created", Some(made.id.as_str()), None).await?;
        if is_new && written == Written::Made {
            self.parties.insert(
                made.requester_email.clone(),
                PartyRow {
                    id: made.requester_id,
                    name: made.requester_name,
                    email: made.requester_email,
                    role: made.requester_role,
                    status: Status::Unverified,
                    locale: made.requester_locale,
                    email_verified_at: None,
                    mail_blocked_at: None,
                    organization_id: None,
                    organization_name: None,
                    customer_type: None,
                },
            );
        }
        Ok(written)
    }

    async fn person(&self, row: &Record, newcomer: &Newcomer) -> Result<Written, ApiError> {
        let ctx = self.ctx;
        let cells = &newcomer.cells;
        let id: UserId = ctx.ids().next();
        let user = people_store::NewUser {
            id: &id,
            email: &cells.email,
            name: &cells.name,
            role: cells.role,
            own_role: newcomer.own_role.as_ref().map(|own| &own.id),
            locale: cells.language,
            organization: newcomer.organization.as_ref(),
            department: newcomer.department.as_ref().map(|each| &each.id),
        };
        let mut batch = vec![people_store::insert(&user, ctx.now)];
        // A role that was changed or deleted since it was judged: the next run judges anew.
        batch.extend(newcomer.own_role.as_ref().map(|own| roles::guard_version(&own.id, own.version)));
        batch.extend(cells.time_zone.map(|zone| store::set_zone(&id, zone.name())));
        if self.import.invites {
            let (link, mail) = people::invitation(ctx, &id, &cells.email, cells.language);
            batch.extend([link, mail]);
        }
        let detail = json!({
            "email": cells.email, "name": cells.name, "role": cells.role, "own_role": user.own_role, "import": self.import.id
        });
        batch.push(audit::line_of(ctx, self.import.created_by.as_str(), "user.created", id.as_str(), detail));
        let written = self.write(row, batch, "created", Some(id.as_str()), None).await?;
        if self.import.invites && written == Written::Made {
            ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
        }
        Ok(written)
    }

    /// A row that a rule of tickets refuses.
    async fn refuse(&self, row: &Record, error: &ApiError) -> Result<Written, ApiError> {
        if error.status >= 500 {
            return Err(error.clone());
        }
        let mut faults: Vec<Fault> = error.fields.iter().map(|fault| Fault::of_cell(fault.clone(), "")).collect();
        if faults.is_empty() {
            faults.push(Fault::of_row("import_changed"));
        }
        self.write(row, Vec::new(), "refused", None, Some(&faults)).await
    }

    /// Writes what a row makes, with the mark that it is done. What stands in its way by now makes it one that was there already, or one
    /// that is refused; what is done by another run is done.
    async fn write(
        &self,
        row: &Record,
        made: Vec<TenantStatement>,
        outcome: &str,
        subject: Option<&str>,
        faults: Option<&[Fault]>,
    ) -> Result<Written, ApiError> {
        let makes = !made.is_empty();
        match self.batch(row, made, outcome, subject, faults).await {
            Ok(()) if makes => Ok(Written::Made),
            Ok(()) => Ok(Written::Done),
            Err(error) if error.is_refused_by("import_rows.line") => Ok(Written::Done),
            Err(error) if error.is_refused_by("stale_version") => Ok(Written::Stopped),
            Err(error) if makes && self.is_there_by_now(&error) => self.mark(row, "existing", None).await,
            Err(error) if makes && error.is_refused_by("foreign_key") => {
                self.mark(row, "refused", Some(&[Fault::of_row("import_changed")])).await
            }
            // Somebody wrote from the requester's address a moment ago: the next run knows them.
            Err(error) => Err(error.into()),
        }
    }

    fn is_there_by_now(&self, error: &DbError) -> bool {
        error.is_refused_by("imported_tickets.external_id")
            || (self.import.kind == Kind::Users && error.is_refused_by("users.email"))
    }

    async fn mark(&self, row: &Record, outcome: &str, faults: Option<&[Fault]>) -> Result<Written, ApiError> {
        match self.batch(row, Vec::new(), outcome, None, faults).await {
            Ok(()) => Ok(Written::Done),
            Err(error) if error.is_refused_by("import_rows.line") => Ok(Written::Done),
            Err(error) if error.is_refused_by("stale_version") => Ok(Written::Stopped),
            Err(error) => Err(error.into()),
        }
    }

    async fn batch(
        &self,
        row: &Record,
        made: Vec<TenantStatement>,
        outcome: &str,
        subject: Option<&str>,
        faults: Option<&[Fault]>,
    ) -> Result<(), DbError> {
        let mut batch = vec![store::guard_running(&self.import.id)];
        batch.extend(store::row(&self.import.id, row.line, outcome, subject, faults));
        batch.extend(made);
        self.ctx.db.batch(batch).await.map(|_| ())
    }
}
