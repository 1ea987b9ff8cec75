//! Sets of permissions, clauses, and what rights made of them allow.

use super::*;
use Permission::{SlaRead, TicketRead, TicketReply, TicketUpdate, UserRead};

fn of_department(name: &str) -> Clause {
    Clause::is(Attribute::Department, name)
}

fn in_department(name: &str) -> TicketFacts<'_> {
    TicketFacts { department: Some(name), ..ticket() }
}

fn critical() -> TicketFacts<'static> {
    TicketFacts { priority: "critical", ..ticket() }
}

#[test]
fn a_set_has_what_was_put_into_it_and_nothing_else() {
    assert!(set(&[]).is_empty() && set(&[]) == Permissions::NONE);
    for one in Permission::ALL {
        assert!(!set(&[one]).is_empty());
        for other in Permission::ALL {
            assert_eq!(set(&[one]).has(other), one == other, "{one:?} {other:?}");
        }
    }
    let (left, right) = (set(&[TicketRead, TicketReply]), set(&[TicketReply, SlaRead]));
    assert_eq!(left.and(right), set(&[TicketRead, TicketReply, SlaRead]));
    assert_eq!(left.common(right), set(&[TicketReply]));
    assert_eq!(left.without(right), set(&[TicketRead]));
    assert_eq!(set(&[SlaRead, TicketRead]).iter().collect::<Vec<_>>(), [TicketRead, SlaRead]);
    assert_eq!([SlaRead, TicketRead, SlaRead].into_iter().collect::<Permissions>(), set(&[TicketRead, SlaRead]));
}

#[test]
fn a_set_is_written_by_names_and_a_name_that_is_gone_is_no_right() {
    assert_eq!(serde_json::to_value(set(&[SlaRead, TicketRead])).unwrap(), json!(["ticket.read", "sla.read"]));
    let read: Permissions = serde_json::from_value(json!(["ticket.everything", "sla.read"])).unwrap();
    assert_eq!(read, set(&[SlaRead]));
}

#[test]
fn a_test_holds_for_tickets_that_have_one_of_its_values() {
    let whole = TicketFacts {
        requester: "requester",
        followers: vec!["someone", "follower"],
        assignee: Some("assignee"),
        organization: Some("organization"),
        department: Some("department"),
        priority: "priority",
        status: "status",
        category: Some("category"),
        channel: "channel",
        erp_module: Some("erp_module"),
        tags: vec!["blue", "tag"],
    };
    for attribute in Attribute::ALL {
        let name = attribute.as_str();
        assert_eq!((Attribute::parse(name), serde_json::to_value(attribute).unwrap()), (Some(attribute), json!(name)));
        let test = Test::is(attribute, vec![Some("another".to_owned()), Some(name.to_owned())]);
        assert!(!test.is_negated() && test.clone().negated().is_negated());
        assert_eq!(test.clone().negated().negated(), test);
        let (is, is_not) = (Clause(vec![test.clone()]), Clause(vec![test.negated()]));
        assert!(is.holds(&whole) && !is_not.holds(&whole), "{name}");
        assert!(!is.holds(&ticket()) && is_not.holds(&ticket()), "{name}");
    }
    assert_eq!(Attribute::parse("secret"), None);
    let nobody = Clause(vec![Test::is(Attribute::Assignee, vec![None])]);
    assert!(nobody.holds(&ticket()) && !nobody.holds(&whole));
}

#[test]
fn a_clause_holds_when_each_of_its_tests_does() {
    let both = of_department("dep_1").with(Test::is(Attribute::Priority, vec![Some("critical".to_owned())]));
    assert_eq!(both.0.len(), 2);
    assert_eq!(both.with(both.0[0].clone()), both, "a test stands in it once");
    assert!(both.holds(&TicketFacts { priority: "critical", ..in_department("dep_1") }));
    assert!(!both.holds(&in_department("dep_1")) && !both.holds(&critical()));
    assert!(Clause::default().holds(&ticket()));
}

#[test]
fn what_was_not_allowed_is_not_held_and_what_is_denied_is_denied_whatever_allows_it() {
    let mut rights = Rights::default();
    rights.allow(set(&[TicketRead, TicketReply]));
    rights.allow(set(&[SlaRead]));
    rights.allow_within(set(&[TicketReply]), &[Clause::default()]);
    rights.deny(set(&[TicketReply, UserRead]));
    for (permission, held) in
        [(TicketRead, true), (SlaRead, true), (TicketReply, false), (TicketUpdate, false), (UserRead, false)]
    {
        assert_eq!(rights.may(permission), held, "{permission:?}");
        assert_eq!(rights.may_on(permission, &ticket()), held, "{permission:?}");
        assert_eq!(rights.scope(permission), if held { TicketScope::ALL } else { TicketScope::NOTHING }, "{permission:?}");
    }
    assert_eq!(rights.permissions(), set(&[TicketRead, SlaRead]));
    assert_eq!(rights.held_everywhere(), set(&[TicketRead, SlaRead]));
}

