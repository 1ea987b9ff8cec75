//! How a conversation ended.

/// Where a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Before the greeting.
    Greeting,
    /// EHLO or HELO.
    Hello,
    /// Signing in. Never permanent: the settings are wrong, not the mail.
    SignIn,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA, before the message.
    Data,
    /// The message itself.
    Message,
}

/// Why something was not delivered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{stage:?}: {words}")]
pub struct Failure {
    /// Where.
    pub stage: Stage,
    /// Trying the same again cannot help.
    pub permanent: bool,
    /// The connection was lost after the message was sent: it may have been delivered.
    pub uncertain: bool,
    /// The reply code, if there was a reply.
    pub code: Option<u16>,
    /// The server's words or ours, one line of at most 300 characters.
    pub words: String,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server has taken the message for at least one recipient.
    Delivered {
        /// Recipients that were refused, each with its reason.
        refused: Vec<(String, Failure)>,
        /// The server's words, often with its queue id.
        words: String,
    },
    /// Nobody gets it.
    Failed(Failure),
}
