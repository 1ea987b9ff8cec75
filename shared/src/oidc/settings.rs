//! How a tenant's provider of identities is set up.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::address;
use crate::error::FieldError;
use crate::ldap::settings::{Mapping, Place, Reach};
use crate::limits::NAME_CHARS_MAX;
use crate::mail::address::normalize;
use crate::store::roles::RoleChoice;

/// Characters of a client's id.
const CLIENT_CHARS_MAX: usize = 255;
/// Bytes of a client's secret.
const SECRET_BYTES_MAX: usize = 512;
/// Scopes that are asked for, and characters of one.
const SCOPES_MAX: usize = 10;
const SCOPE_CHARS_MAX: usize = 100;
/// Characters of the name of an authentication context class: many are addresses.
const ACR_CHARS_MAX: usize = 255;
/// Characters of a claim's name.
const CLAIM_CHARS_MAX: usize = 100;
/// Groups that give something, and characters of one.
const MAPPINGS_MAX: usize = 100;
const GROUP_CHARS_MAX: usize = 255;
/// Domains of mail.
const DOMAINS_MAX: usize = 50;
/// The issuer of Google.
pub const GOOGLE: &str = "https://accounts.google.com";
/// What issuers of Microsoft Entra ID begin with; the id of the company's directory follows, and `/v2.0`.
const MICROSOFT: &str = "https://login.microsoftonline.com/";

/// Whose provider it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// Anybody's.
    #[default]
    Generic,
    /// Google.
    Google,
    /// Microsoft Entra ID, one company's directory of it.
    Microsoft,
    /// Anybody's that speaks SAML 2.0 instead of `OpenID` Connect.
    Saml,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Generic, Self::Google, Self::Microsoft, Self::Saml];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Generic => "generic",
            Self::Google => "google",
            Self::Microsoft => "microsoft",
            Self::Saml => "saml",
        }
    }

    /// Parses the name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.as_str() == name)
    }

    /// What its issuers look like.
    pub fn issuer(self) -> &'static str {
        match self {
            Self::Generic | Self::Saml => "",
            Self::Google => GOOGLE,
            Self::Microsoft => "https://login.microsoftonline.com/{directory}/v2.0",
        }
    }

    /// Whether that is an issuer of it. One of Microsoft's names a company's own directory: `common` and its like would let in everybody
    /// who has an account at Microsoft.
    fn fits(self, issuer: &str) -> bool {
        match self {
            Self::Generic | Self::Saml => true,
            Self::Google => issuer == GOOGLE,
            Self::Microsoft => {
                let directory = issuer.strip_prefix(MICROSOFT).and_then(|rest| rest.strip_suffix("/v2.0"));
                directory.is_some_and(|directory| uuid::Uuid::try_parse(directory).is_ok() && directory.len() == 36)
            }
        }
    }
}

/// A provider of identities as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct IdentityProviderIn {
    /// What people read on the button; no other provider of the tenant is called so.
    #[schema(example = "Acme")]
    pub name: String,
    /// Whether people can sign in by it.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Whose it is: what the issuer has to look like.
    #[serde(default)]
    pub preset: Preset,
    /// The issuer, exactly as the provider writes it. Of SAML it is the name in the metadata, and not read.
    #[serde(default)]
    #[schema(example = "https://login.acme.example")]
    pub issuer: String,
    /// What the provider calls this portal. Not read of SAML.
    #[serde(default)]
    #[schema(example = "portal")]
    pub client_id: String,
    /// The portal's secret at the provider, where it has one. Never shown; left out in a change it stays, unless issuer or client change.
    #[serde(default, skip_serializing)]
    pub client_secret: Option<String>,
    /// Of SAML: the provider's metadata, an XML document. Left out in a change they stay; without them nobody can sign in by it.
    #[serde(default, skip_serializing)]
    pub metadata: Option<String>,
    /// Of SAML: where the provider publishes them. They are fetched from there where no document comes along, and again when the provider signs
    /// by a key that they do not have.
    #[serde(default)]
    #[schema(example = "https://login.acme.example/metadata.xml")]
    pub metadata_url: Option<String>,
    /// Of SAML: whether the provider may begin a sign-in by itself. Whoever makes somebody hand such an answer in signs them in as another.
    #[serde(default)]
    pub takes_unsolicited: bool,
    /// What is asked for beside `openid`.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// Which claims say what.
    #[serde(default)]
    pub claims: ClaimNames,
    /// What groups give; the first one that a person is in counts.
    #[serde(default)]
    pub mappings: Vec<Mapping>,
    /// The role of those who are in none of these groups: one of the five, or `rol_...`. Without it they have no access.
    #[serde(default)]
    #[schema(example = "client")]
    pub default_role: Option<String>,
    /// Whether people who are new get an account when they first sign in.
    #[serde(default)]
    pub create_people: bool,
    /// Domains of mail for which this provider speaks; of others nobody is made.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Whether addresses are believed without the provider saying that it has checked them (`email_verified`): only of one's own.
    #[serde(default)]
    pub trusts_addresses: bool,
    /// Whether a second factor that was given at the provider (`amr` with `mfa`) is taken for one that was given here.
    #[serde(default)]
    pub trusts_second_factor: bool,
    /// Which authentication context classes stand for a second factor there, beside `amr`, where the provider is trusted with it.
    #[serde(default)]
    #[schema(example = json!(["phr"]))]
    pub second_factor_acr: Vec<String>,
    /// Which authentication context classes are asked for (`acr_values`), the best one first.
    #[serde(default)]
    #[schema(example = json!(["phr", "phrh"]))]
    pub acr_values: Vec<String>,
    /// Whether the provider has to answer with one of them (`acr`): nobody comes in without.
    #[serde(default)]
    pub requires_acr: bool,
    /// Whether whoever signs out here is sent on to sign out there, where the provider lets them.
    #[serde(default = "yes")]
    pub sign_out_there: bool,
}

