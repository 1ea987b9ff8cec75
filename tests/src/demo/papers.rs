//! Small files that go with tickets: a picture of a screen, an export, a log, a printed form. A paper of the plan says what stands in it;
//! its bytes are made when it is stored, and the same paper always gives the same bytes.

mod canvas;
mod deflate;
mod glyphs;
mod pdf;
mod png;
mod screen;

use chrono::{DateTime, TimeDelta, Utc};

use super::corpus::{Corpus, Family};
use super::dice::Dice;
use super::facts::TicketFacts;
use super::people::Gender;
use super::phrase::fill;

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperKind {
    /// A picture of a screen, PNG.
    Screen,
    /// An export, CSV.
    Table,
    /// What a server wrote down, plain text.
    Log,
    /// A printed form, PDF.
    Sheet,
}

/// A small file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Paper {
    /// Its kind.
    pub kind: PaperKind,
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub lines: Vec<String>,
}

impl Paper {
    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        match self.kind {
            PaperKind::Screen => screen::draw(&self.lines),
            // A spreadsheet takes text without a mark for the system's own character set.
            PaperKind::Table => format!("\u{feff}{}\r\n", self.lines.join("\r\n")).into_bytes(),
            PaperKind::Log => format!("{}\n", self.lines.join("\n")).into_bytes(),
            PaperKind::Sheet => pdf::print(&self.lines),
        }
    }

    /// The type that a browser would state for it.
    pub const fn media_type(&self) -> &'static str {
        match self.kind {
            PaperKind::Screen => "image/png",
            PaperKind::Table => "text/csv",
            PaperKind::Log => "text/plain",
            PaperKind::Sheet => "application/pdf",
        }
    }
}

/// What a client sends along when describing a problem.
pub fn of_client(facts: &TicketFacts<'_>, family: &Family, label: &str) -> Option<Paper> {
    let mut dice = Dice::fork(facts.seed, &format!("paper {label}"));
    let sections: &[&str] = match family.department {
        "finance" => &["table ledger", "sheet statement", "screen document", "screen list"],
        "logistics" | "manufacturing" => &["table stock", "sheet note", "screen document", "screen list"],
        "hr_payroll" => &["table staff", "screen list"],
        "integration" => &["log exchange", "log exchange", "screen list"],
        "infrastructure" => &["log server", "screen list"],
        _ => &["screen document", "screen list"],
    };
    of(facts, dice.pick(sections))
}

/// What the desk sends along with a solution.
pub fn of_desk(facts: &TicketFacts<'_>) -> Option<Paper> {
    of(facts, "sheet guide")
}

/// A paper of a section of the written corpus: the name of the file, then its lines.
fn of(facts: &TicketFacts<'_>, section: &str) -> Option<Paper> {
    let kind = match section.split(' ').next()? {
        "screen" => PaperKind::Screen,
        "table" => PaperKind::Table,
        "log" => PaperKind::Log,
        "sheet" => PaperKind::Sheet,
        _ => return None,
    };
    let (name, lines) = Corpus::of(facts.language).paper(section).split_first()?;
    let filled = lines.iter().map(|line| fill(line, facts, Gender::Male));
    let lines = if kind == PaperKind::Log { stamped(facts, section, filled).collect() } else { filled.collect() };
    Some(Paper { kind, name: fill(name, facts, Gender::Male), lines })
}

/// A server writes the moment before each line; the last ones are from just before the client wrote.
fn stamped(facts: &TicketFacts<'_>, section: &str, lines: impl ExactSizeIterator<Item = String>) -> impl Iterator<Item = String> {
    let mut dice = Dice::fork(facts.seed, section);
    let steps: Vec<TimeDelta> = (0..lines.len()).map(|_| TimeDelta::milliseconds(dice.between(40, 95_000))).collect();
    let mut at: DateTime<Utc> = facts.at - steps.iter().sum::<TimeDelta>() - TimeDelta::seconds(dice.between(60, 900));
    lines.zip(steps).map(move |(line, step)| {
        at += step;
        format!("{} {line}", at.with_timezone(&facts.zone).format("%Y-%m-%d %H:%M:%S%.3f"))
    })
}

/// Whether the drawn letters know a text; Arabic is not among them.
#[cfg(test)]
fn can_draw(text: &str) -> bool {
    text.chars().all(|letter| letter.is_whitespace() || glyphs::rows(letter).is_some())
}

/// The languages whose papers may be drawn with facts in that language.
#[cfg(test)]
const LANGUAGES: [super::Language; 3] = [super::Language::Ru, super::Language::En, super::Language::Ar];

#[cfg(test)]
mod tests;
