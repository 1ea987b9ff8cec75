//! The directory of a tenant's desk as a worker remembers it: staff, departments, categories, SLA policies, calendars.
//!
//! Nearly every page and every new ticket wants all of it, and it changes a few times a day. So an isolate keeps what it read under
//! the directory's version. The look-up of the session answers the version of this moment: where the two agree nothing is read
//! again, otherwise the directory is read along in the batch that the route sends anyway. It never costs a round trip of its own, and
//! what a change has made old is never used by a request that begins after the change.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use shared::business_time::Calendar;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::{CalendarId, DepartmentId, TenantId, UserId};
use shared::store::directory::{self as store, CategoryRow, DepartmentRow, PolicyRow, StaffRow};
use shared::store::users::Status;
use shared::tenant::Tenant;

use super::Ctx;
use crate::actions::sla::clocks::{NamedCalendar, Promises};

/// Directories that an isolate remembers at most; beyond it, it starts anew.
const DIRECTORIES_MAX: usize = 64;

/// A tenant's directory.
pub struct Directory {
    version: i64,
    /// Everybody who is of the desk or ever was, by name.
    pub staff: Vec<StaffRow>,
    /// Departments, archived ones too.
    pub departments: Vec<DepartmentRow>,
    /// Categories by slug, archived ones too.
    pub categories: Vec<CategoryRow>,
    /// Policies and calendars.
    pub promises: Rc<Promises>,
}

/// What an isolate remembers of directories.
#[derive(Default)]
pub struct Directories(RefCell<HashMap<TenantId, Rc<Directory>>>);

impl Directories {
    fn get(&self, tenant: &Tenant, version: i64) -> Option<Rc<Directory>> {
        let fits = |directory: &&Rc<Directory>| directory.version == version && directory.promises.zone() == tenant.zone();
        self.0.borrow().get(tenant.id()).filter(fits).cloned()
    }

    fn put(&self, tenant: &TenantId, directory: Rc<Directory>) {
        let mut directories = self.0.borrow_mut();
        if directories.len() >= DIRECTORIES_MAX {
            directories.clear();
        }
        directories.insert(tenant.clone(), directory);
    }
}

/// The directory for one request: remembered, or to be read along in the request's batch.
pub struct Wanted(Option<Rc<Directory>>);

impl Wanted {
    /// What stands in memory under the version that the session's look-up answered.
    pub fn of(ctx: &Ctx<'_>) -> Self {
        Self(ctx.directory_version.and_then(|version| ctx.directories.get(ctx.tenant, version)))
    }

    /// What the batch has to read: nothing when the directory is remembered. Their answers go to [`Wanted::take`].
    pub fn statements(&self) -> Vec<TenantStatement> {
        if self.0.is_some() { Vec::new() } else { store::statements().into() }
    }

    /// The directory, from memory or from the next answers of the batch.
    pub fn take(self, ctx: &Ctx<'_>, answers: &mut impl Iterator<Item = Rows>) -> Result<Rc<Directory>, ApiError> {
        if let Some(directory) = self.0 {
            return Ok(directory);
        }
        let mut next = || answers.next().ok_or_else(|| ApiError::internal("the directory was not answered"));
        let version = store::version(&next()?)?;
        let (staff, departments, categories) = (next()?.all()?, next()?.all()?, next()?.all()?);
        let policies: Vec<PolicyRow> = next()?.all()?;
        let calendars: Vec<store::CalendarRow> = next()?.all()?;
        let promises = Rc::new(Promises::new(
            ctx.tenant.zone(),
            policies.iter().map(|row| (row.id.as_str(), row.definition.as_str())),
            calendars.into_iter().map(|row| NamedCalendar::read(row.id, row.name, &row.definition)).collect(),
        )?);
        let directory = Rc::new(Directory { version, staff, departments, categories, promises });
        ctx.directories.put(ctx.tenant.id(), Rc::clone(&directory));
        Ok(directory)
    }
}

impl Directory {
    /// Somebody who is or was of the desk.
    pub fn member(&self, id: &UserId) -> Option<&StaffRow> {
        self.staff.iter().find(|member| member.id == *id)
    }

    /// Those who can be assigned a ticket, by name.
    pub fn assignable(&self) -> impl Iterator<Item = &StaffRow> {
        self.staff.iter().filter(|member| member.role.can_be_assigned() && member.status == Status::Active)
    }

    /// Those of the desk who can sign in, by name.
    pub fn colleagues(&self) -> impl Iterator<Item = &StaffRow> {
        self.staff.iter().filter(|member| member.role.is_staff() && member.status == Status::Active)
    }

    /// Departments that take tickets.
    pub fn open_departments(&self) -> impl Iterator<Item = &DepartmentRow> {
        self.departments.iter().filter(|department| !department.archived)
    }

    /// Categories that a ticket can be filed under.
    pub fn open_categories(&self) -> impl Iterator<Item = &CategoryRow> {
        self.categories.iter().filter(|category| !category.archived)
    }

    /// A department, archived or not.
    pub fn department(&self, id: &DepartmentId) -> Option<&DepartmentRow> {
        self.departments.iter().find(|department| department.id == *id)
    }

    /// A category, archived or not.
    pub fn category(&self, slug: &str) -> Option<&CategoryRow> {
        self.categories.iter().find(|category| category.slug == slug)
    }

    /// A calendar and its name.
    pub fn calendar(&self, id: &CalendarId) -> Option<(&str, &Calendar)> {
        self.promises.calendar(id)
    }
}
