//! How a signature is written: in one way, with nothing left over.

use crate::auth::jwk::SignatureAlgorithm;
use crate::limits::XML_PREFIXES_MAX;
use crate::saml::Fault;
use crate::saml::encrypted::base64;
use crate::saml::names::{ENVELOPED, EXCLUSIVE, SIGNATURE};
use crate::saml::xml::Element;

/// How what was signed is digested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DigestAlgorithm {
    Sha256,
    Sha384,
    Sha512,
}

/// A signature, taken apart.
pub(super) struct Form<'a> {
    /// What is signed: everything below but the value.
    pub information: &'a Element,
    /// Prefixes that are declared in its canonical form anyway.
    pub information_prefixes: Vec<&'a str>,
    /// How.
    pub algorithm: SignatureAlgorithm,
    /// What it is about.
    pub uri: &'a str,
    /// Prefixes that are declared in the canonical form of that anyway.
    pub prefixes: Vec<&'a str>,
    /// How that is digested.
    pub digest_algorithm: DigestAlgorithm,
    /// Its digest.
    pub digest: Vec<u8>,
    /// The signature itself.
    pub value: Vec<u8>,
}

impl<'a> Form<'a> {
    /// Takes a signature apart. What it says of its key is passed over.
    pub(super) fn read(signature: &'a Element) -> Result<Self, Fault> {
        let ([information, value], rest) = parts(signature, ["SignedInfo", "SignatureValue"])?;
        // An `Object`, which would be a place to hide something in, is not among them.
        if !(rest.is_empty() || (rest.len() == 1 && rest.iter().all(|part| part.is(SIGNATURE, "KeyInfo")))) {
            return Err(Fault::SignatureForm);
        }
        let ([method, algorithm, reference], rest) =
            parts(information, ["CanonicalizationMethod", "SignatureMethod", "Reference"])?;
        if !rest.is_empty() {
            return Err(Fault::SignatureForm);
        }
        let ([transforms, digest_method, digest], rest) = parts(reference, ["Transforms", "DigestMethod", "DigestValue"])?;
        if !rest.is_empty() {
            return Err(Fault::SignatureForm);
        }
        if algorithm_of(method)? != EXCLUSIVE {
            return Err(Fault::Algorithm);
        }
        Ok(Self {
            information,
            information_prefixes: prefixes(method)?,
            algorithm: signature_algorithm(algorithm_of(bare(algorithm)?)?)?,
            // Without the attribute what is meant would be for the two sides to agree upon.
            uri: reference.attribute("URI").ok_or(Fault::Reference)?,
            prefixes: prefixes(exclusive(transforms)?)?,
            digest_algorithm: digest_algorithm(algorithm_of(bare(digest_method)?)?)?,
            digest: base64(digest).ok_or(Fault::SignatureForm)?,
            value: base64(value).ok_or(Fault::SignatureForm)?,
        })
    }
}

/// The elements of these names, which have to be the first, and those that follow.
fn parts<'a, const N: usize>(element: &'a Element, names: [&str; N]) -> Result<([&'a Element; N], Vec<&'a Element>), Fault> {
    let mut found: Vec<&Element> = element.elements().collect();
    let rest = found.split_off(N.min(found.len()));
    let first: [&Element; N] = found.try_into().map_err(|_| Fault::SignatureForm)?;
    let are_named = first.iter().zip(names).all(|(part, name)| part.is(SIGNATURE, name));
    if are_named && element.is_structure() { Ok((first, rest)) } else { Err(Fault::SignatureForm) }
}

/// The two transformations that there have to be: the signature is taken out, and what is left is canonicalized. Answers the second.
fn exclusive(transforms: &Element) -> Result<&Element, Fault> {
    let steps: Vec<&Element> = transforms.elements().collect();
    let [enveloped, exclusive] = steps.as_slice() else { return Err(Fault::Transform) };
    let are_transforms = transforms.is_structure() && steps.iter().all(|step| step.is(SIGNATURE, "Transform"));
    let are_those = algorithm_of(bare(enveloped)?)? == ENVELOPED && algorithm_of(exclusive)? == EXCLUSIVE;
    if are_transforms && are_those { Ok(exclusive) } else { Err(Fault::Transform) }
}

/// The parameter of exclusive canonicalization.
fn prefixes(method: &Element) -> Result<Vec<&str>, Fault> {
    let parameters: Vec<&Element> = method.elements().collect();
    let list = match parameters.as_slice() {
        [] => "",
        [list] if list.is(EXCLUSIVE, "InclusiveNamespaces") => list.attribute("PrefixList").unwrap_or_default(),
        _ => return Err(Fault::Transform),
    };
    if !method.is_structure() {
        return Err(Fault::SignatureForm);
    }
    let prefixes: Vec<&str> = list.split_ascii_whitespace().map(|name| if name == "#default" { "" } else { name }).collect();
    if prefixes.len() > XML_PREFIXES_MAX { Err(Fault::TooLarge) } else { Ok(prefixes) }
}

/// A method without parameters.
fn bare(method: &Element) -> Result<&Element, Fault> {
    if method.text() == Some("") { Ok(method) } else { Err(Fault::SignatureForm) }
}

fn algorithm_of(method: &Element) -> Result<&str, Fault> {
    method.attribute("Algorithm").ok_or(Fault::SignatureForm)
}

/// The ways to sign that are taken, by their names in RFC 6931. SHA-1 is broken, and a secret is shared with no identity provider.
pub(in crate::saml) fn signature_algorithm(name: &str) -> Result<SignatureAlgorithm, Fault> {
    match name {
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" => Ok(SignatureAlgorithm::Rs256),
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384" => Ok(SignatureAlgorithm::Rs384),
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512" => Ok(SignatureAlgorithm::Rs512),
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256" => Ok(SignatureAlgorithm::Es256),
        _ => Err(Fault::Algorithm),
    }
}

fn digest_algorithm(name: &str) -> Result<DigestAlgorithm, Fault> {
    match name {
        "http://www.w3.org/2001/04/xmlenc#sha256" => Ok(DigestAlgorithm::Sha256),
        "http://www.w3.org/2001/04/xmldsig-more#sha384" => Ok(DigestAlgorithm::Sha384),
        "http://www.w3.org/2001/04/xmlenc#sha512" => Ok(DigestAlgorithm::Sha512),
        _ => Err(Fault::Algorithm),
    }
}
