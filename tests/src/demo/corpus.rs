//! The written corpus: problem families and everyday phrases, kept as plain text beside this file.
//!
//! A family begins with `= key | department | category | module | weights | tags`; the four weights are the likelihoods of
//! critical, high, medium and low. A `!` after the key marks a family that comes as an incident (many people at once). Then
//! lines by their first letter: `T` title, `S` what happens, `D` detail, `Q` a question of the agent followed by its answers
//! `A`, `N` a diagnosis in an internal note followed by the resolutions `R` that fit it.
//!
//! A family has two cases: the first `S`, the first `A` of a question and the first `N` belong together, so do the second ones.
//! `T1` or `Q2` is said in that case only, a plain `T` or `Q` in both.

use super::Language;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One kind of problem that clients write about.
#[derive(Debug, Default)]
pub struct Family {
    /// Stable name, unique within its language; for the messages of the tests.
    pub key: &'static str,
    /// The department that ends up solving it.
    pub department: &'static str,
    /// Category of the ticket.
    pub category: &'static str,
    /// ERP module of the ticket.
    pub module: &'static str,
    /// Likelihoods of critical, high, medium, low.
    pub priorities: Vec<u32>,
    /// Tags it may carry.
    pub tags: Vec<&'static str>,
    /// Whether it may strike many clients at once.
    pub incident: bool,
    /// Titles.
    pub titles: Vec<InCase>,
    /// Opening sentences: what happens.
    pub symptoms: Vec<&'static str>,
    /// Details that go with any opening.
    pub details: Vec<&'static str>,
    /// Questions of the agent with the answers that fit.
    pub questions: Vec<(InCase, Vec<&'static str>)>,
    /// Causes found, with the resolutions that fit.
    pub causes: Vec<(&'static str, Vec<&'static str>)>,
}

/// A line that fits one case of its family, or every case.
#[derive(Debug, Clone, Copy)]
pub struct InCase {
    case: Option<usize>,
    /// The line.
    pub text: &'static str,
}

impl InCase {
    /// Whether the line may be said in a case.
    pub fn fits(self, case: usize) -> bool {
        self.case.is_none_or(|own| own == case)
    }
}

/// All that is written in one language.
#[derive(Debug, Default)]
pub struct Corpus {
    /// Problem families in the order of the files.
    pub families: Vec<Family>,
    phrases: BTreeMap<&'static str, Vec<&'static str>>,
    papers: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Corpus {
    /// The corpus of a language, parsed once.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Ru => &RU,
            Language::En => &EN,
            Language::Ar => &AR,
        }
    }

    /// The phrases of a section; empty if there is no such section.
    pub fn phrases(&self, section: &str) -> &[&'static str] {
        self.phrases.get(section).map_or(&[], Vec::as_slice)
    }

    /// The lines of a file, the first of which is its name; empty if there is no such file.
    pub fn paper(&self, section: &str) -> &[&'static str] {
        self.papers.get(section).map_or(&[], Vec::as_slice)
    }

    fn parse(families: &[&'static str], phrases: &[&'static str], papers: &'static str) -> Self {
        let mut corpus = Self { papers: sheets(papers), ..Self::default() };
        for text in families {
            for line in text.lines().map(str::trim) {
                corpus.take(line);
            }
        }
        let mut section = "";
        for line in phrases.iter().flat_map(|text| text.lines()).map(str::trim).filter(|line| !line.is_empty()) {
            match line.strip_prefix("# ") {
                Some(name) => section = name,
                None => corpus.phrases.entry(section).or_default().push(line),
            }
        }
        corpus
    }

    fn take(&mut self, line: &'static str) {
        let Some((mark, text)) = line.split_once(' ') else { return };
        if mark == "=" {
            self.families.push(header(text));
            return;
        }
        let Some(family) = self.families.last_mut() else { return };
        let (letter, case) = mark.split_at_checked(1).unwrap_or((mark, ""));
        let line = InCase { case: case.parse::<usize>().ok().and_then(|nth| nth.checked_sub(1)), text };
        match letter {
            "T" => family.titles.push(line),
            "S" => family.symptoms.push(text),
            "D" => family.details.push(text),
            "Q" => family.questions.push((line, Vec::new())),
            "A" => family.questions.last_mut().into_iter().for_each(|q| q.1.push(text)),
            "N" => family.causes.push((text, Vec::new())),
            "R" => family.causes.last_mut().into_iter().for_each(|c| c.1.push(text)),
            _ => {}
        }
    }
}

