//! GET /agent/access/identity-providers: providers of identities by name.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::store::identity_providers::{self as store, IDENTITY_PROVIDERS_MAX, IdentityProvider};
use shared::store::queues;

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::sso::{ProviderRow, Providers};

/// Shows all of them: there are a few.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let answers = ctx.db.batch(vec![queues::counts(&ctx.person()?.id), store::list("", IDENTITY_PROVIDERS_MAX)]).await?;
    let [counts, rows] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let row = |provider: IdentityProvider| ProviderRow {
        id: provider.id.to_string(),
        name: provider.settings.name,
        issuer: provider.settings.issuer,
        enabled: provider.settings.enabled,
    };
    let view = Providers {
        rows: rows.all::<IdentityProvider>()?.into_iter().map(row).collect(),
        may_edit: ctx.actor.may(Permission::AccessManage),
    };
    let counts = queues::read(counts)?;
    render::agent_page(ctx, &Frame::of(&request), 200, "agent/access-identity-providers", "access", &counts, view)
}
