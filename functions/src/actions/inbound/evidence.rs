//! What the rules need to know about a mail: its sender, the tickets that it names, and how much came before.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use shared::error::ApiError;
use shared::id::TicketId;
use shared::mail::InboundMail;
use shared::mail::address::split_plus;
use shared::mail::backstop::{self, Allowance};
use shared::mail::thread::{Candidates, Loaded, Stage, TicketFacts, candidates};
use shared::sla::is_thanks_only_among;
use shared::store::mail_threads::{self as threads, Named};
use shared::store::tickets::PartyRow;
use shared::store::users::Status as UserStatus;
use shared::store::{inbound as store, tickets};

use super::case::{brings_files, words, words_alone};
use super::process::Asked;
use crate::actions::mail_keys;
use crate::actions::mailboxes::own_addresses;
use crate::context::Ctx;

/// What was found.
pub struct Evidence {
    /// What the mail offers.
    pub candidates: Candidates,
    /// What is known of it.
    pub loaded: Loaded<TicketId>,
    /// The person behind the sender's address.
    pub sender: Option<PartyRow>,
}

impl Evidence {
    /// Whether the sender is who the mail says: somebody whose address is confirmed, and no sign of forgery. For the desk's own
    /// people, and for somebody whom an administrator added and who has confirmed nothing yet, that is not enough: their mail must
    /// be vouched for by the domain.
    pub fn sender_is_known(&self, mail: &InboundMail) -> bool {
        let Some(sender) = self.sender.as_ref().filter(|sender| sender.status == UserStatus::Active) else {
            return false;
        };
        let confirmed = sender.email_verified_at.is_some() && !sender.role.is_staff();
        !mail.is_forged() && (confirmed || mail.sender_is_authenticated())
    }

    /// Whether a sender whose mail cannot be trusted has nothing to confirm: the address is confirmed already, or the desk's.
    pub fn nothing_to_confirm(&self) -> bool {
        self.sender.as_ref().is_some_and(|sender| {
            sender.status == UserStatus::Active && (sender.email_verified_at.is_some() || sender.role.is_staff())
        })
    }

    /// Whether the sender takes part in the ticket.
    pub fn takes_part(&self, mail: &InboundMail, ticket: &TicketId) -> bool {
        let by_id = self.loaded.by_message_id.iter().map(|(_, facts)| facts);
        self.loaded
            .by_number
            .iter()
            .chain(by_id)
            .any(|facts| facts.id == *ticket && facts.participants.contains(&mail.from.address))
    }

    /// The first ticket that the mail names, whoever sent it.
    pub fn first_ticket(&self) -> Option<TicketId> {
        let numbered = self.candidates.numbers().into_iter().find_map(|number| self.numbered(number));
        numbered.or_else(|| self.loaded.by_message_id.first().map(|(_, facts)| facts.id.clone()))
    }

    /// The first ticket for which the mail holds a token. Other evidence anybody can write.
    pub fn ticket_of_token(&self) -> Option<TicketId> {
        self.candidates.tokens.iter().find_map(|(_, token)| self.numbered(token.number))
    }

    fn numbered(&self, number: u64) -> Option<TicketId> {
        self.loaded.by_number.iter().find(|facts| facts.number == number).map(|facts| facts.id.clone())
    }
}

