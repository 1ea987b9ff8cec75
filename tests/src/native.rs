//! The platform on one's own machine: SQLite for D1, memory for files, a list for mail, a clock that stands still.

mod cryptography;
mod database;
mod fake_directory;
mod fake_provider;
mod files;
mod platform;

pub use cryptography::{NativeCryptography, to_jwk};
pub use database::NativeDatabase;
pub use fake_directory::{FakeDirectory, Lie};
pub use fake_provider::{FakeProvider, Signature, Told};
pub use files::MemoryFiles;
pub use platform::{NativePlatform, PushedNotice, Unreachable, test_config};
