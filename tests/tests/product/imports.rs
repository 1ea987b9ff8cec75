//! Tables of tickets and people are looked at, brought in once, and told about row by row.

use functions::actions::jobs;
use serde_json::{Value, json};
use shared::http::{Body, Method};
use shared::id::TenantId;
use shared::job::Job;
use tests::app::{Answer, Caller, TestApp};

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

async fn send(caller: Caller<'_>, kind: &str, table: &str) -> Answer {
    let target = format!("/api/imports?kind={kind}&file_name=table.csv");
    let sent = caller.send(Method::Post, &target, Body::Bytes(table.as_bytes().to_vec()), Some("text/csv")).await;
    assert!(sent.round_trips <= 3, "{}", sent.round_trips);
    sent
}

async fn upload(app: &TestApp, kind: &str, table: &str) -> Value {
    send(app.admin("acme"), kind, table).await.expect(201).json()
}

fn path(import: &Value, end: &str) -> String {
    format!("/api/imports/{}{end}", import["id"].as_str().unwrap())
}

async fn check(app: &TestApp, import: &Value) -> Value {
    let body = json!({ "mapping": import["mapping"], "time_zone": "Europe/Moscow" });
    let checked = app.admin("acme").post(&path(import, "/check"), body).await.expect(200);
    assert!(checked.round_trips <= 3, "{}", checked.round_trips);
    checked.json()
}

async fn start(app: &TestApp, import: &Value) {
    let started = app.admin("acme").post(&path(import, "/start"), json!({})).await.expect(200);
    assert!(started.round_trips <= 3, "{}", started.round_trips);
}

fn job() -> Job {
    Job::Outbox { tenant: TenantId::parse(&format!("tnt_{}", "a".repeat(32))).unwrap() }
}

/// Runs jobs as the queue would, until none asks for another.
async fn work(app: &TestApp) -> usize {
    for runs in 1..=100 {
        let report = jobs::run(&app.platform, &job()).await;
        assert!(report.failures.is_empty(), "{:?}", report.failures);
        if !report.done.iter().any(|(duty, _)| *duty == "imports") {
            return runs;
        }
    }
    panic!("an import never ends");
}

async fn bring_in(app: &TestApp, kind: &str, table: &str) -> Value {
    let import = upload(app, kind, table).await;
    check(app, &import).await;
    start(app, &import).await;
    work(app).await;
    let done = app.admin("acme").get(&path(&import, "")).await.expect(200).json();
    assert_eq!(done["status"], "done");
    done
}

#[test]
fn a_dry_run_tells_every_fault_and_brings_nothing_in() {
    run(async {
        let app = TestApp::new();
        let table = "Тема;Почта;Приоритет;Исполнитель;Создана\n\
            Принтер;anna@client.example;Высокий;;02.03.2026 10:00\n\
            ;anna@;huge;nobody@acme.example;soon\n\
            Short;a@client.example\n";
        let import = upload(&app, "tickets", table).await;
        assert_eq!((&import["delimiter"], &import["encoding"]), (&json!("semicolon"), &json!("utf-8")));
        assert_eq!(import["mapping"], json!(["title", "requester", "priority", "assignee", "created_at"]));
        let before = app.asked("acme", "SELECT COUNT(*) FROM tickets");
        let checked = check(&app, &import).await;
        assert_eq!(checked["checked"], json!({"good": 1, "known": 0, "faulty": 2}), "{checked}");
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM tickets"), before);
        let report = app.admin("acme").header("accept-language", "en").get(&path(&import, "/report")).await.expect(200).text();
        for told in ["3,Тема,", "3,Почта,", "3,Приоритет,This value is not among the possible ones.,huge", "3,Создана,", "4,,"]
        {
            assert!(report.contains(told), "{told}: {report}");
        }
        assert!(report.starts_with('\u{feff}'));
    });
}

