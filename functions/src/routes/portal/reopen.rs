//! POST /tickets/{number}/reopen: it is not solved after all.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::Status;

use super::close::set_status;
use crate::context::Ctx;

/// Opens the ticket again, within the tenant's window.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Box::pin(set_status(ctx, request, Status::InProgress, "flash-ticket-reopened")).await
}
