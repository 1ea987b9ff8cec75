//! The table itself.

use shared::access::{Access, Permission as P};

use super::{ANY_HOST, Face, Handler, Method, OPERATOR, PLATFORM, PUBLIC, Route, SIGNED_IN, may, visitor_or};

/// A line of the table: on which host, with which face, and then `METHOD "path", access, module`.
macro_rules! route {
    ($host:ident, $face:ident, $method:ident $path:literal, $access:expr, $($module:ident)::+) => {
        Route {
            method: Method::$method,
            path: $path,
            access: $access,
            face: face!($face, $($module)::+),
            name: stringify!($($module)::+),
            handler: Handler::$host(|ctx, request| Box::pin(super::$($module)::+::handle(ctx, request))),
        }
    };
}
macro_rules! face {
    (Api, $($module:ident)::+) => { Face::Api(super::$($module)::+::doc) };
    ($face:ident, $($module:ident)::+) => { Face::$face };
}

/// On a tenant's host: a documented JSON route.
macro_rules! api { ($($line:tt)+) => { route!(Tenant, Api, $($line)+) }; }
/// HTML for people.
macro_rules! page { ($($line:tt)+) => { route!(Tenant, Page, $($line)+) }; }
/// For machines, and not documented.
macro_rules! machine { ($($line:tt)+) => { route!(Tenant, Machine, $($line)+) }; }
/// Without a tenant: documented JSON.
macro_rules! platform_api { ($($line:tt)+) => { route!(Platform, Api, $($line)+) }; }
/// Without a tenant: HTML, and documents.
macro_rules! platform_page { ($($line:tt)+) => { route!(Platform, Page, $($line)+) }; }

