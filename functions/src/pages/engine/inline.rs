//! Partials written into the templates that call them.
//!
//! To call a partial costs the engine a context of its own, with a copy of what it is called on; a page of the desk calls some three
//! hundred. So before a template is parsed, each call is replaced by the partial's own text, wherever that says the same:
//! `{{> shared/status ticket.status}}` becomes the lines of `shared/status` with `ticket.status` where they say `this`. What cannot be
//! said so (a partial that goes through a list of what it is called on, or one that takes a block) is called as before. A call with a line
//! to itself leaves the end of that line behind, which the engine takes away: nothing of a page hangs on it.

use std::collections::BTreeMap;

use shared::marks;

/// Partials within partials are followed so deep.
const DEPTH: usize = 6;

/// What a partial is called on, and the names that the call gives.
struct Call<'c> {
    /// A path, or a text in quotes; nothing where the partial sees what its caller sees.
    on: Option<&'c str>,
    names: BTreeMap<&'c str, &'c str>,
}

/// The template with what its calls of partials stand for. `find` gives the text of a template.
pub fn inlined(source: &str, find: &dyn Fn(&str) -> Option<&'static str>) -> String {
    within(source, find, DEPTH)
}

fn within(source: &str, find: &dyn Fn(&str) -> Option<&'static str>, depth: usize) -> String {
    marks::replaced(source, "{{", |tag| {
        let (inside, after) = tag.strip_prefix("> ")?.split_once("}}")?;
        Some((body(inside, find, depth.checked_sub(1)?)?, after))
    })
}

fn body(inside: &str, find: &dyn Fn(&str) -> Option<&'static str>, depth: usize) -> Option<String> {
    let (name, arguments) = inside.split_once(' ').unwrap_or((inside, ""));
    let call = arguments_of(arguments)?;
    let source = within(find(name)?, find, depth);
    if source.contains("@partial-block") || source.contains("../") {
        return None;
    }
    if call.on.is_none() && call.names.is_empty() { Some(source) } else { said(&source, &call) }
}

fn arguments_of(text: &str) -> Option<Call<'_>> {
    let mut call = Call { on: None, names: BTreeMap::new() };
    let mut rest = text.trim();
    let mut is_first = true;
    while !rest.is_empty() {
        let (name, value, after) = argument(rest)?;
        match name {
            Some(name) => {
                call.names.insert(name, value);
            }
            None if is_first => call.on = (value != "this").then_some(value),
            None => return None,
        }
        is_first = false;
        rest = after.trim_start();
    }
    // What the call is on would have to be put together anew.
    let is_plain = call.on.is_none_or(|on| !on.starts_with('(')) && (call.names.is_empty() || call.on.is_some());
    is_plain.then_some(call)
}

/// The first argument of some: the name that it is given under, if any, its value, and what follows.
fn argument(text: &str) -> Option<(Option<&str>, &str, &str)> {
    let named = text.split_once('=').filter(|(name, _)| !name.contains([' ', '"', '(']));
    let (name, rest) = named.map_or((None, text), |(name, rest)| (Some(name), rest));
    let (value, after) = rest.split_at_checked(value_end(rest)?)?;
    Some((name, value, after))
}

/// Where a value ends: a text in quotes, a call in brackets, or a word.
fn value_end(text: &str) -> Option<usize> {
    if let Some(quoted) = text.strip_prefix('"') {
        return quoted.find('"').map(|at| at + 2);
    }
    if text.starts_with('(') {
        let mut depth = 0_usize;
        let mut is_quoted = false;
        for (at, letter) in text.char_indices() {
            match letter {
                '"' => is_quoted = !is_quoted,
                '(' if !is_quoted => depth += 1,
                ')' if !is_quoted => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(at + 1);
            }
        }
        return None;
    }
    Some(text.find(' ').unwrap_or(text.len()))
}

/// The text of a partial with its names said as its caller says them.
fn said(source: &str, call: &Call<'_>) -> Option<String> {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, tag)) = rest.split_once("{{") {
        text.push_str(before);
        let (inside, after) = tag.split_once("}}")?;
        match inside {
            "else" | "/if" | "/unless" => text.extend(["{{", inside, "}}"]),
            _ => tag_said(inside, call, &mut text)?,
        }
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

fn tag_said(inside: &str, call: &Call<'_>, text: &mut String) -> Option<()> {
    for opening in ["#if ", "#unless ", "else if "] {
        if let Some(arguments) = inside.strip_prefix(opening) {
            text.extend(["{{", opening, &arguments_said(arguments, call)?, "}}"]);
            return Some(());
        }
    }
    // Lists, other partials, comments, texts that are not escaped.
    if inside.starts_with(['#', '/', '>', '!', '{', '~', '^', '*', '&']) {
        return None;
    }
    let Some((helper, arguments)) = inside.split_once(' ') else {
        let value = path_said(inside, call)?;
        match (value.strip_prefix('"'), value.strip_prefix('(')) {
            (Some(words), _) => text.push_str(&handlebars::html_escape(words.strip_suffix('"')?)),
            (_, Some(inner)) => text.extend(["{{", inner.strip_suffix(')')?, "}}"]),
            _ => text.extend(["{{", &value, "}}"]),
        }
        return Some(());
    };
    text.extend(["{{", helper, " ", &arguments_said(arguments, call)?, "}}"]);
    Some(())
}

/// The arguments of a helper: values, `name=value`, and calls in brackets, whose first word is a helper.
fn arguments_said(text: &str, call: &Call<'_>) -> Option<String> {
    let mut said = String::with_capacity(text.len());
    let mut rest = text.trim();
    while !rest.is_empty() {
        if !said.is_empty() {
            said.push(' ');
        }
        let (name, value, after) = argument(rest)?;
        said.extend(name.into_iter().flat_map(|name| [name, "="]));
        if let Some(inner) = value.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
            let (helper, arguments) = inner.split_once(' ')?;
            said.extend(["(", helper, " ", &arguments_said(arguments, call)?, ")"]);
        } else if value.starts_with('"') {
            said.push_str(value);
        } else {
            said.push_str(&path_said(value, call)?);
        }
        rest = after.trim_start();
    }
    Some(said)
}

