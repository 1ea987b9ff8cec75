//! GET /agent/access/organizations: customers' organizations by name.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::OrganizationId;
use shared::limits::{PAGE_ROWS_DEFAULT, SEARCH_CHARS_MAX};
use shared::store::desk::{self as store, Organization};
use shared::store::queues;

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Form;
use crate::pages::view::access::{OrganizationRow, Organizations};

/// Shows a page of them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let (frame, loaded) = (Frame::of(&request), Loaded::load(ctx, &request.query).await?);
    loaded.page(ctx, &frame, 200, Form::default())
}

/// What the page shows.
pub struct Loaded {
    counts: queues::Counts,
    view: Organizations,
}

impl Loaded {
    /// Loads the page that `query` asks for.
    pub async fn load(ctx: &Ctx<'_>, query: &Query) -> Result<Self, ApiError> {
        let prefix: String = query.filled("q").unwrap_or_default().chars().take(SEARCH_CHARS_MAX).collect();
        let after = query.filled("cursor").filter(|id| OrganizationId::parse(id).is_ok()).unwrap_or_default();
        let batch = vec![queues::counts(&ctx.person()?.id), store::organizations(after, &prefix, PAGE_ROWS_DEFAULT + 1)];
        let answers = ctx.db.batch(batch).await?;
        let [counts, rows] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
        let mut rows: Vec<Organization> = rows.all()?;
        let has_more = rows.len() > PAGE_ROWS_DEFAULT as usize;
        rows.truncate(PAGE_ROWS_DEFAULT as usize);
        let address = |cursor: Option<&str>| format!("/agent/access/organizations?{}", query.with("cursor", cursor));
        let view = Organizations {
            q: prefix,
            next: rows.last().filter(|_| has_more).map(|last| address(Some(last.id.as_str()))),
            first: (!after.is_empty()).then(|| address(None)),
            rows: rows
                .into_iter()
                .map(|row| OrganizationRow { id: row.id.to_string(), name: row.name, customer_type: row.customer_type })
                .collect(),
            form: Form::default(),
            may_edit: ctx.actor.may(Permission::UserManage),
        };
        Ok(Self { counts: queues::read(counts)?, view })
    }

    /// The page, with the state of the form that adds.
    pub fn page(self, ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form) -> Result<Response, ApiError> {
        let view = Organizations { form, ..self.view };
        render::agent_page(ctx, frame, status, "agent/access-organizations", "access", &self.counts, view)
    }
}
