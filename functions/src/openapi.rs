//! The API document, built from the table of routes and the serde types themselves, so that it cannot drift.
//!
//! It is the same for everybody and written when the product is built, to [`FILE`] among the files that the worker serves: neither
//! the descriptions nor what puts them together are part of the worker.

#[cfg(not(target_arch = "wasm32"))]
pub mod document;

use shared::error::Problem;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{HeaderBuilder, RefOr, Required};
use utoipa::{PartialSchema, ToSchema};

use crate::routes::scim::ScimError;

/// Where the document lies, see [`shared::platform::Platform::asset`].
pub const FILE: &str = "openapi.json";

/// What a route tells about itself: summary, parameters, bodies, answers.
pub struct ApiDoc {
    operation: OperationBuilder,
    schemas: Vec<(String, RefOr<Schema>)>,
    headers: Vec<(&'static str, &'static str)>,
    is_scim: bool,
}

impl ApiDoc {
    /// A route of the group `tag` that does `summary`.
    pub fn new(tag: &str, summary: &str) -> Self {
        Self {
            operation: OperationBuilder::new().tag(tag).summary(Some(summary)),
            schemas: Vec::new(),
            headers: Vec::new(),
            is_scim: false,
        }
    }

    /// A route of the provisioning that does `summary`: its bodies and refusals are SCIM's.
    pub fn scim(summary: &str) -> Self {
        Self { is_scim: true, ..Self::new("scim", summary) }
    }

    /// A longer text.
    pub fn about(mut self, description: &str) -> Self {
        self.operation = self.operation.description(Some(description));
        self
    }

    /// A path parameter.
    pub fn path(self, name: &str, description: &str) -> Self {
        self.parameter(name, ParameterIn::Path, Required::True, description)
    }

    /// A query parameter.
    pub fn query(self, name: &str, description: &str) -> Self {
        self.parameter(name, ParameterIn::Query, Required::False, description)
    }

    /// A request header.
    pub fn header(self, name: &str, description: &str) -> Self {
        self.parameter(name, ParameterIn::Header, Required::False, description)
    }

    /// A header field of the answers that are no refusals.
    pub fn sends(mut self, name: &'static str, description: &'static str) -> Self {
        self.headers.push((name, description));
        self
    }

    /// `ETag`: the version, for `If-Match`.
    pub fn sends_etag(self) -> Self {
        self.sends("ETag", "The version, for If-Match")
    }

    /// `Location`: where the new thing is.
    pub fn sends_location(self) -> Self {
        self.sends("Location", "Where the new thing is")
    }

    /// The header fields that were named.
    pub fn sent(&self) -> &[(&'static str, &'static str)] {
        &self.headers
    }

    fn parameter(mut self, name: &str, place: ParameterIn, required: Required, description: &str) -> Self {
        self.operation = self.operation.parameter(
            ParameterBuilder::new()
                .name(name)
                .parameter_in(place)
                .required(required)
                .description(Some(description))
                .schema(Some(ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)))),
        );
        self
    }

    /// A JSON body of type `T`, with an example.
    pub fn request<T: ToSchema>(self, example: serde_json::Value) -> Self {
        let media_type = self.media_type();
        self.request_as::<T>(media_type, example)
    }

    fn media_type(&self) -> &'static str {
        if self.is_scim { "application/scim+json" } else { "application/json" }
    }

    /// A form with the fields of `T`, with an example.
    pub fn form_request<T: ToSchema>(self, example: serde_json::Value) -> Self {
        self.request_as::<T>("application/x-www-form-urlencoded", example)
    }

    fn request_as<T: ToSchema>(mut self, media_type: &str, example: serde_json::Value) -> Self {
        self.collect::<T>();
        let content = ContentBuilder::new().schema(Some(T::schema_reference())).example(Some(example)).build();
        self.operation = self
            .operation
            .request_body(Some(RequestBodyBuilder::new().content(media_type, content).required(Some(Required::True)).build()));
        self
    }

    /// A body of another media type, described in words.
    pub fn raw_request(mut self, media_type: &str, description: &str) -> Self {
        let schema = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).description(Some(description));
        let content = ContentBuilder::new().schema(Some(schema)).build();
        self.operation = self
            .operation
            .request_body(Some(RequestBodyBuilder::new().content(media_type, content).required(Some(Required::True)).build()));
        self
    }

    /// A JSON answer of type `T`, with an example.
    pub fn answers<T: ToSchema>(mut self, status: u16, description: &str, example: serde_json::Value) -> Self {
        self.collect::<T>();
        let content = ContentBuilder::new().schema(Some(T::schema_reference())).example(Some(example)).build();
        let response = ResponseBuilder::new().description(description).content(self.media_type(), content).build();
        self.operation = self.operation.response(status.to_string(), response);
        self
    }

    /// An answer without JSON.
    pub fn answers_empty(mut self, status: u16, description: &str) -> Self {
        self.operation = self.operation.response(status.to_string(), ResponseBuilder::new().description(description).build());
        self
    }

    /// An answer of another media type.
    pub fn answers_raw(self, status: u16, media_type: &str, description: &str) -> Self {
        self.answers_files(status, &[media_type], description)
    }

    /// An answer of one of several media types.
    pub fn answers_files(mut self, status: u16, media_types: &[&str], description: &str) -> Self {
        let mut response = ResponseBuilder::new().description(description);
        for media_type in media_types {
            let schema = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String));
            response = response.content(*media_type, ContentBuilder::new().schema(Some(schema)).build());
        }
        self.operation = self.operation.response(status.to_string(), response.build());
        self
    }

    /// Refusals that the route can answer, as problem details.
    pub fn refuses(mut self, statuses: &[u16]) -> Self {
        let (schema, media_type) = if self.is_scim {
            self.collect::<ScimError>();
            (ScimError::schema_reference(), "application/scim+json")
        } else {
            self.collect::<Problem>();
            (Problem::schema_reference(), "application/problem+json")
        };
        for status in statuses {
            let content = ContentBuilder::new().schema(Some(schema.clone())).build();
            let mut response = ResponseBuilder::new().description(reason(*status)).content(media_type, content);
            if *status == 429 || *status == 503 {
                let seconds =
                    HeaderBuilder::new().schema(<i64 as PartialSchema>::schema()).description(Some("Seconds to wait")).build();
                response = response.header("Retry-After", seconds);
            }
            self.operation = self.operation.response(status.to_string(), response.build());
        }
        self
    }

    fn collect<T: ToSchema>(&mut self) {
        self.schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(&mut self.schemas);
    }

    /// The operation and the schemas that it names.
    pub fn into_parts(self) -> (OperationBuilder, Vec<(String, RefOr<Schema>)>) {
        (self.operation, self.schemas)
    }
}

trait SchemaReference: ToSchema {
    fn schema_reference() -> RefOr<Schema>;
}

impl<T: ToSchema> SchemaReference for T {
    fn schema_reference() -> RefOr<Schema> {
        RefOr::Ref(utoipa::openapi::Ref::from_schema_name(T::name()))
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        400 => "The message cannot be read",
        401 => "Not signed in",
        403 => "Not allowed",
        404 => "Does not exist, or is not yours to see",
        405 => "The path has no such method",
        409 => "Not possible in this state",
        412 => "Changed by somebody else since it was read",
        413 => "Too large",
        415 => "Media type not taken",
        422 => "Some fields cannot be taken",
        428 => "If-Match is required",
        429 => "Too many requests",
        503 => "Try again",
        _ => "Failed",
    }
}
