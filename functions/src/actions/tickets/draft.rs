//! What a new ticket is made of: what is loaded for it, whose fields are whose, and the row before it is written.

use std::rc::Rc;

use shared::access::Permission;
use shared::database::{Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::sla::Priority;
use shared::store::tickets::{self as store, CategoryRow, DepartmentRow, PartyRow};
use shared::store::users;
use shared::ticket::{Party, Status, TicketRow, Topic, categorize};

use super::Author;
use super::create::{NewTicket, Requester};
use crate::actions::sla::clocks::{self, Promises};
use crate::context::Ctx;
use crate::context::directory::{Directory, Wanted};

/// Fields that this actor may not set.
pub(super) fn not_the_actors(ctx: &Ctx<'_>, new: &NewTicket<'_>) -> Vec<FieldError> {
    let Some(person) = ctx.actor.person() else { return Vec::new() };
    let mut fields = Vec::new();
    if !person.role.is_staff() && new.requester != Requester::Me {
        fields.push("requester");
    }
    let may_assign = ctx.actor.may(Permission::TicketAssign);
    if new.assignee.is_some() && !may_assign {
        fields.push("assignee");
    }
    if new.department.is_some() && !may_assign {
        fields.push("department");
    }
    fields.into_iter().map(|field| FieldError::new(field, "not_allowed")).collect()
}

/// Which answers belong to what.
#[derive(Default)]
pub(super) struct Plan {
    /// Absent where a [`basis`] was loaded instead.
    directory: Option<Wanted>,
    assignee: bool,
    department: bool,
}

/// What the load batch found.
pub(super) struct Found {
    pub(super) requester: Option<PartyRow>,
    pub(super) categories: Vec<CategoryRow>,
    pub(super) promises: Rc<Promises>,
    pub(super) assignee: Option<PartyRow>,
    pub(super) department: Option<DepartmentRow>,
}

pub(super) fn what_to_load(ctx: &Ctx<'_>, new: &NewTicket<'_>) -> Result<(Vec<TenantStatement>, Plan), ApiError> {
    let mut statements = vec![party(ctx, &new.requester)?];
    let directory = Wanted::of(ctx);
    statements.extend(directory.statements());
    statements.extend(new.assignee.as_ref().map(store::party_by_id));
    statements.extend(new.department.as_ref().map(store::department));
    let (assignee, department) = (new.assignee.is_some(), new.department.is_some());
    Ok((statements, Plan { directory: Some(directory), assignee, department }))
}

/// What every new ticket needs to know, for a batch that may turn out to need none: the requester, the categories, the promises. Four
/// statements.
pub(super) fn basis(ctx: &Ctx<'_>, requester: &Requester) -> Result<Vec<TenantStatement>, ApiError> {
    let mut statements = vec![party(ctx, requester)?, store::categories()];
    statements.extend(clocks::statements());
    Ok(statements)
}

fn party(ctx: &Ctx<'_>, requester: &Requester) -> Result<TenantStatement, ApiError> {
    Ok(match requester {
        Requester::Me => store::party_by_id(&ctx.person()?.id),
        Requester::User(user) => store::party_by_id(user),
        Requester::Email { address, .. } => store::party_by_email(address),
    })
}

impl Plan {
    /// Reads the answers of [`what_to_load`], or of [`basis`].
    pub(super) fn read(self, ctx: &Ctx<'_>, answers: Vec<Rows>) -> Result<Found, ApiError> {
        let mut answers = answers.into_iter();
        let requester = next(&mut answers)?.first()?;
        let (categories, promises) = if let Some(wanted) = self.directory {
            let directory = wanted.take(ctx, &mut answers)?;
            (categories(&directory), Rc::clone(&directory.promises))
        } else {
            let categories = next(&mut answers)?.all()?;
            let (policies, calendars) = (next(&mut answers)?, next(&mut answers)?);
            (categories, Rc::new(Promises::read(ctx.tenant, &policies, &calendars)?))
        };
        Ok(Found {
            requester,
            categories,
            promises,
            assignee: if self.assignee { next(&mut answers)?.first()? } else { None },
            department: if self.department { next(&mut answers)?.first()? } else { None },
        })
    }
}

fn next(answers: &mut impl Iterator<Item = Rows>) -> Result<Rows, ApiError> {
    answers.next().ok_or_else(|| ApiError::internal("a statement of the batch was not answered"))
}

/// What a ticket can be filed under, with the departments that such tickets go to: none where it is archived.
pub(super) fn categories(directory: &Directory) -> Vec<CategoryRow> {
    let row = |category: &shared::store::directory::CategoryRow| {
        let department = category.department_id.as_ref().and_then(|id| directory.department(id)).filter(|each| !each.archived);
        CategoryRow {
            slug: category.slug.clone(),
            name: category.name.clone(),
            department_name: department.map(|each| each.name.clone()),
            department_id: department.map(|each| each.id.clone()),
        }
    };
    directory.open_categories().map(row).collect()
}

/// A ticket ready to be written.
pub(super) struct Prepared {
    pub(super) row: TicketRow,
    pub(super) author: Author,
    /// The requester's row, if the person is new.
    pub(super) person: Option<TenantStatement>,
}

/// Makes a ticket of what was asked for and found, or names every field that is wrong.
pub(super) fn prepare(ctx: &Ctx<'_>, new: &NewTicket<'_>, found: Found) -> Result<Prepared, ApiError> {
    let (requester, person) = requester(ctx, new, found.requester)?;
    let mut faults = Vec::new();
    let category = category(new, &found.categories, &mut faults);
    let assignee = found.assignee.filter(can_work);
    if new.assignee.is_some() && assignee.is_none() {
        faults.push(FieldError::new("assignee", "unknown_value"));
    }
    if new.department.is_some() && found.department.is_none() {
        faults.push(FieldError::new("department", "unknown_value"));
    }
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let department = found.department.or_else(|| {
        let category = category?;
        Some(DepartmentRow { id: category.department_id.clone()?, name: category.department_name.clone().unwrap_or_default() })
    });
    let author = match Author::of(&ctx.actor) {
        author if author.user.is_some() => author,
        _ => Author {
            user: Some(requester.id.clone()),
            name: requester.name.clone(),
            email: requester.email.clone(),
            party: Party::Client,
        },
    };
    let mut row = row(ctx, new, requester, category, assignee, department);
    let promise = found.promises.find(&clocks::facts(&row))?;
    clocks::start(&mut row, promise);
    Ok(Prepared { row, author, person })
}

/// The row of a new ticket, before its clocks are started.
fn row(
    ctx: &Ctx<'_>,
    new: &NewTicket<'_>,
    requester: PartyRow,
    category: Option<&CategoryRow>,
    assignee: Option<PartyRow>,
    department: Option<DepartmentRow>,
) -> TicketRow {
    TicketRow {
        id: new.id.clone(),
        number: 0,
        title: new.title.as_str().to_owned(),
        description: new.description.as_str().to_owned(),
        status: Status::New,
        priority: new.priority.unwrap_or(Priority::Medium),
        category: category.map(|category| category.slug.clone()),
        category_name: category.map(|category| category.name.clone()),
        erp_module: new.erp_module.clone(),
        channel: new.channel,
        requester_id: requester.id,
        requester_name: requester.name,
        requester_email: requester.email,
        requester_locale: requester.locale,
        requester_verified_at: requester.email_verified_at,
        requester_blocked_at: requester.mail_blocked_at,
        requester_role: requester.role,
        organization_id: requester.organization_id,
        organization_name: requester.organization_name,
        customer_type: requester.customer_type,
        assignee_name: assignee.as_ref().map(|person| person.name.clone()),
        assignee_email: assignee.as_ref().map(|person| person.email.clone()),
        assignee_locale: assignee.as_ref().and_then(|person| person.locale),
        assignee_id: assignee.map(|person| person.id),
        department_name: department.as_ref().map(|department| department.name.clone()),
        department_id: department.map(|department| department.id),
        escalation_level: 0,
        escalation_reason: None,
        custom_fields: new.custom_fields.clone().into_map(),
        tags: new.tags.iter().map(|tag| tag.as_str().to_owned()).collect(),
        comment_count: 0,
        clocks: None,
        sla_policy_name: None,
        sla_calendar_id: None,
        sla_calendar: None,
        next_due_at: None,
        first_response_at: None,
        resolved_at: None,
        closed_at: None,
        resolution_cycle: 0,
        reopened_count: 0,
        merged_into_id: None,
        merged_into_number: None,
        deleted_at: None,
        from_unverified: new.from_unverified,
        created_at: ctx.now,
        updated_at: ctx.now,
        version: 1,
        rating_score: None,
        rating_comment: None,
        rating_at: None,
        search_row: None,
        seen_at: None,
        snoozed_until: None,
        woken_at: None,
    }
}

/// The category that was named, or the one that the words speak for.
fn category<'a>(new: &NewTicket<'_>, known: &'a [CategoryRow], faults: &mut Vec<FieldError>) -> Option<&'a CategoryRow> {
    let Some(slug) = &new.category else {
        let topics: Vec<Topic<'_>> = known.iter().map(|row| Topic { slug: &row.slug, name: &row.name }).collect();
        let found = categorize(new.title.as_str(), new.description.as_str(), &topics)?;
        return known.iter().find(|category| category.slug == found);
    };
    let named = known.iter().find(|category| category.slug == *slug);
    // A category may have been archived since the ticket that this one continues.
    if named.is_none() && new.continues.is_none() {
        faults.push(FieldError::new("category", "unknown_value"));
    }
    named
}

/// Whether tickets can be given to this person: an active member of the desk who answers.
pub(super) fn can_work(person: &PartyRow) -> bool {
    person.status == users::Status::Active && person.role.can_be_assigned() && !person.is_service()
}

/// The requester, and the row to insert when the person is new.
fn requester(
    ctx: &Ctx<'_>,
    new: &NewTicket<'_>,
    found: Option<PartyRow>,
) -> Result<(PartyRow, Option<TenantStatement>), ApiError> {
    if let Some(person) = found {
        // Whoever merely types an address is not told that it is disabled: the desk sees the ticket like any other.
        if person.status == users::Status::Disabled && !new.from_unverified {
            return Err(ApiError::field("requester", "disabled"));
        }
        return Ok((person, None));
    }
    let Requester::Email { address, name, locale } = &new.requester else {
        return Err(ApiError::field("requester", "unknown_value"));
    };
    let name = name
        .clone()
        .filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| address.split('@').next().unwrap_or(address).to_owned());
    let locale = locale.unwrap_or(ctx.locale);
    let person = PartyRow {
        id: ctx.ids().next(),
        name,
        email: address.clone(),
        role: shared::access::Role::Client,
        status: users::Status::Unverified,
        locale: Some(locale),
        email_verified_at: None,
        mail_blocked_at: None,
        organization_id: None,
        organization_name: None,
        customer_type: None,
    };
    let row = users::insert_unverified(&person.id, &person.email, &person.name, locale, ctx.now);
    Ok((person, Some(row)))
}
