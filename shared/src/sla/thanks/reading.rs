//! A message as clauses of words.

use super::lexicon;

/// What stands before a clause, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// A comma, a bracket, a dash, a picture.
    Comma,
    /// The end of a sentence.
    Sentence,
    /// The end of a line.
    Line,
    /// Nothing: it is the first.
    Start,
}

/// A word of letters.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// As it is compared: see [`normalized`].
    pub text: String,
    /// What the lexicon knows of it; 0 for an unknown one.
    pub kinds: u32,
    /// Begins with a capital letter.
    pub capital: bool,
    /// Goes on in capitals.
    shouted: bool,
}

/// Words between two breaks.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    /// What stands before it.
    pub before: Break,
    /// In which line, from 0; empty lines do not count.
    pub line: usize,
    /// Its words.
    pub words: Vec<Word>,
    /// Digits in it.
    pub digits: usize,
    /// Whether it holds signs of addresses, paths or code.
    pub foreign: bool,
    /// Whether it is a line that sets a signature off.
    pub delimiter: bool,
}

impl Word {
    fn new(letters: &str) -> Self {
        let text = normalized(letters);
        let text = text.trim_matches('\'').to_owned();
        let (text, kinds) = lexicon::look_up(&text);
        let mut upper = letters.chars().filter(|c| c.is_alphabetic()).map(char::is_uppercase);
        let capital = upper.next() == Some(true);
        Self { text, kinds, capital, shouted: upper.any(|upper| upper) }
    }

    /// Whether it is of any of these kinds.
    pub fn is(&self, kinds: u32) -> bool {
        self.kinds & kinds != 0
    }

    /// Whether it is written as names are, and no word that we know.
    pub fn could_be_name(&self) -> bool {
        self.kinds == 0 && self.capital && !self.shouted && !self.is_command()
    }

    /// Whether it asks the reader to do something: a Russian imperative that we do not know better.
    pub fn is_command(&self) -> bool {
        self.kinds == 0 && self.text.chars().count() > 4 && ["йте", "ите", "ьте"].iter().any(|end| self.text.ends_with(end))
    }

    /// Whether it is written as "IT" and "HR" are, which are other words than "it".
    pub fn is_abbreviated_post(&self) -> bool {
        self.shouted && self.is(lexicon::POST)
    }

    /// Whether it has no capital letters to go by.
    pub fn is_arabic(&self) -> bool {
        self.text.chars().any(|c| matches!(c, '\u{0600}'..='\u{06ff}'))
    }
}

impl Clause {
    /// Whether any word is of these kinds.
    pub fn has(&self, kinds: u32) -> bool {
        self.words.iter().any(|word| word.is(kinds))
    }

    /// "P.S." begins something of its own.
    pub fn is_postscript(&self) -> bool {
        self.words
            .windows(2)
            .any(|pair| matches!(pair, [p, s] if (p.text == "p" && s.text == "s") || (p.text == "п" && s.text == "с")))
    }
}

/// Whether the text holds a question mark, or a sign of displeasure.
pub(super) fn asks_or_sighs(text: &str) -> bool {
    const SIGNS: [char; 18] =
        ['?', '؟', '？', '⁇', '⁉', '❓', '❔', '👎', '😡', '😠', '🤬', '😤', '😞', '😢', '😭', '☹', '🙁', '🙄'];
    text.contains(SIGNS) || text.contains("((") || text.contains(":(") || text.contains(":-(") || text.contains("=(")
}

/// Cuts the text. Words without a break between them stay together; an initial's full stop is none.
pub(super) fn clauses(text: &str) -> Vec<Clause> {
    let mut cutter = Cutter { clauses: Vec::new(), word: String::new(), open: Clause::new(Break::Start, 0) };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    for (number, line) in lines.enumerate() {
        if number > 0 {
            cutter.end(Break::Line, number);
        }
        if line.chars().count() > 1 && line.chars().all(|c| "-–—_*=~".contains(c)) {
            cutter.open.delimiter = true;
            continue;
        }
        cutter.take(&without_smileys(line));
    }
    cutter.end(Break::Line, 0);
    cutter.clauses
}

