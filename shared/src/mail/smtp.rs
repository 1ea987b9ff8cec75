//! The client's side of SMTP (RFC 5321) without a socket: bytes from the server in, bytes to send out.
//!
//! TLS lies below (implicit, RFC 8314). The caller owns the socket and the clock: it feeds what it reads to
//! [`Session::receive`], sends what comes back, and calls [`Session::lost`] when the connection breaks or a
//! wait takes too long. The server is not trusted: replies are bounded, out of turn is an error, its words
//! are cut and cleaned before anybody sees them.

mod delivery;
mod offers;
mod outcome;
mod reply;
#[cfg(test)]
mod tests;

pub use delivery::Delivery;
pub use outcome::{Failure, Outcome, Stage};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use offers::Offers;
use reply::{Reply, ReplyReader};

use super::address::tidy;

/// How to sign in.
#[derive(Clone)]
pub struct Credentials {
    /// User name.
    pub user: String,
    /// Password.
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Credentials").field("user", &self.user).finish_non_exhaustive()
    }
}

/// What the caller does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Read more.
    Wait,
    /// Send these bytes, then read.
    Send(Vec<u8>),
    /// Send these bytes if possible, then close; no need to wait for an answer.
    Done {
        /// `QUIT`.
        farewell: &'static [u8],
        /// How it ended.
        outcome: Outcome,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Greeting,
    Ehlo,
    Helo,
    Plain,
    LoginUser,
    LoginPassword,
    LoginVerdict,
    MailFrom,
    RcptTo(usize),
    Data,
    Message,
    Over,
}

/// One conversation: one message over one connection.
#[derive(Debug)]
pub struct Session {
    state: State,
    client_name: String,
    credentials: Option<Credentials>,
    delivery: Delivery,
    reader: ReplyReader,
    offers: Offers,
    refused: Vec<(String, Failure)>,
}

impl Session {
    /// Begins; the server speaks first. `client_name` is the host name that we give in EHLO.
    pub fn new(client_name: &str, credentials: Option<Credentials>, delivery: Delivery) -> Self {
        let good =
            !client_name.is_empty() && client_name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-[]:".contains(&byte));
        Self {
            state: State::Greeting,
            client_name: if good { client_name.to_owned() } else { "localhost".to_owned() },
            credentials,
            delivery,
            reader: ReplyReader::default(),
            offers: Offers::default(),
            refused: Vec::new(),
        }
    }

    /// Takes bytes from the server.
    pub fn receive(&mut self, bytes: &[u8]) -> Step {
        if self.state == State::Over {
            return Step::Wait;
        }
        match self.reader.feed(bytes) {
            Ok(None) => Step::Wait,
            Ok(Some(reply)) => self.answer(&reply),
            Err(words) => self.fail(false, None, words),
        }
    }

    /// The connection is lost or has been silent too long.
    pub fn lost(&mut self, why: &str) -> Outcome {
        let uncertain = self.state == State::Message;
        let failure = Failure { stage: self.stage(), permanent: false, uncertain, code: None, words: tidy(why, 300) };
        self.state = State::Over;
        Outcome::Failed(failure)
    }

    fn stage(&self) -> Stage {
        match self.state {
            State::Greeting => Stage::Greeting,
            State::Ehlo | State::Helo => Stage::Hello,
            State::Plain | State::LoginUser | State::LoginPassword | State::LoginVerdict => Stage::SignIn,
            State::MailFrom => Stage::Sender,
            State::RcptTo(_) => Stage::Recipient,
            State::Data => Stage::Data,
            State::Message | State::Over => Stage::Message,
        }
    }

    fn answer(&mut self, reply: &Reply) -> Step {
        match (self.state, reply.code) {
            (State::Greeting, 220) => self.send(State::Ehlo, format!("EHLO {}\r\n", self.client_name)),
            (State::Ehlo, 250) => {
                self.offers = Offers::of(reply);
                self.sign_in()
            }
            // An old server knows HELO only (RFC 5321, 3.2).
            (State::Ehlo, 500..=504) => self.send(State::Helo, format!("HELO {}\r\n", self.client_name)),
            (State::Helo, 250) => self.sign_in(),
            (State::LoginUser, 334) => {
                let user = self.credentials.as_ref().map(|known| BASE64_STANDARD.encode(&known.user)).unwrap_or_default();
                self.send(State::LoginPassword, format!("{user}\r\n"))
            }
            (State::LoginPassword, 334) => {
                let password = self.credentials.as_ref().map(|known| BASE64_STANDARD.encode(&known.password)).unwrap_or_default();
                self.send(State::LoginVerdict, format!("{password}\r\n"))
            }
            (State::Plain | State::LoginVerdict, 235) => self.mail_from(),
            (State::MailFrom, 250) => self.recipient(0),
            (State::RcptTo(index), code) => self.recipient_verdict(index, code, reply),
            (State::Data, 354) => {
                self.state = State::Message;
                Step::Send(std::mem::take(&mut self.delivery.body))
            }
            (State::Message, 250) => {
                self.state = State::Over;
                let outcome = Outcome::Delivered { refused: std::mem::take(&mut self.refused), words: reply.words() };
                Step::Done { farewell: b"QUIT\r\n", outcome }
            }
            _ => self.refuse(reply),
        }
    }

