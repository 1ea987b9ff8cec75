//! The form of a policy: from a policy to its fields, from fields to a policy, and the page that shows it.
//!
//! A page is always made of fields, stored ones or typed ones, so that a refused form comes back exactly as it was sent.

use shared::database::{Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::http::{Query, Response};
use shared::sla::{Conditions, Hours, HoursPerTarget, Notices, PolicyIn, Priority, Reopen, Targets, TargetsPerPriority};
use shared::store::sla_rules::RULES_MAX;
use shared::store::{desk, queues, sla_calendars, tickets};

use super::{span, words};
use crate::actions::sla::calendars;
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::view::schedule::{Business, Cell, PolicyEdit, TargetCells};
use crate::pages::view::{Choice, Form};
use crate::pages::{form, render};

/// Companies that the form offers; a tenant with more names customer types.
const ORGANIZATIONS_MAX: u32 = 500;
/// Fields that come back in [`Form`].
const KEPT: &[&str] = &["name", "position", "enabled", "customer_type", "warn_percent"];
/// The three promises as fields and in faults.
const CLOCKS: [&str; 3] = ["first_response", "next_response", "resolution"];

/// What the page shows beside the policy.
pub struct Around {
    counts: Rows,
    calendars: Rows,
    organizations: Rows,
    categories: Rows,
}

impl Around {
    /// What to load: four statements.
    pub fn statements(ctx: &Ctx<'_>) -> Result<Vec<TenantStatement>, ApiError> {
        Ok(vec![
            queues::counts(&ctx.person()?.id),
            sla_calendars::calendars("", RULES_MAX),
            desk::organizations("", "", ORGANIZATIONS_MAX),
            tickets::categories(),
        ])
    }

    /// Takes the answers of [`Self::statements`] from the front.
    pub fn take(answers: &mut std::vec::IntoIter<Rows>) -> Result<Self, ApiError> {
        let mut next = || answers.next().ok_or_else(|| ApiError::internal("a form was answered too few results"));
        Ok(Self { counts: next()?, calendars: next()?, organizations: next()?, categories: next()? })
    }

    /// The calendars.
    pub fn hours(&self) -> Result<Vec<calendars::Calendar>, ApiError> {
        calendars::read_all(&self.calendars)
    }

    /// Loads it alone.
    pub async fn load(ctx: &Ctx<'_>) -> Result<Self, ApiError> {
        Self::take(&mut ctx.db.batch(Self::statements(ctx)?).await?.into_iter())
    }
}

/// A policy as its form would send it.
pub fn fields(policy: &PolicyIn, version: i64) -> Query {
    let mut fields: Vec<(String, String)> = vec![
        ("version".to_owned(), version.to_string()),
        ("name".to_owned(), policy.name.clone()),
        ("position".to_owned(), policy.position.to_string()),
        ("calendar".to_owned(), policy.calendar_id.clone()),
        ("customer_type".to_owned(), policy.conditions.customer_types.join(", ")),
        ("warn_percent".to_owned(), policy.warn_percent.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")),
    ];
    let mut on = |name: &str, is_on: bool| {
        if is_on {
            fields.push((name.to_owned(), "on".to_owned()));
        }
    };
    on("enabled", policy.enabled);
    on("first_response_business", policy.hours.first_response == Hours::Business);
    on("next_response_business", policy.hours.next_response == Hours::Business);
    on("resolution_business", policy.hours.resolution == Hours::Business);
    on("reopen_restart", policy.reopen == Reopen::Restart);
    on("notices_in_hours", policy.notices == Notices::InHours);
    let several = |name: &str, values: &[String]| -> Vec<(String, String)> {
        values.iter().map(|value| (name.to_owned(), value.clone())).collect()
    };
    fields.extend(several("organization", &policy.conditions.organizations));
    fields.extend(several("category", &policy.conditions.categories));
    fields.extend(policy.conditions.priorities.iter().map(|priority| ("for_priority".to_owned(), priority.as_str().to_owned())));
    for priority in Priority::ALL {
        for (clock, minutes) in CLOCKS.into_iter().zip(minutes(policy.targets.get(priority))) {
            fields.push((format!("{}_{clock}", priority.as_str()), minutes.map(span::write).unwrap_or_default()));
        }
    }
    fields.into_iter().collect()
}

fn minutes(targets: &Targets) -> [Option<u32>; 3] {
    [targets.first_response_minutes, targets.next_response_minutes, targets.resolution_minutes]
}

/// Makes a policy of what was typed, or names every field that cannot be read.
pub fn parse(sent: &Query) -> Result<PolicyIn, ApiError> {
    let mut faults = Vec::new();
    let position = sent.filled("position").unwrap_or("0").parse().unwrap_or_else(|_| {
        faults.push(FieldError::new("position", "wrong_type"));
        0
    });
    let mut warn_percent = Vec::new();
    for word in words(sent.get("warn_percent").unwrap_or_default()) {
        match word.trim_end_matches(['%', '٪', ' ']).parse() {
            Ok(percent) => warn_percent.push(percent),
            Err(_) => faults.push(FieldError::new("warn_percent", "out_of_range").arg("minimum", 1).arg("maximum", 99)),
        }
    }
    let mut targets = TargetsPerPriority::default();
    for priority in Priority::ALL {
        let mut read = |clock: &str| -> Option<u32> {
            let name = format!("{}_{clock}", priority.as_str());
            let text = sent.filled(&name)?;
            let minutes = span::parse(text);
            if minutes.is_none() {
                faults.push(FieldError::new(name, "bad_span"));
            }
            minutes
        };
        let [first, next, resolution] = CLOCKS.map(&mut read);
        *targets.get_mut(priority) =
            Targets { first_response_minutes: first, next_response_minutes: next, resolution_minutes: resolution };
    }
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let hours = |name: &str| if sent.get(name).is_some() { Hours::Business } else { Hours::Calendar };
    let several = |name: &str| -> Vec<String> { sent.all(name).filter(|value| !value.is_empty()).map(str::to_owned).collect() };
    let priorities: Vec<Priority> = sent.all("for_priority").filter_map(Priority::parse).collect();
    Ok(PolicyIn {
        name: sent.get("name").unwrap_or_default().trim().to_owned(),
        position,
        enabled: sent.get("enabled").is_some(),
        conditions: Conditions {
            customer_types: words(sent.get("customer_type").unwrap_or_default()).map(str::to_owned).collect(),
            organizations: several("organization"),
            categories: several("category"),
            // All of them chosen is the same as none.
            priorities: if priorities.len() >= Priority::ALL.len() { Vec::new() } else { priorities },
        },
        calendar_id: sent.get("calendar").unwrap_or_default().to_owned(),
        targets,
        hours: HoursPerTarget {
            first_response: hours("first_response_business"),
            next_response: hours("next_response_business"),
            resolution: hours("resolution_business"),
        },
        warn_percent,
        reopen: if sent.get("reopen_restart").is_some() { Reopen::Restart } else { Reopen::Continue },
        notices: if sent.get("notices_in_hours").is_some() { Notices::InHours } else { Notices::AtOnce },
    })
}

/// A refusal with its faults under the names of the form's fields.
pub fn translate(mut error: ApiError) -> ApiError {
    for fault in &mut error.fields {
        let path = fault.field.clone();
        let target =
            path.strip_prefix("targets.").and_then(|rest| rest.strip_suffix("_minutes")).map(|rest| rest.replace('.', "_"));
        fault.field = match path.split(['[', '.']).next() {
            _ if target.is_some() => target.unwrap_or_default(),
            Some("calendar_id") => "calendar".to_owned(),
            Some("conditions") => "customer_type".to_owned(),
            Some(first) => first.to_owned(),
            None => path,
        };
    }
    error
}

/// The page, with what was typed or stored, and what is wrong with it. `version` is what the form sends back, if that is not what
/// was typed.
pub fn page(
    ctx: &Ctx<'_>,
    frame: &Frame,
    around: &Around,
    id: &str,
    typed: &Query,
    refused: Option<&ApiError>,
    version: Option<i64>,
) -> Result<Response, ApiError> {
    let form = match refused {
        Some(error) => form::refused(ctx, error, typed, KEPT),
        None => KEPT.iter().fold(Form::default(), |form, field| form.value(field, typed.get(field).unwrap_or_default())),
    };
    let chosen = |name: &str, value: &str| typed.all(name).any(|each| each == value);
    let several =
        |name: &str, value: &str, label: String| Choice { value: value.to_owned(), label, selected: chosen(name, value) };
    let targets = Priority::ALL.map(|priority| {
        let cell = |clock: &str| {
            let name = format!("{}_{clock}", priority.as_str());
            Cell {
                text: typed.get(&name).unwrap_or_default().to_owned(),
                error: form.errors.get(&name).cloned().unwrap_or_default(),
            }
        };
        let [first_response, next_response, resolution] = CLOCKS.map(cell);
        TargetCells {
            priority: priority.as_str().to_owned(),
            chosen: chosen("for_priority", priority.as_str()),
            first_response,
            next_response,
            resolution,
        }
    });
    let view = PolicyEdit {
        id: id.to_owned(),
        calendars: around
            .hours()?
            .into_iter()
            .map(|calendar| Choice::new(calendar.id.to_string(), calendar.name, typed.get("calendar")))
            .collect(),
        organizations: around
            .organizations
            .all::<desk::Organization>()?
            .into_iter()
            .map(|organization| several("organization", organization.id.as_str(), organization.name))
            .collect(),
        categories: around
            .categories
            .all::<tickets::CategoryRow>()?
            .into_iter()
            .map(|category| several("category", &category.slug, category.name))
            .collect(),
        targets: targets.into(),
        business: Business {
            first_response: typed.get("first_response_business").is_some(),
            next_response: typed.get("next_response_business").is_some(),
            resolution: typed.get("resolution_business").is_some(),
        },
        reopen_restart: typed.get("reopen_restart").is_some(),
        notices_in_hours: typed.get("notices_in_hours").is_some(),
        version: version.or_else(|| typed.get("version").and_then(|text| text.parse().ok())).unwrap_or(0),
        form,
    };
    let status = refused.map_or(200, |error| error.status);
    render::agent_page(ctx, frame, status, "agent/policy", "sla-policies", &queues::read(&around.counts)?, view)
}
