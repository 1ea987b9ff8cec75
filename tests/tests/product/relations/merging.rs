//! Two tickets become one, and two again.

use chrono::TimeDelta;
use functions::actions::jobs;
use proptest::prelude::*;
use serde_json::{Value, json};
use shared::http::{Body, Method};
use shared::id::TenantId;
use shared::job::Job;
use tests::app::{Answer, TestApp};

use super::{count, fault, kinds, opened, opened_by_another, path, said, seen, texts};

async fn merge(app: &TestApp, child: &Value, into: &Value) -> Answer {
    app.agent("acme").post(&format!("{}/merge", path(child)), json!({"into": into["number"]})).await
}

async fn unmerge(app: &TestApp, child: &Value) -> Answer {
    app.agent("acme").post(&format!("{}/unmerge", path(child)), json!({})).await
}

async fn attached(app: &TestApp, ticket: &Value, name: &str) {
    let body = format!("--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"{name}\"\r\n\r\nwords\r\n--B--\r\n");
    let target = format!("{}/attachments", path(ticket));
    app.client("acme")
        .send(Method::Post, &target, Body::Bytes(body.into_bytes()), Some("multipart/form-data; boundary=B"))
        .await
        .expect(201);
}

/// Everything of a ticket that a merge must give back.
fn state(ticket: &Value) -> Value {
    let mut state = ticket.clone();
    for changing in ["version", "updated_at", "history"] {
        state.as_object_mut().expect("an object").remove(changing);
    }
    state
}

/// The same without moments that lie behind: since when a clock waits, when it warned and was missed. What was waited, used up and missed
/// is kept.
fn counted(ticket: &Value) -> Value {
    let mut state = state(ticket);
    if state["sla"]["state"] == "paused" {
        state["sla"]["at"] = json!(null);
        state["sla"]["explanation"]["status"]["at"] = json!(null);
    }
    for clock in state["sla"]["explanation"]["clocks"].as_array_mut().into_iter().flatten() {
        clock["paused_since"] = json!(null);
        clock["warn_at"] = json!(null);
        if clock["state"] == "breached" {
            clock["due_at"] = json!(null);
        }
    }
    for clock in ["first_response", "next_response", "resolution"] {
        if state["sla"][clock]["state"] == "breached" {
            state["sla"][clock]["due_at"] = json!(null);
        }
    }
    state
}

async fn ring(app: &TestApp) {
    let tenant = TenantId::parse(&format!("tnt_{}", "a".repeat(32))).expect("an id");
    let report = jobs::run(&app.platform, &Job::Sla { tenant }).await;
    assert!(report.failures.is_empty(), "{:?}", report.failures);
}

#[test]
fn a_promise_that_was_missed_before_a_merge_is_told_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (parent, child) = (opened(&app, "acme", "Parent").await, opened(&app, "acme", "Child").await);
        said(&app, "agent", &parent, "parents own", "public").await;
        app.advance(TimeDelta::hours(5));
        merge(&app, &child, &parent).await.expect(200);
        let told = "SELECT COUNT(*) FROM ticket_history WHERE kind = 'sla_breached'";
        assert_eq!(count(&app, told), 1);
        app.advance(TimeDelta::hours(1));
        unmerge(&app, &child).await.expect(200);
        ring(&app).await;
        assert_eq!(count(&app, told), 1);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM sla_violations"), 1);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM outbox WHERE template = 'sla_breach'"), 1);
    });
}

#[test]
fn a_ticket_that_leaves_a_merge_counts_by_the_calendar_of_today_and_not_for_the_time_within() {
    pollster::block_on(async {
        let app = TestApp::new();
        let day = |end: &str| json!([{"start": "10:00", "end": end}]);
        let week = |end: &str| json!({"monday": day(end), "tuesday": day(end), "wednesday": day(end)});
        let hours = json!({"name": "Office", "zone": "Europe/Moscow", "week": week("19:00")});
        let office = app.manager("acme").post("/api/sla/calendars", hours).await.expect(201).json();
        app.manager("acme").post("/api/sla/rules", json!({"name": "Gold", "calendar_id": office["id"]})).await.expect(201);
        let (parent, child) = (opened(&app, "acme", "Parent").await, opened(&app, "acme", "Child").await);
        app.advance(TimeDelta::hours(1));
        merge(&app, &child, &parent).await.expect(200);
        let hours = json!({"name": "Office", "zone": "Europe/Moscow", "week": week("12:00")});
        let place = format!("/api/sla/calendars/{}", office["id"].as_str().expect("an id"));
        app.manager("acme").header("if-match", "*").put(&place, hours).await.expect(200);
        ring(&app).await;
        app.advance(TimeDelta::minutes(30));
        unmerge(&app, &child).await.expect(200);
        // One of four hours is used up. From 11:30 half an hour is left today, two hours on Tuesday, half an hour on Wednesday.
        let sla = seen(&app, "agent", &child).await["sla"].clone();
        assert_eq!(sla["first_response"]["due_at"], "2026-03-04T07:30:00Z");
    });
}

