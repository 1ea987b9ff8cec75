//! POST /agent/reminders/{reminder}/again: another moment. Fields: `when`, `when_at`, `ticket` (whose panel it is pressed on).

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{back, id, list};
use crate::actions::reminders;
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::routes::agent::later::show::{Forms, page};
use crate::routes::agent::later::{comes_back, of_the_form, wish};

/// Moves it; a refused form comes back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let id = id(&request)?;
    let sent = form::read(ctx, &mut request).await?;
    let moved = match wish(ctx, &sent) {
        Ok(wish) => reminders::update(ctx, &id, None, Some(wish)).await.map_err(of_the_form),
        Err(error) => Err(error),
    };
    match moved {
        Ok(_) => back(ctx, &sent, "flash-reminder-saved"),
        Err(error) if comes_back(&error) => {
            let again = Some((id, form::refused(ctx, &error, &sent, &["when_at"])));
            match sent.filled("ticket").map(|number| reference(ctx, number)).transpose()? {
                Some(ticket) => page(ctx, &frame, error.status, &ticket, Forms { again, ..Forms::default() }).await,
                None => list::page(ctx, &frame, error.status, None, Form::default(), again).await,
            }
        }
        Err(error) => Err(error),
    }
}
