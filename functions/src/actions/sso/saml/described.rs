//! What a provider says of itself: handed in by an administrator, or fetched from where it publishes it.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::error::ApiError;
use shared::limits::SAML_METADATA_BYTES_MAX;
use shared::oidc::discovery::REFETCH_SECONDS;
use shared::oidc::settings::IdentityProviderIn;
use shared::saml::Fault;
use shared::saml::connection::{Connection, Theirs};
use shared::saml::identity_provider::IdentityProvider as Described;
use shared::store::identity_providers::{self as store, IdentityProvider};

use crate::actions::audit;
use crate::actions::sso::reach::{self, Question};
use crate::actions::sso::steps::{Failure, Step, Steps};
use crate::context::Ctx;

/// Takes the metadata that the form came with, or those at the address that it names for the first time. Without any the provider stays who it
/// was; a provider that nobody knows signs nobody in.
pub async fn settle(
    ctx: &Ctx<'_>,
    form: &mut IdentityProviderIn,
    connection: &mut Connection,
    before: Option<&IdentityProviderIn>,
) -> Result<(), ApiError> {
    let trimmed = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    form.metadata = trimmed(form.metadata.take());
    form.metadata_url = trimmed(form.metadata_url.take());
    form.issuer = before.map(|before| before.issuer.clone()).unwrap_or_default();
    let known = before.filter(|_| connection.theirs.is_some()).and_then(|before| before.metadata_url.as_deref());
    let described = match (form.metadata.as_deref(), form.metadata_url.as_deref().filter(|url| known != Some(*url))) {
        (Some(text), _) => {
            let read = Described::read(text.as_bytes(), ctx.config().private_hosts);
            Some(read.map_err(|_| ApiError::field("metadata", "metadata_refused"))?)
        }
        (None, Some(url)) => Some(fetched(ctx, url).await.map_err(|failure| refused(&failure))?),
        (None, None) => None,
    };
    if let Some(described) = described {
        connection.theirs = Some(Theirs::of(&described));
        form.issuer = described.entity_id;
    } else if connection.theirs.is_none() && form.enabled {
        return Err(ApiError::field("metadata", "missing_field"));
    }
    Ok(())
}

fn refused(failure: &Failure) -> ApiError {
    let code = match failure.reason {
        "address" => "metadata_address",
        _ if failure.is_saml => "metadata_refused",
        _ => "metadata_unreachable",
    };
    ApiError::field("metadata_url", code)
}

/// Asks for the document at an address, as every other address of a tenant's is asked: within bounds, and nowhere inside.
async fn fetched(ctx: &Ctx<'_>, url: &str) -> Result<Described, Failure> {
    let question = Question { url, bytes_max: Some(SAML_METADATA_BYTES_MAX), ..Question::default() };
    let document = reach::ask(ctx, Step::Discovery, question).await?;
    Described::read(&document, ctx.config().private_hosts).map_err(|fault| Failure::saml(Step::Discovery, fault))
}

/// What is known of the provider: asked for anew where it says where, and kept.
pub async fn renewed(ctx: &Ctx<'_>, provider: &IdentityProvider, steps: &mut Steps) -> Result<Theirs, Failure> {
    let none = || Failure::saml(Step::Discovery, Fault::Metadata);
    let known = provider.saml.as_ref().ok_or_else(none)?;
    let Some(url) = provider.settings.metadata_url.as_deref() else {
        let theirs = known.theirs.clone().ok_or_else(none)?;
        steps.took(Step::Discovery, theirs.sign_in.as_str());
        return Ok(theirs);
    };
    let found = fetched(ctx, url).await.and_then(|found| {
        let is_it = found.entity_id == provider.settings.issuer;
        if is_it { Ok(Theirs::of(&found)) } else { Err(Failure::saml(Step::Discovery, Fault::Issuer)) }
    });
    keep(ctx, provider, known, found.as_ref().ok())?;
    let theirs = found?;
    steps.took(Step::Discovery, url);
    Ok(theirs)
}

/// What is kept may be lost without harm: it is asked for again then. That it was asked for is kept as well, whatever came of it.
fn keep(ctx: &Ctx<'_>, provider: &IdentityProvider, known: &Connection, found: Option<&Theirs>) -> Result<(), Failure> {
    let is_other = found.is_some() && found != known.theirs.as_ref();
    let theirs = found.or(known.theirs.as_ref()).cloned();
    let connection = Connection { theirs, certificate: known.certificate.clone() };
    let text = serde_json::to_string(&connection).map_err(|error| Failure::new(Step::Discovery, "discovery", error))?;
    ctx.after.write(ctx.db.bound(store::keep_saml(&provider.id, provider.version, &text, ctx.now)));
    if is_other {
        let detail = json!({ "name": provider.settings.name });
        ctx.after.write(ctx.db.bound(audit::line(ctx, "identity_provider.renewed", provider.id.as_str(), detail)));
    }
    Ok(())
}

/// The same because a signature is by no key that is known: at most once in [`REFETCH_SECONDS`], whatever is handed in.
pub async fn turned(ctx: &Ctx<'_>, provider: &IdentityProvider) -> Option<Theirs> {
    let is_recent = |at: DateTime<Utc>| ctx.now - at < TimeDelta::seconds(REFETCH_SECONDS);
    if provider.settings.metadata_url.is_none() || provider.metadata_at.is_some_and(is_recent) {
        return None;
    }
    renewed(ctx, provider, &mut Steps::default()).await.ok()
}