#[test]
fn the_reminder_that_a_merge_forgot_is_due_again_when_it_is_undone() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (parent, child) = (opened(&app, "acme", "Parent").await, opened(&app, "acme", "Child").await);
        app.agent("acme").header("if-match", "*").patch(&path(&child), json!({"status": "resolved"})).await.expect(200);
        let due = || app.asked("acme", "SELECT remind_at FROM rating_requests");
        let before = due();
        merge(&app, &child, &parent).await.expect(200);
        assert_eq!(due(), ["null"]);
        unmerge(&app, &child).await.expect(200);
        assert_eq!(due(), before);
    });
}

#[test]
fn the_conversation_of_the_child_goes_on_in_the_parent() {
    pollster::block_on(async {
        let app = TestApp::new();
        let parent = opened(&app, "acme", "Printer").await;
        said(&app, "agent", &parent, "parents answer", "public").await;
        app.advance(TimeDelta::minutes(5));
        let child = opened(&app, "acme", "Printer again").await;
        app.advance(TimeDelta::minutes(5));
        said(&app, "agent", &child, "childs answer", "public").await;
        said(&app, "agent", &child, "childs note", "internal").await;
        attached(&app, &child, "page.txt").await;
        app.advance(TimeDelta::minutes(5));
        let answer = merge(&app, &child, &parent).await.expect(200);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        assert_eq!(answer.json()["id"], parent["id"]);
        assert_eq!(answer.json()["comment_count"], 3);

        let shown = seen(&app, "agent", &parent).await;
        assert_eq!(texts(&shown), ["parents answer", "Printer again, in many words", "childs answer", "childs note"]);
        assert_eq!(shown["attachments"][0]["file_name"], "page.txt");
        assert_eq!(shown["comment_count"], 3);
        assert_eq!(shown["version"], answer.json()["version"]);
        assert_eq!(texts(&seen(&app, "client", &parent).await).len(), 3, "the note stays the desk's");
        let merged = seen(&app, "client", &child).await;
        assert_eq!(merged["status"], "closed");
        assert_eq!(merged["merged_into"], parent["number"]);
        assert!(texts(&merged).is_empty());
        assert!(kinds(&merged).contains(&"merged".to_owned()));
        assert!(kinds(&shown).contains(&"merged_from".to_owned()));
        let links = app.agent("acme").get(&format!("{}/links", path(&child))).await.expect(200).json();
        assert_eq!(links["data"][0]["kind"], "duplicate");
        assert_eq!(links["data"][0]["ticket"]["number"], parent["number"]);
        assert_eq!(
            count(
                &app,
                "SELECT COUNT(*) FROM sla_timers t JOIN tickets k ON k.id = t.ticket_id WHERE k.merged_into_id IS NOT NULL"
            ),
            0
        );
        assert_eq!(count(&app, "SELECT COUNT(*) FROM audit_logs WHERE action = 'ticket.merged'"), 1);

        // What is said on the child is said on the parent; nothing else about the child can be changed.
        said(&app, "client", &child, "and one more thing", "public").await;
        assert_eq!(texts(&seen(&app, "agent", &parent).await).last().unwrap(), "and one more thing");
        assert_eq!(
            app.agent("acme").header("if-match", "*").patch(&path(&child), json!({"priority": "low"})).await.expect(409).code(),
            "merged"
        );
    });
}

#[test]
fn whoever_heard_of_the_child_follows_the_parent_until_the_merge_is_undone() {
    pollster::block_on(async {
        let app = TestApp::new();
        let parent = opened_by_another(&app, "Network", "other@client.example").await;
        let child = opened(&app, "acme", "Network too").await;
        app.agent("acme").post(&format!("{}/followers", path(&child)), json!({"email": "boss@client.example"})).await.expect(200);
        app.client("acme").get(&path(&parent)).await.expect(404);
        merge(&app, &child, &parent).await.expect(200);
        app.client("acme").get(&path(&parent)).await.expect(200);
        said(&app, "client", &child, "hello?", "public").await;
        said(&app, "agent", &parent, "we are on it", "public").await;
        let told = "SELECT COUNT(*) FROM outbox WHERE template = 'agent_reply' AND recipient IN ('client@acme.example', 'boss@client.example')";
        assert_eq!(count(&app, told), 2);
        unmerge(&app, &child).await.expect(200);
        app.client("acme").get(&path(&parent)).await.expect(404);
        assert_eq!(seen(&app, "agent", &parent).await["followers"], json!([]));
    });
}

#[test]
fn a_merge_is_undone_and_what_was_said_since_stays_on_the_parent() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (parent, child) = (opened(&app, "acme", "Parent").await, opened(&app, "acme", "Child").await);
        said(&app, "agent", &child, "childs answer", "public").await;
        merge(&app, &child, &parent).await.expect(200);
        app.advance(TimeDelta::minutes(1));
        said(&app, "client", &child, "said since", "public").await;
        let answer = unmerge(&app, &child).await.expect(200);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        assert_eq!(texts(&seen(&app, "agent", &child).await), ["childs answer"]);
        let shown = seen(&app, "agent", &parent).await;
        assert_eq!(texts(&shown), ["said since"]);
        assert_eq!(shown["comment_count"], 1);
        assert_eq!(unmerge(&app, &child).await.expect(409).code(), "not_merged");
        // And may be merged once more.
        merge(&app, &child, &parent).await.expect(200);
        assert_eq!(texts(&seen(&app, "agent", &parent).await).len(), 3);
    });
}

