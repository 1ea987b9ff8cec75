//! One conversation with a directory: a question at a time, each answered under its own number.

use super::ber;
use super::message::{self, Answer, Entry, INVALID_CREDENTIALS, Message, SIZE_LIMIT_EXCEEDED, SUCCESS, Search};
use crate::platform::{Connection, ConnectionError};

/// Bytes of one message: an entry of a person with hundreds of groups has some ten thousand.
const MESSAGE_BYTES_MAX: usize = 1024 * 1024;
/// Bytes of a whole conversation: the people of a large company, page by page.
const CONVERSATION_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Answers of one search beside its entries: references to elsewhere.
const REFERENCES_MAX: usize = 1000;

/// Why a directory could not be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It cannot be reached, or went away.
    #[error("unreachable: {0}")]
    Unreachable(String),
    /// It does not speak LDAP as it should.
    #[error("it does not speak LDAP: {0}")]
    Nonsense(&'static str),
    /// It does not take the account that the product searches with.
    #[error("it does not take the product's own account (result {0})")]
    NotBound(i32),
    /// It refuses what was asked, with this result code.
    #[error("it refuses the search (result {0})")]
    Refused(i32),
}

impl Failure {
    /// The stable name of its kind, for the API and the words on a page.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::Nonsense(_) => "nonsense",
            Self::NotBound(_) => "not_bound",
            Self::Refused(_) => "refused",
        }
    }
}

impl From<ConnectionError> for Failure {
    fn from(error: ConnectionError) -> Self {
        Self::Unreachable(error.0)
    }
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Entries.
    pub entries: Vec<Entry>,
    /// Where the next page begins; empty at the end.
    pub cookie: Vec<u8>,
    /// Whether there were more than could be answered.
    pub is_cut: bool,
}

/// A conversation.
pub struct Client {
    connection: Box<dyn Connection>,
    received: Vec<u8>,
    bytes: usize,
    last: i32,
    seconds: i32,
}

impl Client {
    /// Over this connection; a search may take `seconds`.
    pub fn new(connection: Box<dyn Connection>, seconds: i32) -> Self {
        Self { connection, received: Vec::new(), bytes: 0, last: 0, seconds }
    }

    /// Whether this is the password of that entry. An empty password is nobody's: directories take a bind with a name and without a
    /// password for one of a stranger, and say yes (RFC 4513, 5.1.2).
    pub async fn bind(&mut self, dn: &str, password: &str) -> Result<bool, Failure> {
        if dn.is_empty() || password.is_empty() {
            return Ok(false);
        }
        let id = self.begin()?;
        self.connection.send(&message::bind(id, dn, password)).await?;
        match self.answer(id).await?.answer {
            Answer::Bound(SUCCESS) => Ok(true),
            Answer::Bound(INVALID_CREDENTIALS) => Ok(false),
            Answer::Bound(code) => Err(Failure::NotBound(code)),
            _ => Err(Failure::Nonsense("an answer of another kind")),
        }
    }

    /// Searches.
    pub async fn search(&mut self, search: &Search<'_>) -> Result<Found, Failure> {
        let id = self.begin()?;
        self.connection.send(&message::search(id, search, self.seconds)).await?;
        let mut found = Found::default();
        let mut references = 0;
        loop {
            let message = self.answer(id).await?;
            match message.answer {
                Answer::Entry(_) if found.entries.len() >= search.limit => {
                    return Err(Failure::Nonsense("more than was asked for"));
                }
                Answer::Entry(entry) => found.entries.push(entry),
                Answer::Reference if references < REFERENCES_MAX => references += 1,
                Answer::Done(SUCCESS) => return Ok(Found { cookie: message.cookie, ..found }),
                Answer::Done(SIZE_LIMIT_EXCEEDED) => return Ok(Found { is_cut: true, ..found }),
                Answer::Done(code) => return Err(Failure::Refused(code)),
                _ => return Err(Failure::Nonsense("an answer of another kind")),
            }
        }
    }

    /// Says goodbye; whether it is heard does not matter.
    pub async fn close(mut self) {
        let _ = self.connection.send(&message::unbind(self.last.wrapping_add(1))).await;
        self.connection.close().await;
    }

    /// The number of the next question. What came before it was asked is no answer.
    fn begin(&mut self) -> Result<i32, Failure> {
        if !self.received.is_empty() {
            return Err(Failure::Nonsense("an answer before the question"));
        }
        self.last = self.last.checked_add(1).ok_or(Failure::Nonsense("too many questions"))?;
        Ok(self.last)
    }

    async fn answer(&mut self, id: i32) -> Result<Message, Failure> {
        let bytes = self.whole_message().await?;
        let message = message::read(&bytes).map_err(|_| Failure::Nonsense("a message that cannot be read"))?;
        if message.answer == Answer::Notice {
            return Err(Failure::Unreachable("the directory ended the conversation".to_owned()));
        }
        if message.id == id { Ok(message) } else { Err(Failure::Nonsense("an answer under another number")) }
    }

    async fn whole_message(&mut self) -> Result<Vec<u8>, Failure> {
        loop {
            let length = ber::whole(&self.received).map_err(|_| Failure::Nonsense("a message that cannot be read"))?;
            match length {
                Some(length) if length > MESSAGE_BYTES_MAX => return Err(Failure::Nonsense("a message that is too large")),
                Some(length) if length <= self.received.len() => {
                    let rest = self.received.split_off(length);
                    return Ok(std::mem::replace(&mut self.received, rest));
                }
                _ => {}
            }
            let more = self.connection.receive().await?;
            if more.is_empty() {
                return Err(Failure::Unreachable("the directory closed the connection".to_owned()));
            }
            self.bytes += more.len();
            if self.bytes > CONVERSATION_BYTES_MAX {
                return Err(Failure::Nonsense("more than a conversation may have"));
            }
            self.received.extend(more);
        }
    }
}
