use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::mpsc::{Sender, channel};
use std::sync::{LazyLock, Mutex};

use chrono::TimeDelta;
use shared::auth::password;

use super::*;
use crate::demo::stand::{Passwords, binding, open_desk};
use crate::demo::{Role, Size, TENANTS, plan};
use crate::native::{NativeDatabase, test_config};

/// A Monday noon in Moscow.
const NOON: &str = "2026-11-23T09:00:00Z";

/// A seeded stand of the small size.
struct Stand {
    platform: NativePlatform,
    written: Written,
}

/// Passwords that are the same every time.
fn passwords() -> Passwords {
    let roles = [Role::Admin, Role::Manager, Role::Agent, Role::Client, Role::Analyst];
    let known = roles.map(|role| (role.key(), format!("the {}'s", role.key())));
    Passwords { known: known.into_iter().collect(), others: "everybody else's".to_owned() }
}

impl Stand {
    fn seeded(seed: u64, now: &str) -> Self {
        let now: DateTime<Utc> = now.parse().unwrap();
        let databases = HashMap::from([
            ("PLATFORM_DB".to_owned(), Rc::new(NativeDatabase::in_memory("platform"))),
            ("TENANT_DB_1".to_owned(), Rc::new(NativeDatabase::in_memory("tenant"))),
            ("TENANT_DB_2".to_owned(), Rc::new(NativeDatabase::in_memory("tenant"))),
        ]);
        let platform = NativePlatform::new(now - TimeDelta::days(60), test_config(), databases);
        let passwords = passwords();
        let mut desks = BTreeMap::new();
        for tenant in &TENANTS {
            desks.insert(tenant.slug, pollster::block_on(open_desk(&platform, tenant, &passwords)).unwrap());
        }
        let mut replay = Replay::new(&platform, desks, now - TimeDelta::days(Size::Small.days_of_mail()));
        for event in plan(seed, Size::Small, &TENANTS, now) {
            pollster::block_on(replay.write(&event)).unwrap();
        }
        pollster::block_on(replay.finish(now)).unwrap();
        let written = replay.written;
        Self { platform, written }
    }

    /// One figure of each tenant; `?1` is the tenant's id.
    fn of_each(&self, sql: &str) -> Figures {
        let figure = |tenant: &crate::demo::Tenant| {
            let id: String = self.platform.databases["PLATFORM_DB"].inspect(|connection| {
                connection.query_row("SELECT id FROM tenants WHERE slug = ?1", [tenant.slug], |row| row.get(0)).unwrap()
            });
            self.platform.databases[binding(tenant.slug)].inspect(|connection| {
                connection.query_row(sql, [id], |row| row.get(0)).unwrap_or_else(|error| panic!("{sql}: {error}"))
            })
        };
        TENANTS.iter().map(|tenant| (tenant.slug, figure(tenant))).collect()
    }

    /// Every row of every table, and every file.
    fn dump(&self) -> String {
        let mut out = String::new();
        for (binding, database) in self.platform.databases.iter().collect::<BTreeMap<_, _>>() {
            database.inspect(|connection| {
                let tables =
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'ticket_search%' ORDER BY name";
                let mut statement = connection.prepare(tables).unwrap();
                let tables: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
                for table in tables {
                    let mut statement = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
                    let columns = statement.column_count();
                    let rows = statement.query_map([], |row| {
                        Ok((0..columns).map(|nth| format!("{}|", cell(row.get_ref(nth).unwrap()))).collect::<String>())
                    });
                    let mut rows: Vec<String> = rows.unwrap().map(Result::unwrap).collect();
                    rows.sort();
                    out.push_str(&format!("{binding} {table}\n{}\n", rows.join("\n")));
                }
            });
        }
        for key in self.platform.files.keys() {
            let digest = shared::auth::signer::sha256_hex(&self.platform.files.bytes(&key).unwrap());
            out.push_str(&format!("{key} {digest}\n"));
        }
        out
    }
}

fn cell(value: rusqlite::types::ValueRef<'_>) -> String {
    match value {
        rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        other => format!("{other:?}"),
    }
}

