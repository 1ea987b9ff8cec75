//! Pages for people: the frame, the form, and what is shown when there is no page.

pub mod form;
pub mod view;

mod refusal;

pub use refusal::{plain_refusal, refusal, unknown_host};
