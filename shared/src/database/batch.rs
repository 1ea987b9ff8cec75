//! Sending batches, with the tenant bound and the round trips counted.

use std::cell::Cell;

use super::{Database, DbError, PlatformStatement, Rows, Statement, TenantStatement, Value};
use crate::tenant::Tenant;

/// A tenant's database: binds the tenant as `?1` of everything that goes through it.
pub struct TenantDb<'a> {
    database: &'a dyn Database,
    tenant: &'a Tenant,
    round_trips: Cell<u32>,
    rows_read: Cell<u64>,
}

impl<'a> TenantDb<'a> {
    /// The tenant's view of `database`, which must be the one that the tenant's row names.
    pub fn new(database: &'a dyn Database, tenant: &'a Tenant) -> Self {
        Self { database, tenant, round_trips: Cell::new(0), rows_read: Cell::new(0) }
    }

    /// Runs the statements as one transaction, in one round trip. An empty batch costs nothing.
    pub async fn batch(&self, statements: Vec<TenantStatement>) -> Result<Vec<Rows>, DbError> {
        if statements.is_empty() {
            return Ok(Vec::new());
        }
        let statements = statements
            .into_iter()
            .map(|statement| {
                let mut values = Vec::with_capacity(statement.values.len() + 1);
                values.push(Value::from(self.tenant.id()));
                values.extend(statement.values);
                Statement { sql: statement.sql.text(), values }
            })
            .collect();
        self.round_trips.set(self.round_trips.get() + 1);
        let answers = self.database.batch(statements).await?;
        self.rows_read.set(self.rows_read.get() + answers.iter().map(|rows| rows.rows_read).sum::<u64>());
        Ok(answers)
    }

    /// Runs one statement.
    pub async fn run(&self, statement: TenantStatement) -> Result<Rows, DbError> {
        let mut answers = self.batch(vec![statement]).await?;
        answers.pop().ok_or_else(|| DbError::Broken("a batch of one answered nothing".to_owned()))
    }

    /// Round trips so far.
    pub fn round_trips(&self) -> u32 {
        self.round_trips.get()
    }

    /// Rows that the engine read so far.
    pub fn rows_read(&self) -> u64 {
        self.rows_read.get()
    }
}

/// The platform's own database: tenants, domains, operators. Only `store::platform` builds statements for it.
pub struct PlatformDb<'a>(&'a dyn Database);

impl<'a> PlatformDb<'a> {
    /// A view of the platform's database.
    pub fn new(database: &'a dyn Database) -> Self {
        Self(database)
    }

    /// Runs the statements as one transaction.
    pub async fn batch(&self, statements: Vec<PlatformStatement>) -> Result<Vec<Rows>, DbError> {
        self.0.batch(statements.into_iter().map(|statement| statement.0).collect()).await
    }

    /// Runs one statement.
    pub async fn run(&self, statement: PlatformStatement) -> Result<Rows, DbError> {
        let mut answers = self.batch(vec![statement]).await?;
        answers.pop().ok_or_else(|| DbError::Broken("a batch of one answered nothing".to_owned()))
    }
}
