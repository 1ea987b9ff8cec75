//! What the composer offers to forward: messages that clients see, and all files; and to whom.

use std::collections::BTreeMap;

use shared::http::Query;
use shared::i18n::{self, DateStyle};
use shared::id::CommentId;
use shared::store::drafts::Draft;
use shared::ticket::forward::Quote;
use shared::ticket::{TicketView, Visibility};

use super::conversation;
use crate::context::Ctx;
use crate::pages::view::ticket::{Entry, Forward, ForwardFile, May};
use crate::pages::view::{Choice, Form};

/// Messages that can be quoted one by one: older ones go with the whole conversation, or by their own button.
const MESSAGES_MAX: usize = 10;
/// The composer's tab.
const TAB: &str = "forward";

/// The choices; what a refused form has chosen stays chosen.
pub fn forward(ctx: &Ctx<'_>, view: &TicketView, composer: &Form) -> Forward {
    let value = |field: &str| composer.values.get(field).map(String::as_str);
    let (quote, files) = (value("quote"), value("forward_file").unwrap_or_default());
    Forward {
        messages: messages(ctx, view, quote),
        people: people(view),
        files: view
            .attachments
            .iter()
            .flatten()
            .map(|file| ForwardFile {
                file: conversation::attachment(ctx, file),
                internal: file.visibility == Visibility::Internal,
                chosen: files.split(' ').any(|id| id == file.id),
            })
            .collect(),
    }
}

/// The latest messages, and the chosen one.
fn messages(ctx: &Ctx<'_>, view: &TicketView, quote: Option<&str>) -> Vec<Choice> {
    let public = view.comments.iter().flatten().rev().filter(|comment| comment.visibility == Visibility::Public);
    let label = |at, name: Option<&str>| {
        let when = i18n::date(ctx.locale, at, ctx.zone(), DateStyle::Long);
        format!("{}, {when}", name.unwrap_or(ctx.tenant.name()))
    };
    let mut messages: Vec<Choice> = public
        .enumerate()
        .filter(|(place, comment)| *place < MESSAGES_MAX || quote == Some(comment.id.as_str()))
        .map(|(_, comment)| {
            let name = comment.author.as_ref().map(|author| author.name.as_str());
            Choice::new(&comment.id, label(comment.created_at, name), quote)
        })
        .collect();
    // One that is further up than this page shows: without its line the form would send it without a quote.
    if let Some(earlier) = quote.filter(|quote| CommentId::parse(quote).is_ok())
        && messages.iter().all(|choice| !choice.selected)
    {
        messages.push(Choice::new(earlier, i18n::plain(ctx.locale, "forward-quote-earlier"), quote));
    }
    messages
}

/// Who follows the ticket or was written to from it, each once. Whoever asks is answered, not forwarded to.
fn people(view: &TicketView) -> Vec<Choice> {
    let outside = view.comments.iter().flatten().flat_map(|comment| &comment.forwarded_to).map(|address| (address, address));
    let followers = view.followers.iter().map(|follower| (&follower.email, follower.name.as_ref().unwrap_or(&follower.email)));
    let known: BTreeMap<&String, &String> = outside.chain(followers).collect();
    let is_other = |address: &&String| view.requester.email.as_ref() != Some(*address);
    known.into_iter().filter(|(address, _)| is_other(address)).map(|(address, name)| Choice::new(address, name, None)).collect()
}

/// The entry of the page at `address` with what forwards it, if the reader may. What clients see can be quoted; a note of the desk never
/// leaves it by this door.
pub fn offered(may: &May, address: &str, entry: Entry) -> Entry {
    if !may.reply || entry.kind != "reply" {
        return entry;
    }
    let quote = if entry.id.is_empty() { "opening" } else { &entry.id };
    Entry { forward_url: Some(format!("{address}?forward={quote}#forward-to")), ..entry }
}

/// The composer as a link to a message's forwarding asks for it: `?forward=` names what is quoted.
pub fn asked(query: &Query) -> Form {
    match query.filled("forward").filter(|quote| Quote::parse(quote).is_some()) {
        Some(quote) => Form::default().value("visibility", TAB).value("quote", quote),
        None => Form::default(),
    }
}

/// The composer with a message that was taken back and was to be forwarded. What is meant for the client is not.
pub fn taken_back(composer: Form, draft: &Draft) -> Form {
    let forward = draft.forward.as_ref().filter(|_| draft.visibility == Visibility::Internal);
    let Some(parcel) = forward else { return composer };
    let files: Vec<&str> = parcel.files.iter().map(shared::id::AttachmentId::as_str).collect();
    composer.value("visibility", TAB).value("to", parcel.recipients.join(", ")).value("forward_file", files.join(" "))
}
