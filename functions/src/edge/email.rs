//! Mail that comes in.
//!
//! The handler may not return an error: the runtime would turn it into a panic. The only permanent refusals at the door are a
//! mail that is too large, which is refused before it is read, and a host that is no tenant's.

use std::rc::Rc;

use futures::StreamExt;
use shared::limits::MAIL_IN_BYTES_MAX;
use worker::{Context, Env, ForwardableEmailMessage, Result, console_error, event};

use super::isolate;
use super::platform::EdgePlatform;

/// Takes a mail in.
#[event(email)]
async fn email(message: ForwardableEmailMessage, env: Env, _context: Context) -> Result<()> {
    if let Err(reason) = take_in(&message, &env).await {
        message.set_reject(reason);
    }
    Ok(())
}

async fn take_in(message: &ForwardableEmailMessage, env: &Env) -> std::result::Result<(), &'static str> {
    let config = isolate::get(env).config.clone().map_err(|missing| {
        console_error!("this deployment is not configured: {missing}");
        "temporary failure, please send again later"
    })?;
    #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^53")]
    if message.raw_size() > MAIL_IN_BYTES_MAX as f64 {
        return Err("message too large");
    }
    let _platform = EdgePlatform::new(env.clone(), Rc::clone(&config));
    let _raw = read(message).await.ok_or("message could not be read")?;
    Err("no such mailbox")
}

/// The whole message, unless it is larger than it said.
async fn read(message: &ForwardableEmailMessage) -> Option<Vec<u8>> {
    let mut stream = message.raw_byte_stream();
    let mut raw = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.ok()?;
        if raw.len() + chunk.len() > MAIL_IN_BYTES_MAX {
            return None;
        }
        raw.extend_from_slice(&chunk);
    }
    Some(raw)
}
