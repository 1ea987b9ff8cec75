//! Header fields that keep browsers from doing harm, and where to report a hole.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use tests::app::TestApp;

/// Answers of every kind: a page, JSON, refusals, a redirect, text, the platform's own host, a host of nobody.
const PLACES: [(&str, &str); 8] = [
    ("acme.example", "/login"),
    ("acme.example", "/api/system/versions"),
    ("acme.example", "/api/tickets"),
    ("acme.example", "/agent/tickets"),
    ("acme.example", "/no/such/page"),
    ("acme.example", "/.well-known/security.txt"),
    ("localhost", "/"),
    ("stranger.example", "/"),
];

#[test]
fn every_answer_carries_the_headers_of_a_careful_site() {
    pollster::block_on(async {
        let app = TestApp::new();
        for (host, path) in PLACES {
            let answer = app.anon("acme").at(host).get(path).await;
            let header = |name: &str| answer.headers.get(name).unwrap_or_else(|| panic!("{host}{path} has no {name}")).to_owned();
            assert_eq!(header("strict-transport-security"), "max-age=63072000; includeSubDomains");
            assert_eq!(header("x-content-type-options"), "nosniff");
            assert_eq!(header("referrer-policy"), "strict-origin-when-cross-origin");
            assert_eq!(header("cross-origin-opener-policy"), "same-origin");
            assert_eq!(header("cross-origin-resource-policy"), "same-origin");
            assert_eq!(header("origin-agent-cluster"), "?1");
            assert_eq!(header("x-permitted-cross-domain-policies"), "none");
            let permissions = header("permissions-policy");
            for feature in
                ["camera", "microphone", "geolocation", "payment", "usb", "serial", "hid", "bluetooth", "display-capture"]
            {
                assert!(permissions.contains(&format!("{feature}=()")), "{feature}");
            }
            let policy = header("content-security-policy");
            for part in
                ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]
            {
                assert!(policy.contains(part), "{host}{path}: {part}");
            }
            let scripts = policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap();
            assert!(scripts.contains("'nonce-") && !scripts.contains("unsafe") && !scripts.contains('*'), "{scripts}");
        }
    });
}

#[test]
fn every_answer_has_a_nonce_of_its_own() {
    pollster::block_on(async {
        let app = TestApp::new();
        let mut nonces = std::collections::BTreeSet::new();
        for _ in 0..50 {
            let answer = app.anon("acme").get("/login").await.expect(200);
            let policy = answer.headers.get("content-security-policy").unwrap().to_owned();
            let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
            assert!(nonce.len() >= 32 && answer.text().contains(&format!("nonce=\"{nonce}\"")));
            nonces.insert(nonce);
        }
        assert_eq!(nonces.len(), 50);
    });
}

#[test]
fn whoever_finds_a_hole_is_told_where_to_report_it() {
    pollster::block_on(async {
        let app = TestApp::new();
        for (host, canonical) in [("acme.example", "acme.example"), ("localhost", "localhost")] {
            let answer = app.anon("acme").at(host).get("/.well-known/security.txt").await.expect(200);
            assert_eq!(answer.headers.get("content-type"), Some("text/plain; charset=utf-8"));
            let text = answer.text();
            let field = |name: &str| {
                let mut lines = text.lines().filter_map(|line| line.split_once(": ")).filter(|(key, _)| *key == name);
                let value = lines.next().unwrap_or_else(|| panic!("{name}")).1.to_owned();
                assert!(lines.next().is_none(), "{name} stands twice");
                value
            };
            assert_eq!(field("Contact"), "mailto:security@workernet.example");
            assert_eq!(field("Canonical"), format!("https://{canonical}/.well-known/security.txt"));
            assert_eq!(field("Preferred-Languages"), "en, ru, ar");
            let expires: DateTime<Utc> = field("Expires").parse().unwrap();
            let left = expires - app.platform.now.get();
            assert!(left > TimeDelta::days(30) && left < TimeDelta::days(365), "{left}");
        }
        let before = app.anon("acme").get("/.well-known/security.txt").await.text();
        app.advance(TimeDelta::days(400));
        assert_ne!(app.anon("acme").get("/.well-known/security.txt").await.text(), before, "it never runs out");
        app.anon("stranger").get("/.well-known/security.txt").await.expect(404);
    });
}

#[test]
fn no_address_that_a_tenant_types_leads_into_another_network() {
    pollster::block_on(async {
        let app = TestApp::new();
        let set = async |url: &str| app.admin("acme").patch("/api/tenant/settings", json!({"logo_url": url})).await;
        for url in [
            "http://cdn.vendor.example/logo.svg",
            "https://127.0.0.1/logo.svg",
            "https://2130706433/logo.svg",
            "https://0x7f.1/logo.svg",
            "https://[::ffff:169.254.169.254]/latest/meta-data/",
            "https://metadata.google.internal/",
            "https://localhost/logo.svg",
            "https://user:word@cdn.vendor.example/logo.svg",
            "https://cdn.vendor.example:8443/logo.svg",
            "https://acme.example/logo.svg",
            "https://x.workers.dev/logo.svg",
        ] {
            let problem = set(url).await.expect(422).json();
            assert_eq!(problem["errors"][0]["field"], "logo_url", "{url}");
        }
        set("https://cdn.vendor.example/logo.svg").await.expect(200);
    });
}
