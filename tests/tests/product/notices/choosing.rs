//! A person chooses which mails they get, by the API and on the page of their profile.

use serde_json::{Value, json};
use tests::app::{Answer, Caller, TestApp};

use super::{choose, run};

const PLACE: &str = "/api/users/me/notifications";

async fn shown(caller: Caller<'_>) -> Value {
    let answer = caller.get(PLACE).await.expect(200);
    assert!(answer.round_trips <= 3, "{}", answer.round_trips);
    answer.json()["data"]["mail"].clone()
}

fn kinds(mail: &Value) -> Vec<&str> {
    mail.as_object().unwrap().keys().map(String::as_str).collect()
}

#[track_caller]
fn refused(answer: &Answer, field: &str, code: &str) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    let fault = &answer.json()["errors"][0];
    assert_eq!((fault["field"].as_str(), fault["code"].as_str()), (Some(field), Some(code)));
}

#[test]
fn everybody_gets_every_mail_of_their_role_until_they_choose() {
    run(async {
        let app = TestApp::new();
        let conversation = ["agent_reply", "status_changed", "ticket_received", "ticket_resolved", "ticket_shared"];
        for (role, desk) in [
            ("client", vec![]),
            ("analyst", vec!["client_reply", "mentioned", "reminder"]),
            ("agent", vec!["assigned", "client_reply", "mentioned", "reminder", "sla_breach", "sla_warning"]),
            ("manager", vec!["assigned", "client_reply", "escalated", "mentioned", "reminder", "sla_breach", "sla_warning"]),
            ("admin", vec!["assigned", "client_reply", "escalated", "mentioned", "reminder", "sla_breach", "sla_warning"]),
        ] {
            let mail = shown(app.signed_in("acme", role)).await;
            let mut expected: Vec<&str> = conversation.iter().copied().chain(desk).collect();
            expected.sort_unstable();
            let mut got = kinds(&mail);
            got.sort_unstable();
            assert_eq!(got, expected, "{role}");
            assert!(mail.as_object().unwrap().values().all(|on| on == true), "{role}");
        }
        app.anon("acme").get(PLACE).await.expect(401);
    });
}

