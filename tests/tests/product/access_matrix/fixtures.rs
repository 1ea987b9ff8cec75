//! Two tenants in one database, each with one of everything, and canaries in every text of the other one.

use rusqlite::Connection;
use serde_json::json;
use shared::database::PlatformDb;
use shared::platform::{Files, Platform};
use shared::store::platform as store;
use tests::app::TestApp;

/// Stands in every text of `globex`: whoever of `acme` reads it has seen another tenant's data.
pub const CANARY: &str = "canaryofglobex";

/// A product with one of everything in both tenants.
pub struct Fixtures {
    pub app: TestApp,
    tickets: [(String, i64); 2],
    tokens: [String; 2],
}

/// The names of a path's parameters.
pub fn parameters(path: &str) -> Vec<String> {
    path.split('{')
        .skip(1)
        .filter_map(|part| part.split('}').next())
        .map(|name| name.trim_start_matches('*').to_owned())
        .collect()
}

fn of(slug: &str) -> (usize, char) {
    if slug == "acme" { (0, 'a') } else { (1, 'b') }
}

/// An id of the fixtures: its prefix and the tenant's letter.
fn id(prefix: &str, letter: char) -> String {
    format!("{prefix}{}", letter.to_string().repeat(32))
}

impl Fixtures {
    /// Plants both tenants.
    pub async fn plant() -> Self {
        let app = TestApp::in_one_cell();
        let mut tickets = Vec::new();
        for slug in ["acme", "globex"] {
            let text = if slug == "acme" { "plain" } else { CANARY };
            let body = json!({"title": format!("{text} title"), "description": format!("{text} description"), "tags": [text]});
            let ticket = app.client(slug).post("/api/tickets", body).await.expect(201).json();
            let id = ticket["id"].as_str().unwrap().to_owned();
            for visibility in ["public", "internal"] {
                let comment = json!({"body": format!("{text} {visibility} comment"), "visibility": visibility});
                app.agent(slug).post(&format!("/api/tickets/{id}/comments"), comment).await.expect(201);
            }
            // Far apart, so that a number of one is nobody's at the other.
            let number = if slug == "acme" { 1_234_567 } else { 7_654_321 };
            app.tenant_database(slug).inspect(|connection| {
                connection.execute("UPDATE tickets SET number = ?1 WHERE id = ?2", (number, &id)).unwrap();
            });
            tickets.push((id, number));
            app.tenant_database("acme").inspect(|connection| rows(connection, slug, text, &tickets.last().unwrap().0));
            files(&app, slug, text).await;
            let (_, letter) = of(slug);
            let of_tenant = letter.to_string().repeat(32);
            let key = format!("tnt_{of_tenant}/attachments/att_{of_tenant}");
            app.platform.files.put(&key, b"%PDF".to_vec()).await.unwrap();
        }
        let tickets: [(String, i64); 2] = tickets.try_into().unwrap();
        let mut tokens = Vec::new();
        for (slug, (ticket, _)) in ["acme", "globex"].into_iter().zip(&tickets) {
            app.tenant_database("acme").inspect(|connection| {
                connection
                    .execute("UPDATE tickets SET status = 'resolved', resolution_cycle = 1 WHERE id = ?1", [ticket])
                    .unwrap();
            });
            tokens.push(rating_token(&app, slug, ticket).await);
        }
        Self { app, tickets, tokens: tokens.try_into().unwrap() }
    }

