//! The platform's clock and queue.
//!
//! Neither handler may return an error: the runtime would turn it into a panic. A message that failed is asked for again.

use std::rc::Rc;

use shared::job::Job;
use worker::{
    Context, Env, MessageBatch, MessageExt, Result, ScheduleContext, ScheduledEvent, console_error, console_log, event,
};

use super::platform::EdgePlatform;
use super::{isolate, wakes};
use crate::actions::jobs::{self, JobReport};

/// Every few minutes: one sweep a tenant, through the queue, so that no single run grows with the number of tenants.
#[event(scheduled)]
async fn scheduled(_event: ScheduledEvent, env: Env, _context: ScheduleContext) {
    let Some(platform) = platform(&env) else { return };
    match jobs::sweeps(&platform).await {
        Ok(due) => {
            let count = due.len();
            match wakes::enqueue(&env, due).await {
                Ok(()) => console_log!("{{\"sweep\":\"enqueued\",\"tenants\":{count}}}"),
                Err(error) => console_error!("the sweep was not enqueued: {error}"),
            }
        }
        Err(error) => console_error!("the sweep found no tenants: {error:?}"),
    }
}

/// Jobs, one after another. A message that is no job is dropped: it would never become one.
#[event(queue)]
async fn queue(batch: MessageBatch<()>, env: Env, _context: Context) -> Result<()> {
    let Some(platform) = platform(&env) else {
        batch.retry_all();
        return Ok(());
    };
    for message in batch.raw_iter() {
        let Ok(job) = worker::d1::serde_wasm_bindgen::from_value::<Job>(message.body()) else {
            console_error!("a message of the queue is no job");
            message.ack();
            continue;
        };
        let report = jobs::run(&platform, &job).await;
        console_log!("{}", report.log_line(&job));
        if report.failures.is_empty() {
            message.ack();
        } else {
            message.retry();
        }
        follow_up(&env, report).await;
    }
    Ok(())
}

async fn follow_up(env: &Env, report: JobReport) {
    wakes::carry(env, report.wakes).await;
    if let Some(settled) = report.settled {
        wakes::settle(env, settled).await;
    }
}

fn platform(env: &Env) -> Option<EdgePlatform> {
    match &isolate::get(env).config {
        Ok(config) => Some(EdgePlatform::new(env.clone(), Rc::clone(config))),
        Err(missing) => {
            console_error!("this deployment is not configured: {missing}");
            None
        }
    }
}
