//! The messages of LDAP (RFC 4511) that are sent and understood here, and paged results (RFC 2696).

use super::ber::{self, Malformed, Reader};

/// The control of paged results.
const PAGED: &str = "1.2.840.113556.1.4.319";
/// What controls stand under.
const CONTROLS: u8 = 0xa0;

/// It worked.
pub const SUCCESS: i32 = 0;
/// There is more than was asked for.
pub const SIZE_LIMIT_EXCEEDED: i32 = 4;
/// Name or password is wrong.
pub const INVALID_CREDENTIALS: i32 = 49;

/// How far a search goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The entry of the name itself.
    Base,
    /// It and all below it.
    Subtree,
}

/// What is searched for.
#[derive(Debug, Clone)]
pub struct Search<'a> {
    /// Where.
    pub base: &'a str,
    /// How far.
    pub scope: Scope,
    /// How many entries at most.
    pub limit: usize,
    /// As it is sent.
    pub filter: Vec<u8>,
    /// Which attributes; none but the name for an empty list.
    pub attributes: Vec<&'a str>,
    /// A page of so many, after the one that answered this cookie.
    pub page: Option<(usize, &'a [u8])>,
}

/// What a directory answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Which request it answers; 0 answers none.
    pub id: i32,
    /// What.
    pub answer: Answer,
    /// Where a search goes on (paged results).
    pub cookie: Vec<u8>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To a bind: the result's code.
    Bound(i32),
    /// One entry of a search.
    Entry(Entry),
    /// Some of it is kept elsewhere. Nobody goes there.
    Reference,
    /// The search is over: the result's code.
    Done(i32),
    /// Something that nobody asked for: the directory ends the conversation.
    Notice,
}

/// An entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub dn: String,
    /// Attributes and their values.
    pub attributes: Vec<(String, Vec<Vec<u8>>)>,
}

impl Entry {
    /// All values of an attribute. Names are the same in upper and lower case, options behind them do not count.
    pub fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let name = name.to_ascii_lowercase();
        self.attributes
            .iter()
            .filter(move |(found, _)| found.split(';').next().is_some_and(|found| found.eq_ignore_ascii_case(&name)))
            .flat_map(|(_, values)| values.iter().map(Vec::as_slice))
    }

    /// The first value that is a text and not empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.values(name).filter_map(|value| std::str::from_utf8(value).ok()).map(str::trim).find(|text| !text.is_empty())
    }
}

/// A simple bind.
pub fn bind(id: i32, dn: &str, password: &str) -> Vec<u8> {
    let parts = [ber::integer(ber::INTEGER, 3), ber::text(dn), ber::element(0x80, password.as_bytes())];
    ber::sequence(ber::SEQUENCE, &[ber::integer(ber::INTEGER, id), ber::sequence(0x60, &parts)])
}

/// Goodbye.
pub fn unbind(id: i32) -> Vec<u8> {
    ber::sequence(ber::SEQUENCE, &[ber::integer(ber::INTEGER, id), ber::element(0x42, &[])])
}

/// A search that gives up after `seconds`. Aliases are not followed.
pub fn search(id: i32, search: &Search<'_>, seconds: i32) -> Vec<u8> {
    let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    let scope = match search.scope {
        Scope::Base => 0,
        Scope::Subtree => 2,
    };
    // "1.1" asks for no attribute; an empty list would ask for all.
    let attributes = if search.attributes.is_empty() { vec!["1.1"] } else { search.attributes.clone() };
    let request = ber::sequence(
        0x63,
        &[
            ber::text(search.base),
            ber::integer(ber::ENUMERATED, scope),
            ber::integer(ber::ENUMERATED, 0),
            ber::integer(ber::INTEGER, if search.page.is_some() { 0 } else { number(search.limit) }),
            ber::integer(ber::INTEGER, seconds),
            ber::boolean(false),
            search.filter.clone(),
            ber::sequence(ber::SEQUENCE, &attributes.iter().map(|name| ber::text(name)).collect::<Vec<_>>()),
        ],
    );
    let mut parts = vec![ber::integer(ber::INTEGER, id), request];
    if let Some((size, cookie)) = search.page {
        let value = ber::sequence(ber::SEQUENCE, &[ber::integer(ber::INTEGER, number(size)), ber::element(ber::OCTETS, cookie)]);
        let control = ber::sequence(ber::SEQUENCE, &[ber::text(PAGED), ber::boolean(true), ber::element(ber::OCTETS, &value)]);
        parts.push(ber::sequence(CONTROLS, &[control]));
    }
    ber::sequence(ber::SEQUENCE, &parts)
}

/// Reads one whole message.
pub fn read(bytes: &[u8]) -> Result<Message, Malformed> {
    let mut outer = Reader::new(bytes);
    let mut message = Reader::new(outer.expect(ber::SEQUENCE)?);
    if !outer.is_done() {
        return Err(Malformed);
    }
    let id = message.integer(ber::INTEGER)?;
    let (tag, content) = message.element()?;
    let answer = match tag {
        0x61 => Answer::Bound(result(content)?),
        0x64 => Answer::Entry(entry(content)?),
        0x65 => Answer::Done(result(content)?),
        0x73 => Answer::Reference,
        0x78 => Answer::Notice,
        _ => return Err(Malformed),
    };
    let cookie = if message.is_done() { Vec::new() } else { cookie(message.expect(CONTROLS)?)? };
    if message.is_done() { Ok(Message { id, answer, cookie }) } else { Err(Malformed) }
}

/// The code of a result. What else it says is for the directory's own people.
fn result(content: &[u8]) -> Result<i32, Malformed> {
    let mut parts = Reader::new(content);
    let code = parts.integer(ber::ENUMERATED)?;
    parts.expect(ber::OCTETS)?;
    parts.expect(ber::OCTETS)?;
    Ok(code)
}

fn entry(content: &[u8]) -> Result<Entry, Malformed> {
    let mut parts = Reader::new(content);
    let dn = parts.text()?.to_owned();
    let mut list = Reader::new(parts.expect(ber::SEQUENCE)?);
    let mut attributes = Vec::new();
    while !list.is_done() {
        let mut attribute = Reader::new(list.expect(ber::SEQUENCE)?);
        let name = attribute.text()?.to_owned();
        let mut set = Reader::new(attribute.expect(ber::SET)?);
        let mut values = Vec::new();
        while !set.is_done() {
            values.push(set.expect(ber::OCTETS)?.to_vec());
        }
        attributes.push((name, values));
    }
    if parts.is_done() { Ok(Entry { dn, attributes }) } else { Err(Malformed) }
}

/// The cookie among the controls of an answer; other controls are passed over.
fn cookie(content: &[u8]) -> Result<Vec<u8>, Malformed> {
    let mut controls = Reader::new(content);
    let mut cookie = Vec::new();
    while !controls.is_done() {
        let mut control = Reader::new(controls.expect(ber::SEQUENCE)?);
        let kind = control.text()?;
        if control.peek() == Some(ber::BOOLEAN) {
            control.expect(ber::BOOLEAN)?;
        }
        if kind != PAGED {
            continue;
        }
        let mut value = Reader::new(control.expect(ber::OCTETS)?);
        let mut parts = Reader::new(value.expect(ber::SEQUENCE)?);
        parts.integer(ber::INTEGER)?;
        cookie = parts.expect(ber::OCTETS)?.to_vec();
    }
    Ok(cookie)
}
