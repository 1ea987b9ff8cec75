//! Between what a stranger sent and what our pages and mails show.
//!
//! Four doors: [`mail_html`] for the HTML of a mail, [`html_to_text`], [`text_to_html`] for plain text, and
//! [`markdown_to_html`] for what people type into the composer. All HTML that leaves this module went
//! through one allow-list last. Styles are dropped as a whole: a mail must not cover our page, imitate it,
//! or be unreadable on a dark one. Remote pictures are not loaded, because loading one tells its sender
//! who reads, when and where.

pub(crate) mod markup;
mod weight;

use crate::id::AttachmentId;
use ammonia::{Builder, UrlRelative};
use markup::{Piece, pieces};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The attribute that keeps the address of a remote picture that was not loaded.
pub const REMOTE_IMAGE_ATTRIBUTE: &str = "data-remote-src";
/// Class names that mark quoted text in mail clients; they survive so that [`super::quote`] can see them.
pub(crate) const QUOTE_CLASSES: [&str; 8] = [
    "gmail_quote",
    "gmail_quote_container",
    "gmail_attr",
    "gmail_signature",
    "yahoo_quoted",
    "moz-cite-prefix",
    "moz-signature",
    "protonmail_quote",
];
/// Ids that mark where quoted text begins; they survive for the same reason.
pub(crate) const QUOTE_IDS: [&str; 5] =
    ["appendonsend", "divrplyfwdmsg", "mail-editor-reference-message-container", "olk_src_body_section", "x_divrplyfwdmsg"];

/// A mail's HTML made safe. `inline` maps Content-IDs (without brackets) to addresses of our own; a picture
/// that is not in it, or is remote, loses its `src`. Never put the input on a page, always the result.
#[expect(clippy::implicit_hasher, reason = "one map type is enough for a mail's pictures")]
pub fn mail_html(html: &str, inline: &HashMap<String, String>) -> String {
    let html = bearable(html);
    let mut builder = allow_list();
    builder
        .add_url_schemes(&["cid"])
        .add_tag_attributes("blockquote", &["type"])
        .add_tags(&["font", "tfoot"])
        .add_generic_attributes(&["dir", "id"])
        .attribute_filter(|_, attribute, value| {
            let keep = match attribute {
                "id" => QUOTE_IDS.iter().any(|id| value.eq_ignore_ascii_case(id)),
                "type" => value.eq_ignore_ascii_case("cite"),
                "dir" => matches!(value, "ltr" | "rtl" | "auto"),
                _ => true,
            };
            keep.then_some(Cow::Borrowed(value))
        });
    for tag in ["div", "blockquote", "span", "p", "pre"] {
        builder.add_allowed_classes(tag, &QUOTE_CLASSES);
    }
    rewrite_images(&builder.clean(&html).to_string().replace('\r', "\n"), inline)
}

/// Clean HTML of a mail with a mark ([`super::inline`]) in the place of each picture that [`mail_html`] has left its `cid:` address.
pub fn mark_pictures(safe: &str) -> String {
    let mut out = String::with_capacity(safe.len());
    for piece in pieces(safe) {
        match piece {
            Piece::Open { name: "img", raw } if attribute(raw, "src").is_some_and(|src| src.starts_with("cid:")) => {
                out.extend(["[", attribute(raw, "src").unwrap_or_default(), "]"]);
            }
            Piece::Open { raw, .. } | Piece::Close { raw, .. } | Piece::Text(raw) => out.push_str(raw),
        }
    }
    out
}

/// HTML as text: quotes get `> `, lists their signs, links keep their address where it says more than the words.
pub fn html_to_text(html: &str) -> String {
    let html = bearable(html);
    let config = html2text::config::plain().link_footnotes(false).no_table_borders().allow_width_overflow();
    let text = config.string_from_read(html.as_bytes(), 100_000).unwrap_or_else(|_| markup::bare_text(&html));
    tidy_lines(&text)
}

