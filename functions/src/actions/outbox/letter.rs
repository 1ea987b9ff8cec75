//! One mail as its reader gets it: the row, what it is about, and the reader make the message.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use shared::alert::Kind;
use shared::error::ApiError;
use shared::http::Body;
use shared::i18n::own::OwnTexts;
use shared::id::{CommentId, OutboxId, TicketId};
use shared::mail::Mailbox;
use shared::mail::address::split_plus;
use shared::mail::compose::{Origin, OutboundFile, OutboundMail, compose};
use shared::mail::limits::OUTBOUND_BYTES_MAX;
use shared::mail::templates::{Brand, Moved, Notice, Reader as MailReader, SecurityEvent, Target, TicketRef, render};
use shared::mail::token::{self, TokenKeys};
use shared::sla::ClockKind;
use shared::store::mail_threads;
use shared::store::one_time::Purpose;
use shared::store::outbox::{self as store, Claimed, CommentFacts, FileFacts, ForwardedFile, Reader, TicketFacts};
use shared::store::own_texts::{self, OwnTextRow};
use shared::ticket::{Visibility, picture};

use crate::actions::accounts::links;
use crate::actions::tickets::mails::FORWARDED;
use crate::actions::{mail_keys, ratings};
use crate::context::{Ctx, words};

/// The number that tokens of mails about no ticket carry.
const NO_TICKET: u64 = 0;

/// Why a mail is not written, as the log shows it: a code (`mail-failure-<code>`) or words of a transport.
pub mod failure {
    /// Mail to the address came back before.
    pub const BLOCKED: &str = "recipient_blocked";
    /// The address is one of our own mailboxes.
    pub const OWN_ADDRESS: &str = "own_address";
    /// The writer of the ticket has not confirmed the address, so nobody else is written to.
    pub const UNCONFIRMED: &str = "address_unconfirmed";
    /// The ticket or comment is not there any more.
    pub const GONE: &str = "subject_gone";
    /// The row says something that no template knows.
    pub const UNKNOWN_KIND: &str = "unknown_kind";
    /// An internal note, or another word of the desk's own, was to go to somebody outside it.
    pub const NOT_FOR_THEM: &str = "internal_note";
    /// What the desk was to be warned of is settled.
    pub const OVERTAKEN: &str = "overtaken";
    /// The deployment has no way for short messages.
    pub const NO_GATEWAY: &str = "no_gateway";
    /// The code that a short message would carry is good no longer.
    pub const CODE_OVER: &str = "code_over";
    /// Every try broke off without a result.
    pub const NO_TRY_ENDED: &str = "no_try_ended";
}

/// What the claimed mails are about, loaded in one batch for all of them.
pub struct Facts {
    tickets: HashMap<TicketId, TicketFacts>,
    comments: HashMap<CommentId, CommentFacts>,
    files: HashMap<CommentId, Vec<String>>,
    forwarded_files: HashMap<CommentId, Vec<ForwardedFile>>,
    readers: HashMap<String, Reader>,
    conversations: HashMap<TicketId, Vec<String>>,
    /// What the tenant says in its own words.
    pub words: Option<Rc<OwnTexts>>,
}

impl Facts {
    /// One round trip, however many mails.
    pub async fn load(ctx: &Ctx<'_>, mails: &[Claimed]) -> Result<Self, ApiError> {
        let tickets: Vec<&TicketId> = mails.iter().filter_map(|mail| mail.ticket_id.as_ref()).collect();
        let comments: Vec<&CommentId> = mails.iter().filter_map(|mail| mail.comment_id.as_ref()).collect();
        let addresses: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
        let batch = vec![
            store::tickets(&tickets),
            store::comments(&comments),
            store::files(&comments),
            store::forwarded_files(&comments),
            store::readers(&addresses),
            mail_threads::of_tickets(&tickets),
            own_texts::all(),
        ];
        let answers = ctx.db.batch(batch).await?;
        let [tickets, comments, file_rows, forwarded, readers, threads, words] = answers.as_slice() else {
            return Err(ApiError::internal("the batch was not answered"));
        };
        let mut files: HashMap<CommentId, Vec<String>> = HashMap::new();
        for file in file_rows.all::<FileFacts>()? {
            files.entry(file.comment_id).or_default().push(file.file_name);
        }
        let mut forwarded_files: HashMap<CommentId, Vec<ForwardedFile>> = HashMap::new();
        for file in forwarded.all::<ForwardedFile>()? {
            forwarded_files.entry(file.comment_id.clone()).or_default().push(file);
        }
        Ok(Self {
            forwarded_files,
            tickets: tickets.all::<TicketFacts>()?.into_iter().map(|ticket| (ticket.id.clone(), ticket)).collect(),
            comments: comments.all::<CommentFacts>()?.into_iter().map(|comment| (comment.id.clone(), comment)).collect(),
            files,
            readers: readers.all::<Reader>()?.into_iter().map(|reader| (reader.email.clone(), reader)).collect(),
            conversations: mail_threads::conversations(threads)?,
            words: words::texts(&words.all::<OwnTextRow>()?),
        })
    }
}

