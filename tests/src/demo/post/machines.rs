//! Mail of machines, and mail that only looks like a letter.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::mime::{Charset, Message, Part, date, mailbox, message_id, vouched, words};
use super::programs::Answered;
use super::{Stray, StrayKind};

/// The words of a mail server about a mailbox that is not there any more.
pub const GONE: &str = "550 5.1.1 User unknown in virtual mailbox table";

/// A report that a mail of ours could not be delivered to `recipient` (RFC 3464).
pub fn returned(answered: &Answered, recipient: &str, at: DateTime<Utc>, zone: Tz) -> Vec<u8> {
    let host = recipient.rsplit_once('@').map_or("mail.example", |(_, host)| host);
    let daemon = format!("mailer-daemon@mx.{host}");
    let id = message_id(&daemon, at, recipient);
    let fields = vec![
        ("Return-Path", "<>".to_owned()),
        ("Date", date(at, zone)),
        ("From", mailbox("Mail Delivery System", &daemon)),
        ("To", answered.envelope_from.clone()),
        ("Subject", "Undelivered Mail Returned to Sender".to_owned()),
        ("Auto-Submitted", "auto-replied".to_owned()),
        ("Message-ID", format!("<{id}>")),
    ];
    let notice = format!(
        "This is the mail system at host mx.{host}.\n\nYour message could not be delivered to one or more recipients.\n\n\
         <{recipient}>: {GONE}\n"
    );
    let status = format!(
        "Reporting-MTA: dns; mx.{host}\nArrival-Date: {}\n\nFinal-Recipient: rfc822; {recipient}\nAction: failed\nStatus: 5.1.1\n\
         Remote-MTA: dns; mx.{host}\nDiagnostic-Code: smtp; {GONE}\n",
        date(answered.at, zone)
    );
    let headers = format!("Message-ID: <{}>\nTo: {recipient}\n", answered.message_id);
    let parts = vec![
        Part::Text("plain", Charset::Utf8, notice),
        Part::Plain("message/delivery-status", status),
        Part::Plain("text/rfc822-headers", headers),
    ];
    Message { fields, content: Part::Multi("report; report-type=delivery-status", parts), id }.bytes()
}

/// The answer of a program while its owner is away (RFC 3834).
pub fn away(from: (&str, &str), answered: &Answered, subject: &str, text: &str, at: DateTime<Utc>, zone: Tz) -> Vec<u8> {
    let (name, address) = from;
    let id = message_id(address, at, subject);
    let fields = vec![
        ("Authentication-Results", vouched(address)),
        ("Date", date(at, zone)),
        ("From", mailbox(name, address)),
        ("To", answered.reply_to.clone()),
        ("Subject", words(&format!("{subject}: {}", answered.subject))),
        ("Auto-Submitted", "auto-replied".to_owned()),
        ("X-Auto-Response-Suppress", "All".to_owned()),
        ("In-Reply-To", format!("<{}>", answered.message_id)),
        ("Message-ID", format!("<{id}>")),
    ];
    Message { fields, content: Part::Text("plain", Charset::Utf8, text.to_owned()), id }.bytes()
}

/// A mail that answers nothing, to the desk's mailbox.
pub fn stray(stray: &Stray, mailbox_of_desk: &str, at: DateTime<Utc>, zone: Tz) -> Vec<u8> {
    let is_spoof = stray.kind == StrayKind::Spoof;
    let address = if is_spoof { mailbox_of_desk } else { &stray.address };
    let server = if is_spoof { "relay@bulk-host.example" } else { address };
    let id = message_id(server, at, &stray.subject);
    let mut fields = Vec::new();
    if !is_spoof {
        fields.push(("Authentication-Results", vouched(address)));
    }
    fields.push(("Date", date(at, zone)));
    fields.push(("From", mailbox(&stray.name, address)));
    fields.push(("To", mailbox_of_desk.to_owned()));
    if !stray.subject.is_empty() {
        fields.push(("Subject", words(&stray.subject)));
    }
    fields.push(("Message-ID", format!("<{id}>")));
    match &stray.kind {
        StrayKind::Newsletter { .. } => {
            let host = address.rsplit_once('@').map_or("list.example", |(_, host)| host);
            fields.push(("List-Id", format!("<news.{host}>")));
            fields.push(("List-Unsubscribe", format!("<https://{host}/unsubscribe>")));
            fields.push(("Precedence", "bulk".to_owned()));
        }
        StrayKind::Away => fields.push(("Auto-Submitted", "auto-replied".to_owned())),
        StrayKind::Stranger(_) | StrayKind::Blank | StrayKind::Spoof => {}
    }
    Message { fields, content: Part::Text("plain", Charset::Utf8, stray.body.clone()), id }.bytes()
}
