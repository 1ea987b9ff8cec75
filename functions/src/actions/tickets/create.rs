//! A new ticket, from whichever side it comes.

use shared::database::{Rows, TenantStatement};
use shared::error::{ApiError, FieldError};
use shared::i18n::Locale;
use shared::id::{DepartmentId, IdSource, LinkId, TicketId, UserId};
use shared::live;
use shared::mail::Mailbox;
use shared::platform::Wake;
use shared::sla::Priority;
use shared::store::tickets as store;
use shared::store::{history, search};
use shared::ticket::{Body, Channel, CustomFields, FollowerRow, Tag, TicketRow, TicketView, Title, Visibility};

use super::draft::{Plan, Prepared, not_the_actors, prepare, what_to_load};
use super::show::reads_internal;
use super::{Also, Landing, mails};
use crate::actions::sla::clocks;
use crate::actions::{audit, stale, visitors};
use crate::context::Ctx;
use crate::entity_tag::etag;

/// On whose behalf a ticket is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requester {
    /// The signed-in person.
    Me,
    /// Somebody of the tenant; staff only.
    User(UserId),
    /// An address. An unknown one becomes a person who cannot sign in yet.
    Email {
        /// Lower-cased address.
        address: String,
        /// What the writer calls themselves.
        name: Option<String>,
        /// The language in which the writer wrote; that of the request where it is not known.
        locale: Option<Locale>,
    },
}

/// A ticket to open. [`NewTicket::new`] fills in what most callers leave alone.
#[derive(Clone)]
pub struct NewTicket<'a> {
    /// Id, known before the ticket is.
    pub id: TicketId,
    /// Title.
    pub title: Title,
    /// Description.
    pub description: Body,
    /// `medium` when not stated.
    pub priority: Option<Priority>,
    /// Slug; found from the words of the ticket when not stated.
    pub category: Option<String>,
    /// One of the tenant's modules.
    pub erp_module: Option<String>,
    /// Tags.
    pub tags: Vec<Tag>,
    /// Custom fields.
    pub custom_fields: CustomFields,
    /// On whose behalf.
    pub requester: Requester,
    /// How it came in.
    pub channel: Channel,
    /// Who is to work on it.
    pub assignee: Option<UserId>,
    /// Which department; that of the category when not stated.
    pub department: Option<DepartmentId>,
    /// Addresses that get copies.
    pub cc: Vec<Mailbox>,
    /// Whether nobody has shown that the address is the writer's own: then mails echo nothing of the ticket, and the requester is
    /// asked to confirm the address.
    pub from_unverified: bool,
    /// The ticket that this one continues.
    pub continues: Option<TicketId>,
    /// Whether no mail is to go out: for demo data, imports, and answers that would feed a loop.
    pub quiet: bool,
    /// Rows of the caller's own for the same batch.
    pub also: Also<'a>,
}

impl NewTicket<'_> {
    /// A ticket with defaults.
    pub fn new(ids: IdSource<'_>, title: Title, description: Body, requester: Requester, channel: Channel) -> Self {
        Self {
            id: ids.next(),
            title,
            description,
            priority: None,
            category: None,
            erp_module: None,
            tags: Vec::new(),
            custom_fields: CustomFields::default(),
            requester,
            channel,
            assignee: None,
            department: None,
            cc: Vec::new(),
            from_unverified: false,
            continues: None,
            quiet: false,
            also: None,
        }
    }
}

/// A ticket that was opened.
#[derive(Debug)]
pub struct Created {
    /// The ticket.
    pub row: TicketRow,
    /// Who hears of it.
    pub followers: Vec<FollowerRow>,
}

impl Created {
    /// Id.
    pub fn id(&self) -> &TicketId {
        &self.row.id
    }

    /// `ACME-1042`.
    pub fn number(&self, ctx: &Ctx<'_>) -> String {
        ctx.tenant.ticket_reference(self.row.number)
    }

    /// What the request's actor may see of it.
    pub fn view(&self, ctx: &Ctx<'_>) -> TicketView {
        let calendar = clocks::calendar_of(ctx.tenant, &self.row);
        let internal = reads_internal(ctx, &self.row, &self.followers);
        TicketView::of(&self.row, &self.followers, ctx.tenant, &calendar, ctx.now).for_actor(&ctx.actor, internal)
    }
}

/// How often a ticket is tried: two tickets of an address that nobody knew may come at the same moment, and only one of them
/// makes the person.
const TRIES_MAX: u32 = 3;

/// Opens a ticket. Two round trips: load, write.
pub async fn create(ctx: &Ctx<'_>, new: NewTicket<'_>) -> Result<Created, ApiError> {
    let mut faults = not_the_actors(ctx, &new);
    if let Some(module) = &new.erp_module
        && !ctx.tenant.settings().erp_modules.contains(module)
    {
        faults.push(FieldError::new("erp_module", "unknown_value"));
    }
    // A ticket of our own mailbox would answer itself for ever.
    if matches!(&new.requester, Requester::Email { address, .. } if *address == ctx.tenant.mailbox()) {
        faults.push(FieldError::new("requester", "own_address"));
    }
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    stale::again(TRIES_MAX, async || {
        let (statements, plan) = what_to_load(ctx, &new)?;
        let found = plan.read(ctx, ctx.db.batch(statements).await?)?;
        write(ctx, &new, prepare(ctx, &new, found)?).await
    })
    .await
}

