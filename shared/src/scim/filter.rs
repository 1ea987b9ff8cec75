//! Filters and paths as text (RFC 7644, figures 1 and 7): the whole grammar, within bounds.

use super::{ENTERPRISE, FILTER_CHARS_MAX, FILTER_DEPTH_MAX, GROUP, USER};

/// An attribute: its name in small letters, without the schema that it stands in unless that is the extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Whether it is one of the extension for people of companies.
    pub is_enterprise: bool,
    /// Its name; empty for the extension as a whole.
    pub name: String,
    /// The part of it that is meant.
    pub part: Option<String>,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `eq`
    Equal,
    /// `ne`
    NotEqual,
    /// `co`
    Contains,
    /// `sw`
    StartsWith,
    /// `ew`
    EndsWith,
    /// `gt`
    Greater,
    /// `ge`
    GreaterOrEqual,
    /// `lt`
    Less,
    /// `le`
    LessOrEqual,
}

const OPERATORS: [(&str, Operator); 9] = [
    ("eq", Operator::Equal),
    ("ne", Operator::NotEqual),
    ("co", Operator::Contains),
    ("sw", Operator::StartsWith),
    ("ew", Operator::EndsWith),
    ("gt", Operator::Greater),
    ("ge", Operator::GreaterOrEqual),
    ("lt", Operator::Less),
    ("le", Operator::LessOrEqual),
];

/// A filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// `userName eq "x"`
    Compare(Attribute, Operator, serde_json::Value),
    /// `title pr`
    Present(Attribute),
    /// `emails[type eq "work"]`
    Has(Attribute, Box<Filter>),
    /// `a and b`
    And(Box<Filter>, Box<Filter>),
    /// `a or b`
    Or(Box<Filter>, Box<Filter>),
    /// `not (a)`
    Not(Box<Filter>),
}

/// A path of a PATCH: `name.givenName`, `members[value eq "x"]`, `emails[type eq "work"].value`.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// The attribute, with the part of it that is meant.
    pub attribute: Attribute,
    /// Which of its values are meant.
    pub within: Option<Filter>,
}

/// Reads a filter; `None` when it is none, or beyond the bounds.
pub fn parse(text: &str) -> Option<Filter> {
    let mut reader = Reader::new(text)?;
    let filter = reader.any_of(0)?;
    reader.is_done().then_some(filter)
}

/// Reads a path; `None` when it is none, or beyond the bounds.
pub fn parse_path(text: &str) -> Option<Path> {
    let mut reader = Reader::new(text)?;
    let mut attribute = reader.attribute()?;
    let within = if reader.takes('[') { Some(reader.within(0)?) } else { None };
    if within.is_some() && reader.takes('.') {
        let part = reader.word();
        if attribute.part.is_some() || !is_name(part) {
            return None;
        }
        attribute.part = Some(part.to_ascii_lowercase());
    }
    reader.is_done().then_some(Path { attribute, within })
}

