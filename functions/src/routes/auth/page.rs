//! The pages of signing in and out.

pub mod login;
pub mod login_form;
pub mod logout;
pub mod logout_everywhere;
pub mod next;
