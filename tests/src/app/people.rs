//! The two tenants and their people, one a role.

use std::collections::HashMap;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use shared::auth::{access_token, password, signer};
use shared::database::{PlatformDb, TenantDb};
use shared::i18n::Locale;
use shared::id::{IdSource, SessionId, TenantId, UserId};
use shared::platform::Platform;
use shared::store::{platform as store, provisioning};
use shared::tenant::{Settings, Tenant, TenantRecord};

use crate::native::NativePlatform;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery staple";

/// A person and the sessions that tests use.
#[derive(Clone)]
pub(super) struct Login {
    pub tenant: TenantId,
    pub user: UserId,
    pub email: String,
    pub api_session: SessionId,
    pub browser_session: SessionId,
    pub cookie: String,
}

impl Login {
    /// An access token as of now.
    pub fn access_token(&self, platform: &NativePlatform) -> String {
        access_token::issue(&platform.config.jwt_secret, &self.tenant, &self.user, &self.api_session, platform.now())
            .expect("a token")
    }
}

/// The sessions of a login as of now.
pub(super) fn sign_in_again(connection: &rusqlite::Connection, login: &Login, now: DateTime<Utc>) {
    let begun = "UPDATE sessions SET created_at = ?1, verified_at = NULL, seen_at = NULL WHERE id IN (?2, ?3)";
    let values = (now.timestamp_millis(), login.api_session.as_str(), login.browser_session.as_str());
    connection.execute(begun, values).expect("the sessions are there");
}

/// The id of a test tenant: readable, so that a leak is seen at once.
pub(super) fn tenant_id(slug: &str) -> TenantId {
    let digit = if slug == "acme" { 'a' } else { 'b' };
    TenantId::parse(&format!("tnt_{}", digit.to_string().repeat(32))).expect("an id")
}

/// Creates both tenants; `globex` in the database that `globex_binding` names.
pub(super) async fn create(platform: &NativePlatform, globex_binding: &str) -> HashMap<(String, String), Login> {
    let mut people = HashMap::new();
    let now = platform.now();
    let ids = IdSource::new(now, platform);
    let tenants =
        [("acme", "TENANT_DB_1", Locale::Ru, Tz::Europe__Moscow), ("globex", globex_binding, Locale::En, Tz::America__New_York)];
    for (slug, binding, locale, zone) in tenants {
        let record = TenantRecord {
            id: tenant_id(slug),
            slug: slug.to_owned(),
            name: slug.to_uppercase(),
            locale,
            zone,
            database: binding.to_owned(),
            canonical_host: format!("{slug}.example"),
            settings: Settings { ticket_prefix: slug.to_uppercase(), ..Settings::default() },
        };
        let platform_db: Rc<dyn shared::database::Database> = platform.database("PLATFORM_DB").expect("bound");
        PlatformDb::new(platform_db.as_ref()).batch(store::insert_tenant(&record, now)).await.expect("the tenant is new");
        let tenant = Tenant::from_record(record);
        let database = platform.database(binding).expect("bound");
        let db = TenantDb::new(database.as_ref(), &tenant);
        let organization = ids.next();
        let department = ids.next();
        let mut batch = vec![
            provisioning::organization(&organization, &format!("{slug} client company"), "standard", now),
            provisioning::department(&department, "First line", 0),
            provisioning::category("sales", "Sales", Some(&department), 0),
            provisioning::category("accounting", "Accounting", None, 1),
        ];
        for role in shared::access::Role::ALL {
            let user: UserId = ids.next();
            let email = format!("{}@{slug}.example", role.as_str());
            let hash = password::hash(PASSWORD, platform.config.argon2, platform).expect("a hash");
            batch.push(provisioning::user(&provisioning::NewUser {
                id: user.clone(),
                email: email.clone(),
                name: format!("{slug} {}", role.as_str()),
                role,
                password_hash: Some(hash),
                locale: None,
                organization: (!role.is_staff()).then(|| organization.clone()),
                department: role.is_staff().then(|| department.clone()),
                created_at: now,
            }));
            let (api_session, browser_session): (SessionId, SessionId) = (ids.next(), ids.next());
            let cookie = ids.secret(32);
            let far = now + chrono::TimeDelta::days(3650);
            batch.push(provisioning::session(&api_session, &user, "api", None, now, far));
            batch.push(provisioning::session(
                &browser_session,
                &user,
                "browser",
                Some(&signer::sha256_hex(cookie.as_bytes())),
                now,
                far,
            ));
            people.insert(
                (slug.to_owned(), role.as_str().to_owned()),
                Login { tenant: tenant.id().clone(), user, email, api_session, browser_session, cookie },
            );
        }
        db.batch(batch).await.expect("the people are new");
    }
    people
}
