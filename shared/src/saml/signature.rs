//! XML signatures (W3C XML Signature 1.1, as SAML core 5.4 narrows it): what an element says, once it is known who says so.
//!
//! A signature is looked for in the element that it has to be about, never the other way round. It may name nothing else, it may take nothing
//! away but itself, and the keys are those of the identity provider's metadata: what the signature says of its own key is not read. The tree
//! that was digested is the tree that is handed out, so there is no second place where something else could stand.

pub(super) mod form;

use sha2::{Digest, Sha256, Sha384, Sha512};

use self::form::{DigestAlgorithm, Form};
use super::Fault;
use super::names::SIGNATURE;
use super::xml::canonical::{Place, canonical};
use super::xml::{Element, Node};
use crate::auth::cryptography::Cryptography;
use crate::auth::jwk::{PublicKey, SignatureAlgorithm};

/// An element that somebody has signed, without the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified(Element);

impl Verified {
    /// What was signed.
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// An element in what was signed, when there is exactly one of this name.
    pub(super) fn only(&self, namespace: &str, local: &str) -> Option<Self> {
        self.0.only(namespace, local).cloned().map(Self)
    }

    /// What came to us in a way that vouches for all of it: in a signed query, or encrypted in a signed message.
    pub(super) fn by_carriage(root: Element) -> Self {
        Self(root)
    }
}

/// The signature that stands in an element as a part of it; `None` when there is none.
pub(super) fn of(element: &Element) -> Result<Option<&Element>, Fault> {
    let mut found = element.all(SIGNATURE, "Signature");
    let first = found.next();
    if found.next().is_some() { Err(Fault::SignaturePlace) } else { Ok(first) }
}

/// Refuses a document in which there are more signatures than those that are checked.
pub(super) fn no_others(root: &Element, checked: usize) -> Result<(), Fault> {
    let there = root.count(&|element| element.is(SIGNATURE, "Signature"));
    if there == checked { Ok(()) } else { Err(Fault::SignaturePlace) }
}

/// Checks the signature that stands in an element, and answers what it is about.
pub(super) async fn verify(place: Place<'_>, keys: &[PublicKey], cryptography: &dyn Cryptography) -> Result<Verified, Fault> {
    let element = place.element;
    let signature = of(element)?.ok_or(Fault::Unsigned)?;
    let form = Form::read(signature)?;
    let root = place.ancestors.first().copied().unwrap_or(element);
    ids_are_unique(root)?;
    is_about(form.uri, place)?;
    let signed = canonical(place, Some(signature), &form.prefixes)?;
    if digest(form.digest_algorithm, signed.as_bytes()) != form.digest {
        return Err(Fault::Digest);
    }
    let mut ancestors = place.ancestors.to_vec();
    ancestors.extend([element, signature]);
    let information = canonical(Place { ancestors: &ancestors, element: form.information }, None, &form.information_prefixes)?;
    is_by_one_of(keys, form.algorithm, information.as_bytes(), &form.value, cryptography).await?;
    let mut verified = element.clone();
    verified.children.retain(|node| !matches!(node, Node::Element(child) if child.is(SIGNATURE, "Signature")));
    Ok(Verified(verified))
}

/// Whether one of the keys signed this.
pub(super) async fn is_by_one_of(
    keys: &[PublicKey],
    algorithm: SignatureAlgorithm,
    message: &[u8],
    signature: &[u8],
    cryptography: &dyn Cryptography,
) -> Result<(), Fault> {
    for key in keys.iter().filter_map(|key| key.under(algorithm)) {
        if cryptography.is_signed(&key, message, signature).await {
            return Ok(());
        }
    }
    Err(Fault::Signature)
}

/// A signature is about the element that it stands in: by its id, or without one when that is the whole document.
fn is_about(uri: &str, place: Place<'_>) -> Result<(), Fault> {
    let id = place.element.attribute("ID").filter(|id| !id.is_empty()).ok_or(Fault::Reference)?;
    let is_whole = uri.is_empty() && place.ancestors.is_empty();
    if is_whole || uri.strip_prefix('#') == Some(id) { Ok(()) } else { Err(Fault::Reference) }
}

/// No two elements of the document have one id, whatever their kind calls it.
fn ids_are_unique(root: &Element) -> Result<(), Fault> {
    let mut ids = Vec::new();
    ids_of(root, &mut ids);
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() == all { Ok(()) } else { Err(Fault::DuplicateId) }
}

fn ids_of<'a>(element: &'a Element, ids: &mut Vec<&'a str>) {
    let named = element.attributes.iter().filter(|attribute| attribute.local.eq_ignore_ascii_case("id"));
    ids.extend(named.map(|attribute| attribute.value.as_str()));
    for child in element.elements() {
        ids_of(child, ids);
    }
}

fn digest(algorithm: DigestAlgorithm, bytes: &[u8]) -> Vec<u8> {
    match algorithm {
        DigestAlgorithm::Sha256 => Sha256::digest(bytes).to_vec(),
        DigestAlgorithm::Sha384 => Sha384::digest(bytes).to_vec(),
        DigestAlgorithm::Sha512 => Sha512::digest(bytes).to_vec(),
    }
}
