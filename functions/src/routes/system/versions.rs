//! GET /api/system/versions: the versions of the API and their state (specification 2.12.2).

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::context::{ApiVersion, PlatformCtx};
use crate::openapi::ApiDoc;

/// Versions of the API.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Versions {
    /// What is answered when a request asks for none.
    #[schema(example = "v2")]
    default: String,
    /// Every version.
    data: Vec<Version>,
}

/// One version.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Version {
    /// `v1`, `v2`, `v3`.
    version: String,
    /// `legacy`, `current` or `latest`.
    status: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("system", "Versions of the API").answers::<Versions>(
        200,
        "The versions",
        json!({"default": "v2", "data": [{"version": "v1", "status": "legacy"}, {"version": "v2", "status": "current"}, {"version": "v3", "status": "latest"}]}),
    )
}

/// Answers.
#[expect(clippy::unused_async, reason = "every handler has the same shape")]
pub async fn handle(_ctx: &PlatformCtx<'_>, _request: Request) -> Result<Response, ApiError> {
    let status = |version| match version {
        ApiVersion::V1 => "legacy",
        ApiVersion::V2 => "current",
        ApiVersion::V3 => "latest",
    };
    let data = ApiVersion::ALL
        .into_iter()
        .map(|version| Version { version: version.as_str().to_owned(), status: status(version).to_owned() })
        .collect();
    Ok(Response::json(200, &Versions { default: ApiVersion::CURRENT.as_str().to_owned(), data }))
}
