//! GET /api/tickets/{ticket}/mentionable: the desk.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::ticket::PersonView;

use super::reference;
use crate::actions::tickets::mention;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Who can be named in a note.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Mentionable {
    /// Members of the desk who read the notes of the ticket.
    data: Vec<PersonView>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Who can be mentioned")
        .about(
            "A note names members of the desk by links of Markdown: `[@Anna](mention:usr_...)`. They are told by mail, follow the ticket, and \
             find it with `mentioned` among the filters of the list. Naming somebody who does not see the ticket is refused.",
        )
        .path("ticket", "Its id (tkt_...) or number (ACME-1042)")
        .answers::<Mentionable>(
            200,
            "At most 200 people",
            json!({"data": [{"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Boris", "email": "boris@acme.example"}]}),
        )
        .refuses(&[401, 403, 404])
}

/// Lists them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let people = mention::mentionable(ctx, &reference(ctx, &request)?).await?;
    let person =
        |row: shared::store::held::HeldRow| PersonView { id: Some(row.id.to_string()), name: row.name, email: Some(row.email) };
    Ok(Response::json(200, &Mentionable { data: people.into_iter().map(person).collect() }))
}
