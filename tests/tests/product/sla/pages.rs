//! Policies and calendars as people see and change them.

use serde_json::json;
use shared::http::{Body, Method};
use tests::app::{Caller, TestApp};

use super::rules::{calendar, late_office, policy};
use super::{opened, seen};

fn manager(app: &TestApp) -> Caller<'_> {
    app.manager("acme").in_browser()
}

fn agent(app: &TestApp) -> Caller<'_> {
    app.agent("acme").in_browser()
}

/// The value of a field on a page.
fn typed(page: &str, name: &str) -> String {
    let field = page.split(&format!("name=\"{name}\"")).nth(1).unwrap_or_else(|| panic!("no field {name} in {page}"));
    let field = field.split('>').next().unwrap_or_default();
    field.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

#[test]
fn a_policy_is_made_by_its_form_and_comes_back_in_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        let blank = manager(&app).get("/agent/sla/policies/new").await.expect(200).text();
        assert_eq!(typed(&blank, "high_resolution"), "8h", "the standard promises stand in a new form");
        let fields = [
            ("version", "0"),
            ("name", "Gold & silver"),
            ("position", "2"),
            ("enabled", "on"),
            ("calendar", office["id"].as_str().unwrap()),
            ("customer_type", "gold, silver"),
            ("warn_percent", "90%, 50"),
            ("category", "sales"),
            ("for_priority", "high"),
            ("for_priority", "critical"),
            ("critical_first_response", "15"),
            ("high_first_response", "1:30"),
            ("high_resolution", "1h 30m"),
            ("first_response_business", "on"),
            ("reopen_restart", "on"),
            ("notices_in_hours", "on"),
        ];
        let made = manager(&app).submit("/agent/sla/policies/new", &fields).await.expect(303);
        assert_eq!(made.headers.get("location"), Some("/agent/sla/policies"));
        let rule = app.agent("acme").get("/api/sla/rules").await.expect(200).json()["data"][0].clone();
        assert_eq!(
            rule["conditions"],
            json!({"customer_types": ["gold", "silver"], "categories": ["sales"], "priorities": ["high", "critical"]})
        );
        assert_eq!(rule["targets"]["high"], json!({"first_response_minutes": 90, "resolution_minutes": 90}));
        assert_eq!(rule["targets"]["low"], json!({}));
        assert_eq!(rule["hours"], json!({"first_response": "business", "next_response": "calendar", "resolution": "calendar"}));
        assert_eq!((&rule["warn_percent"], &rule["reopen"], &rule["position"]), (&json!([50, 90]), &json!("restart"), &json!(2)));

        assert_eq!(rule["notices"], "in_hours");
        let list = agent(&app).get("/agent/sla/policies").await.expect(200);
        assert!(list.round_trips <= 3);
        let list = list.text();
        assert!(list.contains("Gold &amp; silver") && list.contains("Sales") && list.contains("Late office"));
        assert!(!list.contains("/agent/sla/policies/new"), "an agent changes nothing");
        let place = format!("/agent/sla/policies/{}", rule["id"].as_str().unwrap());
        agent(&app).get(&place).await.expect(403);
        let form = manager(&app).get(&place).await.expect(200);
        assert!(form.round_trips <= 3);
        let form = form.text();
        assert_eq!(typed(&form, "high_first_response"), "1h 30m");
        assert_eq!(typed(&form, "warn_percent"), "50, 90");
        assert_eq!(typed(&form, "version"), "1");
        // What the form shows, sent back, changes nothing.
        let again = manager(&app)
            .submit(&place, &[("version", "1")].into_iter().chain(fields.into_iter().skip(1)).collect::<Vec<_>>())
            .await;
        assert_eq!(again.status, 303);
        assert!(again.round_trips <= 3);
        assert_eq!(app.asked("acme", "SELECT version FROM sla_rules"), ["1"]);
        manager(&app).submit(&format!("{place}/delete"), &[]).await.expect(303);
        manager(&app).get(&place).await.expect(404);
    });
}

#[test]
fn a_refused_policy_comes_back_as_it_was_typed_with_its_faults_beside_the_fields() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        let fields = [
            ("name", "Gold"),
            ("calendar", office["id"].as_str().unwrap()),
            ("warn_percent", "75"),
            ("high_resolution", "two hours"),
            ("low_resolution", "72h"),
        ];
        let page = manager(&app).submit("/agent/sla/policies/new", &fields).await.expect(422).text();
        assert_eq!(typed(&page, "high_resolution"), "two hours");
        assert_eq!(typed(&page, "low_resolution"), "72h");
        assert!(page.contains("id=\"e-high-resolution\""));
        assert!(page.contains("Срок пишется как 90, 1:30, 2h"));
        let page = manager(&app)
            .submit("/agent/sla/policies/new", &[("name", " "), ("calendar", ""), ("warn_percent", "300")])
            .await
            .expect(422)
            .text();
        assert!(page.matches("class=\"error\"").count() >= 1);
        assert!(app.asked("acme", "SELECT id FROM sla_rules").is_empty());

        let rule = policy(&app, &office, json!({})).await;
        let place = format!("/agent/sla/policies/{}", rule["id"].as_str().unwrap());
        let fields =
            [("version", "7"), ("name", "Mine"), ("calendar", office["id"].as_str().unwrap()), ("high_resolution", "3h")];
        let stale = manager(&app).submit(&place, &fields).await.expect(412).text();
        assert_eq!((typed(&stale, "high_resolution"), typed(&stale, "version")), ("3h".to_owned(), "1".to_owned()));
        assert_eq!(app.asked("acme", "SELECT name FROM sla_rules"), ["Gold"]);
    });
}

