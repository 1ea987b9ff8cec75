//! Fills the local databases with a believable past, and says in a file how to sign in.
//!
//! `seed --size small|full --platform-db FILE --tenant-db-1 FILE --tenant-db-2 FILE --files FOLDER --out FILE --base-url URL`
//!
//! Files of tickets and mails are left in FOLDER under their keys, for whoever can put them into the file storage. `TOKEN_SECRET` and
//! `AUDIT_SECRET` in the environment are those that the product will be served with, so that answers to mails of the past are still
//! understood and checkpoints of the audit log are believed.
//!
//! The databases must be migrated and nobody else may write into them meanwhile. A stand that is there already is left alone.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use shared::database::PlatformDb;
use shared::platform::{Argon2Cost, Config, Platform};
use shared::store::platform as store;
use tests::demo::replay::{Replay, Written};
use tests::demo::stand::{self, Desk, Passwords, Trouble, draw_password, draw_passwords, open_console, open_desk};
use tests::demo::{Happening, Population, Role, Size, TENANTS, Tenant, mix, plan};
use tests::native::{NativeDatabase, NativePlatform, test_config};

/// The past is the same on every stand.
const SEED: u64 = 20_261;
/// Sign-in name of the console's operator.
const OPERATOR: &str = "operator";
/// The files are ours alone meanwhile: no locks to take turns by, a roomy cache, and the log is moved into the file seldom.
const PRAGMAS: [(&str, &str); 4] =
    [("locking_mode", "EXCLUSIVE"), ("cache_size", "-131072"), ("wal_autocheckpoint", "16384"), ("temp_store", "MEMORY")];
/// A word about progress after so many tickets.
const TICKETS_PER_LINE: u32 = 1_000;

struct Wanted {
    size: Size,
    databases: BTreeMap<&'static str, PathBuf>,
    files: PathBuf,
    out: PathBuf,
    base_url: String,
}

fn main() -> ExitCode {
    match wanted(std::env::args().skip(1)).and_then(|wanted| pollster::block_on(seed(&wanted))) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(trouble) => {
            eprintln!("seed: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn wanted(mut words: impl Iterator<Item = String>) -> Result<Wanted, Trouble> {
    let mut wanted = Wanted {
        size: Size::Small,
        databases: BTreeMap::new(),
        files: PathBuf::from(".dev/demo-files"),
        out: PathBuf::from(".dev/demo.json"),
        base_url: "http://localhost:8787".to_owned(),
    };
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} wants a value"))?;
        match word.as_str() {
            "--size" if value == "small" => wanted.size = Size::Small,
            "--size" if value == "full" => wanted.size = Size::Full,
            "--platform-db" => drop(wanted.databases.insert("PLATFORM_DB", value.into())),
            "--tenant-db-1" => drop(wanted.databases.insert("TENANT_DB_1", value.into())),
            "--tenant-db-2" => drop(wanted.databases.insert("TENANT_DB_2", value.into())),
            "--files" => wanted.files = value.into(),
            "--out" => wanted.out = value.into(),
            "--base-url" => value.trim_end_matches('/').clone_into(&mut wanted.base_url),
            _ => return Err(format!("what is {word} {value}?").into()),
        }
    }
    for binding in ["PLATFORM_DB", "TENANT_DB_1", "TENANT_DB_2"] {
        let path = wanted.databases.get(binding).ok_or_else(|| format!("no file for {binding}"))?;
        if !path.is_file() {
            return Err(format!("{} is not there: migrate first", path.display()).into());
        }
    }
    Ok(wanted)
}

