//! The three clocks of one ticket and the events that drive them.
//!
//! A pure state machine: the same events at the same moments give the same state. It is stored as JSON with the
//! ticket; its deadlines are copied into plain columns ([`Clocks::columns`]) for lists and into the timer
//! ([`Clocks::due_moments`]). An event that does not apply (a pause of a resolved ticket) changes nothing.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::business_time::Calendar;

use super::clock::{Clock, Measure, Phase, Telling};
use super::policy::Terms;
use super::policy_form::{Notices, Reopen};

/// Which of a ticket's clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// From creation to an agent's first public answer.
    FirstResponse,
    /// From a later question of the client to the next public answer.
    NextResponse,
    /// From creation to resolution.
    Resolution,
}

impl ClockKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::FirstResponse, Self::NextResponse, Self::Resolution];

    /// The name in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstResponse => "first_response",
            Self::NextResponse => "next_response",
            Self::Resolution => "resolution",
        }
    }

    /// Reads exactly what [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// The clocks of one ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocks {
    #[serde(default, rename = "policy", skip_serializing_if = "Option::is_none")]
    policy_id: Option<String>,
    #[serde(default, rename = "warn", skip_serializing_if = "Vec::is_empty")]
    warn_percent: Vec<u8>,
    #[serde(default)]
    reopen: Reopen,
    #[serde(default, skip_serializing_if = "Notices::is_at_once")]
    notices: Notices,
    #[serde(rename = "first")]
    first_response: Clock,
    #[serde(rename = "next")]
    next_response: Clock,
    resolution: Clock,
}

/// What happened to a ticket, as far as its clocks care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// An agent answered in public.
    AgentReplied,
    /// The client wrote. A mere thank-you starts no clock.
    ClientReplied {
        /// See [`super::is_thanks_only`].
        thanks_only: bool,
    },
    /// The ticket waits for the customer.
    Paused,
    /// The ticket waits for us again.
    Resumed,
    /// The ticket is resolved: the resolution is met, nobody waits for an answer any more.
    Resolved,
    /// A resolved or closed ticket is opened again.
    Reopened,
    /// Another policy, or the same at another priority. Used-up time and pauses are carried over.
    TermsChanged {
        /// The new promises.
        terms: &'a Terms,
        /// The new policy's calendar, by which time counts from now on.
        calendar: &'a Calendar,
    },
    /// The calendar was edited, or the time zone database: the stretch that runs now is counted anew.
    CalendarEdited {
        /// The calendar as it is now.
        calendar: &'a Calendar,
    },
    /// The ticket is closed; as good as resolved, if it was not.
    Closed,
    /// The ticket was merged into another one, whose clocks go on alone.
    Merged,
    /// A merge was undone: the clocks that it stopped go on.
    Unmerged,
}

/// What is due at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DueKind {
    /// So many percent of the promised time are used up.
    Warning(u8),
    /// The promise is broken.
    Breach,
}

/// A moment at which people are to be told something about a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueMoment {
    /// The clock.
    pub clock: ClockKind,
    /// A warning or the breach.
    pub kind: DueKind,
    /// When.
    pub at: DateTime<Utc>,
}

impl DueMoment {
    /// The first second in which it can be told: a warning at its moment, a breach when its deadline is over. An answer in the very
    /// second of the deadline is in time.
    pub fn tell_at(&self) -> DateTime<Utc> {
        match self.kind {
            DueKind::Warning(_) => self.at,
            DueKind::Breach => self.at + TimeDelta::seconds(1),
        }
    }
}

/// The deadlines of a ticket for its plain columns; each `None` while its clock does not run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DueColumns {
    /// The first response.
    pub first_response_due_at: Option<DateTime<Utc>>,
    /// The next response.
    pub next_response_due_at: Option<DateTime<Utc>>,
    /// The resolution.
    pub resolution_due_at: Option<DateTime<Utc>>,
    /// The earliest of the three.
    pub next_due_at: Option<DateTime<Utc>>,
    /// When the clock that is due next begins to warn.
    pub next_warn_at: Option<DateTime<Utc>>,
}

