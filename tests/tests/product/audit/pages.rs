//! The log as an administrator reads it.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;
use shared::access::{Attribute, Permission};
use shared::i18n::{self, Locale};
use tests::app::TestApp;

use super::{a_day, run, sealed, tamper};

async fn page(app: &TestApp, target: &str, language: &str) -> String {
    let answer = app.admin("acme").in_browser().header("accept-language", language).get(target).await.expect(200);
    assert!(answer.round_trips <= 3);
    answer.text()
}

#[test]
fn each_line_is_a_sentence_in_the_readers_language() {
    run(async {
        let app = TestApp::new();
        a_day(&app).await;
        for (language, sentences) in [
            (
                "en",
                [
                    "acme admin changed the role of Анна Петрова to: Support manager",
                    "acme client was refused: GET /api/users",
                    "acme client opened ACME-1",
                ],
            ),
            (
                "ru",
                [
                    "acme admin: роль пользователя Анна Петрова изменена на: Менеджер поддержки",
                    "acme client: отказано в доступе: GET /api/users",
                    "acme client: создана заявка ACME-1",
                ],
            ),
            (
                "ar",
                [
                    "acme admin: تغيير دور المستخدم Анна Петрова إلى",
                    "acme client: رُفض الوصول: GET /api/users",
                    "acme client: فتح التذكرة ACME-1",
                ],
            ),
        ] {
            let page = page(&app, "/agent/audit", language).await;
            for sentence in sentences {
                assert!(page.contains(sentence), "{sentence}");
            }
            assert!(page.contains("href=\"/agent/tickets/ACME-1\""));
        }
        assert_eq!(app.asked("acme", "SELECT count(*) FROM audit_logs WHERE action = 'audit.read'"), ["3"], "reading is a line");
    });
}

#[test]
fn a_line_unfolds_to_before_and_after_and_leads_to_what_is_like_it() {
    run(async {
        let app = TestApp::new();
        a_day(&app).await;
        let page = page(&app, "/agent/audit?action=user.", "en").await;
        let flat = page.replace('\n', "");
        assert!(flat.contains(
            r#"<th scope="row" class="mono small" dir="ltr">role</th><td dir="auto">agent</td><td dir="auto">manager</td>"#
        ));
        assert!(!flat.contains("ACME-1"), "of people only");
        let admin = app.user_id("acme", "admin");
        assert!(
            page.contains(&format!("href=\"/agent/audit?actor&#x3D;{admin}\""))
                || page.contains(&format!("href=\"/agent/audit?actor={admin}\""))
        );
        assert!(page.contains("<option value=\"user.\" selected>"));
    });
}

#[test]
fn what_people_wrote_is_text_on_the_page() {
    run(async {
        let app = TestApp::new();
        app.admin("acme").post("/api/departments", json!({"name": "<img src=x onerror=alert(1)>"})).await.expect(201);
        app.agent("acme").header("user-agent", "<script>alert(2)</script>").get("/api/audit").await.expect(403);
        let page = page(&app, "/agent/audit", "en").await;
        assert!(page.contains("&lt;img src") && !page.contains("<img src=x") && !page.contains("<script>alert"));
    });
}

#[test]
fn an_empty_log_and_filters_that_find_nothing_say_so() {
    run(async {
        let app = TestApp::new();
        assert!(page(&app, "/agent/audit", "en").await.contains("Nothing was written down yet"));
        let none = page(&app, "/agent/audit?network=192.0.2.99", "en").await;
        assert!(none.contains("Nothing matches") && none.contains("href=\"/agent/audit\">Clear filters"));
    });
}

#[test]
fn the_days_of_the_filter_are_the_readers_and_go_into_the_exports_address() {
    run(async {
        let app = TestApp::new();
        a_day(&app).await;
        let today = page(&app, "/agent/audit?from=2026-03-02&to=2026-03-02&action=ticket.", "en").await;
        assert!(today.contains("acme client opened ACME-1"));
        let address =
            today.split("href=\"").find(|rest| rest.starts_with("/api/audit/export?")).unwrap().split('"').next().unwrap();
        let address = address.replace("&amp;", "&").replace("&#x3D;", "=");
        let answer = app.admin("acme").in_browser().get(&address).await.expect(200);
        assert!(answer.text().contains("ticket.created") && !answer.text().contains("user.updated"), "{address}");
        assert!(page(&app, "/agent/audit?from=2026-03-03", "en").await.contains("Nothing matches"));
    });
}

