//! A stored mail on its way: read once more, decided about, and held for a person where nothing can be made of it.

use chrono::TimeDelta;
use shared::error::ApiError;
use shared::http::Body;
use shared::id::InboundId;
use shared::limits::MAIL_IN_BYTES_MAX;
use shared::mail::parse::parse;
use shared::mail::thread::{Decision, Rules, decide};
use shared::mail::{AutoClass, InboundMail, Reason};
use shared::store::inbound::{self as store, Inbound};

use super::case::Case;
use super::evidence::gather;
use super::{INTERNAL, Taken, bounce, envelope};
use crate::context::Ctx;

/// How often a mail at which we fail is tried before it waits for a person.
const TRIES_MAX: i64 = 5;
/// How long a mail may be at work before the sweep takes it up.
const LEFT_BEHIND_SECONDS: i64 = 60;

/// On whose asking a mail is processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It has come, or was left behind.
    ByItself,
    /// A person looked at it and wants it in: caps and doubts about machines and strangers do not count any more.
    ByPerson,
}

/// Makes something of the mails that a crash left behind, at most `limit`; says how many were looked at. One at which we fail
/// holds no other up; the first failure is told in the end.
pub async fn process_received(ctx: &Ctx<'_>, limit: u32) -> Result<usize, ApiError> {
    let until = ctx.now - TimeDelta::seconds(LEFT_BEHIND_SECONDS);
    let ids = store::ids(&ctx.db.run(store::left_behind(until, limit)).await?)?;
    let mut failed = None;
    for id in &ids {
        if let Err(error) = take(ctx, id, Asked::ByItself).await {
            failed.get_or_insert(error);
        }
    }
    failed.map_or(Ok(ids.len()), Err)
}

/// Makes something of a stored mail. One of which something was made already stays as it is.
pub async fn take(ctx: &Ctx<'_>, id: &InboundId, asked: Asked) -> Result<Taken, ApiError> {
    let answers = ctx.db.batch(vec![store::count_try(id), store::by_id(id)]).await?;
    let mail: Inbound = match answers.get(1) {
        Some(rows) => rows.first()?.ok_or_else(ApiError::not_found)?,
        None => return Err(ApiError::internal("the batch was not answered")),
    };
    if !mail.is_open() {
        return Ok(Taken::of(&mail));
    }
    // A try is counted before it is made: where so many came to no end, the mail ends whoever reads it.
    if asked == Asked::ByItself && mail.attempts > TRIES_MAX {
        return hold(ctx, &mail, INTERNAL, "no try came to an end").await;
    }
    match read(ctx, &mail).await {
        Ok(Ok(message)) => Ok(attempt(ctx, &mail, &message, asked).await),
        Ok(Err(reason)) => hold(ctx, &mail, reason.code(), "").await,
        Err(error) => Ok(failed(ctx, &mail, &error).await),
    }
}

/// The raw mail, parsed once more.
async fn read(ctx: &Ctx<'_>, mail: &Inbound) -> Result<Result<InboundMail, Reason>, ApiError> {
    let Some((_, stream)) = ctx.platform.files().get(&mail.storage_key, None).await? else {
        return Err(ApiError::internal("the raw mail is not in storage"));
    };
    let raw = Body::Stream(stream).read(MAIL_IN_BYTES_MAX).await?;
    Ok(parse(&raw, &envelope(mail.envelope_from.as_deref(), Some(&mail.mailbox)), mail.authserv.as_deref().as_slice()))
}

/// Processes, and keeps the mail whatever happens: a failure of ours is tried again by the sweep, and shown to a person when
/// trying does not help.
pub async fn attempt(ctx: &Ctx<'_>, mail: &Inbound, message: &InboundMail, asked: Asked) -> Taken {
    match process(ctx, mail, message, asked).await {
        Ok(taken) => taken,
        Err(error) => failed(ctx, mail, &error).await,
    }
}

async fn failed(ctx: &Ctx<'_>, mail: &Inbound, error: &ApiError) -> Taken {
    // Somebody else may have been faster: then it is done.
    if let Ok(Some(now)) = reload(ctx, mail).await
        && !now.is_open()
    {
        return Taken::of(&now);
    }
    // A ticket that many change at once has a quieter moment later.
    let passes = error.status >= 500 || error.code == "stale_version";
    let passing = passes && mail.attempts < TRIES_MAX && mail.state == "received";
    if passing {
        return Taken::of(mail);
    }
    let fields: Vec<String> = error.fields.iter().map(|fault| format!("{}: {}", fault.field, fault.code)).collect();
    let detail = format!("{} {} {}", error.code, fields.join(", "), error.cause.as_deref().unwrap_or_default());
    hold(ctx, mail, INTERNAL, detail.trim()).await.unwrap_or_else(|_| Taken::of(mail))
}

async fn reload(ctx: &Ctx<'_>, mail: &Inbound) -> Result<Option<Inbound>, ApiError> {
    Ok(ctx.db.run(store::by_id(&mail.id)).await?.first()?)
}

/// Lets the mail wait for a person.
pub(super) async fn hold(ctx: &Ctx<'_>, mail: &Inbound, reason: &str, detail: &str) -> Result<Taken, ApiError> {
    let detail: String = detail.chars().take(500).collect();
    let answers = ctx.db.batch(vec![store::hold(&mail.id, reason, &detail), store::by_id(&mail.id)]).await?;
    let row: Option<Inbound> = answers.get(1).map(shared::database::Rows::first).transpose()?.flatten();
    Ok(row.as_ref().map_or_else(|| Taken::of(mail), Taken::of))
}

async fn process(ctx: &Ctx<'_>, mail: &Inbound, message: &InboundMail, asked: Asked) -> Result<Taken, ApiError> {
    let evidence = gather(ctx, &mail.mailbox, message, asked).await?;
    let case = Case { ctx, mail, message, evidence: &evidence };
    if !evidence.candidates.came_back
        && matches!(message.auto, AutoClass::Bounce(_) | AutoClass::Feedback(_) | AutoClass::Receipt)
        && let Some(taken) = bounce::take(ctx, mail, message, &evidence).await?
    {
        return Ok(taken);
    }
    let rules = Rules { lists_open_tickets: asked == Asked::ByPerson, ..Rules::default() };
    match decide(message, &evidence.candidates, &evidence.loaded, rules, ctx.now) {
        Decision::Append { ticket, internal: true, .. } => Box::pin(case.append_note(&ticket)).await,
        Decision::Append { ticket, reopen, .. } => Box::pin(case.append(&ticket, reopen)).await,
        Decision::New { linked, answer } => Box::pin(case.open(linked.map(|(ticket, _)| ticket), answer)).await,
        Decision::Held(Reason::UnknownSender) if asked == Asked::ByPerson => {
            Box::pin(case.open(evidence.first_ticket(), false)).await
        }
        Decision::Held(Reason::Automatic | Reason::Report) if asked == Asked::ByPerson => Box::pin(case.open(None, false)).await,
        Decision::Held(reason) => hold(ctx, mail, reason.code(), "").await,
    }
}
