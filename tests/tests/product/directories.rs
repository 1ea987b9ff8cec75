//! Companies' directories: set up by an administrator, asked at a sign-in, gone through now and then.

mod lies;
mod pages;
mod rounds;
mod setting_up;
mod signing_in;

use std::rc::Rc;

use serde_json::{Value, json};
use tests::app::{Answer, TestApp};
use tests::native::FakeDirectory;

const HOST: &str = "ldap.corp.example";
const DESK: &str = "cn=desk,ou=groups,dc=acme,dc=example";

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

/// A product and a directory that can be reached.
fn stand() -> (TestApp, Rc<FakeDirectory>) {
    let app = TestApp::new();
    let directory = FakeDirectory::new();
    app.platform.machines.borrow_mut().insert(HOST.to_owned(), Rc::clone(&directory));
    (app, directory)
}

/// A directory as it is sent, with some fields otherwise.
fn form(more: Value) -> Value {
    let mut form = json!({
        "name": "Head office", "host": HOST, "base_dn": "dc=acme,dc=example", "bind_dn": "cn=portal,dc=acme,dc=example",
        "bind_password": "portal secret", "mappings": [{"group": DESK, "role": "agent"}], "default_role": "client",
        "create_people": true, "domains": ["corp.example"], "sync_hours": 6
    });
    for (name, value) in more.as_object().expect("fields") {
        form[name] = value.clone();
    }
    form
}

/// Sets the directory up; answers its id.
async fn set_up(app: &TestApp, more: Value) -> String {
    let made = app.admin("acme").post("/api/directories", form(more)).await.expect(201).json();
    made["id"].as_str().expect("an id").to_owned()
}

async fn login(app: &TestApp, username: &str, password: &str) -> Answer {
    app.anon("acme").post("/api/auth/login", json!({"username": username, "password": password})).await
}

async fn code(app: &TestApp, username: &str, password: &str) -> String {
    let answer = login(app, username, password).await;
    answer.json()["code"].as_str().unwrap_or("in").to_owned()
}

/// A column of the people of acme, by address.
fn of(app: &TestApp, email: &str, column: &str) -> Option<String> {
    app.asked("acme", &format!("SELECT {column} FROM users WHERE email = '{email}'")).into_iter().next()
}
