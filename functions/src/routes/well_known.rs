//! `/.well-known/`: what machines and researchers look for on any host (RFC 8615).

pub mod security_txt;
