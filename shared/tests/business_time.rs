//! Business time against a brute-force oracle, and its laws, on thousands of random calendars.
//!
//! Every zone has its own tests. Moments lie in 2025-2027, half of them within days of a clock change of the zone;
//! calendars have several and overnight intervals, intervals that overlap, holidays of all kinds and overrides.
//! The seed is fixed, so a failure is the same failure everywhere.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

#[path = "business_time/oracle.rs"]
mod oracle;
#[path = "business_time/plan.rs"]
mod plan;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use shared::business_time::{Calendar, add_business, business_between, is_open, next_open};

use oracle::{Oracle, ZoneTable};
use plan::{Plan, plans};

const ORACLE_CASES: u32 = 400;
const LAW_CASES: u32 = 400;
/// Days around a moment that the oracle looks at.
const WINDOW_DAYS: i64 = 45;
const DAY: i64 = 86_400;

fn moment(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap()
}

/// Moments of 2025-2027: half of them anywhere, half within four days of a change of the zone's clocks.
fn moments(table: &ZoneTable) -> BoxedStrategy<i64> {
    let anywhere = 1_735_689_600_i64..1_830_297_600;
    let changes: Vec<i64> = table.changes.iter().copied().filter(|change| anywhere.contains(change)).collect();
    if changes.is_empty() {
        return anywhere.boxed();
    }
    let near = (prop::sample::select(changes), -4 * DAY..4 * DAY).prop_map(|(change, offset)| change + offset);
    prop_oneof![anywhere, near].boxed()
}

fn cases(count: u32, seed: u64) -> TestRunner {
    TestRunner::new(Config { cases: count, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..Config::default() })
}

fn calendar_of(plan: &Plan, zone: &str) -> Calendar {
    Calendar::parse(&plan.form(zone)).unwrap()
}

type Outcome = Result<(), TestCaseError>;

fn agrees_with_the_oracle(zone: &str, table: &ZoneTable) {
    let input = moments(table)
        .prop_flat_map(|from| (Just(from), plans(from), 0..30 * DAY, prop_oneof![0..12 * 3600_i64, 0..80 * 3600_i64]));
    let check = |(from, plan, span, duration): (i64, Plan, i64, i64)| -> Outcome {
        let calendar = calendar_of(&plan, zone);
        let oracle = Oracle::new(table, &plan, from - 2 * DAY, from + WINDOW_DAYS * DAY);
        let to = from + span;
        prop_assert_eq!(business_between(&calendar, moment(from), moment(to)), oracle.between(from, to));
        prop_assert_eq!(is_open(&calendar, moment(from)), oracle.is_open(from));
        if let Some(opening) = oracle.next_open(from) {
            prop_assert_eq!(next_open(&calendar, moment(from)), Some(moment(opening)));
        }
        let deadline = add_business(&calendar, moment(from), duration);
        match oracle.add(from, duration) {
            Some(expected) => prop_assert_eq!(deadline, Some(moment(expected))),
            None => prop_assert!(deadline.is_none_or(|at| at > moment(from + (WINDOW_DAYS - 1) * DAY))),
        }
        Ok(())
    };
    cases(ORACLE_CASES, 11).run(&input, check).unwrap();
}

