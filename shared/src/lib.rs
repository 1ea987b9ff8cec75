//! The domain of the support portal: tickets, SLA, mail, access, tenants, and their storage.
//!
//! Nothing here knows the platform: no worker, no JavaScript, no clock, no sockets. All of it runs natively under test.

pub mod access;
pub mod alert;
pub mod attachment;
pub mod audit;
pub mod auth;
pub mod brand;
pub mod business_time;
pub mod checklist;
pub mod csv;
pub mod database;
pub mod error;
pub mod http;
pub mod i18n;
pub mod icon;
pub mod id;
pub mod import;
pub mod job;
pub mod ldap;
pub mod limits;
pub mod live;
pub mod mail;
pub mod marks;
pub mod net;
pub mod oidc;
pub mod platform;
pub mod push;
pub mod rate;
pub mod saml;
pub mod scim;
pub mod search;
pub mod sla;
pub mod store;
pub mod template;
pub mod tenant;
pub mod ticket;
pub mod ticket_list;
pub mod ticket_view;
pub mod time_spent;
pub mod timer;
pub mod user_agent;
