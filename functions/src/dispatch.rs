//! A request's way: request id, host to tenant, credentials to actor, route, access, handler, headers, log line.
//!
//! The order is the security of it: the tenant comes from the host alone, the actor is looked up in that tenant alone,
//! and a route's [`Access`] is checked before its handler runs. A route that the actor may not use and one that does not
//! exist for this host look different only to those who are signed in.

mod arrival;
mod authenticate;
mod blocks;
mod by_key;
mod cors;
mod cross_site;
mod enrolment;
mod headers;
mod in_the_clear;
mod log;
mod once;
mod rates;
mod tenancy;
mod tenant_route;

pub use authenticate::{account_of, cookie_name};
pub use by_key::admits_keys;
pub use enrolment::is_owed as is_enrolment_owed;
pub use once::takes_key;
pub use rates::Rates;
pub use tenancy::TenantCache;

use std::rc::Rc;

use shared::access::{Access, Actor};
use shared::database::{DbError, PlatformDb, Statement};
use shared::error::ApiError;
use shared::http::{Method, Request, Response};
use shared::i18n::own::InWords;
use shared::platform::{Platform, Wake};
use shared::tenant::Tenant;

use self::arrival::Arrival;
use self::rates::{Meter, Told};
use crate::context::{ApiVersion, Blocks, Directories, PlatformCtx, Words};
use crate::pages;
use crate::routes::{Face, Handler, Route, Router};

/// What came of a request.
pub struct Outcome {
    /// The answer.
    pub response: Response,
    /// What to do once it is on its way.
    pub wakes: Vec<Wake>,
    /// What to write then, before that.
    pub later: Option<Later>,
    /// One JSON line for the log.
    pub log: String,
    /// Round trips to the tenant's database.
    pub round_trips: u32,
    /// Rows that the tenant's database read.
    pub rows_read: u64,
}

/// What an isolate remembers between requests: nothing of any request, and nothing that cannot be read anew.
#[derive(Default)]
pub struct Memory {
    /// Tenants of hosts.
    pub tenants: TenantCache,
    /// Directories of desks.
    pub directories: Rc<Directories>,
    /// Addresses that tenants have blocked.
    pub blocks: Rc<Blocks>,
    /// What tenants say in their own words.
    pub words: Words,
    /// Who sent how much.
    pub rates: Rates,
}

/// Statements for a tenant's database that nobody has to wait for, and that may be lost without harm.
pub struct Later {
    binding: String,
    statements: Vec<Statement>,
}

impl Later {
    /// Writes them.
    pub async fn write(self, platform: &dyn Platform) -> Result<(), DbError> {
        let database = platform.database(&self.binding).ok_or_else(|| DbError::Unavailable("not bound".to_owned()))?;
        database.batch(self.statements).await.map(|_| ())
    }
}

/// What a finished handler leaves for the log.
#[derive(Default)]
struct Traces {
    route: &'static str,
    tenant: String,
    /// What the page needs from elsewhere, for the content security policy.
    page: headers::Page,
    actor: String,
    cause: Option<String>,
    wakes: Vec<Wake>,
    later: Option<Later>,
    round_trips: u32,
    rows_read: u64,
    told: Told,
    /// The page of another site that may read the answer.
    guest: Option<String>,
}

/// Answers a request. Never fails: every refusal is a response.
pub async fn dispatch(platform: &dyn Platform, memory: &Memory, router: &Router, request: Request) -> Outcome {
    let arrival = Arrival::of(platform, memory, &request);
    let mut traces = Traces::default();
    let is_head = request.method == Method::Head;
    let mut response = answer(&arrival, router, request, &mut traces).await;
    headers::finish(&mut response, &arrival, &traces.page, platform.config());
    rates::tell(&mut response.headers, traces.told);
    cors::let_read(&mut response.headers, traces.guest.as_deref());
    if is_head {
        response.body = shared::http::ResponseBody::Empty;
    }
    let log = log::line(&arrival, &traces, response.status, platform.now());
    Outcome {
        response,
        wakes: traces.wakes,
        later: traces.later,
        log,
        round_trips: traces.round_trips,
        rows_read: traces.rows_read,
    }
}

async fn answer(arrival: &Arrival<'_>, router: &Router, request: Request, traces: &mut Traces) -> Response {
    let is_console = request.host == arrival.platform.config().console_host;
    if let Some(response) = in_the_clear::answer(arrival, router, is_console, &request) {
        return response;
    }
    let tenant = if is_console {
        None
    } else {
        match tenancy::resolve(arrival, &request.host).await {
            Ok(tenant) => tenant,
            Err(error) => {
                traces.cause.clone_from(&error.cause);
                return error.to_problem(arrival.locale(None, None), &arrival.request_id);
            }
        }
    };
    let mut words = None;
    if let Some(tenant) = &tenant {
        tenant.id().as_str().clone_into(&mut traces.tenant);
        traces.page.logo_origin = tenant.settings().logo_origin();
        if let Err(error) = blocks::admit(arrival, tenant).await {
            return refuse(arrival, Some(tenant), None, &request.path, &error);
        }
        words = arrival.memory.words.of(tenant.id());
    }
    InWords::of(words, answer_at(arrival, router, is_console, tenant, request, traces)).await
}

