//! All SQL of the product, one file an aggregate: literal statements in upper case, typed rows, a LIMIT on every list.

pub mod audit;
pub mod platform;
pub mod provisioning;
pub mod queues;
pub mod search;
pub mod sessions;
