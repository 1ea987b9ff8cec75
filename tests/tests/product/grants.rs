//! Roles given for a time, deputies, and policies over attributes: who may do what, from when until when, and why.

mod deputies;
mod explaining;
mod giving;
mod pages;
mod policies;
mod policy_matrix;
mod programs;
mod time_matrix;

use serde_json::{Value, json};
use tests::app::{Answer, Caller, TestApp};

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

/// A moment of the tests' day, as the API writes it: minutes after its start.
fn moment(minutes: i64) -> String {
    (tests::app::start_of_time() + chrono::TimeDelta::minutes(minutes)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

fn id_of(answer: &Value) -> String {
    answer["id"].as_str().unwrap().to_owned()
}

/// Gives a role; answers the grant's path.
async fn give(app: &TestApp, body: Value) -> String {
    let made = app.admin("acme").post("/api/grants", body).await.expect(201).json();
    format!("/api/grants/{}", id_of(&made))
}

/// Makes a role of the tenant's own and gives it to the tests' person of `who` for good.
async fn reduce(app: &TestApp, who: &str, permissions: &[&str]) {
    let body = json!({"name": format!("Only for {who}"), "base": who, "permissions": permissions});
    let role = app.admin("acme").post("/api/roles", body).await.expect(201).json();
    let path = format!("/api/users/{}", app.user_id("acme", who));
    app.admin("acme").patch(&path, json!({"role": role["id"]})).await.expect(200);
}

/// A ticket of the tests' client, with some of its columns as they are wanted; answers its id.
async fn ticket(app: &TestApp, title: &str, columns: &str) -> String {
    let body = json!({"title": title, "description": "words"});
    let id = id_of(&app.client("acme").post("/api/tickets", body).await.expect(201).json());
    if !columns.is_empty() {
        app.tenant_database("acme").inspect(|connection| {
            connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
            connection.execute(&format!("UPDATE tickets SET {columns} WHERE id = ?1"), [&id]).unwrap();
        });
    }
    id
}

/// Which of the tickets the list, the single ticket and the search show; all three must agree.
async fn seen(app: &TestApp, who: &str, tickets: &[(&str, String)]) -> Vec<String> {
    let caller = || app.signed_in("acme", who);
    let listed = async |target: &str| {
        let answer = caller().get(target).await;
        if answer.status == 403 {
            return Vec::new();
        }
        let rows = answer.expect(200).json();
        let ids: Vec<String> = rows["data"].as_array().unwrap().iter().map(id_of).collect();
        tickets.iter().filter(|(_, id)| ids.contains(id)).map(|(name, _)| (*name).to_owned()).collect()
    };
    let list: Vec<String> = listed("/api/tickets").await;
    let search: Vec<String> = listed("/api/tickets?q=words").await;
    let mut single = Vec::new();
    for (name, id) in tickets {
        match caller().get(&format!("/api/tickets/{id}")).await.status {
            200 => single.push((*name).to_owned()),
            403 | 404 => {}
            status => panic!("{status} for {name}"),
        }
    }
    assert_eq!(list, single, "list and single ticket");
    assert_eq!(search, single, "search and single ticket");
    single
}

/// The first fault of a 422: field and code.
fn fault(answer: &Answer) -> (String, String) {
    let fault = &answer.json()["errors"][0];
    (fault["field"].as_str().unwrap().to_owned(), fault["code"].as_str().unwrap().to_owned())
}

/// What somebody may do by what the product tells them.
async fn permissions(caller: Caller<'_>) -> Vec<String> {
    let me = caller.get("/api/auth/me").await.expect(200).json();
    me["permissions"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// Actions that the audit log has of a subject.
fn audited(app: &TestApp, subject: &str) -> Vec<String> {
    app.asked("acme", &format!("SELECT action FROM audit_logs WHERE subject = '{subject}' ORDER BY action"))
}