    fn send(&mut self, next: State, line: String) -> Step {
        self.state = next;
        Step::Send(line.into_bytes())
    }

    fn sign_in(&mut self) -> Step {
        let Some(credentials) = &self.credentials else { return self.mail_from() };
        if self.offers.plain {
            let secret = BASE64_STANDARD.encode(format!("\0{}\0{}", credentials.user, credentials.password));
            self.send(State::Plain, format!("AUTH PLAIN {secret}\r\n"))
        } else if self.offers.login {
            self.send(State::LoginUser, "AUTH LOGIN\r\n".to_owned())
        } else {
            self.state = State::Plain;
            self.fail(false, None, "the server offers no way to sign in that we know")
        }
    }

    fn mail_from(&mut self) -> Step {
        self.state = State::MailFrom;
        let size = self.delivery.body.len();
        let eight_bit = !self.delivery.body.is_ascii();
        if self.offers.size_max.is_some_and(|max| max > 0 && size > max) {
            return self.fail(true, None, "the message is larger than the server takes");
        }
        if self.delivery.needs_utf8() && !self.offers.utf8 {
            return self.fail(true, None, "the server does not take addresses with letters outside ASCII");
        }
        if eight_bit && !self.offers.eight_bit {
            return self.fail(true, None, "the server does not take 8-bit messages");
        }
        let mut line = format!("MAIL FROM:<{}>", self.delivery.from);
        if self.offers.size_max.is_some() {
            line.push_str(" SIZE=");
            line.push_str(&size.to_string());
        }
        if eight_bit {
            line.push_str(" BODY=8BITMIME");
        }
        if self.delivery.needs_utf8() {
            line.push_str(" SMTPUTF8");
        }
        line.push_str("\r\n");
        self.send(State::MailFrom, line)
    }

    fn recipient(&mut self, index: usize) -> Step {
        match self.delivery.to.get(index) {
            Some(address) => {
                let line = format!("RCPT TO:<{address}>\r\n");
                self.send(State::RcptTo(index), line)
            }
            None if self.refused.len() < self.delivery.to.len() => self.send(State::Data, "DATA\r\n".to_owned()),
            None => {
                self.state = State::Over;
                let mut failures = self.refused.drain(..).map(|(_, failure)| failure);
                let first = failures.next();
                let all_permanent =
                    first.as_ref().is_some_and(|failure| failure.permanent) && failures.all(|failure| failure.permanent);
                let failure = first.map_or_else(
                    || Failure { stage: Stage::Recipient, permanent: false, uncertain: false, code: None, words: String::new() },
                    |failure| Failure { permanent: all_permanent, ..failure },
                );
                Step::Done { farewell: b"QUIT\r\n", outcome: Outcome::Failed(failure) }
            }
        }
    }

    fn recipient_verdict(&mut self, index: usize, code: u16, reply: &Reply) -> Step {
        match code {
            250..=259 => {}
            421 => return self.refuse(reply),
            _ => {
                let failure = Failure {
                    stage: Stage::Recipient,
                    permanent: (500..600).contains(&code),
                    uncertain: false,
                    code: Some(code),
                    words: reply.words(),
                };
                let address = self.delivery.to.get(index).cloned().unwrap_or_default();
                self.refused.push((address, failure));
            }
        }
        self.recipient(index + 1)
    }

    /// A reply that ends the conversation. 5xx is permanent, except where our settings are at fault.
    fn refuse(&mut self, reply: &Reply) -> Step {
        let permanent =
            (500..600).contains(&reply.code) && !matches!(self.stage(), Stage::Greeting | Stage::Hello | Stage::SignIn);
        self.fail(permanent, Some(reply.code), &reply.words())
    }

    fn fail(&mut self, permanent: bool, code: Option<u16>, words: &str) -> Step {
        let uncertain = self.state == State::Message && code.is_none();
        let failure = Failure { stage: self.stage(), permanent, uncertain, code, words: tidy(words, 300) };
        self.state = State::Over;
        Step::Done { farewell: b"QUIT\r\n", outcome: Outcome::Failed(failure) }
    }
}
