//! POST /profile/security/codes: new recovery codes. The answer shows them, once.

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::codes_page;
use crate::actions::accounts::second_factor::enrol;
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;

/// Makes them.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    form::read(ctx, &mut request).await?;
    let codes = enrol::renew_codes(ctx).await?;
    codes_page(ctx, &frame, codes)
}
