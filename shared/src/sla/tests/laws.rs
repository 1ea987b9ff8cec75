//! What holds for every course of events.

use proptest::prelude::*;

use super::*;

fn events() -> impl Strategy<Value = Vec<(u8, i64)>> {
    prop::collection::vec((0..12_u8, 0..20 * HOUR), 0..25)
}

fn event<'a>(code: u8, others: &'a [Terms], calendar: &'a Calendar, night: &'a Calendar) -> Event<'a> {
    match code {
        0 => Event::AgentReplied,
        1 => Event::ClientReplied { thanks_only: false },
        2 => Event::ClientReplied { thanks_only: true },
        3 => Event::Paused,
        4 => Event::Resumed,
        5 => Event::Resolved,
        6 => Event::Reopened,
        7 => Event::Merged,
        8 => Event::Unmerged,
        9 => Event::CalendarEdited { calendar },
        10 => Event::TermsChanged { terms: &others[0], calendar: night },
        _ => Event::TermsChanged { terms: &others[1], calendar },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    /// Deadline and time left tell the same: the clock is out of time exactly from its deadline on.
    #[test]
    fn the_deadline_is_where_the_time_runs_out(codes in events()) {
        let (calendar, night) = (office(), Calendar::around_the_clock(chrono_tz::UTC));
        let policy = policy_with(|_| {});
        let others = [policy.terms(Priority::Low), policy.terms(Priority::Medium)];
        let mut now = monday("10:00");
        let mut clocks = Clocks::start(&high(), now, &calendar);
        let mut current = &calendar;
        for (code, pause) in codes {
            now += chrono::Duration::seconds(pause);
            let event = event(code, &others, &calendar, &night);
            let _ = clocks.apply(event, now, current);
            if let Event::TermsChanged { calendar, .. } | Event::CalendarEdited { calendar } = event {
                current = calendar;
            }
            for kind in ClockKind::ALL {
                let clock = clocks.clock(kind);
                let (Some(due), Some(target)) = (clock.due_at(), clock.target()) else { continue };
                prop_assert!(matches!(clock.phase(), Phase::Running(_)));
                let used = clock.used_seconds(due, current);
                prop_assert!(used >= target.seconds, "{used} of {} at the deadline", target.seconds);
                if due > now {
                    prop_assert_eq!(used, target.seconds);
                    prop_assert_eq!(clock.breached_at(), None);
                    prop_assert!(clock.used_seconds(due - chrono::Duration::seconds(1), current) < target.seconds);
                }
            }
            let stored = serde_json::to_string(&clocks).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Clocks>(&stored).unwrap(), &clocks);
        }
    }

    /// Whatever happens and whenever the timer looks, one deadline is never told twice, and none that passed is forgotten.
    #[test]
    fn a_passed_deadline_is_told_exactly_once(codes in events(), looks in prop::collection::vec(any::<bool>(), 25)) {
        let (calendar, night) = (office(), Calendar::around_the_clock(chrono_tz::UTC));
        let policy = policy_with(|_| {});
        let others = [policy.terms(Priority::Low), policy.terms(Priority::Critical)];
        let mut now = monday("10:00");
        let mut clocks = Clocks::start(&high(), now, &calendar);
        let mut current = &calendar;
        let mut told: Vec<DueMoment> = Vec::new();
        let mut missed: Vec<(ClockKind, DateTime<Utc>)> = Vec::new();
        for ((code, pause), look) in codes.into_iter().zip(looks) {
            now += chrono::Duration::seconds(pause);
            let event = event(code, &others, &calendar, &night);
            if !matches!(event, Event::CalendarEdited { .. }) {
                for kind in ClockKind::ALL {
                    let due = clocks.clock(kind).due_at().filter(|due| *due < now);
                    missed.extend(due.map(|due| (kind, due)));
                }
            }
            if look {
                told.extend(clocks.take_due(now, current));
            }
            told.extend(clocks.apply(event, now, current));
            if let Event::TermsChanged { calendar, .. } | Event::CalendarEdited { calendar } = event {
                current = calendar;
            }
        }
        let breaches: Vec<(ClockKind, DateTime<Utc>)> =
            told.iter().filter(|moment| moment.kind == DueKind::Breach).map(|moment| (moment.clock, moment.at)).collect();
        for (index, breach) in breaches.iter().enumerate() {
            prop_assert!(!breaches[..index].contains(breach), "{breach:?} told twice");
        }
        for (kind, _) in &missed {
            prop_assert!(breaches.iter().any(|(told, _)| told == kind), "{kind:?} missed and never told");
        }
    }
}
