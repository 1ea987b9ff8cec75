use chrono::{DateTime, TimeDelta, Utc};

use super::*;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_434_800, 0).unwrap()
}

fn ticket(number: u8) -> TicketId {
    TicketId::parse(&format!("tkt_{number:032x}")).unwrap()
}

fn seat(number: u8, name: &str, staff: bool) -> Seat {
    Seat::parse(&format!(r#"{{"person":"usr_{number:032x}","session":"ses_{number:032x}","name":"{name}","staff":{staff}}}"#))
        .unwrap()
}

fn say(seat: &mut Seat, kind: &str, number: u8) -> Heard {
    seat.hear(&format!(r#"{{"type":"{kind}","ticket":"{}"}}"#, ticket(number)), start())
}

#[test]
fn moving_to_another_ticket_changes_the_presence_of_both() {
    let mut anna = seat(1, "Anna", true);
    assert_eq!(say(&mut anna, "viewing", 1), Heard::PresenceChanged(vec![ticket(1)]));
    assert_eq!(say(&mut anna, "typing", 2), Heard::PresenceChanged(vec![ticket(2), ticket(1)]));
    assert_eq!(say(&mut anna, "left", 1), Heard::Nothing, "an old page's farewell must not take the new one's place");
    assert_eq!(say(&mut anna, "left", 2), Heard::PresenceChanged(vec![ticket(2)]));
}

#[test]
fn saying_the_same_again_tells_nobody() {
    let mut anna = seat(1, "Anna", true);
    say(&mut anna, "typing", 1);
    assert_eq!(say(&mut anna, "typing", 1), Heard::Nothing);
}

#[test]
fn clients_have_no_presence() {
    let mut client = seat(1, "Client", false);
    assert_eq!(say(&mut client, "viewing", 1), Heard::Nothing);
    assert!(viewers(&ticket(1), [&client].into_iter()).is_empty());
    client.ticket = Some(ticket(1));
    assert!(viewers(&ticket(1), [&client].into_iter()).is_empty());
}

#[test]
fn garbage_is_ignored_but_counted() {
    let mut anna = seat(1, "Anna", true);
    let long = "x".repeat(MESSAGE_BYTES_MAX + 1);
    for text in ["", "{}", "[1]", r#"{"type":"presence"}"#, r#"{"type":"viewing","ticket":"1"}"#, &long] {
        assert_eq!(anna.hear(text, start()), Heard::Nothing, "{text}");
    }
    let mut last = Heard::Nothing;
    for _ in 0..MESSAGES_PER_WINDOW {
        last = anna.hear("noise", start());
    }
    assert_eq!(last, Heard::TooMany);
    assert_eq!(
        anna.hear("noise", start() + TimeDelta::seconds(RATE_WINDOW_SECONDS)),
        Heard::Nothing,
        "a new window is a new start"
    );
}

#[test]
fn a_person_with_many_pages_is_shown_once_and_typing_in_any_counts() {
    let mut seats = [seat(2, "Boris", true), seat(1, "Anna", true), seat(1, "Anna", true)];
    say(&mut seats[0], "viewing", 1);
    say(&mut seats[1], "viewing", 1);
    say(&mut seats[2], "typing", 1);
    let people = viewers(&ticket(1), seats.iter());
    let shown: Vec<_> = people.iter().map(|viewer| (viewer.name.as_str(), viewer.typing)).collect();
    assert_eq!(shown, [("Anna", true), ("Boris", false)]);
}

#[test]
fn a_seat_is_over_when_its_rights_end_and_not_before() {
    let (mut anna, mut boris, client) = (seat(1, "Anna", true), seat(2, "Boris", true), seat(3, "Client", false));
    let end = start() + TimeDelta::minutes(5);
    (anna.until, boris.until) = (Some(end.timestamp_millis()), Some(end.timestamp_millis() + 1));
    assert!(!anna.is_over(end - TimeDelta::milliseconds(1)));
    assert!(anna.is_over(end) && !boris.is_over(end));
    assert!(!client.is_over(end + TimeDelta::days(365_000)), "rights without an end do not end");
    assert_eq!(Seat::next_end([&boris, &client, &anna].into_iter()), anna.until);
    assert_eq!(Seat::next_end([&client].into_iter()), None);
    assert_eq!(Seat::parse(&anna.to_json()), Some(anna));
}

#[test]
fn a_seat_survives_being_stored() {
    let mut anna = seat(1, "Анна", true);
    say(&mut anna, "typing", 1);
    assert_eq!(Seat::parse(&anna.to_json()), Some(anna));
}

#[test]
fn the_wire_forms_stay_as_they_are() {
    let event = Event::TicketChanged { ticket: ticket(1), version: 3 };
    assert_eq!(event.to_json(), r#"{"type":"ticket_changed","ticket":"tkt_00000000000000000000000000000001","version":3}"#);
    let text = HubMessage::staff(event.clone()).to_json();
    assert_eq!(serde_json::from_str::<HubMessage>(&text).unwrap(), HubMessage::Publish { staff: true, people: vec![], event });
    // What a worker of an earlier release says still ends all of a person's sockets.
    let person = UserId::parse("usr_00000000000000000000000000000001").unwrap();
    assert_eq!(
        serde_json::from_str::<HubMessage>(r#"{"kind":"end_people","people":["usr_00000000000000000000000000000001"]}"#).unwrap(),
        HubMessage::EndPeople { people: vec![person], except: None }
    );
}

#[test]
fn a_page_gives_up_on_exactly_the_codes_that_the_hub_closes_with() {
    let page = include_str!("../../../public/src/parts/live.ts");
    let given_up =
        page.lines().find(|line| line.trim_start().starts_with("if (event.code ===")).expect("the page looks at the code");
    for code in [CLOSE_SESSION_ENDED, CLOSE_POLICY] {
        assert!(given_up.contains(&format!("event.code === {code}")), "{code}: {given_up}");
    }
}
