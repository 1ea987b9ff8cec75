use proptest::prelude::*;
use serde_json::{Value, json};

use super::filter::{self, Attribute, Filter, Operator};
use super::groups::Draft;
use super::people::{Changes, Names};
use super::query::{By, GroupBy, Page, People};
use super::selection::Selection;
use super::{ENTERPRISE, kind_of};
use crate::error::ApiError;
use crate::id::{GroupId, UserId};

fn attribute(name: &str, part: Option<&str>) -> Attribute {
    Attribute { is_enterprise: false, name: name.to_owned(), part: part.map(str::to_owned) }
}

fn equal(name: &str, value: Value) -> Filter {
    Filter::Compare(attribute(name, None), Operator::Equal, value)
}

fn user(letter: char) -> String {
    format!("usr_{}", letter.to_string().repeat(32))
}

fn refusal<T: std::fmt::Debug>(result: Result<T, ApiError>) -> Option<&'static str> {
    result.err().as_ref().and_then(kind_of)
}

#[test]
fn filters_bind_as_the_grammar_says() {
    let [a, b, c] = ["a", "b", "c"].map(|name| Box::new(equal(name, json!(1))));
    let both = Box::new(Filter::And(b.clone(), c.clone()));
    for (text, expected) in [
        ("a eq 1", *a.clone()),
        (" A  EQ 1 ", *a.clone()),
        ("a eq 1 or b eq 1 and c eq 1", Filter::Or(a.clone(), both.clone())),
        ("(a eq 1 or b eq 1) and c eq 1", Filter::And(Box::new(Filter::Or(a.clone(), b.clone())), c.clone())),
        ("not (a eq 1)", Filter::Not(a.clone())),
        ("not(b eq 1 and c eq 1)", Filter::Not(both.clone())),
        ("x[b eq 1 and c eq 1]", Filter::Has(attribute("x", None), both)),
        ("not eq 1", equal("not", json!(1))),
        ("title pr", Filter::Present(attribute("title", None))),
        (
            "name.familyName co \"O'\\\"M] and\"",
            Filter::Compare(attribute("name", Some("familyname")), Operator::Contains, json!("O'\"M] and")),
        ),
        (
            "urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J\"",
            Filter::Compare(attribute("username", None), Operator::StartsWith, json!("J")),
        ),
        (
            "meta.lastModified ge \"2011-05-13T04:42:34Z\"",
            Filter::Compare(attribute("meta", Some("lastmodified")), Operator::GreaterOrEqual, json!("2011-05-13T04:42:34Z")),
        ),
        ("active eq false", equal("active", json!(false))),
        ("a eq null", equal("a", Value::Null)),
    ] {
        assert_eq!(filter::parse(text), Some(expected), "{text}");
    }
}

#[test]
fn what_is_no_filter_is_none() {
    let deep = format!("{}a eq 1{}", "(".repeat(11), ")".repeat(11));
    let long = format!("a eq \"{}\"", "x".repeat(1000));
    for text in [
        "",
        " ",
        "a",
        "a eq",
        "a eq ",
        "a xx 1",
        "a eq1",
        "a eq x",
        "a eq 'x'",
        "a eq \"x",
        "a eq [1]",
        "a eq {}",
        "1a eq 1",
        "a. eq 1",
        "a eq 1 and",
        "a eq 1 b eq 1",
        "(a eq 1",
        "a eq 1)",
        "a[b eq 1",
        "a[]",
        "not a eq 1",
        "urn:x:User:a eq 1",
        "a.b.c eq 1",
        "é eq 1",
        deep.as_str(),
        long.as_str(),
    ] {
        assert_eq!(filter::parse(text), None, "{text}");
    }
    assert!(filter::parse(&format!("{}a eq 1{}", "(".repeat(9), ")".repeat(9))).is_some());
}

#[test]
fn paths_are_those_that_systems_send() {
    let path = |text: &str| filter::parse_path(text).map(|path| (path.attribute, path.within));
    let work = Some(equal("type", json!("work")));
    assert_eq!(path("emails[type eq \"work\"].value"), Some((attribute("emails", Some("value")), work)));
    assert_eq!(path("members[value eq \"x\"]"), Some((attribute("members", None), Some(equal("value", json!("x"))))));
    assert_eq!(path("name.givenName"), Some((attribute("name", Some("givenname")), None)));
    let department = Attribute { is_enterprise: true, name: "department".to_owned(), part: None };
    assert_eq!(path(&format!("{ENTERPRISE}:department")), Some((department, None)));
    assert!(path(ENTERPRISE).is_some_and(|(attribute, _)| attribute.is_enterprise && attribute.name.is_empty()));
    for text in ["", "a b", "a[b eq 1", "a[b eq 1]x", "a[b eq 1].", "a.b[c eq 1].d", "a eq 1", "[a eq 1]", "urn:x:y"] {
        assert_eq!(path(text), None, "{text}");
    }
}

