//! Passkeys: what browsers send of them (W3C Web Authentication, level 2), taken apart and checked.
//!
//! Everything here is pure. The signature itself is checked by the platform's own cryptography, over what [`Assertion::check`] hands out;
//! that a challenge was ours, and is used once, is for the database to say. What attests the model of an authenticator is not asked for
//! and not read: nothing is decided by it. See `docs/decisions/0013-passkeys.md`.

pub mod authenticator;
mod cbor;
mod client_data;
pub mod model;
mod signature;

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use self::authenticator::AuthenticatorData;
use self::client_data::ClientData;
use super::base64url;
use super::jwk::PublicKey;
use crate::limits::{CREDENTIAL_ID_BYTES_MAX, PASSKEY_PART_BYTES_MAX};

/// Why a passkey is not believed. For the audit log: whoever sent it is told no more than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A part that cannot be read, is too large, or contradicts itself.
    Malformed,
    /// Made for something else: a registration where a signature is due, or the other way round.
    Purpose,
    /// Made on a page of another origin, or within one.
    Origin,
    /// Made for another host.
    Host,
    /// Nobody touched the authenticator.
    Presence,
    /// The authenticator has not verified its owner by PIN or biometry.
    Verification,
    /// A key of a kind that is not taken.
    Algorithm,
    /// The challenge is not ours, was used, is too old, or was for somebody else or something else.
    Challenge,
    /// No such passkey here.
    Unknown,
    /// Its owner may not sign in.
    Owner,
    /// The signature is not by this passkey's key.
    Signature,
    /// The counter did not go on: there may be a copy of the authenticator.
    Counter,
}

impl Fault {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Purpose => "purpose",
            Self::Origin => "origin",
            Self::Host => "host",
            Self::Presence => "presence",
            Self::Verification => "verification",
            Self::Algorithm => "algorithm",
            Self::Challenge => "challenge",
            Self::Unknown => "unknown",
            Self::Owner => "owner",
            Self::Signature => "signature",
            Self::Counter => "counter",
        }
    }
}

/// Where a passkey is good: a host, and the origin of its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The relying party's id: the tenant's host.
    pub host: String,
    /// Scheme, host and port.
    pub origin: String,
}

/// What `navigator.credentials.create` answers, as `PublicKeyCredential.toJSON()` writes it. It is the browser's document, to which the
/// standard adds in time: members that are not read here are let be.
#[derive(Debug, Clone, Deserialize)]
pub struct Registration {
    response: RegistrationResponse,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RegistrationResponse {
    #[serde(rename = "clientDataJSON", deserialize_with = "base64url::bytes")]
    client_data: Vec<u8>,
    #[serde(deserialize_with = "base64url::bytes")]
    attestation_object: Vec<u8>,
    #[serde(default)]
    transports: Vec<String>,
}

/// What `navigator.credentials.get` answers, likewise.
#[derive(Debug, Clone, Deserialize)]
pub struct Assertion {
    #[serde(deserialize_with = "base64url::bytes")]
    id: Vec<u8>,
    response: AssertionResponse,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AssertionResponse {
    #[serde(rename = "clientDataJSON", deserialize_with = "base64url::bytes")]
    client_data: Vec<u8>,
    #[serde(deserialize_with = "base64url::bytes")]
    authenticator_data: Vec<u8>,
    #[serde(deserialize_with = "base64url::bytes")]
    signature: Vec<u8>,
    #[serde(default, deserialize_with = "base64url::optional_bytes")]
    user_handle: Option<Vec<u8>>,
}

/// A passkey that was just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPasskey {
    /// The credential's id, in base64url.
    pub credential: String,
    /// Its public key.
    pub key: PublicKey,
    /// The counter at the start; 0 where the authenticator keeps none.
    pub sign_count: u32,
    /// The model of the authenticator, in hexadecimal; zeros where the browser keeps it to itself.
    pub model: String,
    /// Whether it may be copied to other devices of its owner.
    pub is_backup_eligible: bool,
    /// Whether it was.
    pub is_backed_up: bool,
    /// How the authenticator can be reached.
    pub transports: Vec<String>,
}

/// What somebody's passkey has signed, to be checked with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What was signed.
    pub message: Vec<u8>,
    /// The signature, as the authenticator wrote it.
    signature: Vec<u8>,
    /// The counter now.
    pub sign_count: u32,
    /// Whether it may be copied to other devices.
    pub is_backup_eligible: bool,
    /// Whether it was.
    pub is_backed_up: bool,
}

