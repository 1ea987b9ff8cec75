//! Signatures: what stands below "-- ", and the line that a telephone adds by itself.

use super::Kind;

/// A longer block below "-- " is not a signature.
const LINES_MAX: usize = 12;

/// Beginnings of the line that a device adds. Lower case.
const DEVICE: [&str; 22] = [
    "sent from my ",
    "sent from outlook",
    "sent from mail for",
    "sent from yahoo",
    "get outlook for",
    "отправлено с iphone",
    "отправлено с ipad",
    "отправлено с моего",
    "отправлено из ",
    "отправлено с мобильного",
    "надіслано з ",
    "von meinem iphone",
    "gesendet von",
    "envoyé de mon",
    "envoyé depuis",
    "enviado desde mi",
    "enviado do meu",
    "inviato da ",
    "verstuurd vanaf",
    "wysłane z ",
    "iphone'umdan gönderildi",
    "أُرسلت من",
];

/// Marks signatures as removed, if other new text stands before them.
pub(super) fn remove(lines: &[&str], kinds: &mut [Kind]) {
    let mut new_before = false;
    let mut at = 0;
    while at < lines.len() {
        let is_new = kinds.get(at) == Some(&Kind::New);
        let line = lines.get(at).copied().unwrap_or_default();
        if is_new && new_before && (line == "-- " || line == "--" || line == "-- \u{a0}") {
            let end = section_end(kinds, at + 1);
            if end - at <= LINES_MAX + 1 && end > at + 1 {
                mark(kinds, at, end);
            }
            at = end;
            continue;
        }
        if is_new && new_before && is_device_line(line) && ends_section(kinds, at + 1) {
            mark(kinds, at, at + 1);
        }
        new_before |= is_new;
        at += 1;
    }
}

fn mark(kinds: &mut [Kind], from: usize, to: usize) {
    kinds.iter_mut().take(to).skip(from).filter(|kind| **kind == Kind::New).for_each(|kind| *kind = Kind::Removed);
}

/// The end of the run of new and blank lines, without the blank lines at its end.
fn section_end(kinds: &[Kind], from: usize) -> usize {
    let length = kinds.iter().skip(from).take_while(|kind| matches!(kind, Kind::New | Kind::Blank)).count();
    let blanks = kinds.iter().take(from + length).skip(from).rev().take_while(|kind| **kind == Kind::Blank).count();
    from + length - blanks
}

/// Whether only blank lines stand between here and the next removed line or the end.
fn ends_section(kinds: &[Kind], from: usize) -> bool {
    kinds.iter().skip(from).find(|kind| **kind != Kind::Blank).is_none_or(|kind| matches!(kind, Kind::Quote | Kind::Removed))
}

fn is_device_line(line: &str) -> bool {
    let line = line.trim();
    line.len() < 120 && {
        let line = line.to_lowercase();
        DEVICE.iter().any(|words| line.starts_with(words))
    }
}
