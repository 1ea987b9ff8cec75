//! Tickets of people of whom nobody knows whether the address is their own: what the web form and incoming mail bring.

use functions::actions::tickets::{Commented, Created, NewComment, NewTicket, Requester, comment, create};
use functions::context::Ctx;
use serde_json::json;
use shared::access::Actor;
use shared::database::{PlatformDb, TenantDb};
use shared::mail::Mailbox;
use shared::platform::Platform as _;
use shared::store::platform;
use shared::tenant::Tenant;
use shared::ticket::{Body, Channel, Reference, Title};
use tests::app::TestApp;

use super::{mails, path};

async fn acme(app: &TestApp) -> Tenant {
    let database = app.platform.database("PLATFORM_DB").expect("bound");
    let rows = PlatformDb::new(database.as_ref()).run(platform::tenant_of_host("acme.example")).await.expect("a row");
    platform::tenants(&rows).expect("tenants").remove(0)
}

/// A ticket as the public form opens it.
async fn from_form(app: &TestApp, address: &str) -> Created {
    let tenant = acme(app).await;
    let database = app.platform.database("TENANT_DB_1").expect("bound");
    let mut ctx = Ctx::for_job(&app.platform, &tenant, TenantDb::new(database.as_ref(), &tenant), "form".to_owned());
    ctx.actor = Actor::Anonymous;
    let requester = Requester::Email { address: address.to_owned(), name: Some("CANARY Name".to_owned()), locale: None };
    let title = Title::parse("title", "CANARY title").expect("a title");
    let body = Body::parse("description", "CANARY text").expect("a text");
    let mut new = NewTicket::new(ctx.ids(), title, body, requester, Channel::Web);
    new.from_unverified = true;
    new.cc = vec![Mailbox::new(None, &tenant.mailbox()).expect("an address")];
    create(&ctx, new).await.expect("a ticket")
}

#[test]
fn nothing_that_was_typed_goes_back_before_the_address_is_confirmed() {
    pollster::block_on(async {
        let app = TestApp::new();
        let created = from_form(&app, "stranger@elsewhere.example").await;
        assert_eq!(mails(&app), ["confirm_address to stranger@elsewhere.example"]);
        let data = app.asked("acme", "SELECT data || COALESCE(ticket_id, '') FROM outbox");
        assert!(!data[0].contains("CANARY") && !data[0].contains("tkt_"), "{}", data[0]);
        // Also when the address is that of somebody who is known: whoever typed it has not shown to be the one.
        from_form(&app, "client@acme.example").await;
        assert!(mails(&app).contains(&"confirm_address to client@acme.example".to_owned()));
        // The desk answers, and the mail is told not to repeat the title.
        let shown = app.agent("acme").get(&format!("/api/tickets/{}", created.id())).await.expect(200).json();
        assert_eq!(shown["title"], "CANARY title");
        assert_eq!(shown["followers"], json!([]), "our own mailbox follows nothing");
        app.agent("acme").post(&format!("{}/comments", path(&shown)), json!({"body": "We look into it."})).await.expect(201);
        assert_eq!(app.asked("acme", "SELECT json_extract(data, '$.echo') FROM outbox WHERE template = 'agent_reply'"), ["0"]);
    });
}

#[test]
fn one_address_is_one_person_however_often_it_writes() {
    pollster::block_on(async {
        let app = TestApp::new();
        let one = from_form(&app, "stranger@elsewhere.example").await;
        let other = from_form(&app, "stranger@elsewhere.example").await;
        assert_eq!(one.row.requester_id, other.row.requester_id);
        assert_eq!(
            app.asked("acme", "SELECT role || ' ' || status FROM users WHERE email = 'stranger@elsewhere.example'"),
            ["client unverified"]
        );
    });
}

#[test]
fn our_own_mailbox_opens_no_ticket() {
    pollster::block_on(async {
        let app = TestApp::new();
        let answer = app
            .agent("acme")
            .post("/api/tickets", json!({"title": "a", "description": "b", "requester": {"email": "support@acme.example"}}))
            .await;
        super::named(&answer, "requester", "own_address");
    });
}

#[test]
fn what_a_machine_writes_is_kept_and_starts_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        let created = from_form(&app, "stranger@elsewhere.example").await;
        let ticket = json!({"id": created.id().as_str()});
        super::changed(&app, &ticket, json!({"status": "resolved"})).await;
        let tenant = acme(&app).await;
        let database = app.platform.database("TENANT_DB_1").expect("bound");
        let ctx = Ctx::for_job(&app.platform, &tenant, TenantDb::new(database.as_ref(), &tenant), "mail".to_owned());
        let mut new = NewComment::new(
            ctx.ids(),
            Body::parse("body", "I am out of the office until Monday").expect("a text"),
            Channel::Email,
        );
        new.automatic = true;
        new.author = Some(functions::actions::tickets::Author {
            user: Some(created.row.requester_id.clone()),
            name: created.row.requester_name.clone(),
            email: created.row.requester_email.clone(),
            party: shared::ticket::Party::Client,
        });
        let done = comment(&ctx, &Reference::from(created.id()), &new).await.expect("kept");
        assert!(matches!(&done, Commented::Added { ticket, .. } if ticket.status == shared::ticket::Status::Resolved));
        // The same words by hand, in the requester's name, reopen it.
        new.automatic = false;
        new.id = ctx.ids().next();
        let done = comment(&ctx, &Reference::from(created.id()), &new).await.expect("kept");
        assert!(matches!(&done, Commented::Added { ticket, .. } if ticket.status == shared::ticket::Status::InProgress));
    });
}