    /// What the parameter `name` is in that tenant. A new kind of thing gets its line here.
    pub fn value(&self, name: &str, slug: &str) -> String {
        let (index, letter) = of(slug);
        match name {
            "ticket" => self.tickets[index].0.clone(),
            "number" => self.tickets[index].1.to_string(),
            "user" => id("usr_", letter),
            "resource" => "User".to_owned(),
            "schema" => shared::scim::USER.to_owned(),
            "organization" => id("org_", letter),
            "department" => id("dep_", letter),
            "role" => id("rol_", letter),
            "group" => id("grp_", letter),
            "view" => id("viw_", letter),
            "account" => id("usr_", if letter == 'a' { 'c' } else { 'd' }),
            "key" => id("key_", letter),
            "directory" => id("dir_", letter),
            "grant" => id("gra_", letter),
            "delegation" => id("dlg_", letter),
            "access_policy" => id("pol_", letter),
            "provider" => id("idp_", letter),
            "identity" => id("eid_", letter),
            "category" => format!("category-{letter}"),
            "attachment" => id("att_", letter),
            "comment" => id("cmt_", letter),
            "session" => id("ses_", letter),
            "passkey" => id("psk_", letter),
            "device" => id("dev_", letter),
            "alert" => id("alt_", letter),
            "block" => id("blk_", letter),
            "upload" => id("upl_", letter),
            "import" => id("imp_", letter),
            "pending" => id("pnd_", letter),
            "reminder" => id("rem_", letter),
            "entry" => id("tim_", letter),
            // Points of a list are numbered within their ticket: the second tenant's is such as there is none.
            "item" => if letter == 'a' { "1" } else { "70002" }.to_owned(),
            "link" => id("lnk_", letter),
            "calendar" => id("cal_", letter),
            "policy" | "rule" => id("sla_", letter),
            "inbound" => id("inb_", letter),
            "mail" | "outbox" => id("out_", letter),
            "tag" => {
                if letter == 'a' {
                    "plain".to_owned()
                } else {
                    CANARY.to_owned()
                }
            }
            "token" => self.tokens[index].clone(),
            // Languages and texts are everybody's: the second tenant's are such as there are none.
            "locale" if letter == 'a' => "ru".to_owned(),
            "text" if letter == 'a' => "nav-home".to_owned(),
            "locale" | "text" => "no-such-one-b".to_owned(),
            // Pictures have the same names everywhere.
            "icon" => if letter == 'a' { "mark.svg" } else { "theirs.png" }.to_owned(),
            other => panic!("the fixtures have no {{{other}}} yet: add it to access_matrix/fixtures.rs"),
        }
    }

    /// A value of the same shape that nobody has.
    pub fn unknown(&self, name: &str) -> String {
        match name {
            "number" | "item" => "5123499".to_owned(),
            "tag" => "nobodys".to_owned(),
            "category" => "category-x".to_owned(),
            "token" => self.tokens[0].chars().rev().collect(),
            "ticket" => id("tkt_", 'e'),
            "locale" | "text" => "no-such-one-e".to_owned(),
            name => {
                let known = self.value(name, "acme");
                id(&known[..4], 'e')
            }
        }
    }

    /// The path with every parameter filled from that tenant.
    pub fn path(&self, path: &str, slug: &str) -> String {
        parameters(path).iter().fold(path.to_owned(), |path, name| fill(&path, name, &self.value(name, slug)))
    }

    /// The path with acme's things, but for one parameter.
    pub fn path_with(&self, path: &str, name: &str, value: &str) -> String {
        let filled = fill(path, name, value);
        parameters(&filled).iter().fold(filled.clone(), |path, name| fill(&path, name, &self.value(name, "acme")))
    }

    /// How many rows were ever changed, but for lines of the audit log: looking makes some, and so does being turned away. Each is a
    /// row, its place, and the counter of places. That somebody of the desk has seen a ticket is a row, too.
    pub fn changes(&self) -> u64 {
        let lines = "SELECT COALESCE(SUM(value), 0) FROM counters WHERE name = 'audit'";
        self.app.tenant_database("acme").inspect(|connection| {
            let lines: u64 = connection.query_row(lines, [], |row| row.get(0)).unwrap();
            let looks: u64 = connection.query_row("SELECT COUNT(*) FROM ticket_looks", [], |row| row.get(0)).unwrap();
            let opened: u64 = connection.query_row("SELECT COUNT(*) FROM opened_tickets", [], |row| row.get(0)).unwrap();
            connection.total_changes() - 3 * lines - looks - opened
        })
    }

    /// The cookie of an operator of the platform.
    pub async fn operator(&self) -> String {
        let database = self.app.platform.database("PLATFORM_DB").unwrap();
        let operator = store::Operator {
            id: shared::id::OperatorId::parse(&id("opr_", 'a')).unwrap(),
            username: "operator".to_owned(),
            name: "Operator".to_owned(),
            password_hash: String::new(),
        };
        let now = self.app.platform.now();
        let digest = shared::auth::signer::sha256_hex(b"operators-secret");
        PlatformDb::new(database.as_ref())
            .batch(vec![
                store::insert_operator(&operator, now),
                store::insert_operator_session(&digest, &operator.id, now, now + chrono::TimeDelta::hours(1)),
            ])
            .await
            .unwrap();
        "__Host-session=operators-secret".to_owned()
    }
}

