//! An answer, a question or a note on a ticket.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use shared::access::Permission;
use shared::database::{Rows, TenantStatement};
use shared::error::ApiError;
use shared::id::{CommentId, IdSource, InboundId};
use shared::sla::{Event, is_thanks_only_among};
use shared::store::comments::{self, Answered};
use shared::store::search;
use shared::store::service_accounts::DOMAIN;
use shared::ticket::forward::{Ask, Parcel};
use shared::ticket::status::{AfterComment, after_comment};
use shared::ticket::{Body, Channel, CommentRow, CommentView, Party, Reference, Status, TicketRow, Title, Visibility};

use super::create::{Created, NewTicket, Requester, create_on};
use super::draft::basis;
use super::load::load_target;
use super::{Also, Author, Landing, Loaded, Work, forward, mails, mention};
use crate::actions::sla::clocks::{self, Promises};
use crate::actions::{snoozes, stale};
use crate::context::Ctx;

/// A comment to write. [`NewComment::new`] fills in what most callers leave alone.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a circumstance of its own that most callers leave alone")]
pub struct NewComment<'a> {
    /// Id, known before the comment is.
    pub id: CommentId,
    /// The text.
    pub body: Body,
    /// Who sees it.
    pub visibility: Visibility,
    /// How it came in.
    pub channel: Channel,
    /// What a mail quoted.
    pub quoted: Option<String>,
    /// The status to set together with the comment.
    pub status: Option<Status>,
    /// Who wrote it, where that is not the request's actor (mails).
    pub author: Option<Author>,
    /// The mail that it came by.
    pub inbound_mail: Option<InboundId>,
    /// Whether a machine wrote it: such a comment is kept, and starts nothing.
    pub automatic: bool,
    /// Whether files come along that are to be looked at: then the words are not all that is said.
    pub brings_files: bool,
    /// By what to judge whether it only thanks, where that is not the body: the words of a mail without what stands for its pictures.
    pub words: Option<String>,
    /// Whether no mail is to go out.
    pub quiet: bool,
    /// How many public comments the writer knows: when somebody else of the desk has answered since, a public one is refused (409
    /// `answered_meanwhile`). `None` asks for no such care.
    pub seen: Option<i64>,
    /// Where it is forwarded; such a comment is internal.
    pub forward: Option<Ask>,
    /// Whether the desk is told of it by mail, though it is internal: somebody outside has answered what was forwarded.
    pub tells_desk: bool,
    /// Rows of the caller's own for the same batch.
    pub also: Also<'a>,
}

impl NewComment<'_> {
    /// A comment with defaults: public, by the request's actor.
    pub fn new(ids: IdSource<'_>, body: Body, channel: Channel) -> Self {
        Self {
            id: ids.next(),
            body,
            visibility: Visibility::Public,
            channel,
            quoted: None,
            status: None,
            author: None,
            inbound_mail: None,
            automatic: false,
            brings_files: false,
            words: None,
            quiet: false,
            seen: None,
            forward: None,
            tells_desk: false,
            also: None,
        }
    }

    /// Whether clients see it.
    fn is_public(&self) -> bool {
        self.visibility == Visibility::Public && self.forward.is_none()
    }
}

/// What became of a comment.
#[derive(Debug)]
pub enum Commented {
    /// It stands on this ticket, whose state is as of now.
    Added {
        /// The comment.
        comment: CommentRow,
        /// The ticket.
        ticket: TicketRow,
    },
    /// The ticket was over for too long: the text opened a new one that continues it.
    Continued(Created),
}

impl Commented {
    /// The ticket on which the text stands now.
    pub fn ticket(&self) -> &TicketRow {
        match self {
            Self::Added { ticket, .. } => ticket,
            Self::Continued(created) => &created.row,
        }
    }

    /// What the request's actor may see of the comment; `None` when it became the description of a new ticket.
    pub fn view(&self, ctx: &Ctx<'_>) -> Option<CommentView> {
        match self {
            Self::Added { comment, ticket } => {
                CommentView::of(comment).for_reader(ctx.actor.may_on(Permission::TicketReadInternal, &ticket.facts(&[])))
            }
            Self::Continued(_) => None,
        }
    }
}

