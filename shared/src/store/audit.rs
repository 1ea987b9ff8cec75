//! The audit log: every state change, refusals, and who looked at whose data. Rows are only ever added; the tables' triggers refuse the
//! rest and give each row its place in the tenant's sequence.
//!
//! A list walks along one index, back in time. What the index does not carry is looked at line by line, at most so many lines a
//! request; the answer says where it stopped, so that the next request goes on there, whether or not anything was found.
//!
//! Parameters of the lists: ?2 and ?3 the period, ?4 and ?5 the place where the page before stopped, ?6 lines to look at, ?7 lines to
//! answer, ?8 actor, ?9 subject, ?10 action, ?11 module with its dot, ?12 outcome, ?13 network, ?14 words, ?15 and ?16 the number and the
//! address that the words may be. What somebody looked for in the log is not found by the same words.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::audit::mask;
use crate::database::{DbError, Rows, TenantStatement};
use crate::id::EventId;
use crate::limits::AUDIT_SCAN_ROWS;
use crate::tenant_statements;
use crate::values;

/// Later than any moment that JavaScript knows.
const END: i64 = 8_640_000_000_000_001;

/// Lines by one index. Each names its own: left alone the planner takes the one by time, and looks at everybody's.
macro_rules! lines {
    ($index:literal, $driver:literal) => {
        concat!(
            "WITH seen AS MATERIALIZED (SELECT seq, id, at, actor, on_behalf_of, action, subject, outcome, request_id, network, user_agent, detail
                FROM audit_logs INDEXED BY ",
            $index,
            " WHERE tenant_id = ?1 ",
            $driver,
            " AND at >= ?2 AND at < ?3 AND (at, id) < (?4, ?5) ORDER BY at DESC, id DESC LIMIT ?6)
            SELECT w.looked_at, w.end_at, w.end_id, s.seq, s.id, s.at, s.actor, s.on_behalf_of, s.action, s.subject, s.outcome, s.request_id,
                s.network, s.user_agent, s.detail, a.name AS actor_name, b.name AS subject_name, t.number AS subject_number
            FROM (SELECT (SELECT COUNT(*) FROM seen) AS looked_at, at AS end_at, id AS end_id FROM seen ORDER BY at, id LIMIT 1) w
                LEFT JOIN (SELECT * FROM seen
                    WHERE (?8 IS NULL OR actor = ?8) AND (?9 IS NULL OR subject = ?9) AND (?10 IS NULL OR action = ?10)
                        AND (?11 IS NULL OR substr(action, 1, length(?11)) = ?11) AND (?12 IS NULL OR outcome = ?12)
                        AND (?13 IS NULL OR network = ?13)
                        AND (?14 IS NULL OR subject = ?14 OR actor = ?14 OR request_id = ?14 OR (instr(detail, ?14) > 0 AND substr(action, 1, 6) <> 'audit.')
                            OR subject = (SELECT id FROM tickets WHERE tenant_id = ?1 AND number = ?15)
                            OR (SELECT id FROM users WHERE tenant_id = ?1 AND email = ?16) IN (subject, actor))
                    ORDER BY at DESC, id DESC LIMIT ?7) s
                LEFT JOIN users a ON a.tenant_id = ?1 AND a.id = s.actor
                LEFT JOIN users b ON b.tenant_id = ?1 AND b.id = s.subject
                LEFT JOIN tickets t ON t.tenant_id = ?1 AND t.id = s.subject
            ORDER BY s.at DESC, s.id DESC LIMIT ?7"
        )
    };
}

