//! `/agent/views`: the pages of saved views.

pub(super) mod view_form;

pub mod create;
pub mod delete;
pub mod edit;
pub mod list;
pub mod new;
pub mod shift;
pub mod update;
