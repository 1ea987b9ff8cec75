//! Who hears of a ticket beside requester and assignee.

use shared::access::{Permission, Person};
use shared::database::TenantStatement;
use shared::error::{ApiError, FieldError};
use shared::id::UserId;
use shared::limits::FOLLOWERS_MAX;
use shared::mail::Mailbox;
use shared::store::links::{self as store, FollowingRow};
use shared::store::push_notices;
use shared::store::tickets::{self, PartyRow};
use shared::store::users::Status;
use shared::ticket::{FollowerRow, Reference, TicketRow, Visibility};

use crate::actions::stale;
use crate::actions::tickets::{Author, Loaded, Work, load, mails};
use crate::context::Ctx;

/// Who is to follow, or no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Follower {
    /// Whoever asks.
    Me,
    /// A person of the tenant.
    User(UserId),
    /// An address; one that is nobody's gets copies and no access.
    Email(String),
}

impl Follower {
    /// Reads what was sent: a user, or an address, or nobody else.
    pub fn parse(user: Option<UserId>, email: Option<&str>) -> Result<Self, ApiError> {
        match (user, email) {
            (None, None) => Ok(Self::Me),
            (Some(user), None) => Ok(Self::User(user)),
            (None, Some(email)) => Mailbox::new(None, email)
                .map(|mailbox| Self::Email(mailbox.address))
                .ok_or_else(|| ApiError::field("email", "bad_email")),
            (Some(_), Some(_)) => Err(ApiError::field("email", "not_allowed")),
        }
    }

    fn statement(&self, ctx: &Ctx<'_>) -> Result<TenantStatement, ApiError> {
        Ok(match self {
            Self::Me => store::follower_by_id(&ctx.person()?.id),
            Self::User(user) => store::follower_by_id(user),
            Self::Email(email) => tickets::party_by_email(email),
        })
    }

    /// The address, and the name of the person whose it is.
    fn read(&self, loaded: &mut Loaded) -> Result<(String, Option<FollowingRow>), ApiError> {
        let rows = loaded.next()?;
        let person = match self {
            Self::Me | Self::User(_) => rows.first::<FollowingRow>()?,
            Self::Email(_) => rows.first::<PartyRow>()?.map(|party| FollowingRow {
                email: party.email,
                name: party.name,
                role: party.role,
                status: party.status,
                organization_id: party.organization_id,
                locale: party.locale,
            }),
        };
        match (self, person) {
            (Self::Email(email), None) => Ok((email.clone(), None)),
            (_, Some(person)) => Ok((person.email.clone(), Some(person))),
            (_, None) => Err(ApiError::field("user", "unknown_value")),
        }
    }

    fn field(&self) -> &'static str {
        if matches!(self, Self::Email(_)) { "email" } else { "user" }
    }
}

/// Lets somebody follow a ticket. Whoever does already, does so still. Clients themselves and their colleagues.
pub async fn follow(ctx: &Ctx<'_>, reference: &Reference, who: &Follower) -> Result<(TicketRow, Vec<FollowerRow>), ApiError> {
    stale::again(stale::TRIES_MAX, async || attempt(ctx, reference, who, true).await).await
}

/// Lets somebody follow a ticket no more. Clients themselves and their colleagues.
pub async fn unfollow(ctx: &Ctx<'_>, reference: &Reference, who: &Follower) -> Result<(TicketRow, Vec<FollowerRow>), ApiError> {
    stale::again(stale::TRIES_MAX, async || attempt(ctx, reference, who, false).await).await
}

