//! `docs/security.md` names tests and files that are there, and has a line for each requirement that it stands for. So does the page of
//! attacks beside it, a test for each.
//!
//! Whether a line is true is for people to say. That what it leans on was not renamed or removed is said here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Requirements of levels 1 and 2 in each chapter of OWASP ASVS 5.0.0, counted in its CSV file.
const REQUIREMENTS: [usize; 17] = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];
/// Where files that the page names can stand; beside them, files of the root.
const FOLDERS: &[&str] =
    &["d1-migrations/", "docs/", "durable-objects/", "functions/", "public/", "scripts/", "shared/", "tests/", ".github/"];
/// How names of files end that the page names.
const ENDINGS: &[&str] = &["rs", "mjs", "ts", "toml", "json", "lock", "md", "hbs", "sql", "yml", "txt", "ftl", "gitignore"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn page() -> String {
    read("docs/security.md")
}

fn read(page: &str) -> String {
    std::fs::read_to_string(root().join(page)).unwrap()
}

/// What stands between backticks, line by line; blocks of code are left out.
fn spans(page: &str) -> Vec<&str> {
    let mut in_block = false;
    let mut spans = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            spans.extend(line.split('`').skip(1).step_by(2));
        }
    }
    spans
}

/// A file that the page names, and a test in it if it names one. `None` for what only looks like code.
fn named(span: &str) -> Option<(&str, Option<&str>)> {
    let (file, test) = match span.split_once(": ") {
        Some((file, test)) => (file, Some(test)),
        None => (span, None),
    };
    let is_file = !file.contains(' ') && file.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending));
    let is_here = !file.contains('/') || FOLDERS.iter().any(|folder| file.starts_with(folder));
    (is_file && is_here).then_some((file, test))
}

/// Whether a source has a test of that name: a function marked as one, or a call of Node's runner with that title.
fn has_test(file: &str, source: &str, name: &str) -> bool {
    if file.contains(".test.") {
        return ['"', '`'].iter().any(|quote| source.contains(&format!("test({quote}{name}{quote},")));
    }
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.starts_with(&format!("fn {name}(")))
        .any(|(at, _)| lines[..at].iter().rev().take_while(|line| line.starts_with("#[")).any(|line| *line == "#[test]"))
}

/// Of each line about a requirement, but for those beyond level 2: its chapter, its number, the state, the evidence.
fn requirements(page: &str) -> Vec<(usize, &str, &str, &str)> {
    let until = page.find("## Beyond level 2").unwrap();
    page[..until]
        .lines()
        .filter_map(|line| line.strip_prefix("| v5.0.0-"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_end_matches(" |").split(" | ").collect();
            let [id, _, state, evidence] = cells[..] else { panic!("not four cells: {line}") };
            (id.split('.').next().unwrap().parse().unwrap(), id, state, evidence)
        })
        .collect()
}

/// What of the page is not there, and how many tests it names.
fn missing(page: &str) -> (BTreeSet<&str>, usize) {
    let mut gone = BTreeSet::new();
    let mut tests = 0;
    for span in spans(page) {
        let Some((file, test)) = named(span) else { continue };
        let Ok(source) = std::fs::read_to_string(root().join(file)) else {
            gone.insert(span);
            continue;
        };
        if let Some(test) = test {
            tests += 1;
            if !has_test(file, &source, test) {
                gone.insert(span);
            }
        }
    }
    (gone, tests)
}

#[test]
fn every_file_and_test_that_the_pages_on_security_name_is_there() {
    for (page, least) in [("docs/security.md", 200), ("docs/security-attacks.md", 150)] {
        let text = read(page);
        let (gone, tests) = missing(&text);
        assert!(tests > least, "{page} was not read: {tests} tests");
        assert!(gone.is_empty(), "{page} names what is not there: {gone:#?}");
    }
}

#[test]
fn every_attack_has_one_line_and_a_test() {
    let page = read("docs/security-attacks.md");
    let lines: Vec<&str> = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| attack |")).collect();
    let mut attacks = BTreeSet::new();
    for line in &lines {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        let [attack, evidence] = cells[..] else { panic!("not two cells: {line}") };
        assert!(attacks.insert((attack.trim(), evidence)), "{attack} stands twice");
        assert!(spans(evidence).into_iter().filter_map(named).any(|(_, test)| test.is_some()), "{attack} has no test");
    }
    assert!(lines.len() > 100, "the page was not read: {} attacks", lines.len());
}

#[test]
fn what_is_not_there_is_noticed() {
    let this = "fn told() {}\n#[test]\n#[ignore]\nfn promised() {}\n";
    assert!(has_test("a.rs", this, "promised"));
    for name in ["told", "promise", "ised"] {
        assert!(!has_test("a.rs", this, name), "{name}");
    }
    assert!(has_test("a.test.mjs", "test(`a ${how} thing`, LIMIT, async", "a ${how} thing"));
    assert!(!has_test("a.test.mjs", "test(\"a thing\", async", "thing"));
    assert_eq!(named("tests/a.rs: that_it_is_so"), Some(("tests/a.rs", Some("that_it_is_so"))));
    assert_eq!(named("Cargo.toml"), Some(("Cargo.toml", None)));
    for other in ["GET /api/tickets", "nosniff", "SMTP_TLS=off", "/api/openapi.json"] {
        assert_eq!(named(other), None, "{other}");
    }
}

#[test]
fn every_requirement_has_one_line_with_a_state_and_what_shows_it() {
    let page = page();
    let mut ids = BTreeSet::new();
    let mut chapters: BTreeMap<usize, usize> = BTreeMap::new();
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    for (chapter, id, state, evidence) in requirements(&page) {
        assert!(ids.insert(id), "{id} has two lines");
        *chapters.entry(chapter).or_default() += 1;
        *states.entry(state).or_default() += 1;
        match state {
            "met" => assert!(evidence.contains('`') || evidence.contains("](#"), "{id} is met, and nothing shows it"),
            "not applicable" | "**not yet**" => assert!(evidence.len() > 10, "{id} does not say why"),
            other => panic!("{id} is in no known state: {other}"),
        }
    }
    let expected: BTreeMap<usize, usize> = (1..).zip(REQUIREMENTS).collect();
    assert_eq!(chapters, expected);
    let said = format!(
        "{} are met, {} do not apply, {} are not met yet.",
        states["met"], states["not applicable"], states["**not yet**"]
    );
    assert!(page.contains(&said), "the page should say: {said}");
}

#[test]
fn every_link_of_the_pages_on_security_leads_somewhere() {
    for (file, folder) in [("docs/security.md", "docs"), ("docs/security-attacks.md", "docs"), ("SECURITY.md", "")] {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("https://") {
                continue;
            }
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let there = if target.is_empty() { file.to_owned() } else { format!("{folder}/{target}") };
            let target = std::fs::read_to_string(root().join(there.trim_start_matches('/')))
                .unwrap_or_else(|error| panic!("{file} leads to {link}: {error}"));
            let found = anchor.is_empty() || target.lines().filter(|line| line.starts_with('#')).any(|line| slug(line) == anchor);
            assert!(found, "{file} leads to {link}, and there is no such heading");
        }
    }
}

/// The anchor that a heading gets.
fn slug(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    words.chars().filter(|letter| letter.is_alphanumeric() || *letter == '-').collect()
}
