//! People and groups as a company's system of identities sees them (SCIM), and what it calls them.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::users::Status;
use crate::database::{TenantStatement, Value};
use crate::id::{DepartmentId, GroupId, OrganizationId, UserId};
use crate::scim::query::{By, GroupBy, Page};
use crate::scim::{MATCHES_MAX, MEMBERS_MAX};
use crate::tenant_statements;
use crate::values;

/// The columns of [`Person`].
macro_rules! person {
    ($rest:literal) => {
        concat!(
            "SELECT u.id, u.email, u.name, u.status, o.name AS organization, d.name AS department, u.created_at, u.updated_at, u.version,
                s.external_id, s.given_name, s.family_name
            FROM users u
                LEFT JOIN scim_people s ON s.tenant_id = u.tenant_id AND s.user_id = u.id
                LEFT JOIN organizations o ON o.tenant_id = u.tenant_id AND o.id = u.organization_id
                LEFT JOIN departments d ON d.tenant_id = u.tenant_id AND d.id = u.department_id
            WHERE u.tenant_id = ?1 AND u.is_service = 0 AND u.removed_at IS NULL AND s.gone_at IS NULL ",
            $rest
        )
    };
}
/// How many would match, counted to a bound.
macro_rules! matches {
    ($rest:literal) => {
        concat!(
            "SELECT COUNT(*) AS count FROM (SELECT 1 FROM users u LEFT JOIN scim_people s ON s.tenant_id = u.tenant_id AND s.user_id = u.id
            WHERE u.tenant_id = ?1 AND u.is_service = 0 AND u.removed_at IS NULL AND s.gone_at IS NULL AND (?2 IS NULL OR (u.status = 'active') = ?2) ",
            $rest
        )
    };
}
/// The columns of [`Group`].
macro_rules! group {
    ($rest:literal) => {
        concat!(
            "SELECT g.id, g.name, g.created_at, g.updated_at, g.version, g.membership, s.external_id
            FROM groups g LEFT JOIN scim_groups s ON s.tenant_id = g.tenant_id AND s.group_id = g.id
            WHERE g.tenant_id = ?1 ",
            $rest
        )
    };
}

