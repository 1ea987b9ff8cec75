//! What the name of a file says, and how it must agree with the content.

use super::{OCTET_STREAM, Refusal, content::Content};

/// Characters of a stored name: fits a header field and a line on the page.
const CHARS_MAX: usize = 200;

/// Starts something by a double click on one of the usual desktops.
const EXECUTABLE: &[&str] = &[
    "exe",
    "dll",
    "msi",
    "msp",
    "mst",
    "msix",
    "appx",
    "scr",
    "com",
    "pif",
    "cpl",
    "ocx",
    "sys",
    "drv",
    "bat",
    "cmd",
    "ps1",
    "psm1",
    "psd1",
    "ps1xml",
    "vb",
    "vbs",
    "vbe",
    "js",
    "jse",
    "mjs",
    "cjs",
    "ws",
    "wsf",
    "wsc",
    "wsh",
    "hta",
    "jar",
    "jnlp",
    "class",
    "war",
    "apk",
    "app",
    "command",
    "dmg",
    "pkg",
    "deb",
    "rpm",
    "run",
    "bin",
    "elf",
    "sh",
    "bash",
    "zsh",
    "csh",
    "ksh",
    "fish",
    "py",
    "pyc",
    "pyw",
    "pl",
    "rb",
    "php",
    "phtml",
    "phar",
    "asp",
    "aspx",
    "jsp",
    "cgi",
    "lnk",
    "url",
    "scf",
    "inf",
    "reg",
    "gadget",
    "chm",
    "hlp",
    "desktop",
    "iso",
    "img",
    "vhd",
    "vhdx",
    "xll",
    "xlam",
    "ppam",
    "application",
    "msc",
    "settingcontent-ms",
    "library-ms",
    "search-ms",
    "appref-ms",
    "diagcab",
    "iqy",
    "wasm",
    "crx",
    "xpi",
    "swf",
];

/// A browser renders it, and it can carry code.
const MARKUP: &[&str] = &[
    "html", "htm", "xhtml", "xht", "shtml", "mht", "mhtml", "svg", "svgz", "xsl", "xslt", "xml-dtd", "dtd", "htc", "hta", "swf",
    "vml", "mathml",
];

/// Readable text.
const TEXT: &[&str] = &[
    "txt",
    "log",
    "csv",
    "tsv",
    "json",
    "jsonl",
    "ndjson",
    "xml",
    "xsd",
    "wsdl",
    "md",
    "markdown",
    "rst",
    "sql",
    "yaml",
    "yml",
    "toml",
    "ini",
    "cfg",
    "conf",
    "config",
    "properties",
    "env",
    "eml",
    "ics",
    "vcf",
    "diff",
    "patch",
    "trace",
    "out",
    "err",
    "bsl",
    "os",
    "edi",
    "1c",
    "po",
    "srt",
];

/// Files of 1C and its kin, and other bytes that people of an ERP desk send.
const BINARY: &[&str] = &[
    "epf", "erf", "cf", "cfu", "cfe", "dt", "mxl", "1cd", "lgf", "lgp", "lgd", "pff", "cfl", "geo", "grs", "dmp", "bak", "dbf",
    "p7s", "p7m", "sig", "cer", "crt", "pcap", "msg",
];

/// Kept in ZIP containers.
const ZIPPED: &[&str] = &[
    "zip", "docx", "docm", "dotx", "xlsx", "xlsm", "xlsb", "xltx", "pptx", "pptm", "ppsx", "odt", "ods", "odp", "odg", "vsdx",
    "mpp",
];
/// Kept in the container of Office 97 to 2003.
const OLE: &[&str] = &["doc", "dot", "xls", "xlt", "ppt", "pps", "vsd", "mpp", "msg", "pub", "mdb"];
const IMAGES: &[&str] = &["png", "jpg", "jpeg", "jpe", "jfif", "gif", "webp", "heic", "heif", "bmp", "dib", "tif", "tiff"];
const MEDIA: &[&str] = &["mp4", "m4v", "mov", "webm", "mp3", "m4a", "ogg", "oga", "ogv", "opus", "wav"];
const ARCHIVES: &[&str] = &["7z", "rar", "gz", "tgz", "001"];

