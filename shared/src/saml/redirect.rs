//! Messages in the query of an address (SAML bindings, 3.4): packed, and signed as text rather than as XML.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::inflate::{inflate, stored};
use super::signature::form::signature_algorithm;
use super::signature::{Verified, is_by_one_of, no_others};
use super::xml::read;
use super::{Fault, encrypted};
use crate::auth::cryptography::{Cryptography, PrivateKey};
use crate::auth::jwk::PublicKey;
use crate::limits::SAML_MESSAGE_BYTES_MAX;

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It asks.
    Request,
    /// It answers.
    Response,
}

impl Kind {
    /// The name of its field, in a query and in a form.
    pub fn field(self) -> &'static str {
        match self {
            Self::Request => "SAMLRequest",
            Self::Response => "SAMLResponse",
        }
    }
}

/// How we sign.
const ALGORITHM: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
/// What stands in a value as it is (RFC 3986, 2.3).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The address that carries a message of ours to an endpoint, signed; `None` when the key is none.
pub async fn address(
    endpoint: &str,
    (kind, message): (Kind, &str),
    relay_state: Option<&str>,
    key: &PrivateKey,
    cryptography: &dyn Cryptography,
) -> Option<String> {
    let encoded = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
    let message = encoded(&STANDARD.encode(stored(message.as_bytes())));
    let query = signed_part(kind, &message, relay_state.map(encoded).as_deref(), &encoded(ALGORITHM));
    let signature = cryptography.sign(key, query.as_bytes()).await?;
    let separator = if endpoint.contains('?') { '&' } else { '?' };
    Some(format!("{endpoint}{separator}{query}&Signature={}", encoded(&STANDARD.encode(signature))))
}

/// What of a query is signed, of values that are encoded already (SAML bindings, 3.4.4.1).
fn signed_part(kind: Kind, message: &str, relay_state: Option<&str>, algorithm: &str) -> String {
    let state = relay_state.map(|state| format!("&RelayState={state}")).unwrap_or_default();
    format!("{}={message}{state}&SigAlg={algorithm}", kind.field())
}

/// A query with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query<'a> {
    /// What the message is.
    pub kind: Kind,
    message: &'a str,
    relay_state: Option<&'a str>,
    signed: Option<(&'a str, &'a str)>,
}

impl<'a> Query<'a> {
    /// Reads a query as it stands in the address. Its parts are kept as they were written, since they were signed so; each may come once.
    pub fn read(query: &'a str) -> Result<Self, Fault> {
        let [mut request, mut response, mut relay_state, mut algorithm, mut signature, mut encoding] = [None; 6];
        for (name, value) in query.split('&').filter_map(|part| part.split_once('=')) {
            let place = match name {
                "SAMLRequest" => &mut request,
                "SAMLResponse" => &mut response,
                "RelayState" => &mut relay_state,
                "SigAlg" => &mut algorithm,
                "Signature" => &mut signature,
                "SAMLEncoding" => &mut encoding,
                _ => continue,
            };
            if place.replace(value).is_some() {
                return Err(Fault::Malformed);
            }
        }
        let (kind, message) = match (request, response) {
            (Some(message), None) => (Kind::Request, message),
            (None, Some(message)) => (Kind::Response, message),
            _ => return Err(Fault::Kind),
        };
        if encoding.is_some_and(|encoding| plain(encoding) != "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE") {
            return Err(Fault::Malformed);
        }
        Ok(Self { kind, message, relay_state, signed: algorithm.zip(signature) })
    }

    /// What whoever asked wants to have back.
    pub fn relay_state(&self) -> Option<String> {
        self.relay_state.map(plain)
    }

    /// Checks the signature over it, and reads the message. A signature within it has no place there (SAML bindings, 3.4.4.1).
    pub async fn verify(&self, keys: &[PublicKey], cryptography: &dyn Cryptography) -> Result<Verified, Fault> {
        let (algorithm, signature) = self.signed.ok_or(Fault::Unsigned)?;
        let signed = signed_part(self.kind, self.message, self.relay_state, algorithm);
        let algorithm = signature_algorithm(&plain(algorithm))?;
        let signature = encrypted::unwrapped(&plain(signature)).ok_or(Fault::SignatureForm)?;
        is_by_one_of(keys, algorithm, signed.as_bytes(), &signature, cryptography).await?;
        let packed = encrypted::unwrapped(&plain(self.message)).ok_or(Fault::Malformed)?;
        let root = read(&inflate(&packed, SAML_MESSAGE_BYTES_MAX)?, SAML_MESSAGE_BYTES_MAX)?;
        no_others(&root, 0)?;
        Ok(Verified::by_carriage(root))
    }
}

/// A message out of the field of a form (SAML bindings, 3.5.4).
pub fn posted(field: &str) -> Result<Vec<u8>, Fault> {
    // Four signs are three bytes.
    if field.len() / 4 > SAML_MESSAGE_BYTES_MAX / 3 + 1024 {
        return Err(Fault::TooLarge);
    }
    encrypted::unwrapped(field).ok_or(Fault::Malformed)
}

/// A value without its encoding. A space can be written as a plus in a query.
fn plain(value: &str) -> String {
    percent_decode_str(&value.replace('+', " ")).decode_utf8_lossy().into_owned()
}
