use super::*;
use crate::demo::{Changes, Channel, Priority, RelationKind, Status, StrayKind, TENANTS};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use shared::mail::quote::strip;
use shared::sla::is_thanks_only;

const NOW: &str = "2026-11-23T09:00:00Z";

fn events(seed: u64, size: Size) -> Plan {
    plan(seed, size, &TENANTS, NOW.parse().unwrap())
}

/// The full past, told once for all tests that only read it.
static FULL: LazyLock<Vec<Event>> = LazyLock::new(|| events(1, Size::Full).collect());

fn digest(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Every text of an event, with a name for the message.
fn texts(event: &Event) -> Vec<&str> {
    match &event.kind {
        Happening::TicketCreated(t) => {
            let files = t.files.iter().map(|file| file.name.as_str());
            [t.title.as_str(), &t.description].into_iter().chain(files).collect()
        }
        Happening::CommentAdded(c) => {
            std::iter::once(c.body.as_str()).chain(c.files.iter().map(|file| file.name.as_str())).collect()
        }
        Happening::Rated(r) => r.comment.iter().map(String::as_str).collect(),
        Happening::OrganizationCreated(o) => vec![&o.name],
        Happening::UserCreated(p) => vec![&p.given, &p.family, &p.position],
        Happening::FieldsChanged(c) => c.escalation.iter().map(|(_, reason)| reason.as_str()).collect(),
        Happening::MachineAnswered(m) => m.away.iter().flat_map(|(subject, text)| [subject.as_str(), text]).collect(),
        Happening::MailCame(mail) if mail.kind != StrayKind::Blank => vec![&mail.subject, &mail.body],
        _ => Vec::new(),
    }
}

/// The ticket that an event opens.
fn opened(event: &Event) -> Option<TicketKey> {
    match &event.kind {
        Happening::TicketCreated(ticket) => Some(ticket.ticket),
        Happening::MailCame(mail) => match mail.kind {
            StrayKind::Stranger(ticket) => Some(ticket),
            _ => None,
        },
        _ => None,
    }
}

#[test]
fn the_same_seed_tells_the_same_past() {
    let first: Vec<Event> = events(7, Size::Small).collect();
    let again: Vec<Event> = events(7, Size::Small).collect();
    let other: Vec<Event> = events(8, Size::Small).collect();
    assert_eq!(first, again);
    assert_ne!(first, other);
}

#[test]
fn a_small_past_is_a_hundred_and_twenty_tickets_by_sixty_people() {
    let all: Vec<Event> = events(1, Size::Small).collect();
    let tickets = all.iter().filter_map(opened).count();
    let people = all.iter().filter(|e| matches!(e.kind, Happening::UserCreated(_))).count();
    assert_eq!((tickets, people), (120, 60));
}

#[test]
fn the_full_past_keeps_every_promise_about_its_texts() {
    let mut last = DateTime::<Utc>::MIN_UTC;
    let mut last_title = String::new();
    let mut last_title_of: BTreeMap<&str, String> = BTreeMap::new();
    let mut descriptions = BTreeSet::new();
    let mut comments = BTreeSet::new();
    let (mut tickets, mut comment_count) = (0_usize, 0_usize);
    for event in FULL.iter() {
        assert!(event.at >= last, "{event:?} after {last}");
        assert!(event.at < NOW.parse::<DateTime<Utc>>().unwrap());
        last = event.at;
        for text in texts(event) {
            assert!(!text.contains(['{', '}', '[', ']', '|', '\\']) && !text.contains("=>"), "unfilled: {text}");
            assert!(!text.contains("  ") && !text.contains(" ,") && !text.contains(" .\n"), "spacing: {text}");
            assert!(!text.trim().is_empty(), "{event:?}");
        }
        if let Some(ticket) = opened(event) {
            assert_eq!(ticket as usize, tickets);
            tickets += 1;
        }
        match &event.kind {
            Happening::TicketCreated(ticket) => {
                assert_ne!(ticket.title, last_title);
                assert_ne!(Some(&ticket.title), last_title_of.get(event.tenant));
                assert!(!ticket.title.contains('\n') && ticket.title.chars().count() <= 140, "{}", ticket.title);
                last_title.clone_from(&ticket.title);
                last_title_of.insert(event.tenant, ticket.title.clone());
                descriptions.insert(digest(&ticket.description));
            }
            Happening::CommentAdded(comment) => {
                comments.insert(digest(&comment.body));
                comment_count += 1;
            }
            _ => {}
        }
    }
    assert_eq!(tickets, 20_000);
    assert!(descriptions.len() * 100 >= tickets * 90, "{} distinct descriptions", descriptions.len());
    assert!(comments.len() * 100 >= comment_count * 60, "{} distinct of {comment_count} comments", comments.len());
    assert!((60_000..80_000).contains(&comment_count), "{comment_count} comments");
}

#[test]
fn everybody_acts_only_after_joining_and_every_ticket_exists_before_it_changes() {
    let mut people: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut owners: BTreeMap<TicketKey, (&str, String)> = BTreeMap::new();
    for event in events(3, Size::Small) {
        let known = people.entry(event.tenant).or_default();
        if let (Happening::MailCame(mail), Some(ticket)) = (&event.kind, opened(&event)) {
            owners.insert(ticket, (event.tenant, mail.name.clone()));
        }
        let (ticket, actor) = match event.kind {
            Happening::UserCreated(person) => {
                known.insert(person.username);
                continue;
            }
            Happening::OrganizationCreated(_)
            | Happening::ContractsSigned(_)
            | Happening::MailCame(_)
            | Happening::MailRefused(_) => continue,
            Happening::Related(r) => {
                assert_eq!(owners[&r.other].0, event.tenant);
                (r.ticket, r.actor)
            }
            Happening::Followed(f) => (f.ticket, f.who),
            Happening::MachineAnswered(m) => (m.ticket, m.client),
            Happening::TicketCreated(t) => {
                owners.insert(t.ticket, (event.tenant, t.requester.clone()));
                (t.ticket, t.requester)
            }
            Happening::CommentAdded(c) => (c.ticket, c.author),
            Happening::FieldsChanged(c) => (c.ticket, c.actor),
            Happening::Rated(r) => {
                assert_eq!(owners[&r.ticket].1, r.requester);
                (r.ticket, r.requester)
            }
        };
        assert!(known.contains(&actor), "{actor} is unknown in {}", event.tenant);
        assert_eq!(owners[&ticket].0, event.tenant);
    }
}

#[test]
fn clients_never_write_internal_notes() {
    let mut clients = BTreeSet::new();
    let mut notes = 0;
    for event in events(3, Size::Small) {
        match event.kind {
            Happening::TicketCreated(t) => {
                clients.insert((event.tenant, t.requester));
            }
            Happening::CommentAdded(c) if c.internal => {
                notes += 1;
                assert!(!clients.contains(&(event.tenant, c.author)));
            }
            _ => {}
        }
    }
    assert!(notes > 40, "{notes}");
}

#[test]
fn the_distributions_look_like_a_working_desk() {
    let mut status = BTreeMap::new();
    let mut created = BTreeMap::new();
    let mut requesters = BTreeMap::new();
    let (mut scores, mut rated, mut with_comment, mut reopened) = (0_u32, 0_u32, 0_u32, BTreeSet::new());
    let mut priorities: BTreeMap<Priority, u32> = BTreeMap::new();
    let mut channels: BTreeMap<Channel, u32> = BTreeMap::new();
    for event in FULL.iter() {
        match &event.kind {
            Happening::TicketCreated(t) => {
                status.insert(t.ticket, Status::New);
                created.insert(t.ticket, event.at);
                requesters.insert(t.ticket, t.requester.clone());
                *priorities.entry(t.priority).or_default() += 1;
                *channels.entry(t.channel).or_default() += 1;
            }
            Happening::FieldsChanged(Changes { ticket, status: Some(to), .. }) => {
                status.insert(*ticket, *to);
            }
            Happening::CommentAdded(c) => {
                let before = status[&c.ticket];
                let wakes = c.author == requesters[&c.ticket] && !is_thanks_only(&strip(&c.body).visible);
                let to = match (c.status, before) {
                    (Some(to), _) => to,
                    (None, Status::WaitingCustomer | Status::Resolved | Status::Closed) if wakes => Status::InProgress,
                    _ => before,
                };
                if before >= Status::Resolved && to == Status::InProgress {
                    reopened.insert(c.ticket);
                }
                status.insert(c.ticket, to);
            }
            Happening::Rated(r) => {
                assert!((1..=5).contains(&r.score));
                scores += u32::from(r.score);
                rated += 1;
                with_comment += u32::from(r.comment.is_some());
            }
            _ => {}
        }
    }
    let of = |share: u32| share * 200;
    let finished = u32::try_from(status.values().filter(|s| **s >= Status::Resolved).count()).unwrap();
    assert!((of(94)..of(100)).contains(&finished), "{finished} finished");
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let recent: Vec<_> = created.iter().filter(|(_, at)| now - **at < TimeDelta::days(7)).map(|(key, _)| status[key]).collect();
    let open = recent.iter().filter(|s| **s < Status::Resolved).count();
    assert!(open * 6 > recent.len(), "{open} of the last week's {} open", recent.len());
    assert!(status.values().any(|s| *s == Status::New) && status.values().any(|s| *s == Status::WaitingCustomer));
    let mean = f64::from(scores) / f64::from(rated);
    assert!((4.35..4.65).contains(&mean), "mean score {mean}");
    assert!((of(30)..of(55)).contains(&rated), "{rated} rated");
    assert!((28..42).contains(&(with_comment * 100 / rated)), "{with_comment} of {rated} with a comment");
    assert!((600..1600).contains(&reopened.len()), "{} reopened", reopened.len());
    assert!(priorities[&Priority::Critical] < of(14), "{priorities:?}");
    assert!(priorities[&Priority::Medium] > priorities[&Priority::Critical] * 2, "{priorities:?}");
    assert!(channels.values().all(|n| *n > of(2)), "{channels:?}");
}

#[test]
fn a_full_past_shows_how_tickets_stand_to_each_other_and_what_the_desk_notes() {
    let mut relations: BTreeMap<RelationKind, u32> = BTreeMap::new();
    let (mut escalated, mut followed, mut copies, mut noted, mut files) = (0, 0, 0, 0, BTreeMap::new());
    for event in FULL.iter() {
        match &event.kind {
            Happening::Related(r) => *relations.entry(r.kind).or_default() += 1,
            Happening::Followed(_) => followed += 1,
            Happening::FieldsChanged(c) => {
                escalated += u32::from(c.escalation.is_some());
                noted += u32::from(!c.custom_fields.is_empty());
            }
            Happening::TicketCreated(t) => {
                copies += u32::from(!t.cc.is_empty());
                t.files.iter().for_each(|file| *files.entry(file.kind).or_insert(0) += 1);
            }
            Happening::CommentAdded(c) => c.files.iter().for_each(|file| *files.entry(file.kind).or_insert(0) += 1),
            _ => {}
        }
    }
    assert!(relations[&RelationKind::Incident] > 300, "{relations:?}");
    assert!((100..2_000).contains(&escalated), "{escalated} escalated");
    assert!((500..4_000).contains(&followed), "{followed} followed");
    assert!((1_000..3_000).contains(&copies), "{copies} with copies");
    assert!((8_000..14_000).contains(&noted), "{noted} with fields of the tenant's own");
    assert!(files.len() == 4 && files.values().all(|count| *count > 300), "{files:?}");
}

#[test]
fn whatever_the_hour_of_the_seeding_the_present_is_staged_for_every_tenant() {
    // A working noon, a night, a Sunday, and the Russian New Year.
    for now in ["2026-11-23T09:00:00Z", "2026-11-24T23:30:00Z", "2026-11-29T12:00:00Z", "2027-01-04T10:00:00Z"] {
        let all: Vec<Event> = plan(1, Size::Small, &TENANTS, now.parse().unwrap()).collect();
        assert_eq!(all.iter().filter_map(opened).count(), 120, "{now}");
        for tenant in &TENANTS {
            let own = || all.iter().filter(|event| event.tenant == tenant.slug);
            let count = |is: fn(&Happening) -> bool| own().filter(|event| is(&event.kind)).count();
            let merged = |kind: &Happening| matches!(kind, Happening::Related(r) if r.kind == RelationKind::Merged);
            let incident = |kind: &Happening| matches!(kind, Happening::Related(r) if r.kind == RelationKind::Incident);
            assert_eq!((count(merged), count(incident)), (1, 2), "{} at {now}", tenant.slug);
            assert_eq!(count(|kind| matches!(kind, Happening::MachineAnswered(_))), 2, "{} at {now}", tenant.slug);
            assert_eq!(count(|kind| matches!(kind, Happening::MailRefused(_))), 2, "{} at {now}", tenant.slug);
            assert!(count(|kind| matches!(kind, Happening::FieldsChanged(c) if c.escalation.is_some())) >= 1, "{}", tenant.slug);
        }
    }
}
