//! GET /tenants on the platform's own host: every tenant of this installation, for operators.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::PAGE_ROWS_MAX;
use shared::store::platform as store;

use super::Look;
use crate::context::PlatformCtx;
use crate::pages::view::settings::{Console, ConsoleTenant};

/// Shows the first hundred.
pub async fn handle(ctx: &PlatformCtx<'_>, request: Request) -> Result<Response, ApiError> {
    let rows = ctx.db.run(store::tenants_after("", PAGE_ROWS_MAX)).await?;
    let config = ctx.platform.config();
    let port = config.public_port.map(|port| format!(":{port}")).unwrap_or_default();
    let tenants = store::tenants(&rows)?
        .into_iter()
        .map(|tenant| ConsoleTenant {
            name: tenant.name().to_owned(),
            slug: tenant.slug().to_owned(),
            url: format!("{}://{}{port}", config.public_scheme, tenant.host()),
            database: tenant.database().to_owned(),
            locale: tenant.locale().as_str().to_owned(),
            active: true,
        })
        .collect();
    Look::of(ctx, &request).page(ctx, 200, "console/home", Console { tenants })
}
