//! POST /api/policies/explain: everybody with access.read asks who could do something with a ticket, and why. Changes nothing.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::access::{Condition, Effect, Permission, Permissions, Policy, Role, Source};
use shared::error::{ApiError, FieldError};
use shared::http::{Request, Response};
use shared::id::{AccessPolicyId, TicketId, UserId};
use shared::limits::{PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX};

use crate::actions::explain::{self, Decision, Question, Whom};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;
use crate::routes::access::Named;
use crate::routes::page::ListMeta;

/// What is asked.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainIn {
    /// The ticket: its id or number.
    #[schema(example = "ACME-1042")]
    ticket: String,
    /// A permission that is about tickets; left out, `ticket.read`.
    #[serde(default)]
    permission: Option<String>,
    /// Id of one person, who is answered about whether they may or not; left out, all who may are listed, and those whom only a policy keeps from it.
    #[serde(default)]
    user: Option<String>,
    /// Among whom: `desk` (the default) or `clients`.
    #[serde(default)]
    people: Option<String>,
    /// The network address from which they would ask; left out, none.
    #[serde(default)]
    address: Option<String>,
    /// When they would ask; left out, now.
    #[serde(default)]
    at: Option<DateTime<Utc>>,
    /// A policy that is tried before it is saved.
    #[serde(default)]
    draft: Option<DraftIn>,
    /// `next_cursor` of the page before.
    #[serde(default)]
    cursor: Option<String>,
    /// How many people are looked at for a page, at most 100.
    #[serde(default)]
    limit: Option<u32>,
}

/// A policy as it would be.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftIn {
    /// The policy in whose place it stands; left out, beside all.
    #[serde(default)]
    id: Option<String>,
    /// What it does where its condition holds.
    effect: Effect,
    /// Names of permissions.
    permissions: Vec<String>,
    /// A `JsonLogic` rule.
    condition: Value,
}

/// Who may, and why.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ExplainedList {
    /// The ticket.
    ticket: TicketId,
    /// The permission.
    permission: Permission,
    /// The people of this page. It may be shorter than `limit`: those to whom nothing gives it are left out.
    data: Vec<DecisionView>,
    /// Where to go on.
    meta: ListMeta,
}

/// The decision about one person.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DecisionView {
    /// Who.
    user: Named<UserId>,
    /// Their role: one of the five, also the one that a role of the tenant's own is built on.
    role: Role,
    /// Whether it is the account of a program, whose keys can do less, and no more.
    is_program: bool,
    /// Whether they may.
    may: bool,
    /// What gives it, each by itself.
    given_by: Vec<ReasonView>,
    /// Policies that deny it, whatever gives it.
    denied_by: Vec<Named<AccessPolicyId>>,
}

/// What gives a right.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ReasonView {
    /// `role`, `grant`, `group` (a grant to a group), `deputy` or `policy`.
    kind: &'static str,
    /// Id of the grant, delegation or policy.
    id: Option<String>,
    /// Name of the group, the lender, the policy, or the role of the tenant's own.
    name: Option<String>,
    /// The role, where it is one.
    role: Option<Role>,
    /// When it ends; `null` for never.
    until: Option<DateTime<Utc>>,
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("policies", "Explain who may do something with a ticket")
        .about(
            "A dry run of the decision, source by source: roles, grants, groups, deputies, policies. A `draft` is tried in place of the policy \
             with its id, or beside all; nothing is saved.",
        )
        .request::<ExplainIn>(json!({"ticket": "ACME-1", "permission": "ticket.read", "people": "desk"}))
        .answers::<ExplainedList>(
            200,
            "Who may, and why",
            json!({
                "ticket": "tkt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "permission": "ticket.read",
                "data": [{
                    "user": {"id": "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "name": "Anna Kim"}, "role": "agent", "is_program": false, "may": true,
                    "given_by": [{"kind": "role", "id": null, "name": null, "role": "agent", "until": null}], "denied_by": []
                }],
                "meta": {"has_more": false, "next_cursor": null}
            }),
        )
        .refuses(&[400, 401, 403, 404, 413, 415, 422])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let asked: ExplainIn = body::json(&mut request).await?;
    let unknown = |field: &str| ApiError::field(field, "unknown_value");
    let permission = match asked.permission.as_deref() {
        None => Permission::TicketRead,
        Some(name) => {
            Permission::parse(name).filter(|permission| permission.is_about_tickets()).ok_or_else(|| unknown("permission"))?
        }
    };
    let question = Question {
        whom: whom(&asked)?,
        permission,
        draft: asked.draft.map(|draft| draft.read(ctx)).transpose()?,
        ticket: asked.ticket,
        address: asked.address,
        at: asked.at,
    };
    let answer = explain::explain(ctx, &question, Vec::new()).await?;
    let list = ExplainedList {
        ticket: answer.ticket,
        permission,
        data: answer.people.into_iter().map(DecisionView::from).collect(),
        meta: ListMeta::of(answer.next.map(|id| id.to_string())),
    };
    Ok(Response::json(200, &list))
}

