//! What a provider says of itself (`OpenID` Connect Discovery 1.0, 4), reduced to what signing in needs.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use super::address;
use super::key::{ALGORITHMS, ProviderKey};
use crate::ldap::settings::Reach;

/// Bytes of a document: that of a large provider has a few thousand.
pub const DOCUMENT_BYTES_MAX: usize = 128 * 1024;
/// Seconds for which what a provider said is taken for what it would say.
pub const FRESH_SECONDS: i64 = 3600;
/// Seconds after which the keys are asked for anew where a token names one that is not known, and not before.
pub const REFETCH_SECONDS: i64 = 60;

/// Endpoints and keys as they are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Where browsers are sent.
    pub authorization_endpoint: String,
    /// Where codes are exchanged.
    pub token_endpoint: String,
    /// Where the keys are.
    pub jwks_uri: String,
    /// Where more is said about a person.
    pub userinfo_endpoint: Option<String>,
    /// Where browsers are sent that sign out.
    pub end_session_endpoint: Option<String>,
    /// Whether each answer names its issuer (RFC 9207).
    pub names_issuer: bool,
    /// Whether the client's secret goes into the form, not into a header.
    pub secret_in_form: bool,
    /// By what ID tokens may be signed.
    pub algorithms: Vec<String>,
    /// Keys.
    pub keys: Vec<ProviderKey>,
}

/// Why a document is not good.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// It cannot be read.
    #[error("not a document of a provider")]
    Unreadable,
    /// It is another issuer's.
    #[error("it says that it is of another issuer: {0}")]
    Issuer(String),
    /// An endpoint is missing, or an address that nobody is sent to.
    #[error("{0} is missing or not an address that may be used")]
    Endpoint(&'static str),
    /// No code flow, no PKCE by SHA-256, or no signature that is taken.
    #[error("{0} offers nothing that is taken here")]
    Unsupported(&'static str),
}

/// Where an issuer's document is.
pub fn address_of(issuer: &str) -> String {
    format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'))
}

/// Reads the document of `issuer`, without keys.
pub fn read(document: &[u8], issuer: &str, reach: Reach<'_>) -> Result<Metadata, Fault> {
    let document: Map<String, Value> = serde_json::from_slice(document).map_err(|_| Fault::Unreadable)?;
    let says = document.get("issuer").and_then(Value::as_str).unwrap_or_default();
    if says != issuer {
        return Err(Fault::Issuer(says.chars().take(address::ADDRESS_BYTES_MAX).collect()));
    }
    let optional = |name: &'static str| match document.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            let text = value.as_str().filter(|text| address::checked(text, reach).is_some());
            text.map(|text| Some(text.to_owned())).ok_or(Fault::Endpoint(name))
        }
    };
    let needed = |name| optional(name)?.ok_or(Fault::Endpoint(name));
    let list = |name: &str| document.get(name).map(|value| value.as_array().map(Vec::as_slice).unwrap_or_default());
    let has = |list: &[Value], word: &str| list.iter().any(|entry| entry.as_str() == Some(word));
    // What is left out has the default of the specification: no PKCE is not said to be none.
    if !list("response_types_supported").is_none_or(|types| has(types, "code")) {
        return Err(Fault::Unsupported("response_types_supported"));
    }
    if !list("code_challenge_methods_supported").is_none_or(|methods| has(methods, "S256")) {
        return Err(Fault::Unsupported("code_challenge_methods_supported"));
    }
    let signed = list("id_token_signing_alg_values_supported");
    let names = ALGORITHMS.iter().map(|algorithm| algorithm.as_str());
    let algorithms: Vec<String> =
        names.filter(|name| signed.map_or(*name == "RS256", |signed| has(signed, name))).map(str::to_owned).collect();
    if algorithms.is_empty() {
        return Err(Fault::Unsupported("id_token_signing_alg_values_supported"));
    }
    let by = list("token_endpoint_auth_methods_supported");
    Ok(Metadata {
        authorization_endpoint: needed("authorization_endpoint")?,
        token_endpoint: needed("token_endpoint")?,
        jwks_uri: needed("jwks_uri")?,
        userinfo_endpoint: optional("userinfo_endpoint")?,
        end_session_endpoint: optional("end_session_endpoint")?,
        names_issuer: document.get("authorization_response_iss_parameter_supported") == Some(&Value::Bool(true)),
        secret_in_form: by.is_some_and(|by| !has(by, "client_secret_basic") && has(by, "client_secret_post")),
        algorithms,
        keys: Vec::new(),
    })
}
