//! The rules, each a pure function of lines.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Finding, Kind, Line};
use crate::limits::{ALERT_ACCOUNT_REFUSALS, ALERT_EXPORTS, ALERT_REFUSED_ROUTES, ALERT_SPRAYED_ACCOUNTS, ALERT_TRAVEL_SECONDS};

/// Where somebody signed in from before the lines began.
#[derive(Debug, Clone, Deserialize)]
pub struct Visited {
    /// Who.
    pub actor: String,
    /// From which country.
    pub country: String,
    /// When last.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub at: DateTime<Utc>,
}

/// Everything that the lines show, `visited` given for those who signed in.
pub fn findings(lines: &[Line], visited: &[Visited]) -> Vec<Finding> {
    let of = |action: &str| lines.iter().filter(|line| line.action == action).collect::<Vec<_>>();
    let refused = of("session.refused");
    let mut found = sprayed(&refused);
    found.extend(tried(&refused));
    found.extend(disabled(&refused));
    found.extend(travelled(&of("session.opened"), visited));
    found.extend(probed(&of("access.refused")));
    found.extend(exported(&of("audit.exported")));
    found.extend(strayed(&of("api_key.refused")));
    found
}

/// How many sign-ins were refused from each network; `network_of` tells the network of an address.
pub fn refusals_by_network(lines: &[Line], network_of: impl Fn(&str) -> String) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for line in lines.iter().filter(|line| line.action == "session.refused" && !line.network.is_empty()) {
        *counts.entry(network_of(&line.network)).or_default() += 1;
    }
    counts
}

fn finding(kind: Kind, subject: &str, newest: DateTime<Utc>, detail: Value) -> Finding {
    Finding { kind, subject: subject.to_owned(), period: newest.timestamp().div_euclid(3600) * 3600, detail }
}

/// Lines by what `key` says of them; those of which it says nothing stay away.
fn grouped<'l>(lines: &[&'l Line], key: impl Fn(&'l Line) -> &'l str) -> BTreeMap<&'l str, Vec<&'l Line>> {
    let mut groups: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        groups.entry(key(line)).or_default().push(line);
    }
    groups.remove("");
    groups
}

fn newest(lines: &[&Line]) -> DateTime<Utc> {
    lines.iter().map(|line| line.at).max().unwrap_or_default()
}

fn distinct<'l>(lines: &[&'l Line], key: impl Fn(&'l Line) -> &'l str) -> usize {
    lines.iter().map(|line| key(line)).filter(|text| !text.is_empty()).collect::<BTreeSet<_>>().len()
}

fn sprayed(refused: &[&Line]) -> Vec<Finding> {
    let accounts = |lines: &[&Line]| lines.iter().filter_map(|line| line.typed.as_deref()).collect::<BTreeSet<_>>().len();
    grouped(refused, |line| &line.network)
        .into_iter()
        .filter(|(_, lines)| accounts(lines) >= ALERT_SPRAYED_ACCOUNTS)
        .map(|(network, lines)| {
            let detail = json!({ "accounts": accounts(&lines), "tries": lines.len() });
            finding(Kind::PasswordSpraying, network, newest(&lines), detail)
        })
        .collect()
}

fn is_person(id: &str) -> bool {
    id.starts_with("usr_")
}

fn tried(refused: &[&Line]) -> Vec<Finding> {
    grouped(refused, |line| &line.subject)
        .into_iter()
        .filter(|(subject, lines)| is_person(subject) && lines.len() >= ALERT_ACCOUNT_REFUSALS)
        .map(|(subject, lines)| {
            let detail = json!({ "tries": lines.len(), "networks": distinct(&lines, |line| &line.network) });
            finding(Kind::SignInRefusals, subject, newest(&lines), detail)
        })
        .collect()
}

fn disabled(refused: &[&Line]) -> Vec<Finding> {
    let of_disabled: Vec<&Line> =
        refused.iter().copied().filter(|line| line.subject_status.as_deref() == Some("disabled")).collect();
    grouped(&of_disabled, |line| &line.subject)
        .into_iter()
        .map(|(subject, lines)| {
            let network = lines.last().map_or("", |line| line.network.as_str());
            finding(Kind::DisabledAccount, subject, newest(&lines), json!({ "tries": lines.len(), "network": network }))
        })
        .collect()
}

