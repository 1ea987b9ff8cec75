//! POST /api/directories: those with access.manage set a directory up.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ldap::settings::DirectoryIn;

use super::{DirectoryView, answer, example, example_in};
use crate::actions::directories::configure;
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("directories", "Set a directory up")
        .about(
            "People of an LDAP directory or of Active Directory sign in with the password that they have there. Asks for a recent proof of \
             identity (403 `step_up_required`); nobody gives a role by it that holds more than they hold themselves (403 `more_than_own`). \
             The password of the account that searches is sealed and never shown. Try it out with `/test`.",
        )
        .request::<DirectoryIn>(example_in())
        .sends_etag()
        .sends_location()
        .answers::<DirectoryView>(201, "The directory; Location and ETag name it and its version", example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Sets it up.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let directory = configure::create(ctx, body::json::<DirectoryIn>(&mut request).await?).await?;
    let location = format!("/api/directories/{}", directory.id);
    Ok(answer(201, directory).with("location", location))
}