proptest! {
    /// Whatever somebody sends, it is read or refused, and never more deeply than the bounds let.
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
        let _ = (filter::parse(&text), filter::parse_path(&text), People::parse(Some(&text)), GroupBy::parse(Some(&text)));
    }

    /// The same with texts that are nearly filters.
    #[test]
    fn near_filters_are_read_or_refused(words in prop::collection::vec(prop::sample::select(vec![
        "userName", "emails", "[", "]", "(", ")", "eq", "pr", "and", "or", "not", "\"x\"", "1", "true", ".value", " ", "urn:",
    ]), 0..40)) {
        for text in [words.concat(), words.join(" ")] {
            let _ = (filter::parse(&text), filter::parse_path(&text), People::parse(Some(&text)));
        }
    }

    /// A filter that is written out is read as it was.
    #[test]
    fn what_is_written_is_read(filter in filters()) {
        prop_assert_eq!(filter::parse(&written(&filter)), Some(filter));
    }

    /// No body makes more of a person or a group than the request may: it is read or refused.
    #[test]
    fn any_body_is_read_or_refused(value in values(), path in "\\PC{0,40}") {
        let body = json!({"Operations": [{"op": "replace", "path": path, "value": value}, {"op": "add", "value": value}]});
        let _ = (Changes::patch(&body), Changes::whole(&value), Draft::changes(&body), Draft::read(&value));
    }
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 30, 5, |inner| {
        let name = prop::sample::select(vec![
            "userName",
            "active",
            "name",
            "emails",
            "members",
            "value",
            "displayName",
            "externalId",
            "type",
            ENTERPRISE,
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..5)
                .prop_map(|pairs| pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

fn filters() -> impl Strategy<Value = Filter> {
    let name = prop::sample::select(vec!["username", "active", "x-y", "a1"]);
    let value =
        prop_oneof![any::<bool>().prop_map(Value::from), any::<i32>().prop_map(Value::from), "\\PC{0,8}".prop_map(Value::from)];
    let operator = prop::sample::select(vec![Operator::Equal, Operator::NotEqual, Operator::LessOrEqual]);
    let one =
        (name, operator, value).prop_map(|(name, operator, value)| Filter::Compare(attribute(name, Some("p")), operator, value));
    one.prop_recursive(3, 12, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Filter::And(Box::new(a), Box::new(b))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Filter::Or(Box::new(a), Box::new(b))),
            inner.clone().prop_map(|one| Filter::Not(Box::new(one))),
            inner.prop_map(|one| Filter::Has(attribute("emails", None), Box::new(one))),
        ]
    })
}

fn written(filter: &Filter) -> String {
    match filter {
        Filter::Compare(of, operator, value) => {
            let operator = match operator {
                Operator::Equal => "eq",
                Operator::NotEqual => "ne",
                _ => "le",
            };
            format!("{}.p {operator} {value}", of.name)
        }
        Filter::Present(of) => format!("{} pr", of.name),
        Filter::Has(of, within) => format!("{}[{}]", of.name, written(within)),
        Filter::And(a, b) => format!("({}) and ({})", written(a), written(b)),
        Filter::Or(a, b) => format!("({}) or ({})", written(a), written(b)),
        Filter::Not(one) => format!("not ({})", written(one)),
    }
}

