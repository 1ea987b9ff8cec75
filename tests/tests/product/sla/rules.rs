//! Policies and calendars through the API.

use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::http::{Body, Method};
use tests::app::{Answer, TestApp};

use super::{opened, ring, seen};

/// Monday to Friday, 10 to 19 in Moscow.
pub(super) fn late_office() -> Value {
    let day = json!([{"start": "10:00", "end": "19:00"}]);
    json!({"name": "Late office", "zone": "Europe/Moscow",
        "week": {"monday": day, "tuesday": day, "wednesday": day, "thursday": day, "friday": day}})
}

/// A calendar of acme with these hours.
pub(super) async fn calendar(app: &TestApp, body: Value) -> Value {
    app.manager("acme").post("/api/sla/calendars", body).await.expect(201).json()
}

/// A policy of acme with the standard promises, and what `more` adds.
pub(super) async fn policy(app: &TestApp, calendar: &Value, more: Value) -> Value {
    let mut body = json!({"name": "Gold", "calendar_id": calendar["id"]});
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    app.manager("acme").post("/api/sla/rules", body).await.expect(201).json()
}

pub(super) fn faults(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 422, "{}", answer.text());
    let json = answer.json();
    let errors = json["errors"].as_array().expect("errors");
    for error in errors {
        assert!(!error["message"].as_str().unwrap_or_default().starts_with("field-"), "a fault without words: {error}");
    }
    errors
        .iter()
        .map(|error| format!("{} {}", error["field"].as_str().unwrap_or(""), error["code"].as_str().unwrap_or("")))
        .collect()
}

fn config() -> Value {
    // Specification 2.11.2, word for word.
    serde_json::from_str(
        r#"{
          "tenant_id": "client_001",
          "sla_rules": {
            "critical": {"response_time": 30, "resolution_time": 120},
            "high": {"response_time": 60, "resolution_time": 480},
            "medium": {"response_time": 240, "resolution_time": 1440},
            "low": {"response_time": 480, "resolution_time": 4320}
          },
          "business_hours": {
            "timezone": "Europe/Moscow",
            "workdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "hours": {"start": "09:00", "end": "18:00"}
          },
          "holidays": ["2024-01-01", "2024-01-02", "2024-03-08"]
        }"#,
    )
    .expect("JSON")
}

#[test]
fn without_policies_the_standard_promises_hold() {
    pollster::block_on(async {
        let app = TestApp::new();
        // From Monday 10:00 in Moscow, nine hours a day: 2, 8, 24 and 72 business hours (specification 2.2.1).
        for (priority, due) in [
            ("critical", "2026-03-02T09:00:00Z"),
            ("high", "2026-03-02T15:00:00Z"),
            ("medium", "2026-03-04T13:00:00Z"),
            ("low", "2026-03-12T07:00:00Z"),
        ] {
            let answer = app.agent("acme").post("/api/sla/preview", json!({"priority": priority})).await.expect(200);
            assert!(answer.round_trips <= 3);
            let answer = answer.json();
            assert_eq!(answer["resolution_due_at"], due, "{priority}");
            assert_eq!(answer["policy"]["id"], "standard");
        }
    });
}