tenant_statements! {
    /// What happened.
    INSERT = "INSERT INTO audit_logs (tenant_id, id, at, actor, on_behalf_of, action, subject, outcome, request_id, network, user_agent, detail)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    /// The same, unless there is such a line of the same person since ?13.
    INSERT_SELDOM = "INSERT INTO audit_logs (tenant_id, id, at, actor, on_behalf_of, action, subject, outcome, request_id, network, user_agent, detail)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 WHERE NOT EXISTS (SELECT 1 FROM audit_logs INDEXED BY audit_logs_by_subject
            WHERE tenant_id = ?1 AND subject = ?7 AND at > ?13 AND actor = ?4 AND action = ?6)";
    /// Everything, back in time.
    BY_TIME = lines!("audit_logs_by_time", "");
    /// What somebody did.
    BY_ACTOR = lines!("audit_logs_by_actor", "AND actor = ?8");
    /// What was done to something.
    BY_SUBJECT = lines!("audit_logs_by_subject", "AND subject = ?9");
    /// One kind of deed.
    BY_ACTION = lines!("audit_logs_by_action", "AND action = ?10");
    /// Deeds of one module.
    BY_MODULE = lines!("audit_logs_by_module", "AND substr(action, 1, instr(action, '.')) = ?11");
    /// What was refused.
    REFUSED = lines!("audit_logs_refused", "AND outcome = 'refused'");
    /// What came from one address.
    BY_NETWORK = lines!("audit_logs_by_network", "AND network = ?13 AND network <> ''");
}

/// Whether something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was.
    Done,
    /// It was not: whoever tried may not, or could not prove who they are.
    Refused,
}

impl Outcome {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    /// Parses the stable name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Done, Self::Refused].into_iter().find(|outcome| outcome.as_str() == name)
    }
}

/// One line of the log.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Id.
    pub id: EventId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who: [`crate::access::Actor::reference`].
    pub actor: &'a str,
    /// For whom, where somebody acts for somebody else.
    pub on_behalf_of: Option<&'a str>,
    /// What was done, `module.verb`: `session.opened`, `ticket.updated`.
    pub action: &'a str,
    /// On what: an id, or the name of a thing that has none.
    pub subject: &'a str,
    /// Whether it was done.
    pub outcome: Outcome,
    /// The request that did it.
    pub request_id: &'a str,
    /// The client's address, or empty.
    pub network: &'a str,
    /// What the client calls itself, or empty.
    pub user_agent: &'a str,
    /// What was and what is, as JSON. Secrets in it are hidden before it is written, see [`crate::audit::mask`].
    pub detail: Json,
}

impl Entry<'_> {
    /// The values of the statements; the only place where a detail becomes text, so that no secret gets past the mask.
    fn values(self) -> Vec<crate::database::Value> {
        values![
            &self.id,
            self.at,
            self.actor,
            self.on_behalf_of,
            self.action,
            self.subject,
            self.outcome.as_str(),
            self.request_id,
            self.network,
            self.user_agent,
            mask(self.detail).to_string()
        ]
    }
}

/// Writes a line.
pub fn insert(entry: Entry<'_>) -> TenantStatement {
    INSERT.with(entry.values())
}

/// Writes a line, unless the same actor did the same to the same subject after `since`: for what somebody could do without end.
pub fn insert_seldom(entry: Entry<'_>, since: DateTime<Utc>) -> TenantStatement {
    let mut values = entry.values();
    values.extend(values![since]);
    INSERT_SELDOM.with(values)
}

/// What narrows a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// By this actor.
    pub actor: Option<String>,
    /// On this subject.
    pub subject: Option<String>,
    /// Exactly this action.
    pub action: Option<String>,
    /// Actions of this module, with its dot: `ticket.`.
    pub module: Option<String>,
    /// With this outcome.
    pub outcome: Option<Outcome>,
    /// From this address.
    pub network: Option<String>,
    /// With these words: an id, a request, a part of the detail, and what `number` and `email` say.
    pub words: Option<String>,
    /// The ticket's number that the words may be.
    pub number: Option<i64>,
    /// The address that the words may be.
    pub email: Option<String>,
    /// At this moment or later.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub to: Option<DateTime<Utc>>,
    /// After the place where the page before stopped.
    pub after: Option<Place>,
}

/// A place in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The line's moment, milliseconds since 1970.
    pub at: i64,
    /// Its id.
    pub id: String,
}

