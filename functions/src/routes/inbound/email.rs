//! POST /api/inbound/email: a mail relay with the service token brings a raw mail.

use serde::Serialize;
use serde_json::json;
use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::limits::MAIL_IN_BYTES_MAX;

use crate::actions::inbound::{self, Delivery, Taken};
use crate::context::Ctx;
use crate::openapi::ApiDoc;

/// What became of a mail.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TakenView {
    /// Id of the mail.
    id: String,
    /// `ticket`, `linked_ticket`, `comment`, `reopened`, `note`, `bounce`, `report`, `duplicate`, `unprocessed`, or `received`
    /// when it is stored and will be processed in a moment.
    outcome: String,
    /// Id of the ticket that it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<String>,
    /// Number of that ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    /// Why it waits for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl TakenView {
    /// As it is answered.
    pub fn of(ctx: &Ctx<'_>, taken: Taken) -> Self {
        Self {
            id: taken.id.to_string(),
            outcome: taken.outcome,
            ticket: taken.ticket.map(|ticket| ticket.to_string()),
            number: taken.number.map(|number| ctx.tenant.ticket_reference(number)),
            reason: taken.reason,
        }
    }
}

/// Describes the route.
pub fn doc() -> ApiDoc {
    ApiDoc::new("mail", "Bring a mail")
        .about(
            "For mail relays, with the service token as bearer token. The mail is stored before anything else: an answer of 202 means that it will not \
             be lost and need not be sent again. The same mail may come any number of times.",
        )
        .query("to", "RCPT TO: the mailbox that the mail was sent to; otherwise the mail's own fields say it")
        .query("from", "MAIL FROM; empty for a bounce")
        .query("authserv", "Name of the relay's server whose Authentication-Results (RFC 8601) are to be believed")
        .raw_request("message/rfc822", "The raw mail")
        .answers::<TakenView>(
            202,
            "Stored",
            json!({"id": "inb_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "outcome": "ticket", "ticket": "tkt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", "number": "ACME-1042"}),
        )
        .refuses(&[401, 403, 413, 415, 422, 503])
}

/// Answers.
pub async fn handle(ctx: &Ctx<'_>, mut request: Request) -> Result<Response, ApiError> {
    if !matches!(request.media_type().as_deref(), Some("message/rfc822" | "application/octet-stream")) {
        return Err(ApiError::unsupported_media_type());
    }
    let announced = request.headers.get("content-length").and_then(|length| length.trim().parse::<u64>().ok());
    if announced.is_some_and(|length| length > MAIL_IN_BYTES_MAX as u64) {
        return Err(ApiError::too_large(MAIL_IN_BYTES_MAX as u64));
    }
    let raw = request.body.take().read(MAIL_IN_BYTES_MAX).await?;
    if raw.is_empty() {
        return Err(ApiError::field("body", "required"));
    }
    let delivery = Delivery {
        mailbox: request.query.filled("to"),
        host: &request.host,
        envelope_from: request.query.get("from").map(str::trim),
        authserv: request.query.filled("authserv"),
        raw: &raw,
    };
    let taken = inbound::as_system(ctx, async |system| inbound::receive(system, delivery).await).await?;
    Ok(Response::json(202, &TakenView::of(ctx, taken)))
}
