//! GET /agent/security/blocks: addresses that are turned away, the newest first.

use shared::error::ApiError;
use shared::http::{Request, Response};
use shared::id::BlockId;
use shared::limits::PAGE_ROWS_DEFAULT;
use shared::store::address_blocks::{self as store, Block, Origin};
use shared::store::queues;

use crate::context::Ctx;
use crate::pages::frame::Frame;
use crate::pages::render;
use crate::pages::view::protection::{BlockRow, Blocks};
use crate::pages::view::{Form, Moment};
use crate::routes::page;

/// Where the page is.
pub const ADDRESS: &str = "/agent/security/blocks";

/// Shows them.
pub async fn handle(ctx: &Ctx<'_>, request: Request) -> Result<Response, ApiError> {
    let after = page::cursor(&request, |id| BlockId::parse(id).is_ok())?;
    show(ctx, &Frame::of(&request), 200, after, Form::default()).await
}

/// The page, with the state of the form that adds.
pub async fn show(ctx: &Ctx<'_>, frame: &Frame, status: u16, after: &str, form: Form) -> Result<Response, ApiError> {
    let batch = vec![queues::counts(&ctx.person()?.id), store::list(after, PAGE_ROWS_DEFAULT + 1)];
    let answers = ctx.db.batch(batch).await?;
    let [counts, rows] = answers.as_slice() else { return Err(ApiError::internal("a batch of two answered otherwise")) };
    let mut rows: Vec<Block> = rows.all()?;
    let has_more = rows.len() > PAGE_ROWS_DEFAULT as usize;
    rows.truncate(PAGE_ROWS_DEFAULT as usize);
    let next = rows.last().filter(|_| has_more).map(|row| format!("{ADDRESS}?cursor={}", row.id));
    let row = |block: Block| BlockRow {
        is_over: block.expires_at <= ctx.now,
        ends: block.ends_at().map(Moment::from),
        by: block.created_by_name.unwrap_or_default(),
        by_rule: block.origin == Origin::Rule,
        id: block.id.to_string(),
        range: block.range,
        reason: block.reason,
        created: Moment::from(block.created_at),
    };
    let view = Blocks {
        rows: rows.into_iter().map(row).collect(),
        next,
        first: (!after.is_empty()).then(|| ADDRESS.to_owned()),
        own_address: ctx.network.clone(),
        form,
    };
    render::agent_page(ctx, frame, status, "agent/protection-blocks", "protection", &queues::read(counts)?, view)
}
