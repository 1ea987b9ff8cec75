//! GET /agent/boards/workload: who has how much work, or how it stands; those who read reports.

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::limits::BOARD_COLUMNS;
use shared::store::delegations::Away;

use super::{Refused, address, asked_for, department, departments, holder, known, may_move, moving, people};
use crate::actions::boards::{self, Asked, By, STATUSES};
use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::show::ticket_row;
use crate::pages::view::Person;
use crate::pages::view::boards::{self as view, Board, Column, Target};

/// The board's address.
pub const PATH: &str = "/agent/boards/workload";

/// Shows the board.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    Box::pin(page(ctx, &Frame::of(&request), &request.query, None)).await
}

/// The board, with the form of a move that was refused.
pub async fn page(ctx: &Ctx<'_>, frame: &Frame, query: &Query, refused: Option<Refused>) -> Result<Response, ApiError> {
    known(query, &["by", "department", "column", "cursor", "part", "move"])?;
    let asked = parse(query)?;
    let board = boards::load(ctx, &asked).await?;
    let http_status = refused.as_ref().map_or(200, |refused| refused.http_status);
    let fullest = board.columns.iter().map(|column| column.size.tickets).max().unwrap_or(0).max(1);
    let columns: Vec<Column> = board
        .columns
        .iter()
        .map(|column| {
            let member = board.directory.staff.iter().find(|member| member.id.as_str() == column.key);
            let cards = ticket_row::rows(ctx, &column.page);
            let is_late =
                |card: &&crate::pages::view::tickets::Row| card.sla.as_ref().is_some_and(|clock| clock.state == "breached");
            Column {
                key: column.key.clone(),
                person: member.map(|member| Person::new(member.id.as_str(), &member.name).staff(true)),
                away: board.away.iter().find(|away| away.delegator_id.as_str() == column.key).map(absent),
                size: column.size.tickets,
                or_more: column.size.or_more,
                load: (asked.by == By::Agent).then(|| column.size.tickets.saturating_mul(100) / fullest),
                late: i64::try_from(cards.iter().filter(is_late).count()).unwrap_or(0),
                more: column.next.as_deref().map(|cursor| address(PATH, query, &[("column", &column.key), ("cursor", cursor)])),
                cards,
            }
        })
        .collect();
    let (card, to) = match refused {
        Some(refused) => (Some(refused.card), refused.to),
        None => match asked_for(query, columns.iter().flat_map(|column| &column.cards)) {
            Some(card) => (Some(moving(card)), if asked.by == By::Agent { holder(card) } else { card.status.clone() }),
            None => (None, String::new()),
        },
    };
    let part = |part: usize| address(PATH, query, &[("part", &part.to_string())]);
    let is_whole = asked.column.is_none();
    let follows = (asked.part + 1).saturating_mul(BOARD_COLUMNS) < board.keys.len();
    let shown = Board {
        by: asked.by.as_str().to_owned(),
        departments: departments(&board.directory, query),
        agents: Vec::new(),
        assignee: String::new(),
        clock: String::new(),
        here: here(query, &asked),
        clear: asked.department.is_some().then(|| format!("{PATH}?by={}", asked.by.as_str())),
        whole: (!is_whole).then(|| address(PATH, query, &[])),
        previous: (is_whole && asked.part > 0).then(|| part(asked.part - 1)),
        next: (is_whole && follows).then(|| part(asked.part + 1)),
        may_move: may_move(ctx),
        targets: match asked.by {
            By::Agent => people(&board.directory, &to),
            By::Status => STATUSES.iter().map(|status| target(status.as_str(), &to)).collect(),
        },
        moving: card,
        columns,
    };
    render::agent_page(ctx, frame, http_status, "agent/board", "board-workload", &board.counts, shown)
}

fn parse(query: &Query) -> Result<Asked, ApiError> {
    let by = match query.filled("by") {
        None | Some("agent") => By::Agent,
        Some("status") => By::Status,
        Some(_) => return Err(ApiError::field("by", "unknown_value")),
    };
    let part = query.filled("part").map(|text| text.parse::<u8>().map_err(|_| ApiError::field("part", "unknown_value")));
    Ok(Asked {
        by,
        department: department(query)?,
        part: usize::from(part.transpose()?.unwrap_or(0)),
        column: query.filled("column").map(str::to_owned),
        cursor: query.filled("cursor").filter(|_| query.filled("column").is_some()).map(str::to_owned),
    })
}

/// This very page, without the card that is being moved.
fn here(query: &Query, asked: &Asked) -> String {
    let part = asked.part.to_string();
    let mut set: Vec<(&str, &str)> = Vec::new();
    if asked.part > 0 {
        set.push(("part", &part));
    }
    set.extend(asked.column.as_deref().map(|column| ("column", column)));
    set.extend(asked.cursor.as_deref().map(|cursor| ("cursor", cursor)));
    if query.filled("by").is_none() {
        set.push(("by", asked.by.as_str()));
    }
    address(PATH, query, &set)
}

fn absent(away: &Away) -> view::Away {
    view::Away { deputy: away.deputy_name.clone(), until: away.ends_at.into() }
}

fn target(value: &str, to: &str) -> Target {
    Target { value: value.to_owned(), name: String::new(), selected: value == to }
}
