//! Values that can be bound.

use chrono::{DateTime, Utc};
use serde::Serialize;

/// A bound value. Integers beyond 2^53 would lose precision on the way into D1, so nothing of that size is stored as one.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// A whole number, within ±2^53.
    Integer(i64),
    /// A floating-point number.
    Real(f64),
    /// Text.
    Text(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Integer(i64::from(number))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Integer(i64::from(number))
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Integer(i64::from(flag))
    }
}

/// Moments are stored as milliseconds since 1970.
impl From<DateTime<Utc>> for Value {
    fn from(moment: DateTime<Utc>) -> Self {
        Self::Integer(moment.timestamp_millis())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

macro_rules! text_ids {
    ($($name:ident),*) => {$(
        impl From<&crate::id::$name> for Value {
            fn from(id: &crate::id::$name) -> Self {
                Self::Text(id.as_str().to_owned())
            }
        }
        impl From<crate::id::$name> for Value {
            fn from(id: crate::id::$name) -> Self {
                Self::Text(id.into())
            }
        }
    )*};
}

text_ids!(
    TenantId,
    UserId,
    OperatorId,
    OrganizationId,
    DepartmentId,
    SessionId,
    ApiKeyId,
    TicketId,
    CommentId,
    PendingId,
    ReminderId,
    TimeEntryId,
    AttachmentId,
    UploadId,
    ImportId,
    EventId,
    LinkId,
    RatingId,
    PolicyId,
    CalendarId,
    RoleId,
    GrantId,
    DelegationId,
    AccessPolicyId,
    GroupId,
    TicketViewId,
    PasskeyId,
    DirectoryId,
    BlockId,
    DeviceId,
    AlertId,
    IdentityProviderId,
    ExternalIdentityId,
    OutboxId,
    InboundId
);

/// A list bound as one JSON value, to be read with `json_each(?n)`: the way around the limit on bound parameters.
pub fn list<T: Serialize>(values: &[T]) -> Value {
    Value::Text(serde_json::to_string(values).unwrap_or_else(|_| "[]".to_owned()))
}

/// The values of a statement, in order.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::database::Value::from($value)),*] };
}