/// A name of the partial as its caller says it.
fn path_said(path: &str, call: &Call<'_>) -> Option<String> {
    let first = path.split('.').next()?;
    let is_constant =
        matches!(path, "true" | "false" | "null") || path.starts_with(|letter: char| letter.is_ascii_digit() || letter == '@');
    // `page` is what the templates call the page's own data inside of `{{#with @root.page as |page|}}`, whatever a partial is called on.
    if is_constant || first == "page" {
        return Some(path.to_owned());
    }
    if let Some(given) = call.names.get(first) {
        let rest = path.strip_prefix(first)?;
        return (rest.is_empty() || !given.starts_with(['"', '('])).then(|| format!("{given}{rest}"));
    }
    if path == "this" {
        // With names of its own the partial sees them beside what it is called on.
        return call.names.is_empty().then(|| call.on.unwrap_or("this").to_owned());
    }
    let on = call.on.filter(|on| !on.starts_with('"'))?;
    Some(format!("{on}.{}", path.strip_prefix("this.").unwrap_or(path)))
}

#[cfg(test)]
mod tests {
    use super::inlined;

    fn find(name: &str) -> Option<&'static str> {
        Some(match name {
            "icon" => r#"<svg><use href="{{asset "icons.svg"}}#{{this}}"/></svg>"#,
            "status" => r#"<b class="{{this}}">{{t "status" value=this}}</b>"#,
            "moment" => r#"<time datetime="{{iso}}"{{#if (eq kind "day")}} data-day{{/if}}>{{date ms style="long"}}</time>"#,
            "error" => r#"{{#if (get errors name)}}<p id="f-{{name}}-error">{{get errors name}}</p>{{/if}}"#,
            "alert" => r#"{{> icon "circle-alert"}}{{t label}}"#,
            "list" => "{{#each this}}<i>{{name}}</i>{{/each}}",
            "field" => r#"<label>{{label}}</label>{{#if (get this "hint")}}{{hint}}{{/if}}"#,
            "frame" => "<main>{{> @partial-block}}</main>",
            "itself" => "({{> itself}})",
            _ => return None,
        })
    }

    fn whole(source: &str) -> String {
        inlined(source, &find)
    }

    #[test]
    fn a_partial_of_one_word_stands_where_it_was_called() {
        assert_eq!(whole(r#"<a>{{> icon "x<y"}}</a>"#), r#"<a><svg><use href="{{asset "icons.svg"}}#x&lt;y"/></svg></a>"#);
        assert_eq!(whole("{{> status ticket.status}}"), r#"<b class="{{ticket.status}}">{{t "status" value=ticket.status}}</b>"#);
        assert_eq!(whole("{{> status this}}"), find("status").unwrap());
    }

    #[test]
    fn its_names_are_those_of_what_it_is_called_on() {
        let said = r#"<time datetime="{{page.at.iso}}"{{#if (eq page.at.kind "day")}} data-day{{/if}}>{{date page.at.ms style="long"}}</time>"#;
        assert_eq!(whole("{{> moment page.at}}"), said);
        let said = r#"{{#if (get page.form.errors "title")}}<p id="f-title-error">{{get page.form.errors "title"}}</p>{{/if}}"#;
        assert_eq!(whole(r#"{{> error page.form name="title"}}"#), said);
        assert_eq!(
            whole(r#"{{> alert "" label=(t "words")}}"#),
            format!(r#"{}{{{{t (t "words")}}}}"#, whole(r#"{{> icon "circle-alert"}}"#))
        );
    }

    #[test]
    fn what_would_say_something_else_is_called_as_before() {
        for call in [
            "{{> list ticket.tags}}",
            r#"{{> field page.form label="Name"}}"#,
            "{{#> frame}}words{{/frame}}",
            "{{> frame}}",
            "{{> nothing}}",
            r#"{{> status (t "key")}}"#,
            r#"{{> error "" name="title"}}"#,
            "{{> unfinished",
        ] {
            assert_eq!(whole(call), call);
        }
    }

    #[test]
    fn one_that_calls_itself_is_followed_for_some_steps_only() {
        assert!(whole("{{> itself}}").len() < 200);
    }
}
