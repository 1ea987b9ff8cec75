//! One notice as its reader gets it: a title, a short text, and where it leads. A device shows it on its locked screen, so it says no more
//! than who looks over a shoulder may see of a mail's first lines.

use serde_json::{Value, json};
use shared::i18n::{self, Locale};
use shared::mail::sanitize::{html_to_words, markdown_to_html};
use shared::push::topic;
use shared::store::push_notices::Facts;
use shared::ticket::Visibility;

use crate::context::Ctx;

/// Characters of a title and of what was written: more is not shown anywhere.
const TITLE_CHARS: usize = 90;
const WORDS_CHARS: usize = 140;
/// Bytes of a comment that are looked at for them.
const COMMENT_BYTES: usize = 1_000;

/// What belongs to the desk alone.
const OF_DESK: [&str; 5] = ["assigned", "client_reply", "sla_warning", "sla_breach", "escalated"];
/// What cannot wait.
const URGENT: [&str; 4] = ["sla_warning", "sla_breach", "escalated", "trial"];

/// A notice ready to be sealed.
pub struct Notice {
    /// JSON for the service worker.
    pub text: String,
    /// What it is about, for the push service.
    pub topic: String,
    /// How soon the device is woken.
    pub urgency: &'static str,
    /// Seconds after which it is of no use any more.
    pub ttl_seconds: u32,
}

/// Writes it; `None` when it is of no use any more, or not for this reader.
pub fn write(ctx: &Ctx<'_>, facts: &Facts) -> Option<Notice> {
    if !facts.active {
        return None;
    }
    let is_staff = facts.role.is_staff();
    // A warning that waited, for quiet hours or for its service, and is settled.
    if !facts.still_warns() {
        return None;
    }
    if OF_DESK.contains(&facts.template.as_str()) && !is_staff {
        return None;
    }
    let (title, words, path, tag) = match &facts.ticket_id {
        None => (ctx.tenant.name().to_owned(), String::new(), "/".to_owned(), "trial".to_owned()),
        Some(ticket) => {
            // Read meanwhile, or said by a later one: the count is the same.
            let events = facts.events.filter(|_| !facts.overtaken && facts.there == Some(1))?;
            let number = ctx.tenant.ticket_reference(facts.number?);
            let may_echo = is_staff || facts.confirmed == Some(1);
            let subject = facts.title.as_deref().filter(|_| may_echo).unwrap_or_else(|| ctx.tenant.name());
            let title = if events > 1 { format!("({events}) {number} · {subject}") } else { format!("{number} · {subject}") };
            let words = words(facts, is_staff)?;
            (title, words, path(facts, &number, is_staff), ticket.to_string())
        }
    };
    let said = said(facts.locale, &facts.template)?;
    let body = if words.is_empty() { said } else { format!("{said}\n{words}") };
    let is_urgent = URGENT.contains(&facts.template.as_str());
    let text: Value = json!({
        "title": cut(&title, TITLE_CHARS), "body": body, "tag": tag, "path": path, "unread": facts.unread, "lang": facts.locale.as_str(),
        "dir": facts.locale.dir(),
    });
    Some(Notice {
        text: text.to_string(),
        topic: topic(ctx.tenant.id().as_str(), &tag),
        urgency: if is_urgent { "high" } else { "normal" },
        ttl_seconds: if is_urgent { 4 * 3600 } else { 2 * 24 * 3600 },
    })
}

/// What has happened, in words.
fn said(locale: Locale, template: &str) -> Option<String> {
    let ("agent_reply" | "status_changed" | "ticket_resolved" | "ticket_shared" | "assigned" | "client_reply" | "sla_warning"
    | "sla_breach" | "escalated" | "trial") = template
    else {
        return None;
    };
    Some(i18n::text(locale, "push-kind", &[("value", template.into())]))
}

/// The beginning of what was written, if something was. `None` when it is not for this reader.
fn words(facts: &Facts, is_staff: bool) -> Option<String> {
    if facts.comment_id.is_none() {
        return Some(String::new());
    }
    let body = facts.body.as_deref()?;
    if facts.visibility == Some(Visibility::Internal) && !is_staff {
        return None;
    }
    let end = (0..=COMMENT_BYTES.min(body.len())).rev().find(|end| body.is_char_boundary(*end)).unwrap_or(0);
    Some(cut(&html_to_words(&markdown_to_html(body.get(..end).unwrap_or_default())), WORDS_CHARS))
}

/// The ticket's page for this reader, at the comment.
fn path(facts: &Facts, number: &str, is_staff: bool) -> String {
    let page = if is_staff { "/agent/tickets" } else { "/tickets" };
    match &facts.comment_id {
        Some(comment) => format!("{page}/{number}#c-{comment}"),
        None => format!("{page}/{number}"),
    }
}

fn cut(text: &str, chars: usize) -> String {
    if text.chars().count() <= chars {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(chars.saturating_sub(1)).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}
