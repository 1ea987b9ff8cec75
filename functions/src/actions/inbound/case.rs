//! What a stored mail becomes: a comment on a ticket, or a new ticket.

use serde_json::json;
use shared::access::Permission;
use shared::attachment::may_be_inline;
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::i18n;
use shared::id::{IdSource, TicketId};
use shared::limits::{FOLLOWERS_MAX, TEXT_BYTES_MAX};
use shared::mail::address::split_plus;
use shared::mail::inline::{self, Mark};
use shared::mail::parse::AttachmentKind;
use shared::mail::thread::ids_to_remember;
use shared::mail::token::without_tokens;
use shared::mail::{AutoClass, InboundMail, Mailbox, Reason, quote, sanitize};
use shared::store::inbound::{self as store, Inbound, StoredFile};
use shared::store::tickets::PartyRow;
use shared::store::users::Status as UserStatus;
use shared::store::{mail_threads, tickets as ticket_store, users};
use shared::ticket::{Body, Channel, Party, Reference, Title, Visibility, picture};

use super::evidence::Evidence;
use super::process::hold;
use super::{Taken, files};
use crate::actions::accounts::throttle::{Throttle, Verdict};
use crate::actions::audit;
use crate::actions::mailboxes::carries_token;
use crate::actions::tickets::{Author, Commented, Landing, NewComment, NewTicket, Requester, comment, create};
use crate::context::Ctx;

/// Automatic answers that one address gets in a day: whoever writes more has read the first ones.
const ANSWERS_PER_DAY: i64 = 10;
/// Seconds of a day.
const DAY_SECONDS: i64 = 24 * 3600;
/// Characters of a title that is made of the text of a mail without subject.
const TITLE_FROM_TEXT_CHARS: usize = 80;

/// A mail about to become something.
pub(super) struct Case<'e, 'c> {
    /// Of the tenant that the mail was written to.
    pub ctx: &'e Ctx<'c>,
    /// Its row.
    pub mail: &'e Inbound,
    /// What it says.
    pub message: &'e InboundMail,
    /// What is known about it.
    pub evidence: &'e Evidence,
}

impl Case<'_, '_> {
    /// Whether whoever wrote it may write on tickets at all: of the desk only those who answer.
    fn may_write(&self) -> bool {
        let answers = |sender: &PartyRow| sender.status == UserStatus::Active && sender.role.may(Permission::TicketReply);
        !self.evidence.loaded.sender_is_staff || self.evidence.sender.as_ref().is_some_and(answers)
    }

