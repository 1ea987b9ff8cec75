//! Policies that hold, the search for the one that fits a ticket, and the terms that it gives the ticket.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::business_time::{self, Calendar, InvalidList, Reason};

use super::policy_form::{Conditions, Hours, Notices, PolicyIn, Reopen, Targets};
use super::priority::Priority;

/// Characters of a policy's name, and of one value in its conditions.
const NAME_CHARS_MAX: usize = 120;
/// Values in one list of conditions: longer ones want a customer type.
const CONDITION_VALUES_MAX: usize = 200;
/// Warnings of one policy: more are noise.
const WARNINGS_MAX: usize = 5;
/// A year: what takes longer is a project.
const MINUTES_MAX: u32 = 365 * 24 * 60;

/// A valid policy of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Policy {
    id: String,
    #[serde(flatten)]
    form: PolicyIn,
}

/// What a policy may ask about a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts<'a> {
    /// The type of the requester's organization, if it has one.
    pub customer_type: Option<&'a str>,
    /// The id of the requester's organization.
    pub organization: Option<&'a str>,
    /// The ticket's category.
    pub category: Option<&'a str>,
    /// The ticket's priority.
    pub priority: Priority,
}

impl Policy {
    /// Makes a policy of its form, or names every field that is wrong. Warnings are sorted, repeated ones dropped.
    pub fn parse(id: impl Into<String>, mut form: PolicyIn) -> Result<Self, InvalidList> {
        let mut faults = InvalidList::default();
        if form.name.trim().is_empty() {
            faults.push("name", Reason::Missing);
        }
        faults.check_length("name", &form.name, NAME_CHARS_MAX);
        check_conditions(&form.conditions, &mut faults);
        if form.calendar_id.is_empty() {
            faults.push("calendar_id", Reason::Missing);
        }
        for priority in Priority::ALL {
            check_targets(priority, form.targets.get(priority), &mut faults);
        }
        faults.check_count("warn_percent", form.warn_percent.len(), WARNINGS_MAX);
        for (index, percent) in form.warn_percent.iter().enumerate().take(WARNINGS_MAX) {
            if !(1..=99).contains(percent) {
                faults.push(format!("warn_percent[{index}]"), Reason::OutOfRange { min: 1, max: 99 });
            }
        }
        form.warn_percent.sort_unstable();
        form.warn_percent.dedup();
        faults.or(Self { id: id.into(), form })
    }

    /// The policy's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The policy as it was written.
    pub fn form(&self) -> &PolicyIn {
        &self.form
    }

    /// Names each promise that never comes due by this calendar: counted from `now`, the hours until
    /// [`business_time::HORIZON_DAYS`] are fewer than were promised, so that nobody would ever be told.
    pub fn check_reach(&self, calendar: &Calendar, now: DateTime<Utc>) -> Result<(), InvalidList> {
        let mut faults = InvalidList::default();
        for priority in Priority::ALL {
            let terms = self.terms(priority);
            let targets = [
                ("first_response_minutes", terms.first_response),
                ("next_response_minutes", terms.next_response),
                ("resolution_minutes", terms.resolution),
            ];
            for (name, target) in targets {
                let business = target.filter(|target| target.hours == Hours::Business);
                if business.is_some_and(|target| business_time::add_business(calendar, now, target.seconds).is_none()) {
                    faults.push(format!("targets.{}.{name}", priority.as_str()), Reason::OutOfReach);
                }
            }
        }
        faults.or(())
    }

    /// Whether the policy is for such a ticket.
    pub fn fits(&self, facts: &Facts<'_>) -> bool {
        let conditions = &self.form.conditions;
        self.form.enabled
            && allows(&conditions.customer_types, facts.customer_type)
            && allows(&conditions.organizations, facts.organization)
            && allows(&conditions.categories, facts.category)
            && (conditions.priorities.is_empty() || conditions.priorities.contains(&facts.priority))
    }

    /// What the policy promises for a ticket of this priority.
    pub fn terms(&self, priority: Priority) -> Terms {
        let targets = self.form.targets.get(priority);
        let target = |minutes: Option<u32>, hours| minutes.map(|minutes| Target::minutes(minutes, hours));
        Terms {
            policy_id: Some(self.id.clone()),
            first_response: target(targets.first_response_minutes, self.form.hours.first_response),
            next_response: target(targets.next_response_minutes, self.form.hours.next_response),
            resolution: target(targets.resolution_minutes, self.form.hours.resolution),
            warn_percent: self.form.warn_percent.clone(),
            reopen: self.form.reopen,
            notices: self.form.notices,
        }
    }
}

/// The first policy in order of position, then of id, that is for such a ticket.
pub fn match_policy<'a>(policies: &'a [Policy], facts: &Facts<'_>) -> Option<&'a Policy> {
    policies.iter().filter(|policy| policy.fits(facts)).min_by_key(|policy| (policy.form.position, &policy.id))
}

/// One promise: so much time, counted in such hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The promised time.
    pub seconds: i64,
    /// The hours in which it is counted.
    pub hours: Hours,
}

impl Target {
    /// A promise of so many minutes.
    pub fn minutes(minutes: u32, hours: Hours) -> Self {
        Self { seconds: i64::from(minutes) * 60, hours }
    }
}

/// What is promised for one ticket: its policy at its priority. The clocks keep a copy, so that a later change of the
/// policy reaches a ticket only by an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// The policy; `None` when no policy is for the ticket, and then nothing is promised.
    pub policy_id: Option<String>,
    /// The first response.
    pub first_response: Option<Target>,
    /// The next responses.
    pub next_response: Option<Target>,
    /// The resolution.
    pub resolution: Option<Target>,
    /// When to warn, in percent, sorted.
    pub warn_percent: Vec<u8>,
    /// What reopening does to the resolution clock.
    pub reopen: Reopen,
    /// When people are told by mail.
    pub notices: Notices,
}

fn allows(values: &[String], fact: Option<&str>) -> bool {
    values.is_empty() || fact.is_some_and(|fact| values.iter().any(|value| value == fact))
}

fn check_conditions(conditions: &Conditions, faults: &mut InvalidList) {
    let lists = [
        ("customer_types", &conditions.customer_types),
        ("organizations", &conditions.organizations),
        ("categories", &conditions.categories),
    ];
    for (name, values) in lists {
        let path = format!("conditions.{name}");
        faults.check_count(&path, values.len(), CONDITION_VALUES_MAX);
        for (index, value) in values.iter().take(CONDITION_VALUES_MAX).enumerate() {
            if value.is_empty() {
                faults.push(format!("{path}[{index}]"), Reason::Missing);
            }
            faults.check_length(&format!("{path}[{index}]"), value, NAME_CHARS_MAX);
        }
    }
    faults.check_count("conditions.priorities", conditions.priorities.len(), Priority::ALL.len());
}

fn check_targets(priority: Priority, targets: &Targets, faults: &mut InvalidList) {
    let fields = [
        ("first_response_minutes", targets.first_response_minutes),
        ("next_response_minutes", targets.next_response_minutes),
        ("resolution_minutes", targets.resolution_minutes),
    ];
    for (name, minutes) in fields {
        if minutes.is_some_and(|minutes| !(1..=MINUTES_MAX).contains(&minutes)) {
            let reason = Reason::OutOfRange { min: 1, max: MINUTES_MAX };
            faults.push(format!("targets.{}.{name}", priority.as_str()), reason);
        }
    }
}
