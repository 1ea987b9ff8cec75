//! Reply tokens: a signed note that says "this mail answers that ticket, and was sent to that address".
//!
//! A token travels in three places, because each of them gets lost somewhere: in our Message-ID (providers
//! rewrite it), in the plus-address of Reply-To, and as a marker in the body. Mail systems change the case
//! of addresses, so a token is base32 in lower case and is read in any case.
//!
//! Layout, 25 bytes: version, 4 bytes of the tenant's hash, 5 bytes ticket number, 5 bytes of the
//! recipient's hash, 10 bytes of HMAC-SHA256. The MAC covers the full tenant id, so a token of one tenant
//! is noise to every other. 40 characters leave room for the mailbox name in the 64 bytes of a local part.
//! The version also says where an answer belongs: into the conversation, or to the desk alone ([`ReplyToken::for_desk`]).
//! A token proves no identity: who may append is decided in [`super::thread`].

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// What answers this mail goes into the conversation.
const VERSION: u8 = 1;
/// What answers this mail is the desk's own: nobody outside it sees the answer.
const VERSION_FOR_DESK: u8 = 2;
const BODY_BYTES: usize = 15;
const MAC_BYTES: usize = 10;
const TOKEN_BYTES: usize = BODY_BYTES + MAC_BYTES;
/// Characters of a token.
pub const TOKEN_CHARS: usize = 40;
/// Characters that a mailbox's name may have, so that name, `+` and token fit into the 64 of a local part (RFC 5321, 4.5.3.1.1).
pub const MAILBOX_NAME_CHARS_MAX: usize = LOCAL_PART_BYTES_MAX - 1 - TOKEN_CHARS;
const LOCAL_PART_BYTES_MAX: usize = 64;
/// The largest ticket number that fits.
pub const TICKET_NUMBER_MAX: u64 = (1 << 40) - 1;
/// What our own Message-IDs begin with.
pub const MESSAGE_ID_PREFIX: &str = "wn.";
const MARKER_OPEN: &str = "[wn:";
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The secrets that sign tokens: the first signs, all verify, so that a key can be changed
/// while old mails are still being answered.
#[derive(Clone)]
pub struct TokenKeys {
    keys: Vec<Vec<u8>>,
}

impl TokenKeys {
    /// Keys, the current one first. Each should have 32 random bytes.
    pub fn new(current: &[u8], previous: &[&[u8]]) -> Self {
        Self { keys: std::iter::once(current).chain(previous.iter().copied()).map(<[u8]>::to_vec).collect() }
    }

    /// Signs: the answer of `recipient` belongs to ticket `number` of `tenant`.
    /// A number over [`TICKET_NUMBER_MAX`] gives nothing.
    pub fn sign(&self, tenant: &str, number: u64, recipient: &str) -> Option<String> {
        self.sign_as(VERSION, tenant, number, recipient)
    }

    /// The same for a mail whose answers are the desk's own.
    pub fn sign_for_desk(&self, tenant: &str, number: u64, recipient: &str) -> Option<String> {
        self.sign_as(VERSION_FOR_DESK, tenant, number, recipient)
    }

    fn sign_as(&self, version: u8, tenant: &str, number: u64, recipient: &str) -> Option<String> {
        if number > TICKET_NUMBER_MAX {
            return None;
        }
        let mut bytes = Vec::with_capacity(TOKEN_BYTES);
        bytes.push(version);
        bytes.extend_from_slice(&hash::<4>(b"tenant", tenant));
        bytes.extend(number.to_be_bytes().into_iter().skip(3));
        bytes.extend_from_slice(&recipient_hash(recipient));
        let mac = mac(self.keys.first()?, tenant, &bytes)?;
        bytes.extend(mac.into_iter().take(MAC_BYTES));
        Some(encode(&bytes))
    }

    /// Reads and verifies a token for `tenant`. Nothing for a token that is forged, damaged or another
    /// tenant's. Compares in constant time.
    pub fn verify(&self, tenant: &str, token: &str) -> Option<ReplyToken> {
        let bytes = decode(token)?;
        let (body, given) = bytes.split_at_checked(BODY_BYTES)?;
        let for_desk = match body.first() {
            Some(&VERSION) => false,
            Some(&VERSION_FOR_DESK) => true,
            _ => return None,
        };
        if given.len() != MAC_BYTES {
            return None;
        }
        let mut genuine = subtle::Choice::from(0);
        for key in &self.keys {
            let expected = mac(key, tenant, body)?;
            genuine |= expected.get(..MAC_BYTES)?.ct_eq(given);
        }
        if !bool::from(genuine) {
            return None;
        }
        let number = body.get(5..10)?.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte));
        Some(ReplyToken { number, for_desk, recipient: body.get(10..15)?.try_into().ok()? })
    }
}

impl std::fmt::Debug for TokenKeys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("TokenKeys").field("keys", &self.keys.len()).finish_non_exhaustive()
    }
}

/// A verified token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReplyToken {
    /// The tenant's ticket number.
    pub number: u64,
    /// Whether an answer is the desk's own: the mail went to somebody outside the conversation, or told the desk what clients do not see.
    pub for_desk: bool,
    recipient: [u8; 5],
}

