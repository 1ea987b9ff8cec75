//! `/agent`: the pages of the desk.

pub mod access;
pub mod audit;
pub mod boards;
pub mod bulk;
pub mod commands;
pub mod comments;
pub mod create;
pub mod delete;
pub mod escalate;
pub mod fields;
pub mod home;
pub mod mail;
pub mod new;
pub mod panels;
pub mod pending;
pub mod protection;
pub mod queue;
pub mod recent;
pub mod relations;
pub mod remove_file;
pub mod restore;
pub mod settings;
pub mod sla;
pub mod split;
pub mod ticket;
pub mod views;