async fn seed(wanted: &Wanted) -> Result<String, Trouble> {
    let begun = Instant::now();
    let now = Utc::now();
    let platform = platform(wanted, &["PLATFORM_DB"], now)?;
    if is_seeded(&platform).await? {
        return if wanted.out.is_file() {
            Ok(format!("The demo stand is there already; {} says how to sign in.", wanted.out.display()))
        } else {
            Err("the databases hold tenants, but their passwords are lost: begin anew with empty databases".into())
        };
    }
    let operator = draw_password()?;
    open_console(&platform, OPERATOR, &operator).await?;
    let told = Told { begun, tickets: AtomicU32::new(0), all: wanted.size.tickets() };
    // A database has one writer, so each gets a thread of its own.
    let done: Vec<Result<Share, String>> = std::thread::scope(|scope| {
        let writers: Vec<_> = ["TENANT_DB_1", "TENANT_DB_2"]
            .into_iter()
            .map(|binding| {
                let told = &told;
                scope.spawn(move || {
                    pollster::block_on(fill(wanted, binding, now, told)).map_err(|trouble| format!("{binding}: {trouble}"))
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap_or_else(|_| Err("a writer gave up".to_owned()))).collect()
    });
    let mut written = Written::default();
    let mut tenants = BTreeMap::new();
    for share in done {
        let share = share?;
        written = written.and(share.written);
        tenants.extend(share.tenants);
    }
    let tenants: Vec<&Value> = TENANTS.iter().filter_map(|tenant| tenants.get(tenant.slug)).collect();
    let console = json!({
        "host": with_port(&platform.config().console_host, &wanted.base_url),
        "users": [{ "role": "operator", "username": OPERATOR, "password": operator, "name": "Platform operator" }],
    });
    write_down(&wanted.out, &json!({ "base_url": wanted.base_url, "tenants": tenants, "platform": console }))?;
    Ok(format!(
        "{} people, {} tickets, {} comments, {} changes, {} ratings, {} mails in, {} out, {} files with forms in {:.1} s.",
        written.people,
        written.tickets,
        written.comments,
        written.changes,
        written.ratings,
        written.mails_in,
        written.mails_out,
        written.files,
        begun.elapsed().as_secs_f64()
    ))
}

/// How far all writers are together.
struct Told {
    begun: Instant,
    tickets: AtomicU32,
    all: u32,
}

/// What one writer has done.
struct Share {
    written: Written,
    /// By slug: what `demo.json` says of the tenant.
    tenants: BTreeMap<&'static str, Value>,
}

/// Writes the past of the tenants that live in one database.
async fn fill(wanted: &Wanted, binding: &'static str, now: DateTime<Utc>, told: &Told) -> Result<Share, Trouble> {
    let platform = platform(wanted, &["PLATFORM_DB", binding], now)?;
    let planned: Vec<Tenant> = TENANTS.into_iter().filter(|tenant| stand::binding(tenant.slug) == binding).collect();
    let past = plan(SEED, wanted.size, &planned, now);
    platform.now.set(now - TimeDelta::days(wanted.size.days()));
    let (mut desks, mut tenants) = (BTreeMap::new(), BTreeMap::new());
    for (place, tenant) in planned.iter().enumerate() {
        let passwords = draw_passwords()?;
        let desk = open_desk(&platform, tenant, &passwords).await?;
        let people = past.population(place).ok_or("a tenant without people")?;
        tenants.insert(tenant.slug, description(&desk, tenant, people, &passwords, &wanted.base_url));
        desks.insert(tenant.slug, desk);
    }
    let database = platform.databases.get(binding).ok_or("a database is not given")?;
    let ask = |sql: &str| database.inspect(|connection| connection.execute_batch(sql));
    let mut replay = Replay::new(&platform, desks, now - TimeDelta::days(wanted.size.days_of_mail()));
    // A transaction of many batches: a disk that is asked rarely answers quickly.
    ask("BEGIN IMMEDIATE")?;
    for event in past {
        replay.write(&event).await?;
        if matches!(event.kind, Happening::TicketCreated(_)) {
            let (done, all) = (told.tickets.fetch_add(1, Ordering::Relaxed) + 1, told.all);
            if done.is_multiple_of(TICKETS_PER_LINE) {
                eprintln!("{done} of {all} tickets, {} s", told.begun.elapsed().as_secs());
                ask("COMMIT; BEGIN IMMEDIATE")?;
            }
        }
    }
    replay.finish(now).await?;
    ask("COMMIT")?;
    leave_files(&platform, &wanted.files)?;
    Ok(Share { written: replay.written, tenants })
}

/// Each file in a file of its own, named as the storage will know it.
fn leave_files(platform: &NativePlatform, folder: &Path) -> Result<(), Trouble> {
    for key in platform.files.keys() {
        let path = folder.join(&key);
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, platform.files.bytes(&key).unwrap_or_default())?;
    }
    Ok(())
}

fn platform(wanted: &Wanted, bindings: &[&str], now: DateTime<Utc>) -> Result<NativePlatform, Trouble> {
    let mut databases = HashMap::new();
    for binding in bindings {
        let database = NativeDatabase::open(wanted.databases.get(binding).ok_or("a database is not given")?)?;
        if *binding != "PLATFORM_DB" {
            database
                .inspect(|connection| PRAGMAS.iter().try_for_each(|(name, value)| connection.pragma_update(None, name, value)))?;
        }
        databases.insert((*binding).to_owned(), Rc::new(database));
    }
    let defaults = test_config();
    let config = Config {
        environment: "dev".to_owned(),
        argon2: Argon2Cost::STANDARD,
        rate_factor: 1,
        security_contact: String::new(),
        token_secret: std::env::var("TOKEN_SECRET").unwrap_or(defaults.token_secret),
        audit_secret: std::env::var("AUDIT_SECRET").unwrap_or(defaults.audit_secret),
        public_port: port(&wanted.base_url).and_then(|port| port.parse().ok()),
        public_scheme: "http".to_owned(),
        ..defaults
    };
    let platform = NativePlatform::new(now, config, databases);
    platform.seed(mix(SEED, bindings.last().copied().unwrap_or_default()));
    Ok(platform)
}

async fn is_seeded(platform: &NativePlatform) -> Result<bool, Trouble> {
    let database = platform.database("PLATFORM_DB").ok_or("no PLATFORM_DB")?;
    let rows = PlatformDb::new(database.as_ref()).run(store::tenants_after("", 1)).await?;
    Ok(!store::tenants(&rows)?.is_empty())
}

/// What `demo.json` says of a tenant: where it is, and who signs in how: the five by name, all others by one password.
fn description(desk: &Desk, tenant: &Tenant, people: &Population, secrets: &Passwords, base_url: &str) -> Value {
    let all = || people.staff.iter().chain(&people.clients);
    let mut known: Vec<_> = all().filter(|person| person.well_known).collect();
    known.sort_by_key(|person| person.role);
    let users: Vec<Value> = known
        .iter()
        .map(|person| {
            let role = person.role.key();
            json!({ "role": role, "username": person.email, "password": secrets.known.get(role), "name": person.name() })
        })
        .collect();
    let of = |role: Role| -> Vec<&str> {
        all().filter(|person| person.role == role && !person.well_known).map(|person| person.email.as_str()).collect()
    };
    json!({
        "slug": tenant.slug,
        "host": with_port(desk.tenant.host(), base_url),
        "locale": tenant.language.tag(),
        "mailbox": desk.tenant.mailbox(),
        "users": users,
        "others": { "password": secrets.others, "agents": of(Role::Agent), "clients": of(Role::Client) },
    })
}

/// The port of an address, if it names one.
fn port(base_url: &str) -> Option<&str> {
    base_url.rsplit_once(':').map(|(_, port)| port).filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The host with the port of the base address, if that has one.
fn with_port(host: &str, base_url: &str) -> String {
    port(base_url).map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Writes the file whole or not at all, readable by its owner alone where the system knows owners.
fn write_down(path: &Path, what: &Value) -> Result<(), Trouble> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let draft = path.with_extension("json.part");
    std::fs::write(&draft, format!("{what:#}\n"))?;
    #[cfg(unix)]
    std::fs::set_permissions(&draft, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    std::fs::rename(&draft, path)?;
    Ok(())
}
