//! GET /agent/settings: departments and categories, for those who lead the desk.

pub mod categories;
pub mod departments;

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::store::{desk as store, queues};

use crate::actions::desk::PLACES_MAX;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::view::settings::{Named, Settings};
use crate::pages::{form, render};

/// Shows them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page(ctx, &Frame::of(&request), 200, Form::default(), Form::default()).await
}

/// The page, with what was typed into a form that was refused.
async fn page(
    ctx: &Ctx<'_>,
    frame: &Frame,
    status: u16,
    department_form: Form,
    category_form: Form,
) -> Result<Response, ApiError> {
    let batch = vec![queues::counts(&ctx.person()?.id), store::departments(PLACES_MAX), store::categories(PLACES_MAX)];
    let results = ctx.db.batch(batch).await?;
    let [counts, departments, categories] = results.as_slice() else {
        return Err(ApiError::internal("the settings answered too few results"));
    };
    let departments = departments.all::<store::Department>()?.into_iter().map(|row| Named {
        id: row.id.to_string(),
        name: row.name,
        archived: row.archived_at.is_some(),
    });
    let categories = categories.all::<store::Category>()?.into_iter().map(|row| Named {
        id: row.slug,
        name: row.name,
        archived: row.archived_at.is_some(),
    });
    let view = Settings { departments: departments.collect(), categories: categories.collect(), department_form, category_form };
    render::agent_page(ctx, frame, status, "agent/settings", "settings", &queues::read(counts)?, view)
}

/// A form that was refused, with the reason beside its one field.
fn refused(ctx: &Ctx<'_>, error: &ApiError, sent: &Query) -> Form {
    let refused = form::refused(ctx, error, sent, &["name"]);
    match refused.errors.get("form").cloned() {
        Some(reason) => refused.error("name", reason),
        None => refused,
    }
}

/// What a form of the page asks for: another name, or archived or not.
fn changes(sent: &Query) -> (Option<String>, Option<bool>) {
    (sent.filled("name").map(str::to_owned), sent.filled("archived").map(|flag| flag == "1"))
}
