//! Roles, and the tickets that they reach by themselves or by a grant.

use chrono::DateTime;

use super::*;
use Permission::{SlaRead, TicketRead, TicketReply, TicketUpdate, UserRead};

/// Tickets of every kind for the holder `1`, by the name of the kind.
fn tickets(me: &Holder) -> [(&'static str, TicketFacts<'_>); 7] {
    let (mine, company, desk) = (me.id.as_str(), me.organization.as_ref().unwrap(), me.department.as_ref().unwrap());
    [
        ("asked", TicketFacts { requester: mine, ..ticket() }),
        ("followed", TicketFacts { followers: vec![mine], ..ticket() }),
        ("assigned", TicketFacts { assignee: Some(mine), ..ticket() }),
        ("company", TicketFacts { organization: Some(company.as_str()), ..ticket() }),
        ("department", TicketFacts { department: Some(desk.as_str()), ..ticket() }),
        ("place", TicketFacts { organization: Some("org_place"), department: Some("dep_place"), ..ticket() }),
        ("else", ticket()),
    ]
}

/// The kinds that the holder reads by these rights.
fn read(rights: &Rights, me: &Holder) -> Vec<&'static str> {
    tickets(me).into_iter().filter(|(_, facts)| rights.may_on(TicketRead, facts)).map(|(kind, _)| kind).collect()
}

fn granted(holding: &Holding, own: Role, clients_see_organization: bool) -> Vec<&'static str> {
    let mut rights = Rights::default();
    holding.add_to(&mut rights, &holder('1'), own, clients_see_organization);
    read(&rights, &holder('1'))
}

#[test]
fn a_granted_role_reaches_the_tickets_that_the_grant_names() {
    let own = ["asked", "followed", "assigned"];
    let placed = |reach, place: &str| Holding { place: Some(place.to_owned()), ..holding(Role::Agent, reach) };
    for (holding, more) in [
        (holding(Role::Agent, Reach::Own), &[][..]),
        (holding(Role::Agent, Reach::Organization), &["company"]),
        (placed(Reach::Organization, "org_place"), &["place"]),
        (holding(Role::Agent, Reach::Department), &["department"]),
        (placed(Reach::Department, "dep_place"), &["place"]),
        (holding(Role::Agent, Reach::All), &["company", "department", "place", "else"]),
    ] {
        assert_eq!(granted(&holding, Role::Agent, false), [&own, more].concat(), "{holding:?}");
    }
    let nowhere = Holder { organization: None, ..holder('1') };
    let mut rights = Rights::default();
    holding(Role::Agent, Reach::Organization).add_to(&mut rights, &nowhere, Role::Agent, false);
    assert!(!rights.may_on(TicketRead, &ticket()), "who belongs to no company does not share the tickets of none");
}

#[test]
fn a_role_of_clients_reaches_no_further_than_the_tenant_lets_clients_see() {
    let own = &["asked", "followed"][..];
    let company = &["asked", "followed", "company"][..];
    for (reach, see_organization, expected) in [
        (Reach::Own, true, own),
        (Reach::Organization, true, company),
        (Reach::Organization, false, own),
        (Reach::Department, true, own),
        (Reach::All, true, company),
        (Reach::All, false, own),
    ] {
        assert_eq!(
            granted(&holding(Role::Client, reach), Role::Client, see_organization),
            expected,
            "{reach:?} {see_organization}"
        );
    }
}

#[test]
fn whatever_is_granted_to_a_client_does_not_let_them_behind_the_desk() {
    let wide = Holding { permissions: Some(set(&[TicketRead, TicketUpdate])), ..holding(Role::Agent, Reach::All) };
    assert_eq!(wide.permissions(Role::Agent), set(&[TicketRead, TicketUpdate]));
    assert_eq!(wide.permissions(Role::Client), set(&[TicketRead]));
    assert_eq!(holding(Role::Admin, Reach::All).permissions(Role::Client), Role::CLIENT_PERMISSIONS);
    assert_eq!(holding(Role::Analyst, Reach::All).permissions(Role::Admin), set(Role::Analyst.permissions()));
    let mut rights = Rights::default();
    holding(Role::Admin, Reach::Department).add_to(&mut rights, &holder('1'), Role::Admin, false);
    assert!(rights.permissions().iter().all(Permission::is_about_tickets), "the rest is held for the whole tenant or not at all");
}

#[test]
fn a_persons_own_role_is_for_all_of_the_desk_and_for_the_clients_own_tickets() {
    let me = holder('1');
    let agent = of_role(&me, Role::Agent, None, false);
    assert_eq!((agent.permissions(), agent.held_everywhere()), (set(Role::Agent.permissions()), set(Role::Agent.permissions())));
    let custom = of_role(&me, Role::Agent, Some(set(&[TicketRead, SlaRead])), false);
    assert_eq!(custom.held_everywhere(), set(&[TicketRead, SlaRead]));
    let client = of_role(&me, Role::Client, Some(set(&[TicketRead, UserRead])), false);
    assert_eq!((client.permissions(), client.held_everywhere()), (set(&[TicketRead, UserRead]), set(&[UserRead])));
    assert_eq!(read(&client, &me), ["asked", "followed"]);
    assert_eq!(read(&of_role(&me, Role::Client, None, true), &me), ["asked", "followed", "company"]);
}

#[test]
fn only_clients_do_not_belong_to_the_desk_and_only_who_may_answer_is_given_tickets() {
    for (role, name, staff, assignable) in [
        (Role::Admin, "admin", true, true),
        (Role::Manager, "manager", true, true),
        (Role::Agent, "agent", true, true),
        (Role::Client, "client", false, false),
        (Role::Analyst, "analyst", true, false),
    ] {
        assert_eq!((role.as_str(), Role::parse(name)), (name, Some(role)));
        assert_eq!((role.is_staff(), role.can_be_assigned()), (staff, assignable), "{name}");
        assert_eq!(role.may(TicketReply), role != Role::Analyst, "{name}");
    }
    assert_eq!(Role::parse("root"), None);
    assert!(Permission::ALL.into_iter().all(|permission| Role::Admin.may(permission)));
}

#[test]
fn a_reach_is_read_by_its_name() {
    for (reach, name) in
        [(Reach::Own, "own"), (Reach::Organization, "organization"), (Reach::Department, "department"), (Reach::All, "all")]
    {
        assert_eq!((reach.as_str(), Reach::parse(name)), (name, Some(reach)));
        assert_eq!(serde_json::to_value(reach).unwrap(), json!(name));
    }
    assert_eq!(Reach::parse("everything"), None);
}

#[test]
fn what_is_for_good_has_no_moment_at_which_it_ends() {
    let until: Until = serde_json::from_value(json!(1_760_000_000_123_i64)).unwrap();
    assert_eq!((until.millis(), until.moment()), (1_760_000_000_123, DateTime::from_timestamp_millis(1_760_000_000_123)));
    assert_eq!(Until::NEVER.moment(), None);
}
