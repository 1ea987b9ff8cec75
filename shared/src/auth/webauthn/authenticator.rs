//! What the authenticator says (W3C Web Authentication, 6.1): for which host, in whose presence, how often, and with which new key.

use sha2::{Digest, Sha256};

use super::{Fault, Place, cbor};
use crate::auth::jwk::PublicKey;
use crate::limits::CREDENTIAL_ID_BYTES_MAX;

/// The flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flags(u8);

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const BACKUP_ELIGIBLE: u8 = 0x08;
const BACKED_UP: u8 = 0x10;
const CREDENTIAL: u8 = 0x40;
const EXTENSIONS: u8 = 0x80;

impl Flags {
    fn has(self, flag: u8) -> bool {
        self.0 & flag != 0
    }

    /// Whether the passkey may be copied to other devices of its owner.
    pub fn is_backup_eligible(self) -> bool {
        self.has(BACKUP_ELIGIBLE)
    }

    /// Whether it was.
    pub fn is_backed_up(self) -> bool {
        self.has(BACKED_UP)
    }
}

/// A new credential.
#[derive(Debug)]
pub(super) struct Credential<'a> {
    /// The model of the authenticator: 16 bytes.
    pub model: &'a [u8],
    /// Its id.
    pub id: &'a [u8],
    /// Its public key.
    pub key: PublicKey,
}

/// What the authenticator says.
#[derive(Debug)]
pub(super) struct AuthenticatorData<'a> {
    host_digest: &'a [u8],
    pub flags: Flags,
    pub sign_count: u32,
    pub credential: Option<Credential<'a>>,
}

impl<'a> AuthenticatorData<'a> {
    /// Reads it, to its last byte.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Fault> {
        let (host_digest, rest) = bytes.split_at_checked(32).ok_or(Fault::Malformed)?;
        let (&flags, rest) = rest.split_first().ok_or(Fault::Malformed)?;
        let (&count, rest) = rest.split_first_chunk::<4>().ok_or(Fault::Malformed)?;
        let flags = Flags(flags);
        let (credential, rest) = if flags.has(CREDENTIAL) {
            let (credential, rest) = credential(rest)?;
            (Some(credential), rest)
        } else {
            (None, rest)
        };
        // Extensions were not asked for; an authenticator may send some all the same, as one map.
        let rest = if flags.has(EXTENSIONS) { cbor::after_map(rest).ok_or(Fault::Malformed)? } else { rest };
        // What was copied and cannot be contradicts itself (level 3, 6.1.3).
        let contradicts = flags.is_backed_up() && !flags.is_backup_eligible();
        if !rest.is_empty() || contradicts {
            return Err(Fault::Malformed);
        }
        Ok(Self { host_digest, flags, sign_count: u32::from_be_bytes(count), credential })
    }

    /// For this host, by somebody who was there and whom the authenticator knows.
    pub(super) fn check(&self, place: &Place) -> Result<(), Fault> {
        if self.host_digest != Sha256::digest(place.host.as_bytes()).as_slice() {
            return Err(Fault::Host);
        }
        if !self.flags.has(PRESENT) {
            return Err(Fault::Presence);
        }
        if !self.flags.has(VERIFIED) {
            return Err(Fault::Verification);
        }
        Ok(())
    }
}

fn credential(bytes: &[u8]) -> Result<(Credential<'_>, &[u8]), Fault> {
    let (model, rest) = bytes.split_at_checked(16).ok_or(Fault::Malformed)?;
    let (&length, rest) = rest.split_first_chunk::<2>().ok_or(Fault::Malformed)?;
    let length = usize::from(u16::from_be_bytes(length));
    if !(1..=CREDENTIAL_ID_BYTES_MAX).contains(&length) {
        return Err(Fault::Malformed);
    }
    let (id, rest) = rest.split_at_checked(length).ok_or(Fault::Malformed)?;
    let (key, rest) = cbor::key(rest)?;
    Ok((Credential { model, id, key }, rest))
}