#[test]
fn tickets_come_in_as_they_stood_and_nobody_is_written_to() {
    run(async {
        let app = TestApp::new();
        let client = app.email("acme", "client");
        let agent = app.email("acme", "agent");
        let table = format!(
            "title,description,requester,priority,status,assignee,tags,created_at,resolved_at,external_id\n\
             Old printer,Paper jam,{client},high,closed,{agent},\"printer, old\",2024-01-02 10:00,2024-01-03 10:00,HD-1\n\
             New screen,,new.person@client.example,,open,,,,,HD-2\n\
             Second of the same,,new.person@client.example,,,,,,,HD-3\n\
             Named twice,,{client},,,,,,,HD-1\n"
        );
        let done = bring_in(&app, "tickets", &table).await;
        assert_eq!(done["done"], json!({"rows": 4, "created": 3, "existing": 1, "refused": 0}), "{done}");
        let old = app.asked(
            "acme",
            "SELECT status || ' ' || created_at || ' ' || resolved_at || ' ' || closed_at || ' ' || (sla = '{}') FROM tickets WHERE title = 'Old printer'",
        );
        assert_eq!(old, ["closed 1704178800000 1704265200000 1704265200000 1"], "Moscow's ten o'clock, no clocks");
        let due = app.asked(
            "acme",
            "SELECT COUNT(*) FROM sla_timers s JOIN tickets t ON t.id = s.ticket_id WHERE t.title = 'Old printer'",
        );
        assert_eq!(due, ["0"]);
        let open = app.asked(
            "acme",
            "SELECT status || ' ' || (first_response_due_at > created_at) FROM tickets WHERE title = 'New screen'",
        );
        assert_eq!(open, ["in_progress 1"]);
        let history = app.asked(
            "acme",
            "SELECT kind || ' ' || at FROM ticket_history h JOIN tickets t ON t.id = h.ticket_id WHERE t.title = 'Old printer' ORDER BY at",
        );
        assert_eq!(history, ["created 1704178800000", "status 1704265200000"]);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM users WHERE email = 'new.person@client.example'"), ["1"]);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM outbox"), ["0"], "no mail");
        let found = app.agent("acme").get("/api/tickets?q=printer").await.expect(200).json();
        assert_eq!(found["data"][0]["title"], "Old printer");
        let lines = app.asked("acme", "SELECT action FROM audit_logs WHERE action LIKE 'import.%' ORDER BY seq");
        assert_eq!(lines, ["import.uploaded", "import.started", "import.finished"]);
        // Another table names the same tickets: nothing is made.
        let again = upload(&app, "tickets", &table).await;
        assert_eq!(check(&app, &again).await["checked"], json!({"good": 0, "known": 4, "faulty": 0}));
        let refused = app.admin("acme").post(&path(&again, "/start"), json!({})).await.expect(409);
        assert_eq!(refused.code(), "import_not_checked");
    });
}

#[test]
fn rows_are_brought_in_once_however_often_and_beside_whom_a_job_runs() {
    run(async {
        let app = TestApp::new();
        let rows: String = (0..60).map(|row| format!("Row {row},same@client.example\n")).collect();
        let import = upload(&app, "tickets", &format!("title,requester\n{rows}")).await;
        check(&app, &import).await;
        start(&app, &import).await;
        jobs::run(&app.platform, &job()).await;
        let count = || app.asked("acme", "SELECT COUNT(*) FROM tickets WHERE title LIKE 'Row %'");
        assert_eq!(count(), ["25"]);
        // A run that died before it noted how far it had come.
        app.tenant_database("acme").inspect(|connection| connection.execute("UPDATE imports SET offset = 0", []).unwrap());
        let (first, second) = (job(), job());
        futures::future::join(jobs::run(&app.platform, &first), jobs::run(&app.platform, &second)).await;
        work(&app).await;
        assert_eq!(count(), ["60"]);
        let done = app.admin("acme").get(&path(&import, "")).await.expect(200).json();
        assert_eq!(done["done"], json!({"rows": 60, "created": 60, "existing": 0, "refused": 0}));
    });
}

#[test]
fn a_table_whose_lines_end_in_returns_alone_comes_in_whole() {
    run(async {
        let app = TestApp::new();
        let rows: String = (0..30).map(|row| format!("Row {row},same@client.example\r")).collect();
        let done = bring_in(&app, "tickets", &format!("title,requester\r{rows}")).await;
        assert_eq!(done["done"], json!({"rows": 30, "created": 30, "existing": 0, "refused": 0}));
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM tickets WHERE title LIKE 'Row %'"), ["30"]);
    });
}