/// Writes a comment with all that it brings about: status, clocks, mails. A ticket that was merged passes it on to the ticket
/// that it was merged into. Two changes at the same moment are taken one after the other.
pub async fn comment(ctx: &Ctx<'_>, reference: &Reference, new: &NewComment<'_>) -> Result<Commented, ApiError> {
    let author = new.author.clone().unwrap_or_else(|| Author::of(&ctx.actor));
    if !new.is_public() && author.party == Party::Client {
        return Err(ApiError::field("visibility", "not_allowed"));
    }
    // A client's answer may turn out to open a new ticket, any status may open the old one again: what that needs is loaded in the
    // same round trip, the promises last.
    let basis = || match author.party {
        Party::Client => basis(ctx, &requester_of(ctx, &author)),
        Party::Staff | Party::System if new.status.is_some_and(Status::is_open) => Ok(clocks::statements().to_vec()),
        Party::Staff | Party::System => Ok(Vec::new()),
    };
    stale::again(stale::TRIES_MAX, async || {
        let loaded = load_known(ctx, reference, new, &author, basis()?).await?;
        Box::pin(write(ctx, loaded, new, author.clone())).await
    })
    .await
}

/// Loads the ticket that a comment is for, with `more`. Refuses a public one of the desk without the right to answer, and one whose writer
/// does not know what somebody else has answered meanwhile. What is quoted to people outside is the named ticket's own: when that was merged,
/// the words of the other one, which may be another client's, do not go out in their place (409 `merged`).
pub(super) async fn load_known(
    ctx: &Ctx<'_>,
    reference: &Reference,
    new: &NewComment<'_>,
    author: &Author,
    more: Vec<TenantStatement>,
) -> Result<Loaded, ApiError> {
    let answers = new.is_public() && author.is_staff();
    let seen = new.seen.filter(|_| answers);
    let news = seen.map(|seen| comments::answered_since(reference, seen, author.user.as_ref()));
    let forward = new.forward.iter().flat_map(|ask| forward::statements(reference, ask));
    let named = mention::statements(ctx, &mention::of(new, author)?);
    let mut loaded = load_target(ctx, reference, news.into_iter().chain(forward).chain(named).chain(more).collect()).await?;
    if (answers || new.forward.is_some()) && !loaded.may(ctx, Permission::TicketReply) {
        return Err(ApiError::forbidden());
    }
    let quotes = new.forward.as_ref().is_some_and(|ask| ask.quote.is_of_ticket());
    if quotes && !reference.names(&loaded.row.id, loaded.row.number) {
        return Err(ApiError::conflict("merged"));
    }
    if seen.is_some() {
        not_answered(&loaded.next()?.all()?)?;
    }
    Ok(loaded)
}

/// 409 when others have answered; the error names them, and the first of their answers.
fn not_answered(answers: &[Answered]) -> Result<(), ApiError> {
    let Some(first) = answers.last() else { return Ok(()) };
    let names: BTreeSet<&str> = answers.iter().map(|answer| answer.name.as_str()).collect();
    let names = names.into_iter().collect::<Vec<_>>().join(", ");
    Err(ApiError::conflict("answered_meanwhile").arg("name", names).arg("comment", &first.id))
}

