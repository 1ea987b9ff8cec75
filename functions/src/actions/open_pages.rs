//! Open pages end with what let them in. The hub is told once the change is written: a page that it cuts off asks again, and is
//! then judged by the rows.

use shared::id::{SessionId, UserId};
use shared::live::HubMessage;
use shared::platform::Wake;

use crate::context::Ctx;

/// A session is over.
pub fn end_session(ctx: &Ctx<'_>, session: &SessionId) {
    tell(ctx, &HubMessage::EndSessions { sessions: vec![session.clone()] });
}

/// Every session of a person is over, but for one if it is named.
pub fn end_person(ctx: &Ctx<'_>, person: &UserId, except: Option<&SessionId>) {
    tell(ctx, &HubMessage::EndPeople { people: vec![person.clone()], except: except.cloned() });
}

/// A person's rights are other ones; the sessions go on.
pub fn renew_person(ctx: &Ctx<'_>, person: &UserId) {
    tell(ctx, &HubMessage::RenewPeople { people: vec![person.clone()] });
}

/// Rights have changed of people whom only the database could name: every page of the tenant comes back.
pub fn renew_everybody(ctx: &Ctx<'_>) {
    tell(ctx, &HubMessage::RenewEverybody);
}

fn tell(ctx: &Ctx<'_>, message: &HubMessage) {
    ctx.wake(Wake::Hub { tenant: ctx.tenant.id().clone(), message: message.to_json() });
}
