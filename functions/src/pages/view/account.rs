//! Signing in, registering, passwords, profile.

use serde::Serialize;

use super::{Choice, Form, Moment};

/// The pages that are one form: sign in, register, forgotten password, new password.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Entrance {
    /// What was typed and what was wrong; never a password.
    pub form: Form,
    /// Where to go afterwards: a path of this host.
    #[serde(default)]
    pub next: String,
    /// Providers of identities by which one can sign in: addresses and names.
    #[serde(default)]
    pub providers: Vec<Choice>,
    /// Token from the mailed link, for confirmation and reset.
    #[serde(default)]
    pub token: String,
    /// Fewest characters of a new password.
    #[serde(default)]
    pub password_min: i64,
}

/// A page that only tells something about an account: look into the mail, link expired, address confirmed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Notice {
    /// `register-sent`, `confirmed`, `link-expired`, `reset-sent`, `reset-done`, `ticket-sent`, `rated`.
    pub what: String,
    /// Address or number that the text names; empty where the text names none.
    #[serde(default)]
    pub arg: String,
}

/// `GET /profile`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Profile {
    /// Fields `name`, `lang`, `time_zone`, `theme`.
    pub form: Form,
    /// Fields of the password form: only errors ever come back.
    pub password: Form,
    /// Zones to choose from.
    pub time_zones: Vec<Choice>,
    /// Fewest characters of a new password.
    pub password_min: i64,
    /// The mails that the person can choose.
    pub notices: Vec<NoticeGroup>,
    /// Seconds for which a member of the desk can take a message back, the chosen ones selected; nothing for clients.
    #[serde(default)]
    pub undo: Vec<UndoChoice>,
    /// Notices on devices; `None` where this deployment pushes nothing.
    #[serde(default)]
    pub devices: Option<Devices>,
}

/// The devices on which somebody is told of what happens.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Devices {
    /// Oldest first.
    pub rows: Vec<DeviceRow>,
    /// Whether the one that asks is among them, as far as its session tells.
    pub here: bool,
    /// Fields `from`, `until`.
    pub quiet: Form,
}

/// A device.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct DeviceRow {
    /// Id.
    pub id: String,
    /// Browser and system; empty when they are not known.
    #[serde(default)]
    pub label: String,
    /// Whether it is the one that asks.
    pub here: bool,
    /// When it was added.
    pub added: Moment,
    /// When a notice was last handed over for it.
    #[serde(default)]
    pub sent: Option<Moment>,
}

/// For so many seconds a message can be taken back.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct UndoChoice {
    /// The seconds; 0 for at once.
    pub seconds: i64,
    /// Whether they are chosen.
    pub selected: bool,
}

/// Mails that belong together.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct NoticeGroup {
    /// `desk` or `conversation`.
    pub name: String,
    /// One a kind.
    pub switches: Vec<NoticeSwitch>,
}

/// A kind of mail, on or off.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct NoticeSwitch {
    /// The kind's code.
    pub kind: String,
    /// Whether the person gets it.
    pub on: bool,
}
