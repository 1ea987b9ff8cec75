//! Work that goes on without a request: which duties there are, and running those that a job asks for.
//!
//! A duty does what is due at the moment it is called, at most so much at a time, and says how much it did. Every duty is
//! idempotent: what it did is no longer due. So duties may be called too often, never too seldom; the sweep calls all of them.

use chrono::{DateTime, Utc};
use futures::future::LocalBoxFuture;
use serde::Serialize;
use shared::database::{PlatformDb, TenantDb};
use shared::error::ApiError;
use shared::id::{IdSource, TenantId};
use shared::job::Job;
use shared::platform::{Platform, Wake};
use shared::store;
use shared::tenant::Tenant;

use super::accounts::second_factor::enrol;
use super::sla::{fire, recompute};
use super::{
    alerts, audit, departments, directories, forget, imports, inbound, outbox, push, ratings, reminders, snoozes, sso, tickets,
    uploads,
};
use crate::context::Ctx;

/// Tenants that one question reads.
const TENANTS_AT_ONCE: u32 = 100;

/// One duty.
struct Duty {
    name: &'static str,
    /// The kind of job that calls it beside the sweep: `outbox` or `sla`.
    also_on: Option<&'static str>,
    /// Does what is due, and says how much that was.
    work: for<'a, 'b> fn(&'a Ctx<'b>) -> LocalBoxFuture<'a, Result<usize, ApiError>>,
}

/// Every duty of the product, in the order in which a sweep does them: what makes mail comes before what sends it.
const DUTIES: &[Duty] = &[
    Duty { name: "sla_zones", also_on: None, work: |ctx| Box::pin(recompute::follow_zones(ctx)) },
    Duty { name: "sla_recompute", also_on: Some("sla"), work: |ctx| Box::pin(recompute::recompute_due(ctx, SLA_AT_ONCE)) },
    Duty { name: "sla", also_on: Some("sla"), work: |ctx| Box::pin(fire::fire_due(ctx, SLA_AT_ONCE)) },
    Duty { name: "pending", also_on: Some("sla"), work: |ctx| Box::pin(tickets::pending::send_due(ctx, AT_ONCE)) },
    Duty { name: "snoozes", also_on: Some("sla"), work: |ctx| Box::pin(snoozes::wake_due(ctx, AT_ONCE)) },
    Duty { name: "reminders", also_on: Some("sla"), work: |ctx| Box::pin(reminders::ring_due(ctx, AT_ONCE)) },
    Duty { name: "rating_reminders", also_on: None, work: |ctx| Box::pin(ratings::remind_due(ctx, AT_ONCE)) },
    Duty { name: "auto_close", also_on: None, work: |ctx| Box::pin(tickets::auto_close_due(ctx, AT_ONCE)) },
    Duty { name: "watch", also_on: None, work: |ctx| Box::pin(alerts::watch::watch(ctx)) },
    Duty { name: "inbound", also_on: None, work: |ctx| Box::pin(inbound::process_received(ctx, MAILS_IN_AT_ONCE)) },
    Duty {
        name: "outbox",
        also_on: Some("outbox"),
        work: |ctx| Box::pin(async move { Ok(outbox::deliver_due(ctx, MAILS_AT_ONCE).await?.total()) }),
    },
    Duty { name: "imports", also_on: Some("outbox"), work: |ctx| Box::pin(imports::run::run_due(ctx)) },
    Duty { name: "departments", also_on: Some("outbox"), work: |ctx| Box::pin(departments::move_due(ctx, AT_ONCE)) },
    Duty { name: "old_imports", also_on: None, work: |ctx| Box::pin(imports::forget_old(ctx)) },
    Duty { name: "push", also_on: Some("outbox"), work: |ctx| Box::pin(push::deliver_due(ctx, NOTICES_AT_ONCE)) },
    Duty { name: "expired_uploads", also_on: None, work: |ctx| Box::pin(uploads::forget_expired(ctx, AT_ONCE)) },
    Duty { name: "audit_seals", also_on: None, work: |ctx| Box::pin(audit::seal::seal_due(ctx)) },
    Duty { name: "reseal", also_on: None, work: |ctx| Box::pin(enrol::reseal_due(ctx, AT_ONCE)) },
    Duty { name: "directory_keys", also_on: None, work: |ctx| Box::pin(directories::reseal::reseal_due(ctx)) },
    Duty { name: "identity_provider_keys", also_on: None, work: |ctx| Box::pin(sso::reseal::reseal_due(ctx)) },
    Duty { name: "directories", also_on: None, work: |ctx| Box::pin(directories::sync::sync_due(ctx)) },
    Duty { name: "forget", also_on: None, work: |ctx| Box::pin(forget::forget(ctx)) },
];

/// Due moments that one run looks at: each ticket costs a round trip.
const SLA_AT_ONCE: usize = 200;
/// Mails that one run carries out: each may take its transport's whole time limit, five go side by side.
const MAILS_AT_ONCE: usize = 50;
/// Notices that one run hands over to push services, five side by side.
const NOTICES_AT_ONCE: usize = 50;
/// Mails that a crash left behind, at once: each is read whole.
const MAILS_IN_AT_ONCE: u32 = 10;
/// Things that a duty does in one run; what is left comes with the next.
const AT_ONCE: u32 = 50;