/// Which claims say what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimNames {
    /// Name.
    #[serde(default = "name")]
    pub name: String,
    /// Address.
    #[serde(default = "email")]
    pub email: String,
    /// Groups, or roles: a word or a list of words.
    #[serde(default = "groups")]
    pub groups: String,
}

impl Default for ClaimNames {
    fn default() -> Self {
        Self { name: name(), email: email(), groups: groups() }
    }
}

fn yes() -> bool {
    true
}

fn scopes() -> Vec<String> {
    vec![email(), "profile".to_owned()]
}

fn name() -> String {
    "name".to_owned()
}

fn email() -> String {
    "email".to_owned()
}

fn groups() -> String {
    "groups".to_owned()
}

impl IdentityProviderIn {
    /// One of a preset that nobody has filled in yet.
    pub fn blank(preset: Preset) -> Self {
        Self {
            name: match preset {
                Preset::Generic | Preset::Saml => String::new(),
                Preset::Google => "Google".to_owned(),
                Preset::Microsoft => "Microsoft".to_owned(),
            },
            enabled: true,
            preset,
            issuer: preset.issuer().to_owned(),
            client_id: String::new(),
            client_secret: None,
            metadata: None,
            metadata_url: None,
            takes_unsolicited: false,
            scopes: scopes(),
            claims: match preset {
                Preset::Saml => ClaimNames { name: "displayName".to_owned(), ..ClaimNames::default() },
                _ => ClaimNames::default(),
            },
            mappings: Vec::new(),
            default_role: None,
            create_people: false,
            domains: Vec::new(),
            trusts_addresses: false,
            trusts_second_factor: false,
            second_factor_acr: Vec::new(),
            acr_values: Vec::new(),
            requires_acr: false,
            sign_out_there: true,
        }
    }