/// One figure of each tenant.
type Figures = Vec<(&'static str, i64)>;

/// What the stand of a Monday noon has to say: it is seeded once, on a thread of its own, and asked by all tests.
struct Witness {
    questions: Mutex<Sender<(String, Sender<Figures>)>>,
    written: Written,
    dump: String,
    files: BTreeMap<String, usize>,
}

static STAND: LazyLock<Witness> = LazyLock::new(|| {
    let (ask, asked) = channel::<(String, Sender<Figures>)>();
    let (begin, begun) = channel();
    std::thread::spawn(move || {
        let stand = Stand::seeded(5, NOON);
        let files = &stand.platform.files;
        let files = files.keys().into_iter().map(|key| (key.clone(), files.bytes(&key).unwrap().len())).collect();
        begin.send((stand.written, stand.dump(), files)).unwrap();
        for (question, answer) in asked {
            // Whoever asked nonsense is left without an answer.
            let figures = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| stand.of_each(&question)));
            figures.into_iter().for_each(|figures| answer.send(figures).unwrap());
        }
    });
    let (written, dump, files) = begun.recv().expect("a stand was seeded");
    Witness { questions: Mutex::new(ask), written, dump, files }
});

fn of_each(sql: &str) -> Figures {
    let (answer, answered) = channel();
    STAND.questions.lock().unwrap().send((sql.to_owned(), answer)).unwrap();
    answered.recv().unwrap_or_else(|_| panic!("no answer to {sql}"))
}

fn together(sql: &str) -> i64 {
    of_each(sql).iter().map(|(_, figure)| figure).sum()
}

/// Refuses a stand of which a tenant has less of something.
fn shows(at_least: i64, what: &str, sql: &str) {
    for (slug, figure) in of_each(sql) {
        assert!(figure >= at_least, "{slug} has {figure} {what}");
    }
}

#[test]
fn a_small_past_is_written_by_the_products_own_use_cases() {
    assert_eq!((STAND.written.people, STAND.written.tickets), (60, 120));
    assert_eq!(together("SELECT COUNT(*) FROM tickets WHERE tenant_id = ?1"), 120);
    assert_eq!(together("SELECT COUNT(*) FROM ratings WHERE tenant_id = ?1"), i64::from(STAND.written.ratings));
    assert_eq!(together("SELECT MAX(number) FROM tickets WHERE tenant_id = ?1"), 120, "numbers are dense");
    assert!(together("SELECT COUNT(*) FROM tickets WHERE tenant_id = ?1 AND status = 'closed'") > 50);
    assert!(together("SELECT COUNT(*) FROM tickets WHERE tenant_id = ?1 AND reopened_count > 0") < 24);
    assert_eq!(
        together("SELECT COUNT(*) FROM ticket_links WHERE tenant_id = ?1 AND kind = 'continues'"),
        0,
        "no answer came too late"
    );
    let row = STAND.dump.lines().find(|line| line.contains("agent@globex.example") && line.contains("$argon2id$")).unwrap();
    let stored = row.split('|').find(|text| text.starts_with("$argon2id$"));
    assert!(password::verify(&passwords().known["agent"], stored, test_config().argon2));
    assert!(!password::verify(&passwords().others, stored, test_config().argon2));
}

#[test]
fn the_same_seed_and_hour_give_the_same_rows_and_files() {
    let again = Stand::seeded(5, NOON).dump();
    if let Some((one, two)) = STAND.dump.lines().zip(again.lines()).find(|(one, two)| one != two) {
        panic!("{one}\n{two}");
    }
    assert_eq!(STAND.dump.len(), again.len());
}

