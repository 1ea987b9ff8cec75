//! The pages of protection: what looked like an attack, who is turned away, and how much may be asked for. Administrators.

pub mod alert_acknowledge;
pub mod alert_silence;
pub mod alerts;
pub mod block_create;
pub mod block_remove;
pub mod blocks;
pub mod limits;
pub mod limits_form;
