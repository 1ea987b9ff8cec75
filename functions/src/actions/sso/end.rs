//! A provider says that somebody's session there is over (`OpenID` Connect Back-Channel Logout 1.0): what it has opened here ends too.

use serde_json::json;
use shared::auth::signer::sha256_hex;
use shared::error::ApiError;
use shared::id::IdentityProviderId;
use shared::oidc::id_token::{Fault, Signed};
use shared::oidc::logout_token::{Logout, TYPES};
use shared::store::external_identities::{self as store, Ending, Subject};
use shared::store::identity_providers::IdentityProvider;

use super::steps::Steps;
use super::{configure, exchange, reach, start};
use crate::actions::{audit, open_pages};
use crate::context::Ctx;

/// Why nothing was ended.
pub enum Refusal {
    /// The token is not good.
    Token(Fault),
    /// Something else.
    Other(ApiError),
}

impl<E: Into<ApiError>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Other(error.into())
    }
}

/// Ends the sessions that the token names, and sign-ins that still owe a second factor. A token that was taken already ends nothing.
pub async fn end(ctx: &Ctx<'_>, id: &IdentityProviderId, token: &str) -> Result<(), Refusal> {
    let provider = configure::find(ctx, id).await?;
    if provider.saml.is_some() {
        return Err(ApiError::not_found().into());
    }
    let logout = judged(ctx, &provider, token).await?;
    let subject = logout.subject.as_deref();
    let about = Subject { provider: &provider.id, issuer: &provider.settings.issuer, subject: subject.unwrap_or_default() };
    let ending = ctx.db.run(store::ending(about, logout.sid.as_deref())).await?.all::<Ending>()?;
    let name = sha256_hex(format!("logout\n{}\n{}", provider.id, logout.jti).as_bytes());
    let mut batch = vec![store::spend(&name, logout.expires)];
    batch.extend(store::end(about, logout.sid.as_deref(), &ending, ctx.now));
    if let Some(first) = ending.first() {
        let detail = json!({ "provider": provider.id, "name": provider.settings.name, "sessions": ending.len() });
        batch.push(audit::line_of(ctx, provider.id.as_str(), "session.ended_by_provider", first.user.as_str(), detail));
    }
    match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("sso_attempts.state_hash") => return Err(Refusal::Token(Fault::TokenId)),
        other => other?,
    };
    for session in &ending {
        open_pages::end_session(ctx, &session.id);
    }
    Ok(())
}

async fn judged(ctx: &Ctx<'_>, provider: &IdentityProvider, token: &str) -> Result<Logout, Refusal> {
    if provider.fresh(ctx.now).is_none() {
        start::count(ctx).await?;
    }
    let found = reach::metadata(ctx, provider, &mut Steps::default()).await;
    let (metadata, at) = found.map_err(|failure| ApiError::sso_unreachable(failure.detail))?;
    let signed = Signed::parse(token, &metadata.algorithms, TYPES).map_err(Refusal::Token)?;
    let key = match exchange::key(ctx, provider, metadata, at, &signed).await {
        Ok((key, _)) => key,
        Err(failure) if failure.is_unreachable => return Err(ApiError::sso_unreachable(failure.detail).into()),
        Err(_) => return Err(Refusal::Token(Fault::KeyUnknown)),
    };
    let is_signed = ctx.platform.is_signed(&key, signed.message(), signed.signature()).await;
    signed.logout(is_signed, &provider.settings.issuer, &provider.settings.client_id, ctx.now).map_err(Refusal::Token)
}
