//! What an assertion says about somebody, and whether it says it to us, now, and in answer to what we asked (SAML profiles, 4.1.4.3).

use chrono::{DateTime, Utc};

use super::names::{ASSERTION, BEARER};
use super::response::{Evidence, issuer};
use super::xml::Element;
use super::{Fault, moment};
use crate::limits::{SAML_ASSERTION_SECONDS, SAML_VALUES_MAX};

/// What has to be so.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The identity provider's name.
    pub issuer: &'a str,
    /// Our name.
    pub audience: &'a str,
    /// The address at which it was handed in.
    pub address: &'a str,
    /// The request that this browser made, if there was one.
    pub request: Option<&'a str>,
    /// Whether the identity provider may begin by itself.
    pub takes_unsolicited: bool,
}

/// A name as the identity provider gives it.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct NameId {
    /// The name.
    pub value: String,
    /// What kind of name it is.
    pub format: Option<String>,
    /// Whose names it is one of.
    pub qualifier: Option<String>,
    /// For whom it was made up.
    pub for_provider: Option<String>,
}

/// What is known of somebody, with its values in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its name for people.
    pub friendly_name: Option<String>,
    /// Its values.
    pub values: Vec<String>,
}

/// Somebody of whom the identity provider says that it knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The assertion, which is taken once.
    pub assertion: String,
    /// Until when that has to be remembered: from then on it is too old.
    pub remember_until: DateTime<Utc>,
    /// Who.
    pub name: NameId,
    /// What is known of them.
    pub attributes: Vec<Attribute>,
    /// The session there, by which it is ended.
    pub session: Option<String>,
    /// When that session ends.
    pub session_until: Option<DateTime<Utc>>,
    /// When they were authenticated.
    pub authenticated_at: DateTime<Utc>,
    /// How.
    pub context: Option<String>,
}

impl Evidence {
    /// Decides whether to believe it. That the assertion was not handed in before is for whoever remembers them.
    pub fn decide(&self, expected: &Expected<'_>, now: DateTime<Utc>) -> Result<Identity, Fault> {
        let assertion = self.assertion.element();
        if assertion.attribute("Version") != Some("2.0") {
            return Err(Fault::Version);
        }
        self.is_from(expected.issuer)?;
        self.is_for(expected.address)?;
        self.answers(expected)?;
        let oldest = moment::fresh(assertion.attribute("IssueInstant"), SAML_ASSERTION_SECONDS, now)?;
        let subject = assertion.only(ASSERTION, "Subject").ok_or(Fault::Subject)?;
        let confirmed_until = confirmed(subject, expected, now)?;
        conditions(assertion, expected.audience, now)?;
        let statement = authentication(assertion, now)?;
        Ok(Identity {
            assertion: assertion.attribute("ID").filter(|id| !id.is_empty()).ok_or(Fault::Malformed)?.to_owned(),
            remember_until: oldest.min(confirmed_until),
            name: name_id(subject)?,
            attributes: attributes(assertion)?,
            session: statement.attribute("SessionIndex").map(str::to_owned),
            session_until: statement.attribute("SessionNotOnOrAfter").map(moment::read).transpose()?,
            authenticated_at: moment::read(statement.attribute("AuthnInstant").ok_or(Fault::Authentication)?)?,
            context: context(statement).map(str::to_owned),
        })
    }

    /// The assertion has to say by whom it is; the answer may.
    fn is_from(&self, provider: &str) -> Result<(), Fault> {
        let said = issuer(self.assertion.element())?;
        let agrees = self.envelope.issuer.as_deref().is_none_or(|issuer| issuer == provider);
        if said == Some(provider) && agrees { Ok(()) } else { Err(Fault::Issuer) }
    }

    /// A signed answer has to say where it is sent (SAML bindings, 3.5.5.2); another may.
    fn is_for(&self, address: &str) -> Result<(), Fault> {
        match self.envelope.destination.as_deref() {
            Some(destination) if destination == address => Ok(()),
            None if !self.envelope.is_signed => Ok(()),
            _ => Err(Fault::Destination),
        }
    }

    /// The answer to the request of this browser; or to none, where that may be.
    fn answers(&self, expected: &Expected<'_>) -> Result<(), Fault> {
        match (expected.request, self.envelope.in_response_to.as_deref()) {
            (None, None) if !expected.takes_unsolicited => Err(Fault::Unsolicited),
            (asked, answered) if asked == answered => Ok(()),
            _ => Err(Fault::Request),
        }
    }
}

