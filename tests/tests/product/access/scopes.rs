//! A list narrowed in SQL shows exactly the tickets for which the scope holds in memory.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::json;
use shared::access::{Attribute, Clause, Test, TicketScope};
use shared::http::decode_pairs;
use shared::store::{ticket_list, tickets};
use shared::ticket::Reference;
use shared::ticket_list::ListRequest;
use tests::app::TestApp;

const TICKETS: usize = 40;

fn people(app: &TestApp) -> Vec<String> {
    ["client", "agent", "manager", "admin"].map(|role| app.user_id("acme", role)).to_vec()
}

/// An id of this kind; the same number gives the same id.
fn id(prefix: &str, number: usize) -> String {
    format!("{prefix}_{number:032x}")
}

/// What an attribute can be, among these values or none of them.
fn values(attribute: Attribute, people: &[String]) -> Vec<Option<String>> {
    let words = |words: &[&str]| words.iter().map(|word| Some((*word).to_owned())).collect::<Vec<_>>();
    let mut values = match attribute {
        Attribute::Requester | Attribute::Follower | Attribute::Assignee => people.iter().cloned().map(Some).collect(),
        Attribute::Organization => vec![Some(id("org", 1)), Some(id("org", 2))],
        Attribute::Department => vec![Some(id("dep", 1)), Some(id("dep", 2))],
        Attribute::Priority => words(&["critical", "high", "medium", "low"]),
        Attribute::Status => words(&["new", "in_progress", "waiting_customer", "resolved", "closed"]),
        Attribute::Category => words(&["printing", "network", "Printing"]),
        Attribute::Channel => words(&["web", "email", "api", "chat"]),
        Attribute::ErpModule => words(&["finance", "stock", "склад"]),
        Attribute::Tag => words(&["vip", "urgent", "a\"b", "müde"]),
    };
    values.push(None);
    values
}

/// Fills a ticket's columns at random, nulls included; one follower and one address in copy.
fn scatter(app: &TestApp, people: &[String]) {
    app.tenant_database("acme").inspect(|connection| {
        connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        let mut random = fastrand::Rng::with_seed(11);
        for number in 1..=TICKETS {
            let mut one = |attribute: Attribute, or: Option<&str>| {
                let values = values(attribute, people);
                values[random.usize(..values.len())].clone().or(or.map(str::to_owned))
            };
            let row = [
                one(Attribute::Requester, Some(&people[0])),
                one(Attribute::Assignee, None),
                one(Attribute::Organization, None),
                one(Attribute::Department, None),
                one(Attribute::Priority, Some("low")),
                one(Attribute::Status, Some("new")),
                one(Attribute::Category, None),
                one(Attribute::Channel, Some("web")),
                one(Attribute::ErpModule, None),
            ];
            let mut tags: Vec<String> = (0..2).filter_map(|_| one(Attribute::Tag, None)).collect();
            tags.sort();
            tags.dedup();
            let (follower, copied) = (one(Attribute::Follower, None), one(Attribute::Follower, None));
            let [requester, assignee, organization, department, priority, status, category, channel, module] = row;
            connection
                .execute(
                    "UPDATE tickets SET requester_id = ?2, assignee_id = ?3, organization_id = ?4, department_id = ?5, priority = ?6,
                        status = ?7, category = ?8, channel = ?9, erp_module = ?10, tags = ?11 WHERE number = ?1",
                    rusqlite::params![
                        number,
                        requester,
                        assignee,
                        organization,
                        department,
                        priority,
                        status,
                        category,
                        channel,
                        module,
                        json!(tags).to_string()
                    ],
                )
                .unwrap();
            for (kind, user) in [("follower", follower), ("cc", copied)] {
                connection
                    .execute(
                        "INSERT INTO ticket_followers (tenant_id, ticket_id, email, user_id, kind, created_at)
                            SELECT tenant_id, id, ?2 || '@example.com', ?3, ?2, 1 FROM tickets WHERE number = ?1",
                        rusqlite::params![number, kind, user],
                    )
                    .unwrap();
            }
        }
    });
}

fn a_test(people: Vec<String>) -> impl Strategy<Value = Test> {
    select(Attribute::ALL.to_vec()).prop_flat_map(move |attribute| {
        let values = values(attribute, &people);
        let most = values.len();
        (subsequence(values, 0..=most), any::<bool>()).prop_map(move |(values, negated)| {
            let test = Test::is(attribute, values);
            if negated { test.negated() } else { test }
        })
    })
}

fn clauses(people: Vec<String>) -> impl Strategy<Value = Vec<Clause>> {
    proptest::collection::vec(proptest::collection::vec(a_test(people), 0..4).prop_map(Clause), 0..4)
}

#[test]
fn a_list_shows_the_tickets_for_which_the_scope_holds_and_no_other() {
    pollster::block_on(async {
        let app = TestApp::new();
        let people = people(&app);
        for _ in 0..TICKETS {
            let body = json!({"title": "Printer prints nothing", "description": "Since this morning."});
            app.agent("acme").post("/api/tickets", body).await.expect(201);
        }
        scatter(&app, &people);
        app.as_product("acme", async |ctx| {
            let mut all = Vec::new();
            for number in 1..=i64::try_from(TICKETS).unwrap() {
                let reference = Reference::Number(number);
                let answers = ctx.db.batch(vec![tickets::find(&reference), tickets::followers(&reference)]).await.unwrap();
                let row = tickets::ticket(&answers[0]).unwrap().unwrap();
                all.push((row, tickets::follower_rows(&answers[1]).unwrap()));
            }
            let request = ListRequest::parse(&decode_pairs(b"limit=100"), &[]).unwrap();
            let config = ProptestConfig {
                cases: 1500,
                failure_persistence: None,
                rng_seed: RngSeed::Fixed(3),
                ..ProptestConfig::default()
            };
            let (mut some, mut partial) = (0, 0);
            let scopes = (proptest::option::weighted(0.8, clauses(people.clone())), clauses(people.clone()));
            TestRunner::new(config)
                .run(&scopes, |(allowed, denied)| {
                    let scope = TicketScope { allowed, denied };
                    let mut expected: Vec<String> = all
                        .iter()
                        .filter(|(row, followers)| scope.holds(&row.facts(followers)))
                        .map(|(row, _)| row.id.to_string())
                        .collect();
                    let mut found: Vec<String> = match ticket_list::page(ctx.tenant, &scope, true, &request) {
                        None => Vec::new(),
                        Some(statement) => {
                            let rows = pollster::block_on(ctx.db.run(statement)).unwrap();
                            let rows: Vec<serde_json::Value> = rows.all().unwrap();
                            rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
                        }
                    };
                    expected.sort();
                    found.sort();
                    prop_assert_eq!(&found, &expected, "{:?}", scope);
                    Ok(())
                })
                .unwrap();
            // The scopes above are no idle ones.
            let mut runner = TestRunner::deterministic();
            for _ in 0..200 {
                let (allowed, denied) = scopes.new_tree(&mut runner).unwrap().current();
                let scope = TicketScope { allowed, denied };
                let held = all.iter().filter(|(row, followers)| scope.holds(&row.facts(followers))).count();
                some += usize::from(held > 0);
                partial += usize::from(held > 0 && held < all.len());
            }
            assert!(some >= 60 && partial >= 40, "{some} show something, {partial} a part");
        })
        .await;
    });
}