/// A line, with the names of what it names.
#[derive(Debug, Clone, Deserialize)]
pub struct Listed {
    /// Place in the tenant's sequence.
    pub seq: i64,
    /// Id.
    pub id: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// Their name, if it is a person.
    pub actor_name: Option<String>,
    /// For whom.
    pub on_behalf_of: Option<String>,
    /// What.
    pub action: String,
    /// On what.
    pub subject: String,
    /// Its name, if it is a person.
    pub subject_name: Option<String>,
    /// Its number, if it is a ticket.
    pub subject_number: Option<i64>,
    /// Whether it was done.
    pub outcome: Outcome,
    /// The request.
    pub request_id: String,
    /// The client's address.
    pub network: String,
    /// What the client calls itself.
    pub user_agent: String,
    /// What was and what is.
    #[serde(deserialize_with = "crate::database::json_text")]
    pub detail: Json,
}

/// A page of lines.
#[derive(Debug, Clone)]
pub struct Page {
    /// The lines, newest first.
    pub rows: Vec<Listed>,
    /// Where the next page begins, if there may be more. A page may be short and still have one after it.
    pub next: Option<Place>,
}

/// A page of at most `limit` lines; read the rows by [`page`].
pub fn list(filter: &Filter, limit: u32) -> TenantStatement {
    let statement = match filter {
        Filter { subject: Some(_), .. } => BY_SUBJECT,
        Filter { actor: Some(_), .. } => BY_ACTOR,
        Filter { network: Some(_), .. } => BY_NETWORK,
        Filter { action: Some(_), .. } => BY_ACTION,
        Filter { outcome: Some(Outcome::Refused), .. } => REFUSED,
        Filter { module: Some(_), .. } => BY_MODULE,
        _ => BY_TIME,
    };
    let (at, id) = filter.after.as_ref().map_or((END, ""), |after| (after.at, after.id.as_str()));
    statement.with(values![
        filter.from.map_or(0, |from| from.timestamp_millis()),
        // The index is entered by the period alone: it ends where the page before did.
        filter.to.map_or(END, |to| to.timestamp_millis()).min(at.saturating_add(1)),
        at,
        id,
        scan(filter, limit),
        limit,
        filter.actor.as_deref(),
        filter.subject.as_deref(),
        filter.action.as_deref(),
        filter.module.as_deref(),
        filter.outcome.map(Outcome::as_str),
        filter.network.as_deref(),
        filter.words.as_deref(),
        filter.number,
        filter.email.as_deref()
    ])
}

/// How many lines are looked at: those that are answered and one more where the index carries every filter.
fn scan(filter: &Filter, limit: u32) -> u32 {
    let set = [
        filter.actor.is_some(),
        filter.subject.is_some(),
        filter.action.is_some(),
        filter.module.is_some(),
        filter.outcome.is_some(),
        filter.network.is_some(),
        filter.words.is_some(),
    ];
    let count = set.iter().filter(|is_set| **is_set).count();
    let is_carried = count == 0 || count == 1 && filter.words.is_none() && filter.outcome != Some(Outcome::Done);
    if is_carried { limit + 1 } else { AUDIT_SCAN_ROWS.max(limit + 1) }
}

/// The page that [`list`] with the same arguments answered. Each row says how many lines were looked at and where that stopped; one
/// without a place says nothing else.
pub fn page(rows: &Rows, filter: &Filter, limit: u32) -> Result<Page, DbError> {
    let answered: Vec<Json> = rows.all()?;
    let Some(first) = answered.first() else { return Ok(Page { rows: Vec::new(), next: None }) };
    let number = |name: &str| first.get(name).and_then(Json::as_i64).unwrap_or(0);
    let looked_at = number("looked_at");
    let stopped = Place { at: number("end_at"), id: first.get("end_id").and_then(Json::as_str).unwrap_or_default().to_owned() };
    let lines: Result<Vec<Listed>, _> =
        answered.into_iter().filter(|row| row.get("seq").is_some_and(Json::is_i64)).map(serde_json::from_value).collect();
    let rows = lines.map_err(|error| DbError::Broken(format!("row does not decode: {error}")))?;
    let last = rows.last().map(|row| Place { at: row.at, id: row.id.clone() });
    let is_full = u32::try_from(rows.len()).is_ok_and(|count| count >= limit);
    // Beyond a full page there may be more among those that were looked at; one that is not full goes on where looking stopped.
    let next = if is_full {
        last.filter(|_| looked_at > i64::from(limit))
    } else {
        (looked_at >= i64::from(scan(filter, limit))).then_some(stopped)
    };
    Ok(Page { rows, next })
}