#[test]
fn the_configuration_of_the_specification_is_taken_as_it_stands() {
    pollster::block_on(async {
        let app = TestApp::new();
        let answer = app.manager("acme").post("/api/sla/rules", config()).await.expect(201);
        assert!(answer.round_trips <= 3);
        let rule = answer.json();
        assert_eq!(
            rule["targets"]["critical"],
            json!({"first_response_minutes": 30, "next_response_minutes": 30, "resolution_minutes": 120})
        );
        assert_eq!(rule["targets"]["low"]["resolution_minutes"], 4320);
        let place = format!("/api/sla/calendars/{}", rule["calendar_id"].as_str().expect("an id"));
        let calendar = app.agent("acme").get(&place).await.expect(200).json();
        assert_eq!(calendar["zone"], "Europe/Moscow");
        assert_eq!(calendar["week"]["friday"], json!([{"start": "09:00", "end": "18:00"}]));
        assert_eq!(calendar["week"].get("saturday"), None);
        assert_eq!(calendar["holidays"], json!([{"date": "2024-01-01"}, {"date": "2024-01-02"}, {"date": "2024-03-08"}]));
        assert_eq!(calendar["policies"], 1);
        let ticket = opened(&app, "acme", json!({"priority": "high"})).await;
        let ticket = seen(&app, "acme", &ticket).await;
        assert_eq!(ticket["sla"]["policy"]["id"], rule["id"]);
        assert_eq!(ticket["sla"]["resolution"]["due_at"], "2026-03-02T15:00:00Z");
        // Taken once more it counts instead of the first, and those for some tickets stay before it.
        let special = policy(&app, &calendar, json!({"conditions": {"categories": ["sales"]}})).await;
        let second = app.manager("acme").post("/api/sla/rules", config()).await.expect(201).json();
        let order: Vec<Value> =
            app.agent("acme").get("/api/sla/rules").await.expect(200).json()["data"].as_array().unwrap().clone();
        let ids: Vec<&Value> = order.iter().map(|rule| &rule["id"]).collect();
        assert_eq!(ids.iter().position(|id| **id == second["id"]), Some(0), "{ids:?}");
        assert_ne!(second["name"], rule["name"]);
        assert!(ids.contains(&&special["id"]));
        let next = opened(&app, "acme", json!({})).await;
        let next = seen(&app, "acme", &next).await;
        assert_eq!(next["sla"]["policy"]["id"], second["id"]);
    });
}

#[test]
fn every_fault_of_a_configuration_is_named_by_its_path() {
    pollster::block_on(async {
        let app = TestApp::new();
        let mut wrong = config();
        wrong["sla_rules"]["high"]["response_time"] = json!(0);
        wrong["sla_rules"]["urgent"] = json!({});
        wrong["business_hours"]["timezone"] = json!("Moscow");
        wrong["business_hours"]["hours"]["end"] = json!("25:00");
        wrong["holidays"] = json!(["01.01.2024"]);
        let answer = app.manager("acme").post("/api/sla/rules", wrong).await;
        let found = faults(&answer);
        for fault in [
            "sla_rules.high.response_time out_of_range",
            "sla_rules.urgent unknown_field",
            "business_hours.timezone unknown_zone",
            "business_hours.hours.end bad_time",
            "holidays[0] bad_date",
        ] {
            assert!(found.contains(&fault.to_owned()), "{fault} in {found:?}");
        }
        assert!(app.asked("acme", "SELECT id FROM sla_calendars").is_empty(), "nothing was written");
    });
}

#[test]
fn a_policy_is_made_shown_changed_and_removed() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        let made = policy(&app, &office, json!({"conditions": {"customer_types": ["gold"]}, "position": 3})).await;
        assert_eq!(made["version"], 1);
        assert_eq!(made["targets"]["medium"]["resolution_minutes"], 1440, "the standard promises unless stated otherwise");
        assert_eq!(made["warn_percent"], json!([75, 90]));
        let place = format!("/api/sla/rules/{}", made["id"].as_str().unwrap());
        let shown = app.agent("acme").get(&place).await.expect(200);
        assert_eq!(shown.headers.get("etag"), Some("\"1\""));
        assert_eq!(shown.json(), made);
        let body = json!({"name": "Platinum", "calendar_id": office["id"], "position": 1, "warn_percent": [90, 50, 90]});
        app.manager("acme").put(&place, body.clone()).await.expect(428);
        app.manager("acme").header("if-match", "\"7\"").put(&place, body.clone()).await.expect(412);
        let changed = app.manager("acme").header("if-match", "\"1\"").put(&place, body.clone()).await.expect(200);
        assert!(changed.round_trips <= 3);
        let changed = changed.json();
        assert_eq!(
            (&changed["version"], &changed["name"], &changed["warn_percent"]),
            (&json!(2), &json!("Platinum"), &json!([50, 90]))
        );
        assert_eq!(changed["conditions"], json!({}), "what is left out takes its default");
        app.manager("acme").header("if-match", "\"1\"").put(&place, body).await.expect(412);
        app.manager("acme").header("if-match", "\"1\"").delete(&place).await.expect(412);
        app.manager("acme").delete(&place).await.expect(204);
        app.agent("acme").get(&place).await.expect(404);
        assert_eq!(
            app.asked("acme", "SELECT action FROM audit_logs WHERE action LIKE 'sla_policy%' ORDER BY action"),
            ["sla_policy.created", "sla_policy.deleted", "sla_policy.updated"]
        );
    });
}

