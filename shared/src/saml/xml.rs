//! XML as a tree: the one form in which messages are checked and read.
//!
//! A tree holds what exclusive canonicalization without comments keeps (W3C, 2002), and nothing else: text is joined over the comments that
//! stood in it, entities and CDATA are resolved, names have their namespaces. So there is nothing of which a reader and the check of a
//! signature could have two opinions. What browsers and other parsers forgive is refused: see [`read`].

pub mod canonical;
mod cursor;
mod read;

use std::rc::Rc;

pub use read::read;
pub(super) use read::read_within;

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// The prefix; empty where there is none.
    pub(super) prefix: String,
    /// The name without its prefix.
    pub(super) local: String,
    /// The namespace; empty where there is none.
    pub(super) namespace: Rc<str>,
    /// The namespaces that it declares: prefix and name.
    pub(super) declarations: Vec<(String, Rc<str>)>,
    /// The attributes, without declarations.
    pub(super) attributes: Vec<Attribute>,
    /// What stands in it.
    pub(super) children: Vec<Node>,
}

/// An attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    /// The prefix; empty where there is none.
    pub(super) prefix: String,
    /// The name without its prefix.
    pub(super) local: String,
    /// The namespace; empty where there is none.
    pub(super) namespace: Rc<str>,
    /// The value, normalized.
    pub(super) value: String,
}

/// What stands in an element. Two texts never stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
}

impl Element {
    /// Whether it has this name in this namespace.
    pub fn is(&self, namespace: &str, local: &str) -> bool {
        self.local == local && *self.namespace == *namespace
    }

    /// An attribute without a namespace.
    pub fn attribute(&self, local: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|attribute| attribute.namespace.is_empty() && attribute.local == local)?;
        Some(&found.value)
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements in it of this name.
    pub fn all<'a, 'n>(&'a self, namespace: &'n str, local: &'n str) -> impl Iterator<Item = &'a Element> + use<'a, 'n> {
        self.elements().filter(move |element| element.is(namespace, local))
    }

    /// The element in it of this name when there is exactly one.
    pub fn only(&self, namespace: &str, local: &str) -> Option<&Element> {
        let mut found = self.all(namespace, local);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// Whether there is none of this name in it.
    pub fn lacks(&self, namespace: &str, local: &str) -> bool {
        self.all(namespace, local).next().is_none()
    }

    /// All of its text when no element stands in it.
    pub fn text(&self) -> Option<&str> {
        match self.children.as_slice() {
            [] => Some(""),
            [Node::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Its text without the space around it, for values that space means nothing to (`xs:anyURI`).
    pub fn token(&self) -> Option<&str> {
        self.text().map(str::trim_ascii)
    }

    /// Whether nothing but space stands between the elements in it.
    pub fn is_structure(&self) -> bool {
        self.children.iter().all(|node| match node {
            Node::Element(_) => true,
            Node::Text(text) => text.trim_ascii().is_empty(),
        })
    }

    /// Whether this holds of it or of an element anywhere in it: how many.
    pub fn count(&self, holds: &dyn Fn(&Element) -> bool) -> usize {
        usize::from(holds(self)) + self.elements().map(|element| element.count(holds)).sum::<usize>()
    }
}

/// Text in which nothing is markup any more.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    canonical::attribute_value(text, &mut out);
    // In an attribute this sign needs no escape, in text it may.
    out.replace('>', "&gt;")
}
