//! GET /api/push/devices: the devices on which the person who is signed in is told of what happens.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::DeviceId;

use super::{PushDevice, example};
use crate::actions::push::devices;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::page::{self, ListMeta};

/// A page of devices.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PushDeviceList {
    /// The devices.
    data: Vec<PushDevice>,
    /// Where to go on.
    meta: ListMeta,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("push", "My devices")
        .query("limit", "Rows of a page, at most 100")
        .query("cursor", "next_cursor of the page before")
        .answers::<PushDeviceList>(
            200,
            "A page of devices, oldest first",
            json!({"data": [example()], "meta": {"has_more": false, "next_cursor": null}}),
        )
        .refuses(&[401, 403, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page::known(&request, &[])?;
    let limit = page::limit(&request)?;
    let after = page::cursor(&request, |id| DeviceId::parse(id).is_ok())?;
    let mut rows = devices::list(ctx, after, limit + 1).await?;
    let meta = page::cut(&mut rows, limit, |row| row.id.to_string());
    let session = &ctx.person()?.session;
    Ok(Response::json(200, &PushDeviceList { data: rows.into_iter().map(|row| PushDevice::of(row, session)).collect(), meta }))
}
