//! Where a message ends and its signature begins.

use std::sync::LazyLock;

use super::lexicon as kind;
use super::names::People;
use super::reading::{Break, Clause, Word, normalized};

/// Lines of a signature.
const LINES_MAX: usize = 10;
/// Lines under a message that nothing sets off from it.
const NAME_LINES_MAX: usize = 6;
/// Words of a signature, in all.
const WORDS_MAX: usize = 45;
/// Words between two breaks of a signature.
const CLAUSE_WORDS_MAX: usize = 8;
/// Of them, small and unknown ones, as in the name of a post. An address is made of nothing else.
const SMALL_WORDS_MAX: usize = 3;

/// Phrases as their words.
type Phrases = Vec<Vec<String>>;

fn phrases(list: &str) -> Phrases {
    list.split('|').map(|phrase| phrase.split_whitespace().map(normalized).collect()).collect()
}

static PLAIN: LazyLock<Phrases> = LazyLock::new(|| phrases(PLAIN_PHRASES));
static THANKFUL: LazyLock<Phrases> = LazyLock::new(|| phrases(THANKFUL_PHRASES));
static DEVICES: LazyLock<Phrases> = LazyLock::new(|| phrases(DEVICE_LINES));

/// Phrases that a signature follows; those of one word only when nothing else stands with them.
const PLAIN_PHRASES: &str = "\
    с уважением|с наилучшими пожеланиями|с лучшими пожеланиями|с ув|сув|искренне ваш|искренне ваша|\
    всего доброго|всего хорошего|всего наилучшего|\
    best regards|kind regards|warm regards|warmest regards|many regards|with regards|with kind regards|with best regards|\
    regards|rgds|br|kr|best wishes|with best wishes|all the best|best|sincerely|yours sincerely|sincerely yours|\
    yours faithfully|yours truly|yours|respectfully|respectfully yours|cordially|\
    مع تحياتي|مع تحياتنا|تحياتي|تحياتنا|مع خالص التحية|مع خالص تحياتي|خالص تحياتي|مع أطيب التحيات|أطيب التحيات|\
    مع فائق الاحترام|تفضلوا بقبول فائق الاحترام|وتفضلوا بقبول فائق الاحترام|مع الاحترام|ودمتم|المخلص";

/// Such phrases that are thanks as well.
const THANKFUL_PHRASES: &str = "\
    с благодарностью|с признательностью|\
    with thanks|with many thanks|with gratitude|gratefully|thanks regards|thanks and regards|thank you and regards|\
    thanks and best regards|thanks and kind regards|many thanks and regards|\
    مع الشكر|مع جزيل الشكر|مع خالص الشكر|مع الشكر والتقدير|مع الشكر والاحترام";

/// Beginnings of the line that a device adds.
const DEVICE_LINES: &str = "\
    sent from my|sent from mail|sent from outlook|sent from yahoo|get outlook for|\
    отправлено с|отправлено из|отправлено через|أرسلت من|أرسل من|مرسل من";

/// A message without its signature.
pub(super) struct Cut<'c> {
    /// What was said.
    pub message: &'c [Clause],
    /// Whether the phrase before the signature says thanks.
    pub thanks: bool,
}

/// Cuts the signature off. `None` when what follows a closing phrase is no signature: then the message goes on there.
pub(super) fn cut<'c>(clauses: &'c [Clause], people: &People) -> Option<Cut<'c>> {
    let begins = clauses.iter().enumerate().find_map(|(place, clause)| Some((place, opening(clause)?)));
    let Some((place, opening)) = begins else {
        return Some(Cut { message: without_names_below(clauses, people), thanks: false });
    };
    let (message, signature) = clauses.split_at_checked(place)?;
    let (first, rest) = signature.split_first()?;
    let (rest_of_phrase, following) = match opening {
        Opening::Line => (&[][..], rest),
        Opening::Device => (&[][..], after_line(rest, first.line)),
        Opening::Phrase { words, .. } => (after_phrase(first, words), rest),
    };
    let words = rest_of_phrase.len() + following.iter().map(|clause| clause.words.len()).sum::<usize>();
    let lines = following.last().map_or(0, |last| last.line.saturating_sub(first.line));
    let is_signature = words <= WORDS_MAX && lines <= LINES_MAX && following.iter().all(is_of_a_signature);
    let thanks = matches!(opening, Opening::Phrase { thanks: true, .. });
    is_signature.then(|| Cut { message: without_names_below(message, people), thanks })
}

/// What a signature begins with.
#[derive(Clone, Copy)]
enum Opening {
    /// A line of dashes.
    Line,
    /// The line that a device adds.
    Device,
    /// A phrase of so many words.
    Phrase { words: usize, thanks: bool },
}

