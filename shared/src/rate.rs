//! Rates of requests: how many somebody may send, counted as cells that leak (GCRA, ITU-T I.371).
//!
//! A count is one moment, the one at which everything that was sent would have leaked away. So counting costs nothing that grows with
//! the rate, there is no window at whose edge twice as much gets through, and a refused request does not make the wait longer.

use chrono::{DateTime, TimeDelta, Utc};

use crate::limits::{HEALTH_PER_MINUTE, MAIL_DOOR_PER_MINUTE, VOLUME_SLICE};

/// How many requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// That many leak away in a minute.
    pub per_minute: u32,
    /// That many more may come at once.
    pub burst: u32,
}

/// Kinds of requests that are counted apart from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Pages and the API.
    General,
    /// Signing in, registering, asking for a link: what leads to hashes and mails.
    SignIn,
    /// The health page, for monitors.
    Health,
    /// The door of incoming mail, for relays.
    MailDoor,
}

impl Class {
    /// Routes of [`Self::SignIn`].
    pub const SIGN_IN: [&str; 14] = [
        "/login",
        "/login/verify",
        "/login/confirm",
        "/register",
        "/register/confirm",
        "/password/forgot",
        "/password/reset",
        "/profile/password",
        "/api/auth/login",
        "/api/auth/refresh",
        "/api/auth/2fa/verify",
        "/api/auth/step-up",
        "/api/auth/passkeys/sign-in",
        "/api/oauth/token",
    ];

    /// Routes of [`Self::SignIn`] that browsers get: out to a provider of identities, which has it asked for what it says of itself, and
    /// back, which has a code exchanged.
    pub const BY_PROVIDER: [&str; 2] = ["/login/sso/{provider}", "/login/sso/{provider}/callback"];

    /// The class of a route. `access_is_service` says whether only mail relays may use it.
    pub fn of(path: &str, is_safe: bool, access_is_service: bool) -> Self {
        if path == "/api/system/health" {
            Self::Health
        } else if access_is_service {
            Self::MailDoor
        } else if (!is_safe && Self::SIGN_IN.contains(&path)) || Self::BY_PROVIDER.contains(&path) {
            Self::SignIn
        } else {
            Self::General
        }
    }

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::SignIn => "sign-in",
            Self::Health => "health",
            Self::MailDoor => "mail-door",
        }
    }

    /// The rate of one address or account, where `base` is what the tenant sets.
    pub fn rate(self, base: Rate) -> Rate {
        match self {
            Self::General => base,
            Self::SignIn => Rate { per_minute: (base.per_minute / 2).max(1), burst: base.burst / 2 },
            Self::Health => Rate { per_minute: HEALTH_PER_MINUTE, burst: 0 },
            Self::MailDoor => Rate { per_minute: MAIL_DOOR_PER_MINUTE, burst: 0 },
        }
    }
}

impl Rate {
    /// The rate `factor` times.
    pub fn times(self, factor: u32) -> Self {
        Self { per_minute: self.per_minute.saturating_mul(factor), burst: self.burst.saturating_mul(factor) }
    }

    /// How many may come at once, after a rest.
    pub fn capacity(self) -> u32 {
        self.per_minute.saturating_add(self.burst).max(1)
    }

    /// Into how many slices the platform's limiter, whose limit is fixed, divides the count.
    pub fn slices(self) -> u32 {
        self.capacity().div_ceil(VOLUME_SLICE)
    }

