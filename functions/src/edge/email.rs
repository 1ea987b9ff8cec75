//! Mail that comes in.
//!
//! The handler may not return an error: the runtime would turn it into a panic. So every refusal is told to the bringer, who tells
//! the sender. A mail that is too large is refused before it is read.

use std::rc::Rc;
use std::time::Duration;

use futures::StreamExt;
use shared::limits::MAIL_IN_BYTES_MAX;
use worker::{Context, Delay, Env, ForwardableEmailMessage, Result, console_error, event};

use super::platform::EdgePlatform;
use super::{isolate, wakes};
use crate::actions::mail_door::{Refusal, take_in};

/// What the sender of a mail that we could not store is told.
const LATER: &str = "temporary failure, please send again later";

/// How often storing a mail is tried while its bringer waits.
const TRIES: u32 = 3;
/// How long between two tries.
const PAUSE: Duration = Duration::from_millis(500);

/// Takes a mail in.
#[event(email)]
async fn email(message: ForwardableEmailMessage, env: Env, context: Context) -> Result<()> {
    if let Err(reason) = receive(&message, &env, &context).await {
        message.set_reject(reason);
    }
    Ok(())
}

async fn receive(message: &ForwardableEmailMessage, env: &Env, context: &Context) -> std::result::Result<(), &'static str> {
    let config = isolate::get(env).config.clone().map_err(|missing| {
        console_error!("this deployment is not configured: {missing}");
        LATER
    })?;
    #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^53")]
    if message.raw_size() > MAIL_IN_BYTES_MAX as f64 {
        return Err("message too large");
    }
    let platform = EdgePlatform::new(env.clone(), Rc::clone(&config));
    let raw = read(message).await.ok_or("message could not be read")?;
    let (from, to) = (message.from(), message.to());
    for tries_left in (0..TRIES).rev() {
        match take_in(&platform, &from, &to, &raw).await {
            Ok(due) => {
                let env = env.clone();
                context.wait_until(async move { wakes::carry(&env, due).await });
                return Ok(());
            }
            Err(Refusal::UnknownHost) => return Err("no such mailbox"),
            Err(Refusal::Temporary(cause)) => console_error!("a mail was not stored: {cause}"),
        }
        if tries_left > 0 {
            Delay::from(PAUSE).await;
        }
    }
    Err(LATER)
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