fn keeps_the_laws(zone: &str, table: &ZoneTable) {
    let input = moments(table).prop_flat_map(|from| (Just(from), plans(from), 0..200_000_i64, 0..200_000_i64, 0..20 * DAY));
    let check = |(from, plan, a, b, later): (i64, Plan, i64, i64, i64)| -> Outcome {
        let calendar = calendar_of(&plan, zone);
        let from = moment(from);
        let Some(first) = add_business(&calendar, from, a) else {
            let five_years = business_between(&calendar, from, from + chrono::Duration::days(5 * 366));
            prop_assert!(five_years < a, "no deadline only where there is too little time: {five_years} of {a}");
            return Ok(());
        };
        let Some(second) = add_business(&calendar, first, b) else { return Ok(()) };
        prop_assert_eq!(add_business(&calendar, from, a + b), Some(second), "adding in two steps is adding at once");

        prop_assert_eq!(business_between(&calendar, from, first), a, "what was added has elapsed");
        let open = next_open(&calendar, from).unwrap_or(from);
        prop_assert_eq!(add_business(&calendar, open, a).map(|at| business_between(&calendar, open, at)), Some(a));
        prop_assert_eq!(business_between(&calendar, from, second), a + b);

        prop_assert!(second >= first, "more time never ends earlier");
        let later_from = from + chrono::Duration::seconds(later);
        prop_assert!(add_business(&calendar, later_from, a).is_none_or(|at| at >= first), "starting later never ends earlier");
        let parts = business_between(&calendar, from, later_from)
            + business_between(&calendar, later_from, later_from + chrono::Duration::days(3));
        prop_assert_eq!(business_between(&calendar, from, later_from + chrono::Duration::days(3)), parts, "time adds up");
        Ok(())
    };
    cases(LAW_CASES, 12).run(&input, check).unwrap();
}

fn a_holiday_never_shortens(zone: &str, table: &ZoneTable) {
    let input = moments(table).prop_flat_map(|from| (Just(from), plans(from), 1..200_000_i64, -2..12_i64, any::<bool>()));
    let check = |(from, mut plan, duration, offset, yearly): (i64, Plan, i64, i64, bool)| -> Outcome {
        let before = calendar_of(&plan, zone);
        plan.close(from + offset * DAY, yearly);
        let after = calendar_of(&plan, zone);
        let from = moment(from);
        let (without, with) = (add_business(&before, from, duration), add_business(&after, from, duration));
        if let Some(without) = without {
            prop_assert!(with.is_none_or(|with| with >= without), "{without} became {with:?}");
        } else {
            prop_assert_eq!(with, None);
        }
        let end = from + chrono::Duration::days(20);
        prop_assert!(business_between(&after, from, end) <= business_between(&before, from, end));
        Ok(())
    };
    cases(LAW_CASES, 13).run(&input, check).unwrap();
}

fn around_the_clock_is_plain_time(zone: &str, table: &ZoneTable) {
    let input = (moments(table), 0..400 * DAY);
    let check = |(from, duration): (i64, i64)| -> Outcome {
        // A yearly half-day that covers the whole day keeps the calendar from taking its short way.
        let calendar = calendar_of(&Plan::all_day_every_day(), zone);
        prop_assert!(!calendar.is_always_open());
        prop_assert_eq!(add_business(&calendar, moment(from), duration), Some(moment(from + duration)));
        prop_assert_eq!(business_between(&calendar, moment(from), moment(from + duration)), duration);
        Ok(())
    };
    cases(40, 14).run(&input, check).unwrap();
}

macro_rules! zones {
    ($($name:ident: $zone:literal),+ $(,)?) => {$(
        mod $name {
            static TABLE: std::sync::LazyLock<super::ZoneTable> =
                std::sync::LazyLock::new(|| super::ZoneTable::of($zone));

            #[test]
            fn agrees_with_the_oracle() {
                super::agrees_with_the_oracle($zone, &TABLE);
            }

            #[test]
            fn keeps_the_laws() {
                super::keeps_the_laws($zone, &TABLE);
            }

            #[test]
            fn a_holiday_never_shortens() {
                super::a_holiday_never_shortens($zone, &TABLE);
            }

            #[test]
            fn around_the_clock_is_plain_time() {
                super::around_the_clock_is_plain_time($zone, &TABLE);
            }
        }
    )+};
}

zones! {
    berlin: "Europe/Berlin",
    new_york: "America/New_York",
    lord_howe: "Australia/Lord_Howe",
    casablanca: "Africa/Casablanca",
    kathmandu: "Asia/Kathmandu",
    troll: "Antarctica/Troll",
    moscow: "Europe/Moscow",
    dubai: "Asia/Dubai",
    havana: "America/Havana",
    beirut: "Asia/Beirut",
}
