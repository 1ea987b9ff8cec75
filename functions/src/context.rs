//! What a handler is given beside its request.

mod acts_for;
mod after;
mod blocks;
pub mod directory;
mod once;
mod version;
pub mod words;

pub use acts_for::ActsFor;
pub use after::After;
pub use blocks::{Blocked, Blocks};
pub use directory::{Directories, Directory};
pub use once::Once;
pub use version::ApiVersion;
pub use words::Words;

use std::rc::Rc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use shared::access::{Actor, Circumstances, Permission, Person, Standing};
use shared::auth::signer::Signer;
use shared::database::{PlatformDb, TenantDb};
use shared::error::ApiError;
use shared::http::Country;
use shared::i18n::Locale;
use shared::id::IdSource;
use shared::platform::{Config, Platform, Wake};
use shared::store::idempotency::{self, Key};
use shared::tenant::Tenant;

/// The surroundings of one request to a tenant, or of one job for it.
pub struct Ctx<'a> {
    /// The platform: files, mail, entropy.
    pub platform: &'a dyn Platform,
    /// The tenant that the host named, or the job's.
    pub tenant: &'a Tenant,
    /// The tenant's database.
    pub db: TenantDb<'a>,
    /// Who asks.
    pub actor: Actor,
    /// The right that the route asks for: it must be held for each ticket that the route works on, not just for some.
    pub route_needs: Option<Permission>,
    /// For whom the request is done, where that is not for the actor themselves.
    pub acts_for: ActsFor,
    /// The moment of the request; every row that it writes carries this one.
    pub now: DateTime<Utc>,
    /// Names the request in log, audit and problem details.
    pub request_id: String,
    /// The reader's language.
    pub locale: Locale,
    /// Which version of the API was asked for.
    pub version: ApiVersion,
    /// The client's address, or empty.
    pub network: String,
    /// The country that the platform takes it to be in, if it says so.
    pub country: Country,
    /// What the client calls itself, cut to a sane length.
    pub user_agent: String,
    /// For inline scripts and styles of this page (CSP).
    pub nonce: String,
    /// Where the request was sent: scheme, host and port, for links that stay on this page.
    pub origin: String,
    /// Whether cookies are `Secure`.
    pub https: bool,
    /// What happens once the response is on its way.
    pub after: After,
    /// What this isolate remembers of desks.
    pub directories: Rc<Directories>,
    /// What this isolate remembers of blocked addresses.
    pub blocks: Rc<Blocks>,
    /// The directory's version as the look-up of the session answered it; `None` where no session was looked up.
    pub directory_version: Option<i64>,
    /// How the session of the request stands; `None` where no session was looked up.
    pub standing: Option<Standing>,
    /// The key under which this request is done once.
    pub once: Once,
}

impl<'a> Ctx<'a> {
    /// Surroundings of a job: the product itself acts for the tenant.
    pub fn for_job(platform: &'a dyn Platform, tenant: &'a Tenant, db: TenantDb<'a>, request_id: String) -> Self {
        Self {
            platform,
            tenant,
            db,
            actor: Actor::System,
            route_needs: None,
            acts_for: ActsFor::default(),
            now: platform.now(),
            request_id,
            locale: tenant.locale(),
            version: ApiVersion::CURRENT,
            network: String::new(),
            country: Country::default(),
            user_agent: String::new(),
            nonce: String::new(),
            origin: String::new(),
            https: platform.config().public_scheme == "https",
            after: After::default(),
            directories: Rc::default(),
            blocks: Rc::default(),
            directory_version: None,
            standing: None,
            once: Once::default(),
        }
    }

    /// Settings and secrets.
    pub fn config(&self) -> &Config {
        self.platform.config()
    }

    /// Makes ids of this moment.
    pub fn ids(&self) -> IdSource<'_> {
        IdSource::new(self.now, self.platform)
    }

    /// Signs and verifies our own tokens.
    pub fn signer(&self) -> Signer {
        Signer::new(&self.config().token_secret)
    }

    /// The signed-in person; a route that needs one states [`shared::access::Access::SignedIn`] or a permission.
    pub fn person(&self) -> Result<&Person, ApiError> {
        self.actor.person().ok_or_else(ApiError::unauthenticated)
    }

    /// What policies can ask about the request, beside who asks.
    pub fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            address: &self.network,
            now: self.now.with_timezone(&self.tenant.zone()),
            clients_see_organization: self.tenant.settings().organization_tickets_visible,
        }
    }

    /// The reader's time zone.
    pub fn zone(&self) -> Tz {
        self.actor
            .person()
            .and_then(|person| person.zone.as_deref())
            .and_then(|zone| zone.parse().ok())
            .unwrap_or_else(|| self.tenant.zone())
    }

    /// An absolute link to the tenant's portal, from the stored canonical host, never from the request.
    pub fn link(&self, path: &str) -> String {
        let config = self.config();
        match config.public_port {
            Some(port) => format!("{}://{}:{port}{path}", config.public_scheme, self.tenant.host()),
            None => format!("{}://{}{path}", config.public_scheme, self.tenant.host()),
        }
    }

    /// From now on everything that the request changes is changed once for `key`, which `fingerprint` belongs to.
    pub fn once_for(&self, key: String, fingerprint: String) {
        let key = Key { actor: self.actor.reference(), key, fingerprint, claim: self.request_id.clone() };
        self.db.go_along(idempotency::escort(&key, self.now));
        self.once.set(key);
    }

    /// What the request is about to make will stand at this path of the API: a repetition is answered with it should the answer be lost.
    pub fn comes_to(&self, location: &str) {
        if let Some(key) = self.once.key() {
            self.db.note_done(idempotency::done_at(&key, location));
        }
    }

    /// Asks for work once the response is on its way.
    pub fn wake(&self, wake: Wake) {
        self.after.add(wake);
    }
}

/// The surroundings of a request to the platform's own host, or of one that concerns no tenant.
pub struct PlatformCtx<'a> {
    /// The platform.
    pub platform: &'a dyn Platform,
    /// The platform's own database.
    pub db: PlatformDb<'a>,
    /// An operator, or nobody.
    pub actor: Actor,
    /// The tenant of the host, if the host is a tenant's (routes that answer on any host).
    pub tenant: Option<&'a Tenant>,
    /// The moment of the request.
    pub now: DateTime<Utc>,
    /// Names the request.
    pub request_id: String,
    /// The reader's language.
    pub locale: Locale,
    /// The client's address, or empty.
    pub network: String,
    /// For inline scripts and styles of this page (CSP).
    pub nonce: String,
    /// Whether cookies are `Secure`.
    pub https: bool,
}

impl PlatformCtx<'_> {
    /// Makes ids of this moment.
    pub fn ids(&self) -> IdSource<'_> {
        IdSource::new(self.now, self.platform)
    }

    /// Signs and verifies our own tokens.
    pub fn signer(&self) -> Signer {
        Signer::new(&self.platform.config().token_secret)
    }
}