/// Reads the name of an attribute alone.
pub fn parse_attribute(text: &str) -> Option<Attribute> {
    parse_path(text).filter(|path| path.within.is_none()).map(|path| path.attribute)
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Option<Self> {
        (text.chars().count() <= FILTER_CHARS_MAX).then_some(Self { rest: text })
    }

    fn is_done(&self) -> bool {
        self.rest.trim_start_matches(' ').is_empty()
    }

    fn any_of(&mut self, depth: usize) -> Option<Filter> {
        let mut filter = self.all_of(depth)?;
        while self.takes_word("or") {
            filter = Filter::Or(Box::new(filter), Box::new(self.all_of(depth)?));
        }
        Some(filter)
    }

    fn all_of(&mut self, depth: usize) -> Option<Filter> {
        let mut filter = self.one(depth)?;
        while self.takes_word("and") {
            filter = Filter::And(Box::new(filter), Box::new(self.one(depth)?));
        }
        Some(filter)
    }

    fn one(&mut self, depth: usize) -> Option<Filter> {
        if depth >= FILTER_DEPTH_MAX {
            return None;
        }
        let before = self.rest;
        if self.takes_word("not") {
            if self.takes('(') {
                return self.grouped(depth).map(|filter| Filter::Not(Box::new(filter)));
            }
            self.rest = before;
        }
        if self.takes('(') {
            return self.grouped(depth);
        }
        let attribute = self.attribute()?;
        if self.takes('[') {
            return Some(Filter::Has(attribute, Box::new(self.within(depth)?)));
        }
        let word = self.spaced_word()?;
        if word.eq_ignore_ascii_case("pr") {
            return Some(Filter::Present(attribute));
        }
        let (_, operator) = OPERATORS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name))?;
        if !self.rest.starts_with(' ') {
            return None;
        }
        Some(Filter::Compare(attribute, *operator, self.value()?))
    }

    fn grouped(&mut self, depth: usize) -> Option<Filter> {
        let filter = self.any_of(depth + 1)?;
        self.takes(')').then_some(filter)
    }

    fn within(&mut self, depth: usize) -> Option<Filter> {
        let filter = self.any_of(depth + 1)?;
        self.takes(']').then_some(filter)
    }

    /// Takes a sign, after spaces.
    fn takes(&mut self, sign: char) -> bool {
        let found = self.rest.trim_start_matches(' ').strip_prefix(sign);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    /// Takes a word of the grammar, if it stands there as a whole.
    fn takes_word(&mut self, word: &str) -> bool {
        let before = self.rest;
        self.rest = self.rest.trim_start_matches(' ');
        let found = self.word().eq_ignore_ascii_case(word);
        if !found {
            self.rest = before;
        }
        found
    }

    fn spaced_word(&mut self) -> Option<&'a str> {
        let trimmed = self.rest.trim_start_matches(' ');
        if trimmed.len() == self.rest.len() {
            return None;
        }
        self.rest = trimmed;
        Some(self.word())
    }

    fn word(&mut self) -> &'a str {
        let is_sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | '$' | ':' | '.');
        let end = self.rest.find(|sign| !is_sign(sign)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn attribute(&mut self) -> Option<Attribute> {
        self.rest = self.rest.trim_start_matches(' ');
        let word = self.word();
        let whole = |schema: &str| strip(word, schema);
        let (is_enterprise, dotted) = match (whole(ENTERPRISE), whole(USER).or_else(|| whole(GROUP))) {
            (Some(""), _) => return Some(Attribute { is_enterprise: true, name: String::new(), part: None }),
            (Some(rest), _) => (true, rest.strip_prefix(':')?),
            (None, Some(rest)) => (false, rest.strip_prefix(':')?),
            (None, None) => (false, word),
        };
        let (name, part) = dotted.split_once('.').map_or((dotted, None), |(name, part)| (name, Some(part)));
        if !is_name(name) || part.is_some_and(|part| !is_name(part)) {
            return None;
        }
        Some(Attribute { is_enterprise, name: name.to_ascii_lowercase(), part: part.map(str::to_ascii_lowercase) })
    }

    /// A value in JSON: text, a number, true, false, null.
    fn value(&mut self) -> Option<serde_json::Value> {
        self.rest = self.rest.trim_start_matches(' ');
        if !self.rest.starts_with('"') {
            let end = self.rest.find([' ', ')', ']']).unwrap_or(self.rest.len());
            let (value, rest) = self.rest.split_at(end);
            self.rest = rest;
            let value = serde_json::from_str::<serde_json::Value>(value).ok();
            return value.filter(|value| !value.is_array() && !value.is_object() && !value.is_string());
        }
        let mut values = serde_json::Deserializer::from_str(self.rest).into_iter::<serde_json::Value>();
        let value = values.next()?.ok()?;
        self.rest = self.rest.get(values.byte_offset()..)?;
        Some(value)
    }
}

/// What follows the name of a schema.
fn strip<'a>(word: &'a str, schema: &str) -> Option<&'a str> {
    let head = word.get(..schema.len())?;
    head.eq_ignore_ascii_case(schema).then(|| word.get(schema.len()..)).flatten()
}

fn is_name(name: &str) -> bool {
    let mut signs = name.bytes();
    signs.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'$')
        && signs.all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, b'_' | b'-'))
}
