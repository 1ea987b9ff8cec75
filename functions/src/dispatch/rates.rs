//! How many requests somebody may send.
//!
//! Who is not signed in is counted by address (of IPv6 by the subscriber's network), who is by account, a program by its key, and what all
//! accounts behind one address send by a wide ceiling. So nobody uses up what is a neighbour's, be they neighbours in one office or in one
//! tenant: a request that is refused counts against nobody, and the tenant's own ceilings are so much wider that no single address or
//! account fills them.
//!
//! An isolate counts by itself, which costs nothing; the platform's limiter counts for all isolates of a place. Neither asks a database.
//! Whose credential it is has to be looked up; so that this costs nothing either once somebody asks too much, the isolate remembers which
//! credentials were refused and until when, and which were good: where an address has tried too many that are none, only those are still
//! looked up. Signing in is counted once more where it must be exact, see `actions::accounts::throttle`.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use shared::access::{Access, Actor};
use shared::auth::signer::sha256_hex;
use shared::error::ApiError;
use shared::http::{Headers, Request};
use shared::limits::{COUNTS_MAX, KNOWN_CREDENTIAL_SECONDS, RATE_ADDRESS_TIMES, RATE_TENANT_TIMES};
use shared::rate::{self, Class, Count, Rate, Standing};
use shared::tenant::{Settings, Tenant};

use super::{Arrival, cookie_name};
use crate::actions::accounts::throttle::network;
use crate::actions::oauth::TOKEN_PATH;
use crate::routes::Route;

/// Slices of one count that are tried: they do not fill evenly.
const SLICES_TRIED: u32 = 3;
/// Seconds to wait when the platform's limiter refuses; it counts by the minute and does not say when one began.
const VOLUME_WAIT_SECONDS: i64 = 60;

/// What an isolate remembers of who sent how much: each with the moment at which it can be forgotten.
#[derive(Default)]
pub struct Rates {
    /// Counts, by who is counted.
    counts: RefCell<HashMap<String, DateTime<Utc>>>,
    /// Credentials that were refused, by their digests.
    refused: RefCell<HashMap<String, (DateTime<Utc>, Told)>>,
    /// Credentials that were somebody's, by their digests.
    good: RefCell<HashMap<String, DateTime<Utc>>>,
}

impl Rates {
    /// Counts one more of `key`.
    fn count(&self, key: String, rate: Rate, now: DateTime<Utc>) -> Count {
        let mut counts = self.counts.borrow_mut();
        make_room(&mut counts, |full_at| *full_at > now);
        let count = rate.count(counts.get(&key).copied().unwrap_or(now), now);
        if let Count::Within { full_at, .. } = count {
            counts.insert(key, full_at);
        }
        count
    }

    /// What counting one more of `key` would say.
    fn look(&self, key: &str, rate: Rate, now: DateTime<Utc>) -> Count {
        rate.count(self.counts.borrow().get(key).copied().unwrap_or(now), now)
    }

    fn refuse(&self, credential: String, until: DateTime<Utc>, told: Told, now: DateTime<Utc>) {
        let mut refused = self.refused.borrow_mut();
        make_room(&mut refused, |(until, _)| *until > now);
        refused.insert(credential, (until, told));
    }

    /// For how long a credential is still refused, and what is said of it.
    fn refusal(&self, credential: &str, now: DateTime<Utc>) -> Option<(i64, Told)> {
        let refused = self.refused.borrow();
        let (until, told) = refused.get(credential).filter(|(until, _)| *until > now)?;
        Some((rate::seconds(*until - now), *told))
    }

    fn is_good(&self, credential: &str, now: DateTime<Utc>) -> bool {
        self.good.borrow().get(credential).is_some_and(|until| *until > now)
    }

    fn note_good(&self, credential: &str, now: DateTime<Utc>) {
        let mut good = self.good.borrow_mut();
        make_room(&mut good, |until| *until > now);
        good.insert(credential.to_owned(), now + TimeDelta::seconds(KNOWN_CREDENTIAL_SECONDS));
    }
}

/// Makes room for one more: what is over goes first. So many at once that are not is a flood from everywhere; the platform's limiter goes on
/// counting.
fn make_room<T>(map: &mut HashMap<String, T>, is_needed: impl Fn(&T) -> bool) {
    if map.len() >= COUNTS_MAX {
        map.retain(|_, entry| is_needed(entry));
        if map.len() >= COUNTS_MAX {
            map.clear();
        }
    }
}

