//! Search finds what was said in the ticket that holds it now, and nowhere else.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::TestApp;

use super::{opened, path, said, seen, texts};

/// Numbers of the tickets in which this role finds the word, in order.
async fn found(app: &TestApp, role: &str, word: &str) -> Vec<String> {
    let list = app.signed_in("acme", role).get(&format!("/api/tickets?q={word}")).await.expect(200).json();
    let mut numbers: Vec<String> =
        list["data"].as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap().to_owned()).collect();
    numbers.sort();
    numbers
}

fn number(ticket: &Value) -> String {
    ticket["number"].as_str().unwrap().to_owned()
}

async fn merge(app: &TestApp, child: &Value, into: &Value) {
    app.agent("acme").post(&format!("{}/merge", path(child)), json!({"into": into["number"]})).await.expect(200);
}

async fn unmerge(app: &TestApp, child: &Value) -> tests::app::Answer {
    app.agent("acme").post(&format!("{}/unmerge", path(child)), json!({})).await.expect(200)
}

#[test]
fn what_moved_in_a_merge_is_found_in_the_parent_alone_and_after_undoing_it_in_the_child_alone() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (parent, child) = (opened(&app, "acme", "Printer").await, opened(&app, "acme", "Windmill").await);
        said(&app, "client", &parent, "the cartridge", "public").await;
        said(&app, "client", &child, "the zeppelin", "public").await;
        said(&app, "agent", &child, "a gearwheel", "internal").await;
        merge(&app, &child, &parent).await;
        for role in ["agent", "client"] {
            assert_eq!(found(&app, role, "zeppelin").await, [number(&parent)], "{role}");
            assert_eq!(found(&app, role, "cartridge").await, [number(&parent)], "{role}");
            // The description is shown in the parent and stays what the child is about.
            assert_eq!(found(&app, role, "windmill").await, [number(&parent), number(&child)], "{role}");
        }
        assert_eq!(found(&app, "agent", "gearwheel").await, [number(&parent)]);
        assert!(found(&app, "client", "gearwheel").await.is_empty(), "a note stays the desk's");
        said(&app, "client", &child, "a submarine", "public").await;
        assert_eq!(found(&app, "agent", "submarine").await, [number(&parent)]);

        let answer = unmerge(&app, &child).await;
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        for role in ["agent", "client"] {
            for (word, holder) in
                [("zeppelin", &child), ("windmill", &child), ("cartridge", &parent), ("submarine", &parent), ("printer", &parent)]
            {
                assert_eq!(found(&app, role, word).await, [number(holder)], "{role}: {word}");
            }
        }
        assert_eq!(found(&app, "agent", "gearwheel").await, [number(&child)]);
        assert!(found(&app, "client", "gearwheel").await.is_empty());
    });
}

#[test]
fn of_two_merged_tickets_only_the_one_that_is_taken_out_loses_its_words() {
    pollster::block_on(async {
        let app = TestApp::new();
        let parent = opened(&app, "acme", "Printer").await;
        let (one, two) = (opened(&app, "acme", "Windmill").await, opened(&app, "acme", "Lighthouse").await);
        said(&app, "client", &one, "the zeppelin", "public").await;
        said(&app, "client", &two, "the submarine", "public").await;
        merge(&app, &one, &parent).await;
        merge(&app, &two, &parent).await;
        unmerge(&app, &one).await;
        assert_eq!(found(&app, "agent", "zeppelin").await, [number(&one)]);
        assert_eq!(found(&app, "agent", "windmill").await, [number(&one)]);
        assert_eq!(found(&app, "agent", "submarine").await, [number(&parent)]);
        assert_eq!(found(&app, "agent", "lighthouse").await, [number(&parent), number(&two)]);
    });
}

#[test]
fn what_is_said_while_a_merge_is_undone_is_found_too() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (parent, child) = (opened(&app, "acme", "Printer").await, opened(&app, "acme", "Windmill").await);
        said(&app, "client", &child, "the zeppelin", "public").await;
        merge(&app, &child, &parent).await;
        app.advance(TimeDelta::seconds(1));
        app.tenant_database("acme").interleave(true);
        let target = format!("{}/comments", path(&parent));
        let (undone, spoken) =
            futures::join!(unmerge(&app, &child), app.client("acme").post(&target, json!({"body": "the submarine"})));
        app.tenant_database("acme").interleave(false);
        undone.expect(200);
        spoken.expect(201);
        assert_eq!(texts(&seen(&app, "agent", &parent).await), ["the submarine"]);
        assert_eq!(found(&app, "agent", "submarine").await, [number(&parent)]);
        assert_eq!(found(&app, "agent", "zeppelin").await, [number(&child)]);
    });
}

#[test]
fn what_moved_in_a_split_is_found_in_the_new_ticket_alone() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", "Printer").await;
        said(&app, "client", &ticket, "the cartridge", "public").await;
        let note = said(&app, "agent", &ticket, "a gearwheel", "internal").await;
        let first = said(&app, "client", &ticket, "and the windmill", "public").await;
        let second = said(&app, "agent", &ticket, "which zeppelin", "public").await;
        let body = json!({"title": "Another matter", "comments": [note, first, second]});
        let answer = app.agent("acme").post(&format!("{}/split", path(&ticket)), body).await.expect(201);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        let new = answer.json();
        for role in ["agent", "client"] {
            assert_eq!(found(&app, role, "zeppelin").await, [number(&new)], "{role}");
            assert_eq!(found(&app, role, "cartridge").await, [number(&ticket)], "{role}");
            assert_eq!(found(&app, role, "printer").await, [number(&ticket)], "{role}");
            // The new description stays where it was said, too.
            assert_eq!(found(&app, role, "windmill").await, [number(&ticket), number(&new)], "{role}");
        }
        assert_eq!(found(&app, "agent", "gearwheel").await, [number(&new)]);
        assert!(found(&app, "client", "gearwheel").await.is_empty());
        // What is said afterwards is found where it is said.
        said(&app, "client", &ticket, "a submarine", "public").await;
        assert_eq!(found(&app, "client", "submarine").await, [number(&ticket)]);
    });
}

#[test]
fn a_long_conversation_is_found_by_its_latest_words() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (parent, child) = (opened(&app, "acme", "Printer").await, opened(&app, "acme", "Windmill").await);
        let log = "line of a long log ".repeat(2_500);
        for _ in 0..8 {
            said(&app, "client", &parent, &log, "public").await;
        }
        said(&app, "client", &parent, "the cartridge", "public").await;
        said(&app, "client", &child, "the zeppelin", "public").await;
        merge(&app, &child, &parent).await;
        assert_eq!(found(&app, "agent", "zeppelin").await, [number(&parent)]);
        unmerge(&app, &child).await;
        assert_eq!(found(&app, "agent", "cartridge").await, [number(&parent)]);
        assert_eq!(found(&app, "agent", "zeppelin").await, [number(&child)]);
        let chars: i64 = app.tenant_database("acme").inspect(|connection| {
            connection.query_row("SELECT MAX(length(body)) FROM ticket_search", [], |row| row.get(0)).unwrap()
        });
        assert!(chars <= 200_000, "{chars}");
    });
}
