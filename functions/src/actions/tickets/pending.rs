//! Messages of the desk that go out later: after the seconds in which they can be taken back, or at a chosen moment.
//!
//! Only forms of the desk write such messages; what comes by the API or by mail stands at once. The rows are the work, whoever asks for
//! it: the tenant's alarm, a repetition of it, or the sweep. A message goes out as if its writer sent it at that moment, with the rights
//! that they have then, to the ticket wherever it was merged, and its row goes in the batch that writes the comment: so it goes out once.
//! One that cannot go out stays where the desk sees it, with the reason.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::access::{Actor, Circumstances, Person, Policy};
use shared::database::{TenantDb, TenantStatement};
use shared::error::ApiError;
use shared::id::{AttachmentId, PendingId, TicketId};
use shared::live::{Event, HubMessage};
use shared::platform::Wake;
use shared::store::administrators::{self, InForce};
use shared::store::attachments;
use shared::store::held::{self, HeldRow};
use shared::store::pending::{self as store, Due, NewPending};
use shared::store::tickets;
use shared::ticket::forward::{Ask, Parcel, Quote};
use shared::ticket::{Body, Channel, Reference, TicketRow, UNDO_SECONDS};

use super::comment::{NewComment, comment, load_known, may_set_status};
use super::load::load;
use super::{Author, Landing, Loaded, Work, forward, mention, rights};
use crate::actions::audit;
use crate::actions::stale;
use crate::context::Ctx;

/// Keeps a message until `due_at`. What the ticket does not take as it is now is refused now.
pub async fn schedule(
    ctx: &Ctx<'_>,
    reference: &Reference,
    new: &NewComment<'_>,
    due_at: DateTime<Utc>,
    files: &[AttachmentId],
) -> Result<(PendingId, TicketRow), ApiError> {
    let author = Author::of(&ctx.actor);
    stale::again(stale::TRIES_MAX, async || {
        let loaded = load_known(ctx, reference, new, &author, Vec::new()).await?;
        keep(ctx, loaded, new, due_at, files).await
    })
    .await
}

async fn keep(
    ctx: &Ctx<'_>,
    mut loaded: Loaded,
    new: &NewComment<'_>,
    due_at: DateTime<Utc>,
    files: &[AttachmentId],
) -> Result<(PendingId, TicketRow), ApiError> {
    let person = &ctx.person()?.id;
    // What is forwarded is what stands there now: its writer sees it.
    let parcel = new.forward.as_ref().map(|ask| forward::parcel(ctx, &mut loaded, ask)).transpose()?;
    mention::named(ctx, &mut loaded, &mention::of(new, &Author::of(&ctx.actor))?)?;
    let row = loaded.row.clone();
    if let Some(status) = new.status {
        // The same change is made when the message goes out; here it only has to be possible.
        let mut trial = Work::begin(ctx, loaded, Author::of(&ctx.actor));
        may_set_status(&trial)?;
        trial.set_status(status)?;
    }
    let id: PendingId = ctx.ids().next();
    let pending = NewPending {
        id: &id,
        ticket: &row.id,
        author: person,
        visibility: new.visibility,
        body: new.body.as_str(),
        status: new.status,
        files,
        seen: new.seen.unwrap_or(i64::from(row.comment_count)),
        network: &ctx.network,
        due_at,
        created_at: ctx.now,
        forward: parcel.as_ref(),
    };
    let mut batch = vec![tickets::guard_version(&row.id, row.version)];
    batch.extend(store::insert(&pending));
    if let Some(also) = new.also {
        batch.extend(also(Landing { ticket: &row.id, comment: None }));
    }
    let detail = json!({ "message": id, "visibility": new.visibility, "due_at": due_at });
    batch.push(audit::line(ctx, "ticket.message_scheduled", row.id.as_str(), detail));
    ctx.db
        .batch(batch)
        .await
        .map_err(|error| if error.is_refused_by("limit") { ApiError::conflict("too_many_pending") } else { error.into() })?;
    ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: due_at });
    tell(ctx, &row.id);
    Ok((id, row))
}

/// Takes a message of one's own back: its text is the draft again. 404 when it has gone out, or is somebody else's.
pub async fn take_back(ctx: &Ctx<'_>, reference: &Reference, id: &PendingId) -> Result<(), ApiError> {
    let author = &ctx.person()?.id;
    change(ctx, reference, id, "ticket.message_taken_back", store::take_back(id, reference, author, ctx.now).to_vec()).await
}

/// Lets a message of one's own go out now. 404 when it has, or is somebody else's.
pub async fn release(ctx: &Ctx<'_>, reference: &Reference, id: &PendingId) -> Result<(), ApiError> {
    let author = &ctx.person()?.id;
    let statements = store::release(id, reference, author, &ctx.network, ctx.now).to_vec();
    change(ctx, reference, id, "ticket.message_released", statements).await?;
    ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: ctx.now });
    Ok(())
}

