//! The number on the icon: of which tickets there are news that nobody has looked at, and when there are none any more.

use serde_json::json;
use tests::app::TestApp;

use super::{deliver, device, notice, pushed, run, say, ticket};

#[test]
fn several_notices_of_a_ticket_are_one_with_a_count_until_it_is_read() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        let (id, number) = ticket(&app).await;
        say(app.agent("acme"), &id, "First.").await;
        say(app.agent("acme"), &id, "Second.").await;
        let read = notice(&app).await;
        assert_eq!(read["title"], format!("(2) {number} · Printer prints nothing"));
        assert!(read["body"].as_str().unwrap().ends_with("Second."), "{read}");
        let unread = async || app.client("acme").get("/api/push/unread").await.expect(200).json()["tickets"].clone();
        assert_eq!(unread().await, 1);
        let page = app.client("acme").in_browser().get(&format!("/tickets/{number}")).await.expect(200);
        assert!(page.round_trips <= 3);
        assert_eq!(unread().await, 0, "it was looked at");
        say(app.agent("acme"), &id, "Third.").await;
        assert_eq!(notice(&app).await["title"], format!("{number} · Printer prints nothing"), "counting begins anew");
    });
}

/// How many tickets the client's icon shows, and how many rows that is made of.
async fn news(app: &TestApp) -> (i64, usize) {
    let unread = app.client("acme").get("/api/push/unread").await.expect(200).json()["tickets"].as_i64().unwrap();
    (unread, app.asked("acme", "SELECT ticket_id FROM push_news").len())
}

/// A ticket of somebody else that the client follows, with an answer that the client has not looked at.
async fn followed(app: &TestApp) -> String {
    let body = json!({"title": "Theirs", "description": "Words.", "requester": {"email": "other@else.example"}});
    let made = app.agent("acme").post("/api/tickets", body).await.expect(201).json();
    let id = made["id"].as_str().unwrap().to_owned();
    let client = json!({"user": app.user_id("acme", "client")});
    app.agent("acme").post(&format!("/api/tickets/{id}/followers"), client).await.expect(200);
    say(app.agent("acme"), &id, "An answer.").await;
    id
}

#[test]
fn a_ticket_that_is_deleted_does_not_stay_on_the_icon() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        let (id, _) = ticket(&app).await;
        say(app.agent("acme"), &id, "Hello.").await;
        assert_eq!(news(&app).await, (1, 1));
        app.manager("acme").delete(&format!("/api/tickets/{id}")).await.expect(204);
        assert_eq!(news(&app).await, (0, 0));
        // Nor does what was left of one before.
        app.tenant_database("acme").inspect(|connection| {
            connection
                .execute(
                    "INSERT INTO push_news (tenant_id, user_id, ticket_id, events) SELECT tenant_id, requester_id, id, 1 FROM tickets",
                    [],
                )
                .unwrap();
        });
        assert_eq!(news(&app).await, (0, 1));
        let (other, _) = ticket(&app).await;
        pushed(&app);
        say(app.agent("acme"), &other, "Hello.").await;
        assert_eq!(notice(&app).await["unread"], 1);
    });
}

#[test]
fn a_ticket_that_is_followed_no_more_does_not_stay_on_the_icon() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        let id = followed(&app).await;
        assert_eq!(news(&app).await, (1, 1));
        app.client("acme").delete(&format!("/api/tickets/{id}/followers")).await.expect(200);
        assert_eq!(news(&app).await, (0, 0));
        deliver(&app).await;
        assert!(pushed(&app).is_empty(), "what waited is not told any more");
    });
}

#[test]
fn whoever_leaves_a_company_keeps_the_news_of_their_own_tickets_and_no_other() {
    run(async {
        let app = TestApp::new();
        device(&app, "client", "a").await;
        let (own, _) = ticket(&app).await;
        say(app.agent("acme"), &own, "Hello.").await;
        let (followed, colleagues) = (followed(&app).await, followed(&app).await);
        let client = app.user_id("acme", "client");
        let company = |number: u8| format!("org_{number:032x}");
        app.tenant_database("acme").inspect(|connection| {
            connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
            connection.execute("UPDATE users SET organization_id = ?2 WHERE id = ?1", [&client, &company(1)]).unwrap();
            connection.execute("DELETE FROM ticket_followers WHERE ticket_id = ?1", [&colleagues]).unwrap();
        });
        assert_eq!(news(&app).await, (3, 3), "to come into one changes nothing");
        app.tenant_database("acme").inspect(|connection| {
            connection.execute("UPDATE users SET organization_id = ?2 WHERE id = ?1", [&client, &company(2)]).unwrap();
        });
        let mut left = app.asked("acme", "SELECT ticket_id FROM push_news");
        left.sort();
        let mut kept = vec![own, followed];
        kept.sort();
        assert_eq!(left, kept);
    });
}
