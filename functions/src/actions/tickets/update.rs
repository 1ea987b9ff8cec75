//! A change of a ticket's fields: each with its own right, all in one batch, under the version that the caller has read.

use shared::database::TenantStatement;
use shared::error::{ApiError, FieldError};
use shared::store::departments::guard_moving;
use shared::store::search;
use shared::store::tickets::{self as store, CategoryRow, DepartmentRow, OrganizationRow, PartyRow};
use shared::ticket::{FollowerRow, Reference, Status, TicketRow, Visibility};

use super::draft::can_work;
use super::{Author, Changes, IfMatch, Work, load, mails};
use crate::actions::sla::clocks::{self, Promises};
use crate::actions::stale;
use crate::context::Ctx;

/// What was loaded for the fields that name other things.
struct Named {
    category: Option<CategoryRow>,
    assignee: Option<PartyRow>,
    department: Option<DepartmentRow>,
    organization: Option<OrganizationRow>,
    promises: Option<Promises>,
}

/// Changes a ticket. Answers the ticket as it is now, and who hears of it. Nothing is written when nothing differs.
pub async fn update(
    ctx: &Ctx<'_>,
    reference: &Reference,
    if_match: IfMatch,
    changes: &Changes,
) -> Result<(TicketRow, Vec<FollowerRow>), ApiError> {
    stale::again(stale::tries(if_match), async || attempt(ctx, reference, if_match, changes).await).await
}

async fn attempt(
    ctx: &Ctx<'_>,
    reference: &Reference,
    if_match: IfMatch,
    changes: &Changes,
) -> Result<(TicketRow, Vec<FollowerRow>), ApiError> {
    let loaded = load(ctx, reference, what_to_load(changes)).await?;
    apply(ctx, loaded, if_match, changes).await
}

/// Changes a ticket that was loaded with [`what_to_load`].
pub(in crate::actions) async fn apply(
    ctx: &Ctx<'_>,
    mut loaded: super::Loaded,
    if_match: IfMatch,
    changes: &Changes,
) -> Result<(TicketRow, Vec<FollowerRow>), ApiError> {
    if changes.only_from.is_some() && changes.only_from != loaded.row.department_id {
        return Ok((loaded.row, loaded.followers));
    }
    let author = changes.by.clone().unwrap_or_else(|| Author::of(&ctx.actor));
    changes.check_rights(ctx, &loaded, &author)?;
    if_match.check(loaded.row.version)?;
    if loaded.row.merged_into_id.is_some() {
        return Err(ApiError::conflict("merged"));
    }
    let mut named = read_named(ctx, &mut loaded, changes)?;
    let mut work = Work::begin(ctx, loaded, author);
    work.quiet = changes.quiet;
    let before = work.row.clone();
    set_named(&mut work, changes, &named);
    set_plain(&mut work, changes)?;
    if clocks::decides(&before, &work.row)
        && let Some(promises) = &named.promises
    {
        let promise = promises.find(&clocks::facts(&work.row))?;
        work.promise(promise);
    }
    if let Some(promises) = named.promises.take() {
        work.may_promise(promises);
    }
    if let Some(status) = changes.status {
        work.set_status(status)?;
    }
    if work.is_idle() {
        return Ok((work.row, work.followers));
    }
    let followers = work.followers.clone();
    let row = work.save("ticket.updated", None).await?;
    Ok((row, followers))
}

/// What a change needs to know beside the ticket.
pub(in crate::actions) fn what_to_load(changes: &Changes) -> Vec<TenantStatement> {
    let mut more = Vec::new();
    if let Some(Some(_)) = &changes.category {
        more.push(store::categories());
    }
    if let Some(Some(assignee)) = &changes.assignee {
        more.push(store::party_by_id(assignee));
    }
    if let Some(Some(department)) = &changes.department {
        more.push(store::department(department));
    }
    if let Some(Some(organization)) = &changes.organization {
        more.push(store::organization(organization));
    }
    if asks_for_promises(changes) {
        more.extend(clocks::statements());
    }
    more
}

fn asks_for_promises(changes: &Changes) -> bool {
    let may_reopen = changes.status.is_some_and(Status::is_open);
    may_reopen || changes.priority.is_some() || changes.category.is_some() || changes.organization.is_some()
}

fn read_named(ctx: &Ctx<'_>, loaded: &mut super::Loaded, changes: &Changes) -> Result<Named, ApiError> {
    let mut named = Named { category: None, assignee: None, department: None, organization: None, promises: None };
    let mut faults = Vec::new();
    let mut miss = |field: &str, found: bool| {
        if !found {
            faults.push(FieldError::new(field, "unknown_value"));
        }
    };
    if let Some(Some(slug)) = &changes.category {
        named.category = loaded.next()?.all::<CategoryRow>()?.into_iter().find(|category| category.slug == *slug);
        // A ticket may keep a category that was archived.
        miss("category", named.category.is_some() || loaded.row.category.as_ref() == Some(slug));
    }
    if let Some(Some(assignee)) = &changes.assignee {
        named.assignee = loaded.next()?.first::<PartyRow>()?.filter(can_work);
        miss("assignee", named.assignee.is_some() || loaded.row.assignee_id.as_ref() == Some(assignee));
    }
    if let Some(Some(department)) = &changes.department {
        named.department = loaded.next()?.first()?;
        miss("department", named.department.is_some() || loaded.row.department_id.as_ref() == Some(department));
    }
    if let Some(Some(_)) = &changes.organization {
        named.organization = loaded.next()?.first()?;
        miss("organization", named.organization.is_some());
    }
    if let Some(Some(module)) = &changes.erp_module {
        let known = ctx.tenant.settings().erp_modules.contains(module);
        miss("erp_module", known || loaded.row.erp_module.as_ref() == Some(module));
    }
    if asks_for_promises(changes) {
        let (policies, calendars) = (loaded.next()?, loaded.next()?);
        named.promises = Some(Promises::read(ctx.tenant, &policies, &calendars)?);
    }
    if faults.is_empty() { Ok(named) } else { Err(ApiError::invalid(faults)) }
}

