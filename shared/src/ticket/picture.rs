//! Pictures within a text: Markdown's own, `![name](attachment:att_...)`, put there by the composer.

use crate::id::AttachmentId;

/// The next picture of a text: what stands before it, its name, its file, what stands after it.
fn next(text: &str) -> Option<(&str, &str, AttachmentId, &str)> {
    const INNER: &str = "](attachment:";
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find(INNER)?;
        let (head, tail) = (text.get(..at)?, text.get(at + INNER.len()..)?);
        let end = tail.find(')');
        let file = end.and_then(|end| AttachmentId::parse(tail.get(..end)?).ok());
        if let (Some(open), Some(end), Some(file)) = (head.rfind("!["), end, file) {
            return Some((head.get(..open)?, head.get(open + 2..)?, file, tail.get(end + 1..)?));
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
    use super::{as_links, files};

    const FILE: &str = "att_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b";

    #[test]
    fn pictures_are_found_and_told_elsewhere_by_their_names() {
        let text = format!("Look: ![screen.png](attachment:{FILE}) there");
        assert_eq!(files(&text).iter().map(ToString::to_string).collect::<Vec<_>>(), [FILE]);
        assert_eq!(as_links(&text, Some("https://a.example/t")), "Look: [screen.png](https://a.example/t) there");
        assert_eq!(as_links(&text, None), "Look: screen.png there");
    }

    #[test]
    fn what_is_no_picture_stays() {
        for text in ["![x](attachment:1)", "](attachment:", "![a](https://b/c.png)"] {
            assert!(files(text).is_empty(), "{text}");
            assert_eq!(as_links(text, None), text);
        }
    }
}
