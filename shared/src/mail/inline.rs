//! Where the pictures of a mail stand in its text.
//!
//! Mail programs leave marks in plain text: `[cid:image001.png@01D9]` names a part by its Content-ID, `[image: chart.png]` by its name. Text
//! that is made of HTML gets marks of the first kind ([`super::sanitize::mark_pictures`]), for parts that the mail has.

use crate::marks;

/// How a mark names a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark<'a> {
    /// By the Content-ID of its part, without brackets.
    Id(&'a str),
    /// By the name of its file.
    Name(&'a str),
}

/// Bytes of what a mark says, at most: nobody looks further for its end.
const MARK_BYTES_MAX: usize = 600;

impl<'a> Mark<'a> {
    /// The mark that begins before this text, with its first bracket, and what stands after it. Its end is looked for where it has a
    /// beginning only.
    fn read(text: &'a str) -> Option<(Self, &'a str)> {
        let id = text.strip_prefix("cid:");
        let said = id.or_else(|| text.strip_prefix("image: "))?;
        let near = said.get(..said.floor_char_boundary(MARK_BYTES_MAX))?;
        let (inner, _) = near.split_once(']')?;
        let mark = if id.is_some() { Self::Id(inner.trim()) } else { Self::Name(inner.trim()) };
        Some((mark, said.get(inner.len() + 1..)?))
    }
}

/// The text with what `said` answers in the place of each mark; where it answers nothing the mark stays. Linear in the text.
pub fn replaced(text: &str, mut said: impl FnMut(Mark<'_>) -> Option<String>) -> String {
    marks::replaced(text, "[", |after| {
        let (mark, behind) = Mark::read(after)?;
        Some((said(mark)?, behind))
    })
}

/// The words alone.
pub fn without_marks(text: &str) -> String {
    replaced(text, |_| Some(String::new()))
}

#[cfg(test)]
mod tests {
    use super::{Mark, replaced, without_marks};

    #[test]
    fn marks_of_both_kinds_are_replaced_where_they_stand_and_others_stay() {
        let text = "[See] [cid:a@b] and [image: chart.png], [cid:other] [image:x] [";
        let said = replaced(text, |mark| match mark {
            Mark::Id("a@b") => Some("(one)".to_owned()),
            Mark::Name("chart.png") => Some("(two)".to_owned()),
            _ => None,
        });
        assert_eq!(said, "[See] (one) and (two), [cid:other] [image:x] [");
        assert_eq!(without_marks("Thank you!\n[cid:logo]"), "Thank you!\n");
    }

    #[test]
    fn a_mark_ends_near_its_beginning() {
        let text = |length| format!("[[cid:{}] [image: é]", "é".repeat(length));
        assert_eq!(without_marks(&text(299)), "[ ");
        assert_eq!(without_marks(&text(300)), text(300).replace("[image: é]", ""));
    }
}