tenant_statements! {
    /// Everybody in the order of their ids.
    PEOPLE = person!("ORDER BY u.id LIMIT ?2 OFFSET ?3");
    /// One by id.
    PERSON = person!("AND u.id = ?2 AND (?3 IS NULL OR (u.status = 'active') = ?3) LIMIT 1");
    /// One by address.
    BY_ADDRESS = person!("AND u.email = ?2 AND (?3 IS NULL OR (u.status = 'active') = ?3) LIMIT 1");
    /// Those who are called so elsewhere.
    BY_EXTERNAL_ID = person!("AND u.id IN (SELECT user_id FROM scim_people WHERE tenant_id = ?1 AND external_id = ?2 LIMIT 200)
        AND (?3 IS NULL OR (u.status = 'active') = ?3) LIMIT 200");
    /// Those who are called so here.
    BY_NAME = person!("AND u.name = ?2 AND (?3 IS NULL OR (u.status = 'active') = ?3) ORDER BY u.id LIMIT ?4 OFFSET ?5");
    /// Those who have changed since.
    CHANGED = person!("AND u.updated_at > ?2 AND (?3 IS NULL OR (u.status = 'active') = ?3) ORDER BY u.updated_at, u.id LIMIT ?4 OFFSET ?5");
    /// How many are called so here.
    COUNT_BY_NAME = matches!("AND u.name = ?3 LIMIT ?4)");
    /// How many have changed since.
    COUNT_CHANGED = matches!("AND u.updated_at > ?3 LIMIT ?4)");
    /// How many there are.
    COUNTS = "SELECT people, managed FROM scim_counts WHERE tenant_id = ?1 LIMIT 1";
    /// What is kept of somebody, whether gone or not.
    KEPT = "SELECT external_id, given_name, family_name, gone_at FROM scim_people WHERE tenant_id = ?1 AND user_id = ?2 LIMIT 1";
    /// The same by their address.
    KEPT_BY_ADDRESS = "SELECT external_id, given_name, family_name, gone_at FROM scim_people
        WHERE tenant_id = ?1 AND user_id = (SELECT id FROM users WHERE tenant_id = ?1 AND email = ?2) LIMIT 1";
    /// Somebody is kept, and there.
    KEEP = "INSERT INTO scim_people (tenant_id, user_id, external_id, given_name, family_name, account_id, managed_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (tenant_id, user_id)
        DO UPDATE SET external_id = ?3, given_name = ?4, family_name = ?5, account_id = ?6, gone_at = NULL";
    /// Somebody is deleted for whoever asks.
    GO = "UPDATE scim_people SET gone_at = ?3 WHERE tenant_id = ?1 AND user_id = ?2";
    /// A department and a company by their names.
    PLACES = "SELECT (SELECT id FROM departments WHERE tenant_id = ?1 AND name = ?2 AND archived_at IS NULL) AS department,
        (SELECT id FROM organizations WHERE tenant_id = ?1 AND name = ?3) AS organization LIMIT 1";
    /// Groups in the order of their ids.
    GROUPS = group!("ORDER BY g.id LIMIT ?2 OFFSET ?3");
    /// One by id, and perhaps only if somebody belongs to it.
    GROUP = group!("AND g.id = ?2 AND (?3 IS NULL OR EXISTS (SELECT 1 FROM group_members WHERE tenant_id = ?1 AND group_id = ?2 AND user_id = ?3)) LIMIT 1");
    /// One by name.
    GROUP_BY_NAME = group!("AND g.name = ?2 LIMIT 1");
    /// Those that are called so elsewhere.
    GROUPS_BY_EXTERNAL_ID = group!("AND g.id IN (SELECT group_id FROM scim_groups WHERE tenant_id = ?1 AND external_id = ?2 LIMIT 200) LIMIT 200");
    /// Those of somebody.
    GROUPS_OF = group!("AND g.id IN (SELECT group_id FROM group_members WHERE tenant_id = ?1 AND user_id = ?2 LIMIT 200) LIMIT 200");
    /// How many there are.
    COUNT_GROUPS = "SELECT COUNT(*) AS count FROM groups WHERE tenant_id = ?1 LIMIT 1";
    /// Who belongs to these groups.
    MEMBERS = "SELECT m.group_id, m.user_id, u.name FROM json_each(?2) j
            JOIN group_members m ON m.tenant_id = ?1 AND m.group_id = j.value
            JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.user_id
        WHERE u.is_service = 0 AND NOT EXISTS (SELECT 1 FROM scim_people s WHERE s.tenant_id = ?1 AND s.user_id = m.user_id AND s.gone_at IS NOT NULL)
        LIMIT ?3";
    /// Which of these are people who are there.
    PRESENT = "SELECT u.id FROM json_each(?2) j JOIN users u ON u.tenant_id = ?1 AND u.id = j.value
        WHERE u.is_service = 0 AND u.removed_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM scim_people s WHERE s.tenant_id = ?1 AND s.user_id = u.id AND s.gone_at IS NOT NULL) LIMIT 1000";
    /// What a group is called elsewhere.
    KEEP_GROUP = "INSERT INTO scim_groups (tenant_id, group_id, external_id) VALUES (?1, ?2, ?3)
        ON CONFLICT (tenant_id, group_id) DO UPDATE SET external_id = ?3";
    /// Many join.
    JOIN = "INSERT INTO group_members (tenant_id, group_id, user_id, added_at) SELECT ?1, ?2, value, ?4 FROM json_each(?3) WHERE true
        ON CONFLICT (tenant_id, group_id, user_id) DO NOTHING";
    /// Many leave.
    LEAVE = "DELETE FROM group_members WHERE tenant_id = ?1 AND group_id = ?2 AND user_id IN (SELECT value FROM json_each(?3))";
    /// Something of a group has changed, perhaps its name (refused, `groups.name`, when another has it).
    CHANGE_GROUP = "UPDATE groups SET name = ?3, updated_at = ?4, version = version + 1 WHERE tenant_id = ?1 AND id = ?2";
    /// Away with it, its memberships and what was granted to it.
    DELETE_GROUP = "DELETE FROM groups WHERE tenant_id = ?1 AND id = ?2";
    /// Nobody has changed who belongs to it.
    GUARD_MEMBERSHIP = "INSERT INTO guards (tenant_id, rule, holds) SELECT ?1, 'stale_version',
        (SELECT version = ?3 AND membership = ?4 FROM groups WHERE tenant_id = ?1 AND id = ?2)";
    /// A request that was answered: noted once a minute.
    ASKED = "INSERT INTO scim_requests (tenant_id, asked_at, asked_by, asked_for) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (tenant_id) DO UPDATE SET asked_at = ?2, asked_by = ?3, asked_for = ?4 WHERE asked_at <= ?2 - 60000";
    /// One that was refused.
    REFUSED = "INSERT INTO scim_requests (tenant_id, asked_at, asked_by, asked_for, refused_at, refused_by, refused_for, refused_status, refused_code)
        VALUES (?1, ?2, ?3, ?4, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (tenant_id) DO UPDATE
        SET asked_at = ?2, asked_by = ?3, asked_for = ?4, refused_at = ?2, refused_by = ?3, refused_for = ?4, refused_status = ?5, refused_code = ?6";
    /// The last of both, with the names of who asked.
    LAST = "SELECT r.asked_at, r.asked_for, a.name AS asked_by, r.refused_at, r.refused_for, b.name AS refused_by, r.refused_status, r.refused_code
        FROM scim_requests r LEFT JOIN users a ON a.tenant_id = r.tenant_id AND a.id = r.asked_by
            LEFT JOIN users b ON b.tenant_id = r.tenant_id AND b.id = r.refused_by
        WHERE r.tenant_id = ?1 LIMIT 1";
}

/// A person as a system of identities sees them.
#[derive(Debug, Clone, Deserialize)]
pub struct Person {
    /// Id.
    pub id: UserId,
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Whether they can sign in.
    pub status: Status,
    /// Name of their company.
    pub organization: Option<String>,
    /// Name of their department.
    pub department: Option<String>,
    /// When, in milliseconds.
    pub created_at: i64,
    /// When, in milliseconds.
    pub updated_at: i64,
    /// Grows with every change.
    pub version: i64,
    /// What they are called elsewhere.
    pub external_id: Option<String>,
    /// Their own part of the name.
    pub given_name: Option<String>,
    /// Their family's.
    pub family_name: Option<String>,
}

/// What is kept of somebody beside the account.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Kept {
    /// What they are called elsewhere.
    pub external_id: Option<String>,
    /// Their own part of the name.
    pub given_name: Option<String>,
    /// Their family's.
    pub family_name: Option<String>,
    /// Since when they are deleted for whoever asks, in milliseconds.
    pub gone_at: Option<i64>,
}

