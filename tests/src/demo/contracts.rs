//! What the desks of the stand promise: calendars with the holidays of their country, and policies from the dearest contract down.
//!
//! Written as the product's own forms, so that whoever replays the past hands them to the use cases of policies and calendars.

mod emirates;
mod russia;
mod states;

use std::sync::LazyLock;

use shared::business_time::{Calendar, CalendarIn, HolidayIn, IntervalIn, OverrideIn, WeekIn};
use shared::sla::{Conditions, Facts, Policy, PolicyIn, Priority, Reopen, Targets, TargetsPerPriority, match_policy};

use super::people::Organization;
use super::{Language, Tenant};

/// Which of a desk's calendars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hours {
    /// The office's own.
    Business,
    /// Longer days and Saturdays, for those who pay for it.
    Extended,
    /// Always.
    AroundTheClock,
}

/// A calendar of a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskCalendar {
    /// Which one.
    pub hours: Hours,
    /// Its name in the desk's language.
    pub name: &'static str,
    /// Its hours.
    pub form: CalendarIn,
}

/// A policy of a desk. The ids in its form are filled in by whoever knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskPolicy {
    /// The calendar that it counts by.
    pub hours: Hours,
    /// Keys of the organizations that it is for; none means that it asks for none.
    pub organizations: Vec<String>,
    /// All that does not depend on ids.
    pub form: PolicyIn,
}

/// All promises of a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contracts {
    /// Its calendars.
    pub calendars: Vec<DeskCalendar>,
    /// Its policies, in the order in which they are tried.
    pub policies: Vec<DeskPolicy>,
}

/// What a desk of that language promises; the third of its organizations has a contract of its own.
pub fn of(tenant: &Tenant, organizations: &[Organization]) -> Contracts {
    let names = Names::of(tenant.language);
    let calendars = vec![
        DeskCalendar { hours: Hours::Business, name: names.business, form: business_form(tenant.language) },
        DeskCalendar { hours: Hours::Extended, name: names.extended, form: extended_form(tenant.language) },
        DeskCalendar {
            hours: Hours::AroundTheClock,
            name: names.always,
            form: CalendarIn { zone: tenant.zone.name().to_owned(), around_the_clock: true, ..CalendarIn::default() },
        },
    ];
    Contracts { calendars, policies: policies(&names, organizations) }
}

/// What a ticket is promised.
#[derive(Debug, Clone)]
pub struct Promised {
    /// Which of the desk's calendars it counts by.
    pub hours: Hours,
    /// That calendar.
    pub calendar: Calendar,
    /// Seconds to the first response.
    pub response: i64,
    /// Seconds to the resolution.
    pub resolution: i64,
}

impl Contracts {
    /// What a ticket of that organization, category and priority is promised; `None` when nothing is.
    pub fn promise(&self, organization: &Organization, category: &str, priority: super::Priority) -> Option<Promised> {
        let priority = Priority::parse(priority.key())?;
        let facts = Facts {
            customer_type: Some(organization.customer_type),
            organization: Some(&organization.key),
            category: Some(category),
            priority,
        };
        let parsed: Vec<Policy> = self
            .policies
            .iter()
            .filter_map(|policy| {
                let mut form = policy.form.clone();
                form.conditions.organizations.clone_from(&policy.organizations);
                form.calendar_id = format!("{:?}", policy.hours);
                Policy::parse(policy.form.position.to_string(), form).ok()
            })
            .collect();
        let found = match_policy(&parsed, &facts)?;
        let policy = self.policies.iter().find(|policy| policy.form.position == found.form().position)?;
        let calendar = self.calendars.iter().find(|calendar| calendar.hours == policy.hours)?;
        let terms = found.terms(priority);
        Some(Promised {
            hours: policy.hours,
            calendar: parsed_calendar(&calendar.form),
            response: terms.first_response?.seconds,
            resolution: terms.resolution?.seconds,
        })
    }
}

/// The office hours of a desk: people of the past work by them, too.
pub fn office(language: Language) -> &'static Calendar {
    static RUSSIA: LazyLock<Calendar> = LazyLock::new(|| parsed_calendar(&business_form(Language::Ru)));
    static STATES: LazyLock<Calendar> = LazyLock::new(|| parsed_calendar(&business_form(Language::En)));
    static EMIRATES: LazyLock<Calendar> = LazyLock::new(|| parsed_calendar(&business_form(Language::Ar)));
    match language {
        Language::Ru => &RUSSIA,
        Language::En => &STATES,
        Language::Ar => &EMIRATES,
    }
}

fn parsed_calendar(form: &CalendarIn) -> Calendar {
    Calendar::parse(form).unwrap_or_else(|_| Calendar::around_the_clock(chrono_tz::Tz::UTC))
}

fn business_form(language: Language) -> CalendarIn {
    match language {
        Language::Ru => russia::business(),
        Language::En => states::business(),
        Language::Ar => emirates::business(),
    }
}

