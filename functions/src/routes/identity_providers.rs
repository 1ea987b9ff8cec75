//! `/api/identity-providers`: providers of identities (`OpenID` Connect, SAML) by which people sign in here.

pub mod create;
pub mod delete;
pub mod list;
pub mod show;
pub mod test;
pub mod update;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::IdentityProviderId;
use shared::ldap::settings::Mapping;
use shared::oidc::settings::{ClaimNames, Preset};
use shared::store::identity_providers::IdentityProvider;

use crate::actions::sso::configure::{backchannel_logout_uri, comes_to};
use crate::actions::sso::saml;
use crate::context::Ctx;
use crate::entity_tag::etag;

/// A provider as the API shows it; the client's secret never.
#[derive(Serialize, utoipa::ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct IdentityProviderView {
    /// Id.
    id: IdentityProviderId,
    /// What people read on the button.
    name: String,
    /// Whether people can sign in by it.
    enabled: bool,
    /// Whose it is.
    preset: Preset,
    /// The issuer.
    issuer: String,
    /// What the provider calls this portal.
    client_id: String,
    /// Whether the portal has a secret there.
    has_secret: bool,
    /// Where the provider has to send browsers back to, exactly.
    redirect_uri: String,
    /// Where the provider says that a session there is over (`backchannel_logout_uri`).
    backchannel_logout_uri: Option<String>,
    /// Our name at a provider that speaks SAML; our metadata are at this address.
    entity_id: Option<String>,
    /// Where a provider that speaks SAML publishes its metadata.
    metadata_url: Option<String>,
    /// Whether a provider that speaks SAML may begin a sign-in by itself.
    takes_unsolicited: bool,
    /// What is asked for beside `openid`.
    scopes: Vec<String>,
    /// Which claims say what.
    claims: ClaimNames,
    /// What groups give; the first one that a person is in counts.
    mappings: Vec<Mapping>,
    /// The role of those who are in none of these groups.
    default_role: Option<String>,
    /// Whether people who are new get an account.
    create_people: bool,
    /// Domains of mail for which this provider speaks.
    domains: Vec<String>,
    /// Whether addresses are believed that the provider does not say it has checked.
    trusts_addresses: bool,
    /// Whether a second factor that was given there counts here.
    trusts_second_factor: bool,
    /// Which authentication context classes stand for one.
    second_factor_acr: Vec<String>,
    /// Which authentication context classes are asked for.
    acr_values: Vec<String>,
    /// Whether nobody comes in without one of them.
    requires_acr: bool,
    /// Whether whoever signs out here is sent on to sign out there.
    sign_out_there: bool,
    /// Counts the changes; the entity tag.
    version: i64,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was last changed.
    updated_at: DateTime<Utc>,
}

fn view(ctx: &Ctx<'_>, provider: IdentityProvider) -> IdentityProviderView {
    let redirect_uri = comes_to(ctx, &provider);
    let entity_id = provider.saml.as_ref().map(|_| saml::entity_id(ctx, &provider.id));
    let backchannel = provider.saml.is_none().then(|| backchannel_logout_uri(ctx, &provider.id));
    let settings = provider.settings;
    IdentityProviderView {
        backchannel_logout_uri: backchannel,
        redirect_uri,
        entity_id,
        metadata_url: settings.metadata_url,
        takes_unsolicited: settings.takes_unsolicited,
        id: provider.id,
        name: settings.name,
        enabled: settings.enabled,
        preset: settings.preset,
        issuer: settings.issuer,
        client_id: settings.client_id,
        has_secret: provider.secret.is_some(),
        scopes: settings.scopes,
        claims: settings.claims,
        mappings: settings.mappings,
        default_role: settings.default_role,
        create_people: settings.create_people,
        domains: settings.domains,
        trusts_addresses: settings.trusts_addresses,
        trusts_second_factor: settings.trusts_second_factor,
        second_factor_acr: settings.second_factor_acr,
        acr_values: settings.acr_values,
        requires_acr: settings.requires_acr,
        sign_out_there: settings.sign_out_there,
        version: provider.version,
        created_at: provider.created_at,
        updated_at: provider.updated_at,
    }
}

/// The provider that the path names.
fn id(request: &Request) -> Result<IdentityProviderId, ApiError> {
    IdentityProviderId::parse(request.param("provider")).map_err(|_| ApiError::not_found())
}

fn answer(ctx: &Ctx<'_>, status: u16, provider: IdentityProvider) -> Response {
    let tag = etag(provider.version);
    Response::json(status, &view(ctx, provider)).with("etag", tag)
}

/// A provider for the API document, as it is sent.
fn example_in() -> Value {
    json!({
        "name": "Acme", "enabled": true, "preset": "generic", "issuer": "https://login.acme.example", "client_id": "portal",
        "client_secret": "a secret of its own", "scopes": ["email", "profile"],
        "claims": {"name": "name", "email": "email", "groups": "groups"},
        "mappings": [{"group": "support", "role": "agent", "organization": null, "department": null}],
        "default_role": "client", "create_people": true, "domains": ["acme.example"], "trusts_addresses": false,
        "trusts_second_factor": false, "second_factor_acr": [], "acr_values": [], "requires_acr": false, "sign_out_there": true
    })
}

/// The same as it is shown.
fn example() -> Value {
    let mut shown = example_in();
    if let Some(fields) = shown.as_object_mut() {
        fields.remove("client_secret");
        for (name, value) in [
            ("id", json!("idp_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b")),
            ("has_secret", json!(true)),
            ("redirect_uri", json!("https://acme.example/login/sso/idp_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b/callback")),
            ("backchannel_logout_uri", json!("https://acme.example/login/sso/idp_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b/backchannel")),
            ("entity_id", Value::Null),
            ("metadata_url", Value::Null),
            ("takes_unsolicited", json!(false)),
            ("version", json!(1)),
            ("created_at", json!("2026-03-02T07:00:00Z")),
            ("updated_at", json!("2026-03-02T07:00:00Z")),
        ] {
            fields.insert(name.to_owned(), value);
        }
    }
    shown
}
