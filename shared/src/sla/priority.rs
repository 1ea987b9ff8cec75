//! How urgent a ticket is (specification 2.2.1).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The priority of a ticket, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// Work stands still.
    Critical,
    /// Work is hindered badly.
    High,
    /// The ordinary case.
    Medium,
    /// Can wait.
    Low,
}

impl Priority {
    /// All priorities, the most urgent first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Medium, Self::Low];

    /// The name in JSON, in the database and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// 4 for critical to 1 for low: what lists are sorted by, as the column `tickets.priority_rank` has it.
    pub const fn rank(self) -> i64 {
        match self {
            Self::Critical => 4,
            Self::High => 3,
            Self::Medium => 2,
            Self::Low => 1,
        }
    }

    /// Reads exactly what [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.as_str() == text)
    }
}
