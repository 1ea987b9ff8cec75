//! What the product promises, route by route.

mod access_matrix;
mod attachments;
mod auth_accounts;
mod auth_browser;
mod auth_console;
mod auth_sign_in;
mod directory;
mod hosts;
mod jobs;
mod mail;
mod once;
mod open_pages;
mod openapi;
mod pages_agent;
mod pages_conversation;
mod pages_lists;
mod pages_portal;
mod pages_texts;
mod rating;
mod relations;
mod sla;
mod statements;
mod tickets;
mod users;
mod visitors;
mod words;