/// A group as a system of identities sees it.
#[derive(Debug, Clone, Deserialize)]
pub struct Group {
    /// Id.
    pub id: GroupId,
    /// Name.
    pub name: String,
    /// When, in milliseconds.
    pub created_at: i64,
    /// When, in milliseconds.
    pub updated_at: i64,
    /// Counts the changes of what is said of it.
    pub version: i64,
    /// Counts who came and went.
    pub membership: i64,
    /// What it is called elsewhere.
    pub external_id: Option<String>,
}

/// Somebody who belongs to a group.
#[derive(Debug, Clone, Deserialize)]
pub struct Member {
    /// The group.
    pub group_id: GroupId,
    /// Who.
    pub user_id: UserId,
    /// Their name.
    pub name: String,
}

/// A number of rows.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Count {
    /// How many.
    pub count: u32,
}

/// How many people there are.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct Counts {
    /// All of them.
    pub people: u32,
    /// Those that a system of identities keeps.
    pub managed: u32,
}

/// Where names lead.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Places {
    /// The department.
    pub department: Option<DepartmentId>,
    /// The company.
    pub organization: Option<OrganizationId>,
}

/// The last request and the last refusal.
#[derive(Debug, Clone, Deserialize)]
pub struct Last {
    /// When, in milliseconds.
    pub asked_at: i64,
    /// Method and path.
    pub asked_for: String,
    /// The account's name.
    pub asked_by: Option<String>,
    /// When, in milliseconds.
    pub refused_at: Option<i64>,
    /// Method and path.
    pub refused_for: Option<String>,
    /// The account's name.
    pub refused_by: Option<String>,
    /// The status of the answer.
    pub refused_status: Option<i64>,
    /// The code of the refusal.
    pub refused_code: Option<String>,
}

/// A page of people and how many there are: the first one read as [`Person`]; the second, where it is needed, as [`Count`] or, for everybody,
/// [`Counts`].
pub fn people(by: &By, active: Option<bool>, page: Page) -> (Option<TenantStatement>, Option<TenantStatement>) {
    let found = |statement: TenantStatement| (Some(statement), None);
    match by {
        By::All => (Some(PEOPLE.with(values![page.count, page.offset()])), Some(counts())),
        By::Nobody => (None, None),
        By::Id(id) => found(PERSON.with(values![id, active])),
        By::Address(address) => found(BY_ADDRESS.with(values![address, active])),
        By::ExternalId(id) => found(BY_EXTERNAL_ID.with(values![id, active])),
        By::Name(name) => (
            Some(BY_NAME.with(values![name, active, page.count, page.offset()])),
            Some(COUNT_BY_NAME.with(values![active, name, MATCHES_MAX + 1])),
        ),
        By::ChangedAfter(moment) => (
            Some(CHANGED.with(values![*moment, active, page.count, page.offset()])),
            Some(COUNT_CHANGED.with(values![active, *moment, MATCHES_MAX + 1])),
        ),
    }
}

