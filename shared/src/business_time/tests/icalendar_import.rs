//! Holidays from iCalendar files.

use super::*;

fn file(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//holidays//EN\r\n{events}END:VCALENDAR\r\n")
}

fn event(lines: &[&str]) -> String {
    format!("BEGIN:VEVENT\r\nUID:1@example.com\r\nDTSTAMP:20260101T000000Z\r\n{}\r\nEND:VEVENT\r\n", lines.join("\r\n"))
}

fn imported(events: &str) -> Vec<String> {
    let holidays = holidays_from_ical(&file(events)).unwrap();
    let shown = |holiday: &HolidayIn| {
        let date = holiday.date.as_deref().or(holiday.yearly.as_deref()).unwrap();
        format!("{date} {}", holiday.name)
    };
    holidays.iter().map(shown).collect()
}

#[test]
fn an_all_day_event_is_a_holiday() {
    let day = event(&["DTSTART;VALUE=DATE:20260308", "DTEND;VALUE=DATE:20260309", "SUMMARY:Women's Day"]);
    assert_eq!(imported(&day), ["2026-03-08 Women's Day"]);
}

#[test]
fn the_end_of_an_event_is_the_day_after_its_last_one() {
    let days = event(&["DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270103", "SUMMARY:New Year"]);
    assert_eq!(imported(&days), ["2026-12-31 New Year", "2027-01-01 New Year", "2027-01-02 New Year"]);
    let by_duration = event(&["DTSTART;VALUE=DATE:20261231", "DURATION:P2D", "SUMMARY:New Year"]);
    assert_eq!(imported(&by_duration), ["2026-12-31 New Year", "2027-01-01 New Year"]);
    let without_end = event(&["DTSTART;VALUE=DATE:20261231", "SUMMARY:Eve"]);
    assert_eq!(imported(&without_end), ["2026-12-31 Eve"]);
}

#[test]
fn a_yearly_rule_is_a_yearly_holiday() {
    let rules = ["FREQ=YEARLY", "FREQ=YEARLY;INTERVAL=1;BYMONTH=1;BYMONTHDAY=7"];
    for rule in rules {
        let yearly = event(&["DTSTART;VALUE=DATE:20200107", "SUMMARY:Рождество", &format!("RRULE:{rule}")]);
        assert_eq!(imported(&yearly), ["01-07 Рождество"], "{rule}");
    }
    let two_days =
        event(&["DTSTART;VALUE=DATE:20200101", "DTEND;VALUE=DATE:20200103", "SUMMARY:NY", "RRULE:FREQ=YEARLY;BYMONTHDAY=1"]);
    assert_eq!(imported(&two_days), ["01-01 NY", "01-02 NY"]);
}

#[test]
fn a_yearly_rule_with_an_end_is_its_single_dates() {
    let counted = event(&["DTSTART;VALUE=DATE:20260501", "SUMMARY:May", "RRULE:FREQ=YEARLY;COUNT=2"]);
    assert_eq!(imported(&counted), ["2026-05-01 May", "2027-05-01 May"]);
    let until = event(&["DTSTART;VALUE=DATE:20260501", "SUMMARY:May", "RRULE:FREQ=YEARLY;UNTIL=20280501T000000Z"]);
    assert_eq!(imported(&until), ["2026-05-01 May", "2027-05-01 May", "2028-05-01 May"]);
}