/// A name that is safe to store, to show and to put into a header: without folders, control characters and characters that
/// turn the direction of writing; at most 200 characters, the extension kept. Nothing left is `file`.
pub fn sanitize(file_name: &str) -> String {
    let last = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|letter| !is_hidden(*letter))
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .collect();
    // Windows drops trailing dots and blanks: "a.exe." is "a.exe" there.
    let clean = clean.trim_matches(|letter: char| letter == ' ' || letter == '.');
    if clean.is_empty() {
        return "file".to_owned();
    }
    if clean.chars().count() <= CHARS_MAX {
        return clean.to_owned();
    }
    match clean.rsplit_once('.') {
        Some((stem, extension)) if extension.chars().count() < 20 => {
            let room = CHARS_MAX - 1 - extension.chars().count();
            format!("{}.{extension}", stem.chars().take(room).collect::<String>())
        }
        _ => clean.chars().take(CHARS_MAX).collect::<String>().trim_end_matches([' ', '.']).to_owned(),
    }
}

/// The name with an ending after which no desktop starts a program and no browser renders.
pub(super) fn as_data(file_name: &str) -> String {
    let room = CHARS_MAX - ".data".len();
    format!("{}.data", file_name.chars().take(room).collect::<String>())
}

/// Control characters, marks of the writing direction (Unicode, UAX 9), zero-width ones, and what is reserved in names of files.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        || matches!(letter, '"' | '<' | '>' | '|' | '*' | '?' | ':')
}

/// What stands after the last dot, in lower case.
pub(super) fn extension(file_name: &str) -> Option<String> {
    let (_, extension) = file_name.rsplit_once('.')?;
    (!extension.is_empty()).then(|| extension.trim().to_lowercase())
}

/// Whether files of this extension are started rather than opened.
pub(super) fn is_executable(extension: &str) -> bool {
    EXECUTABLE.contains(&extension)
}

/// Whether files of this extension are rendered by browsers.
pub(super) fn is_markup(extension: &str) -> bool {
    MARKUP.contains(&extension)
}

/// Whether the sender calls the file something that browsers render.
pub(super) fn declares_markup(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(
        essence.as_str(),
        "text/html"
            | "application/xhtml+xml"
            | "image/svg+xml"
            | "text/javascript"
            | "application/javascript"
            | "multipart/related"
    )
}

/// The type to store, if the name and the content go together. A name without extension, or of one that is not known, promises nothing.
pub(super) fn agree(extension: Option<&str>, found: Content) -> Result<&'static str, Refusal> {
    let known = extension.filter(|extension| {
        [TEXT, BINARY, ZIPPED, OLE, IMAGES, MEDIA, ARCHIVES, &["pdf", "rtf"]].iter().any(|list| list.contains(extension))
    });
    // Whatever an ERP's file holds, it is bytes for that system alone.
    if known.is_some_and(|extension| BINARY.contains(&extension)) {
        return Ok(OCTET_STREAM);
    }
    let promises = |list: &[&str]| known.is_none_or(|extension| list.contains(&extension));
    match found {
        Content::Image(mime) if promises(IMAGES) => Ok(mime),
        Content::Media(mime) if promises(MEDIA) => Ok(mime),
        Content::Document(mime) if promises(if mime == "application/pdf" { &["pdf"] } else { &["rtf", "doc"] }) => Ok(mime),
        Content::Zip("application/zip") if promises(ZIPPED) => Ok(extension.map_or("application/zip", zipped)),
        Content::Zip(mime) if promises(ZIPPED) => Ok(mime),
        Content::Ole(mime) if promises(OLE) => Ok(if mime == "application/x-ole-storage" { OCTET_STREAM } else { mime }),
        Content::Archive(mime) if promises(ARCHIVES) => Ok(mime),
        Content::Text | Content::Xml if known.is_some_and(|extension| TEXT.contains(&extension)) => {
            Ok(extension.map_or("text/plain", text))
        }
        Content::Text if extension.is_none() => Ok("text/plain"),
        Content::Image(_)
        | Content::Media(_)
        | Content::Document(_)
        | Content::Zip(_)
        | Content::Ole(_)
        | Content::Archive(_) => Err(Refusal::Mismatch),
        Content::Text | Content::Xml | Content::Bytes if known.is_some() => Err(Refusal::Mismatch),
        _ => Err(Refusal::Unknown),
    }
}

fn text(extension: &str) -> &'static str {
    match extension {
        "csv" => "text/csv",
        "json" => "application/json",
        "xml" | "xsd" | "wsdl" => "application/xml",
        "ics" => "text/calendar",
        "eml" => "message/rfc822",
        _ => "text/plain",
    }
}

fn zipped(extension: &str) -> &'static str {
    match extension {
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odp" => "application/vnd.oasis.opendocument.presentation",
        _ => "application/zip",
    }
}