async fn write(ctx: &Ctx<'_>, mut loaded: Loaded, new: &NewComment<'_>, author: Author) -> Result<Commented, ApiError> {
    let parcel = new.forward.as_ref().map(|ask| forward::parcel(ctx, &mut loaded, ask)).transpose()?;
    let named = mention::named(ctx, &mut loaded, &mention::of(new, &author)?)?;
    let basis: Vec<Rows> = loaded.more.by_ref().collect();
    let mut work = Work::begin(ctx, loaded, author);
    work.quiet = new.quiet;
    if let [.., policies, calendars] = basis.as_slice()
        && !work.row.status.is_open()
    {
        work.may_promise(Promises::read(ctx.tenant, policies, calendars)?);
    }
    let public = new.is_public();
    let side = side_of(&work);
    let thanks_only = side == Party::Client && says_only_thanks(&work, new);
    if public {
        let window_open = work.circumstances().window_open;
        // The desk opens its own tickets again by setting their status.
        let party = if work.row.status.is_open() { side } else { work.author.party };
        match after_comment(work.row.status, party, window_open, thanks_only || new.automatic) {
            AfterComment::Stays => {}
            AfterComment::Becomes(_) if new.automatic => {}
            AfterComment::Becomes(status) => {
                if side == Party::Staff {
                    take(&mut work);
                }
                // A status that comes with the comment is set below, without the one between.
                if new.status.is_none() || !work.author.is_staff() {
                    work.set_status(status)?;
                }
            }
            AfterComment::NewTicket => return continue_in_new_ticket(ctx, &work.row, &work.author, new, basis).await,
        }
        if !new.automatic {
            match side {
                Party::Staff => {
                    work.clocks(Event::AgentReplied);
                    work.row.first_response_at.get_or_insert(ctx.now);
                }
                Party::Client => {
                    work.clocks(Event::ClientReplied { thanks_only });
                    snoozes::answered(&mut work);
                }
                Party::System => {}
            }
        }
        work.row.comment_count += 1;
    }
    write_text(&mut work, new, parcel.as_ref());
    mention::tell(&mut work, new, &named);
    if let Some(status) = new.status {
        may_set_status(&work)?;
        work.set_status(status)?;
    }
    let comment = row_of(&work.author, new, parcel.as_ref(), ctx.now);
    let action = if parcel.is_some() { "ticket.forwarded" } else { "ticket.commented" };
    let visibility = if public { Visibility::Public } else { Visibility::Internal };
    let ticket = work.save(action, Some((&new.id, visibility))).await?;
    Ok(Commented::Added { comment, ticket })
}

/// Whether a client's words are a mere thank-you. They may name the writer, and the agent.
fn says_only_thanks(work: &Work<'_, '_>, new: &NewComment<'_>) -> bool {
    let names = [Some(work.author.name.as_str()), work.row.assignee_name.as_deref()];
    let words = new.words.as_deref().unwrap_or(new.body.as_str());
    !new.brings_files && is_thanks_only_among(words, &names.into_iter().flatten().collect::<Vec<_>>())
}

/// On which side of the conversation the author stands. A member of the desk who follows up on a ticket of their own asks; somebody
/// else has to answer.
fn side_of(work: &Work<'_, '_>) -> Party {
    let asks = work.author.user.as_ref() == Some(&work.row.requester_id);
    if asks { Party::Client } else { work.author.party }
}

/// An agent who answers a ticket that is nobody's takes it; a program does not.
fn take(work: &mut Work<'_, '_>) {
    let is_free = work.row.assignee_id.is_none() && !work.author.email.ends_with(DOMAIN);
    let Some(user) = work.author.user.clone().filter(|_| is_free) else { return };
    let name = work.author.name.clone();
    work.row.assignee_id = Some(user);
    work.row.assignee_email = Some(work.author.email.clone());
    work.row.assignee_name = Some(name.clone());
    work.changed("assignee", Visibility::Public, None, Some(name));
}

/// Staff set a status with `ticket.update`; of clients only the requester.
pub(super) fn may_set_status(work: &Work<'_, '_>) -> Result<(), ApiError> {
    let allowed = match work.author.party {
        Party::Staff => work.ctx.actor.may_on(Permission::TicketUpdate, &work.row.facts(&work.followers)),
        Party::Client => work.author.user.as_ref() == Some(&work.row.requester_id),
        Party::System => true,
    };
    if allowed { Ok(()) } else { Err(ApiError::field("status", "not_allowed")) }
}