/// HTML as its words alone, without signs for what is bold, a list or a link: for where a line is all the room there is.
pub fn html_to_words(html: &str) -> String {
    let html = bearable(html);
    let config = html2text::config::plain_no_decorate().link_footnotes(false).no_table_borders().allow_width_overflow();
    let text = config.string_from_read(html.as_bytes(), 100_000).unwrap_or_else(|_| markup::bare_text(&html));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Plain text as safe HTML: paragraphs, line breaks, and links made of http(s) and mail addresses; of pictures the names are shown.
pub fn text_to_html(text: &str) -> String {
    text_with_pictures(text, &|_| false)
}

/// The same, with those pictures that are files of ours and that `is_shown` admits, as in [`markdown_with_pictures`].
pub fn text_with_pictures(text: &str, is_shown: &dyn Fn(&AttachmentId) -> bool) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    for paragraph in text.replace("\r\n", "\n").split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        html.push_str("<p>");
        for (index, line) in paragraph.trim_matches('\n').split('\n').enumerate() {
            if index > 0 {
                html.push_str("<br>");
            }
            let mut left = line;
            while let Some((before, name, file, after)) = crate::ticket::picture::next(left) {
                link_words(before, &mut html);
                html.extend(["<img src=\"attachment:", file.as_str(), "\" alt=\"", escape(name).as_str(), "\">"]);
                left = after;
            }
            link_words(left, &mut html);
        }
        html.push_str("</p>");
    }
    let mut builder = allow_list();
    // No other address of this scheme is in what was just written.
    builder.add_url_schemes(&[ATTACHMENT]);
    with_chips_and_pictures(&builder.clean(&html).to_string(), is_shown)
}

/// Markdown (`CommonMark` with tables, strike-through, task lists and bare links) as safe HTML. Raw HTML in it
/// is shown as text; a line break is a line break; of pictures the names are shown.
pub fn markdown_to_html(markdown: &str) -> String {
    markdown_with_pictures(markdown, &|_| false)
}

/// The same, with those pictures that are files of ours and that `is_shown` admits: `![name](attachment:att_...)`. No other picture is shown.
pub fn markdown_with_pictures(markdown: &str, is_shown: &dyn Fn(&AttachmentId) -> bool) -> String {
    let mut options = comrak::Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.render.hardbreaks = true;
    options.render.escape = true;
    let html = comrak::markdown_to_html(markdown, &options);
    let html = bearable(&html);
    let mut builder = allow_list();
    builder
        .add_url_schemes(&[ATTACHMENT, MENTION])
        .attribute_filter(|element, attribute, value| {
            let scheme = value.split_once(':').map_or("", |(scheme, _)| scheme);
            let keep = match (element, attribute) {
                ("img", "src") => scheme == ATTACHMENT,
                (_, "href" | "src" | "cite") => scheme != ATTACHMENT,
                _ => true,
            };
            keep.then_some(Cow::Borrowed(value))
        })
        .add_tags(&["input"])
        .add_tag_attributes("input", &["checked", "disabled"])
        .add_tag_attribute_values("input", "type", &["checkbox"])
        .set_tag_attribute_value("input", "disabled", "");
    with_chips_and_pictures(&builder.clean(&html).to_string(), is_shown)
}

/// Scheme of pictures that are files of ours, without its colon.
const ATTACHMENT: &str = "attachment";
/// Scheme of links that name a colleague.
const MENTION: &str = "mention";

/// What no browser knows, in clean HTML: links to colleagues become chips, pictures of ours get their address, and of others the names stay.
fn with_chips_and_pictures(html: &str, is_shown: &dyn Fn(&AttachmentId) -> bool) -> String {
    if !html.contains("<img") && !html.contains("\"mention:") {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len());
    let mut in_chip = false;
    for piece in pieces(html) {
        match piece {
            Piece::Open { name: "img", raw } => out.push_str(&picture(raw, is_shown)),
            Piece::Open { name: "a", raw } if attribute(raw, "href").is_some_and(|href| href.starts_with("mention:")) => {
                in_chip = true;
                out.push_str("<span class=\"mention\">");
            }
            Piece::Close { name: "a", .. } if in_chip => {
                in_chip = false;
                out.push_str("</span>");
            }
            Piece::Open { raw, .. } | Piece::Close { raw, .. } | Piece::Text(raw) => out.push_str(raw),
        }
    }
    out
}

fn attribute<'r>(raw: &'r str, wanted: &str) -> Option<&'r str> {
    markup::attributes(raw).find(|(name, _)| *name == wanted).map(|(_, value)| value)
}

