//! Lists the languages of the product and their texts: each folder of `locales/` is a language, and its Fluent files are compiled in.
//!
//! A language says of itself, in its `format.ftl`, what it is called (`language-name`) and in which direction it is written
//! (`language-direction`, `ltr` or `rtl`).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

struct Language {
    /// The folder's name: a primary language subtag.
    tag: String,
    name: String,
    direction: String,
    /// Names of files and where they are.
    files: Vec<(String, PathBuf)>,
}

impl Language {
    fn read(folder: &Path) -> io::Result<Self> {
        let tag = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !(2..=3).contains(&tag.len()) || !tag.bytes().all(|letter| letter.is_ascii_lowercase()) {
            return Err(io::Error::other(format!("locales/{tag} is not named by a language subtag of two or three letters")));
        }
        let mut files = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|end| end == "ftl") {
                files.push((path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), path));
            }
        }
        files.sort();
        let format = fs::read_to_string(folder.join("format.ftl"))?;
        let said = |key: &str| {
            let line = format.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='));
            line.map(|text| text.trim().to_owned())
                .ok_or_else(|| io::Error::other(format!("locales/{tag}/format.ftl lacks {key}")))
        };
        let (name, direction) = (said("language-name")?, said("language-direction")?);
        if !matches!(direction.as_str(), "ltr" | "rtl") {
            return Err(io::Error::other(format!("locales/{tag}/format.ftl: language-direction is neither ltr nor rtl")));
        }
        Ok(Self { tag, name, direction, files })
    }

    /// `ru` as `Ru`.
    fn variant(&self) -> String {
        let mut letters = self.tag.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    }
}

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("locales");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut folders: Vec<PathBuf> =
        fs::read_dir(&folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    folders.retain(|path| path.is_dir());
    folders.sort();
    let languages = folders.iter().map(|folder| Language::read(folder)).collect::<io::Result<Vec<_>>>()?;
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("locale.rs"), locale(&languages).map_err(io::Error::other)?)?;
    fs::write(out.join("sources.rs"), sources(&languages).map_err(io::Error::other)?)
}

/// The type of all languages.
fn locale(languages: &[Language]) -> Result<String, std::fmt::Error> {
    let mut source = String::from(
        "/// A language in which the product speaks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = \"lowercase\")]
        pub enum Locale {\n",
    );
    for language in languages {
        writeln!(source, "/// {}.\n{},", language.name, language.variant())?;
    }
    writeln!(source, "}}\nimpl Locale {{\n/// Every language.\npub const ALL: [Self; {}] = [", languages.len())?;
    for language in languages {
        writeln!(source, "Self::{},", language.variant())?;
    }
    source.push_str("];\n");
    let mut tell = |doc: &str, name: &str, of: &dyn Fn(&Language) -> String| {
        writeln!(source, "/// {doc}\npub const fn {name}(self) -> &'static str {{\nmatch self {{")?;
        for language in languages {
            writeln!(source, "Self::{} => {:?},", language.variant(), of(language))?;
        }
        source.push_str("}\n}\n");
        Ok::<(), std::fmt::Error>(())
    };
    tell("The tag as used in `lang` attributes, JSON and the database.", "as_str", &|language| language.tag.clone())?;
    tell("What the language calls itself.", "own_name", &|language| language.name.clone())?;
    source.push_str(
        "/// The writing direction, for the `dir` attribute.\npub const fn dir(self) -> &'static str {\nif matches!(self, ",
    );
    let from_the_right: Vec<String> = languages
        .iter()
        .filter(|language| language.direction == "rtl")
        .map(|language| format!("Self::{}", language.variant()))
        .collect();
    writeln!(source, "{}) {{ \"rtl\" }} else {{ \"ltr\" }}\n}}\n}}", from_the_right.join(" | "))?;
    Ok(source)
}

/// What each of them says.
fn sources(languages: &[Language]) -> Result<String, std::fmt::Error> {
    let mut source = String::new();
    for language in languages {
        writeln!(
            source,
            "/// What is said in it, named by file.\nconst {}: &[(&str, &str)] = &[",
            language.variant().to_uppercase()
        )?;
        for (name, path) in &language.files {
            writeln!(source, "({name:?}, include_str!({:?})),", path.to_string_lossy())?;
        }
        source.push_str("];\n");
    }
    source.push_str(
        "/// The Fluent sources of a language, named by file.
        pub const fn sources(locale: Locale) -> &'static [(&'static str, &'static str)] {\nmatch locale {\n",
    );
    for language in languages {
        writeln!(source, "Locale::{} => {},", language.variant(), language.variant().to_uppercase())?;
    }
    source.push_str(
        "}\n}\n/// The identifier that the message formatter takes its plural rules from.
        const fn language(locale: Locale) -> LanguageIdentifier {\nmatch locale {\n",
    );
    for language in languages {
        writeln!(source, "Locale::{} => langid!({:?}),", language.variant(), language.tag)?;
    }
    source.push_str("}\n}\n");
    Ok(source)
}
