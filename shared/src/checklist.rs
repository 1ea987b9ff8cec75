//! What is to be done on a ticket, item by item: pure rules of one list.
//!
//! A change names its item, so that two people who change different items at once lose nothing of each other: whoever comes second is
//! applied to what stands then. Only other words for an item ask for the version that was read.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::FieldError;
use crate::id::UserId;

/// Items of one list: more are a project.
pub const ITEMS_MAX: usize = 50;
/// Characters of one item.
pub const ITEM_CHARS_MAX: usize = 300;

/// One thing to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its number within the list; never given again while the list stands.
    pub id: u32,
    /// What is to be done.
    pub text: String,
    /// Who has done it.
    #[serde(default)]
    pub done_by: Option<UserId>,
    /// When.
    #[serde(default, with = "chrono::serde::ts_milliseconds_option")]
    pub done_at: Option<DateTime<Utc>>,
}

impl Item {
    /// Whether it is done.
    pub fn is_done(&self) -> bool {
        self.done_at.is_some()
    }
}

/// A change of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// One more at the end.
    Add(Words),
    /// Other words.
    Edit(u32, Words),
    /// Done, or to be done again.
    Tick(u32, bool),
    /// To this place, counted from 0; a place past the end is the end.
    Move(u32, usize),
    /// Away with it.
    Remove(u32),
}

/// What became of a list, for the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An item came.
    Added,
    /// It was put into other words.
    Edited,
    /// It was done.
    Done,
    /// It is to be done again.
    Reopened,
    /// It has another place.
    Moved,
    /// It went.
    Removed,
}

impl Kind {
    /// What a line of the history calls it.
    pub fn history(self) -> &'static str {
        match self {
            Self::Added => "checklist_added",
            Self::Edited => "checklist_edited",
            Self::Done => "checklist_done",
            Self::Reopened => "checklist_reopened",
            Self::Moved => "checklist_moved",
            Self::Removed => "checklist_removed",
        }
    }

    /// What the audit log calls it.
    pub fn action(self) -> &'static str {
        match self {
            Self::Added => "ticket.checklist_added",
            Self::Edited => "ticket.checklist_edited",
            Self::Done => "ticket.checklist_done",
            Self::Reopened => "ticket.checklist_reopened",
            Self::Moved => "ticket.checklist_moved",
            Self::Removed => "ticket.checklist_removed",
        }
    }
}

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// What happened.
    pub kind: Kind,
    /// The item.
    pub id: u32,
    /// Its words before, where they are others now.
    pub before: Option<String>,
    /// Its words.
    pub text: String,
}

/// Why a change is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such item (any more).
    NotFound,
    /// The list is full.
    Full,
}

/// The words of an item: one line, not empty, not too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// Reads them; blanks and line breaks become single blanks.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let words = text.split(|sign: char| sign.is_whitespace() || sign.is_control()).filter(|word| !word.is_empty());
        let line = words.collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            Err(FieldError::new("text", "required"))
        } else if line.chars().count() > ITEM_CHARS_MAX {
            Err(FieldError::new("text", "too_long").arg("maximum", ITEM_CHARS_MAX))
        } else {
            Ok(Self(line))
        }
    }
}

/// A list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checklist {
    /// Its items, in order.
    pub items: Vec<Item>,
    /// Counts the changes; 0 where there never was one.
    pub version: i64,
}

impl Checklist {
    /// How many items are done.
    pub fn done(&self) -> usize {
        self.items.iter().filter(|item| item.is_done()).count()
    }

    /// The version after a change: no smaller than any number that an item was given, so that [`Self::apply`] need not remember them.
    pub fn next_version(&self) -> i64 {
        self.version.saturating_add(1).max(self.items.iter().map(|item| i64::from(item.id)).max().unwrap_or(0))
    }

    /// Makes a change for `who`. Nothing is answered where nothing differs.
    pub fn apply(&mut self, change: &Change, who: &UserId, now: DateTime<Utc>) -> Result<Option<Changed>, Refusal> {
        match change {
            Change::Add(words) => self.add(words).map(Some),
            Change::Edit(id, words) => {
                let item = self.item(*id)?;
                if item.text == words.0 {
                    return Ok(None);
                }
                let before = std::mem::replace(&mut item.text, words.0.clone());
                Ok(Some(Changed { kind: Kind::Edited, id: *id, before: Some(before), text: words.0.clone() }))
            }
            Change::Tick(id, done) => {
                let item = self.item(*id)?;
                if item.is_done() == *done {
                    return Ok(None);
                }
                (item.done_by, item.done_at) = if *done { (Some(who.clone()), Some(now)) } else { (None, None) };
                let kind = if *done { Kind::Done } else { Kind::Reopened };
                Ok(Some(Changed { kind, id: *id, before: None, text: item.text.clone() }))
            }
            Change::Move(id, to) => {
                let from = self.place(*id)?;
                let to = (*to).min(self.items.len().saturating_sub(1));
                if from == to {
                    return Ok(None);
                }
                let item = self.items.remove(from);
                let text = item.text.clone();
                self.items.insert(to, item);
                Ok(Some(Changed { kind: Kind::Moved, id: *id, before: None, text }))
            }
            Change::Remove(id) => {
                let place = self.place(*id)?;
                let item = self.items.remove(place);
                Ok(Some(Changed { kind: Kind::Removed, id: *id, before: None, text: item.text }))
            }
        }
    }

