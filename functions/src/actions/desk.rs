//! Departments and categories: added, renamed, archived. The JSON API and the settings page both come through here.

use serde_json::json;
use shared::access::Permission;
use shared::database::{DbError, Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::DepartmentId;
use shared::platform::Wake;
use shared::store::desk::{self as store, Category, CategoryChange, Department, DepartmentChange};

use super::{accounts, audit, stale};
use crate::context::Ctx;
use crate::entity_tag::IfMatch;

/// Departments, and categories, of a tenant at most: menus are made of them.
pub const PLACES_MAX: u32 = 200;

/// Adds a department; 409 `name_taken` when there is one of that name.
pub async fn add_department(ctx: &Ctx<'_>, name: &str, position: i64) -> Result<Department, ApiError> {
    let name = accounts::name(name).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let id: DepartmentId = ctx.ids().next();
    let detail = json!({"name": name, "position": position});
    let batch = vec![store::insert_department(&id, &name, position), audit::line(ctx, "department.created", id.as_str(), detail)];
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(Department { id, name, position, archived_at: None, version: 1, lead_id: None, lead_name: None, moves_to: None })
}

/// Changes a department. 422 `lead` for whoever does not belong to it. Open tickets leave an archived one only (422 `move_tickets_to`), for
/// another that takes tickets, at the word of somebody who may assign every ticket (403); a job moves them.
pub async fn change_department(
    ctx: &Ctx<'_>,
    id: &DepartmentId,
    if_match: IfMatch,
    mut change: DepartmentChange,
) -> Result<Department, ApiError> {
    change.name = change.name.as_deref().map(accounts::name).transpose().map_err(|fault| ApiError::invalid(vec![fault]))?;
    let after = stale::again(stale::tries(if_match), async || write_department(ctx, id, if_match, &change).await).await?;
    if change.moves_to.is_some() {
        ctx.wake(Wake::Outbox(ctx.tenant.id().clone()));
    }
    Ok(after)
}

/// The change of a department as it is at this moment.
async fn write_department(
    ctx: &Ctx<'_>,
    id: &DepartmentId,
    if_match: IfMatch,
    change: &DepartmentChange,
) -> Result<Department, ApiError> {
    let before: Department = ctx.db.run(store::department(id)).await?.first()?.ok_or_else(ApiError::not_found)?;
    if_match.check(before.version)?;
    if change.moves_to.is_some() {
        if !change.archived.unwrap_or(before.archived_at.is_some()) {
            return Err(ApiError::field("move_tickets_to", "not_allowed"));
        }
        if !may_empty(ctx) {
            return Err(ApiError::forbidden());
        }
    }
    let detail = json!({
        "from": {"name": before.name, "position": before.position, "archived": before.archived_at.is_some(), "lead": before.lead_id},
        "to": {
            "name": change.name, "position": change.position, "archived": change.archived, "lead": change.lead,
            "move_tickets_to": change.moves_to
        }
    });
    let by = ctx.actor.person().map(|person| &person.id);
    let mut batch = store::department_guards(id, before.version, change);
    batch.extend([
        store::update_department(id, change, by, ctx.now),
        audit::line(ctx, "department.updated", id.as_str(), detail),
        store::department(id),
    ]);
    last(&ctx.db.batch(batch).await.map_err(refusal)?)
}

/// Whether the actor may move a department's tickets: sees and assigns every ticket.
pub fn may_empty(ctx: &Ctx<'_>) -> bool {
    [Permission::TicketRead, Permission::TicketAssign].into_iter().all(|right| ctx.actor.scope(right).is_everything())
}

/// Moves a department a place up or down among all of them; at an end it stays.
pub async fn shift_department(ctx: &Ctx<'_>, id: &DepartmentId, rises: bool) -> Result<(), ApiError> {
    let rows: Vec<Department> = ctx.db.run(store::departments(PLACES_MAX)).await?.all()?;
    let places: Vec<(DepartmentId, i64)> = rows.into_iter().map(|row| (row.id, row.position)).collect();
    let mut batch = shifted(
        places,
        |known| known == id,
        rises,
        |id, place| {
            let change = DepartmentChange { position: Some(place), ..DepartmentChange::default() };
            store::update_department(id, &change, None, ctx.now)
        },
    )?;
    batch.push(audit::line(ctx, "department.ordered", id.as_str(), json!({ "rises": rises })));
    ctx.db.batch(batch).await?;
    Ok(())
}

/// The same of a category.
pub async fn shift_category(ctx: &Ctx<'_>, slug: &str, rises: bool) -> Result<(), ApiError> {
    let rows: Vec<Category> = ctx.db.run(store::categories(PLACES_MAX)).await?.all()?;
    let places: Vec<(String, i64)> = rows.into_iter().map(|row| (row.slug, row.position)).collect();
    let mut batch = shifted(
        places,
        |known| known == slug,
        rises,
        |slug, place| {
            let change = CategoryChange { position: Some(place), ..CategoryChange::default() };
            store::update_category(slug, &change, ctx.now)
        },
    )?;
    batch.push(audit::line(ctx, "category.ordered", slug, json!({ "rises": rises })));
    ctx.db.batch(batch).await?;
    Ok(())
}

/// What gives everything its place once one of them has changed places with its neighbour. 404 when there is no such one.
fn shifted<T>(
    mut places: Vec<(T, i64)>,
    is_meant: impl Fn(&T) -> bool,
    rises: bool,
    write: impl Fn(&T, i64) -> TenantStatement,
) -> Result<Vec<TenantStatement>, ApiError> {
    let at = places.iter().position(|(id, _)| is_meant(id)).ok_or_else(ApiError::not_found)?;
    let other = if rises { at.checked_sub(1) } else { Some(at + 1) };
    if let Some(other) = other.filter(|other| *other < places.len()) {
        places.swap(at, other);
    }
    let numbered = places.iter().zip(0i64..);
    Ok(numbered.filter(|((_, before), place)| before != place).map(|((id, _), place)| write(id, place)).collect())
}

/// Adds a category; 409 `name_taken` when there is one of that slug.
pub async fn add_category(
    ctx: &Ctx<'_>,
    slug: &str,
    name: &str,
    department: Option<DepartmentId>,
    position: i64,
) -> Result<Category, ApiError> {
    let name = accounts::name(name).map_err(|fault| ApiError::invalid(vec![fault]))?;
    let is_slug = (1..=40).contains(&slug.len())
        && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !is_slug {
        return Err(ApiError::field("slug", "bad_format"));
    }
    let detail = json!({"name": name, "department": department, "position": position});
    let batch = vec![
        store::insert_category(slug, &name, department.as_ref(), position),
        audit::line(ctx, "category.created", slug, detail),
    ];
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(Category { slug: slug.to_owned(), name, department_id: department, position, archived_at: None })
}

/// Changes a category.
pub async fn change_category(ctx: &Ctx<'_>, slug: &str, mut change: CategoryChange) -> Result<Category, ApiError> {
    change.name = change.name.as_deref().map(accounts::name).transpose().map_err(|fault| ApiError::invalid(vec![fault]))?;
    let before: Category = ctx.db.run(store::category(slug)).await?.first()?.ok_or_else(ApiError::not_found)?;
    let detail = json!({
        "from": {"name": before.name, "department": before.department_id, "position": before.position, "archived": before.archived_at.is_some()},
        "to": {"name": change.name, "department": change.department, "position": change.position, "archived": change.archived}
    });
    let batch = vec![
        store::update_category(slug, &change, ctx.now),
        audit::line(ctx, "category.updated", slug, detail),
        store::category(slug),
    ];
    last(&ctx.db.batch(batch).await.map_err(refusal)?)
}

/// A slug for a category of which only the name is known: the name's Latin letters, else a neutral one.
pub fn slug_of(ctx: &Ctx<'_>, name: &str) -> String {
    let words: Vec<String> = name
        .to_lowercase()
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let latin = name.chars().all(|letter| letter.is_ascii() || !letter.is_alphabetic());
    if latin && !words.is_empty() {
        words.join("-").chars().take(40).collect()
    } else {
        format!("category-{}", ctx.ids().secret(3))
    }
}

fn last<T: serde::de::DeserializeOwned>(results: &[Rows]) -> Result<T, ApiError> {
    results.last().map(Rows::first::<T>).transpose()?.flatten().ok_or_else(ApiError::not_found)
}

fn refusal(error: DbError) -> ApiError {
    if error.is_refused_by("departments.name") || error.is_refused_by("categories.slug") {
        ApiError::conflict("name_taken")
    } else if error.is_refused_by("foreign_key") {
        ApiError::field("department", "unknown_value")
    } else if error.is_refused_by("not_a_member") {
        ApiError::field("lead", "unknown_value")
    } else if error.is_refused_by("not_found") {
        ApiError::field("move_tickets_to", "unknown_value")
    } else {
        error.into()
    }
}
