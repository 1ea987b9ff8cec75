//! Pages for people: the frame, the form, and what is shown when there is no page.

pub mod appearance;
pub mod engine;
pub mod flash;
pub mod form;
pub mod frame;
pub mod picture;
pub mod render;
pub mod show;
pub mod submission;
pub mod view;

mod refusal;

pub use refusal::{page_of, plain_refusal, refusal, unknown_host, wants_problem};
