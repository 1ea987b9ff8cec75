//! The API key by which a service account asks.

use std::net::IpAddr;

use serde::Deserialize;

use super::{Network, Permissions};
use crate::id::ApiKeyId;

/// A live key, as the look-up of a request answers it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ApiKey {
    /// Id.
    pub id: ApiKeyId,
    /// `wnk_` and the sign by which people know it.
    pub prefix: String,
    /// SHA-256 of the whole key.
    pub secret_hash: String,
    /// What it lets its account do at most.
    pub scopes: Permissions,
    /// From where it may be used, as networks; from anywhere, if there are none.
    pub networks: Vec<String>,
}

impl ApiKey {
    /// Whether it may be used from this address. An address that is not known lies in no network.
    pub fn admits(&self, address: &str) -> bool {
        let address = address.parse::<IpAddr>();
        let lies_in =
            |network: &String| Network::parse(network).zip(address.as_ref().ok()).is_some_and(|(one, at)| one.contains(*at));
        self.networks.is_empty() || self.networks.iter().any(lies_in)
    }
}