/// Fields that name other things: category, assignee, department, company.
fn set_named(work: &mut Work<'_, '_>, changes: &Changes, named: &Named) {
    if let Some(category) = &changes.category
        && *category != work.row.category
    {
        let name = named.category.as_ref().map(|row| row.name.clone());
        work.changed("category", Visibility::Public, work.row.category_name.clone(), name.clone());
        work.row.category.clone_from(category);
        work.row.category_name = name;
    }
    if let Some(department) = &changes.department
        && *department != work.row.department_id
    {
        let name = named.department.as_ref().map(|row| row.name.clone());
        work.changed("department", Visibility::Internal, work.row.department_name.clone(), name.clone());
        work.row.department_id.clone_from(department);
        work.row.department_name = name;
        if let (Some(from), Some(to)) = (&changes.only_from, department) {
            work.also(guard_moving(from, to));
        }
    }
    if let Some(organization) = &changes.organization
        && *organization != work.row.organization_id
    {
        let name = named.organization.as_ref().map(|row| row.name.clone());
        work.changed("organization", Visibility::Internal, work.row.organization_name.clone(), name.clone());
        work.row.organization_id.clone_from(organization);
        work.row.organization_name = name;
        work.row.customer_type = named.organization.as_ref().map(|row| row.customer_type.clone());
    }
    if let Some(assignee) = &changes.assignee
        && *assignee != work.row.assignee_id
    {
        let person = named.assignee.clone();
        let name = person.as_ref().map(|person| person.name.clone());
        work.changed("assignee", Visibility::Public, work.row.assignee_name.clone(), name.clone());
        work.row.assignee_id.clone_from(assignee);
        work.row.assignee_name = name;
        work.row.assignee_email = person.as_ref().map(|person| person.email.clone());
        work.row.assignee_locale = person.and_then(|person| person.locale);
        let mail = mails::assigned(work.ctx, &work.row, &work.author);
        work.mail(mail);
    }
}

/// Fields that stand for themselves.
fn set_plain(work: &mut Work<'_, '_>, changes: &Changes) -> Result<(), ApiError> {
    if let Some(title) = &changes.title
        && title.as_str() != work.row.title
    {
        work.changed("title", Visibility::Public, Some(work.row.title.clone()), Some(title.as_str().to_owned()));
        title.as_str().clone_into(&mut work.row.title);
        work.also(search::update_title(&work.row.id.clone(), title.as_str()));
    }
    if let Some(priority) = changes.priority
        && priority != work.row.priority
    {
        work.changed(
            "priority",
            Visibility::Public,
            Some(work.row.priority.as_str().to_owned()),
            Some(priority.as_str().to_owned()),
        );
        work.row.priority = priority;
    }
    if let Some(module) = &changes.erp_module
        && *module != work.row.erp_module
    {
        work.changed("module", Visibility::Public, work.row.erp_module.clone(), module.clone());
        work.row.erp_module.clone_from(module);
    }
    if let Some(tags) = &changes.tags {
        set_tags(work, tags.iter().map(|tag| tag.as_str().to_owned()).collect());
    }
    if !changes.tag_edit.is_empty() {
        let tags = changes.tag_edit.apply(&work.row.tags).map_err(|fault| ApiError::invalid(vec![fault]))?;
        set_tags(work, tags);
    }
    if let Some(fields) = &changes.custom_fields {
        let fields = fields.clone().into_map();
        if fields != work.row.custom_fields {
            let text =
                |map: &serde_json::Map<String, serde_json::Value>| Some(serde_json::Value::Object(map.clone()).to_string());
            work.changed("custom_fields", Visibility::Internal, text(&work.row.custom_fields), text(&fields));
            work.row.custom_fields = fields;
        }
    }
    if let Some(escalation) = &changes.escalation
        && (escalation.level != work.row.escalation_level || escalation.reason != work.row.escalation_reason)
    {
        let text = |level: u8, reason: &Option<String>| {
            Some(reason.as_ref().map_or_else(|| level.to_string(), |reason| format!("{level}: {reason}")))
        };
        work.changed(
            "escalated",
            Visibility::Internal,
            text(work.row.escalation_level, &work.row.escalation_reason),
            text(escalation.level, &escalation.reason),
        );
        let is_raised = escalation.level > work.row.escalation_level;
        work.row.escalation_level = escalation.level;
        work.row.escalation_reason.clone_from(&escalation.reason);
        if is_raised {
            let mail = mails::escalated(work.ctx, &work.row, &work.author);
            work.mail([mail]);
        }
    }
    Ok(())
}

/// Sets all tags of the ticket.
pub(super) fn set_tags(work: &mut Work<'_, '_>, tags: Vec<String>) {
    if tags == work.row.tags {
        return;
    }
    let text = |tags: &[String]| (!tags.is_empty()).then(|| tags.join(", "));
    work.changed("tags", Visibility::Internal, text(&work.row.tags), text(&tags));
    for statement in store::replace_tags(&work.row.id.clone(), &tags) {
        work.also(statement);
    }
    work.row.tags = tags;
}
