//! GET /agent/sla/policies: what is promised, in the order in which it is matched.

use shared::access::Permission;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::sla::{Hours, PolicyIn, Priority};
use shared::store::sla_rules::{self as store, RULES_MAX};
use shared::store::{desk, queues, tickets};

use crate::actions::sla::policies::{self, Rule};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Form;
use crate::pages::view::schedule::{Business, Minutes, Policies, PolicyRow, PreviewAnswer, Target};

/// Companies whose names the page knows.
const ORGANIZATIONS_MAX: u32 = 500;

/// Shows the list.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let rows = ctx.db.batch(statements(ctx)?).await?;
    page(ctx, &frame, 200, &rows, Form::default(), None)
}

/// What the page wants loaded.
pub fn statements(ctx: &Ctx<'_>) -> Result<Vec<TenantStatement>, ApiError> {
    Ok(vec![
        queues::counts(&ctx.person()?.id),
        store::rules(None, RULES_MAX),
        desk::organizations("", "", ORGANIZATIONS_MAX),
        tickets::categories(),
    ])
}

/// The page from the first rows of [`statements`], with the state of the preview.
pub fn page(
    ctx: &Ctx<'_>,
    frame: &Frame,
    status: u16,
    rows: &[Rows],
    preview: Form,
    answer: Option<PreviewAnswer>,
) -> Result<Response, ApiError> {
    let [counts, rules, organizations, categories, ..] = rows else {
        return Err(ApiError::internal("the list was answered too few results"));
    };
    let organizations: Vec<desk::Organization> = organizations.all()?;
    let categories: Vec<tickets::CategoryRow> = categories.all()?;
    let conditions = |form: &PolicyIn| -> Vec<String> {
        let organization = |id: &String| {
            organizations.iter().find(|each| each.id.as_str() == id).map_or_else(|| id.clone(), |each| each.name.clone())
        };
        let category = |slug: &String| {
            categories.iter().find(|each| each.slug == *slug).map_or_else(|| slug.clone(), |each| each.name.clone())
        };
        let conditions = &form.conditions;
        let types = conditions.customer_types.iter().cloned();
        types.chain(conditions.organizations.iter().map(organization)).chain(conditions.categories.iter().map(category)).collect()
    };
    let policies = policies::read_all(rules)?.into_iter().map(|rule| row(&rule, conditions(&rule.form))).collect();
    let view = Policies { policies, may_edit: ctx.actor.may(Permission::SlaManage), preview, answer };
    render::agent_page(ctx, frame, status, "agent/policies", "sla-policies", &queues::read(counts)?, view)
}

fn row(rule: &Rule, conditions: Vec<String>) -> PolicyRow {
    let form = &rule.form;
    let minutes = |minutes: Option<u32>| minutes.map(|minutes| Minutes::new(i64::from(minutes)));
    PolicyRow {
        id: rule.id.to_string(),
        name: form.name.clone(),
        position: i64::from(form.position),
        enabled: form.enabled,
        calendar: rule.calendar_name.clone(),
        conditions,
        priorities: form.conditions.priorities.iter().map(|priority| priority.as_str().to_owned()).collect(),
        targets: Priority::ALL
            .into_iter()
            .map(|priority| {
                let targets = form.targets.get(priority);
                Target {
                    priority: priority.as_str().to_owned(),
                    first_response: minutes(targets.first_response_minutes),
                    next_response: minutes(targets.next_response_minutes),
                    resolution: minutes(targets.resolution_minutes),
                }
            })
            .collect(),
        business: Business {
            first_response: form.hours.first_response == Hours::Business,
            next_response: form.hours.next_response == Hours::Business,
            resolution: form.hours.resolution == Hours::Business,
        },
    }
}
