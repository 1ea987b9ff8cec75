//! Policies: listed, made, changed, removed.
//!
//! What a policy promises reaches tickets when they are opened, when they are opened again and when a field changes that policies look
//! at. Beside that, a change
//! of a policy is carried to the open tickets that it is for (see [`super::recompute`]); a new policy, or one that is removed, leaves
//! the tickets that are open already as they are.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use shared::database::{DbError, Rows};
use shared::error::{ApiError, FieldError};
use shared::i18n;
use shared::id::{CalendarId, PolicyId};
use shared::platform::Wake;
use shared::sla::{Policy, PolicyIn, from_tenant_config};
use shared::store::sla_calendars::{self, CalendarRow};
use shared::store::sla_due;
use shared::store::sla_rules::{self as store, RULES_MAX, RuleRow, RuleValues};

use super::{calendars, faults};
use crate::actions::audit;
use crate::actions::stale;
use crate::actions::tickets::IfMatch;
use crate::context::Ctx;

/// A policy with what is kept about it.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Id.
    pub id: PolicyId,
    /// As it was written.
    pub form: PolicyIn,
    /// Counts the changes.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Name of its calendar.
    pub calendar_name: String,
}

impl Rule {
    /// A stored policy that does not parse is a defect, named by its id.
    pub fn read(row: RuleRow) -> Result<Self, ApiError> {
        let form =
            serde_json::from_str(&row.definition).map_err(|error| ApiError::internal(format!("policy {}: {error}", row.id)))?;
        Ok(Self {
            id: row.id,
            form,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            calendar_name: row.calendar_name,
        })
    }
}

/// Policies in the order in which they are matched, at most `limit`.
pub async fn list(ctx: &Ctx<'_>, after: Option<(u32, &PolicyId)>, limit: u32) -> Result<Vec<Rule>, ApiError> {
    read_all(&ctx.db.run(store::rules(after, limit)).await?)
}

/// The policies of a page's rows.
pub fn read_all(rows: &Rows) -> Result<Vec<Rule>, ApiError> {
    rows.all::<RuleRow>()?.into_iter().map(Rule::read).collect()
}

/// One policy.
pub async fn find(ctx: &Ctx<'_>, id: &PolicyId) -> Result<Rule, ApiError> {
    store::rule_row(&ctx.db.run(store::rule(id)).await?)?.map_or_else(|| Err(ApiError::not_found()), Rule::read)
}

/// Makes a policy.
pub async fn create(ctx: &Ctx<'_>, form: PolicyIn) -> Result<Rule, ApiError> {
    let known = match CalendarId::parse(&form.calendar_id) {
        Ok(calendar) => calendars::read_all(&ctx.db.run(sla_calendars::calendar(&calendar)).await?)?,
        Err(_) => Vec::new(),
    };
    create_by(ctx, form, &known).await
}

/// The same with calendars that were loaded already.
pub async fn create_by(ctx: &Ctx<'_>, form: PolicyIn, known: &[calendars::Calendar]) -> Result<Rule, ApiError> {
    let id: PolicyId = ctx.ids().next();
    let (form, calendar) = checked(ctx, &id, form, known)?;
    let definition = text(&form)?;
    let mut batch = store::insert_rule(&id, values(&form, &calendar, &definition), ctx.now).to_vec();
    batch.push(audit::line(ctx, "sla_policy.created", id.as_str(), json!({ "to": form })));
    ctx.db.batch(batch).await.map_err(translate)?;
    Ok(Rule { id, form, version: 1, created_at: ctx.now, updated_at: ctx.now, calendar_name: String::new() })
}