/// A mail ready for its transport.
pub struct Letter {
    /// The message.
    pub raw: Vec<u8>,
    /// Where bounces go.
    pub envelope_from: String,
    /// The address in its From field.
    pub written_from: String,
    /// Its subject.
    pub subject: String,
    /// Its own id.
    pub message_id: String,
    /// The ticket that it is about.
    pub ticket: Option<TicketId>,
}

/// The mails of a conversation that this reader may be shown: those of others, and ours to this reader. Ours to somebody else
/// carry that person's token. Somebody outside the conversation is shown what was forwarded to them, and nothing else.
fn shown_ids(ctx: &Ctx<'_>, keys: &TokenKeys, ids: &[String], mail: &Claimed, for_desk: bool) -> Vec<String> {
    let is_outside = mail.template == FORWARDED;
    let own = |id: &str| token::token_of_message_id(id).map(str::to_owned);
    ids.iter()
        .filter(|id| match own(id) {
            None => !is_outside,
            Some(claim) => keys
                .verify(ctx.tenant.id().as_str(), &claim)
                .is_some_and(|token| token.was_sent_to(&mail.recipient) && token.for_desk == for_desk),
        })
        .cloned()
        .collect()
}

/// The last part of our Message-ID for an outbox row.
pub fn unique(id: &OutboxId) -> &str {
    id.as_str().trim_start_matches(OutboxId::PREFIX)
}

/// The ticket that a mail is about, if it may go to its recipient at all; the error is the reason for the log.
fn allowed<'f>(mail: &Claimed, facts: &'f Facts, own: &HashSet<String>) -> Result<Option<&'f TicketFacts>, &'static str> {
    let reader = facts.readers.get(&mail.recipient);
    if own.contains(&split_plus(&mail.recipient).0) {
        return Err(failure::OWN_ADDRESS);
    }
    if reader.is_some_and(|reader| reader.blocked) {
        return Err(failure::BLOCKED);
    }
    let ticket = match &mail.ticket_id {
        Some(id) => Some(facts.tickets.get(id).filter(|ticket| !ticket.deleted).ok_or(failure::GONE)?),
        None => None,
    };
    // What somebody of the desk forwards goes where that person says.
    if let Some(ticket) = ticket
        && mail.template != FORWARDED
        && !ticket.may_echo()
        && mail.recipient != ticket.requester_email
        && !reader.is_some_and(|reader| reader.confirmed)
    {
        return Err(failure::UNCONFIRMED);
    }
    Ok(ticket)
}

/// The files that go along with a mail, read from storage; one whose bytes are gone is left out.
pub async fn files(ctx: &Ctx<'_>, mail: &Claimed, facts: &Facts) -> Result<Vec<OutboundFile>, ApiError> {
    let rows = mail.comment_id.as_ref().filter(|_| mail.template == FORWARDED).and_then(|id| facts.forwarded_files.get(id));
    let mut files = Vec::new();
    for row in rows.into_iter().flatten() {
        let Some((_, stream)) = ctx.platform.files().get(&row.storage_key, None).await? else { continue };
        let content = Body::Stream(stream).read(OUTBOUND_BYTES_MAX).await?;
        files.push(OutboundFile { name: row.file_name.clone(), content_type: row.media_type.clone(), content });
    }
    Ok(files)
}

