//! Sending batches, with the tenant bound and the round trips counted.

use std::cell::{Cell, RefCell};

use super::{Database, DbError, PlatformStatement, Rows, Statement, TenantStatement, Value};
use crate::tenant::Tenant;

/// A tenant's database: binds the tenant as `?1` of everything that goes through it.
pub struct TenantDb<'a> {
    database: &'a dyn Database,
    tenant: &'a Tenant,
    round_trips: Cell<u32>,
    rows_read: Cell<u64>,
    escort: RefCell<Option<Escort>>,
    stage: Cell<Stage>,
}

/// What goes along with the batches of a request that must not be done twice.
#[derive(Debug, Clone, PartialEq)]
pub struct Escort {
    /// Before the first batch: takes the claim.
    pub first: TenantStatement,
    /// Before the first batch and every one that changes something: refuses the batch when the claim is another's.
    pub guard: TenantStatement,
    /// The name under which it refuses.
    pub rule: &'static str,
    /// Within the first batch that changes something: the work is done.
    pub done: TenantStatement,
}

/// How far a request with an [`Escort`] has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing was sent yet.
    Unclaimed,
    /// The claim is ours.
    Claimed,
    /// Something was changed under it.
    Done,
    /// The claim was another's: nothing was changed, and nothing goes along any more.
    Repeated,
}

impl<'a> TenantDb<'a> {
    /// The tenant's view of `database`, which must be the one that the tenant's row names.
    pub fn new(database: &'a dyn Database, tenant: &'a Tenant) -> Self {
        Self {
            database,
            tenant,
            round_trips: Cell::new(0),
            rows_read: Cell::new(0),
            escort: RefCell::new(None),
            stage: Cell::new(Stage::Unclaimed),
        }
    }

    /// Runs the statements as one transaction, in one round trip. An empty batch costs nothing.
    pub async fn batch(&self, statements: Vec<TenantStatement>) -> Result<Vec<Rows>, DbError> {
        if statements.is_empty() {
            return Ok(Vec::new());
        }
        let changes = statements.iter().any(TenantStatement::is_change);
        let (ahead, next) = self.escorts(changes);
        let count_ahead = ahead.len();
        let statements = ahead.into_iter().chain(statements).map(|statement| self.bound(statement)).collect();
        self.round_trips.set(self.round_trips.get() + 1);
        let answered = self.database.batch(statements).await;
        self.stage.set(match &answered {
            Ok(_) => next,
            Err(error) if count_ahead > 0 && self.is_the_escorts(error) => Stage::Repeated,
            Err(_) => self.stage.get(),
        });
        let mut answers = answered?;
        self.rows_read.set(self.rows_read.get() + answers.iter().map(|rows| rows.rows_read).sum::<u64>());
        answers.drain(..count_ahead.min(answers.len()));
        Ok(answers)
    }

    /// From now on `escort` goes along.
    pub fn go_along(&self, escort: Escort) {
        *self.escort.borrow_mut() = Some(escort);
    }

    /// What goes along within the first batch that changes something is this, from now on.
    pub fn note_done(&self, done: TenantStatement) {
        if let Some(escort) = self.escort.borrow_mut().as_mut() {
            escort.done = done;
        }
    }

    /// Whether a batch was refused because its request had come before.
    pub fn is_repeated(&self) -> bool {
        self.stage.get() == Stage::Repeated
    }

    /// The statement with this tenant, for a time when this view of the database is gone.
    pub fn bound(&self, statement: TenantStatement) -> Statement {
        let mut values = Vec::with_capacity(statement.values.len() + 1);
        values.push(Value::from(self.tenant.id()));
        values.extend(statement.values);
        Statement { sql: statement.sql.text(), values }
    }

    /// What goes ahead of a batch, and how far the request has come once it went well.
    fn escorts(&self, changes: bool) -> (Vec<TenantStatement>, Stage) {
        let stage = self.stage.get();
        let escort = self.escort.borrow();
        let Some(escort) = escort.as_ref().filter(|_| stage != Stage::Repeated) else { return (Vec::new(), stage) };
        let mut ahead = Vec::new();
        if stage == Stage::Unclaimed {
            ahead.push(escort.first.clone());
        }
        if stage == Stage::Unclaimed || changes {
            ahead.push(escort.guard.clone());
        }
        if changes && stage != Stage::Done {
            ahead.push(escort.done.clone());
        }
        (ahead, if changes || stage == Stage::Done { Stage::Done } else { Stage::Claimed })
    }

    fn is_the_escorts(&self, error: &DbError) -> bool {
        self.escort.borrow().as_ref().is_some_and(|escort| error.is_refused_by(escort.rule))
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
