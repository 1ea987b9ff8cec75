//! The status of a ticket, and the one table that says who may change it to what.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a ticket stands (specification 2.1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TicketStatus)]
pub enum Status {
    /// Nobody has taken it up.
    New,
    /// An agent works on it.
    InProgress,
    /// The client is asked something; the clocks stand.
    WaitingCustomer,
    /// The desk says it is solved; the client may say no.
    Resolved,
    /// Over.
    Closed,
}

impl Status {
    /// Every status, in the order of a ticket's life.
    pub const ALL: [Self; 5] = [Self::New, Self::InProgress, Self::WaitingCustomer, Self::Resolved, Self::Closed];

    /// The name in JSON, in the database and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InProgress => "in_progress",
            Self::WaitingCustomer => "waiting_customer",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    /// Reads exactly what [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// Whether somebody still has something to do.
    pub fn is_open(self) -> bool {
        matches!(self, Self::New | Self::InProgress | Self::WaitingCustomer)
    }
}

/// Who changes a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The requester, or somebody of the requester's side.
    Client,
    /// The desk.
    Staff,
    /// The product itself: timers, sweeps.
    System,
}

/// What the table needs to know beside the two statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances {
    /// Whether the ticket is critical: a client closes such a one, once it is resolved, only after rating it.
    pub critical: bool,
    /// Whether the present resolution is rated; an open ticket has none.
    pub rated: bool,
    /// Whether the tenant's reopening window is still open.
    pub window_open: bool,
}

/// Why a status may not follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Not in the table for this party.
    NotInTable,
    /// A client closes a resolved critical ticket only after rating its resolution.
    RatingRequired,
    /// The reopening window is over: a new ticket is opened instead.
    WindowOver,
}

impl Refusal {
    /// The stable code of the refusal.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotInTable => "transition_refused",
            Self::RatingRequired => "rating_required",
            Self::WindowOver => "reopen_window_over",
        }
    }
}

/// The table: which statuses `party` may set from `from`.
#[expect(clippy::match_same_arms, reason = "a line a party and status: it is read as a table")]
pub fn table(from: Status, party: Party) -> &'static [Status] {
    use Status::{Closed, InProgress, Resolved, WaitingCustomer};
    match (party, from) {
        (Party::Staff, Status::New) => &[InProgress, WaitingCustomer, Resolved, Closed],
        (Party::Staff, InProgress) => &[WaitingCustomer, Resolved, Closed],
        (Party::Staff, WaitingCustomer) => &[InProgress, Resolved, Closed],
        (Party::Staff | Party::Client | Party::System, Resolved) => &[InProgress, Closed],
        (Party::Staff | Party::Client | Party::System, Closed) => &[InProgress],
        (Party::Client, Status::New | InProgress) => &[Closed],
        (Party::Client, WaitingCustomer) => &[InProgress, Closed],
        (Party::System, Status::New) => &[InProgress],
        (Party::System, InProgress) => &[WaitingCustomer],
        (Party::System, WaitingCustomer) => &[InProgress, Resolved],
    }
}

/// Whether `party` may change the status under these circumstances. The same status again is always fine: nothing changes.
pub fn change(from: Status, to: Status, party: Party, circumstances: Circumstances) -> Result<(), Refusal> {
    if from == to {
        return Ok(());
    }
    if !table(from, party).contains(&to) {
        return Err(Refusal::NotInTable);
    }
    if party == Party::Client {
        // What is not resolved cannot be rated: whoever opened it by mistake withdraws it.
        if from == Status::Resolved && to == Status::Closed && circumstances.critical && !circumstances.rated {
            return Err(Refusal::RatingRequired);
        }
        if !from.is_open() && to.is_open() && !circumstances.window_open {
            return Err(Refusal::WindowOver);
        }
    }
    Ok(())
}

/// Whether a client's answer at `now` still reopens a ticket that ended at `ended_at`. The last moment counts as inside.
pub fn window_open(ended_at: Option<DateTime<Utc>>, now: DateTime<Utc>, window_days: u32) -> bool {
    ended_at.is_none_or(|ended| now - ended <= TimeDelta::days(i64::from(window_days)))
}

/// What a comment does to the status of its ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterComment {
    /// The status stays.
    Stays,
    /// The status becomes this one.
    Becomes(Status),
    /// The ticket is over: the comment begins a new ticket that continues it.
    NewTicket,
}