#[test]
fn a_table_of_long_names_is_looked_at_and_what_is_there_already_is_found_in_it() {
    run(async {
        let app = TestApp::new();
        bring_in(&app, "tickets", "title,requester,external_id\nFirst,a@client.example,0-first\nLast,a@client.example,z-last\n")
            .await;
        let long = "x".repeat(190);
        let mut table = "title,requester,external_id\nFirst,a@client.example,0-first\nLast,a@client.example,z-last\n".to_owned();
        table.extend((0..12_000).map(|row| format!("T,a@client.example,{row}-{long}\n")));
        table.extend((0..40).map(|row| format!("T,a@client.example,{row}-{}\n", "y".repeat(64 * 1024))));
        let import = upload(&app, "tickets", &table).await;
        let checked = check(&app, &import).await;
        assert_eq!(checked["checked"], json!({"good": 12_000, "known": 2, "faulty": 40}));
    });
}

#[test]
fn an_import_that_is_stopped_or_whose_owner_is_shut_out_goes_no_further() {
    run(async {
        let app = TestApp::new();
        let rows: String = (0..60).map(|row| format!("Row {row},same@client.example\n")).collect();
        let count = || app.asked("acme", "SELECT COUNT(*) FROM tickets WHERE title LIKE 'Row %'");
        for stops in [true, false] {
            let import = upload(&app, "tickets", &format!("title,requester\n{rows}")).await;
            check(&app, &import).await;
            start(&app, &import).await;
            jobs::run(&app.platform, &job()).await;
            let before = count();
            if stops {
                app.admin("acme").post(&path(&import, "/cancel"), json!({})).await.expect(200);
                assert_eq!(app.admin("acme").post(&path(&import, "/cancel"), json!({})).await.expect(409).code(), "import_over");
            } else {
                let id = app.user_id("acme", "admin");
                app.tenant_database("acme").inspect(|connection| {
                    connection.execute("UPDATE users SET status = 'disabled' WHERE id = ?1", [&id]).unwrap()
                });
            }
            work(&app).await;
            assert_eq!(count(), before);
            assert_eq!(app.asked("acme", "SELECT DISTINCT status FROM imports"), ["cancelled"]);
        }
    });
}

#[test]
fn people_come_in_with_their_places_and_no_more_rights_than_whoever_brings_them() {
    run(async {
        let app = TestApp::new();
        let made = app.admin("acme").post("/api/organizations", json!({"name": "Ромашка"})).await.expect(201).json();
        let table = "email,ФИО,Организация,Роль,Язык,Часовой пояс\n\
            Nina@Client.example,Нина Ким,Ромашка,Клиент,Русский,Asia/Yekaterinburg\n\
            hans@acme.example,Hans,,agent,en,\n\
            nina@client.example,Again,,,,\n\
            lost@client.example,Lost,Nobody Ltd,,,\n";
        let done = bring_in(&app, "users", table).await;
        assert_eq!(done["done"], json!({"rows": 4, "created": 2, "existing": 1, "refused": 1}), "{done}");
        let nina = app.asked(
            "acme",
            "SELECT name || ' ' || role || ' ' || locale || ' ' || zone || ' ' || organization_id FROM users WHERE email = 'nina@client.example'",
        );
        assert_eq!(nina, [format!("Нина Ким client ru Asia/Yekaterinburg {}", made["id"].as_str().unwrap())]);
        assert_eq!(app.asked("acme", "SELECT role FROM users WHERE email = 'hans@acme.example'"), ["agent"]);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM outbox"), ["0"], "nobody is invited unless that is said");
        let invited = upload(&app, "users", "email,name\nolga@client.example,Olga\n").await;
        let body = json!({ "mapping": invited["mapping"], "invites": true });
        app.admin("acme").post(&path(&invited, "/check"), body).await.expect(200);
        start(&app, &invited).await;
        work(&app).await;
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM outbox"), ["1"]);
        // A manager keeps the desk and makes no administrators.
        let import = send(app.manager("acme"), "users", "email,name,role\nboss@acme.example,Boss,admin\n").await;
        if import.status == 201 {
            let import = import.json();
            let body = json!({ "mapping": import["mapping"] });
            let checked = app.manager("acme").post(&path(&import, "/check"), body).await.expect(200).json();
            assert_eq!(checked["checked"]["faulty"], 1);
        } else {
            assert_eq!(import.status, 403);
        }
    });
}

