//! Who may what: one line a route.
//!
//! `who` names callers (`nobody client agent manager analyst admin service`) or groups of them: `everybody`, `people` (all
//! who are signed in), `staff` (all but clients), `desk` (agent, manager, admin). Of the platform's own host: `console`
//! (anybody there) and `operator`. `body` is JSON for the API and `name=value&...` for a form (after
//! `multipart:` for one with files); it should be good enough that
//! the request gets as far as looking the thing up.

/// One line.
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    pub who: &'static str,
    pub body: &'static str,
}

impl Row {
    /// Whether the route is of the platform's own host.
    pub fn is_console(&self) -> bool {
        matches!(self.who, "console" | "operator")
    }
}

const fn row(method: &'static str, path: &'static str, who: &'static str, body: &'static str) -> Row {
    Row { method, path, who, body }
}

#[rustfmt::skip]
pub const MATRIX: &[Row] = &[
    // Signing in and out
    row("POST", "/api/auth/login", "everybody", r#"{"username": 1}"#),
    row("POST", "/api/auth/refresh", "everybody", r#"{"refresh_token": 1}"#),
    row("POST", "/api/auth/logout", "people", ""),
    row("POST", "/api/auth/logout/everywhere", "people", ""),
    row("GET", "/api/auth/me", "people", ""),
    row("GET", "/login", "everybody", ""),
    row("POST", "/login", "everybody", "username=x&password=y"),
    row("POST", "/logout", "everybody", ""),
    row("POST", "/logout/everywhere", "people", ""),
    // The account
    row("GET", "/register", "everybody", ""),
    row("POST", "/register", "everybody", "name=x&email=x@client.example&password=short"),
    row("GET", "/register/confirm", "everybody", ""),
    row("POST", "/register/confirm", "everybody", "token=x"),
    row("GET", "/password/forgot", "everybody", ""),
    row("POST", "/password/forgot", "everybody", "email=x@client.example"),
    row("GET", "/password/reset", "everybody", ""),
    row("POST", "/password/reset", "everybody", "token=x&password=y"),
    row("GET", "/profile", "people", ""),
    row("POST", "/profile", "people", "name=x&locale=en&time_zone=UTC&theme=dark"),
    row("POST", "/profile/notifications", "people", "mail=agent_reply"),
    row("POST", "/profile/password", "people", "current=x&password=y"),
    row("POST", "/preferences", "everybody", "theme=dark"),
    // Tickets
    row("GET", "/api/tickets", "people", ""),
    row("POST", "/api/tickets", "client desk", r#"{"title": "A title", "description": "A text"}"#),
    row("GET", "/api/tickets/{ticket}", "people", ""),
    row("PUT", "/api/tickets/{ticket}", "client desk", r#"{"tags": ["x"]}"#),
    row("PATCH", "/api/tickets/{ticket}", "client desk", r#"{"tags": ["x"]}"#),
    row("DELETE", "/api/tickets/{ticket}", "manager admin", ""),
    row("POST", "/api/tickets/{ticket}/restore", "manager admin", ""),
    row("GET", "/api/tickets/{ticket}/comments", "people", ""),
    row("POST", "/api/tickets/{ticket}/comments", "client desk", r#"{"body": "A comment"}"#),
    row("POST", "/api/tickets/{ticket}/tags", "desk", r#"{"tags": ["x"]}"#),
    row("GET", "/api/tickets/{ticket}/history", "people", ""),
    // Tickets among each other
    row("POST", "/api/tickets/bulk", "desk", r#"{"tickets": ["1"], "changes": {"priority": "low"}}"#),
    row("POST", "/api/tickets/{ticket}/merge", "desk", r#"{"into": "5123499"}"#),
    row("POST", "/api/tickets/{ticket}/unmerge", "desk", ""),
    row("POST", "/api/tickets/{ticket}/split", "desk", r#"{"title": "A title", "comments": ["cmt_cccccccccccccccccccccccccccccccc"]}"#),
    row("GET", "/api/tickets/{ticket}/links", "staff", ""),
    row("POST", "/api/tickets/{ticket}/links", "desk", r#"{"kind": "related", "ticket": "5123499"}"#),
    row("DELETE", "/api/tickets/{ticket}/links/{link}", "desk", ""),
    row("POST", "/api/tickets/{ticket}/followers", "client desk", ""),
    row("DELETE", "/api/tickets/{ticket}/followers", "client desk", ""),
    // Files
    row("POST", "/api/tickets/{ticket}/attachments", "client desk", ""),
    row("GET", "/api/attachments/{attachment}", "people", ""),
    row("DELETE", "/api/attachments/{attachment}", "client desk", ""),
    row("OPTIONS", "/api/uploads", "everybody", ""),
    row("POST", "/api/uploads", "client desk", ""),
    row("HEAD", "/api/uploads/{upload}", "client desk", ""),
    row("PATCH", "/api/uploads/{upload}", "client desk", ""),
    row("DELETE", "/api/uploads/{upload}", "client desk", ""),
    // The client's pages
    row("GET", "/", "everybody", ""),
    row("GET", "/tickets", "people", ""),
    row("GET", "/tickets/new", "nobody client desk service", ""),
    row("GET", "/tickets/{number}", "people", ""),
    row("POST", "/tickets/new", "nobody client desk", "multipart:title=A title&description=A text"),
    row("POST", "/tickets/{number}/reply", "client desk", "multipart:body=A text"),
    row("POST", "/tickets/{number}/close", "client desk", ""),
    row("POST", "/tickets/{number}/reopen", "client desk", ""),
    // The desk's pages
    row("GET", "/agent", "staff", ""),
    row("GET", "/agent/tickets", "staff", ""),
    row("GET", "/agent/tickets/new", "desk", ""),
    row("POST", "/agent/tickets/new", "desk", "multipart:title=A title&description=A text&requester=new@client.example"),
    row("GET", "/agent/tickets/{number}", "staff", ""),
    row("POST", "/agent/tickets/{number}/comments", "desk", "multipart:body=A note&visibility=internal&version=1"),
    row("POST", "/agent/tickets/bulk", "desk", "ticket=T-0&priority=low"),
    row("POST", "/agent/tickets/{number}/merge", "desk", "into="),
    row("POST", "/agent/tickets/{number}/unmerge", "desk", "x=y"),
    row("POST", "/agent/tickets/{number}/split", "desk", "title="),
    row("POST", "/agent/tickets/{number}/link", "desk", "kind=related&number="),
    row("POST", "/agent/tickets/{number}/unlink", "desk", "link="),
    row("POST", "/agent/tickets/{number}/followers", "desk", "add=x"),
    row("POST", "/agent/tickets/{number}/fields", "desk", "version=1&priority=low"),
    row("POST", "/agent/tickets/{number}/escalate", "desk", "version=1&level=1&reason=why"),
    row("POST", "/agent/tickets/{number}/delete", "manager admin", ""),
    row("POST", "/agent/attachments/{attachment}/remove", "desk", ""),
    row("POST", "/agent/tickets/{number}/restore", "manager admin", ""),
    // People and organizations
    row("GET", "/api/users", "staff", ""),
    row("POST", "/api/users", "admin", r#"{"email": "new@client.example", "name": "New", "role": "client"}"#),
    row("GET", "/api/users/me/notifications", "people", ""),
    row("PATCH", "/api/users/me/notifications", "people", r#"{"mail": {"agent_reply": false}}"#),
    row("GET", "/api/users/{user}", "staff", ""),
    row("PATCH", "/api/users/{user}", "admin", r#"{"name": "Renamed"}"#),
    row("GET", "/api/organizations", "staff", ""),
    row("POST", "/api/organizations", "admin", r#"{"name": "New"}"#),
    row("PATCH", "/api/organizations/{organization}", "admin", r#"{"name": "Renamed"}"#),
    // The desk's order, and the tenant's settings
    row("GET", "/api/departments", "staff", ""),
    row("POST", "/api/departments", "manager admin", r#"{"name": "New"}"#),
    row("PATCH", "/api/departments/{department}", "manager admin", r#"{"name": "Renamed"}"#),
    row("GET", "/api/categories", "people", ""),
    row("POST", "/api/categories", "manager admin", r#"{"slug": "new", "name": "New"}"#),
    row("PATCH", "/api/categories/{category}", "manager admin", r#"{"name": "Renamed"}"#),
    row("GET", "/api/tenant/settings", "admin", ""),
    row("PATCH", "/api/tenant/settings", "admin", r#"{"auto_close_days": 9}"#),
    // SLA
    row("GET", "/api/sla/rules", "staff", ""),
    row("POST", "/api/sla/rules", "manager admin", ""),
    row("GET", "/api/sla/rules/{rule}", "staff", ""),
    row("PUT", "/api/sla/rules/{rule}", "manager admin", r#"{"name": "x", "calendar_id": "cal_x"}"#),
    row("DELETE", "/api/sla/rules/{rule}", "manager admin", ""),
    row("GET", "/api/sla/calendars", "staff", ""),
    row("POST", "/api/sla/calendars", "manager admin", ""),
    row("GET", "/api/sla/calendars/{calendar}", "staff", ""),
    row("PUT", "/api/sla/calendars/{calendar}", "manager admin", r#"{"name": "x", "zone": "UTC", "around_the_clock": true}"#),
    row("DELETE", "/api/sla/calendars/{calendar}", "manager admin", ""),
    row("POST", "/api/sla/calendars/{calendar}/holidays/import", "manager admin", ""),
    row("GET", "/api/sla/violations", "staff", ""),
    row("POST", "/api/sla/preview", "staff", r#"{"priority": "high"}"#),
    row("GET", "/agent/sla/violations", "staff", ""),
    row("GET", "/agent/sla/policies", "staff", ""),
    row("POST", "/agent/sla/policies/preview", "staff", "priority=high"),
    row("GET", "/agent/sla/policies/new", "manager admin", ""),
    row("POST", "/agent/sla/policies/new", "manager admin", "name="),
    row("GET", "/agent/sla/policies/{rule}", "manager admin", ""),
    row("POST", "/agent/sla/policies/{rule}", "manager admin", "version=1&name="),
    row("POST", "/agent/sla/policies/{rule}/delete", "manager admin", "version=1"),
    row("GET", "/agent/sla/calendars", "staff", ""),
    row("GET", "/agent/sla/calendars/new", "manager admin", ""),
    row("POST", "/agent/sla/calendars/new", "manager admin", "multipart:name="),
    row("GET", "/agent/sla/calendars/{calendar}", "manager admin", ""),
    row("POST", "/agent/sla/calendars/{calendar}", "manager admin", "multipart:version=1&name="),
    row("POST", "/agent/sla/calendars/{calendar}/delete", "manager admin", "version=1"),
    // Ratings
    row("POST", "/api/tickets/{ticket}/rating", "client manager admin", r#"{"score": 7}"#),
    row("GET", "/api/tickets/{ticket}/rating", "people", ""),
    row("GET", "/api/ratings/agents", "manager analyst admin", ""),
    row("GET", "/rate/{token}", "everybody", ""),
    row("POST", "/rate/{token}", "everybody", "score=5"),
    row("POST", "/tickets/{number}/rating", "client manager admin", "score=7"),
    row("GET", "/agent/ratings", "manager analyst admin", ""),
    // The audit log
    row("GET", "/api/audit", "admin", ""),
    row("GET", "/api/audit/export", "admin", ""),
    row("GET", "/api/audit/verify", "admin", ""),
    row("GET", "/agent/audit", "admin", ""),
    row("GET", "/agent/audit/verify", "admin", ""),
    // Open pages
    row("GET", "/api/live", "people", ""),
    // The API's description
    row("GET", "/api/openapi.json", "everybody", ""),
    row("GET", "/api/schema.json", "everybody", ""),
    row("GET", "/api/docs", "everybody", ""),
    row("GET", "/api/redoc", "everybody", ""),
    // The platform's own host
    row("GET", "/", "console", ""),
    row("POST", "/login", "console", "username=x&password=y"),
    row("POST", "/preferences", "console", "theme=dark"),
    row("GET", "/tenants", "operator", ""),
    row("POST", "/logout", "operator", ""),
    // The system
    row("GET", "/api/system/health", "everybody", ""),
    row("GET", "/api/system/versions", "everybody", ""),
    // Mail
    row("POST", "/api/inbound/email", "service", ""),
    row("GET", "/api/mail/outbox", "desk", ""),
    row("POST", "/api/mail/outbox/{mail}/retry", "manager admin", ""),
    row("GET", "/api/mail/inbound", "desk", ""),
    row("GET", "/api/mail/inbound/{inbound}", "desk", ""),
    row("GET", "/api/mail/inbound/{inbound}/raw", "desk", ""),
    row("POST", "/api/mail/inbound/{inbound}/retry", "manager admin", ""),
    row("POST", "/api/mail/inbound/{inbound}/discard", "manager admin", ""),
    row("GET", "/agent/settings", "manager admin", ""),
    row("POST", "/agent/settings/departments", "manager admin", "name="),
    row("POST", "/agent/settings/categories", "manager admin", "name="),
    row("GET", "/agent/mail/log", "desk", ""),
    row("POST", "/agent/mail/log/{mail}/retry", "manager admin", "x=y"),
    row("GET", "/agent/mail/unprocessed", "desk", ""),
    row("POST", "/agent/mail/unprocessed/{inbound}/retry", "manager admin", "x=y"),
    row("POST", "/agent/mail/unprocessed/{inbound}/discard", "manager admin", "x=y"),
];
