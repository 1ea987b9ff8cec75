//! What the browser says of the page that asked (W3C Web Authentication, 5.8.1).

use serde::Deserialize;

use super::{Fault, Place, bounded};

/// The browser's words. It may add others, which are let be.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    /// In base64url.
    pub challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

impl ClientData {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Fault> {
        serde_json::from_slice(bounded(bytes)?).map_err(|_| Fault::Malformed)
    }

    /// Of this kind, and from a page of this origin that stands in no other.
    pub(super) fn check(&self, kind: &str, place: &Place) -> Result<(), Fault> {
        if self.kind != kind {
            return Err(Fault::Purpose);
        }
        if self.origin != place.origin || self.cross_origin {
            return Err(Fault::Origin);
        }
        Ok(())
    }
}
