use super::{Delimiter, Table, Unreadable, read};
use crate::limits::{IMPORT_ROWS_MAX, TEXT_BYTES_MAX};

fn table(text: &str) -> Table {
    read(text.as_bytes(), None, "windows-1251", None).unwrap()
}

fn cells(table: &Table) -> Vec<Vec<&str>> {
    table.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect()
}

#[test]
fn quotes_hold_delimiters_line_ends_and_quotes() {
    let read = table("title,description\r\n\"a, b\",\"two\nlines \"\"said\"\"\"\r\nplain,in \"the\" middle\n\n,\nlast,one");
    assert_eq!(read.headers, ["title", "description"]);
    assert_eq!(cells(&read), [vec!["a, b", "two\nlines \"said\""], vec!["plain", "in \"the\" middle"], vec!["last", "one"]]);
    assert_eq!(read.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4, 7], "lines of the file, not rows of the table");
}

#[test]
fn every_row_has_a_line_of_its_own_however_lines_end() {
    for (text, lines) in [
        ("a,b\r1,2\r3,4\r5,6", vec![2, 3, 4]),
        ("a,b\r\n1,2\r\n3,4\r\n", vec![2, 3]),
        ("a,b\n1,2\r3,4\r\n5,6\n\r7,8", vec![2, 3, 4, 6]),
        ("a,b\r1,\"x\ry\r\nz\n\"\r3,4\r\"\nfirst\",5\r6,7", vec![2, 6, 7, 9]),
    ] {
        let read = table(text);
        assert_eq!(read.rows.iter().map(|row| row.line).collect::<Vec<_>>(), lines, "{text:?}");
    }
}

#[test]
fn the_delimiter_is_found_where_cells_hold_the_others() {
    for (text, delimiter) in [
        ("a;b;c\n1,5;2,5;3\n4,1;5;6", Delimiter::Semicolon),
        ("a\tb\n1,2,3\t4", Delimiter::Tab),
        ("a|b|c\n1|2|3", Delimiter::Bar),
        ("a,b\n1,2", Delimiter::Comma),
        ("alone\nx", Delimiter::Comma),
    ] {
        assert_eq!(table(text).delimiter, delimiter, "{text}");
    }
    let said = read(b"a;b,c\n1;2,3", None, "windows-1251", Some(Delimiter::Comma)).unwrap();
    assert_eq!(said.headers, ["a;b", "c"]);
}

#[test]
fn character_sets_are_told_by_their_marks_by_validity_or_by_who_asks() {
    let russian = "Тема;Ё\r\nПринтер;ж".to_owned();
    let (windows, _, _) = encoding_rs::WINDOWS_1251.encode(&russian);
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(russian.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let marked: Vec<u8> = [0xEF, 0xBB, 0xBF].into_iter().chain(russian.bytes()).collect();
    for (bytes, encoding) in
        [(windows.to_vec(), "windows-1251"), (utf16, "utf-16le"), (marked, "utf-8"), (russian.clone().into_bytes(), "utf-8")]
    {
        let read = read(&bytes, None, "windows-1251", None).unwrap();
        assert_eq!((read.encoding.as_str(), read.headers.as_slice()), (encoding, ["Тема".to_owned(), "Ё".to_owned()].as_slice()));
        assert_eq!(cells(&read), [vec!["Принтер", "ж"]]);
    }
    let (koi, _, _) = encoding_rs::KOI8_R.encode(&russian);
    assert_eq!(read(&koi, Some("koi8-r"), "windows-1251", None).unwrap().headers, ["Тема", "Ё"]);
    assert_eq!(read(b"a,b\n1,2", Some("klingon"), "windows-1251", None), Err(Unreadable("import_encoding")));
}

#[test]
fn what_is_hostile_stays_as_small_as_it_is() {
    let open = table("a,b\n1,\"never closed\n2,3\n");
    assert!(open.rows[0].is_unclosed && open.rows.len() == 1);
    let large = table(&format!("a,b\n1,{}", "x".repeat(1_000_000)));
    assert!((TEXT_BYTES_MAX + 1..TEXT_BYTES_MAX + 100).contains(&large.rows[0].cells[1].len()), "cut, and still too long");
    let wide = table(&format!("a,b\n{}", ",x".repeat(100_000)));
    assert!(wide.rows[0].cells.len() < 110);
    assert_eq!(table("a\0b,c\n1\0,2").headers, ["ab", "c"]);
    let empty = |text: &str| read(text.as_bytes(), None, "windows-1251", None).unwrap_err().0;
    assert_eq!([empty(""), empty("\n\n"), empty("a,b\n"), empty("a,b\n , \n")], ["import_empty"; 4]);
    assert_eq!(empty(&"x,".repeat(200)), "import_too_many_columns");
    assert_eq!(empty(&"x,y\n".repeat(IMPORT_ROWS_MAX + 2)), "import_too_many_rows");
    assert_eq!(table(&"x,y\n".repeat(IMPORT_ROWS_MAX + 1)).rows.len(), IMPORT_ROWS_MAX);
}