/// Counts the look-up of a host that is not remembered, of which there may be any number.
pub(super) fn admit_host(arrival: &Arrival<'_>) -> Result<(), ApiError> {
    let rate = Settings::default().rate().times(arrival.platform.config().rate_factor);
    let key = format!("-/host/{}", network(&arrival.network));
    match arrival.memory.rates.count(key, rate, arrival.started) {
        Count::Within { .. } => Ok(()),
        Count::Over { retry_after_seconds, .. } => Err(ApiError::rate_limited(retry_after_seconds)),
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
    /// The digest of the token or cookie that the request carries, good or not; bound to tenant and address, from where it may be good.
    claim: Option<String>,
}

impl<'a> Meter<'a> {
    /// For a request to `route`, or to a path that leads nowhere.
    pub fn of(arrival: &'a Arrival<'a>, tenant: Option<&'a Tenant>, route: Option<&Route>, request: &Request) -> Self {
        let is_service = route.is_some_and(|route| route.access == Access::Service);
        let path = route.map_or("", |route| route.path);
        let network = network(&arrival.network);
        let credential = request.headers.get("authorization").or_else(|| request.headers.cookie(cookie_name(request.https)));
        // Those of a client that asks for a token are for the route to read.
        let credential = credential.filter(|_| path != TOKEN_PATH);
        let of = tenant.map_or("-", |tenant| tenant.id().as_str());
        let claim = credential.map(|credential| sha256_hex(format!("{of}/{network}/{credential}").as_bytes()));
        Self { arrival, tenant, class: Class::of(path, request.method.is_safe(), is_service), network, claim }
    }

    /// Before anybody is looked up.
    pub async fn at_the_door(&self, told: &mut Told) -> Result<(), ApiError> {
        let Some(claim) = &self.claim else { return self.visitor(told).await };
        let (rates, now) = (&self.arrival.memory.rates, self.arrival.started);
        if let Some((seconds, standing)) = rates.refusal(&self.refused(claim), now) {
            *told = standing;
            return Err(ApiError::rate_limited(seconds));
        }
        if !rates.is_good(claim, now)
            && let Count::Over { standing, retry_after_seconds } = rates.look(&self.untrue(), self.rate(Class::General), now)
        {
            *told = Some(("address", standing));
            return Err(ApiError::rate_limited(retry_after_seconds));
        }
        let ceiling = self.rate(self.class).times(RATE_ADDRESS_TIMES);
        self.within(&self.key(self.class, "network", &self.network), ceiling, "address", told).map(|_| *told = None)
    }

    /// Once it is known who asks. A credential that turned out to be none makes a visitor.
    pub async fn of_actor(&self, actor: &Actor, told: &mut Told) -> Result<(), ApiError> {
        let Some(claim) = &self.claim else { return Ok(()) };
        if matches!(actor, Actor::Anonymous) {
            return self.of_nobody(told).await;
        }
        self.arrival.memory.rates.note_good(claim, self.arrival.started);
        let (kind, who) = actor.key().map_or_else(|| ("account", actor.reference()), |key| ("key", key.id.as_str().to_owned()));
        let counted = self.all(&self.key(self.class, kind, &who), self.class, kind, "people", told).await;
        self.noted(claim, counted, *told)
    }

    /// A credential that is nobody's.
    pub async fn of_nobody(&self, told: &mut Told) -> Result<(), ApiError> {
        let Some(claim) = &self.claim else { return self.visitor(told).await };
        self.arrival.memory.rates.count(self.untrue(), self.rate(Class::General), self.arrival.started);
        let counted = self.visitor(told).await;
        self.noted(claim, counted, *told)
    }

    /// Remembers a credential that is refused for as long as it would be anyway, so that nobody has to look it up.
    fn noted(&self, claim: &str, counted: Result<(), ApiError>, told: Told) -> Result<(), ApiError> {
        let refusal = counted.as_ref().err().and_then(|error| error.retry_after_seconds);
        if let Some(seconds) = refusal {
            let now = self.arrival.started;
            self.arrival.memory.rates.refuse(self.refused(claim), now + TimeDelta::seconds(seconds), told, now);
        }
        counted
    }

    fn refused(&self, claim: &str) -> String {
        format!("{}/{claim}", self.class.as_str())
    }

    /// Credentials of nobody's from this address.
    fn untrue(&self) -> String {
        self.key(Class::General, "untrue", &self.network)
    }

    /// A request without credentials.
    pub async fn visitor(&self, told: &mut Told) -> Result<(), ApiError> {
        // The mail door is wide for those who have its key.
        let class = if self.class == Class::MailDoor { Class::General } else { self.class };
        let key = self.key(class, "address", &self.network);
        self.all(&key, class, "address", "visitors", told).await
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
