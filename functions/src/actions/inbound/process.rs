//! From a stored mail to what becomes of it.

use chrono::TimeDelta;
use serde_json::json;
use shared::access::Permission;
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::http::Body as HttpBody;
use shared::i18n;
use shared::id::{IdSource, InboundId, TicketId};
use shared::limits::{FOLLOWERS_MAX, MAIL_IN_BYTES_MAX};
use shared::mail::address::split_plus;
use shared::mail::parse::parse;
use shared::mail::thread::{Decision, Rules, decide, ids_to_remember};
use shared::mail::{AutoClass, InboundMail, Mailbox, Reason, quote, sanitize};
use shared::store::inbound::{self as store, Inbound, StoredFile};
use shared::store::users::Status as UserStatus;
use shared::store::{attempts, mail_threads, tickets as ticket_store, users};
use shared::ticket::{Body, Channel, Party, Reference, Title, Visibility};

use super::evidence::{Evidence, gather};
use super::{INTERNAL, Taken, bounce, envelope, files};
use crate::actions::audit;
use crate::actions::tickets::{Author, Commented, Landing, NewComment, NewTicket, Requester, comment, create};
use crate::context::Ctx;

/// How often a mail at which we fail is tried before it waits for a person.
const TRIES_MAX: i64 = 5;
/// How long a mail may be at work before the sweep takes it up.
const LEFT_BEHIND_SECONDS: i64 = 60;
/// Automatic answers that one address gets in a day: whoever writes more has read the first ones.
const ANSWERS_PER_DAY: i64 = 10;
/// Seconds of a day.
const DAY_SECONDS: i64 = 24 * 3600;
/// Characters of a title that is made of the text of a mail without subject.
const TITLE_FROM_TEXT_CHARS: usize = 80;

/// On whose asking a mail is processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It has come, or was left behind.
    ByItself,
    /// A person looked at it and wants it in: caps and doubts about machines and strangers do not count any more.
    ByPerson,
}

/// Makes something of the mails that a crash left behind, at most `limit`; says how many were looked at.
pub async fn process_received(ctx: &Ctx<'_>, limit: u32) -> Result<usize, ApiError> {
    let until = ctx.now - TimeDelta::seconds(LEFT_BEHIND_SECONDS);
    let ids = store::ids(&ctx.db.run(store::left_behind(until, limit)).await?)?;
    for id in &ids {
        take(ctx, id, Asked::ByItself).await?;
    }
    Ok(ids.len())
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
    let message = match read(ctx, &mail).await? {
        Ok(message) => message,
        Err(reason) => return hold(ctx, &mail, reason.code(), "").await,
    };
    Ok(attempt(ctx, &mail, &message, asked).await)
}

/// The raw mail, parsed once more.
async fn read(ctx: &Ctx<'_>, mail: &Inbound) -> Result<Result<InboundMail, Reason>, ApiError> {
    let Some((_, stream)) = ctx.platform.files().get(&mail.storage_key, None).await? else {
        return Err(ApiError::internal("the raw mail is not in storage"));
    };
    let raw = HttpBody::Stream(stream).read(MAIL_IN_BYTES_MAX).await?;
    Ok(parse(&raw, &envelope(mail.envelope_from.as_deref(), Some(&mail.mailbox)), mail.authserv.as_deref().as_slice()))
}

/// Processes, and keeps the mail whatever happens: a failure of ours is tried again by the sweep, and shown to a person when
/// trying does not help.
pub async fn attempt(ctx: &Ctx<'_>, mail: &Inbound, message: &InboundMail, asked: Asked) -> Taken {
    let error = match process(ctx, mail, message, asked).await {
        Ok(taken) => return taken,
        Err(error) => error,
    };
    // Somebody else may have been faster: then it is done.
    if let Ok(Some(now)) = reload(ctx, mail).await
        && !now.is_open()
    {
        return Taken::of(&now);
    }
    let passing = error.status >= 500 && mail.attempts < TRIES_MAX && mail.state == "received";
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
async fn hold(ctx: &Ctx<'_>, mail: &Inbound, reason: &str, detail: &str) -> Result<Taken, ApiError> {
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
        Decision::Append { ticket, reopen, .. } => Box::pin(case.append(&ticket, reopen)).await,
        Decision::New { linked, answer } => Box::pin(case.open(linked.map(|(ticket, _)| ticket), answer)).await,
        Decision::Held(Reason::UnknownSender) if asked == Asked::ByPerson => {
            Box::pin(case.open(evidence.first_ticket(), false)).await
        }
        Decision::Held(Reason::Automatic | Reason::Report) if asked == Asked::ByPerson => Box::pin(case.open(None, false)).await,
        Decision::Held(reason) => hold(ctx, mail, reason.code(), "").await,
    }
}

