//! Ratings: one a resolution, by whoever asked, for a day; links that show and record nothing by themselves; one reminder.

mod ending;

use functions::actions::ratings;
use serde_json::{Value, json};
use shared::id::TicketId;
use tests::app::TestApp;

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

async fn link(app: &TestApp, ticket: &str, cycle: i64) -> String {
    let ticket = TicketId::parse(ticket).unwrap();
    let url = app.as_product("acme", async |ctx| ratings::link(ctx, &ticket, cycle)).await;
    url.strip_prefix("https://acme.example").expect("on the tenant's own host").to_owned()
}

/// A ticket of the client that the agent works on; its id.
async fn ticket(app: &TestApp) -> String {
    let body = json!({"title": "Posting stops", "description": "Error 1203 since this morning.", "priority": "high"});
    let ticket = app.client("acme").post("/api/tickets", body).await.expect(201).json();
    let id = ticket["id"].as_str().unwrap().to_owned();
    change(app, &id, json!({"assignee": app.user_id("acme", "agent"), "status": "in_progress"})).await;
    id
}

async fn change(app: &TestApp, id: &str, body: Value) {
    let version = app.agent("acme").get(&format!("/api/tickets/{id}")).await.expect(200).json()["version"].clone();
    app.agent("acme").header("if-match", format!("\"{version}\"")).patch(&format!("/api/tickets/{id}"), body).await.expect(200);
}

async fn solved(app: &TestApp) -> String {
    let id = ticket(app).await;
    change(app, &id, json!({"status": "resolved"})).await;
    id
}

async fn figures(app: &TestApp) -> Value {
    app.manager("acme").get("/api/ratings/agents").await.expect(200).json()["data"][0].clone()
}

#[test]
fn a_requester_rates_changes_the_rating_for_a_day_and_then_it_stands() {
    run(async {
        let app = TestApp::new();
        let id = solved(&app).await;
        let path = format!("/api/tickets/{id}/rating");
        app.client("acme").get(&path).await.expect(404);
        let answer = app.client("acme").post(&path, json!({"score": 2, "comment": "Slow"})).await.expect(201);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        assert_eq!((&figures(&app).await["average"], &figures(&app).await["ratings"]), (&json!(2.0), &json!(1)));
        app.advance(chrono::TimeDelta::hours(23));
        app.client("acme").post(&path, json!({"score": 5, "comment": "Good after all"})).await.expect(200);
        let kept = figures(&app).await;
        assert_eq!((&kept["average"], &kept["ratings"], &kept["handled"]), (&json!(5.0), &json!(1), &json!(1)));
        assert_eq!(kept["agent"]["name"], "acme agent");
        app.advance(chrono::TimeDelta::hours(2));
        assert_eq!(app.client("acme").post(&path, json!({"score": 1})).await.expect(409).code(), "rating_final");
        let seen = app.agent("acme").get(&path).await.expect(200).json();
        assert_eq!((&seen["score"], &seen["comment"]), (&json!(5), &json!("Good after all")));
    });
}

#[test]
fn only_a_solved_ticket_is_rated_and_only_by_whoever_asked() {
    run(async {
        let app = TestApp::new();
        let id = ticket(&app).await;
        let path = format!("/api/tickets/{id}/rating");
        assert_eq!(app.client("acme").post(&path, json!({"score": 5})).await.expect(409).code(), "not_solved");
        change(&app, &id, json!({"status": "resolved"})).await;
        app.manager("acme").post(&path, json!({"score": 5})).await.expect(403);
        app.agent("acme").post(&path, json!({"score": 5})).await.expect(403);
        app.client("globex").post(&path, json!({"score": 5})).await.expect(404);
        app.client("acme").post(&path, json!({"score": 6})).await.expect(422);
        app.client("acme").post(&path, json!({"score": 5, "agent": "x"})).await.expect(422);
    });
}

