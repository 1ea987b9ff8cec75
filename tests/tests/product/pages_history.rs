//! What the desk's page says of a ticket's changes: whole sentences in the reader's language, without ids and stable names.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::TestApp;

struct Story {
    app: TestApp,
    number: String,
}

impl Story {
    async fn begin() -> Self {
        let app = TestApp::new();
        let number = opened(&app, "The report is empty").await;
        Self { app, number }
    }

    async fn change(&self, changes: Value) {
        self.app.advance(TimeDelta::seconds(1));
        let path = format!("/api/tickets/{}", self.number);
        self.app.agent("acme").header("if-match", "*").patch(&path, changes).await.expect(200);
    }

    async fn act(&self, path: &str, body: Value) -> Value {
        self.app.advance(TimeDelta::seconds(1));
        let answer = self.app.agent("acme").post(&format!("/api/tickets/{}/{path}", self.number), body).await;
        assert!(answer.status < 300, "{path}: {}", answer.text());
        answer.json()
    }

    /// The sentences, newest first.
    async fn told(&self, language: &str) -> Vec<String> {
        let page = self
            .app
            .agent("acme")
            .in_browser()
            .header("accept-language", language)
            .get(&format!("/agent/tickets/{}", self.number))
            .await
            .expect(200)
            .text();
        let side = page.split("id=\"side\"").nth(1).expect("a side panel");
        side.split("<div class=\"event\">")
            .skip(1)
            .map(|event| {
                event.split("<span>").nth(1).and_then(|rest| rest.split("</span>").next()).expect("a sentence").to_owned()
            })
            .map(|text| text.replace("&#x27;", "'").replace("&quot;", "\""))
            .collect()
    }

    /// The newest sentence.
    async fn last(&self, language: &str) -> String {
        self.told(language).await.remove(0)
    }
}

async fn opened(app: &TestApp, title: &str) -> String {
    let made = app.client("acme").post("/api/tickets", json!({"title": title, "description": "No lines."})).await.expect(201);
    made.json()["number"].as_str().expect("a number").to_owned()
}

#[test]
fn a_value_that_is_set_changed_and_removed_is_told_as_such() {
    pollster::block_on(async {
        let story = Story::begin().await;
        let (agent, manager) = (story.app.user_id("acme", "agent"), story.app.user_id("acme", "manager"));
        for (assignee, sentence) in [
            (json!(agent), "acme agent assigned it to acme agent"),
            (json!(manager), "acme agent Assignee: acme agent → acme manager"),
            (json!(null), "acme agent removed the assignee acme manager"),
        ] {
            story.change(json!({ "assignee": assignee })).await;
            assert_eq!(story.last("en").await, sentence);
        }
        for (module, sentence) in [
            (json!("sales"), "acme agent set the ERP module: Sales"),
            (json!("payroll"), "acme agent ERP module: Sales → Payroll"),
            (json!(null), "acme agent removed the ERP module: Payroll"),
        ] {
            story.change(json!({ "erp_module": module })).await;
            assert_eq!(story.last("en").await, sentence);
        }
        story.change(json!({"tags": ["a", "b"]})).await;
        assert_eq!(story.last("en").await, "acme agent set the tags: a, b");
        story.change(json!({"tags": []})).await;
        assert_eq!(story.last("en").await, "acme agent removed the tags: a, b");
        story.change(json!({"custom_fields": {"floor": 2}})).await;
        assert_eq!(story.last("en").await, "acme agent changed the additional fields");
    });
}

#[test]
fn an_escalation_is_told_with_its_level_and_reason_and_its_end() {
    pollster::block_on(async {
        let story = Story::begin().await;
        story.change(json!({"escalation": {"level": 1, "reason": "The boss asks"}})).await;
        assert_eq!(story.last("en").await, "Escalated to level 1: The boss asks");
        story.change(json!({"escalation": {"level": 2, "reason": "Again"}})).await;
        assert_eq!(story.last("en").await, "Escalated to level 2: Again");
        story.change(json!({"escalation": {"level": 0}})).await;
        assert_eq!(story.last("en").await, "acme agent ended the escalation");
    });
}

#[test]
fn what_happens_between_tickets_is_told_by_their_numbers() {
    pollster::block_on(async {
        let story = Story::begin().await;
        let other = opened(&story.app, "Another").await;
        let link = story.act("links", json!({"kind": "problem", "ticket": other})).await;
        assert_eq!(story.last("en").await, format!("acme agent linked: Problem of {other}"));
        assert_eq!(story.last("ru").await, format!("acme agent — связь: Проблема для {other}"));
        let link = link["id"].as_str().expect("a link");
        let path = format!("/api/tickets/{}/links/{link}", story.number);
        story.app.advance(TimeDelta::seconds(1));
        story.app.agent("acme").delete(&path).await.expect(204);
        assert_eq!(story.last("en").await, format!("acme agent removed the link: Problem of {other}"));

        let comment = story.act("comments", json!({"body": "Another matter", "visibility": "public"})).await;
        let split = story.act("split", json!({"title": "Another matter", "comments": [comment["id"]]})).await;
        assert!(
            story.told("en").await.contains(&format!("acme agent split off {}", split["number"].as_str().expect("a number")))
        );
        let part = Story { number: split["number"].as_str().expect("a number").to_owned(), ..story };
        assert!(part.told("en").await.contains(&format!("acme agent split this off {}", "ACME-1")));

        let story = Story { number: "ACME-1".to_owned(), ..part };
        story.act("merge", json!({ "into": other })).await;
        assert!(story.told("en").await.contains(&format!("acme agent merged with {other}")));
        story.act("unmerge", json!({})).await;
        assert!(story.told("en").await.contains(&format!("acme agent undid the merge with {other}")));
        let other = Story { number: other, ..story };
        let told = other.told("en").await;
        for sentence in ["acme agent merged with ACME-1", "acme agent undid the merge with ACME-1"] {
            assert!(told.contains(&sentence.to_owned()), "{sentence}: {told:?}");
        }
    });
}

#[test]
fn people_in_copy_are_told_as_put_in_and_taken_out() {
    pollster::block_on(async {
        let story = Story::begin().await;
        story.act("followers", json!({"email": "boss@client.example"})).await;
        assert_eq!(story.last("en").await, "acme agent put boss@client.example in copy");
        let path = format!("/api/tickets/{}/followers?email=boss@client.example", story.number);
        story.app.advance(TimeDelta::seconds(1));
        story.app.agent("acme").delete(&path).await.expect(200);
        assert_eq!(story.last("en").await, "acme agent took boss@client.example out of copy");
    });
}
