//! Time that agents spend on tickets.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::{Answer, TestApp};

async fn ticket(app: &TestApp) -> String {
    let created =
        app.client("acme").post("/api/tickets", json!({"title": "=Posting", "description": "It stops."})).await.expect(201);
    created.json()["number"].as_str().unwrap().to_owned()
}

async fn write(app: &TestApp, role: &str, number: &str, minutes: i64, day: &str) -> Answer {
    let body = json!({"ticket": number, "minutes": minutes, "day": day, "note": "=SUM(A1)"});
    app.signed_in("acme", role).post("/api/time", body).await
}

fn path(entry: &Value) -> String {
    format!("/api/time/{}", entry["data"]["id"].as_str().unwrap())
}

#[test]
fn a_day_has_24_hours_whoever_writes_beside_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let made = write(&app, "agent", &number, 1_400, "2026-03-01").await.expect(201);
        assert!(made.round_trips <= 3, "{}", made.round_trips);
        assert_eq!(write(&app, "agent", &number, 41, "2026-03-01").await.expect(409).code(), "day_full");
        write(&app, "agent", &number, 40, "2026-03-01").await.expect(201);
        write(&app, "agent", &number, 41, "2026-02-28").await.expect(201);
        write(&app, "manager", &number, 41, "2026-03-01").await.expect(201);
        let entry = made.json();
        let refused = app.agent("acme").patch(&path(&entry), json!({"minutes": 1_401})).await.expect(409);
        assert_eq!(refused.code(), "day_full", "its own minutes do not count twice, the others' do");
        app.agent("acme").patch(&path(&entry), json!({"minutes": 1_399})).await.expect(200);
        for (minutes, day) in [(0, "2026-03-01"), (1_441, "2026-03-01"), (5, "2026-03-03"), (5, "2024-03-01"), (5, "soon")] {
            write(&app, "agent", &number, minutes, day).await.expect(422);
        }
    });
}

#[test]
fn people_change_their_own_and_who_manages_time_everybodys() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let own = path(&write(&app, "agent", &number, 30, "2026-03-02").await.expect(201).json());
        let leads = path(&write(&app, "manager", &number, 20, "2026-03-02").await.expect(201).json());
        app.agent("acme").get(&leads).await.expect(404);
        app.agent("acme").patch(&leads, json!({"minutes": 1})).await.expect(404);
        app.signed_in("acme", "analyst").get(&own).await.expect(200);
        app.signed_in("acme", "analyst").patch(&own, json!({"minutes": 1})).await.expect(403);
        app.client("acme").get(&own).await.expect(403);
        app.agent("globex").get(&own).await.expect(404);
        let stale = app.manager("acme").header("if-match", "\"7\"").patch(&own, json!({"minutes": 1})).await;
        stale.expect(412);
        app.manager("acme").patch(&own, json!({"minutes": 25})).await.expect(200);
        let mine = app.agent("acme").get("/api/time").await.expect(200).json();
        assert_eq!((mine["data"].as_array().unwrap().len(), &mine["sum"]["minutes"]), (1, &json!(25)));
        let all = app.manager("acme").get("/api/time?from=2026-03-02&to=2026-03-02").await.expect(200).json();
        assert_eq!((all["data"].as_array().unwrap().len(), &all["sum"]["minutes"]), (2, &json!(45)));
        let person = app.user_id("acme", "manager");
        app.agent("acme").get(&format!("/api/time?user={person}")).await.expect(403);
        app.manager("acme").get("/api/time?billable=maybe").await.expect(422);
        app.manager("acme").get("/api/time?cursor=x").await.expect(422);
        app.agent("acme").delete(&own).await.expect(204);
    });
}

#[test]
fn pages_of_a_list_follow_each_other_without_gaps() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        for minutes in 1..=5 {
            write(&app, "agent", &number, minutes, "2026-03-01").await.expect(201);
            app.advance(TimeDelta::seconds(1));
        }
        let mut seen = Vec::new();
        let mut address = "/api/time?limit=2".to_owned();
        loop {
            let page = app.agent("acme").get(&address).await.expect(200).json();
            seen.extend(page["data"].as_array().unwrap().iter().map(|entry| entry["minutes"].as_i64().unwrap()));
            match page["meta"]["next_cursor"].as_str() {
                Some(cursor) => address = format!("/api/time?limit=2&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen, [5, 4, 3, 2, 1]);
    });
}

