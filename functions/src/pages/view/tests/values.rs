//! What views make of a value: initials, colours, spans of time, sizes.

use crate::pages::view::{Person, Span, initials, size_label};

#[test]
fn initials_come_from_the_first_and_the_last_word() {
    assert_eq!(initials("Анна Сергеевна Ким"), "АК");
    assert_eq!(initials("maria"), "M");
    assert_eq!(initials("ليلى حداد"), "ل");
    assert_eq!(initials("  "), "?");
    assert_eq!(initials("(ops) team"), "OT");
}

#[test]
fn a_person_keeps_one_colour_under_every_name() {
    let before = Person::new("usr_1", "Anna Kim");
    let after = Person::new("usr_1", "Anna Petrova");
    assert_eq!(before.tint, after.tint);
    assert!(before.tint < 8);
}

#[test]
fn spans_split_into_hours_and_minutes_and_remember_the_sign() {
    assert_eq!(Span::from_ms(13_200_000), Span { ms: 13_200_000, hours: 3, minutes: 40, over: false });
    assert_eq!(Span::from_ms(-60_000), Span { ms: -60_000, hours: 0, minutes: 1, over: true });
}

#[test]
fn sizes_are_read_in_the_next_unit_at_1024() {
    let units = ["B", "KB", "MB"];
    assert_eq!(size_label(1023, units), "1023 B");
    assert_eq!(size_label(1024, units), "1 KB");
    assert_eq!(size_label(1_572_864, units), "1.5 MB");
}
