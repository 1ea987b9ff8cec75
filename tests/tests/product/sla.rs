//! Service levels as the product keeps them: what is told when, and to whom.
//!
//! Tickets are opened on Monday at 10:00 in Moscow; a tenant without policies works from 9 to 18 and promises what specification
//! 2.2.1 says.

mod calendar_dates;
mod delivering;
mod firing;
mod pages;
mod promising;
mod recounting;
mod rules;
mod violations;
mod zones;

use functions::actions::jobs::{self, JobReport};
use serde_json::{Value, json};
use shared::id::TenantId;
use shared::job::Job;
use tests::app::TestApp;

/// The alarm of the tenant's clock, as the queue brings it.
async fn ring(app: &TestApp, slug: &str) -> JobReport {
    let report = jobs::run(&app.platform, &Job::Sla { tenant: tenant(slug) }).await;
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    report
}

fn tenant(slug: &str) -> TenantId {
    let digit = if slug == "acme" { 'a' } else { 'b' };
    TenantId::parse(&format!("tnt_{}", digit.to_string().repeat(32))).expect("an id")
}

/// A ticket of the client, with what `more` adds to it.
async fn opened(app: &TestApp, slug: &str, more: Value) -> Value {
    let mut body = json!({"title": "Printer prints nothing", "description": "Since this morning."});
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    app.client(slug).post("/api/tickets", body).await.expect(201).json()
}

fn path(ticket: &Value) -> String {
    format!("/api/tickets/{}", ticket["id"].as_str().expect("an id"))
}

async fn seen(app: &TestApp, slug: &str, ticket: &Value) -> Value {
    app.agent(slug).get(&path(ticket)).await.expect(200).json()
}

/// Lines of the history that clocks have left, in order.
fn told(app: &TestApp, slug: &str) -> Vec<String> {
    app.asked(slug,
        "SELECT kind || ' ' || COALESCE(old_value || ' ', '') || new_value FROM ticket_history WHERE kind LIKE 'sla%' ORDER BY at, id",
    )
}

/// Notices that wait in the outbox.
fn notices(app: &TestApp, slug: &str) -> Vec<String> {
    app.asked(
        slug,
        "SELECT template || ' to ' || recipient FROM outbox WHERE template LIKE 'sla%' ORDER BY created_at, template, recipient",
    )
}
