//! Members of the desk who are named in a note: links of Markdown, `[@Anna](mention:usr_...)`, made by the composer or a program.

use crate::id::UserId;

/// One mention in a text: where it stands, whom it names.
struct Found<'a> {
    before: &'a str,
    name: &'a str,
    user: UserId,
    after: &'a str,
}

/// The first mention of a text.
fn first(text: &str) -> Option<Found<'_>> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find("](mention:")?;
        let (head, tail) = (text.get(..at)?, text.get(at + "](mention:".len()..)?);
        let end = tail.find(')');
        let user = end.and_then(|end| UserId::parse(tail.get(..end)?).ok());
        let open = head.rfind('[');
        if let (Some(user), Some(end), Some(open)) = (user, end, open) {
            let name = head.get(open + 1..)?;
            return Some(Found { before: head.get(..open)?, name, user, after: tail.get(end + 1..)? });
        }
        from = at + 1;
    }
}

/// Whom a text names, each once, in the order of first mention.
pub fn mentioned(markdown: &str) -> Vec<UserId> {
    let mut users = Vec::new();
    let mut left = markdown;
    while let Some(found) = first(left) {
        if !users.contains(&found.user) {
            users.push(found.user);
        }
        left = found.after;
    }
    users
}

/// The text with names in place of the links: for readers of plain text.
pub fn as_names(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut left = markdown;
    while let Some(found) = first(left) {
        out.push_str(found.before);
        out.push_str(found.name);
        left = found.after;
    }
    out.push_str(left);
    out
}

#[cfg(test)]
mod tests {
    use super::{as_names, mentioned};

    const ANNA: &str = "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b";
    const BORIS: &str = "usr_0190f5b2c3d47e8f9a0b1c2d3e4f5a6c";

    #[test]
    fn people_are_found_once_each_and_read_as_names() {
        let text = format!("Ask [@Anna](mention:{ANNA}), [@Boris](mention:{BORIS}) or [@Anna K.](mention:{ANNA})!");
        let found: Vec<String> = mentioned(&text).iter().map(ToString::to_string).collect();
        assert_eq!(found, [ANNA, BORIS]);
        assert_eq!(as_names(&text), "Ask @Anna, @Boris or @Anna K.!");
    }

    #[test]
    fn what_only_looks_like_a_mention_stays_as_it_is() {
        for text in ["[x](mention:nobody)", "](mention:", "[@a](mention:usr_1", "mail@example.com", "[a](https://b)"] {
            assert!(mentioned(text).is_empty(), "{text}");
            assert_eq!(as_names(text), text);
        }
        let text = format!("[a](mention:x) [@Anna](mention:{ANNA})");
        assert_eq!(mentioned(&text).len(), 1);
        assert_eq!(as_names(&text), "[a](mention:x) @Anna");
    }
}
