//! The API description: the document, an explorer, and a page for reading.

pub mod explorer;
pub mod openapi;
pub mod reading;

/// The policy of both pages: scripts and styles from our own origin; the explorers set styles by script, so inline styles
/// are let in here, where nobody is signed in by cookie to anything but the same API.
fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
         font-src 'self' data:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}