#[test]
fn people_come_in_with_roles_of_the_tenants_own_that_whoever_brings_them_may_give() {
    run(async {
        let app = TestApp::new();
        let role = async |name: &str, permissions: Value| {
            let body = json!({"name": name, "description": "", "base": "agent", "permissions": permissions});
            app.admin("acme").post("/api/roles", body).await.expect(201).json()["id"].as_str().unwrap().to_owned()
        };
        let night = role("Night shift", json!(["ticket.read", "ticket.read_internal", "ticket.reply"])).await;
        let table = "email,name,role\nn@acme.example,N,night Shift\nk@acme.example,K,King\na@acme.example,A,Agent\n";
        let done = bring_in(&app, "users", table).await;
        assert_eq!(done["done"], json!({"rows": 3, "created": 2, "existing": 0, "refused": 1}), "{done}");
        let given = "SELECT role || ' ' || COALESCE(role_id, '-') FROM users WHERE email IN ('n@acme.example', 'a@acme.example') ORDER BY email";
        assert_eq!(app.asked("acme", given), ["agent -".to_owned(), format!("agent {night}")]);
        // Whoever holds less than a role holds cannot give it: a row error in the dry run already.
        role("Keeper of the desk", json!(["ticket.read", "access.manage", "tenant.manage"])).await;
        let held =
            ["ticket.read", "ticket.read_internal", "ticket.reply", "desk.read", "desk.manage", "user.read", "user.manage"];
        let keeps = role("Importer", json!(held)).await;
        let importer = app.user_id("acme", "manager");
        let change = json!({ "role": keeps });
        app.admin("acme").header("if-match", "*").patch(&format!("/api/users/{importer}"), change).await.expect(200);
        let table =
            "email,name,role\nm@acme.example,M,Night shift\nb@acme.example,B,Keeper of the desk\nu@acme.example,U,Nobody's\n";
        let import = send(app.manager("acme"), "users", table).await.expect(201).json();
        let body = json!({ "mapping": import["mapping"] });
        let checked = app.manager("acme").post(&path(&import, "/check"), body).await.expect(200).json();
        assert_eq!(checked["checked"], json!({"good": 1, "known": 0, "faulty": 2}), "{checked}");
        let report = app.manager("acme").header("accept-language", "en").get(&path(&import, "/report")).await.expect(200).text();
        assert!(report.contains("You cannot give this role.,Keeper of the desk"), "{report}");
        assert!(report.contains("This value is not among the possible ones.,Nobody's"), "{report}");
        app.manager("acme").post(&path(&import, "/start"), json!({})).await.expect(200);
        work(&app).await;
        let made = "SELECT email FROM users WHERE email IN ('m@acme.example', 'b@acme.example', 'u@acme.example')";
        assert_eq!(app.asked("acme", made), ["m@acme.example"]);
    });
}

