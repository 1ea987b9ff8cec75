//! Views that people have saved: their own, and those that are shared with them.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::database::{TenantStatement, list};
use crate::id::{GroupId, TicketViewId, UserId};
use crate::limits::VIEWS_MAX;
use crate::tenant_statements;
use crate::ticket_view::Shared;
use crate::values;

/// The columns of [`ViewRow`].
macro_rules! columns {
    () => {
        "SELECT v.id, v.owner_id, u.name AS owner_name, g.name AS group_name, v.definition, v.position, v.version, v.created_at, v.updated_at "
    };
}

macro_rules! names {
    () => {
        " JOIN users u ON u.tenant_id = v.tenant_id AND u.id = v.owner_id LEFT JOIN groups g ON g.tenant_id = v.tenant_id AND g.id = v.group_id "
    };
}

/// One's own, those of the desk and those of one's groups, after `(?3, ?4)`: each along its index.
macro_rules! visible {
    ($from:expr, $where:literal) => {
        concat!(
            "SELECT * FROM (",
            columns!(),
            "FROM ",
            $from,
            names!(),
            "WHERE ",
            $where,
            " AND (v.position, v.id) > (?3, ?4) ORDER BY v.position, v.id LIMIT ?5)"
        )
    };
}

tenant_statements! {
    /// A page of those that somebody sees, by place.
    LIST = concat!("SELECT * FROM (",
        visible!("ticket_views v INDEXED BY ticket_views_by_owner", "v.tenant_id = ?1 AND v.owner_id = ?2"),
        " UNION ALL ",
        visible!("ticket_views v INDEXED BY ticket_views_of_desk", "v.tenant_id = ?1 AND v.shared = 'desk' AND v.owner_id <> ?2"),
        " UNION ALL ",
        visible!("group_members m CROSS JOIN ticket_views v INDEXED BY ticket_views_by_group ON v.tenant_id = m.tenant_id AND v.group_id = m.group_id",
            "m.tenant_id = ?1 AND m.user_id = ?2 AND v.owner_id <> ?2"),
        ") ORDER BY position, id LIMIT ?5");
    /// Those of these ids that somebody sees.
    SHOW = concat!(columns!(), "FROM ticket_views v", names!(), "WHERE v.tenant_id = ?1 AND v.id IN (SELECT value FROM json_each(?2))
        AND (v.owner_id = ?3 OR v.shared = 'desk'
            OR EXISTS (SELECT 1 FROM group_members m WHERE m.tenant_id = ?1 AND m.group_id = v.group_id AND m.user_id = ?3)) LIMIT 50");
    /// Somebody's own, in order.
    OWN = "SELECT id FROM ticket_views INDEXED BY ticket_views_by_owner WHERE tenant_id = ?1 AND owner_id = ?2 ORDER BY position, id LIMIT ?3";
    /// A new one, after the others of its owner.
    INSERT = "INSERT INTO ticket_views (tenant_id, id, owner_id, name, shared, group_id, definition, position, created_at, updated_at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, COALESCE((SELECT MAX(position) + 1 FROM ticket_views WHERE tenant_id = ?1 AND owner_id = ?3), 0), ?8, ?8";
    /// All of it anew but its owner and its place.
    UPDATE = "UPDATE ticket_views SET name = ?3, shared = ?4, group_id = ?5, definition = ?6, updated_at = ?7, version = version + 1
        WHERE tenant_id = ?1 AND id = ?2";
    /// Away with it.
    DELETE = "DELETE FROM ticket_views WHERE tenant_id = ?1 AND id = ?2";
    /// One's own in this order, before those that are not named.
    ORDER = "UPDATE ticket_views SET position = (SELECT key FROM json_each(?3) WHERE value = ticket_views.id)
        WHERE tenant_id = ?1 AND owner_id = ?2 AND id IN (SELECT value FROM json_each(?3))";
    /// All that are put in order are one's own.
    GUARD_OWN = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_found',
        (SELECT COUNT(*) FROM ticket_views WHERE tenant_id = ?1 AND owner_id = ?2 AND id IN (SELECT value FROM json_each(?3))) = json_array_length(?3)";
    /// Nobody has changed it since it was read.
    GUARD_VERSION = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 FROM ticket_views WHERE tenant_id = ?1 AND id = ?2)";
    /// There is room for one more.
    GUARD_COUNT = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'limit',
        (SELECT COUNT(*) FROM ticket_views WHERE tenant_id = ?1 AND owner_id = ?2) < ?3";
    /// Its owner belongs to the group.
    GUARD_MEMBER = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'not_a_member',
        EXISTS (SELECT 1 FROM group_members WHERE tenant_id = ?1 AND group_id = ?2 AND user_id = ?3)";
    /// The groups that somebody belongs to.
    GROUPS = "SELECT g.id, g.name FROM group_members m JOIN groups g ON g.tenant_id = m.tenant_id AND g.id = m.group_id
        WHERE m.tenant_id = ?1 AND m.user_id = ?2 ORDER BY m.group_id LIMIT 100";
    /// How dense somebody wants their lists.
    DENSITY = "UPDATE users SET compact_lists = ?3 WHERE tenant_id = ?1 AND id = ?2";
}

