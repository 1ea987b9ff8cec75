//! What `wrangler.toml` says of every deployment, where a line that is missing in one of them would be seen by nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The tables of a TOML file that puts a table's name and each of its keys on a line of their own.
fn tables(text: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut tables: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut name = "";
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(table) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            name = table;
        } else {
            tables.entry(name).or_default().insert(line);
        }
    }
    tables
}

/// The tables called `name` of all deployments, each with the deployment's prefix; that of a development has none.
fn of_each_deployment<'a>(
    tables: &'a BTreeMap<&'a str, BTreeSet<&'a str>>,
    name: &str,
) -> Vec<(&'a str, Option<&'a BTreeSet<&'a str>>)> {
    let environments = tables.keys().filter(|table| table.starts_with("env.") && table.matches('.').count() == 1);
    let nested = environments.map(|table| (*table, tables.get(format!("{table}.{name}").as_str())));
    std::iter::once(("development", tables.get(name))).chain(nested).collect()
}

#[test]
fn no_deployment_keeps_the_addresses_of_requests_in_the_platforms_logs() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../wrangler.toml")).unwrap();
    let tables = tables(&text);
    let logs = of_each_deployment(&tables, "observability.logs");
    let names: Vec<&str> = logs.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["development", "env.dr", "env.loadtest", "env.production", "env.staging"]);
    for (name, keys) in logs {
        assert!(keys.is_some_and(|keys| keys.contains("invocation_logs = false")), "{name} leaves the invocation logs on");
    }
    // Each of these would bring whole addresses somewhere, too.
    for forbidden in ["invocation_logs = true", "logpush", "tail_consumers", "observability.traces"] {
        assert!(!text.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn no_secret_stands_in_what_is_kept_with_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = std::fs::read_to_string(root.join("wrangler.toml")).unwrap();
    let config = std::fs::read_to_string(root.join("functions/src/edge/config.rs")).unwrap();
    let secrets: BTreeSet<&str> = config.split("secret(env, \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(secrets.len() >= 5, "{secrets:?}");
    let further =
        ["AUDIT_SECRETS_BEFORE", "DATA_KEY_FORMER", "SMTP_PASSWORD", "MAIL_API_KEY", "SMS_API_KEY", "VAPID_PRIVATE_KEY"];
    for name in secrets.iter().chain(&further) {
        assert!(config.contains(&format!("\"{name}\"")), "{name} is no setting any more");
        assert!(!text.lines().any(|line| line.trim_start().starts_with(name)), "{name} has a value in wrangler.toml");
    }
    let kept_out = std::fs::read_to_string(root.join(".gitignore")).unwrap();
    assert!(kept_out.lines().any(|line| line.starts_with(".dev.vars")), "{kept_out}");
}

#[test]
fn a_deployment_that_lacks_a_table_is_seen() {
    let text =
        "[observability.logs]\ninvocation_logs = false\n# A comment.\n[env.one]\nname = \"one\"\n[env.one.vars]\nA = \"b\"\n";
    let tables = tables(text);
    let logs = of_each_deployment(&tables, "observability.logs");
    assert_eq!(
        logs.iter().map(|(name, keys)| (*name, keys.is_some())).collect::<Vec<_>>(),
        [("development", true), ("env.one", false)]
    );
}