impl ReplyToken {
    /// Whether the token was issued to this (normalised) address.
    pub fn was_sent_to(&self, address: &str) -> bool {
        recipient_hash(address) == self.recipient
    }
}

/// `support@host` and a token -> `support+<token>@host`. Nothing if the local part would pass 64 bytes
/// or the mailbox already carries a tag.
pub fn reply_address(mailbox: &str, token: &str) -> Option<String> {
    let (local, domain) = mailbox.rsplit_once('@')?;
    let fits = local.len() + 1 + token.len() <= LOCAL_PART_BYTES_MAX && !local.contains('+');
    fits.then(|| format!("{local}+{token}@{domain}"))
}

/// Our own Message-ID without angle brackets: `wn.<token>.<unique>@<host>`. `unique` tells the mails of one
/// ticket to one person apart: letters and digits, an outbox row's id for example.
pub fn message_id(token: &str, unique: &str, host: &str) -> String {
    format!("{MESSAGE_ID_PREFIX}{token}.{unique}@{host}")
}

/// The token of one of our own Message-IDs, with or without angle brackets, not verified.
pub fn token_of_message_id(id: &str) -> Option<&str> {
    let id = id.trim().trim_start_matches('<');
    let prefix = id.get(..MESSAGE_ID_PREFIX.len())?;
    if !prefix.eq_ignore_ascii_case(MESSAGE_ID_PREFIX) {
        return None;
    }
    candidate(id.get(MESSAGE_ID_PREFIX.len()..)?.split(['.', '@']).next()?)
}

/// The token of a plus-address, not verified.
pub fn token_of_address(address: &str) -> Option<&str> {
    let (local, _) = address.rsplit_once('@')?;
    candidate(local.rsplit_once('+')?.1)
}

/// The marker that goes into a body.
pub fn body_marker(token: &str) -> String {
    format!("{MARKER_OPEN}{token}]")
}

/// Tokens of markers in a body, not verified, at most `max`. Linear in the text.
pub fn tokens_of_body(text: &str, max: usize) -> Vec<&str> {
    text.match_indices(MARKER_OPEN)
        .filter_map(|(at, open)| text.get(at + open.len()..)?.get(..TOKEN_CHARS))
        .filter_map(candidate)
        .take(max)
        .collect()
}

/// The text without tokens: they are for mail programs, and in what people read they would be somebody else's to copy. Markers go,
/// addresses and Message-IDs stay without their token. Linear in the text.
pub fn without_tokens(text: &str) -> String {
    let text = without_token_after(text, MARKER_OPEN, "]", "");
    let text = without_token_after(&text, "+", "@", "@");
    without_token_after(&text, MESSAGE_ID_PREFIX, ".", MESSAGE_ID_PREFIX)
}

/// Replaces `open`, a token and `close` by `rest`, wherever they stand.
fn without_token_after(text: &str, open: &str, close: &str, rest: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut left = text;
    while let Some((before, after)) = left.split_once(open) {
        out.push_str(before);
        let token = after.get(..TOKEN_CHARS).and_then(candidate);
        let behind = token.and_then(|token| after.strip_prefix(token)?.strip_prefix(close));
        out.push_str(if behind.is_some() { rest } else { open });
        left = behind.unwrap_or(after);
    }
    out.push_str(left);
    out
}

fn candidate(text: &str) -> Option<&str> {
    let shaped = text.len() == TOKEN_CHARS && text.bytes().all(|byte| ALPHABET.contains(&byte.to_ascii_lowercase()));
    shaped.then_some(text)
}

fn recipient_hash(address: &str) -> [u8; 5] {
    hash::<5>(b"recipient", &address.trim().to_lowercase())
}

fn hash<const N: usize>(purpose: &[u8], text: &str) -> [u8; N] {
    let digest = Sha256::new().chain_update(purpose).chain_update([0]).chain_update(text).finalize();
    let mut out = [0; N];
    out.iter_mut().zip(digest).for_each(|(slot, byte)| *slot = byte);
    out
}

fn mac(key: &[u8], tenant: &str, body: &[u8]) -> Option<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(b"reply token\0");
    mac.update(tenant.as_bytes());
    mac.update(&[0]);
    mac.update(body);
    Some(mac.finalize().into_bytes().into())
}

/// RFC 4648 base32 without padding, lower case. Written out because 25 bytes are exactly 40 characters.
fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(TOKEN_CHARS);
    let mut buffer = 0u32;
    let mut bits = 0;
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            let index = usize::try_from((buffer >> bits) & 31).unwrap_or(0);
            out.push(char::from(ALPHABET.get(index).copied().unwrap_or(b'a')));
        }
        buffer &= (1 << bits) - 1;
    }
    out
}

