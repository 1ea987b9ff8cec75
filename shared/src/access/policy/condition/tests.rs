//! The condition of a policy means what `JsonLogic` means: an implementation that is not ours is the judge.

use crate::access::{Attribute, Condition, TicketFacts};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

/// Attributes of which a ticket has one value, and the values that occur.
const SINGLE: [(Attribute, &[&str]); 8] = [
    (Attribute::Requester, &["usr_1", "usr_2"]),
    (Attribute::Assignee, &["usr_1", "usr_3"]),
    (Attribute::Department, &["dep_1", "dep_2"]),
    (Attribute::Organization, &["org_1", "org_2"]),
    (Attribute::Priority, &["critical", "high", "low"]),
    (Attribute::Status, &["new", "resolved"]),
    (Attribute::Category, &["printing", "network"]),
    (Attribute::ErpModule, &["finance", "stock"]),
];
/// Words of those with many, and of what is known of the one who asks.
const TAGS: [&str; 3] = ["vip", "urgent", "night"];
const GROUPS: [&str; 3] = ["grp_1", "grp_2", "grp_3"];
/// What is known of the one who asks: a text or nothing.
const KNOWN: [(&str, &[&str]); 6] = [
    ("actor.id", &["usr_1", "usr_2", "usr_3"]),
    ("actor.role", &["agent", "manager"]),
    ("actor.department", &["dep_1", "dep_2"]),
    ("actor.organization", &["org_1", "org_2"]),
    ("actor.email_domain", &["example.com", "example.org"]),
    ("request.address", &["192.0.2.7"]),
];
const TIMES: [&str; 4] = ["00:00", "08:59", "09:00", "18:30"];

/// What a rule is asked about.
#[derive(Debug, Clone)]
struct World {
    single: Vec<Option<&'static str>>,
    tags: Vec<&'static str>,
    followers: Vec<&'static str>,
    known: Vec<Option<&'static str>>,
    groups: Vec<&'static str>,
    time: &'static str,
    weekday: u8,
}

impl World {
    fn single(&self, attribute: Attribute) -> Option<&str> {
        SINGLE.iter().zip(&self.single).find(|((one, _), _)| *one == attribute).and_then(|(_, value)| *value)
    }

    fn facts(&self) -> TicketFacts<'_> {
        TicketFacts {
            requester: self.single(Attribute::Requester).unwrap_or("usr_1"),
            followers: self.followers.clone(),
            assignee: self.single(Attribute::Assignee),
            organization: self.single(Attribute::Organization),
            department: self.single(Attribute::Department),
            priority: self.single(Attribute::Priority).unwrap_or("low"),
            status: self.single(Attribute::Status).unwrap_or("new"),
            category: self.single(Attribute::Category),
            channel: "web",
            erp_module: self.single(Attribute::ErpModule),
            tags: self.tags.clone(),
        }
    }

    /// The same as the data of a rule.
    fn data(&self) -> Value {
        let facts = self.facts();
        let mut actor = json!({"groups": self.groups});
        let mut request = json!({"time": self.time, "weekday": self.weekday});
        for ((name, _), value) in KNOWN.iter().zip(&self.known) {
            match name.split_once('.').unwrap() {
                ("actor", name) => actor[name] = json!(value),
                (_, name) => request[name] = json!(value),
            }
        }
        json!({
            "ticket": {
                "requester": facts.requester, "followers": facts.followers, "assignee": facts.assignee,
                "organization": facts.organization, "department": facts.department, "priority": facts.priority,
                "status": facts.status, "category": facts.category, "channel": facts.channel, "erp_module": facts.erp_module,
                "tags": facts.tags,
            },
            "actor": actor,
            "request": request,
        })
    }

    fn known(&self, name: &str) -> Option<Value> {
        self.data().pointer(&format!("/{}", name.replace('.', "/"))).cloned()
    }
}

fn world() -> impl Strategy<Value = World> {
    let maybe = |values: &'static [&'static str]| proptest::option::weighted(0.8, select(values));
    let single: Vec<_> = SINGLE.iter().map(|(_, values)| maybe(values)).collect();
    let known: Vec<_> = KNOWN.iter().map(|(_, values)| maybe(values)).collect();
    let parts = (
        single,
        subsequence(&TAGS[..], 0..=3),
        subsequence(&["usr_1", "usr_2"][..], 0..=2),
        known,
        subsequence(&GROUPS[..], 0..=3),
        select(&TIMES[..]),
        1..=7_u8,
    );
    parts.prop_map(|(single, tags, followers, known, groups, time, weekday)| World {
        single,
        tags,
        followers,
        known,
        groups,
        time,
        weekday,
    })
}