/// A mail about to become something.
struct Case<'e, 'c> {
    ctx: &'e Ctx<'c>,
    mail: &'e Inbound,
    message: &'e InboundMail,
    evidence: &'e Evidence,
}

impl Case<'_, '_> {
    /// A comment on the ticket. What a machine says of itself becomes a note for the desk.
    async fn append(&self, ticket: &TicketId, reopen: bool) -> Result<Taken, ApiError> {
        let staff = self.evidence.loaded.sender_is_staff;
        if staff
            && !self
                .evidence
                .sender
                .as_ref()
                .is_some_and(|sender| sender.status == UserStatus::Active && sender.role.may(Permission::TicketReply))
        {
            return hold(self.ctx, self.mail, Reason::UnknownSender.code(), "").await;
        }
        let stored = files::store(self.ctx, &self.mail.id, self.message).await?;
        let note = self.message.auto.is_automatic() && self.message.auto != AutoClass::Generated;
        let (visible, quoted) = words(self.message);
        let text = if note { format!("{}\n\n{visible}", self.sender_line()) } else { visible };
        let body = Body::cut(&text)
            .or_else(|| Body::cut(&stand_in(self.message)))
            .ok_or_else(|| ApiError::internal("a mail without words"))?;
        let author = if note { Author::system() } else { self.author().await? };
        let visibility = if note { Visibility::Internal } else { Visibility::Public };
        let outcome = match (note, reopen) {
            (true, _) => "note",
            (false, true) => "reopened",
            (false, false) => "comment",
        };
        let copies = if note { Vec::new() } else { self.copies() };
        let also = |landing: Landing<'_>| {
            let outcome = if landing.comment.is_some() { outcome } else { "linked_ticket" };
            let mut rows = self.rows(landing, outcome, visibility, &stored);
            rows.extend(
                copies.iter().map(|copy| ticket_store::insert_follower(landing.ticket, &copy.address, "cc", self.ctx.now)),
            );
            rows
        };
        let mut new = NewComment::new(self.ids(), body, Channel::Email);
        new.visibility = visibility;
        new.quoted = Some(quoted).filter(|quoted| !quoted.is_empty());
        new.author = Some(author);
        new.inbound_mail = Some(self.mail.id.clone());
        new.automatic = self.message.auto.is_automatic();
        new.also = Some(&also);
        let commented = comment(self.ctx, &Reference::Id(ticket.clone()), &new).await?;
        let row = commented.ticket();
        let outcome = if matches!(commented, Commented::Added { .. }) { outcome } else { "linked_ticket" };
        Ok(self.taken(outcome, &row.id, row.number))
    }

    /// A new ticket, linked to the one that it answers.
    async fn open(&self, linked: Option<TicketId>, answer: bool) -> Result<Taken, ApiError> {
        let ctx = self.ctx;
        let stored = files::store(ctx, &self.mail.id, self.message).await?;
        let text = if linked.is_some() { words(self.message).0 } else { self.message.text.clone() };
        let description = Body::cut(&text).or_else(|| Body::cut(&stand_in(self.message)));
        let description = description.ok_or_else(|| ApiError::internal("a mail without words"))?;
        let known = self.evidence.sender_is_known(self.message);
        let continues = linked.clone().filter(|ticket| self.evidence.takes_part(self.message, ticket));
        let related = linked.filter(|_| continues.is_none());
        let outcome = if continues.is_some() || related.is_some() { "linked_ticket" } else { "ticket" };
        let also = |landing: Landing<'_>| {
            let mut rows = self.rows(landing, outcome, Visibility::Public, &stored);
            if let Some(other) = &related {
                rows.push(ticket_store::insert_link(&ctx.ids().next(), landing.ticket, other, "related", ctx.now));
            }
            rows
        };
        let from = &self.message.from;
        let requester = Requester::Email { address: from.address.clone(), name: from.name.clone() };
        let mut new = NewTicket::new(self.ids(), self.title()?, description, requester, Channel::Email);
        new.cc = self.copies();
        new.from_unverified = !known;
        new.continues = continues;
        // Somebody who has an account already, and whose mail cannot be trusted, has nothing to confirm.
        let has_account = self.evidence.sender.as_ref().is_some_and(|sender| sender.status == UserStatus::Active);
        new.quiet = !answer || (!known && has_account) || self.answered_enough().await?;
        new.also = Some(&also);
        let created = create(ctx, new).await?;
        Ok(self.taken(outcome, &created.row.id, created.row.number))
    }

    /// Rows that go into the batch of the ticket or comment: the mail's own state, its Message-IDs and files.
    fn rows(&self, landing: Landing<'_>, outcome: &str, visibility: Visibility, stored: &[StoredFile]) -> Vec<TenantStatement> {
        let now = self.ctx.now;
        let mut rows = vec![
            store::guard_open(&self.mail.id),
            store::processed(&self.mail.id, outcome, Some(landing.ticket), landing.comment, now),
            mail_threads::remember(&ids_to_remember(self.message), landing.ticket, now),
        ];
        if !stored.is_empty() {
            rows.push(store::insert_files(stored, landing.ticket, landing.comment, visibility.as_str(), now));
        }
        rows
    }

    /// Whose words they are. Somebody who got a copy and answers becomes a person who cannot sign in.
    async fn author(&self) -> Result<Author, ApiError> {
        let from = &self.message.from;
        if let Some(sender) = &self.evidence.sender {
            let party = if sender.role.is_staff() { Party::Staff } else { Party::Client };
            return Ok(Author { user: Some(sender.id.clone()), name: sender.name.clone(), email: sender.email.clone(), party });
        }
        let ctx = self.ctx;
        let name = from.name.clone().unwrap_or_else(|| from.address.split('@').next().unwrap_or_default().to_owned());
        let id = ctx.ids().next();
        let locale = self.message.language.unwrap_or_else(|| ctx.tenant.locale());
        let batch = vec![
            users::insert_unverified(&id, &from.address, &name, locale, ctx.now),
            audit::line(ctx, "user.seen", id.as_str(), json!({ "email": from.address, "mail": self.mail.id })),
        ];
        ctx.db.batch(batch).await?;
        Ok(Author { user: Some(id), name, email: from.address.clone(), party: Party::Client })
    }

    /// Whether the sender had enough automatic answers today.
    async fn answered_enough(&self) -> Result<bool, ApiError> {
        let now = self.ctx.now.timestamp();
        let key = shared::auth::signer::sha256_hex(format!("mail answer\n{}", self.message.from.address).as_bytes());
        let rows = self.ctx.db.run(attempts::count(&key, now - now.rem_euclid(DAY_SECONDS))).await?;
        Ok(attempts::counted(&rows)? > ANSWERS_PER_DAY)
    }

    /// Who else the mail was written to: they get copies, and no access by it.
    fn copies(&self) -> Vec<Mailbox> {
        let own = &self.evidence.loaded.own_addresses;
        let mut copies: Vec<Mailbox> = Vec::new();
        for mailbox in self.message.to.iter().chain(&self.message.cc) {
            let base = split_plus(&mailbox.address).0;
            let there = copies.iter().any(|copy| copy.address == mailbox.address);
            if !own.contains(&base) && mailbox.address != self.message.from.address && !there && copies.len() < FOLLOWERS_MAX {
                copies.push(mailbox.clone());
            }
        }
        copies
    }

    fn title(&self) -> Result<Title, ApiError> {
        let first_line = || {
            self.message
                .text
                .lines()
                .find(|line| !line.trim().is_empty())
                .map(|line| line.chars().take(TITLE_FROM_TEXT_CHARS).collect::<String>())
        };
        Title::cut(&self.message.subject)
            .or_else(|| Title::cut(&first_line()?))
            .or_else(|| Title::cut(&i18n::plain(self.ctx.tenant.locale(), "held-no-subject")))
            .or_else(|| Title::cut("-"))
            .ok_or_else(|| ApiError::internal("a mail without a title"))
    }

    fn sender_line(&self) -> String {
        let from = &self.message.from;
        match &from.name {
            Some(name) => format!("{name} <{}>:", from.address),
            None => format!("{}:", from.address),
        }
    }

    fn ids(&self) -> IdSource<'_> {
        self.ctx.ids()
    }

    fn taken(&self, outcome: &str, ticket: &TicketId, number: i64) -> Taken {
        Taken {
            id: self.mail.id.clone(),
            outcome: outcome.to_owned(),
            ticket: Some(ticket.clone()),
            number: Some(number),
            reason: None,
        }
    }
}

/// The new words of a mail and what it quotes. The plain text decides; where nothing is marked in it, the marks of the HTML do.
fn words(message: &InboundMail) -> (String, String) {
    let plain = quote::strip(&message.text);
    if plain.quoted.is_empty()
        && let Some(html) = &message.html
    {
        let marked = quote::strip_html(&sanitize::mail_html(html, &std::collections::HashMap::new()));
        if !marked.quoted.is_empty() {
            return (sanitize::html_to_text(&marked.visible), sanitize::html_to_text(&marked.quoted));
        }
    }
    (plain.visible, plain.quoted)
}

/// What stands for the text of a mail that has none: the names of its files, or its subject.
fn stand_in(message: &InboundMail) -> String {
    let names: Vec<&str> = message.attachments.iter().map(|file| file.name.as_str()).collect();
    if !names.is_empty() {
        return names.join(", ");
    }
    if message.subject.is_empty() { "-".to_owned() } else { message.subject.clone() }
}
