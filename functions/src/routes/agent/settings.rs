//! GET /agent/settings: departments and categories, for those who lead the desk.

pub mod categories;
pub mod department;
pub mod departments;
pub mod security;
pub mod security_form;
pub mod text;
pub mod text_form;
pub mod texts;

use std::collections::BTreeMap;

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::DepartmentId;
use shared::store::departments::{self as behind, COUNTED_MAX};
use shared::store::{desk as store, queues};

use crate::actions::desk::PLACES_MAX;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::settings::{Named, Settings, Standing};
use crate::pages::view::{Choice, Form};
use crate::pages::{form, render};

/// Shows them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    page(ctx, &Frame::of(&request), 200, Refused::default(), Refused::default()).await
}

/// A form of one of the two lists that was refused: of a row, or the one that adds another.
#[derive(Default)]
struct Refused {
    /// The row's id; empty for the form that adds.
    id: String,
    /// Field `name`.
    form: Form,
}

impl Refused {
    /// With the reason beside the form's one field.
    fn of(ctx: &Ctx<'_>, error: &ApiError, sent: &Query) -> Self {
        let form = form::refused(ctx, error, sent, &["name"]);
        let form = match form.errors.get("form").cloned() {
            Some(reason) => form.error("name", reason),
            None => form,
        };
        Self { id: sent.filled("id").unwrap_or_default().to_owned(), form }
    }

    /// A row of the list, with what was typed into its form and why it was refused, if it was.
    fn row(&self, id: String, name: String, archived: bool, list: String, departments: Vec<Choice>) -> Named {
        let form = (self.id == id).then_some(&self.form);
        let text = |kept: &BTreeMap<String, String>| kept.get("name").filter(|text| !text.is_empty()).cloned();
        Named {
            typed: form.and_then(|form| text(&form.values)).unwrap_or_else(|| name.clone()),
            error: form.and_then(|form| text(&form.errors)).unwrap_or_default(),
            id,
            name,
            archived,
            list,
            departments,
            standing: None,
            asks: false,
        }
    }

    /// The state of the form that adds.
    fn adding(self) -> Form {
        if self.id.is_empty() { self.form } else { Form::default() }
    }
}

/// The page, with what was typed into a form that was refused.
async fn page(ctx: &Ctx<'_>, frame: &Frame, status: u16, department: Refused, category: Refused) -> Result<Response, ApiError> {
    let batch = vec![
        queues::counts(&ctx.person()?.id),
        store::departments(PLACES_MAX),
        store::categories(PLACES_MAX),
        behind::standings(PLACES_MAX),
    ];
    let results = ctx.db.batch(batch).await?;
    let [counts, departments, categories, standings] = results.as_slice() else {
        return Err(ApiError::internal("the settings answered too few results"));
    };
    let standings = standings.all::<behind::Standing>()?;
    let departments = departments.all::<store::Department>()?;
    let categories = categories.all::<store::Category>()?.into_iter();
    let places = |chosen: Option<&str>| -> Vec<Choice> {
        let offered = departments.iter().filter(|row| row.archived_at.is_none() || chosen == Some(row.id.as_str()));
        offered.map(|row| Choice::new(row.id.as_str(), &row.name, chosen)).collect()
    };
    let view = Settings {
        departments: departments
            .iter()
            .map(|row| {
                let stands = standings.iter().find(|each| each.id == row.id).map(|each| standing(ctx, row, each));
                let shown =
                    department.row(row.id.to_string(), row.name.clone(), row.archived_at.is_some(), tickets(row), Vec::new());
                let asks = !shown.archived && stands.as_ref().is_some_and(|stands| stands.tickets > 0);
                Named { standing: stands, asks, ..shown }
            })
            .collect(),
        categories: categories
            .map(|row| {
                let list = format!("/agent/tickets?queue=all&category={}", row.slug);
                let places = places(row.department_id.as_ref().map(DepartmentId::as_str));
                category.row(row.slug, row.name, row.archived_at.is_some(), list, places)
            })
            .collect(),
        department_form: department.adding(),
        category_form: category.adding(),
        may_secure: ctx.actor.may(Permission::TenantManage),
    };
    render::agent_page(ctx, frame, status, "agent/settings", "settings", &queues::read(counts)?, view)
}

/// Address of a department's open tickets.
fn tickets(row: &store::Department) -> String {
    format!("/agent/tickets?queue=all&department={}", row.id)
}

/// What stands behind a department, as pages show it. How many tickets it has is told to whoever sees all of them.
fn standing(ctx: &Ctx<'_>, row: &store::Department, counted: &behind::Standing) -> Standing {
    let most = i64::from(COUNTED_MAX);
    let counts = ctx.actor.ticket_scope().is_everything();
    let tickets = if counts { counted.tickets } else { 0 };
    Standing {
        version: row.version,
        lead: row.lead_name.clone().unwrap_or_default(),
        people: counted.people.min(most),
        more_people: counted.people > most,
        counts,
        tickets: tickets.min(most),
        more_tickets: tickets > most,
    }
}

/// What a form of the page asks for: another name, or archived or not.
fn changes(sent: &Query) -> (Option<String>, Option<bool>) {
    (sent.filled("name").map(str::to_owned), sent.filled("archived").map(|flag| flag == "1"))
}
