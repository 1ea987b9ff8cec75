//! Directories of companies: set up, asked when somebody signs in, and gone through now and then.

pub mod configure;
pub mod link;
pub mod probe;
mod reach;
pub mod reseal;
pub mod sign_in;
pub mod sync;

use shared::store::directories::Directory;

use super::provision::Source;

/// A directory as the audit log names it.
fn source(directory: &Directory) -> Source<'_> {
    Source { kind: "directory", id: directory.id.as_str() }
}
