//! Secrets that the product has to read again, sealed: AES-256-GCM under a key of the deployment.
//!
//! A sealed text names its key, so that keys can be replaced: the present key seals, former ones still open. It is bound to what it is
//! for, to its tenant and to its owner: moved to another row it does not open.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::signer::Signer;
use crate::id::{Entropy, TenantId};

/// Stands before every sealed text: the next way of sealing will have another.
const VERSION: &str = "v1";
/// Bytes of a nonce (NIST SP 800-38D, 8.2.2: 96 random bits; 2^32 texts under one key, which is more than there will be people).
const NONCE_BYTES: usize = 12;
/// Characters of a key's name.
const ID_CHARS: usize = 8;

/// The deployment's keys.
#[derive(Clone)]
pub struct DataKeys {
    current: DataKey,
    former: Option<DataKey>,
}

#[derive(Clone)]
struct DataKey {
    id: String,
    cipher: Aes256Gcm,
}

/// What a sealed text belongs to.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// What it is for: `totp`.
    pub purpose: &'a str,
    /// The tenant.
    pub tenant: &'a TenantId,
    /// Whose it is: an id.
    pub owner: &'a str,
}

impl About<'_> {
    /// Its bytes for the cipher; parts are length-prefixed, so that no two lists look alike.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for part in [self.purpose, self.tenant.as_str(), self.owner] {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(part.as_bytes());
        }
        bytes
    }
}

impl DataKey {
    /// The key is derived from the secret, and so is its name, which gives nothing of it away.
    fn new(secret: &str) -> Self {
        let signer = Signer::new(secret);
        let id = signer.sign("data-key-id", &[]).chars().take(ID_CHARS).collect();
        Self { id, cipher: Aes256Gcm::new(&signer.bytes("data-key", &[]).into()) }
    }
}

impl std::fmt::Debug for DataKeys {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("DataKeys").field("current", &self.current.id).finish_non_exhaustive()
    }
}

impl DataKeys {
    /// The present secret, and the one before it while something may still be sealed under that.
    pub fn new(current: &str, former: Option<&str>) -> Self {
        Self { current: DataKey::new(current), former: former.map(DataKey::new) }
    }

    /// The name of the present key.
    pub fn current_id(&self) -> &str {
        &self.current.id
    }

    /// Seals under the present key.
    pub fn seal(&self, about: About<'_>, plain: &[u8], entropy: &dyn Entropy) -> Option<String> {
        let mut nonce = [0u8; NONCE_BYTES];
        entropy.fill(&mut nonce);
        let payload = Payload { msg: plain, aad: &about.bytes() };
        let sealed = self.current.cipher.encrypt(&Nonce::from(nonce), payload).ok()?;
        let body = URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat());
        Some(format!("{VERSION}.{}.{body}", self.current.id))
    }

    /// What was sealed about exactly this; `None` for anything else, whatever is wrong with it.
    pub fn open(&self, about: About<'_>, sealed: &str) -> Option<Vec<u8>> {
        let (version, rest) = sealed.split_once('.')?;
        let (id, body) = rest.split_once('.')?;
        let key = [Some(&self.current), self.former.as_ref()].into_iter().flatten().find(|key| key.id == id)?;
        let bytes = URL_SAFE_NO_PAD.decode(body).ok().filter(|_| version == VERSION)?;
        let (nonce, text) = bytes.split_first_chunk::<NONCE_BYTES>()?;
        key.cipher.decrypt(&Nonce::from(*nonce), Payload { msg: text, aad: &about.bytes() }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::cell::Cell<u8>);
    impl Entropy for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            self.0.set(self.0.get() + 1);
            buffer.fill(self.0.get());
        }
    }

    fn tenant(digit: char) -> TenantId {
        TenantId::parse(&format!("tnt_{}", digit.to_string().repeat(32))).unwrap()
    }

    fn about<'a>(tenant: &'a TenantId, owner: &'a str) -> About<'a> {
        About { purpose: "totp", tenant, owner }
    }

    #[test]
    fn a_sealed_text_opens_for_its_own_row_and_for_no_other() {
        let (keys, entropy) = (DataKeys::new("one secret", None), Counting(0.into()));
        let (a, b) = (tenant('a'), tenant('b'));
        let sealed = keys.seal(about(&a, "usr_1"), b"the secret", &entropy).unwrap();
        assert!(!sealed.contains("the secret"));
        assert_eq!(keys.open(about(&a, "usr_1"), &sealed).unwrap(), b"the secret");
        assert_eq!(keys.open(about(&b, "usr_1"), &sealed), None, "another tenant's row");
        assert_eq!(keys.open(about(&a, "usr_2"), &sealed), None, "another person's row");
        assert_eq!(keys.open(About { purpose: "webhook", ..about(&a, "usr_1") }, &sealed), None, "another use");
        assert_ne!(keys.seal(about(&a, "usr_1"), b"the secret", &entropy).unwrap(), sealed, "each has a nonce of its own");
    }

    #[test]
    fn a_text_that_was_touched_does_not_open() {
        let (keys, entropy) = (DataKeys::new("one secret", None), Counting(0.into()));
        let a = tenant('a');
        let sealed = keys.seal(about(&a, "usr_1"), b"the secret", &entropy).unwrap();
        for at in 0..sealed.len() {
            let mut touched = sealed.clone().into_bytes();
            touched[at] = if touched[at] == b'A' { b'B' } else { b'A' };
            let touched = String::from_utf8(touched).unwrap();
            // The last character of the coding carries bits that mean nothing; a coding that uses them is refused, too.
            assert_eq!(keys.open(about(&a, "usr_1"), &touched), None, "{touched}");
        }
        for broken in ["", "v1", "v1.x", "v1.12345678.", "plain text"] {
            assert_eq!(keys.open(about(&a, "usr_1"), broken), None, "{broken}");
        }
    }

    #[test]
    fn a_former_key_still_opens_and_no_longer_seals() {
        let entropy = Counting(0.into());
        let a = tenant('a');
        let old = DataKeys::new("old", None).seal(about(&a, "usr_1"), b"kept", &entropy).unwrap();
        let keys = DataKeys::new("new", Some("old"));
        assert_eq!(keys.open(about(&a, "usr_1"), &old).unwrap(), b"kept");
        let fresh = keys.seal(about(&a, "usr_1"), b"kept", &entropy).unwrap();
        assert!(fresh.contains(keys.current_id()) && !old.contains(keys.current_id()));
        assert_eq!(DataKeys::new("new", None).open(about(&a, "usr_1"), &old), None);
        assert!(!format!("{keys:?}").contains("old"));
    }
}
