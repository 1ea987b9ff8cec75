//! How many requests somebody may send.
//!
//! Who is not signed in is counted by address (of IPv6 by the subscriber's network), who is by account, and what all accounts behind one
//! address send by a wide ceiling. So nobody uses up what is a neighbour's, be they neighbours in one office or in one tenant: a request
//! that is refused counts against nobody, and the tenant's own ceilings are so much wider that no single address or account fills them.
//!
//! An isolate counts by itself, which costs nothing; the platform's limiter counts for all isolates of a place. Neither asks a database.
//! Signing in is counted once more where it must be exact, see `actions::accounts::throttle`.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::{DateTime, Utc};
use shared::access::{Access, Actor};
use shared::error::ApiError;
use shared::http::{Headers, Request};
use shared::limits::{COUNTS_MAX, RATE_ADDRESS_TIMES, RATE_TENANT_TIMES};
use shared::rate::{Class, Count, Rate, Standing};
use shared::tenant::{Settings, Tenant};

use super::{Arrival, cookie_name};
use crate::actions::accounts::throttle::network;
use crate::routes::Route;

/// Slices of one count that are tried: they do not fill evenly.
const SLICES_TRIED: u32 = 3;
/// Seconds to wait when the platform's limiter refuses; it counts by the minute and does not say when one began.
const VOLUME_WAIT_SECONDS: i64 = 60;

/// What an isolate remembers of who sent how much.
#[derive(Default)]
pub struct Rates(RefCell<HashMap<String, DateTime<Utc>>>);

impl Rates {
    /// Counts one more of `key`.
    fn count(&self, key: String, rate: Rate, now: DateTime<Utc>) -> Count {
        let mut counts = self.0.borrow_mut();
        if counts.len() >= COUNTS_MAX && !counts.contains_key(&key) {
            counts.retain(|_, full_at| *full_at > now);
            // So many at once is a flood from everywhere: the platform's limiter goes on counting.
            if counts.len() >= COUNTS_MAX {
                counts.clear();
            }
        }
        let count = rate.count(counts.get(&key).copied().unwrap_or(now), now);
        if let Count::Within { full_at, .. } = count {
            counts.insert(key, full_at);
        }
        count
    }
}

/// What is said of it in the answer: by what was counted, and how that stands.
pub(super) type Told = Option<(&'static str, Standing)>;

/// Adds the fields of draft-ietf-httpapi-ratelimit-headers.
pub(super) fn tell(headers: &mut Headers, told: Told) {
    if let Some((name, standing)) = told {
        headers.set("ratelimit-policy", standing.policy(name));
        headers.set("ratelimit", standing.state(name));
    }
}

/// Counts one request.
pub(super) struct Meter<'a> {
    arrival: &'a Arrival<'a>,
    tenant: Option<&'a Tenant>,
    class: Class,
    network: String,
    /// Whether the request carries a token or cookie, good or not.
    claims: bool,
}

impl<'a> Meter<'a> {
    /// For a request to `route`, or to a path that leads nowhere.
    pub fn of(arrival: &'a Arrival<'a>, tenant: Option<&'a Tenant>, route: Option<&Route>, request: &Request) -> Self {
        let is_service = route.is_some_and(|route| route.access == Access::Service);
        let path = route.map_or("", |route| route.path);
        Self {
            arrival,
            tenant,
            class: Class::of(path, request.method.is_safe(), is_service),
            network: network(&arrival.network),
            claims: request.headers.get("authorization").is_some()
                || request.headers.cookie(cookie_name(request.https)).is_some(),
        }
    }

    /// Before anybody is looked up.
    pub async fn at_the_door(&self, told: &mut Told) -> Result<(), ApiError> {
        if !self.claims {
            return self.visitor(told).await;
        }
        let ceiling = self.rate(self.class).times(RATE_ADDRESS_TIMES);
        self.within(&self.key(self.class, "network", &self.network), ceiling, "address", told).map(|_| *told = None)
    }

    /// Once it is known who asks. A credential that turned out to be none makes a visitor.
    pub async fn of_actor(&self, actor: &Actor, told: &mut Told) -> Result<(), ApiError> {
        match actor {
            Actor::Anonymous if self.claims => self.visitor(told).await,
            Actor::Anonymous => Ok(()),
            _ => self.account(&actor.reference(), told).await,
        }
    }

    /// A request without credentials, or with some that are no good.
    pub async fn visitor(&self, told: &mut Told) -> Result<(), ApiError> {
        // The mail door is wide for those who have its key.
        let class = if self.class == Class::MailDoor { Class::General } else { self.class };
        let key = self.key(class, "address", &self.network);
        self.all(&key, class, "address", "visitors", told).await
    }

    async fn account(&self, reference: &str, told: &mut Told) -> Result<(), ApiError> {
        let key = self.key(self.class, "account", reference);
        self.all(&key, self.class, "account", "people", told).await
    }

    /// By one's own key first, then by the tenant's: what is refused before does not count there.
    async fn all(&self, key: &str, class: Class, name: &'static str, crowd: &str, told: &mut Told) -> Result<(), ApiError> {
        let rate = self.rate(class);
        let standing = self.within(key, rate, name, told)?;
        if !self.within_volume(key, rate).await {
            *told = Some((name, Standing { remaining: 0, reset_seconds: VOLUME_WAIT_SECONDS, ..standing }));
            return Err(ApiError::rate_limited(VOLUME_WAIT_SECONDS));
        }
        self.within(&self.key(class, "tenant", crowd), rate.times(RATE_TENANT_TIMES), "tenant", told)?;
        *told = Some((name, standing));
        Ok(())
    }

    fn within(&self, key: &str, rate: Rate, name: &'static str, told: &mut Told) -> Result<Standing, ApiError> {
        match self.arrival.memory.rates.count(key.to_owned(), rate, self.arrival.started) {
            Count::Within { standing, .. } => Ok(standing),
            Count::Over { standing, retry_after_seconds } => {
                *told = Some((name, standing));
                Err(ApiError::rate_limited(retry_after_seconds))
            }
        }
    }

    /// Asks the platform's limiter. Its limit is fixed, so a count is divided into as many slices as make up the rate.
    async fn within_volume(&self, key: &str, rate: Rate) -> bool {
        let platform = self.arrival.platform;
        if platform.config().rate_factor != 1 {
            return true;
        }
        let slices = rate.slices();
        let mut random = [0; 4];
        if slices > 1 {
            platform.fill(&mut random);
        }
        let first = u32::from_le_bytes(random) % slices;
        for slice in 0..slices.min(SLICES_TRIED) {
            if platform.count_volume(&format!("{key}/{}", (first + slice) % slices)).await != Some(false) {
                return true;
            }
        }
        false
    }

    fn rate(&self, class: Class) -> Rate {
        let base = self.tenant.map_or_else(|| Settings::default().rate(), |tenant| tenant.settings().rate());
        class.rate(base).times(self.arrival.platform.config().rate_factor)
    }

    fn key(&self, class: Class, kind: &str, who: &str) -> String {
        let tenant = self.tenant.map_or("-", |tenant| tenant.id().as_str());
        format!("{tenant}/{}/{kind}/{who}", class.as_str())
    }
}
