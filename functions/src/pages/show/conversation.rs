//! A ticket's conversation: the description, a page of comments, and for staff the changes in between, folded.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::Request;
use shared::id::AttachmentId;
use shared::mail::sanitize;
use shared::store::comments::Before;
use shared::ticket::{AttachmentView, Channel, CommentView, HistoryView, Visibility, picture};

use super::change;
use crate::actions::tickets::conversation::Opened;
use crate::context::Ctx;
use crate::pages::show::delivery::failure;
use crate::pages::view::ticket::{Entry, Event};
use crate::pages::view::{Attachment, Person, size_label};

/// Changes that are shown as something else: the comment itself, the first entry.
const SHOWN_OTHERWISE: &[&str] = &["created", "comment", "note", "forwarded", "mentioned"];

/// The page of the conversation, oldest first. The view holds only what the actor may see, and so does this.
pub fn entries(ctx: &Ctx<'_>, opened: &Opened) -> Vec<Entry> {
    let view = &opened.view;
    let mut entries: Vec<Entry> = view.comments.iter().flatten().map(|comment| of_comment(ctx, comment, opened)).collect();
    if opened.internal {
        let events = view
            .history
            .iter()
            .flatten()
            .filter(|line| !SHOWN_OTHERWISE.contains(&line.kind.as_str()))
            .map(|line| change::event(ctx, line));
        entries.extend(events.map(|event| Entry {
            kind: "events".to_owned(),
            at: event.at.clone(),
            events: vec![event],
            ..blank()
        }));
        entries.sort_by_key(|entry| entry.at.ms);
        fold(&mut entries);
    }
    entries
}

/// The place before which `?before=` asks for the conversation; `None` asks for the latest.
pub fn before(request: &Request) -> Result<Option<Before>, ApiError> {
    let place = |text| Before::parse(text).ok_or_else(|| ApiError::malformed("not a place in a conversation"));
    request.query.filled("before").map(place).transpose()
}

/// The address of the part before the opened one, if there is one, on the page at `address`.
pub fn older(address: &str, opened: &Opened) -> Option<String> {
    opened.older.as_ref().map(|place| format!("{address}?before={}", place.text()))
}

/// The latest of these changes, newest first.
pub fn history(ctx: &Ctx<'_>, changes: &[HistoryView], most: usize) -> Vec<Event> {
    let changes = changes.iter().rev().filter(|line| line.kind != "comment" && line.kind != "note");
    changes.take(most).map(|line| change::event(ctx, line)).collect()
}

/// Files as pages show them.
pub fn attachment(ctx: &Ctx<'_>, file: &AttachmentView) -> Attachment {
    let unit = |key| shared::i18n::plain(ctx.locale, key);
    let (bytes, kilo, mega) = (unit("unit-bytes"), unit("unit-kilobytes"), unit("unit-megabytes"));
    let size = i64::try_from(file.size).unwrap_or(i64::MAX);
    Attachment {
        id: file.id.clone(),
        name: file.file_name.clone(),
        size,
        size_label: size_label(size, [&bytes, &kilo, &mega]),
        image: is_picture(&file.media_type),
    }
}

/// The ticket's description: what every page of the conversation begins with.
pub fn opening(ctx: &Ctx<'_>, opened: &Opened) -> Entry {
    let view = &opened.view;
    let mail = opened.origin.as_ref();
    // What somebody quoted to open a ticket may be what the desk was told.
    let quoted = mail.and_then(|mail| mail.quoted.as_deref()).filter(|_| opened.internal);
    let requester = &view.requester;
    let files = view.attachments.as_deref().unwrap_or_default();
    Entry {
        kind: "reply".to_owned(),
        author: Some(Person::new(requester.id.clone().unwrap_or_default(), &requester.name)),
        channel: view.channel.as_str().to_owned(),
        at: view.created_at.into(),
        body_html: html(&view.description, view.channel, files),
        quoted_html: quoted.map(sanitize::text_to_html).unwrap_or_default(),
        cut: mail.is_some_and(|mail| mail.truncated),
        raw_url: mail.and_then(|mail| raw_url(ctx, mail.id.as_str())),
        attachments: beside(ctx, &view.description, files, None),
        ..blank()
    }
}