#[test]
fn policies_come_in_their_order_page_by_page() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        for (name, position) in [("c", 2), ("a", 0), ("d", 2), ("b", 1), ("e", 9)] {
            policy(&app, &office, json!({"name": name, "position": position})).await;
        }
        let mut names = Vec::new();
        let mut address = "/api/sla/rules?limit=2".to_owned();
        loop {
            let page = app.agent("acme").get(&address).await.expect(200).json();
            names.extend(page["data"].as_array().unwrap().iter().map(|rule| rule["name"].as_str().unwrap().to_owned()));
            let Some(cursor) = page["meta"]["next_cursor"].as_str() else { break };
            assert_eq!(page["meta"]["has_more"], true);
            address = format!("/api/sla/rules?limit=2&cursor={cursor}");
        }
        assert_eq!(names.len(), 5);
        assert_eq!((names[0].as_str(), names[1].as_str(), names[4].as_str()), ("a", "b", "e"));
        let mut sorted = names.clone();
        sorted.sort();
        assert_eq!(sorted, ["a", "b", "c", "d", "e"]);
        for target in
            ["/api/sla/rules?limit=0", "/api/sla/rules?cursor=zzz", "/api/sla/rules?colour=red", "/api/sla/calendars?cursor=%ff"]
        {
            assert_eq!(app.agent("acme").get(target).await.status, 422, "{target}");
        }
    });
}

#[test]
fn every_fault_of_a_policy_is_named_by_its_path() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        let post = |body: Value| app.manager("acme").post("/api/sla/rules", body);
        let answer = post(json!({"name": " ", "calendar_id": office["id"], "warn_percent": [0], "targets": {"high": {"resolution_minutes": 0}}})).await;
        assert_eq!(
            faults(&answer),
            ["name missing_field", "targets.high.resolution_minutes out_of_range", "warn_percent[0] out_of_range"]
        );
        assert_eq!(faults(&post(json!({"name": "x"})).await), ["calendar_id missing_field"]);
        assert_eq!(faults(&post(json!({"name": "x", "calendar_id": "nine to five"})).await), ["calendar_id unknown_value"]);
        let unknown = "cal_00000000000000000000000000000009";
        assert_eq!(faults(&post(json!({"name": "x", "calendar_id": unknown})).await), ["calendar_id unknown_value"]);
        assert_eq!(faults(&post(json!({"name": "x", "calendar_id": unknown, "colour": 1})).await), ["colour unknown_field"]);
    });
}

#[test]
fn a_policy_that_takes_no_part_is_for_no_ticket() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        policy(&app, &office, json!({"name": "Off", "enabled": false})).await;
        assert_eq!(opened(&app, "acme", json!({})).await["sla"], json!(null));
        let on = policy(&app, &office, json!({"name": "On", "position": 5})).await;
        let ticket = opened(&app, "acme", json!({})).await;
        assert_eq!(seen(&app, "acme", &ticket).await["sla"]["policy"]["id"], on["id"]);
    });
}

#[test]
fn a_calendar_is_made_changed_filled_with_holidays_and_kept_while_it_is_used() {
    pollster::block_on(async {
        let app = TestApp::new();
        let made = calendar(&app, late_office()).await;
        let place = format!("/api/sla/calendars/{}", made["id"].as_str().unwrap());
        let manager = || app.manager("acme");
        assert_eq!(faults(&manager().post("/api/sla/calendars", late_office()).await), ["name name_taken"]);
        let mut wrong = late_office();
        wrong["name"] = json!("");
        wrong["week"]["monday"][0]["end"] = json!("10:00");
        wrong["holidays"] = json!([{"date": "2026-02-30"}, {}]);
        assert_eq!(
            faults(&manager().post("/api/sla/calendars", wrong).await),
            ["name missing_field", "week.monday[0].end empty_interval", "holidays[0].date bad_date", "holidays[1] one_of"]
        );
        let file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260501\r\nSUMMARY:May Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let import = format!("{place}/holidays/import");
        let answer =
            manager().send(Method::Post, &import, Body::Bytes(file.into()), Some("text/calendar")).await.expect(200).json();
        assert_eq!((&answer["added"], &answer["calendar"]["version"]), (&json!(1), &json!(2)));
        assert_eq!(answer["calendar"]["holidays"], json!([{"date": "2026-05-01", "name": "May Day"}]));
        let again = manager().post(&import, json!({"ical": file})).await.expect(200).json();
        assert_eq!((&again["added"], &again["calendar"]["version"]), (&json!(0), &json!(2)), "the same file adds nothing");
        assert_eq!(faults(&manager().post(&import, json!({"ical": "hello"})).await), ["ical bad_ical"]);
        assert_eq!(manager().send(Method::Post, &import, Body::Bytes(file.into()), Some("text/plain")).await.status, 415);

        let rule = policy(&app, &made, json!({})).await;
        assert_eq!(manager().delete(&place).await.expect(409).code(), "calendar_in_use");
        let ticket = opened(&app, "acme", json!({})).await;
        manager().delete(&format!("/api/sla/rules/{}", rule["id"].as_str().unwrap())).await.expect(204);
        assert_eq!(manager().delete(&place).await.expect(409).code(), "calendar_in_use", "an open ticket counts by it");
        assert_eq!(seen(&app, "acme", &ticket).await["sla"]["resolution"]["state"], "ok", "the ticket keeps its promises");
        app.agent("acme").header("if-match", "*").patch(&super::path(&ticket), json!({"status": "resolved"})).await.expect(200);
        manager().delete(&place).await.expect(204);
        app.agent("acme").get(&place).await.expect(404);
    });
}