fn var(name: &str) -> Value {
    json!({ "var": name })
}

fn ticket(attribute: Attribute) -> Value {
    var(&format!("ticket.{}", attribute.as_str()))
}

/// A comparison as an administrator writes it.
fn comparison() -> impl Strategy<Value = Value> {
    let equal = || select(&["==", "!="][..]);
    let single = || select(&SINGLE[..]);
    let word = |values: &'static [&'static str]| proptest::option::weighted(0.85, select(values)).prop_map(|value| json!(value));
    let order = || select(&["<", "<=", ">", ">="][..]);
    prop_oneof![
        (single(), equal()).prop_flat_map(move |((attribute, values), operator)| (word(values), any::<bool>()).prop_map(
            move |(value, turned)| {
                let sides = if turned { json!([value, ticket(attribute)]) } else { json!([ticket(attribute), value]) };
                json!({ operator: sides })
            }
        )),
        single().prop_flat_map(|(attribute, values)| subsequence(values, 0..=values.len())
            .prop_map(move |values| json!({"in": [ticket(attribute), values]}))),
        select(&TAGS[..]).prop_map(|tag| json!({"in": [tag, var("ticket.tags")]})),
        Just(json!({"in": [var("actor.id"), var("ticket.followers")]})),
        (
            equal(),
            select(vec![("requester", "id"), ("assignee", "id"), ("department", "department"), ("organization", "organization")])
        )
            .prop_map(
                |(operator, (one, other))| json!({operator: [var(&format!("ticket.{one}")), var(&format!("actor.{other}"))]})
            ),
        (equal(), select(&KNOWN[..])).prop_flat_map(
            move |(operator, (name, values))| word(values).prop_map(move |value| json!({operator: [var(name), value]}))
        ),
        select(&KNOWN[..]).prop_flat_map(
            |(name, values)| subsequence(values, 0..=values.len()).prop_map(move |values| json!({"in": [var(name), values]}))
        ),
        select(&GROUPS[..]).prop_map(|group| json!({"in": [group, var("actor.groups")]})),
        (order(), select(&TIMES[..])).prop_map(|(operator, time)| json!({operator: [var("request.time"), time]})),
        (select(&["<", "<="][..]), select(&TIMES[..]), select(&TIMES[..]))
            .prop_map(|(operator, from, until)| json!({operator: [from, var("request.time"), until]})),
        (order(), 0..9_i32).prop_map(|(operator, day)| json!({operator: [var("request.weekday"), day]})),
        proptest::collection::vec(1..8_u8, 0..4).prop_map(|days| json!({"in": [var("request.weekday"), days]})),
        (equal(), 1..8_u8).prop_map(|(operator, day)| json!({operator: [f64::from(day), var("request.weekday")]})),
        any::<bool>().prop_map(Value::from),
    ]
}

fn rule() -> impl Strategy<Value = Value> {
    comparison().prop_recursive(4, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..4).prop_map(|parts| json!({ "and": parts })),
            proptest::collection::vec(inner.clone(), 1..4).prop_map(|parts| json!({ "or": parts })),
            inner.clone().prop_map(|part| json!({ "!": [part] })),
            inner.prop_map(|part| json!({ "!": part })),
        ]
    })
}

fn held(condition: &Condition, world: &World, knows: impl Fn(&str) -> bool) -> Option<bool> {
    let clauses = condition.clauses(&|name| world.known(name).filter(|_| knows(name)))?;
    let facts = world.facts();
    Some(clauses.iter().any(|clause| clause.holds(&facts)))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 6000, failure_persistence: None, rng_seed: RngSeed::Fixed(8), max_global_rejects: 6000, ..ProptestConfig::default()
    })]

    /// Whatever was saved holds for the tickets, people and circumstances for which `JsonLogic` says so.
    #[test]
    fn a_condition_means_what_json_logic_means(rule in rule(), world in world()) {
        let parsed = Condition::parse(rule.clone());
        prop_assume!(parsed != Err("condition_too_large"));
        let condition = parsed.unwrap();
        let meant = datalogic_rs::Engine::new().eval_into::<Value, _, _>(&rule, &world.data()).unwrap();
        prop_assert_eq!(held(&condition, &world, |_| true), meant.as_bool(), "{} about {}", rule, world.data());
    }

    /// What is not known of the circumstances is never taken for a reason that the condition does not hold.
    #[test]
    fn what_is_not_known_may_be_anything(rule in rule(), world in world()) {
        let parsed = Condition::parse(rule.clone());
        prop_assume!(parsed != Err("condition_too_large"));
        let condition = parsed.unwrap();
        if held(&condition, &world, |_| true) == Some(true) {
            prop_assert_eq!(held(&condition, &world, |name| !name.starts_with("request.")), Some(true), "{}", rule);
            prop_assert_eq!(held(&condition, &world, |_| false), Some(true), "{}", rule);
        }
    }
}

