//! Addresses of the network: ranges of them, and those that the product may be sent to.

pub mod outbound;
pub mod range;
