//! What somebody has opened: the last tickets, tabs on every device, and two tickets side by side.

use serde_json::{Value, json};
use tests::app::TestApp;

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

const TABS: &str = "/api/users/me/tabs";
const RECENT: &str = "/api/tickets/recent";

async fn ticket(app: &TestApp, title: &str) -> String {
    let body = json!({"title": title, "description": "Words."});
    app.client("acme").post("/api/tickets", body).await.expect(201).json()["number"].as_str().unwrap().to_owned()
}

async fn open(app: &TestApp, number: &str) {
    app.advance(chrono::TimeDelta::seconds(1));
    let page = app.agent("acme").in_browser().get(&format!("/agent/tickets/{number}")).await.expect(200);
    assert!(page.round_trips <= 3, "{}", page.round_trips);
}

fn numbers(answer: &Value) -> Vec<&str> {
    answer["data"].as_array().unwrap().iter().map(|each| each["number"].as_str().unwrap()).collect()
}

#[test]
fn what_was_opened_last_comes_first_and_stays_when_it_is_closed() {
    run(async {
        let app = TestApp::new();
        let (one, two) = (ticket(&app, "One").await, ticket(&app, "Two").await);
        assert_eq!(app.agent("acme").get(RECENT).await.expect(200).json(), json!({"data": []}));
        open(&app, &one).await;
        open(&app, &two).await;
        assert_eq!(numbers(&app.agent("acme").get(RECENT).await.json()), [&two, &one]);
        open(&app, &one).await;
        app.agent("acme")
            .header("if-match", "*")
            .patch(&format!("/api/tickets/{one}"), json!({"status": "resolved"}))
            .await
            .expect(200);
        let answer = app.agent("acme").get(RECENT).await.expect(200);
        assert!(answer.round_trips <= 2);
        assert_eq!(numbers(&answer.json()), [&one, &two]);
        assert_eq!(answer.json()["data"][0]["status"], "resolved");
        // They are one's own, and only as far as one sees them.
        assert_eq!(app.manager("acme").get(RECENT).await.json(), json!({"data": []}));
        app.client("acme").get(RECENT).await.expect(403);
        app.manager("acme").header("if-match", "*").delete(&format!("/api/tickets/{two}")).await;
        assert_eq!(numbers(&app.agent("acme").get(RECENT).await.json()), [&one]);
        let page = app.agent("acme").in_browser().get("/agent/recent").await.expect(200);
        assert!(page.text().contains(&format!("href=\"/agent/tickets/{one}\"")) && page.round_trips <= 2);
    });
}

#[test]
fn of_what_was_opened_the_last_forty_are_kept_and_twenty_shown() {
    run(async {
        let app = TestApp::new();
        for index in 0..45 {
            let number = ticket(&app, &format!("Ticket {index}")).await;
            open(&app, &number).await;
        }
        assert_eq!(numbers(&app.agent("acme").get(RECENT).await.json()).len(), 20);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM opened_tickets"), ["40"]);
    });
}

#[test]
fn tabs_are_what_was_sent_last_in_its_order_with_their_marks() {
    run(async {
        let app = TestApp::new();
        let (one, two, three) = (ticket(&app, "One").await, ticket(&app, "Two").await, ticket(&app, "Three").await);
        let put = async |tickets: Value| app.agent("acme").put(TABS, json!({"tickets": tickets})).await;
        let answer = put(json!([two, one, three])).await.expect(200);
        assert!(answer.round_trips <= 2, "{}", answer.round_trips);
        assert_eq!(numbers(&answer.json()), [&two, &one, &three]);
        put(json!([three, two])).await.expect(200);
        let tabs = app.agent("acme").get(TABS).await.expect(200).json();
        assert_eq!(numbers(&tabs), [&three, &two]);
        assert_eq!((&tabs["data"][0]["unread"], &tabs["data"][0]["draft"]), (&json!(false), &json!(false)));
        // What changes after a look is news, and what was begun is marked.
        open(&app, &two).await;
        app.advance(chrono::TimeDelta::minutes(1));
        app.manager("acme")
            .header("if-match", "*")
            .patch(&format!("/api/tickets/{two}"), json!({"priority": "low"}))
            .await
            .expect(200);
        app.agent("acme").put(&format!("/api/tickets/{two}/draft"), json!({"body": "So far"})).await.expect(200);
        let tabs = app.agent("acme").get(TABS).await.expect(200).json();
        assert_eq!((&tabs["data"][1]["unread"], &tabs["data"][1]["draft"]), (&json!(true), &json!(true)));
        assert_eq!(app.manager("acme").get(TABS).await.expect(200).json(), json!({"data": []}));
        assert_eq!(numbers(&put(json!([])).await.json()), Vec::<&str>::new());
        // Tickets that there are not are no tabs; what can be no number is refused, and more than anybody finds their way about.
        assert_eq!(numbers(&put(json!(["ACME-99999", one])).await.expect(200).json()), [&one]);
        put(json!(["GLOBEX-1"])).await.expect(422);
        put(json!(vec![one.clone(); 21])).await.expect(422);
        app.client("acme").get(TABS).await.expect(403);
    });
}

