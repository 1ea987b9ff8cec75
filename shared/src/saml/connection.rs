//! What is kept of a connection with an identity provider: its half, once it was handed in, and the certificate of our key.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::assertion::Identity;
use super::identity_provider::{IdentityProvider, LogoutEndpoint};
use super::{Fault, moment};
use crate::auth::jwk::PublicKey;
use crate::oidc::person::Person;
use crate::oidc::settings::IdentityProviderIn;

/// A connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// The identity provider, once its metadata were handed in.
    pub theirs: Option<Theirs>,
    /// The certificate of our key, as base64.
    pub certificate: String,
}

/// The identity provider's half.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theirs {
    /// Where people are sent to sign in.
    pub sign_in: String,
    /// Where they are sent to sign out.
    pub logout: Option<LogoutEndpoint>,
    /// The keys that it signs by: algorithm and JSON Web Key.
    keys: Vec<(String, String)>,
}

impl Theirs {
    /// What is kept of metadata.
    pub fn of(provider: &IdentityProvider) -> Self {
        let key = |key: &PublicKey| (key.algorithm().as_str().to_owned(), key.jwk().to_owned());
        Self { sign_in: provider.sign_in.clone(), logout: provider.logout.clone(), keys: provider.keys.iter().map(key).collect() }
    }

    /// The keys that it signs by.
    pub fn keys(&self) -> Vec<PublicKey> {
        self.keys.iter().filter_map(|(algorithm, jwk)| PublicKey::stored(algorithm, jwk.clone())).collect()
    }
}

/// A name that is another one at each sign-in (SAML core, 8.3.8).
const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
/// A name that is an address (8.3.2).
const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
/// What providers call it that a second factor was given: of REFEDS, and of Microsoft.
const FACTORS: [&str; 2] = ["https://refeds.org/profile/mfa", "http://schemas.microsoft.com/claims/multipleauthn"];
/// Where Microsoft says so.
const METHODS: &str = "http://schemas.microsoft.com/claims/authnmethodsreferences";

/// Who that is, and all that was said of them, by the names that attributes have and those that they have for people. Somebody whose name
/// changes each time would be somebody else each time.
pub fn person(identity: &Identity, settings: &IdentityProviderIn) -> Result<(Person, Map<String, Value>), Fault> {
    let name = &identity.name;
    if name.format.as_deref() == Some(TRANSIENT) {
        return Err(Fault::Subject);
    }
    let mut claims = Map::new();
    for attribute in &identity.attributes {
        let value = match attribute.values.as_slice() {
            [one] => Value::from(one.as_str()),
            many => Value::from(many),
        };
        if let Some(friendly) = &attribute.friendly_name {
            claims.entry(friendly.as_str()).or_insert_with(|| value.clone());
        }
        claims.insert(attribute.name.clone(), value);
    }
    let methods =
        identity.attributes.iter().filter(|attribute| attribute.name == METHODS).flat_map(|attribute| &attribute.values);
    let has_given_factor = methods.chain(&identity.context).any(|method| FACTORS.contains(&method.as_str()));
    if name.format.as_deref() == Some(EMAIL) {
        claims.entry(settings.claims.email.as_str()).or_insert_with(|| name.value.as_str().into());
    }
    // No attribute can stand in for these.
    claims.insert("sub".to_owned(), name.value.as_str().into());
    claims.remove("amr");
    claims.remove("acr");
    claims.remove("login_hint");
    claims.extend(identity.context.as_ref().map(|context| ("acr".to_owned(), context.as_str().into())));
    let mut person = Person::read(&claims, settings).ok_or(Fault::Subject)?;
    person.has_given_factor |= has_given_factor;
    person.logout_hint = serde_json::to_string(name).ok();
    person.sid.clone_from(&identity.session);
    // As long as it is taken: clocks may be apart.
    person.session_until = identity.session_until.map(|until| until + moment::skew());
    Ok((person, claims))
}
