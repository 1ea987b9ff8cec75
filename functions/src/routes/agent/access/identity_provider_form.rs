//! The page of a provider of identities: what it offers, how its form is read, how it comes back.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::IdentityProviderId;
use shared::oidc::settings::{ClaimNames, IdentityProviderIn, Preset};
use shared::store::identity_providers::{self as store, IdentityProvider};

use super::places::Places;
use crate::actions::sso::configure::{backchannel_logout_uri, comes_to};
use crate::actions::sso::saml;
use crate::actions::sso::steps::Tried;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::view::sso::{ProviderEdit, Step};
use crate::pages::{form, render};

/// Fields that come back as they were typed; never the secret.
const KEPT: &[&str] = &[
    "name",
    "issuer",
    "metadata",
    "metadata_url",
    "client_id",
    "scopes",
    "claim_name",
    "claim_email",
    "claim_groups",
    "default_role",
    "domains",
    "second_factor_acr",
    "acr_values",
];
/// Fields of the form whose faults are named otherwise.
const RENAMED: &[(&str, &str)] =
    &[("claims.name", "claim_name"), ("claims.email", "claim_email"), ("claims.groups", "claim_groups")];

/// What the page shows.
pub struct Loaded {
    /// What its mappings choose from.
    pub places: Places,
    provider: Option<IdentityProvider>,
}

/// The provider that the path names.
pub fn id(request: &Request) -> Result<IdentityProviderId, ApiError> {
    IdentityProviderId::parse(request.param("provider")).map_err(|_| ApiError::not_found())
}

/// What was typed, as a provider.
pub fn typed(sent: &Query, places: &Places) -> Result<IdentityProviderIn, ApiError> {
    let text = |name: &str| sent.get(name).unwrap_or_default().trim().to_owned();
    let words = |name: &str| text(name).split_ascii_whitespace().map(str::to_owned).collect();
    let on = |name: &str| sent.get(name).is_some();
    Ok(IdentityProviderIn {
        name: text("name"),
        enabled: on("enabled"),
        preset: Preset::parse(&text("preset")).unwrap_or_default(),
        issuer: text("issuer"),
        client_id: text("client_id"),
        metadata: sent.filled("metadata").map(str::to_owned),
        metadata_url: sent.filled("metadata_url").map(str::to_owned),
        takes_unsolicited: on("takes_unsolicited"),
        client_secret: sent.get("client_secret").filter(|secret| !secret.is_empty()).map(str::to_owned),
        scopes: words("scopes"),
        claims: ClaimNames { name: text("claim_name"), email: text("claim_email"), groups: text("claim_groups") },
        mappings: places.mappings(sent)?,
        default_role: Some(text("default_role")).filter(|role| !role.is_empty()),
        create_people: on("create_people"),
        domains: text("domains").split([',', ' ']).map(str::to_owned).collect(),
        trusts_addresses: on("trusts_addresses"),
        trusts_second_factor: on("trusts_second_factor"),
        second_factor_acr: words("second_factor_acr"),
        acr_values: words("acr_values"),
        requires_acr: on("requires_acr"),
        sign_out_there: on("sign_out_there"),
    })
}

impl Loaded {
    /// Loads it in one round trip; 404 when there is no such provider.
    pub async fn load(ctx: &Ctx<'_>, id: Option<&IdentityProviderId>) -> Result<Self, ApiError> {
        let mut batch = Places::statements(ctx)?.to_vec();
        batch.extend(id.map(store::show));
        let answers = ctx.db.batch(batch).await?;
        let (places, rest) = Places::read(&answers)?;
        let provider = match rest {
            [provider, ..] => Some(provider.first()?.ok_or_else(ApiError::not_found)?),
            [] => None,
        };
        Ok(Self { places, provider })
    }

    /// The provider that was asked for.
    pub fn known(&self) -> Result<&IdentityProvider, ApiError> {
        self.provider.as_ref().ok_or_else(ApiError::not_found)
    }

    /// The page as it stands, with the steps of a test; a new one is of that preset.
    pub fn show(&self, ctx: &Ctx<'_>, frame: &Frame, preset: Preset, tried: Vec<Tried>) -> Result<Response, ApiError> {
        let settings = match &self.provider {
            Some(known) => known.settings.clone(),
            None => IdentityProviderIn::blank(preset),
        };
        self.page(ctx, frame, 200, &self.fields(&settings), None, tried)
    }