    /// The provider as it will be stored, or everything that is wrong with it. The secret is looked at only if there is one.
    pub fn checked(mut self, reach: Reach<'_>) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        let mut fault = |field: &str, code| faults.push(FieldError::new(field, code));
        self.name = crate::mail::address::tidy(&self.name, NAME_CHARS_MAX);
        if self.name.is_empty() {
            fault("name", "missing_field");
        }
        if self.preset == Preset::Saml {
            self.client_id.clear();
            self.client_secret = None;
            self.scopes.clear();
            if self.metadata_url.as_deref().is_some_and(|url| address::checked(url, reach).is_none()) {
                fault("metadata_url", "metadata_address");
            }
        } else {
            self.metadata = None;
            self.metadata_url = None;
            self.takes_unsolicited = false;
            self.oidc_faults(reach, &mut fault);
        }
        let is_class =
            |class: &String| (1..=ACR_CHARS_MAX).contains(&class.len()) && class.bytes().all(|byte| byte.is_ascii_graphic());
        for (field, classes) in [("acr_values", &self.acr_values), ("second_factor_acr", &self.second_factor_acr)] {
            if classes.len() > SCOPES_MAX || !classes.iter().all(is_class) {
                fault(field, "bad_format");
            }
        }
        if self.requires_acr && self.acr_values.is_empty() {
            fault("acr_values", "missing_field");
        }
        let names = &self.claims;
        for (field, name) in [("name", &names.name), ("email", &names.email), ("groups", &names.groups)] {
            if name.trim().is_empty() || name.chars().count() > CLAIM_CHARS_MAX {
                fault(&format!("claims.{field}"), "missing_field");
            }
        }
        for (at, mapping) in self.mappings.iter().enumerate() {
            if mapping.group.trim().is_empty() || mapping.group.chars().count() > GROUP_CHARS_MAX {
                fault(&format!("mappings.{at}.group"), "missing_field");
            }
            if RoleChoice::parse(&mapping.role).is_none() {
                fault(&format!("mappings.{at}.role"), "unknown_value");
            }
        }
        if self.mappings.len() > MAPPINGS_MAX {
            fault("mappings", "too_many_entries");
        }
        if self.default_role.as_ref().is_some_and(|role| RoleChoice::parse(role).is_none()) {
            fault("default_role", "unknown_value");
        }
        self.domains = self.domains.iter().map(|domain| domain.trim().trim_start_matches('@').to_lowercase()).collect();
        self.domains.retain(|domain| !domain.is_empty());
        let is_domain = |domain: &String| normalize(&format!("a@{domain}")).is_some();
        if self.domains.len() > DOMAINS_MAX || !self.domains.iter().all(is_domain) {
            fault("domains", "not_a_domain");
        } else if self.create_people && self.domains.is_empty() {
            fault("domains", "missing_field");
        }
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }

    /// What is wrong with what `OpenID` Connect needs, beside the name.
    fn oidc_faults(&mut self, reach: Reach<'_>, fault: &mut dyn FnMut(&str, &'static str)) {
        match address::issuer(&self.issuer, reach).filter(|issuer| self.preset.fits(issuer)) {
            Some(issuer) => self.issuer = issuer,
            None => fault("issuer", "issuer_refused"),
        }
        self.client_id = self.client_id.trim().into();
        if self.client_id.is_empty() || self.client_id.chars().count() > CLIENT_CHARS_MAX {
            fault("client_id", "missing_field");
        }
        if self.client_secret.as_ref().is_some_and(|secret| secret.is_empty() || secret.len() > SECRET_BYTES_MAX) {
            fault("client_secret", "missing_field");
        }
        self.scopes.retain(|scope| !scope.is_empty() && scope != "openid");
        let is_scope =
            |scope: &String| scope.chars().count() <= SCOPE_CHARS_MAX && scope.bytes().all(|byte| byte.is_ascii_graphic());
        if self.scopes.len() > SCOPES_MAX || !self.scopes.iter().all(is_scope) {
            fault("scopes", "not_a_scope");
        }
    }

    /// Whether it says as `before` who people are and which groups they are in. A secret that is typed is another one.
    pub fn knows_people_as(&self, before: &Self) -> bool {
        let bare = |settings: &Self| Self {
            name: String::new(),
            enabled: true,
            mappings: Vec::new(),
            default_role: None,
            ..settings.clone()
        };
        bare(self) == bare(before)
    }

    /// Whether a sign-in of that authentication context class is good enough.
    pub fn takes_level(&self, acr: Option<&str>) -> bool {
        !self.requires_acr || acr.is_some_and(|acr| self.acr_values.iter().any(|wanted| wanted == acr))
    }

    /// Whether it is trusted with as many second factors as `before` was.
    pub fn vouches_as(&self, before: &Self) -> bool {
        let counts = |class: &String| self.second_factor_acr.contains(class);
        !before.trusts_second_factor || (self.trusts_second_factor && before.second_factor_acr.iter().all(counts))
    }

    /// Whether this provider speaks for an address.
    pub fn speaks_for(&self, email: &str) -> bool {
        email.rsplit_once('@').is_some_and(|(_, domain)| self.domains.iter().any(|known| known == domain))
    }

    /// What somebody in these groups is given; nothing for one who has no access.
    pub fn place(&self, groups: &[String]) -> Option<Place> {
        if let Some(mapping) = self.mappings.iter().find(|mapping| groups.contains(&mapping.group)) {
            return Some(Place {
                role: RoleChoice::parse(&mapping.role)?,
                organization: mapping.organization.clone(),
                department: mapping.department.clone(),
            });
        }
        let role = RoleChoice::parse(self.default_role.as_deref()?)?;
        Some(Place { role, organization: None, department: None })
    }
}
