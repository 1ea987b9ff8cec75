//! The page on which a member of the desk lends their rights to a colleague for a time, and sees whose they have.

pub mod create;
pub mod end;
pub mod list;

use std::rc::Rc;

use shared::error::ApiError;
use shared::http::{Query, Request, Response};
use shared::id::DelegationId;
use shared::limits::PAGE_ROWS_DEFAULT;
use shared::store::delegations::{self as store, Delegation};

use crate::actions::delegations::require_desk;
use crate::context::Ctx;
use crate::context::directory::{Directory, Wanted};
use crate::pages::frame::Frame;
use crate::pages::view::grants::{Deputies, DeputyRow};
use crate::pages::view::{Choice, Form};
use crate::pages::{form, render};

const ADDRESS: &str = "/profile/deputies";
const FIELDS: &[&str] = &["deputy", "starts_at", "ends_at", "reason"];

/// What the page shows.
struct Loaded {
    directory: Rc<Directory>,
    rows: Vec<Delegation>,
    is_first: bool,
}

impl Loaded {
    async fn load(ctx: &Ctx<'_>, request: &Request) -> Result<Self, ApiError> {
        require_desk(ctx)?;
        let before = request.query.filled("cursor").filter(|id| DelegationId::parse(id).is_ok()).unwrap_or_default();
        let wanted = Wanted::of(ctx);
        let mut batch = wanted.statements();
        batch.push(store::list(Some(&ctx.person()?.id), before, PAGE_ROWS_DEFAULT + 1));
        let mut answers = ctx.db.batch(batch).await?.into_iter();
        let directory = wanted.take(ctx, &mut answers)?;
        let rows = answers.next().ok_or_else(|| ApiError::internal("deputies were not answered"))?;
        Ok(Self { directory, rows: rows.all()?, is_first: before.is_empty() })
    }

    fn page(mut self, ctx: &Ctx<'_>, frame: &Frame, sent: &Query, refused: Option<&ApiError>) -> Result<Response, ApiError> {
        let me = &ctx.person()?.id;
        let form = match refused {
            Some(error) => form::refused(ctx, error, sent, FIELDS),
            None => FIELDS.iter().fold(Form::default(), |form, field| form.value(field, "")),
        };
        let has_more = self.rows.len() > PAGE_ROWS_DEFAULT as usize;
        self.rows.truncate(PAGE_ROWS_DEFAULT as usize);
        let colleagues = self.directory.colleagues().filter(|one| one.id != *me);
        let view = Deputies {
            next: self.rows.last().filter(|_| has_more).map(|last| format!("{ADDRESS}?cursor={}", last.id)),
            first: (!self.is_first).then(|| ADDRESS.to_owned()),
            colleagues: colleagues.map(|one| Choice::new(one.id.as_str(), &one.name, sent.get("deputy"))).collect(),
            rows: self
                .rows
                .into_iter()
                .map(|row| {
                    let state = row.state(ctx.now);
                    let lends = row.delegator_id == *me;
                    DeputyRow {
                        id: row.id.to_string(),
                        state: state.to_owned(),
                        live: matches!(state, "active" | "later"),
                        lends,
                        other: if lends { row.deputy_name } else { row.delegator_name },
                        reason: row.reason,
                        starts: row.starts_at.into(),
                        ends: row.ends_at.into(),
                    }
                })
                .collect(),
            form,
        };
        render::page(ctx, frame, refused.map_or(200, |error| error.status), "portal/deputies", view)
    }
}