impl Clocks {
    /// The clocks of a ticket that is created at `at`.
    pub fn start(terms: &Terms, at: DateTime<Utc>, calendar: &Calendar) -> Self {
        let mut clocks = Self {
            policy_id: terms.policy_id.clone(),
            warn_percent: terms.warn_percent.clone(),
            reopen: terms.reopen,
            notices: terms.notices,
            first_response: Clock::new(terms.first_response),
            next_response: Clock::new(terms.next_response),
            resolution: Clock::new(terms.resolution),
        };
        let at = at.trunc_subsecs(0);
        let measure = Measure { calendar, warn_percent: &terms.warn_percent };
        clocks.first_response.start(at, measure);
        clocks.resolution.start(at, measure);
        clocks
    }

    /// Takes an event that happened at `at`, under the calendar by which the clocks have counted so far.
    ///
    /// Returns the deadlines that passed before `at` and that nobody was told of yet: they are to be written down
    /// together with the change, because the clocks will not name them again.
    #[must_use]
    pub fn apply(&mut self, event: Event<'_>, at: DateTime<Utc>, calendar: &Calendar) -> Vec<DueMoment> {
        let at = at.trunc_subsecs(0);
        // An edited calendar may say that a passed deadline never was one; all other events own up to it.
        if !matches!(event, Event::CalendarEdited { .. }) {
            self.each(|clock| clock.note_breach(at));
        }
        let warn_percent = std::mem::take(&mut self.warn_percent);
        let measure = Measure { calendar, warn_percent: &warn_percent };
        match event {
            Event::AgentReplied => {
                self.first_response.meet(at, measure);
                self.next_response.meet(at, measure);
            }
            Event::ClientReplied { thanks_only } => self.client_replied(thanks_only, at, measure),
            Event::Paused => self.each(|clock| clock.pause(at, measure)),
            Event::Resumed => self.each(|clock| clock.resume(at, measure)),
            Event::Resolved | Event::Closed => {
                self.first_response.stop(at, measure);
                self.next_response.stop(at, measure);
                self.resolution.meet(at, measure);
            }
            Event::Reopened => self.reopen(at, measure),
            Event::TermsChanged { terms, calendar: new } => {
                return self.change_terms(terms, at, calendar, new);
            }
            Event::CalendarEdited { calendar: new } => {
                let measure = Measure { calendar: new, ..measure };
                self.each(|clock| clock.change_calendar(at, measure));
            }
            Event::Merged => self.each(|clock| clock.stop(at, measure)),
            Event::Unmerged => self.unmerge(at, measure),
        }
        self.warn_percent = warn_percent;
        self.take_known_breaches()
    }

    /// What has become due by `now` and was not told yet; each is named once, then never again in its cycle. A deadline is missed
    /// when it lies before `now`, in whole seconds.
    #[must_use]
    pub fn take_due(&mut self, now: DateTime<Utc>, calendar: &Calendar) -> Vec<DueMoment> {
        let now = now.trunc_subsecs(0);
        let warn_percent = std::mem::take(&mut self.warn_percent);
        let measure = Measure { calendar, warn_percent: &warn_percent };
        let mut due = Vec::new();
        for kind in ClockKind::ALL {
            let told = self.clock_mut(kind).take_tellings(now, measure);
            due.extend(told.into_iter().map(|telling| moment(kind, telling)));
        }
        self.warn_percent = warn_percent;
        due
    }

    /// All moments, past and future, at which something is to be told that was not told yet; the earliest first.
    /// Empty while no clock runs.
    pub fn due_moments(&self, calendar: &Calendar) -> Vec<DueMoment> {
        let measure = Measure { calendar, warn_percent: &self.warn_percent };
        let of = |kind| self.clock(kind).tellings(measure).into_iter().map(move |telling| moment(kind, telling));
        let mut moments: Vec<DueMoment> = ClockKind::ALL.into_iter().flat_map(of).collect();
        moments.sort_by_key(|moment| (moment.at, moment.clock, moment.kind));
        moments
    }

    /// The earliest deadline of the clocks that run, missed ones included.
    pub fn next_due_at(&self) -> Option<DateTime<Utc>> {
        self.due_clock().and_then(Clock::due_at)
    }

    /// The deadlines for the ticket's columns.
    pub fn columns(&self) -> DueColumns {
        DueColumns {
            first_response_due_at: self.first_response.due_at(),
            next_response_due_at: self.next_response.due_at(),
            resolution_due_at: self.resolution.due_at(),
            next_due_at: self.next_due_at(),
            next_warn_at: self.due_clock().and_then(Clock::warn_at),
        }
    }

