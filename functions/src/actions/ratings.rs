//! Ratings: who may give one, when it may still be changed, links that need no account, and the one reminder.
//!
//! A rating belongs to a resolution: a ticket that was opened and solved again may be rated again, and the links of the
//! former resolution are worth nothing any more.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::database::{Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::id::TicketId;
use shared::limits::{
    RATING_COMMENT_CHARS_MAX, RATING_EDIT_SECONDS, RATING_LINK_SECONDS, RATING_WINDOW_SECONDS, RATINGS_PER_NETWORK,
};
use shared::platform::Wake;
use shared::store::history;
use shared::store::outbox;
use shared::store::ratings::{self as store, Due, Facts, NewRating};
use shared::ticket::{Reference, Status, Visibility};

use super::accounts::throttle::{Throttle, Verdict, network};
use super::audit;
use crate::context::Ctx;

const LABEL: &str = "rating-link";

/// What a link's token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Of which ticket.
    pub ticket: TicketId,
    /// Of which resolution.
    pub cycle: i64,
}

/// A rating as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// 1 to 5.
    pub score: i64,
    /// What was written with it.
    pub comment: String,
    /// When it was given or last changed.
    pub at: DateTime<Utc>,
    /// Until when it may be changed.
    pub editable_until: DateTime<Utc>,
    /// Whether it was given just now, not changed.
    pub is_new: bool,
}

/// The address at which one resolution of a ticket can be rated without signing in, for two weeks from now.
pub fn link(ctx: &Ctx<'_>, ticket: &TicketId, cycle: i64) -> String {
    ctx.link(&format!("/rate/{}", token(ctx, ticket, cycle)))
}

/// The token of such an address.
pub fn token(ctx: &Ctx<'_>, ticket: &TicketId, cycle: i64) -> String {
    let expires = (ctx.now.timestamp() + RATING_LINK_SECONDS).to_string();
    let hex = ticket.as_str().trim_start_matches(TicketId::PREFIX);
    format!("{hex}.{cycle}.{expires}.{}", signature(ctx, ticket, &cycle.to_string(), &expires))
}

/// What a token says; `None` when it is not ours, not this tenant's, or over.
pub fn claims(ctx: &Ctx<'_>, token: &str) -> Option<Claims> {
    let mut parts = token.split('.');
    let (hex, cycle, expires, signature) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let ticket = TicketId::parse(&format!("{}{hex}", TicketId::PREFIX)).ok()?;
    let good = ctx.signer().verify(LABEL, &[ctx.tenant.id().as_str(), ticket.as_str(), cycle, expires], signature)
        && parts.next().is_none();
    let live = expires.parse::<i64>().is_ok_and(|expires| expires > ctx.now.timestamp());
    (good && live).then_some(Claims { ticket, cycle: cycle.parse().ok()? })
}

fn signature(ctx: &Ctx<'_>, ticket: &TicketId, cycle: &str, expires: &str) -> String {
    ctx.signer().sign(LABEL, &[ctx.tenant.id().as_str(), ticket.as_str(), cycle, expires])
}

/// The requester rates the present resolution, or changes the rating within a day. Whoever sees the ticket without being
/// its requester is refused (403); whoever does not see it finds nothing (404).
pub async fn rate(ctx: &Ctx<'_>, ticket: &Reference, score: i64, comment: &str) -> Result<Rating, ApiError> {
    let person = ctx.person()?;
    check(score, comment)?;
    let facts = visible(ctx, ticket).await?;
    if facts.requester_id != person.id {
        return Err(ApiError::forbidden());
    }
    write(ctx, &facts, facts.cycle, score, comment, person.id.as_str()).await
}

