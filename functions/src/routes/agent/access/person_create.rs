//! POST /agent/access/people/new: adds a person, who gets a mail with a link for choosing a password.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};

use super::comes_back;
use super::person_form::{self, Around};
use crate::actions::people::{self, Newcomer};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Adds the person; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let around = Around::load(ctx, None, sent.get("organization").unwrap_or_default()).await?;
    match add(ctx, &around, &sent).await {
        Ok(()) => Ok(flash::see_other(ctx, "/agent/access", &flash::success("flash-person-added"))),
        Err(error) if comes_back(&error) => person_form::page(ctx, &frame, around, &sent, Some(&error)),
        Err(error) => Err(error),
    }
}

async fn add(ctx: &Ctx<'_>, around: &Around, sent: &Query) -> Result<(), ApiError> {
    let role = person_form::role(sent)?;
    let own = around.own(&role);
    let newcomer = Newcomer {
        email: sent.get("email").unwrap_or_default().to_owned(),
        name: sent.get("name").unwrap_or_default().to_owned(),
        role,
        locale: person_form::locale(sent),
        organization: around.organization(sent)?,
        department: person_form::department(sent)?,
    };
    people::add_as(ctx, &newcomer, own).await?;
    Ok(())
}
