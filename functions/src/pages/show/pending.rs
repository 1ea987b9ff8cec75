//! Messages that wait on a ticket, as the desk sees them there.

use shared::mail::sanitize;
use shared::store::pending::Waiting;
use shared::ticket::{AttachmentView, CommentView, Later, Visibility};

use crate::context::Ctx;
use crate::pages::view::Person;
use crate::pages::view::ticket::{LaterChoice, Pending};

/// Below this many seconds a page counts them down.
const SOON_SECONDS: i64 = 60;

/// What waits. `comments` are the latest of the conversation, `files` those of the ticket.
pub fn pending(ctx: &Ctx<'_>, waiting: Vec<Waiting>, comments: &[CommentView], files: &[AttachmentView]) -> Vec<Pending> {
    let reader = ctx.actor.person().map(|person| &person.id);
    let one = |message: Waiting| {
        let left = (message.due_at - ctx.now).num_seconds();
        let is_news = |comment: &CommentView| {
            comment.created_at > message.created_at && !comment.author_is_staff && comment.visibility == Visibility::Public
        };
        Pending {
            id: message.id.to_string(),
            author: Person::new(message.author_id.as_str(), message.author_name).staff(true),
            note: message.visibility == Visibility::Internal,
            forward: message.forward.map(|parcel| parcel.recipients).unwrap_or_default(),
            body_html: sanitize::markdown_with_pictures(&message.body, &|id| files.iter().any(|file| file.id == id.as_str())),
            status: message.status.map(|status| status.as_str().to_owned()).unwrap_or_default(),
            due: message.due_at.into(),
            soon: (left < SOON_SECONDS).then(|| left.max(0)),
            news: comments.iter().any(is_news),
            mine: reader == Some(&message.author_id),
            held: message.held.unwrap_or_default(),
        }
    };
    waiting.into_iter().map(one).collect()
}

/// The moments at which a message can go out later, for the reader's zone.
pub fn laters(ctx: &Ctx<'_>) -> Vec<LaterChoice> {
    let choice = |later: Later| LaterChoice { name: later.as_str().to_owned(), at: later.moment(ctx.now, ctx.zone()).into() };
    Later::ALL.into_iter().map(choice).collect()
}
