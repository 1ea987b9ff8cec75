//! A directory in memory that speaks LDAP, and lies when it is told to.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use async_trait::async_trait;
use shared::ldap::ber::{self, Reader};
use shared::platform::{Connection, ConnectionError};

/// How it misbehaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lie {
    /// Not at all.
    #[default]
    None,
    /// No connection is made.
    Down,
    /// The connection is made, and no TLS spoken.
    NoTls,
    /// Each answer is under another number.
    OtherNumber,
    /// An answer stops in its middle, and the connection with it.
    BrokenOff,
    /// Bytes that are no LDAP.
    Garbage,
    /// A message that says to be larger than any may be.
    Huge,
    /// More entries than were asked for.
    Flood,
    /// Every search answers a reference to elsewhere beside what it found.
    References,
    /// Every search answers that all of it is elsewhere (result 10).
    Referral,
    /// A second answer that nobody asked for.
    Twice,
    /// It ends the conversation when asked.
    Notice,
    /// Binds without a password succeed (RFC 4513, 5.1.2).
    Unauthenticated,
    /// After the first page it goes away.
    LostPage,
}

/// An entry.
#[derive(Debug, Clone, Default)]
pub struct FakeEntry {
    /// Its name.
    pub dn: String,
    /// What it binds with.
    pub password: Option<String>,
    /// Attributes.
    pub attributes: Vec<(String, Vec<u8>)>,
}

/// The directory.
#[derive(Default)]
pub struct FakeDirectory {
    /// Its entries.
    pub entries: RefCell<Vec<FakeEntry>>,
    /// How it misbehaves.
    pub lie: Cell<Lie>,
    /// Names that were bound with, and whether it went well.
    pub binds: RefCell<Vec<(String, bool)>>,
    /// How many searches were answered.
    pub searches: Cell<usize>,
    /// How many connections were made.
    pub connections: Cell<usize>,
}

impl FakeDirectory {
    /// One with the account that searches: `cn=portal,dc=acme,dc=example`, password `portal secret`.
    pub fn new() -> Rc<Self> {
        let directory = Rc::new(Self::default());
        directory.add("cn=portal,dc=acme,dc=example", Some("portal secret"), &[]);
        directory
    }

    /// Adds an entry.
    pub fn add(&self, dn: &str, password: Option<&str>, attributes: &[(&str, &str)]) {
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
        self.entries.borrow_mut().push(FakeEntry { dn: dn.to_owned(), password: password.map(str::to_owned), attributes });
    }

    /// Adds a person.
    pub fn person(&self, uid: &str, password: &str, groups: &[&str]) {
        let (unique, mail, name) = (format!("uuid-of-{uid}"), format!("{uid}@corp.example"), format!("Name of {uid}"));
        let mut attributes =
            vec![("objectClass", "person"), ("uid", uid), ("entryUUID", &unique), ("mail", &mail), ("cn", &name)];
        attributes.extend(groups.iter().map(|group| ("memberOf", *group)));
        self.add(&format!("uid={uid},ou=people,dc=acme,dc=example"), Some(password), &attributes);
    }

    /// Puts a value in the place of an attribute of a person's.
    pub fn set(&self, uid: &str, name: &str, value: &str) {
        for entry in self.entries.borrow_mut().iter_mut().filter(|entry| entry.dn.starts_with(&format!("uid={uid},"))) {
            entry.attributes.retain(|(found, _)| found != name);
            entry.attributes.push((name.to_owned(), value.as_bytes().to_vec()));
        }
    }

    /// Takes a person away.
    pub fn remove(&self, uid: &str) {
        self.entries.borrow_mut().retain(|entry| !entry.dn.starts_with(&format!("uid={uid},")));
    }

    pub(super) fn connect(self: &Rc<Self>, tls: bool) -> Result<Box<dyn Connection>, ConnectionError> {
        if self.lie.get() == Lie::Down || (tls && self.lie.get() == Lie::NoTls) {
            return Err(ConnectionError("no connection, or a certificate that is not trusted".to_owned()));
        }
        self.connections.set(self.connections.get() + 1);
        Ok(Box::new(Line { directory: Rc::clone(self), answers: VecDeque::new(), is_over: false }))
    }

