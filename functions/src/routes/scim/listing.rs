//! What lists have in common: what is asked for, by query or by a search's body, and how it is answered.

use serde_json::{Value, json};
use shared::error::ApiError;
use shared::http::Request;
use shared::scim::query::Page;
use shared::scim::selection::Selection;
use shared::scim::{LIST, attribute, bad_value};

use super::{ScimObject, read};
use crate::openapi::ApiDoc;

/// What of a list is asked for.
pub struct Asked {
    /// A filter, as text.
    pub filter: Option<String>,
    /// Which part.
    pub page: Page,
    /// Which attributes.
    pub selection: Selection,
}

impl Asked {
    /// By the query.
    pub fn of(request: &Request) -> Result<Self, ApiError> {
        let query = &request.query;
        let number = |name: &str| Page::number(query.get(name), name);
        Ok(Self {
            filter: query.filled("filter").map(str::to_owned),
            page: Page::of(number("startIndex")?, number("count")?)?,
            selection: selection(request)?,
        })
    }

    /// By the body of a search (RFC 7644, 3.4.3).
    pub async fn of_search(request: &mut Request) -> Result<Self, ApiError> {
        let body = read(request).await?;
        let number = |name: &str| match attribute(&body, name) {
            Some(value) => value.as_i64().map(Some).ok_or_else(|| bad_value(name)),
            None => Ok(None),
        };
        let names = |name: &str| match attribute(&body, name) {
            Some(Value::Array(list)) => Ok(Some(list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","))),
            Some(_) => Err(bad_value(name)),
            None => Ok(None),
        };
        let filter = match attribute(&body, "filter") {
            Some(filter) => Some(filter.as_str().ok_or_else(|| bad_value("filter"))?.to_owned()),
            None => None,
        };
        Ok(Self {
            filter,
            page: Page::of(number("startIndex")?, number("count")?)?,
            selection: Selection::of(names("attributes")?.as_deref(), names("excludedAttributes")?.as_deref())?,
        })
    }

    /// The answer.
    pub fn answer(&self, resources: impl Iterator<Item = Value>, total: u32) -> Value {
        let resources: Vec<Value> = resources.map(|resource| self.selection.of_resource(resource)).collect();
        json!({
            "schemas": [LIST], "totalResults": total, "startIndex": self.page.start, "itemsPerPage": resources.len(),
            "Resources": resources
        })
    }
}

/// Which attributes the query asks for.
pub fn selection(request: &Request) -> Result<Selection, ApiError> {
    Selection::of(request.query.filled("attributes"), request.query.filled("excludedAttributes"))
}

/// Describes a list.
pub fn doc(summary: &str, example: &Value) -> ApiDoc {
    selected(ApiDoc::scim(summary))
        .query("filter", "Of RFC 7644, 3.4.2.2, as far as an index finds it; others are refused with invalidFilter")
        .query("startIndex", "The place of the first one, from 1 to 50000")
        .query("count", "At most 200; 0 for the total alone")
        .answers::<ScimObject>(200, "A page, in a stable order", of_one(example))
        .refuses(&[400, 401])
}

/// Describes a search.
pub fn search_doc(summary: &str, filter: &str, example: &Value) -> ApiDoc {
    let request = json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": filter, "startIndex": 1, "count": 10});
    ApiDoc::scim(summary)
        .request::<ScimObject>(request)
        .answers::<ScimObject>(200, "A page, in a stable order", of_one(example))
        .refuses(&[400, 401, 413, 415])
}

/// Describes which attributes can be asked for.
pub fn selected(doc: ApiDoc) -> ApiDoc {
    doc.query("attributes", "Names of attributes that are wanted, with commas between them")
        .query("excludedAttributes", "Names of attributes that are not")
}

fn of_one(example: &Value) -> Value {
    json!({"schemas": [LIST], "totalResults": 1, "startIndex": 1, "itemsPerPage": 1, "Resources": [example]})
}
