//! How tickets stand to each other: merged, split, linked; who follows them; and many changed at once.

pub mod bulk;
mod follow;
mod links;
mod merge;
mod split;

pub use bulk::{BulkIn, BulkResult, bulk};
pub use follow::{Follower, follow, unfollow};
pub use links::{LinkKind, LinkView, link, links, unlink, views as link_views};
pub use merge::{merge, unmerge};
pub use split::split;