/// Files as they are written: every line counts, but for the empty ones at the end.
fn sheets(text: &'static str) -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut sheets: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut section = "";
    for line in text.lines() {
        match line.strip_prefix("# ") {
            Some(name) => section = name,
            None => sheets.entry(section).or_default().push(line),
        }
    }
    for lines in sheets.values_mut() {
        while lines.last().is_some_and(|line| line.is_empty()) {
            lines.pop();
        }
    }
    sheets
}

fn header(text: &'static str) -> Family {
    let mut parts = text.split('|').map(str::trim);
    let mut next = || parts.next().unwrap_or_default();
    let (key, incident) = match next() {
        marked if marked.ends_with('!') => (marked.trim_end_matches(['!', ' ']), true),
        plain => (plain, false),
    };
    Family {
        key,
        incident,
        department: next(),
        category: next(),
        module: next(),
        priorities: next().split_whitespace().filter_map(|w| w.parse().ok()).collect(),
        tags: next().split(',').map(str::trim).filter(|t| !t.is_empty()).collect(),
        ..Family::default()
    }
}

static RU: LazyLock<Corpus> = LazyLock::new(|| {
    Corpus::parse(
        &[include_str!("text/ru_trade.txt"), include_str!("text/ru_finance.txt"), include_str!("text/ru_technical.txt")],
        &[include_str!("text/ru_phrases.txt"), include_str!("text/ru_mail.txt")],
        include_str!("text/ru_papers.txt"),
    )
});
static EN: LazyLock<Corpus> = LazyLock::new(|| {
    Corpus::parse(
        &[include_str!("text/en_trade.txt"), include_str!("text/en_finance.txt"), include_str!("text/en_technical.txt")],
        &[include_str!("text/en_phrases.txt"), include_str!("text/en_mail.txt")],
        include_str!("text/en_papers.txt"),
    )
});
static AR: LazyLock<Corpus> = LazyLock::new(|| {
    Corpus::parse(
        &[include_str!("text/ar_families.txt")],
        &[include_str!("text/ar_phrases.txt"), include_str!("text/ar_mail.txt")],
        include_str!("text/ar_papers.txt"),
    )
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{CATEGORIES, DEPARTMENTS, MODULES};
    use std::collections::BTreeSet;

    #[test]
    fn each_language_has_its_breadth_of_problems() {
        let count = |language| Corpus::of(language).families.len();
        assert!(count(Language::Ru) >= 60, "ru has {}", count(Language::Ru));
        assert!(count(Language::En) >= 60, "en has {}", count(Language::En));
        assert!(count(Language::Ar) >= 25, "ar has {}", count(Language::Ar));
    }

    #[test]
    fn thanks_are_nothing_but_thanks() {
        for language in [Language::Ru, Language::En, Language::Ar] {
            for thanks in Corpus::of(language).phrases("thanks") {
                assert!(shared::sla::is_thanks_only(thanks), "would wake the ticket up: {thanks}");
            }
        }
    }

    #[test]
    fn every_family_can_tell_a_whole_story() {
        for language in [Language::Ru, Language::En, Language::Ar] {
            let mut keys = BTreeSet::new();
            for family in &Corpus::of(language).families {
                let key = family.key;
                assert!(keys.insert(key), "{key} twice");
                assert!(DEPARTMENTS.contains(&family.department), "{key}: {}", family.department);
                assert!(CATEGORIES.contains(&family.category), "{key}: {}", family.category);
                assert!(MODULES.contains(&family.module), "{key}: {}", family.module);
                assert_eq!(family.priorities.len(), 4, "{key}");
                assert!(!family.tags.is_empty(), "{key}");
                assert!(family.titles.len() >= 2, "{key}: titles");
                assert_eq!((family.symptoms.len(), family.causes.len()), (2, 2), "{key}: two cases");
                assert!((0..2).all(|case| family.titles.iter().any(|t| t.fits(case))), "{key}: a case has no title");
                assert!(!family.details.is_empty(), "{key}: details");
                assert!(!family.questions.is_empty() && family.questions.iter().all(|q| !q.1.is_empty()), "{key}: questions");
                assert!(family.causes.iter().all(|c| !c.1.is_empty()), "{key}: causes");
            }
        }
    }
}