    /// One of the clocks.
    pub fn clock(&self, kind: ClockKind) -> &Clock {
        match kind {
            ClockKind::FirstResponse => &self.first_response,
            ClockKind::NextResponse => &self.next_response,
            ClockKind::Resolution => &self.resolution,
        }
    }

    /// The policy whose promises the clocks measure; `None` when nothing is promised.
    pub fn policy_id(&self) -> Option<&str> {
        self.policy_id.as_deref()
    }

    /// When people are told of warnings and missed promises.
    pub fn notices(&self) -> Notices {
        self.notices
    }

    /// Whether the clocks measure exactly these promises already.
    pub fn measure(&self, terms: &Terms) -> bool {
        self.policy_id == terms.policy_id
            && self.warn_percent == terms.warn_percent
            && self.reopen == terms.reopen
            && self.notices == terms.notices
            && self.first_response.target() == terms.first_response
            && self.next_response.target() == terms.next_response
            && self.resolution.target() == terms.resolution
    }

    fn due_clock(&self) -> Option<&Clock> {
        ClockKind::ALL
            .into_iter()
            .map(|kind| self.clock(kind))
            .filter(|clock| clock.due_at().is_some())
            .min_by_key(|clock| clock.due_at())
    }

    fn clock_mut(&mut self, kind: ClockKind) -> &mut Clock {
        match kind {
            ClockKind::FirstResponse => &mut self.first_response,
            ClockKind::NextResponse => &mut self.next_response,
            ClockKind::Resolution => &mut self.resolution,
        }
    }

    fn each(&mut self, mut change: impl FnMut(&mut Clock)) {
        for kind in ClockKind::ALL {
            change(self.clock_mut(kind));
        }
    }

    fn take_known_breaches(&mut self) -> Vec<DueMoment> {
        let mut breaches = Vec::new();
        for kind in ClockKind::ALL {
            if let Some(at) = self.clock_mut(kind).take_known_breach() {
                breaches.push(DueMoment { clock: kind, kind: DueKind::Breach, at });
            }
        }
        breaches
    }

    /// The first response covers what the client writes before it; after it, the oldest open question counts.
    fn client_replied(&mut self, thanks_only: bool, at: DateTime<Utc>, measure: Measure<'_>) {
        let over = matches!(self.resolution.phase(), Phase::Met(_) | Phase::Stopped(_));
        if thanks_only || over || self.first_response.is_active() || self.next_response.is_active() {
            return;
        }
        self.next_response.start(at, measure);
    }

    fn reopen(&mut self, at: DateTime<Utc>, measure: Measure<'_>) {
        match (self.resolution.phase(), self.reopen) {
            (Phase::Met(_) | Phase::Stopped(_), Reopen::Continue) => self.resolution.go_on(at, measure),
            (Phase::Met(_) | Phase::Stopped(_), Reopen::Restart) => self.resolution.start(at, measure),
            _ => return,
        }
        if matches!(self.first_response.phase(), Phase::Stopped(_)) {
            self.first_response.go_on(at, measure);
        }
    }

    /// Clocks that a resolution had ended before the merge stay ended: only a merge stops the clock of the resolution, and those that
    /// go on are the ones that it stopped with it.
    fn unmerge(&mut self, at: DateTime<Utc>, measure: Measure<'_>) {
        let merged = self.resolution.phase();
        if matches!(merged, Phase::Stopped(_)) {
            self.each(|clock| {
                if clock.phase() == merged {
                    clock.go_on(at, measure);
                }
            });
        }
    }

    fn change_terms(&mut self, terms: &Terms, at: DateTime<Utc>, old: &Calendar, new: &Calendar) -> Vec<DueMoment> {
        let measure = Measure { calendar: new, warn_percent: &terms.warn_percent };
        let targets = [terms.first_response, terms.next_response, terms.resolution];
        let mut breaches = Vec::new();
        for (kind, target) in ClockKind::ALL.into_iter().zip(targets) {
            if let Some(at) = self.clock_mut(kind).change_target(target, at, old, measure) {
                breaches.push(DueMoment { clock: kind, kind: DueKind::Breach, at });
            }
        }
        self.policy_id.clone_from(&terms.policy_id);
        self.warn_percent.clone_from(&terms.warn_percent);
        self.reopen = terms.reopen;
        self.notices = terms.notices;
        breaches
    }
}

fn moment(clock: ClockKind, telling: Telling) -> DueMoment {
    let kind = telling.percent.map_or(DueKind::Breach, DueKind::Warning);
    DueMoment { clock, kind, at: telling.at }
}