/// What came of a job.
#[derive(Debug, Default)]
pub struct JobReport {
    /// What was done: duty and amount, only where there was something to do.
    pub done: Vec<(&'static str, usize)>,
    /// What failed: duty and cause, for the log. The job wants to be tried again.
    pub failures: Vec<String>,
    /// What to do next.
    pub wakes: Vec<Wake>,
    /// What the tenant's clock must be told.
    pub settled: Option<Settled>,
}

/// The SLA work that was due is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Whose.
    pub tenant: TenantId,
    /// When the work began: what was armed since then is not meant.
    pub began: DateTime<Utc>,
    /// The next due moment that the database holds.
    pub next: Option<DateTime<Utc>>,
}

impl JobReport {
    /// One JSON line for the log.
    pub fn log_line(&self, job: &Job) -> String {
        #[derive(Serialize)]
        struct Line<'a> {
            job: &'static str,
            tenant: &'a str,
            done: &'a [(&'static str, usize)],
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            failures: &'a [String],
        }
        let line = Line { job: job.kind(), tenant: job.tenant().as_str(), done: &self.done, failures: &self.failures };
        serde_json::to_string(&line).unwrap_or_default()
    }

    fn failed(cause: String) -> Self {
        Self { failures: vec![cause], ..Self::default() }
    }
}

/// Runs a job. A tenant that the platform does not know (any more) has nothing due, and its clock may rest.
pub async fn run(platform: &dyn Platform, job: &Job) -> JobReport {
    let began = platform.now();
    let tenant = match tenant(platform, job.tenant()).await {
        Ok(Some(tenant)) => tenant,
        Ok(None) => {
            return JobReport {
                settled: Some(Settled { tenant: job.tenant().clone(), began, next: None }),
                ..JobReport::default()
            };
        }
        Err(error) => return JobReport::failed(words(&error)),
    };
    let Some(database) = platform.database(tenant.database()) else {
        return JobReport::failed("the tenant's database is not bound".to_owned());
    };
    let request_id = IdSource::new(platform.now(), platform).hex();
    let ctx = Ctx::for_job(platform, &tenant, TenantDb::new(database.as_ref(), &tenant), request_id);
    let mut report = JobReport::default();
    for duty in DUTIES.iter().filter(|duty| is_asked_for(duty, job)) {
        match (duty.work)(&ctx).await {
            Ok(0) => {}
            Ok(count) => report.done.push((duty.name, count)),
            Err(error) => report.failures.push(format!("{}: {}", duty.name, words(&error))),
        }
    }
    if !matches!(job, Job::Outbox { .. }) && report.failures.is_empty() {
        match settled(&ctx, began).await {
            Ok(settled) => report.settled = settled,
            Err(error) => report.failures.push(format!("next due: {}", words(&error))),
        }
    }
    report.wakes = ctx.after.into_wakes();
    report
}

/// What the clock is told afterwards. When something is still due, nothing: the clock then rings again by itself.
async fn settled(ctx: &Ctx<'_>, began: DateTime<Utc>) -> Result<Option<Settled>, ApiError> {
    let next = store::jobs::due(&ctx.db.run(store::jobs::next_due()).await?)?;
    let is_done = next.is_none_or(|next| next > began);
    Ok(is_done.then(|| Settled { tenant: ctx.tenant.id().clone(), began, next }))
}

/// A sweep for each tenant, for the queue to spread over many runs.
pub async fn sweeps(platform: &dyn Platform) -> Result<Vec<Job>, ApiError> {
    let database = platform.database("PLATFORM_DB").ok_or_else(|| ApiError::unavailable("no PLATFORM_DB"))?;
    let db = PlatformDb::new(database.as_ref());
    let mut jobs = Vec::new();
    let mut after = String::new();
    loop {
        let page = store::platform::tenants(&db.run(store::platform::tenants_after(&after, TENANTS_AT_ONCE)).await?)?;
        let Some(last) = page.last() else { return Ok(jobs) };
        last.id().as_str().clone_into(&mut after);
        jobs.extend(page.iter().map(|tenant| Job::Sweep { tenant: tenant.id().clone() }));
    }
}

/// Every duty of every tenant at once: for tests, and for a console that wants it done now.
pub async fn sweep(platform: &dyn Platform) -> JobReport {
    let jobs = match sweeps(platform).await {
        Ok(jobs) => jobs,
        Err(error) => return JobReport::failed(words(&error)),
    };
    let mut whole = JobReport::default();
    for job in jobs {
        let report = run(platform, &job).await;
        whole.done.extend(report.done);
        whole.failures.extend(report.failures);
        whole.wakes.extend(report.wakes);
    }
    whole
}

fn is_asked_for(duty: &Duty, job: &Job) -> bool {
    matches!(job, Job::Sweep { .. }) || duty.also_on == Some(job.kind())
}

async fn tenant(platform: &dyn Platform, id: &TenantId) -> Result<Option<Tenant>, ApiError> {
    let database = platform.database("PLATFORM_DB").ok_or_else(|| ApiError::unavailable("no PLATFORM_DB"))?;
    let rows = PlatformDb::new(database.as_ref()).run(store::platform::tenant_by_id(id.as_str())).await?;
    Ok(store::platform::tenants(&rows)?.into_iter().next())
}

/// An error as the log shows it.
fn words(error: &ApiError) -> String {
    format!("{} {}", error.code, error.cause.as_deref().unwrap_or_default())
}
