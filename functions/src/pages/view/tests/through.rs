//! Which view each template is for.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::pages::view::{
    access, account, audit, boards, checklist, directories, failure, grants, imports, mail, opened, own_time, panels, protection,
    rating, schedule, scim, security, service_accounts, settings, sso, ticket, tickets, time, views, violations,
};

/// Reads the page's part as its view, which refuses fields too many and too few, and writes it back as a handler would.
pub(super) fn through<T: Serialize + DeserializeOwned>(name: &str, page: Value) -> Value {
    let view: T = serde_json::from_value(page).unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_json::to_value(view).unwrap()
}

pub(super) fn view_of(name: &str, template: &str, page: Value) -> Value {
    match template {
        "console/login" | "portal/login" | "portal/register" | "portal/confirm" | "portal/forgot" | "portal/reset" => {
            through::<account::Entrance>(name, page)
        }
        "portal/notice" | "portal/offline" => through::<account::Notice>(name, page),
        "portal/login-verify" => through::<security::Verify>(name, page),
        "portal/login-confirm" => through::<security::Confirm>(name, page),
        "portal/security" => through::<security::Security>(name, page),
        "portal/security-phone" => through::<security::Phone>(name, page),
        "portal/security-setup" => through::<security::Setup>(name, page),
        "portal/security-codes" => through::<security::Codes>(name, page),
        "portal/profile" => through::<account::Profile>(name, page),
        "portal/home" => through::<tickets::ClientHome>(name, page),
        "portal/search" => through::<tickets::ClientSearch>(name, page),
        "portal/tickets" => through::<tickets::ClientList>(name, page),
        "portal/new" | "agent/new" => through::<ticket::NewTicket>(name, page),
        "portal/ticket" => through::<ticket::ClientTicket>(name, page),
        "portal/rate" => through::<rating::Rate>(name, page),
        "portal/failure" | "agent/failure" => through::<failure::Failure>(name, page),
        "agent/tickets" => through::<tickets::AgentList>(name, page),
        "agent/ticket" => through::<ticket::AgentTicket>(name, page),
        "agent/similar" => through::<panels::SimilarTickets>(name, page),
        "agent/requester" => through::<panels::RequesterPanel>(name, page),
        "agent/mail-log" => through::<mail::Log>(name, page),
        "agent/mail-unprocessed" => through::<mail::Unprocessed>(name, page),
        "agent/commands" => through::<()>(name, page),
        "agent/violations" => through::<violations::Violations>(name, page),
        "agent/board" => through::<boards::Board>(name, page),
        "agent/recent" => through::<opened::Recent>(name, page),
        "agent/split" => through::<opened::Split>(name, page),
        "agent/ticket-time" => through::<time::TicketTime>(name, page),
        "agent/time" => through::<time::TimeList>(name, page),
        "agent/time-entry" => through::<time::TimeEdit>(name, page),
        "agent/checklist" => through::<checklist::Checklist>(name, page),
        "agent/later" => through::<own_time::Later>(name, page),
        "agent/reminders" => through::<own_time::Reminders>(name, page),
        "agent/views" => through::<views::Views>(name, page),
        "agent/view" => through::<views::ViewEdit>(name, page),
        "agent/audit" => through::<audit::Log>(name, page),
        "agent/audit-verdict" => through::<audit::Verdict>(name, page),
        "agent/policies" => through::<schedule::Policies>(name, page),
        "agent/policy" => through::<schedule::PolicyEdit>(name, page),
        "agent/calendars" => through::<schedule::Calendars>(name, page),
        "agent/calendar" => through::<schedule::CalendarEdit>(name, page),
        "agent/ratings" => through::<rating::Ratings>(name, page),
        "agent/settings-security" => through::<settings::SignInRules>(name, page),
        "agent/settings-department" => through::<settings::DepartmentPage>(name, page),
        "agent/settings-texts" => through::<settings::Texts>(name, page),
        "agent/settings-text" => through::<settings::TextEdit>(name, page),
        "agent/protection" => through::<protection::Limits>(name, page),
        "agent/protection-alerts" => through::<protection::Alerts>(name, page),
        "agent/protection-blocks" => through::<protection::Blocks>(name, page),
        "agent/access-people" => through::<access::People>(name, page),
        "agent/access-person" => through::<access::PersonEdit>(name, page),
        "agent/access-organizations" => through::<access::Organizations>(name, page),
        "agent/access-organization" => through::<access::OrganizationEdit>(name, page),
        "agent/access-groups" => through::<access::Groups>(name, page),
        "agent/access-group" => through::<access::GroupEdit>(name, page),
        "agent/access-identity-providers" => through::<sso::Providers>(name, page),
        "agent/access-identity-provider" => through::<sso::ProviderEdit>(name, page),
        "agent/access-identity-provider-test" => through::<sso::ProviderTest>(name, page),
        "agent/access-scim" => through::<scim::Provisioning>(name, page),
        "portal/handed-in" => through::<sso::HandedIn>(name, page),
        "portal/signed-out" => through::<sso::SignedOut>(name, page),
        "agent/access-directories" => through::<directories::Directories>(name, page),
        "agent/access-directory" => through::<directories::DirectoryEdit>(name, page),
        "agent/access-roles" => through::<access::Roles>(name, page),
        "agent/access-role" => through::<access::RoleEdit>(name, page),
        "agent/access-grants" => through::<grants::Grants>(name, page),
        "agent/access-policies" => through::<grants::Policies>(name, page),
        "agent/access-policy" => through::<grants::PolicyEdit>(name, page),
        "agent/access-explain" => through::<grants::Explain>(name, page),
        "portal/deputies" => through::<grants::Deputies>(name, page),
        "agent/access-service-accounts" => through::<service_accounts::ServiceAccounts>(name, page),
        "agent/access-service-account" => through::<service_accounts::ServiceAccountEdit>(name, page),
        "agent/access-key" => through::<service_accounts::KeySecret>(name, page),
        "agent/imports" => through::<imports::Imports>(name, page),
        "agent/import" => through::<imports::Import>(name, page),
        "agent/settings" => through::<settings::Settings>(name, page),
        "console/home" => through::<settings::Console>(name, page),
        "shared/unknown-host" => page,
        other => panic!("{name}: no view for {other}"),
    }
}