/// Sign-ins from another country: at once, or for the first time. Whoever was never seen anywhere comes from nowhere new.
fn travelled(opened: &[&Line], visited: &[Visited]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (actor, mut lines) in grouped(opened, |line| &line.actor) {
        lines.sort_by_key(|line| line.at);
        let mut seen: Vec<(&str, DateTime<Utc>)> =
            visited.iter().filter(|place| place.actor == actor).map(|place| (place.country.as_str(), place.at)).collect();
        for line in lines {
            let Some(country) = line.country.as_deref() else { continue };
            let last = seen.iter().filter(|(other, _)| *other != country).max_by_key(|(_, at)| *at).copied();
            let is_known = seen.iter().any(|(other, _)| *other == country);
            if let Some((from, at)) = last {
                let detail = json!({ "from": from, "country": country, "network": line.network });
                if line.at - at <= TimeDelta::seconds(ALERT_TRAVEL_SECONDS) {
                    found.push(finding(Kind::ImpossibleTravel, actor, line.at, detail));
                } else if !is_known {
                    found.push(finding(Kind::NewCountry, actor, line.at, detail));
                }
            }
            seen.push((country, line.at));
        }
    }
    // Back and forth within an hour is one finding.
    found.dedup_by(|later, first| later.kind == first.kind && later.subject == first.subject && later.period == first.period);
    found
}

fn probed(refused: &[&Line]) -> Vec<Finding> {
    grouped(refused, |line| &line.actor)
        .into_iter()
        .filter(|(actor, lines)| is_person(actor) && distinct(lines, |line| &line.subject) >= ALERT_REFUSED_ROUTES)
        .map(|(actor, lines)| {
            let detail = json!({ "routes": distinct(&lines, |line| &line.subject) });
            finding(Kind::ManyRefusals, actor, newest(&lines), detail)
        })
        .collect()
}

fn exported(exports: &[&Line]) -> Vec<Finding> {
    grouped(exports, |line| &line.actor)
        .into_iter()
        .filter(|(_, lines)| lines.len() >= ALERT_EXPORTS)
        .map(|(actor, lines)| finding(Kind::MassExport, actor, newest(&lines), json!({ "exports": lines.len() })))
        .collect()
}

