//! Work that goes on by the clock.

use functions::actions::jobs;
use shared::id::TenantId;
use shared::job::Job;
use tests::app::TestApp;

fn tenant(digit: &str) -> TenantId {
    TenantId::parse(&format!("tnt_{}", digit.repeat(32))).unwrap()
}

fn count(app: &TestApp, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    app.platform.databases["TENANT_DB_1"].inspect(|connection| connection.query_row(&sql, [], |row| row.get(0)).unwrap())
}

#[test]
fn a_sweep_reaches_every_tenant_once() {
    pollster::block_on(async {
        let app = TestApp::new();
        let mut found: Vec<_> = jobs::sweeps(&app.platform).await.unwrap().iter().map(|job| job.tenant().clone()).collect();
        found.dedup();
        assert_eq!(found, [tenant("a"), tenant("b")]);
    });
}

#[test]
fn a_tenant_that_is_gone_has_nothing_due_and_its_clock_may_rest() {
    pollster::block_on(async {
        let app = TestApp::new();
        let report = jobs::run(&app.platform, &Job::Sla { tenant: tenant("c") }).await;
        assert!(report.failures.is_empty(), "{:?}", report.failures);
        let settled = report.settled.expect("settled");
        assert_eq!((settled.tenant, settled.next), (tenant("c"), None));
    });
}

#[test]
fn sessions_that_ended_long_ago_are_forgotten_and_live_ones_stay() {
    pollster::block_on(async {
        let app = TestApp::new();
        let before = count(&app, "sessions");
        assert!(before > 0);
        app.platform.databases["TENANT_DB_1"].inspect(|connection| {
            let old = app.platform.now.get().timestamp_millis() - 8 * 24 * 3_600_000;
            let changed = connection.execute("UPDATE sessions SET expires_at = ?1 WHERE kind = 'api'", [old]).unwrap();
            assert!(changed > 0);
        });
        let report = jobs::run(&app.platform, &Job::Sweep { tenant: tenant("a") }).await;
        assert!(report.failures.is_empty(), "{:?}", report.failures);
        let left = count(&app, "sessions WHERE kind = 'api'");
        assert_eq!(left, 0);
        assert!(count(&app, "sessions") > 0);
    });
}

#[test]
fn a_job_whose_database_is_missing_fails_and_settles_nothing() {
    pollster::block_on(async {
        let app = TestApp::new();
        app.platform.databases["PLATFORM_DB"].inspect(|connection| {
            connection.execute("UPDATE tenants SET database = 'TENANT_DB_9' WHERE slug = 'acme'", []).unwrap()
        });
        let report = jobs::run(&app.platform, &Job::Sla { tenant: tenant("a") }).await;
        assert_eq!(report.failures.len(), 1);
        assert_eq!(report.settled, None);
    });
}