#[test]
fn agents_read_what_managers_change_and_clients_see_none_of_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        for target in ["/api/sla/rules", "/api/sla/calendars", "/api/sla/violations"] {
            app.agent("acme").get(target).await.expect(200);
            app.client("acme").get(target).await.expect(403);
            app.anon("acme").get(target).await.expect(401);
        }
        app.agent("acme").post("/api/sla/calendars", late_office()).await.expect(403);
        app.agent("acme").post("/api/sla/rules", config()).await.expect(403);
        app.client("acme").post("/api/sla/preview", json!({"priority": "high"})).await.expect(403);
    });
}

#[test]
fn one_tenants_rules_are_nothing_to_another() {
    pollster::block_on(async {
        let app = TestApp::new();
        let office = calendar(&app, late_office()).await;
        let rule = policy(&app, &office, json!({})).await;
        let (rule, office_id) = (rule["id"].as_str().unwrap(), office["id"].as_str().unwrap());
        for target in [format!("/api/sla/rules/{rule}"), format!("/api/sla/calendars/{office_id}")] {
            app.manager("globex").get(&target).await.expect(404);
            app.manager("globex").delete(&target).await.expect(404);
        }
        let body = json!({"name": "x", "calendar_id": office_id});
        assert_eq!(faults(&app.manager("globex").post("/api/sla/rules", body).await), ["calendar_id unknown_value"]);
        assert_eq!(app.manager("globex").get("/api/sla/rules").await.expect(200).json()["data"], json!([]));
        let preview = app.agent("globex").post("/api/sla/preview", json!({"priority": "high"})).await.expect(200).json();
        assert_eq!(preview["policy"]["id"], "standard");
    });
}