#[test]
fn a_role_of_the_tenants_own_that_is_called_like_one_of_the_five_is_the_one_that_is_given() {
    run(async {
        let app = TestApp::new();
        let body = json!({"name": "Менеджер", "description": "", "base": "agent", "permissions": ["ticket.read", "ticket.read_internal"]});
        let own = app.admin("acme").post("/api/roles", body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
        let table = "email,name,role\nm@acme.example,M,Менеджер\na@acme.example,A,agent\n";
        bring_in(&app, "users", table).await;
        let given = "SELECT role || ' ' || COALESCE(role_id, '-') FROM users WHERE email IN ('m@acme.example', 'a@acme.example') ORDER BY email";
        assert_eq!(app.asked("acme", given), ["agent -".to_owned(), format!("agent {own}")]);
    });
}

#[test]
fn what_is_out_of_turn_or_means_nothing_is_refused() {
    run(async {
        let app = TestApp::new();
        let import = upload(&app, "tickets", "title,requester,x,x\nA,a@client.example,1,2\n").await;
        let refused = app.admin("acme").post(&path(&import, "/start"), json!({})).await.expect(409);
        assert_eq!(refused.code(), "import_not_checked");
        let faults =
            app.admin("acme").post(&path(&import, "/check"), json!({"mapping": ["title", "title", null, "nothing"]})).await;
        let codes: Vec<String> = faults.expect(422).json()["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fault| format!("{} {}", fault["field"].as_str().unwrap(), fault["code"].as_str().unwrap()))
            .collect();
        assert_eq!(codes, ["mapping[1] import_meant_twice", "mapping[3] unknown_value", "mapping import_not_meant"]);
        let admin = || app.admin("acme").header("if-match", "\"7\"");
        admin().post(&path(&import, "/check"), json!({"mapping": import["mapping"]})).await.expect(412);
        check(&app, &import).await;
        start(&app, &import).await;
        let late = app.admin("acme").post(&path(&import, "/check"), json!({"mapping": import["mapping"]})).await.expect(409);
        assert_eq!(late.code(), "import_begun");
        assert_eq!(send(app.admin("acme"), "tickets", "").await.status, 422);
        assert_eq!(send(app.admin("acme"), "tickets", &"x".repeat(11 * 1024 * 1024)).await.status, 413);
        assert_eq!(send(app.agent("acme"), "tickets", "a,b\n1,2").await.status, 403);
    });
}

#[test]
fn an_import_is_done_on_pages_from_the_table_to_the_report() {
    run(async {
        let app = TestApp::new();
        let admin = || app.admin("acme").header("accept-language", "en").in_browser();
        let token = admin().csrf_token().unwrap();
        let form = |table: &str| {
            format!(
                "--edge\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--edge\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\ntickets\r\n\
                 --edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"old desk.csv\"\r\ncontent-type: text/csv\r\n\r\n{table}\r\n--edge--\r\n"
            )
        };
        let post = |table: &str| {
            admin().send(
                Method::Post,
                "/agent/imports",
                Body::Bytes(form(table).into_bytes()),
                Some("multipart/form-data; boundary=edge"),
            )
        };
        assert!(post("").await.expect(422).text().contains("aria-invalid=\"true\""));
        let sent = post("Subject,Email,Odd\nFrom a table,anna@client.example,1\nNo address,,2\n").await.expect(303);
        let place = sent.headers.get("location").unwrap().to_owned();
        let page = admin().get(&place).await.expect(200);
        assert!(page.round_trips <= 3);
        let page = page.text();
        assert!(
            page.contains("old desk.csv") && page.contains("From a table") && page.contains("<option value=\"title\" selected>")
        );
        let refused =
            admin().submit(&place, &[("column.0", "title"), ("column.1", ""), ("column.2", ""), ("time_zone", "Mars")]).await;
        assert!(refused.expect(422).text().contains("value=\"Mars\""));
        let fields = [("column.0", "title"), ("column.1", "requester"), ("column.2", ""), ("time_zone", "Europe/Moscow")];
        admin().submit(&place, &fields).await.expect(303);
        let checked = admin().get(&place).await.expect(200).text();
        assert!(checked.contains("This field is required.") && checked.contains("Import 1 row"), "{checked}");
        admin().submit(&format!("{place}/start"), &[]).await.expect(303);
        work(&app).await;
        let done = admin().get(&place).await.expect(200).text();
        assert!(done.contains("2 of 2 rows") && !done.contains("data-hx-trigger=\"load delay:2s\""));
        assert!(admin().get("/agent/imports").await.expect(200).text().contains("1 of 2 created"));
        assert!(admin().get("/agent/tickets?queue=all").await.expect(200).text().contains("From a table"));
    });
}

#[test]
fn imports_that_had_their_time_are_forgotten_with_their_files() {
    run(async {
        let app = TestApp::new();
        bring_in(&app, "users", "email,name\nolga@client.example,Olga\n").await;
        app.advance(chrono::TimeDelta::days(31));
        jobs::sweep(&app.platform).await;
        assert_eq!(app.asked("acme", "SELECT (SELECT COUNT(*) FROM imports) + (SELECT COUNT(*) FROM import_rows)"), ["0"]);
        assert_eq!(app.asked("acme", "SELECT COUNT(*) FROM users WHERE email = 'olga@client.example'"), ["1"]);
    });
}
