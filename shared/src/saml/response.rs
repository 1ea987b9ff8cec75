//! An answer of an identity provider: which of its signatures hold, and the one assertion that they are about.
//!
//! The answer, its assertion, or both are signed. Every signature that is there has to hold, there is none in any other place, and there is
//! exactly one assertion in the whole document, directly in the answer: a document with more of them means to be read in two ways.

use super::names::{ASSERTION, PROTOCOL, SUCCESS};
use super::signature::{Verified, no_others, of, verify};
use super::xml::canonical::Place;
use super::xml::{Element, read, read_within};
use super::{Fault, encrypted};
use crate::auth::cryptography::{Cryptography, PrivateKey};
use crate::auth::jwk::PublicKey;
use crate::limits::SAML_MESSAGE_BYTES_MAX;

/// An answer of which nothing is known yet.
#[derive(Debug, Clone)]
pub struct Response {
    root: Element,
}

/// Whose signatures are taken, and what may be encrypted for.
#[derive(Clone, Copy)]
pub struct Keys<'a> {
    /// The identity provider's keys, from its metadata.
    pub theirs: &'a [PublicKey],
    /// Our keys for what is encrypted.
    pub ours: &'a [PrivateKey],
}

/// What an answer says of itself. Unless all of it was signed, it is only good to refuse by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Envelope {
    pub destination: Option<String>,
    pub in_response_to: Option<String>,
    pub issuer: Option<String>,
    /// Whether all of it was signed.
    pub is_signed: bool,
}

/// An answer whose signatures hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub(super) envelope: Envelope,
    pub(super) assertion: Verified,
}

impl Response {
    /// Reads an answer.
    pub fn read(message: &[u8]) -> Result<Self, Fault> {
        let root = read(message, SAML_MESSAGE_BYTES_MAX)?;
        is_message(&root, "Response")?;
        Ok(Self { root })
    }

    /// The request that it says to answer: to look that up by, and for nothing else.
    pub fn claimed_request(&self) -> Option<&str> {
        self.root.attribute("InResponseTo")
    }

    /// The identity provider that it says to be by, likewise.
    pub fn claimed_issuer(&self) -> Option<&str> {
        issuer(&self.root).ok().flatten()
    }

    /// Checks its signatures, and opens the assertion when it is encrypted.
    pub async fn verify(&self, keys: Keys<'_>, cryptography: &dyn Cryptography) -> Result<Evidence, Fault> {
        let root = &self.root;
        succeeded(root)?;
        let assertions = root.count(&|element| is_assertion(element) || element.is(ASSERTION, "EncryptedAssertion"));
        if assertions != 1 {
            return Err(Fault::Assertions);
        }
        let envelope = Envelope {
            destination: root.attribute("Destination").map(str::to_owned),
            in_response_to: root.attribute("InResponseTo").map(str::to_owned),
            issuer: issuer(root)?.map(str::to_owned),
            is_signed: of(root)?.is_some(),
        };
        let assertion = match root.only(ASSERTION, "Assertion") {
            Some(assertion) => self.plain(assertion, &envelope, keys, cryptography).await?,
            None => self.opened(&envelope, keys, cryptography).await?,
        };
        Ok(Evidence { envelope, assertion })
    }

    /// The assertion as it stands there.
    async fn plain(
        &self,
        assertion: &Element,
        envelope: &Envelope,
        keys: Keys<'_>,
        cryptography: &dyn Cryptography,
    ) -> Result<Verified, Fault> {
        let is_signed = of(assertion)?.is_some();
        no_others(&self.root, usize::from(envelope.is_signed) + usize::from(is_signed))?;
        if !envelope.is_signed {
            let place = Place { ancestors: &[&self.root], element: assertion };
            return verify(place, keys.theirs, cryptography).await;
        }
        let answer = self.whole(keys, cryptography).await?;
        if !is_signed {
            return answer.only(ASSERTION, "Assertion").ok_or(Fault::Assertions);
        }
        let root = answer.element();
        let element = root.only(ASSERTION, "Assertion").ok_or(Fault::Assertions)?;
        verify(Place { ancestors: &[root], element }, keys.theirs, cryptography).await
    }

    /// The assertion out of its encryption: a document of its own.
    async fn opened(&self, envelope: &Envelope, keys: Keys<'_>, cryptography: &dyn Cryptography) -> Result<Verified, Fault> {
        no_others(&self.root, usize::from(envelope.is_signed))?;
        let whole = if envelope.is_signed { Some(self.whole(keys, cryptography).await?) } else { None };
        let root = whole.as_ref().map_or(&self.root, Verified::element);
        let encrypted = root.only(ASSERTION, "EncryptedAssertion").ok_or(Fault::Assertions)?;
        let plain = encrypted::open(encrypted, envelope.is_signed, keys.ours, cryptography).await?;
        // It may lean on prefixes of the place that it was taken from (XML Encryption 1.1, 4.4).
        let assertion = read_within(&plain, SAML_MESSAGE_BYTES_MAX, &[root, encrypted])?;
        if !is_assertion(&assertion) || assertion.count(&|element| is_assertion(element)) != 1 {
            return Err(Fault::Assertions);
        }
        let is_signed = of(&assertion)?.is_some();
        no_others(&assertion, usize::from(is_signed))?;
        if is_signed || !envelope.is_signed {
            return verify(Place { ancestors: &[], element: &assertion }, keys.theirs, cryptography).await;
        }
        Ok(Verified::by_carriage(assertion))
    }

    async fn whole(&self, keys: Keys<'_>, cryptography: &dyn Cryptography) -> Result<Verified, Fault> {
        verify(Place { ancestors: &[], element: &self.root }, keys.theirs, cryptography).await
    }
}

fn is_assertion(element: &Element) -> bool {
    element.is(ASSERTION, "Assertion")
}

/// Whether a document is a message of this kind, in the version that is taken.
pub(super) fn is_message(root: &Element, kind: &str) -> Result<(), Fault> {
    if !root.is(PROTOCOL, kind) {
        return Err(Fault::Kind);
    }
    if root.attribute("Version") != Some("2.0") {
        return Err(Fault::Version);
    }
    Ok(())
}

/// Whom an element says that it is by; at most once.
pub(super) fn issuer(element: &Element) -> Result<Option<&str>, Fault> {
    match element.only(ASSERTION, "Issuer") {
        Some(issuer) if issuer.attribute("Format").is_none_or(|format| format == super::names::ENTITY) => {
            issuer.token().map(Some).ok_or(Fault::Issuer)
        }
        None if element.lacks(ASSERTION, "Issuer") => Ok(None),
        _ => Err(Fault::Issuer),
    }
}

/// Whether what was asked for was done.
pub(super) fn succeeded(root: &Element) -> Result<(), Fault> {
    let status = root.only(PROTOCOL, "Status").and_then(|status| status.only(PROTOCOL, "StatusCode"));
    match status.and_then(|code| code.attribute("Value")) {
        Some(SUCCESS) => Ok(()),
        Some(_) => Err(Fault::Status),
        None => Err(Fault::Malformed),
    }
}
