//! The audit log as evidence: what of a line is hidden, how lines are chained, signed and checked.
//!
//! Each line of a tenant has a place in a sequence without gaps. A seal is SHA-256 of the seal before and the line ([`chain`]), so a seal
//! stands for everything up to its place; a checkpoint is a seal that the product has signed ([`Checkpoint`]), kept where whoever can
//! write into the database cannot. [`verify`] compares the three and names what does not fit. All of it is pure: rows come and go
//! through `store::audit` and `store::audit_chain`.

pub mod chain;
mod checkpoint;
mod mask;
pub mod verify;

pub use chain::{Line, Seal};
pub use checkpoint::{Checkpoint, Keys};
pub use mask::mask;
pub use verify::{Fault, FaultKind};

#[cfg(test)]
mod tests;
