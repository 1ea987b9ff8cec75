//! GET /agent/access: everybody of the tenant, for those who look after access.

use shared::access::{Permission, Role};
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::UserId;
use shared::limits::{PAGE_ROWS_DEFAULT, SEARCH_CHARS_MAX};
use shared::store::people::{self as store, Filter, Listed};
use shared::store::queues;
use shared::store::users::Status;

use super::standing;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::Person;
use crate::pages::view::access::{People, PersonRow};

/// Shows a page of them; a filter that is none of ours filters nothing.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let frame = Frame::of(&request);
    let query = &request.query;
    let filter = Filter {
        role: query.filled("role").and_then(Role::parse),
        status: query.filled("status").and_then(Status::parse),
        organization: None,
        prefix: query.filled("q").map(|text| text.chars().take(SEARCH_CHARS_MAX).collect()),
    };
    let after = query.filled("cursor").filter(|id| UserId::parse(id).is_ok()).unwrap_or_default();
    let batch = vec![queues::counts(&ctx.person()?.id), store::list(&filter, after, PAGE_ROWS_DEFAULT + 1)];
    let answers = ctx.db.batch(batch).await?;
    let [counts, rows] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let mut rows: Vec<Listed> = rows.all()?;
    let has_more = rows.len() > PAGE_ROWS_DEFAULT as usize;
    rows.truncate(PAGE_ROWS_DEFAULT as usize);
    let address = |cursor: Option<&str>| format!("/agent/access?{}", query.with("cursor", cursor));
    let is_filtered = filter.role.is_some() || filter.status.is_some() || filter.prefix.is_some();
    let view = People {
        q: filter.prefix.clone().unwrap_or_default(),
        role: filter.role.map(|role| role.as_str().to_owned()).unwrap_or_default(),
        status: filter.status.map(|status| status.as_str().to_owned()).unwrap_or_default(),
        next: rows.last().filter(|_| has_more).map(|last| address(Some(last.id.as_str()))),
        first: (!after.is_empty()).then(|| address(None)),
        clear: is_filtered.then(|| "/agent/access".to_owned()),
        rows: rows.into_iter().map(row).collect(),
        may_edit: ctx.actor.may(Permission::UserManage),
    };
    render::agent_page(ctx, &frame, 200, "agent/access-people", "access", &queues::read(counts)?, view)
}

fn row(person: Listed) -> PersonRow {
    let is_gone = person.removed_at.is_some();
    let shown = Person::new(person.id.as_str(), &person.name).staff(person.role.is_staff());
    PersonRow {
        person: if is_gone { shown } else { shown.email(&person.email) },
        role: person.role.as_str().to_owned(),
        own_role: person.role_name.unwrap_or_default(),
        status: standing(person.status, is_gone),
        place: person.organization_name.or(person.department_name).unwrap_or_default(),
    }
}
