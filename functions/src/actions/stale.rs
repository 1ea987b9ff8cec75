//! Changes that were written too late, because somebody else was quicker, and are made again on what is there now.

use shared::error::ApiError;

use crate::entity_tag::IfMatch;

/// How often a change is tried when others change the same row at the same moment.
pub const TRIES_MAX: u32 = 5;

/// How often a change of this version is tried. Whoever names a version wants to hear that it is gone.
pub fn tries(if_match: IfMatch) -> u32 {
    if if_match == IfMatch::Any { TRIES_MAX } else { 1 }
}

/// Makes an attempt, which loads and writes, and once more while somebody else was quicker (`stale_version`), `tries_max` times in all.
/// The last answer stands, whatever it is.
pub async fn again<T>(tries_max: u32, mut attempt: impl AsyncFnMut() -> Result<T, ApiError>) -> Result<T, ApiError> {
    let mut tries = 1;
    loop {
        match attempt().await {
            Err(error) if error.code == "stale_version" && tries < tries_max => tries += 1,
            result => return result,
        }
    }
}
