//! A picture of a window of the ERP with a message over it.
//!
//! The first line is the window's title, the second its menu, the third the heads of the columns, the others rows; cells are parted by
//! semicolons. Lines that begin with `!` stand in the message, the first of them as its title.

use super::canvas::{Area, Canvas, Colour, LETTER, LINE};
use super::png;

const WIDTH: usize = 760;
const HEIGHT: usize = 430;
/// The window on the desk.
const WINDOW: Area = Area::new(16, 14, 728, 402);
/// The message over it.
const MESSAGE_WIDTH: usize = 470;

/// The picture as PNG.
pub fn draw(lines: &[String]) -> Vec<u8> {
    let (message, page): (Vec<&str>, Vec<&str>) = lines.iter().map(String::as_str).partition(|line| line.starts_with('!'));
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    window(&mut canvas, page.first().copied().unwrap_or_default(), page.get(1).copied().unwrap_or_default());
    table(&mut canvas, page.get(2..).unwrap_or_default());
    if !message.is_empty() {
        dialog(&mut canvas, &message);
    }
    png::encode(&canvas)
}

fn window(canvas: &mut Canvas, title: &str, menu: &str) {
    let Area { x, y, width, .. } = WINDOW;
    canvas.framed(WINDOW, Colour::Face, Colour::Line);
    canvas.fill(Area::new(x, y, width, 28), Colour::Title);
    canvas.text(x + 12, y + 6, width - 90, title, Colour::White);
    for nth in 0..3 {
        canvas.framed(Area::new(x + width - 74 + nth * 24, y + 9, 12, 11), Colour::Title, Colour::Pale);
    }
    let mut left = x + 12;
    for entry in menu.split(';') {
        canvas.text(left, y + 36, x + width - left, entry, Colour::Ink);
        left += (entry.chars().count() + 3) * LETTER;
    }
}

fn table(canvas: &mut Canvas, rows: &[&str]) {
    let Area { x, y, width, height } = WINDOW;
    let area = Area::new(x + 10, y + 64, width - 20, height - 100);
    canvas.framed(area, Colour::White, Colour::Line);
    let columns = widths(rows, area.width);
    for (nth, row) in rows.iter().enumerate().take((area.height - 4) / LINE) {
        let top = area.y + 1 + nth * LINE;
        let ground = match nth {
            0 => Colour::Pale,
            2 => Colour::Chosen,
            _ => Colour::White,
        };
        canvas.fill(Area::new(area.x + 1, top, area.width - 2, LINE - 1), ground);
        canvas.fill(Area::new(area.x + 1, top + LINE - 1, area.width - 2, 1), Colour::Face);
        let mut left = area.x + 8;
        for (cell, room) in row.split(';').zip(&columns) {
            canvas.text(left, top + 3, room.saturating_sub(8), cell, Colour::Ink);
            left += room;
        }
    }
    let status = format!("{}", rows.len().saturating_sub(1));
    canvas.text(x + 12, y + height - 26, 200, &status, Colour::Grey);
}

/// The room of each column: as the longest cell wants it, and the widest gives way when there is too little.
fn widths(rows: &[&str], room: usize) -> Vec<usize> {
    let mut columns: Vec<usize> = Vec::new();
    for row in rows {
        for (nth, cell) in row.split(';').enumerate() {
            let wanted = (cell.chars().count() + 2) * LETTER;
            match columns.get_mut(nth) {
                Some(column) => *column = wanted.max(*column),
                None => columns.push(wanted),
            }
        }
    }
    let surplus = columns.iter().sum::<usize>().saturating_sub(room.saturating_sub(16));
    if let Some(widest) = columns.iter_mut().max() {
        *widest = widest.saturating_sub(surplus);
    }
    columns
}

fn dialog(canvas: &mut Canvas, lines: &[&str]) {
    let words = |line: &&str| line.trim_start_matches('!').trim().to_owned();
    let title = lines.first().map(words).unwrap_or_default();
    let room = (MESSAGE_WIDTH - 84) / LETTER;
    let text: Vec<String> = lines.iter().skip(1).flat_map(|line| wrapped(&words(line), room)).collect();
    let height = 28 + 24 + text.len() * LINE + 44;
    let (x, y) = ((WIDTH - MESSAGE_WIDTH) / 2, (HEIGHT.saturating_sub(height)) / 2 + 20);
    canvas.framed(Area::new(x - 1, y - 1, MESSAGE_WIDTH + 2, height + 2), Colour::Face, Colour::Grey);
    canvas.fill(Area::new(x, y, MESSAGE_WIDTH, 28), Colour::Title);
    canvas.text(x + 10, y + 6, MESSAGE_WIDTH - 20, &title, Colour::White);
    canvas.fill(Area::new(x + 18, y + 46, 34, 34), Colour::Red);
    canvas.fill(Area::new(x + 33, y + 52, 4, 14), Colour::White);
    canvas.fill(Area::new(x + 33, y + 69, 4, 4), Colour::White);
    for (nth, line) in text.iter().enumerate() {
        canvas.text(x + 68, y + 42 + nth * LINE, MESSAGE_WIDTH - 78, line, Colour::Ink);
    }
    let button = Area::new(x + MESSAGE_WIDTH - 110, y + height - 36, 92, 26);
    canvas.framed(button, Colour::White, Colour::Title);
    canvas.text(button.x + 38, button.y + 5, 60, "OK", Colour::Ink);
}

/// Breaks a text between words.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
