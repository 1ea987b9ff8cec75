//! GET /agent/access/explain: who could do something with a ticket, and why. Query: `ticket`, `permission`, `people`, `person`, `cursor`.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;
use shared::limits::PAGE_ROWS_DEFAULT;
use shared::store::queues;

use super::explain_page;
use crate::actions::explain::{self, Question, Whom};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::view::grants::Explain;
use crate::pages::{form, render};

const ADDRESS: &str = "/agent/access/explain";
const FIELDS: &[&str] = &["ticket", "people", "person"];

/// Shows the form, and the answer where something was asked.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let asked = &request.query;
    let counts = queues::counts(&ctx.person()?.id);
    let mut view = Explain {
        form: FIELDS.iter().fold(Form::default(), |form, field| form.value(field, asked.get(field).unwrap_or_default())),
        tried: explain_page::choices(ctx, asked.get("permission")),
        answer: None,
    };
    let found = match asked.filled("ticket") {
        Some(ticket) => Some(ask(ctx, &request, ticket, counts.clone()).await),
        None => None,
    };
    let (status, counts) = match found {
        Some(Ok(answer)) => {
            let counts = answer.more.first().map(queues::read).transpose()?.unwrap_or_default();
            let next = answer.next.as_ref().map(|id| format!("{ADDRESS}?{}", asked.with("cursor", Some(id.as_str()))));
            let first = asked.filled("cursor").map(|_| format!("{ADDRESS}?{}", asked.with("cursor", None)));
            view.answer = Some(explain_page::answer(answer, next, first));
            (200, counts)
        }
        Some(Err(error)) if error.status == 422 => {
            view.form = form::refused(ctx, &error, asked, FIELDS);
            (422, queues::read(&ctx.db.run(counts).await?)?)
        }
        Some(Err(error)) => return Err(error),
        None => (200, queues::read(&ctx.db.run(counts).await?)?),
    };
    render::agent_page(ctx, &Frame::of(&request), status, "agent/access-explain", "access", &counts, view)
}

async fn ask(
    ctx: &Ctx<'_>,
    request: &Request,
    ticket: &str,
    counts: shared::database::TenantStatement,
) -> Result<explain::Answer, ApiError> {
    let asked = &request.query;
    let whom = match asked.filled("person") {
        Some(email) => Whom::Named(email.trim().to_owned()),
        None => Whom::All {
            of_desk: asked.get("people") != Some("clients"),
            after: asked.filled("cursor").filter(|id| UserId::parse(id).is_ok()).unwrap_or_default().to_owned(),
            limit: PAGE_ROWS_DEFAULT,
        },
    };
    let question = Question {
        ticket: ticket.trim().to_owned(),
        permission: explain_page::permission(asked.get("permission"))?,
        whom,
        address: None,
        at: None,
        draft: None,
    };
    explain::explain(ctx, &question, vec![counts]).await.map_err(explain_page::of_ticket)
}
