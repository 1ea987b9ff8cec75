//! Directories of companies: set up, asked when somebody signs in, and gone through now and then.

pub mod configure;
pub mod link;
pub mod probe;
mod provision;
mod reach;
pub mod reseal;
pub mod sign_in;
pub mod sync;
