//! POST /api/tickets: everybody with ticket:create; staff also on behalf of others.

use serde_json::json;
use shared::error::{ApiError, FieldError};
use shared::http::{Request, Response};
use shared::limits::FOLLOWERS_MAX;
use shared::mail::{Mailbox, address};
use shared::ticket::{Body, Channel, CustomFields, NewTicketIn, RequesterIn, Tag, TicketView, Title};

use super::example;
use crate::actions::tickets::create::{headers, location};
use crate::actions::tickets::{NewTicket, Requester, create};
use crate::body;
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("tickets", "Open a ticket")
        .request::<NewTicketIn>(json!({
            "title": "Invoice 4711 is not posted", "description": "Posting stops with error 1203 since this morning.",
            "priority": "high", "erp_module": "sales", "tags": ["year-end"], "custom_fields": {"contract": "A-1"}
        }))
        .sends_etag()
        .sends_location()
        .answers::<TicketView>(201, "The ticket; Location and ETag name it and its version", example())
        .refuses(&[400, 401, 403, 409, 413, 415, 422])
}

/// Opens the ticket.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    let new = parse(ctx, body::json(&mut request).await?)?;
    ctx.comes_to(&location(&new.id));
    let created = create(ctx, new).await?;
    let mut response = Response::json(201, &created.view(ctx));
    for (name, value) in headers(&created.row) {
        response.headers.set(&name, value);
    }
    Ok(response)
}

/// Makes a valid ticket of what was sent, or names every field that is wrong.
fn parse(ctx: &Ctx<'_>, sent: NewTicketIn) -> Result<NewTicket<'static>, ApiError> {
    let mut faults: Vec<FieldError> = Vec::new();
    let title = Title::parse("title", &sent.title).map_err(|fault| faults.push(fault));
    let description = Body::parse("description", &sent.description).map_err(|fault| faults.push(fault));
    let tags = Tag::parse_all("tags", &sent.tags).map_err(|found| faults.extend(found));
    let custom_fields = CustomFields::parse(sent.custom_fields).map_err(|found| faults.extend(found));
    let requester = sent.requester.map_or(Ok(Requester::Me), requester).map_err(|fault| faults.push(fault));
    let mut cc = Vec::new();
    for (index, text) in sent.cc.iter().enumerate() {
        match Mailbox::new(None, text) {
            Some(mailbox) => cc.push(mailbox),
            None => faults.push(FieldError::new(format!("cc[{index}]"), "bad_email")),
        }
    }
    if sent.cc.len() > FOLLOWERS_MAX {
        faults.push(FieldError::new("cc", "too_many").arg("maximum", FOLLOWERS_MAX));
    }
    let (Ok(title), Ok(description), Ok(tags), Ok(custom_fields), Ok(requester), true) =
        (title, description, tags, custom_fields, requester, faults.is_empty())
    else {
        return Err(ApiError::invalid(faults));
    };
    let mut new = NewTicket::new(ctx.ids(), title, description, requester, Channel::Api);
    new.priority = sent.priority;
    new.category = sent.category;
    new.erp_module = sent.erp_module;
    new.tags = tags;
    new.custom_fields = custom_fields;
    new.assignee = sent.assignee;
    new.department = sent.department;
    new.cc = cc;
    Ok(new)
}

fn requester(sent: RequesterIn) -> Result<Requester, FieldError> {
    match (sent.id, sent.email) {
        (Some(id), None) => Ok(Requester::User(id)),
        (None, Some(email)) => {
            let address = address::normalize(&email).ok_or_else(|| FieldError::new("requester.email", "bad_email"))?;
            Ok(Requester::Email { address, name: sent.name.map(|name| address::tidy(&name, 120)), locale: None })
        }
        (None, None) => Err(FieldError::new("requester", "required")),
        (Some(_), Some(_)) => Err(FieldError::new("requester", "one_of")),
    }
}
