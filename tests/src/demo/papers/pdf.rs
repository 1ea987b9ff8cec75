//! A printed page as PDF (ISO 32000-1), in drawn letters: they are a Type 3 font of the file, so no reader needs one of its own.
//!
//! The first line is the heading; lines with semicolons are rows of a table, whose columns stand under each other.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::glyphs;

/// A4 in points.
const PAGE: (usize, usize) = (595, 842);
const MARGIN: usize = 54;
/// Points from line to line, and the size of letters: eight dots are so many points tall.
const LEADING: usize = 17;
const SIZE: usize = 9;
const HEADING_SIZE: usize = 13;
/// Letters of a line that fit between the margins.
const LETTERS_MAX: usize = (PAGE.0 - 2 * MARGIN) * glyphs::HEIGHT / (SIZE * glyphs::STEP);

/// The page as a file.
pub fn print(lines: &[String]) -> Vec<u8> {
    let lines = aligned(lines);
    let letters: BTreeMap<char, usize> = {
        let mut used: Vec<char> = lines.iter().flat_map(|line| line.chars()).filter(|letter| *letter != ' ').collect();
        used.sort_unstable();
        used.dedup();
        // Codes from 33 on; 32 is the blank.
        used.into_iter().take(220).enumerate().map(|(nth, letter)| (letter, nth + 33)).collect()
    };
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
            PAGE.0, PAGE.1
        ),
        stream(&content(&lines, &letters)),
        font(&letters),
        stream(&to_unicode(&letters)),
        stream(&format!("{} 0 d0", glyphs::STEP)),
    ];
    objects.extend(letters.keys().map(|letter| stream(&drawing(*letter))));
    assemble(&objects)
}

/// Rows of a table get columns of the width of their longest cell; what is longer than the page is cut.
fn aligned(lines: &[String]) -> Vec<String> {
    let mut columns: Vec<usize> = Vec::new();
    for row in lines.iter().filter(|line| line.contains(';')) {
        for (nth, cell) in row.split(';').enumerate() {
            let wanted = cell.trim().chars().count();
            match columns.get_mut(nth) {
                Some(column) => *column = wanted.max(*column),
                None => columns.push(wanted),
            }
        }
    }
    let spread = |line: &String| -> String {
        if !line.contains(';') {
            return line.clone();
        }
        line.split(';').zip(&columns).fold(String::new(), |mut out, (cell, width)| {
            let _ = write!(out, "{:<width$}  ", cell.trim());
            out
        })
    };
    lines.iter().map(|line| spread(line).replace('\u{a0}', " ").chars().take(LETTERS_MAX).collect()).collect()
}

fn content(lines: &[String], letters: &BTreeMap<char, usize>) -> String {
    let mut out = String::new();
    let mut y = PAGE.1 - MARGIN;
    for (nth, line) in lines.iter().enumerate() {
        let size = if nth == 0 { HEADING_SIZE } else { SIZE };
        y -= LEADING + if nth == 1 { LEADING } else { 0 };
        let text: String = line.chars().map(|letter| format!("{:02X}", letters.get(&letter).copied().unwrap_or(32))).collect();
        let _ = writeln!(out, "BT /F {size} Tf {MARGIN} {y} Td <{text}> Tj ET");
    }
    out
}

/// The font: letters are drawn in dots, so many of which make the font's own unit.
fn font(letters: &BTreeMap<char, usize>) -> String {
    let last = letters.len() + 32;
    let names: String = letters.values().map(|code| format!("/c{code} ")).collect();
    let drawings: String = letters.values().map(|code| format!("/c{code} {} 0 R ", code - 33 + 8)).collect();
    let widths: String = format!("{} ", glyphs::STEP).repeat(letters.len() + 1);
    format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 -1 {} {}] /FontMatrix [0.125 0 0 0.125 0 0] /FirstChar 32 /LastChar {last} \
         /Widths [{widths}] /Encoding << /Type /Encoding /Differences [32 /blank {names}] >> \
         /CharProcs << /blank 7 0 R {drawings}>> /Resources << >> /ToUnicode 6 0 R >>",
        glyphs::WIDTH,
        glyphs::HEIGHT
    )
}

fn drawing(letter: char) -> String {
    let mut out = format!("{} 0 0 -1 {} {} d1\n", glyphs::STEP, glyphs::WIDTH, glyphs::HEIGHT);
    for (column, row) in glyphs::dots(letter) {
        // The seventh row stands on the line.
        let up = i64::try_from(row).map_or(0, |row| 6 - row);
        let _ = writeln!(out, "{column} {up} 1 1 re");
    }
    out.push('f');
    out
}

/// What the codes mean, so that the text can be searched and copied.
fn to_unicode(letters: &BTreeMap<char, usize>) -> String {
    let mut out = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Drawn def /CMapType 2 def\n\
        1 begincodespacerange <20> <FF> endcodespacerange\n1 beginbfchar <20> <0020> endbfchar\n"
        .to_owned();
    let letters: Vec<_> = letters.iter().collect();
    // At most a hundred in a group.
    for group in letters.chunks(100) {
        let _ = writeln!(out, "{} beginbfchar", group.len());
        for (letter, code) in group {
            let _ = writeln!(out, "<{code:02X}> <{:04X}>", u32::from(**letter));
        }
        out.push_str("endbfchar\n");
    }
    out.push_str("endcmap end end");
    out
}

fn stream(text: &str) -> String {
    format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len())
}

fn assemble(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (nth, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", nth + 1);
    }
    let begin = file.len();
    let _ = write!(file, "{table}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{begin}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}
