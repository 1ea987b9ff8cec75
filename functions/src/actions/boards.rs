//! Boards: unfinished work in columns, by who has it, by how it stands, and by what is due when.
//!
//! A column is a list like others, on the list's own index; a board asks for the first cards of all of its columns in one batch. What is
//! moved on a board is a change like others (`actions/tickets/update`).

pub mod sla;

use std::rc::Rc;

use shared::error::ApiError;
use shared::id::{DepartmentId, UserId};
use shared::limits::{BOARD_CARDS, BOARD_COLUMNS};
use shared::store::delegations::{self, Away};
use shared::store::queues::{self, Counts, QueueCount};
use shared::store::ticket_counts::{self, Counted};
use shared::ticket::Status;
use shared::ticket_list::{Assignee, Cursor, Filter, ListRequest, Order, Sort};

use crate::actions::ticket_list::{self, TicketPage};
use crate::context::Ctx;
use crate::context::directory::{Directory, Wanted};

/// The statuses that are columns: what is closed is no work.
pub const STATUSES: [Status; 4] = [Status::New, Status::InProgress, Status::WaitingCustomer, Status::Resolved];

/// What the columns are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Who has the work; the first column is nobody's.
    Agent,
    /// How it stands.
    Status,
}

impl By {
    /// Its name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Status => "status",
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What the columns are.
    pub by: By,
    /// Of this department alone.
    pub department: Option<DepartmentId>,
    /// Which dozen of the columns, from 0.
    pub part: usize,
    /// One column alone, by its key.
    pub column: Option<String>,
    /// Where that column goes on.
    pub cursor: Option<String>,
}

/// How many tickets a column has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// The number.
    pub tickets: i64,
    /// Whether there may be more.
    pub or_more: bool,
}

impl From<Counted> for Size {
    fn from(counted: Counted) -> Self {
        let (tickets, or_more) = counted.shown();
        Self { tickets: i64::from(tickets), or_more }
    }
}

/// A column.
pub struct Column {
    /// An agent's id, `none`, or a status.
    pub key: String,
    /// Its tickets, one page of them.
    pub page: TicketPage,
    /// How many it has in all.
    pub size: Size,
    /// Where its next page begins.
    pub next: Option<String>,
}

/// A board.
pub struct Board {
    /// The columns of this part.
    pub columns: Vec<Column>,
    /// All columns there are, by their keys: what a card can be moved to.
    pub keys: Vec<String>,
    /// The desk.
    pub directory: Rc<Directory>,
    /// Who is being stood in for.
    pub away: Vec<Away>,
    /// What the navigation shows.
    pub counts: Counts,
}

/// Loads a board; 404 for a column that is none. One round trip, and one more where columns are people that this isolate has to look up first.
pub async fn load(ctx: &Ctx<'_>, asked: &Asked) -> Result<Board, ApiError> {
    let scope = ctx.actor.ticket_scope();
    let keys = keys(ctx, asked.by).await?;
    let shown: Vec<&String> = match &asked.column {
        Some(column) => vec![keys.iter().find(|key| *key == column).ok_or_else(ApiError::not_found)?],
        None => keys.iter().skip(asked.part.saturating_mul(BOARD_COLUMNS)).take(BOARD_COLUMNS).collect(),
    };
    let requests = shown.iter().map(|key| request(ctx, asked, key)).collect::<Result<Vec<_>, _>>()?;
    // The kept counts are of everything; of less it is counted as far as a number is readable.
    let is_counted = asked.department.is_some() || !scope.is_everything();
    let mut more = vec![queues::counts(&ctx.person()?.id), delegations::away(ctx.now)];
    if is_counted {
        more.extend(requests.iter().filter_map(|request| ticket_counts::count(&scope, request)));
    } else {
        more.push(queues::of_kind(if asked.by == By::Agent { "assignee" } else { "status" }));
    }
    let (pages, answers) = ticket_list::load_several(ctx, &scope, &requests, more).await?;
    let mut answers = answers.into_iter();
    let mut next = || answers.next().ok_or_else(|| ApiError::internal("a board answered too few results"));
    let counts = queues::read(&next()?)?;
    let away = next()?.all()?;
    let sizes: Vec<Size> = if is_counted {
        let count = |_| if scope.is_nothing() { Ok(Size { tickets: 0, or_more: false }) } else { counted(&next()?) };
        requests.iter().map(count).collect::<Result<_, ApiError>>()?
    } else {
        let kept: Vec<QueueCount> = next()?.all()?;
        shown.iter().map(|key| Size { tickets: kept_of(asked.by, key, &counts, &kept), or_more: false }).collect()
    };
    let directory = pages.first().map(|page| Rc::clone(&page.directory)).ok_or_else(ApiError::not_found)?;
    let columns = shown
        .into_iter()
        .zip(pages)
        .zip(sizes)
        .map(|((key, mut page), size)| Column { key: key.clone(), next: page.next.take(), page, size })
        .collect();
    Ok(Board { columns, keys, directory, away, counts })
}

/// A counted number.
fn counted(rows: &shared::database::Rows) -> Result<Size, ApiError> {
    let counted: Option<Counted> = rows.first()?;
    Ok(counted.unwrap_or(Counted { looked: 0, found: 0 }).into())
}

/// Every column's key, in order.
async fn keys(ctx: &Ctx<'_>, by: By) -> Result<Vec<String>, ApiError> {
    if by == By::Status {
        return Ok(STATUSES.iter().map(|status| status.as_str().to_owned()).collect());
    }
    let wanted = Wanted::of(ctx);
    let statements = wanted.statements();
    let mut answers = if statements.is_empty() { Vec::new() } else { ctx.db.batch(statements).await? }.into_iter();
    let directory = wanted.take(ctx, &mut answers)?;
    Ok(std::iter::once("none".to_owned()).chain(directory.assignable().map(|member| member.id.to_string())).collect())
}

/// The list behind a column: an agent's by what is due next, a status by what has changed last.
fn request(ctx: &Ctx<'_>, asked: &Asked, key: &str) -> Result<ListRequest, ApiError> {
    let mut filter = Filter { department: asked.department.clone(), ..Filter::default() };
    let order = match asked.by {
        By::Agent => {
            filter.is_open = Some(true);
            filter.assignee = match key {
                "none" => Assignee::Nobody,
                id => Assignee::Person(UserId::parse(id).map_err(|_| ApiError::not_found())?),
            };
            Order { sort: Sort::Due, descending: false }
        }
        By::Status => {
            filter.status = Some(key.to_owned());
            Order::DEFAULT
        }
    };
    let cursor =
        asked.cursor.as_deref().map(|text| Cursor::decode(text, order).ok_or_else(|| ApiError::field("cursor", "bad_cursor")));
    Ok(ListRequest { filter, order, cursor: cursor.transpose()?, ..bare(ctx)? })
}

/// A request for one column's cards, with nothing asked for yet.
fn bare(ctx: &Ctx<'_>) -> Result<ListRequest, ApiError> {
    Ok(ListRequest {
        filter: Filter::default(),
        words: None,
        order: Order::DEFAULT,
        limit: BOARD_CARDS,
        cursor: None,
        brief: true,
        reader: Some(ctx.person()?.id.clone()),
    })
}

fn kept_of(by: By, key: &str, counts: &Counts, kept: &[QueueCount]) -> i64 {
    let name = match by {
        By::Agent if key == "none" => return counts.unassigned,
        By::Agent => format!("assignee:{key}"),
        By::Status => format!("status:{key}"),
    };
    kept.iter().find(|count| count.queue == name).map_or(0, |count| count.tickets)
}
