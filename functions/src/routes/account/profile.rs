//! GET /profile: what the person says of themselves.

use chrono_tz::TZ_VARIANTS;
use shared::access::Permission;
use shared::database::Rows;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::i18n::Locale;
use shared::limits::DEVICES_MAX;
use shared::mail::Kind;
use shared::push::QuietHours;
use shared::store::pending;
use shared::store::push_devices::{self, Listed};
use shared::ticket::UNDO_SECONDS;

use crate::actions::accounts::notifications::{self, Wanted};
use crate::context::Ctx;
use crate::pages::appearance::Appearance;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::account::{DeviceRow, Devices, NoticeGroup, NoticeSwitch, Profile, UndoChoice};
use crate::pages::view::{Choice, Form};

/// Shows its forms.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let form = form(ctx, &theme(&request))?;
    show(ctx, &frame, 200, form, Form::default()).await
}

/// The form as the person's row and the theme's cookie fill it.
pub fn form(ctx: &Ctx<'_>, theme: &str) -> Result<Form, ApiError> {
    let person = ctx.person()?;
    Ok(Form::default()
        .value("name", &person.name)
        .value("locale", person.locale.map_or(ctx.locale.as_str(), Locale::as_str))
        .value("time_zone", ctx.zone().name())
        .value("theme", theme))
}

/// The theme of the request's cookie.
pub fn theme(request: &Request) -> String {
    Appearance::of(request).theme
}

/// The page with the state of the forms about the person and the password.
pub async fn show(ctx: &Ctx<'_>, frame: &Frame, status: u16, form: Form, password: Form) -> Result<Response, ApiError> {
    show_with(ctx, frame, status, form, password, None).await
}

/// The same with what was typed as quiet hours, if that was refused.
pub async fn show_with(
    ctx: &Ctx<'_>,
    frame: &Frame,
    status: u16,
    form: Form,
    password: Form,
    quiet: Option<Form>,
) -> Result<Response, ApiError> {
    let current = form.values.get("time_zone").cloned().unwrap_or_default();
    // Names with a place, and UTC; the others are aliases that nobody looks for.
    let time_zones = TZ_VARIANTS
        .iter()
        .map(|zone| zone.name())
        .filter(|name| {
            *name == "UTC" || *name == current || (name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("US/"))
        })
        .map(|name| Choice::new(name, name.replace('_', " "), Some(&current)))
        .collect();
    let password_min = ctx.tenant.settings().password_rules(ctx.person()?.role).chars_min.into();
    let person = &ctx.person()?.id;
    let beside = vec![pending::undo_seconds(person), push_devices::list(person, "", DEVICES_MAX), push_devices::quiet(person)];
    let (wanted, answers) = notifications::load_with(ctx, beside).await?;
    let [undo_rows, device_rows, quiet_rows] = answers.as_slice() else {
        return Err(ApiError::internal("the batch was not answered"));
    };
    let undo = undo(ctx, undo_rows)?;
    let devices = devices(ctx, device_rows, quiet_rows, quiet)?;
    let view = Profile { form, password, time_zones, password_min, notices: notices(ctx, &wanted)?, undo, devices };
    render::page(ctx, frame, status, "portal/profile", view)
}

/// For how long a member of the desk who writes can take a message back.
fn undo(ctx: &Ctx<'_>, rows: &Rows) -> Result<Vec<UndoChoice>, ApiError> {
    if !ctx.actor.may(Permission::TicketUpdate) {
        return Ok(Vec::new());
    }
    let chosen = pending::seconds(rows)?;
    Ok(UNDO_SECONDS.into_iter().map(|seconds| UndoChoice { seconds, selected: seconds == chosen }).collect())
}

/// The person's devices, where this deployment pushes at all.
fn devices(ctx: &Ctx<'_>, rows: &Rows, quiet: &Rows, typed: Option<Form>) -> Result<Option<Devices>, ApiError> {
    if ctx.config().push.is_none() {
        return Ok(None);
    }
    let session = &ctx.person()?.session;
    let rows: Vec<DeviceRow> = rows
        .all::<Listed>()?
        .into_iter()
        .map(|row| DeviceRow {
            here: row.session_id == *session,
            id: row.id.to_string(),
            label: row.label,
            added: row.created_at.into(),
            sent: row.sent_at.map(Into::into),
        })
        .collect();
    let quiet = if let Some(typed) = typed {
        typed
    } else {
        let (from, until) = push_devices::quiet_of(quiet)?.map(QuietHours::texts).unwrap_or_default();
        Form::default().value("from", &from).value("until", &until)
    };
    Ok(Some(Devices { here: rows.iter().any(|row| row.here), rows, quiet }))
}

/// The mails that the person's role gets, those of the desk first.
fn notices(ctx: &Ctx<'_>, wanted: &Wanted) -> Result<Vec<NoticeGroup>, ApiError> {
    let group = |name: &str, kinds: &[Kind]| NoticeGroup {
        name: name.to_owned(),
        switches: kinds
            .iter()
            .map(|kind| NoticeSwitch { kind: kind.code().to_owned(), on: wanted.get(kind).copied().unwrap_or(true) })
            .collect(),
    };
    let groups = [group("desk", Kind::of_desk(ctx.person()?.role)), group("conversation", Kind::of_conversation())];
    Ok(groups.into_iter().filter(|group| !group.switches.is_empty()).collect())
}
