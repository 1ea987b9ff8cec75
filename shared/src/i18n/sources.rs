//! The messages of a language as they are written, for people who put their own in place of them.

use super::{Locale, sources};

/// One message or attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `key` or `key.attribute`.
    pub key: String,
    /// Its pattern, without the indentation of the file.
    pub text: String,
}

/// Every message and attribute of a language, in the order of their keys. They are read by their lines, as the files are laid out: a
/// message begins at the margin, its attributes and the rest of it do not.
pub fn entries(locale: Locale) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    for (_, source) in sources(locale) {
        let mut message = "";
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            let at_margin = line.starts_with(|first: char| first.is_ascii_alphabetic());
            let attribute = line.trim_start().strip_prefix('.').filter(|_| line.starts_with(' '));
            if let Some((key, text)) = line.split_once('=').filter(|_| at_margin) {
                message = key.trim();
                found.push(Entry { key: message.to_owned(), text: text.trim().to_owned() });
            } else if let Some((name, text)) = attribute.and_then(|rest| rest.split_once('=')) {
                found.push(Entry { key: format!("{message}.{}", name.trim()), text: text.trim().to_owned() });
            } else if let Some(last) = found.last_mut().filter(|_| !line.trim().is_empty()) {
                let line = line.strip_prefix("    ").unwrap_or(line);
                last.text.push('\n');
                last.text.push_str(line.trim_end());
            }
        }
    }
    // A message of attributes alone says nothing by itself, and one that is made of others is said by those.
    found.retain(|entry| !entry.text.is_empty() && !is_made_of_others(&entry.text));
    found.sort_by(|one, other| one.key.cmp(&other.key));
    found
}

/// Whether a text asks for other messages, by their names in braces.
fn is_made_of_others(text: &str) -> bool {
    text.split('{').skip(1).any(|inside| inside.trim_start().starts_with(|first: char| first.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::super::{has, own};
    use super::*;

    #[test]
    fn every_message_is_there_as_it_can_be_written_again() {
        for locale in Locale::ALL {
            let entries = entries(locale);
            assert!(entries.len() > 1_000, "{}", entries.len());
            for entry in &entries {
                assert!(has(locale, &entry.key), "{}", entry.key);
                assert_eq!(own::check(&entry.text, &entry.text), Ok(()), "{locale} {}: {}", entry.key, entry.text);
            }
        }
    }
}
