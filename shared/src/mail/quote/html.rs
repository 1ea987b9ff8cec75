//! Quotes in HTML that went through [`super::super::sanitize::mail_html`]: well-formed, and with the marks of
//! the mail clients still on it.
//!
//! Containers that hold both the quote and possible answers (`div.gmail_quote`) are not removed as a whole:
//! only the block quotes and attributions in them are.

use crate::mail::sanitize::markup::{Piece, attribute, bare_text, is_void, pieces};

/// A safe HTML body in two parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StrippedHtml {
    /// What the sender wrote.
    pub visible: String,
    /// What was removed.
    pub quoted: String,
}

/// What an element is to us.
enum Mark {
    /// A quote or attribution: it goes, with what is in it.
    Element,
    /// From here on everything is quoted.
    Rest,
}

/// Separates the quoted elements of safe HTML. If no words would be left, everything stays visible.
pub fn strip_html(safe: &str) -> StrippedHtml {
    let mut out = StrippedHtml::default();
    // Open elements of the visible part, to close them if the rest is cut.
    let mut open: Vec<&str> = Vec::new();
    let mut quoted_depth = 0usize;
    let mut rest = false;
    for piece in pieces(safe) {
        match piece {
            Piece::Open { name, raw } => {
                if quoted_depth == 0 && !rest {
                    match mark(name, raw) {
                        Some(Mark::Rest) if has_words(&out.visible) => {
                            rest = true;
                            for name in open.drain(..).rev() {
                                close(&mut out.visible, name);
                            }
                        }
                        Some(Mark::Element) => {
                            quoted_depth = 1;
                            out.quoted.push_str(raw);
                            continue;
                        }
                        _ => {}
                    }
                }
                let container = !is_void(name);
                if quoted_depth > 0 {
                    quoted_depth += usize::from(container);
                    out.quoted.push_str(raw);
                } else if rest {
                    out.quoted.push_str(raw);
                } else {
                    if container {
                        open.push(name);
                    }
                    out.visible.push_str(raw);
                }
            }
            Piece::Close { name, raw } => {
                if quoted_depth > 0 {
                    quoted_depth -= 1;
                    out.quoted.push_str(raw);
                } else if rest {
                    out.quoted.push_str(raw);
                } else if open.last() == Some(&name) {
                    open.pop();
                    out.visible.push_str(raw);
                }
            }
            Piece::Text(raw) => {
                let target = if quoted_depth > 0 || rest { &mut out.quoted } else { &mut out.visible };
                target.push_str(raw);
            }
        }
    }
    if has_words(&out.visible) { out } else { StrippedHtml { visible: safe.to_owned(), quoted: String::new() } }
}

fn close(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn has_words(html: &str) -> bool {
    html.contains("<img") || bare_text(html).replace("&nbsp;", " ").chars().any(|c| !c.is_whitespace())
}

fn mark(name: &str, raw: &str) -> Option<Mark> {
    let class = attribute(raw, "class").unwrap_or_default();
    let has = |wanted: &str| class.split_whitespace().any(|class| class == wanted);
    let id = attribute(raw, "id").unwrap_or_default().to_ascii_lowercase();
    match id.as_str() {
        "appendonsend" | "divrplyfwdmsg" | "x_divrplyfwdmsg" | "mail-editor-reference-message-container" => {
            return Some(Mark::Rest);
        }
        "olk_src_body_section" => return Some(Mark::Element),
        _ => {}
    }
    let quote = name == "blockquote" && (has("gmail_quote") || has("protonmail_quote") || attribute(raw, "type") == Some("cite"));
    let marked =
        ["gmail_attr", "yahoo_quoted", "moz-cite-prefix", "moz-signature", "gmail_signature"].iter().any(|wanted| has(wanted));
    (quote || marked).then_some(Mark::Element)
}
