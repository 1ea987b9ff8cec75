//! Every mail that the `mail-parser` package carries for its own tests, through our door: each becomes a
//! mail or a stated reason. The table of outcomes is printed (`--nocapture` shows it).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use shared::mail::parse::{Envelope, InboundMail, parse};
use shared::mail::{Reason, quote, sanitize};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// The resources folder of the package version that this workspace resolves.
fn resources() -> PathBuf {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata runs");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let manifest = metadata["packages"]
        .as_array()
        .and_then(|packages| packages.iter().find(|package| package["name"] == "mail-parser"))
        .and_then(|package| package["manifest_path"].as_str())
        .expect("mail-parser is among the dependencies");
    let folder = Path::new(manifest).parent().expect("a manifest lies in a folder").join("resources");
    assert!(folder.is_dir(), "{} is missing: the mail-parser package came without its test mails", folder.display());
    folder
}

fn mails(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            mails(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "eml") {
            found.push(path);
        }
    }
}

/// What has to hold of any mail that was understood.
fn check(name: &str, mail: &InboundMail) {
    let address = &mail.from.address;
    assert!(address.contains('@') && *address == address.to_lowercase(), "{name}: {address}");
    assert!(!mail.message_id.is_empty() && !mail.message_id.contains(['<', '>', ' ', '\n']), "{name}: {}", mail.message_id);
    assert!(!mail.subject.contains(['\n', '\r', '\0']), "{name}");
    assert!(!mail.text.contains(['\0', '\r']), "{name}");
    for file in &mail.attachments {
        assert!(!file.name.is_empty() && !file.name.contains(['/', '\\', '\0', '\n']), "{name}: {}", file.name);
        assert!(file.content_type.contains('/'), "{name}: {}", file.content_type);
    }
    let stripped = quote::strip(&mail.text);
    assert!(mail.text.trim().is_empty() || !stripped.visible.is_empty(), "{name}: nothing left");
    if let Some(html) = &mail.html {
        let safe = sanitize::mail_html(html, &HashMap::new());
        let lower = safe.to_lowercase();
        assert!(!lower.contains("<script") && !lower.contains("<style") && !lower.contains("<iframe"), "{name}");
        quote::strip_html(&safe);
    }
}

#[test]
fn every_mail_of_the_corpus_becomes_a_mail_or_a_stated_reason() {
    let folder = resources();
    let mut files = Vec::new();
    mails(&folder, &mut files);
    files.sort();
    assert!(files.len() >= 100, "only {} mails in {}", files.len(), folder.display());
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    println!("{:<40} {:<12} {:>6} {:>6} {:>5}  {:<14} from", "mail", "outcome", "text", "html", "files", "auto");
    for file in &files {
        let name = file.strip_prefix(&folder).expect("found in it").display().to_string();
        let raw = std::fs::read(file).expect("the mail can be read");
        let envelope = Envelope { from: Some("relay@client.example".into()), to: vec!["support@acme.example".into()] };
        let outcome = parse(&raw, &envelope, &[]);
        match &outcome {
            Ok(mail) => {
                check(&name, mail);
                let auto = format!("{:?}", mail.auto);
                let auto = auto.split(['(', ' ']).next().unwrap_or_default();
                println!(
                    "{name:<40} {:<12} {:>6} {:>6} {:>5}  {auto:<14} {}",
                    "mail",
                    mail.text.len(),
                    mail.html.as_ref().map_or(0, String::len),
                    mail.attachments.len(),
                    mail.from.address
                );
            }
            Err(reason) => println!("{name:<40} {:<12}", reason.code()),
        }
        *outcomes.entry(outcome.map_or_else(|reason| reason.code().to_owned(), |_| "mail".to_owned())).or_default() += 1;

        // Cut anywhere, a mail is still a mail or a reason.
        for part in [1, 2, 3, 5, 7] {
            let _ = parse(&raw[..raw.len() * part / 8], &envelope, &[]);
        }
    }
    println!("{} mails: {outcomes:?}", files.len());
    assert!(outcomes.get("mail").is_some_and(|count| *count * 10 >= files.len() * 9), "{outcomes:?}");
}

#[test]
fn a_mail_over_the_limit_is_refused_before_it_is_read() {
    let mut raw = b"From: a@b.c\r\nSubject: x\r\n\r\n".to_vec();
    raw.resize(25 * 1024 * 1024 + 1, b'x');
    assert_eq!(parse(&raw, &Envelope::default(), &[]).err(), Some(Reason::TooLarge));
}
