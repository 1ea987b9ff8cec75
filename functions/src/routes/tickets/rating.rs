//! POST and GET /api/tickets/{ticket}/rating: the requester rates how the ticket was solved; whoever sees it reads the rating.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};

use crate::actions::{ratings, tickets};
use crate::body;
use crate::context::Ctx;

/// A rating to give.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatingIn {
    /// 1 to 5.
    #[schema(minimum = 1, maximum = 5, example = 5)]
    score: i64,
    /// A few words, at most 2,000 characters.
    #[serde(default)]
    comment: String,
}

/// A rating.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RatingOut {
    /// 1 to 5.
    score: i64,
    /// What was written with it.
    comment: String,
    /// When it was given or last changed.
    at: DateTime<Utc>,
    /// Until when the requester may change it.
    editable_until: DateTime<Utc>,
}

impl From<ratings::Rating> for RatingOut {
    fn from(rating: ratings::Rating) -> Self {
        Self { score: rating.score, comment: rating.comment, at: rating.at, editable_until: rating.editable_until }
    }
}

fn example() -> serde_json::Value {
    json!({"score": 5, "comment": "Quick and clear", "at": "2026-03-02T08:00:00Z", "editable_until": "2026-03-03T08:00:00Z"})
}

/// POST.
pub mod give {
    use super::{ApiError, Ctx, RatingIn, RatingOut, Request, Response, body, example, json, ratings, tickets};
    use crate::openapi::ApiDoc;

    /// Describes the route.
    pub fn doc() -> ApiDoc {
        ApiDoc::new("ratings", "Rate a solved ticket")
            .about("One rating a resolution, by the requester; it may be changed within 24 hours.")
            .path("ticket", "Id or number of the ticket")
            .request::<RatingIn>(json!({"score": 5, "comment": "Quick and clear"}))
            .answers::<RatingOut>(201, "Rated", example())
            .answers::<RatingOut>(200, "Changed", example())
            .refuses(&[400, 401, 403, 404, 409, 413, 415, 422])
    }

    /// Rates.
    pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
        let ticket = tickets::reference(ctx, request.param("ticket"))?;
        let rating: RatingIn = body::json(&mut request).await?;
        let rating = ratings::rate(ctx, &ticket, rating.score, &rating.comment).await?;
        let status = if rating.is_new { 201 } else { 200 };
        Ok(Response::json(status, &RatingOut::from(rating)))
    }
}

/// GET.
pub mod show {
    use super::{ApiError, Ctx, RatingOut, Request, Response, example, ratings, tickets};
    use crate::openapi::ApiDoc;

    /// Describes the route.
    pub fn doc() -> ApiDoc {
        ApiDoc::new("ratings", "The rating of a ticket")
            .path("ticket", "Id or number of the ticket")
            .answers::<RatingOut>(200, "The rating of the present resolution", example())
            .refuses(&[401, 403, 404])
    }

    /// Answers; 404 also when nobody has rated yet.
    pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
        let ticket = tickets::reference(ctx, request.param("ticket"))?;
        let rating = ratings::show(ctx, &ticket).await?.ok_or_else(ApiError::not_found)?;
        Ok(Response::json(200, &RatingOut::from(rating)))
    }
}
