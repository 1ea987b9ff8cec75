//! What deputies have beside their own, whose it is, and when it ends.

use super::*;
use Permission::{SlaManage, TicketRead, TicketReply, TicketUpdate, UserManage};

fn until(millis: i64) -> Until {
    serde_json::from_value(json!(millis)).unwrap()
}

fn deputy_of(lenders: Vec<Lender>) -> Held {
    Held { lenders, ..Held::default() }
}

#[test]
fn a_deputy_has_the_rights_of_the_lender_beside_their_own() {
    let me = holder('1');
    let held = deputy_of(vec![lender('2', Role::Manager)]);
    let rights = held.rights(&subject(&me, Role::Analyst), &[], &circumstances());
    assert_eq!(rights.permissions(), set(Role::Manager.permissions()).and(set(Role::Analyst.permissions())));
    let rights = held.rights(&subject(&me, Role::Client), &[], &circumstances());
    assert_eq!(rights.permissions(), Role::CLIENT_PERMISSIONS, "nobody lends a client what is the desk's");
    assert_eq!(rights.scope(TicketRead), TicketScope::ALL);
}

#[test]
fn what_a_policy_denies_to_the_lender_is_not_lent_and_what_one_gives_is_theirs_alone() {
    let me = holder('1');
    let of_lender = json!({"==": [{"var": "actor.id"}, person('2')]});
    let policies = [policy(Effect::Deny, &[SlaManage], of_lender.clone()), policy(Effect::Allow, &[UserManage], of_lender)];
    let rights = deputy_of(vec![lender('2', Role::Manager)]).rights(&subject(&me, Role::Analyst), &policies, &circumstances());
    assert!(rights.may(TicketUpdate) && !rights.may(SlaManage) && !rights.may(UserManage));
    // And what is denied to the deputy is denied, whoever lends it.
    let policies = [policy(Effect::Deny, &[TicketUpdate], json!({"==": [{"var": "actor.id"}, me.id]}))];
    let rights = deputy_of(vec![lender('2', Role::Manager)]).rights(&subject(&me, Role::Analyst), &policies, &circumstances());
    assert!(!rights.may(TicketUpdate) && rights.may(SlaManage));
}

#[test]
fn a_deputy_acts_for_the_lender_where_the_right_is_not_their_own() {
    let me = holder('1');
    let mut held = deputy_of(vec![lender('2', Role::Analyst), lender('3', Role::Manager)]);
    held.holdings.push(holding(Role::Agent, Reach::Own));
    let lent = held.lent(&subject(&me, Role::Client), &[], &circumstances()).unwrap();
    let mine = TicketFacts { assignee: Some(me.id.as_str()), ..ticket() };
    assert_eq!(lent.acts_for(TicketRead, None), None, "for some tickets at least it is their own");
    assert_eq!(lent.acts_for(TicketReply, Some(&mine)), None);
    assert_eq!(lent.acts_for(TicketRead, Some(&ticket())), Some(&person('2')), "the first who holds it");
    assert_eq!(lent.acts_for(TicketReply, Some(&ticket())), Some(&person('3')));
    assert_eq!(lent.acts_for(SlaManage, None), Some(&person('3')));
    assert_eq!(lent.acts_for(UserManage, None), None, "neither holds it");
    assert_eq!(deputy_of(Vec::new()).lent(&subject(&me, Role::Agent), &[], &circumstances()), None);
}

#[test]
fn only_what_is_held_for_good_is_left_to_be_given_on() {
    let for_a_time = Holding { until: until(1_000), ..holding(Role::Manager, Reach::All) };
    let held = Held {
        role_permissions: Some(set(&[TicketRead])),
        holdings: vec![for_a_time, holding(Role::Analyst, Reach::All)],
        lenders: vec![lender('2', Role::Admin)],
    };
    let for_good = held.for_good();
    assert_eq!(for_good.role_permissions, Some(set(&[TicketRead])));
    assert_eq!(for_good.holdings.iter().map(|one| one.role).collect::<Vec<_>>(), [Role::Analyst]);
    assert!(for_good.lenders.is_empty());
    assert_eq!(held.roles(), [Role::Manager, Role::Analyst, Role::Admin]);
}

#[test]
fn rights_end_when_the_first_of_their_sources_does() {
    assert_eq!(Held::default().until(), Until::NEVER);
    let granted = |millis| Holding { until: until(millis), ..holding(Role::Agent, Reach::All) };
    let mut one = lender('2', Role::Agent);
    assert_eq!(deputy_of(vec![one.clone()]).until().millis(), 2_000);
    one.holdings = vec![granted(1_500), granted(9_000)];
    assert_eq!(one.until().millis(), 1_500);
    let held = Held { holdings: vec![granted(1_700)], ..deputy_of(vec![one]) };
    assert_eq!(held.until().millis(), 1_500);
    assert_eq!(Held { holdings: vec![granted(1_200)], ..held }.until().millis(), 1_200);
}

#[test]
fn it_is_told_what_gives_a_right_and_what_denies_it() {
    let me = holder('1');
    let mut held = deputy_of(vec![lender('2', Role::Manager)]);
    held.holdings =
        vec![holding(Role::Agent, Reach::Own), Holding { group: Some(group('4')), ..holding(Role::Agent, Reach::All) }];
    let always = policy(Effect::Allow, &[TicketUpdate], json!(true));
    let never = policy(Effect::Allow, &[TicketUpdate], json!(false));
    let told = |held: &Held, policies: &[Policy]| {
        held.explain(&subject(&me, Role::Analyst), policies, &circumstances(), TicketUpdate, &ticket())
    };
    let explanation = told(&held, &[always.clone(), never]);
    assert!(explanation.may && explanation.denied_by.is_empty());
    assert!(matches!(explanation.given_by.as_slice(), [Source::Group { .. }, Source::Deputy { .. }, Source::Policy { .. }]));
    let denies = |condition| policy(Effect::Deny, &[TicketUpdate], condition);
    let explanation = told(&held, &[denies(json!(true))]);
    assert!(!explanation.may && explanation.denied_by.len() == 1);
    assert!(matches!(explanation.given_by.as_slice(), [Source::Group { .. }]), "what is denied to the lender is not lent");
    let explanation = told(&held, &[denies(json!({"==": [{"var": "ticket.priority"}, "critical"]}))]);
    assert!(explanation.may && explanation.denied_by.is_empty(), "it is another ticket's");
    assert!(!told(&Held::default(), &[]).may, "nothing gives it");
}
