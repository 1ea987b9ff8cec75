//! GET /profile/security: how the person's account is guarded, and where it is open.

use shared::auth::sms::masked;
use shared::auth::webauthn::model;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::{PAGE_ROWS_MAX, PASSKEYS_MAX, SIGN_INS_SHOWN};
use shared::store::external_identities::{self, IDENTITIES_MAX, Listed as Identity};
use shared::store::identity_providers::{self, Button};
use shared::store::passkeys::{self, Listed as Passkey};
use shared::store::second_factors::{self, Factor};
use shared::store::sessions::{self, Bounds, Kind, Listed};
use shared::store::sign_ins::{self, Line};
use shared::user_agent::Device;

use crate::actions::accounts::second_factor::{enrol, sms};
use crate::context::Ctx;
use crate::dispatch::is_enrolment_owed;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Choice;
use crate::pages::view::security::{Activity, PasskeyRow, Security, SessionRow};
use crate::pages::view::sso::IdentityRow;

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let person = ctx.person()?;
    let bounds = Bounds::of(ctx.tenant.settings(), ctx.now);
    let load = vec![
        second_factors::of_user(&person.id, None),
        sessions::list(&person.id, ctx.now, bounds, "", PAGE_ROWS_MAX),
        sign_ins::latest(&person.id, SIGN_INS_SHOWN),
        passkeys::list(&person.id, "", PASSKEYS_MAX),
        external_identities::of_user(&person.id, "", IDENTITIES_MAX),
        identity_providers::buttons(),
    ];
    let rows = ctx.db.batch(load).await?;
    let [factor, sessions, activity, passkeys, identities, buttons] = rows.as_slice() else {
        return Err(ApiError::internal("a batch of six answered otherwise"));
    };
    let identities: Vec<Identity> = identities.all()?;
    let is_linked = |button: &Button| identities.iter().any(|identity| identity.provider_id == button.id);
    let linkable = buttons.all::<Button>()?.into_iter().filter(|button| !is_linked(button));
    let linkable = linkable.map(|button| Choice::new(button.id.to_string(), button.name, None)).collect();
    let factor = factor.first::<Factor>()?.ok_or_else(ApiError::not_found)?;
    let view = Security {
        since: factor.confirmed_at.map(Into::into),
        has_factor: factor.is_there(),
        phone: factor.phone.as_deref().map(masked).unwrap_or_default(),
        phone_offered: sms::is_offered(ctx),
        passkeys: passkeys.all::<Passkey>()?.into_iter().map(passkey).collect(),
        identities: identities.into_iter().map(identity).collect(),
        linkable,
        codes_left: factor.codes_left,
        required: enrol::is_required(ctx),
        owed: is_enrolment_owed(ctx),
        sessions: sessions.all::<Listed>()?.into_iter().map(|row| session(row, person.session.as_str())).collect(),
        activity: activity.all::<Line>()?.into_iter().map(line).collect(),
    };
    render::page(ctx, &Frame::of(&request), 200, "portal/security", view)
}

fn session(row: Listed, own: &str) -> SessionRow {
    SessionRow {
        current: row.id.as_str() == own,
        id: row.id.to_string(),
        device: Device::of(&row.user_agent).words(),
        program: row.kind == Kind::Api,
        network: row.network,
        opened: row.created_at.into(),
        seen: row.seen_at.into(),
    }
}

fn passkey(row: Passkey) -> PasskeyRow {
    let keeper = model::name(&row.model).filter(|keeper| *keeper != row.name).unwrap_or_default().to_owned();
    PasskeyRow {
        id: row.id.to_string(),
        name: row.name,
        keeper,
        synced: row.backed_up,
        created: row.created_at.into(),
        used: row.used_at.map(Into::into),
    }
}

fn identity(row: Identity) -> IdentityRow {
    IdentityRow {
        id: row.id.to_string(),
        provider: row.provider,
        label: row.label,
        linked: row.linked_at.into(),
        used: row.used_at.map(Into::into),
    }
}

fn line(line: Line) -> Activity {
    let action = line.action.trim_start_matches("session.").to_owned();
    Activity { at: line.at.into(), action, network: line.network }
}
