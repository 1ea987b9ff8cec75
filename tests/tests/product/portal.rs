//! The client portal: its front page, its search, suggestions for a new ticket, and who follows a ticket.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::app::{Caller, TestApp};

/// Makes the analyst of acme a colleague of its client, in the same organization.
async fn colleague(app: &TestApp) -> String {
    let client = app.admin("acme").get(&format!("/api/users/{}", app.user_id("acme", "client"))).await.expect(200).json();
    let organization = client["organization"]["id"].as_str().expect("the client has an organization").to_owned();
    let path = format!("/api/users/{}", app.user_id("acme", "analyst"));
    app.admin("acme").patch(&path, json!({"role": "client", "organization": organization})).await.expect(200);
    app.email("acme", "analyst")
}

async fn opened(caller: Caller<'_>, title: &str) -> String {
    let body = json!({"title": title, "description": format!("{title}, in many words")});
    caller.post("/api/tickets", body).await.expect(201).json()["number"].as_str().unwrap().to_owned()
}

async fn move_to(app: &TestApp, number: &str, status: &str) {
    let path = format!("/api/tickets/{number}");
    app.agent("acme").header("if-match", "*").patch(&path, json!({"status": status})).await.expect(200);
}

async fn page(caller: Caller<'_>, path: &str) -> String {
    let answer = caller.in_browser().get(path).await.expect(200);
    assert_eq!(answer.round_trips, 2, "{path}: the session, and everything of the page");
    answer.text()
}

fn place(page: &str, what: &str) -> usize {
    page.find(what).unwrap_or_else(|| panic!("{what} is not on the page"))
}

#[test]
fn the_front_page_shows_what_waits_for_an_answer_first_and_each_ticket_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        colleague(&app).await;
        let waiting = opened(app.client("acme"), "Waiting one").await;
        let open = opened(app.client("acme"), "Open one").await;
        let finished = opened(app.client("acme"), "Finished one").await;
        let theirs = opened(app.signed_in("acme", "analyst"), "Of a colleague").await;
        move_to(&app, &waiting, "in_progress").await;
        move_to(&app, &waiting, "waiting_customer").await;
        move_to(&app, &finished, "in_progress").await;
        move_to(&app, &finished, "resolved").await;
        let home = page(app.client("acme"), "/").await;
        let at = |number: &str| place(&home, &format!(" href=\"/tickets/{number}\""));
        assert!(at(&waiting) < at(&open) && at(&open) < at(&theirs) && at(&theirs) < at(&finished));
        for number in [&waiting, &open, &finished, &theirs] {
            assert_eq!(home.matches(&format!(" href=\"/tickets/{number}\"")).count(), 1, "{number}");
        }
        app.admin("acme").patch("/api/tenant/settings", json!({"organization_tickets_visible": false})).await.expect(200);
        app.advance(TimeDelta::minutes(1));
        assert!(!page(app.client("acme"), "/").await.contains(&theirs), "the tenant hides colleagues' tickets");
    });
}

#[test]
fn a_search_finds_finished_and_colleagues_tickets_and_nobody_else_s() {
    pollster::block_on(async {
        let app = TestApp::new();
        colleague(&app).await;
        let own = opened(app.client("acme"), "Printer jams").await;
        move_to(&app, &own, "in_progress").await;
        move_to(&app, &own, "resolved").await;
        let theirs = opened(app.signed_in("acme", "analyst"), "The printers are slow").await;
        let body =
            json!({"title": "Printer of a stranger", "description": "x", "requester": {"email": "stranger@other.example"}});
        let foreign =
            app.agent("acme").post("/api/tickets", body).await.expect(201).json()["number"].as_str().unwrap().to_owned();
        let found = page(app.client("acme"), "/tickets/search?q=printer").await;
        assert!(found.contains(&own) && found.contains(&theirs) && !found.contains(&foreign));
        let nothing = page(app.client("acme"), "/tickets/search?q=zeppelin+%26+more").await;
        assert!(
            nothing.replace("&#x3D;", "=").contains("/tickets/new?title=zeppelin+%26+more"),
            "what is not found can be asked"
        );
        let begin = app.client("acme").in_browser().get("/tickets/search").await.expect(200);
        assert!(!begin.text().contains("<table"));
        app.client("acme").in_browser().get(&format!("/tickets/search?q={}", "x".repeat(900))).await.expect(200);
    });
}

#[test]
fn a_title_in_the_making_is_met_with_tickets_like_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        colleague(&app).await;
        let own = opened(app.client("acme"), "Не печатается счёт-фактура").await;
        let theirs = opened(app.signed_in("acme", "analyst"), "Печать накладных").await;
        let body = json!({"title": "Не печатается счёт", "description": "x", "requester": {"email": "stranger@other.example"}});
        let foreign =
            app.agent("acme").post("/api/tickets", body).await.expect(201).json()["number"].as_str().unwrap().to_owned();
        // "Не печатаются счет"
        let asked = "/tickets/new?title=%D0%9D%D0%B5+%D0%BF%D0%B5%D1%87%D0%B0%D1%82%D0%B0%D1%8E%D1%82%D1%81%D1%8F+%D1%81%D1%87%D0%B5%D1%82";
        let form = page(app.client("acme"), asked).await;
        assert!(form.contains(&own) && !form.contains(&foreign), "words of any form, and nobody else's tickets");
        assert!(form.contains("value=\"Не печатаются счет\""), "the title is there to go on with");
        let wide = page(app.client("acme"), "/tickets/new?title=%D0%BD%D0%B0%D0%BA%D0%BB%D0%B0%D0%B4").await;
        assert!(wide.contains(&theirs), "the last word may be unfinished");
        let short = app.client("acme").in_browser().get("/tickets/new?title=%D0%BD%D0%B5").await.expect(200).text();
        assert!(!short.contains("class=\"similar\""), "a word that says nothing asks for nothing");
        app.admin("acme").patch("/api/tenant/settings", json!({"organization_tickets_visible": false})).await.expect(200);
        app.advance(TimeDelta::minutes(1));
        let narrow = page(app.client("acme"), "/tickets/new?title=%D0%BD%D0%B0%D0%BA%D0%BB%D0%B0%D0%B4").await;
        assert!(!narrow.contains(&theirs), "the tenant hides colleagues' tickets");
    });
}

