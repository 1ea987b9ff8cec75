//! Every mail of the corpus that the parser's own package carries, through the relay's door.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tests::app::TestApp;

use super::{bring_raw, shown};

/// The folder of a dependency's source, as cargo knows it.
fn package(name: &str) -> PathBuf {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .output()
        .expect("cargo runs");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo's description of the workspace");
    let found = metadata["packages"].as_array().expect("packages").iter().find(|package| package["name"] == name);
    let manifest = found.expect("a dependency of the product")["manifest_path"].as_str().expect("a path");
    Path::new(manifest).parent().expect("a folder").to_owned()
}

fn mails(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            mails(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "eml") {
            found.push(path);
        }
    }
}

#[test]
fn every_mail_of_the_corpus_becomes_a_ticket_or_waits_with_a_stated_reason() {
    pollster::block_on(async {
        let app = TestApp::new();
        let resources = package("mail-parser").join("resources");
        let mut files = Vec::new();
        mails(&resources, &mut files);
        files.sort();
        assert!(files.len() > 100, "the corpus is there: {}", files.len());
        let mut table: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (index, file) in files.iter().enumerate() {
            let raw = std::fs::read(file).expect("a mail");
            let answer = bring_raw(&app, "acme", &format!("to=support@acme.example&from=corpus{index}@client.example"), raw)
                .await
                .expect(202)
                .json();
            let outcome = answer["outcome"].as_str().expect("an outcome");
            let reason = answer["reason"].as_str();
            match outcome {
                "ticket" | "linked_ticket" | "comment" | "reopened" | "note" => {
                    let row = shown(&app, answer["ticket"].as_str().expect("a ticket")).await;
                    assert!(!row["title"].as_str().unwrap().is_empty() && !row["description"].as_str().unwrap().is_empty());
                }
                "unprocessed" | "duplicate" => {
                    assert!(reason.is_some_and(|reason| reason != "internal"), "{}: {answer}", file.display())
                }
                other => panic!("{}: {other}", file.display()),
            }
            let key = reason.map_or_else(|| outcome.to_owned(), |reason| format!("{outcome}: {reason}"));
            table.entry(key).or_default().push(file.strip_prefix(&resources).unwrap().display().to_string());
            // So that the net under floods is not what stops them: the corpus has few senders.
            app.advance(chrono::TimeDelta::minutes(7));
        }
        for (outcome, files) in &table {
            println!("{:5}  {outcome}", files.len());
            if outcome != "ticket" {
                for file in files {
                    println!("         {file}");
                }
            }
        }
        println!("{:5}  in all", files.len());
        assert_eq!(app.asked("acme", "SELECT count(*) FROM inbound_mails WHERE state = 'received'"), ["0"]);
        assert!(table["ticket"].len() * 10 > files.len() * 9, "most of the corpus is mail that a desk can work on");
    });
}
