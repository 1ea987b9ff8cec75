//! Mails of the past: written by people's mail programs in answer to the very mails that the product sent them, and taken in at the
//! product's own door.

use chrono::{DateTime, Utc};
use functions::actions::inbound::{self, Delivery, PLATFORM_AUTHSERV, Taken};
use functions::actions::mail_keys;
use shared::id::TicketId;
use shared::mail::Envelope;
use shared::mail::parse::parse;
use shared::mail::token::token_of_message_id;
use shared::platform::{DeliveryError, OutgoingMail};

use super::super::post::machines;
use super::super::post::programs::{Answered, Letter};
use super::super::post::{Stray, StrayKind};
use super::super::stand::{Trouble, language};
use super::super::{Event, MachineAnswer, NewComment, NewTicket, Refusal};
use super::{Known, Replay, Untold, refused};
use crate::native::Unreachable;

/// How long after a mail came somebody throws it away.
const DISCARDED_AFTER: chrono::TimeDelta = chrono::TimeDelta::minutes(95);

impl Replay<'_> {
    /// A ticket by mail.
    pub(super) async fn open_by_mail(&mut self, event: &Event, planned: &NewTicket) -> Result<Known, Trouble> {
        let desk = self.desks.get(event.tenant).ok_or("an event of an unknown tenant")?;
        let person = desk.people.get(&planned.requester).ok_or("a writer without account")?;
        let mailbox = desk.tenant.mailbox();
        let raw = Letter {
            name: &person.name,
            from: &person.email,
            to: &mailbox,
            cc: &planned.cc,
            subject: &planned.title,
            at: event.at,
            zone: desk.tenant.zone(),
            language: planned.language,
            text: &planned.description,
            files: &planned.files,
            answers: None,
        }
        .bytes();
        let sender = person.email.clone();
        let taken = self.take_in(event, Some(&sender), &mailbox, &raw, &["ticket"]).await?;
        let known = landed(&taken)?;
        self.untold.insert(
            planned.ticket,
            Untold {
                priority: planned.priority,
                category: planned.category,
                erp_module: planned.erp_module,
                tags: planned.tags.clone(),
            },
        );
        Ok(known)
    }

    /// A client's answer by mail to the last mail that the desk wrote; `false` when the desk never wrote any.
    pub(super) async fn comment_by_mail(&mut self, event: &Event, planned: &NewComment) -> Result<bool, Trouble> {
        let desk = self.desks.get(event.tenant).ok_or("an event of an unknown tenant")?;
        let person = desk.people.get(&planned.author).ok_or("a writer without account")?;
        let number = self.known(planned.ticket)?.number;
        let Some(answered) = self.posted.get(&(event.tenant, number, person.email.clone())) else { return Ok(false) };
        let raw = Letter {
            name: &person.name,
            from: &person.email,
            to: &answered.reply_to,
            cc: &[],
            subject: &format!("Re: {}", answered.subject),
            at: event.at,
            zone: desk.tenant.zone(),
            language: person.locale.map_or_else(|| language(desk.tenant.locale()), language),
            text: &planned.body,
            files: &planned.files,
            answers: Some(answered),
        }
        .bytes();
        let (sender, mailbox) = (person.email.clone(), answered.reply_to.clone());
        let expected = ["comment", "reopened"];
        self.take_in(event, Some(&sender), &mailbox, &raw, &expected).await?;
        Ok(true)
    }

    /// A machine's answer to the last mail that the desk wrote to the client.
    pub(super) async fn answer_by_machine(&mut self, event: &Event, planned: &MachineAnswer) -> Result<(), Trouble> {
        let desk = self.desks.get(event.tenant).ok_or("an event of an unknown tenant")?;
        let person = desk.people.get(&planned.client).ok_or("a machine of nobody")?;
        let number = self.known(planned.ticket)?.number;
        let key = (event.tenant, number, person.email.clone());
        let answered = self.posted.get(&key).ok_or("a machine answers a mail that was never sent")?.clone();
        let zone = desk.tenant.zone();
        let (sender, mailbox, raw, expected) = match &planned.away {
            None => {
                let raw = machines::returned(&answered, &person.email, event.at, zone);
                (String::new(), answered.envelope_from.clone(), raw, "bounce")
            }
            Some((subject, text)) => {
                let raw = machines::away((&person.name, &person.email), &answered, subject, text, event.at, zone);
                (person.email.clone(), answered.reply_to.clone(), raw, "note")
            }
        };
        self.take_in(event, Some(&sender), &mailbox, &raw, &[expected]).await?;
        Ok(())
    }

    /// A mail that answers nothing; what the product makes of it must be what the plan says.
    pub(super) async fn take_in_stray(&mut self, event: &Event, planned: &Stray) -> Result<(), Trouble> {
        let desk = self.desks.get(event.tenant).ok_or("an event of an unknown tenant")?;
        let mailbox = desk.tenant.mailbox();
        let raw = machines::stray(planned, &mailbox, event.at, desk.tenant.zone());
        let (outcome, reason) = planned.kind.expected();
        let taken = self.take_in(event, Some(&planned.address), &mailbox, &raw, &[outcome]).await?;
        if taken.reason.as_deref() != reason {
            return Err(format!("a mail of {} waits because of {:?}, not {reason:?}", event.at, taken.reason).into());
        }
        match &planned.kind {
            StrayKind::Stranger(ticket) => {
                self.tickets.insert(*ticket, landed(&taken)?);
                self.written.tickets += 1;
            }
            StrayKind::Newsletter { discarded_by: Some(username) } => {
                self.platform.now.set(event.at + DISCARDED_AFTER);
                let ctx = self.surroundings(event, username)?;
                inbound::discard(&ctx, &taken.id).await.map_err(|error| refused(event.at, "discarding a mail", &error))?;
            }
            _ => {}
        }
        Ok(())
    }

    /// From now on the address takes no mail.
    pub(super) fn refuse_mail(&self, planned: &Refusal) {
        let error = match planned.tries {
            None => DeliveryError::Permanent(planned.words.clone()),
            Some(_) => DeliveryError::Temporary(planned.words.clone()),
        };
        let mailbox = Unreachable { error, tries: planned.tries };
        self.platform.unreachable.borrow_mut().insert(planned.address.clone(), mailbox);
    }

    /// Hands a mail to the product.
    async fn take_in(
        &mut self,
        event: &Event,
        envelope_from: Option<&str>,
        mailbox: &str,
        raw: &[u8],
        expected: &[&str],
    ) -> Result<Taken, Trouble> {
        let ctx = self.system(event.tenant)?;
        let delivery =
            Delivery { mailbox: Some(mailbox), host: ctx.tenant.host(), envelope_from, authserv: Some(PLATFORM_AUTHSERV), raw };
        let taken = inbound::receive(&ctx, delivery).await.map_err(|error| refused(event.at, "a mail", &error))?;
        if !expected.contains(&taken.outcome.as_str()) {
            return Err(
                format!("of a mail of {} became {} ({:?}), not {expected:?}", event.at, taken.outcome, taken.reason).into()
            );
        }
        self.keep(event.tenant, ctx);
        self.written.mails_in += 1;
        Ok(taken)
    }

    /// Takes the mails that have left out of the platform's hands, as their readers get them.
    pub(super) fn collect_mail(&mut self) {
        let left: Vec<OutgoingMail> = self.platform.outbox.take();
        self.written.mails_out += u32::try_from(left.len()).unwrap_or(u32::MAX);
        for mail in left {
            if let Some((key, answered)) = self.read(&mail) {
                self.posted.insert(key, answered);
            }
        }
    }

    /// A mail about a ticket as its reader's program keeps it; nothing for the desk's own people, who answer in the browser.
    fn read(&self, mail: &OutgoingMail) -> Option<((&'static str, i64, String), Answered)> {
        let (slug, desk) = self.desks.iter().find(|(_, desk)| mail.from.ends_with(desk.tenant.host()))?;
        if mail.to.ends_with(&format!("@{slug}.example")) {
            return None;
        }
        let message = parse(&mail.raw, &Envelope::default(), &[]).ok()?;
        let ctx = self.system(slug).ok()?;
        let token = mail_keys(&ctx).verify(desk.tenant.id().as_str(), token_of_message_id(&message.message_id)?)?;
        let answered = Answered {
            reply_to: message.reply_to.first()?.address.clone(),
            envelope_from: mail.from.clone(),
            from: (message.from.name.clone().unwrap_or_default(), message.from.address.clone()),
            subject: message.subject,
            message_id: message.message_id,
            at: self.moment(),
        };
        Some(((*slug, i64::try_from(token.number).ok()?, mail.to.clone()), answered))
    }

    fn moment(&self) -> DateTime<Utc> {
        self.platform.now.get()
    }
}

/// The ticket in which a mail ended.
fn landed(taken: &Taken) -> Result<Known, Trouble> {
    let id: TicketId = taken.ticket.clone().ok_or("a mail without a ticket")?;
    Ok(Known { id, number: taken.number.ok_or("a ticket without a number")? })
}