fn followers(number: &str) -> String {
    format!("/tickets/{number}/followers")
}

#[test]
fn a_client_lets_a_colleague_follow_who_is_told_reads_and_answers() {
    pollster::block_on(async {
        let app = TestApp::new();
        let email = colleague(&app).await;
        app.admin("acme").patch("/api/tenant/settings", json!({"organization_tickets_visible": false})).await.expect(200);
        app.advance(TimeDelta::minutes(1));
        let number = opened(app.client("acme"), "Shared").await;
        let theirs = || app.signed_in("acme", "analyst");
        theirs().in_browser().get(&format!("/tickets/{number}")).await.expect(404);
        let shown = page(app.client("acme"), &format!("/tickets/{number}")).await;
        assert!(shown.contains(&format!("<option value=\"{email}\">")), "a colleague can be chosen");
        app.client("acme").in_browser().submit(&followers(&number), &[("add", &email)]).await.expect(303);
        let told = "SELECT recipient FROM outbox WHERE template = 'ticket_shared'";
        assert_eq!(app.asked("acme", told), std::slice::from_ref(&email));
        page(theirs(), &format!("/tickets/{number}")).await;
        theirs().in_browser().submit_multipart(&format!("/tickets/{number}/reply"), &[("body", "Me too")]).await.expect(303);
        // Once more changes nothing and tells nobody.
        app.client("acme").in_browser().submit(&followers(&number), &[("add", &email)]).await.expect(303);
        assert_eq!(app.asked("acme", told).len(), 1);
        // Only whoever asked takes somebody off; everybody may leave.
        let client = app.user_id("acme", "client");
        theirs().in_browser().submit(&followers(&number), &[("remove", &client)]).await.expect(422);
        let analyst = app.user_id("acme", "analyst");
        app.client("acme").in_browser().submit(&followers(&number), &[("remove", &analyst)]).await.expect(303);
        theirs().in_browser().get(&format!("/tickets/{number}")).await.expect(404);
    });
}

#[test]
fn only_colleagues_can_be_added_and_nobody_learns_who_else_is_known() {
    pollster::block_on(async {
        let app = TestApp::new();
        colleague(&app).await;
        let number = opened(app.client("acme"), "Own").await;
        let mut said = Vec::new();
        for other in [app.email("acme", "agent"), "nobody@nowhere.example".to_owned()] {
            let answer = app.client("acme").in_browser().submit(&followers(&number), &[("add", &other)]).await.expect(422).text();
            let fault = answer.split("id=\"f-add-note\">").nth(1).and_then(|rest| rest.split("</p>").next()).unwrap().to_owned();
            assert!(answer.contains(&format!("value=\"{other}\"")), "what was typed is there");
            said.push(fault);
        }
        assert_eq!(said[0], said[1]);
        let path = format!("/api/tickets/{number}/followers");
        let api = |body: Value| app.client("acme").post(&path, body);
        let refused = api(json!({"user": app.user_id("acme", "agent")})).await.expect(422).json();
        assert_eq!(refused["errors"][0]["code"], "not_allowed");
        let added = api(json!({"user": app.user_id("acme", "analyst")})).await.expect(200);
        assert!(added.round_trips <= 3, "{}", added.round_trips);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM outbox WHERE template = 'ticket_shared'"), ["1"]);
    });
}

#[test]
fn a_colleague_s_ticket_is_followed_and_left() {
    pollster::block_on(async {
        let app = TestApp::new();
        colleague(&app).await;
        let number = opened(app.signed_in("acme", "analyst"), "Of a colleague").await;
        let seen = page(app.client("acme"), &format!("/tickets/{number}")).await;
        assert!(seen.contains("name=\"follow\" value=\"yes\""));
        app.client("acme").in_browser().submit(&followers(&number), &[("follow", "yes")]).await.expect(303);
        assert_eq!(
            app.asked("acme", "SELECT COUNT(*) FROM outbox WHERE template = 'ticket_shared'"),
            ["0"],
            "nobody tells oneself"
        );
        let listed = page(app.client("acme"), "/tickets?scope=following").await;
        assert!(listed.contains(&number));
        assert!(page(app.client("acme"), &format!("/tickets/{number}")).await.contains("name=\"follow\" value=\"no\""));
        app.client("acme").in_browser().submit(&followers(&number), &[("follow", "no")]).await.expect(303);
        assert!(!page(app.client("acme"), "/tickets?scope=following").await.contains(&number));
    });
}