    /// Counts one more, where everything so far leaks away at `full_at`.
    pub fn count(self, full_at: DateTime<Utc>, now: DateTime<Utc>) -> Count {
        let cell = TimeDelta::microseconds(60_000_000 / i64::from(self.per_minute.max(1)));
        let room = cell * i32::try_from(self.capacity()).unwrap_or(i32::MAX);
        // More than fits is of a clock that was set back: nobody waits for that.
        let before = if full_at - now > room { now } else { full_at.max(now) };
        let after = before + cell;
        let over = after - now - room;
        if over > TimeDelta::zero() {
            let standing = Standing { limit: self.capacity(), remaining: 0, reset_seconds: seconds(before - now) };
            return Count::Over { standing, retry_after_seconds: seconds(over) };
        }
        let cells_free =
            (room - (after - now)).num_microseconds().unwrap_or(i64::MAX) / cell.num_microseconds().unwrap_or(1).max(1);
        let standing = Standing {
            limit: self.capacity(),
            remaining: u32::try_from(cells_free).unwrap_or(u32::MAX),
            reset_seconds: seconds(after - now),
        };
        Count::Within { standing, full_at: after }
    }
}

/// What counting says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// It may go on; what was sent leaks away at `full_at`.
    Within {
        /// How it stands.
        standing: Standing,
        /// What to remember.
        full_at: DateTime<Utc>,
    },
    /// It may not, and was not counted.
    Over {
        /// How it stands.
        standing: Standing,
        /// When the next one may come.
        retry_after_seconds: i64,
    },
}

/// How a count stands, for the fields `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How many may come at once, after a rest.
    pub limit: u32,
    /// How many may still come now.
    pub remaining: u32,
    /// Until all of them may come again.
    pub reset_seconds: i64,
}

impl Standing {
    /// The field `RateLimit-Policy`: the quota and its window in seconds.
    pub fn policy(self, name: &str) -> String {
        format!("\"{name}\";q={};w=60", self.limit)
    }

    /// The field `RateLimit`: what is left, and the seconds until it is whole again.
    pub fn state(self, name: &str) -> String {
        format!("\"{name}\";r={};t={}", self.remaining, self.reset_seconds)
    }
}

