//! Words of a text as the full-text index keeps them, and words of a search as the index is asked.
//!
//! Each word is lower-cased and stemmed by the rules of its script (Russian, English, Arabic), on both sides alike, so that
//! "накладной" finds "накладная". The index itself knows nothing of languages.

use rust_stemmers::{Algorithm, Stemmer};

/// Bytes of a text that are indexed at most: a pasted log must not fill the index.
const INDEXED_BYTES_MAX: usize = 48 * 1024;
/// Words of a search at most.
const QUERY_WORDS_MAX: usize = 12;
/// Characters of a word at most; longer ones (hashes, base64) are cut, equally on both sides.
const WORD_CHARS_MAX: usize = 40;

/// The text as the index keeps it: stems, separated by blanks.
pub fn indexed(text: &str) -> String {
    let stemmers = Stemmers::new();
    let mut out = String::with_capacity(text.len().min(INDEXED_BYTES_MAX));
    for word in words(text) {
        if out.len() >= INDEXED_BYTES_MAX {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&stemmers.stem(&word));
    }
    out
}

/// The FTS5 expression that finds every word of `query` within the tenant's rows, the last one also as a beginning.
/// `columns` are the columns that the actor may search. `None` when there is no word in it.
///
/// Only letters and digits reach the expression, each word in quotes: nothing of the query is read as syntax.
pub fn match_expression(scope: &str, columns: &str, query: &str) -> Option<String> {
    let stemmers = Stemmers::new();
    let words: Vec<String> = words(query).take(QUERY_WORDS_MAX).map(|word| stemmers.stem(&word)).collect();
    let (last, rest) = words.split_last()?;
    let mut terms: Vec<String> = rest.iter().map(|word| format!("\"{word}\"")).collect();
    terms.push(format!("\"{last}\"*"));
    Some(format!("scope : \"{scope}\" AND {{{columns}}} : ({})", terms.join(" AND ")))
}

/// What is looked for when somebody writes the title of a new ticket: the stems of its words, those apart that are too short to say
/// anything.
pub struct Likeness {
    stems: Vec<String>,
}

/// Letters of a word that says something.
const TELLING_CHARS_MIN: usize = 3;

impl Likeness {
    /// Of a title, or of its beginning. `None` while there is no word that says something.
    pub fn to(title: &str) -> Option<Self> {
        let stemmers = Stemmers::new();
        let mut stems: Vec<String> = Vec::new();
        for word in words(title).filter(|word| word.chars().count() >= TELLING_CHARS_MIN) {
            let stem = stemmers.stem(&word);
            if stems.len() < QUERY_WORDS_MAX && !stems.contains(&stem) {
                stems.push(stem);
            }
        }
        (!stems.is_empty()).then_some(Self { stems })
    }

    /// The FTS5 expression that finds the tenant's tickets with one of the words in their title, or with all of them anywhere that clients
    /// read; the last word also as a beginning, for it may not be written to its end.
    pub fn expression(&self, scope: &str) -> String {
        let last = self.stems.len().saturating_sub(1);
        let terms: Vec<String> = self
            .stems
            .iter()
            .enumerate()
            .map(|(index, stem)| if index == last { format!("\"{stem}\"*") } else { format!("\"{stem}\"") })
            .collect();
        format!("scope : \"{scope}\" AND ({{title}} : ({}) OR {{title body}} : ({}))", terms.join(" OR "), terms.join(" AND "))
    }

    /// How many of the words a found title has.
    pub fn words_of(&self, title: &str) -> usize {
        let found = indexed(title);
        let mut stems = self.stems.iter().peekable();
        let mut count = 0;
        while let Some(stem) = stems.next() {
            let is_last = stems.peek().is_none();
            let has = found.split(' ').any(|one| one == stem || (is_last && one.starts_with(stem.as_str())));
            count += usize::from(has);
        }
        count
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| {
        word.chars()
            .take(WORD_CHARS_MAX)
            .flat_map(char::to_lowercase)
            .map(|letter| if letter == 'ё' { 'е' } else { letter })
            .collect()
    })
}

struct Stemmers {
    russian: Stemmer,
    english: Stemmer,
    arabic: Stemmer,
}

impl Stemmers {
    fn new() -> Self {
        Self {
            russian: Stemmer::create(Algorithm::Russian),
            english: Stemmer::create(Algorithm::English),
            arabic: Stemmer::create(Algorithm::Arabic),
        }
    }

    fn stem(&self, word: &str) -> String {
        let stemmer = match word.chars().next() {
            Some('а'..='я') => &self.russian,
            Some('a'..='z') => &self.english,
            Some('\u{600}'..='\u{6ff}') => &self.arabic,
            _ => return word.to_owned(),
        };
        let stem = stemmer.stem(word);
        if stem.is_empty() { word.to_owned() } else { stem.into_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_any_of_its_forms() {
        assert_eq!(indexed("Накладные не проводятся"), indexed("накладная не проводятся"));
        assert_eq!(indexed("invoices"), indexed("Invoice"));
        assert_eq!(indexed("Отчёт"), indexed("отчет"));
    }

    #[test]
    fn nothing_of_a_query_is_read_as_syntax() {
        let expression = match_expression("aa", "title body", "\" OR scope : bb* NEAR(x) {notes} : -1").unwrap();
        assert_eq!(
            expression,
            "scope : \"aa\" AND {title body} : (\"or\" AND \"scope\" AND \"bb\" AND \"near\" AND \"x\" AND \"note\" AND \"1\"*)"
        );
        assert_eq!(match_expression("aa", "title", " -- \"\" "), None);
    }

    #[test]
    fn a_title_in_the_making_looks_for_its_telling_words_the_last_one_as_a_beginning() {
        let likeness = Likeness::to("Не печатается счёт на принт").unwrap();
        assert_eq!(
            likeness.expression("aa"),
            "scope : \"aa\" AND ({title} : (\"печата\" OR \"счет\" OR \"принт\"*) OR {title body} : (\"печата\" AND \"счет\" AND \"принт\"*))"
        );
        assert_eq!(likeness.words_of("Принтер не печатает счета"), 3);
        assert_eq!(likeness.words_of("Счёт без подписи"), 1);
        assert!(Likeness::to("не на и -- \"\"").is_none());
    }

    #[test]
    fn a_long_text_is_indexed_up_to_its_limit() {
        assert!(indexed(&"слово ".repeat(100_000)).len() <= INDEXED_BYTES_MAX + WORD_CHARS_MAX * 4);
    }
}