#[test]
fn a_rule_that_cannot_be_kept_is_refused_by_the_name_of_its_event() {
    for rule in ["FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "FREQ=MONTHLY", "FREQ=YEARLY;INTERVAL=4", "nonsense"] {
        let odd = event(&["DTSTART;VALUE=DATE:20261126", "SUMMARY:Thanksgiving", &format!("RRULE:{rule}")]);
        let expected = IcalError::UnsupportedRule { summary: "Thanksgiving".to_owned() };
        assert_eq!(holidays_from_ical(&file(&odd)), Err(expected), "{rule}");
    }
    let except = event(&["DTSTART;VALUE=DATE:20260501", "SUMMARY:May", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270501"]);
    assert!(matches!(holidays_from_ical(&file(&except)), Err(IcalError::UnsupportedRule { .. })));
}

#[test]
fn meetings_and_cancelled_events_are_left_out() {
    let events = event(&["DTSTART:20260308T100000Z", "DTEND:20260308T110000Z", "SUMMARY:Meeting"])
        + &event(&["DTSTART;VALUE=DATE:20260501", "SUMMARY:Called off", "STATUS:CANCELLED"]);
    assert_eq!(imported(&events), Vec::<String>::new());
}

#[test]
fn folded_lines_and_escapes_are_undone() {
    let folded = event(&["DTSTART;VALUE=DATE:20260308", "SUMMARY:Day of work\\, bread", "  and peace"]);
    assert_eq!(imported(&folded), ["2026-03-08 Day of work, bread and peace"]);
}

#[test]
fn an_import_makes_a_valid_calendar() {
    let events = event(&["DTSTART;VALUE=DATE:20260308", "SUMMARY:One"]) + &event(&["DTSTART;VALUE=DATE:20260308", "SUMMARY:Two"]);
    let mut form = office("Europe/Moscow");
    form.holidays = holidays_from_ical(&file(&events)).unwrap();
    assert_eq!(form.holidays.len(), 1);
    assert!(Calendar::parse(&form).is_ok());
}

#[test]
fn what_is_not_a_calendar_or_is_too_much_is_refused() {
    for text in ["", "hello", "BEGIN:VCALENDAR", "<html></html>", "BEGIN:VEVENT\r\nEND:VEVENT\r\n"] {
        assert_eq!(holidays_from_ical(text), Err(IcalError::Malformed), "{text}");
    }
    let backwards = event(&["DTSTART;VALUE=DATE:20260308", "DTEND;VALUE=DATE:20260301", "SUMMARY:Odd"]);
    assert_eq!(holidays_from_ical(&file(&backwards)), Err(IcalError::BadDates { summary: "Odd".to_owned() }));
    let long = event(&["DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20261231", "SUMMARY:Long"]);
    assert_eq!(holidays_from_ical(&file(&long)), Err(IcalError::TooLarge { unit: "days", limit: 92 }));
    let huge = " ".repeat(ICAL_BYTES_MAX + 1);
    assert_eq!(holidays_from_ical(&huge), Err(IcalError::TooLarge { unit: "bytes", limit: ICAL_BYTES_MAX }));
    let many: String = (0..5)
        .map(|year| {
            event(&[&format!("DTSTART;VALUE=DATE:20{:02}0101", 30 + year), &format!("DTEND;VALUE=DATE:20{:02}0401", 30 + year)])
        })
        .collect();
    assert_eq!(holidays_from_ical(&file(&many)), Err(IcalError::TooLarge { unit: "holidays", limit: 400 }));
}

#[test]
fn a_file_that_nests_too_deep_or_closes_what_it_never_opened_is_refused() {
    let deep = "BEGIN:VEVENT\r\n".repeat(20_000) + &"END:VEVENT\r\n".repeat(20_000);
    assert_eq!(holidays_from_ical(&file(&deep)), Err(IcalError::Malformed));
    let disguised = "BEGIN:VEVENT\r\nEND:OTHER\r\n".repeat(10_000);
    assert_eq!(holidays_from_ical(&file(&disguised)), Err(IcalError::Malformed));
    let folded = "BEG\r\n IN:VEVENT\r\n".repeat(10_000);
    assert_eq!(holidays_from_ical(&file(&folded)), Err(IcalError::Malformed));
}

#[test]
fn an_alarm_within_an_event_is_no_obstacle() {
    let alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nEND:VALARM";
    let day = event(&["DTSTART;VALUE=DATE:20260308", "SUMMARY:Women's Day", alarm]);
    assert_eq!(imported(&day), ["2026-03-08 Women's Day"]);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config {
        cases: 500,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(5),
        ..Default::default()
    })]

    /// Damaged files are refused or read, never a crash.
    #[test]
    fn any_text_is_answered(
        lines in proptest::collection::vec(
            "(DTSTART|DTEND|RRULE|SUMMARY|DURATION|STATUS|EXDATE|X)(;VALUE=DATE|;TZID=\"a|;)?[:=]?(2026[0-9]{4}(T[0-9]{6}Z)?|FREQ=YEARLY(;(COUNT|UNTIL|BYMONTH)=[-0-9]{0,10})?|P[0-9]{1,20}[DW]|\\PC{0,20})",
            0..8,
        ),
    ) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        if let Ok(holidays) = holidays_from_ical(&file(&event(&lines))) {
            let form = CalendarIn { zone: "UTC".to_owned(), holidays, ..CalendarIn::default() };
            proptest::prop_assert!(Calendar::parse(&form).is_ok());
        }
    }
}