/// Writes the mail, unless it would go to one of our `own` addresses; the error is the reason for the log.
pub fn write(
    ctx: &Ctx<'_>,
    mail: &Claimed,
    facts: &Facts,
    own: &HashSet<String>,
    files: Vec<OutboundFile>,
) -> Result<Letter, String> {
    let mailbox = ctx.tenant.mailbox();
    let ticket = allowed(mail, facts, own)?;
    let reader = facts.readers.get(&mail.recipient);
    let is_staff = reader.is_some_and(|reader| reader.role.is_staff());
    let keys = mail_keys(ctx);
    let number = ticket.and_then(|ticket| u64::try_from(ticket.number).ok()).unwrap_or(NO_TICKET);
    let for_desk = mail.data.get("for_desk").and_then(serde_json::Value::as_bool).unwrap_or_default();
    let tenant = ctx.tenant.id().as_str();
    let token =
        if for_desk { keys.sign_for_desk(tenant, number, &mail.recipient) } else { keys.sign(tenant, number, &mail.recipient) };
    let token = token.ok_or("the ticket's number is too large")?;
    let subject_matter = Matter { ctx, mail, facts, ticket, is_staff };
    let notice = subject_matter.notice()?;
    let brand = Brand::new(ctx.tenant.name(), &ctx.tenant.settings().brand_color, ctx.tenant.settings().logo_url.as_deref());
    let zone =
        reader.and_then(|reader| reader.zone.as_deref()).and_then(|zone| zone.parse::<Tz>().ok()).unwrap_or(ctx.tenant.zone());
    let answerable = ticket.map(|_| token.as_str());
    let settings = ctx.link("/profile#notifications");
    let settings_url = reader.filter(|reader| ticket.is_some() && reader.signs_in).map(|_| settings.as_str());
    let words = render(&notice, &brand, MailReader { locale: mail.locale, zone, token: answerable, settings_url })
        .map_err(|error| error.to_string())?;
    let reply_to = token::reply_address(&mailbox, &token);
    let conversation = mail.ticket_id.as_ref().and_then(|ticket| facts.conversations.get(ticket));
    let references = conversation.map(|ids| shown_ids(ctx, &keys, ids, mail, for_desk)).unwrap_or_default();
    let message_id = token::message_id(&token, unique(&mail.id), ctx.tenant.host());
    let from = Mailbox::new(Some(ctx.tenant.name()), &mailbox).ok_or("the tenant's mailbox is no address")?;
    let to = Mailbox::new(None, &mail.recipient).ok_or("the recipient is no address")?;
    let raw = compose(&OutboundMail {
        from,
        to: vec![to],
        cc: Vec::new(),
        reply_to: answerable.and(reply_to.clone()),
        subject: words.subject.clone(),
        text: words.text,
        html: Some(words.html),
        message_id: message_id.clone(),
        in_reply_to: references.last().filter(|id| **id != message_id).cloned(),
        references,
        date: mail.created_at,
        locale: mail.locale,
        origin: origin(&mail.template),
        files,
    })
    .map_err(|error| error.to_string())?;
    Ok(Letter {
        raw,
        envelope_from: reply_to.unwrap_or_else(|| mailbox.clone()),
        written_from: mailbox,
        subject: words.subject,
        message_id,
        ticket: mail.ticket_id.clone(),
    })
}

/// Who caused it (RFC 3834).
fn origin(template: &str) -> Origin {
    match template {
        "agent_reply" | FORWARDED => Origin::Person,
        "ticket_received" | "confirm_address" => Origin::Replied,
        _ => Origin::Generated,
    }
}

/// What a mail is about.
struct Matter<'m, 'c> {
    ctx: &'m Ctx<'c>,
    mail: &'m Claimed,
    facts: &'m Facts,
    ticket: Option<&'m TicketFacts>,
    is_staff: bool,
}