/// A view with what is kept about it.
#[derive(Debug, Clone, Deserialize)]
pub struct ViewRow {
    /// Id.
    pub id: TicketViewId,
    /// Whose.
    pub owner_id: UserId,
    /// Their name.
    pub owner_name: String,
    /// Name of the group that it is shared with.
    pub group_name: Option<String>,
    /// [`crate::ticket_view::ViewIn`] as JSON.
    pub definition: String,
    /// Its place among its owner's.
    pub position: i64,
    /// Counts the changes.
    pub version: i64,
    /// When it was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub updated_at: DateTime<Utc>,
}

/// A group that somebody belongs to.
#[derive(Debug, Clone, Deserialize)]
pub struct OwnGroup {
    /// Id.
    pub id: GroupId,
    /// Name.
    pub name: String,
}

/// One of somebody's own views.
#[derive(Debug, Clone, Deserialize)]
pub struct OwnView {
    /// Id.
    pub id: TicketViewId,
}

/// What a view is written as.
#[derive(Debug, Clone, Copy)]
pub struct ViewValues<'a> {
    /// Name.
    pub name: &'a str,
    /// Who sees it.
    pub shared: Shared,
    /// The group that does, of which its owner is a member.
    pub group: Option<&'a GroupId>,
    /// [`crate::ticket_view::ViewIn`] as JSON.
    pub definition: &'a str,
}

/// Up to `limit` that `user` sees, after `(position, id)`; read the rows as [`ViewRow`].
pub fn visible(user: &UserId, after: Option<(i64, &TicketViewId)>, limit: u32) -> TenantStatement {
    let (position, id) = after.map_or((-1, ""), |(position, id)| (position, id.as_str()));
    LIST.with(values![user, position, id, limit])
}

/// Those of `ids` that `user` sees; read the rows as [`ViewRow`].
pub fn show(ids: &[TicketViewId], user: &UserId) -> TenantStatement {
    SHOW.with(values![list(ids), user])
}

/// The ids of all of `owner`'s, in order; read the rows as [`OwnView`].
pub fn own(owner: &UserId) -> TenantStatement {
    OWN.with(values![owner, VIEWS_MAX])
}

/// A new one of `owner`, if there is room (`limit`) and the owner belongs to its group (`not_a_member`).
pub fn insert(id: &TicketViewId, owner: &UserId, view: ViewValues<'_>, now: DateTime<Utc>) -> Vec<TenantStatement> {
    let mut batch = vec![GUARD_COUNT.with(values![owner, VIEWS_MAX])];
    batch.extend(view.group.map(|group| GUARD_MEMBER.with(values![group, owner])));
    batch.push(INSERT.with(values![id, owner, view.name, view.shared.as_str(), view.group, view.definition, now]));
    batch
}

/// A view anew, if it is still at `version` (`stale_version`) and its owner belongs to its group.
pub fn update(id: &TicketViewId, owner: &UserId, version: i64, view: ViewValues<'_>, now: DateTime<Utc>) -> Vec<TenantStatement> {
    let mut batch = vec![GUARD_VERSION.with(values![id, version])];
    batch.extend(view.group.map(|group| GUARD_MEMBER.with(values![group, owner])));
    batch.push(UPDATE.with(values![id, view.name, view.shared.as_str(), view.group, view.definition, now]));
    batch
}

/// Removes a view, if it is still at `version`.
pub fn delete(id: &TicketViewId, version: i64) -> [TenantStatement; 2] {
    [GUARD_VERSION.with(values![id, version]), DELETE.with(values![id])]
}

/// Puts views of `owner` in this order (`not_found` where one is not theirs).
pub fn order(owner: &UserId, views: &[TicketViewId]) -> [TenantStatement; 2] {
    [GUARD_OWN.with(values![owner, list(views)]), ORDER.with(values![owner, list(views)])]
}

/// The groups that `user` belongs to; read the rows as [`OwnGroup`].
pub fn groups(user: &UserId) -> TenantStatement {
    GROUPS.with(values![user])
}

/// How dense `user` wants their lists.
pub fn density(user: &UserId, is_compact: bool) -> TenantStatement {
    DENSITY.with(values![user, is_compact])
}