/// Every route of the product.
#[rustfmt::skip]
pub const ROUTES: &[Route] = &[
    // Signing in and out
    api!(Post "/api/auth/login", PUBLIC, auth::login),
    api!(Post "/api/auth/refresh", PUBLIC, auth::refresh),
    api!(Post "/api/auth/logout", SIGNED_IN, auth::logout),
    api!(Post "/api/auth/logout/everywhere", SIGNED_IN, auth::logout_everywhere),
    api!(Get "/api/auth/me", SIGNED_IN, auth::me),
    api!(Post "/api/auth/2fa/verify", PUBLIC, auth::second_factor::verify),
    api!(Get "/api/auth/2fa", SIGNED_IN, auth::second_factor::status),
    api!(Post "/api/auth/2fa/totp", SIGNED_IN, auth::second_factor::begin),
    api!(Post "/api/auth/2fa/totp/confirm", SIGNED_IN, auth::second_factor::confirm),
    api!(Delete "/api/auth/2fa/totp", SIGNED_IN, auth::second_factor::remove),
    api!(Post "/api/auth/2fa/recovery-codes", SIGNED_IN, auth::second_factor::recovery_codes),
    api!(Post "/api/auth/step-up", SIGNED_IN, auth::step_up),
    api!(Get "/api/sessions", SIGNED_IN, sessions::list),
    api!(Delete "/api/sessions", SIGNED_IN, sessions::end_others),
    api!(Delete "/api/sessions/{session}", SIGNED_IN, sessions::end),
    page!(Get "/login", PUBLIC, auth::page::login),
    page!(Post "/login", PUBLIC, auth::page::login_form),
    page!(Get "/login/verify", PUBLIC, auth::page::verify),
    page!(Post "/login/verify", PUBLIC, auth::page::verify_form),
    page!(Get "/login/confirm", SIGNED_IN, auth::page::confirm),
    page!(Post "/login/confirm", SIGNED_IN, auth::page::confirm_form),
    page!(Post "/logout", PUBLIC, auth::page::logout),
    page!(Post "/logout/everywhere", SIGNED_IN, auth::page::logout_everywhere),
    // The account
    page!(Get "/register", PUBLIC, account::register),
    page!(Post "/register", PUBLIC, account::register_form),
    page!(Get "/register/confirm", PUBLIC, account::confirm),
    page!(Post "/register/confirm", PUBLIC, account::confirm_form),
    page!(Get "/password/forgot", PUBLIC, account::forgot),
    page!(Post "/password/forgot", PUBLIC, account::forgot_form),
    page!(Get "/password/reset", PUBLIC, account::reset),
    page!(Post "/password/reset", PUBLIC, account::reset_form),
    page!(Get "/profile", SIGNED_IN, account::profile),
    page!(Post "/profile", SIGNED_IN, account::profile_form),
    page!(Post "/profile/notifications", SIGNED_IN, account::notifications_form),
    page!(Post "/profile/password", SIGNED_IN, account::password_form),
    page!(Get "/profile/security", SIGNED_IN, account::security::show),
    page!(Post "/profile/security/totp", SIGNED_IN, account::security::begin),
    page!(Get "/profile/security/setup", SIGNED_IN, account::security::setup),
    page!(Post "/profile/security/setup", SIGNED_IN, account::security::setup_form),
    page!(Post "/profile/security/off", SIGNED_IN, account::security::off),
    page!(Post "/profile/security/codes", SIGNED_IN, account::security::codes),
    page!(Post "/profile/security/sessions/end-others", SIGNED_IN, account::security::end_others),
    page!(Post "/profile/security/sessions/{session}/end", SIGNED_IN, account::security::end_session),
    page!(Post "/preferences", PUBLIC, account::preferences),
    // The portal's pages
    page!(Get "/", PUBLIC, portal::home),
    page!(Get "/tickets", may(P::TicketRead), portal::tickets),
    page!(Get "/tickets/new", visitor_or(P::TicketCreate), portal::new),
    page!(Post "/tickets/new", visitor_or(P::TicketCreate), portal::create),
    page!(Post "/tickets/{number}/reply", may(P::TicketReply), portal::reply),
    page!(Get "/tickets/{number}", may(P::TicketRead), portal::ticket),
    page!(Post "/tickets/{number}/close", may(P::TicketReply), portal::close),
    page!(Post "/tickets/{number}/reopen", may(P::TicketReply), portal::reopen),
    // The desk's pages
    page!(Get "/agent", may(P::TicketReadInternal), agent::home),
    page!(Get "/agent/tickets", may(P::TicketReadInternal), agent::queue),
    page!(Get "/agent/tickets/new", may(P::TicketUpdate), agent::new),
    page!(Post "/agent/tickets/new", may(P::TicketUpdate), agent::create),
    page!(Post "/agent/tickets/{number}/comments", may(P::TicketUpdate), agent::comments),
    page!(Get "/agent/tickets/{number}", may(P::TicketReadInternal), agent::ticket),
    page!(Post "/agent/tickets/{number}/fields", may(P::TicketUpdate), agent::fields),
    page!(Post "/agent/tickets/{number}/escalate", may(P::TicketAssign), agent::escalate),
    page!(Post "/agent/tickets/{number}/delete", may(P::TicketDelete), agent::delete),
    page!(Post "/agent/tickets/{number}/restore", may(P::TicketDelete), agent::restore),
    page!(Post "/agent/attachments/{attachment}/remove", may(P::TicketUpdate), agent::remove_file),
    page!(Post "/agent/tickets/bulk", may(P::TicketUpdate), agent::bulk),
    page!(Post "/agent/tickets/{number}/merge", may(P::TicketMerge), agent::relations::merge),
    page!(Post "/agent/tickets/{number}/unmerge", may(P::TicketMerge), agent::relations::unmerge),
    page!(Post "/agent/tickets/{number}/split", may(P::TicketMerge), agent::relations::split),
    page!(Post "/agent/tickets/{number}/link", may(P::TicketMerge), agent::relations::link),
    page!(Post "/agent/tickets/{number}/unlink", may(P::TicketMerge), agent::relations::unlink),
    page!(Post "/agent/tickets/{number}/followers", may(P::TicketUpdate), agent::relations::followers),
    // Tickets
    api!(Get "/api/tickets", may(P::TicketRead), tickets::list),
    api!(Post "/api/tickets", may(P::TicketCreate), tickets::create),
    api!(Get "/api/tickets/{ticket}", may(P::TicketRead), tickets::show),
    api!(Put "/api/tickets/{ticket}", may(P::TicketReply), tickets::update),
    api!(Patch "/api/tickets/{ticket}", may(P::TicketReply), tickets::update),
    api!(Delete "/api/tickets/{ticket}", may(P::TicketDelete), tickets::delete),
    api!(Post "/api/tickets/{ticket}/restore", may(P::TicketDelete), tickets::restore),
    api!(Get "/api/tickets/{ticket}/comments", may(P::TicketRead), tickets::list_comments),
    api!(Post "/api/tickets/{ticket}/comments", may(P::TicketReply), tickets::comments),
    api!(Post "/api/tickets/{ticket}/tags", may(P::TicketUpdate), tickets::tags),
    api!(Get "/api/tickets/{ticket}/history", may(P::TicketRead), tickets::history),
    // People and organizations
    api!(Get "/api/users", may(P::UserRead), users::list),
    api!(Post "/api/users", may(P::UserManage), users::create),
    api!(Get "/api/users/me/notifications", SIGNED_IN, users::notifications),
    api!(Patch "/api/users/me/notifications", SIGNED_IN, users::notifications_update),
    api!(Get "/api/users/{user}", may(P::UserRead), users::show),
    api!(Patch "/api/users/{user}", may(P::UserManage), users::update),
    api!(Delete "/api/users/{user}/2fa", may(P::UserManage), users::remove_second_factor),
    api!(Get "/api/organizations", may(P::UserRead), organizations::list),
    api!(Post "/api/organizations", may(P::UserManage), organizations::create),
    api!(Patch "/api/organizations/{organization}", may(P::UserManage), organizations::update),
    // The desk's order, and the tenant's settings
    api!(Get "/api/departments", may(P::DeskRead), desk::departments),
    api!(Post "/api/departments", may(P::DeskManage), desk::add_department),
    api!(Patch "/api/departments/{department}", may(P::DeskManage), desk::change_department),
    api!(Get "/api/categories", SIGNED_IN, desk::categories),
    api!(Post "/api/categories", may(P::DeskManage), desk::add_category),
    api!(Patch "/api/categories/{category}", may(P::DeskManage), desk::change_category),
    api!(Get "/api/tenant/settings", may(P::TenantManage), tenant::settings),
    api!(Patch "/api/tenant/settings", may(P::TenantManage), tenant::update_settings),
    // Tickets among each other
    api!(Post "/api/tickets/bulk", may(P::TicketUpdate), tickets::bulk),
    api!(Post "/api/tickets/{ticket}/merge", may(P::TicketMerge), tickets::merge),
    api!(Post "/api/tickets/{ticket}/unmerge", may(P::TicketMerge), tickets::unmerge),
    api!(Post "/api/tickets/{ticket}/split", may(P::TicketMerge), tickets::split),
    api!(Get "/api/tickets/{ticket}/links", may(P::TicketReadInternal), tickets::links),
    api!(Post "/api/tickets/{ticket}/links", may(P::TicketUpdate), tickets::link),
    api!(Delete "/api/tickets/{ticket}/links/{link}", may(P::TicketUpdate), tickets::unlink),
    api!(Post "/api/tickets/{ticket}/followers", may(P::TicketReply), tickets::followers),
    api!(Delete "/api/tickets/{ticket}/followers", may(P::TicketReply), tickets::unfollow),
    // Files
    api!(Post "/api/tickets/{ticket}/attachments", may(P::TicketReply), tickets::attachments),
    api!(Get "/api/attachments/{attachment}", may(P::TicketRead), attachments::show),
    api!(Delete "/api/attachments/{attachment}", may(P::TicketReply), attachments::delete),
    machine!(Options "/api/uploads", PUBLIC, uploads::options),
    api!(Post "/api/uploads", may(P::TicketReply), uploads::create),
    api!(Head "/api/uploads/{upload}", may(P::TicketReply), uploads::status),
    api!(Patch "/api/uploads/{upload}", may(P::TicketReply), uploads::patch),
    api!(Delete "/api/uploads/{upload}", may(P::TicketReply), uploads::delete),
    // Service levels
    api!(Get "/api/sla/rules", may(P::SlaRead), sla::rules::list),
    api!(Post "/api/sla/rules", may(P::SlaManage), sla::rules::create),
    api!(Get "/api/sla/rules/{rule}", may(P::SlaRead), sla::rules::show),
    api!(Put "/api/sla/rules/{rule}", may(P::SlaManage), sla::rules::update),
    api!(Delete "/api/sla/rules/{rule}", may(P::SlaManage), sla::rules::delete),
    api!(Get "/api/sla/calendars", may(P::SlaRead), sla::calendars::list),
    api!(Post "/api/sla/calendars", may(P::SlaManage), sla::calendars::create),
    api!(Get "/api/sla/calendars/{calendar}", may(P::SlaRead), sla::calendars::show),
    api!(Put "/api/sla/calendars/{calendar}", may(P::SlaManage), sla::calendars::update),
    api!(Delete "/api/sla/calendars/{calendar}", may(P::SlaManage), sla::calendars::delete),
    api!(Post "/api/sla/calendars/{calendar}/holidays/import", may(P::SlaManage), sla::calendars::import_holidays),
    api!(Get "/api/sla/violations", may(P::SlaRead), sla::violations),
    api!(Post "/api/sla/preview", may(P::SlaRead), sla::preview),
    page!(Get "/agent/sla/violations", may(P::SlaRead), agent::sla::violations),
    page!(Get "/agent/sla/policies", may(P::SlaRead), agent::sla::policies),
    page!(Post "/agent/sla/policies/preview", may(P::SlaRead), agent::sla::policy_preview),
    page!(Get "/agent/sla/policies/new", may(P::SlaManage), agent::sla::policy_new),
    page!(Post "/agent/sla/policies/new", may(P::SlaManage), agent::sla::policy_create),
    page!(Get "/agent/sla/policies/{rule}", may(P::SlaManage), agent::sla::policy_edit),
    page!(Post "/agent/sla/policies/{rule}", may(P::SlaManage), agent::sla::policy_update),
    page!(Post "/agent/sla/policies/{rule}/delete", may(P::SlaManage), agent::sla::policy_delete),
    page!(Get "/agent/sla/calendars", may(P::SlaRead), agent::sla::calendars),
    page!(Get "/agent/sla/calendars/new", may(P::SlaManage), agent::sla::calendar_new),
    page!(Post "/agent/sla/calendars/new", may(P::SlaManage), agent::sla::calendar_create),
    page!(Get "/agent/sla/calendars/{calendar}", may(P::SlaManage), agent::sla::calendar_edit),
    page!(Post "/agent/sla/calendars/{calendar}", may(P::SlaManage), agent::sla::calendar_update),
    page!(Post "/agent/sla/calendars/{calendar}/delete", may(P::SlaManage), agent::sla::calendar_delete),
    // Ratings
    api!(Post "/api/tickets/{ticket}/rating", may(P::TicketRate), tickets::rating::give),
    api!(Get "/api/tickets/{ticket}/rating", may(P::TicketRead), tickets::rating::show),
    api!(Get "/api/ratings/agents", may(P::ReportRead), ratings::agents),
    page!(Get "/rate/{token}", PUBLIC, ratings::link),
    page!(Post "/rate/{token}", PUBLIC, ratings::link_form),
    page!(Post "/tickets/{number}/rating", may(P::TicketRate), ratings::portal_form),
    page!(Get "/agent/ratings", may(P::ReportRead), ratings::page),
    // Mail
    api!(Post "/api/inbound/email", Access::Service, inbound::email),
    api!(Get "/api/mail/outbox", may(P::MailRead), mail::outbox),
    api!(Post "/api/mail/outbox/{mail}/retry", may(P::MailManage), mail::retry),
    api!(Get "/api/mail/inbound", may(P::MailRead), mail::inbound_list),
    api!(Get "/api/mail/inbound/{inbound}", may(P::MailRead), mail::inbound),
    api!(Get "/api/mail/inbound/{inbound}/raw", may(P::MailRead), mail::raw),
    api!(Post "/api/mail/inbound/{inbound}/retry", may(P::MailManage), mail::reprocess),
    api!(Post "/api/mail/inbound/{inbound}/discard", may(P::MailManage), mail::discard),
    page!(Get "/agent/settings", may(P::DeskManage), agent::settings),
    page!(Get "/agent/settings/security", may(P::TenantManage), agent::settings::security),
    page!(Post "/agent/settings/security", may(P::TenantManage), agent::settings::security_form),
    page!(Post "/agent/settings/departments", may(P::DeskManage), agent::settings::departments),
    page!(Post "/agent/settings/categories", may(P::DeskManage), agent::settings::categories),
    page!(Get "/agent/mail/log", may(P::MailRead), agent::mail::log),
    page!(Post "/agent/mail/log/{mail}/retry", may(P::MailManage), agent::mail::retry),
    page!(Get "/agent/mail/unprocessed", may(P::MailRead), agent::mail::unprocessed),
    page!(Post "/agent/mail/unprocessed/{inbound}/retry", may(P::MailManage), agent::mail::reprocess),
    page!(Post "/agent/mail/unprocessed/{inbound}/discard", may(P::MailManage), agent::mail::discard),
    // The audit log
    api!(Get "/api/audit", may(P::AuditRead), audit::list),
    api!(Get "/api/audit/export", may(P::AuditExport), audit::export),
    api!(Get "/api/audit/verify", may(P::AuditRead), audit::verify),
    page!(Get "/agent/audit", may(P::AuditRead), agent::audit::log),
    page!(Get "/agent/audit/verify", may(P::AuditRead), agent::audit::verdict),
    // Open pages
    machine!(Get "/api/live", SIGNED_IN, live),
    // The API description
    platform_page!(Get "/api/openapi.json", ANY_HOST, docs::openapi),
    platform_page!(Get "/api/schema.json", ANY_HOST, docs::openapi),
    platform_page!(Get "/api/docs", ANY_HOST, docs::explorer),
    platform_page!(Get "/api/redoc", ANY_HOST, docs::reading),
    // The platform's own host
    platform_page!(Get "/", PLATFORM, console::home),
    platform_page!(Post "/login", PLATFORM, console::login),
    platform_page!(Post "/preferences", PLATFORM, console::preferences),
    platform_page!(Get "/tenants", OPERATOR, console::tenants),
    platform_page!(Post "/logout", OPERATOR, console::logout),
    // The system
    platform_api!(Get "/api/system/health", ANY_HOST, system::health),
    platform_api!(Get "/api/system/versions", ANY_HOST, system::versions),
];