#[test]
fn a_right_for_some_tickets_is_held_for_these_and_for_no_others() {
    let mut rights = Rights::default();
    rights.allow_within(set(&[TicketRead, SlaRead]), &[of_department("dep_1")]);
    rights.allow_within(set(&[TicketReply]), &[of_department("dep_2")]);
    rights.allow_within(set(&[TicketUpdate]), &[]);
    assert_eq!(rights.permissions(), set(&[TicketRead, TicketReply]), "what is not about tickets is not held for some of them");
    for (permission, department, held) in [
        (TicketRead, "dep_1", true),
        (TicketRead, "dep_2", false),
        (TicketReply, "dep_1", false),
        (TicketReply, "dep_2", true),
        (TicketUpdate, "dep_1", false),
        (SlaRead, "dep_1", false),
    ] {
        assert_eq!(rights.may_on(permission, &in_department(department)), held, "{permission:?} {department}");
        assert_eq!(rights.scope(permission).holds(&in_department(department)), held, "{permission:?} {department}");
    }
    assert_eq!(rights.held_everywhere(), Permissions::NONE);
    let scope = rights.scope(TicketReply);
    assert_eq!(scope, TicketScope { allowed: Some(vec![of_department("dep_2")]), denied: Vec::new() });
    assert!(!scope.is_everything() && !scope.is_nothing());
    assert!(TicketScope::ALL.is_everything() && !TicketScope::ALL.is_nothing());
    assert!(!TicketScope::NOTHING.is_everything() && TicketScope::NOTHING.is_nothing());
}

#[test]
fn clauses_of_one_right_add_up_and_stand_there_once() {
    let mut rights = Rights::default();
    rights.allow_within(set(&[TicketRead]), &[of_department("dep_1")]);
    rights.allow_within(set(&[TicketRead]), &[of_department("dep_1"), of_department("dep_2")]);
    assert_eq!(rights.scope(TicketRead).allowed, Some(vec![of_department("dep_1"), of_department("dep_2")]));
}

#[test]
fn an_exception_takes_its_tickets_from_its_right_alone() {
    let mut rights = Rights::default();
    rights.allow(set(&[TicketRead, TicketReply, SlaRead]));
    rights.deny_within(set(&[TicketReply, SlaRead]), &[Clause::is(Attribute::Priority, "critical")]);
    assert!(rights.may(TicketReply) && rights.may_on(TicketReply, &ticket()) && !rights.may_on(TicketReply, &critical()));
    assert!(rights.may_on(TicketRead, &critical()) && rights.may_on(SlaRead, &critical()));
    assert!(!rights.may_on(TicketUpdate, &ticket()));
    let scope = rights.scope(TicketReply);
    assert!(scope.holds(&ticket()) && !scope.holds(&critical()) && !scope.is_everything());
    assert_eq!(rights.held_everywhere(), set(&[TicketRead, SlaRead]), "with an exception it is not given on");
}

#[test]
fn a_key_leaves_of_the_rights_what_it_names() {
    let mut rights = Rights::default();
    rights.allow(set(&[TicketRead, SlaRead]));
    rights.narrow(set(&[TicketRead, TicketUpdate]));
    assert_eq!(rights.permissions(), set(&[TicketRead]));
}

#[test]
fn what_is_denied_to_the_lender_is_not_lent_and_takes_nothing_from_the_deputy() {
    let mut lent = Rights::default();
    lent.allow(set(&[TicketRead, TicketReply, TicketUpdate]));
    lent.allow_within(set(&[Permission::TicketAssign]), &[of_department("dep_2")]);
    let night = Clause::is(Attribute::Tag, "night").with(Test::is(Attribute::Status, vec![Some("new".to_owned())]));
    lent.deny_within(set(&[TicketReply]), &[Clause::is(Attribute::Priority, "critical"), night]);
    let mut rights = Rights::default();
    rights.allow_within(set(&[TicketReply]), &[of_department("dep_1")]);
    rights.borrow(&lent, set(&[TicketRead, TicketReply, Permission::TicketAssign]));

    assert_eq!(rights.scope(TicketRead), TicketScope::ALL);
    assert!(!rights.may(TicketUpdate), "beyond the limit");
    assert!(rights.may_on(Permission::TicketAssign, &in_department("dep_2")));
    assert!(!rights.may_on(Permission::TicketAssign, &in_department("dep_1")));
    let tagged = |status| TicketFacts { tags: vec!["night"], status, ..ticket() };
    for (facts, held) in [
        (ticket(), true),
        (critical(), false),
        (tagged("new"), false),
        (tagged("resolved"), true),
        (TicketFacts { priority: "critical", ..in_department("dep_1") }, true),
    ] {
        assert_eq!(rights.may_on(TicketReply, &facts), held, "{facts:?}");
    }
}

#[test]
fn a_right_with_more_exceptions_than_can_be_told_is_not_lent() {
    let lent_with = |exceptions: usize| {
        let mut lent = Rights::default();
        lent.allow(set(&[TicketReply]));
        let each = |number: usize| {
            Clause::is(Attribute::Category, &number.to_string())
                .with(Test::is(Attribute::ErpModule, vec![Some(number.to_string())]))
        };
        lent.deny_within(set(&[TicketReply]), &(0..exceptions).map(each).collect::<Vec<_>>());
        let mut rights = Rights::default();
        rights.borrow(&lent, set(&[TicketReply]));
        rights
    };
    // Two ways out of each exception: sixty-four clauses, and twice as many.
    let rights = lent_with(6);
    let excepted = |number| TicketFacts { category: Some(number), erp_module: Some(number), ..ticket() };
    assert!(rights.may_on(TicketReply, &ticket()) && !rights.may_on(TicketReply, &excepted("5")));
    assert!(!lent_with(7).may(TicketReply));
}
