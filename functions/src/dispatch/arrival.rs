//! A request at the door.

use chrono::{DateTime, Utc};
use shared::access::Actor;
use shared::http::{Country, Method, Request};
use shared::i18n::Locale;
use shared::id::IdSource;
use shared::platform::Platform;
use shared::tenant::Tenant;

use super::Memory;

/// What is known of a request before anybody is asked.
pub(super) struct Arrival<'a> {
    pub platform: &'a dyn Platform,
    pub memory: &'a Memory,
    pub request_id: String,
    pub nonce: String,
    pub network: String,
    pub country: Country,
    pub user_agent: String,
    pub origin: String,
    pub started: DateTime<Utc>,
    pub accept_language: String,
    pub method: Method,
    pub path: String,
}

impl<'a> Arrival<'a> {
    /// Looks at a request.
    pub fn of(platform: &'a dyn Platform, memory: &'a Memory, request: &Request) -> Self {
        let now = platform.now();
        let ids = IdSource::new(now, platform);
        let port = request.port.map(|port| format!(":{port}")).unwrap_or_default();
        Self {
            platform,
            memory,
            request_id: ids.hex(),
            nonce: ids.secret(16),
            network: request.peer.map(|peer| peer.to_string()).unwrap_or_default(),
            country: request.country.clone(),
            user_agent: request.headers.get("user-agent").unwrap_or_default().chars().take(200).collect(),
            origin: format!("{}://{}{port}", if request.https { "https" } else { "http" }, request.host),
            started: now,
            accept_language: request.headers.get("accept-language").unwrap_or_default().to_owned(),
            method: request.method,
            path: request.path.clone(),
        }
    }

    /// The reader's language: the person's choice, else what the browser asks for, else the tenant's.
    pub fn locale(&self, actor: Option<&Actor>, tenant: Option<&Tenant>) -> Locale {
        let default = tenant.map_or(Locale::En, Tenant::locale);
        actor
            .and_then(Actor::person)
            .and_then(|person| person.locale)
            .unwrap_or_else(|| Locale::negotiate(&self.accept_language, default))
    }
}
