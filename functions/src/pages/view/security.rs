//! How an account is guarded: second factor, recovery codes, sessions, signing in.

use serde::Serialize;

use super::sso::IdentityRow;
use super::{Choice, Form, Moment};
use crate::pages::picture::Picture;

/// `GET /profile/security`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing of its own that the page says or leaves out")]
pub struct Security {
    /// Since when an authenticator for codes is set up; none without one.
    #[serde(default)]
    pub since: Option<Moment>,
    /// Whether there is a second factor, of either kind.
    pub has_factor: bool,
    /// The end of the number that codes go to; empty without one.
    #[serde(default)]
    pub phone: String,
    /// Whether codes by SMS are offered.
    #[serde(default)]
    pub phone_offered: bool,
    /// Passkeys, oldest first.
    pub passkeys: Vec<PasskeyRow>,
    /// Who the person is at providers of identities.
    #[serde(default)]
    pub identities: Vec<IdentityRow>,
    /// Providers at which the person is nobody yet.
    #[serde(default)]
    pub linkable: Vec<Choice>,
    /// Recovery codes that are left.
    pub codes_left: i64,
    /// Whether the tenant asks for a second factor of people of this role.
    pub required: bool,
    /// Whether it asks and there is none: nothing else is open then.
    pub owed: bool,
    /// Live sessions, latest first.
    pub sessions: Vec<SessionRow>,
    /// The latest signing in and out.
    pub activity: Vec<Activity>,
}

/// A passkey.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct PasskeyRow {
    /// Id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// What keeps it, if it says so and the name does not; else empty.
    pub keeper: String,
    /// Whether it was copied to other devices.
    pub synced: bool,
    /// When it was made.
    pub created: Moment,
    /// When it was last used.
    pub used: Option<Moment>,
}

/// A session.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct SessionRow {
    /// Id.
    pub id: String,
    /// `Firefox, Windows`; empty when nobody knows.
    pub device: String,
    /// Whether a program opened it, not a browser.
    pub program: bool,
    /// Where from.
    pub network: String,
    /// When it was opened.
    pub opened: Moment,
    /// When it was last used.
    pub seen: Moment,
    /// Whether it is this one.
    pub current: bool,
}

/// A line of signing in and out.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Activity {
    /// When.
    pub at: Moment,
    /// `opened`, `refused`, ...: what follows `session.` in the audit log.
    pub action: String,
    /// Where from.
    pub network: String,
}

/// `GET /profile/security/setup`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Setup {
    /// Field `code`.
    pub form: Form,
    /// The secret in letters, in fours.
    pub secret: String,
    /// The `otpauth:` address, for an authenticator on this device.
    pub address: String,
    /// The same as a QR code.
    pub picture: Picture,
}

/// `GET /profile/security/phone`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Phone {
    /// Field `code`.
    pub form: Form,
    /// The end of the number.
    pub shown: String,
    /// The number, for sending another code.
    pub number: String,
}

/// Fresh recovery codes.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Codes {
    /// Each works once.
    pub codes: Vec<String>,
}

/// `GET /login/confirm`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Confirm {
    /// Field `password` or `code`.
    pub form: Form,
    /// Where to go afterwards: a path of this host.
    pub next: String,
    /// Whether a code is asked for, not the password.
    pub by_code: bool,
    /// Whether it may be one of an authenticator; else only a recovery code.
    pub totp: bool,
    /// Whether a passkey will do as well.
    pub passkey: bool,
    /// The end of the number that a code can be sent to; empty where none can.
    #[serde(default)]
    pub phone: String,
    /// Providers of identities that will do as well: addresses and names.
    #[serde(default)]
    pub providers: Vec<Choice>,
}

/// `GET /login/verify`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Verify {
    /// Field `code`.
    pub form: Form,
    /// Where to go afterwards: a path of this host.
    pub next: String,
    /// Whether the code may be one of an authenticator; else only a recovery code.
    pub totp: bool,
    /// Whether a passkey will do as well.
    pub passkey: bool,
    /// The end of the number that a code can be sent to; empty where none can.
    #[serde(default)]
    pub phone: String,
}