#[test]
fn one_timer_runs_a_person_and_what_it_counted_is_written_down() {
    pollster::block_on(async {
        let app = TestApp::new();
        let (one, other) = (ticket(&app).await, ticket(&app).await);
        app.agent("acme").post("/api/time/timer/stop", json!({})).await.expect(404);
        app.agent("acme").put(&format!("/api/tickets/{one}/timer"), json!({})).await.expect(200);
        let refused = app.agent("acme").put(&format!("/api/tickets/{other}/timer"), json!({})).await.expect(409);
        assert_eq!(refused.code(), "timer_running");
        app.manager("acme").put(&format!("/api/tickets/{other}/timer"), json!({})).await.expect(200);
        app.advance(TimeDelta::seconds(61));
        assert_eq!(app.agent("acme").get("/api/time/timer").await.expect(200).json()["data"]["ticket"], one);
        let page = app.agent("acme").in_browser().get(&format!("/agent/tickets/{one}/time")).await.expect(200);
        assert!(page.round_trips <= 3 && page.text().contains("value=\"stop\""));
        let written = app.agent("acme").post("/api/time/timer/stop", json!({"note": "Looked"})).await.expect(201);
        assert!(written.round_trips <= 3, "{}", written.round_trips);
        assert_eq!((&written.json()["data"]["minutes"], &written.json()["data"]["ticket"]), (&json!(2), &json!(one)));
        app.manager("acme").delete("/api/time/timer").await.expect(204);
        assert_eq!(app.asked("acme", "SELECT minutes FROM time_entries"), ["2"]);
        assert!(app.asked("acme", "SELECT user_id FROM time_timers").is_empty());
    });
}

#[test]
fn a_table_is_read_by_spreadsheets_and_runs_nothing_in_them() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        write(&app, "agent", &number, 30, "2026-03-02").await.expect(201);
        write(&app, "manager", &number, 20, "2026-03-02").await.expect(201);
        let table = app.agent("acme").get("/api/time/export").await.expect(200);
        assert!(table.headers.get("content-type").unwrap().starts_with("text/csv"));
        let text = table.text();
        assert!(text.starts_with("\u{feff}day,person,"));
        assert!(
            text.contains("\"'=SUM(A1)\"") && text.contains("\"'=Posting\"") && !text.contains(",=") && !text.contains("\n=")
        );
        assert_eq!(text.lines().count(), 2, "the head and one's own");
        assert_eq!(app.manager("acme").get("/api/time/export").await.expect(200).text().lines().count(), 3);
        app.client("acme").get("/api/time/export").await.expect(403);
    });
}

#[test]
fn forms_write_change_and_remove() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let page = format!("/agent/tickets/{number}/time");
        let typed = [("minutes", "a lot"), ("note", "Looked"), ("day", "2026-03-02"), ("billable", "on")];
        let refused = app.agent("acme").in_browser().submit(&page, &typed).await.expect(422).text();
        assert!(refused.contains("a lot") && refused.contains("Looked"));
        let typed = [("minutes", "1:30"), ("note", "Looked"), ("day", "2026-03-02")];
        let written = app.agent("acme").in_browser().submit(&page, &typed).await.expect(303);
        assert!(written.round_trips <= 3, "{}", written.round_trips);
        assert_eq!(app.asked("acme", "SELECT minutes || ' ' || billable FROM time_entries"), ["90 0"]);
        let id = app.asked("acme", "SELECT id FROM time_entries").pop().unwrap();
        let entry = format!("/agent/time/{id}");
        assert!(app.agent("acme").in_browser().get(&entry).await.expect(200).text().contains("1:30"));
        app.agent("acme").in_browser().submit(&entry, &[("minutes", ""), ("version", "1")]).await.expect(422);
        app.agent("acme").in_browser().submit(&entry, &[("minutes", "45"), ("version", "1")]).await.expect(303);
        app.agent("acme").in_browser().submit(&entry, &[("minutes", "50"), ("version", "1")]).await.expect(412);
        let list = app.agent("acme").in_browser().get("/agent/time").await.expect(200);
        assert!(list.round_trips <= 3 && list.text().contains("/api/time/export"));
        app.agent("acme").in_browser().submit(&format!("{entry}/delete"), &[]).await.expect(303);
        assert!(app.asked("acme", "SELECT id FROM time_entries").is_empty());
    });
}

