//! GET /agent/boards/sla: unfinished tickets by when they are due; those who read service levels.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::UserId;
use shared::sla::ClockKind;
use shared::ticket_list::Assignee;

use super::{Refused, address, asked_for, department, departments, holder, known, may_move, moving, people};
use crate::actions::boards::sla::{self as boards, Asked};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::{clock, ticket_row};
use crate::pages::view::Choice;
use crate::pages::view::boards::{Board, Column};

/// The board's address.
pub const PATH: &str = "/agent/boards/sla";

/// Shows the board.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Box::pin(page(ctx, &Frame::of(&request), &request.query, None)).await
}

/// The board, with the form of a move that was refused.
pub async fn page(ctx: &Ctx<'_>, frame: &Frame, query: &Query, refused: Option<Refused>) -> Result<Response, ApiError> {
    known(query, &["clock", "department", "assignee", "column", "cursor", "move"])?;
    let asked = parse(query)?;
    let board = boards::load(ctx, &asked).await?;
    let http_status = refused.as_ref().map_or(200, |refused| refused.http_status);
    let columns: Vec<Column> = board.lanes.iter().map(|lane| column(ctx, query, &asked, lane)).collect();
    let (card, to) = match refused {
        Some(refused) => (Some(refused.card), refused.to),
        None => match asked_for(query, columns.iter().flat_map(|column| &column.cards)) {
            Some(card) => (Some(moving(card)), holder(card)),
            None => (None, String::new()),
        },
    };
    let filters = ["clock", "department", "assignee"];
    let is_filtered = filters.iter().any(|name| query.filled(name).is_some());
    let mut set: Vec<(&str, &str)> = Vec::new();
    set.extend(asked.lane.as_deref().map(|lane| ("column", lane)));
    set.extend(asked.cursor.as_deref().map(|cursor| ("cursor", cursor)));
    let text = |name: &str| query.filled(name).unwrap_or_default().to_owned();
    let directory = &board.directory;
    let shown = Board {
        by: "sla".to_owned(),
        departments: departments(directory, query),
        agents: directory.assignable().map(|each| Choice::new(each.id.as_str(), &each.name, query.filled("assignee"))).collect(),
        assignee: text("assignee"),
        clock: text("clock"),
        here: address(PATH, query, &set),
        clear: is_filtered.then(|| PATH.to_owned()),
        whole: asked.lane.as_ref().map(|_| address(PATH, query, &[])),
        previous: None,
        next: None,
        may_move: may_move(ctx),
        targets: people(directory, &to),
        moving: card,
        columns,
    };
    render::agent_page(ctx, frame, http_status, "agent/board", "board-sla", &board.counts, shown)
}

/// A lane; its cards show the clock that the board goes by.
fn column(ctx: &Ctx<'_>, query: &Query, asked: &Asked, lane: &boards::LanePage) -> Column {
    let mut cards = ticket_row::rows(ctx, &lane.page);
    if let Some(kind) = asked.clock {
        for (card, row) in cards.iter_mut().zip(&lane.page.rows) {
            card.sla = row.clocks.as_ref().and_then(|clocks| clock::of_kind(clocks, kind, ctx.now, lane.page.calendar(row)));
        }
    }
    Column {
        key: lane.key.to_owned(),
        person: None,
        away: None,
        size: lane.size.tickets,
        or_more: lane.size.or_more,
        load: None,
        late: 0,
        more: lane.next.as_deref().map(|cursor| address(PATH, query, &[("column", lane.key), ("cursor", cursor)])),
        cards,
    }
}

fn parse(query: &Query) -> Result<Asked, ApiError> {
    let unknown = |field: &str| ApiError::field(field, "unknown_value");
    let clock = query.filled("clock").map(|text| ClockKind::parse(text).ok_or_else(|| unknown("clock")));
    let assignee = match query.filled("assignee") {
        None => Assignee::Any,
        Some("none") => Assignee::Nobody,
        Some(id) => Assignee::Person(UserId::parse(id).map_err(|_| unknown("assignee"))?),
    };
    Ok(Asked {
        clock: clock.transpose()?,
        department: department(query)?,
        assignee,
        lane: query.filled("column").map(str::to_owned),
        cursor: query.filled("cursor").filter(|_| query.filled("column").is_some()).map(str::to_owned),
    })
}
