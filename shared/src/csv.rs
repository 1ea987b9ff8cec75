//! Tables as text (RFC 4180), for people who open them in a spreadsheet.
//!
//! A spreadsheet runs a cell that begins like a formula, and what people wrote into tickets and names ends up in cells. So such a cell
//! gets an apostrophe before it, which spreadsheets take for "this is text" (ASVS 5.0, 1.2.10).

/// What a formula may begin with, also as wide letters of East Asian keyboards.
const FORMULA_STARTS: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A row, with the line break that ends it.
pub fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    cells.join(",") + "\r\n"
}

fn cell(text: &str) -> String {
    // Some programs drop blanks and quotes before they look.
    let begins = text.trim_start_matches([' ', '"', '\'', '\u{a0}', '\u{feff}']);
    let guard = if begins.starts_with(FORMULA_STARTS) || text.starts_with(FORMULA_STARTS) { "'" } else { "" };
    if text.contains(['"', ',', '\r', '\n', ';', '\t']) || !guard.is_empty() {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(
            row(["plain", "a,b", "say \"no\"", "two\nlines", "", "русский"]),
            "plain,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",,русский\r\n"
        );
    }

    #[test]
    fn nothing_begins_like_a_formula() {
        for start in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1", " =1", "\"=1", "'=1", "\n=1"]
        {
            let written = row([start]);
            assert!(written.starts_with("\"'"), "{start:?}: {written:?}");
        }
        assert_eq!(row(["a=b", "2026-03-02"]), "a=b,2026-03-02\r\n");
    }
}