/// One person who is there; read the row as [`Person`].
pub fn person(id: &UserId) -> TenantStatement {
    PERSON.with(values![id, Value::Null])
}

/// How many there are; read the row as [`Counts`].
pub fn counts() -> TenantStatement {
    COUNTS.with(values![])
}

/// What is kept of somebody; read the row as [`Kept`].
pub fn kept(id: &UserId) -> TenantStatement {
    KEPT.with(values![id])
}

/// The same by address.
pub fn kept_by_address(address: &str) -> TenantStatement {
    KEPT_BY_ADDRESS.with(values![address])
}

/// Keeps somebody.
pub fn keep(id: &UserId, kept: &Kept, account: &str, now: DateTime<Utc>) -> TenantStatement {
    KEEP.with(values![id, kept.external_id.clone(), kept.given_name.clone(), kept.family_name.clone(), account, now])
}

/// Deletes somebody, who is kept, for whoever asks.
pub fn go(id: &UserId, now: DateTime<Utc>) -> TenantStatement {
    GO.with(values![id, now])
}

/// Where names lead; read the row as [`Places`].
pub fn places(department: Option<&str>, organization: Option<&str>) -> TenantStatement {
    PLACES.with(values![department, organization])
}

/// A page of groups; read the rows as [`Group`]. `None`: there are none.
pub fn groups(by: &GroupBy, page: Page) -> Option<TenantStatement> {
    Some(match by {
        GroupBy::All => GROUPS.with(values![page.count, page.offset()]),
        GroupBy::Nobody => return None,
        GroupBy::Id(id, member) => GROUP.with(values![id, member.as_ref()]),
        GroupBy::Name(name) => GROUP_BY_NAME.with(values![name]),
        GroupBy::ExternalId(id) => GROUPS_BY_EXTERNAL_ID.with(values![id]),
        GroupBy::Member(member) => GROUPS_OF.with(values![member]),
    })
}

/// One group; read the row as [`Group`].
pub fn group(id: &GroupId) -> TenantStatement {
    GROUP.with(values![id, Value::Null])
}

/// How many groups there are; read the row as [`Count`].
pub fn count_groups() -> TenantStatement {
    COUNT_GROUPS.with(values![])
}

/// Who belongs to these groups, one more than is answered; read the rows as [`Member`].
pub fn members(groups: &[GroupId]) -> TenantStatement {
    MEMBERS.with(values![crate::database::list(groups), u32::try_from(MEMBERS_MAX + 1).unwrap_or(u32::MAX)])
}

/// Which of these are people who are there; the rows have their ids.
pub fn present(people: &[&UserId]) -> TenantStatement {
    PRESENT.with(values![crate::database::list(people)])
}

/// What a group is called elsewhere.
pub fn keep_group(id: &GroupId, external_id: Option<&str>) -> TenantStatement {
    KEEP_GROUP.with(values![id, external_id])
}

/// Many join a group.
pub fn join(id: &GroupId, people: &[&UserId], now: DateTime<Utc>) -> TenantStatement {
    JOIN.with(values![id, crate::database::list(people), now])
}

/// Many leave it.
pub fn leave(id: &GroupId, people: &[&UserId]) -> TenantStatement {
    LEAVE.with(values![id, crate::database::list(people)])
}

/// Something of a group has changed.
pub fn change_group(id: &GroupId, name: &str, now: DateTime<Utc>) -> TenantStatement {
    CHANGE_GROUP.with(values![id, name, now])
}

/// Away with a group.
pub fn delete_group(id: &GroupId) -> TenantStatement {
    DELETE_GROUP.with(values![id])
}

/// Refuses the batch (`stale_version`) when the group is another one than was read.
pub fn guard_group(read: &Group) -> TenantStatement {
    GUARD_MEMBERSHIP.with(values![&read.id, read.version, read.membership])
}

/// Notes a request that was answered.
pub fn asked(by: &str, what: &str, now: DateTime<Utc>) -> TenantStatement {
    ASKED.with(values![now, by, what])
}

/// Notes a request that was refused.
pub fn refused(by: &str, what: &str, status: u16, code: &str, now: DateTime<Utc>) -> TenantStatement {
    REFUSED.with(values![now, by, what, i64::from(status), code])
}

/// The last request and the last refusal; read the row as [`Last`].
pub fn last() -> TenantStatement {
    LAST.with(values![])
}
