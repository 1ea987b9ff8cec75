//! A tenant says texts in its own words.

use chrono::TimeDelta;
use functions::actions::jobs;
use serde_json::json;
use shared::id::TenantId;
use shared::job::Job;
use tests::app::TestApp;

const EN: &str = "/api/tenant/texts/en";

fn home(app: &TestApp, slug: &str) -> impl Future<Output = String> {
    let caller = app.client(slug).header("accept-language", "en").in_browser();
    async move { caller.get("/tickets/new").await.expect(200).text() }
}

#[test]
fn a_text_is_said_on_pages_and_in_refusals_of_that_tenant_and_language_alone() {
    pollster::block_on(async {
        let app = TestApp::new();
        let texts = json!({"texts": {"nav-new-ticket": "Ask <us>", "error-not-found": "Lost", "new-send": "Off it goes"}});
        let answer = app.admin("globex").patch(EN, texts).await.expect(204);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        let page = home(&app, "globex").await;
        assert!(page.contains("Ask &lt;us&gt;") && page.contains("Off it goes"), "said, and escaped");
        assert!(page.contains("One line"), "the other texts are the product's");
        let refused = app.client("globex").header("accept-language", "en").get("/api/tickets/NONE-1").await.expect(404).json();
        assert_eq!(refused["title"], "Lost");
        for (slug, language) in [("acme", "en"), ("globex", "ru")] {
            let caller = app.anon(slug).header("accept-language", language);
            assert!(!caller.get("/login").await.expect(200).text().contains("Ask &lt;us&gt;"), "{slug} {language}");
        }
        app.admin("globex").patch(EN, json!({"texts": {"nav-new-ticket": null}})).await.expect(204);
        assert!(!home(&app, "globex").await.contains("Ask &lt;us&gt;"));
    });
}

#[test]
fn visitors_hear_a_new_text_within_half_a_minute_wherever_they_come() {
    pollster::block_on(async {
        let app = TestApp::new();
        let login = || app.anon("globex").header("accept-language", "en").get("/login");
        login().await.expect(200);
        // As another isolate would: behind the back of this one.
        app.tenant_database("globex").inspect(|connection| {
            connection
                .execute("INSERT INTO own_texts VALUES ((SELECT tenant_id FROM users LIMIT 1), 'en', 'login-title', 'Come in', 0, 'x')", [])
                .unwrap()
        });
        assert!(!login().await.text().contains("Come in"), "remembered");
        app.advance(TimeDelta::seconds(31));
        assert!(login().await.text().contains("Come in"));
    });
}

#[test]
fn mails_say_them_too() {
    pollster::block_on(async {
        let app = TestApp::new();
        let texts = json!({"texts": {"mail-ticket-received-heading": "Thank you, we are on it"}});
        for locale in ["en", "ru", "ar"] {
            app.admin("acme").patch(&format!("/api/tenant/texts/{locale}"), texts.clone()).await.expect(204);
        }
        app.client("acme").post("/api/tickets", json!({"title": "Printer", "description": "x"})).await.expect(201);
        let tenant = TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap();
        jobs::run(&app.platform, &Job::Outbox { tenant }).await;
        let mails = app.platform.outbox.borrow();
        let read = |mail: &shared::platform::OutgoingMail| {
            shared::mail::parse::parse(&mail.raw, &shared::mail::Envelope::default(), &[]).unwrap().text
        };
        assert!(mails.iter().any(|mail| read(mail).contains("Thank you, we are on it")));
    });
}

#[test]
fn what_cannot_be_said_is_refused_by_name_and_nothing_of_it_is_kept() {
    pollster::block_on(async {
        let app = TestApp::new();
        let texts = json!({"texts": {"nav-home": "Home", "nav-nowhere": "x", "home-hello": "{ $title }", "list-find": "{ oops"}});
        let refused = app.admin("globex").patch(EN, texts).await.expect(422).json();
        let faults: Vec<(&str, &str)> = refused["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fault| (fault["field"].as_str().unwrap(), fault["code"].as_str().unwrap()))
            .collect();
        assert_eq!(faults, [("home-hello", "unknown_variable"), ("list-find", "bad_text"), ("nav-nowhere", "unknown_text")]);
        assert_eq!(app.asked("globex", "SELECT COUNT(*) FROM own_texts"), ["0"]);
        app.admin("globex").patch("/api/tenant/texts/de", json!({"texts": {}})).await.expect(404);
        app.tenant_database("globex").inspect(|connection| {
            let full = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
                INSERT INTO own_texts SELECT (SELECT tenant_id FROM users LIMIT 1), 'en', 'x' || i, 'x', 0, 'x' FROM n";
            connection.execute(full, []).unwrap()
        });
        let one_more = json!({"texts": {"nav-home": "Start"}});
        assert_eq!(app.admin("globex").patch(EN, one_more).await.expect(409).code(), "own_text_limit");
    });
}

#[test]
fn an_administrator_looks_texts_through_and_changes_them_on_pages() {
    pollster::block_on(async {
        let app = TestApp::new();
        let admin = || app.admin("globex").header("accept-language", "en").in_browser();
        let list = admin().get("/agent/settings/texts?locale=ru&q=flash-ticket-created").await.expect(200);
        assert!(list.round_trips <= 3, "{}", list.round_trips);
        assert!(list.text().contains("Заявка { $arg } создана."));
        let place = "/agent/settings/texts/ru/flash-ticket-created";
        assert!(admin().get(place).await.expect(200).text().contains("{ $arg }"));
        let refused = admin().submit(place, &[("text", "Есть { $number }")]).await.expect(422).text();
        assert!(refused.contains("Есть { $number }"), "what was typed is there");
        admin().submit(place, &[("text", "Есть { $arg }")]).await.expect(303);
        let own = admin().get("/agent/settings/texts?locale=ru&own=1").await.expect(200).text();
        assert!(own.contains("Есть { $arg }") && own.contains("flash-ticket-created") && !own.contains("nav-home"));
        let line = app.asked("globex", "SELECT detail FROM audit_logs WHERE action = 'tenant.texts_changed'");
        assert!(line[0].contains("Есть { $arg }") && line[0].contains("\"from\":null"), "{line:?}");
        admin().submit(place, &[("restore", "1")]).await.expect(303);
        assert_eq!(app.asked("globex", "SELECT COUNT(*) FROM own_texts"), ["0"]);
        admin().get("/agent/settings/texts/ru/no-such-text").await.expect(404);
        let all = app.admin("globex").get("/api/tenant/texts/en?q=home-hello").await.expect(200).json();
        assert_eq!(all["data"][0]["variables"], json!(["name"]));
    });
}
