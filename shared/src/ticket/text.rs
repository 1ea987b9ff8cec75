//! Texts that people type: title, body, tag. Parsed at the door, valid ever after.

use crate::error::FieldError;
use crate::limits::{TAG_CHARS_MAX, TAGS_MAX, TEXT_BYTES_MAX, TITLE_CHARS_MAX};

/// A ticket's title: one line, not empty, at most [`TITLE_CHARS_MAX`] characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    /// Folds blanks and line breaks into single spaces and drops control characters.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldError> {
        let line = one_line(text);
        if line.is_empty() {
            return Err(FieldError::new(field, "required"));
        }
        if line.chars().count() > TITLE_CHARS_MAX {
            return Err(FieldError::new(field, "too_long").arg("maximum", TITLE_CHARS_MAX));
        }
        Ok(Self(line))
    }

    /// For mail subjects: whatever comes becomes a title. Too long is cut; an empty one gives `None`.
    pub fn cut(text: &str) -> Option<Self> {
        let line: String = one_line(text).chars().take(TITLE_CHARS_MAX).collect();
        let line = line.trim_end().to_owned();
        (!line.is_empty()).then_some(Self(line))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A description or comment: not empty, at most [`TEXT_BYTES_MAX`] bytes of UTF-8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body(String);

impl Body {
    /// Keeps the text as typed, with line ends as `\n`, without control characters and blanks at the ends.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldError> {
        let clean = cleaned(text);
        if clean.is_empty() {
            return Err(FieldError::new(field, "required"));
        }
        if clean.len() > TEXT_BYTES_MAX {
            return Err(FieldError::new(field, "too_long").arg("maximum", TEXT_BYTES_MAX));
        }
        Ok(Self(clean))
    }

    /// For mails: too long is cut at a character, and the second value says so; an empty one gives `None`.
    pub fn cut(text: &str) -> Option<(Self, bool)> {
        let mut clean = cleaned(text);
        let too_long = clean.len() > TEXT_BYTES_MAX;
        if too_long {
            clean.truncate(clean.floor_char_boundary(TEXT_BYTES_MAX));
        }
        (!clean.is_empty()).then_some((Self(clean), too_long))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A tag: lower case, at most [`TAG_CHARS_MAX`] characters, letters and digits of any script with `- _ . : /` and
/// single spaces inside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(String);

impl Tag {
    /// Trims, folds blanks, lower-cases; refuses what is left over.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldError> {
        let tag = one_line(text).to_lowercase();
        if tag.is_empty() {
            return Err(FieldError::new(field, "required"));
        }
        if tag.chars().count() > TAG_CHARS_MAX {
            return Err(FieldError::new(field, "too_long").arg("maximum", TAG_CHARS_MAX));
        }
        // A letter may be written as base and mark (Й as И and U+0306), so marks pass with the letters.
        let good = |c: char| c.is_alphanumeric() || is_mark(c) || " -_.:/".contains(c);
        if !tag.chars().all(good) || !tag.chars().any(char::is_alphanumeric) {
            return Err(FieldError::new(field, "bad_tag"));
        }
        Ok(Self(tag))
    }

    /// A whole list: each is parsed under `field[i]`, repeated ones count once, the order of first mention stays.
    pub fn parse_all(field: &str, texts: &[String]) -> Result<Vec<Self>, Vec<FieldError>> {
        let mut tags: Vec<Self> = Vec::new();
        let mut faults = Vec::new();
        for (index, text) in texts.iter().enumerate().take(TAGS_MAX * 2) {
            match Self::parse(&format!("{field}[{index}]"), text) {
                Ok(tag) if tags.contains(&tag) => {}
                Ok(tag) => tags.push(tag),
                Err(fault) => faults.push(fault),
            }
        }
        if tags.len() > TAGS_MAX || texts.len() > TAGS_MAX * 2 {
            faults.push(FieldError::new(field, "too_many").arg("maximum", TAGS_MAX));
        }
        if faults.is_empty() { Ok(tags) } else { Err(faults) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Combining marks of the scripts that we meet, and Arabic vowel signs.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{064b}'..='\u{0652}' | '\u{0670}')
}

/// Characters that turn the direction of the text around them, and other invisible ones that only deceive.
fn is_deceptive(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn one_line(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_deceptive(*c) && (c.is_whitespace() || !c.is_control())).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cleaned(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let clean: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || is_deceptive(*c))).collect();
    clean.trim_matches('\n').trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_and_not_empty() {
        assert_eq!(Title::parse("title", "  Не  проводится\r\n документ\0 ").unwrap().as_str(), "Не проводится документ");
        assert_eq!(Title::parse("title", " \n\t ").unwrap_err().code, "required");
        assert_eq!(Title::parse("title", &"я".repeat(201)).unwrap_err().code, "too_long");
        assert!(Title::parse("title", &"я".repeat(200)).is_ok());
        assert_eq!(Title::cut(&"я".repeat(300)).unwrap().as_str().chars().count(), 200);
        assert_eq!(Title::cut(" \u{202e} "), None);
    }

    #[test]
    fn a_body_keeps_its_lines_and_loses_its_control_characters() {
        assert_eq!(Body::parse("body", "\r\na\r\n\tb\u{0}\u{7}c\n\n ").unwrap().as_str(), "a\n\tbc");
        assert_eq!(Body::parse("body", " \n ").unwrap_err().code, "required");
        assert_eq!(Body::parse("body", &"a".repeat(TEXT_BYTES_MAX + 1)).unwrap_err().code, "too_long");
        let (cut, too_long) = Body::cut(&"я".repeat(TEXT_BYTES_MAX)).unwrap();
        assert_eq!((cut.as_str().len(), too_long), (TEXT_BYTES_MAX, true));
        assert_eq!(Body::cut("short").map(|(_, too_long)| too_long), Some(false));
    }

    #[test]
    fn tags_are_compared_in_lower_case_and_listed_once() {
        let tags =
            Tag::parse_all("tags", &["  Счёт-Фактура ".to_owned(), "счёт-фактура".to_owned(), "1C:ERP".to_owned()]).unwrap();
        assert_eq!(tags.iter().map(Tag::as_str).collect::<Vec<_>>(), ["счёт-фактура", "1c:erp"]);
    }

    #[test]
    fn a_tag_that_is_no_tag_is_named_by_its_place() {
        let faults = Tag::parse_all("tags", &["ok".to_owned(), "<b>".to_owned(), String::new()]).unwrap_err();
        assert_eq!(
            faults.iter().map(|f| (f.field.as_str(), f.code)).collect::<Vec<_>>(),
            [("tags[1]", "bad_tag"), ("tags[2]", "required")]
        );
        let many: Vec<String> = (0..31).map(|n| format!("t{n}")).collect();
        assert_eq!(Tag::parse_all("tags", &many).unwrap_err()[0].code, "too_many");
    }
}