fn fill(path: &str, name: &str, value: &str) -> String {
    path.replace(&format!("{{{name}}}"), value).replace(&format!("{{*{name}}}"), value)
}

/// What storage holds for the rows.
async fn files(app: &TestApp, slug: &str, text: &str) {
    let (_, letter) = of(slug);
    let files = app.platform.files();
    let mail = format!(
        "From: {text}@sender.example\r\nTo: support@{slug}.example\r\nSubject: {text} subject\r\nMessage-ID: <{text}@sender.example>\r\n\r\n{text} body\r\n"
    );
    files.put(&format!("{}/inbound/{}", id("tnt_", letter), id("inb_", letter)), mail.into_bytes()).await.unwrap();
    let row = format!("{{\"line\":2,\"cells\":[\"{text} imported\",\"x@client.example\"]}}\n");
    files.put(&format!("{}/imports/{}", id("tnt_", letter), id("imp_", letter)), row.into_bytes()).await.unwrap();
    files.put(&format!("{}/attachments/{}", id("tnt_", letter), id("att_", letter)), text.as_bytes().to_vec()).await.unwrap();
}

async fn rating_token(app: &TestApp, slug: &str, ticket: &str) -> String {
    let ticket = shared::id::TicketId::parse(ticket).unwrap();
    app.as_product(slug, async |ctx| functions::actions::ratings::token(ctx, &ticket, 1)).await
}