#[test]
fn violations_are_listed_latest_first_and_filtered() {
    pollster::block_on(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        let mine = opened(&app, "acme", json!({"priority": "high"})).await;
        app.manager("acme").header("if-match", "*").patch(&super::path(&mine), json!({"assignee": agent})).await.expect(200);
        opened(&app, "acme", json!({"priority": "low"})).await;
        app.advance(TimeDelta::days(60));
        ring(&app, "acme").await;
        let list = |query: &str| {
            let target = format!("/api/sla/violations?{query}");
            let app = &app;
            async move {
                let page = app.agent("acme").get(&target).await.expect(200);
                assert!(page.round_trips <= 3);
                page.json()
            }
        };
        let all = list("").await;
        let summary: Vec<String> = all["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                format!(
                    "{} {} {}",
                    row["ticket"]["number"].as_str().unwrap(),
                    row["clock"].as_str().unwrap(),
                    row["due_at"].as_str().unwrap()
                )
            })
            .collect();
        assert_eq!(summary.first().map(String::as_str), Some("ACME-2 resolution 2026-03-12T07:00:00Z"));
        assert_eq!(summary.last().map(String::as_str), Some("ACME-1 first_response 2026-03-02T08:00:00Z"));
        assert_eq!(summary.len(), 4);
        assert_eq!(all["data"][3]["assignee"], json!({"id": agent, "name": "acme agent"}));
        for (query, count) in [
            ("clock=resolution", 2),
            ("priority=high", 2),
            ("priority=high&clock=resolution", 1),
            (&format!("assignee={agent}"), 2),
            (&format!("assignee={agent}&clock=next_response"), 0),
            ("from=2026-03-02T15:00:00Z", 3),
            ("to=2026-03-02T15:00:00Z", 1),
            ("from=2026-03-02T15:00:00Z&to=2026-03-03T00:00:00Z&clock=first_response", 1),
        ] {
            assert_eq!(list(query).await["data"].as_array().unwrap().len(), count, "{query}");
        }
        let mut pages = Vec::new();
        let mut query = "limit=1".to_owned();
        loop {
            let page = list(&query).await;
            pages.push(page["data"][0].clone());
            let Some(cursor) = page["meta"]["next_cursor"].as_str() else { break };
            query = format!("limit=1&cursor={cursor}");
        }
        assert_eq!(Value::Array(pages), all["data"]);
        assert_eq!(
            faults(&app.agent("acme").get("/api/sla/violations?clock=sundial&from=today").await),
            ["clock unknown_value", "from bad_moment"]
        );
        assert_eq!(app.agent("globex").get("/api/sla/violations").await.expect(200).json()["data"], json!([]));
    });
}

/// The preview against real tickets: over priorities, categories and moments of a month with a holiday and a Saturday at work.
#[test]
fn the_preview_says_what_a_created_ticket_gets() {
    pollster::block_on(async {
        let app = TestApp::new();
        let mut hours = late_office();
        hours["holidays"] =
            json!([{"date": "2026-03-09"}, {"yearly": "03-17", "intervals": [{"start": "10:00", "end": "14:00"}]}]);
        hours["overrides"] = json!([{"date": "2026-03-14", "intervals": [{"start": "11:00", "end": "16:00"}]}]);
        let office = calendar(&app, hours).await;
        policy(
            &app,
            &office,
            json!({"name": "Sales", "conditions": {"categories": ["sales"]}, "hours": {"resolution": "calendar"}}),
        )
        .await;
        policy(&app, &office, json!({"name": "Urgent", "position": 1, "conditions": {"priorities": ["critical"]}})).await;
        policy(
            &app,
            &office,
            json!({"name": "All", "position": 2, "conditions": {"customer_types": ["standard"]},
            "targets": {"low": {"resolution_minutes": 6000}, "high": {"first_response_minutes": 7}}}),
        )
        .await;
        let start = app.platform.now.get();
        let organization = app.asked("acme", "SELECT id FROM organizations");
        let mut step = 0_i64;
        for priority in ["critical", "high", "medium", "low"] {
            for category in [None, Some("sales"), Some("accounting")] {
                for _ in 0..6 {
                    step += 1;
                    // A walk over the month that meets nights, weekends and edges of the day.
                    let at = start + TimeDelta::minutes((step * 7919) % (28 * 1440));
                    app.platform.now.set(start);
                    let mut question = json!({"priority": priority, "created_at": at, "organization": organization[0]});
                    let mut more = json!({"priority": priority});
                    if let Some(category) = category {
                        question["category"] = json!(category);
                        more["category"] = json!(category);
                    }
                    let foreseen = app.agent("acme").post("/api/sla/preview", question).await.expect(200).json();
                    app.platform.now.set(at);
                    let ticket = opened(&app, "acme", more).await;
                    let ticket = seen(&app, "acme", &ticket).await;
                    let sla = &ticket["sla"];
                    let case = format!("{priority} {category:?} {at}: {foreseen}");
                    assert_eq!(foreseen["policy"]["id"], sla["policy"]["id"], "{case}");
                    assert_eq!(foreseen["first_response_due_at"], sla["first_response"]["due_at"], "{case}");
                    assert_eq!(foreseen["resolution_due_at"], sla["resolution"]["due_at"], "{case}");
                }
            }
        }
        assert_eq!(step, 72);
        let bad = app
            .agent("acme")
            .post(
                "/api/sla/preview",
                json!({"priority": "high", "category": "none", "organization": "org_00000000000000000000000000000009"}),
            )
            .await;
        assert_eq!(faults(&bad), ["category unknown_value", "organization unknown_value"]);
    });
}
