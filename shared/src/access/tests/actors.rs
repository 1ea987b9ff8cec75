//! Who asks, and which demands of routes they meet.

use super::*;
use crate::id::OperatorId;
use Permission::{SlaRead, TicketRead, TicketUpdate};

/// Somebody of the desk who reads tickets of one department and the rules of all.
fn somebody() -> Person {
    let mut rights = Rights::default();
    rights.allow(set(&[SlaRead]));
    rights.allow_within(set(&[TicketRead]), &[Clause::is(Attribute::Department, "dep_1")]);
    Person {
        id: person('1'),
        session: crate::id::SessionId::parse(&format!("ses_{}", "1".repeat(32))).unwrap(),
        name: "Anna".to_owned(),
        email: "anna@acme.example".to_owned(),
        role: Role::Agent,
        rights: Box::new(rights),
        gives: set(&[SlaRead]),
        organization: None,
        department: None,
        locale: None,
        zone: None,
        key: None,
        groups: Vec::new(),
        lent: None,
        further_roles: Vec::new(),
        rights_until: None,
    }
}

fn operator() -> Actor {
    Actor::Operator(OperatorId::parse(&format!("opr_{}", "1".repeat(32))).unwrap())
}

/// Everybody, by the name in the audit log.
fn everybody() -> [(String, Actor); 5] {
    [
        ("anonymous".to_owned(), Actor::Anonymous),
        (person('1').to_string(), Actor::Person(somebody())),
        ("service".to_owned(), Actor::Service),
        (format!("opr_{}", "1".repeat(32)), operator()),
        ("system".to_owned(), Actor::System),
    ]
}

#[test]
fn a_demand_is_met_by_those_whom_it_names() {
    // In the order of `everybody`: nobody, a person, a machine, an operator, the product.
    let for_demand = [
        (Access::Public, [true; 5]),
        (Access::Platform, [true; 5]),
        (Access::AnyHost, [true; 5]),
        (Access::SignedIn, [false, true, false, false, false]),
        (Access::Requires(SlaRead), [false, true, false, false, true]),
        (Access::Requires(TicketUpdate), [false, false, false, false, true]),
        (Access::VisitorOr(SlaRead), [true, true, true, true, true]),
        (Access::VisitorOr(TicketUpdate), [true, false, true, true, true]),
        (Access::Service, [false, false, true, false, false]),
        (Access::Operator, [false, false, false, true, false]),
    ];
    for (access, expected) in for_demand {
        for ((name, actor), met) in everybody().iter().zip(expected) {
            assert_eq!(actor.satisfies(access), met, "{access:?} {name}");
        }
    }
    assert_eq!(Access::Requires(SlaRead).permission(), Some(SlaRead));
    assert_eq!((Access::VisitorOr(TicketRead).permission(), Access::SignedIn.permission()), (Some(TicketRead), None));
}

#[test]
fn only_people_and_the_product_itself_hold_rights() {
    let inside = TicketFacts { department: Some("dep_1"), ..ticket() };
    for (name, actor) in everybody() {
        assert_eq!(actor.reference(), name);
        let (is_person, is_system) = (matches!(actor, Actor::Person(_)), actor == Actor::System);
        assert_eq!(actor.person().map(|person| &person.id), is_person.then(|| person('1')).as_ref(), "{name}");
        assert_eq!((actor.may(SlaRead), actor.may(TicketUpdate)), (is_person || is_system, is_system), "{name}");
        assert_eq!(actor.may_on(TicketRead, &inside), is_person || is_system, "{name}");
        assert_eq!(actor.may_on(TicketRead, &ticket()), is_system, "{name}");
        let scope = actor.ticket_scope();
        assert_eq!((scope.is_everything(), scope.is_nothing()), (is_system, !is_person && !is_system), "{name}");
        assert_eq!(scope.holds(&inside), is_person || is_system, "{name}");
        let lacked = actor.lacks(set(&[SlaRead, TicketRead]));
        let expected = match (is_person, is_system) {
            (true, _) => set(&[TicketRead]),
            (_, true) => Permissions::NONE,
            _ => set(&[SlaRead, TicketRead]),
        };
        assert_eq!(lacked, expected, "{name}: what is held for some tickets cannot be given on");
    }
}

#[test]
fn a_key_and_a_lender_are_known_of_whoever_has_them() {
    let key = ApiKey {
        id: crate::id::ApiKeyId::parse(&format!("key_{}", "1".repeat(32))).unwrap(),
        prefix: "wnk_abcdefgh".to_owned(),
        secret_hash: String::new(),
        scopes: set(&[SlaRead]),
        networks: Vec::new(),
    };
    assert_eq!((Actor::Person(somebody()).key(), Actor::System.key()), (None, None));
    let program = Actor::Person(Person { key: Some(Box::new(key.clone())), ..somebody() });
    assert_eq!(program.key(), Some(&key));

    let held = Held { lenders: vec![lender('2', Role::Manager)], ..Held::default() };
    let lent = held.lent(&subject(&holder('1'), Role::Analyst), &[], &circumstances());
    let deputy = Actor::Person(Person { lent: lent.map(Box::new), ..somebody() });
    assert_eq!(deputy.acts_for(TicketUpdate, Some(&ticket())), Some(&person('2')));
    assert_eq!((deputy.acts_for(SlaRead, None), Actor::Person(somebody()).acts_for(TicketUpdate, None)), (None, None));
}

#[test]
fn a_key_is_good_in_the_networks_that_it_names() {
    let key = |networks: &[&str]| -> ApiKey {
        serde_json::from_value(json!({
            "id": format!("key_{}", "1".repeat(32)), "prefix": "wnk_abcdefgh", "secret_hash": "", "scopes": [], "networks": networks
        }))
        .unwrap()
    };
    assert!(key(&[]).admits("203.0.113.9") && key(&[]).admits(""));
    let bound = key(&["198.51.100.0/24", "192.0.2.0/24"]);
    assert!(bound.admits("192.0.2.9") && bound.admits("198.51.100.1"));
    assert!(!bound.admits("203.0.113.9") && !bound.admits("") && !bound.admits("192.0.2.9, 203.0.113.9"));
    assert!(!key(&["nonsense"]).admits("192.0.2.9"));
}
