//! Every SQL text of the product, looked at: bound to its tenant, on an index, with a limit.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use shared::store::{PLATFORM_STATEMENTS, TENANT_STATEMENTS};
use tests::native::NativeDatabase;

/// What SQLite would do for a statement, a line a step.
fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let mut prepared = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap_or_else(|error| panic!("{error}: {sql}"));
    let bound = vec![rusqlite::types::Value::Null; prepared.parameter_count()];
    prepared.query_map(rusqlite::params_from_iter(bound), |row| row.get::<_, String>(3)).unwrap().map(Result::unwrap).collect()
}

/// Tables and virtual tables of a database.
fn tables(connection: &Connection) -> BTreeSet<String> {
    let mut prepared =
        connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'ticket_search%'").unwrap();
    prepared.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Aliases in the statement mapped to their table: `FROM tickets t` and `JOIN users AS r`.
fn table_of<'a>(sql: &'a str, name: &'a str, tables: &BTreeSet<String>) -> &'a str {
    if tables.contains(name) {
        return name;
    }
    let words: Vec<&str> = sql
        .split(|letter: char| letter.is_whitespace() || letter == ',' || letter == '(' || letter == ')')
        .filter(|word| !word.is_empty())
        .collect();
    for (index, word) in words.iter().enumerate() {
        if *word == name && index > 0 {
            let before = if words[index - 1] == "AS" && index > 1 { words[index - 2] } else { words[index - 1] };
            if tables.contains(before) {
                return before;
            }
        }
    }
    name
}

fn tenant_statements() -> impl Iterator<Item = (String, &'static str)> {
    TENANT_STATEMENTS
        .iter()
        .flat_map(|(file, statements)| statements.iter().map(move |(name, sql)| (format!("{file}::{name}"), sql.text())))
}

#[test]
fn every_row_of_a_tenants_database_names_its_tenant_first_and_refers_to_its_own_tenants_rows_only() {
    let database = NativeDatabase::in_memory("tenant");
    let mut faults = Vec::new();
    database.inspect(|connection| {
        let column = |sql: &str| -> Vec<(String, String)> {
            let mut prepared = connection.prepare(sql).unwrap();
            prepared.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
        };
        // What the engine keeps for itself, and the words that a trigger copies from tickets under their row's number.
        let of_the_engine = |table: &str| table.starts_with("sqlite_") || table.starts_with("ticket_search") || table.starts_with("d1_");
        let tables: Vec<String> = tables(connection).into_iter().filter(|table| !of_the_engine(table)).collect();
        assert!(tables.len() > 40, "{tables:?}");
        for table in &tables {
            let key = column(&format!("SELECT name, pk FROM pragma_table_info('{table}') WHERE pk = 1 OR name = 'tenant_id' AND \"notnull\" = 1")
                .replace("name, pk", "name, CAST(pk AS TEXT)"));
            if !key.iter().any(|(name, _)| name == "tenant_id") {
                faults.push(format!("{table} has no tenant"));
            }
            if key.iter().any(|(name, place)| place == "1" && name != "tenant_id") && !has_unique_by_tenant(connection, table) {
                faults.push(format!("{table} is not keyed by its tenant"));
            }
            let references = column(&format!(
                "SELECT \"table\", group_concat(\"from\" || '=' || COALESCE(\"to\", '')) FROM pragma_foreign_key_list('{table}') GROUP BY id"
            ));
            for (to, columns) in references {
                if !columns.split(',').any(|pair| pair == "tenant_id=tenant_id") {
                    faults.push(format!("{table} refers to {to} of any tenant: {columns}"));
                }
            }
        }
    });
    assert_eq!(faults, Vec::<String>::new());
}

/// Whether the table has a unique index that begins with the tenant.
fn has_unique_by_tenant(connection: &Connection, table: &str) -> bool {
    let sql = format!(
        "SELECT COUNT(*) FROM pragma_index_list('{table}') l JOIN pragma_index_info(l.name) i ON i.seqno = 0 AND i.name = 'tenant_id'
         WHERE l.\"unique\" = 1"
    );
    connection.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap() > 0
}

#[test]
fn every_step_of_a_tenant_statement_is_narrowed_to_the_tenant_by_an_index() {
    let database = NativeDatabase::in_memory("tenant");
    let mut faults = Vec::new();
    database.inspect(|connection| {
        let tables = tables(connection);
        for (name, sql) in tenant_statements() {
            for step in plan(connection, sql) {
                if step.starts_with("USE TEMP B-TREE FOR") && step.ends_with("ORDER BY") && file_of_lists(&name) && !is_cut(&name)
                {
                    faults.push(format!("{name}: {step}"));
                }
                let mut words = step.split(' ');
                let (Some(verb), Some(subject)) = (words.next(), words.next()) else { continue };
                let table = table_of(sql, subject, &tables);
                if !tables.contains(table) {
                    continue;
                }
                let narrowed =
                    step.contains("tenant_id=?") || (table == "search_rows" && step.contains("INTEGER PRIMARY KEY (rowid=?)"));
                if verb == "SCAN" || (verb == "SEARCH" && !narrowed) {
                    faults.push(format!("{name}: {step}"));
                }
            }
        }
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Tables of which a desk has a few hundred rows at most: what its administrators set up.
const SMALL: &[&str] = &[
    "address_blocks",
    "categories",
    "counters",
    "departments",
    "directories",
    "directory_versions",
    "groups",
    "identity_providers",
    "own_text_versions",
    "own_texts",
    "queue_counts",
    "roles",
    "scim_counts",
    "security_silences",
    "sla_calendars",
    "sla_rules",
    "tenant_settings",
];

/// A step that reads everything the tenant has in a table which grows.
fn reads_all(step: &str, table: &str) -> bool {
    step.starts_with("SEARCH") && step.ends_with("(tenant_id=?)") && !SMALL.contains(&table)
}

#[test]
fn no_statement_reads_all_of_a_table_that_grows() {
    let database = NativeDatabase::in_memory("tenant");
    let mut faults = Vec::new();
    database.inspect(|connection| {
        let tables = tables(connection);
        for (name, sql) in tenant_statements() {
            let steps = plan(connection, sql);
            // A list walks along its index until the page is full.
            let walks = sql.contains("LIMIT") && !steps.iter().any(|step| step.starts_with("USE TEMP B-TREE"));
            for step in steps {
                let subject = step.split(' ').nth(1).unwrap_or_default().to_owned();
                // A new row is looked for in the tables that refer to it only while a deferred key is open, and none ever is.
                let looks_back = sql.starts_with("INSERT") && !sql.contains(&subject);
                if reads_all(&step, table_of(sql, &subject, &tables)) && !walks && !looks_back {
                    faults.push(format!("{name}: {step}"));
                }
            }
        }
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_asked_of_one_clock_or_of_what_is_paid_for_passes_over_nothing_else() {
    let database = NativeDatabase::in_memory("tenant");
    let clock = "sla_timers_by_clock (tenant_id=? AND clock=? AND percent=? AND due_at>? AND due_at<?)";
    let paid = "time_entries_by_billable (tenant_id=? AND billable=? AND day";
    let promised = [
        ("sla_board::DUE_CLOCK", clock),
        ("sla_board::COUNT_CLOCK", clock),
        ("time_entries::LIST_BILLABLE", paid),
        ("time_entries::SUM_BILLABLE", paid),
    ];
    database.inspect(|connection| {
        for (wanted, step) in promised {
            let (_, sql) = tenant_statements().find(|(name, _)| name == wanted).unwrap_or_else(|| panic!("no {wanted}"));
            let steps = plan(connection, sql);
            assert!(steps.iter().any(|one| one.contains(step)), "{wanted}: {steps:?}");
        }
    });
}

#[test]
fn the_planner_knows_of_every_index_how_narrow_it_is() {
    let database = NativeDatabase::in_memory("tenant");
    database.inspect(|connection| {
        let mut prepared = connection
            .prepare(
                "SELECT m.name, i.name FROM sqlite_master m, pragma_index_list(m.name) i
                WHERE m.type = 'table' AND m.name NOT LIKE 'ticket_search%' AND m.name NOT LIKE 'sqlite_%' AND NOT EXISTS
                    (SELECT 1 FROM sqlite_stat1 s WHERE s.tbl = m.name AND (s.idx = i.name OR (i.origin = 'pk' AND s.idx = m.name)))",
            )
            .unwrap();
        let unknown: Vec<(String, String)> =
            prepared.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
        assert!(unknown.is_empty(), "indexes without a line in the migration of the planner's statistics: {unknown:?}");
    });
}

/// The statements of the schema's triggers, with parameters in the place of the row that sets them off.
fn trigger_statements(connection: &Connection) -> Vec<(String, String)> {
    let mut prepared = connection.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").unwrap();
    let triggers: Vec<(String, String)> =
        prepared.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    let mut statements = Vec::new();
    for (name, sql) in triggers {
        let body = sql.split_once("BEGIN").unwrap().1.rsplit_once("END").unwrap().0;
        for statement in body.split(';').map(str::trim).filter(|statement| !statement.is_empty()) {
            let mut bound = String::new();
            let mut rest = statement;
            while let Some(at) = rest.find("NEW.").into_iter().chain(rest.find("OLD.")).min() {
                bound.push_str(&rest[..at]);
                bound.push('?');
                rest = rest[at + 4..].trim_start_matches(|letter: char| letter.is_alphanumeric() || letter == '_');
            }
            bound.push_str(rest);
            // What a trigger refuses or leaves out is found by a query like any other.
            statements.push((name.clone(), bound.replace("RAISE(IGNORE)", "1")));
        }
    }
    statements
}

#[test]
fn no_trigger_reads_all_of_a_table_that_grows() {
    let database = NativeDatabase::in_memory("tenant");
    let mut faults = Vec::new();
    let mut seen = 0;
    database.inspect(|connection| {
        let tables = tables(connection);
        for (name, sql) in trigger_statements(connection).iter().filter(|(_, sql)| !sql.contains("RAISE(ABORT")) {
            seen += 1;
            for step in plan(connection, sql) {
                let subject = step.split(' ').nth(1).unwrap_or_default().to_owned();
                let table = table_of(sql, &subject, &tables).to_owned();
                let scans = step.starts_with("SCAN") && tables.contains(&table);
                if scans || reads_all(&step, &table) {
                    faults.push(format!("{name}: {step}"));
                }
            }
        }
    });
    assert!(seen > 20, "{seen}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What one person follows, or is named in, is sorted after it was cut to the latest thousand.
fn is_cut(name: &str) -> bool {
    name.starts_with("ticket_list::FOLLOWED_") || name.starts_with("ticket_list::MENTIONED_")
}

/// Lists of tickets and of missed promises must come in order from their index; sorting would read them all.
fn file_of_lists(name: &str) -> bool {
    ["ticket_list::", "ticket_counts::", "sla_violations::"].iter().any(|file| name.starts_with(file))
}

#[test]
fn every_insert_begins_with_the_tenant() {
    let mut faults = Vec::new();
    for (name, sql) in tenant_statements() {
        let flat = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(rest) = flat.strip_prefix("INSERT ") else { continue };
        let columns = rest.split_once('(').map(|(_, columns)| columns).unwrap_or_default();
        let bound = ["VALUES (?1", "SELECT ?1", "SELECT tenant_id,", "SELECT row, substr(?1, 5)", "SELECT t.tenant_id,"]
            .iter()
            .any(|form| flat.contains(form));
        if !(columns.starts_with("tenant_id") || columns.starts_with("rowid, scope")) || !bound {
            faults.push(name);
        }
    }
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn every_list_has_a_limit() {
    let faults: Vec<_> = tenant_statements()
        .filter(|(_, sql)| sql.trim_start().starts_with("SELECT") || sql.trim_start().starts_with("WITH"))
        .filter(|(_, sql)| !sql.contains("LIMIT"))
        .map(|(name, _)| name)
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn every_change_and_removal_names_the_tenant() {
    let faults: Vec<_> = tenant_statements()
        .filter(|(_, sql)| sql.starts_with("UPDATE") || sql.starts_with("DELETE"))
        .filter(|(_, sql)| !sql.contains("tenant_id = ?1"))
        .map(|(name, _)| name)
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn every_platform_statement_is_on_an_index() {
    let database = NativeDatabase::in_memory("platform");
    database.inspect(|connection| {
        let tables = tables(connection);
        for (file, statements) in PLATFORM_STATEMENTS {
            for (name, sql) in *statements {
                for step in plan(connection, sql.text()) {
                    let subject = step.split(' ').nth(1).unwrap_or_default().to_owned();
                    let table = table_of(sql.text(), &subject, &tables);
                    assert!(!(step.starts_with("SCAN") && tables.contains(table)), "{file}::{name}: {step}");
                }
            }
        }
    });
}

#[test]
fn every_file_of_the_store_is_in_the_list_and_no_sql_is_made_elsewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let listed: BTreeSet<&str> =
        TENANT_STATEMENTS.iter().map(|(file, _)| *file).chain(PLATFORM_STATEMENTS.iter().map(|(file, _)| *file)).collect();
    let mut sources = Vec::new();
    for folder in ["shared/src", "functions/src", "durable-objects/src"] {
        collect(&root.join(folder), &mut sources);
    }
    for path in sources {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        let is_store = name.starts_with("shared/src/store/");
        if is_store && (text.contains("tenant_statements! {") || text.contains("platform_statements! {")) {
            let stem = name.trim_start_matches("shared/src/store/").trim_end_matches(".rs");
            assert!(listed.contains(stem), "{name} declares statements that store.rs does not list");
        }
        if name != "shared/src/database/sql.rs" {
            assert!(!text.contains("Sql::checked("), "{name} makes a statement past the macro");
        }
        if !is_store && !name.starts_with("durable-objects/") && !name.starts_with("shared/src/database") {
            for verb in ["\"SELECT ", "\"INSERT INTO ", "\"UPDATE ", "\"DELETE FROM "] {
                assert!(!text.contains(verb), "{name} holds SQL");
            }
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}
