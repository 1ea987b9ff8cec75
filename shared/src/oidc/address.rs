//! Addresses that a tenant, or a provider that a tenant named, lets the product ask or sends browsers to.

use url::Url;

use crate::ldap::settings::Reach;
use crate::net::outbound;

/// Bytes of an address.
pub const ADDRESS_BYTES_MAX: usize = 500;

/// The address, if it may be asked: https at its usual port, a public name, no credentials, no fragment. Where the deployment lets tenants
/// name machines of its own network, plain http and any port are fine as well.
pub fn checked(text: &str, reach: Reach<'_>) -> Option<Url> {
    // The parser drops tabs and line breaks, and takes `\` for `/`: what is looked at here has to be what others will read.
    if text.len() > ADDRESS_BYTES_MAX || !text.bytes().all(|byte| byte.is_ascii_graphic()) || text.contains('\\') {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let authority = text.split(['/', '?', '#']).nth(2)?;
    if authority.contains('@') || url.fragment().is_some() {
        return None;
    }
    if reach.lets_private {
        return matches!(url.scheme(), "http" | "https").then_some(url);
    }
    outbound::check(text, &[reach.own_host]).ok()
}

/// An issuer (`OpenID` Connect Discovery 1.0, 3): such an address without a query, as it is written.
pub fn issuer(text: &str, reach: Reach<'_>) -> Option<String> {
    let text = text.trim();
    let url = checked(text, reach)?;
    url.query().is_none().then(|| text.to_owned())
}
