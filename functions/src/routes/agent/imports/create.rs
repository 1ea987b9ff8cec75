//! POST /agent/imports: takes a table. Fields: `kind`, `file`, `encoding`, `delimiter`. Those with desk.manage; people also user.manage.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::import::{Delimiter, Kind};
use shared::limits::{BODY_BYTES_MAX, IMPORT_BYTES_MAX};

use super::{address, list_page};
use crate::actions::attachments::Parts;
use crate::actions::imports::{self, Sent};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Fields of the form, and some to spare.
const FIELDS_MAX: usize = 20;

/// A form that was sent.
#[derive(Default)]
struct Sending {
    fields: Query,
    file_name: String,
    bytes: Vec<u8>,
}

/// Takes it and shows what its columns seem to mean; a refused form comes back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = read(ctx, &mut request).await?;
    match take(ctx, &sent).await {
        Ok(location) => Ok(Response::see_other(&location)),
        Err(error) if error.status == 422 => {
            let refused = form::refused(ctx, &error, &sent.fields, &["kind", "encoding", "delimiter"]);
            list_page(ctx, &frame, 422, refused).await
        }
        Err(error) => Err(error),
    }
}

async fn take(ctx: &Ctx<'_>, sent: &Sending) -> Result<String, ApiError> {
    let fields = &sent.fields;
    let kind = fields.filled("kind").and_then(Kind::parse).ok_or_else(|| ApiError::field("kind", "unknown_value"))?;
    if sent.bytes.is_empty() {
        return Err(ApiError::field("file", "required"));
    }
    let sent = Sent {
        kind,
        file_name: &sent.file_name,
        bytes: &sent.bytes,
        encoding: fields.filled("encoding"),
        delimiter: fields.filled("delimiter").and_then(Delimiter::parse),
    };
    Ok(address(&imports::take(ctx, &sent).await?.id))
}

/// Reads the form and checks its token, which is its first field.
async fn read(ctx: &Ctx<'_>, request: &mut Request) -> Result<Sending, ApiError> {
    if request.media_type().as_deref() != Some("multipart/form-data") {
        return Ok(Sending { fields: form::read(ctx, request).await?, ..Sending::default() });
    }
    let mut parts = Parts::of(request)?;
    let mut left = BODY_BYTES_MAX;
    let first =
        parts.next().await?.filter(|part| part.name() == "csrf" && part.file_name().is_none()).ok_or_else(ApiError::bad_csrf)?;
    form::check(ctx, &first.text(&mut left).await?)?;
    let (mut pairs, mut sending) = (Vec::new(), Sending::default());
    while let Some(part) = parts.next().await? {
        let name = part.name().to_owned();
        if name == "file" {
            sending.file_name = part.file_name().unwrap_or_default().chars().take(500).collect();
            sending.bytes = part.bytes(IMPORT_BYTES_MAX).await?;
        } else if part.file_name().is_some() || pairs.len() >= FIELDS_MAX {
            return Err(ApiError::malformed("more than the form has"));
        } else {
            pairs.push((name, part.text(&mut left).await?));
        }
    }
    sending.fields = pairs.into_iter().collect();
    Ok(sending)
}

/// The flash of what was done to an import.
pub(super) fn done(ctx: &Ctx<'_>, id: &shared::id::ImportId, key: &str) -> Response {
    flash::see_other(ctx, &address(id), &flash::success(key))
}