/// Whoever holds the link rates the resolution that it names. 404 when that is no longer the ticket's present one, 429 when the network
/// has sent too many.
pub async fn rate_by_link(ctx: &Ctx<'_>, claims: &Claims, score: i64, comment: &str) -> Result<Rating, ApiError> {
    let throttle =
        Throttle::within(ctx, RATING_WINDOW_SECONDS).limit(&["rate-network", &network(&ctx.network)], RATINGS_PER_NETWORK);
    let mut load = throttle.statements();
    load.push(store::facts(&Reference::Id(claims.ticket.clone()), None));
    let rows = ctx.db.batch(load).await?;
    if throttle.verdict(&rows)? != Verdict::Within {
        return Err(ApiError::too_many(throttle.retry_after_seconds));
    }
    check(score, comment)?;
    let facts = rows.last().map(|rows| ratable(claims, rows)).transpose()?.ok_or_else(ApiError::not_found)?;
    write(ctx, &facts, claims.cycle, score, comment, "link").await
}

/// The ticket that a link is for, with its rating; 404 when there is nothing to rate any more.
pub async fn linked(ctx: &Ctx<'_>, claims: &Claims) -> Result<Facts, ApiError> {
    ratable(claims, &ctx.db.run(store::facts(&Reference::Id(claims.ticket.clone()), None)).await?)
}

fn ratable(claims: &Claims, rows: &Rows) -> Result<Facts, ApiError> {
    rows.first::<Facts>()?
        .filter(|facts| facts.cycle == claims.cycle && !facts.deleted && !facts.merged && is_solved(facts))
        .ok_or_else(ApiError::not_found)
}

/// The rating of the present resolution of a ticket that the actor may see.
pub async fn show(ctx: &Ctx<'_>, ticket: &Reference) -> Result<Option<Rating>, ApiError> {
    let facts = visible(ctx, ticket).await?;
    Ok(standing(&facts))
}

/// The statement for [`given`], to be loaded beside a ticket.
pub fn facts(ticket: &Reference) -> TenantStatement {
    store::facts(ticket, None)
}

/// The rating of the present resolution from the answer of [`facts`]; whether the actor may see the ticket was decided before.
pub fn given(rows: &Rows) -> Result<Option<Rating>, ApiError> {
    Ok(rows.first::<Facts>()?.as_ref().and_then(standing))
}

/// The rating that the facts hold.
pub fn standing(facts: &Facts) -> Option<Rating> {
    let (given, changed) = (moment(facts.rated_at?)?, moment(facts.changed_at?)?);
    Some(Rating {
        score: facts.score?,
        comment: facts.comment.clone().unwrap_or_default(),
        at: changed,
        editable_until: given + TimeDelta::seconds(RATING_EDIT_SECONDS),
        is_new: false,
    })
}

async fn visible(ctx: &Ctx<'_>, ticket: &Reference) -> Result<Facts, ApiError> {
    let mut loaded = super::tickets::load(ctx, ticket, vec![store::facts(ticket, None)]).await?;
    loaded.next()?.first::<Facts>()?.ok_or_else(ApiError::not_found)
}

fn check(score: i64, comment: &str) -> Result<(), ApiError> {
    let mut faults = Vec::new();
    if !(1..=5).contains(&score) {
        faults.push(FieldError::new("score", "out_of_range").arg("minimum", 1).arg("maximum", 5));
    }
    if comment.chars().count() > RATING_COMMENT_CHARS_MAX {
        faults.push(FieldError::new("comment", "too_long").arg("maximum", RATING_COMMENT_CHARS_MAX));
    }
    if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults)) }
}

fn is_solved(facts: &Facts) -> bool {
    matches!(facts.status, Status::Resolved | Status::Closed)
}

