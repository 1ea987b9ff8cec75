//! POST /tickets/{number}/followers: a client follows a ticket or no longer does, or lets a colleague, or takes one off.

use shared::access::Permission;
use shared::error::{ApiError, FieldError};
use shared::http::{Query, Request, Response};
use shared::id::UserId;

use super::ticket;
use crate::actions::relations::{Follower, follow, unfollow};
use crate::actions::tickets::reference;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::shell::Flash;
use crate::pages::{flash, form};

/// Adds or removes somebody. A refusal comes back as the ticket's page with its reason.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let this = reference(ctx, request.param("number"))?;
    let sent = form::read(ctx, &mut request).await?;
    let result = match change(&sent) {
        Ok((true, who)) => follow(ctx, &this, &who).await,
        Ok((false, who)) => unfollow(ctx, &this, &who).await,
        Err(error) => Err(error),
    };
    match result {
        Ok((row, _)) => {
            let number = ctx.tenant.ticket_reference(row.number);
            let news = match (sent.filled("add"), sent.filled("remove"), sent.filled("follow")) {
                (Some(email), ..) => Flash { arg: email.to_owned(), ..flash::success("flash-colleague-added") },
                (None, Some(_), _) => flash::success("flash-colleague-removed"),
                (None, None, Some("no")) => flash::success("flash-unfollowed"),
                _ => flash::success("flash-followed"),
            };
            // Whoever follows no more may see it no more.
            let sees = ctx.actor.may_on(Permission::TicketRead, &row.facts(&[]));
            let leaves = !sees && sent.filled("follow") == Some("no");
            let location = if leaves { "/tickets".to_owned() } else { format!("/tickets/{number}") };
            Ok(flash::see_other(ctx, &location, &news))
        }
        Err(error) if matches!(error.status, 409 | 422) => {
            let error = ApiError { fields: error.fields.into_iter().map(as_typed).collect(), ..error };
            let form = form::refused(ctx, &error, &sent, &["add"]);
            ticket::page_refusing(ctx, &frame, error.status, &this, form).await
        }
        Err(error) => Err(error),
    }
}

/// The API speaks of an address or a person where the form has one field; what is not allowed there, the form says in more words.
fn as_typed(fault: FieldError) -> FieldError {
    let code = if fault.code == "not_allowed" { "not_a_colleague" } else { fault.code };
    FieldError { field: "add".to_owned(), code, ..fault }
}

/// Whether somebody is added, and who.
fn change(sent: &Query) -> Result<(bool, Follower), ApiError> {
    if let Some(choice) = sent.filled("follow") {
        return Ok((choice != "no", Follower::Me));
    }
    if let Some(email) = sent.filled("add") {
        return Ok((true, Follower::parse(None, Some(email))?));
    }
    let who = sent.filled("remove").ok_or_else(|| ApiError::field("add", "required"))?;
    Ok((false, Follower::User(UserId::parse(who).map_err(|_| ApiError::field("add", "unknown_value"))?)))
}
