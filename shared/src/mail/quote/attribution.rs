//! "On Monday, Anna <a@b.c> wrote:" in the languages of the mail clients that we have met.

use super::Kind;

/// An attribution is broken over at most so many lines.
const LINES_MAX: usize = 4;
/// A longer paragraph is prose.
const BYTES_MAX: usize = 500;

/// Words that say "wrote", wherever the language puts them. Lower case.
const WROTE: [&str; 50] = [
    "wrote",
    "writes",
    "schrieb",
    "a écrit",
    "a ecrit",
    "écrit",
    "escribió",
    "escribio",
    "escrito:",
    "ha scritto",
    "scrive",
    "escreveu",
    "escreveu",
    "schreef",
    "geschreven",
    "napisał",
    "napisal",
    "pisze",
    "написал",
    "пишет",
    "писал",
    "написав",
    "пише",
    "напіса",
    "написа",
    "yazdı",
    "yazdi",
    "写道",
    "寫道",
    "写道",
    "書きました",
    "のメール",
    "님이",
    "작성",
    "كتب",
    "كتابة",
    "כתב",
    "skrev",
    "kirjoitti",
    "έγραψε",
    "napsal",
    "napísal",
    "írta",
    "a scris",
    "viết",
    "menulis",
    "เขียน",
    "ने लिखा",
    "жазды",
    "yozdi",
];

/// How an attribution begins where the verb is common in prose. Lower case.
const OPENERS: [&str; 42] = [
    "on ",
    "am ",
    "le ",
    "el ",
    "il ",
    "em ",
    "op ",
    "dnia ",
    "w dniu ",
    "den ",
    "på ",
    "pe ",
    "dne ",
    "dňa ",
    "vào ",
    "pada ",
    "в ",
    "от ",
    "на ",
    "у ",
    "пн",
    "вт",
    "ср",
    "чт",
    "пт",
    "сб",
    "вс",
    "нд",
    "понедельник",
    "вторник",
    "среда",
    "четверг",
    "пятница",
    "суббота",
    "воскресенье",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Signs strong enough to cut off everything after: a paragraph of its own that ends with a colon and
/// either has an address in angle brackets and a date with a time, or says "wrote" with a date.
/// Returns the index after its last line.
pub(super) fn certain(lines: &[&str], kinds: &[Kind], at: usize) -> Option<usize> {
    let paragraph_begins = at == 0 || kinds.get(at - 1).is_some_and(|kind| *kind != Kind::New);
    if !paragraph_begins {
        return None;
    }
    find(lines, kinds, at, |text, lower| {
        let dated = has_time(text) && digits(text) >= 5;
        let named = has_bracketed_address(text);
        let spoken = says_wrote(lower);
        (named && dated) || (spoken && digits(text) >= 4 && (named || dated || opens(text, lower)))
    })
}

/// Signs that are enough when a quoted line follows at once.
pub(super) fn likely(lines: &[&str], kinds: &[Kind], at: usize) -> Option<usize> {
    find(lines, kinds, at, |text, lower| {
        let dated = digits(text) >= 3;
        says_wrote(lower) && (dated || text.contains('@') || text.chars().count() < 80)
            || dated && text.contains('@')
            || dated && has_time(text) && text.chars().count() < 120
    })
}

/// Joins up to [`LINES_MAX`] lines from `at` until one ends with a colon, and asks `enough`.
fn find(lines: &[&str], kinds: &[Kind], at: usize, enough: impl Fn(&str, &str) -> bool) -> Option<usize> {
    let mut text = String::new();
    for (offset, line) in lines.iter().skip(at).take(LINES_MAX).enumerate() {
        if kinds.get(at + offset) != Some(&Kind::New) {
            return None;
        }
        let line = line.trim();
        if text.len() + line.len() > BYTES_MAX {
            return None;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line);
        if text.trim_end_matches(is_mark).ends_with([':', '：']) {
            return enough(&text, &text.to_lowercase()).then_some(at + offset + 1);
        }
    }
    None
}

/// Direction marks and blanks that clients put after the colon.
fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '*' | '_')
}

fn says_wrote(lower: &str) -> bool {
    WROTE.iter().any(|verb| lower.contains(verb))
}

fn opens(text: &str, lower: &str) -> bool {
    OPENERS.iter().any(|opener| lower.starts_with(opener)) || text.starts_with(|c: char| c.is_numeric())
}

fn digits(text: &str) -> usize {
    text.chars().filter(|c| c.is_numeric()).count()
}

/// `9:05`, `10.22` or the same in other digits.
fn has_time(text: &str) -> bool {
    let mut window = ['\0'; 3];
    for c in text.chars() {
        window = [window[1], window[2], c];
        if window[0].is_numeric() && matches!(window[1], ':' | '.' | '٫') && window[2].is_numeric() {
            return true;
        }
    }
    text.contains(['时', '時', '시'])
}

/// `<a@b>`, also as `<mailto:a@b>` and with marks inside.
fn has_bracketed_address(text: &str) -> bool {
    text.split('<').skip(1).any(|piece| {
        piece.split_once('>').is_some_and(|(inside, _)| inside.contains('@') && inside.len() < 300 && !inside.contains(' '))
    }) || text.split('[').skip(1).any(|piece| piece.starts_with("mailto:"))
}
