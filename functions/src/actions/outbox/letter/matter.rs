//! What a mail is about, as its reader may be told of it.

use chrono::{DateTime, Utc};
use serde_json::Value;
use shared::alert::Kind;
use shared::mail::templates::{Moved, Notice, SecurityEvent, Target, TicketRef};
use shared::sla::ClockKind;
use shared::store::one_time::Purpose;
use shared::store::outbox::{Claimed, TicketFacts};
use shared::ticket::{Visibility, picture};

use super::{Facts, failure};
use crate::actions::accounts::links;
use crate::actions::ratings;
use crate::actions::tickets::mails::FORWARDED;
use crate::context::Ctx;

/// What a mail is about.
pub(super) struct Matter<'m, 'c> {
    pub(super) ctx: &'m Ctx<'c>,
    pub(super) mail: &'m Claimed,
    pub(super) facts: &'m Facts,
    pub(super) ticket: Option<&'m TicketFacts>,
    /// Whether the reader belongs to the desk.
    pub(super) is_staff: bool,
}

impl Matter<'_, '_> {
    /// What the reader is told.
    pub(super) fn notice(&self) -> Result<Notice, String> {
        match self.mail.template.as_str() {
            "ticket_received" => {
                let facts = self.facts()?;
                Ok(Notice::TicketReceived { ticket: self.ticket()?, due_at: facts.first_response_due_at.or(facts.next_due_at) })
            }
            "agent_reply" => {
                Ok(Notice::AgentReply { ticket: self.ticket()?, agent: self.words("agent"), markdown: self.comment()? })
            }
            FORWARDED => self.forwarded(),
            "ticket_shared" => Ok(Notice::TicketShared { ticket: self.ticket()?, by: self.words("by") }),
            "status_changed" => {
                let moved = self.text("moved").as_deref().and_then(Moved::parse).ok_or(failure::UNKNOWN_KIND)?;
                Ok(Notice::StatusChanged { ticket: self.ticket()?, moved })
            }
            "ticket_resolved" => {
                // What the desk opened for itself is not rated.
                let rating_url = if self.is_staff { None } else { Some(self.rating_url()?) };
                Ok(Notice::TicketResolved { ticket: self.ticket()?, rating_url })
            }
            "rating_reminder" => Ok(Notice::RatingReminder { ticket: self.ticket()?, rating_url: self.rating_url()? }),
            "assigned" => {
                let due_at = self.facts()?.next_due_at;
                Ok(Notice::Assigned { ticket: self.ticket()?, by: self.words("by"), due_at })
            }
            "sla_warning" => {
                let percent = self.small("percent")?;
                self.still_warns(percent)?;
                Ok(Notice::SlaWarning { ticket: self.ticket()?, target: self.target()?, percent, due_at: self.moment("due_at")? })
            }
            "sla_breach" | "sla_breached" => {
                Ok(Notice::SlaBreach { ticket: self.ticket()?, target: self.target()?, due_at: self.moment("due_at")? })
            }
            "client_reply" | "mentioned" | "escalated" | "reminder" => self.of_the_desk(),
            _ => self.of_an_account(),
        }
    }

    /// What belongs to the desk. Somebody who has left it since gets nothing of that.
    fn of_the_desk(&self) -> Result<Notice, String> {
        if !self.is_staff {
            return Err(failure::NOT_FOR_THEM.to_owned());
        }
        match self.mail.template.as_str() {
            "client_reply" => {
                Ok(Notice::ClientReply { ticket: self.ticket()?, client: self.words("client"), markdown: self.comment()? })
            }
            "mentioned" => Ok(Notice::Mentioned { ticket: self.ticket()?, by: self.words("by"), markdown: self.comment()? }),
            "escalated" => Ok(Notice::Escalated {
                ticket: self.ticket()?,
                by: self.words("by"),
                level: self.small("level")?,
                reason: self.words("reason"),
            }),
            "reminder" => {
                let ticket = if self.mail.ticket_id.is_some() { Some(self.ticket()?) } else { None };
                Ok(Notice::Reminder { ticket, text: self.words("text"), url: self.ctx.link("/agent/reminders") })
            }
            _ => Err(failure::UNKNOWN_KIND.to_owned()),
        }
    }

    /// What is about the reader's account, or the safety of all.
    fn of_an_account(&self) -> Result<Notice, String> {
        match self.mail.template.as_str() {
            "confirm_address" => {
                Ok(Notice::ConfirmAddress { url: self.link(Purpose::ConfirmAddress)?, expires_at: self.moment("expires_at")? })
            }
            "confirm_registration" => Ok(Notice::ConfirmRegistration {
                url: self.link(Purpose::ConfirmRegistration)?,
                expires_at: self.moment("expires_at")?,
            }),
            "password_reset" => {
                Ok(Notice::PasswordReset { url: self.link(Purpose::PasswordReset)?, expires_at: self.moment("expires_at")? })
            }
            "security_notice" => {
                let event = self.text("event").and_then(|event| SecurityEvent::parse(&event)).ok_or(failure::UNKNOWN_KIND)?;
                Ok(Notice::Security {
                    event,
                    at: self.moment("at")?,
                    network: self.words("network"),
                    device: self.words("device"),
                    url: self.ctx.link("/profile/security"),
                })
            }
            "security_alert" => {
                let kinds = self.mail.data.get("kinds").and_then(Value::as_array).into_iter().flatten();
                let kinds = kinds.filter_map(|kind| kind.as_str().and_then(Kind::parse)).collect();
                Ok(Notice::Alert { kinds, at: self.moment("at")?, url: self.ctx.link("/agent/security/alerts") })
            }
            _ => Err(failure::UNKNOWN_KIND.to_owned()),
        }
    }

