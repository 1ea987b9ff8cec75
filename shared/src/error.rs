//! What can go wrong with a request, as clients are told it: RFC 9457 problem details with a stable `code`.
//!
//! Every refusal of the product is an [`ApiError`], mapped to HTTP here and nowhere else. The cause of a 500 is logged,
//! never shown. Titles and details are Fluent texts (`error-<code>`, `field-<code>`), in the person's language.

use serde::Serialize;

use crate::database::DbError;
use crate::http::{BodyError, Response};
use crate::i18n::{self, Locale};
use crate::platform::FilesError;

/// A refused request.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiError {
    /// HTTP status.
    pub status: u16,
    /// Stable name of the problem, also the key of its texts.
    pub code: &'static str,
    /// What is wrong with single fields.
    pub fields: Vec<FieldError>,
    /// Values for the text.
    pub args: Vec<(&'static str, String)>,
    /// Seconds after which trying again makes sense.
    pub retry_after_seconds: Option<i64>,
    /// For the log only.
    pub cause: Option<String>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's path in the request: `priority`, `sla_rules.high.response_time`.
    pub field: String,
    /// Stable name of the fault, also the key of its text (`field-<code>`).
    pub code: &'static str,
    /// Values for the text.
    pub args: Vec<(&'static str, String)>,
}

impl FieldError {
    /// A fault of a field.
    pub fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self { field: field.into(), code, args: Vec::new() }
    }

    /// Adds a value for the text.
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// The fault in words.
    pub fn message(&self, locale: Locale) -> String {
        let args: Vec<_> = self.args.iter().map(|(name, value)| (*name, value.clone().into())).collect();
        i18n::text(locale, &format!("field-{}", self.code.replace('_', "-")), &args)
    }
}

/// RFC 9457 problem details, with our extensions.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Identifies the kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "urn:workernet:problem:invalid")]
    kind: String,
    /// Short text for people.
    title: String,
    /// HTTP status.
    status: u16,
    /// Longer text for people.
    detail: String,
    /// Stable name for machines.
    #[schema(example = "invalid")]
    code: String,
    /// Names this request in our log.
    request_id: String,
    /// Faults of single fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ProblemField>,
}

/// A fault of one field.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemField {
    /// The field's path in the request.
    #[schema(example = "priority")]
    field: String,
    /// Stable name of the fault.
    #[schema(example = "unknown_value")]
    code: String,
    /// The fault in words.
    message: String,
}

impl ApiError {
    fn of(status: u16, code: &'static str) -> Self {
        Self { status, code, fields: Vec::new(), args: Vec::new(), retry_after_seconds: None, cause: None }
    }

    /// 400: the message itself cannot be read (broken JSON, broken multipart, bad cursor).
    pub fn malformed(cause: impl ToString) -> Self {
        Self { cause: Some(cause.to_string()), ..Self::of(400, "malformed") }
    }

    /// 401: sign in first.
    pub fn unauthenticated() -> Self {
        Self::of(401, "unauthenticated")
    }

    /// 401: user name or password is wrong; which of them is not said.
    pub fn bad_credentials() -> Self {
        Self::of(401, "bad_credentials")
    }

    /// 401: the code that follows the password is not good. Whether it was wrong or used, or the time for it over, is not said.
    pub fn bad_second_factor() -> Self {
        Self::of(401, "bad_second_factor")
    }

    /// 401: the passkey does not let in. Whether it is unknown, its signature wrong or its challenge over is not said.
    pub fn bad_passkey() -> Self {
        Self::of(401, "bad_passkey")
    }

    /// 403: the person must first prove anew who they are.
    pub fn step_up_required() -> Self {
        Self::of(403, "step_up_required")
    }

    /// 403: the person's role asks for a second factor, and there is none yet.
    pub fn enrolment_required() -> Self {
        Self::of(403, "mfa_enrolment_required")
    }

    /// 403: signed in, but the role does not hold the permission.
    pub fn forbidden() -> Self {
        Self::of(403, "forbidden")
    }

    /// 403: the request came in the clear, and is no page that could be asked for again.
    pub fn https_required() -> Self {
        Self::of(403, "https_required")
    }

    /// 403: an API key asks for what only people do: a page, their own account.
    pub fn not_by_key() -> Self {
        Self::of(403, "not_by_key")
    }

    /// 403: a person asks for what only programs do.
    pub fn only_by_key() -> Self {
        Self::of(403, "only_by_key")
    }

