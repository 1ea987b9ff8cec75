//! Boards: unfinished work in columns, who may look, what a move does, and how it is refused.

use serde_json::{Value, json};
use tests::app::TestApp;

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

const WORKLOAD: &str = "/agent/boards/workload";
const SLA: &str = "/agent/boards/sla";

async fn ticket(app: &TestApp, title: &str) -> String {
    let body = json!({"title": title, "description": "Words.", "priority": "high"});
    app.client("acme").post("/api/tickets", body).await.expect(201).json()["number"].as_str().unwrap().to_owned()
}

async fn change(app: &TestApp, number: &str, changes: Value) {
    app.manager("acme").header("if-match", "*").patch(&format!("/api/tickets/{number}"), changes).await.expect(200);
}

async fn page(app: &TestApp, who: &str, address: &str) -> String {
    let page = app.signed_in("acme", who).in_browser().get(address).await.expect(200);
    assert!(page.round_trips <= 3, "{address}: {}", page.round_trips);
    page.text()
}

/// What stands in a column.
fn column(page: &str, key: &str) -> String {
    let from = page.split(&format!("data-column=\"{key}\"")).nth(1).unwrap_or_else(|| panic!("no column {key}"));
    from.split("</details>").next().unwrap().to_owned()
}

fn size(column: &str) -> String {
    column.split("class=\"count num\">").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

#[test]
fn work_stands_with_whoever_has_it_and_what_nobody_has_comes_first() {
    run(async {
        let app = TestApp::new();
        let (mine, _free) = (ticket(&app, "Somebody's").await, ticket(&app, "Nobody's").await);
        let done = ticket(&app, "Done already").await;
        let agent = app.user_id("acme", "agent");
        change(&app, &mine, json!({"assignee": agent})).await;
        change(&app, &done, json!({"assignee": agent, "status": "resolved"})).await;
        let board = page(&app, "manager", WORKLOAD).await;
        assert!(board.find("data-column=\"none\"").unwrap() < board.find(&format!("data-column=\"{agent}\"")).unwrap());
        let (theirs, free) = (column(&board, &agent), column(&board, "none"));
        assert!(theirs.contains("Somebody") && !theirs.contains("Nobody") && !theirs.contains("Done already"));
        assert!(free.contains("Nobody") && !free.contains("Somebody"));
        assert_eq!((size(&theirs).as_str(), size(&free).as_str()), ("1", "1"));
        let by_status = page(&app, "manager", &format!("{WORKLOAD}?by=status")).await;
        assert!(column(&by_status, "resolved").contains("Done already") && column(&by_status, "new").contains("Nobody"));
        assert_eq!(size(&column(&by_status, "resolved")), "1");
        // Agents do their own; analysts look on.
        app.agent("acme").in_browser().get(WORKLOAD).await.expect(403);
        let seen = page(&app, "analyst", WORKLOAD).await;
        assert!(seen.contains("Somebody") && !seen.contains("data-move ") && !seen.contains("id=\"move\""));
    });
}

#[test]
fn a_department_narrows_a_board_and_its_numbers() {
    run(async {
        let app = TestApp::new();
        let (one, _other) = (ticket(&app, "Of the department").await, ticket(&app, "Of none").await);
        let department = app.asked("acme", "SELECT id FROM departments LIMIT 1")[0].clone();
        change(&app, &one, json!({"department": department})).await;
        for by in ["agent", "status"] {
            let board = page(&app, "manager", &format!("{WORKLOAD}?by={by}&department={department}")).await;
            let first = column(&board, if by == "agent" { "none" } else { "new" });
            assert!(first.contains("Of the department") && !first.contains("Of none"), "{by}");
            assert_eq!(size(&first), "1", "{by}");
        }
        let board = page(&app, "manager", &format!("{SLA}?department={department}")).await;
        assert!(board.contains("Of the department") && !board.contains("Of none"));
        for refused in ["?by=mood", "?department=x", "?part=x", "?colour=red", "?column=none&cursor=x"] {
            app.manager("acme").in_browser().get(&format!("{WORKLOAD}{refused}")).await.expect(422);
        }
        app.manager("acme").in_browser().get(&format!("{WORKLOAD}?column=usr_{}", "9".repeat(32))).await.expect(404);
        app.manager("acme").in_browser().get(&format!("{SLA}?column=someday")).await.expect(404);
    });
}

#[test]
fn a_column_goes_on_where_it_ended() {
    run(async {
        let app = TestApp::new();
        for index in 0..23 {
            ticket(&app, &format!("Number {index:02}.")).await;
        }
        for address in [WORKLOAD.to_owned(), format!("{WORKLOAD}?by=status"), SLA.to_owned(), format!("{SLA}?clock=resolution")] {
            let board = page(&app, "manager", &address).await;
            assert_eq!(board.matches("class=\"board-card\"").count(), 20, "{address}");
            assert!(board.contains("\">23<") || board.contains("num\">23<"), "{address}");
            let more = board
                .split("board-more\" href=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap()
                .replace("&#x3D;", "=")
                .replace("&amp;", "&");
            let rest = page(&app, "manager", &more).await;
            assert_eq!(rest.matches("class=\"board-card\"").count(), 3, "{more}");
            assert!(!rest.contains("board-more"), "{more}");
            for index in 0..23 {
                let title = format!("Number {index:02}.");
                let count = board.matches(&format!(">{title}<")).count() + rest.matches(&format!(">{title}<")).count();
                assert_eq!(count, 1, "{address}: {title}");
            }
        }
    });
}

#[test]
fn who_is_stood_in_for_is_marked() {
    run(async {
        let app = TestApp::new();
        let body = json!({"deputy": app.user_id("acme", "manager"), "ends_at": "2026-03-09T07:00:00Z"});
        app.agent("acme").post("/api/delegations", body).await.expect(201);
        let board = page(&app, "manager", WORKLOAD).await;
        let agent = column(&board, &app.user_id("acme", "agent"));
        assert!(agent.contains("board-away") && agent.contains("acme manager"), "{agent}");
        assert_eq!(board.matches("board-away").count(), 1);
    });
}

#[test]
fn lanes_are_by_what_is_due_when_for_all_clocks_or_one() {
    run(async {
        let app = TestApp::new();
        let number = ticket(&app, "On the clock").await;
        let lane_of = async |address: &str| {
            let board = page(&app, "manager", address).await;
            let lanes: Vec<&str> = ["breached", "hour", "today", "later", "paused"]
                .into_iter()
                .filter(|lane| column(&board, lane).contains("On the clock"))
                .collect();
            for lane in &lanes {
                assert_eq!(size(&column(&board, lane)), "1", "{address} {lane}");
            }
            lanes.join(" ")
        };
        let due = async |clock: &str| -> chrono::DateTime<chrono::Utc> {
            let ticket = app.manager("acme").get(&format!("/api/tickets/{number}")).await.expect(200).json();
            ticket["sla"][clock]["due_at"].as_str().unwrap().parse().unwrap()
        };
        let (first, last) = (due("first_response").await, due("resolution").await);
        let now = tests::app::start_of_time();
        assert!(first < last, "{first} {last}");
        // To within the hour before the answer is due.
        app.advance(first - now - chrono::TimeDelta::minutes(30));
        assert_eq!(lane_of(SLA).await, "hour");
        assert_eq!(lane_of(&format!("{SLA}?clock=first_response")).await, "hour");
        assert!(matches!(lane_of(&format!("{SLA}?clock=resolution")).await.as_str(), "hour" | "today" | "later"));
        assert_eq!(lane_of(&format!("{SLA}?clock=next_response")).await, "");
        app.advance(chrono::TimeDelta::minutes(31));
        assert_eq!(lane_of(SLA).await, "breached");
        assert_eq!(lane_of(&format!("{SLA}?clock=first_response")).await, "breached");
        assert_ne!(lane_of(&format!("{SLA}?clock=resolution")).await, "breached");
        assert_eq!(lane_of(&format!("{SLA}?assignee=none")).await, "breached");
        assert_eq!(lane_of(&format!("{SLA}?assignee={}", app.user_id("acme", "agent"))).await, "");
        change(&app, &number, json!({"status": "in_progress"})).await;
        change(&app, &number, json!({"status": "waiting_customer"})).await;
        assert_eq!(lane_of(SLA).await, "paused");
        app.agent("acme").in_browser().get(SLA).await.expect(200);
    });
}

#[test]
fn a_card_is_moved_by_its_form_and_a_refusal_comes_back_with_it() {
    run(async {
        let app = TestApp::new();
        let number = ticket(&app, "To be moved").await;
        let agent = app.user_id("acme", "agent");
        let manager = || app.manager("acme").in_browser();
        let asked = page(&app, "manager", &format!("{WORKLOAD}?by=agent&move={number}")).await;
        assert!(asked.contains("id=\"move\" aria-labelledby=\"move-h\" open") && asked.contains("name=\"version\" value=\"1\""));
        let next = format!("{WORKLOAD}?by=agent");
        let form = |version: &str, by: &str, to: &str| {
            [
                ("ticket", number.clone()),
                ("version", version.to_owned()),
                ("by", by.to_owned()),
                ("to", to.to_owned()),
                ("next", next.clone()),
            ]
        };
        let send = async |version: &str, by: &str, to: &str| {
            let sent = form(version, by, to);
            let fields: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
            manager().submit("/agent/boards/move", &fields).await
        };
        let answer = send("1", "agent", &agent).await.expect(303);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        assert_eq!(answer.headers.get("location"), Some(next.as_str()));
        assert!(column(&page(&app, "manager", WORKLOAD).await, &agent).contains("To be moved"));
        // Somebody else was quicker, and what cannot be: the card and the way it was to go are still there.
        let late = send("1", "agent", "none").await.expect(412);
        assert!(late.text().contains("role=\"alert\"") && late.text().contains(&format!("name=\"ticket\" value=\"{number}\"")));
        assert!(late.text().contains("<option value=\"none\" selected>"));
        send("2", "agent", "nobody").await.expect(422);
        send("", "agent", "none").await.expect(422);
        send("2", "status", "in_progress").await.expect(303);
        send("3", "status", "new").await.expect(409);
        // A move leads back to a board and to nothing else.
        let away = [("ticket", number.as_str()), ("version", "3"), ("by", "agent"), ("to", "none"), ("next", "//evil.example/")];
        assert_eq!(manager().submit("/agent/boards/move", &away).await.expect(303).headers.get("location"), Some(WORKLOAD));
        app.client("acme").in_browser().submit("/agent/boards/move", &away).await.expect(403);
    });
}

#[test]
fn a_move_that_is_refused_does_not_show_a_board_to_whoever_may_not_look_at_it() {
    run(async {
        let app = TestApp::new();
        let number = ticket(&app, "To be moved").await;
        ticket(&app, "Beside it").await;
        let send = async |version: &str, to: &str, next: &str| {
            let fields = [("ticket", number.as_str()), ("version", version), ("by", "agent"), ("to", to), ("next", next)];
            app.agent("acme").in_browser().submit("/agent/boards/move", &fields).await
        };
        for (version, to, status) in [("1", "nobody", 422), ("9", "none", 412)] {
            let refused = send(version, to, WORKLOAD).await.expect(status).text();
            assert!(!refused.contains("data-column") && !refused.contains("Beside it"), "{refused}");
            // Agents read service levels: that board comes back with the form.
            let refused = send(version, to, SLA).await.expect(status).text();
            assert!(refused.contains("data-column") && refused.contains("Beside it"));
        }
    });
}
