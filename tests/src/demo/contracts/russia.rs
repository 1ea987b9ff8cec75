//! Russia: the holidays of article 112 of the Labour Code, and the days off that the Government moved (decrees 1314 of 10.08.2023,
//! 1335 of 04.10.2024 and 1466 of 24.09.2025). For 2027 only what the Code itself moves is known here.

use shared::business_time::CalendarIn;

use super::{closed, office_week, open, yearly};

const EVE: &str = "Предпраздничный день";
const MOVED: &str = "Перенесённый выходной";
/// A working day before a holiday is an hour shorter (article 95).
const EVE_HOURS: (&str, &str) = ("09:00", "17:00");

const HOLIDAYS: [(&str, &str); 14] = [
    ("01-01", "Новогодние каникулы"),
    ("01-02", "Новогодние каникулы"),
    ("01-03", "Новогодние каникулы"),
    ("01-04", "Новогодние каникулы"),
    ("01-05", "Новогодние каникулы"),
    ("01-06", "Новогодние каникулы"),
    ("01-07", "Рождество Христово"),
    ("01-08", "Новогодние каникулы"),
    ("02-23", "День защитника Отечества"),
    ("03-08", "Международный женский день"),
    ("05-01", "Праздник Весны и Труда"),
    ("05-09", "День Победы"),
    ("06-12", "День России"),
    ("11-04", "День народного единства"),
];

const DAYS_OFF: [&str; 14] = [
    "2024-12-30",
    "2024-12-31",
    "2025-05-02",
    "2025-05-08",
    "2025-06-13",
    "2025-11-03",
    "2025-12-31",
    "2026-01-09",
    "2026-03-09",
    "2026-05-11",
    "2026-12-31",
    "2027-05-03",
    "2027-05-10",
    "2027-06-14",
];

const EVES: [&str; 12] = [
    "2025-03-07",
    "2025-04-30",
    "2025-06-11",
    "2025-11-01",
    "2026-04-30",
    "2026-05-08",
    "2026-06-11",
    "2026-11-03",
    "2027-02-22",
    "2027-04-30",
    "2027-06-11",
    "2027-11-03",
];

/// Saturdays that were worked for a day off elsewhere; the one of 2025-11-01 is an eve, too.
const SATURDAYS: [&str; 1] = ["2024-12-28"];

/// Monday to Friday, 9 to 18, by Moscow.
pub fn business() -> CalendarIn {
    let mut overrides: Vec<_> = EVES.iter().map(|date| open(date, EVE_HOURS, EVE)).collect();
    overrides.extend(SATURDAYS.iter().map(|date| open(date, ("09:00", "18:00"), "Рабочая суббота")));
    let mut holidays: Vec<_> = HOLIDAYS.iter().map(|(date, name)| yearly(date, name)).collect();
    holidays.extend(DAYS_OFF.iter().map(|date| closed(date, MOVED)));
    CalendarIn {
        zone: "Europe/Moscow".to_owned(),
        week: office_week("09:00", "18:00"),
        overrides,
        holidays,
        ..CalendarIn::default()
    }
}
