//! The catalogue of permissions, `module.action`.

use serde::{Deserialize, Serialize};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// A right that roles are made of.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Permission {
            $($(#[$doc])* #[serde(rename = $text)] $name),*
        }

        impl Permission {
            /// Every permission.
            pub const ALL: [Self; [$(Self::$name),*].len()] = [$(Self::$name),*];

            /// The stable name, `module.action`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            /// Parses the stable name.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|permission| permission.as_str() == text)
            }

            /// The module, before the dot.
            pub fn module(self) -> &'static str {
                self.as_str().split_once('.').map_or("", |(module, _)| module)
            }

            /// Whether the right is about single tickets, so that it can hold for some of them only. All others hold for the whole
            /// tenant or not at all.
            pub fn is_about_tickets(self) -> bool {
                self.module() == "ticket"
            }
        }
    };
}

/// The names, as the API's description lists them.
impl utoipa::PartialSchema for Permission {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .enum_values(Some(Self::ALL.map(Self::as_str)))
            .into()
    }
}

impl utoipa::ToSchema for Permission {}

permissions! {
    /// See tickets within one's scope.
    TicketRead = "ticket.read";
    /// See internal notes, the whole history and other staff-only fields.
    TicketReadInternal = "ticket.read_internal";
    /// Open a ticket.
    TicketCreate = "ticket.create";
    /// Answer a ticket.
    TicketReply = "ticket.reply";
    /// Change status, priority, category, tags, fields; notes, links, attachments.
    TicketUpdate = "ticket.update";
    /// Choose the assignee or department; escalate.
    TicketAssign = "ticket.assign";
    /// Merge and split tickets.
    TicketMerge = "ticket.merge";
    /// Delete and restore tickets.
    TicketDelete = "ticket.delete";
    /// Rate a resolution of one's own ticket.
    TicketRate = "ticket.rate";
    /// See SLA policies, calendars, violations; preview.
    SlaRead = "sla.read";
    /// Change SLA policies and calendars.
    SlaManage = "sla.manage";
    /// See the mail log and the unprocessed mail.
    MailRead = "mail.read";
    /// Retry or discard mail.
    MailManage = "mail.manage";
    /// See ratings and figures of the desk.
    ReportRead = "report.read";
    /// Change and remove everybody's time entries, and see them.
    TimeManage = "time.manage";
    /// See people and organizations.
    UserRead = "user.read";
    /// Change people and organizations.
    UserManage = "user.manage";
    /// See departments and categories.
    DeskRead = "desk.read";
    /// Change departments and categories.
    DeskManage = "desk.manage";
    /// Change the tenant's settings.
    TenantManage = "tenant.manage";
    /// See roles, groups, grants, delegations and policies.
    AccessRead = "access.read";
    /// Change roles, groups, grants, delegations and policies: who may do what.
    AccessManage = "access.manage";
    /// Read the audit log and check it.
    AuditRead = "audit.read";
    /// Take the audit log out.
    AuditExport = "audit.export";
}

#[cfg(test)]
mod tests {
    use utoipa::PartialSchema;

    use super::*;

    #[test]
    fn the_description_lists_permissions_as_they_are_sent() {
        let sent = serde_json::to_value(Permission::ALL).unwrap();
        assert_eq!(serde_json::to_value(Permission::schema()).unwrap()["enum"], sent);
        assert!(Permission::ALL.into_iter().all(|one| Permission::parse(one.as_str()) == Some(one)));
    }
}
