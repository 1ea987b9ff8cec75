//! Missed promises as the desk reads them.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::{Caller, TestApp};

use super::rules::{calendar, late_office, policy};
use super::{opened, path, ring};

fn desk(app: &TestApp) -> Caller<'_> {
    app.agent("acme").in_browser()
}

/// The rows of the page's table, as text without tags.
fn rows(page: &str) -> Vec<String> {
    let body = page.split("<tbody>").nth(1).and_then(|rest| rest.split("</tbody>").next()).unwrap_or_default();
    body.split("<tr>").skip(1).map(plain).collect()
}

fn plain(html: &str) -> String {
    let text: String =
        html.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text)).collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn answer(app: &TestApp, ticket: &Value) {
    app.agent("acme").post(&format!("{}/comments", path(ticket)), json!({"body": "Смотрим."})).await.expect(201);
}

#[test]
fn each_row_says_which_ticket_missed_what_by_how_much_and_whether_it_still_waits() {
    pollster::block_on(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        // Four hours are promised for the first answer, from Monday 10:00.
        let late = opened(&app, "acme", json!({"title": "Answered late"})).await;
        app.manager("acme").header("if-match", "*").patch(&path(&late), json!({"assignee": agent})).await.expect(200);
        opened(&app, "acme", json!({"title": "Still waiting"})).await;
        app.advance(TimeDelta::minutes(4 * 60 + 40));
        ring(&app, "acme").await;
        answer(&app, &late).await;
        // Until 18:00 there are three hours and twenty minutes more, and one on Tuesday.
        app.advance(TimeDelta::minutes(19 * 60 + 20));
        let page = desk(&app).get("/agent/sla/violations").await.expect(200);
        assert_eq!(page.round_trips, 2);
        let page = page.text();
        let rows = rows(&page);
        assert_eq!(rows.len(), 2);
        let (waiting, late) = if rows[0].contains("Still waiting") { (&rows[0], &rows[1]) } else { (&rows[1], &rows[0]) };
        for words in ["ACME-1", "Первый ответ", "40 мин", "Отвечено поздно", "acme agent", "Стандартная"]
        {
            assert!(late.contains(words), "{words}: {late}");
        }
        for words in ["ACME-2", "Первый ответ", "5 ч", "Всё ещё ждёт", "рабочее время"] {
            assert!(waiting.contains(words), "{words}: {waiting}");
        }
        assert!(page.contains("href=\"/agent/tickets/ACME-2\""));
        assert!(page.contains("href=\"/agent/sla/violations\" aria-current=\"page\""), "the navigation shows where one is");
    });
}

#[test]
fn a_miss_of_an_earlier_round_keeps_its_answer() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({"priority": "high"})).await;
        answer(&app, &ticket).await;
        let ask = async || {
            let body = json!({"body": "И всё же: почему?"});
            app.client("acme").post(&format!("{}/comments", path(&ticket)), body).await.expect(201);
        };
        ask().await;
        // One hour is promised for the next answer; it comes half an hour late, twice.
        for _ in 0..2 {
            app.advance(TimeDelta::minutes(90));
            ring(&app, "acme").await;
            answer(&app, &ticket).await;
            app.advance(TimeDelta::minutes(1));
            ask().await;
        }
        let page = desk(&app).get("/agent/sla/violations?clock=next_response").await.expect(200).text();
        let rows = rows(&page);
        assert_eq!(rows.len(), 2);
        for row in rows {
            assert!(row.contains("30 мин") && row.contains("Отвечено поздно"), "{row}");
        }
        let list = app.agent("acme").get("/api/sla/violations?clock=next_response").await.expect(200).json();
        for row in list["data"].as_array().unwrap() {
            assert_eq!((row["state"].as_str(), row["overdue_seconds"].as_i64()), (Some("late"), Some(1800)), "{row}");
        }
    });
}

