//! When tickets come: the rhythm of a day, a week, a month's end, a growing number of clients, and now and then an outage.

use super::calendar::{instant, worked};
use super::contracts::office;
use super::corpus::Corpus;
use super::dice::Dice;
use super::scenes::Staged;
use super::{Language, Size, Tenant};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};

/// The bare bones of a ticket; everything else follows from the seed.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Place of its tenant in the plan's list.
    pub tenant: usize,
    /// Its language.
    pub language: Language,
    /// Place of its family in the corpus of the language.
    pub family: usize,
    /// Whether it belongs to an outage that many wrote about.
    pub outage: bool,
    /// The seed of its story.
    pub seed: u64,
    /// What it is to show at the end of the past, if its story is not left to chance.
    pub staged: Option<Staged>,
}

/// How busy the hours of a local day are, in thousandths.
const HOURS: [u32; 24] = [2, 1, 1, 1, 1, 2, 5, 18, 62, 118, 128, 118, 92, 74, 96, 104, 96, 72, 36, 18, 12, 9, 6, 4];

/// All arrivals of one tenant but those that are `staged`, in no particular order.
pub fn of_tenant(seed: u64, size: Size, place: usize, tenant: &Tenant, now: DateTime<Utc>, staged: usize) -> Vec<Arrival> {
    let mut dice = Dice::fork(seed, tenant.slug);
    let wanted = usize::try_from(size.tickets() * tenant.share / 100).unwrap_or(0).saturating_sub(staged);
    let today = now.with_timezone(&tenant.zone).date_naive();
    let days: Vec<NaiveDate> = (0..=size.days()).rev().filter_map(|ago| today.checked_sub_signed(TimeDelta::days(ago))).collect();
    let weights: Vec<u32> = days.iter().enumerate().map(|(nth, day)| weight_of_day(tenant, *day, nth, days.len())).collect();
    let begin = now - TimeDelta::days(size.days()) + TimeDelta::hours(1);
    let mut arrivals = Vec::with_capacity(wanted);
    while arrivals.len() < wanted {
        let day = days.get(dice.weighted(&weights)).copied().unwrap_or(today);
        let hour = i64::try_from(dice.weighted(&HOURS)).unwrap_or(12);
        let at = instant(tenant.zone, day, hour * 60) + TimeDelta::seconds(dice.between(0, 3599));
        if at < begin || at >= now {
            continue;
        }
        let language = spoken(&mut dice, tenant);
        let is_outage = size == Size::Full && dice.chance(1.0 / 320.0);
        let family = family_for(&mut dice, language, day, is_outage);
        let crowd = if is_outage { 5 + dice.delay_minutes(6.0, 0.7).min(40) } else { 1 };
        for nth in 0..crowd {
            let at = if nth == 0 { at } else { at + TimeDelta::seconds(dice.delay_minutes(35.0, 0.9) * 60 + nth) };
            if at < now && arrivals.len() < wanted {
                let (outage, seed) = (crowd > 1, dice.seed());
                arrivals.push(Arrival { at, tenant: place, language, family, outage, seed, staged: None });
            }
        }
    }
    arrivals
}

/// A language as the clients of a tenant speak it.
fn spoken(dice: &mut Dice, tenant: &Tenant) -> Language {
    match tenant.second {
        Some((second, of_hundred)) if dice.chance(f64::from(of_hundred) / 100.0) => second,
        _ => tenant.language,
    }
}

/// How many tickets a day draws: growth, weekday, month's and quarter's end, holidays.
fn weight_of_day(tenant: &Tenant, day: NaiveDate, nth: usize, of: usize) -> u32 {
    let is_worked = worked(office(tenant.language), tenant.zone, day) > 0;
    let grown = 1000 + 1200 * u32::try_from(nth).unwrap_or(0) / u32::try_from(of.max(1)).unwrap_or(1);
    let weekday = match day.weekday() {
        Weekday::Mon => 118,
        Weekday::Tue => 108,
        Weekday::Wed => 102,
        Weekday::Thu => 100,
        Weekday::Fri if tenant.language == Language::Ar => 62,
        Weekday::Fri => 88,
        Weekday::Sat if is_worked => 74,
        Weekday::Sat => 9,
        Weekday::Sun => 6,
    };
    let soon = day.checked_add_days(Days::new(3)).unwrap_or(day);
    let closing = soon.month() != day.month();
    let opening = day.day() <= 5;
    let quarter = (closing && day.month().is_multiple_of(3)) || (opening && day.month() % 3 == 1);
    let peak = match (closing || opening, quarter) {
        (true, true) => 175,
        (true, false) => 140,
        _ => 100,
    };
    let holiday = match (tenant.language, day.month(), day.day()) {
        _ if !is_worked && !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) => 12,
        (Language::En, 12, 24..=31) => 55,
        _ => 100,
    };
    grown * weekday / 100 * peak / 100 * holiday / 100
}

/// The family of a ticket: some problems are common, some rare, and those of finance come with the month's end.
fn family_for(dice: &mut Dice, language: Language, day: NaiveDate, outage: bool) -> usize {
    let closing = day.day() >= 26 || day.day() <= 6;
    let weights: Vec<u32> = Corpus::of(language)
        .families
        .iter()
        .enumerate()
        .map(|(nth, family)| {
            let common = 30 + u32::try_from(nth * 37 % 11).unwrap_or(0) * 10;
            let season = if closing && matches!(family.department, "finance" | "hr_payroll") { 2 } else { 1 };
            if outage && !family.incident { 0 } else { common * season }
        })
        .collect();
    dice.weighted(&weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::TENANTS;
    use chrono::Timelike;

    fn arrivals() -> Vec<Arrival> {
        of_tenant(1, Size::Full, 0, &TENANTS[0], "2026-11-23T09:00:00Z".parse().unwrap(), 0)
    }

    #[test]
    fn clients_write_in_office_hours_and_rarely_at_the_weekend() {
        let all = arrivals();
        assert_eq!(all.len(), 9000);
        let local = |a: &Arrival| a.at.with_timezone(&TENANTS[0].zone);
        let weekend = all.iter().filter(|a| matches!(local(a).weekday(), Weekday::Sat | Weekday::Sun)).count();
        assert!((1..all.len() / 20).contains(&weekend), "{weekend} at the weekend");
        let office = all.iter().filter(|a| (8..19).contains(&local(a).hour())).count();
        assert!(office * 10 > all.len() * 8, "{office} in office hours");
    }

    #[test]
    fn the_second_year_is_busier_and_month_ends_stand_out() {
        let all = arrivals();
        let middle: DateTime<Utc> = "2025-11-23T09:00:00Z".parse().unwrap();
        let late = all.iter().filter(|a| a.at >= middle).count();
        assert!(late * 100 > all.len() * 54, "{late} in the second year");
        let on = |days: std::ops::Range<u32>| all.iter().filter(|a| days.contains(&a.at.day())).count();
        assert!(on(1..6) > on(11..16) * 11 / 10, "{} early, {} in the middle", on(1..6), on(11..16));
    }

    #[test]
    fn outages_bring_many_tickets_of_one_family_within_hours() {
        let mut outage: Vec<_> = arrivals().into_iter().filter(|a| a.outage).collect();
        outage.sort_by_key(|a| (a.family, a.at));
        let close = outage.windows(2).filter(|w| w[0].family == w[1].family && w[1].at - w[0].at < TimeDelta::hours(2)).count();
        assert!(close > 50, "{close} neighbours");
    }
}
