//! GET /api/ratings/agents: what the ratings say of each agent, and how much they solved. Figures are kept, not counted.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;
use shared::limits::PAGE_ROWS_MAX;
use shared::store::ratings::{self as store, Figures};

use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// The figures of every agent.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AgentFiguresList {
    /// One an agent, at most a hundred.
    data: Vec<AgentFigures>,
}

/// An agent's figures.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AgentFigures {
    /// The agent.
    agent: RatedAgent,
    /// Mean score; absent without ratings.
    average: Option<f64>,
    /// How many ratings.
    ratings: i64,
    /// Tickets that ended while the agent had them, each counted once.
    handled: i64,
    /// Mean time of a ticket from its creation to its end, in seconds; of a ticket that had ended before, what came on top. Absent
    /// without tickets.
    resolution_seconds: Option<i64>,
}

/// Whom the figures are of.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RatedAgent {
    /// Id.
    id: UserId,
    /// Name.
    name: String,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("ratings", "Figures of the agents")
        .answers::<AgentFiguresList>(
            200,
            "The figures",
            json!({"data": [{
                "agent": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Ivan Petrov"},
                "average": 4.67, "ratings": 21, "handled": 140, "resolution_seconds": 28800
            }]}),
        )
        .refuses(&[401, 403])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, _request: Request) -> Result<Response, ApiError> {
    let rows: Vec<Figures> = ctx.db.run(store::figures(PAGE_ROWS_MAX)).await?.all()?;
    let data = rows
        .into_iter()
        .map(|row| AgentFigures {
            average: average(row.score_sum, row.ratings),
            ratings: row.ratings,
            handled: row.tickets_resolved,
            resolution_seconds: row.resolution_seconds.checked_div(row.tickets_resolved),
            agent: RatedAgent { id: row.agent_id, name: row.name },
        })
        .collect();
    Ok(Response::json(200, &AgentFiguresList { data }))
}

/// The mean with two decimals.
#[expect(clippy::cast_precision_loss, reason = "a few hundred")]
fn average(sum: i64, count: i64) -> Option<f64> {
    (sum * 100).checked_div(count).map(|hundredths| hundredths as f64 / 100.0)
}