    fn bind(&self, content: &[u8]) -> i32 {
        let mut parts = Reader::new(content);
        assert_eq!(parts.integer(ber::INTEGER), Ok(3));
        let dn = parts.text().expect("a name").to_owned();
        let password = std::str::from_utf8(parts.expect(0x80).expect("a password")).expect("text").to_owned();
        let is_right = (password.is_empty() && self.lie.get() == Lie::Unauthenticated)
            || self.entries.borrow().iter().any(|entry| entry.dn == dn && entry.password.as_deref() == Some(&password));
        self.binds.borrow_mut().push((dn, is_right));
        if is_right { 0 } else { 49 }
    }

    fn search(&self, content: &[u8], page: Option<(usize, usize)>) -> Vec<Vec<u8>> {
        self.searches.set(self.searches.get() + 1);
        let mut parts = Reader::new(content);
        let base = parts.text().expect("a base").to_owned();
        parts.integer(ber::ENUMERATED).expect("a scope");
        parts.integer(ber::ENUMERATED).expect("aliases");
        let limit = usize::try_from(parts.integer(ber::INTEGER).expect("a limit")).expect("a size");
        parts.integer(ber::INTEGER).expect("a time");
        parts.expect(ber::BOOLEAN).expect("types");
        let (tag, filter) = parts.element().expect("a filter");
        let entries = self.entries.borrow();
        let found: Vec<&FakeEntry> =
            entries.iter().filter(|entry| entry.dn.ends_with(&base) && self.fits(entry, tag, filter)).collect();
        if self.lie.get() == Lie::Referral {
            return vec![done(10, None)];
        }
        let mut answers: Vec<Vec<u8>> = Vec::new();
        let end = match page {
            Some((size, from)) => {
                answers.extend(found.iter().skip(from).take(size).map(|entry| written(entry)));
                let next = from + size;
                done(0, Some(if next < found.len() { next.to_string() } else { String::new() }))
            }
            None if limit > 0 && found.len() > limit => {
                answers.extend(found.iter().take(limit).map(|entry| written(entry)));
                done(4, None)
            }
            None => {
                answers.extend(found.iter().map(|entry| written(entry)));
                done(0, None)
            }
        };
        if self.lie.get() == Lie::Flood {
            let more = written(entries.first().expect("an entry"));
            answers.extend(std::iter::repeat_n(more, 1000));
        }
        if self.lie.get() == Lie::References {
            answers.push(ber::sequence(0x73, &[ber::text("ldap://elsewhere.example/dc=x")]));
        }
        answers.push(end);
        answers
    }

    /// Whether a filter, as it was sent, is for this entry.
    fn fits(&self, entry: &FakeEntry, tag: u8, filter: &[u8]) -> bool {
        let parts = |content| {
            let mut reader = Reader::new(content);
            let mut parts: Vec<(u8, &[u8])> = Vec::new();
            while !reader.is_done() {
                parts.push(reader.element().expect("a part"));
            }
            parts
        };
        let has = |name: &[u8], test: &dyn Fn(&[u8]) -> bool| {
            entry.attributes.iter().any(|(found, value)| found.as_bytes().eq_ignore_ascii_case(name) && test(value))
        };
        match tag {
            0xa0 => parts(filter).iter().all(|(tag, part)| self.fits(entry, *tag, part)),
            0xa1 => parts(filter).iter().any(|(tag, part)| self.fits(entry, *tag, part)),
            0xa2 => !parts(filter).iter().any(|(tag, part)| self.fits(entry, *tag, part)),
            0x87 => has(filter, &|_| true),
            0xa3 => {
                let parts = parts(filter);
                has(parts[0].1, &|value| value.eq_ignore_ascii_case(parts[1].1))
            }
            // The chain of Active Directory: groups in groups.
            0xa9 => {
                let parts = parts(filter);
                assert_eq!(parts[0].1, b"1.2.840.113556.1.4.1941");
                self.is_member(entry, parts[2].1, 0)
            }
            other => panic!("a filter of tag {other:#x}"),
        }
    }

    fn is_member(&self, group: &FakeEntry, dn: &[u8], depth: usize) -> bool {
        let members = group.attributes.iter().filter(|(name, _)| name == "member").map(|(_, value)| value.clone());
        members.into_iter().any(|member| {
            member == dn
                || (depth < 5
                    && self
                        .entries
                        .borrow()
                        .iter()
                        .any(|entry| entry.dn.as_bytes() == member && self.is_member(entry, dn, depth + 1)))
        })
    }
}