#[test]
fn filters_that_an_index_finds_are_answered_and_others_refused() {
    let by = |text: &str| People::parse(Some(text)).map(|people| (people.by, people.active)).ok();
    let id = user('a');
    assert_eq!(by("userName eq \"Ann@Corp.Example\""), Some((By::Address("ann@corp.example".to_owned()), None)));
    assert_eq!(by("emails[type eq \"work\" and value eq \"a@b.example\"]"), Some((By::Address("a@b.example".to_owned()), None)));
    assert_eq!(
        by("emails.value eq \"a@b.example\" and active eq true"),
        Some((By::Address("a@b.example".to_owned()), Some(true)))
    );
    assert_eq!(by("active eq \"False\" and externalId eq \"7\""), Some((By::ExternalId("7".to_owned()), Some(false))));
    assert_eq!(by(&format!("id eq \"{id}\"")), Some((By::Id(UserId::parse(&id).unwrap()), None)));
    assert_eq!(by("id eq \"7\""), Some((By::Nobody, None)));
    assert_eq!(by("userName eq \"jdoe\""), Some((By::Nobody, None)));
    assert!(matches!(by("meta.lastModified gt \"2026-01-01T00:00:00Z\""), Some((By::ChangedAfter(_), None))));
    for text in [
        "active eq true",
        "userName sw \"a\"",
        "userName ne \"a\"",
        "userName pr",
        "title eq \"x\"",
        "userName eq 1",
        "userName eq \"a\" or userName eq \"b\"",
        "not (userName eq \"a\")",
        "userName eq \"a\" and id eq \"b\"",
        "meta.lastModified lt \"2026-01-01T00:00:00Z\"",
        "meta.lastModified gt \"yesterday\"",
        "active eq 1 and id eq \"x\"",
        "password eq \"x\"",
        "addresses[type eq \"work\" and id eq \"x\"]",
    ] {
        assert_eq!(refusal(People::parse(Some(text))), Some("invalidFilter"), "{text}");
    }
    let group = format!("grp_{}", "a".repeat(32));
    let found = GroupBy::parse(Some(&format!("id eq \"{group}\" and members eq \"{id}\"")));
    assert_eq!(found, Ok(GroupBy::Id(GroupId::parse(&group).unwrap(), Some(UserId::parse(&id).unwrap()))));
    assert_eq!(GroupBy::parse(Some("displayName eq \"Desk\"")), Ok(GroupBy::Name("Desk".to_owned())));
    assert_eq!(GroupBy::parse(Some(&format!("members[value eq \"{id}\"]"))), Ok(GroupBy::Member(UserId::parse(&id).unwrap())));
    for text in ["displayName co \"x\"", "displayName eq \"x\" and externalId eq \"y\"", "members pr"] {
        assert_eq!(refusal(GroupBy::parse(Some(text))), Some("invalidFilter"), "{text}");
    }
}

#[test]
fn pages_are_within_bounds() {
    let page = |start, count| Page::of(start, count).map(|page| (page.start, page.count)).ok();
    assert_eq!(page(None, None), Some((1, 100)));
    assert_eq!(page(Some(-3), Some(-1)), Some((1, 0)));
    assert_eq!(page(Some(7), Some(100_000)), Some((7, 200)));
    assert_eq!(refusal(Page::of(Some(50_001), None)), Some("tooMany"));
    assert_eq!(refusal(Page::of(Some(i64::MAX), None)), Some("tooMany"));
}

fn patched(operations: Value) -> Result<Changes, ApiError> {
    Changes::patch(&json!({"Operations": operations}))
}

#[test]
fn what_entra_id_and_okta_send_is_understood() {
    let entra = json!([
        {"op": "Replace", "path": "active", "value": "False"},
        {"op": "Replace", "path": "displayName", "value": "Ann Lee"},
        {"op": "Add", "path": "emails[type eq \"work\"].value", "value": "Ann@corp.example"},
        {"op": "Add", "path": "name.givenName", "value": "Ann"},
        {"op": "Add", "path": format!("{ENTERPRISE}:department"), "value": "Support"},
        {"op": "Add", "path": "phoneNumbers[type eq \"work\"].value", "value": "1"}
    ]);
    let changes = patched(entra).unwrap();
    assert_eq!((changes.active, changes.department.clone()), (Some(false), Some(Some("Support".to_owned()))));
    assert_eq!(changes.check_address("ann@corp.example"), Ok(()));
    assert_eq!(refusal(changes.check_address("ann@else.example")), Some("mutability"));
    let okta = patched(json!([{"op": "replace", "value": {"active": false, "name.familyName": "Poe"}}])).unwrap();
    let before = Names { shown: "Ann Lee".to_owned(), given: Some("Ann".to_owned()), family: Some("Lee".to_owned()) };
    assert_eq!((okta.active, okta.names(&before).shown), (Some(false), "Ann Poe".to_owned()));
    // A name that says something else than its parts stays.
    assert_eq!(okta.names(&Names { shown: "Dr. Lee".to_owned(), ..before }).shown, "Dr. Lee");
}

