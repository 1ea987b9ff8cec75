//! The form of a role: the catalogue with what the role holds, how it is read, how it comes back.

use shared::access::{Permission, Permissions, Role};
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::i18n;
use shared::id::RoleId;
use shared::store::queues::{self, Counts};
use shared::store::roles::{self as store, OwnRole, RoleChoice};

use crate::actions::administrators::{self, Administrators};
use crate::actions::roles::Typed;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::Form;
use crate::pages::view::access::{Module, Right, RoleEdit};
use crate::pages::{form, render};
use crate::routes::permissions::explanation;

const KEPT: &[&str] = &["name", "description", "base"];

/// The role that a page is of.
pub enum Known {
    /// One that is to be made.
    New,
    /// One of the five.
    BuiltIn(Role),
    /// One of the tenant's own.
    Own(OwnRole),
}

/// The numbers of the navigation and the role that the path names, in one round trip.
pub async fn load(ctx: &Ctx<'_>, request: &Request) -> Result<(Counts, Known), ApiError> {
    load_with(ctx, request, Vec::new()).await.map(|(counts, known, _)| (counts, known))
}

/// The same where the role is to be changed: the five stay as they are.
pub async fn load_own(ctx: &Ctx<'_>, request: &Request) -> Result<(Counts, OwnRole, Administrators), ApiError> {
    match load_with(ctx, request, administrators::load().to_vec()).await? {
        (counts, Known::Own(role), more) => Ok((counts, role, Administrators::read(&more)?)),
        _ => Err(ApiError::conflict("role_builtin")),
    }
}

async fn load_with(ctx: &Ctx<'_>, request: &Request, more: Vec<TenantStatement>) -> Result<(Counts, Known, Vec<Rows>), ApiError> {
    let choice = RoleChoice::parse(request.param("role")).ok_or_else(ApiError::not_found)?;
    let mut batch = vec![queues::counts(&ctx.person()?.id)];
    batch.extend(more);
    batch.extend(choice.own().map(store::show));
    let mut answers = ctx.db.batch(batch).await?;
    let known = match choice {
        RoleChoice::BuiltIn(role) => Known::BuiltIn(role),
        RoleChoice::Own(_) => {
            let role = answers.pop().map(|rows| rows.first()).transpose()?.flatten();
            Known::Own(role.ok_or_else(ApiError::not_found)?)
        }
    };
    let counts = answers.first().map(queues::read).transpose()?.unwrap_or_default();
    Ok((counts, known, answers.split_off(1)))
}

/// What was typed.
pub fn typed(sent: &Query) -> Typed {
    Typed {
        name: Some(sent.get("name").unwrap_or_default().to_owned()),
        description: Some(sent.get("description").unwrap_or_default().to_owned()),
        permissions: Some(sent.all("permission").map(str::to_owned).collect()),
    }
}

/// What the form shows of a role that is there.
pub fn fields(ctx: &Ctx<'_>, known: &Known) -> Query {
    let text = |key, role: Role| i18n::text(ctx.locale, key, &[("value", role.as_str().into())]);
    let (name, description, base, permissions) = match known {
        Known::New => (String::new(), String::new(), Role::Agent, Permissions::NONE),
        Known::BuiltIn(role) => {
            (text("role", *role), text("access-role-about", *role), *role, Permissions::of(role.permissions()))
        }
        Known::Own(own) => (own.name.clone(), own.description.clone(), own.base, own.permissions),
    };
    let fixed = [("name", name), ("description", description), ("base", base.as_str().to_owned())];
    fixed.into_iter().chain(permissions.iter().map(|one| ("permission", one.as_str().to_owned()))).collect()
}

/// The page, with what was typed or stored, and what is wrong with it.
pub fn page(
    ctx: &Ctx<'_>,
    frame: &Frame,
    counts: &Counts,
    known: &Known,
    typed: &Query,
    refused: Option<&ApiError>,
) -> Result<Response, ApiError> {
    let form = match refused {
        Some(error) => form::refused(ctx, error, typed, KEPT),
        None => KEPT.iter().fold(Form::default(), |form, field| form.value(field, typed.get(field).unwrap_or_default())),
    };
    let (id, name, version) = match known {
        Known::New => (String::new(), String::new(), 0),
        Known::BuiltIn(role) => (role.as_str().to_owned(), i18n::text(ctx.locale, "role", &[("value", role.as_str().into())]), 0),
        Known::Own(own) => (RoleId::to_string(&own.id), own.name.clone(), own.version),
    };
    // Whoever has been told of another change and sends again means it.
    let seen =
        typed.filled("version").and_then(|text| text.parse().ok()).filter(|_| refused.is_some_and(|error| error.status != 412));
    let builtin = matches!(known, Known::BuiltIn(_));
    let view = RoleEdit {
        id,
        builtin,
        name,
        form,
        version: seen.unwrap_or(version),
        modules: modules(ctx, typed, Permissions::of(&Permission::ALL)),
        may_edit: !builtin && ctx.actor.may(Permission::AccessManage),
    };
    render::agent_page(ctx, frame, refused.map_or(200, |error| error.status), "agent/access-role", "access", counts, view)
}

/// The catalogue, or a part of it, module by module, with what was typed ticked.
pub fn modules(ctx: &Ctx<'_>, typed: &Query, among: Permissions) -> Vec<Module> {
    let mut modules: Vec<Module> = Vec::new();
    for permission in among.iter() {
        let right = Right {
            name: permission.as_str().to_owned(),
            explanation: explanation(ctx.locale, permission),
            held: typed.all("permission").any(|name| name == permission.as_str()),
        };
        match modules.iter_mut().find(|module| module.name == permission.module()) {
            Some(module) => module.permissions.push(right),
            None => modules.push(Module { name: permission.module().to_owned(), permissions: vec![right] }),
        }
    }
    modules
}