/// Gathers it in two round trips, and one to the platform's database.
pub async fn gather(ctx: &Ctx<'_>, mailbox: &str, mail: &InboundMail, asked: Asked) -> Result<Evidence, ApiError> {
    let found = candidates(mail, &mail_keys(ctx), ctx.tenant.id().as_str(), &ctx.tenant.settings().ticket_prefix);
    let window = ctx.now - TimeDelta::minutes(backstop::WINDOW_MINUTES);
    let batch = vec![
        tickets::party_by_email(&mail.from.address),
        threads::by_number(&found.numbers()),
        threads::by_message_id(&found.message_ids),
        store::opened_by(&mail.from.address, window),
    ];
    let answers = ctx.db.batch(batch).await?;
    let [sender, numbered, by_id, opened] = answers.as_slice() else {
        return Err(ApiError::internal("the batch was not answered"));
    };
    let sender: Option<PartyRow> = sender.first()?;
    let by_number: Vec<Named> = numbered.all()?;
    let by_id: Vec<Named> = by_id.all()?;
    let company = Company::load(ctx, by_number.iter().chain(&by_id)).await?;
    let allowance =
        if asked == Asked::ByPerson { Allowance::Free } else { backstop::allowance(&store::moments(opened)?, ctx.now) };
    let by_number: Vec<TicketFacts<TicketId>> = by_number.iter().filter_map(|named| company.facts(ctx, named)).collect();
    let by_message_id: Vec<(String, TicketFacts<TicketId>)> =
        by_id.iter().filter_map(|named| Some((named.message_id.clone()?, company.facts(ctx, named)?))).collect();
    let mut own_addresses = own_addresses(ctx).await?;
    own_addresses.extend([split_plus(mailbox).0].into_iter().filter(|address| !address.is_empty()));
    let names: Vec<&str> = sender.iter().map(|sender| sender.name.as_str()).chain(mail.from.name.as_deref()).collect();
    let mut loaded = Loaded {
        by_number,
        by_message_id,
        own_addresses,
        sender_blocked: sender.as_ref().is_some_and(|sender| sender.status == UserStatus::Disabled),
        sender_is_staff: sender.as_ref().is_some_and(|sender| sender.role.is_staff()),
        thanks_only: !brings_files(mail) && is_thanks_only_among(&words_alone(&words(mail).0), &names),
        allowance,
        reopening: Allowance::Free,
    };
    let evidence_first = Evidence { candidates: found, loaded: loaded.clone(), sender };
    if asked == Asked::ByItself
        && let Some(ticket) = evidence_first.first_ticket()
    {
        loaded.reopening = backstop::reopening(company.reopened.get(&ticket).map(Vec::as_slice).unwrap_or_default(), ctx.now);
    }
    Ok(Evidence { loaded, ..evidence_first })
}

/// Who takes part in the tickets that a mail names, and when mail reopened them.
#[derive(Default)]
struct Company {
    participants: HashMap<TicketId, std::collections::HashSet<String>>,
    reopened: HashMap<TicketId, Vec<DateTime<Utc>>>,
}

impl Company {
    async fn load(ctx: &Ctx<'_>, named: impl Iterator<Item = &Named>) -> Result<Self, ApiError> {
        let mut ids: Vec<&TicketId> = named.flat_map(|named| [&named.asked_id, &named.id]).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Ok(Self::default());
        }
        let since = ctx.now - TimeDelta::hours(backstop::REOPEN_WINDOW_HOURS);
        let answers = ctx.db.batch(threads::company(&ids, since).to_vec()).await?;
        let [requesters, followers, reopened] = answers.as_slice() else {
            return Err(ApiError::internal("the batch was not answered"));
        };
        Ok(Self { participants: threads::participants(requesters, followers)?, reopened: threads::reopenings(reopened)? })
    }

    /// The ticket as threading sees it; a deleted one is none. Of a merged ticket the participants of both count.
    fn facts(&self, ctx: &Ctx<'_>, named: &Named) -> Option<TicketFacts<TicketId>> {
        if named.deleted {
            return None;
        }
        let participants =
            [&named.asked_id, &named.id].into_iter().filter_map(|id| self.participants.get(id)).flatten().cloned().collect();
        let stage = if named.status.is_open() {
            Stage::Active
        } else {
            let ended = named.resolved_at.max(named.closed_at).unwrap_or(ctx.now);
            Stage::Finished { reopens_until: ended + TimeDelta::days(i64::from(ctx.tenant.settings().reopen_window_days)) }
        };
        Some(TicketFacts { id: named.id.clone(), number: u64::try_from(named.asked).ok()?, participants, stage })
    }
}
