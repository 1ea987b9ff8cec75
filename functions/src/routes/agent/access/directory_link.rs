//! POST /agent/access/directories/{directory}/people: an account and an entry are the same person.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::people;

use super::comes_back;
use super::directory_form::{Loaded, Said, id};
use crate::actions::directories::link;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

const KEPT: &[&str] = &["email", "username"];

/// Links; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let id = id(&request)?;
    let email = sent.get("email").unwrap_or_default().trim().to_lowercase();
    let loaded = Loaded::load(ctx, &request, Some(&id), vec![people::meant(&email)]).await?;
    let found: Vec<people::Listed> = loaded.more.first().map_or_else(|| Ok(Vec::new()), shared::database::Rows::all)?;
    let person = found.into_iter().find(|person| person.email == email);
    let username = sent.get("username").unwrap_or_default();
    match link::link_known(ctx, loaded.known()?, person, "email", username).await {
        Ok(_) => Ok(flash::see_other(ctx, &format!("/agent/access/directories/{id}"), &flash::success("flash-saved"))),
        Err(error) if comes_back(&error) || error.code == "directory_unreachable" => {
            let link = form::refused(ctx, &error, &sent, KEPT);
            loaded.show(ctx, &frame, error.status, Said { link, ..Said::default() })
        }
        Err(error) => Err(error),
    }
}