#[test]
fn every_desk_has_its_calendars_and_policies_and_its_tickets_count_by_them() {
    shows(3, "calendars", "SELECT COUNT(*) FROM sla_calendars WHERE tenant_id = ?1");
    shows(5, "policies", "SELECT COUNT(*) FROM sla_rules WHERE tenant_id = ?1");
    let counting = "SELECT COUNT(*) FROM tickets WHERE tenant_id = ?1 AND (sla_policy_id IS NULL OR sla_calendar_id IS NULL)";
    assert_eq!(together(counting), 0, "a ticket without promises");
    shows(3, "policies in use", "SELECT COUNT(DISTINCT sla_policy_id) FROM tickets WHERE tenant_id = ?1");
    for (slug, kept) in of_each(
        "SELECT 100 - 100 * (SELECT COUNT(DISTINCT ticket_id) FROM sla_violations v WHERE v.tenant_id = ?1) / COUNT(*) FROM tickets WHERE tenant_id = ?1",
    ) {
        assert!((50..98).contains(&kept), "{slug} keeps its promises on {kept} of 100 tickets");
    }
}

#[test]
fn whatever_the_hour_promises_are_nearly_due_missed_and_paused_and_the_counts_beside_the_queues_say_so() {
    // A working noon, a night between two free days, and the Russian New Year.
    for now in [NOON, "2026-11-28T22:30:00Z", "2027-01-04T10:00:00Z"] {
        let other = (now != NOON).then(|| Stand::seeded(5, now));
        let figures = |sql: &str| other.as_ref().map_or_else(|| of_each(sql), |stand| stand.of_each(sql));
        let tickets = |what: &str| format!("SELECT COUNT(*) FROM tickets WHERE tenant_id = ?1 AND deleted_at IS NULL AND {what}");
        let in_time = now.parse::<DateTime<Utc>>().unwrap().timestamp_millis();
        for (at_least, what) in [
            (2, "is_open = 1 AND sla_warned = 1"),
            (2, "is_open = 1 AND sla_breached = 1"),
            (2, "is_open = 1 AND assignee_id IS NULL"),
            (2, "is_open = 1 AND assignee_id = (SELECT id FROM users u WHERE u.tenant_id = ?1 AND u.email LIKE 'agent@%')"),
            (1, "status = 'waiting_customer'"),
            (2, "is_open = 1 AND sla_warned = 0 AND sla_breached = 0"),
        ] {
            for (slug, figure) in figures(&tickets(what)) {
                assert!(figure >= at_least, "{slug} at {now}: {figure} with {what}");
            }
        }
        let late = tickets("is_open = 1 AND (sla_warned = 1 OR sla_breached = 1)");
        let count = "SELECT tickets FROM queue_counts WHERE tenant_id = ?1 AND queue = 'breaching'";
        assert_eq!(figures(count), figures(&late), "at {now}");
        let overdue = format!("SELECT COUNT(*) FROM sla_timers WHERE tenant_id = ?1 AND due_at <= {in_time}");
        assert!(figures(&overdue).iter().all(|(_, figure)| *figure == 0), "the first sweep would find something to do at {now}");
    }
}

#[test]
fn mail_has_come_and_gone_and_some_of_it_went_wrong() {
    let mails = |what: &str| format!("SELECT COUNT(*) FROM inbound_mails WHERE tenant_id = ?1 AND {what}");
    shows(2, "tickets by mail", &mails("outcome = 'ticket'"));
    shows(1, "answers by mail", &mails("outcome IN ('comment', 'reopened') AND mailbox LIKE 'support+%'"));
    shows(1, "notes of machines", &mails("outcome = 'note'"));
    shows(1, "returned mails", &mails("outcome = 'bounce'"));
    shows(1, "discarded mails", &mails("state = 'discarded'"));
    for reason in ["bulk", "automatic", "empty", "own_address"] {
        shows(1, reason, &mails(&format!("state = 'unprocessed' AND reason = '{reason}'")));
    }
    shows(1, "answers with a quotation", "SELECT COUNT(*) FROM ticket_comments WHERE tenant_id = ?1 AND quoted IS NOT NULL");
    shows(1, "unverified writers", "SELECT COUNT(*) FROM tickets WHERE tenant_id = ?1 AND from_unverified = 1");
    let outbox = |what: &str| format!("SELECT COUNT(*) FROM outbox WHERE tenant_id = ?1 AND {what}");
    shows(40, "sent mails", &outbox("state = 'sent'"));
    shows(1, "mails sent at the second try", &outbox("state = 'sent' AND attempts = 2"));
    shows(1, "refused mails", &outbox("state = 'failed' AND error LIKE '550 5.1.2%'"));
    shows(1, "mails that came back", &outbox("state = 'failed' AND error LIKE '5.1.1%'"));
    for template in
        ["ticket_received", "agent_reply", "ticket_resolved", "rating_reminder", "sla_warning", "sla_breach", "confirm_address"]
    {
        shows(1, template, &outbox(&format!("template = '{template}'")));
    }
    assert_eq!(together(&outbox("state IN ('queued', 'sending') AND due_at < created_at")), 0);
    let raw = STAND.files.keys().filter(|key| key.contains("/inbound/")).count();
    assert_eq!(raw, usize::try_from(STAND.written.mails_in).unwrap(), "the raw mails are kept");
}

