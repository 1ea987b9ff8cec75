//! What is wrong with a policy or calendar, as every other fault of a field is told.

use shared::business_time::{ICAL_BYTES_MAX, IcalError, InvalidList, Reason};
use shared::error::{ApiError, FieldError};

/// 422 that names every field by its path.
pub fn refused(list: &InvalidList) -> ApiError {
    ApiError::invalid(list.0.iter().map(|fault| field(&fault.path, fault.reason)).collect())
}

/// 422 for a file that is no calendar of holidays.
pub fn ical(error: &IcalError) -> ApiError {
    let fault = match error {
        IcalError::Malformed => FieldError::new("ical", "bad_ical"),
        IcalError::TooLarge { limit, .. } => FieldError::new("ical", "too_many").arg("maximum", limit),
        IcalError::UnsupportedRule { summary } => FieldError::new("ical", "ical_rule").arg("name", summary),
        IcalError::BadDates { summary } => FieldError::new("ical", "ical_dates").arg("name", summary),
    };
    ApiError::invalid(vec![fault])
}

/// Bytes of a request that carries an iCalendar file, with room for what JSON and forms add.
pub const ICAL_REQUEST_BYTES_MAX: usize = 2 * ICAL_BYTES_MAX;

fn field(path: &str, reason: Reason) -> FieldError {
    let code = match reason {
        // A field that is empty and one that is not there read the same.
        Reason::Missing => "missing_field",
        other => other.code(),
    };
    let fault = FieldError::new(path, code);
    match reason {
        Reason::TooMany { limit } | Reason::TooLong { limit } => fault.arg("maximum", limit),
        Reason::OutOfRange { min, max } => fault.arg("minimum", min).arg("maximum", max),
        _ => fault,
    }
}
