//! PUT /api/directories/{directory}: those with access.manage.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ldap::settings::DirectoryIn;

use super::{DirectoryView, answer, example, example_in, id};
use crate::actions::directories::configure;
use crate::body;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("directories", "Replace a directory")
        .about(
            "The whole of it as it is to be; what is left out takes its default, except for the password of the account that searches: it \
             stays, unless host, port or account change; then it has to be given anew. Asks for a recent proof of identity. \
             Nobody gives a role that they cannot give themselves, unless it stands there already and nothing changes of who is given it, and \
             nobody has linked people looked for otherwise who hold more than they can give (403 `more_than_own`).",
        )
        .path("directory", "Its id (dir_...)")
        .header("If-Match", "The ETag that was read, or *")
        .request::<DirectoryIn>(example_in())
        .sends_etag()
        .answers::<DirectoryView>(200, "The directory as it is now; ETag is its version", example())
        .refuses(&[400, 401, 403, 404, 409, 412, 413, 415, 422, 428])
}

/// Replaces it.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let id = id(&request)?;
    let if_match = IfMatch::read(&request)?;
    let form = body::json::<DirectoryIn>(&mut request).await?;
    Ok(answer(200, configure::replace(ctx, &id, if_match, form).await?))
}
