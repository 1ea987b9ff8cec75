//! The watch: looks through the latest lines of the audit log, raises alerts, mails them, and blocks networks that try passwords.
//!
//! It runs with every sweep and looks back over three of them. What was found before is found again and recognised by its key, so a run
//! may be lost or come twice.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::alert::{self, Finding, Line, Visited, WATCHED};
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::id::AlertId;
use shared::limits::{ALERT_COUNTRY_DAYS, ALERT_WINDOW_SECONDS, ALERTS_AT_ONCE, BLOCK_AFTER_REFUSALS, BLOCKS_MAX};
use shared::net::range::Range;
use shared::platform::Wake;
use shared::store::address_blocks::{self, InForce};
use shared::store::outbox;
use shared::store::security_alerts::{self as store, Contact, Home, Key};

use crate::actions::accounts::throttle::network;
use crate::actions::{audit, blocks};
use crate::context::Ctx;

/// Looks, and answers how many alerts were raised and networks blocked.
pub async fn watch(ctx: &Ctx<'_>) -> Result<usize, ApiError> {
    let since = ctx.now - TimeDelta::seconds(ALERT_WINDOW_SECONDS);
    let answers = ctx.db.batch(WATCHED.iter().map(|action| store::lines(action, since)).collect()).await?;
    let mut lines: Vec<Line> = Vec::new();
    for rows in &answers {
        lines.extend(rows.all::<Line>()?);
    }
    if lines.is_empty() {
        return Ok(0);
    }
    let around = Around::load(ctx, &lines, since).await?;
    let fresh = fresh(ctx, alert::findings(&lines, &around.visited)).await?;
    let blocked = to_block(ctx, &around);

    let mut batch: Vec<TenantStatement> =
        blocked.iter().flat_map(|(network, refusals)| blocks::by_rule(ctx, network, *refusals)).collect();
    batch.extend(raise(ctx, &fresh.findings));
    batch.extend(mails(ctx, &fresh));
    match ctx.db.batch(batch).await {
        // Another run was at work at the same moment, and has told everybody.
        Err(error) if error.is_refused_by("security_alerts.period") => return Ok(0),
        other => other?,
    };
    if !fresh.findings.is_empty() {
        ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    }
    Ok(fresh.findings.len() + blocked.len())
}

/// What has to be known beside the lines.
struct Around {
    visited: Vec<Visited>,
    /// Networks from which enough was refused to block them, and how much.
    suspects: Vec<(String, i64)>,
    homes: Vec<Home>,
    in_force: Vec<InForce>,
}

impl Around {
    async fn load(ctx: &Ctx<'_>, lines: &[Line], since: DateTime<Utc>) -> Result<Self, ApiError> {
        let people: BTreeSet<&str> = lines
            .iter()
            .filter(|line| line.action == "session.opened" && line.country.is_some())
            .map(|line| line.actor.as_str())
            .collect();
        let people: Vec<&str> = people.into_iter().collect();
        let suspects: Vec<(String, i64)> = alert::refusals_by_network(lines, network)
            .into_iter()
            .filter(|(_, refusals)| ctx.tenant.settings().block_networks && *refusals >= BLOCK_AFTER_REFUSALS)
            .collect();
        let networks: Vec<&str> = suspects.iter().map(|(network, _)| network.as_str()).collect();
        let first_seen = ctx.now - TimeDelta::days(ALERT_COUNTRY_DAYS);
        let batch = vec![
            store::visited(&people, first_seen, since),
            store::homes(&networks),
            address_blocks::in_force(ctx.now, BLOCKS_MAX),
        ];
        let answers = ctx.db.batch(batch).await?;
        let [visited, homes, in_force] = answers.as_slice() else { return Err(ApiError::internal("a batch of three")) };
        Ok(Self { visited: visited.all()?, homes: homes.all()?, in_force: in_force.all()?, suspects })
    }
}

/// Networks to block: those that nobody signs in from, and that are not blocked yet.
fn to_block(ctx: &Ctx<'_>, around: &Around) -> Vec<(String, i64)> {
    let is_blocked = |network: &str| {
        let Ok(address) = network.parse() else { return true };
        let covers = |row: &InForce| Range::parse(&row.range).is_ok_and(|range| range.contains(address));
        around.in_force.iter().any(|row| row.expires_at > ctx.now && covers(row))
    };
    around
        .suspects
        .iter()
        .filter(|(network, _)| !around.homes.iter().any(|home| home.network == *network) && !is_blocked(network))
        .cloned()
        .collect()
}

/// Findings that nobody was told of, and whom to tell.
struct Fresh {
    findings: Vec<Finding>,
    contacts: Vec<Contact>,
}

async fn fresh(ctx: &Ctx<'_>, findings: Vec<Finding>) -> Result<Fresh, ApiError> {
    if findings.is_empty() {
        return Ok(Fresh { findings, contacts: Vec::new() });
    }
    let [known, silenced] = store::known(&findings, ctx.now);
    let answers = ctx.db.batch(vec![known, silenced, store::administrators()]).await?;
    let [known, silenced, administrators] = answers.as_slice() else { return Err(ApiError::internal("a batch of three")) };
    let (known, silenced): (Vec<Key>, Vec<Key>) = (known.all()?, silenced.all()?);
    let is_fresh = |found: &Finding| {
        let is = |key: &Key| key.kind == found.kind && key.subject == found.subject;
        !silenced.iter().any(is) && !known.iter().any(|key| is(key) && key.period == Some(found.period))
    };
    let set = &ctx.tenant.settings().security_contacts;
    let contacts = if set.is_empty() {
        administrators.all()?
    } else {
        set.iter().map(|email| Contact { id: None, email: email.clone(), locale: None }).collect()
    };
    Ok(Fresh { findings: findings.into_iter().filter(is_fresh).take(ALERTS_AT_ONCE).collect(), contacts })
}

fn raise(ctx: &Ctx<'_>, findings: &[Finding]) -> Vec<TenantStatement> {
    let raised = findings.iter().flat_map(|found| {
        let id: AlertId = ctx.ids().next();
        let detail = json!({ "kind": found.kind, "about": found.subject, "detail": found.detail });
        [store::insert(&id, found, ctx.now), audit::line(ctx, "alert.raised", id.as_str(), detail)]
    });
    raised.collect()
}

/// One mail to each contact, whatever the number of alerts.
fn mails(ctx: &Ctx<'_>, fresh: &Fresh) -> Vec<TenantStatement> {
    if fresh.findings.is_empty() {
        return Vec::new();
    }
    let kinds: BTreeSet<&str> = fresh.findings.iter().map(|found| found.kind.as_str()).collect();
    let data = json!({ "kinds": kinds, "at": ctx.now.timestamp_millis() });
    let mail = |contact: &Contact| {
        outbox::mail(
            &outbox::NewMail {
                id: ctx.ids().next(),
                template: "security_alert",
                recipient: &contact.email,
                recipient_user: contact.id.as_ref(),
                locale: contact.locale.unwrap_or_else(|| ctx.tenant.locale()),
                ticket: None,
                comment: None,
                data: data.clone(),
            },
            ctx.now,
        )
    };
    fresh.contacts.iter().map(mail).collect()
}