    /// A note for the desk: the answer to a mail that went to somebody outside the conversation, or to the desk itself. Clients see nothing
    /// of it, not even its Message-IDs in later mails.
    pub async fn append_note(&self, ticket: &TicketId) -> Result<Taken, ApiError> {
        if !self.may_write() {
            return hold(self.ctx, self.mail, Reason::UnknownSender.code(), "").await;
        }
        let stored = files::store(self.ctx, &self.mail.id, self.message).await?;
        let (visible, quoted) = words(self.message);
        let automatic = self.message.auto.is_automatic();
        let text = if automatic { format!("{}\n\n{visible}", self.sender_line()) } else { visible };
        let (body, cut) = self.body(&text, &stored)?;
        let quoted = Some(quoted).filter(|quoted| !quoted.is_empty());
        let author = if automatic { Author::system() } else { self.author().await? };
        let tells_desk = !automatic && !author.is_staff();
        // Somebody outside takes no side in the conversation.
        let author = if author.is_staff() { author } else { Author { party: Party::System, ..author } };
        let also = |landing: Landing<'_>| {
            let mut rows = self.state(landing, "note", quoted.as_deref(), cut);
            rows.extend(self.files(landing, Visibility::Internal, &stored));
            rows
        };
        let new = NewComment {
            visibility: Visibility::Internal,
            quoted: quoted.clone(),
            author: Some(author),
            inbound_mail: Some(self.mail.id.clone()),
            automatic,
            brings_files: brings_files(self.message),
            tells_desk,
            also: Some(&also),
            ..NewComment::new(self.ids(), body, Channel::Email)
        };
        let commented = comment(self.ctx, &Reference::Id(ticket.clone()), &new).await?;
        let row = commented.ticket();
        Ok(self.taken("note", &row.id, row.number))
    }

    /// A comment on the ticket. What a machine says of itself becomes a note for the desk.
    pub async fn append(&self, ticket: &TicketId, reopen: bool) -> Result<Taken, ApiError> {
        if !self.may_write() {
            return hold(self.ctx, self.mail, Reason::UnknownSender.code(), "").await;
        }
        let stored = files::store(self.ctx, &self.mail.id, self.message).await?;
        let note = self.message.auto.is_automatic() && self.message.auto != AutoClass::Generated;
        let (visible, quoted) = words(self.message);
        let said = words_alone(&visible);
        let text = if note { format!("{}\n\n{visible}", self.sender_line()) } else { visible };
        let (body, cut) = self.body(&text, &stored)?;
        let quoted = Some(quoted).filter(|quoted| !quoted.is_empty());
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
            let mut rows = self.rows(landing, outcome, visibility, &stored, quoted.as_deref(), cut);
            rows.extend(copies.iter().map(|copy| ticket_store::insert_copy(landing.ticket, &copy.address, self.ctx.now)));
            rows
        };
        let mut new = NewComment::new(self.ids(), body, Channel::Email);
        new.visibility = visibility;
        new.quoted.clone_from(&quoted);
        new.author = Some(author);
        new.inbound_mail = Some(self.mail.id.clone());
        new.automatic = self.message.auto.is_automatic();
        new.brings_files = brings_files(self.message);
        new.words = Some(said).filter(|said| !said.trim().is_empty());
        new.also = Some(&also);
        let commented = comment(self.ctx, &Reference::Id(ticket.clone()), &new).await?;
        let row = commented.ticket();
        let outcome = if matches!(commented, Commented::Added { .. }) { outcome } else { "linked_ticket" };
        Ok(self.taken(outcome, &row.id, row.number))
    }

    /// A new ticket, linked to the one that it answers.
    pub async fn open(&self, linked: Option<TicketId>, answer: bool) -> Result<Taken, ApiError> {
        let ctx = self.ctx;
        let stored = files::store(ctx, &self.mail.id, self.message).await?;
        let (text, quoted) =
            if linked.is_some() { words(self.message) } else { (without_tokens(&self.message.text), String::new()) };
        let quoted = Some(quoted).filter(|quoted| !quoted.is_empty());
        let (description, cut) = self.body(&text, &stored)?;
        let known = self.evidence.sender_is_known(self.message);
        let continues = linked.clone().filter(|ticket| self.evidence.takes_part(self.message, ticket));
        let related = linked.filter(|_| continues.is_none());
        let outcome = if continues.is_some() || related.is_some() { "linked_ticket" } else { "ticket" };
        let also = |landing: Landing<'_>| {
            let mut rows = self.rows(landing, outcome, Visibility::Public, &stored, quoted.as_deref(), cut);
            if let Some(other) = &related {
                rows.push(ticket_store::insert_link(&ctx.ids().next(), landing.ticket, other, "related", ctx.now));
            }
            rows
        };
        let from = &self.message.from;
        let requester =
            Requester::Email { address: from.address.clone(), name: from.name.clone(), locale: self.message.language };
        let mut new = NewTicket::new(self.ids(), self.title()?, description, requester, Channel::Email);
        new.cc = self.copies();
        new.from_unverified = !known;
        new.continues = continues;
        new.quiet = !answer || (!known && self.evidence.nothing_to_confirm()) || self.answered_enough().await?;
        new.also = Some(&also);
        let created = create(ctx, new).await?;
        Ok(self.taken(outcome, &created.row.id, created.row.number))
    }

    /// The text as a body with its pictures in their places, and whether the mail was longer.
    fn body(&self, text: &str, stored: &[StoredFile]) -> Result<(Body, bool), ApiError> {
        let (body, too_long) = Body::cut(&with_pictures(text, stored))
            .or_else(|| Body::cut(&stand_in(self.message)))
            .ok_or_else(|| ApiError::internal("a mail without words"))?;
        Ok((body, too_long || self.message.truncated))
    }

    /// Rows that go into the batch of the ticket or comment: the mail's own state with what a description has no place for, its
    /// Message-IDs and files.
    fn rows(
        &self,
        landing: Landing<'_>,
        outcome: &str,
        visibility: Visibility,
        stored: &[StoredFile],
        quoted: Option<&str>,
        truncated: bool,
    ) -> Vec<TenantStatement> {
        let mut rows = self.state(landing, outcome, quoted, truncated);
        rows.push(mail_threads::remember(&ids_to_remember(self.message), landing.ticket, self.ctx.now));
        rows.extend(self.files(landing, visibility, stored));
        rows
    }

    /// The mail's own state, with what a description has no place for.
    fn state(&self, landing: Landing<'_>, outcome: &str, quoted: Option<&str>, truncated: bool) -> Vec<TenantStatement> {
        let place = store::Place {
            ticket: Some(landing.ticket),
            comment: landing.comment,
            quoted: quoted.filter(|_| landing.comment.is_none()),
            truncated,
        };
        vec![store::guard_open(&self.mail.id), store::processed(&self.mail.id, outcome, place, self.ctx.now)]
    }

    fn files(&self, landing: Landing<'_>, visibility: Visibility, stored: &[StoredFile]) -> Option<TenantStatement> {
        let insert = || store::insert_files(stored, landing.ticket, landing.comment, visibility.as_str(), self.ctx.now);
        (!stored.is_empty()).then(insert)
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
        let answers =
            Throttle::within(self.ctx, DAY_SECONDS).limit(&["mail answer", &self.message.from.address], ANSWERS_PER_DAY);
        Ok(answers.verdict(&self.ctx.db.batch(answers.statements()).await?)? != Verdict::Within)
    }

    /// Who else the mail was written to: they get copies, and no access by it.
    fn copies(&self) -> Vec<Mailbox> {
        let own = &self.evidence.loaded.own_addresses;
        let mut copies: Vec<Mailbox> = Vec::new();
        for mailbox in self.message.to.iter().chain(&self.message.cc) {
            let base = split_plus(&mailbox.address).0;
            let there = copies.iter().any(|copy| copy.address == mailbox.address);
            let ours = own.contains(&base) || carries_token(self.ctx, &mailbox.address);
            if !ours && mailbox.address != self.message.from.address && !there && copies.len() < FOLLOWERS_MAX {
                copies.push(mailbox.clone());
            }
        }
        copies
    }

    fn title(&self) -> Result<Title, ApiError> {
        let first_line = || {
            inline::without_marks(&self.message.text)
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

/// The new words of a mail and what it quotes, without tokens: those are their receiver's alone. Pictures stand within the new words only.
pub(super) fn words(message: &InboundMail) -> (String, String) {
    let (visible, quoted) = parted(message);
    (without_tokens(&visible), without_tokens(&inline::without_marks(&quoted)))
}

/// The new words without pictures, which may be the signature's: one that says something came as a file.
pub(super) fn words_alone(visible: &str) -> String {
    inline::without_marks(&picture::without(visible))
}

/// The plain text decides what is new; where nothing is marked in it, the marks of the HTML do.
fn parted(message: &InboundMail) -> (String, String) {
    let plain = quote::strip(&message.text);
    if plain.quoted.is_empty()
        && let Some(html) = &message.html
    {
        let marked = quote::strip_html(&sanitize::mail_html(html, &message.addresses()));
        if !marked.quoted.is_empty() {
            return (sanitize::html_to_text(&sanitize::mark_pictures(&marked.visible)), sanitize::html_to_text(&marked.quoted));
        }
    }
    (plain.visible, plain.quoted)
}

/// The text with pictures of ours in the place of their marks, and the names of files that no browser shows. Files of one name are taken in
/// their order, each once: a mark of what has been shown becomes nothing, as does one for which no body has room.
fn with_pictures(text: &str, stored: &[StoredFile]) -> String {
    let mut left: Vec<&StoredFile> = stored.iter().collect();
    let mut room = TEXT_BYTES_MAX;
    inline::replaced(text, |mark| {
        let is_meant = |file: &StoredFile| match mark {
            Mark::Id(id) => file.content_id.as_deref() == Some(id),
            Mark::Name(name) => file.content_id.is_some() && file.file_name == name,
        };
        let Some(at) = left.iter().position(|file| is_meant(file)) else {
            return stored.iter().any(is_meant).then(String::new);
        };
        let file = left.remove(at);
        let is_picture = may_be_inline(&file.media_type);
        let words = if is_picture { picture::of(&file.id, &file.file_name) } else { file.file_name.clone() };
        room = room.saturating_sub(words.len());
        Some(if room > 0 { words } else { String::new() })
    })
}

/// Whether files came that somebody is to look at; the pictures of a signature are none.
pub(super) fn brings_files(message: &InboundMail) -> bool {
    message.attachments.iter().any(|file| !matches!(file.kind, AttachmentKind::Inline | AttachmentKind::Cryptographic))
}

/// What stands for the text of a mail that has none: the names of its files, or its subject.
fn stand_in(message: &InboundMail) -> String {
    let names: Vec<&str> = message.attachments.iter().map(|file| file.name.as_str()).collect();
    if !names.is_empty() {
        return names.join(", ");
    }
    if message.subject.is_empty() { "-".to_owned() } else { message.subject.clone() }
}

#[cfg(test)]
mod tests {
    use super::{StoredFile, TEXT_BYTES_MAX, with_pictures};
    use shared::id::AttachmentId;

    #[test]
    fn marks_make_no_text_longer_than_what_a_body_holds() {
        let file = |number: usize| StoredFile {
            id: AttachmentId::parse(&format!("att_0190f5b2c3d47e8f9a0b1c2d{number:08x}")).unwrap(),
            file_name: "\u{e9}".repeat(400),
            media_type: if number < 50 { "image/png" } else { "image/heic" }.to_owned(),
            size: 1,
            content_id: Some(number.to_string()),
            storage_key: String::new(),
        };
        let files: Vec<StoredFile> = (0..100).map(file).collect();
        let marks: String = (0..100).map(|number| format!("[cid:{number}]")).collect::<Vec<_>>().concat();
        let text = with_pictures(&marks.repeat(100), &files);
        assert!(text.len() < TEXT_BYTES_MAX && text.len() + 1000 > TEXT_BYTES_MAX, "{}", text.len());
    }
}