/// Signs that are made of letters or figures, and "100 %", which says the same as "fully".
fn without_smileys(line: &str) -> String {
    const SMILEYS: [&str; 12] = [":-D", ":D", ";D", "=D", "xD", "XD", ":-P", ":P", "<3", "100%", "100 %", "\\o/"];
    let mut line = line.to_owned();
    for smiley in SMILEYS {
        line = line.replace(smiley, " ");
    }
    line
}

impl Clause {
    fn new(before: Break, line: usize) -> Self {
        Self { before, line, words: Vec::new(), digits: 0, foreign: false, delimiter: false }
    }
}

struct Cutter {
    clauses: Vec<Clause>,
    word: String,
    open: Clause,
}

impl Cutter {
    fn take(&mut self, line: &str) {
        let mut rest = line.chars().peekable();
        let mut previous = ' ';
        while let Some(c) = rest.next() {
            let next = rest.peek().copied().unwrap_or(' ');
            self.sign(c, previous, next);
            previous = c;
        }
        self.end_word();
    }

    fn sign(&mut self, c: char, previous: char, next: char) {
        let line = self.open.line;
        match c {
            c if is_invisible(c) => {}
            c if c.is_alphabetic() || is_mark(c) => self.word.push(c),
            '\'' | '’' | '`' if previous.is_alphabetic() && next.is_alphabetic() => self.word.push('\''),
            c if c.is_numeric() => {
                self.end_word();
                self.open.digits += 1;
            }
            '@' | '/' | '\\' | '#' | '=' | '<' | '>' | '{' | '}' | '[' | ']' | '|' | '$' | '€' | '₽' | '№' | '%' | '^' => {
                self.end_word();
                self.open.foreign = true;
            }
            '.' if self.word.chars().count() == 1 => self.end_word(),
            '.' if next.is_alphanumeric() && previous.is_alphanumeric() => {
                // Inside a host name or a file name.
                self.end_word();
                self.open.foreign = true;
            }
            '.' | '!' | '…' | ';' | ':' | '؛' | '！' | '。' => self.end(Break::Sentence, line),
            '-' if previous.is_alphabetic() && next.is_alphabetic() => self.end_word(),
            // Inside a telephone number.
            '-' | '–' | '(' | ')' if previous.is_numeric() || next.is_numeric() => self.end_word(),
            c if c.is_whitespace() || matches!(c, '&' | '+' | '*' | '_' | '~') => self.end_word(),
            _ => self.end(Break::Comma, line),
        }
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            let word = std::mem::take(&mut self.word);
            self.open.words.push(Word::new(&word));
        }
    }

    /// Ends the clause. One without anything in it only strengthens the break before the next.
    fn end(&mut self, before: Break, line: usize) {
        self.end_word();
        let empty = self.open.words.is_empty() && self.open.digits == 0 && !self.open.foreign && !self.open.delimiter;
        if empty {
            self.open.before = self.open.before.max(before);
            self.open.line = line;
            return;
        }
        let next = Clause::new(before, line);
        self.clauses.push(std::mem::replace(&mut self.open, next));
    }
}

/// Marks of direction and joining that programs leave between letters.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe0e}' | '\u{fe0f}' | '\u{feff}')
}

/// Arabic vowel signs and the stretching of letters, and combining accents: decoration that people use as they like.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{064b}'..='\u{0652}' | '\u{0670}' | '\u{0640}')
}

/// Lower case, without marks, with one spelling for letters that people interchange.
pub(super) fn normalized(word: &str) -> String {
    word.chars()
        .filter(|c| !is_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ة' => 'ه',
            'ى' | 'ی' => 'ي',
            'ک' => 'ك',
            'ё' => 'е',
            other => other,
        })
        .collect()
}
