//! Ratings: the agents' figures, and rating by a mailed link.

pub mod agents;
pub mod link;
pub mod link_form;
pub mod page;
pub mod portal_form;
