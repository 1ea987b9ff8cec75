//! GET /agent/settings/departments/{department}: a department with its lead, its people and its open tickets, for those who lead the desk.

use shared::access::Permission;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::{DepartmentId, UserId};
use shared::store::departments::{self as people, Member};
use shared::store::{desk as store, queues};

use super::{standing, tickets};
use crate::actions::desk::may_empty;
use crate::context::Ctx;
use crate::context::directory::{Directory, Wanted};
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::settings::{self, DepartmentPage};
use crate::pages::view::{Choice, Form, Person};

/// Shows it.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let id = DepartmentId::parse(request.param("department")).map_err(|_| ApiError::not_found())?;
    page(ctx, &Frame::of(&request), 200, &id, Form::default()).await
}

/// The page, with why a form of it was refused.
pub(super) async fn page(ctx: &Ctx<'_>, frame: &Frame, status: u16, id: &DepartmentId, form: Form) -> Result<Response, ApiError> {
    let wanted = Wanted::of(ctx);
    let mut batch = wanted.statements();
    batch.extend([queues::counts(&ctx.person()?.id), store::department(id), people::standing(id), people::members(id)]);
    let mut answers = ctx.db.batch(batch).await?.into_iter();
    let directory = wanted.take(ctx, &mut answers)?;
    let mut next = || answers.next().ok_or_else(|| ApiError::internal("the department was answered too few results"));
    let counts = queues::read(&next()?)?;
    let row: store::Department = next()?.first()?.ok_or_else(ApiError::not_found)?;
    let counted: people::Standing = next()?.first()?.ok_or_else(ApiError::not_found)?;
    let members: Vec<Member> = next()?.all()?;
    let (may_read, may_people) = (ctx.actor.may(Permission::UserRead), ctx.actor.may(Permission::UserManage));
    let view = DepartmentPage {
        id: row.id.to_string(),
        name: row.name.clone(),
        archived: row.archived_at.is_some(),
        list: tickets(&row),
        standing: standing(ctx, &row, &counted),
        moving_to: row.moves_to.as_ref().and_then(|to| Some(directory.department(to)?.name.clone())),
        form,
        leads: leads(&row, &members),
        others: if may_people { others(&directory, &members) } else { Vec::new() },
        places: if may_empty(ctx) { places(&directory, id) } else { Vec::new() },
        members: members.into_iter().map(|row| member(row, may_read)).collect(),
        may_people,
    };
    render::agent_page(ctx, frame, status, "agent/settings-department", "settings", &counts, view)
}

/// Somebody who belongs to it; the address and the role are for those who may read people.
fn member(row: Member, may_read: bool) -> settings::Member {
    let person = Person::new(row.id.as_str(), &row.name).staff(true);
    let (person, role) = if may_read { (person.email(&row.email), row.role.as_str()) } else { (person, "") };
    settings::Member { person, role: role.to_owned(), version: row.version }
}

/// Who can lead it: its people, and whoever leads it now, who may not be among the first of them.
fn leads(row: &store::Department, members: &[Member]) -> Vec<Choice> {
    let lead = row.lead_id.as_ref().map(UserId::as_str);
    let present = lead.zip(row.lead_name.as_deref()).filter(|(id, _)| !members.iter().any(|member| member.id.as_str() == *id));
    let people = members.iter().map(|member| (member.id.as_str(), member.name.as_str()));
    people.chain(present).map(|(id, name)| Choice::new(id, name, lead)).collect()
}

/// Colleagues who do not belong to it.
fn others(directory: &Directory, members: &[Member]) -> Vec<Choice> {
    let others = directory.colleagues().filter(|one| !members.iter().any(|member| member.id == one.id));
    others.map(|one| Choice::new(one.id.as_str(), &one.name, None)).collect()
}

/// Where its open tickets can go.
fn places(directory: &Directory, id: &DepartmentId) -> Vec<Choice> {
    let others = directory.open_departments().filter(|other| other.id != *id);
    others.map(|other| Choice::new(other.id.as_str(), &other.name, None)).collect()
}
