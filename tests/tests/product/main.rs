//! What the product promises, route by route.

mod abuse;
mod access;
mod access_matrix;
mod attachments;
mod audit;
mod auth_accounts;
mod auth_browser;
mod auth_console;
mod auth_sign_in;
mod deployment;
mod directories;
mod directory;
mod documents;
mod grants;
mod hosts;
mod jobs;
mod keys;
mod mail;
mod notices;
mod once;
mod open_pages;
mod openapi;
mod pages_agent;
mod pages_conversation;
mod pages_history;
mod pages_lists;
mod pages_portal;
mod pages_texts;
mod passkeys;
mod password_rules;
mod rating;
mod relations;
mod roles;
mod saml;
mod scim;
mod second_factor;
mod sla;
mod sso;
mod statements;
mod tickets;
mod users;
mod views;
mod visitors;
mod words;

// Where the identity provider that is played looks for it.
use tests::native as cryptography;