fn picture(raw: &str, is_shown: &dyn Fn(&AttachmentId) -> bool) -> String {
    let name = attribute(raw, "alt").unwrap_or_default();
    let file = attribute(raw, "src").and_then(|src| AttachmentId::parse(src.strip_prefix("attachment:")?).ok());
    match file.filter(|file| is_shown(file)) {
        Some(file) => format!(
            "<a class=\"picture\" href=\"/api/attachments/{file}?inline=1\" target=\"_blank\" rel=\"noopener\"><img src=\"/api/attachments/{file}?inline=1\" alt=\"{name}\" loading=\"lazy\"></a>"
        ),
        None => name.to_owned(),
    }
}

/// What all four doors allow: text structure, tables, links that open elsewhere and tell nothing.
fn allow_list() -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        .rm_tags(&["area", "map", "details", "summary", "nav", "header", "footer", "article", "aside"])
        .rm_tag_attributes("img", &["align"])
        // Addresses that nobody follows, and that are not looked at as those of links are.
        .rm_tag_attributes("blockquote", &["cite"])
        .rm_tag_attributes("q", &["cite"])
        .rm_tag_attributes("del", &["cite"])
        .rm_tag_attributes("ins", &["cite"])
        .add_clean_content_tags(&["title", "head", "template", "noscript", "iframe", "object", "svg", "math"]);
    builder
}

fn rewrite_images(html: &str, inline: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(html.len());
    for piece in pieces(html) {
        match piece {
            Piece::Open { name: "img", raw } => out.push_str(&image(raw, inline)),
            Piece::Open { raw, .. } | Piece::Close { raw, .. } | Piece::Text(raw) => out.push_str(raw),
        }
    }
    out
}

fn image(raw: &str, inline: &HashMap<String, String>) -> String {
    let mut out = String::from("<img");
    for (name, value) in markup::attributes(raw) {
        let (name, value) = match (name, value.get(..4)) {
            ("src", Some(scheme)) if scheme.eq_ignore_ascii_case("cid:") => {
                let id = value.get(4..).unwrap_or_default();
                let id = percent_encoding::percent_decode_str(id).decode_utf8_lossy();
                match inline.get(id.as_ref()) {
                    Some(address) => ("src", Cow::Owned(escape(address))),
                    None => continue,
                }
            }
            ("src", _) => (REMOTE_IMAGE_ATTRIBUTE, Cow::Borrowed(value)),
            other => (other.0, Cow::Borrowed(value)),
        };
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        out.push_str(&value);
        out.push('"');
    }
    out.push('>');
    out
}

/// Appends a line with its words escaped and its addresses linked.
fn link_words(line: &str, out: &mut String) {
    for word in line.split_inclusive([' ', '\t', '\u{a0}']) {
        let bare = word.trim_end();
        let core = bare.trim_matches(|c: char| "<>()[]{}\"'«»,;!?".contains(c)).trim_end_matches(['.', ':']);
        let address = if core.starts_with("http://") || core.starts_with("https://") {
            Some(core.to_owned())
        } else if core.contains('@') && super::address::normalize(core).is_some() {
            Some(format!("mailto:{core}"))
        } else {
            None
        };
        match address.and_then(|address| Some((address, word.split_once(core)?))) {
            Some((address, (before, after))) => {
                out.push_str(&escape(before));
                out.push_str("<a href=\"");
                out.push_str(&escape(&address));
                out.push_str("\">");
                out.push_str(&escape(core));
                out.push_str("</a>");
                out.push_str(&escape(after));
            }
            None => out.push_str(&escape(word)),
        }
    }
}

/// The HTML itself, or only its text if its tree would be a burden ([`weight`]).
fn bearable(html: &str) -> Cow<'_, str> {
    if weight::is_bearable(html, super::limits::HTML_DEPTH_MAX) {
        return Cow::Borrowed(html);
    }
    let mut text = String::with_capacity(html.len() / 2);
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
        text.push(' ');
    }
    Cow::Owned(escape(&text))
}

/// Text for an element or a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// At most two line ends in a row, none at the ends, no blanks at the ends of lines.
fn tidy_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests;
