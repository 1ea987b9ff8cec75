//! How large a tree some HTML would grow into, found out without growing it.
//!
//! A few hundred kilobytes can ask a correct HTML parser for a tree of a hundred thousand levels, or for
//! millions of elements: unclosed formatting is repeated in every paragraph (the adoption agency). Whatever
//! then walks the tree runs out of stack or memory. Guessing by counting tags is not enough, because only the
//! parser knows which end tags count. So the parser itself runs first, into a sink that keeps numbers only,
//! and is stopped as soon as they are too large.

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, local_name, ns, parse_fragment};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// Elements of one body. A large newsletter has a few thousand.
const ELEMENTS_MAX: usize = 60_000;
/// Bytes given to the parser before the numbers are looked at again.
const CHUNK_BYTES: usize = 2_048;

/// Whether the tree of this HTML has at most `depth_max` levels and a bounded number of elements.
pub(super) fn is_bearable(html: &str, depth_max: u32) -> bool {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let mut parser = parse_fragment(Scales::default(), ParseOpts::default(), context, Vec::new(), false);
    let mut rest = html;
    while !rest.is_empty() {
        let Some((chunk, after)) = rest.split_at_checked(rest.floor_char_boundary(CHUNK_BYTES)) else { return false };
        rest = after;
        parser.process(StrTendril::from_slice(chunk));
        if !parser.tokenizer.sink.sink.is_bearable(depth_max) {
            return false;
        }
    }
    let scales = parser.finish();
    scales.is_bearable(depth_max) && scales.true_depth() <= depth_max
}

#[derive(Debug)]
struct Element {
    id: usize,
    name: QualName,
}

/// Where an element stands.
#[derive(Debug, Clone, Default)]
struct Place {
    parent: Option<usize>,
    children: Vec<usize>,
    depth: u32,
}

#[derive(Debug, Default)]
struct Scales {
    places: RefCell<Vec<Place>>,
    deepest: RefCell<u32>,
}

impl Scales {
    fn is_bearable(&self, depth_max: u32) -> bool {
        self.places.borrow().len() <= ELEMENTS_MAX && *self.deepest.borrow() <= depth_max
    }

    fn make(&self, name: QualName) -> Rc<Element> {
        let mut places = self.places.borrow_mut();
        places.push(Place::default());
        Rc::new(Element { id: places.len() - 1, name })
    }

    fn put(&self, parent: usize, child: usize) {
        let mut places = self.places.borrow_mut();
        let depth = places.get(parent).map_or(0, |place| place.depth) + 1;
        if let Some(place) = places.get_mut(child) {
            place.parent = Some(parent);
            place.depth = depth;
        }
        if let Some(place) = places.get_mut(parent) {
            place.children.push(child);
        }
        let mut deepest = self.deepest.borrow_mut();
        *deepest = (*deepest).max(depth);
    }

    fn put_node(&self, parent: usize, child: &NodeOrText<Rc<Element>>) {
        if let NodeOrText::AppendNode(element) = child {
            self.put(parent, element.id);
        }
    }

    fn parent_of(&self, id: usize) -> Option<usize> {
        self.places.borrow().get(id).and_then(|place| place.parent)
    }

    /// The depth after all moves, level by level.
    fn true_depth(&self) -> u32 {
        let places: &[Place] = &self.places.borrow();
        let mut seen = vec![false; places.len()];
        let mut level: Vec<usize> =
            (0..places.len()).filter(|id| places.get(*id).is_some_and(|place| place.parent.is_none())).collect();
        let mut depth = 0;
        while !level.is_empty() {
            depth += 1;
            let mut next = Vec::new();
            for id in level {
                for child in places.get(id).map(|place| place.children.as_slice()).unwrap_or_default() {
                    // A list may still name a child that has moved away.
                    let is_here = places.get(*child).is_some_and(|place| place.parent == Some(id));
                    if is_here && seen.get(*child) == Some(&false) {
                        next.push(*child);
                        if let Some(mark) = seen.get_mut(*child) {
                            *mark = true;
                        }
                    }
                }
            }
            level = next;
        }
        depth
    }
}

impl TreeSink for Scales {
    type Handle = Rc<Element>;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Rc<Element> {
        if self.places.borrow().is_empty() {
            return self.make(QualName::new(None, ns!(), local_name!("")));
        }
        Rc::new(Element { id: 0, name: QualName::new(None, ns!(), local_name!("")) })
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Element>) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, _: Vec<Attribute>, _: ElementFlags) -> Rc<Element> {
        self.make(name)
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Element> {
        self.make(QualName::new(None, ns!(), local_name!("")))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Element> {
        self.make(QualName::new(None, ns!(), local_name!("")))
    }

    fn append(&self, parent: &Rc<Element>, child: NodeOrText<Rc<Element>>) {
        self.put_node(parent.id, &child);
    }

    fn append_based_on_parent_node(&self, element: &Rc<Element>, previous: &Rc<Element>, child: NodeOrText<Rc<Element>>) {
        self.put_node(self.parent_of(element.id).unwrap_or(previous.id), &child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Rc<Element>) -> Rc<Element> {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Rc<Element>, other: &Rc<Element>) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Rc<Element>, child: NodeOrText<Rc<Element>>) {
        if let Some(parent) = self.parent_of(sibling.id) {
            self.put_node(parent, &child);
        }
    }

    fn add_attrs_if_missing(&self, _: &Rc<Element>, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Rc<Element>) {
        if let Some(place) = self.places.borrow_mut().get_mut(target.id) {
            place.parent = None;
        }
    }

    fn reparent_children(&self, node: &Rc<Element>, new_parent: &Rc<Element>) {
        let children =
            self.places.borrow_mut().get_mut(node.id).map(|place| std::mem::take(&mut place.children)).unwrap_or_default();
        for child in children {
            if self.parent_of(child) == Some(node.id) {
                self.put(new_parent.id, child);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_bearable;

    #[test]
    fn ordinary_markup_is_bearable_however_large() {
        assert!(is_bearable(&"<p>Hello <b>you</b></p><table><tr><td>x</td></tr></table>".repeat(5_000), 256));
        assert!(is_bearable("", 256));
        assert!(is_bearable(&"<div>".repeat(200), 256));
    }

    #[test]
    fn depth_is_seen_behind_every_trick() {
        for unit in [
            "<div>",
            "<div title='</div>'>",
            "<div></x>",
            "<svg><style><div></style></svg>",
            "<x-a></x-b>",
            "<table><tr><td>",
            "<div><!--</div>-->",
        ] {
            assert!(!is_bearable(&unit.repeat(5_000), 256), "{unit}");
        }
        assert!(!is_bearable(&format!("<div \"{}\">", "<div>".repeat(5_000)), 256));
    }

    #[test]
    fn formatting_that_is_repeated_in_every_paragraph_is_seen() {
        let fonts = (0..60).map(|n| format!("<font a{n}=1>")).collect::<Vec<_>>().concat();
        assert!(!is_bearable(&format!("<p>{fonts}{}", "<p>x".repeat(50_000)), 256));
        assert!(!is_bearable(&"<p>".repeat(170_000), 256));
    }
}
