//! POST /agent/sla/policies/preview: when would this ticket be due? Records nothing.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::sla::Priority;

use super::policies;
use crate::actions::sla::preview::{self, Question};
use crate::context::Ctx;
use crate::pages::form;
use crate::pages::frame::Frame;
use crate::pages::view::schedule::PreviewAnswer;
use crate::pages::view::{Form, Moment};

const KEPT: &[&str] = &["priority", "customer_type", "created_at"];

/// Shows the list with the answer.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let sent = form::read(ctx, &mut request).await?;
    let question = question(ctx, &sent);
    let mut batch = policies::statements(ctx)?;
    let of_page = batch.len();
    if let Ok(question) = &question {
        batch.extend(preview::statements(question));
    }
    let rows = ctx.db.batch(batch).await?;
    let (page, rest) = rows.split_at_checked(of_page).ok_or_else(|| ApiError::internal("a page was answered too few results"))?;
    match question.and_then(|question| preview::answer(ctx, &question, rest)) {
        Ok(found) => {
            let form = KEPT.iter().fold(Form::default(), |form, field| form.value(field, sent.get(field).unwrap_or_default()));
            let answer = PreviewAnswer {
                policy: found.policy.map(|(_, name)| name).unwrap_or_default(),
                first_response: found.first_response_due_at.map(Moment::from),
                next_response: found.next_response_due_at.map(Moment::from),
                resolution: found.resolution_due_at.map(Moment::from),
            };
            policies::page(ctx, &frame, 200, page, form, Some(answer))
        }
        Err(error) if error.status == 422 => {
            policies::page(ctx, &frame, 422, page, form::refused(ctx, &error, &sent, KEPT), None)
        }
        Err(error) => Err(error),
    }
}

fn question(ctx: &Ctx<'_>, sent: &Query) -> Result<Question, ApiError> {
    let priority = sent.filled("priority").unwrap_or("medium");
    let created_at = form::moment(ctx, sent, "created_at")?.unwrap_or(ctx.now);
    Ok(Question {
        priority: Priority::parse(priority).ok_or_else(|| ApiError::field("priority", "unknown_value"))?,
        created_at,
        customer_type: sent.filled("customer_type").map(str::to_owned),
        organization: None,
        category: None,
    })
}