/// Values of the kinds that the variables have.
fn somebody(name: &str) -> Value {
    match name {
        "actor.groups" => json!(["grp_1"]),
        "request.weekday" => json!(3),
        "request.time" => json!("09:00"),
        "request.address" => json!("192.0.2.7"),
        _ => json!("usr_1"),
    }
}

#[test]
fn what_could_be_read_for_nobody_is_refused_when_it_is_saved() {
    for rule in [
        json!({"in": [var("actor.email_domain"), "example.com"]}),
        json!({"in": [var("ticket.tags"), var("actor.groups")]}),
        json!({"==": [var("ticket.tags"), var("actor.id")]}),
        json!({"==": [var("ticket.department"), var("request.weekday")]}),
        json!({"<": [var("request.time"), 9]}),
        json!({"<": ["08:00", var("request.weekday")]}),
        json!({"in_network": [var("request.address"), ["10.0.0.0"]]}),
        json!({"in_network": [var("request.address"), "10.0.0.0/8"]}),
        // Some have no department: then there is nothing to compare.
        json!({"<": [var("actor.department"), "dep_1"]}),
        // `JsonLogic` would convert one of the two.
        json!({"==": [var("request.weekday"), "1"]}),
        json!({"in": [var("request.weekday"), [1, "2"]]}),
        json!({"!=": [var("actor.groups"), "grp_1"]}),
        // A part that another part makes unimportant is looked at all the same.
        json!({"or": [true, {"<": [var("request.time"), 9]}]}),
        json!({"and": [false, {"in": [var("actor.email_domain"), "example.com"]}]}),
    ] {
        assert_eq!(Condition::parse(rule.clone()), Err("condition_unknown"), "{rule}");
    }
}

#[test]
fn a_condition_comes_to_no_more_clauses_for_anybody_than_it_may_when_it_is_saved() {
    let pair = json!({"or": [{"==": [ticket(Attribute::Assignee), var("actor.id")]}, {"==": [ticket(Attribute::Requester), var("actor.id")]}]});
    let pairs = |count: usize| {
        let parts = (0..count).map(|number| json!({"or": [{"==": [ticket(Attribute::Status), number.to_string()]}, pair]}));
        json!({"and": parts.collect::<Vec<_>>()})
    };
    let condition = Condition::parse(pairs(3)).unwrap();
    assert!(condition.clauses(&|name| Some(somebody(name))).unwrap().len() <= 32);
    assert_eq!(Condition::parse(pairs(5)), Err("condition_too_large"));
}

#[test]
fn a_condition_is_refused_when_it_is_longer_or_deeper_than_it_may_be() {
    let of_bytes = |bytes: usize| {
        let rule = |word: usize| json!({"==": [var("actor.id"), "x".repeat(word)]});
        rule(bytes - rule(0).to_string().len())
    };
    // The comparison and its variable are two levels.
    let of_depth = |depth: usize| (2..depth).fold(json!({"==": [var("actor.id"), "usr_1"]}), |rule, _| json!({ "!": rule }));
    for (rule, taken) in [(of_bytes(4096), true), (of_bytes(4097), false), (of_depth(8), true), (of_depth(9), false)] {
        let parsed = Condition::parse(rule.clone());
        assert_eq!(parsed.is_ok(), taken, "{parsed:?}");
        assert!(taken || parsed == Err("condition_too_large"));
        assert!(parsed.ok().is_none_or(|condition| *condition.rule() == rule));
    }
}

