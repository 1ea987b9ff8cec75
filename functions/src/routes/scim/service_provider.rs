//! GET /scim/v2/ServiceProviderConfig: programs with user.read. What of SCIM is there (RFC 7643, 5).

use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::scim::COUNT_MAX;

use super::{ScimObject, answer};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::scim("Say what of SCIM is there").answers::<ScimObject>(200, "What is there", config("")).refuses(&[401])
}

/// Answers.
#[expect(clippy::unused_async, reason = "every handler is asynchronous")]
pub async fn handle(ctx: &Ctx<'_>, _: Request) -> Result<Response, ApiError> {
    Ok(answer(200, &config(&ctx.link("/scim/v2/ServiceProviderConfig"))))
}

fn config(location: &str) -> Value {
    let (yes, no) = (json!({"supported": true}), json!({"supported": false}));
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": yes, "etag": yes, "changePassword": no, "sort": no,
        "bulk": {"supported": false, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": true, "maxResults": COUNT_MAX},
        "authenticationSchemes": [
            {"type": "oauthbearertoken", "name": "API key", "description": "Bearer token: the key of a service account, or a token for it", "primary": true}
        ],
        "meta": {"resourceType": "ServiceProviderConfig", "location": location}
    })
}
