//! The new part of a reply, told from what it quotes.
//!
//! The rule above all others: new text is never lost. A line leaves the visible part only when it is known
//! to be a quote, an attribution ("On Monday Anna wrote:"), a header block or a signature; where that would
//! leave nothing, or where the text itself says that the answers stand between the quoted lines, everything
//! stays. What is removed is kept as `quoted`, and a forwarded mail is new text.
//!
//! Lines are looked at a bounded number of times and nothing backtracks, so the time is linear in the text.

mod attribution;
mod header_block;
mod html;
mod signature;

pub use html::{StrippedHtml, strip_html};

/// A body in two parts. Joined they hold every line of the original.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stripped {
    /// What the sender wrote.
    pub visible: String,
    /// Quotes, attributions, header blocks and signatures, in their order.
    pub quoted: String,
}

/// What our own mails put between themselves and the reader's answer, around a translated sentence.
pub const ABOVE_MARK_OPEN: &str = "##-";
/// Its other end.
pub const ABOVE_MARK_CLOSE: &str = "-##";

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    New,
    Blank,
    Quote,
    Removed,
}

/// Separates the new text of a plain-text reply.
pub fn strip(text: &str) -> Stripped {
    let lines: Vec<&str> = text.lines().collect();
    let mut kinds: Vec<Kind> = lines.iter().map(|line| first_kind(line)).collect();
    if !answers_stand_below(&lines, &kinds) {
        cut_tail(&lines, &mut kinds);
    }
    remove_attributions(&lines, &mut kinds);
    signature::remove(&lines, &mut kinds);
    let visible = gather(&lines, &kinds, |kind| matches!(kind, Kind::New | Kind::Blank));
    if visible.is_empty() {
        return Stripped { visible: text.trim().to_owned(), quoted: String::new() };
    }
    Stripped { visible, quoted: gather(&lines, &kinds, |kind| matches!(kind, Kind::Quote | Kind::Removed)) }
}

fn first_kind(line: &str) -> Kind {
    let trimmed = line.trim();
    if trimmed.is_empty() {
        Kind::Blank
    } else if trimmed.starts_with('>') && !trimmed.starts_with(">>>>>>>") {
        Kind::Quote
    } else {
        Kind::New
    }
}

/// Joins the chosen lines; runs of blank lines become one, blank lines at the ends go.
fn gather(lines: &[&str], kinds: &[Kind], chosen: impl Fn(Kind) -> bool) -> String {
    let mut out = String::new();
    let mut gap = false;
    for (line, kind) in lines.iter().zip(kinds) {
        if !chosen(*kind) || line.trim().is_empty() {
            gap = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        out.push_str(line.trim_end());
    }
    out
}

/// Everything from the beginning of an unmarked quote to the end is removed, if new text stands before it.
fn cut_tail(lines: &[&str], kinds: &mut [Kind]) {
    let mut new_before = false;
    for at in 0..lines.len() {
        if new_before && begins_tail(lines, kinds, at) {
            for kind in kinds.iter_mut().skip(at).filter(|kind| **kind == Kind::New) {
                *kind = Kind::Removed;
            }
            return;
        }
        new_before |= kinds.get(at) == Some(&Kind::New);
    }
}

fn begins_tail(lines: &[&str], kinds: &[Kind], at: usize) -> bool {
    let Some(line) = lines.get(at).filter(|_| kinds.get(at) == Some(&Kind::New)) else { return false };
    is_above_mark(line)
        || header_block::is_original_separator(line)
        || header_block::begins(lines, at)
        || attribution::certain(lines, kinds, at).is_some_and(|end| !a_quote_follows(kinds, end))
}

/// The line that our own mails carry above their text.
fn is_above_mark(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(ABOVE_MARK_OPEN) && line.ends_with(ABOVE_MARK_CLOSE) && line.len() > 6
}

/// Attributions right before quoted lines: there the weaker signs are enough.
fn remove_attributions(lines: &[&str], kinds: &mut [Kind]) {
    for at in 0..lines.len() {
        if let Some(end) = attribution::likely(lines, kinds, at).filter(|end| a_quote_follows(kinds, *end)) {
            kinds.iter_mut().take(end).skip(at).for_each(|kind| *kind = Kind::Removed);
        }
    }
}

fn a_quote_follows(kinds: &[Kind], end: usize) -> bool {
    kinds.iter().skip(end).take(4).find(|kind| **kind != Kind::Blank) == Some(&Kind::Quote)
}

/// Whether the first lines announce answers between the quoted ones.
fn answers_stand_below(lines: &[&str], kinds: &[Kind]) -> bool {
    const SIGNS: [&str; 18] = [
        "inline",
        "see below",
        "answers below",
        "comments below",
        "my replies below",
        "in red",
        "ниже",
        "в тексте",
        "по тексту",
        "красным",
        "siehe unten",
        "ci-dessous",
        "a continuación",
        "di seguito",
        "abaixo",
        "poniżej",
        "aşağıda",
        "أدناه",
    ];
    lines
        .iter()
        .zip(kinds)
        .filter(|(_, kind)| **kind == Kind::New)
        .take(4)
        .map(|(line, _)| line.to_lowercase())
        .any(|line| line.len() < 200 && SIGNS.iter().any(|sign| line.contains(sign)))
}

#[cfg(test)]
mod tests;