fn written(entry: &FakeEntry) -> Vec<u8> {
    let mut names: Vec<&str> = entry.attributes.iter().map(|(name, _)| name.as_str()).collect();
    names.dedup();
    let attributes: Vec<Vec<u8>> = names
        .iter()
        .map(|name| {
            let values: Vec<Vec<u8>> = entry
                .attributes
                .iter()
                .filter(|(found, _)| found == name)
                .map(|(_, value)| ber::element(ber::OCTETS, value))
                .collect();
            ber::sequence(ber::SEQUENCE, &[ber::text(name), ber::sequence(ber::SET, &values)])
        })
        .collect();
    ber::sequence(0x64, &[ber::text(&entry.dn), ber::sequence(ber::SEQUENCE, &attributes)])
}

/// The end of a search; the cookie goes behind a mark, for the one who writes the message.
fn done(code: i32, cookie: Option<String>) -> Vec<u8> {
    let mut end = ber::sequence(0x65, &[ber::integer(ber::ENUMERATED, code), ber::text(""), ber::text("")]);
    if let Some(cookie) = cookie {
        let value = ber::sequence(ber::SEQUENCE, &[ber::integer(ber::INTEGER, 0), ber::text(&cookie)]);
        let control = ber::sequence(ber::SEQUENCE, &[ber::text("1.2.840.113556.1.4.319"), ber::element(ber::OCTETS, &value)]);
        end.extend(ber::sequence(0xa0, &[control]));
    }
    end
}

struct Line {
    directory: Rc<FakeDirectory>,
    answers: VecDeque<Vec<u8>>,
    is_over: bool,
}

#[async_trait(?Send)]
impl Connection for Line {
    async fn send(&mut self, bytes: &[u8]) -> Result<(), ConnectionError> {
        let mut outer = Reader::new(bytes);
        let mut message = Reader::new(outer.expect(ber::SEQUENCE).expect("a message"));
        let id = message.integer(ber::INTEGER).expect("a number");
        let (tag, content) = message.element().expect("an operation");
        let page = message.expect(0xa0).ok().map(|controls| {
            let mut control = Reader::new(Reader::new(controls).expect(ber::SEQUENCE).expect("a control"));
            control.text().expect("a kind");
            control.expect(ber::BOOLEAN).expect("critical");
            let value = control.expect(ber::OCTETS).expect("a value");
            let mut value = Reader::new(Reader::new(value).expect(ber::SEQUENCE).expect("a sequence"));
            let size = usize::try_from(value.integer(ber::INTEGER).expect("a size")).expect("a size");
            (size, value.text().expect("a cookie").parse().unwrap_or(0))
        });
        let lie = self.directory.lie.get();
        let answers = match tag {
            0x60 => vec![ber::sequence(
                0x61,
                &[ber::integer(ber::ENUMERATED, self.directory.bind(content)), ber::text(""), ber::text("")],
            )],
            0x63 => self.directory.search(content, page),
            _ => Vec::new(),
        };
        let id = if lie == Lie::OtherNumber { id + 7 } else { id };
        let copies = if lie == Lie::Twice { 2 } else { 1 };
        let whole: Vec<u8> = answers
            .iter()
            .flat_map(|answer| std::iter::repeat_n(answer, copies))
            .flat_map(|answer| ber::element(ber::SEQUENCE, &[ber::integer(ber::INTEGER, id), answer.clone()].concat()))
            .collect();
        self.is_over |= lie == Lie::LostPage && page.is_some_and(|(_, from)| from > 0);
        match lie {
            _ if self.is_over => {}
            Lie::Garbage => self.answers.push_back(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
            Lie::Huge => self.answers.push_back(vec![0x30, 0x84, 0x7f, 0xff, 0xff, 0xff]),
            Lie::Notice => self.answers.push_back(ber::sequence(
                ber::SEQUENCE,
                &[ber::integer(ber::INTEGER, 0), ber::element(0x78, &[0x0a, 0x01, 0x34, 0x04, 0x00, 0x04, 0x00])],
            )),
            Lie::BrokenOff => self.answers.push_back(whole[..whole.len() / 2].to_vec()),
            // In pieces, as a network would.
            _ => self.answers.extend(whole.chunks(700).map(<[u8]>::to_vec)),
        }
        Ok(())
    }

    async fn receive(&mut self) -> Result<Vec<u8>, ConnectionError> {
        Ok(self.answers.pop_front().unwrap_or_default())
    }

    async fn close(&mut self) {}
}
