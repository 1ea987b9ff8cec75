//! A request for a tenant: who asks, what they may, the handler, and what is said when it refuses.

use std::rc::Rc;

use chrono::TimeDelta;
use shared::access::Actor;
use shared::database::TenantDb;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::Locale;
use shared::limits::{KEY_USED_SECONDS, SESSION_SEEN_MINUTES};
use shared::store::{api_keys, sessions};
use shared::tenant::Tenant;

use super::arrival::Arrival;
use super::rates::{Meter, Told};
use super::{Later, Traces, admit, authenticate, by_key, cross_site, enrolment, once, patient, refuse};
use crate::actions::accounts::cookie;
use crate::actions::audit;
use crate::actions::scim;
use crate::actions::visitors::challenge;
use crate::context::{ActsFor, After, ApiVersion, Ctx, Once};
use crate::pages;
use crate::pages::frame::Frame;
use crate::routes::{Face, Route, Router, TenantHandler};

/// Answers a request whose route is one of the tenant's.
pub(super) async fn answer(
    arrival: &Arrival<'_>,
    router: &Router,
    (route, handler): (&'static Route, TenantHandler),
    tenant: &Tenant,
    version: ApiVersion,
    mut request: Request,
    traces: &mut Traces,
) -> Response {
    let meter = Meter::of(arrival, Some(tenant), Some(route), &request);
    if let Err(error) = meter.at_the_door(&mut traces.told).await {
        return refuse(arrival, Some(tenant), Some(route), &request.path, &error);
    }
    let Some(database) = arrival.platform.database(tenant.database()) else {
        let error = ApiError::unavailable("the tenant's database is not bound");
        return refuse(arrival, Some(tenant), Some(route), &request.path, &error);
    };
    let db = TenantDb::new(database.as_ref(), tenant);
    let mut ctx = context_of(arrival, tenant, db, version, request.https);
    ctx.route_needs = route.access.permission();
    let asked = Asked::of(route, &request);
    let result = async {
        identify(&mut ctx, arrival, &meter, &request, &mut traces.told).await?;
        may_pass(&ctx, route, &request)?;
        once::begin(&ctx, route, &mut request).await?;
        let result = handler(&ctx, request).await;
        once::end(&mut ctx, router, route, &asked.path, result).await
    }
    .await;
    if route.face.is_scim() {
        scim::note(&ctx, route, result.as_ref().err());
    }
    let response = result.unwrap_or_else(|error| {
        traces.cause.clone_from(&error.cause);
        refused(&ctx, route, &asked, &error)
    });
    trace(traces, ctx, route);
    response
}

/// Looks up who asks, and counts the request as theirs.
async fn identify(
    ctx: &mut Ctx<'_>,
    arrival: &Arrival<'_>,
    meter: &Meter<'_>,
    request: &Request,
    told: &mut Told,
) -> Result<(), ApiError> {
    let found = match authenticate::person(ctx, request).await {
        // Whoever tries tokens is counted as a visitor, however many different ones they try.
        Err(error) if error.status == 401 => {
            meter.of_nobody(told).await?;
            return Err(error);
        }
        other => other?,
    };
    meter.of_actor(&found.actor, told).await?;
    ctx.actor = found.actor;
    ctx.directory_version = found.directory_version;
    ctx.standing = found.standing;
    note_use(ctx);
    ctx.locale = arrival.locale(Some(&ctx.actor), Some(ctx.tenant));
    if let Some(chosen) = cookie::read(request, "locale").and_then(Locale::parse)
        && ctx.actor.person().and_then(|person| person.locale).is_none()
    {
        ctx.locale = chosen;
    }
    Ok(())
}

/// Whether the actor may use the route, in this way and from that page.
fn may_pass(ctx: &Ctx<'_>, route: &'static Route, request: &Request) -> Result<(), ApiError> {
    admit(&ctx.actor, route.access)?;
    by_key::admit(&ctx.actor, route)?;
    by_key::only(&ctx.actor, route)?;
    if let Some(permission) = ctx.route_needs {
        ctx.acts_for.note(&ctx.actor, permission, None);
    }
    enrolment::admit(ctx, route)?;
    cross_site::check(request, route, &ctx.actor, |token| pages::form::check(ctx, token).is_ok())
}

/// What of the request is needed when it is refused.
struct Asked {
    path: String,
    /// For people: how the page is framed, and which it is.
    page: Option<(Frame, String)>,
    by_token: bool,
}

impl Asked {
    fn of(route: &Route, request: &Request) -> Self {
        let shows_page = matches!(route.face, Face::Page) && !pages::wants_problem(request);
        Self {
            path: request.path.clone(),
            page: shows_page.then(|| (Frame::of(request), pages::page_of(request))),
            by_token: request.headers.get("authorization").is_some(),
        }
    }
}

/// A refusal: as a page for people, as what their protocol has for programs.
fn refused(ctx: &Ctx<'_>, route: &'static Route, asked: &Asked, error: &ApiError) -> Response {
    if error.status == 403 {
        audit::note_refused(ctx, route, &asked.path, error.code);
    }
    if let Some((frame, page)) = &asked.page {
        return patient(pages::refusal(ctx, frame, page, error), error);
    }
    let mut response =
        if route.face.is_scim() { error.to_scim(ctx.locale) } else { error.to_problem(ctx.locale, &ctx.request_id) };
    by_key::challenge(&mut response, ctx, asked.by_token, error.code);
    response
}

/// What is left for the log, and for after the answer. A handler may fail after it wrote (a page that does not render): what it wrote
/// still wants its wake-ups.
fn trace(traces: &mut Traces, ctx: Ctx<'_>, route: &Route) {
    ctx.actor.reference().clone_into(&mut traces.actor);
    // Two tickets stand beside each other, each in a frame of its own; what their forms answer, too.
    traces.page.is_framed = route.path.starts_with("/agent/tickets/{number}");
    traces.page.has_challenge = challenge::is_on(&ctx, route.path);
    traces.round_trips = ctx.db.round_trips();
    traces.rows_read = ctx.db.rows_read();
    let binding = ctx.tenant.database().to_owned();
    let (wakes, statements) = ctx.after.into_parts();
    traces.wakes = wakes;
    traces.later = (!statements.is_empty()).then_some(Later { binding, statements });
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
