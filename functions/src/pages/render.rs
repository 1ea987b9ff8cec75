//! From view to response.

use serde::Serialize;
use shared::error::ApiError;
use shared::http::Response;
use shared::store::queues::Counts;

use super::frame::Frame;
use super::view::Page;
use super::{engine, flash};
use crate::context::Ctx;

/// A page for clients and visitors. `status` is 422 for a refused form.
pub fn page<T: Serialize>(ctx: &Ctx<'_>, frame: &Frame, status: u16, template: &str, view: T) -> Result<Response, ApiError> {
    finish(ctx, frame, status, engine::render(template, &Page { shell: frame.shell(ctx), page: view })?)
}

/// A page for staff.
pub fn agent_page<T: Serialize>(
    ctx: &Ctx<'_>,
    frame: &Frame,
    status: u16,
    template: &str,
    section: &str,
    counts: &Counts,
    view: T,
) -> Result<Response, ApiError> {
    finish(ctx, frame, status, engine::render(template, &Page { shell: frame.agent_shell(ctx, section, counts), page: view })?)
}

#[expect(clippy::unnecessary_wraps, reason = "reads as the last step of a chain of results")]
fn finish(ctx: &Ctx<'_>, frame: &Frame, status: u16, html: String) -> Result<Response, ApiError> {
    let mut response = Response::html(status, html);
    if frame.has_flash() {
        flash::clear(&mut response, ctx.https);
    }
    Ok(response)
}
