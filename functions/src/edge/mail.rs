//! Mail that goes out: one port, three transports; and short messages, which have one.
//!
//! Each is given a limit of time, because a server that says nothing would hold the outbox up for ever. A mail whose fate is
//! unknown counts as not sent: the idempotency key and the Message-ID make the repetition recognisable.

mod binding;
mod http_api;
mod smtp;

use std::pin::Pin;
use std::time::Duration;

use futures::future::{Either, select};
use shared::limits::MAIL_OUT_BYTES_MAX;
use shared::platform::{Config, DeliveryError, MailConfig, OutgoingMail, OutgoingSms, SmsConfig};
use worker::{Delay, Env};

/// What a transport may take for one mail.
const TIME_MAX: Duration = Duration::from_secs(20);

/// Carries one mail by the configured transport.
pub(super) async fn send(env: &Env, config: &Config, mail: OutgoingMail) -> Result<(), DeliveryError> {
    if mail.raw.len() > MAIL_OUT_BYTES_MAX {
        return Err(DeliveryError::Permanent(format!("the mail has {} bytes, more than any transport takes", mail.raw.len())));
    }
    let transport = Box::pin(async {
        match &config.mail {
            MailConfig::Binding => binding::send(env, &mail).await,
            MailConfig::Smtp { host, port, tls, credentials } => {
                smtp::send(
                    &smtp::Server { host, port: *port, tls: *tls, credentials: credentials.as_ref() },
                    &config.console_host,
                    &mail,
                )
                .await
            }
            MailConfig::HttpApi { url, key } => http_api::send(url, key, &mail).await,
        }
    });
    in_time(transport).await
}

/// Hands one short message to the configured gateway.
pub(super) async fn send_sms(config: &Config, sms: &OutgoingSms) -> Result<(), DeliveryError> {
    match &config.sms {
        SmsConfig::HttpApi { url, key } => in_time(Box::pin(http_api::send_sms(url, key, sms))).await,
        SmsConfig::None | SmsConfig::Shown => Err(DeliveryError::Permanent("there is no gateway".to_owned())),
    }
}

type Transport<'a> = Pin<Box<dyn Future<Output = Result<(), DeliveryError>> + 'a>>;

async fn in_time(transport: Transport<'_>) -> Result<(), DeliveryError> {
    match select(transport, Delay::from(TIME_MAX)).await {
        Either::Left((done, _)) => done,
        Either::Right(((), _)) => Err(DeliveryError::Temporary(format!("no answer within {} s", TIME_MAX.as_secs()))),
    }
}
