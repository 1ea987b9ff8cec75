//! Single logout (SAML core, 3.7): the end of somebody's sessions, wherever it was asked for.

use chrono::{DateTime, Utc};

use super::assertion::{NameId, name_id};
use super::names::{ASSERTION, PROTOCOL, SUCCESS};
use super::response::{is_message, issuer, succeeded};
use super::signature::{Verified, no_others, verify};
use super::xml::canonical::Place;
use super::xml::{Element, escaped, read};
use super::{Fault, moment};
use crate::auth::cryptography::Cryptography;
use crate::auth::jwk::PublicKey;
use crate::limits::{SAML_LOGOUT_SECONDS, SAML_MESSAGE_BYTES_MAX, SAML_VALUES_MAX};

/// What has to be so of a message about signing out.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The identity provider's name.
    pub issuer: &'a str,
    /// The address at which it arrived.
    pub address: &'a str,
}

/// An order to end sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoutRequest {
    /// Its id, for the answer; it is carried out once.
    pub id: String,
    /// Until when that has to be remembered.
    pub remember_until: DateTime<Utc>,
    /// Whose.
    pub name: NameId,
    /// Which; all of them when none is named.
    pub sessions: Vec<String>,
}

/// Checks the signature of a message that came in a form.
pub async fn verify_posted(message: &[u8], keys: &[PublicKey], cryptography: &dyn Cryptography) -> Result<Verified, Fault> {
    let root = read(message, SAML_MESSAGE_BYTES_MAX)?;
    let verified = verify(Place { ancestors: &[], element: &root }, keys, cryptography).await?;
    no_others(verified.element(), 0)?;
    Ok(verified)
}

/// Reads an order whose signature holds.
pub fn ordered(message: &Verified, expected: Expected<'_>, now: DateTime<Utc>) -> Result<LogoutRequest, Fault> {
    let root = message.element();
    is_message(root, "LogoutRequest")?;
    let remember_until = is_to_us(root, expected, now)?;
    moment::until(root.attribute("NotOnOrAfter"), now)?;
    let sessions = root.all(PROTOCOL, "SessionIndex").take(SAML_VALUES_MAX);
    Ok(LogoutRequest {
        id: root.attribute("ID").filter(|id| !id.is_empty()).ok_or(Fault::Malformed)?.to_owned(),
        remember_until,
        name: name_id(root)?,
        sessions: sessions.map(|session| session.text().map(str::to_owned).ok_or(Fault::Malformed)).collect::<Result<_, _>>()?,
    })
}

/// Reads an answer to an order of ours whose signature holds. [`Fault::Status`] says that not everybody else has ended the sessions.
pub fn answered(message: &Verified, request: &str, expected: Expected<'_>, now: DateTime<Utc>) -> Result<(), Fault> {
    let root = message.element();
    is_message(root, "LogoutResponse")?;
    is_to_us(root, expected, now)?;
    if root.attribute("InResponseTo") != Some(request) {
        return Err(Fault::Request);
    }
    succeeded(root)
}

/// By that identity provider, sent here, a moment ago. Answers when it is too old.
fn is_to_us(root: &Element, expected: Expected<'_>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Fault> {
    if issuer(root)? != Some(expected.issuer) {
        return Err(Fault::Issuer);
    }
    if root.attribute("Destination") != Some(expected.address) {
        return Err(Fault::Destination);
    }
    moment::fresh(root.attribute("IssueInstant"), SAML_LOGOUT_SECONDS, now)
}

/// A message of ours about signing out.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    /// Its id: an underscore and random signs.
    pub id: &'a str,
    /// The address that it is sent to.
    pub destination: &'a str,
    /// Our name.
    pub entity_id: &'a str,
}

impl Outgoing<'_> {
    /// An order to end this session of somebody.
    pub fn order(&self, name: &NameId, session: Option<&str>, now: DateTime<Utc>) -> String {
        let part = |label: &str, value: &Option<String>| {
            value.as_deref().map(|value| format!(r#" {label}="{}""#, escaped(value))).unwrap_or_default()
        };
        let session =
            session.map(|session| format!("<samlp:SessionIndex>{}</samlp:SessionIndex>", escaped(session))).unwrap_or_default();
        let name = format!(
            "<saml:NameID{}{}{}>{}</saml:NameID>",
            part("Format", &name.format),
            part("NameQualifier", &name.qualifier),
            part("SPNameQualifier", &name.for_provider),
            escaped(&name.value)
        );
        self.message("LogoutRequest", "", &format!("{name}{session}"), now)
    }

    /// The answer to an order: it was carried out.
    pub fn answer(&self, request: &str, now: DateTime<Utc>) -> String {
        let in_response_to = format!(r#" InResponseTo="{}""#, escaped(request));
        let status = format!(r#"<samlp:Status><samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>"#);
        self.message("LogoutResponse", &in_response_to, &status, now)
    }

    fn message(&self, kind: &str, attributes: &str, content: &str, now: DateTime<Utc>) -> String {
        format!(
            concat!(
                r#"<samlp:{kind} xmlns:samlp="{protocol}" xmlns:saml="{assertion}" ID="{id}" Version="2.0" IssueInstant="{now}""#,
                r#" Destination="{destination}"{attributes}><saml:Issuer>{entity_id}</saml:Issuer>{content}</samlp:{kind}>"#,
            ),
            kind = kind,
            protocol = PROTOCOL,
            assertion = ASSERTION,
            id = escaped(self.id),
            now = moment::write(now),
            destination = escaped(self.destination),
            attributes = attributes,
            entity_id = escaped(self.entity_id),
            content = content,
        )
    }
}
