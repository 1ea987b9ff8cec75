//! What an entry says of a person.

use super::message::Entry;
use super::settings::DirectoryIn;
use crate::auth::signer::hex;
use crate::limits::NAME_CHARS_MAX;
use crate::mail::address::{normalize, tidy};

/// Bytes of what stays the same: a GUID has 16, its text 36.
const UNIQUE_BYTES_MAX: usize = 64;
/// Characters of a user name.
const USERNAME_CHARS_MAX: usize = 256;
/// The bit of Active Directory's `userAccountControl` that disables an account.
const ACCOUNT_DISABLED: i64 = 0x2;

/// A person of a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The name of the entry.
    pub dn: String,
    /// What stays the same when everything else changes, in hexadecimal.
    pub unique_id: String,
    /// What they type, lower-cased.
    pub username: String,
    /// Address, if there is a good one.
    pub email: Option<String>,
    /// Name.
    pub name: String,
    /// Whether the directory keeps them out.
    pub is_disabled: bool,
    /// What `memberOf` names.
    pub member_of: Vec<String>,
}

/// The attributes that are asked for.
pub fn attributes(settings: &DirectoryIn) -> Vec<&str> {
    let names = &settings.attributes;
    vec![&names.unique_id, &names.username, &names.mail, &names.name, "memberOf", "userAccountControl"]
}

impl Identity {
    /// Reads an entry; one without what makes it a person is none.
    pub fn read(entry: &Entry, settings: &DirectoryIn) -> Option<Self> {
        let names = &settings.attributes;
        let mut unique = entry.values(&names.unique_id);
        let unique_id = unique.next().filter(|value| (1..=UNIQUE_BYTES_MAX).contains(&value.len()))?;
        if unique.next().is_some() {
            return None;
        }
        let username = entry.text(&names.username)?.to_lowercase();
        if username.chars().count() > USERNAME_CHARS_MAX {
            return None;
        }
        let name = tidy(entry.text(&names.name).unwrap_or(&username), NAME_CHARS_MAX);
        let control = entry.text("userAccountControl").and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
        Some(Self {
            dn: entry.dn.clone(),
            unique_id: hex(unique_id),
            email: entry.text(&names.mail).and_then(normalize),
            name: if name.is_empty() { username.clone() } else { name },
            username,
            is_disabled: control & ACCOUNT_DISABLED != 0,
            member_of: entry.values("memberOf").filter_map(|value| String::from_utf8(value.to_vec()).ok()).collect(),
        })
    }
}

/// The bytes behind [`Identity::unique_id`].
pub fn unique_bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> =
        hex.chars().filter_map(|digit| digit.to_digit(16)).filter_map(|digit| u8::try_from(digit).ok()).collect();
    digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| (byte << 4) | digit)).collect()
}
