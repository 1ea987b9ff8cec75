//! Tags to add and to take away, whatever else a ticket is tagged with.

use super::Tag;
use super::form::TagEditIn;
use crate::error::FieldError;
use crate::limits::TAGS_MAX;

/// What to do to the tags of a ticket. No tag is on both sides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagEdit {
    add: Vec<Tag>,
    remove: Vec<Tag>,
}

impl TagEdit {
    /// Adds these.
    pub fn adding(tags: Vec<Tag>) -> Self {
        Self { add: tags, remove: Vec::new() }
    }

    /// Takes these away.
    pub fn removing(tags: Vec<Tag>) -> Self {
        Self { add: Vec::new(), remove: tags }
    }

    /// Reads both sides; a tag that is to be added and taken away is a fault of the latter.
    pub fn parse(field: &str, sent: &TagEditIn) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        let mut side = |name: &str, texts: &[String]| {
            Tag::parse_all(&format!("{field}.{name}"), texts).map_err(|found| faults.extend(found)).unwrap_or_default()
        };
        let edit = Self { add: side("add", &sent.add), remove: side("remove", &sent.remove) };
        if edit.remove.iter().any(|tag| edit.add.contains(tag)) {
            faults.push(FieldError::new(format!("{field}.remove"), "one_of"));
        }
        if faults.is_empty() { Ok(edit) } else { Err(faults) }
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.remove.is_empty()
    }

    /// The tags of a ticket that has `present` ones: these in their order, then the new ones. At most [`TAGS_MAX`].
    pub fn apply(&self, present: &[String]) -> Result<Vec<String>, FieldError> {
        let is_in = |tags: &[Tag], text: &str| tags.iter().any(|tag| tag.as_str() == text);
        let mut tags: Vec<String> = present.iter().filter(|text| !is_in(&self.remove, text)).cloned().collect();
        for tag in &self.add {
            if !tags.iter().any(|text| text == tag.as_str()) {
                tags.push(tag.as_str().to_owned());
            }
        }
        if tags.len() > TAGS_MAX { Err(FieldError::new("tags", "too_many").arg("maximum", TAGS_MAX)) } else { Ok(tags) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn what_is_there_keeps_its_place_and_what_is_said_twice_is_there_once() {
        let sent = TagEditIn { add: texts(&["b", "New", "new"]), remove: texts(&["a", "missing"]) };
        let edit = TagEdit::parse("tags", &sent).unwrap();
        assert_eq!(edit.apply(&texts(&["c", "a", "b"])), Ok(texts(&["c", "b", "new"])));
        assert_eq!(TagEdit::default().apply(&texts(&["c", "a"])), Ok(texts(&["c", "a"])));
        assert!(TagEdit::default().is_empty() && !edit.is_empty());
    }

    #[test]
    fn room_is_made_before_it_is_needed() {
        let full: Vec<String> = (0..TAGS_MAX).map(|number| format!("t{number}")).collect();
        let edit = |add: &[&str], remove: &[&str]| {
            TagEdit::parse("tags", &TagEditIn { add: texts(add), remove: texts(remove) }).unwrap()
        };
        assert_eq!(edit(&["one"], &[]).apply(&full).unwrap_err().code, "too_many");
        assert_eq!(edit(&["one"], &["t3"]).apply(&full).unwrap().len(), TAGS_MAX);
    }

    #[test]
    fn every_fault_is_named_by_its_side_and_place() {
        let sent = TagEditIn { add: texts(&["same", "<b>"]), remove: texts(&["", "Same"]) };
        let faults = TagEdit::parse("tags", &sent).unwrap_err();
        assert_eq!(
            faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect::<Vec<_>>(),
            [("tags.add[1]", "bad_tag"), ("tags.remove[0]", "required")]
        );
        let both = TagEditIn { add: texts(&["same"]), remove: texts(&["Same"]) };
        assert_eq!(TagEdit::parse("tags", &both).unwrap_err()[0].field, "tags.remove");
    }
}
