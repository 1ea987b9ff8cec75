//! POST /agent/access/people/{user}: changes a person.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};

use super::person_form::{self, Around};
use super::{comes_back, person_edit, version};
use crate::actions::people::{self, Changes};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Changes the person; a refused form, and one whose person was changed meanwhile (412), comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let around = person_edit::load(ctx, &request, sent.get("organization").unwrap_or_default()).await?;
    match change(ctx, &around, &sent).await {
        Ok(()) => Ok(flash::see_other(ctx, "/agent/access", &flash::success("flash-saved"))),
        Err(error) if comes_back(&error) => person_form::page(ctx, &frame, around, &sent, Some(&error)),
        Err(error) => Err(error),
    }
}

async fn change(ctx: &Ctx<'_>, around: &Around, sent: &Query) -> Result<(), ApiError> {
    let (before, beside) = around.known()?;
    let role = person_form::role(sent)?;
    let own = around.own(&role);
    let changes = Changes {
        name: Some(sent.get("name").unwrap_or_default().to_owned()),
        role: Some(role),
        status: person_form::status(sent),
        locale: Some(person_form::locale(sent)),
        organization: Some(around.organization(sent)?),
        department: Some(person_form::department(sent)?),
        mail_blocked: None,
    };
    people::change_known(ctx, before, beside, version(sent)?, &changes, own).await?;
    Ok(())
}