#[test]
fn the_log_is_in_the_navigation_of_those_who_may_read_it() {
    run(async {
        let app = TestApp::new();
        let nav =
            async |role: &str| app.signed_in("acme", role).in_browser().get("/agent/tickets?queue=all").await.expect(200).text();
        assert!(nav("admin").await.contains("href=\"/agent/audit\""));
        for role in ["manager", "agent", "analyst"] {
            assert!(!nav(role).await.contains("/agent/audit"));
            app.signed_in("acme", role).in_browser().get("/agent/audit").await.expect(403);
        }
        assert!(page(&app, "/agent/audit", "en").await.contains("href=\"/agent/audit\" aria-current=\"page\""));
    });
}

#[test]
fn the_verdict_is_shown_in_words() {
    run(async {
        let app = TestApp::new();
        a_day(&app).await;
        assert!(page(&app, "/agent/audit/verify", "en").await.contains("No checkpoint has been signed yet."));
        sealed(&app, "acme").await;
        let count = &app.asked("acme", "SELECT count(*) FROM audit_logs")[0];
        let whole = page(&app, "/agent/audit/verify", "en").await;
        assert!(
            whole.contains(&format!("The log is whole: {count} lines")) && whole.contains(&format!("Signed up to line {count}:")),
            "{whole}"
        );
        tamper(&app, "acme", |connection| {
            connection.execute_batch("UPDATE audit_logs SET actor = 'system' WHERE seq = 5").unwrap()
        });
        assert!(page(&app, "/agent/audit/verify", "en").await.contains("<span class=\"num\">5</span>: the line was edited"));
        assert!(page(&app, "/agent/audit/verify", "ru").await.contains("Журнал был изменён"));
    });
}

#[test]
fn a_long_log_is_checked_part_by_part() {
    run(async {
        let app = TestApp::new();
        super::noise(&app, "acme", 600);
        sealed(&app, "acme").await;
        let first = page(&app, "/agent/audit/verify", "en").await;
        assert!(first.contains("Nothing wrong up to line 500 of 600"));
        let next = first.contains("href=\"/agent/audit/verify?cursor&#x3D;501\"")
            || first.contains("href=\"/agent/audit/verify?cursor=501\"");
        assert!(next, "{first}");
        assert!(page(&app, "/agent/audit/verify?cursor=501", "en").await.contains("The log is whole: 600 lines"));
    });
}

/// Every action that the product's code names.
fn named(folder: &Path, found: &mut BTreeSet<String>) {
    let modules = functions::pages::view::audit::MODULES;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            named(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let literals = text.split('"').skip(1).step_by(2);
            let is_action = |text: &&str| {
                text.split_once('.').is_some_and(|(module, verb)| {
                    let is_word =
                        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase());
                    modules.contains(&module) && is_word(verb)
                })
            };
            found.extend(literals.filter(is_action).map(str::to_owned));
        }
    }
}

#[test]
fn every_action_of_the_product_has_its_words() {
    let mut found = BTreeSet::new();
    for folder in ["actions", "routes"] {
        named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../functions/src").join(folder), &mut found);
    }
    // Permissions are named alike, and what policies ask about a ticket.
    found.retain(|name| Permission::ALL.iter().all(|permission| permission.as_str() != name));
    found.retain(|name| Attribute::ALL.iter().all(|attribute| name.strip_prefix("ticket.") != Some(attribute.as_str())));
    assert!(found.len() > 45, "{found:?}");
    for action in found {
        for locale in Locale::ALL {
            let key = format!("audit-line-{}", action.replace(['.', '_'], "-"));
            assert!(i18n::has(locale, &key), "{key} is missing in {}", locale.as_str());
        }
    }
}
