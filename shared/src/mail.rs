//! Mail without a network: what a message says, which ticket it belongs to, and how ours is written.
//!
//! Everything here is pure: bytes and facts in, decisions and bytes out. The edge carries the bytes,
//! the store answers the look-ups. Sources of the rules: RFC 5321 and 5322 (mail), 2045 to 2049 (MIME),
//! 3834 (automatic answers), 3464 (bounces), 8601 (authentication results).

pub mod address;
pub mod auto;
pub mod backstop;
pub mod compose;
pub mod inline;
pub mod kind;
pub mod limits;
pub mod parse;
pub mod quote;
pub mod reason;
pub mod sanitize;
pub mod smtp;
pub mod templates;
pub mod thread;
pub mod token;

pub use address::Mailbox;
pub use auto::AutoClass;
pub use kind::Kind;
pub use parse::{Envelope, InboundMail};
pub use reason::Reason;
