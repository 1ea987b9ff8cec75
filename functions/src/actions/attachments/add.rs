//! Files that come by themselves: sent by the API, or ahead of the answer that they belong to.

use serde_json::json;
use shared::access::Permission;
use shared::database::Rows;
use shared::error::{ApiError, FieldError};
use shared::http::Request;
use shared::id::TicketId;
use shared::limits::{ATTACHMENTS_PER_REQUEST_MAX, ATTACHMENTS_PER_TICKET_MAX, BODY_BYTES_MAX};
use shared::live;
use shared::platform::Wake;
use shared::store::{attachments as store, history};
use shared::ticket::{AttachmentRow, AttachmentView, FollowerRow, Reference, TicketRow, Visibility};

use super::{Parts, StoredFile, discard, guard_quota};
use crate::actions::audit;
use crate::actions::tickets::{Loaded, load};
use crate::context::Ctx;

/// How often files are written anew when their ticket is merged at the same moment.
pub(in crate::actions) const TRIES_MAX: u32 = 3;

/// What a request of files holds.
#[derive(Default)]
struct Sent {
    files: Vec<StoredFile>,
    visibility: Option<Visibility>,
}

/// Takes the files of a multipart request onto a ticket. All of them or none: a file that is refused takes the others with it.
pub async fn add(ctx: &Ctx<'_>, reference: &Reference, request: &mut Request) -> Result<Vec<AttachmentView>, ApiError> {
    let loaded = load(ctx, reference, Vec::new()).await?;
    let mut sent = Sent::default();
    let written = match gather(ctx, request, &mut sent).await {
        Ok(()) => write_where_it_belongs(ctx, reference, loaded, &sent).await,
        Err(error) => Err(error),
    };
    if written.is_err() {
        discard(ctx, &sent.files).await;
    }
    written
}

/// Writes the files onto the ticket, or the one that it was merged into, even if that happened while they came.
async fn write_where_it_belongs(
    ctx: &Ctx<'_>,
    reference: &Reference,
    mut loaded: Loaded,
    sent: &Sent,
) -> Result<Vec<AttachmentView>, ApiError> {
    let mut tries = 1;
    loop {
        let target = loaded.row.merged_into_id.clone().unwrap_or_else(|| loaded.row.id.clone());
        match write(ctx, &target, &loaded.row, &loaded.followers, sent).await {
            Err(error) if error.code == "stale_version" && tries < TRIES_MAX => tries += 1,
            result => return result,
        }
        loaded = load(ctx, reference, Vec::new()).await?;
    }
}

async fn gather(ctx: &Ctx<'_>, request: &mut Request, sent: &mut Sent) -> Result<(), ApiError> {
    let mut parts = Parts::of(request)?;
    let mut left = BODY_BYTES_MAX;
    while let Some(part) = parts.next().await? {
        if part.file_name().is_some() {
            if sent.files.len() >= ATTACHMENTS_PER_REQUEST_MAX {
                return Err(ApiError::invalid(vec![
                    FieldError::new("attachments", "too_many").arg("maximum", ATTACHMENTS_PER_REQUEST_MAX),
                ]));
            }
            sent.files.extend(part.store(ctx).await?);
        } else if part.name() == "visibility" {
            sent.visibility = Some(visibility(ctx, &part.text(&mut left).await?)?);
        } else {
            return Err(ApiError::field(part.name().chars().take(60).collect::<String>(), "unknown_field"));
        }
    }
    if sent.files.is_empty() { Err(ApiError::field("attachments", "required")) } else { Ok(()) }
}

/// Who shall see a file, as the sender says it: clients send public ones only.
pub fn visibility(ctx: &Ctx<'_>, text: &str) -> Result<Visibility, ApiError> {
    match text {
        "public" => Ok(Visibility::Public),
        "internal" if ctx.actor.may(Permission::TicketReadInternal) => Ok(Visibility::Internal),
        "internal" => Err(ApiError::field("visibility", "not_allowed")),
        _ => Err(ApiError::field("visibility", "unknown_value")),
    }
}

async fn write(
    ctx: &Ctx<'_>,
    ticket: &TicketId,
    row: &TicketRow,
    followers: &[FollowerRow],
    sent: &Sent,
) -> Result<Vec<AttachmentView>, ApiError> {
    let visibility = sent.visibility.unwrap_or(Visibility::Public);
    let mut batch = store::guard_target(ticket).to_vec();
    batch.push(store::guard_room(ticket, sent.files.len(), ATTACHMENTS_PER_TICKET_MAX));
    batch.extend(guard_quota(ctx, sent.files.iter()));
    for file in &sent.files {
        batch.push(file.row(ctx, ticket, None, visibility));
        batch.extend(lines(ctx, ticket, file, visibility));
    }
    batch.push(store::touch(ticket, ctx.now));
    let _: Vec<Rows> = ctx.db.batch(batch).await.map_err(too_many)?;
    tell(ctx, row, followers, visibility);
    Ok(sent.files.iter().map(|file| view(ctx, file, visibility)).collect())
}

/// The refusal of [`store::guard_room`].
pub fn too_many(error: shared::database::DbError) -> ApiError {
    if error.is_refused_by("limit") {
        ApiError::conflict("too_many_attachments").arg("maximum", ATTACHMENTS_PER_TICKET_MAX)
    } else {
        error.into()
    }
}

/// History and audit of a file that comes by itself.
pub fn lines(
    ctx: &Ctx<'_>,
    ticket: &TicketId,
    file: &StoredFile,
    visibility: Visibility,
) -> [shared::database::TenantStatement; 2] {
    let detail = json!({ "attachment": file.id, "file_name": file.file_name, "size": file.size, "media_type": file.media_type, "visibility": visibility });
    [
        history::append(history::Line {
            id: ctx.ids().next(),
            ticket,
            at: ctx.now,
            actor: &ctx.actor.reference(),
            kind: "attachment",
            visibility,
            from: None,
            to: Some(file.file_name.clone()),
        }),
        audit::line(ctx, "attachment.added", ticket.as_str(), detail),
    ]
}

fn view(ctx: &Ctx<'_>, file: &StoredFile, visibility: Visibility) -> AttachmentView {
    AttachmentView::of(&AttachmentRow {
        id: file.id.clone(),
        comment_id: None,
        visibility,
        file_name: file.file_name.clone(),
        media_type: file.media_type.clone(),
        size: file.size,
        created_at: ctx.now,
    })
}

/// Tells open pages of the ticket; of an internal file the desk alone.
pub fn tell(ctx: &Ctx<'_>, row: &TicketRow, followers: &[FollowerRow], visibility: Visibility) {
    let changed = live::Event::TicketChanged { ticket: row.id.clone(), version: row.version };
    let message = match visibility {
        Visibility::Internal => live::HubMessage::staff(changed),
        Visibility::Public => live::HubMessage::staff_and(row.hearers(followers), changed),
    };
    ctx.wake(Wake::Hub { tenant: ctx.tenant.id().clone(), message: message.to_json() });
}