fn decode(token: &str) -> Option<Vec<u8>> {
    if token.len() != TOKEN_CHARS {
        return None;
    }
    let mut out = Vec::with_capacity(TOKEN_BYTES);
    let mut buffer = 0u32;
    let mut bits = 0;
    for byte in token.bytes() {
        let value = match byte.to_ascii_lowercase() {
            letter @ b'a'..=b'z' => letter - b'a',
            digit @ b'2'..=b'7' => digit - b'2' + 26,
            _ => return None,
        };
        buffer = (buffer << 5) | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from((buffer >> bits) & 255).ok()?);
        }
        buffer &= (1 << bits) - 1;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{
        TICKET_NUMBER_MAX, TOKEN_CHARS, TokenKeys, body_marker, message_id, reply_address, token_of_address, token_of_message_id,
        tokens_of_body, without_tokens,
    };
    use proptest::prelude::*;

    const TENANT: &str = "tnt_0190aaaa";

    fn keys() -> TokenKeys {
        TokenKeys::new(b"a key of thirty-two bytes, really", &[])
    }

    #[test]
    fn a_token_survives_a_mail_system_that_changes_its_case() {
        let token = keys().sign(TENANT, 1042, "anna@example.com").unwrap();
        assert_eq!(token.len(), TOKEN_CHARS);
        for form in [token.clone(), token.to_uppercase()] {
            let read = keys().verify(TENANT, &form).unwrap();
            assert_eq!(read.number, 1042);
            assert!(read.was_sent_to("Anna@Example.com "));
            assert!(!read.was_sent_to("eve@example.com"));
        }
    }

    #[test]
    fn what_people_read_holds_no_token_in_any_form_and_nothing_else_is_lost() {
        let token = keys().sign(TENANT, 1, "a@b.c").unwrap();
        let all = format!(
            "1+1=2 [wn: no] {}\n> {} a+b@c.de {} wn.x",
            body_marker(&token.to_uppercase()),
            reply_address("support@acme.example", &token).unwrap(),
            message_id(&token, "1", "acme.example"),
        );
        assert_eq!(without_tokens(&all), "1+1=2 [wn: no] \n> support@acme.example a+b@c.de wn.1@acme.example wn.x");
    }

    #[test]
    fn a_token_of_another_tenant_is_noise() {
        let token = keys().sign(TENANT, 1, "a@b.c").unwrap();
        assert_eq!(keys().verify("tnt_0190bbbb", &token), None);
    }

    #[test]
    fn an_old_key_still_verifies_after_a_change() {
        let token = keys().sign(TENANT, 7, "a@b.c").unwrap();
        let changed = TokenKeys::new(b"new", &[b"a key of thirty-two bytes, really"]);
        assert_eq!(changed.verify(TENANT, &token).unwrap().number, 7);
        assert_ne!(changed.sign(TENANT, 7, "a@b.c").unwrap(), token);
        assert_eq!(TokenKeys::new(b"new", &[]).verify(TENANT, &token), None);
    }

    #[test]
    fn every_single_change_of_a_character_breaks_the_token() {
        let token = keys().sign(TENANT, 99, "a@b.c").unwrap();
        for at in 0..TOKEN_CHARS {
            for other in "abcdefghijklmnopqrstuvwxyz234567".chars() {
                let mut forged: Vec<char> = token.chars().collect();
                if forged[at] == other {
                    continue;
                }
                forged[at] = other;
                let forged: String = forged.into_iter().collect();
                assert_eq!(keys().verify(TENANT, &forged), None, "{at} {other}");
            }
        }
    }

    #[test]
    fn a_token_is_found_in_each_of_its_three_places() {
        let token = keys().sign(TENANT, 5, "a@b.c").unwrap();
        let id = message_id(&token, "obx17", "acme.example");
        assert_eq!(token_of_message_id(&format!("<{id}>")), Some(token.as_str()));
        assert_eq!(token_of_message_id("<wn.short@x>"), None);
        assert_eq!(token_of_message_id("ё.x@y"), None);
        let address = reply_address("support@acme.example", &token).unwrap();
        assert_eq!(token_of_address(&address), Some(token.as_str()));
        assert_eq!(reply_address("a-very-long-mailbox-name@x.y", &token), None);
        let body = format!("> text {} and [wn:broken] end", body_marker(&token));
        assert_eq!(tokens_of_body(&body, 4), vec![token.as_str()]);
    }

    #[test]
    fn the_largest_number_fits_and_the_next_is_refused() {
        let token = keys().sign(TENANT, TICKET_NUMBER_MAX, "a@b.c").unwrap();
        assert_eq!(keys().verify(TENANT, &token).unwrap().number, TICKET_NUMBER_MAX);
        assert_eq!(keys().sign(TENANT, TICKET_NUMBER_MAX + 1, "a@b.c"), None);
    }

    proptest! {
        #[test]
        fn whatever_is_read_as_a_token_never_verifies_unless_signed(text in "[a-z2-7]{40}") {
            prop_assert_eq!(keys().verify(TENANT, &text), None);
        }

        #[test]
        fn every_number_comes_back(number in 0..=TICKET_NUMBER_MAX) {
            let token = keys().sign(TENANT, number, "a@b.c").unwrap();
            prop_assert_eq!(keys().verify(TENANT, &token).unwrap().number, number);
        }
    }
}
