//! SQL texts that were checked when the product was compiled.

use super::{Statement, Value};

/// SQL over a tenant's tables. Its text names `tenant_id` and binds it as `?1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TenantSql(&'static str);

/// SQL over the platform's own tables: tenants, domains, operators. Named loudly, kept in `store::platform`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlatformSql(&'static str);

impl TenantSql {
    /// Checks the text in const evaluation: a statement without the tenant does not compile.
    ///
    /// # Panics
    /// At compile time only, when the text lacks `tenant_id` or `?1`, or holds a second statement.
    pub const fn checked(sql: &'static str) -> Self {
        assert!(contains(sql, "tenant_id") && contains(sql, "?1"), "a tenant statement must name tenant_id and bind it as ?1");
        assert!(!contains(sql, ";"), "one statement at a time");
        Self(sql)
    }

    /// The text.
    pub const fn text(self) -> &'static str {
        self.0
    }

    /// Binds `?2`, `?3`, ...; the tenant itself is bound by [`super::TenantDb`].
    pub fn with(self, values: Vec<Value>) -> TenantStatement {
        TenantStatement { sql: self, values }
    }
}

impl PlatformSql {
    /// A platform statement.
    pub const fn checked(sql: &'static str) -> Self {
        Self(sql)
    }

    /// The text.
    pub const fn text(self) -> &'static str {
        self.0
    }

    /// Binds `?1`, `?2`, ...
    pub fn with(self, values: Vec<Value>) -> PlatformStatement {
        PlatformStatement(Statement { sql: self.0, values })
    }
}

/// A tenant statement with its values, waiting for its tenant.
#[derive(Debug, Clone, PartialEq)]
pub struct TenantStatement {
    pub(super) sql: TenantSql,
    pub(super) values: Vec<Value>,
}

impl TenantStatement {
    /// Whether it changes what the product stands on. Guards store nothing, and counting a try is no work of a request.
    pub(super) fn is_change(&self) -> bool {
        let text = self.sql.text().trim_start();
        let is_change = ["INSERT", "UPDATE", "DELETE"].iter().any(|verb| text.starts_with(verb));
        is_change && !["INSERT INTO guards", "INSERT INTO attempts"].iter().any(|other| text.starts_with(other))
    }
}

/// A platform statement with its values.
#[derive(Debug, Clone, PartialEq)]
pub struct PlatformStatement(pub(super) Statement);

const fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let mut start = 0;
    while start + part.len() <= text.len() {
        let mut at = 0;
        #[expect(clippy::indexing_slicing, reason = "bounded by the loop's own conditions, and evaluated at compile time")]
        while at < part.len() && text[start + at] == part[at] {
            at += 1;
        }
        if at == part.len() {
            return true;
        }
        start += 1;
    }
    false
}

/// Declares the statements of one store file and lists them, so that a test can look at every SQL text of the product.
///
/// ```ignore
/// tenant_statements! {
///     /// What it is for.
///     FIND = "SELECT id FROM users WHERE tenant_id = ?1 AND email = ?2 LIMIT 1";
/// }
/// ```
#[macro_export]
macro_rules! tenant_statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: $crate::database::TenantSql = $crate::database::TenantSql::checked($sql);)*
        /// Every statement of this file by name, for the statement checks.
        pub const STATEMENTS: &[(&str, $crate::database::TenantSql)] = &[$((stringify!($name), $name)),*];
    };
}

/// The same for the platform's tables.
#[macro_export]
macro_rules! platform_statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: $crate::database::PlatformSql = $crate::database::PlatformSql::checked($sql);)*
        /// Every statement of this file by name, for the statement checks.
        pub const STATEMENTS: &[(&str, $crate::database::PlatformSql)] = &[$((stringify!($name), $name)),*];
    };
}