async fn attempt(
    ctx: &Ctx<'_>,
    reference: &Reference,
    who: &Follower,
    follows: bool,
) -> Result<(TicketRow, Vec<FollowerRow>), ApiError> {
    let mut loaded = load(ctx, reference, vec![who.statement(ctx)?]).await?;
    let found = who.read(&mut loaded);
    let is_shared = !loaded.may(ctx, Permission::TicketUpdate) && {
        let asker = ctx.person()?;
        let found = found.as_ref().ok();
        if found.is_some_and(|(email, _)| *email == asker.email) {
            false
        } else if found.and_then(|(_, person)| person.as_ref()).is_some_and(|other| may_share(asker, other, &loaded.row, follows))
        {
            true
        } else {
            // Not even whether somebody else is known is told.
            return Err(ApiError::field(who.field(), "not_allowed"));
        }
    };
    let (email, person) = found?;
    let mut work = Work::begin(ctx, loaded, Author::of(&ctx.actor));
    // Somebody who only gets copies becomes a follower when a person is added: that opens the ticket in the portal.
    let raises = follows && person.is_some();
    let is_there = work.followers.iter().any(|follower| follower.email == email && !(raises && follower.kind == "cc"));
    let hears_anyway = email == work.row.requester_email;
    if is_there == follows || (follows && hears_anyway) {
        return Ok((work.row, work.followers));
    }
    let shown = person.as_ref().map_or_else(|| email.clone(), |person| person.name.clone());
    if follows {
        admit(ctx, &work, who, &email, person.as_ref())?;
        let kind = if person.is_some() { "follower" } else { "cc" };
        let statement = tickets::insert_follower(&work.row.id, &email, kind, ctx.now);
        work.also(statement);
        work.changed("followers", Visibility::Internal, None, Some(shown));
        let user_id = match who {
            Follower::User(user) => Some(user.clone()),
            Follower::Me => Some(ctx.person()?.id.clone()),
            Follower::Email(_) => None,
        };
        if is_shared {
            let mail = mails::shared(ctx, &work.row, &email, person.as_ref().and_then(|person| person.locale));
            work.mail([mail]);
        }
        work.followers.retain(|follower| follower.email != email);
        work.followers.push(FollowerRow {
            email,
            user_id,
            name: person.map(|person| person.name),
            locale: None,
            blocked_at: None,
            kind: kind.to_owned(),
        });
    } else {
        let statement = store::delete_followers(&work.row.id, std::slice::from_ref(&email));
        work.also(statement);
        // Whoever asked, or has the ticket, hears of it still.
        if !hears_anyway && work.row.assignee_email.as_ref() != Some(&email) {
            let statement = push_notices::forget(&work.row.id, std::slice::from_ref(&email));
            work.also(statement);
        }
        work.changed("followers", Visibility::Internal, Some(shown), None);
        work.followers.retain(|follower| follower.email != email);
    }
    let followers = work.followers.clone();
    let row = work.save(if follows { "ticket.followed" } else { "ticket.unfollowed" }, None).await?;
    Ok((row, followers))
}

/// Whether a client may let somebody follow a ticket, or take them off it: only other clients of the client's own organization, and only
/// on a ticket of that organization or of the client's own. Whoever asked decides who is taken off.
fn may_share(asker: &Person, other: &FollowingRow, ticket: &TicketRow, follows: bool) -> bool {
    let is_own = ticket.requester_id == asker.id;
    let is_ours = is_own || ticket.organization_id.is_some() && ticket.organization_id == asker.organization;
    let is_colleague = asker.organization.is_some() && asker.organization == other.organization_id && !other.role.is_staff();
    is_colleague && is_ours && (is_own || follows)
}

fn admit(ctx: &Ctx<'_>, work: &Work<'_, '_>, who: &Follower, email: &str, person: Option<&FollowingRow>) -> Result<(), ApiError> {
    if person.is_some_and(|person| person.status == Status::Disabled) {
        return Err(ApiError::field(who.field(), "disabled"));
    }
    // Copies to our own mailbox would answer themselves for ever.
    if email == ctx.tenant.mailbox() {
        return Err(ApiError::field(who.field(), "own_address"));
    }
    if work.followers.len() >= FOLLOWERS_MAX {
        return Err(ApiError::invalid(vec![FieldError::new(who.field(), "too_many").arg("maximum", FOLLOWERS_MAX)]));
    }
    Ok(())
}