    /// The page with a form that was refused.
    pub fn refused(&self, ctx: &Ctx<'_>, frame: &Frame, sent: &Query, error: &ApiError) -> Result<Response, ApiError> {
        self.page(ctx, frame, error.status, sent, Some(error), Vec::new())
    }

    fn page(
        &self,
        ctx: &Ctx<'_>,
        frame: &Frame,
        status: u16,
        typed: &Query,
        refused: Option<&ApiError>,
        tried: Vec<Tried>,
    ) -> Result<Response, ApiError> {
        let known = self.provider.as_ref();
        // Whoever has been told of another change and sends again means it.
        let seen = typed
            .filled("version")
            .and_then(|text| text.parse().ok())
            .filter(|_| refused.is_some_and(|error| error.status != 412));
        let on = |name: &str| typed.get(name).is_some();
        let view = ProviderEdit {
            id: known.map(|known| known.id.to_string()).unwrap_or_default(),
            name: known.map(|known| known.settings.name.clone()).unwrap_or_default(),
            preset: typed.get("preset").and_then(Preset::parse).unwrap_or_default().as_str().to_owned(),
            backchannel: known
                .filter(|known| known.saml.is_none())
                .map(|known| backchannel_logout_uri(ctx, &known.id))
                .unwrap_or_default(),
            is_saml: typed.get("preset") == Some("saml"),
            redirect_uri: known.map(|known| comes_to(ctx, known)).unwrap_or_default(),
            entity_id: known
                .filter(|known| known.saml.is_some())
                .map(|known| saml::entity_id(ctx, &known.id))
                .unwrap_or_default(),
            takes_unsolicited: on("takes_unsolicited"),
            form: filled(ctx, typed, refused),
            version: seen.or(known.map(|known| known.version)).unwrap_or(0),
            enabled: on("enabled"),
            create_people: on("create_people"),
            trusts_addresses: on("trusts_addresses"),
            trusts_second_factor: on("trusts_second_factor"),
            requires_acr: on("requires_acr"),
            sign_out_there: on("sign_out_there"),
            mappings: self.places.rows(ctx, typed, refused),
            own_roles: self.places.own_roles(typed.get("default_role")),
            organizations: self.places.organization_names(),
            steps: tried.into_iter().map(Step::of).collect(),
            may_edit: ctx.actor.may(Permission::AccessManage),
        };
        render::agent_page(ctx, frame, status, "agent/access-identity-provider", "access", &self.places.counts()?, view)
    }

    /// What the form shows of a provider.
    fn fields(&self, settings: &IdentityProviderIn) -> Query {
        let mut fields: Vec<(&str, String)> = vec![
            ("name", settings.name.clone()),
            ("preset", settings.preset.as_str().to_owned()),
            ("issuer", settings.issuer.clone()),
            ("metadata_url", settings.metadata_url.clone().unwrap_or_default()),
            ("client_id", settings.client_id.clone()),
            ("scopes", settings.scopes.join(" ")),
            ("claim_name", settings.claims.name.clone()),
            ("claim_email", settings.claims.email.clone()),
            ("claim_groups", settings.claims.groups.clone()),
            ("default_role", settings.default_role.clone().unwrap_or_default()),
            ("domains", settings.domains.join(", ")),
            ("second_factor_acr", settings.second_factor_acr.join(" ")),
            ("acr_values", settings.acr_values.join(" ")),
        ];
        let flags = [
            ("enabled", settings.enabled),
            ("create_people", settings.create_people),
            ("trusts_addresses", settings.trusts_addresses),
            ("trusts_second_factor", settings.trusts_second_factor),
            ("requires_acr", settings.requires_acr),
            ("sign_out_there", settings.sign_out_there),
            ("takes_unsolicited", settings.takes_unsolicited),
        ];
        fields.extend(flags.into_iter().filter(|(_, on)| *on).map(|(name, _)| (name, "on".to_owned())));
        fields.extend(self.places.fields(&settings.mappings));
        fields.into_iter().collect()
    }
}

/// The form, with faults under the names of its fields.
fn filled(ctx: &Ctx<'_>, typed: &Query, refused: Option<&ApiError>) -> Form {
    let Some(error) = refused else {
        return KEPT.iter().fold(Form::default(), |form, field| form.value(field, typed.get(field).unwrap_or_default()));
    };
    let mut error = error.clone();
    for fault in &mut error.fields {
        if let Some((_, name)) = RENAMED.iter().find(|(name, _)| *name == fault.field) {
            (*name).clone_into(&mut fault.field);
        }
    }
    form::refused(ctx, &error, typed, KEPT)
}
