//! The page of a service account: what it shows, how its forms are read, how they come back.

use shared::access::Permission;
use shared::database::Rows;
use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::{ApiKeyId, UserId};
use shared::limits::PAGE_ROWS_DEFAULT;
use shared::store::api_keys::{self, Listed};
use shared::store::queues::{self, Counts};
use shared::store::roles::{self, OwnRole, ROLES_MAX, RoleChoice};
use shared::store::service_accounts::{self, ServiceAccount};

use super::role_form;
use crate::actions::api_keys::Made;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::service_accounts::{KeyRow, KeySecret, ServiceAccountEdit};
use crate::pages::view::{Choice, Form};
use crate::pages::{form, render};

const FIELDS: &[&str] = &["name", "role", "status"];
/// Fields of the form that makes a key. Its name is `name` as well: the two forms stand apart.
const KEY_FIELDS: &[&str] = &["name", "networks", "expires_in_days"];

/// What the page shows.
pub struct Loaded {
    counts: Counts,
    roles: Vec<OwnRole>,
    keys: Vec<Listed>,
    first: Option<String>,
    /// The account that the path names.
    pub account: ServiceAccount,
}

/// Which of the page's forms comes back refused, with what was sent.
pub enum Refused<'a> {
    /// None.
    Neither,
    /// That of the account.
    Account(&'a Query, &'a ApiError),
    /// The one that makes a key.
    Key(&'a Query, &'a ApiError),
}

/// The tenant's own roles, of which one may be chosen.
pub fn choices(roles: &[OwnRole], chosen: Option<&str>) -> Vec<Choice> {
    roles.iter().map(|role| Choice::new(role.id.to_string(), role.name.clone(), chosen)).collect()
}

/// The role that was chosen, and the row of it if it is one of the tenant's own.
pub fn role(sent: &Query, known: &[OwnRole]) -> Result<(RoleChoice, Option<OwnRole>), ApiError> {
    let choice = RoleChoice::parse(sent.get("role").unwrap_or_default());
    let choice = choice.ok_or_else(|| ApiError::field("role", "unknown_value"))?;
    let own = choice.own().and_then(|id| known.iter().find(|role| role.id == *id)).cloned();
    Ok((choice, own))
}

impl Loaded {
    /// Loads the account that the path names and a page of its keys, in one round trip.
    pub async fn load(ctx: &Ctx<'_>, request: &Request) -> Result<Self, ApiError> {
        let id = UserId::parse(request.param("account")).map_err(|_| ApiError::not_found())?;
        let after = request.query.filled("cursor").filter(|id| ApiKeyId::parse(id).is_ok()).unwrap_or_default();
        let batch = vec![
            queues::counts(&ctx.person()?.id),
            roles::list("", ROLES_MAX),
            service_accounts::show(&id, ctx.now),
            api_keys::list(Some(&id), after, PAGE_ROWS_DEFAULT + 1),
        ];
        let answers = ctx.db.batch(batch).await?;
        let [counts, roles, account, keys] = answers.as_slice() else {
            return Err(ApiError::internal("the page of a service account was answered otherwise"));
        };
        Ok(Self {
            counts: queues::read(counts)?,
            roles: roles.all()?,
            keys: keys.all()?,
            first: (!after.is_empty()).then(|| address(&id)),
            account: Rows::first(account)?.ok_or_else(ApiError::not_found)?,
        })
    }

    /// The role that the form chose, and the row of it if it is one of the tenant's own.
    pub fn role(&self, sent: &Query) -> Result<(RoleChoice, Option<OwnRole>), ApiError> {
        role(sent, &self.roles)
    }

    /// The page, with the states of its two forms.
    pub fn page(mut self, ctx: &Ctx<'_>, frame: &Frame, refused: &Refused<'_>) -> Result<Response, ApiError> {
        let (form, key, typed) = match refused {
            Refused::Neither => (self.as_it_stands(), fresh(ctx), Query::default()),
            Refused::Account(sent, error) => (form::refused(ctx, error, sent, FIELDS), fresh(ctx), Query::default()),
            Refused::Key(sent, error) => (self.as_it_stands(), form::refused(ctx, error, sent, KEY_FIELDS), (*sent).clone()),
        };
        let status = match refused {
            Refused::Neither => 200,
            Refused::Account(_, error) | Refused::Key(_, error) => error.status,
        };
        // Whoever has been told of another change and sends again means it.
        let seen = match refused {
            Refused::Account(sent, error) if error.status != 412 => sent.filled("version").and_then(|text| text.parse().ok()),
            _ => None,
        };
        let has_more = self.keys.len() > PAGE_ROWS_DEFAULT as usize;
        self.keys.truncate(PAGE_ROWS_DEFAULT as usize);
        let account = &self.account;
        let next = |last: &Listed| format!("{}?cursor={}", address(&account.id), last.id);
        let view = ServiceAccountEdit {
            id: account.id.to_string(),
            name: account.name.clone(),
            status: account.status.as_str().to_owned(),
            own_roles: choices(&self.roles, form.values.get("role").map(String::as_str)),
            form,
            version: seen.unwrap_or(account.version),
            next: self.keys.last().filter(|_| has_more).map(next),
            keys: self.keys.iter().map(|key| row(ctx, key)).collect(),
            first: self.first,
            key,
            modules: role_form::modules(ctx, &typed, account.permissions()),
            may_edit: ctx.actor.may(Permission::AccessManage),
        };
        render::agent_page(ctx, frame, status, "agent/access-service-account", "access", &self.counts, view)
    }

    /// The page that shows a key, once.
    pub fn made(&self, ctx: &Ctx<'_>, frame: &Frame, made: Made) -> Result<Response, ApiError> {
        secret(ctx, frame, &self.counts, made)
    }

    fn as_it_stands(&self) -> Form {
        let role = self.account.role_id.as_ref().map_or(self.account.role.as_str(), |own| own.as_str());
        Form::default().value("name", &self.account.name).value("role", role).value("status", self.account.status.as_str())
    }
}

/// The page that shows a key, once: it is kept nowhere on its way.
pub fn secret(ctx: &Ctx<'_>, frame: &Frame, counts: &Counts, made: Made) -> Result<Response, ApiError> {
    let view = KeySecret {
        account: made.listed.account.to_string(),
        account_name: made.listed.account_name,
        name: made.listed.name,
        key: made.key,
        expires: made.listed.expires_at.into(),
    };
    let page = render::agent_page(ctx, frame, 200, "agent/access-key", "access", counts, view)?;
    Ok(page.with("cache-control", "no-store"))
}

/// Where the page is.
pub fn address(account: &UserId) -> String {
    format!("/agent/access/service-accounts/{account}")
}

/// The form that makes a key, untouched.
fn fresh(ctx: &Ctx<'_>) -> Form {
    let days = ctx.tenant.settings().api_key_days.to_string();
    Form::default().value("name", "").value("networks", "").value("expires_in_days", days)
}

fn row(ctx: &Ctx<'_>, key: &Listed) -> KeyRow {
    KeyRow {
        id: key.id.to_string(),
        name: key.name.clone(),
        prefix: key.prefix.clone(),
        state: key.state(ctx.now).to_owned(),
        scopes: key.scopes.iter().map(Permission::as_str).collect::<Vec<_>>().join(", "),
        networks: key.networks.join(", "),
        expires: key.expires_at.into(),
        used: key.last_used_at.map(Into::into),
        used_from: key.last_used_from.clone().unwrap_or_default(),
    }
}