/// The same holidays, longer days, and Saturdays; shortened days are shortened for nobody who pays for long ones.
fn extended_form(language: Language) -> CalendarIn {
    let business = business_form(language);
    let (weekday, saturday) = match language {
        Language::Ru => (("08:00", "20:00"), ("10:00", "16:00")),
        Language::En => (("07:00", "21:00"), ("09:00", "17:00")),
        Language::Ar => (("08:00", "20:00"), ("09:00", "14:00")),
    };
    let day = |(start, end): (&str, &str)| vec![IntervalIn::new(start, end)];
    let week = WeekIn {
        monday: day(weekday),
        tuesday: day(weekday),
        wednesday: day(weekday),
        thursday: day(weekday),
        friday: day(weekday),
        saturday: day(saturday),
        sunday: Vec::new(),
    };
    CalendarIn { week, overrides: Vec::new(), ..business }
}

struct Names {
    business: &'static str,
    extended: &'static str,
    always: &'static str,
    vip_critical: &'static str,
    vip: &'static str,
    contract: &'static str,
    changes: &'static str,
    standard: &'static str,
}

impl Names {
    const fn of(language: Language) -> Self {
        match language {
            Language::Ru => Self {
                business: "Рабочие дни, 9–18 (Москва)",
                extended: "Расширенная поддержка",
                always: "Круглосуточно",
                vip_critical: "VIP: критические, круглосуточно",
                vip: "VIP",
                contract: "Договор",
                changes: "Доработки и изменения",
                standard: "Стандартный",
            },
            Language::En => Self {
                business: "Business days (New York)",
                extended: "Extended support",
                always: "Around the clock",
                vip_critical: "VIP: critical, around the clock",
                vip: "VIP",
                contract: "Contract",
                changes: "Change requests",
                standard: "Standard",
            },
            Language::Ar => Self {
                business: "أيام العمل (دبي)",
                extended: "الدعم الممتد",
                always: "على مدار الساعة",
                vip_critical: "كبار العملاء: الحالات الحرجة على مدار الساعة",
                vip: "كبار العملاء",
                contract: "عقد",
                changes: "طلبات التعديل",
                standard: "القياسي",
            },
        }
    }
}

fn policies(names: &Names, organizations: &[Organization]) -> Vec<DeskPolicy> {
    let vip = || Conditions { customer_types: vec!["vip".to_owned()], ..Conditions::default() };
    let mut list = vec![
        DeskPolicy {
            hours: Hours::AroundTheClock,
            organizations: Vec::new(),
            form: PolicyIn {
                conditions: Conditions { priorities: vec![Priority::Critical], ..vip() },
                targets: TargetsPerPriority {
                    critical: minutes([(15, 120); 4]).critical,
                    high: Targets::default(),
                    medium: Targets::default(),
                    low: Targets::default(),
                },
                warn_percent: vec![50, 80],
                ..PolicyIn::standard(names.vip_critical, "")
            },
        },
        DeskPolicy {
            hours: Hours::Extended,
            organizations: Vec::new(),
            form: PolicyIn {
                conditions: vip(),
                targets: minutes([(15, 120), (30, 240), (120, 720), (240, 2160)]),
                ..PolicyIn::standard(names.vip, "")
            },
        },
    ];
    if let Some(own) = organizations.get(2) {
        list.push(DeskPolicy {
            hours: Hours::Extended,
            organizations: vec![own.key.clone()],
            form: PolicyIn {
                targets: minutes([(30, 120), (60, 360), (180, 1200), (480, 3600)]),
                ..PolicyIn::standard(format!("{}: {}", names.contract, own.name), "")
            },
        });
    }
    list.push(DeskPolicy {
        hours: Hours::Business,
        organizations: Vec::new(),
        form: PolicyIn {
            conditions: Conditions { categories: vec!["change_request".to_owned()], ..Conditions::default() },
            targets: minutes([(60, 1440), (240, 2880), (480, 5400), (480, 9000)]),
            warn_percent: vec![80],
            reopen: Reopen::Restart,
            ..PolicyIn::standard(names.changes, "")
        },
    });
    list.push(DeskPolicy { hours: Hours::Business, organizations: Vec::new(), form: PolicyIn::standard(names.standard, "") });
    for (position, policy) in (0_u32..).zip(&mut list) {
        policy.form.position = position;
    }
    list
}

/// First response and resolution from critical to low; the next response takes as long as the first.
fn minutes(pairs: [(u32, u32); 4]) -> TargetsPerPriority {
    let mut targets = TargetsPerPriority::default();
    for (priority, (response, resolution)) in
        [Priority::Critical, Priority::High, Priority::Medium, Priority::Low].into_iter().zip(pairs)
    {
        let own = targets.get_mut(priority);
        own.first_response_minutes = Some(response);
        own.next_response_minutes = Some(response);
        own.resolution_minutes = Some(resolution);
    }
    targets
}

/// The same hours on every weekday from Monday to Friday.
fn office_week(start: &str, end: &str) -> WeekIn {
    let day = || vec![IntervalIn::new(start, end)];
    WeekIn { monday: day(), tuesday: day(), wednesday: day(), thursday: day(), friday: day(), ..WeekIn::default() }
}

fn yearly(month_day: &str, name: &str) -> HolidayIn {
    HolidayIn { name: name.to_owned(), ..HolidayIn::every_year(month_day) }
}

fn closed(date: &str, name: &str) -> HolidayIn {
    HolidayIn { name: name.to_owned(), ..HolidayIn::on(date) }
}

fn open(date: &str, hours: (&str, &str), name: &str) -> OverrideIn {
    OverrideIn { date: date.to_owned(), intervals: vec![IntervalIn::new(hours.0, hours.1)], name: name.to_owned() }
}

#[cfg(test)]
mod tests;
