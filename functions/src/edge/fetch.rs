//! The platform's requests.

use worker::{Context, Env, Response, Result, console_error, console_log, event, web_sys};

use super::platform::EdgePlatform;
use super::{isolate, request, response, wakes};
use crate::dispatch::dispatch;

/// Answers a request; wake-ups are carried out once the answer is on its way.
#[event(fetch)]
async fn fetch(incoming: web_sys::Request, env: Env, context: Context) -> Result<Response> {
    let isolate = isolate::get(&env);
    let config = match &isolate.config {
        Ok(config) => config.clone(),
        Err(missing) => {
            console_error!("this deployment is not configured: {missing}");
            return Ok(response::bare(503, "not configured"));
        }
    };
    let Some(plain) = request::plain(&incoming) else {
        return Ok(response::bare(400, "bad request"));
    };
    let platform = EdgePlatform::new(env.clone(), config);
    let outcome = dispatch(&platform, &isolate.memory, &isolate.router, plain).await;
    console_log!("{}", outcome.log);
    if !outcome.wakes.is_empty() || outcome.later.is_some() {
        let env = env.clone();
        context.wait_until(async move {
            if let Some(later) = outcome.later
                && let Err(error) = later.write(&platform).await
            {
                console_error!("what could wait was not written: {error}");
            }
            wakes::carry(&env, outcome.wakes).await;
        });
    }
    Ok(response::platform(&env, outcome.response).await)
}