/// Answers a request whose tenant is known, if its host is one's.
async fn answer_at(
    arrival: &Arrival<'_>,
    router: &Router,
    is_console: bool,
    tenant: Option<Rc<Tenant>>,
    request: Request,
    traces: &mut Traces,
) -> Response {
    let Some((version, path)) = ApiVersion::select(&request) else {
        return ApiError::field("version", "unknown_api_version")
            .to_problem(arrival.locale(None, tenant.as_deref()), &arrival.request_id);
    };
    traces.guest = tenant.as_deref().and_then(|tenant| cors::guest(arrival, tenant, &request, &path));
    if traces.guest.is_some()
        && let Some(response) = cors::preflight(router, &request, &path)
    {
        let refused = Meter::of(arrival, tenant.as_deref(), None, &request).visitor(&mut traces.told).await.err();
        return refused.map_or(response, |error| refuse(arrival, tenant.as_deref(), None, &path, &error));
    }
    let (route, params) = match router.find(is_console, request.method, &path) {
        Ok(found) => found,
        Err(error) => {
            if tenant.is_none() && !is_console {
                return pages::unknown_host();
            }
            let meter = Meter::of(arrival, tenant.as_deref(), None, &request);
            let error = meter.visitor(&mut traces.told).await.err().unwrap_or(error);
            let mut refusal = refuse(arrival, tenant.as_deref(), None, &path, &error);
            if let Some(methods) = error.allow() {
                refusal.headers.set("allow", methods);
            }
            return refusal;
        }
    };
    traces.route = route.name;
    let mut request = request;
    request.path = path;
    request.params = params;
    match (&route.handler, tenant.as_deref()) {
        (Handler::Platform(handler), tenant) => {
            let here = match route.access {
                Access::AnyHost => is_console || tenant.is_some(),
                _ => is_console,
            };
            if !here {
                return if tenant.is_some() {
                    refuse(arrival, tenant, Some(route), &request.path, &ApiError::not_found())
                } else {
                    pages::unknown_host()
                };
            }
            platform_route(arrival, route, *handler, tenant, request, traces).await
        }
        (Handler::Tenant(handler), Some(tenant)) => {
            tenant_route::answer(arrival, router, (route, *handler), tenant, version, request, traces).await
        }
        (Handler::Tenant(_), None) if is_console => refuse(arrival, None, Some(route), &request.path, &ApiError::not_found()),
        (Handler::Tenant(_), None) => pages::unknown_host(),
    }
}

async fn platform_route(
    arrival: &Arrival<'_>,
    route: &'static Route,
    handler: crate::routes::PlatformHandler,
    tenant: Option<&Tenant>,
    request: Request,
    traces: &mut Traces,
) -> Response {
    let meter = Meter::of(arrival, tenant, Some(route), &request);
    if let Err(error) = meter.at_the_door(&mut traces.told).await {
        return refuse(arrival, tenant, Some(route), &request.path, &error);
    }
    let locale = arrival.locale(None, tenant);
    let Some(database) = arrival.platform.database("PLATFORM_DB") else {
        return refuse(arrival, tenant, Some(route), &request.path, &ApiError::unavailable("no PLATFORM_DB"));
    };
    let db = PlatformDb::new(database.as_ref());
    let actor = if route.access == Access::AnyHost {
        Ok(Actor::Anonymous)
    } else {
        authenticate::operator(&db, &request, arrival.started).await
    };
    let path = request.path.clone();
    let result = async {
        let actor = actor?;
        actor.reference().clone_into(&mut traces.actor);
        meter.of_actor(&actor, &mut traces.told).await?;
        admit(&actor, route.access)?;
        cross_site::check(&request, route, &actor, |_| false)?;
        let ctx = PlatformCtx {
            platform: arrival.platform,
            db,
            actor,
            tenant,
            now: arrival.started,
            request_id: arrival.request_id.clone(),
            locale,
            network: arrival.network.clone(),
            nonce: arrival.nonce.clone(),
            https: request.https,
        };
        handler(&ctx, request).await
    }
    .await;
    result.unwrap_or_else(|error| {
        traces.cause.clone_from(&error.cause);
        refuse(arrival, tenant, Some(route), &path, &error)
    })
}

fn admit(actor: &Actor, access: Access) -> Result<(), ApiError> {
    if actor.satisfies(access) {
        Ok(())
    } else if matches!(actor, Actor::Anonymous) {
        Err(ApiError::unauthenticated())
    } else {
        Err(ApiError::forbidden())
    }
}

/// A page that says when to come again, as problem details do by themselves.
fn patient(page: Response, error: &ApiError) -> Response {
    match error.retry_after_seconds {
        Some(seconds) => page.with("retry-after", seconds.to_string()),
        None => page,
    }
}

/// A refusal before there is a handler's context: as a page for people, as problem details for machines.
fn refuse(arrival: &Arrival<'_>, tenant: Option<&Tenant>, route: Option<&Route>, path: &str, error: &ApiError) -> Response {
    let locale = arrival.locale(None, tenant);
    if path.starts_with("/scim/") {
        return error.to_scim(locale);
    }
    let is_page = route.map_or(!path.starts_with("/api/"), |route| matches!(route.face, Face::Page));
    if is_page {
        patient(pages::plain_refusal(tenant, locale, &arrival.nonce, &arrival.request_id, error), error)
    } else {
        error.to_problem(locale, &arrival.request_id)
    }
}
