//! D1's stand-in: the same engine, the real migrations, batches as transactions.

use std::cell::{Cell, RefCell};
use std::path::Path;

use async_trait::async_trait;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params_from_iter};
use shared::database::{Database, DbError, Rows, Statement, Value};
use shared::limits::BOUND_PARAMETERS_MAX;

/// A SQLite database behind the product's own port.
pub struct NativeDatabase {
    connection: RefCell<Connection>,
    batches: Cell<u64>,
    interleaved: Cell<bool>,
    steps: Cell<u64>,
}

impl NativeDatabase {
    /// A database in memory with the migrations of `folder` (under `d1-migrations/`).
    ///
    /// # Panics
    /// When a migration does not apply.
    pub fn in_memory(folder: &str) -> Self {
        let connection = Connection::open_in_memory().expect("SQLite opens in memory");
        let database = Self::over(connection);
        for (name, sql) in migrations(folder) {
            database.connection.borrow().execute_batch(&sql).unwrap_or_else(|error| panic!("migration {name}: {error}"));
        }
        database
    }

    /// A database file that is there already, migrated.
    ///
    /// # Errors
    /// When it does not open.
    pub fn open(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "synchronous", "OFF")?;
        Ok(Self::over(connection))
    }

    fn over(connection: Connection) -> Self {
        connection.pragma_update(None, "foreign_keys", "ON").expect("foreign keys are there");
        // As the platform's databases refuse more: terms of a UNION, and bytes of a value.
        connection.set_limit(Limit::SQLITE_LIMIT_COMPOUND_SELECT, 5).expect("the limit can be set");
        connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 2_000_000).expect("the limit can be set");
        connection.set_prepared_statement_cache_capacity(512);
        Self { connection: RefCell::new(connection), batches: Cell::new(0), interleaved: Cell::new(false), steps: Cell::new(0) }
    }

    /// Round trips so far.
    pub fn batches(&self) -> u64 {
        self.batches.get()
    }

    /// Steps of the engine so far: what a statement costs, where rows read are not counted.
    pub fn steps(&self) -> u64 {
        self.steps.get()
    }

    /// Lets requests that run together take turns at every round trip, as they would over a network.
    pub fn interleave(&self, on: bool) {
        self.interleaved.set(on);
    }

    /// Runs a look of the test's own; never part of the product.
    pub fn inspect<T>(&self, look: impl FnOnce(&Connection) -> T) -> T {
        look(&self.connection.borrow())
    }

    fn run_all(&self, connection: &Connection, statements: &[Statement]) -> Result<Vec<Rows>, DbError> {
        let mut answers = Vec::with_capacity(statements.len());
        for statement in statements {
            if statement.values.len() > BOUND_PARAMETERS_MAX {
                return Err(DbError::Broken(format!("{} bound parameters", statement.values.len())));
            }
            let rows = self.run(connection, statement).map_err(|error| match DbError::from_message(&error.to_string()) {
                DbError::Broken(message) => DbError::Broken(format!("{message} in: {}", statement.sql)),
                known => known,
            })?;
            answers.push(rows);
        }
        Ok(answers)
    }

    fn run(&self, connection: &Connection, statement: &Statement) -> rusqlite::Result<Rows> {
        let mut prepared = connection.prepare_cached(statement.sql)?;
        let names: Vec<String> = prepared.column_names().into_iter().map(str::to_owned).collect();
        let values = statement.values.iter().map(|value| match value {
            Value::Null => rusqlite::types::Value::Null,
            Value::Integer(number) => rusqlite::types::Value::Integer(*number),
            Value::Real(number) => rusqlite::types::Value::Real(*number),
            Value::Text(text) => rusqlite::types::Value::Text(text.clone()),
        });
        let before = connection.total_changes();
        let mut rows = prepared.query(params_from_iter(values))?;
        let mut answers = Vec::new();
        while let Some(row) = rows.next()? {
            let mut object = serde_json::Map::with_capacity(names.len());
            for (index, name) in names.iter().enumerate() {
                let value = match row.get_ref(index)? {
                    ValueRef::Null | ValueRef::Blob(_) => serde_json::Value::Null,
                    ValueRef::Integer(number) => number.into(),
                    ValueRef::Real(number) => number.into(),
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
                };
                object.insert(name.clone(), value);
            }
            answers.push(serde_json::Value::Object(object));
        }
        drop(rows);
        let steps = prepared.reset_status(rusqlite::StatementStatus::VmStep);
        self.steps.set(self.steps.get() + u64::try_from(steps).unwrap_or(0));
        drop(prepared);
        let changes = connection.total_changes() - before;
        Ok(Rows { json: serde_json::Value::Array(answers).to_string(), changes, rows_read: 0, rows_written: changes })
    }
}

#[async_trait(?Send)]
impl Database for NativeDatabase {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DbError> {
        self.batches.set(self.batches.get() + 1);
        if self.interleaved.get() {
            give_way().await;
        }
        let mut connection = self.connection.borrow_mut();
        let unavailable = |error: rusqlite::Error| DbError::Unavailable(error.to_string());
        let broken = |error: rusqlite::Error| DbError::from_message(&error.to_string());
        if connection.is_autocommit() {
            let transaction =
                connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(unavailable)?;
            let answers = self.run_all(&transaction, &statements)?;
            transaction.commit().map_err(broken)?;
            return Ok(answers);
        }
        // Somebody who writes much holds a transaction of many batches open: each is still written whole or not at all.
        let savepoint = connection.savepoint().map_err(unavailable)?;
        let answers = self.run_all(&savepoint, &statements)?;
        savepoint.commit().map_err(broken)?;
        Ok(answers)
    }
}

/// Lets the others go first, once.
async fn give_way() {
    let mut gave_way = false;
    futures::future::poll_fn(|context| {
        if std::mem::replace(&mut gave_way, true) {
            return std::task::Poll::Ready(());
        }
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}

/// The migrations of a folder in order.
fn migrations(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../d1-migrations").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let sql = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path.display().to_string(), sql)
        })
        .collect()
}
