//! Carrying wake-ups out. Losing one delays work until the next sweep, so a failure is logged and never thrown.

use shared::id::TenantId;
use shared::job::Job;
use shared::platform::Wake;
use shared::timer::{Arm, Settle};
use wasm_bindgen::JsValue;
use worker::{Env, Error, Method, Request, RequestInit, Result, console_error};

use crate::actions::jobs::Settled;

/// Messages that the queue takes at once.
const MESSAGES_AT_ONCE: usize = 100;

/// Carries each out, one after another: there are few, and connections are fewer.
pub(super) async fn carry(env: &Env, wakes: Vec<Wake>) {
    for wake in wakes {
        let done = match &wake {
            Wake::Outbox(tenant) => enqueue(env, vec![Job::Outbox { tenant: tenant.clone() }]).await,
            Wake::SlaTimer { tenant, at } => {
                let arm = Arm { tenant: tenant.clone(), at_ms: at.timestamp_millis() };
                tell(env, "SLA_TIMER", tenant, "https://timer/arm", serde_json::to_string(&arm)).await
            }
            Wake::Hub { tenant, message } => tell(env, "TENANT_HUB", tenant, "https://hub/publish", Ok(message.clone())).await,
        };
        if let Err(error) = done {
            console_error!("a wake-up failed: {wake:?}: {error}");
        }
    }
}

/// Tells the tenant's clock that its work is done.
pub(super) async fn settle(env: &Env, settled: Settled) {
    let message = Settle {
        began_ms: settled.began.timestamp_millis(),
        next_ms: settled.next.map(|next| next.timestamp_millis()),
        tenant: settled.tenant,
    };
    if let Err(error) = tell(env, "SLA_TIMER", &message.tenant, "https://timer/settle", serde_json::to_string(&message)).await {
        console_error!("the clock of {} was not settled: {error}", message.tenant);
    }
}

/// Puts jobs into the queue.
pub(super) async fn enqueue(env: &Env, jobs: Vec<Job>) -> Result<()> {
    let queue = env.queue("JOBS")?;
    for some in jobs.chunks(MESSAGES_AT_ONCE) {
        queue.send_batch(some.to_vec()).await?;
    }
    Ok(())
}

/// Objects are named by the tenant's id, as `Tenant::sla_timer_name` and `Tenant::hub_name` do.
async fn tell(env: &Env, binding: &str, tenant: &TenantId, address: &str, body: serde_json::Result<String>) -> Result<()> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(JsValue::from_str(&body?)));
    let request = Request::new_with_init(address, &init)?;
    let answer = env.durable_object(binding)?.get_by_name(tenant.as_str())?.fetch_with_request(request).await?;
    match answer.status_code() {
        200..=299 => Ok(()),
        status => Err(Error::RustError(format!("{address} answered {status}"))),
    }
}