#[test]
fn time_on_a_ticket_that_is_seen_no_more_does_not_name_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        let made = write(&app, "agent", &number, 30, "2026-03-02").await.expect(201).json();
        assert_eq!(made["data"]["ticket"], number);
        let condition =
            json!({"and": [{"==": [{"var": "actor.role"}, "agent"]}, {"==": [{"var": "ticket.priority"}, "critical"]}]});
        let hidden =
            json!({"name": "Not the critical ones", "effect": "deny", "permissions": ["ticket.read"], "condition": condition});
        app.admin("acme").post("/api/policies", hidden).await.expect(201);
        assert_eq!(app.agent("acme").get(&path(&made)).await.expect(200).json()["data"]["ticket"], number);
        let critical = json!({"priority": "critical"});
        app.manager("acme").header("if-match", "*").patch(&format!("/api/tickets/{number}"), critical).await.expect(200);
        let list = app.agent("acme").get("/api/time").await.expect(200).json();
        assert_eq!(
            (&list["data"][0]["ticket"], &list["data"][0]["minutes"], &list["sum"]["minutes"]),
            (&Value::Null, &json!(30), &json!(30))
        );
        assert_eq!(app.agent("acme").get(&path(&made)).await.expect(200).json()["data"]["ticket"], Value::Null);
        let changed = app.agent("acme").patch(&path(&made), json!({"minutes": 40})).await.expect(200).json();
        assert_eq!((&changed["data"]["ticket"], &changed["data"]["minutes"]), (&Value::Null, &json!(40)));
        let table = app.agent("acme").get("/api/time/export").await.expect(200).text();
        let list = app.agent("acme").in_browser().get("/agent/time").await.expect(200).text();
        let entry = format!("/agent/time/{}", made["data"]["id"].as_str().unwrap());
        let entry = app.agent("acme").in_browser().get(&entry).await.expect(200).text();
        for text in [&table, &list, &entry] {
            assert!(text.contains("больше не видна") && !text.contains("Posting") && !text.contains(&number), "{text}");
        }
        assert!(app.manager("acme").get("/api/time/export").await.expect(200).text().contains(&number), "others see it");
    });
}

#[test]
fn what_nobody_pays_for_is_listed_and_summed_by_itself() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        for minutes in 1..=6 {
            let body = json!({"ticket": number, "minutes": minutes, "day": format!("2026-03-0{}", 1 + minutes % 2), "billable": minutes % 3 > 0});
            app.agent("acme").post("/api/time", body).await.expect(201);
        }
        for (billable, expected, sum) in [("false", vec![3, 6], 9), ("true", vec![5, 1, 4, 2], 12)] {
            let mut seen = Vec::new();
            let mut address = format!("/api/time?limit=1&billable={billable}");
            for _ in 0..9 {
                let page = app.manager("acme").get(&address).await.expect(200).json();
                assert_eq!(page["sum"]["minutes"], sum);
                seen.extend(page["data"].as_array().unwrap().iter().map(|entry| entry["minutes"].as_i64().unwrap()));
                match page["meta"]["next_cursor"].as_str() {
                    Some(cursor) => address = format!("/api/time?limit=1&billable={billable}&cursor={cursor}"),
                    None => break,
                }
            }
            assert_eq!(seen, expected, "{billable}");
        }
    });
}

#[test]
fn the_list_shows_and_is_narrowed_to_a_company() {
    pollster::block_on(async {
        let app = TestApp::new();
        let number = ticket(&app).await;
        write(&app, "agent", &number, 30, "2026-03-02").await.expect(201);
        let other = app.admin("acme").post("/api/organizations", json!({"name": "Zeta Ltd"})).await.expect(201).json();
        let own = app.asked("acme", "SELECT DISTINCT organization_id FROM time_entries").remove(0);
        let page = async |organization: &str| {
            let address = format!("/agent/time?organization={organization}");
            let page = app.manager("acme").in_browser().get(&address).await.expect(200);
            assert!(page.round_trips <= 3, "{}", page.round_trips);
            page.text()
        };
        let shown = page(&own).await;
        assert!(shown.contains(&format!("value=\"{own}\" selected")) && shown.contains("<bdi>acme client company</bdi>"));
        assert!(shown.contains("Zeta Ltd") && shown.contains(&number));
        assert!(!page(other["id"].as_str().unwrap()).await.contains(&number));
        let list = app.manager("acme").get(&format!("/api/time?organization={own}")).await.expect(200).json();
        assert_eq!((&list["data"][0]["organization"], &list["sum"]["minutes"]), (&json!("acme client company"), &json!(30)));
    });
}

#[test]
fn whoever_may_not_read_people_is_offered_no_companies() {
    pollster::block_on(async {
        let app = TestApp::new();
        let zeta = app.admin("acme").post("/api/organizations", json!({"name": "Zeta Ltd"})).await.expect(201).json();
        let zeta = zeta["id"].as_str().unwrap();
        let role = json!({"name": "Reader", "base": "agent", "permissions": ["ticket.read", "ticket.read_internal"]});
        let role = app.admin("acme").post("/api/roles", role).await.expect(201).json();
        let person = format!("/api/users/{}", app.user_id("acme", "agent"));
        for address in ["/agent/time", "/agent/views/new"] {
            let page =
                async |who: &str, address: &str| app.signed_in("acme", who).in_browser().get(address).await.expect(200).text();
            let chosen = format!("{address}?organization={zeta}");
            assert!(page("manager", address).await.contains("Zeta Ltd"));
            app.admin("acme").patch(&person, json!({"role": role["id"]})).await.expect(200);
            assert!(!page("agent", address).await.contains("Zeta Ltd"));
            let narrowed = page("agent", &chosen).await;
            assert!(narrowed.contains(&format!("value=\"{zeta}\" selected")) && !narrowed.contains("Zeta Ltd"), "{address}");
        }
    });
}