fn opening(clause: &Clause) -> Option<Opening> {
    if clause.delimiter {
        return Some(Opening::Line);
    }
    let begins_line = matches!(clause.before, Break::Line | Break::Start);
    if begins_line && clause.words.len() <= CLAUSE_WORDS_MAX && longest(&DEVICES, clause).is_some() {
        return Some(Opening::Device);
    }
    let (words, thanks) = match (longest(&PLAIN, clause), longest(&THANKFUL, clause)) {
        (plain, Some(words)) if plain.is_none_or(|plain| plain <= words) => (words, true),
        (plain, _) => (plain?, false),
    };
    // "Best regards to all of you" is said to somebody; "Best regards Anna Kim" is signed.
    are_of_a_signature(after_phrase(clause, words), SMALL_WORDS_MAX).then_some(Opening::Phrase { words, thanks })
}

fn after_phrase(clause: &Clause, words: usize) -> &[Word] {
    clause.words.get(words..).unwrap_or_default()
}

/// Words of the longest phrase that the clause begins with.
fn longest(phrases: &Phrases, clause: &Clause) -> Option<usize> {
    let begins = |phrase: &Vec<String>| {
        phrase.len() <= clause.words.len() && phrase.iter().zip(&clause.words).all(|(word, given)| *word == given.text)
    };
    let fits = |phrase: &&Vec<String>| begins(phrase) && (phrase.len() > 1 || clause.words.len() == 1);
    phrases.iter().filter(fits).map(Vec::len).max()
}

/// The clauses after a line.
fn after_line(clauses: &[Clause], line: usize) -> &[Clause] {
    let same = clauses.iter().take_while(|clause| clause.line == line).count();
    clauses.get(same..).unwrap_or_default()
}

/// A clause as signatures have it: a name, a post, a company, a number, an address.
fn is_of_a_signature(clause: &Clause) -> bool {
    let small = if clause.foreign || clause.digits > 0 { CLAUSE_WORDS_MAX } else { SMALL_WORDS_MAX };
    !clause.is_postscript() && are_of_a_signature(&clause.words, small)
}

/// Whether nothing in the words asks or tells, and at most so many of them are small and unknown.
fn are_of_a_signature(words: &[Word], small_max: usize) -> bool {
    let telling = kind::STOP | kind::PROSE | kind::ASKING | kind::AGAIN | kind::TROUBLE | kind::POLITE;
    let small = words.iter().filter(|word| word.kinds == 0 && !word.capital && !word.is_arabic()).count();
    words.len() <= CLAUSE_WORDS_MAX
        && small <= small_max
        && !words.iter().any(|word| (word.is(telling) && !word.is_abbreviated_post()) || word.is_command())
}

/// The message without the name, post and company that stand under it in lines of their own.
fn without_names_below<'c>(message: &'c [Clause], people: &People) -> &'c [Clause] {
    let Some(first_line) = message.first().map(|clause| clause.line) else { return message };
    let last_line = message.last().map_or(first_line, |clause| clause.line);
    let starts = message.iter().enumerate().filter(|(_, clause)| clause.before == Break::Line && clause.line > first_line);
    for (place, clause) in starts {
        let Some((said, below)) = message.split_at_checked(place) else { continue };
        let is_below = last_line - clause.line < NAME_LINES_MAX
            && is_name_line(below, clause.line, people)
            && after_line(below, clause.line).iter().all(is_under_a_name);
        if is_below {
            return said;
        }
    }
    message
}

/// Whether the first line of these is somebody's name.
fn is_name_line(clauses: &[Clause], line: usize, people: &People) -> bool {
    let own: Vec<&Clause> = clauses.iter().take_while(|clause| clause.line == line).collect();
    let words: Vec<&Word> = own.iter().flat_map(|clause| &clause.words).collect();
    let initial = |word: &Word| word.capital && word.text.chars().count() == 1;
    let named = words.iter().all(|word| people.knows(word) || word.could_be_name() || initial(word));
    let sure = words.iter().any(|word| people.knows(word));
    let plain = own.iter().all(|clause| clause.digits == 0 && !clause.foreign && !clause.is_postscript());
    plain && named && sure && (1..=4).contains(&words.len()) && words.iter().any(|word| word.text.chars().count() > 1)
}

/// A line under a name: a post or a company in words that we know or that begin with capitals, or an address, or a telephone.
fn is_under_a_name(clause: &Clause) -> bool {
    const PHONE_DIGITS_MIN: usize = 7;
    let known = |word: &Word| word.capital || word.is(kind::POST) || word.is_arabic();
    let reachable = clause.foreign || clause.digits >= PHONE_DIGITS_MIN || (clause.digits > 0 && clause.has(kind::POST));
    is_of_a_signature(clause) && (clause.words.iter().all(known) || reachable) && (clause.digits == 0 || reachable)
}
