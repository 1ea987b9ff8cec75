//! `TestApp`: the whole product on the native platform, spoken to over its own requests.
//!
//! A test reads as "this actor does this": `app.client("acme").post("/api/tickets", json!({...})).await`. Two tenants exist
//! from the start, `acme` in the shared cell and `globex` in a database of its own, each with one person a role.

mod actor;
mod answer;
mod people;

pub use actor::Caller;
pub use answer::Answer;
pub use people::PASSWORD;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use chrono::{DateTime, TimeDelta, Utc};
use functions::context::Ctx;
use functions::dispatch::{Memory, Outcome, dispatch};
use functions::routes::{ROUTES, Router};
use rusqlite::types::Value as SqlValue;
use shared::database::{PlatformDb, TenantDb};
use shared::http::{Body, Country, Headers, Method, Request, decode_pairs};
use shared::platform::{Platform, Wake};
use shared::store::platform;

use crate::native::{NativeDatabase, NativePlatform, test_config};

/// The product under test.
pub struct TestApp {
    /// Its platform: clock, mail that left, files, databases.
    pub platform: NativePlatform,
    memory: Memory,
    router: Router,
    /// Wake-ups that requests left behind and nobody has carried out yet.
    pub wakes: RefCell<Vec<Wake>>,
    people: HashMap<(String, String), people::Login>,
}

/// Monday, 2 March 2026, 10:00 in Moscow: a working hour of the demo calendars.
pub fn start_of_time() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_434_800, 0).expect("a moment")
}

impl TestApp {
    /// A fresh product with the tenants `acme` and `globex`.
    pub fn new() -> Self {
        Self::with_globex_in("TENANT_DB_2")
    }

    /// The same, with both tenants in one database: there only the statements keep them apart.
    pub fn in_one_cell() -> Self {
        Self::with_globex_in("TENANT_DB_1")
    }

    fn with_globex_in(binding: &str) -> Self {
        let databases = HashMap::from([
            ("PLATFORM_DB".to_owned(), Rc::new(NativeDatabase::in_memory("platform"))),
            ("TENANT_DB_1".to_owned(), Rc::new(NativeDatabase::in_memory("tenant"))),
            ("TENANT_DB_2".to_owned(), Rc::new(NativeDatabase::in_memory("tenant"))),
        ]);
        let platform = NativePlatform::new(start_of_time(), test_config(), databases);
        let people = pollster::block_on(people::create(&platform, binding));
        Self { platform, memory: Memory::default(), router: Router::new(ROUTES), wakes: RefCell::default(), people }
    }

    /// Moves the clock on. The people of [`TestApp::signed_in`] go on as if they had just signed in; whoever signs in by request
    /// grows old.
    pub fn advance(&self, by: TimeDelta) {
        let now = self.platform.now.get() + by;
        self.platform.now.set(now);
        for ((slug, _), login) in &self.people {
            self.tenant_database(slug).inspect(|connection| people::sign_in_again(connection, login, now));
        }
    }

    /// Nobody, on the tenant's host.
    pub fn anon(&self, slug: &str) -> Caller<'_> {
        Caller::anonymous(self, format!("{slug}.example"))
    }

    /// The tenant's person of that role, by access token.
    pub fn signed_in(&self, slug: &str, role: &str) -> Caller<'_> {
        let login = &self.people[&(slug.to_owned(), role.to_owned())];
        Caller::with_session(self, format!("{slug}.example"), login.clone())
    }

    /// The tenant's client.
    pub fn client(&self, slug: &str) -> Caller<'_> {
        self.signed_in(slug, "client")
    }

    /// The tenant's agent.
    pub fn agent(&self, slug: &str) -> Caller<'_> {
        self.signed_in(slug, "agent")
    }

    /// The tenant's manager.
    pub fn manager(&self, slug: &str) -> Caller<'_> {
        self.signed_in(slug, "manager")
    }

    /// The tenant's administrator.
    pub fn admin(&self, slug: &str) -> Caller<'_> {
        self.signed_in(slug, "admin")
    }

    /// The person behind a role.
    pub fn user_id(&self, slug: &str, role: &str) -> String {
        self.people[&(slug.to_owned(), role.to_owned())].user.to_string()
    }

    /// The e-mail address behind a role.
    pub fn email(&self, slug: &str, role: &str) -> String {
        self.people[&(slug.to_owned(), role.to_owned())].email.clone()
    }

    /// The database that holds the tenant's rows.
    pub fn tenant_database(&self, slug: &str) -> &NativeDatabase {
        &self.platform.databases[if slug == "globex" { "TENANT_DB_2" } else { "TENANT_DB_1" }]
    }

    /// What one question to the tenant's database answers: the first column, as text.
    ///
    /// # Panics
    /// On SQL that is wrong.
    pub fn asked(&self, slug: &str, sql: &str) -> Vec<String> {
        self.tenant_database(slug).inspect(|connection| {
            let mut statement = connection.prepare(sql).expect("valid SQL");
            let rows = statement.query_map([], |row| row.get::<_, SqlValue>(0)).expect("rows");
            rows.map(|value| match value.expect("a value") {
                SqlValue::Text(text) => text,
                SqlValue::Integer(number) => number.to_string(),
                SqlValue::Null => "null".to_owned(),
                other => format!("{other:?}"),
            })
            .collect()
        })
    }

    /// Runs work for a tenant as the product itself does, outside of any request.
    ///
    /// # Panics
    /// When there is no such tenant.
    pub async fn as_product<T>(&self, slug: &str, work: impl AsyncFnOnce(&Ctx<'_>) -> T) -> T {
        let database = self.platform.database("PLATFORM_DB").expect("bound");
        let host = platform::tenant_of_host(&format!("{slug}.example"));
        let rows = PlatformDb::new(database.as_ref()).run(host).await.expect("rows");
        let tenant = platform::tenants(&rows).expect("tenants").pop().expect("a tenant");
        let database = self.platform.database(tenant.database()).expect("bound");
        let ctx = Ctx::for_job(&self.platform, &tenant, TenantDb::new(database.as_ref(), &tenant), "job".to_owned());
        work(&ctx).await
    }

    /// Sends a request and carries its wake-ups into [`TestApp::wakes`].
    pub async fn send(&self, request: Request) -> Outcome {
        let mut outcome = dispatch(&self.platform, &self.memory, &self.router, request).await;
        self.wakes.borrow_mut().append(&mut outcome.wakes);
        if let Some(later) = outcome.later.take() {
            later.write(&self.platform).await.expect("what could wait is written");
        }
        outcome
    }

    /// A bare request to a host.
    pub fn request(method: Method, host: &str, target: &str) -> Request {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Request {
            method,
            https: true,
            host: host.to_owned(),
            port: None,
            path: path.to_owned(),
            raw_query: query.to_owned(),
            query: decode_pairs(query.as_bytes()),
            headers: Headers::new(),
            body: Body::Empty,
            peer: Some("192.0.2.7".parse().expect("an address")),
            country: Country::default(),
            params: Vec::new(),
        }
    }
}

impl Default for TestApp {
    fn default() -> Self {
        Self::new()
    }
}
