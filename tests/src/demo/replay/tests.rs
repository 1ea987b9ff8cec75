use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use chrono::TimeDelta;
use shared::auth::password;

use super::*;
use crate::demo::stand::{draw_passwords, open_desk};
use crate::demo::{Size, TENANTS, plan};
use crate::native::{NativeDatabase, test_config};

fn figure(database: &NativeDatabase, sql: &str) -> i64 {
    database.inspect(|connection| connection.query_row(sql, [], |row| row.get(0)).unwrap())
}

#[test]
fn a_small_past_is_written_by_the_products_own_use_cases() {
    let now: DateTime<Utc> = "2026-11-23T09:00:00Z".parse().unwrap();
    let tenants = Rc::new(NativeDatabase::in_memory("tenant"));
    let own = Rc::new(NativeDatabase::in_memory("tenant"));
    let databases = HashMap::from([
        ("PLATFORM_DB".to_owned(), Rc::new(NativeDatabase::in_memory("platform"))),
        ("TENANT_DB_1".to_owned(), Rc::clone(&tenants)),
        ("TENANT_DB_2".to_owned(), Rc::clone(&own)),
    ]);
    let platform = NativePlatform::new(now - TimeDelta::days(60), test_config(), databases);
    let passwords = draw_passwords().unwrap();
    let mut desks = BTreeMap::new();
    for tenant in &TENANTS {
        desks.insert(tenant.slug, pollster::block_on(open_desk(&platform, tenant, &passwords)).unwrap());
    }
    let mut replay = Replay::new(&platform, desks);
    let (mut comments, mut ratings) = (0, 0);
    for event in plan(5, Size::Small, &TENANTS, now) {
        comments += u32::from(matches!(event.kind, Happening::CommentAdded(_)));
        ratings += u32::from(matches!(event.kind, Happening::Rated(_)));
        pollster::block_on(replay.write(&event)).unwrap();
    }
    let both = |sql: &str| figure(&tenants, sql) + figure(&own, sql);
    assert_eq!((replay.written.people, replay.written.tickets), (60, 120));
    assert_eq!(both("SELECT COUNT(*) FROM tickets"), 120);
    assert_eq!(both("SELECT COUNT(*) FROM ticket_comments"), i64::from(comments));
    assert_eq!(both("SELECT COUNT(*) FROM ratings"), i64::from(ratings));
    assert_eq!(both("SELECT COUNT(*) FROM outbox"), 0, "nobody gets mail about the past");
    assert_eq!(both("SELECT COUNT(*) FROM ticket_links"), 0, "no answer came too late for its ticket");
    assert_eq!(figure(&own, "SELECT MAX(number) FROM tickets"), figure(&own, "SELECT COUNT(*) FROM tickets"));
    assert!(both("SELECT COUNT(*) FROM tickets WHERE status = 'closed'") > 60);
    assert!(both("SELECT COUNT(*) FROM tickets WHERE reopened_count > 0") < 24);
    let stored: String = own.inspect(|connection| {
        let sql = "SELECT password_hash FROM users WHERE email = 'agent@globex.example'";
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    });
    assert!(password::verify(&passwords.known["agent"], Some(&stored), test_config().argon2));
    assert!(!password::verify(&passwords.others, Some(&stored), test_config().argon2));
}