fn write_text(work: &mut Work<'_, '_>, new: &NewComment<'_>, parcel: Option<&Parcel>) {
    let internal = !new.is_public();
    let visibility = if internal { Visibility::Internal } else { Visibility::Public };
    let ticket = work.row.id.clone();
    work.also(comments::insert(&comments::NewComment {
        id: &new.id,
        ticket: &ticket,
        author: work.author.user.as_ref(),
        author_is_staff: work.author.is_staff(),
        visibility,
        channel: new.channel,
        body: new.body.as_str(),
        quoted: quoted_in(new, parcel),
        inbound_mail: new.inbound_mail.as_ref(),
        created_at: work.ctx.now,
    }));
    work.changed(if internal { "note" } else { "comment" }, visibility, None, Some(new.id.to_string()));
    work.also(search::append_text(&ticket, new.body.as_str(), internal));
    if !internal && work.author.is_staff() {
        let mails: Vec<TenantStatement> = mails::agent_reply(work.ctx, &work.row, &work.followers, &work.author, &new.id);
        work.mail(mails);
    }
    if !internal && work.author.party == Party::Client && !new.automatic {
        let mail = mails::client_reply(work.ctx, &work.row, &work.followers, &work.author, &new.id);
        work.mail(mail);
    }
    if let Some(parcel) = parcel {
        send_out(work, new, parcel);
    }
    if internal && new.tells_desk {
        let mail = mails::outsider_reply(work.ctx, &work.row, &work.followers, &work.author, &new.id);
        work.mail(mail);
    }
    if let Some(also) = new.also {
        for statement in also(Landing { ticket: &ticket, comment: Some(&new.id) }) {
            work.also(statement);
        }
    }
}

/// Notes to whom the comment goes, and queues a mail to each.
fn send_out(work: &mut Work<'_, '_>, new: &NewComment<'_>, parcel: &Parcel) {
    work.also(comments::forward(&new.id, parcel));
    work.changed("forwarded", Visibility::Internal, None, Some(parcel.recipients.join(", ")));
    let mails = mails::forwarded(work.ctx, &work.row, &work.author, &new.id, &parcel.recipients);
    work.mail(mails);
}

/// What stands folded below the comment: what its mail quoted, or what it quotes itself.
fn quoted_in<'a>(new: &'a NewComment<'_>, parcel: Option<&'a Parcel>) -> Option<&'a str> {
    parcel.map(|parcel| parcel.quoted.as_str()).filter(|quoted| !quoted.is_empty()).or(new.quoted.as_deref())
}

fn row_of(author: &Author, new: &NewComment<'_>, parcel: Option<&Parcel>, now: DateTime<Utc>) -> CommentRow {
    CommentRow {
        id: new.id.clone(),
        author_id: author.user.clone(),
        author_name: (!author.name.is_empty()).then(|| author.name.clone()),
        author_email: (!author.email.is_empty()).then(|| author.email.clone()),
        author_is_staff: author.is_staff(),
        visibility: if new.is_public() { Visibility::Public } else { Visibility::Internal },
        channel: new.channel,
        body: new.body.as_str().to_owned(),
        quoted: quoted_in(new, parcel).map(str::to_owned),
        inbound_mail_id: new.inbound_mail.clone(),
        truncated: false,
        forwarded_to: parcel.map(|parcel| parcel.recipients.clone()),
        created_at: now,
    }
}

/// On whose behalf a new ticket would be opened that continues an old one.
fn requester_of(ctx: &Ctx<'_>, author: &Author) -> Requester {
    match &author.user {
        Some(user) if ctx.actor.person().is_some_and(|person| person.id == *user) => Requester::Me,
        Some(user) => Requester::User(user.clone()),
        None => {
            let name = Some(author.name.clone()).filter(|name| !name.is_empty());
            Requester::Email { address: author.email.clone(), name, locale: None }
        }
    }
}

/// The window is over: the answer opens a ticket of the same title, in the author's name, linked to the old one.
async fn continue_in_new_ticket(
    ctx: &Ctx<'_>,
    old: &TicketRow,
    author: &Author,
    new: &NewComment<'_>,
    basis: Vec<Rows>,
) -> Result<Commented, ApiError> {
    let title = Title::cut(&old.title).ok_or_else(|| ApiError::internal("a stored ticket has no title"))?;
    let mut ticket = NewTicket::new(ctx.ids(), title, new.body.clone(), requester_of(ctx, author), new.channel);
    ticket.priority = Some(old.priority);
    ticket.category.clone_from(&old.category);
    ticket.erp_module = old.erp_module.clone().filter(|module| ctx.tenant.settings().erp_modules.contains(module));
    ticket.continues = Some(old.id.clone());
    ticket.from_unverified = old.from_unverified;
    ticket.quiet = new.quiet;
    ticket.also = new.also;
    Ok(Commented::Continued(create_on(ctx, ticket, basis).await?))
}
