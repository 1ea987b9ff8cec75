//! Taking the log out: as a table and as JSON, a file at a time, each of them written down.

use serde_json::{Value, json};
use tests::app::TestApp;

use super::{a_day, noise, run};

/// Reads a table as RFC 4180 says, knowing nothing of how it was written.
fn table(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    assert!(!quoted && cell.is_empty() && row.is_empty(), "the table is whole");
    rows
}

#[test]
fn a_table_has_a_row_a_line_and_each_cell_as_it_was() {
    run(async {
        let app = TestApp::new();
        a_day(&app).await;
        let answer = app.admin("acme").get("/api/audit/export?format=csv").await.expect(200);
        assert_eq!(answer.round_trips, 2);
        assert_eq!(answer.headers.get("content-type"), Some("text/csv; charset=utf-8; header=present"));
        let name = answer.headers.get("content-disposition").unwrap();
        assert!(name.starts_with("attachment; filename=\"audit-acme-2026") && name.ends_with(".csv\""), "{name}");
        assert_eq!(answer.headers.get("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.headers.get("link"), None);
        let rows = table(&answer.text());
        let written: usize =
            app.asked("acme", "SELECT count(*) FROM audit_logs WHERE action <> 'audit.exported'")[0].parse().unwrap();
        assert_eq!(rows.len(), written + 1);
        assert!(rows.iter().all(|row| row.len() == 14));
        let of = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
        let changed = rows.iter().rfind(|row| row[of("action")] == "user.updated").unwrap();
        assert_eq!(changed[of("subject_name")], "Анна Петрова");
        assert_eq!(changed[of("at")], "2026-03-02T07:00:21.000Z");
        let detail: Value = serde_json::from_str(&changed[of("detail")]).unwrap();
        assert_eq!(detail["to"]["name"], "Анна Петрова");
    });
}

#[test]
fn no_cell_is_a_formula_whatever_people_call_themselves() {
    run(async {
        let app = TestApp::new();
        let agent = format!("/api/users/{}", app.user_id("acme", "agent"));
        for name in ["=HYPERLINK(\"http://x.example\",\"a\")", "+7 495 000", "-1", "@SUM(A1)", "＝1+1"] {
            app.admin("acme").header("if-match", "*").patch(&agent, json!({"name": name})).await.expect(200);
            app.agent("acme").header("user-agent", name).get(&agent).await.expect(200);
            let text = app.admin("acme").get("/api/audit/export").await.expect(200).text();
            let cells: Vec<String> = table(&text).into_iter().flatten().collect();
            assert!(cells.contains(&format!("'{name}")), "{name} is there, as text");
            for cell in cells {
                assert!(!cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r']), "{cell}");
            }
        }
    });
}

#[test]
fn json_lines_are_those_of_the_list() {
    run(async {
        let app = TestApp::new();
        a_day(&app).await;
        let listed = app.admin("acme").get("/api/audit?action=ticket.&limit=100").await.expect(200).json();
        let answer = app.admin("acme").get("/api/audit/export?format=jsonl&action=ticket.").await.expect(200);
        assert_eq!(answer.headers.get("content-type"), Some("application/jsonl"));
        let lines: Vec<Value> = answer.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(!lines.is_empty());
        assert_eq!(json!(lines), listed["data"]);
    });
}

#[test]
fn a_long_log_comes_in_files_that_lead_to_each_other_and_each_is_written_down() {
    run(async {
        let app = TestApp::new();
        noise(&app, "acme", 4_100);
        let mut target = "/api/audit/export?format=jsonl&actor=system".to_owned();
        let (mut places, mut sizes) = (Vec::new(), Vec::new());
        loop {
            let answer = app.admin("acme").get(&target).await.expect(200);
            let text = answer.text();
            sizes.push(text.lines().count());
            places.extend(text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["seq"].as_i64().unwrap()));
            let Some(link) = answer.headers.get("link") else { break };
            let address = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\"")).unwrap();
            target = address.to_owned();
        }
        assert_eq!(sizes, [2_000, 2_000, 100]);
        assert_eq!(places, (1..=4_100).rev().collect::<Vec<_>>());
        let lines = app.asked(
            "acme",
            "SELECT json_extract(detail, '$.format') || ' ' || json_extract(detail, '$.filters.actor') FROM audit_logs
            WHERE action = 'audit.exported' ORDER BY seq",
        );
        assert_eq!(lines, ["jsonl system", "jsonl system", "jsonl system"]);
    });
}

#[test]
fn an_export_that_is_refused_writes_no_export() {
    run(async {
        let app = TestApp::new();
        for query in ["format=xlsx", "limit=2001", "limit=0", "colour=red", "from=x"] {
            app.admin("acme").get(&format!("/api/audit/export?{query}")).await.expect(422);
        }
        app.manager("acme").get("/api/audit/export").await.expect(403);
        assert_eq!(app.asked("acme", "SELECT count(*) FROM audit_logs WHERE action = 'audit.exported'"), ["0"]);
    });
}
