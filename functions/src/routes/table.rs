//! The table itself.

use shared::access::Permission::{self as P};

use super::{ANY_HOST, Face, Handler, Method, PUBLIC, Route, SIGNED_IN, may};

/// `api!(METHOD "path", access, module)`: a documented JSON route. `page!`: HTML. `machine!`: undocumented.
macro_rules! api {
    ($method:ident $path:literal, $access:expr, $($module:ident)::+) => {
        Route {
            method: Method::$method,
            path: $path,
            access: $access,
            face: Face::Api(super::$($module)::+::doc),
            name: stringify!($($module)::+),
            handler: Handler::Tenant(|ctx, request| Box::pin(super::$($module)::+::handle(ctx, request))),
        }
    };
}
macro_rules! platform_api {
    ($method:ident $path:literal, $access:expr, $($module:ident)::+) => {
        Route {
            method: Method::$method,
            path: $path,
            access: $access,
            face: Face::Api(super::$($module)::+::doc),
            name: stringify!($($module)::+),
            handler: Handler::Platform(|ctx, request| Box::pin(super::$($module)::+::handle(ctx, request))),
        }
    };
}
macro_rules! page {
    ($method:ident $path:literal, $access:expr, $($module:ident)::+) => {
        Route {
            method: Method::$method,
            path: $path,
            access: $access,
            face: Face::Page,
            name: stringify!($($module)::+),
            handler: Handler::Tenant(|ctx, request| Box::pin(super::$($module)::+::handle(ctx, request))),
        }
    };
}
macro_rules! machine {
    ($method:ident $path:literal, $access:expr, $($module:ident)::+) => {
        Route {
            method: Method::$method,
            path: $path,
            access: $access,
            face: Face::Machine,
            name: stringify!($($module)::+),
            handler: Handler::Tenant(|ctx, request| Box::pin(super::$($module)::+::handle(ctx, request))),
        }
    };
}
macro_rules! platform_page {
    ($method:ident $path:literal, $access:expr, $($module:ident)::+) => {
        Route {
            method: Method::$method,
            path: $path,
            access: $access,
            face: Face::Page,
            name: stringify!($($module)::+),
            handler: Handler::Platform(|ctx, request| Box::pin(super::$($module)::+::handle(ctx, request))),
        }
    };
}

/// Every route of the product.
#[rustfmt::skip]
pub const ROUTES: &[Route] = &[
    // Signing in and out
    api!(Post "/api/auth/login", PUBLIC, auth::login),
    api!(Post "/api/auth/refresh", PUBLIC, auth::refresh),
    api!(Post "/api/auth/logout", SIGNED_IN, auth::logout),
    api!(Get "/api/auth/me", SIGNED_IN, auth::me),
    page!(Get "/login", PUBLIC, auth::page::login),
    page!(Post "/login", PUBLIC, auth::page::login_form),
    page!(Post "/logout", PUBLIC, auth::page::logout),
    // Open pages
    machine!(Get "/api/live", SIGNED_IN, live),
    // The system
    platform_api!(Get "/api/system/health", ANY_HOST, system::health),
    platform_api!(Get "/api/system/versions", ANY_HOST, system::versions),
];
