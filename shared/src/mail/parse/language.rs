//! Which of our languages a mail is written in, told by its letters. Good enough to answer in.

use crate::i18n::Locale;
use mail_parser::{HeaderName, HeaderValue, Message};

/// Characters looked at: the top of a mail is what its writer wrote.
const SAMPLE_CHARS: usize = 2_000;
/// Fewer letters than this say nothing.
const LETTERS_MIN: usize = 8;

/// By Content-Language if it names one of ours, else by the script that most letters belong to.
pub(super) fn guess(message: &Message<'_>, subject: &str, text: &str) -> Option<Locale> {
    let declared = match message.header(HeaderName::ContentLanguage) {
        Some(HeaderValue::Text(tag)) => Locale::parse(tag),
        Some(HeaderValue::TextList(tags)) => tags.first().and_then(|tag| Locale::parse(tag)),
        _ => None,
    };
    declared.or_else(|| by_script(subject, text))
}

fn by_script(subject: &str, text: &str) -> Option<Locale> {
    let (mut latin, mut cyrillic, mut arabic) = (0usize, 0usize, 0usize);
    for c in subject.chars().chain(text.chars()).take(SAMPLE_CHARS) {
        match c {
            'a'..='z' | 'A'..='Z' => latin += 1,
            '\u{400}'..='\u{4ff}' => cyrillic += 1,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => arabic += 1,
            _ => {}
        }
    }
    // Names of programs, addresses and error texts are Latin in every language, so a third is enough.
    let letters = latin + cyrillic + arabic;
    if letters < LETTERS_MIN {
        None
    } else if cyrillic * 3 >= letters {
        Some(Locale::Ru)
    } else if arabic * 3 >= letters {
        Some(Locale::Ar)
    } else {
        Some(Locale::En)
    }
}

#[cfg(test)]
mod tests {
    use super::by_script;
    use crate::i18n::Locale;

    #[test]
    fn the_script_of_the_letters_tells_the_language() {
        assert_eq!(by_script("", "Добрый день, ошибка ORA-00942 при проводке"), Some(Locale::Ru));
        assert_eq!(by_script("", "مرحبا، لا يعمل النظام عند فتح الفاتورة"), Some(Locale::Ar));
        assert_eq!(by_script("", "The invoice cannot be posted"), Some(Locale::En));
        assert_eq!(by_script("42", "?"), None);
    }
}