#[test]
fn no_ticket_is_merged_with_itself_in_a_circle_or_in_a_chain() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (one, two, three) =
            (opened(&app, "acme", "One").await, opened(&app, "acme", "Two").await, opened(&app, "acme", "Three").await);
        assert_eq!(fault(&merge(&app, &one, &one).await), ("into".to_owned(), "itself".to_owned()));
        merge(&app, &one, &two).await.expect(200);
        assert_eq!(merge(&app, &one, &three).await.expect(409).code(), "merged");
        assert_eq!(merge(&app, &three, &one).await.expect(409).code(), "merge_into_merged");
        assert_eq!(merge(&app, &two, &one).await.expect(409).code(), "merge_into_merged");
        assert_eq!(merge(&app, &two, &three).await.expect(409).code(), "merge_has_children");
        merge(&app, &three, &two).await.expect(200);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_merges"), 2);
    });
}

#[test]
fn only_the_desk_merges_and_only_tickets_of_its_own_tenant() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (one, two) = (opened(&app, "acme", "One").await, opened(&app, "acme", "Two").await);
        let foreign = opened(&app, "globex", "Foreign").await;
        for role in ["client", "analyst"] {
            app.signed_in("acme", role).post(&format!("{}/merge", path(&one)), json!({"into": two["id"]})).await.expect(403);
            app.signed_in("acme", role).post(&format!("{}/unmerge", path(&one)), json!({})).await.expect(403);
        }
        let by_id = app.agent("acme").post(&format!("{}/merge", path(&one)), json!({"into": foreign["id"]})).await;
        assert_eq!(fault(&by_id), ("into".to_owned(), "unknown_value".to_owned()));
        app.agent("globex").post(&format!("{}/merge", path(&one)), json!({"into": foreign["id"]})).await.expect(404);
        app.manager("acme").delete(&path(&two)).await.expect(204);
        assert_eq!(fault(&merge(&app, &one, &two).await), ("into".to_owned(), "unknown_value".to_owned()));
        assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_merges"), 0);
    });
}

#[test]
fn two_who_merge_at_once_do_not_make_a_circle() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (one, two) = (opened(&app, "acme", "One").await, opened(&app, "acme", "Two").await);
        let (there, back) = futures::join!(merge(&app, &one, &two), merge(&app, &two, &one));
        let mut statuses = [there.status, back.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", there.text(), back.text());
        assert_eq!(count(&app, "SELECT COUNT(*) FROM tickets WHERE merged_into_id IS NOT NULL"), 1);
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    /// Whatever the child was, merging it and undoing that gives it back: status, clocks, comments, files, dates.
    #[test]
    fn merging_and_undoing_gives_the_child_back(
        status in prop::sample::select(vec!["new", "in_progress", "waiting_customer", "resolved", "closed"]),
        priority in prop::sample::select(vec!["critical", "high", "medium", "low"]),
        said_by in prop::collection::vec(prop::sample::select(vec![("agent", "public"), ("agent", "internal"), ("client", "public")]), 0..4),
        files in 0..3_u8,
        minutes in 0..600_i64,
    ) {
        pollster::block_on(async {
            let app = TestApp::new();
            let (parent, child) = (opened(&app, "acme", "Parent").await, opened(&app, "acme", "Child").await);
            said(&app, "agent", &parent, "parents own", "public").await;
            for (role, visibility) in said_by {
                app.advance(TimeDelta::minutes(1));
                said(&app, role, &child, "words", visibility).await;
            }
            for file in 0..files {
                attached(&app, &child, &format!("{file}.txt")).await;
            }
            app.agent("acme").header("if-match", "*").patch(&path(&child), json!({"priority": priority})).await.expect(200);
            let now = app.agent("acme").get(&path(&child)).await.expect(200).json()["status"].clone();
            if now != status && status != "new" {
                app.agent("acme").header("if-match", "*").patch(&path(&child), json!({"status": status})).await.expect(200);
            }
            app.advance(TimeDelta::minutes(minutes));
            // What the clocks have to tell is told: undoing a merge tells nothing.
            ring(&app).await;
            let (child_before, parent_before) = (seen(&app, "agent", &child).await, seen(&app, "agent", &parent).await);
            let timers = "SELECT COALESCE(SUM(due_at), 0) FROM sla_timers";
            let due_before = count(&app, timers);
            merge(&app, &child, &parent).await.expect(200);
            assert_ne!(counted(&seen(&app, "agent", &child).await), counted(&child_before));
            unmerge(&app, &child).await.expect(200);
            assert_eq!(counted(&seen(&app, "agent", &child).await), counted(&child_before));
            assert_eq!(state(&seen(&app, "agent", &parent).await), state(&parent_before));
            assert_eq!(count(&app, timers), due_before);
            assert_eq!(count(&app, "SELECT COUNT(*) FROM ticket_merges"), 0);
        });
    }
}
