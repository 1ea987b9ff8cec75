//! Identifiers: a prefix that tells what the thing is, and a UUID version 7 (RFC 9562) in plain hexadecimal.
//!
//! The time part keeps rows that were made together close in the index; the 74 random bits keep an id from being guessed.
//! An id is made only by parsing or by [`IdSource`], so a value of these types always has the right shape.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where random bytes come from: the platform's source, or a seeded one under test.
pub trait Entropy {
    /// Fills the buffer with unpredictable bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// Makes ids from the request's clock and the platform's entropy.
#[derive(Clone, Copy)]
pub struct IdSource<'a> {
    now: DateTime<Utc>,
    entropy: &'a dyn Entropy,
}

impl<'a> IdSource<'a> {
    /// A source for the moment `now`.
    pub fn new(now: DateTime<Utc>, entropy: &'a dyn Entropy) -> Self {
        Self { now, entropy }
    }

    /// A new id.
    pub fn next<T: FreshId>(&self) -> T {
        T::from_uuid(self.uuid())
    }

    /// A bare UUID in plain hexadecimal, for things that carry no prefix (request ids, message ids).
    pub fn hex(&self) -> String {
        self.uuid().simple().to_string()
    }

    /// `count` random bytes in hexadecimal: secrets, nonces.
    pub fn secret(&self, count: usize) -> String {
        let mut bytes = vec![0u8; count];
        self.entropy.fill(&mut bytes);
        crate::auth::signer::hex(&bytes)
    }

    fn uuid(&self) -> uuid::Uuid {
        let mut random = [0u8; 10];
        self.entropy.fill(&mut random);
        let millis = u64::try_from(self.now.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

/// An id type that [`IdSource`] can make.
pub trait FreshId {
    /// Puts the type's prefix before the UUID.
    fn from_uuid(uuid: uuid::Uuid) -> Self;
}

/// An id was not of the expected shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of this kind")]
pub struct NotAnId;

fn has_shape(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|hex| hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)))
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(try_from = "String", into = "String")]
        #[schema(value_type = String)]
        pub struct $name(String);

        impl $name {
            /// What every id of this kind begins with.
            pub const PREFIX: &'static str = $prefix;

            /// Accepts exactly the prefix and 32 lower-case hexadecimal digits.
            pub fn parse(text: &str) -> Result<Self, NotAnId> {
                if has_shape(text, $prefix) { Ok(Self(text.to_owned())) } else { Err(NotAnId) }
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FreshId for $name {
            fn from_uuid(uuid: uuid::Uuid) -> Self {
                Self(format!("{}{}", $prefix, uuid.simple()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;
            fn try_from(text: String) -> Result<Self, NotAnId> {
                if has_shape(&text, $prefix) { Ok(Self(text)) } else { Err(NotAnId) }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// A tenant: one client of the ERP vendor with its own hosts, people and tickets.
    TenantId = "tnt_";
    /// A person of a tenant.
    UserId = "usr_";
    /// An operator of the platform.
    OperatorId = "opr_";
    /// A customer's company within a tenant.
    OrganizationId = "org_";
    /// A department of the support desk.
    DepartmentId = "dep_";
    /// A signed-in browser or API client.
    SessionId = "ses_";
    /// A key by which a program asks for a service account.
    ApiKeyId = "key_";
    /// A ticket.
    TicketId = "tkt_";
    /// A comment on a ticket.
    CommentId = "cmt_";
    /// A message that is written and goes out later.
    PendingId = "pnd_";
    /// What somebody wants to be reminded of.
    ReminderId = "rem_";
    /// Time that was spent.
    TimeEntryId = "tim_";
    /// A file on a ticket.
    AttachmentId = "att_";
    /// An upload that is still arriving.
    UploadId = "upl_";
    /// A table of tickets or people that is brought in.
    ImportId = "imp_";
    /// One line of a ticket's history.
    EventId = "evt_";
    /// A link between two tickets.
    LinkId = "lnk_";
    /// A rating of one resolution.
    RatingId = "rat_";
    /// An SLA policy.
    PolicyId = "sla_";
    /// A business calendar.
    CalendarId = "cal_";
    /// A role of the tenant's own.
    RoleId = "rol_";
    /// A group of people.
    GroupId = "grp_";
    /// A view of the tickets that somebody saved.
    TicketViewId = "viw_";
    /// A role that was given to somebody.
    GrantId = "gra_";
    /// A company's directory of people.
    DirectoryId = "dir_";
    /// A provider of identities.
    IdentityProviderId = "idp_";
    /// Who somebody is at one.
    ExternalIdentityId = "eid_";
    /// Rights that are lent to a deputy.
    DelegationId = "dlg_";
    /// A policy over attributes.
    AccessPolicyId = "pol_";
    /// A passkey of somebody.
    PasskeyId = "psk_";
    /// A device on which somebody is told of what happens.
    DeviceId = "dev_";
    /// Addresses that are turned away.
    BlockId = "blk_";
    /// A security alert.
    AlertId = "alt_";
    /// A message that leaves the system.
    OutboxId = "out_";
    /// A mail that came in.
    InboundId = "inb_";
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::cell::Cell<u8>);
    impl Entropy for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            for byte in buffer {
                self.0.set(self.0.get().wrapping_add(1));
                *byte = self.0.get();
            }
        }
    }

    #[test]
    fn a_fresh_id_parses_as_its_own_kind_and_no_other() {
        let entropy = Counting(std::cell::Cell::new(0));
        let ids = IdSource::new(DateTime::from_timestamp(1_750_000_000, 0).unwrap(), &entropy);
        let ticket: TicketId = ids.next();
        assert_eq!(TicketId::parse(ticket.as_str()), Ok(ticket.clone()));
        assert_eq!(UserId::parse(ticket.as_str()), Err(NotAnId));
        assert_ne!(ids.next::<TicketId>(), ticket);
    }

    #[test]
    fn an_id_with_anything_but_lower_case_hex_is_refused() {
        for text in ["", "tkt_", "tkt_0190F5B2C3D47E8F9A0B1C2D3E4F5A6B", "tkt_0190f5b2c3d47e8f9a0b1c2d3e4f5a6", "tkt_' OR 1=1 --"]
        {
            assert_eq!(TicketId::parse(text), Err(NotAnId), "{text}");
        }
    }
}
