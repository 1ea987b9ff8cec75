//! A sign-in that is under way. All that belongs to it goes along with the browser, sealed: only that browser can bring it to its end, and
//! whoever merely begins leaves nothing behind here.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::auth::base64url;
use crate::id::{IdentityProviderId, SessionId};

/// Seconds that somebody has for it, typing a password and a code at the provider among them.
pub const ATTEMPT_SECONDS: i64 = 600;
/// Characters of where to go afterwards: with all else it has to fit into a cookie.
pub const NEXT_CHARS_MAX: usize = 1000;

/// What somebody is after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Signing in.
    SignIn,
    /// Linking who they are there to the account that they are signed in to.
    Link,
    /// Proving anew who they are.
    Prove,
    /// Seeing what the provider says, and nothing else.
    Test,
}

impl Purpose {
    /// Parses the name of an address: `link`, `prove`, `test`.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "link" => Some(Self::Link),
            "prove" => Some(Self::Prove),
            "test" => Some(Self::Test),
            _ => None,
        }
    }
}

/// The sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// At whom.
    #[serde(rename = "p")]
    pub provider: IdentityProviderId,
    /// As it was set up then.
    #[serde(rename = "r")]
    pub version: i64,
    /// What for.
    #[serde(rename = "a")]
    pub purpose: Purpose,
    /// The session of whoever began it, where it is for somebody who is signed in.
    #[serde(rename = "s")]
    pub session: Option<SessionId>,
    /// What the ID token must repeat.
    #[serde(rename = "n")]
    pub nonce: String,
    /// What the code is good with (RFC 7636).
    #[serde(rename = "v")]
    pub verifier: String,
    /// Until when, seconds since 1970.
    #[serde(rename = "e")]
    pub expires: i64,
    /// Where to go afterwards: a path of this host.
    #[serde(rename = "t")]
    pub next: String,
}

impl Attempt {
    /// Whether there is still time.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        now.timestamp() < self.expires
    }

    /// What the provider is told of the verifier beforehand (RFC 7636, 4.2).
    pub fn challenge(&self) -> String {
        let digest: [u8; 32] = Sha256::digest(self.verifier.as_bytes()).into();
        base64url::encode(&digest)
    }
}
