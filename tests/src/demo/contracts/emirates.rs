//! The Emirates: public holidays (Cabinet Resolution 27 of 2024). Those of the lunar year are set by the sighting of the moon; from
//! 2026 on they are the expected ones.

use shared::business_time::{CalendarIn, IntervalIn, WeekIn};

use super::{closed, office_week, yearly};

const FITR: &str = "عيد الفطر";
const ARAFAT: &str = "يوم عرفة";
const ADHA: &str = "عيد الأضحى";
const HIJRI: &str = "رأس السنة الهجرية";
const MAWLID: &str = "المولد النبوي الشريف";
const UNION: &str = "عيد الاتحاد";

const DATES: [(&str, &str); 35] = [
    ("2024-12-02", UNION),
    ("2024-12-03", UNION),
    ("2025-03-30", FITR),
    ("2025-03-31", FITR),
    ("2025-04-01", FITR),
    ("2025-06-05", ARAFAT),
    ("2025-06-06", ADHA),
    ("2025-06-07", ADHA),
    ("2025-06-08", ADHA),
    ("2025-06-27", HIJRI),
    ("2025-09-05", MAWLID),
    ("2025-12-01", UNION),
    ("2025-12-02", UNION),
    ("2026-03-20", FITR),
    ("2026-03-21", FITR),
    ("2026-03-22", FITR),
    ("2026-05-26", ARAFAT),
    ("2026-05-27", ADHA),
    ("2026-05-28", ADHA),
    ("2026-05-29", ADHA),
    ("2026-06-16", HIJRI),
    ("2026-08-25", MAWLID),
    ("2026-12-02", UNION),
    ("2026-12-03", UNION),
    ("2027-03-10", FITR),
    ("2027-03-11", FITR),
    ("2027-03-12", FITR),
    ("2027-05-15", ARAFAT),
    ("2027-05-16", ADHA),
    ("2027-05-17", ADHA),
    ("2027-05-18", ADHA),
    ("2027-06-06", HIJRI),
    ("2027-08-15", MAWLID),
    ("2027-12-02", UNION),
    ("2027-12-03", UNION),
];

/// Monday to Thursday, 8 to 17, and Friday morning, by Dubai.
pub fn business() -> CalendarIn {
    let week = WeekIn { friday: vec![IntervalIn::new("08:00", "12:00")], ..office_week("08:00", "17:00") };
    let mut holidays = vec![yearly("01-01", "رأس السنة الميلادية")];
    holidays.extend(DATES.iter().map(|(date, name)| closed(date, name)));
    CalendarIn { zone: "Asia/Dubai".to_owned(), week, holidays, ..CalendarIn::default() }
}
