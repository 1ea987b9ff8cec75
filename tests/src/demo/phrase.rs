//! Filling a sentence of the corpus with the facts of one ticket.
//!
//! A sentence may hold `{slot}` (a fact), `{count:строка,строки,строк}` (a number with its noun in the right form),
//! `[обнаружил/обнаружила]` (the speaker's gender) and `\n` (a new line). Nothing of this may survive into the text.

use super::{Gender, Language};

/// Where the values of slots come from.
pub trait Facts {
    /// The text of a slot, or nothing if there is no such fact.
    fn text(&self, slot: &str) -> Option<String>;
    /// The number of a slot that stands before a noun.
    fn number(&self, slot: &str) -> Option<i64>;
    /// The language of the sentence.
    fn language(&self) -> Language;
}

/// Fills `template`. A slot that `facts` do not know stays as `{slot}`, which the tests of the corpus refuse.
pub fn fill(template: &str, facts: &dyn Facts, speaker: Gender) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(at) = rest.find(['{', '[', '\\']) {
        let (before, tail) = rest.split_at(at);
        push(&mut out, before);
        if let Some(inner) = tail.strip_prefix('{').and_then(|t| t.split_once('}')) {
            out.push_str(&slot(inner.0, facts).unwrap_or_else(|| format!("{{{}}}", inner.0)));
            rest = inner.1;
        } else if let Some(inner) = tail.strip_prefix('[').and_then(|t| t.split_once(']')) {
            let (he, she) = inner.0.split_once('/').unwrap_or((inner.0, inner.0));
            out.push_str(if speaker == Gender::Female { she } else { he });
            rest = inner.1;
        } else if let Some(after) = tail.strip_prefix("\\n") {
            out.push('\n');
            rest = after;
        } else {
            let mut chars = tail.chars();
            out.extend(chars.next());
            rest = chars.as_str();
        }
    }
    push(&mut out, rest);
    out
}

/// Appends plain text. The full stop of an abbreviation (`руб.`) also ends its sentence.
fn push(out: &mut String, text: &str) {
    let doubled = out.ends_with('.') && text.starts_with('.') && !text.starts_with("..");
    out.push_str(if doubled { text.trim_start_matches('.') } else { text });
}

fn slot(inner: &str, facts: &dyn Facts) -> Option<String> {
    match inner.split_once(':') {
        None => facts.text(inner),
        Some((name, forms)) => {
            let number = facts.number(name)?;
            let forms: Vec<&str> = forms.split(',').collect();
            let form = forms.get(plural_form(facts.language(), number, forms.len())).or(forms.last())?;
            Some(format!("{number} {form}"))
        }
    }
}

/// Which form of a noun goes with a number: Russian one/few/many, English one/other.
fn plural_form(language: Language, number: i64, forms: usize) -> usize {
    if language != Language::Ru || forms < 3 {
        return usize::from(number != 1);
    }
    match (number % 10, number % 100) {
        (_, 11..=14) => 2,
        (1, _) => 0,
        (2..=4, _) => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Three(i64, Language);
    impl Facts for Three {
        fn text(&self, slot: &str) -> Option<String> {
            (slot == "inv").then(|| "СФ-001245".to_owned())
        }
        fn number(&self, slot: &str) -> Option<i64> {
            (slot == "count").then_some(self.0)
        }
        fn language(&self) -> Language {
            self.1
        }
    }

    #[test]
    fn nouns_agree_with_their_numbers() {
        let text = |n, language| fill("{count:строка,строки,строк}", &Three(n, language), Gender::Male);
        assert_eq!(text(1, Language::Ru), "1 строка");
        assert_eq!(text(22, Language::Ru), "22 строки");
        assert_eq!(text(12, Language::Ru), "12 строк");
        assert_eq!(text(111, Language::Ru), "111 строк");
        let text = |n| fill("{count:line,lines}", &Three(n, Language::En), Gender::Male);
        assert_eq!((text(1), text(5)), ("1 line".into(), "5 lines".into()));
    }

    #[test]
    fn a_speaker_speaks_in_the_own_gender() {
        let facts = Three(1, Language::Ru);
        assert_eq!(fill("Я [провёл/провела] {inv}.\\nЖду.", &facts, Gender::Female), "Я провела СФ-001245.\nЖду.");
        assert_eq!(fill("Я [провёл/провела] {inv}.", &facts, Gender::Male), "Я провёл СФ-001245.");
    }
}