#[test]
fn a_page_that_is_fetched_ahead_is_looked_at_when_it_is_shown_and_not_before() {
    run(async {
        let app = TestApp::new();
        let number = ticket(&app, "Fetched ahead").await;
        let address = format!("/agent/tickets/{number}");
        let give = json!({"assignee": app.user_id("acme", "agent")});
        app.manager("acme").header("if-match", "*").patch(&format!("/api/tickets/{number}"), give).await.expect(200);
        let is_news = async || {
            let list = app.agent("acme").in_browser().get("/agent/tickets?queue=all").await.expect(200).text();
            list.contains("data-marks=\"unread")
        };
        let page = app.agent("acme").in_browser().header("x-purpose", "prefetch").get(&address).await.expect(200);
        assert!(page.text().contains("Fetched ahead"));
        assert!(is_news().await);
        assert_eq!(app.agent("acme").get(RECENT).await.json(), json!({"data": []}));
        let seen = app.agent("acme").in_browser().submit(&format!("{address}/seen"), &[]).await.expect(204);
        assert!(seen.round_trips <= 3, "{}", seen.round_trips);
        assert!(!is_news().await);
        assert_eq!(numbers(&app.agent("acme").get(RECENT).await.json()), [&number]);
        app.agent("acme").in_browser().submit("/agent/tickets/ACME-99999/seen", &[]).await.expect(404);
    });
}

#[test]
fn whoever_goes_leaves_no_trace_of_what_they_opened() {
    run(async {
        let app = TestApp::new();
        let number = ticket(&app, "Seen").await;
        open(&app, &number).await;
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM opened_tickets"), ["1"]);
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE users SET removed_at = 1 WHERE id = ?1", [app.user_id("acme", "agent")]).unwrap();
        });
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM opened_tickets"), ["0"]);
    });
}

#[test]
fn two_tickets_stand_side_by_side_in_frames_of_our_own_pages_only() {
    run(async {
        let app = TestApp::new();
        let (one, two) = (ticket(&app, "One").await, ticket(&app, "Two").await);
        let agent = || app.agent("acme").in_browser();
        let both = agent().get(&format!("/agent/split?left={one}&right={two}")).await.expect(200);
        for number in [&one, &two] {
            assert!(both.text().contains(&format!("<iframe src=\"/agent/tickets/{number}\"")), "{number}");
        }
        let policy = |answer: &tests::app::Answer| answer.headers.get("content-security-policy").unwrap().to_owned();
        assert!(policy(&both).contains("frame-ancestors 'none'"));
        assert!(policy(&agent().get(&format!("/agent/tickets/{one}")).await).contains("frame-ancestors 'self'"));
        for page in ["/agent/tickets", "/agent/boards/sla", "/profile"] {
            assert!(policy(&agent().get(page).await).contains("frame-ancestors 'none'"), "{page}");
        }
        open(&app, &two).await;
        let choose = agent().get(&format!("/agent/split?left={one}")).await.expect(200).text();
        assert!(choose.contains(&format!("left={one}&amp;right={two}")) && !choose.contains("right={one}"));
        agent().get("/agent/split?left=x").await.expect(404);
        agent().get("/agent/split").await.expect(200);
    });
}
