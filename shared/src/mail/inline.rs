//! Where the pictures of a mail stand in its text.
//!
//! Mail programs leave marks in plain text: `[cid:image001.png@01D9]` names a part by its Content-ID, `[image: chart.png]` by its name. Text
//! that is made of HTML gets marks of the first kind ([`super::sanitize::mark_pictures`]), for parts that the mail has.

/// How a mark names a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark<'a> {
    /// By the Content-ID of its part, without brackets.
    Id(&'a str),
    /// By the name of its file.
    Name(&'a str),
}

/// Bytes of a mark between its brackets, at most: nobody looks further for its end.
const MARK_BYTES_MAX: usize = 600;

impl<'a> Mark<'a> {
    fn read(inner: &'a str) -> Option<Self> {
        let id = inner.strip_prefix("cid:").map(|id| Self::Id(id.trim()));
        id.or_else(|| inner.strip_prefix("image: ").map(|name| Self::Name(name.trim())))
    }
}

/// The text with what `said` answers in the place of each mark; where it answers nothing the mark stays. Linear in the text.
pub fn replaced(text: &str, mut said: impl FnMut(Mark<'_>) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut left = text;
    while let Some((before, after)) = left.split_once('[') {
        out.push_str(before);
        let near = after.get(..after.floor_char_boundary(MARK_BYTES_MAX)).unwrap_or_default();
        let inner = near.split_once(']').map(|(inner, _)| inner);
        if let Some((length, words)) = inner.and_then(|inner| Some((inner.len() + 1, said(Mark::read(inner)?)?))) {
            out.push_str(&words);
            left = after.get(length..).unwrap_or_default();
        } else {
            out.push('[');
            left = after;
        }
    }
    out.push_str(left);
    out
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
}