async fn write(ctx: &Ctx<'_>, facts: &Facts, cycle: i64, score: i64, comment: &str, by: &str) -> Result<Rating, ApiError> {
    if facts.merged || facts.requester_role.is_staff() {
        return Err(ApiError::conflict("not_ratable"));
    }
    if !is_solved(facts) {
        return Err(ApiError::conflict("not_solved"));
    }
    let comment = comment.trim();
    let mut batch = vec![store::guard_solved(&facts.id, cycle)];
    let former = standing(facts);
    let editable_until = if let (Some(former), Some(id)) = (&former, &facts.rating_id) {
        if former.editable_until <= ctx.now {
            return Err(ApiError::conflict("rating_final"));
        }
        batch.push(store::guard_score(id, former.score, former.at.timestamp_millis()));
        batch.push(store::update(id, score, comment, ctx.now));
        if let Some(agent) = &facts.rated_agent_id {
            batch.push(store::recount(agent, score - former.score));
        }
        former.editable_until
    } else {
        batch.push(store::insert(
            &NewRating {
                id: ctx.ids().next(),
                ticket: &facts.id,
                cycle,
                score,
                comment,
                agent: facts.agent_id.as_ref(),
                rated_by: by,
            },
            ctx.now,
        ));
        batch.extend(facts.agent_id.as_ref().map(|agent| store::count(agent, score)));
        batch.push(store::no_reminder(&facts.id, cycle));
        ctx.now + TimeDelta::seconds(RATING_EDIT_SECONDS)
    };
    batch.extend(traces(ctx, facts, former.as_ref().map(|former| former.score), score, by));
    match ctx.db.batch(batch).await {
        // Rated twice at the same moment: the other one stands, and can be changed.
        Err(error) if ["ratings.cycle", "conflict", "stale_version"].iter().any(|rule| error.is_refused_by(rule)) => {
            return Err(ApiError::conflict("conflict"));
        }
        other => other?,
    };
    Ok(Rating { score, comment: comment.to_owned(), at: ctx.now, editable_until, is_new: former.is_none() })
}

/// The line of the timeline and of the audit log.
fn traces(ctx: &Ctx<'_>, facts: &Facts, former: Option<i64>, score: i64, by: &str) -> [TenantStatement; 2] {
    // Whoever holds the requester's link acts for the requester.
    let author = if by == "link" { facts.requester_id.as_str() } else { by };
    [
        history::append(history::Line {
            id: ctx.ids().next(),
            ticket: &facts.id,
            at: ctx.now,
            actor: author,
            kind: "rated",
            visibility: Visibility::Public,
            from: former.map(|score| score.to_string()),
            to: Some(score.to_string()),
        }),
        audit::line_of(ctx, author, "ticket.rated", facts.id.as_str(), json!({ "from": former, "to": score, "by": by })),
    ]
}

/// Asks once more for ratings that nobody gave, at most `limit` at a time; says how many requests were dealt with. For the
/// sweep: what it did is no longer due.
pub async fn remind_due(ctx: &Ctx<'_>, limit: u32) -> Result<usize, ApiError> {
    let due: Vec<Due> = ctx.db.run(store::due(ctx.now, limit)).await?.all()?;
    let mut batch = Vec::with_capacity(due.len() * 3);
    for request in &due {
        batch.push(store::guard_reminder(&request.ticket_id, request.cycle));
        batch.push(store::no_reminder(&request.ticket_id, request.cycle));
        if request.wanted {
            batch.push(outbox::mail(
                &outbox::NewMail {
                    id: ctx.ids().next(),
                    template: "rating_reminder",
                    recipient: &request.email,
                    recipient_user: Some(&request.user_id),
                    locale: request.locale.unwrap_or_else(|| ctx.tenant.locale()),
                    ticket: Some(&request.ticket_id),
                    comment: None,
                    data: json!({ "cycle": request.cycle, "echo": true }),
                },
                ctx.now,
            ));
        }
    }
    match ctx.db.batch(batch).await {
        // Another sweep is at it.
        Err(error) if error.is_refused_by("already_done") => return Ok(0),
        other => other?,
    };
    if due.iter().any(|request| request.wanted) {
        ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    }
    Ok(due.len())
}

fn moment(ms: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(ms)
}
