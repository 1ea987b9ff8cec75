//! What policies give and deny, to whom, and under which circumstances.

use serde_json::Value;

use super::*;
use Permission::{AccessManage, SlaRead, TenantManage, TicketRead, TicketUpdate};

/// The rights of an analyst who can read tickets and rules, under one policy.
fn under(policy: &Policy) -> Rights {
    let me = holder('1');
    let mut rights = Rights::default();
    rights.allow(set(&[TicketRead, SlaRead]));
    policy.apply(&mut rights, &subject(&me, Role::Analyst), &circumstances());
    rights
}

fn critical_ones() -> Value {
    json!({"==": [{"var": "ticket.priority"}, "critical"]})
}

fn critical() -> TicketFacts<'static> {
    TicketFacts { priority: "critical", ..ticket() }
}

/// No rule at all: nobody could have saved it.
fn unreadable() -> Value {
    json!({"whatever": [1]})
}

#[test]
fn a_policy_gives_where_its_condition_holds() {
    let gives = |condition| under(&policy(Effect::Allow, &[TicketUpdate, TenantManage], condition));
    assert!(gives(json!(true)).may(TenantManage) && gives(json!(true)).scope(TicketUpdate).is_everything());
    let some = gives(critical_ones());
    assert!(some.may_on(TicketUpdate, &critical()) && !some.may_on(TicketUpdate, &ticket()) && !some.may(TenantManage));
    for condition in [json!(false), unreadable()] {
        assert_eq!(gives(condition).permissions(), set(&[TicketRead, SlaRead]));
    }
}

#[test]
fn a_policy_denies_where_its_condition_holds_or_cannot_be_read() {
    let denies = |condition| under(&policy(Effect::Deny, &[TicketRead, SlaRead], condition));
    assert_eq!(denies(json!(true)).permissions(), Permissions::NONE);
    assert_eq!(denies(unreadable()).permissions(), Permissions::NONE);
    assert_eq!(denies(json!(false)).held_everywhere(), set(&[TicketRead, SlaRead]));
    let some = denies(critical_ones());
    assert!(some.may_on(TicketRead, &ticket()) && !some.may_on(TicketRead, &critical()) && some.may(SlaRead));
}

#[test]
fn no_policy_gives_a_client_what_is_the_desks_and_any_may_deny() {
    let me = holder('1');
    let apply = |effect, rights: &mut Rights| {
        policy(effect, &[TicketRead, TicketUpdate], json!(true)).apply(rights, &subject(&me, Role::Client), &circumstances());
    };
    let mut rights = Rights::default();
    apply(Effect::Allow, &mut rights);
    assert_eq!(rights.permissions(), set(&[TicketRead]));
    rights.allow(set(&[TicketUpdate]));
    apply(Effect::Deny, &mut rights);
    assert_eq!(rights.permissions(), Permissions::NONE);
}

#[test]
fn a_policy_denies_somebody_something_if_it_does_for_any_ticket() {
    let me = holder('1');
    let denies =
        |effect, condition| policy(effect, &[TicketRead], condition).denies(&subject(&me, Role::Agent), &circumstances());
    for (condition, expected) in [(json!(true), true), (critical_ones(), true), (unreadable(), true), (json!(false), false)] {
        assert_eq!(denies(Effect::Deny, condition.clone()), expected, "{condition}");
        assert!(!denies(Effect::Allow, condition));
    }
}

#[test]
fn whom_a_policy_could_ever_shut_out_is_not_counted_on() {
    let me = holder('1');
    let shuts = |effect, denied: &[Permission], condition| {
        policy(effect, denied, condition).may_shut_out(&subject(&me, Role::Admin), set(&[AccessManage, TenantManage]))
    };
    let on_sundays = json!({"==": [{"var": "request.weekday"}, 7]});
    let elsewhere = json!({"!": {"in_network": [{"var": "request.address"}, ["192.0.2.0/24"]]}});
    let somebody_else = json!({"==": [{"var": "actor.id"}, person('2')]});
    for condition in [json!(true), on_sundays, elsewhere, unreadable()] {
        assert!(shuts(Effect::Deny, &[TicketRead, AccessManage], condition.clone()), "{condition}");
        assert!(!shuts(Effect::Deny, &[TicketRead], condition.clone()), "{condition}");
        assert!(!shuts(Effect::Allow, &[AccessManage], condition));
    }
    for condition in [json!(false), somebody_else] {
        assert!(!shuts(Effect::Deny, &[AccessManage], condition));
    }
}

#[test]
fn a_condition_is_about_who_asks_from_where_and_when() {
    let me = holder('1');
    let groups = [group('4')];
    let subject = Subject { groups: &groups, ..subject(&me, Role::Agent) };
    let holds = |condition: Value| policy(Effect::Deny, &[TicketRead], condition).denies(&subject, &circumstances());
    let var = |name: &str| json!({ "var": name });
    for (name, own, other) in [
        ("actor.id", json!(me.id), json!(person('2'))),
        ("actor.role", json!("agent"), json!("admin")),
        ("actor.department", json!(me.department), json!(department('2'))),
        ("actor.organization", json!(me.organization), Value::Null),
        ("actor.email_domain", json!("acme.example"), json!("anna")),
        ("request.address", json!("192.0.2.7"), json!("192.0.2.8")),
        ("request.time", json!("09:30"), json!("09:31")),
        ("request.weekday", json!(1), json!(2)),
    ] {
        assert!(holds(json!({"==": [var(name), own]})), "{name}");
        assert!(!holds(json!({"==": [var(name), other]})), "{name}");
    }
    assert!(holds(json!({"in": [group('4'), var("actor.groups")]})) && !holds(json!({"in": [group('5'), var("actor.groups")]})));
    let nowhere = Holder { department: None, ..holder('1') };
    let nobodys = policy(Effect::Deny, &[TicketRead], json!({"==": [var("actor.department"), null]}));
    assert!(
        nobodys.denies(&Subject { holder: &nowhere, ..subject }, &circumstances()) && !nobodys.denies(&subject, &circumstances())
    );
    assert_eq!((Effect::Allow.as_str(), Effect::Deny.as_str()), ("allow", "deny"));
}