/// The algorithms that are taken, by their numbers at IANA, the dearest first.
pub const ALGORITHMS: [i64; 3] = [cbor::ES256, cbor::EDDSA, cbor::RS256];

/// How an authenticator can be reached (W3C Web Authentication level 3, 5.8.4). Others are forgotten.
const TRANSPORTS: [&str; 6] = ["ble", "hybrid", "internal", "nfc", "smart-card", "usb"];

impl Registration {
    /// Reads the browser's document; `None` when it is not of this shape.
    pub fn read(document: Value) -> Option<Self> {
        serde_json::from_value(document).ok()
    }

    /// The challenge that it says to answer.
    pub fn challenge(&self) -> Result<String, Fault> {
        Ok(ClientData::read(&self.response.client_data)?.challenge)
    }

    /// Checks everything but the challenge (W3C Web Authentication, 7.1).
    pub fn check(&self, place: &Place) -> Result<NewPasskey, Fault> {
        ClientData::read(&self.response.client_data)?.check("webauthn.create", place)?;
        let object = bounded(&self.response.attestation_object)?;
        let data = AuthenticatorData::read(cbor::authenticator_data(object).ok_or(Fault::Malformed)?)?;
        data.check(place)?;
        let made = data.credential.ok_or(Fault::Malformed)?;
        let mut transports: Vec<String> =
            self.response.transports.iter().filter(|name| TRANSPORTS.contains(&name.as_str())).cloned().collect();
        transports.sort_unstable();
        transports.dedup();
        Ok(NewPasskey {
            credential: base64url::encode(made.id),
            key: made.key,
            sign_count: data.sign_count,
            model: super::signer::hex(made.model),
            is_backup_eligible: data.flags.is_backup_eligible(),
            is_backed_up: data.flags.is_backed_up(),
            transports,
        })
    }
}

impl Assertion {
    /// Reads the browser's document; `None` when it is not of this shape.
    pub fn read(document: Value) -> Option<Self> {
        serde_json::from_value(document).ok()
    }

    /// The challenge that it says to answer.
    pub fn challenge(&self) -> Result<String, Fault> {
        Ok(ClientData::read(&self.response.client_data)?.challenge)
    }

    /// The credential that it says to be by; `None` when there can be no such one.
    pub fn credential(&self) -> Option<String> {
        (1..=CREDENTIAL_ID_BYTES_MAX).contains(&self.id.len()).then(|| base64url::encode(&self.id))
    }

    /// Whom the authenticator says that it is of, in base64url.
    pub fn user_handle(&self) -> Option<String> {
        self.response.user_handle.as_deref().map(base64url::encode)
    }

    /// Checks everything but challenge, owner, signature and counter (W3C Web Authentication, 7.2).
    pub fn check(&self, place: &Place) -> Result<Signed, Fault> {
        ClientData::read(&self.response.client_data)?.check("webauthn.get", place)?;
        let bytes = bounded(&self.response.authenticator_data)?;
        let data = AuthenticatorData::read(bytes)?;
        data.check(place)?;
        if data.credential.is_some() {
            return Err(Fault::Malformed);
        }
        let mut message = bytes.to_vec();
        message.extend_from_slice(&Sha256::digest(&self.response.client_data));
        Ok(Signed {
            message,
            signature: bounded(&self.response.signature)?.to_vec(),
            sign_count: data.sign_count,
            is_backup_eligible: data.flags.is_backup_eligible(),
            is_backed_up: data.flags.is_backed_up(),
        })
    }
}

impl Signed {
    /// The signature in the form that the platform takes for this key; `None` when it has not even the form of one.
    pub fn signature(&self, key: &PublicKey) -> Option<Vec<u8>> {
        signature::plain(key.algorithm(), &self.signature)
    }
}

/// Whether a counter may follow the one that was stored (W3C Web Authentication, 6.1.1): it grows, or the authenticator keeps none.
pub fn goes_on(stored: u32, now: u32) -> bool {
    (stored == 0 && now == 0) || now > stored
}

fn bounded(part: &[u8]) -> Result<&[u8], Fault> {
    if part.len() <= PASSKEY_PART_BYTES_MAX { Ok(part) } else { Err(Fault::Malformed) }
}

#[cfg(test)]
mod tests;
