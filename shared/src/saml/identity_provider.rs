//! Metadata of an identity provider (SAML metadata, 2.4.3), as an administrator hands them in. They are believed because of who hands them in:
//! a signature in them is not looked at.

use super::names::{METADATA, POST, PROTOCOL, REDIRECT, SIGNATURE};
use super::xml::{Element, read};
use super::{Fault, certificate};
use crate::auth::jwk::PublicKey;
use crate::limits::{SAML_KEYS_MAX, SAML_METADATA_BYTES_MAX};

/// An identity provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityProvider {
    /// Its name.
    pub entity_id: String,
    /// Where people are sent to sign in, with the request in the query.
    pub sign_in: String,
    /// Where they are sent to sign out, and how.
    pub logout: Option<LogoutEndpoint>,
    /// The keys that it signs by.
    pub keys: Vec<PublicKey>,
}

/// Where messages about signing out are sent, in the query.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LogoutEndpoint {
    /// Orders.
    pub orders: String,
    /// Answers.
    pub answers: String,
}

impl IdentityProvider {
    /// Reads the document: one entity that is an identity provider, reachable by browsers in a protected way, with at least one key that is taken.
    /// `lets_plain` is for deployments whose tenants name machines of their own network: there, addresses may do without TLS.
    pub fn read(document: &[u8], lets_plain: bool) -> Result<Self, Fault> {
        let root = read(document, SAML_METADATA_BYTES_MAX)?;
        // Some write a list of one.
        let listed = if root.is(METADATA, "EntitiesDescriptor") { root.only(METADATA, "EntityDescriptor") } else { Some(&root) };
        let entity = listed.filter(|entity| entity.is(METADATA, "EntityDescriptor")).ok_or(Fault::Metadata)?;
        let entity_id = entity.attribute("entityID").filter(|id| !id.is_empty()).ok_or(Fault::Metadata)?;
        let role = entity.only(METADATA, "IDPSSODescriptor").ok_or(Fault::Metadata)?;
        let speaks = role.attribute("protocolSupportEnumeration").unwrap_or_default();
        if !speaks.split_ascii_whitespace().any(|protocol| protocol == PROTOCOL) {
            return Err(Fault::Metadata);
        }
        let sign_in = location(role, ("SingleSignOnService", REDIRECT, "Location"), lets_plain)?.ok_or(Fault::Metadata)?;
        Ok(Self {
            entity_id: entity_id.to_owned(),
            sign_in: sign_in.to_owned(),
            logout: logout(role, lets_plain)?,
            keys: keys(role)?,
        })
    }
}

/// The address of the first service of this name and binding.
fn location<'a>(
    role: &'a Element,
    (service, binding, attribute): (&'a str, &str, &str),
    lets_plain: bool,
) -> Result<Option<&'a str>, Fault> {
    let found = role.all(METADATA, service).find(|service| service.attribute("Binding") == Some(binding));
    let Some(address) = found.and_then(|service| service.attribute(attribute)) else { return Ok(None) };
    // A browser is sent there: `javascript:` and the like are no addresses, and what is not protected can be read on the way.
    let begins = |scheme: &str| address.get(..scheme.len()).is_some_and(|text| text.eq_ignore_ascii_case(scheme));
    let is_address = (begins("https://") || (lets_plain && begins("http://")))
        && url::Url::parse(address).is_ok_and(|url| url.fragment().is_none());
    if is_address { Ok(Some(address)) } else { Err(Fault::Endpoint) }
}

/// Where messages about signing out are sent. One that takes them in forms alone is told nothing, but may tell us.
fn logout(role: &Element, lets_plain: bool) -> Result<Option<LogoutEndpoint>, Fault> {
    let service = "SingleLogoutService";
    let Some(orders) = location(role, (service, REDIRECT, "Location"), lets_plain)? else {
        location(role, (service, POST, "Location"), lets_plain)?;
        return Ok(None);
    };
    let answers = location(role, (service, REDIRECT, "ResponseLocation"), lets_plain)?.unwrap_or(orders);
    Ok(Some(LogoutEndpoint { orders: orders.to_owned(), answers: answers.to_owned() }))
}

/// The keys that it signs by. One that cannot be taken is passed over as long as there is another.
fn keys(role: &Element) -> Result<Vec<PublicKey>, Fault> {
    let descriptors =
        role.all(METADATA, "KeyDescriptor").filter(|key| key.attribute("use").is_none_or(|purpose| purpose == "signing"));
    let certificates = descriptors
        .flat_map(|descriptor| descriptor.all(SIGNATURE, "KeyInfo"))
        .flat_map(|information| information.all(SIGNATURE, "X509Data"))
        .flat_map(|data| data.all(SIGNATURE, "X509Certificate"));
    let mut keys: Vec<PublicKey> = Vec::new();
    for certificate in certificates {
        match certificate.text().map(certificate::key) {
            Some(Ok(key)) if !keys.contains(&key) => keys.push(key),
            _ => {}
        }
    }
    match keys.len() {
        0 => Err(Fault::Certificate),
        count if count > SAML_KEYS_MAX => Err(Fault::TooLarge),
        _ => Ok(keys),
    }
}
