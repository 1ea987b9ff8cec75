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

pub use authenticate::{account_of, cookie_name};
pub use by_key::admits_keys;
pub use enrolment::is_owed as is_enrolment_owed;
pub use once::takes_key;
pub use rates::Rates;
pub use tenancy::TenantCache;

use std::rc::Rc;

use chrono::TimeDelta;
use shared::access::{Access, Actor};
use shared::database::{DbError, PlatformDb, Statement, TenantDb};
use shared::error::ApiError;
use shared::http::{Method, Request, Response};
use shared::i18n::Locale;
use shared::i18n::own::InWords;
use shared::limits::{KEY_USED_SECONDS, SESSION_SEEN_MINUTES};
use shared::platform::{Platform, Wake};
use shared::store::{api_keys, sessions};
use shared::tenant::Tenant;

use self::arrival::Arrival;
use self::rates::{Meter, Told};
use crate::actions::accounts::cookie;
use crate::actions::audit;
use crate::actions::scim;
use crate::actions::visitors::challenge;
use crate::context::{ActsFor, After, ApiVersion, Blocks, Ctx, Directories, Once, PlatformCtx, Words};
use crate::pages;
use crate::pages::frame::Frame;
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
            tenant_route(arrival, router, (route, *handler), tenant, version, request, traces).await
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

async fn tenant_route(
    arrival: &Arrival<'_>,
    router: &Router,
    (route, handler): (&'static Route, crate::routes::TenantHandler),
    tenant: &Tenant,
    version: ApiVersion,
    request: Request,
    traces: &mut Traces,
) -> Response {
    let meter = Meter::of(arrival, Some(tenant), Some(route), &request);
    if let Err(error) = meter.at_the_door(&mut traces.told).await {
        return refuse(arrival, Some(tenant), Some(route), &request.path, &error);
    }
    let Some(database) = arrival.platform.database(tenant.database()) else {
        return refuse(
            arrival,
            Some(tenant),
            Some(route),
            &request.path,
            &ApiError::unavailable("the tenant's database is not bound"),
        );
    };
    let db = TenantDb::new(database.as_ref(), tenant);
    let mut ctx = context_of(arrival, tenant, db, version, request.https);
    ctx.route_needs = route.access.permission();
    let by_token = request.headers.get("authorization").is_some();
    let shows_page = matches!(route.face, Face::Page) && !pages::wants_problem(&request);
    let asked = shows_page.then(|| (Frame::of(&request), pages::page_of(&request)));
    let path = request.path.clone();
    let mut request = request;
    let result = async {
        let found = match authenticate::person(&ctx, &request).await {
            // Whoever tries tokens is counted as a visitor, however many different ones they try.
            Err(error) if error.status == 401 => {
                meter.of_nobody(&mut traces.told).await?;
                return Err(error);
            }
            other => other?,
        };
        meter.of_actor(&found.actor, &mut traces.told).await?;
        ctx.actor = found.actor;
        ctx.directory_version = found.directory_version;
        ctx.standing = found.standing;
        note_use(&ctx);
        ctx.locale = arrival.locale(Some(&ctx.actor), Some(tenant));
        if let Some(chosen) = cookie::read(&request, "locale").and_then(Locale::parse)
            && ctx.actor.person().and_then(|person| person.locale).is_none()
        {
            ctx.locale = chosen;
        }
        admit(&ctx.actor, route.access)?;
        by_key::admit(&ctx.actor, route)?;
        by_key::only(&ctx.actor, route)?;
        if let Some(permission) = ctx.route_needs {
            ctx.acts_for.note(&ctx.actor, permission, None);
        }
        enrolment::admit(&ctx, route)?;
        cross_site::check(&request, route, &ctx.actor, |token| pages::form::check(&ctx, token).is_ok())?;
        once::begin(&ctx, route, &mut request).await?;
        let result = handler(&ctx, request).await;
        once::end(&mut ctx, router, route, &path, result).await
    }
    .await;
    ctx.actor.reference().clone_into(&mut traces.actor);
    // Two tickets stand beside each other, each in a frame of its own; what their forms answer, too.
    traces.page.is_framed = route.path.starts_with("/agent/tickets/{number}");
    traces.page.has_challenge = challenge::is_on(&ctx, route.path);
    traces.round_trips = ctx.db.round_trips();
    traces.rows_read = ctx.db.rows_read();
    if route.face.is_scim() {
        scim::note(&ctx, route, result.as_ref().err());
    }
    let response = match result {
        Ok(response) => response,
        Err(error) => {
            traces.cause.clone_from(&error.cause);
            if error.status == 403 {
                audit::note_refused(&ctx, route, &path, error.code);
            }
            if let Some((frame, page)) = asked {
                patient(pages::refusal(&ctx, &frame, &page, &error), &error)
            } else {
                let mut response =
                    if route.face.is_scim() { error.to_scim(ctx.locale) } else { error.to_problem(ctx.locale, &ctx.request_id) };
                by_key::challenge(&mut response, &ctx, by_token, error.code);
                response
            }
        }
    };
    // A handler may fail after it wrote (a page that does not render): what it wrote still wants its wake-ups.
    let (wakes, statements) = ctx.after.into_parts();
    traces.wakes = wakes;
    traces.later = (!statements.is_empty()).then(|| Later { binding: tenant.database().to_owned(), statements });
    response
}

/// A handler's context before it is known who asks.
fn context_of<'a>(arrival: &Arrival<'a>, tenant: &'a Tenant, db: TenantDb<'a>, version: ApiVersion, https: bool) -> Ctx<'a> {
    Ctx {
        platform: arrival.platform,
        tenant,
        db,
        actor: Actor::Anonymous,
        route_needs: None,
        acts_for: ActsFor::default(),
        now: arrival.started,
        request_id: arrival.request_id.clone(),
        locale: arrival.locale(None, Some(tenant)),
        version,
        network: arrival.network.clone(),
        country: arrival.country.clone(),
        user_agent: arrival.user_agent.clone(),
        nonce: arrival.nonce.clone(),
        origin: arrival.origin.clone(),
        https,
        after: After::default(),
        directories: Rc::clone(&arrival.memory.directories),
        blocks: Rc::clone(&arrival.memory.blocks),
        directory_version: None,
        standing: None,
        once: Once::default(),
    }
}

/// Notes, once in a while and after the answer, that the session or the key is in use.
fn note_use(ctx: &Ctx<'_>) {
    let (Some(person), Some(standing)) = (ctx.actor.person(), &ctx.standing) else { return };
    if let Some(key) = &person.key {
        if ctx.now - standing.seen_at >= TimeDelta::seconds(KEY_USED_SECONDS) {
            ctx.after.write(ctx.db.bound(api_keys::used(&key.id, &ctx.network, ctx.now)));
        }
    } else if standing.is_stale(ctx.now, SESSION_SEEN_MINUTES) {
        ctx.after.write(ctx.db.bound(sessions::seen(&person.session, ctx.now)));
    }
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
