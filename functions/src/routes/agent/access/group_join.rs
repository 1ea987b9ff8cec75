//! POST /agent/access/groups/{group}/members: takes somebody in by address.

use shared::database::Rows;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::store::groups::{self as store, Member};
use shared::store::users::{self, Account};

use super::comes_back;
use super::group_edit::{self, Loaded};
use crate::actions::{accounts, administrators, groups};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::{flash, form};

/// Takes them in; a refused form comes back as it was sent.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let id = group_edit::id(&request)?;
    let sent = form::read(ctx, &mut request).await?;
    let email = accounts::email(sent.get("email").unwrap_or_default());
    let typed = email.as_deref().unwrap_or_default();
    let mut more = vec![users::by_email(typed), store::member_by_email(&id, typed), store::given(&id, ctx.now)];
    more.extend(administrators::load());
    let loaded = Loaded::load(ctx, &request, more).await?;
    let result = match email {
        Ok(_) => join(ctx, &loaded).await,
        Err(fault) => Err(ApiError::invalid(vec![fault])),
    };
    match result {
        Ok(()) => Ok(flash::see_other(ctx, &format!("/agent/access/groups/{id}"), &flash::success("flash-saved"))),
        Err(error) if comes_back(&error) => refused(ctx, &frame, loaded, &error, &sent),
        Err(error) => Err(error),
    }
}

async fn join(ctx: &Ctx<'_>, loaded: &Loaded) -> Result<(), ApiError> {
    let [person, member, given, rest @ ..] = loaded.more.as_slice() else {
        return Err(ApiError::internal("a batch answered otherwise"));
    };
    let person = Rows::first::<Account>(person)?.ok_or_else(|| ApiError::field("email", "unknown_person"))?;
    if member.first::<Member>()?.is_none() {
        groups::join_known(ctx, &loaded.group.id, &person.id, given, rest).await?;
    }
    Ok(())
}

fn refused(ctx: &Ctx<'_>, frame: &Frame, loaded: Loaded, error: &ApiError, sent: &Query) -> Result<Response, ApiError> {
    let join = form::refused(ctx, error, sent, &["email"]);
    let as_it_stands = loaded.as_it_stands();
    loaded.page(ctx, frame, error.status, as_it_stands, join)
}