/// Where the desk gets the mail as it came.
fn raw_url(ctx: &Ctx<'_>, mail: &str) -> Option<String> {
    ctx.actor.may(Permission::MailRead).then(|| format!("/api/mail/inbound/{mail}/raw"))
}

fn of_comment(ctx: &Ctx<'_>, comment: &CommentView, opened: &Opened) -> Entry {
    let files = opened.view.attachments.as_deref().unwrap_or_default();
    let author = comment.author.as_ref();
    let fate = opened.fates.iter().find(|(id, _)| id.as_str() == comment.id).map(|(_, fate)| fate);
    Entry {
        kind: if comment.visibility == Visibility::Internal { "note" } else { "reply" }.to_owned(),
        id: comment.id.clone(),
        author: Some(author.map_or_else(
            // Of what a machine wrote the desk's own system makes a note.
            || Person::new("", ctx.tenant.name()).staff(true),
            |author| Person::new(author.id.clone().unwrap_or_default(), &author.name).staff(comment.author_is_staff),
        )),
        channel: comment.channel.as_str().to_owned(),
        at: comment.created_at.into(),
        body_html: html(&comment.body, comment.channel, files),
        quoted_html: comment.quoted.as_deref().map(sanitize::text_to_html).unwrap_or_default(),
        cut: comment.truncated,
        forwarded: comment.forwarded_to.clone(),
        raw_url: comment.mail.as_deref().and_then(|mail| raw_url(ctx, mail)),
        delivery: fate.map(|fate| fate.state.to_owned()).unwrap_or_default(),
        delivery_reason: fate.and_then(|fate| fate.error.as_deref()).map(|error| failure(ctx.locale, error)).unwrap_or_default(),
        attachments: beside(ctx, &comment.body, files, Some(&comment.id)),
        ..blank()
    }
}

/// Mail is plain text; everything else is typed as Markdown. Pictures in both are those of this ticket that the reader may see.
fn html(text: &str, channel: Channel, files: &[AttachmentView]) -> String {
    let is_shown = |id: &AttachmentId| files.iter().any(|file| file.id == id.as_str() && is_picture(&file.media_type));
    if channel == Channel::Email {
        return sanitize::text_with_pictures(text, &is_shown);
    }
    sanitize::markdown_with_pictures(text, &is_shown)
}

/// Files of a text, without those that it shows itself.
fn beside(ctx: &Ctx<'_>, text: &str, files: &[AttachmentView], comment: Option<&str>) -> Vec<Attachment> {
    let shown = picture::files(text);
    let is_shown = |file: &AttachmentView| is_picture(&file.media_type) && shown.iter().any(|id| id.as_str() == file.id);
    files
        .iter()
        .filter(|file| file.comment_id.as_deref() == comment && !is_shown(file))
        .map(|file| attachment(ctx, file))
        .collect()
}

fn is_picture(media_type: &str) -> bool {
    matches!(media_type, "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}

/// Neighbouring events become one entry.
fn fold(entries: &mut Vec<Entry>) {
    let mut folded: Vec<Entry> = Vec::with_capacity(entries.len());
    for mut entry in entries.drain(..) {
        match folded.last_mut() {
            Some(last) if last.kind == "events" && entry.kind == "events" => last.events.append(&mut entry.events),
            _ => folded.push(entry),
        }
    }
    *entries = folded;
}

fn blank() -> Entry {
    Entry {
        kind: String::new(),
        id: String::new(),
        author: None,
        channel: String::new(),
        at: chrono::DateTime::UNIX_EPOCH.into(),
        body_html: String::new(),
        quoted_html: String::new(),
        cut: false,
        raw_url: None,
        attachments: Vec::new(),
        delivery: String::new(),
        delivery_reason: String::new(),
        forwarded: Vec::new(),
        forward_url: None,
        events: Vec::new(),
    }
}
