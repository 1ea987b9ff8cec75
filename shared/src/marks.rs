//! Texts with marks in them: `{{..}}` of a template, `[..]` of a mail.

/// The text with what `said` answers in the place of each mark. It is given what follows `opening`, and answers the words and what stands behind
/// the mark; where it answers nothing the opening stays, and the search goes on after it. Linear in the text, as far as `said` is.
pub fn replaced<'t>(text: &'t str, opening: &str, mut said: impl FnMut(&'t str) -> Option<(String, &'t str)>) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(opening) {
        whole.push_str(before);
        if let Some((words, behind)) = said(after) {
            whole.push_str(&words);
            rest = behind;
        } else {
            whole.push_str(opening);
            rest = after;
        }
    }
    whole.push_str(rest);
    whole
}