/// Changes a policy. What it promises now is carried to the open tickets that it is for.
pub async fn replace(ctx: &Ctx<'_>, id: &PolicyId, if_match: IfMatch, form: PolicyIn) -> Result<Rule, ApiError> {
    stale::again(stale::tries(if_match), async || {
        let mut batch = vec![store::rule(id)];
        batch.extend(CalendarId::parse(&form.calendar_id).ok().map(|calendar| sla_calendars::calendar(&calendar)));
        let answers = ctx.db.batch(batch).await?;
        let [rule, hours @ ..] = answers.as_slice() else { return Err(ApiError::internal("a batch was not answered")) };
        let known = store::rule_row(rule)?.map_or_else(|| Err(ApiError::not_found()), Rule::read)?;
        let hours = hours.first().map(calendars::read_all).transpose()?.unwrap_or_default();
        let (form, calendar) = checked(ctx, id, form.clone(), &hours)?;
        store_change(ctx, known, if_match, &form, &calendar).await
    })
    .await
}

/// The same for a policy that was loaded already, with calendars.
pub async fn change(
    ctx: &Ctx<'_>,
    known: Rule,
    if_match: IfMatch,
    form: PolicyIn,
    hours: &[calendars::Calendar],
) -> Result<Rule, ApiError> {
    let (form, calendar) = checked(ctx, &known.id, form, hours)?;
    store_change(ctx, known, if_match, &form, &calendar).await
}

async fn store_change(
    ctx: &Ctx<'_>,
    known: Rule,
    if_match: IfMatch,
    form: &PolicyIn,
    calendar: &CalendarId,
) -> Result<Rule, ApiError> {
    let id = known.id.clone();
    if_match.check(known.version)?;
    if known.form == *form {
        return Ok(known);
    }
    let definition = text(form)?;
    let mut batch = store::update_rule(&id, known.version, values(form, calendar, &definition), ctx.now).to_vec();
    let promises_change = promises(&known.form) != promises(form);
    if promises_change {
        batch.push(sla_due::request(id.as_str(), known.version + 1, &ctx.actor.reference(), ctx.now));
    }
    batch.push(audit::line(ctx, "sla_policy.updated", id.as_str(), json!({ "from": known.form, "to": form })));
    ctx.db.batch(batch).await.map_err(translate)?;
    if promises_change {
        ctx.wake(Wake::SlaTimer { tenant: ctx.tenant.id().clone(), at: ctx.now });
    }
    Ok(Rule { form: form.clone(), version: known.version + 1, updated_at: ctx.now, ..known })
}

/// Removes a policy. Tickets keep what it promised them.
pub async fn remove(ctx: &Ctx<'_>, id: &PolicyId, if_match: IfMatch) -> Result<(), ApiError> {
    let known = find(ctx, id).await?;
    if_match.check(known.version)?;
    let mut batch = store::delete_rule(id, known.version).to_vec();
    batch.push(audit::line(ctx, "sla_policy.deleted", id.as_str(), json!({ "from": known.form })));
    ctx.db.batch(batch).await.map_err(translate)?;
    Ok(())
}

/// Takes a tenant's configuration as specification 2.11.2 writes it: a calendar and a policy for all tickets, in one batch.
///
/// The policy stands before the first one that is for all tickets too, so that it counts, and after those that are for some. Which
/// tenant the configuration names is not looked at: the host says whose it is.
pub async fn import(ctx: &Ctx<'_>, config: &Value) -> Result<(Rule, calendars::Calendar), ApiError> {
    let sla = from_tenant_config(config).map_err(|list| faults::refused(&list))?;
    let answers = ctx.db.batch(vec![store::rules(None, RULES_MAX), sla_calendars::calendars("", RULES_MAX)]).await?;
    let [rules, known] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let rules = read_all(rules)?;
    let taken: Vec<String> = known.all::<CalendarRow>()?.into_iter().map(|row| row.name).collect();
    let name = free_name(&i18n::text(ctx.tenant.locale(), "policies-imported", &[]), &taken);

    let calendar = calendars::new(ctx, name.clone(), sla.calendar);
    let mut batch = calendars::insert(ctx, &calendar)?;
    let first_for_all =
        rules.iter().find(|rule| rule.form.conditions == shared::sla::Conditions::default()).map(|rule| rule.form.position);
    let position =
        first_for_all.unwrap_or_else(|| rules.iter().map(|rule| rule.form.position.saturating_add(1)).max().unwrap_or(0));
    if first_for_all.is_some() {
        batch.push(store::make_room(position, ctx.now));
    }
    let id: PolicyId = ctx.ids().next();
    let form = PolicyIn { name, position, calendar_id: calendar.id.to_string(), ..sla.policy };
    let (form, calendar_id) = checked(ctx, &id, form, std::slice::from_ref(&calendar))
        .map_err(|error| ApiError { fields: in_config(error.fields), ..error })?;
    let definition = text(&form)?;
    batch.extend(store::insert_rule(&id, values(&form, &calendar_id, &definition), ctx.now));
    batch.push(audit::line(ctx, "sla_policy.created", id.as_str(), json!({ "to": form })));
    ctx.db.batch(batch).await.map_err(translate)?;
    let rule = Rule { id, form, version: 1, created_at: ctx.now, updated_at: ctx.now, calendar_name: calendar.name.clone() };
    Ok((rule, calendar))
}

