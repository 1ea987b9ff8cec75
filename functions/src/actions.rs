//! Use cases: what JSON routes, pages, incoming mail and jobs have in common. Each loads, lets a pure function of
//! `shared` decide, and writes one batch.

pub mod accounts;
pub mod administrators;
pub mod alerts;
pub mod api_keys;
pub mod attachments;
pub mod audit;
pub mod blocks;
pub mod delegations;
mod description;
pub mod desk;
pub mod directories;
pub mod drafts;
pub mod explain;
pub mod forget;
pub mod grants;
pub mod groups;
pub mod inbound;
pub mod jobs;
pub mod mail_door;
mod mail_keys;
pub mod mailboxes;
pub mod oauth;
pub mod open_pages;
pub mod operators;
pub mod organizations;
pub mod outbox;
pub mod own_texts;
pub mod people;
pub mod policies;
mod provision;
pub mod ratings;
pub mod relations;
pub mod roles;
pub mod scim;
pub mod service_accounts;
pub mod settings;
pub mod similar;
pub mod sla;
pub mod sso;
pub mod ticket_list;
pub mod ticket_views;
pub mod tickets;
pub mod uploads;
pub mod visitors;

pub use mail_keys::mail_keys;
