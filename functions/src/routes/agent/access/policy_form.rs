//! The form of a policy: what it offers, how it is read, how it is tried, how it comes back.

use shared::access::{Effect, Permission, Permissions};
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::AccessPolicyId;
use shared::limits::PAGE_ROWS_DEFAULT;
use shared::store::access_policies::Kept;
use shared::store::queues::{self, Counts};

use super::explain_page;
use super::role_form::modules;
use crate::actions::explain::{self, Question, Whom};
use crate::actions::policies::{self, Known, Typed};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::view::grants::{Answer, PolicyEdit};
use crate::pages::{form, render};

const KEPT: &[&str] = &["name", "description", "effect", "condition", "enabled", "ticket", "permission_tried", "people"];

/// The policy that the path names.
pub fn id(request: &Request) -> Result<AccessPolicyId, ApiError> {
    AccessPolicyId::parse(request.param("access_policy")).map_err(|_| ApiError::not_found())
}

/// The numbers of the navigation and the policy that the path names, in one round trip.
pub async fn load(ctx: &Ctx<'_>, request: &Request) -> Result<(Counts, Known), ApiError> {
    let mut batch: Vec<TenantStatement> = vec![queues::counts(&ctx.person()?.id)];
    batch.extend(policies::load(&id(request)?));
    let answers = ctx.db.batch(batch).await?;
    let [counts, known @ ..] = answers.as_slice() else { return Err(ApiError::internal("a policy was not answered")) };
    Ok((queues::read(counts)?, Known::read(known)?))
}

/// The numbers of the navigation.
pub async fn counts(ctx: &Ctx<'_>) -> Result<Counts, ApiError> {
    Ok(queues::read(&ctx.db.run(queues::counts(&ctx.person()?.id)).await?)?)
}

/// What was typed.
pub fn typed(sent: &Query) -> Result<Typed, ApiError> {
    let rule = serde_json::from_str(sent.get("condition").unwrap_or_default());
    let effect = match sent.get("effect") {
        Some("allow") => Effect::Allow,
        Some("deny") => Effect::Deny,
        _ => return Err(ApiError::field("effect", "unknown_value")),
    };
    Ok(Typed {
        name: Some(sent.get("name").unwrap_or_default().to_owned()),
        description: Some(sent.get("description").unwrap_or_default().to_owned()),
        effect: Some(effect),
        permissions: Some(sent.all("permission").map(str::to_owned).collect()),
        condition: Some(rule.map_err(|_| ApiError::field("condition", "condition_unknown"))?),
        enabled: Some(sent.filled("enabled").is_some()),
    })
}

/// Whether the form is to be tried, and not saved.
pub fn is_trial(sent: &Query) -> bool {
    sent.filled("try").is_some()
}

/// Tries what was typed on a ticket, in place of `before`; saves nothing. What the page needs comes with it.
pub async fn tried(ctx: &Ctx<'_>, before: Option<&Kept>, sent: &Query) -> Result<(Counts, Answer), ApiError> {
    let question = Question {
        ticket: sent.filled("ticket").ok_or_else(|| ApiError::field("ticket", "required"))?.to_owned(),
        permission: explain_page::permission(sent.get("permission_tried"))?,
        whom: Whom::All { of_desk: sent.get("people") != Some("clients"), after: String::new(), limit: PAGE_ROWS_DEFAULT },
        address: None,
        at: None,
        draft: Some(policies::draft(ctx, before, &typed(sent)?)?),
    };
    let more = vec![queues::counts(&ctx.person()?.id)];
    let answer = explain::explain(ctx, &question, more).await.map_err(explain_page::of_ticket)?;
    let counts = answer.more.first().map(|rows: &Rows| queues::read(rows)).transpose()?.unwrap_or_default();
    Ok((counts, explain_page::answer(answer, None, None)))
}

/// What the form shows of a policy that is there, or of none.
pub fn fields(policy: Option<&Kept>) -> Query {
    let fixed = match policy {
        None => vec![("effect", "deny".to_owned()), ("enabled", "1".to_owned())],
        Some(policy) => vec![
            ("name", policy.name.clone()),
            ("description", policy.description.clone()),
            ("effect", policy.effect.as_str().to_owned()),
            ("condition", policy.condition.rule().to_string()),
            ("enabled", if policy.enabled { "1" } else { "" }.to_owned()),
        ],
    };
    let permissions = policy.map_or(Permissions::NONE, |policy| policy.permissions);
    fixed.into_iter().chain(permissions.iter().map(|one| ("permission", one.as_str().to_owned()))).collect()
}

/// What the page shows beside what was typed or stored.
#[derive(Default)]
pub struct Shown<'a> {
    /// The policy, if it is one that is there.
    pub policy: Option<&'a Kept>,
    /// What is wrong with what was typed.
    pub refused: Option<&'a ApiError>,
    /// What a trial found.
    pub answer: Option<Answer>,
}

/// The page.
pub fn page(ctx: &Ctx<'_>, frame: &Frame, counts: &Counts, typed: &Query, shown: Shown<'_>) -> Result<Response, ApiError> {
    let form = match shown.refused {
        Some(error) => form::refused(ctx, error, typed, KEPT),
        None => KEPT.iter().fold(Form::default(), |form, field| form.value(field, typed.get(field).unwrap_or_default())),
    };
    // Whoever has been told of another change and sends again means it.
    let told = shown.refused.is_some_and(|error| error.status == 412);
    let seen = typed.filled("version").and_then(|text| text.parse().ok()).filter(|_| !told);
    let view = PolicyEdit {
        id: shown.policy.map(|policy| policy.id.to_string()).unwrap_or_default(),
        name: shown.policy.map(|policy| policy.name.clone()).unwrap_or_default(),
        form,
        version: seen.or(shown.policy.map(|policy| policy.version)).unwrap_or(0),
        modules: modules(ctx, typed, Permissions::of(&Permission::ALL)),
        tried: explain_page::choices(ctx, typed.get("permission_tried")),
        answer: shown.answer,
        may_edit: ctx.actor.may(Permission::AccessManage),
    };
    let status = shown.refused.map_or(200, |error| error.status);
    render::agent_page(ctx, frame, status, "agent/access-policy", "access", counts, view)
}

/// Refusals after which the form comes back filled in as it was sent.
pub fn comes_back(error: &ApiError) -> bool {
    super::comes_back(error) || error.code == "policy_denies_you"
}