#[test]
fn clauses_are_counted_as_they_multiply() {
    let any = |count: usize| json!({"or": (0..count).map(|at| json!({"in": [at.to_string(), var("ticket.tags")]})).collect::<Vec<_>>()});
    let all = |count: usize| json!({"and": (0..count).map(|at| json!({"in": [at.to_string(), var("ticket.tags")]})).collect::<Vec<_>>()});
    let about_nobodys_ticket = json!({"==": [var("actor.id"), "usr_1"]});
    for (rule, taken) in [
        (any(32), true),
        (any(33), false),
        (all(33), true),
        (json!({"and": [any(5), any(6)]}), true),
        (json!({"and": [any(6), any(6)]}), false),
        (json!({"and": [any(6), about_nobodys_ticket, any(6)]}), false),
        (json!({"or": [any(16), any(17)]}), false),
        // Turned round, one of all becomes all of one.
        (json!({"!": {"and": [any(6), any(6)]}}), true),
        (json!({"!": {"or": [all(6), all(6)]}}), false),
        (json!({"!": {"!": {"and": [any(6), any(6)]}}}), false),
    ] {
        assert_eq!(Condition::parse(rule.clone()).is_ok(), taken, "{rule}");
    }
}

#[test]
fn a_condition_is_about_tickets_if_any_part_of_it_is() {
    let about = |rule: Value| Condition::parse(rule).unwrap().is_about_tickets();
    let actor = json!({"==": [var("actor.id"), "usr_1"]});
    let tagged = json!({"in": ["vip", var("ticket.tags")]});
    assert!(about(tagged.clone()) && about(json!({"and": [actor, tagged]})) && about(json!({ "!": tagged })));
    assert!(about(json!({"==": [var("ticket.department"), var("actor.department")]})));
    assert!(
        !about(actor.clone()) && !about(json!(true)) && !about(json!({"or": [actor, {"<": [var("request.time"), "09:00"]}]}))
    );
}

#[test]
fn what_is_no_rule_is_refused() {
    for rule in [
        json!(null),
        json!("true"),
        json!(1),
        json!([true]),
        json!({}),
        json!({"and": []}),
        json!({"or": []}),
        json!({"!": [true, false]}),
        json!({"!": []}),
        json!({"==": [1, 1], "!=": [1, 2]}),
        json!({"==": [1]}),
        json!({"if": [true, true, false]}),
        json!({"==": [var("actor.password"), "x"]}),
        json!({"==": [var("ticket.tag"), "vip"]}),
        json!({"==": [{"var": ["actor.id", "x"]}, "x"]}),
        json!({"==": [{"var": "actor.id", "else": 1}, "x"]}),
        json!({"in": [var("ticket.status"), [{"var": "actor.id"}]]}),
        json!({"in": [var("ticket.status"), [1]]}),
        json!({"<": [1, 2, 3, 4]}),
        json!({"<": [var("ticket.priority"), "high"]}),
        json!({"and": [true, {"==": [var("request.cookie"), "x"]}]}),
    ] {
        assert_eq!(Condition::parse(rule.clone()), Err("condition_unknown"), "{rule}");
    }
}

#[test]
fn a_kept_condition_that_comes_to_too_many_clauses_cannot_be_read() {
    let either = |at: usize| json!({"or": [{"in": [format!("a{at}"), var("ticket.tags")]}, {"in": [format!("b{at}"), var("ticket.tags")]}]});
    let kept = |parts: usize| -> Condition {
        serde_json::from_value(json!({"and": (0..parts).map(either).collect::<Vec<_>>()})).unwrap()
    };
    assert_eq!(kept(8).clauses(&|name| Some(somebody(name))).map(|clauses| clauses.len()), Some(256));
    assert_eq!(kept(9).clauses(&|name| Some(somebody(name))), None);
}

#[test]
fn an_address_is_looked_for_in_the_networks_of_the_condition() {
    let condition = Condition::parse(json!({"in_network": [var("request.address"), ["10.0.0.0/8", "192.0.2.0/24"]]})).unwrap();
    let holds = |address: &str| condition.clauses(&|_| Some(json!(address))).map(|clauses| !clauses.is_empty());
    assert_eq!((holds("192.0.2.7"), holds("203.0.113.9"), holds("")), (Some(true), Some(false), Some(false)));
    assert_eq!(
        condition.clauses(&|_| None),
        Some(vec![crate::access::Clause::default()]),
        "an address that is not known may be any"
    );
}

#[test]
fn what_is_true_is_true_and_nothing_else() {
    for (left, right, holds) in [(true, true, true), (true, false, false), (false, false, true)] {
        let condition = Condition::parse(json!({"==": [left, right]})).unwrap();
        assert_eq!(condition.clauses(&|_| None).map(|clauses| !clauses.is_empty()), Some(holds), "{left} {right}");
    }
}
