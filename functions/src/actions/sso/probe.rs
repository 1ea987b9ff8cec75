//! Trying a provider out, step by step, so that whoever sets it up sees where it ends: by asking it for what it says of itself, or by
//! going through a sign-in that signs nobody in.

use serde_json::{Map, json};
use shared::database::TenantStatement;
use shared::error::ApiError;
use shared::id::IdentityProviderId;
use shared::oidc::person::Person;
use shared::oidc::settings::Preset;
use shared::store::identity_providers::IdentityProvider;
use shared::store::queues;
use shared::store::roles::RoleChoice;

use super::exchange::Said;
use super::finish::Tested;
use super::steps::{Failure, Step, Steps, Tried};
use super::{configure, reach, saml};
use crate::actions::audit;
use crate::context::Ctx;

/// Asks for the document and the keys anew.
pub async fn probe(ctx: &Ctx<'_>, id: &IdentityProviderId) -> Result<Vec<Tried>, ApiError> {
    let provider = configure::find(ctx, id).await?;
    probe_known(ctx, &provider).await
}

/// The same for one that was loaded already.
pub async fn probe_known(ctx: &Ctx<'_>, provider: &IdentityProvider) -> Result<Vec<Tried>, ApiError> {
    let mut steps = Steps::default();
    if provider.settings.preset == Preset::Saml {
        if let Err(failure) = saml::described::renewed(ctx, provider, &mut steps).await {
            steps.ended(&failure);
        }
    } else if let Err(failure) = reach::discover(ctx, provider, &mut steps).await {
        steps.ended(&failure);
    }
    ctx.db.run(line(ctx, provider, &steps)).await?;
    Ok(steps.0)
}

/// What a sign-in has shown that signs nobody in.
pub(super) async fn tested(
    ctx: &Ctx<'_>,
    provider: IdentityProvider,
    mut steps: Steps,
    said: Result<Said, Failure>,
) -> Result<Tested, ApiError> {
    let mut once = None;
    let claims = match said {
        Ok(said) => {
            once = said.once;
            match given(&provider, &said.person) {
                Ok(words) => steps.took(Step::Person, words),
                Err(failure) => steps.ended(&failure),
            }
            said.claims
        }
        Err(failure) => {
            steps.ended(&failure);
            Map::new()
        }
    };
    let counts = queues::counts(&ctx.person()?.id);
    let batch = once.into_iter().chain([line(ctx, &provider, &steps), counts]).collect();
    let rows = match ctx.db.batch(batch).await {
        Err(error) if error.is_refused_by("sso_attempts.state_hash") => return Err(ApiError::sso_over()),
        other => other?,
    };
    let counts = rows.last().cloned().ok_or_else(|| ApiError::internal("a batch of two answered otherwise"))?;
    Ok(Tested { provider, steps: steps.0, claims, counts })
}

/// What somebody new would be given.
fn given(provider: &IdentityProvider, person: &Person) -> Result<String, Failure> {
    let settings = &provider.settings;
    let email = person.email.as_deref().unwrap_or("-");
    let summary = format!("{}, {email}, {}", person.name, person.groups.join("; "));
    let Some(place) = settings.place(&person.groups) else { return Err(Failure::new(Step::Person, "no_role", summary)) };
    if settings.create_people && person.good_email(settings).is_none() {
        return Err(Failure::new(Step::Person, "address", summary));
    }
    let role = match &place.role {
        RoleChoice::BuiltIn(role) => role.as_str().to_owned(),
        RoleChoice::Own(id) => id.to_string(),
    };
    Ok(format!("{summary} \u{2192} {role}"))
}

fn line(ctx: &Ctx<'_>, provider: &IdentityProvider, steps: &Steps) -> TenantStatement {
    let failed = steps.0.last().filter(|last| !last.ok).map(|last| last.step);
    let detail = json!({ "failed": failed, "name": provider.settings.name });
    audit::line(ctx, "identity_provider.tested", provider.id.as_str(), detail)
}
