//! GET /profile/security/setup: the secret for the authenticator, as a picture and in letters, and the form for its first code.

use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::accounts::second_factor::enrol;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::view::security::Setup;
use crate::pages::{picture, render};

/// Shows them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    match show(ctx, &Frame::of(&request), 200, Form::default()).await {
        Err(error) if error.status == 404 => Ok(Response::see_other("/profile/security")),
        other => other,
    }
}

/// The page with the state of the form. 404 when nothing was begun.
pub async fn show(ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form) -> Result<Response, ApiError> {
    let offer = enrol::begun(ctx).await?;
    let picture = picture::of(&offer.address)?;
    render::page(
        ctx,
        frame,
        status,
        "portal/security-setup",
        Setup { form, secret: grouped(&offer.secret), address: offer.address, picture },
    )
}

/// In fours, as people read letters off.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
