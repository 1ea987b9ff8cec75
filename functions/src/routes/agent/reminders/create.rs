//! POST /agent/reminders: reminds whoever asks. Fields: `text`, `when`, `when_at`, `ticket` (a number; then its panel shows what came of it).

use shared::error::ApiError;
use shared::http::{Request, Response};

use super::{back, list};
use crate::actions::reminders;
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;
use crate::routes::agent::later::show::{Forms, page};
use crate::routes::agent::later::{comes_back, of_the_form, wish};

/// Keeps it; a refused form comes back.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let ticket = sent.filled("ticket").map(|number| reference(ctx, number)).transpose()?;
    let text = sent.get("text").unwrap_or_default();
    let made = match (wish(ctx, &sent), reminders::words(text)) {
        (Ok(wish), Ok(_)) => reminders::create(ctx, ticket.as_ref(), text, wish).await.map_err(of_the_form),
        (wish, words) => {
            let faults = wish.err().map(|error| error.fields).unwrap_or_default().into_iter().chain(words.err());
            Err(ApiError::invalid(faults.collect()))
        }
    };
    match made {
        Ok(_) => back(ctx, &sent, "flash-reminder-saved"),
        Err(error) if comes_back(&error) => {
            let reminder = form::refused(ctx, &error, &sent, &["text", "when_at"]);
            match &ticket {
                Some(ticket) => page(ctx, &frame, error.status, ticket, Forms { reminder, ..Forms::default() }).await,
                None => list::page(ctx, &frame, error.status, None, reminder, None).await,
            }
        }
        Err(error) => Err(error),
    }
}
