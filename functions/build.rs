//! Lists the page templates and the names that the asset build gave to its files, so that both are compiled in.
//!
//! `build/release-assets.json` maps plain names to hashed ones (`"app.css": "app-4F2A.css"`) and is read for a release only. While
//! developing and in tests the plain names stand, so that a change of a stylesheet compiles no Rust.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let templates = here.join("templates");
    println!("cargo::rerun-if-changed={}", templates.display());
    let release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let manifest = release.then(|| here.join("../build/release-assets.json"));
    if let Some(path) = &manifest {
        println!("cargo::rerun-if-changed={}", path.display());
    }

    let mut names = Vec::new();
    walk(&templates, &mut names)?;
    names.sort();
    let mut source = String::from("/// Name and text of each template.\npub static TEMPLATES: &[(&str, &str)] = &[\n");
    for path in &names {
        let name = path.strip_prefix(&templates).unwrap_or(path).with_extension("");
        writeln!(source, "({:?}, include_str!({:?})),", name.to_string_lossy(), path.to_string_lossy())
            .map_err(io::Error::other)?;
    }
    source.push_str("];\n/// Plain name and hashed name of each built file.\npub static ASSETS: &[(&str, &str)] = &[\n");
    for (plain, hashed) in assets(&manifest.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default()) {
        writeln!(source, "({plain:?}, {hashed:?}),").map_err(io::Error::other)?;
    }
    source.push_str("];\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("pages.rs"), source)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, found)?;
        } else if path.extension().is_some_and(|end| end == "hbs") {
            found.push(path);
        }
    }
    Ok(())
}

/// Pairs of a flat JSON object of plain texts: the manifest is ours and has no escapes.
fn assets(manifest: &str) -> Vec<(String, String)> {
    let mut texts = manifest.split('"').skip(1).step_by(2).map(str::to_owned);
    let mut pairs = Vec::new();
    while let (Some(plain), Some(hashed)) = (texts.next(), texts.next()) {
        pairs.push((plain, hashed));
    }
    pairs
}
