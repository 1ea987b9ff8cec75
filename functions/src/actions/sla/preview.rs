//! When would this ticket be due? The same policies, calendars and clocks that a new ticket gets, without the ticket.

use chrono::{DateTime, Utc};
use shared::database::Rows;
use shared::error::{ApiError, FieldError};
use shared::id::OrganizationId;
use shared::sla::{ClockKind, Clocks, Event, Facts, Priority};
use shared::store::tickets::{self as store, CategoryRow, OrganizationRow};

use super::clocks::{self, Promises};
use crate::context::Ctx;

/// The ticket that might be.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its priority.
    pub priority: Priority,
    /// When it would be created.
    pub created_at: DateTime<Utc>,
    /// The customer's type; the organization's own when it is not given.
    pub customer_type: Option<String>,
    /// The customer's company.
    pub organization: Option<OrganizationId>,
    /// Slug of its category.
    pub category: Option<String>,
}

/// When it would be due.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Foresight {
    /// Id and name of the policy; `None` when nothing would be promised.
    pub policy: Option<(String, String)>,
    /// First response.
    pub first_response_due_at: Option<DateTime<Utc>>,
    /// The answer to a question that the client asks at the moment of creation.
    pub next_response_due_at: Option<DateTime<Utc>>,
    /// Resolution.
    pub resolution_due_at: Option<DateTime<Utc>>,
}

/// What [`answer`] wants loaded.
pub fn statements(question: &Question) -> Vec<shared::database::TenantStatement> {
    let mut batch = clocks::statements().to_vec();
    batch.push(store::categories());
    batch.extend(question.organization.as_ref().map(store::organization));
    batch
}

/// Answers from the rows of [`statements`]; 422 names an organization or category that is not there.
pub fn answer(ctx: &Ctx<'_>, question: &Question, rows: &[Rows]) -> Result<Foresight, ApiError> {
    let [policies, calendars, categories, rest @ ..] = rows else {
        return Err(ApiError::internal("a preview was answered too few results"));
    };
    let mut faults = Vec::new();
    if let Some(slug) = &question.category
        && !categories.all::<CategoryRow>()?.iter().any(|category| category.slug == *slug)
    {
        faults.push(FieldError::new("category", "unknown_value"));
    }
    let organization: Option<OrganizationRow> = rest.first().map(Rows::first).transpose()?.flatten();
    if question.organization.is_some() && organization.is_none() {
        faults.push(FieldError::new("organization", "unknown_value"));
    }
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let facts = Facts {
        customer_type: question.customer_type.as_deref().or(organization.as_ref().map(|row| row.customer_type.as_str())),
        organization: question.organization.as_ref().map(OrganizationId::as_str),
        category: question.category.as_deref(),
        priority: question.priority,
    };
    let promise = Promises::read(ctx.tenant, policies, calendars)?.find(&facts)?;
    let Some(policy) = promise.terms.policy_id.clone() else { return Ok(Foresight::default()) };
    let mut clocks = Clocks::start(&promise.terms, question.created_at, &promise.calendar);
    let columns = clocks.columns();
    // A question after an answer at once: the clock of further answers runs from the moment of creation.
    for event in [Event::AgentReplied, Event::ClientReplied { thanks_only: false }] {
        let _nothing_is_missed_yet = clocks.apply(event, question.created_at, &promise.calendar);
    }
    Ok(Foresight {
        policy: Some((policy, promise.policy_name.unwrap_or_default())),
        first_response_due_at: columns.first_response_due_at,
        next_response_due_at: clocks.clock(ClockKind::NextResponse).due_at(),
        resolution_due_at: columns.resolution_due_at,
    })
}

/// Loads and answers.
pub async fn preview(ctx: &Ctx<'_>, question: &Question) -> Result<Foresight, ApiError> {
    let rows = ctx.db.batch(statements(question)).await?;
    answer(ctx, question, &rows)
}