    /// 403: somebody would give, or take from somebody, more than they hold themselves.
    pub fn more_than_own() -> Self {
        Self::of(403, "more_than_own")
    }

    /// 403: the directory knows the person, and the portal has no place for them.
    pub fn directory_no_access() -> Self {
        Self::of(403, "directory_no_access")
    }

    /// 503: the directory that keeps the person's password cannot be asked.
    pub fn directory_unreachable(cause: impl ToString) -> Self {
        Self { cause: Some(cause.to_string()), retry_after_seconds: Some(30), ..Self::of(503, "directory_unreachable") }
    }

    /// 401: a sign-in by a provider of identities is over, was another browser's, or was used.
    pub fn sso_over() -> Self {
        Self::of(401, "sso_over")
    }

    /// 401: a provider of identities has answered what must not be believed, or has refused.
    pub fn sso_failed(cause: impl ToString) -> Self {
        Self { cause: Some(cause.to_string()), ..Self::of(401, "sso_failed") }
    }

    /// 503: a provider of identities cannot be asked.
    pub fn sso_unreachable(cause: impl ToString) -> Self {
        Self { cause: Some(cause.to_string()), retry_after_seconds: Some(30), ..Self::of(503, "sso_unreachable") }
    }

    /// 403: a provider of identities has let somebody in by less than is asked for here.
    pub fn sso_level() -> Self {
        Self::of(403, "sso_level")
    }

    /// 403: a provider of identities knows the person, and the portal has no place for them.
    pub fn sso_no_access() -> Self {
        Self::of(403, "sso_no_access")
    }

    /// 403: somebody here has the address of a person whom a provider of identities knows, and the two are not linked.
    pub fn sso_not_linked() -> Self {
        Self::of(403, "sso_not_linked")
    }

    /// 403: the form's token is missing or not of this session (CSRF).
    pub fn bad_csrf() -> Self {
        Self::of(403, "bad_csrf")
    }

    /// 404: does not exist, or is not the actor's to see.
    pub fn not_found() -> Self {
        Self::of(404, "not_found")
    }

    /// 405; `methods` are those that the path has, as the header Allow lists them (RFC 9110, 15.5.6).
    pub fn method_not_allowed(methods: &str) -> Self {
        Self::of(405, "method_not_allowed").arg("methods", methods)
    }

    /// The header Allow of a 405.
    pub fn allow(&self) -> Option<&str> {
        if self.status != 405 {
            return None;
        }
        self.args.iter().find(|(name, _)| *name == "methods").map(|(_, methods)| methods.as_str())
    }

    /// 409: the thing is not in a state that allows this. `code` says which rule.
    pub fn conflict(code: &'static str) -> Self {
        Self::of(409, code)
    }

    /// 412: somebody else changed the thing since it was read.
    pub fn stale() -> Self {
        Self::of(412, "stale_version")
    }

    /// 413.
    pub fn too_large(limit_bytes: u64) -> Self {
        Self { args: vec![("limit", limit_bytes.to_string())], ..Self::of(413, "too_large") }
    }

    /// 415.
    pub fn unsupported_media_type() -> Self {
        Self::of(415, "unsupported_media_type")
    }

