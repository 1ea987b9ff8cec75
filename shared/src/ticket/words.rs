//! The small words of a ticket: by which channel, visible to whom.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How a ticket or comment came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The portal or the agents' workspace.
    Web,
    /// A mail.
    Email,
    /// The JSON API.
    Api,
    /// The chat.
    Chat,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 4] = [Self::Web, Self::Email, Self::Api, Self::Chat];

    /// The name in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Email => "email",
            Self::Api => "api",
            Self::Chat => "chat",
        }
    }

    /// Reads exactly what [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text)
    }
}

/// Who sees a comment, an attachment or a line of the history.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody who sees the ticket.
    #[default]
    Public,
    /// The desk only: a client never gets it by any way.
    Internal,
}

impl Visibility {
    /// The name in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
        }
    }

    /// Reads exactly what [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Public, Self::Internal].into_iter().find(|visibility| visibility.as_str() == text)
    }
}
