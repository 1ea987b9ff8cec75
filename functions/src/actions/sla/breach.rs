//! What a missed promise brings about, whoever finds it: the timer, or a change of the ticket that comes after the deadline.
//!
//! All of it goes into the batch of the change that found it, so it happens once: the violation, a line of the history, one step of
//! escalation for a ticket that is still open, and mails to the assignee and to those who lead the desk.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::business_time;
use shared::i18n;
use shared::id::{OutboxId, UserId};
use shared::sla::{Clocks, DueKind, DueMoment, Notices};
use shared::store::{notices, sla as store};
use shared::ticket::{Priority, TicketRow, Visibility};

use crate::actions::tickets::changes::ESCALATION_LEVEL_MAX;
use crate::actions::tickets::{LEADERS_MAX, Work};

/// To the assignee, or to the department: a promise is nearly used up.
pub const SLA_WARNING: &str = "sla_warning";
/// To the assignee and to those who lead the desk: a promise was missed.
pub const SLA_BREACH: &str = "sla_breach";

/// Whose promise it was: what a change found, not what it made of it.
#[derive(Debug, Clone)]
pub struct Owed {
    policy: Option<String>,
    priority: Priority,
    assignee: Option<UserId>,
}

impl Owed {
    /// As the ticket stands.
    pub fn by(row: &TicketRow) -> Self {
        Self {
            policy: row.clocks.as_ref().and_then(Clocks::policy_id).map(str::to_owned),
            priority: row.priority,
            assignee: row.assignee_id.clone(),
        }
    }
}

/// Puts the consequences of missed promises into the change.
pub fn own_up(work: &mut Work<'_, '_>, breaches: &[(DueMoment, Owed)]) {
    for (breach, owed) in breaches.iter().filter(|(breach, _)| breach.kind == DueKind::Breach) {
        let clock = breach.clock.as_str();
        let written = store::violation(&store::Violation {
            ticket: &work.row.id,
            number: work.row.number,
            moment: breach,
            policy: owed.policy.as_deref(),
            priority: owed.priority,
            assignee: owed.assignee.as_ref(),
            detected_at: work.ctx.now,
        });
        work.also(written);
        work.line("sla_breached", Visibility::Internal, None, Some(clock.to_owned()));
        work.audited("sla_breached", json!({ "clock": clock, "due_at": breach.at }));
        escalate(work, clock);
        notify(work, SLA_BREACH, breach, None);
    }
}

/// Warns of a promise that is nearly used up; `told` is whether people get a mail of it.
pub fn warn(work: &mut Work<'_, '_>, warning: &DueMoment, percent: u8, told: bool) {
    let clock = warning.clock.as_str();
    work.line("sla_warning", Visibility::Internal, Some(percent.to_string()), Some(clock.to_owned()));
    work.audited("sla_warning", json!({ "clock": clock, "percent": percent }));
    if told {
        notify(work, SLA_WARNING, warning, Some(percent));
    }
}

/// One level up, as far as it goes. A ticket that has ended needs nobody's help any more.
fn escalate(work: &mut Work<'_, '_>, clock: &str) {
    if !work.row.status.is_open() || work.row.escalation_level >= ESCALATION_LEVEL_MAX {
        return;
    }
    let locale = work.ctx.tenant.locale();
    let target = i18n::text(locale, "sla-target", &[("value", clock.into())]);
    let reason = i18n::text(locale, "event-sla", &[("kind", "sla_breached".into()), ("target", target.into())]);
    let level = work.row.escalation_level;
    let text =
        |level: u8, reason: Option<&String>| reason.map_or_else(|| level.to_string(), |reason| format!("{level}: {reason}"));
    let before = text(level, work.row.escalation_reason.as_ref());
    let after = text(level + 1, Some(&reason));
    work.changed("escalated", Visibility::Internal, Some(before), Some(after));
    work.row.escalation_level = level + 1;
    work.row.escalation_reason = Some(reason);
}

fn notify(work: &mut Work<'_, '_>, template: &str, moment: &DueMoment, percent: Option<u8>) {
    let ctx = work.ctx;
    let ids: Vec<OutboxId> = (0..LEADERS_MAX).map(|_| ctx.ids().next()).collect();
    // The moment of a warning is not the deadline that it warns of.
    let deadline = work.row.clocks.as_ref().and_then(|clocks| clocks.clock(moment.clock).due_at()).unwrap_or(moment.at);
    let due_at = if percent.is_some() { deadline } else { moment.at };
    let data = match percent {
        Some(percent) => json!({ "target": moment.clock, "due_at": due_at.timestamp_millis(), "percent": percent }),
        None => json!({ "target": moment.clock, "due_at": due_at.timestamp_millis() }),
    };
    let assignee = work.row.assignee_id.as_ref();
    let mail = notices::notify(
        &notices::Notice {
            ids: &ids,
            template,
            locale: ctx.tenant.locale(),
            ticket: &work.row.id,
            data,
            assignee,
            department: work.row.department_id.as_ref().filter(|_| assignee.is_none()),
            leaders: percent.is_none() || assignee.is_none(),
            author: work.author.user.as_ref(),
            due_at: delivery(work),
        },
        ctx.now,
    );
    work.mail([mail]);
}

/// When a notice leaves: at once, or when the ticket's calendar opens next, as its policy says. Where it never opens, at once.
fn delivery(work: &Work<'_, '_>) -> DateTime<Utc> {
    let now = work.ctx.now;
    match work.row.clocks.as_ref().map(Clocks::notices) {
        Some(Notices::InHours) => business_time::next_open(&work.calendar(), now).unwrap_or(now),
        _ => now,
    }
}
