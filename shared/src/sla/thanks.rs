//! Whether a client's message says nothing but thanks. Such an answer starts no clock and opens nothing again.
//!
//! Careful by design. The text is cut into clauses; every word of every clause must be known as gratitude, as news that
//! all is well, or as something that goes with them, or must stand where a name stands. What comes under the message is
//! left out only if it looks like a signature. A question, a number or a link makes it a message, and so does any word
//! that is not known: "but", a negation, a request. A thank-you that is not recognised costs an agent one glance; a
//! question that is taken for a thank-you costs the client an answer.

mod lexicon;
mod names;
mod reading;
mod sign_off;

use lexicon as kind;
use names::People;
use reading::{Break, Clause, Word};

/// Longer messages have something to say.
const WORDS_MAX: usize = 25;
/// With a signature under it.
const BYTES_MAX: usize = 1600;
/// Words of a name: given name, father's name, family name.
const NAME_WORDS_MAX: usize = 3;

/// Whether the text, without quoted history, is a mere thank-you.
pub fn is_thanks_only(text: &str) -> bool {
    is_thanks_only_among(text, &[])
}

/// The same where some names are known: of the writer, and of those whom the message may address.
pub fn is_thanks_only_among(text: &str, names: &[&str]) -> bool {
    if text.len() > BYTES_MAX || reading::asks_or_sighs(text) {
        return false;
    }
    let people = People::of(names);
    let clauses = reading::clauses(text);
    let Some(cut) = sign_off::cut(&clauses, &people) else { return false };
    let mut thanked = cut.thanks || text.contains('🙏');
    let mut words = 0;
    let mut before: Option<&Clause> = None;
    for clause in cut.message {
        if !says_nothing_more(clause, before, &people) {
            return false;
        }
        thanked |= clause.has(kind::GRATITUDE);
        words += clause.words.len();
        before = Some(clause);
    }
    thanked && words <= WORDS_MAX
}

/// Whether a clause is thanks or goes with them; `before` is the one before it.
fn says_nothing_more(clause: &Clause, before: Option<&Clause>, people: &People) -> bool {
    if clause.foreign || clause.digits > 0 || clause.is_postscript() {
        return false;
    }
    let Some(first) = clause.words.first() else { return true };
    if first.is(kind::ASKING) {
        return false;
    }
    if is_name(clause, people) {
        return true;
    }
    let all_known = clause.words.iter().enumerate().all(|(place, word)| {
        let known = word.is(kind::THANKS) && (!word.is(kind::STOP) || is_idiom(clause, place));
        known || people.knows(word) || is_addressed(clause, place, people)
    });
    all_known
        && matters_are_settled(clause)
        && again_is_harmless(clause)
        && help_is_past(clause)
        && having_is_wishing(clause)
        && has_a_point(clause, before)
}

/// "You left nothing undone", which is a negation by its words and thanks by its sense.
fn is_idiom(clause: &Clause, place: usize) -> bool {
    clause.words.get(place).is_some_and(|word| word.text == "ما")
        && clause.words.get(place + 1).is_some_and(|next| next.text.starts_with("قصرت"))
}

/// Trouble is named only to say that it is over, and whoever asks politely asks to close the ticket.
fn matters_are_settled(clause: &Clause) -> bool {
    let settled = clause.has(kind::SETTLED | kind::CLOSING) || (clause.has(kind::SETTLING) && clause.has(kind::FOR));
    let trouble_is_over = !clause.has(kind::TROUBLE) || (settled && !clause.has(kind::AGAIN));
    let the_right_thing_is_gone = !clause.has(kind::GONE) || clause.has(kind::TROUBLE | kind::TICKET);
    let asks_for_help = clause.words.iter().any(|word| word.is(kind::HELP) && !word.is(kind::TICKET));
    let asks_to_close = clause.has(kind::CLOSING) && !asks_for_help;
    trouble_is_over && the_right_thing_is_gone && (!clause.has(kind::POLITE) || asks_to_close)
}

/// "Thanks again" and "works again" are fine, "I have it again" is not: only words of degree stand between.
fn again_is_harmless(clause: &Clause) -> bool {
    let anchor = |word: &Word| word.is(kind::GRATITUDE | kind::WORKS | kind::KIND);
    clause.words.iter().enumerate().filter(|(_, word)| word.is(kind::AGAIN)).all(|(place, _)| {
        let passes = |word: &&Word| word.is(kind::DEGREE | kind::AGAIN);
        let ahead = clause.words.iter().skip(place + 1).find(|word| !passes(word));
        let behind = clause.words.iter().take(place).rev().find(|word| !passes(word));
        ahead.is_some_and(anchor) || behind.is_some_and(anchor)
    })
}

/// "For your help" and "great support" look back, "help me" does not.
fn help_is_past(clause: &Clause) -> bool {
    clause.words.iter().enumerate().filter(|(_, word)| word.is(kind::HELP)).all(|(place, _)| {
        let looks_back =
            |word: &Word| word.is(kind::FOR | kind::KIND) || matches!(word.text.as_str(), "the" | "your" | "ur" | "with");
        let is_addressed = clause.words.get(place + 1).is_some_and(|next| next.is(kind::TITLE));
        is_addressed || clause.words.iter().take(place).any(looks_back)
    })
}

/// "Have a nice day" and "I have received it", but not "have it done".
fn having_is_wishing(clause: &Clause) -> bool {
    clause.words.windows(2).all(|pair| match pair {
        [have, next] if have.text == "have" => {
            matches!(next.text.as_str(), "a" | "an" | "been") || next.is(kind::KIND | kind::TAKEN)
        }
        _ => true,
    })
}

/// Fillers alone say nothing that could be judged, except as the rest of "thanks for".
fn has_a_point(clause: &Clause, before: Option<&Clause>) -> bool {
    let goes_on = clause.before == Break::Comma && before.is_some_and(|before| before.has(kind::FOR));
    clause.has(kind::POINT) || clause.words.first().is_some_and(|word| word.is(kind::FOR)) || goes_on
}

/// A clause that is nothing but somebody's name: "Thank you, Zbigniew", "Anna, thank you", "Thanks! Anna Kim". An unknown word in
/// front is rather the answer to a question.
fn is_name(clause: &Clause, people: &People) -> bool {
    let known = |word: &Word| people.knows(word);
    let could_be = |word: &Word| known(word) || word.could_be_name();
    let words = &clause.words;
    let is_sure =
        words.iter().all(known) || clause.before == Break::Comma || (clause.before == Break::Sentence && words.iter().any(known));
    is_sure
        && words.len() <= NAME_WORDS_MAX
        && words.iter().all(could_be)
        && words.iter().any(|word| word.text.chars().count() > 1)
}

/// An unknown word right after thanks, a greeting or a title: "Thanks Zbigniew", "شكرا يا بندر".
fn is_addressed(clause: &Clause, place: usize, people: &People) -> bool {
    let Some(word) = clause.words.get(place).filter(|word| word.kinds == 0) else { return false };
    let names_before = clause.words.iter().take(place).rev().take_while(|word| people.knows(word) || word.kinds == 0).count();
    let lead = place.checked_sub(names_before + 1).and_then(|place| clause.words.get(place));
    if word.is_arabic() {
        return names_before == 0 && lead.is_some_and(|lead| lead.is(kind::TITLE));
    }
    word.could_be_name()
        && names_before < NAME_WORDS_MAX
        && lead.is_some_and(|lead| lead.is(kind::GRATITUDE | kind::TITLE | kind::DEGREE))
}