/// The rule of public comments. Staff taking up a new ticket moves it on; a client's answer wakes a waiting ticket and
/// reopens an ended one within the window. Mere thanks and automatic mails wake nothing up.
#[expect(clippy::match_same_arms, reason = "the order of the lines is the rule")]
pub fn after_comment(status: Status, party: Party, window_open: bool, says_nothing_new: bool) -> AfterComment {
    match (party, status) {
        (Party::Staff, Status::New) => AfterComment::Becomes(Status::InProgress),
        (Party::Client, _) if says_nothing_new => AfterComment::Stays,
        (Party::Client, Status::WaitingCustomer) => AfterComment::Becomes(Status::InProgress),
        (Party::Client, Status::Resolved | Status::Closed) if window_open => AfterComment::Becomes(Status::InProgress),
        (Party::Client, Status::Resolved | Status::Closed) => AfterComment::NewTicket,
        _ => AfterComment::Stays,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FREE: Circumstances = Circumstances { critical: false, rated: false, window_open: true };

    /// The whole product, written out by hand: rows are `from`, columns `to`, in the order of [`Status::ALL`].
    const EXPECTED: [(Party, [&str; 5]); 3] = [
        (Party::Client, ["= . . . x", ". = . . x", ". x = . x", ". x . = x", ". x . . ="]),
        (Party::Staff, ["= x x x x", ". = x x x", ". x = x x", ". x . = x", ". x . . ="]),
        (Party::System, ["= x . . .", ". = x . .", ". x = x .", ". x . = x", ". x . . ="]),
    ];

    #[test]
    fn every_pair_of_statuses_is_decided_for_every_party() {
        for (party, rows) in EXPECTED {
            for (from, row) in Status::ALL.into_iter().zip(rows) {
                for (to, mark) in Status::ALL.into_iter().zip(row.split(' ')) {
                    let allowed = change(from, to, party, FREE).is_ok();
                    assert_eq!(allowed, mark != ".", "{party:?}: {from:?} to {to:?}");
                }
            }
        }
    }

    #[test]
    fn nobody_can_make_a_ticket_new_again() {
        for party in [Party::Client, Party::Staff, Party::System] {
            for from in Status::ALL.into_iter().filter(|status| *status != Status::New) {
                assert_eq!(change(from, Status::New, party, FREE), Err(Refusal::NotInTable));
            }
        }
    }

    #[test]
    fn a_client_closes_a_resolved_critical_ticket_only_after_rating_it() {
        let unrated = Circumstances { critical: true, ..FREE };
        let rated = Circumstances { rated: true, ..unrated };
        assert_eq!(change(Status::Resolved, Status::Closed, Party::Client, unrated), Err(Refusal::RatingRequired));
        assert_eq!(change(Status::Resolved, Status::Closed, Party::Client, rated), Ok(()));
        assert_eq!(change(Status::Resolved, Status::Closed, Party::Staff, unrated), Ok(()));
        assert_eq!(change(Status::Resolved, Status::Closed, Party::System, unrated), Ok(()));
    }

    #[test]
    fn a_client_withdraws_a_critical_ticket_that_nobody_has_resolved() {
        let unrated = Circumstances { critical: true, ..FREE };
        for from in Status::ALL.into_iter().filter(|status| status.is_open()) {
            assert_eq!(change(from, Status::Closed, Party::Client, unrated), Ok(()), "{from:?}");
        }
    }

    #[test]
    fn a_client_reopens_within_the_window_only_and_staff_at_any_time() {
        let over = Circumstances { window_open: false, ..FREE };
        for from in [Status::Resolved, Status::Closed] {
            assert_eq!(change(from, Status::InProgress, Party::Client, FREE), Ok(()));
            assert_eq!(change(from, Status::InProgress, Party::Client, over), Err(Refusal::WindowOver));
            assert_eq!(change(from, Status::InProgress, Party::Staff, over), Ok(()));
        }
    }

    #[test]
    fn the_window_includes_its_last_moment() {
        let end = DateTime::from_timestamp(1_772_434_800, 0).unwrap();
        assert!(window_open(Some(end), end + TimeDelta::days(14), 14));
        assert!(!window_open(Some(end), end + TimeDelta::days(14) + TimeDelta::milliseconds(1), 14));
        assert!(window_open(None, end, 0));
    }

    #[test]
    fn a_clients_answer_wakes_reopens_or_begins_a_new_ticket() {
        use AfterComment::{Becomes, NewTicket, Stays};
        let client = |status, open| after_comment(status, Party::Client, open, false);
        assert_eq!(client(Status::New, true), Stays);
        assert_eq!(client(Status::InProgress, true), Stays);
        assert_eq!(client(Status::WaitingCustomer, true), Becomes(Status::InProgress));
        for ended in [Status::Resolved, Status::Closed] {
            assert_eq!(client(ended, true), Becomes(Status::InProgress));
            assert_eq!(client(ended, false), NewTicket);
            assert_eq!(after_comment(ended, Party::Client, true, true), Stays, "thanks reopen nothing");
            assert_eq!(after_comment(ended, Party::Staff, false, false), Stays);
        }
        assert_eq!(after_comment(Status::New, Party::Staff, true, false), Becomes(Status::InProgress));
    }
}
