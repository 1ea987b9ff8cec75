//! The platform's `send_email` binding.

use shared::platform::{DeliveryError, OutgoingMail};
use worker::{EmailMessage, Env, Error};

/// Sends. The binding takes the message as text: what we write is ASCII, encoded where it is not. It refuses a message whose From
/// field is not the envelope sender, so the address that names the bounce by its token is left to the other transports; a bounce
/// is then known by the token in the Message-ID.
pub(super) async fn send(env: &Env, mail: &OutgoingMail) -> Result<(), DeliveryError> {
    let binding = env.send_email("MAIL").map_err(|error| DeliveryError::Temporary(format!("no MAIL binding: {error}")))?;
    let raw = std::str::from_utf8(&mail.raw).map_err(|_| DeliveryError::Permanent("the message is not UTF-8".to_owned()))?;
    let message = EmailMessage::new(&mail.written_from, &mail.to, raw)
        .map_err(|error| DeliveryError::Permanent(String::from(error.message())))?;
    match binding.send(&message).await {
        Ok(_) => Ok(()),
        Err(error) => Err(sorted(Error::from(error))),
    }
}

/// Refusals of this recipient are final; limits, outages and everything unknown pass.
fn sorted(error: Error) -> DeliveryError {
    match error {
        Error::EmailRecipientSuppressed(words) | Error::EmailRecipientNotAllowed(words) => DeliveryError::Permanent(words),
        other => DeliveryError::Temporary(other.to_string()),
    }
}
