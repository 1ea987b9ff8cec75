//! `/api/inbound`: doors for machines that bring mail.

pub mod email;
