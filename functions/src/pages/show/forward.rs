//! What the composer offers to forward: messages that clients see, and all files.

use shared::i18n::{self, DateStyle};
use shared::store::drafts::Draft;
use shared::ticket::{TicketView, Visibility};

use super::conversation;
use crate::context::Ctx;
use crate::pages::view::ticket::{Forward, ForwardFile};
use crate::pages::view::{Choice, Form};

/// Messages that can be quoted one by one: older ones go with the whole conversation.
const MESSAGES_MAX: usize = 10;

/// The choices; what a refused form has chosen stays chosen.
pub fn forward(ctx: &Ctx<'_>, view: &TicketView, composer: &Form) -> Forward {
    let value = |field: &str| composer.values.get(field).map(String::as_str);
    let (quote, files) = (value("quote"), value("forward_file").unwrap_or_default());
    let public = view.comments.iter().flatten().rev().filter(|comment| comment.visibility == Visibility::Public);
    let label = |at, name: Option<&str>| {
        let when = i18n::date(ctx.locale, at, ctx.zone(), DateStyle::Long);
        format!("{}, {when}", name.unwrap_or(ctx.tenant.name()))
    };
    Forward {
        messages: public
            .take(MESSAGES_MAX)
            .map(|comment| {
                let name = comment.author.as_ref().map(|author| author.name.as_str());
                Choice::new(&comment.id, label(comment.created_at, name), quote)
            })
            .collect(),
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

/// The composer with a message that was taken back and was to be forwarded. What is meant for the client is not.
pub fn taken_back(composer: Form, draft: &Draft) -> Form {
    let forward = draft.forward.as_ref().filter(|_| draft.visibility == Visibility::Internal);
    let Some(parcel) = forward else { return composer };
    let files: Vec<&str> = parcel.files.iter().map(shared::id::AttachmentId::as_str).collect();
    composer.value("visibility", "forward").value("to", parcel.recipients.join(", ")).value("forward_file", files.join(" "))
}
