//! Mail in and out through the whole product: what the tests of its parts have in common.

mod addresses;
mod answers;
mod bounces;
mod corpus;
mod crashes;
mod delivery;
mod desk;
mod forwarding;
mod gratitude;
mod originals;
mod story;
mod threading;
mod trust;

use functions::actions::{inbound, outbox};
use serde_json::{Value, json};
use shared::http::{Body, Method};
use shared::mail::parse::parse;
use shared::mail::{Envelope, InboundMail};
use tests::app::{Answer, TestApp};

/// A mail in the making.
#[derive(Clone)]
struct Letter {
    from: String,
    to: String,
    subject: String,
    fields: Vec<String>,
    text: String,
    id: Option<String>,
}

impl Letter {
    fn new(from: &str, subject: &str, text: &str) -> Self {
        Self {
            from: from.to_owned(),
            to: "support@acme.example".to_owned(),
            subject: subject.to_owned(),
            fields: Vec::new(),
            text: text.to_owned(),
            id: None,
        }
    }

    /// An answer to one of our mails, as a mail program writes it.
    fn answer(from: &str, to: &Sent, text: &str) -> Self {
        let mut letter = Self::new(from, &format!("Re: {}", to.mail.subject), text);
        letter.to.clone_from(&to.reply_to());
        letter
            .field("In-Reply-To", &format!("<{}>", to.mail.message_id))
            .field("References", &format!("<{}>", to.mail.message_id))
    }

    fn to(mut self, to: &str) -> Self {
        to.clone_into(&mut self.to);
        self
    }

    fn id(mut self, id: &str) -> Self {
        self.id = Some(id.to_owned());
        self
    }

    fn field(mut self, name: &str, value: &str) -> Self {
        self.fields.push(format!("{name}: {value}"));
        self
    }

    /// What the relay's own server found out about the sender.
    fn vouched(self, result: &str) -> Self {
        self.field("Authentication-Results", &format!("mx.relay.example; {result}"))
    }

    fn raw(&self) -> Vec<u8> {
        let mut head = String::new();
        // Results of the last server stand on top.
        for field in self.fields.iter().rev() {
            head.push_str(&format!("{field}\r\n"));
        }
        let id = self.id.clone().unwrap_or_else(|| {
            let digest = shared::auth::signer::sha256_hex(
                format!("{}{}{}{:?}", self.from, self.subject, self.text, self.fields).as_bytes(),
            );
            format!("{}@client.example", &digest[..24])
        });
        format!(
            "{head}From: {}\r\nTo: {}\r\nSubject: {}\r\nMessage-ID: <{id}>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0300\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}\r\n",
            self.from, self.to, self.subject, self.text.replace('\n', "\r\n")
        )
        .into_bytes()
    }
}

/// A mail of ours that left, read as its receiver reads it.
struct Sent {
    to: String,
    envelope_from: String,
    mail: InboundMail,
    raw: String,
}

impl Sent {
    fn reply_to(&self) -> String {
        self.mail.reply_to.first().map_or_else(|| self.mail.from.address.clone(), |mailbox| mailbox.address.clone())
    }
}

/// Brings a raw mail to a tenant as a relay does.
async fn bring_raw(app: &TestApp, slug: &str, query: &str, raw: Vec<u8>) -> Answer {
    app.anon(slug)
        .header("authorization", format!("Bearer {}", app.platform.config.service_token))
        .send(Method::Post, &format!("/api/inbound/email?{query}"), Body::Bytes(raw), Some("message/rfc822"))
        .await
}

/// Brings a mail to `acme` through the relay whose findings are believed.
async fn bring(app: &TestApp, letter: &Letter) -> Value {
    bring_raw(app, "acme", "authserv=mx.relay.example", letter.raw()).await.expect(202).json()
}

/// The same, and what became of it.
async fn outcome(app: &TestApp, letter: &Letter) -> String {
    let taken = bring(app, letter).await;
    match taken["reason"].as_str() {
        Some(reason) => format!("{}: {reason}", taken["outcome"].as_str().unwrap()),
        None => taken["outcome"].as_str().unwrap().to_owned(),
    }
}

/// Carries the outbox of `acme` out and answers what left.
async fn carried(app: &TestApp) -> Vec<Sent> {
    let report = app.as_product("acme", async |ctx| outbox::deliver_due(ctx, 100).await).await.unwrap();
    let left: Vec<Sent> = app.platform.outbox.borrow_mut().drain(..).map(|mail| read(mail.to, mail.from, &mail.raw)).collect();
    assert_eq!(report.sent, left.len());
    left
}

fn read(to: String, from: String, raw: &[u8]) -> Sent {
    let mail = parse(raw, &Envelope::default(), &[]).expect("our own mail can be read");
    Sent { to, envelope_from: from, mail, raw: String::from_utf8_lossy(raw).into_owned() }
}

/// The ticket with its comments, as the agent sees it.
async fn shown(app: &TestApp, ticket: &str) -> Value {
    app.agent("acme").get(&format!("/api/tickets/{ticket}?include=comments,history,attachments")).await.expect(200).json()
}

/// The number of a ticket, as people say it.
async fn number_of(app: &TestApp, ticket: &str) -> String {
    shown(app, ticket).await["number"].as_str().unwrap().to_owned()
}

/// The ticket that a mail opens.
async fn opened(app: &TestApp, letter: &Letter) -> String {
    bring(app, letter).await["ticket"].as_str().expect("a ticket").to_owned()
}

/// The agent answers a ticket.
async fn desk_says(app: &TestApp, ticket: &str, words: &str) {
    app.agent("acme").post(&format!("/api/tickets/{ticket}/comments"), json!({"body": words})).await.expect(201);
}

/// The agent moves a ticket on.
async fn set_status(app: &TestApp, ticket: &str, status: &str) {
    let change = json!({"status": status});
    app.agent("acme").header("if-match", "*").patch(&format!("/api/tickets/{ticket}"), change).await.expect(200);
}

/// A ticket that the client opened by mail, and the mail that the agent answered it with.
async fn answered_ticket(app: &TestApp) -> (String, Sent) {
    let letter = Letter::new("Client <client@acme.example>", "Posting stops", "Error 1203 since this morning.");
    let ticket = opened(app, &letter).await;
    desk_says(app, &ticket, "Which document?").await;
    let mut left = carried(app).await;
    let reply = left.remove(left.iter().position(|mail| mail.raw.contains("Which document?")).expect("the answer left"));
    (ticket, reply)
}

/// What the sweep does with mail that a crash left behind.
async fn swept(app: &TestApp) -> usize {
    app.as_product("acme", async |ctx| inbound::process_received(ctx, 10).await).await.unwrap()
}
