//! The templates and the built files' names, as the build script found them.

include!(concat!(env!("OUT_DIR"), "/pages.rs"));
