//! Who may what: one line a route.
//!
//! `who` names callers (`nobody client agent manager analyst admin service`) or groups of them: `everybody`, `people` (all
//! who are signed in), `staff` (all but clients), `desk` (agent, manager, admin). Of the platform's own host: `console`
//! (anybody there) and `operator`. `body` is JSON for the API and `name=value&...` for a form; it should be good enough that
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
    row("GET", "/api/auth/me", "people", ""),
    row("GET", "/login", "everybody", ""),
    row("POST", "/login", "everybody", "username=x&password=y"),
    row("POST", "/logout", "everybody", ""),
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
    // The client's pages
    row("GET", "/", "everybody", ""),
    row("GET", "/tickets", "people", ""),
    row("GET", "/tickets/new", "everybody", ""),
    row("GET", "/tickets/{number}", "people", ""),
    row("POST", "/tickets/{number}/close", "client desk", ""),
    row("POST", "/tickets/{number}/reopen", "client desk", ""),
    // The desk's pages
    row("GET", "/agent", "staff", ""),
    row("GET", "/agent/tickets", "staff", ""),
    // Ratings
    row("POST", "/api/tickets/{ticket}/rating", "client manager admin", r#"{"score": 7}"#),
    row("GET", "/api/tickets/{ticket}/rating", "people", ""),
    row("GET", "/api/ratings/agents", "manager analyst admin", ""),
    row("GET", "/rate/{token}", "everybody", ""),
    row("POST", "/rate/{token}", "everybody", "score=5"),
    row("POST", "/tickets/{number}/rating", "client manager admin", "score=7"),
    row("GET", "/agent/ratings", "manager analyst admin", ""),
    // Open pages
    row("GET", "/api/live", "people", ""),
    // The system
    row("GET", "/api/system/health", "everybody", ""),
    row("GET", "/api/system/versions", "everybody", ""),
];