/// Opens a ticket whose [`basis`](super::draft::basis) was loaded already, with a batch of the caller's.
pub(in crate::actions) async fn create_on(ctx: &Ctx<'_>, new: NewTicket<'_>, basis: Vec<Rows>) -> Result<Created, ApiError> {
    let found = Plan::default().read(ctx, basis)?;
    let prepared = prepare(ctx, &new, found)?;
    write(ctx, &new, prepared).await
}

async fn write(ctx: &Ctx<'_>, new: &NewTicket<'_>, prepared: Prepared) -> Result<Created, ApiError> {
    let Prepared { row, author, person } = prepared;
    let followers = copies(&row, &new.cc, &ctx.tenant.mailbox());
    let mut created = Created { row, followers };
    let row = &created.row;
    let calendar = clocks::calendar_of(ctx.tenant, row);
    let mut batch: Vec<TenantStatement> = Vec::new();
    batch.extend(person);
    let place_of_number = batch.len() + 1;
    batch.extend(store::insert(row));
    if !row.tags.is_empty() {
        batch.push(store::insert_tags(&row.id, &row.tags));
    }
    batch.extend(created.followers.iter().map(|copy| store::insert_follower(&row.id, &copy.email, &copy.kind, ctx.now)));
    batch.extend(search::index_ticket(&row.id, &row.title, &row.description));
    let (timers, next_due) = clocks::rows(row, &calendar);
    batch.extend(timers);
    batch.push(history::append(history::Line {
        id: ctx.ids().next(),
        ticket: &row.id,
        at: ctx.now,
        actor: &author.reference(),
        kind: "created",
        visibility: Visibility::Public,
        from: None,
        to: Some(row.channel.as_str().to_owned()),
    }));
    if let Some(earlier) = &new.continues {
        batch.push(store::insert_link(&ctx.ids().next::<LinkId>(), &row.id, earlier, "continues", ctx.now));
    }
    let mut sends_mail = false;
    if !new.quiet {
        let mails: Vec<TenantStatement> =
            mails::received(ctx, row).into_iter().chain(mails::assigned(ctx, row, &author)).collect();
        sends_mail = !mails.is_empty();
        batch.extend(mails);
    }
    if let Some(also) = new.also {
        batch.extend(also(Landing { ticket: &row.id, comment: None }));
    }
    let detail = serde_json::json!({ "channel": row.channel, "priority": row.priority, "category": row.category, "requester": row.requester_id });
    batch.push(audit::line_of(ctx, &author.reference(), "ticket.created", row.id.as_str(), detail));
    let answers = ctx.db.batch(batch).await.map_err(|error| {
        if error.is_refused_by("limit") {
            visitors::too_many(ctx)
        } else if error.is_refused_by("users.email") {
            // Somebody else has just written from the same address: what was loaded is out of date.
            ApiError::stale()
        } else {
            ApiError::from(error)
        }
    })?;
    let number = answers.get(place_of_number).ok_or_else(|| ApiError::internal("the batch was not answered"))?;
    created.row.number = store::number(number)?;
    announce(ctx, &created, sends_mail, next_due);
    Ok(created)
}

fn announce(ctx: &Ctx<'_>, created: &Created, sends_mail: bool, next_due: Option<chrono::DateTime<chrono::Utc>>) {
    let tenant = ctx.tenant.id();
    if sends_mail {
        ctx.wake(Wake::Outbox(tenant.clone()));
    }
    if let Some(at) = next_due {
        ctx.wake(Wake::SlaTimer { tenant: tenant.clone(), at });
    }
    let event = live::Event::TicketCreated { ticket: created.row.id.clone() };
    let message = live::HubMessage::staff_and(vec![created.row.requester_id.clone()], event);
    ctx.wake(Wake::Hub { tenant: tenant.clone(), message: message.to_json() });
}

/// Where a ticket stands in the API.
pub fn location(ticket: &TicketId) -> String {
    format!("/api/tickets/{ticket}")
}

/// The header fields of the answer to a creation.
pub fn headers(row: &TicketRow) -> Vec<(String, String)> {
    vec![("location".to_owned(), location(&row.id)), ("etag".to_owned(), etag(row.version))]
}

/// Who gets copies: each address once, not the requester's, and not our own mailbox.
fn copies(row: &TicketRow, cc: &[Mailbox], own: &str) -> Vec<FollowerRow> {
    let mut copies: Vec<FollowerRow> = Vec::new();
    for mailbox in cc {
        let known = mailbox.address == own
            || mailbox.address == row.requester_email
            || copies.iter().any(|copy| copy.email == mailbox.address);
        if !known && copies.len() < shared::limits::FOLLOWERS_MAX {
            copies.push(FollowerRow {
                email: mailbox.address.clone(),
                user_id: None,
                name: None,
                locale: None,
                blocked_at: None,
                kind: "cc".to_owned(),
            });
        }
    }
    copies
}