    fn facts(&self) -> Result<&TicketFacts, String> {
        self.ticket.ok_or_else(|| failure::GONE.to_owned())
    }

    /// The ticket as the reader may be told of it: its title is somebody's text, and stays away until the address is confirmed.
    fn ticket(&self) -> Result<TicketRef, String> {
        let facts = self.facts()?;
        let number = self.ctx.tenant.ticket_reference(facts.number);
        let page = if self.is_staff { "/agent/tickets" } else { "/tickets" };
        let title = if facts.may_echo() || self.is_staff { facts.title.clone() } else { self.ctx.tenant.name().to_owned() };
        Ok(TicketRef { url: self.ctx.link(&format!("{page}/{number}")), number, title })
    }

    /// The comment, with the names of its files as links to the ticket.
    fn comment(&self) -> Result<String, String> {
        let comment = self.mail.comment_id.as_ref().and_then(|id| self.facts.comments.get(id)).ok_or(failure::GONE)?;
        if comment.visibility == Visibility::Internal && !self.is_staff {
            return Err(failure::NOT_FOR_THEM.to_owned());
        }
        let mut markdown = picture::as_links(&comment.body, Some(&self.ticket()?.url));
        if let Some(files) = self.facts.files.get(&comment.id) {
            let url = self.ticket()?.url;
            markdown.push_str("\n\n");
            for name in files {
                let name: String = name.chars().filter(|letter| !matches!(letter, '[' | ']' | '\\' | '<' | '>' | '`')).collect();
                markdown.extend(["- [", &name, "](", &url, ")\n"]);
            }
        }
        Ok(markdown)
    }

    /// A note that goes out: to those alone to whom it was forwarded.
    fn forwarded(&self) -> Result<Notice, String> {
        let comment = self.mail.comment_id.as_ref().and_then(|id| self.facts.comments.get(id)).ok_or(failure::GONE)?;
        if !comment.was_forwarded_to(&self.mail.recipient) {
            return Err(failure::NOT_FOR_THEM.to_owned());
        }
        let facts = self.facts()?;
        Ok(Notice::Forwarded {
            ticket: TicketRef {
                number: self.ctx.tenant.ticket_reference(facts.number),
                title: facts.title.clone(),
                url: String::new(),
            },
            agent: self.words("by"),
            markdown: picture::as_links(&comment.body, None),
            quoted: comment.quoted.clone().unwrap_or_default(),
        })
    }

    /// A warning that has waited, for working hours or for its transport, is let go when its promise is settled.
    fn still_warns(&self, percent: u8) -> Result<(), String> {
        let clock = self.text("target").as_deref().and_then(ClockKind::parse).ok_or(failure::UNKNOWN_KIND)?;
        if self.facts()?.still_warns(clock, percent) { Ok(()) } else { Err(failure::OVERTAKEN.to_owned()) }
    }

    fn rating_url(&self) -> Result<String, String> {
        let cycle = self.mail.data.get("cycle").and_then(Value::as_i64).ok_or(failure::UNKNOWN_KIND)?;
        Ok(ratings::link(self.ctx, &self.facts()?.id, cycle))
    }

    fn link(&self, purpose: Purpose) -> Result<String, String> {
        Ok(links::url(self.ctx, purpose, &self.text("nonce").ok_or(failure::UNKNOWN_KIND)?))
    }

    fn target(&self) -> Result<Target, String> {
        match self.text("target").as_deref() {
            Some("first_response") => Ok(Target::FirstResponse),
            Some("next_response") => Ok(Target::NextResponse),
            Some("resolution") => Ok(Target::Resolution),
            _ => Err(failure::UNKNOWN_KIND.to_owned()),
        }
    }

    fn text(&self, field: &str) -> Option<String> {
        self.mail.data.get(field)?.as_str().map(str::to_owned)
    }

    /// The same, where it may be missing.
    fn words(&self, field: &str) -> String {
        self.text(field).unwrap_or_default()
    }

    /// A small number that the notice cannot do without.
    fn small(&self, field: &str) -> Result<u8, String> {
        let number = self.mail.data.get(field).and_then(Value::as_u64).and_then(|number| u8::try_from(number).ok());
        Ok(number.ok_or(failure::UNKNOWN_KIND)?)
    }

    fn moment(&self, field: &str) -> Result<DateTime<Utc>, String> {
        let ms = self.mail.data.get(field).and_then(Value::as_i64);
        Ok(ms.and_then(DateTime::from_timestamp_millis).ok_or(failure::UNKNOWN_KIND)?)
    }
}
