//! All SQL of the product, one file an aggregate: literal statements in upper case, typed rows, a LIMIT on every list.

pub mod access_policies;
pub mod address_blocks;
pub mod administrators;
pub mod api_keys;
pub mod attachments;
pub mod attempts;
pub mod audit;
pub mod audit_chain;
pub mod checklists;
pub mod colleagues;
pub mod comments;
pub mod delegations;
pub mod departments;
pub mod desk;
pub mod directories;
pub mod directory;
pub mod directory_people;
pub mod drafts;
pub mod external_identities;
pub mod grants;
pub mod groups;
pub mod held;
pub mod history;
pub mod idempotency;
pub mod identity_providers;
pub mod imports;
pub mod inbound;
pub mod jobs;
pub mod links;
pub mod mail_threads;
pub mod mentions;
pub mod merges;
pub mod mutes;
pub mod names;
pub mod notices;
pub mod one_time;
pub mod opened_tickets;
pub mod outbox;
pub mod own_place;
pub mod own_texts;
pub mod passkey_challenges;
pub mod passkeys;
pub mod pending;
pub mod people;
pub mod phones;
pub mod platform;
pub mod provisioning;
pub mod push_devices;
pub mod push_notices;
pub mod queues;
pub mod ratings;
pub mod reminders;
pub mod roles;
pub mod scim;
pub mod scope;
pub mod search;
pub mod second_factors;
pub mod security_alerts;
pub mod service_accounts;
pub mod sessions;
pub mod shortcuts;
pub mod sign_in_challenges;
pub mod sign_ins;
pub mod similar;
pub mod sla;
pub mod sla_board;
pub mod sla_calendars;
pub mod sla_due;
pub mod sla_rules;
pub mod sla_violations;
pub mod snoozes;
pub mod ticket_counts;
pub mod ticket_list;
pub mod ticket_looks;
pub mod ticket_mails;
pub mod ticket_names;
pub mod ticket_side;
pub mod ticket_views;
pub mod tickets;
pub mod time_entries;
pub mod uploads;
pub mod users;

use crate::database::{PlatformSql, TenantSql};

/// Every tenant statement by file and name: what the statement checks look at. A file that declares some and is not
/// here fails those checks.
pub const TENANT_STATEMENTS: &[(&str, &[(&str, TenantSql)])] = &[
    ("api_keys", api_keys::STATEMENTS),
    ("access_policies", access_policies::STATEMENTS),
    ("administrators", administrators::STATEMENTS),
    ("address_blocks", address_blocks::STATEMENTS),
    ("attachments", attachments::STATEMENTS),
    ("attempts", attempts::STATEMENTS),
    ("audit", audit::STATEMENTS),
    ("audit_chain", audit_chain::STATEMENTS),
    ("checklists", checklists::STATEMENTS),
    ("colleagues", colleagues::STATEMENTS),
    ("comments", comments::STATEMENTS),
    ("delegations", delegations::STATEMENTS),
    ("departments", departments::STATEMENTS),
    ("desk", desk::STATEMENTS),
    ("directories", directories::STATEMENTS),
    ("drafts", drafts::STATEMENTS),
    ("directory", directory::STATEMENTS),
    ("directory_people", directory_people::STATEMENTS),
    ("grants", grants::STATEMENTS),
    ("external_identities", external_identities::STATEMENTS),
    ("groups", groups::STATEMENTS),
    ("held", held::STATEMENTS),
    ("history", history::STATEMENTS),
    ("idempotency", idempotency::STATEMENTS),
    ("identity_providers", identity_providers::STATEMENTS),
    ("imports", imports::STATEMENTS),
    ("inbound", inbound::STATEMENTS),
    ("jobs", jobs::STATEMENTS),
    ("mail_threads", mail_threads::STATEMENTS),
    ("links", links::STATEMENTS),
    ("mentions", mentions::STATEMENTS),
    ("merges", merges::STATEMENTS),
    ("mutes", mutes::STATEMENTS),
    ("notices", notices::STATEMENTS),
    ("one_time", one_time::STATEMENTS),
    ("opened_tickets", opened_tickets::STATEMENTS),
    ("outbox", outbox::STATEMENTS),
    ("own_place", own_place::STATEMENTS),
    ("own_texts", own_texts::STATEMENTS),
    ("passkey_challenges", passkey_challenges::STATEMENTS),
    ("passkeys", passkeys::STATEMENTS),
    ("phones", phones::STATEMENTS),
    ("pending", pending::STATEMENTS),
    ("own_texts", own_texts::STATEMENTS),
    ("people", people::STATEMENTS),
    ("provisioning", provisioning::STATEMENTS),
    ("push_devices", push_devices::STATEMENTS),
    ("push_notices", push_notices::STATEMENTS),
    ("queues", queues::STATEMENTS),
    ("ratings", ratings::STATEMENTS),
    ("reminders", reminders::STATEMENTS),
    ("roles", roles::STATEMENTS),
    ("scim", scim::STATEMENTS),
    ("search", search::STATEMENTS),
    ("second_factors", second_factors::STATEMENTS),
    ("service_accounts", service_accounts::STATEMENTS),
    ("security_alerts", security_alerts::STATEMENTS),
    ("sessions", sessions::STATEMENTS),
    ("shortcuts", shortcuts::STATEMENTS),
    ("sign_in_challenges", sign_in_challenges::STATEMENTS),
    ("sign_ins", sign_ins::STATEMENTS),
    ("similar", similar::STATEMENTS),
    ("sla", sla::STATEMENTS),
    ("sla_board", sla_board::STATEMENTS),
    ("sla_calendars", sla_calendars::STATEMENTS),
    ("sla_due", sla_due::STATEMENTS),
    ("sla_rules", sla_rules::STATEMENTS),
    ("sla_violations", sla_violations::STATEMENTS),
    ("snoozes", snoozes::STATEMENTS),
    ("ticket_counts", ticket_counts::STATEMENTS),
    ("ticket_list", ticket_list::STATEMENTS),
    ("ticket_looks", ticket_looks::STATEMENTS),
    ("ticket_views", ticket_views::STATEMENTS),
    ("ticket_mails", ticket_mails::STATEMENTS),
    ("ticket_names", ticket_names::STATEMENTS),
    ("ticket_side", ticket_side::STATEMENTS),
    ("tickets", tickets::STATEMENTS),
    ("time_entries", time_entries::STATEMENTS),
    ("uploads", uploads::STATEMENTS),
    ("users", users::STATEMENTS),
];

/// Every platform statement, likewise.
pub const PLATFORM_STATEMENTS: &[(&str, &[(&str, PlatformSql)])] = &[("platform", platform::STATEMENTS)];
