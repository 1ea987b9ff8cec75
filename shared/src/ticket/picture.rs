//! Pictures within a text: Markdown's own, `![name](attachment:att_...)`, put there by the composer.

use crate::id::AttachmentId;

/// Bytes within which the name of a file ends: more than an id has.
const FILE_BYTES_MAX: usize = 64;
/// Bytes before the file in which a picture begins: more than any name has.
const NAME_BYTES_MAX: usize = 1200;

/// A picture as it stands in a text.
pub fn of(file: &AttachmentId, name: &str) -> String {
    format!("![{}](attachment:{file})", name.replace(['[', ']', '\\'], "_"))
}

/// The next picture of a text: what stands before it, its name, its file, what stands after it. Linear in the text.
pub(crate) fn next(text: &str) -> Option<(&str, &str, AttachmentId, &str)> {
    const INNER: &str = "](attachment:";
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find(INNER)?;
        let (head, tail) = (text.get(..at)?, text.get(at + INNER.len()..)?);
        let file = |length: usize| AttachmentId::parse(tail.get(..length)?).ok();
        let found = tail.bytes().take(FILE_BYTES_MAX).position(|byte| byte == b')').and_then(|end| Some((end, file(end)?)));
        if let Some((end, file)) = found {
            let near = head.floor_char_boundary(head.len().saturating_sub(NAME_BYTES_MAX));
            if let Some(open) = head.get(near..)?.rfind("![").map(|open| near + open) {
                return Some((head.get(..open)?, head.get(open + 2..)?, file, tail.get(end + 1..)?));
            }
        }
        from = at + 1;
    }
}

/// The files that a text shows.
pub fn files(markdown: &str) -> Vec<AttachmentId> {
    let mut files = Vec::new();
    let mut left = markdown;
    while let Some((_, _, file, after)) = next(left) {
        files.push(file);
        left = after;
    }
    files
}

/// The words alone.
pub fn without(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut left = markdown;
    while let Some((before, _, _, after)) = next(left) {
        out.push_str(before);
        left = after;
    }
    out.push_str(left);
    out
}

/// The text for readers elsewhere: in place of a picture its name, as a link to where it can be seen, if there is such a place.
pub fn as_links(markdown: &str, url: Option<&str>) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut left = markdown;
    while let Some((before, name, _, after)) = next(left) {
        out.push_str(before);
        match url {
            Some(url) => out.extend(["[", name, "](", url, ")"]),
            None => out.push_str(name),
        }
        left = after;
    }
    out.push_str(left);
    out
}

#[cfg(test)]
mod tests {
    use super::{as_links, files, of, without};
    use crate::id::AttachmentId;

    const FILE: &str = "att_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b";

    #[test]
    fn pictures_are_found_and_told_elsewhere_by_their_names() {
        let text = format!("Look: ![screen.png](attachment:{FILE}) there");
        assert_eq!(files(&text).iter().map(ToString::to_string).collect::<Vec<_>>(), [FILE]);
        assert_eq!(as_links(&text, Some("https://a.example/t")), "Look: [screen.png](https://a.example/t) there");
        assert_eq!(as_links(&text, None), "Look: screen.png there");
        assert_eq!(without(&text), "Look:  there");
    }

    #[test]
    fn a_name_with_brackets_is_a_picture_all_the_same() {
        let text = of(&AttachmentId::parse(FILE).unwrap(), "a]b [1].png");
        assert_eq!(as_links(&format!("x {text} y"), None), "x a_b _1_.png y");
    }

    #[test]
    fn what_is_no_picture_stays() {
        for text in ["![x](attachment:1)", "](attachment:", "![a](https://b/c.png)"] {
            assert!(files(text).is_empty(), "{text}");
            assert_eq!(as_links(text, None), text);
        }
    }
}
