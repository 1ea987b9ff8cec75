//! The pages of signing in and out.

pub mod confirm;
pub mod confirm_code;
pub mod confirm_form;
pub mod login;
pub mod login_form;
pub mod logout;
pub mod logout_everywhere;
pub mod next;
pub mod verify;
pub mod verify_code;
pub mod verify_form;