#[test]
fn a_ticket_that_the_desk_opened_for_itself_is_not_rated() {
    run(async {
        let app = TestApp::new();
        let body = json!({"title": "Inner work", "description": "Upgrade the printer.", "priority": "low"});
        let id = app.manager("acme").post("/api/tickets", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        change(&app, &id, json!({"status": "resolved"})).await;
        assert_eq!(
            app.manager("acme").post(&format!("/api/tickets/{id}/rating"), json!({"score": 5})).await.expect(409).code(),
            "not_ratable"
        );
    });
}

#[test]
fn a_resolution_has_one_rating_and_the_next_one_its_own() {
    run(async {
        let app = TestApp::new();
        let id = solved(&app).await;
        let path = format!("/api/tickets/{id}/rating");
        app.client("acme").post(&path, json!({"score": 1})).await.expect(201);
        change(&app, &id, json!({"status": "in_progress"})).await;
        change(&app, &id, json!({"status": "resolved"})).await;
        app.client("acme").get(&path).await.expect(404);
        app.client("acme").post(&path, json!({"score": 4})).await.expect(201);
        let kept = figures(&app).await;
        assert_eq!((&kept["average"], &kept["ratings"]), (&json!(2.5), &json!(2)));
    });
}

#[test]
fn two_ratings_at_once_count_once() {
    run(async {
        let app = TestApp::new();
        let id = solved(&app).await;
        let path = format!("/api/tickets/{id}/rating");
        app.tenant_database("acme").interleave(true);
        let (one, other) = futures::join!(
            app.client("acme").post(&path, json!({"score": 1})),
            app.client("acme").post(&path, json!({"score": 5}))
        );
        app.tenant_database("acme").interleave(false);
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        assert_eq!(figures(&app).await["ratings"], 1);
    });
}

#[test]
fn a_mailed_link_rates_without_an_account_and_looking_records_nothing() {
    run(async {
        let app = TestApp::new();
        let id = solved(&app).await;
        let link = link(&app, &id, 1).await;
        for _ in 0..3 {
            let page = app.anon("acme").get(&format!("{link}?score=5")).await.expect(200).text();
            assert!(page.contains("ACME-1"), "{page}");
            assert!(!page.contains("Posting stops") && !page.contains("1203"), "no text of the ticket");
        }
        app.client("acme").get(&format!("/api/tickets/{id}/rating")).await.expect(404);
        let token = link.trim_start_matches("/rate/").to_owned();
        let answer = app.anon("acme").submit(&link, &[("score", "4"), ("comment", "Thanks")]).await.expect(200);
        assert!(!answer.log.contains(&token), "a link that proves something is not written down");
        assert_eq!(app.client("acme").get(&format!("/api/tickets/{id}/rating")).await.expect(200).json()["score"], 4);
        app.anon("acme").submit(&link, &[("score", "9")]).await.expect(422);
    });
}

#[test]
fn a_link_is_good_for_its_tenant_its_resolution_and_two_weeks() {
    run(async {
        let app = TestApp::new();
        let id = solved(&app).await;
        let first = link(&app, &id, 1).await;
        app.anon("globex").get(&first).await.expect(404);
        let forged = format!("{}{}", &first[..first.len() - 1], if first.ends_with('0') { '1' } else { '0' });
        app.anon("acme").get(&forged).await.expect(404);
        app.anon("acme").get(&link(&app, &id, 2).await).await.expect(404);
        change(&app, &id, json!({"status": "in_progress"})).await;
        app.anon("acme").submit(&first, &[("score", "4")]).await.expect(404);
        change(&app, &id, json!({"status": "resolved"})).await;
        app.anon("acme").submit(&first, &[("score", "4")]).await.expect(404);
        let second = link(&app, &id, 2).await;
        app.anon("acme").get(&second).await.expect(200);
        app.advance(chrono::TimeDelta::days(14));
        app.anon("acme").get(&second).await.expect(404);
    });
}

#[test]
fn a_rating_is_asked_for_again_once_and_not_of_those_who_gave_one() {
    run(async {
        let app = TestApp::new();
        let (silent, rated) = (solved(&app).await, solved(&app).await);
        app.client("acme").post(&format!("/api/tickets/{rated}/rating"), json!({"score": 5})).await.expect(201);
        let reminders = || -> Vec<String> {
            app.tenant_database("acme").inspect(|connection| {
                let mut statement =
                    connection.prepare("SELECT ticket_id FROM outbox WHERE template = 'rating_reminder'").unwrap();
                let rows = statement.query_map([], |row| row.get(0)).unwrap();
                rows.map(Result::unwrap).collect()
            })
        };
        let remind = async || app.as_product("acme", async |ctx| ratings::remind_due(ctx, 50).await.unwrap()).await;
        assert_eq!(remind().await, 0);
        app.advance(chrono::TimeDelta::days(4));
        assert_eq!(remind().await, 1);
        assert_eq!(reminders(), [silent]);
        app.advance(chrono::TimeDelta::days(30));
        assert_eq!(remind().await, 0);
        assert_eq!(reminders().len(), 1);
    });
}

#[test]
fn the_desk_sees_what_the_ratings_say() {
    run(async {
        let app = TestApp::new();
        let id = solved(&app).await;
        app.client("acme").post(&format!("/api/tickets/{id}/rating"), json!({"score": 4})).await.expect(201);
        let page = app.manager("acme").in_browser().get("/agent/ratings?days=30").await.expect(200);
        assert!(page.text().contains("acme agent"));
        assert!(page.round_trips <= 2);
        app.agent("acme").in_browser().get("/agent/ratings").await.expect(403);
    });
}