/// Whole seconds, rounded up, one at least.
pub fn seconds(span: TimeDelta) -> i64 {
    let whole = span.num_seconds();
    let is_more = span > TimeDelta::seconds(whole);
    (whole + i64::from(is_more)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_772_434_800_000 + ms).unwrap()
    }

    /// Sends at these moments, in ms, and tells which got through.
    fn sent(rate: Rate, moments: impl Iterator<Item = i64>) -> Vec<bool> {
        let mut full_at = at(0);
        moments
            .map(|ms| match rate.count(full_at, at(ms)) {
                Count::Within { full_at: later, .. } => {
                    full_at = later;
                    true
                }
                Count::Over { .. } => false,
            })
            .collect()
    }

    #[test]
    fn as_many_as_rate_and_burst_come_at_once_and_not_one_more() {
        let through = sent(Rate { per_minute: 100, burst: 20 }, std::iter::repeat_n(0, 200));
        assert_eq!(through.iter().filter(|through| **through).count(), 120);
        assert!(through.iter().take(120).all(|through| *through));
    }

    #[test]
    fn over_a_long_time_no_more_than_the_rate_gets_through() {
        // Ten a second for ten minutes.
        let through = sent(Rate { per_minute: 100, burst: 20 }, (0..6_000).map(|number| number * 100));
        let count = through.iter().filter(|through| **through).count();
        assert!((1_115..=1_120).contains(&count), "{count}");
    }

    #[test]
    fn a_refused_request_does_not_make_the_wait_longer() {
        let rate = Rate { per_minute: 60, burst: 0 };
        let mut moments: Vec<i64> = std::iter::repeat_n(0, 60).collect();
        moments.extend(std::iter::repeat_n(500, 1_000));
        moments.push(1_000);
        assert_eq!(sent(rate, moments.into_iter()).last(), Some(&true));
    }

    #[test]
    fn the_wait_that_is_told_is_enough_and_not_longer_by_a_second() {
        let rate = Rate { per_minute: 7, burst: 0 };
        let mut full_at = at(0);
        for _ in 0..7 {
            let Count::Within { full_at: later, .. } = rate.count(full_at, at(0)) else { panic!("within") };
            full_at = later;
        }
        let Count::Over { retry_after_seconds, standing } = rate.count(full_at, at(0)) else { panic!("over") };
        assert_eq!(standing.remaining, 0);
        assert!(matches!(rate.count(full_at, at(retry_after_seconds * 1_000)), Count::Within { .. }));
        assert!(matches!(rate.count(full_at, at((retry_after_seconds - 1) * 1_000)), Count::Over { .. }));
    }

    #[test]
    fn what_is_left_goes_down_by_one_and_comes_back() {
        let rate = Rate { per_minute: 100, burst: 20 };
        let Count::Within { standing, full_at } = rate.count(at(0), at(0)) else { panic!("within") };
        assert_eq!((standing.limit, standing.remaining, standing.reset_seconds), (120, 119, 1));
        let Count::Within { standing, .. } = rate.count(full_at, at(0)) else { panic!("within") };
        assert_eq!(standing.remaining, 118);
        let Count::Within { standing, .. } = rate.count(full_at, at(60_000)) else { panic!("within") };
        assert_eq!(standing.remaining, 119);
        assert_eq!(standing.policy("address"), "\"address\";q=120;w=60");
        assert_eq!(standing.state("address"), "\"address\";r=119;t=1");
    }

    #[test]
    fn no_rate_and_no_moment_breaks_the_arithmetic() {
        for rate in [
            Rate { per_minute: 0, burst: 0 },
            Rate { per_minute: u32::MAX, burst: u32::MAX },
            Rate { per_minute: 1, burst: u32::MAX },
        ] {
            for full_at in [DateTime::UNIX_EPOCH, at(0), at(1_000_000_000)] {
                assert!(rate.times(1_000).capacity() > 0 && rate.slices() > 0);
                rate.count(full_at, at(0));
            }
        }
    }

    #[test]
    fn a_clock_that_is_set_back_shuts_nobody_out() {
        let rate = Rate { per_minute: 100, burst: 20 };
        assert!(matches!(rate.count(at(3_600_000), at(0)), Count::Within { .. }));
        assert!(matches!(rate.count(at(72_000), at(0)), Count::Over { .. }));
    }

    #[test]
    fn looking_at_the_sign_in_page_is_no_sign_in() {
        assert_eq!(Class::of("/login", true, false), Class::General);
        assert_eq!(Class::of("/login", false, false), Class::SignIn);
        assert_eq!(Class::of("/login/sso/{provider}", true, false), Class::SignIn);
        assert_eq!(Class::of("/api/system/health", true, false), Class::Health);
        assert_eq!(Class::of("/api/inbound/email", false, true), Class::MailDoor);
    }

    #[test]
    fn what_leads_to_hashes_and_mails_has_half_the_rate_and_one_a_minute_at_least() {
        let rate = |per_minute, burst| Class::SignIn.rate(Rate { per_minute, burst });
        assert_eq!(rate(100, 20), Rate { per_minute: 50, burst: 10 });
        assert_eq!(rate(1, 1), Rate { per_minute: 1, burst: 0 });
        let names = [Class::General, Class::SignIn, Class::Health, Class::MailDoor].map(Class::as_str);
        assert_eq!(names, ["general", "sign-in", "health", "mail-door"]);
    }

    #[test]
    fn a_count_is_divided_into_as_many_slices_as_it_fills() {
        let slices = |per_minute| Rate { per_minute, burst: 0 }.slices();
        assert_eq!([1, VOLUME_SLICE, VOLUME_SLICE + 1, 10 * VOLUME_SLICE].map(slices), [1, 1, 2, 10]);
    }

    #[test]
    fn a_wait_is_told_in_whole_seconds_and_is_long_enough() {
        assert_eq!([0, 999, 5_000, 5_001].map(|ms| seconds(TimeDelta::milliseconds(ms))), [1, 1, 5, 6]);
    }
}