/// One row of everything that the API has no way to make yet, or not in one request.
fn rows(connection: &Connection, slug: &str, text: &str, ticket: &str) {
    let (_, letter) = of(slug);
    let tenant: String = connection.query_row("SELECT tenant_id FROM tickets WHERE id = ?1", [ticket], |row| row.get(0)).unwrap();
    let run = |sql: &str| {
        let sql = sql
            .replace("$tenant", &tenant)
            .replace("$ticket", ticket)
            .replace("$text", text)
            .replace("$x", &letter.to_string().repeat(32))
            .replace("$l", &letter.to_string());
        connection.execute_batch(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    };
    run("UPDATE users SET name = '$text ' || role WHERE tenant_id = '$tenant'");
    run("UPDATE organizations SET name = '$text company' WHERE tenant_id = '$tenant'");
    run("INSERT INTO organizations (tenant_id, id, name, created_at) VALUES ('$tenant', 'org_$x', '$text second company', 1)");
    run("INSERT INTO departments (tenant_id, id, name) VALUES ('$tenant', 'dep_$x', '$text department')");
    run("INSERT INTO categories (tenant_id, slug, name) VALUES ('$tenant', 'category-$l', '$text category')");
    run("INSERT INTO users (tenant_id, id, email, name, role, status, created_at, updated_at)
         VALUES ('$tenant', 'usr_$x', '$text-extra@client.example', '$text extra', 'client', 'active', 1, 1)");
    run("INSERT INTO second_factors (tenant_id, user_id, secret, key_id, created_at, confirmed_at)
         VALUES ('$tenant', 'usr_$x', '$text', '$text', 1, 1)");
    run("INSERT INTO passkeys (tenant_id, id, user_id, credential, algorithm, public_key, sign_count, backup_eligible, backed_up, transports,
             model, name, created_at)
         VALUES ('$tenant', 'psk_$x', 'usr_$x', '$text', 'ES256', '{}', 0, 0, 0, '[]', '', '$text passkey', 1)");
    run("INSERT INTO sessions (tenant_id, id, user_id, kind, created_at, expires_at, network, user_agent)
         VALUES ('$tenant', 'ses_$x', 'usr_$x', 'api', 1, 9999999999999, '$text network', '$text program')");
    run("INSERT INTO push_devices (tenant_id, id, user_id, session_id, endpoint, p256dh, auth, label, locale, created_at, seen_at)
         VALUES ('$tenant', 'dev_$x', 'usr_$x', 'ses_$x', 'https://push.example/$text', '$text', '$text', '$text device', 'en', 1, 1)");
    run("INSERT INTO roles (tenant_id, id, name, description, base, permissions, created_at, updated_at)
         VALUES ('$tenant', 'rol_$x', '$text role', '$text purpose', 'agent', '[\"ticket.read\"]', 1, 1)");
    run("INSERT INTO address_blocks (tenant_id, id, range, reason, origin, created_at, created_by, expires_at)
         VALUES ('$tenant', 'blk_$x', '198.51.100.7', '$text reason', 'manual', 1, 'usr_$x', 9999999999999)");
    run("INSERT INTO security_alerts (tenant_id, id, kind, subject, period, detail, created_at)
         VALUES ('$tenant', 'alt_$x', 'password_spraying', '$text network', 0, '{\"tries\":\"$text\"}', 1)");
    run("INSERT INTO imports (tenant_id, id, kind, status, file_name, encoding, delimiter, headers, mapping, zone, bytes, rows_total, rows_good,
             created_by, created_at)
         VALUES ('$tenant', 'imp_$x', 'tickets', 'checked', '$text.csv', 'utf-8', 'comma', '[\"$text title\",\"$text requester\"]',
                 '[\"title\",\"requester\"]', 'UTC', 100000, 1, 1, 'usr_$x', 1)");
    run("INSERT INTO import_rows (tenant_id, import_id, line, outcome, faults)
         VALUES ('$tenant', 'imp_$x', 2, 'refused', '[{\"field\":\"title\",\"code\":\"required\",\"value\":\"$text\"}]')");
    run("INSERT INTO groups (tenant_id, id, name, description, created_at, updated_at)
         VALUES ('$tenant', 'grp_$x', '$text group', '$text purpose', 1, 1)");
    // Everybody at the other desk sees it; here it is somebody's own.
    let shared = if slug == "acme" { "nobody" } else { "desk" };
    run(&format!(
        "INSERT INTO ticket_views (tenant_id, id, owner_id, name, shared, definition, position, created_at, updated_at)
         VALUES ('$tenant', 'viw_$x', 'usr_$x', '$text view', '{shared}', '{{\"name\":\"$text view\",\"shared\":\"{shared}\"}}', 0, 1, 1)"
    ));
    let item = of(slug).0 + 1;
    run(&format!(
        "INSERT INTO checklists (tenant_id, ticket_id, items, done, total, version)
         VALUES ('$tenant', '$ticket', '[{{\"id\":{item},\"text\":\"$text item\"}}]', 0, 1, 1)"
    ));
    run("INSERT INTO time_entries (tenant_id, id, user_id, ticket_id, day, minutes, note, billable, created_at, updated_at)
         VALUES ('$tenant', 'tim_$x', 'usr_$x', '$ticket', '2026-03-01', 5, '$text note', 1, 1, 1)");
    run("INSERT INTO reminders (tenant_id, id, user_id, text, due_at, created_at)
         VALUES ('$tenant', 'rem_$x', 'usr_$x', '$text reminder', 9999999999999, 1)");
    let account = if slug == "acme" { "c" } else { "d" }.repeat(32);
    run(&format!(
        "INSERT INTO users (tenant_id, id, email, name, role, status, is_service, created_at, updated_at)
         VALUES ('$tenant', 'usr_{account}', 'usr_{account}@service.invalid', '$text program', 'agent', 'active', 1, 1, 1)"
    ));
    run(&format!("INSERT INTO api_keys (tenant_id, id, user_id, name, prefix, secret_hash, scopes, networks, created_at, created_by, expires_at)
         VALUES ('$tenant', 'key_$x', 'usr_{account}', '$text key', 'wnk_$text', '$text', '[\"ticket.read\"]', '[]', 1, '$text', 9999999999999)"));
    run("INSERT INTO group_members (tenant_id, group_id, user_id, added_at) VALUES ('$tenant', 'grp_$x', 'usr_$x', 1)");
    run("INSERT INTO directories (tenant_id, id, name, definition, secret, key_id, enabled, created_at, updated_at)
         VALUES ('$tenant', 'dir_$x', '$text directory', '{\"name\":\"$text directory\",\"host\":\"$text.example\",\"base_dn\":\"dc=$text\",
                 \"bind_dn\":\"cn=$text\"}', '$text', '$text', 1, 1, 1)");
    run("INSERT INTO directory_people (tenant_id, directory_id, unique_id, user_id, username, linked_at)
         VALUES ('$tenant', 'dir_$x', 'aa', 'usr_$x', '$text', 1)");
    run("INSERT INTO grants (tenant_id, id, user_id, role, reach, reason, starts_at, ends_at, created_by, created_at)
         VALUES ('$tenant', 'gra_$x', 'usr_$x', 'client', 'own', '$text reason', 1, 8640000000000000, 'system', 1)");
    run("INSERT INTO delegations (tenant_id, id, delegator_id, deputy_id, reason, starts_at, ends_at, created_by, created_at)
         SELECT '$tenant', 'dlg_$x', a.id, b.id, '$text reason', 1, 9999999999999, 'system', 1 FROM users a, users b
         WHERE a.tenant_id = '$tenant' AND a.role = 'agent' AND b.tenant_id = '$tenant' AND b.role = 'manager' LIMIT 1");
    run("INSERT INTO access_policies (tenant_id, id, name, description, effect, permissions, condition, enabled, created_at, updated_at)
         VALUES ('$tenant', 'pol_$x', '$text policy', '$text purpose', 'deny', '[\"ticket.read\"]',
                 '{\"==\": [{\"var\": \"ticket.erp_module\"}, \"$text\"]}', 0, 1, 1)");
    let site = format!("https://{}.example", text.to_lowercase());
    let metadata =
        "{\"authorization_endpoint\":\"$site/a\",\"token_endpoint\":\"$site/t\",\"jwks_uri\":\"$site/k\",\"names_issuer\":false,
        \"secret_in_form\":false,\"algorithms\":[\"ES256\"],\"keys\":[]}"
            .replace("$site", &site);
    run(&format!(
        "INSERT INTO identity_providers (tenant_id, id, name, definition, enabled, created_at, updated_at, metadata, metadata_at)
         VALUES ('$tenant', 'idp_$x', '$text provider', '{{\"name\":\"$text provider\",\"issuer\":\"{site}\",\"client_id\":\"$text\"}}', 1, 1, 1,
                 '{metadata}', 4102444800000)"
    ));
    run("INSERT INTO external_identities (tenant_id, id, provider_id, issuer, subject, user_id, label, managed, linked_at)
         VALUES ('$tenant', 'eid_$x', 'idp_$x', 'https://x.example', '$text', 'usr_$x', '$text', 0, 1)");
    run("INSERT INTO ticket_comments (tenant_id, id, ticket_id, author_id, author_is_staff, visibility, channel, body, created_at)
         VALUES ('$tenant', 'cmt_$x', '$ticket', 'usr_$x', 1, 'internal', 'web', '$text note', 1)");
    run("INSERT INTO ticket_attachments (tenant_id, id, ticket_id, uploader_id, visibility, file_name, media_type, size, storage_key, created_at)
         VALUES ('$tenant', 'att_$x', '$ticket', (SELECT id FROM users WHERE tenant_id = '$tenant' AND email LIKE 'client@%'), 'public',
                 '$text.pdf', 'application/pdf', 4, '$tenant/attachments/att_$x', 9999999999999)");
    run("INSERT INTO uploads (tenant_id, id, ticket_id, uploader_id, visibility, file_name, media_type, size, storage_upload, created_at, expires_at)
         VALUES ('$tenant', 'upl_$x', '$ticket', 'usr_$x', 'public', '$text.zip', 'application/zip', 9, 'u', 1, 9999999999999)");
    run("INSERT INTO sla_calendars (tenant_id, id, name, definition, created_at, updated_at)
         VALUES ('$tenant', 'cal_$x', '$text calendar', '{\"zone\":\"UTC\",\"around_the_clock\":true}', 1, 1)");
    run("INSERT INTO sla_rules (tenant_id, id, name, position, calendar_id, definition, created_at, updated_at)
         VALUES ('$tenant', 'sla_$x', '$text policy', 1, 'cal_$x', '{\"name\":\"$text policy\",\"calendar_id\":\"cal_$x\"}', 1, 1)");
    run("INSERT INTO inbound_mails (tenant_id, id, dedupe_key, mailbox, sender, subject, size, storage_key, state, reason, received_at)
         VALUES ('$tenant', 'inb_$x', 'd', 'support@$text.example', '$text@sender.example', '$text subject', 3, '$tenant/inbound/inb_$x', 'unprocessed', 'empty', 1)");
    run("INSERT INTO outbox (tenant_id, id, kind, template, recipient, locale, data, state, due_at, created_at)
         VALUES ('$tenant', 'out_$x', 'mail', 'agent_reply', '$text@to.example', 'en', '{}', 'failed', 1, 1)");
}