#[test]
fn operations_that_cannot_be_done_have_their_names() {
    for (operations, expected) in [
        (json!([{"op": "move", "path": "active", "value": true}]), "invalidValue"),
        (json!([{"op": "replace", "path": "active", "value": "maybe"}]), "invalidValue"),
        (json!([{"op": "replace", "path": "userName", "value": "nobody"}]), "invalidValue"),
        (json!([{"op": "replace", "path": "colour", "value": "red"}]), "invalidPath"),
        (json!([{"op": "replace", "path": "active[", "value": true}]), "invalidPath"),
        (json!([{"op": "replace", "path": "id", "value": "x"}]), "mutability"),
        (json!([{"op": "replace", "path": "meta.version", "value": "x"}]), "mutability"),
        (json!([{"op": "remove", "path": "emails"}]), "mutability"),
        (json!([{"op": "replace", "value": "x"}]), "invalidValue"),
        (json!([{"op": "replace", "path": "externalId", "value": "x".repeat(256)}]), "invalidValue"),
        (json!([{"op": "replace", "path": "name.givenName", "value": "x".repeat(121)}]), "invalidValue"),
        (json!(vec![json!({"op": "replace", "path": "active", "value": true}); 101]), "tooMany"),
        (json!("x"), "invalidValue"),
    ] {
        assert_eq!(refusal(patched(operations.clone())), Some(expected), "{operations}");
    }
    assert_eq!(patched(json!([{"op": "remove"}])).unwrap_err().code, "scim_no_target");
    // Nobody becomes an administrator by what they are sent with.
    let sent = json!({"userName": "a@b.example", "roles": [{"value": "admin"}], "entitlements": ["admin"], "is_service": true, "password": "x"});
    assert_eq!(Changes::whole(&sent), Changes::whole(&json!({"userName": "a@b.example"})));
}

#[test]
fn members_come_and_go_in_the_order_of_the_operations() {
    let [a, b, c] = ['a', 'b', 'c'].map(user);
    let draft = |operations: Value| Draft::changes(&json!({"Operations": operations}));
    let members =
        |draft: Draft| (draft.is_whole, draft.members.into_iter().map(|(id, is_in)| (id.to_string(), is_in)).collect::<Vec<_>>());
    let entra = draft(json!([
        {"op": "Add", "path": "members", "value": [{"value": a}, {"value": b}]},
        {"op": "Remove", "path": "members", "value": [{"value": b}]}
    ]));
    assert_eq!(members(entra.unwrap()), (false, vec![(a.clone(), true), (b.clone(), false)]));
    let okta = draft(json!([{"op": "remove", "path": format!("members[value eq \"{a}\"]")}, {"op": "replace", "value": {"id": "grp_x", "displayName": "New"}}])).unwrap();
    assert_eq!(okta.name.as_deref(), Some("New"));
    assert_eq!(members(okta), (false, vec![(a.clone(), false)]));
    let replaced = draft(
        json!([{"op": "add", "path": "members", "value": {"value": a}}, {"op": "replace", "path": "members", "value": [{"value": c}]}]),
    );
    assert_eq!(members(replaced.unwrap()), (true, vec![(c, true)]));
    assert_eq!(members(draft(json!([{"op": "remove", "path": "members"}])).unwrap()), (true, vec![]));
    assert_eq!(refusal(draft(json!([{"op": "add", "path": "members", "value": [{"value": "x"}]}]))), Some("invalidValue"));
    assert_eq!(refusal(draft(json!([{"op": "add", "path": "members", "value": [7]}]))), Some("invalidValue"));
    assert_eq!(refusal(draft(json!([{"op": "remove", "path": "members[display eq \"x\"]"}]))), Some("invalidPath"));
    assert_eq!(refusal(draft(json!([{"op": "remove", "path": "displayName"}]))), Some("mutability"));
    let many: Vec<Value> = (0..=1000).map(|n| json!({"value": format!("usr_{n:032}")})).collect();
    assert_eq!(refusal(draft(json!([{"op": "add", "path": "members", "value": many}]))), Some("tooMany"));
}

#[test]
fn answers_have_what_is_asked_for() {
    let resource = json!({"schemas": [], "id": "1", "userName": "x", "name": {"givenName": "A", "familyName": "B"}, "emails": [{"value": "x", "type": "work"}], ENTERPRISE: {"department": "D", "organization": "O"}});
    let of = |only, without| Selection::of(only, without).unwrap().of_resource(resource.clone());
    assert_eq!(
        of(Some("USERNAME, name.familyName"), None),
        json!({"schemas": [], "id": "1", "userName": "x", "name": {"familyName": "B"}})
    );
    assert_eq!(
        of(None, Some("emails,name,id")),
        json!({"schemas": [], "id": "1", "userName": "x", ENTERPRISE: {"department": "D", "organization": "O"}})
    );
    assert_eq!(of(Some("emails.value"), None), json!({"schemas": [], "id": "1", "emails": [{"value": "x"}]}));
    let department = format!("{ENTERPRISE}:department");
    assert_eq!(of(Some(&department), None), json!({"schemas": [], "id": "1", ENTERPRISE: {"department": "D"}}));
    assert_eq!(refusal(Selection::of(Some("a b"), None)), Some("invalidValue"));
    assert!(!Selection::of(None, Some("members")).unwrap().has("members"));
}
