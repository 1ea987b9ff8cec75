//! Signing in by providers of identities: set up, gone through, linked, and every way in which a provider can lie.

mod back_channel;
mod ending;
mod levels;
mod lies;
mod linking;
mod setting_up;
mod signing_in;

use std::rc::Rc;

use serde_json::{Value, json};
use tests::app::{Answer, Caller, TestApp};
use tests::native::FakeProvider;

const ISSUER: &str = "https://login.corp.example";

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

/// A product and a provider that can be asked, which knows `anna`.
fn stand() -> (TestApp, Rc<FakeProvider>) {
    let app = TestApp::new();
    let provider = FakeProvider::new(ISSUER, app.platform.now.get());
    provider.person(
        "anna",
        json!({"name": "Anna Petrova", "email": "Anna@corp.example", "email_verified": true, "groups": ["desk"]}),
    );
    app.platform.providers.borrow_mut().insert(ISSUER.to_owned(), Rc::clone(&provider));
    (app, provider)
}

/// A provider as it is sent, with some fields otherwise.
fn form(more: Value) -> Value {
    let mut form = json!({
        "name": "Corp", "issuer": ISSUER, "client_id": "portal", "client_secret": "portal secret",
        "mappings": [{"group": "desk", "role": "agent"}], "default_role": "client", "create_people": true, "domains": ["corp.example"]
    });
    for (name, value) in more.as_object().expect("fields") {
        form[name] = value.clone();
    }
    form
}

/// Sets the provider up; answers its id.
async fn set_up(app: &TestApp, more: Value) -> String {
    let made = app.admin("acme").post("/api/identity-providers", form(more)).await.expect(201).json();
    made["id"].as_str().expect("an id").to_owned()
}

/// A sign-in that has begun: where the browser is sent, and what it keeps.
struct Begun {
    location: String,
    cookie: String,
}

/// What a browser keeps of an answer under that name.
pub(crate) fn kept(answer: &Answer, name: &str) -> Option<String> {
    let begins = format!("__Host-{name}=");
    let fields = answer.headers.iter().filter(|(field, _)| *field == "set-cookie");
    let values = fields.filter_map(|(_, value)| value.strip_prefix(begins.as_str()));
    values.filter_map(|value| value.split(';').next()).find(|value| !value.is_empty()).map(str::to_owned)
}

fn begun(answer: &Answer) -> Begun {
    Begun {
        location: answer.headers.get("location").expect("a location").to_owned(),
        cookie: format!("__Host-sso={}", kept(answer, "sso").expect("a cookie")),
    }
}

async fn begin(app: &TestApp, id: &str) -> Begun {
    let answer = app.anon("acme").get(&format!("/login/sso/{id}?next=/tickets/new")).await.expect(303);
    assert!(answer.round_trips <= 2, "{}", answer.round_trips);
    begun(&answer)
}

/// The browser comes back with that.
async fn back(caller: Caller<'_>, id: &str, cookie: &str, query: &str) -> Answer {
    let answer = caller.header("cookie", cookie).get(&format!("/login/sso/{id}/callback?{query}")).await;
    assert!(answer.round_trips <= 3, "{}", answer.round_trips);
    assert!(answer.status == 404 || answer.headers.get("referrer-policy") == Some("no-referrer"));
    answer
}

/// Signs somebody in by the provider, as far as that goes.
async fn sign_in(app: &TestApp, provider: &FakeProvider, id: &str, subject: &str) -> Answer {
    let begun = begin(app, id).await;
    let query = provider.agree(&begun.location, subject);
    back(app.anon("acme"), id, &begun.cookie, &query).await
}

/// Why the latest sign-in was refused, as the audit log has it.
pub(crate) fn last_fault(app: &TestApp) -> Option<String> {
    let sql = "SELECT json_extract(detail, '$.fault') FROM audit_logs WHERE action = 'session.refused' ORDER BY seq DESC LIMIT 1";
    app.asked("acme", sql).into_iter().next()
}

fn count(app: &TestApp, table: &str) -> String {
    app.asked("acme", &format!("SELECT COUNT(*) FROM {table}")).remove(0)
}

/// What [`enrol`] gives beside an authenticator.
pub(crate) const RECOVERY_CODE: &str = "3f1c0a5b-e8d94f7c-9e2b6a7d-4c5f8e10";

/// Gives whoever has that address an authenticator, and an unused recovery code.
pub(crate) fn enrol(app: &TestApp, email: &str) {
    let digest = shared::auth::recovery::digest(RECOVERY_CODE).unwrap();
    app.tenant_database("acme").inspect(|connection| {
        let factor = "INSERT INTO second_factors (tenant_id, user_id, secret, key_id, created_at, confirmed_at, last_step)
            SELECT tenant_id, id, 'x', 'x', 1, 1, 0 FROM users WHERE email = ?1 ON CONFLICT DO NOTHING";
        connection.execute(factor, [email]).unwrap();
        let code = "INSERT INTO recovery_codes (tenant_id, user_id, code_hash, created_at)
            SELECT tenant_id, id, ?2, 1 FROM users WHERE email = ?1
            ON CONFLICT DO UPDATE SET used_at = NULL";
        connection.execute(code, [email, &digest]).unwrap();
    });
}

/// A column of the people of acme, by address.
pub(crate) fn of(app: &TestApp, email: &str, column: &str) -> Option<String> {
    app.asked("acme", &format!("SELECT {column} FROM users WHERE email = '{email}'")).into_iter().next()
}
