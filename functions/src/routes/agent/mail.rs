//! The desk's pages of mail: the log of what went out, and what came in and waits.

pub mod discard;
pub mod log;
pub mod reprocess;
pub mod retry;
pub mod unprocessed;

use shared::i18n::{self, Locale};

/// A failure of ours in words; the words of another server stay as they are.
fn failure(locale: Locale, reason: &str) -> String {
    let key = format!("mail-failure-{}", reason.replace('_', "-"));
    let is_code = !reason.is_empty() && reason.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_code && i18n::has(locale, &key) { i18n::plain(locale, &key) } else { reason.to_owned() }
}