async fn change(
    ctx: &Ctx<'_>,
    reference: &Reference,
    id: &PendingId,
    action: &str,
    mut batch: Vec<TenantStatement>,
) -> Result<(), ApiError> {
    let ticket = load(ctx, reference, Vec::new()).await?.row.id;
    batch.push(audit::line(ctx, action, ticket.as_str(), json!({ "message": id })));
    ctx.db.batch(batch).await?;
    tell(ctx, &ticket);
    Ok(())
}

fn tell(ctx: &Ctx<'_>, ticket: &TicketId) {
    let message = HubMessage::staff(Event::PendingChanged { ticket: ticket.clone() });
    ctx.wake(Wake::Hub { tenant: ctx.tenant.id().clone(), message: message.to_json() });
}

/// Sets for how many seconds the person can take a message back.
pub async fn choose_undo(ctx: &Ctx<'_>, seconds: i64) -> Result<(), ApiError> {
    if !UNDO_SECONDS.contains(&seconds) {
        return Err(ApiError::field("undo_seconds", "unknown_value"));
    }
    let person = &ctx.person()?.id;
    let batch = vec![
        store::set_undo_seconds(person, seconds, ctx.now),
        audit::line(ctx, "account.undo_chosen", person.as_str(), json!({ "to": seconds })),
    ];
    ctx.db.batch(batch).await?;
    Ok(())
}

/// Sends what is due, at most `limit` messages; answers how many went out. One that fails does not hold up the others.
pub async fn send_due(ctx: &Ctx<'_>, limit: u32) -> Result<usize, ApiError> {
    let due: Vec<Due> = ctx.db.run(store::due(ctx.now, limit)).await?.all()?;
    let mut sent = 0;
    let mut failure = None;
    for message in &due {
        match send(ctx, message).await {
            Ok(()) => sent += 1,
            // Somebody else is at work on the ticket, or the database is not there: the next run finds it as it is.
            Err(error) if matches!(error.code, "stale_version" | "unavailable") => failure = failure.or(Some(error)),
            Err(error) => hold(ctx, message, error.code).await?,
        }
    }
    if due.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
        ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: ctx.now });
    }
    failure.map_or(Ok(sent), Err)
}

/// Sends one message as its writer.
async fn send(ctx: &Ctx<'_>, message: &Due) -> Result<(), ApiError> {
    let writer = writer(ctx, message).await?.ok_or_else(|| ApiError::conflict("author_gone"))?;
    let database = ctx.platform.database(ctx.tenant.database()).ok_or_else(|| ApiError::unavailable("no tenant database"))?;
    let mut as_writer =
        Ctx::for_job(ctx.platform, ctx.tenant, TenantDb::new(database.as_ref(), ctx.tenant), ctx.request_id.clone());
    as_writer.actor = Actor::Person(writer);
    as_writer.network.clone_from(&message.network);
    let also = |landing: Landing<'_>| {
        let mut rows = store::take(&message.id).to_vec();
        if let (Some(comment), false) = (landing.comment, message.files.is_empty()) {
            rows.push(attachments::bind(landing.ticket, comment, &message.author_id, message.visibility, &message.files));
        }
        rows
    };
    let body = Body::parse("body", &message.body).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let new = NewComment {
        visibility: message.visibility,
        status: message.status,
        seen: Some(message.seen),
        forward: message.forward.clone().map(again),
        also: Some(&also),
        ..NewComment::new(as_writer.ids(), body, Channel::Web)
    };
    let done = Box::pin(comment(&as_writer, &Reference::from(&message.ticket_id), &new)).await;
    for wake in as_writer.after.into_wakes() {
        ctx.wake(wake);
    }
    done.map(|_| ())
}

/// What was put together when the message was written. Its files were counted then.
fn again(parcel: Parcel) -> Ask {
    Ask { recipients: parcel.recipients, quote: Quote::Text(parcel.quoted), files: Vec::new(), fresh: (parcel.files, 0) }
}

/// The writer with the rights of this moment; none when the account is disabled or gone.
async fn writer(ctx: &Ctx<'_>, message: &Due) -> Result<Option<Person>, ApiError> {
    let answers = ctx.db.batch(vec![held::person(&message.author_id, ctx.now), administrators::in_force()]).await?;
    let [person, policies] = answers.as_slice() else {
        return Err(ApiError::internal("the batch was not answered"));
    };
    let Some(row) = person.first::<HeldRow>()? else { return Ok(None) };
    let policies: Vec<Policy> = policies.all::<InForce>()?.iter().map(InForce::policy).collect();
    let circumstances = Circumstances { address: &message.network, ..ctx.circumstances() };
    Ok(Some(rights::person(ctx, &row, &policies, &circumstances)))
}

/// Notes why a message could not go out. One that went out meanwhile, or was taken back, has no row any more.
async fn hold(ctx: &Ctx<'_>, message: &Due, reason: &'static str) -> Result<(), ApiError> {
    let detail = json!({ "message": message.id, "reason": reason });
    let mut batch = store::hold(&message.id, reason).to_vec();
    batch.push(audit::line(ctx, "ticket.message_held", message.ticket_id.as_str(), detail));
    match ctx.db.batch(batch).await {
        Ok(_) => tell(ctx, &message.ticket_id),
        Err(error) if error.is_refused_by("not_found") => {}
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
