//! The portal as an app on a telephone or a desktop: what browsers ask for to install it, and the page for when there is no network.

pub mod icon;
pub mod manifest;
pub mod offline;
pub mod share;