    /// 422: understood, but some fields cannot be taken.
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        Self { fields, ..Self::of(422, "invalid") }
    }

    /// 422 for one field.
    pub fn field(field: impl Into<String>, code: &'static str) -> Self {
        Self::invalid(vec![FieldError::new(field, code)])
    }

    /// 422 that concerns the whole request, with a code of its own.
    pub fn unprocessable(code: &'static str) -> Self {
        Self::of(422, code)
    }

    /// 428: the change must say which version it is based on (RFC 6585).
    pub fn precondition_required() -> Self {
        Self::of(428, "precondition_required")
    }

    /// The request was done before. No handler answers this: the dispatcher puts the earlier answer in its place.
    pub fn repeated() -> Self {
        Self::of(425, "idempotency_in_progress")
    }

    /// 429.
    pub fn too_many(retry_after_seconds: i64) -> Self {
        Self { retry_after_seconds: Some(retry_after_seconds), ..Self::of(429, "too_many_requests") }
    }

    /// 429: more requests than an address, account or tenant may send in a minute.
    pub fn rate_limited(retry_after_seconds: i64) -> Self {
        Self { retry_after_seconds: Some(retry_after_seconds), ..Self::of(429, "rate_limited") }
    }

    /// 429: the person has sent as many files as one may in a day, or has too many unfinished ones.
    pub fn file_quota() -> Self {
        Self { retry_after_seconds: Some(3600), ..Self::of(429, "file_quota") }
    }

    /// 403: the tenant turns requests from this address away.
    pub fn address_blocked() -> Self {
        Self::of(403, "address_blocked")
    }

    /// 500: a defect of ours; the cause is logged.
    pub fn internal(cause: impl ToString) -> Self {
        Self { cause: Some(cause.to_string()), ..Self::of(500, "internal") }
    }

    /// 503: try again.
    pub fn unavailable(cause: impl ToString) -> Self {
        Self { cause: Some(cause.to_string()), retry_after_seconds: Some(5), ..Self::of(503, "unavailable") }
    }

    /// Adds a value for the texts.
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// The short text for people.
    pub fn title(&self, locale: Locale) -> String {
        self.text(locale, "")
    }

    /// The longer text for people.
    pub fn detail(&self, locale: Locale) -> String {
        self.text(locale, ".detail")
    }

    fn text(&self, locale: Locale, attribute: &str) -> String {
        let args: Vec<_> = self.args.iter().map(|(name, value)| (*name, value.clone().into())).collect();
        i18n::text(locale, &format!("error-{}{attribute}", self.code.replace('_', "-")), &args)
    }

    /// The answer for machines that speak SCIM (RFC 7644, 3.12), which knows no 422.
    pub fn to_scim(&self, locale: Locale) -> Response {
        let status = if self.status == 422 { 400 } else { self.status };
        let faults = self.fields.iter().map(|fault| format!("{}: {}", fault.field, fault.message(locale)));
        let words = [format!("{}.", self.title(locale)), self.detail(locale)].into_iter().chain(faults);
        let detail = words.collect::<Vec<_>>().join(" ");
        let mut error = serde_json::json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": status.to_string(), "detail": detail
        });
        if let (Some(kind), Some(object)) = (crate::scim::kind_of(self), error.as_object_mut()) {
            object.insert("scimType".to_owned(), kind.into());
        }
        let mut response = Response::json(status, &error)
            .with("content-type", "application/scim+json")
            .with("content-language", locale.as_str());
        if let Some(seconds) = self.retry_after_seconds {
            response.headers.set("retry-after", seconds.to_string());
        }
        response
    }

    /// The answer for machines.
    pub fn to_problem(&self, locale: Locale, request_id: &str) -> Response {
        let problem = Problem {
            kind: format!("urn:workernet:problem:{}", self.code),
            title: self.title(locale),
            status: self.status,
            detail: self.detail(locale),
            code: self.code.to_owned(),
            request_id: request_id.to_owned(),
            errors: self
                .fields
                .iter()
                .map(|fault| ProblemField {
                    field: fault.field.clone(),
                    code: fault.code.to_owned(),
                    message: fault.message(locale),
                })
                .collect(),
        };
        let mut response = Response::json(self.status, &problem)
            .with("content-type", "application/problem+json")
            .with("content-language", locale.as_str());
        if let Some(seconds) = self.retry_after_seconds {
            response.headers.set("retry-after", seconds.to_string());
        }
        if self.status == 401 {
            response.headers.set("www-authenticate", "Bearer");
        }
        response
    }
}

impl From<DbError> for ApiError {
    /// Refusals that a use case expects are handled there; what arrives here is either the common guards or a defect.
    fn from(error: DbError) -> Self {
        match &error {
            DbError::Refused(rule) if rule == "stale_version" => Self::stale(),
            DbError::Refused(rule) if rule == "not_found" => Self::not_found(),
            DbError::Refused(rule) if rule == "repeated" => Self::repeated(),
            DbError::Refused(rule) if rule == "file_quota" => Self::file_quota(),
            DbError::Refused(rule) if rule == "directory_person" => Self::conflict("directory_person"),
            DbError::Refused(rule) if rule == "conflict" => Self::conflict("conflict"),
            DbError::Unavailable(_) => Self::unavailable(error),
            DbError::Refused(_) | DbError::Broken(_) => Self::internal(error),
        }
    }
}

impl From<FilesError> for ApiError {
    fn from(error: FilesError) -> Self {
        Self::unavailable(error)
    }
}

impl From<BodyError> for ApiError {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLarge { limit } => Self::too_large(limit as u64),
            BodyError::BrokenOff(cause) => Self::malformed(cause),
        }
    }
}
