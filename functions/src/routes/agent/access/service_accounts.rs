//! GET /agent/access/service-accounts: accounts of programs by name.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::limits::SERVICE_ACCOUNTS_MAX;
use shared::store::queues::{self, Counts};
use shared::store::roles::{self, OwnRole, ROLES_MAX};
use shared::store::service_accounts::{self as store, ServiceAccount};

use super::service_account_page::choices;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::view::service_accounts::{ServiceAccountRow, ServiceAccounts};
use crate::pages::{form, render};

/// Shows all of them: there are no more than a page can hold.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Loaded::load(ctx).await?.page(ctx, &Frame::of(&request), &Query::default(), None)
}

/// What the page shows.
pub struct Loaded {
    counts: Counts,
    /// The tenant's own roles.
    pub roles: Vec<OwnRole>,
    accounts: Vec<ServiceAccount>,
}

impl Loaded {
    /// Loads it in one round trip.
    pub async fn load(ctx: &Ctx<'_>) -> Result<Self, ApiError> {
        let counts = queues::counts(&ctx.person()?.id);
        let batch = vec![counts, roles::list("", ROLES_MAX), store::list("", SERVICE_ACCOUNTS_MAX, ctx.now)];
        let answers = ctx.db.batch(batch).await?;
        let [counts, roles, accounts] = answers.as_slice() else {
            return Err(ApiError::internal("a batch of three answered otherwise"));
        };
        Ok(Self { counts: queues::read(counts)?, roles: roles.all()?, accounts: accounts.all()? })
    }

    /// The page, with the state of the form that makes one.
    pub fn page(self, ctx: &Ctx<'_>, frame: &Frame, sent: &Query, refused: Option<&ApiError>) -> Result<Response, ApiError> {
        let form = match refused {
            Some(error) => form::refused(ctx, error, sent, &["name", "role"]),
            None => Form::default().value("name", "").value("role", "agent"),
        };
        let view = ServiceAccounts {
            rows: self.accounts.into_iter().map(row).collect(),
            form,
            own_roles: choices(&self.roles, sent.get("role")),
            may_edit: ctx.actor.may(Permission::AccessManage),
        };
        let status = refused.map_or(200, |error| error.status);
        render::agent_page(ctx, frame, status, "agent/access-service-accounts", "access", &self.counts, view)
    }
}

fn row(account: ServiceAccount) -> ServiceAccountRow {
    ServiceAccountRow {
        id: account.id.to_string(),
        name: account.name,
        role: account.role.as_str().to_owned(),
        own_role: account.role_name.unwrap_or_default(),
        status: account.status.as_str().to_owned(),
        keys: account.live_keys,
    }
}