    fn add(&mut self, words: &Words) -> Result<Changed, Refusal> {
        if self.items.len() >= ITEMS_MAX {
            return Err(Refusal::Full);
        }
        let id = u32::try_from(self.next_id()).map_err(|_| Refusal::Full)?;
        self.items.push(Item { id, text: words.0.clone(), done_by: None, done_at: None });
        Ok(Changed { kind: Kind::Added, id, before: None, text: words.0.clone() })
    }

    /// Above every number that was ever given, those of items that went among them: the version counts the changes that gave them.
    fn next_id(&self) -> i64 {
        self.items.iter().map(|item| i64::from(item.id)).fold(self.version, i64::max).saturating_add(1)
    }

    fn place(&self, id: u32) -> Result<usize, Refusal> {
        self.items.iter().position(|item| item.id == id).ok_or(Refusal::NotFound)
    }

    fn item(&mut self, id: u32) -> Result<&mut Item, Refusal> {
        self.items.iter_mut().find(|item| item.id == id).ok_or(Refusal::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who() -> UserId {
        UserId::parse(&format!("usr_{}", "a".repeat(32))).unwrap()
    }

    fn now() -> DateTime<Utc> {
        "2026-03-02T07:00:00Z".parse().unwrap()
    }

    fn words(text: &str) -> Words {
        Words::parse(text).unwrap()
    }

    fn list(texts: &[&str]) -> Checklist {
        let mut list = Checklist::default();
        for text in texts {
            list.apply(&Change::Add(words(text)), &who(), now()).unwrap();
        }
        list
    }

    fn order(list: &Checklist) -> String {
        list.items.iter().map(|item| item.text.as_str()).collect()
    }

    #[test]
    fn items_go_to_any_place_and_the_others_keep_their_order() {
        for (id, to, wanted) in [(1, 2, "bca"), (3, 0, "cab"), (2, 9, "acb"), (2, 0, "bac")] {
            let mut list = list(&["a", "b", "c"]);
            assert_eq!(list.apply(&Change::Move(id, to), &who(), now()).unwrap().unwrap().kind, Kind::Moved);
            assert_eq!(order(&list), wanted);
        }
        let mut list = list(&["a", "b"]);
        assert_eq!(list.apply(&Change::Move(2, 5), &who(), now()), Ok(None), "it is the last already");
    }

    #[test]
    fn what_is_done_says_who_and_when_and_can_be_opened_again() {
        let mut list = list(&["a", "b"]);
        list.apply(&Change::Tick(2, true), &who(), now()).unwrap().unwrap();
        assert_eq!((list.done(), list.items[1].done_by.clone(), list.items[1].done_at), (1, Some(who()), Some(now())));
        assert_eq!(list.apply(&Change::Tick(2, true), &who(), now()), Ok(None), "done is done");
        assert_eq!(list.apply(&Change::Tick(2, false), &who(), now()).unwrap().unwrap().kind, Kind::Reopened);
        assert_eq!((list.done(), list.items[1].done_by.clone()), (0, None));
    }

    #[test]
    fn an_id_is_not_given_again_and_a_lost_item_is_said_to_be_lost() {
        let mut list = list(&["a", "b"]);
        list.apply(&Change::Remove(1), &who(), now()).unwrap();
        assert_eq!(list.apply(&Change::Add(words("c")), &who(), now()).unwrap().unwrap().id, 3);
        for change in [Change::Remove(1), Change::Tick(1, true), Change::Move(1, 0), Change::Edit(1, words("x"))] {
            assert_eq!(list.apply(&change, &who(), now()), Err(Refusal::NotFound));
        }
    }

    #[test]
    fn the_number_of_the_last_item_is_not_given_again_either_however_many_came_at_once() {
        let mut list = list(&["a", "b", "c"]);
        list.version = list.next_version();
        for wanted in [5, 7, 9] {
            let gone = list.items.last().unwrap().id;
            list.apply(&Change::Remove(gone), &who(), now()).unwrap();
            list.version = list.next_version();
            assert_eq!(list.apply(&Change::Add(words("d")), &who(), now()).unwrap().unwrap().id, wanted);
            list.version = list.next_version();
            assert_eq!(list.apply(&Change::Tick(gone, true), &who(), now()), Err(Refusal::NotFound));
        }
    }

    #[test]
    fn a_list_has_an_end() {
        let mut full = list(&["a"; ITEMS_MAX]);
        assert_eq!(full.apply(&Change::Add(words("b")), &who(), now()), Err(Refusal::Full));
        assert!(Words::parse(" \n").is_err() && Words::parse(&"x".repeat(ITEM_CHARS_MAX + 1)).is_err());
        assert_eq!(words(" a\n b ").0, "a b");
    }
}
