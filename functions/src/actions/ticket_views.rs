//! Views that people save: found, made, changed, put in order, removed, counted.
//!
//! Whoever made a view changes it; one that is for the whole desk also those do who manage the desk, and only they let one be for it. What
//! somebody does not see is not there for them.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::access::Permission;
use shared::database::{DbError, Rows};
use shared::error::{ApiError, FieldError};
use shared::http::Query;
use shared::id::{GroupId, TicketViewId, UserId};
use shared::limits::VIEWS_MAX;
use shared::store::ticket_counts::{self, Counted};
use shared::store::ticket_views::{self as store, ViewRow, ViewValues};
use shared::ticket_list::ListRequest;
use shared::ticket_view::{Shared, ViewIn, settled};

use super::audit;
use crate::context::Ctx;
use crate::entity_tag::IfMatch;

/// A view with what is kept about it.
#[derive(Debug, Clone)]
pub struct View {
    /// Id.
    pub id: TicketViewId,
    /// Whose.
    pub owner_id: UserId,
    /// Their name.
    pub owner_name: String,
    /// Name of the group that it is shared with.
    pub group_name: Option<String>,
    /// As it was written.
    pub form: ViewIn,
    /// Its place among its owner's.
    pub position: i64,
    /// Counts the changes.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl View {
    /// A stored view that does not parse is a defect, named by its id.
    fn read(row: ViewRow) -> Result<Self, ApiError> {
        let form = serde_json::from_str(&row.definition).map_err(|error| ApiError::internal(format!("{}: {error}", row.id)))?;
        Ok(Self {
            id: row.id,
            owner_id: row.owner_id,
            owner_name: row.owner_name,
            group_name: row.group_name,
            form,
            position: row.position,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }

    /// Whether the request's person may change and remove it.
    pub fn may_change(&self, ctx: &Ctx<'_>) -> bool {
        let is_own = ctx.actor.person().is_some_and(|person| person.id == self.owner_id);
        is_own || (self.form.shared == Shared::Desk && ctx.actor.may(Permission::DeskManage))
    }
}

/// The views of an answer's rows.
pub fn read_all(rows: &Rows) -> Result<Vec<View>, ApiError> {
    rows.all::<ViewRow>()?.into_iter().map(View::read).collect()
}

/// The view of an answer to one id; 404 where there is none that the person sees.
pub fn read_one(rows: &Rows) -> Result<View, ApiError> {
    rows.first::<ViewRow>()?.map_or_else(|| Err(ApiError::not_found()), View::read)
}

/// One view that the person sees.
pub async fn find(ctx: &Ctx<'_>, id: &TicketViewId) -> Result<View, ApiError> {
    read_one(&ctx.db.run(store::show(std::slice::from_ref(id), &ctx.person()?.id)).await?)
}

/// Makes a view. 409 `view_limit`; 422 where it is for others than it may be for.
pub async fn create(ctx: &Ctx<'_>, form: ViewIn) -> Result<View, ApiError> {
    let person = ctx.person()?;
    let (form, group) = checked(ctx, form)?;
    let id: TicketViewId = ctx.ids().next();
    let definition = text(&form)?;
    let mut batch = store::insert(&id, &person.id, values(&form, group.as_ref(), &definition), ctx.now);
    batch.push(audit::line(ctx, "view.created", id.as_str(), json!({ "to": form })));
    batch.push(store::show(std::slice::from_ref(&id), &person.id));
    let answers = ctx.db.batch(batch).await.map_err(refusal)?;
    answers.last().map_or_else(|| Err(ApiError::internal("a view was not answered")), read_one)
}

/// Changes a view.
pub async fn replace(ctx: &Ctx<'_>, id: &TicketViewId, if_match: IfMatch, form: ViewIn) -> Result<View, ApiError> {
    change_known(ctx, find(ctx, id).await?, if_match, form).await
}

/// The same for a view that was loaded already.
pub async fn change_known(ctx: &Ctx<'_>, known: View, if_match: IfMatch, form: ViewIn) -> Result<View, ApiError> {
    if !known.may_change(ctx) {
        return Err(ApiError::forbidden());
    }
    if_match.check(known.version)?;
    let (form, group) = checked(ctx, form)?;
    if form == known.form {
        return Ok(known);
    }
    let definition = text(&form)?;
    let view = values(&form, group.as_ref(), &definition);
    let mut batch = store::update(&known.id, &known.owner_id, known.version, view, ctx.now);
    batch.push(audit::line(ctx, "view.updated", known.id.as_str(), json!({ "from": known.form, "to": form })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(View { form, version: known.version + 1, updated_at: ctx.now, ..known })
}

/// Removes a view.
pub async fn remove(ctx: &Ctx<'_>, id: &TicketViewId, if_match: IfMatch) -> Result<(), ApiError> {
    let known = find(ctx, id).await?;
    if !known.may_change(ctx) {
        return Err(ApiError::forbidden());
    }
    if_match.check(known.version)?;
    let mut batch = store::delete(id, known.version).to_vec();
    batch.push(audit::line(ctx, "view.deleted", id.as_str(), json!({ "from": known.form })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(())
}

/// Puts views of one's own in this order, each named once; 404 where one is not one's own.
pub async fn order(ctx: &Ctx<'_>, views: &[TicketViewId]) -> Result<(), ApiError> {
    if views.is_empty() || views.len() > VIEWS_MAX as usize {
        return Err(ApiError::invalid(vec![FieldError::new("views", "too_many").arg("maximum", VIEWS_MAX)]));
    }
    let person = ctx.person()?;
    let mut batch = store::order(&person.id, views).to_vec();
    batch.push(audit::line(ctx, "view.ordered", person.id.as_str(), json!({ "views": views })));
    ctx.db.batch(batch).await.map_err(refusal)?;
    Ok(())
}

/// How many tickets a view has: the number, and whether there may be more. Nothing is known of a search.
pub struct Count {
    /// Which.
    pub id: TicketViewId,
    /// How many.
    pub tickets: Option<(u32, bool)>,
}

/// Counts those of these views that the person sees, in two round trips.
pub async fn counts(ctx: &Ctx<'_>, views: &[TicketViewId]) -> Result<Vec<Count>, ApiError> {
    let person = ctx.person()?;
    let views = read_all(&ctx.db.run(store::show(views, &person.id)).await?)?;
    let scope = ctx.actor.ticket_scope();
    let statements: Vec<_> = views
        .iter()
        .map(|view| {
            let request = ListRequest::parse(&settled(&view.form.query(&person.id)), &[]).ok()?;
            ticket_counts::count(&scope, &request)
        })
        .collect();
    let asked: Vec<_> = statements.iter().flatten().cloned().collect();
    let mut answers = if asked.is_empty() { Vec::new() } else { ctx.db.batch(asked).await? }.into_iter();
    let mut counts = Vec::with_capacity(views.len());
    for (view, statement) in views.into_iter().zip(statements) {
        let counted =
            if statement.is_some() { answers.next().map(|rows| rows.first::<Counted>()).transpose()?.flatten() } else { None };
        counts.push(Count { id: view.id, tickets: counted.map(Counted::shown) });
    }
    Ok(counts)
}

/// Remembers how dense the person wants their lists.
pub async fn set_density(ctx: &Ctx<'_>, is_compact: bool) -> Result<(), ApiError> {
    let person = ctx.person()?;
    let line = audit::line(ctx, "account.profile_changed", person.id.as_str(), json!({ "to": { "compact_lists": is_compact } }));
    ctx.db.batch(vec![store::density(&person.id, is_compact), line]).await?;
    Ok(())
}

/// What the list of a view is asked for: its own parameters, where the request does not say otherwise.
pub fn opened(view: &View, me: &UserId, sent: &Query) -> Query {
    let own = view.form.query(me);
    own.pairs().filter(|(name, _)| sent.get(name).is_none()).chain(sent.pairs()).collect()
}

fn checked(ctx: &Ctx<'_>, form: ViewIn) -> Result<(ViewIn, Option<GroupId>), ApiError> {
    if form.shared == Shared::Desk && !ctx.actor.may(Permission::DeskManage) {
        return Err(ApiError::field("shared", "not_allowed"));
    }
    form.checked(&ctx.person()?.id).map_err(ApiError::invalid)
}

fn values<'a>(form: &'a ViewIn, group: Option<&'a GroupId>, definition: &'a str) -> ViewValues<'a> {
    ViewValues { name: &form.name, shared: form.shared, group, definition }
}

fn text(form: &ViewIn) -> Result<String, ApiError> {
    serde_json::to_string(form).map_err(ApiError::internal)
}

fn refusal(error: DbError) -> ApiError {
    match &error {
        DbError::Refused(rule) if rule == "limit" => ApiError::conflict("view_limit").arg("maximum", VIEWS_MAX),
        DbError::Refused(rule) if rule == "not_a_member" => ApiError::field("group", "unknown_value"),
        _ => error.into(),
    }
}
