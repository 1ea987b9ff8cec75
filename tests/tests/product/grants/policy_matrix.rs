//! Policies: kinds of conditions x allow and deny x what the one who asks is like. Lists, single tickets and searches agree, and so
//! does the explanation.

use super::*;

/// A condition, which tickets it is about (`critical`, `low`), and for which actors it holds.
struct Kind {
    name: &'static str,
    condition: Value,
    tickets: &'static [&'static str],
    holds_for_the_agent: bool,
}

const BOTH: &[&str] = &["critical", "low"];

fn kinds(app: &TestApp, department: &str, group: &str) -> Vec<Kind> {
    let agent = app.user_id("acme", "agent");
    let var = |name: &str| json!({ "var": name });
    let kind = |name, condition, tickets, holds_for_the_agent| Kind { name, condition, tickets, holds_for_the_agent };
    vec![
        kind("always", json!(true), BOTH, true),
        kind("never", json!(false), BOTH, false),
        kind("this person", json!({"==": [var("actor.id"), agent]}), BOTH, true),
        kind("another person", json!({"!=": [var("actor.id"), agent]}), BOTH, false),
        kind("role", json!({"in": [var("actor.role"), ["agent", "analyst"]]}), BOTH, true),
        kind("another role", json!({"==": [var("actor.role"), "client"]}), BOTH, false),
        kind("department", json!({"==": [var("actor.department"), department]}), BOTH, true),
        kind("no department", json!({"==": [var("actor.department"), null]}), BOTH, false),
        kind("group", json!({"in": [group, var("actor.groups")]}), BOTH, true),
        kind("not of the group", json!({"!": {"in": [group, var("actor.groups")]}}), BOTH, false),
        kind("domain", json!({"==": [var("actor.email_domain"), "acme.example"]}), BOTH, true),
        kind("network", json!({"in_network": [var("request.address"), ["192.0.2.0/24"]]}), BOTH, true),
        kind("another network", json!({"in_network": [var("request.address"), ["198.51.100.0/24"]]}), BOTH, false),
        kind("working hours", json!({"<=": ["09:00", var("request.time"), "18:00"]}), BOTH, true),
        kind("at night", json!({">": [var("request.time"), "22:00"]}), BOTH, false),
        kind("on Mondays", json!({"==": [var("request.weekday"), 1]}), BOTH, true),
        kind("at the weekend", json!({">=": [var("request.weekday"), 6]}), BOTH, false),
        kind("priority", json!({"==": [var("ticket.priority"), "critical"]}), &["critical"], true),
        kind("not that priority", json!({"!=": [var("ticket.priority"), "critical"]}), &["low"], true),
        kind("tag", json!({"in": ["vip", var("ticket.tags")]}), &["critical"], true),
        kind("one of some", json!({"in": [var("ticket.priority"), ["low", "medium"]]}), &["low"], true),
        kind(
            "person and ticket",
            json!({"and": [{"==": [var("actor.role"), "agent"]}, {"==": [var("ticket.priority"), "low"]}]}),
            &["low"],
            true,
        ),
        kind(
            "person or ticket",
            json!({"or": [{"==": [var("actor.role"), "client"]}, {"==": [var("ticket.priority"), "critical"]}]}),
            &["critical"],
            true,
        ),
    ]
}

#[test]
fn each_kind_of_condition_gives_and_denies_what_it_says_everywhere() {
    run(async {
        let app = TestApp::new();
        let agent = app.user_id("acme", "agent");
        let department = id_of(&app.admin("acme").post("/api/departments", json!({"name": "D"})).await.expect(201).json());
        app.admin("acme").patch(&format!("/api/users/{agent}"), json!({"department": department})).await.expect(200);
        let group = id_of(&app.admin("acme").post("/api/groups", json!({"name": "Night"})).await.expect(201).json());
        app.admin("acme").post(&format!("/api/groups/{group}/members"), json!({"user": agent})).await.expect(201);
        let tickets = [
            ("critical", ticket(&app, "A", "priority = 'critical', tags = '[\"vip\"]', assignee_id = NULL").await),
            ("low", ticket(&app, "B", "priority = 'low', tags = '[]', assignee_id = NULL").await),
        ];
        for effect in ["deny", "allow"] {
            if effect == "allow" {
                reduce(&app, "agent", &["desk.read"]).await;
            }
            for kind in kinds(&app, &department, &group) {
                let body =
                    json!({"name": kind.name, "effect": effect, "permissions": ["ticket.read"], "condition": kind.condition});
                let made = app.admin("acme").post("/api/policies", body).await.expect(201).json();
                let holds: Vec<&str> = if kind.holds_for_the_agent { kind.tickets.to_vec() } else { Vec::new() };
                let expected: Vec<&str> =
                    BOTH.iter().copied().filter(|name| holds.contains(name) == (effect == "allow")).collect();
                assert_eq!(seen(&app, "agent", &tickets).await, expected, "{effect} {}", kind.name);
                for (name, id) in &tickets {
                    let asked = json!({"ticket": id, "user": agent, "address": "192.0.2.7"});
                    if effect == "deny" && kind.name == "always" {
                        // Who is denied the ticket cannot ask about it either.
                        app.admin("acme").post("/api/policies/explain", asked).await.expect(404);
                        continue;
                    }
                    let caller = app.admin("acme").from_network("203.0.113.9");
                    let answer = caller.post("/api/policies/explain", asked).await;
                    if answer.status == 404 {
                        assert_eq!(effect, "deny");
                        continue;
                    }
                    let decision = answer.expect(200).json()["data"][0].clone();
                    assert_eq!(decision["may"], expected.contains(name), "{effect} {} {name}: {decision}", kind.name);
                    let list = if effect == "deny" { "denied_by" } else { "given_by" };
                    let named = decision[list].as_array().unwrap().iter().any(|one| one["name"] == kind.name);
                    assert_eq!(named, holds.contains(name), "{effect} {} {name}: {decision}", kind.name);
                }
                let path = format!("/api/policies/{}", id_of(&made));
                app.admin("acme").delete(&path).await.expect(204);
            }
        }
    });
}
