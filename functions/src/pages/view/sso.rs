//! Providers of identities.

use serde::Serialize;

use super::directories::MappingRow;
use super::{Choice, Form, Moment};
use crate::actions::sso::steps::Tried;

/// `GET /agent/access/identity-providers`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Providers {
    /// All of them by name.
    pub rows: Vec<ProviderRow>,
    /// Whether the reader may set one up.
    pub may_edit: bool,
}

/// One provider of the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ProviderRow {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// The issuer.
    pub issuer: String,
    /// Whether people can sign in by it.
    pub enabled: bool,
}

/// `GET /agent/access/identity-providers/new`, `GET /agent/access/identity-providers/{provider}`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
#[expect(clippy::struct_excessive_bools, reason = "each is a box of the form")]
pub struct ProviderEdit {
    /// Id; empty for a new one.
    pub id: String,
    /// Name as it stands; empty for a new one.
    pub name: String,
    /// Whose it is: `generic`, `google`, `microsoft`.
    pub preset: String,
    /// Whether it speaks SAML.
    pub is_saml: bool,
    /// Where the provider has to send browsers back to; empty for a new one.
    pub redirect_uri: String,
    /// Where the provider says that a session is over; empty for a new one.
    #[serde(default)]
    pub backchannel: String,
    /// Our name and metadata at a provider that speaks SAML; empty for others and for a new one.
    pub entity_id: String,
    /// State of the form.
    pub form: Form,
    /// What the form sends back.
    pub version: i64,
    /// Whether people can sign in by it.
    pub enabled: bool,
    /// Whether it may begin by itself.
    pub takes_unsolicited: bool,
    /// Whether people who are new get an account.
    pub create_people: bool,
    /// Whether addresses are believed that it does not say it has checked.
    pub trusts_addresses: bool,
    /// Whether its second factor counts here.
    pub trusts_second_factor: bool,
    /// Whether nobody comes in without one of the classes that are asked for.
    #[serde(default)]
    pub requires_acr: bool,
    /// Whether whoever signs out here is sent on.
    pub sign_out_there: bool,
    /// What groups give, and some empty lines.
    pub mappings: Vec<MappingRow>,
    /// The role of everybody else: the tenant's own roles.
    pub own_roles: Vec<Choice>,
    /// Names of some organizations, to choose from while typing.
    pub organizations: Vec<String>,
    /// The steps of a test that was just made.
    pub steps: Vec<Step>,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// A step of a test.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Step {
    /// Stable name.
    pub step: String,
    /// Whether it went well.
    pub ok: bool,
    /// What was found, or what was wrong.
    pub detail: String,
    /// Why a message of SAML is not believed; empty where none was.
    pub fault: String,
}

impl Step {
    /// What came of a step.
    pub fn of(tried: Tried) -> Self {
        Self {
            step: tried.step.as_str().to_owned(),
            ok: tried.ok,
            detail: tried.detail,
            fault: tried.fault.unwrap_or_default().to_owned(),
        }
    }
}

/// `GET /login/sso/{provider}/callback` of a test.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ProviderTest {
    /// Id of the provider.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The steps that were taken.
    pub steps: Vec<Step>,
    /// What it said of the person.
    pub claims: Vec<Claim>,
}

/// Something that a provider said.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Claim {
    /// Its name.
    pub name: String,
    /// It, as text or JSON.
    pub value: String,
}

/// Who somebody is at a provider.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct IdentityRow {
    /// Id.
    pub id: String,
    /// Name of the provider.
    pub provider: String,
    /// What it calls them.
    pub label: String,
    /// Since when.
    pub linked: Moment,
    /// When it was last used.
    pub used: Option<Moment>,
}

/// What `POST /logout` answers whoever may sign out at a provider, too.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct SignedOut {
    /// Name of the provider.
    pub name: String,
    /// Its address for that.
    pub location: String,
}

/// What `POST /login/sso/{provider}/acs` answers: what was handed in, to be sent on from here.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct HandedIn {
    /// Id of the provider.
    pub id: String,
    /// The answer.
    pub response: String,
    /// What came back with it.
    pub relay_state: String,
}
