//! From bytes to a tree.

use std::rc::Rc;

use super::cursor::Cursor;
use super::{Attribute, Element, Node};
use crate::limits::{XML_ATTRIBUTES_MAX, XML_DEPTH_MAX, XML_ELEMENTS_MAX, XML_NAMESPACES_MAX};
use crate::saml::Fault;

/// The namespace of the prefix `xml`, which is always bound (Namespaces in XML 1.0, 3).
pub(in crate::saml) const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// The namespace of declarations.
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// An element whose end was not seen yet.
struct Open {
    element: Element,
    /// How many namespaces were in scope before it.
    scope: usize,
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    /// Prefixes and what they stand for, the nearest last.
    scope: Vec<(String, Rc<str>)>,
    elements: usize,
}

/// Reads a document of at most so many bytes.
///
/// Taken is XML 1.0 with namespaces in UTF-8. Refused, beside what is not well formed: document types and with them all entities of one's own,
/// processing instructions, names of other than ASCII letters, namespaces without a scheme (of which others' canonicalization makes nothing
/// at all), and more or deeper elements than any message has.
pub fn read(bytes: &[u8], bytes_max: usize) -> Result<Element, Fault> {
    read_within(bytes, bytes_max, &[])
}

/// Reads a document that was taken out of another, where it stood in these elements, the outermost first. Prefixes that were declared there
/// are declared by its root.
pub(in crate::saml) fn read_within(bytes: &[u8], bytes_max: usize, around: &[&Element]) -> Result<Element, Fault> {
    if bytes.len() > bytes_max {
        return Err(Fault::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::Malformed)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Ends of lines are one sign before anything is read (XML 1.0, 2.11).
    let unix;
    let text = if text.contains('\r') {
        unix = text.replace("\r\n", "\n").replace('\r', "\n");
        &unix
    } else {
        text
    };
    if !text.chars().all(is_char) {
        return Err(Fault::Malformed);
    }
    let mut cursor = Cursor(text);
    declaration(&mut cursor)?;
    cursor.surroundings()?;
    let mut scope = vec![("xml".to_owned(), Rc::from(XML))];
    let inherited = around.iter().flat_map(|element| &element.declarations);
    scope.extend(inherited.clone().cloned());
    let mut reader = Reader { cursor, scope, elements: 0 };
    let mut root = reader.root()?;
    reader.cursor.surroundings()?;
    for (prefix, namespace) in inherited.rev() {
        if root.declarations.iter().all(|(declared, _)| declared != prefix) {
            root.declarations.push((prefix.clone(), Rc::clone(namespace)));
        }
    }
    if reader.cursor.0.is_empty() { Ok(root) } else { Err(Fault::Malformed) }
}

/// The XML declaration, which may name no other version and encoding.
fn declaration(cursor: &mut Cursor<'_>) -> Result<(), Fault> {
    if !cursor.0.starts_with("<?xml ") && !cursor.0.starts_with("<?xml\n") && !cursor.0.starts_with("<?xml\t") {
        return Ok(());
    }
    cursor.take("<?xml");
    for (name, values) in [("version", &["1.0"] as &[&str]), ("encoding", &["UTF-8", "US-ASCII"]), ("standalone", &["yes", "no"])]
    {
        cursor.space();
        if !cursor.take(name) {
            if name == "version" {
                return Err(Fault::Malformed);
            }
            continue;
        }
        cursor.space();
        cursor.expect("=")?;
        cursor.space();
        let value = quoted(cursor)?;
        if !values.iter().any(|allowed| allowed.eq_ignore_ascii_case(value)) {
            return Err(Fault::Malformed);
        }
    }
    cursor.space();
    cursor.expect("?>")
}

/// What stands between two quotation marks.
fn quoted<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str, Fault> {
    for mark in ["\"", "'"] {
        if cursor.take(mark) {
            return cursor.until(mark);
        }
    }
    Err(Fault::Malformed)
}

impl<'a> Reader<'a> {
    /// The root with all that is in it.
    fn root(&mut self) -> Result<Element, Fault> {
        self.cursor.expect("<")?;
        let mut open = match self.start()? {
            (element, true) => return Ok(element.element),
            (element, false) => vec![element],
        };
        loop {
            let current = open.last_mut().ok_or(Fault::Malformed)?;
            self.text(&mut current.element)?;
            if self.cursor.take("</") {
                let closed = open.pop().ok_or(Fault::Malformed)?;
                let element = self.end(closed)?;
                match open.last_mut() {
                    Some(parent) => parent.element.children.push(Node::Element(element)),
                    None => return Ok(element),
                }
                continue;
            }
            self.cursor.expect("<")?;
            if open.len() >= XML_DEPTH_MAX {
                return Err(Fault::TooLarge);
            }
            match self.start()? {
                (child, true) => {
                    self.scope.truncate(child.scope);
                    let parent = open.last_mut().ok_or(Fault::Malformed)?;
                    parent.element.children.push(Node::Element(child.element));
                }
                (child, false) => open.push(child),
            }
        }
    }

    /// The end of an element behind its `</`.
    fn end(&mut self, closed: Open) -> Result<Element, Fault> {
        let (prefix, local) = self.cursor.name()?;
        self.cursor.space();
        self.cursor.expect(">")?;
        self.scope.truncate(closed.scope);
        let is_same = closed.element.prefix == prefix && closed.element.local == local;
        if is_same { Ok(closed.element) } else { Err(Fault::Malformed) }
    }

    /// The start of an element behind its `<`, and whether that is all of it.
    fn start(&mut self) -> Result<(Open, bool), Fault> {
        self.elements += 1;
        if self.elements > XML_ELEMENTS_MAX {
            return Err(Fault::TooLarge);
        }
        let scope = self.scope.len();
        let (prefix, local) = self.cursor.name()?;
        let mut declarations = Vec::new();
        let mut written = Vec::new();
        let is_empty = loop {
            let had_space = self.cursor.space();
            if self.cursor.take("/>") {
                break true;
            }
            if self.cursor.take(">") {
                break false;
            }
            if !had_space {
                return Err(Fault::Malformed);
            }
            if declarations.len() + written.len() >= XML_ATTRIBUTES_MAX {
                return Err(Fault::TooLarge);
            }
            let (prefix, local, value) = self.attribute()?;
            match (prefix, local) {
                ("", "xmlns") => declare(&mut declarations, "", value)?,
                ("xmlns", declared) => declare(&mut declarations, declared, value)?,
                _ => written.push((prefix, local, value)),
            }
        };
        self.scope.extend(declarations.iter().cloned());
        if self.scope.len() > XML_NAMESPACES_MAX {
            return Err(Fault::TooLarge);
        }
        let attributes = self.attributes(written)?;
        let namespace = if prefix.is_empty() { self.default_namespace() } else { self.namespace(prefix)? };
        let element = Element {
            prefix: prefix.to_owned(),
            local: local.to_owned(),
            namespace,
            declarations,
            attributes,
            children: Vec::new(),
        };
        Ok((Open { element, scope }, is_empty))
    }

    /// Name and value of an attribute.
    fn attribute(&mut self) -> Result<(&'a str, &'a str, String), Fault> {
        let (prefix, local) = self.cursor.name()?;
        self.cursor.space();
        self.cursor.expect("=")?;
        self.cursor.space();
        let written = quoted(&mut self.cursor)?;
        if written.contains('<') {
            return Err(Fault::Malformed);
        }
        let mut value = String::with_capacity(written.len());
        // Line ends and tabs that were not written as references are spaces (XML 1.0, 3.3.3).
        resolve(&written.replace(['\n', '\t'], " "), &mut value)?;
        Ok((prefix, local, value))
    }

    /// Attributes with their namespaces, none of them twice.
    fn attributes(&self, written: Vec<(&str, &str, String)>) -> Result<Vec<Attribute>, Fault> {
        let mut attributes: Vec<Attribute> = Vec::with_capacity(written.len());
        for (prefix, local, value) in written {
            let namespace = if prefix.is_empty() { Rc::from("") } else { self.namespace(prefix)? };
            if attributes.iter().any(|other| other.local == local && other.namespace == namespace) {
                return Err(Fault::Malformed);
            }
            attributes.push(Attribute { prefix: prefix.to_owned(), local: local.to_owned(), namespace, value });
        }
        Ok(attributes)
    }

    fn namespace(&self, prefix: &str) -> Result<Rc<str>, Fault> {
        let found = self.scope.iter().rev().find(|(declared, _)| declared == prefix);
        found.map(|(_, namespace)| Rc::clone(namespace)).ok_or(Fault::Namespace)
    }

    fn default_namespace(&self) -> Rc<str> {
        self.namespace("").unwrap_or_else(|_| Rc::from(""))
    }

    /// Text up to the next element or end, over comments and CDATA.
    fn text(&mut self, element: &mut Element) -> Result<(), Fault> {
        let mut text = String::new();
        loop {
            let plain = self.cursor.before(&['<'])?;
            if plain.contains("]]>") {
                return Err(Fault::Malformed);
            }
            resolve(plain, &mut text)?;
            if self.cursor.take("<![CDATA[") {
                text.push_str(self.cursor.until("]]>")?);
            } else if !self.cursor.comment()? {
                break;
            }
        }
        self.cursor.nothing_forbidden()?;
        if !text.is_empty() {
            element.children.push(Node::Text(text));
        }
        Ok(())
    }
}

/// Takes a declaration in, which binds no prefix that is bound for ever, and names a namespace by an absolute address.
fn declare(declarations: &mut Vec<(String, Rc<str>)>, prefix: &str, namespace: String) -> Result<(), Fault> {
    if declarations.iter().any(|(declared, _)| declared == prefix) {
        return Err(Fault::Malformed);
    }
    let is_bound_for_ever = matches!(prefix, "xml" | "xmlns") || namespace == XML || namespace == XMLNS;
    let is_absolute = namespace.contains(':') || (namespace.is_empty() && prefix.is_empty());
    if is_bound_for_ever || !is_absolute {
        return Err(Fault::Namespace);
    }
    declarations.push((prefix.to_owned(), Rc::from(namespace)));
    Ok(())
}

/// Text with what its references stand for.
fn resolve(written: &str, out: &mut String) -> Result<(), Fault> {
    let mut pieces = written.split('&');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once(';').ok_or(Fault::Malformed)?;
        out.push(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            _ => numbered(name).ok_or(Fault::Malformed)?,
        });
        out.push_str(rest);
    }
    Ok(())
}

/// The sign of a numeric reference.
fn numbered(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let (digits, radix) = digits.strip_prefix('x').map_or((digits, 10), |digits| (digits, 16));
    // `from_str_radix` would take a sign in front.
    let number = digits.chars().all(|digit| digit.is_digit(radix)).then(|| u32::from_str_radix(digits, radix).ok())??;
    char::from_u32(number).filter(|sign| is_char(*sign))
}

/// The signs that a document may hold (XML 1.0, 2.2).
fn is_char(sign: char) -> bool {
    matches!(sign, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests;