impl Matter<'_, '_> {
    fn notice(&self) -> Result<Notice, String> {
        let mail = self.mail;
        match mail.template.as_str() {
            "ticket_received" => {
                let facts = self.facts()?;
                Ok(Notice::TicketReceived { ticket: self.ticket()?, due_at: facts.first_response_due_at.or(facts.next_due_at) })
            }
            "agent_reply" => Ok(Notice::AgentReply {
                ticket: self.ticket()?,
                agent: self.text("agent").unwrap_or_default(),
                markdown: self.comment()?,
            }),
            FORWARDED => self.forwarded(),
            "client_reply" => {
                self.for_the_desk()?;
                Ok(Notice::ClientReply {
                    ticket: self.ticket()?,
                    client: self.text("client").unwrap_or_default(),
                    markdown: self.comment()?,
                })
            }
            "mentioned" => {
                self.for_the_desk()?;
                Ok(Notice::Mentioned {
                    ticket: self.ticket()?,
                    by: self.text("by").unwrap_or_default(),
                    markdown: self.comment()?,
                })
            }
            "escalated" => {
                self.for_the_desk()?;
                let level = mail.data.get("level").and_then(serde_json::Value::as_u64).and_then(|level| u8::try_from(level).ok());
                Ok(Notice::Escalated {
                    ticket: self.ticket()?,
                    by: self.text("by").unwrap_or_default(),
                    level: level.ok_or(failure::UNKNOWN_KIND)?,
                    reason: self.text("reason").unwrap_or_default(),
                })
            }
            "ticket_shared" => Ok(Notice::TicketShared { ticket: self.ticket()?, by: self.text("by").unwrap_or_default() }),
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
                Ok(Notice::Assigned { ticket: self.ticket()?, by: self.text("by").unwrap_or_default(), due_at })
            }
            "reminder" => {
                self.for_the_desk()?;
                let ticket = if mail.ticket_id.is_some() { Some(self.ticket()?) } else { None };
                Ok(Notice::Reminder {
                    ticket,
                    text: self.text("text").unwrap_or_default(),
                    url: self.ctx.link("/agent/reminders"),
                })
            }
            "sla_warning" => {
                let percent =
                    mail.data.get("percent").and_then(serde_json::Value::as_u64).and_then(|percent| u8::try_from(percent).ok());
                let percent = percent.ok_or(failure::UNKNOWN_KIND)?;
                self.still_warns(percent)?;
                Ok(Notice::SlaWarning { ticket: self.ticket()?, target: self.target()?, percent, due_at: self.moment("due_at")? })
            }
            "sla_breach" | "sla_breached" => {
                Ok(Notice::SlaBreach { ticket: self.ticket()?, target: self.target()?, due_at: self.moment("due_at")? })
            }
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
                    network: self.text("network").unwrap_or_default(),
                    device: self.text("device").unwrap_or_default(),
                    url: self.ctx.link("/profile/security"),
                })
            }
            "security_alert" => {
                let kinds = mail.data.get("kinds").and_then(serde_json::Value::as_array).into_iter().flatten();
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
            agent: self.text("by").unwrap_or_default(),
            markdown: picture::as_links(&comment.body, None),
            quoted: comment.quoted.clone().unwrap_or_default(),
        })
    }

    /// Somebody who has left the desk since gets nothing of what belongs to it.
    fn for_the_desk(&self) -> Result<(), String> {
        if self.is_staff { Ok(()) } else { Err(failure::NOT_FOR_THEM.to_owned()) }
    }

    /// A warning that has waited, for working hours or for its transport, is let go when its promise is settled.
    fn still_warns(&self, percent: u8) -> Result<(), String> {
        let clock = self.text("target").as_deref().and_then(ClockKind::parse).ok_or(failure::UNKNOWN_KIND)?;
        if self.facts()?.still_warns(clock, percent) { Ok(()) } else { Err(failure::OVERTAKEN.to_owned()) }
    }

    fn rating_url(&self) -> Result<String, String> {
        let cycle = self.mail.data.get("cycle").and_then(serde_json::Value::as_i64).ok_or(failure::UNKNOWN_KIND)?;
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

    fn moment(&self, field: &str) -> Result<DateTime<Utc>, String> {
        let ms = self.mail.data.get(field).and_then(serde_json::Value::as_i64);
        Ok(ms.and_then(DateTime::from_timestamp_millis).ok_or(failure::UNKNOWN_KIND)?)
    }
}