#[test]
fn tickets_carry_files_of_every_kind_and_each_lies_in_storage() {
    let files = |what: &str| format!("SELECT COUNT(*) FROM ticket_attachments WHERE tenant_id = ?1 AND {what}");
    shows(4, "files", &files("1"));
    for kind in ["image/png", "text/csv", "text/plain", "application/pdf"] {
        assert!(together(&files(&format!("media_type = '{kind}'"))) >= 1, "no {kind}");
    }
    assert!(together(&files("comment_id IS NOT NULL")) >= 1, "no file on an answer");
    let stored = STAND.files.iter().filter(|(key, _)| key.contains("/attachments/"));
    let (count, bytes) = stored.fold((0, 0), |(count, bytes), (_, size)| (count + 1, bytes + size));
    assert_eq!(together(&files("1")), count);
    assert_eq!(usize::try_from(together("SELECT SUM(size) FROM ticket_attachments WHERE tenant_id = ?1")), Ok(bytes));
}

#[test]
fn tickets_are_merged_linked_escalated_followed_tagged_and_rated() {
    shows(1, "merges", "SELECT COUNT(*) FROM ticket_merges WHERE tenant_id = ?1");
    shows(2, "incidents of a problem", "SELECT COUNT(*) FROM ticket_links WHERE tenant_id = ?1 AND kind = 'incident_of'");
    shows(1, "duplicates", "SELECT COUNT(*) FROM ticket_links WHERE tenant_id = ?1 AND kind = 'duplicate_of'");
    shows(1, "escalations by hand", "SELECT COUNT(*) FROM tickets WHERE tenant_id = ?1 AND escalation_level = 2");
    shows(1, "followers", "SELECT COUNT(*) FROM ticket_followers WHERE tenant_id = ?1 AND kind = 'follower'");
    shows(1, "copies", "SELECT COUNT(*) FROM ticket_followers WHERE tenant_id = ?1 AND kind = 'cc'");
    shows(5, "tags", "SELECT COUNT(DISTINCT tag) FROM ticket_tags WHERE tenant_id = ?1");
    shows(5, "tickets with fields of their own", "SELECT COUNT(*) FROM tickets WHERE tenant_id = ?1 AND custom_fields <> '{}'");
    shows(3, "ratings", "SELECT COUNT(*) FROM ratings WHERE tenant_id = ?1");
    shows(1, "ratings with a comment", "SELECT COUNT(*) FROM ratings WHERE tenant_id = ?1 AND comment <> ''");
    shows(
        1,
        "critical tickets to be rated by the well-known client",
        "SELECT COUNT(*) FROM tickets t JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.requester_id
            WHERE t.tenant_id = ?1 AND t.priority = 'critical' AND t.status = 'resolved' AND u.role = 'client'
              AND EXISTS (SELECT 1 FROM rating_requests r WHERE r.tenant_id = t.tenant_id AND r.ticket_id = t.id)
              AND NOT EXISTS (SELECT 1 FROM ratings r WHERE r.tenant_id = t.tenant_id AND r.ticket_id = t.id)",
    );
}
