//! Exclusive XML canonicalization 1.0 without comments (W3C, 18 July 2002): the bytes that are digested and signed.

use super::read::XML;
use super::{Element, Node};
use crate::limits::XML_CANONICAL_BYTES_MAX;
use crate::saml::Fault;

/// An element that is to be canonicalized, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The elements around it, the outermost first.
    pub ancestors: &'a [&'a Element],
    /// It.
    pub element: &'a Element,
}

struct Writer<'a> {
    out: String,
    /// The prefixes that are declared where they are in scope and not where they are used; empty for the default namespace.
    inclusive: &'a [&'a str],
    /// What the document declares here, the nearest last.
    scope: Vec<(&'a str, &'a str)>,
    /// What was written so, the nearest last.
    rendered: Vec<(&'a str, &'a str)>,
}

/// The canonical form of an element, without one element directly in it: a signature that is not part of what it signs.
///
/// `inclusive` is the parameter `PrefixList`. Fails when the form is longer than any message's: prefixes are declared again and again in it.
pub fn canonical<'a>(place: Place<'a>, without: Option<&Element>, inclusive: &'a [&'a str]) -> Result<String, Fault> {
    let scope = place.ancestors.iter().flat_map(|ancestor| declared(ancestor)).collect();
    let mut writer = Writer { out: String::new(), inclusive, scope, rendered: Vec::new() };
    writer.element(place.element, without)?;
    Ok(writer.out)
}

fn declared(element: &Element) -> impl Iterator<Item = (&str, &str)> {
    element.declarations.iter().map(|(prefix, namespace)| (prefix.as_str(), &**namespace))
}

/// What a list of bindings says of a prefix.
fn nearest<'a>(bindings: &[(&str, &'a str)], prefix: &str) -> Option<&'a str> {
    bindings.iter().rev().find(|(bound, _)| *bound == prefix).map(|(_, namespace)| *namespace)
}

impl<'a> Writer<'a> {
    fn element(&mut self, element: &'a Element, without: Option<&Element>) -> Result<(), Fault> {
        let (scope, rendered) = (self.scope.len(), self.rendered.len());
        self.scope.extend(declared(element));
        self.out.push('<');
        name(&element.prefix, &element.local, &mut self.out);
        self.namespaces(element);
        self.attributes(element);
        self.out.push('>');
        for child in &element.children {
            match child {
                Node::Text(text) => text_value(text, &mut self.out),
                Node::Element(child) if without.is_some_and(|left_out| std::ptr::eq(left_out, child)) => {}
                Node::Element(child) => self.element(child, None)?,
            }
        }
        self.out.push_str("</");
        name(&element.prefix, &element.local, &mut self.out);
        self.out.push('>');
        self.scope.truncate(scope);
        self.rendered.truncate(rendered);
        if self.out.len() > XML_CANONICAL_BYTES_MAX { Err(Fault::TooLarge) } else { Ok(()) }
    }

    /// The declarations: of prefixes that the element and its attributes use, and of those that are declared anyway.
    fn namespaces(&mut self, element: &'a Element) {
        let mut due: Vec<(&'a str, &'a str)> = vec![(&element.prefix, &element.namespace)];
        let prefixed = element.attributes.iter().filter(|attribute| !attribute.prefix.is_empty());
        due.extend(prefixed.map(|attribute| (attribute.prefix.as_str(), &*attribute.namespace)));
        for prefix in self.inclusive {
            due.extend(nearest(&self.scope, prefix).map(|namespace| (*prefix, namespace)));
        }
        due.sort_unstable();
        due.dedup();
        for (prefix, namespace) in due {
            if namespace == XML || nearest(&self.rendered, prefix).unwrap_or_default() == namespace {
                continue;
            }
            self.rendered.push((prefix, namespace));
            self.out.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            self.out.push_str(prefix);
            self.out.push_str("=\"");
            attribute_value(namespace, &mut self.out);
            self.out.push('"');
        }
    }

    /// The attributes, by namespace and name.
    fn attributes(&mut self, element: &'a Element) {
        let mut sorted: Vec<_> = element.attributes.iter().collect();
        sorted.sort_unstable_by(|one, other| (&one.namespace, &one.local).cmp(&(&other.namespace, &other.local)));
        for attribute in sorted {
            self.out.push(' ');
            name(&attribute.prefix, &attribute.local, &mut self.out);
            self.out.push_str("=\"");
            attribute_value(&attribute.value, &mut self.out);
            self.out.push('"');
        }
    }
}

fn name(prefix: &str, local: &str, out: &mut String) {
    if !prefix.is_empty() {
        out.push_str(prefix);
        out.push(':');
    }
    out.push_str(local);
}

/// Text as Canonical XML 1.0 (2.3) writes it.
fn text_value(text: &str, out: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#xD;"),
            _ => out.push(sign),
        }
    }
}

/// The value of an attribute likewise.
pub(in crate::saml) fn attribute_value(text: &str, out: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#x9;"),
            '\n' => out.push_str("&#xA;"),
            '\r' => out.push_str("&#xD;"),
            _ => out.push(sign),
        }
    }
}

#[cfg(test)]
mod tests;
