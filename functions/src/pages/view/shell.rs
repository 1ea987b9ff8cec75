//! What every page has: language, brand, the person, navigation, tokens.

use serde::Serialize;

use super::Person;

/// The frame of a page, at the root of the template's data.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Shell {
    /// BCP 47 tag of the page: `ru`, `en`, `ar`.
    pub locale: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// `auto`, `light` or `dark`; from the profile, else the `theme` cookie, else `auto`.
    pub theme: String,
    /// `auto`, `normal` or `more`; from the `contrast` cookie, else `auto`.
    pub contrast: String,
    /// The response's script and style nonce.
    pub nonce: String,
    /// The session's token for the hidden `csrf` field.
    pub csrf: String,
    /// Path and query of this page, for `next` fields.
    pub path: String,
    /// IANA zone in which moments are shown.
    pub tz: String,
    /// Server's clock at rendering, milliseconds; the browser corrects its own clock by it.
    pub now_ms: i64,
    /// Tenant; none on the platform console.
    #[serde(default)]
    pub tenant: Option<TenantChip>,
    /// Colours of the tenant.
    pub brand: Brand,
    /// Every language the tenant offers.
    pub languages: Vec<Language>,
    /// The person signed in.
    #[serde(default)]
    pub user: Option<Me>,
    /// Navigation of the agent's side; none on clients' pages.
    #[serde(default)]
    pub nav: Option<AgentNav>,
    /// What just happened, shown once.
    #[serde(default)]
    pub flash: Option<Flash>,
    /// A key for a form of this page that is done once however often it is sent.
    pub once: String,
}

/// The tenant's name and picture.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct TenantChip {
    /// Name as the tenant's clients know it.
    pub name: String,
    /// Same-origin address of the logo, if there is one.
    #[serde(default)]
    pub logo: Option<String>,
    /// First letter of the name, shown where there is no logo.
    pub letter: String,
    /// Whether visitors may make themselves an account.
    #[serde(default)]
    pub registration: bool,
    /// Whether visitors may write a ticket without an account.
    #[serde(default)]
    pub anonymous_tickets: bool,
    /// The public key of the widget by which visitors show that they are people, where that is asked.
    #[serde(default)]
    pub challenge: Option<String>,
}

/// Brand colours, each already checked to be `#rrggbb`: they stand inside a style block.
///
/// Contrast is the maker's duty: `on_*` must reach 4.5:1 on its base, and `brand_text` on a white page (`dark_text` on a dark one).
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Brand {
    /// Fill of primary buttons on light pages.
    pub brand: String,
    /// Text on that fill.
    pub on_brand: String,
    /// Links and selected things on light pages.
    pub brand_text: String,
    /// Fill on dark pages.
    pub dark: String,
    /// Text on the dark fill.
    pub on_dark: String,
    /// Links on dark pages.
    pub dark_text: String,
}

/// A language in the switch.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Language {
    /// `ru`, `en`, `ar`.
    pub code: String,
    /// Its own name for itself.
    pub name: String,
    /// Whether the page is in it.
    pub current: bool,
}

/// The person signed in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Me {
    /// Name, avatar, address.
    pub person: Person,
    /// `admin`, `manager`, `agent`, `client`, `analyst`.
    pub role: String,
    /// Whether the agent's side is open to them.
    pub staff: bool,
    /// Whether they may open tickets.
    pub may_open: bool,
    /// Organization of a client.
    #[serde(default)]
    pub organization: Option<String>,
}

/// The agent's navigation with counters kept by the store, not counted for the page.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
#[expect(clippy::struct_excessive_bools, reason = "each is one permission that hides one control")]
pub struct AgentNav {
    /// Which entry is current: `mine`, `unassigned`, `breaching`, `all`, `new`, `in_progress`, `waiting_customer`, `resolved`,
    /// `closed`, `mail-log`, `mail-unprocessed`, `sla-violations`, `sla-policies`, `sla-calendars`, `ratings`, `settings`,
    /// `audit`, or empty.
    /// `access`, `views`, `snoozed`, `reminders`, `time`, a view's id, or empty.
    pub section: String,
    /// Views that the person saved, and those that are shared with them.
    #[serde(default)]
    pub views: Vec<ViewLink>,
    /// Unfinished tickets of the person.
    pub mine: i64,
    /// Tickets of the person that they have put off.
    #[serde(default)]
    pub snoozed: i64,
    /// Reminders of the person that are due.
    #[serde(default)]
    pub reminders: i64,
    /// Unfinished tickets of nobody.
    pub unassigned: i64,
    /// Unfinished tickets in warning or breach.
    pub breaching: i64,
    /// All unfinished tickets.
    pub all: i64,
    /// Mails that could not be processed.
    pub unprocessed: i64,
    /// Whether the mail pages are open to the person.
    pub sees_mail: bool,
    /// Whether the SLA pages are.
    pub sees_sla: bool,
    /// Whether the ratings are.
    pub sees_ratings: bool,
    /// Whether the settings are.
    pub sees_settings: bool,
    /// Whether the audit log is.
    pub sees_audit: bool,
    /// Whether people, groups and roles are.
    pub sees_access: bool,
    /// Whether the tenant's protection is.
    #[serde(default)]
    pub sees_protection: bool,
}

/// A view in the navigation; its number comes later.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct ViewLink {
    /// `viw_...`
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether somebody else shares it.
    pub shared: bool,
    /// Whether it is open.
    pub current: bool,
}

/// What just happened, by the key of a Fluent message `flash-<key>`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Flash {
    /// `success`, `info`, `warning` or `danger`.
    pub kind: String,
    /// The whole message id, for example `flash-ticket-created`; README of the templates lists them.
    pub key: String,
    /// The message's `$arg`: a number, a name.
    #[serde(default)]
    pub arg: String,
    /// The message's `$n`, for the ones that count.
    #[serde(default)]
    pub count: i64,
}
