//! `SlaTimer`: one object a tenant, one alarm at the earliest due moment.
//!
//! One writer a tenant means that two requests that set timers at once cannot overwrite each other's moment. The object only
//! asks for work, through the queue; what is due it does not know. It must never throw out of `alarm`: the platform tries six
//! times and then forgets the alarm for good.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use shared::id::TenantId;
use shared::job::Job;
use shared::timer::{Arm, Clock, REPEAT_SECONDS, Settle};
use worker::{DurableObject, Env, Request, Response, Result, State, console_error, durable_object};

/// The object. `POST /arm` and `POST /settle` take the JSON of `shared::timer`; `GET /clock` answers the [`Clock`].
#[durable_object(alarm)]
pub struct SlaTimer {
    state: State,
    env: Env,
}

/// The one row. Moments come back from SQL as numbers that may be fractional to the decoder.
#[derive(Deserialize)]
struct Row {
    tenant: String,
    due_ms: Option<f64>,
    repeat_ms: Option<f64>,
    fired_ms: Option<f64>,
}

impl DurableObject for SlaTimer {
    fn new(state: State, env: Env) -> Self {
        let created = state.storage().sql().exec(
            "CREATE TABLE IF NOT EXISTS clock (one INTEGER PRIMARY KEY CHECK (one = 1), tenant TEXT NOT NULL, due_ms INTEGER, repeat_ms INTEGER, fired_ms INTEGER)",
            None,
        );
        if let Err(error) = created {
            console_error!("SlaTimer: the table cannot be made: {error}");
        }
        Self { state, env }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let path = request.path();
        match path.as_str() {
            "/arm" => {
                let Ok(arm) = serde_json::from_str::<Arm>(&request.text().await?) else { return Response::error("arm", 400) };
                let (_, mut clock) = self.load()?;
                clock.arm(arm.at_ms);
                self.store(&arm.tenant, &clock).await?;
                Response::empty()
            }
            "/settle" => {
                let Ok(settle) = serde_json::from_str::<Settle>(&request.text().await?) else {
                    return Response::error("settle", 400);
                };
                let (_, mut clock) = self.load()?;
                clock.settle(settle.began_ms, settle.next_ms);
                self.store(&settle.tenant, &clock).await?;
                Response::empty()
            }
            "/clock" => Response::from_json(&self.load()?.1),
            _ => Response::error("no such path", 404),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        if let Err(error) = self.ring().await {
            console_error!("SlaTimer: {error}");
            self.try_again_later().await;
        }
        Response::empty()
    }
}

impl SlaTimer {
    /// Stores first, asks then: a message that is lost is asked for again, an alarm that is lost is not.
    async fn ring(&self) -> Result<()> {
        let (tenant, mut clock) = self.load()?;
        let Some(tenant) = tenant else { return Ok(()) };
        let is_due = clock.ring(now());
        self.store(&tenant, &clock).await?;
        if is_due {
            self.env.queue("JOBS")?.send(Job::Sla { tenant }).await?;
        }
        Ok(())
    }

    async fn try_again_later(&self) {
        let later = now() + chrono::TimeDelta::seconds(REPEAT_SECONDS);
        if let Err(error) = self.state.storage().set_alarm(later).await {
            console_error!("SlaTimer: the alarm cannot be set again: {error}");
        }
    }

    fn load(&self) -> Result<(Option<TenantId>, Clock)> {
        let rows =
            self.state.storage().sql().exec("SELECT tenant, due_ms, repeat_ms, fired_ms FROM clock WHERE one = 1", None)?;
        let Some(row) = rows.to_array::<Row>()?.into_iter().next() else { return Ok((None, Clock::default())) };
        let clock = Clock { due_ms: whole(row.due_ms), repeat_ms: whole(row.repeat_ms), fired_ms: whole(row.fired_ms) };
        Ok((TenantId::parse(&row.tenant).ok(), clock))
    }

    async fn store(&self, tenant: &TenantId, clock: &Clock) -> Result<()> {
        let storage = self.state.storage();
        storage.sql().exec(
            "INSERT INTO clock (one, tenant, due_ms, repeat_ms, fired_ms) VALUES (1, ?, ?, ?, ?)
             ON CONFLICT (one) DO UPDATE SET due_ms = excluded.due_ms, repeat_ms = excluded.repeat_ms, fired_ms = excluded.fired_ms",
            vec![tenant.as_str().into(), clock.due_ms.into(), clock.repeat_ms.into(), clock.fired_ms.into()],
        )?;
        match clock.alarm_ms().and_then(DateTime::from_timestamp_millis) {
            Some(moment) => storage.set_alarm(moment).await,
            None => storage.delete_alarm().await,
        }
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(i64::try_from(worker::Date::now().as_millis()).unwrap_or(0)).unwrap_or_default()
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far below 2^53")]
fn whole(number: Option<f64>) -> Option<i64> {
    number.map(|number| number as i64)
}