#[test]
fn the_preview_answers_on_the_page_in_the_readers_zone() {
    pollster::block_on(async {
        let app = TestApp::new();
        let fields = [("priority", "high"), ("customer_type", ""), ("created_at", "2026-03-03T10:00")];
        let page = agent(&app).submit("/agent/sla/policies/preview", &fields).await.expect(200);
        assert!(page.round_trips <= 3);
        let page = page.text();
        // 10:00 in Moscow and eight hours of nine to six.
        assert!(page.contains("2026-03-03T15:00:00Z"), "{page}");
        assert_eq!(typed(&page, "created_at"), "2026-03-03T10:00");
        let refused = agent(&app)
            .submit("/agent/sla/policies/preview", &[("priority", "high"), ("created_at", "tomorrow")])
            .await
            .expect(422)
            .text();
        assert_eq!(typed(&refused, "created_at"), "tomorrow");
        app.client("acme").in_browser().submit("/agent/sla/policies/preview", &fields).await.expect(403);
    });
}

#[test]
fn a_calendar_is_made_and_filled_by_its_form() {
    pollster::block_on(async {
        let app = TestApp::new();
        let blank = manager(&app).get("/agent/sla/calendars/new").await.expect(200).text();
        assert_eq!(typed(&blank, "monday"), "09:00-18:00");
        let fields = [
            ("version", "0"),
            ("name", "Shifts"),
            ("time_zone", "Asia/Kathmandu"),
            ("monday", "09:00-13:00, 14:00-18:00"),
            ("friday", "22:00-06:00"),
            ("holiday_date", "2026-05-01"),
            ("holiday_name", "May Day"),
            ("holiday_intervals", ""),
            ("holiday_yearly", ""),
            ("holiday_date", "2026-12-31"),
            ("holiday_name", "Eve"),
            ("holiday_intervals", "09:00-12:00"),
            ("holiday_yearly", "yes"),
            ("holiday_date", ""),
            ("holiday_name", ""),
            ("holiday_intervals", ""),
            ("holiday_yearly", ""),
        ];
        manager(&app).submit_multipart("/agent/sla/calendars/new", &fields).await.expect(303);
        let made = app.agent("acme").get("/api/sla/calendars").await.expect(200).json()["data"][0].clone();
        assert_eq!(made["zone"], "Asia/Kathmandu");
        assert_eq!(made["week"]["monday"], json!([{"start": "09:00", "end": "13:00"}, {"start": "14:00", "end": "18:00"}]));
        assert_eq!(
            made["holidays"],
            json!([{"date": "2026-05-01", "name": "May Day"},
                {"yearly": "12-31", "name": "Eve", "intervals": [{"start": "09:00", "end": "12:00"}]}])
        );
        let place = format!("/agent/sla/calendars/{}", made["id"].as_str().unwrap());
        let form = manager(&app).get(&place).await.expect(200).text();
        assert_eq!(typed(&form, "friday"), "22:00-06:00");
        assert!(form.contains("value=\"Asia/Kathmandu\" selected"));
        agent(&app).get("/agent/sla/calendars").await.expect(200);

        // The same fields and a file of holidays.
        let mut body = String::new();
        let token = manager(&app).csrf_token().expect("a token");
        let fields = [("csrf", token.as_str()), ("version", "1")].into_iter().chain(fields.into_iter().skip(1));
        for (name, value) in fields {
            body.push_str(&format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
        }
        let file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260309\r\nSUMMARY:Day off\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        body.push_str(&format!(
            "--edge\r\ncontent-disposition: form-data; name=\"ical\"; filename=\"h.ics\"\r\ncontent-type: text/calendar\r\n\r\n{file}\r\n--edge--\r\n"
        ));
        let kind = Some("multipart/form-data; boundary=edge");
        manager(&app).send(Method::Post, &place, Body::Bytes(body.clone().into_bytes()), kind).await.expect(303);
        let filled = app.agent("acme").get("/api/sla/calendars").await.expect(200).json()["data"][0].clone();
        assert_eq!(filled["version"], 2);
        assert_eq!(filled["holidays"].as_array().unwrap().len(), 3);
        let stale = manager(&app).send(Method::Post, &place, Body::Bytes(body.into_bytes()), kind).await.expect(412).text();
        assert_eq!(typed(&stale, "version"), "2");
    });
}

#[test]
fn a_refused_calendar_comes_back_as_it_was_typed() {
    pollster::block_on(async {
        let app = TestApp::new();
        let fields = [
            ("name", ""),
            ("time_zone", "Europe/Moscow"),
            ("monday", "nine to five"),
            ("holiday_date", "2026-02-30"),
            ("holiday_name", "Nothing"),
        ];
        let page = manager(&app).submit_multipart("/agent/sla/calendars/new", &fields).await.expect(422).text();
        assert_eq!(typed(&page, "monday"), "nine to five");
        assert_eq!(typed(&page, "holiday_name"), "Nothing");
        assert!(page.contains("id=\"f-monday-error\"") && page.contains("id=\"holiday-0-error\""));
        let token_less = manager(&app)
            .send(
                Method::Post,
                "/agent/sla/calendars/new",
                Body::Bytes(b"--edge\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\nx\r\n--edge--\r\n".to_vec()),
                Some("multipart/form-data; boundary=edge"),
            )
            .await;
        assert_eq!(token_less.status, 403);
    });
}

#[test]
fn a_calendar_in_use_stays_and_its_page_says_why() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        policy(&app, &office, json!({})).await;
        let place = format!("/agent/sla/calendars/{}/delete", office["id"].as_str().unwrap());
        let page = manager(&app).submit(&place, &[]).await.expect(409).text();
        assert!(page.contains("политика или открытая заявка"));
        let ticket = opened(&app, "acme", json!({})).await;
        assert_eq!(seen(&app, "acme", &ticket).await["sla"]["state"], "ok");
    });
}