/// The refusals that the store's guards and constraints can answer.
pub(super) fn translate(error: DbError) -> ApiError {
    match &error {
        DbError::Refused(rule) if rule == "foreign_key" => ApiError::field("calendar_id", "unknown_value"),
        DbError::Refused(rule) if rule == "limit" => ApiError::conflict("sla_limit").arg("maximum", RULES_MAX),
        DbError::Refused(rule) if rule == "name" || rule == "sla_calendars.name" => ApiError::field("name", "name_taken"),
        DbError::Refused(rule) if rule == "conflict" => ApiError::conflict("calendar_in_use"),
        _ => error.into(),
    }
}

/// The form as it will be stored, and its calendar. What it promises must come due by that calendar, which is among `known` if it is
/// there at all.
fn checked(
    ctx: &Ctx<'_>,
    id: &PolicyId,
    form: PolicyIn,
    known: &[calendars::Calendar],
) -> Result<(PolicyIn, CalendarId), ApiError> {
    let policy = Policy::parse(id.as_str(), form).map_err(|list| faults::refused(&list))?;
    let calendar = CalendarId::parse(&policy.form().calendar_id).map_err(|_| ApiError::field("calendar_id", "unknown_value"))?;
    if let Some(calendar) = known.iter().find(|each| each.id == calendar) {
        policy.check_reach(&calendar.hours, ctx.now).map_err(|list| faults::refused(&list))?;
    }
    Ok((policy.form().clone(), calendar))
}

/// Faults of a policy under the names of the configuration that it came from, each once.
fn in_config(faults: Vec<FieldError>) -> Vec<FieldError> {
    let mut named: Vec<FieldError> = Vec::new();
    for mut fault in faults {
        if let Some(path) = fault.field.strip_prefix("targets.") {
            let path = path.replace("first_response_minutes", "response_time").replace("next_response_minutes", "response_time");
            fault.field = format!("sla_rules.{}", path.replace("resolution_minutes", "resolution_time"));
        }
        if !named.iter().any(|known| known.field == fault.field) {
            named.push(fault);
        }
    }
    named
}

/// What tickets are promised by it: everything but its name, place and conditions.
fn promises(form: &PolicyIn) -> impl PartialEq + use<'_> {
    (&form.calendar_id, &form.targets, &form.hours, &form.warn_percent, form.reopen, form.notices)
}

fn values<'a>(form: &'a PolicyIn, calendar: &'a CalendarId, definition: &'a str) -> RuleValues<'a> {
    RuleValues { name: &form.name, position: form.position, calendar, definition }
}

fn text(form: &PolicyIn) -> Result<String, ApiError> {
    serde_json::to_string(form).map_err(ApiError::internal)
}

/// The name, or the name with the first number that makes it free: there are no more names than calendars.
fn free_name(wish: &str, taken: &[String]) -> String {
    (2..=RULES_MAX + 1)
        .map(|count| format!("{wish} {count}"))
        .fold(wish.to_owned(), |name, next| if taken.contains(&name) { next } else { name })
}