/// At least one of the ways to confirm the subject has to be that it is handed in here and now. Answers until when.
fn confirmed(subject: &Element, expected: &Expected<'_>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Fault> {
    let bearers = subject.all(ASSERTION, "SubjectConfirmation").filter(|way| way.attribute("Method") == Some(BEARER));
    let mut outcome = Err(Fault::Confirmation);
    for bearer in bearers {
        match (outcome, confirmation(bearer, expected, now)) {
            (_, Ok(until)) => return Ok(until),
            (Err(Fault::Confirmation), fault) => outcome = fault,
            _ => {}
        }
    }
    outcome
}

fn confirmation(bearer: &Element, expected: &Expected<'_>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Fault> {
    let data = bearer.only(ASSERTION, "SubjectConfirmationData").ok_or(Fault::Confirmation)?;
    if data.attribute("Recipient") != Some(expected.address) {
        return Err(Fault::Recipient);
    }
    if data.attribute("InResponseTo") != expected.request {
        return Err(Fault::Request);
    }
    let end = data.attribute("NotOnOrAfter").ok_or(Fault::Confirmation)?;
    moment::from(data.attribute("NotBefore"), now)?;
    moment::until(Some(end), now)?;
    Ok(moment::read(end)? + moment::skew())
}

/// The conditions, all of which have to be known and to hold (SAML core, 2.5.1.1). One of them has to name us.
fn conditions(assertion: &Element, audience: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    let Some(conditions) = assertion.only(ASSERTION, "Conditions") else {
        return Err(if assertion.lacks(ASSERTION, "Conditions") { Fault::Audience } else { Fault::Malformed });
    };
    moment::from(conditions.attribute("NotBefore"), now)?;
    moment::until(conditions.attribute("NotOnOrAfter"), now)?;
    let mut names_us = false;
    for condition in conditions.elements() {
        if condition.is(ASSERTION, "AudienceRestriction") {
            names_us = condition.all(ASSERTION, "Audience").any(|named| named.token() == Some(audience));
            if !names_us {
                return Err(Fault::Audience);
            }
        // Every assertion is taken once, and none is passed on.
        } else if !condition.is(ASSERTION, "OneTimeUse") && !condition.is(ASSERTION, "ProxyRestriction") {
            return Err(Fault::Condition);
        }
    }
    if names_us { Ok(()) } else { Err(Fault::Audience) }
}

/// What says that they were authenticated: the first of at least one.
fn authentication(assertion: &Element, now: DateTime<Utc>) -> Result<&Element, Fault> {
    let statement = assertion.all(ASSERTION, "AuthnStatement").next().ok_or(Fault::Authentication)?;
    moment::from(statement.attribute("AuthnInstant"), now)?;
    moment::until(statement.attribute("SessionNotOnOrAfter"), now)?;
    Ok(statement)
}

fn context(statement: &Element) -> Option<&str> {
    statement.only(ASSERTION, "AuthnContext")?.only(ASSERTION, "AuthnContextClassRef")?.token()
}

/// Who. The name is taken sign by sign: of a text that others see cut off at a comment, all is read (see [`super::xml`]).
pub(super) fn name_id(holder: &Element) -> Result<NameId, Fault> {
    let name = holder.only(ASSERTION, "NameID").ok_or(Fault::Subject)?;
    let value = name.text().filter(|value| !value.trim().is_empty()).ok_or(Fault::Subject)?;
    let part = |attribute: &str| name.attribute(attribute).map(str::to_owned);
    Ok(NameId {
        value: value.to_owned(),
        format: part("Format"),
        qualifier: part("NameQualifier"),
        for_provider: part("SPNameQualifier"),
    })
}

/// What is known of them. Values that are no text are passed over: nothing here could be decided by them.
fn attributes(assertion: &Element) -> Result<Vec<Attribute>, Fault> {
    let statements = assertion.all(ASSERTION, "AttributeStatement");
    let written = statements.flat_map(|statement| statement.all(ASSERTION, "Attribute"));
    written
        .take(SAML_VALUES_MAX)
        .map(|attribute| {
            let values = attribute.all(ASSERTION, "AttributeValue").filter_map(Element::text);
            Ok(Attribute {
                name: attribute.attribute("Name").ok_or(Fault::Malformed)?.to_owned(),
                friendly_name: attribute.attribute("FriendlyName").map(str::to_owned),
                values: values.take(SAML_VALUES_MAX).map(str::to_owned).collect(),
            })
        })
        .collect()
}
