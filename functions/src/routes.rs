//! The table of routes. Every request that the product answers has its line here; the file of the same name has its code.

use futures::future::LocalBoxFuture;
use shared::access::{Access, Permission};
use shared::error::ApiError;
use shared::http::{Method, Request, Response};

use crate::context::{Ctx, PlatformCtx};
use crate::openapi::ApiDoc;

pub mod access;
pub mod account;
pub mod address_blocks;
pub mod agent;
pub mod api_keys;
pub mod app;
pub mod attachments;
pub mod audit;
pub mod auth;
pub mod console;
pub mod delegations;
pub mod design;
pub mod desk;
pub mod directories;
pub mod docs;
pub mod grants;
pub mod groups;
pub mod identity_providers;
pub mod imports;
pub mod inbound;
pub mod live;
pub mod mail;
pub mod oauth;
pub mod organizations;
pub mod page;
pub mod permissions;
pub mod policies;
pub mod portal;
pub mod push;
pub mod ratings;
pub mod reminders;
pub mod roles;
pub mod scim;
pub mod security_alerts;
pub mod service_accounts;
pub mod sessions;
pub mod sla;
pub mod system;
pub mod tenant;
pub mod tickets;
pub mod time;
pub mod uploads;
pub mod users;
pub mod views;
pub mod well_known;

mod router;
mod table;

pub use router::Router;
pub use table::ROUTES;

/// What a handler answers.
pub type Answer<'a> = LocalBoxFuture<'a, Result<Response, ApiError>>;
/// A handler on a tenant's host.
pub type TenantHandler = for<'a, 'b> fn(&'a Ctx<'b>, Request) -> Answer<'a>;
/// A handler on the platform's host, or on any.
pub type PlatformHandler = for<'a, 'b> fn(&'a PlatformCtx<'b>, Request) -> Answer<'a>;

/// The code behind a route.
#[derive(Clone, Copy)]
pub enum Handler {
    /// Runs for a tenant.
    Tenant(TenantHandler),
    /// Runs without one.
    Platform(PlatformHandler),
}

/// For whom a route speaks: it decides how refusals look and what is documented.
#[derive(Clone, Copy)]
pub enum Face {
    /// JSON, described in the API document.
    Api(Described),
    /// SCIM, for programs alone; described in the API document.
    Scim(Described),
    /// HTML for people.
    Page,
    /// For machines other than API clients, not in the API document: sockets, files, manifests.
    Machine,
}

impl Face {
    /// The description, of routes that have one.
    pub fn described(self) -> Option<Described> {
        match self {
            Self::Api(described) | Self::Scim(described) => Some(described),
            Self::Page | Self::Machine => None,
        }
    }

    /// Whether refusals are said as SCIM says them.
    pub fn is_scim(self) -> bool {
        matches!(self, Self::Scim(_))
    }
}

/// How a route describes itself. The document is written when the product is built ([`crate::openapi`]), so the worker itself does
/// not carry the descriptions.
#[derive(Clone, Copy)]
pub struct Described {
    #[cfg(not(target_arch = "wasm32"))]
    describe: fn() -> ApiDoc,
}

impl Described {
    /// A route that `describe` describes.
    #[cfg_attr(target_arch = "wasm32", expect(unused_variables, reason = "the worker answers with the written document"))]
    pub const fn by(describe: fn() -> ApiDoc) -> Self {
        Self {
            #[cfg(not(target_arch = "wasm32"))]
            describe,
        }
    }

    /// The description.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn describe(self) -> ApiDoc {
        (self.describe)()
    }
}

/// A line of the table.
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path without a version, in matchit's syntax: `/api/tickets/{ticket}`.
    pub path: &'static str,
    /// What is asked of the caller.
    pub access: Access,
    /// How it speaks.
    pub face: Face,
    /// Its module, for logs and tests.
    pub name: &'static str,
    /// Its code.
    pub handler: Handler,
}

/// Shorthands that keep the table a table.
const PUBLIC: Access = Access::Public;
const SIGNED_IN: Access = Access::SignedIn;
const ANY_HOST: Access = Access::AnyHost;
const PLATFORM: Access = Access::Platform;
const OPERATOR: Access = Access::Operator;

const fn may(permission: Permission) -> Access {
    Access::Requires(permission)
}

const fn visitor_or(permission: Permission) -> Access {
    Access::VisitorOr(permission)
}
