//! Which filters are answered: those that an index of the tenant's finds. All others are refused, never answered by reading everybody.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::filter::{self, Attribute, Filter, Operator};
use super::{COUNT_DEFAULT, COUNT_MAX, START_INDEX_MAX, bad_filter, bad_value, too_many};
use crate::error::ApiError;
use crate::id::{GroupId, UserId};
use crate::mail::address;

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The place of the first one, from 1.
    pub start: u32,
    /// How many; none for the count alone.
    pub count: u32,
}

impl Page {
    /// What is asked for, by numbers as they came (RFC 7644, 3.4.2.4): below the least is the least. `tooMany` far down a list.
    pub fn of(start: Option<i64>, count: Option<i64>) -> Result<Self, ApiError> {
        let start = start.unwrap_or(1).max(1);
        let count = count.unwrap_or(i64::from(COUNT_DEFAULT)).clamp(0, i64::from(COUNT_MAX));
        let start = u32::try_from(start).ok().filter(|start| *start <= START_INDEX_MAX).ok_or_else(too_many)?;
        Ok(Self { start, count: u32::try_from(count).unwrap_or(COUNT_MAX) })
    }

    /// Rows to pass over.
    pub fn offset(self) -> u32 {
        self.start - 1
    }

    /// A number of the query's.
    pub fn number(text: Option<&str>, name: &str) -> Result<Option<i64>, ApiError> {
        text.map(|text| text.trim().parse().map_err(|_| bad_value(name))).transpose()
    }
}

/// Which people are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// All of them.
    All,
    /// Nobody: a value that nobody can have.
    Nobody,
    /// `id eq`
    Id(UserId),
    /// `userName eq`, `emails.value eq`: the address.
    Address(String),
    /// `externalId eq`
    ExternalId(String),
    /// `displayName eq`
    Name(String),
    /// `meta.lastModified gt`
    ChangedAfter(DateTime<Utc>),
}

/// A filter of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// What finds them.
    pub by: By,
    /// `active eq`, beside it.
    pub active: Option<bool>,
}

impl People {
    /// Reads a filter; none is everybody.
    pub fn parse(text: Option<&str>) -> Result<Self, ApiError> {
        let Some(text) = text else { return Ok(Self { by: By::All, active: None }) };
        let mut terms = Vec::new();
        flatten(filter::parse(text).ok_or_else(bad_filter)?, &mut terms)?;
        let (mut by, mut active) = (None, None);
        for (attribute, operator, value) in terms {
            if is(&attribute, "active", None) && operator == Operator::Equal && active.is_none() {
                active = Some(super::flag_of(&value, "active").map_err(|_| bad_filter())?);
            } else if by.is_none() {
                by = Some(person(&attribute, operator, &value)?);
            } else {
                return Err(bad_filter());
            }
        }
        by.map(|by| Self { by, active }).ok_or_else(bad_filter)
    }
}

fn person(attribute: &Attribute, operator: Operator, value: &Value) -> Result<By, ApiError> {
    let text = value.as_str().ok_or_else(bad_filter)?;
    if is(attribute, "meta", Some("lastmodified")) {
        let moment = DateTime::parse_from_rfc3339(text).map_err(|_| bad_filter())?.with_timezone(&Utc);
        return match operator {
            Operator::Greater => Ok(By::ChangedAfter(moment)),
            Operator::GreaterOrEqual => Ok(By::ChangedAfter(moment - chrono::TimeDelta::milliseconds(1))),
            _ => Err(bad_filter()),
        };
    }
    if operator != Operator::Equal {
        return Err(bad_filter());
    }
    let is_address = is(attribute, "username", None) || is(attribute, "emails", None) || is(attribute, "emails", Some("value"));
    if is_address {
        Ok(address::normalize(text).map_or(By::Nobody, By::Address))
    } else if is(attribute, "id", None) {
        Ok(UserId::parse(text).map_or(By::Nobody, By::Id))
    } else if is(attribute, "externalid", None) {
        Ok(By::ExternalId(text.to_owned()))
    } else if is(attribute, "displayname", None) {
        Ok(By::Name(text.to_owned()))
    } else {
        Err(bad_filter())
    }
}

/// Which groups are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupBy {
    /// All of them.
    All,
    /// None: a value that no group can have.
    Nobody,
    /// `id eq`, and beside it perhaps `members eq`.
    Id(GroupId, Option<UserId>),
    /// `displayName eq`
    Name(String),
    /// `externalId eq`
    ExternalId(String),
    /// `members.value eq`
    Member(UserId),
}

impl GroupBy {
    /// Reads a filter; none is every group.
    pub fn parse(text: Option<&str>) -> Result<Self, ApiError> {
        let Some(text) = text else { return Ok(Self::All) };
        let mut terms = Vec::new();
        flatten(filter::parse(text).ok_or_else(bad_filter)?, &mut terms)?;
        let one = |(attribute, operator, value): &(Attribute, Operator, Value)| {
            if *operator != Operator::Equal {
                return Err(bad_filter());
            }
            group(attribute, value.as_str().ok_or_else(bad_filter)?)
        };
        match terms.as_slice() {
            [term] => one(term),
            [first, second] => match (one(first)?, one(second)?) {
                (Self::Id(id, None), Self::Member(member)) | (Self::Member(member), Self::Id(id, None)) => {
                    Ok(Self::Id(id, Some(member)))
                }
                (Self::Nobody, Self::Member(_) | Self::Id(..)) | (Self::Member(_) | Self::Id(..), Self::Nobody) => {
                    Ok(Self::Nobody)
                }
                _ => Err(bad_filter()),
            },
            _ => Err(bad_filter()),
        }
    }
}

fn group(attribute: &Attribute, text: &str) -> Result<GroupBy, ApiError> {
    if is(attribute, "id", None) {
        Ok(GroupId::parse(text).map_or(GroupBy::Nobody, |id| GroupBy::Id(id, None)))
    } else if is(attribute, "displayname", None) {
        Ok(GroupBy::Name(text.to_owned()))
    } else if is(attribute, "externalid", None) {
        Ok(GroupBy::ExternalId(text.to_owned()))
    } else if is(attribute, "members", None) || is(attribute, "members", Some("value")) {
        Ok(UserId::parse(text).map_or(GroupBy::Nobody, GroupBy::Member))
    } else {
        Err(bad_filter())
    }
}

/// The comparisons of a filter that are joined by `and`. Of `emails[..]` and `members[..]` the value counts; work is the only type of
/// address that there is.
fn flatten(filter: Filter, terms: &mut Vec<(Attribute, Operator, Value)>) -> Result<(), ApiError> {
    match filter {
        Filter::Compare(attribute, operator, value) => terms.push((attribute, operator, value)),
        Filter::And(left, right) => {
            flatten(*left, terms)?;
            flatten(*right, terms)?;
        }
        Filter::Has(outer, within) => {
            let mut inner = Vec::new();
            flatten(*within, &mut inner)?;
            for (attribute, operator, value) in inner {
                let is_work =
                    attribute.name == "type" && operator == Operator::Equal && value == "work" && outer.name == "emails";
                if is_work {
                    continue;
                }
                terms.push((Attribute { part: Some(attribute.name), ..outer.clone() }, operator, value));
            }
        }
        Filter::Present(_) | Filter::Or(..) | Filter::Not(_) => return Err(bad_filter()),
    }
    Ok(())
}

fn is(attribute: &Attribute, name: &str, part: Option<&str>) -> bool {
    !attribute.is_enterprise && attribute.name == name && attribute.part.as_deref() == part
}
