//! GET /agent/tickets/{number}/requester: who asked, for staff.

use chrono_tz::Tz;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::{self, DateStyle};
use shared::store::queues;
use shared::store::ticket_side::{self as side, Numbers, RequesterRow};
use shared::store::users::Status;

use crate::actions::tickets::{load, reference};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Person;
use crate::pages::view::panels::RequesterPanel;

/// Shows the requester.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let reference = reference(ctx, request.param("number"))?;
    let scope = ctx.actor.ticket_scope();
    let more = vec![queues::counts(&ctx.person()?.id), side::requester(&reference), side::numbers(&reference, &scope)];
    let mut loaded = load(ctx, &reference, more).await?;
    let counts = queues::read(&loaded.next()?)?;
    let who: RequesterRow = loaded.next()?.first()?.ok_or_else(ApiError::not_found)?;
    let numbers: Numbers = loaded.next()?.first()?.unwrap_or(Numbers { open: 0, finished: 0 });
    let zone = who.zone.as_deref().and_then(|zone| zone.parse::<Tz>().ok());
    let page = RequesterPanel {
        number: ctx.tenant.ticket_reference(loaded.row.number),
        person: Person::new(who.id.as_str(), &who.name).email(&who.email),
        organization: who.organization_name,
        customer_type: who.customer_type.unwrap_or_default(),
        language: who.locale.map(|locale| locale.own_name().to_owned()),
        zone: zone.map(|zone| zone.name().to_owned()),
        local_time: zone.map(|zone| i18n::date(ctx.locale, ctx.now, zone, DateStyle::Time)),
        signs_in: who.status == Status::Active,
        mail_blocked: who.mail_blocked_at.is_some(),
        since: who.created_at.into(),
        open: numbers.open,
        finished: numbers.finished,
    };
    render::agent_page(ctx, &frame, 200, "agent/requester", "", &counts, page)
}