/// Keys that came from elsewhere, by the account of the program that they are of: one try is enough, for somebody has the whole key.
fn strayed(refused: &[&Line]) -> Vec<Finding> {
    grouped(refused, |line| &line.actor)
        .into_iter()
        .map(|(actor, lines)| {
            let network = lines.last().map_or("", |line| line.network.as_str());
            let detail = json!({ "keys": distinct(&lines, |line| &line.subject), "network": network });
            finding(Kind::KeyElsewhere, actor, newest(&lines), detail)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_434_800 + minutes * 60, 0).unwrap()
    }

    fn line(action: &str, minutes: i64) -> Line {
        Line {
            action: action.to_owned(),
            at: at(minutes),
            actor: "anonymous".to_owned(),
            subject: "unknown".to_owned(),
            network: "198.51.100.1".to_owned(),
            country: None,
            typed: None,
            subject_status: None,
        }
    }

    fn kinds(lines: &[Line], visited: &[Visited]) -> Vec<(Kind, String)> {
        findings(lines, visited).into_iter().map(|found| (found.kind, found.subject)).collect()
    }

    fn refused(account: usize) -> Line {
        Line { typed: Some(format!("digest{account}")), ..line("session.refused", 0) }
    }

    #[test]
    fn ten_accounts_from_one_network_are_spraying_and_nine_are_not() {
        let lines: Vec<Line> = (0..9).flat_map(|account| [refused(account), refused(account)]).collect();
        assert_eq!(kinds(&lines, &[]), []);
        let lines: Vec<Line> = (0..10).map(refused).collect();
        assert_eq!(kinds(&lines, &[]), [(Kind::PasswordSpraying, "198.51.100.1".to_owned())]);
        let spread: Vec<Line> =
            (0..40).map(|account| Line { network: format!("198.51.100.{account}"), ..refused(account) }).collect();
        assert_eq!(kinds(&spread, &[]), []);
        let nowhere: Vec<Line> = (0..40).map(|account| Line { network: String::new(), ..refused(account) }).collect();
        assert_eq!(kinds(&nowhere, &[]), []);
    }

    #[test]
    fn twenty_refusals_of_one_account_are_told_wherever_they_come_from() {
        let one = |number: usize| Line { subject: "usr_1".to_owned(), network: format!("198.51.100.{number}"), ..refused(1) };
        let lines: Vec<Line> = (0..19).map(one).collect();
        assert_eq!(kinds(&lines, &[]), []);
        let lines: Vec<Line> = (0..20).map(one).collect();
        let found = findings(&lines, &[]);
        assert_eq!((found[0].kind, &found[0].detail), (Kind::SignInRefusals, &json!({ "tries": 20, "networks": 20 })));
    }

    #[test]
    fn one_try_of_a_disabled_account_is_enough() {
        let tried = |status: &str| Line {
            subject: "usr_1".to_owned(),
            subject_status: Some(status.to_owned()),
            ..line("session.refused", 0)
        };
        assert_eq!(kinds(&[tried("active")], &[]), []);
        assert_eq!(kinds(&[tried("disabled")], &[]), [(Kind::DisabledAccount, "usr_1".to_owned())]);
    }

    fn opened(minutes: i64, country: &str) -> Line {
        Line { actor: "usr_1".to_owned(), country: Some(country.to_owned()), ..line("session.opened", minutes) }
    }

    fn came(minutes: i64, country: &str) -> Visited {
        Visited { actor: "usr_1".to_owned(), country: country.to_owned(), at: at(minutes) }
    }

    #[test]
    fn a_country_is_new_to_whoever_was_seen_elsewhere_only() {
        assert_eq!(kinds(&[opened(0, "DE")], &[]), [], "somebody who was never seen");
        assert_eq!(kinds(&[opened(0, "DE")], &[came(-600, "DE")]), []);
        assert_eq!(kinds(&[opened(0, "DE")], &[came(-600, "DE"), came(-700, "RU")]), [], "both are known");
        assert_eq!(kinds(&[opened(0, "DE")], &[came(-600, "RU")]), [(Kind::NewCountry, "usr_1".to_owned())]);
        assert_eq!(kinds(&[Line { country: None, ..opened(0, "DE") }], &[came(-600, "RU")]), [], "nobody knows from where");
        let other = Visited { actor: "usr_2".to_owned(), ..came(-600, "RU") };
        assert_eq!(kinds(&[opened(0, "DE")], &[other]), []);
    }

    #[test]
    fn nobody_is_in_two_countries_within_an_hour() {
        assert_eq!(kinds(&[opened(0, "DE")], &[came(-59, "RU")]), [(Kind::ImpossibleTravel, "usr_1".to_owned())]);
        assert_eq!(
            kinds(&[opened(0, "DE")], &[came(-59, "RU"), came(-900, "DE")]),
            [(Kind::ImpossibleTravel, "usr_1".to_owned())]
        );
        assert_eq!(kinds(&[opened(0, "DE")], &[came(-61, "RU"), came(-900, "DE")]), []);
        // In whatever order the lines come, and once for going back and forth.
        let lines = [opened(9, "RU"), opened(3, "DE"), opened(0, "RU"), opened(6, "RU")];
        assert_eq!(kinds(&lines, &[]), [(Kind::ImpossibleTravel, "usr_1".to_owned())]);
    }

    #[test]
    fn probing_is_about_different_things_and_exporting_about_how_often() {
        let probe =
            |route: usize| Line { actor: "usr_1".to_owned(), subject: format!("GET /api/{route}"), ..line("access.refused", 0) };
        let same: Vec<Line> = (0..50).map(|_| probe(1)).collect();
        assert_eq!(kinds(&same, &[]), []);
        let many: Vec<Line> = (0..10).map(probe).collect();
        assert_eq!(kinds(&many, &[]), [(Kind::ManyRefusals, "usr_1".to_owned())]);
        let export = || Line { actor: "usr_1".to_owned(), ..line("audit.exported", 0) };
        assert_eq!(kinds(&[export(), export(), export(), export()], &[]), []);
        let five: Vec<Line> = (0..5).map(|_| export()).collect();
        assert_eq!(kinds(&five, &[]), [(Kind::MassExport, "usr_1".to_owned())]);
    }

    #[test]
    fn one_key_from_elsewhere_is_enough() {
        let stray = |key: &str| Line { actor: "usr_1".to_owned(), subject: key.to_owned(), ..line("api_key.refused", 0) };
        let found = findings(&[stray("key_1"), stray("key_1"), stray("key_2")], &[]);
        assert_eq!((found.len(), found[0].kind, found[0].subject.as_str()), (1, Kind::KeyElsewhere, "usr_1"));
        assert_eq!(found[0].detail, json!({ "keys": 2, "network": "198.51.100.1" }));
    }

    #[test]
    fn a_finding_is_of_the_hour_of_its_newest_line_whenever_it_is_found() {
        let lines: Vec<Line> = (0..10).map(refused).collect();
        let period = findings(&lines, &[])[0].period;
        assert_eq!(period % 3600, 0);
        let later: Vec<Line> = lines.iter().cloned().map(|line| Line { at: at(61), ..line }).collect();
        assert_ne!(findings(&later, &[])[0].period, period);
    }

    #[test]
    fn refusals_are_counted_by_network() {
        let lines = [refused(1), refused(2), Line { network: String::new(), ..refused(3) }, opened(0, "DE")];
        let counts = refusals_by_network(&lines, |address| format!("net of {address}"));
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), [("net of 198.51.100.1".to_owned(), 2)]);
    }

    #[test]
    fn every_kind_has_one_name() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }
}