#[test]
fn a_choice_stays_and_what_is_not_named_stays_as_it_was() {
    run(async {
        let app = TestApp::new();
        let body = json!({"mail": {"agent_reply": false, "ticket_resolved": false}});
        let answer = app.client("acme").patch(PLACE, body).await.expect(200);
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        let expected = json!({
            "agent_reply": false, "status_changed": true, "ticket_received": true, "ticket_resolved": false, "ticket_shared": true,
        });
        assert_eq!(answer.json(), json!({"data": {"mail": expected}}));
        choose(app.client("acme"), json!({"agent_reply": true, "status_changed": false})).await;
        choose(app.client("acme"), json!({"status_changed": false})).await;
        choose(app.client("acme"), json!({})).await;
        let mail = shown(app.client("acme")).await;
        assert_eq!(
            mail,
            json!({"agent_reply": true, "status_changed": false, "ticket_received": true, "ticket_resolved": false, "ticket_shared": true})
        );
        assert_eq!(
            app.asked("acme", "SELECT muted_notices FROM users WHERE muted_notices <> '[]'"),
            [r#"["status_changed","ticket_resolved"]"#]
        );
        assert!(shown(app.agent("acme")).await.as_object().unwrap().values().all(|on| on == true), "nobody else's changed");
        let lines = app.asked("acme", "SELECT detail FROM audit_logs WHERE action = 'account.mails_chosen' ORDER BY at, id");
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert!(lines.contains(&r#"{"off":["status_changed"],"on":["agent_reply"]}"#.to_owned()), "{lines:?}");
    });
}

#[test]
fn what_is_no_kind_of_ones_role_is_refused_and_changes_nothing() {
    run(async {
        let app = TestApp::new();
        for (role, kind) in
            [("client", "assigned"), ("client", "sla_breach"), ("agent", "escalated"), ("manager", "nothing"), ("client", "")]
        {
            let answer = app.signed_in("acme", role).patch(PLACE, json!({"mail": {"agent_reply": false, kind: false}})).await;
            refused(&answer, &format!("mail.{kind}"), "unknown_value");
        }
        refused(&app.client("acme").patch(PLACE, json!({"mail": {}, "push": {}})).await, "push", "unknown_field");
        refused(&app.client("acme").patch(PLACE, json!({})).await, "mail", "missing_field");
        refused(&app.client("acme").patch(PLACE, json!({"mail": {"agent_reply": "no"}})).await, "mail.agent_reply", "wrong_type");
        app.anon("acme").patch(PLACE, json!({"mail": {}})).await.expect(401);
        assert_eq!(app.asked("acme", "SELECT count(*) FROM users WHERE muted_notices <> '[]'"), ["0"]);
    });
}

#[test]
fn another_role_has_other_kinds_and_what_was_chosen_still_holds() {
    run(async {
        let app = TestApp::new();
        choose(app.client("acme"), json!({"agent_reply": false})).await;
        let person = format!("/api/users/{}", app.user_id("acme", "client"));
        app.admin("acme").patch(&person, json!({"role": "agent"})).await.expect(200);
        let mail = shown(app.client("acme")).await;
        assert_eq!((&mail["agent_reply"], &mail["assigned"]), (&json!(false), &json!(true)));
        choose(app.client("acme"), json!({"assigned": false})).await;
        app.admin("acme").patch(&person, json!({"role": "client"})).await.expect(200);
        let mail = shown(app.client("acme")).await;
        assert_eq!((&mail["agent_reply"], mail.get("assigned")), (&json!(false), None));
    });
}

#[test]
fn a_person_by_the_name_of_me_is_nobody_and_people_are_shown_as_before() {
    run(async {
        let app = TestApp::new();
        app.admin("acme").get("/api/users/me").await.expect(404);
        app.admin("acme").get(&format!("/api/users/{}", app.user_id("acme", "client"))).await.expect(200);
        app.admin("acme").get(&format!("/api/users/{}/notifications", app.user_id("acme", "client"))).await.expect(404);
    });
}

#[test]
fn the_profile_shows_a_switch_a_kind_and_saves_all_of_them_at_once() {
    run(async {
        let app = TestApp::new();
        let page = async || app.client("acme").in_browser().get("/profile").await.expect(200);
        let first = page().await;
        assert!(first.round_trips <= 3, "{}", first.round_trips);
        let text = first.text();
        assert_eq!(text.matches(r#"role="switch""#).count(), 5);
        assert!(text.contains(r#"id="notifications""#) && !text.contains(r#"value="assigned""#));
        let form = [("mail", "status_changed"), ("mail", "ticket_received")];
        let answer = app.client("acme").in_browser().submit("/profile/notifications", &form).await.expect(303);
        assert_eq!(answer.headers.get("location"), Some("/profile"));
        let text = page().await.text();
        for (kind, on) in [
            ("agent_reply", false),
            ("status_changed", true),
            ("ticket_received", true),
            ("ticket_resolved", false),
            ("ticket_shared", false),
        ] {
            assert_eq!(text.contains(&format!(r#"name="mail" value="{kind}" checked"#)), on, "{kind}");
        }
        app.client("acme").in_browser().submit("/profile/notifications", &[]).await.expect(303);
        assert!(!text_of_switches(&page().await.text()).contains("checked"));
        app.client("acme").in_browser().submit("/profile/notifications", &[("mail", "assigned")]).await.expect(422);
        // The desk's switches come first.
        let desk = app.manager("acme").in_browser().get("/profile").await.expect(200).text();
        assert_eq!(desk.matches(r#"role="switch""#).count(), 12);
        // A refused form of the same page still has them, also one that a script sends in part.
        for theme in [&[("theme", "dark")][..], &[]] {
            let form = [&[("name", ""), ("locale", "en"), ("time_zone", "UTC")][..], theme].concat();
            let refused = app.client("acme").in_browser().submit("/profile", &form).await.expect(422);
            assert_eq!(refused.text().matches(r#"role="switch""#).count(), 5);
        }
    });
}

fn text_of_switches(page: &str) -> String {
    page.split(r#"id="notifications""#).nth(1).unwrap().split("</form>").next().unwrap().to_owned()
}