fn whom(asked: &ExplainIn) -> Result<Whom, ApiError> {
    if let Some(user) = &asked.user {
        return UserId::parse(user).map(Whom::One).map_err(|_| ApiError::field("user", "unknown_value"));
    }
    let limit = asked.limit.unwrap_or(PAGE_ROWS_DEFAULT);
    if !(1..=PAGE_ROWS_MAX).contains(&limit) {
        let fault = FieldError::new("limit", "out_of_range").arg("minimum", 1).arg("maximum", PAGE_ROWS_MAX);
        return Err(ApiError::invalid(vec![fault]));
    }
    let after = asked.cursor.clone().unwrap_or_default();
    if !after.is_empty() && UserId::parse(&after).is_err() {
        return Err(ApiError::field("cursor", "bad_cursor"));
    }
    let of_desk = match asked.people.as_deref() {
        None | Some("desk") => true,
        Some("clients") => false,
        Some(_) => return Err(ApiError::field("people", "unknown_value")),
    };
    Ok(Whom::All { of_desk, after, limit })
}

impl DraftIn {
    fn read(self, ctx: &Ctx<'_>) -> Result<Policy, ApiError> {
        let unknown = |field: &str| ApiError::field(field, "unknown_value");
        let id = match self.id {
            Some(id) => AccessPolicyId::parse(&id).map_err(|_| unknown("draft.id"))?,
            None => ctx.ids().next(),
        };
        let permissions = self.permissions.iter().map(|name| Permission::parse(name)).collect::<Option<Permissions>>();
        Ok(Policy {
            id,
            name: String::new(),
            effect: self.effect,
            permissions: permissions.ok_or_else(|| unknown("draft.permissions"))?,
            condition: Condition::parse(self.condition).map_err(|code| ApiError::field("draft.condition", code))?,
        })
    }
}

impl From<Decision> for DecisionView {
    fn from(decision: Decision) -> Self {
        let Decision { who, explanation } = decision;
        let given_by = explanation.given_by.into_iter().map(|source| reason(&who, source)).collect();
        Self {
            given_by,
            role: who.person.role,
            is_program: who.is_service,
            may: explanation.may,
            denied_by: explanation.denied_by.into_iter().map(|(id, name)| Named { id, name }).collect(),
            user: Named { id: who.person.id, name: who.person.name },
        }
    }
}

fn reason(who: &shared::store::held::Explained, source: Source) -> ReasonView {
    let none = ReasonView { kind: "role", id: None, name: None, role: None, until: None };
    match source {
        Source::Role => ReasonView { name: who.role_name.clone(), role: Some(who.person.role), ..none },
        Source::Grant { grant, role, role_name, until } => {
            ReasonView { kind: "grant", id: Some(grant.to_string()), name: role_name, role: Some(role), until: until.moment() }
        }
        Source::Group { group, grant, role, until, .. } => ReasonView {
            kind: "group",
            id: Some(grant.to_string()),
            name: who.group_names.iter().find(|one| one.id == group).map(|one| one.name.clone()),
            role: Some(role),
            until: until.moment(),
        },
        Source::Deputy { delegation, name, until, .. } => {
            ReasonView { kind: "deputy", id: Some(delegation.to_string()), name: Some(name), until: until.moment(), ..none }
        }
        Source::Policy { policy, name } => ReasonView { kind: "policy", id: Some(policy.to_string()), name: Some(name), ..none },
    }
}
