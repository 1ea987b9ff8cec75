//! Why a mail of ours did not arrive, in the reader's words.

use shared::i18n::{self, Locale};

/// A failure of ours in words; the words of another server stay as they are.
pub fn failure(locale: Locale, reason: &str) -> String {
    let key = format!("mail-failure-{}", reason.replace('_', "-"));
    let is_code = !reason.is_empty() && reason.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_code && i18n::has(locale, &key) { i18n::plain(locale, &key) } else { reason.to_owned() }
}