#[test]
fn the_list_is_narrowed_by_promise_policy_person_and_days_and_says_so() {
    pollster::block_on(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        let office = calendar(&app, late_office()).await;
        let sales = json!({"name": "Только продажи", "conditions": {"categories": ["sales"]}});
        let rule = policy(&app, &office, sales).await["id"].as_str().unwrap().to_owned();
        policy(&app, &office, json!({"name": "Все остальные"})).await;
        let mine = opened(&app, "acme", json!({"title": "Mine", "priority": "high", "category": "sales"})).await;
        app.manager("acme").header("if-match", "*").patch(&path(&mine), json!({"assignee": agent})).await.expect(200);
        opened(&app, "acme", json!({"title": "Nobody's", "priority": "low"})).await;
        app.advance(TimeDelta::days(60));
        ring(&app, "acme").await;
        for (query, count) in [
            (String::new(), 4),
            ("clock=resolution".to_owned(), 2),
            (format!("policy={rule}"), 2),
            (format!("policy={rule}&clock=resolution"), 1),
            (format!("policy={rule}&assignee={agent}&from=2026-03-02&to=2026-03-02"), 2),
            ("policy=standard".to_owned(), 0),
            (format!("assignee={agent}"), 2),
            // Three were due on Monday; the solution of the low one eight working days later.
            ("from=2026-03-03".to_owned(), 1),
            ("to=2026-03-02".to_owned(), 3),
            ("from=2026-03-02&to=2026-03-02&clock=first_response".to_owned(), 2),
            ("from=2026-03-03&to=2026-03-02".to_owned(), 0),
            ("clock=&policy=&assignee=&from=&to=".to_owned(), 4),
        ] {
            let page = desk(&app).get(&format!("/agent/sla/violations?{query}")).await.expect(200);
            assert_eq!(page.round_trips, 2);
            let page = page.text();
            assert_eq!(rows(&page).len(), count, "{query}");
            let narrowed = query.split('&').any(|pair| !pair.is_empty() && !pair.ends_with('='));
            assert_eq!(page.contains("href=\"/agent/sla/violations\">"), narrowed, "{query}: a way out of the filters");
        }
        let page = desk(&app).get(&format!("/agent/sla/violations?policy={rule}&from=2026-03-01")).await.expect(200).text();
        assert!(page.contains(&format!("<option value=\"{rule}\" selected>Только продажи")));
        assert!(page.contains("name=\"from\" value=\"2026-03-01\""));
        for query in ["clock=sundial", "policy=all", "assignee=me", "from=yesterday", "to=2026-02-30", "cursor=x"] {
            desk(&app).get(&format!("/agent/sla/violations?{query}")).await.expect(422);
        }
        let api = app.agent("acme").get(&format!("/api/sla/violations?policy={rule}")).await.expect(200).json();
        assert_eq!(api["data"].as_array().unwrap().len(), 2);
    });
}

#[test]
fn a_long_list_goes_on_page_by_page_and_the_filters_go_with_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        for index in 0..28 {
            opened(&app, "acme", json!({"title": format!("Ticket no. {index}.")})).await;
        }
        app.advance(TimeDelta::hours(4) + TimeDelta::seconds(1));
        ring(&app, "acme").await;
        ring(&app, "acme").await;
        let page = desk(&app).get("/agent/sla/violations?clock=first_response").await.expect(200).text();
        assert_eq!(rows(&page).len(), 25);
        assert!(!page.contains("chevrons-left"), "the first page has none before it");
        let next = page
            .split("rel=\"next\" href=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .replace("&#x3D;", "=")
            .replace("&amp;", "&");
        assert!(next.contains("clock=first_response"), "{next}");
        let page = desk(&app).get(&next).await.expect(200).text();
        assert_eq!(rows(&page).len(), 3);
        assert!(!page.contains("rel=\"next\"") && page.contains("chevrons-left"));
    });
}

#[test]
fn nobody_missed_anything_is_said_in_words_and_clients_do_not_read_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        opened(&app, "globex", json!({})).await;
        app.advance(TimeDelta::days(30));
        ring(&app, "globex").await;
        let page = desk(&app).get("/agent/sla/violations").await.expect(200).text();
        assert!(page.contains("Ни один срок не нарушен"));
        let page = desk(&app).get("/agent/sla/violations?clock=resolution").await.expect(200).text();
        assert!(page.contains("Ничего не найдено"), "{page}");
        app.client("acme").in_browser().get("/agent/sla/violations").await.expect(403);
        app.signed_in("acme", "analyst").in_browser().get("/agent/sla/violations").await.expect(200);
    });
}

#[test]
fn a_deleted_ticket_waits_for_nobody() {
    pollster::block_on(async {
        let app = TestApp::new();
        let ticket = opened(&app, "acme", json!({"title": "Gone"})).await;
        app.advance(TimeDelta::hours(5));
        ring(&app, "acme").await;
        app.manager("acme").delete(&path(&ticket)).await;
        let page = desk(&app).get("/agent/sla/violations").await.expect(200).text();
        assert!(rows(&page)[0].contains("Закончено без ответа"), "{:?}", rows(&page));
        assert!(!page.contains("href=\"/agent/tickets/ACME-1\""));
    });
}
