//! A tenant's own words in place of the product's.
//!
//! They are spoken while a request or a mail of the tenant is worked on: [`Speaking`] sets them for a piece of work that does not wait,
//! [`InWords`] for one that does. Requests of several tenants take turns on one thread, so a future sets them each time that it goes on
//! and puts back what it found. Everything that asks for a text gets the tenant's, whether it knows of this or not.
//!
//! A text is checked before it is kept ([`check`]): it is Fluent, it names no value that the product's own text does not name, it asks for
//! no other message, and its depth has an end.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use fluent_syntax::ast;

use super::Locale;
use crate::limits::{OWN_TEXT_CHARS_MAX, OWN_TEXT_DEPTH_MAX};

/// What a tenant says instead.
#[derive(Default)]
pub struct OwnTexts(Vec<(Locale, FluentBundle<FluentResource>)>);

impl OwnTexts {
    /// Of texts by language and key. One that does not parse is passed over: it was checked when it was kept, by another version perhaps.
    pub fn new<'t>(texts: impl Iterator<Item = (Locale, &'t str, &'t str)>) -> Self {
        let mut texts: Vec<_> = texts.collect();
        // A message and its attributes have to stand together.
        texts.sort_unstable_by_key(|&(locale, key, _)| (locale, message_of(key), key));
        let mut own = Self::default();
        let mut rest = texts.as_slice();
        while let Some((locale, key, _)) = rest.first() {
            let id = message_of(key);
            let count = rest.iter().take_while(|(other, key, _)| other == locale && message_of(key) == id).count();
            let (message, others) = rest.split_at(count);
            rest = others;
            let mut source = format!("{id} =");
            for (_, key, text) in message {
                match key.split_once('.') {
                    None => source.push_str(&indented(text)),
                    Some((_, attribute)) => source.push_str(&["\n    .", attribute, " =", &indented(text)].concat()),
                }
            }
            if own.0.last().is_none_or(|(last, _)| last != locale) {
                let mut bundle = FluentBundle::new(vec![super::language(*locale)]);
                bundle.set_use_isolating(false);
                own.0.push((*locale, bundle));
            }
            if let (Some((_, bundle)), Ok(resource)) = (own.0.last_mut(), FluentResource::try_new(source)) {
                bundle.add_resource_overriding(resource);
            }
        }
        own
    }

    fn speaks(&self, locale: Locale) -> Option<&FluentBundle<FluentResource>> {
        self.0.iter().find(|(one, _)| *one == locale).map(|(_, bundle)| bundle)
    }
}

fn message_of(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

/// A text as the pattern of a message. A sign that would begin something else at the beginning of a line is written as a literal.
fn indented(text: &str) -> String {
    let first = text.chars().next().filter(|first| matches!(first, '.' | '[' | '*' | '}'));
    let rest = first.map_or(text, |first| text.strip_prefix(first).unwrap_or(text));
    let literal = first.map(|first| ["{\"", &first.to_string(), "\"}"].concat()).unwrap_or_default();
    let mut lines = rest.split('\n');
    let begin = ["\n        ", &literal, lines.next().unwrap_or_default()].concat();
    lines.fold(begin, |pattern, line| [&pattern, "\n        ", line].concat())
}

thread_local! {
    static PRESENT: RefCell<Option<Rc<OwnTexts>>> = const { RefCell::new(None) };
}

/// Until this goes, texts are said in these words; then in those of before.
#[must_use]
pub struct Speaking(Option<Rc<OwnTexts>>);

impl Speaking {
    /// Begins.
    pub fn of(texts: Option<Rc<OwnTexts>>) -> Self {
        Self(PRESENT.replace(texts))
    }
}

impl Drop for Speaking {
    fn drop(&mut self) {
        PRESENT.set(self.0.take());
    }
}

/// Work that waits in between, in a tenant's own words.
pub struct InWords<F> {
    texts: Option<Rc<OwnTexts>>,
    work: Pin<Box<F>>,
}

impl<F: Future> InWords<F> {
    /// The work, to be waited for.
    pub fn of(texts: Option<Rc<OwnTexts>>, work: F) -> Self {
        Self { texts, work: Box::pin(work) }
    }
}

impl<F: Future> Future for InWords<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let _speaking = Speaking::of(self.texts.clone());
        self.work.as_mut().poll(context)
    }
}

/// Whether words of a tenant's own are spoken in this language at the moment.
pub fn are_spoken(locale: Locale) -> bool {
    PRESENT.with_borrow(|present| present.as_ref().is_some_and(|own| own.speaks(locale).is_some()))
}

pub(super) fn lookup(locale: Locale, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    PRESENT.with_borrow(|present| super::lookup(present.as_ref()?.speaks(locale)?, key, args))
}

/// Whether a text can stand in place of the product's own, `original`. The error is the code of a field's fault.
pub fn check(original: &str, text: &str) -> Result<(), &'static str> {
    if text.trim().is_empty() {
        return Err("required");
    }
    if text.chars().count() > OWN_TEXT_CHARS_MAX {
        return Err("too_long");
    }
    let known = variables(original).unwrap_or_default();
    let named = variables(text).ok_or("bad_text")?;
    if named.iter().all(|name| known.contains(name)) { Ok(()) } else { Err("unknown_variable") }
}

/// The values that a pattern names, in order; `None` for what is no pattern, or one that an own text cannot be.
pub fn variables(text: &str) -> Option<Vec<String>> {
    if text.chars().any(|letter| letter.is_control() && letter != '\n') || text.matches('{').count() > OWN_TEXT_DEPTH_MAX {
        return None;
    }
    let resource = FluentResource::try_new(format!("text ={}", indented(text.trim_end()))).ok()?;
    let mut entries = resource.entries();
    let (Some(ast::Entry::Message(message)), None) = (entries.next(), entries.next()) else { return None };
    let pattern = message.value.as_ref().filter(|_| message.attributes.is_empty())?;
    let mut named = Vec::new();
    walk(pattern, &mut named).then_some(named)
}

/// Collects the variables of a pattern; `false` where it asks for another message, or breaks its line outside a choice: a text stands in
/// attributes and subjects, too.
fn walk(pattern: &ast::Pattern<&str>, named: &mut Vec<String>) -> bool {
    pattern.elements.iter().all(|element| match element {
        ast::PatternElement::TextElement { value } => !value.contains('\n'),
        ast::PatternElement::Placeable { expression } => walk_expression(expression, named),
    })
}

fn walk_expression(expression: &ast::Expression<&str>, named: &mut Vec<String>) -> bool {
    match expression {
        ast::Expression::Inline(inline) => walk_inline(inline, named),
        ast::Expression::Select { selector, variants } => {
            walk_inline(selector, named) && variants.iter().all(|variant| walk(&variant.value, named))
        }
    }
}

fn walk_inline(inline: &ast::InlineExpression<&str>, named: &mut Vec<String>) -> bool {
    match inline {
        ast::InlineExpression::StringLiteral { .. } | ast::InlineExpression::NumberLiteral { .. } => true,
        ast::InlineExpression::VariableReference { id } => {
            if !named.iter().any(|name| name == id.name) {
                named.push(id.name.to_owned());
            }
            true
        }
        ast::InlineExpression::Placeable { expression } => walk_expression(expression, named),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Arg, plain, text};
    use super::*;

    #[test]
    fn a_tenant_s_words_are_said_while_they_are_spoken_and_the_others_as_ever() {
        let own = Rc::new(OwnTexts::new(
            [
                (Locale::En, "nav-home", "Start here"),
                (Locale::En, "mail-ticket-line", "{ $title } ({ $number })"),
                (Locale::En, "error-not-found.detail", "Gone { $x ->\n    [one] fishing\n   *[other] for good\n}"),
            ]
            .into_iter(),
        ));
        let (before, title, ru) =
            (plain(Locale::En, "nav-home"), plain(Locale::En, "error-not-found"), plain(Locale::Ru, "nav-home"));
        {
            let _speaking = Speaking::of(Some(Rc::clone(&own)));
            assert!(are_spoken(Locale::En) && !are_spoken(Locale::Ru));
            assert_eq!(plain(Locale::En, "nav-home"), "Start here");
            assert_eq!(plain(Locale::Ru, "nav-home"), ru);
            assert_eq!(plain(Locale::En, "error-not-found.detail"), "Gone for good");
            assert_eq!(plain(Locale::En, "error-not-found"), title, "the rest of the message is the product's");
            assert_eq!(
                text(Locale::En, "mail-ticket-line", &[("number", Arg::from("A-1")), ("title", Arg::from("T"))]),
                "T (A-1)"
            );
            {
                let _others = Speaking::of(None);
                assert_eq!(plain(Locale::En, "nav-home"), before);
            }
            assert_eq!(plain(Locale::En, "nav-home"), "Start here");
        }
        assert_eq!(plain(Locale::En, "nav-home"), before);
    }

    #[test]
    fn work_that_waits_speaks_only_while_it_runs() {
        let own = Rc::new(OwnTexts::new([(Locale::En, "nav-home", "Start here")].into_iter()));
        let mut turns = 0;
        let work = InWords::of(
            Some(own),
            std::future::poll_fn(|context| {
                turns += 1;
                context.waker().wake_by_ref();
                if turns < 3 { Poll::Pending } else { Poll::Ready(plain(Locale::En, "nav-home")) }
            }),
        );
        let mut work = Box::pin(work);
        let mut context = Context::from_waker(std::task::Waker::noop());
        loop {
            match work.as_mut().poll(&mut context) {
                Poll::Pending => assert_ne!(plain(Locale::En, "nav-home"), "Start here"),
                Poll::Ready(said) => break assert_eq!(said, "Start here"),
            }
        }
    }

    #[test]
    fn what_cannot_stand_in_place_of_a_text_is_refused() {
        let deep = format!("{}$n{}", "{".repeat(200), "}".repeat(200));
        for (original, text, fault) in [
            ("Home", "  ", "required"),
            ("Home", "{ $name }", "unknown_variable"),
            ("Home", "{ unfinished", "bad_text"),
            ("Home", "{ nav-agent }", "bad_text"),
            ("Home", "{ -term }", "bad_text"),
            ("Home", "{ NUMBER(1) }", "bad_text"),
            ("Home", "two\nlines", "bad_text"),
            ("Home", "a\u{7}", "bad_text"),
            ("Home", "Home\n.title = x", "bad_text"),
            ("{ $n }", deep.as_str(), "bad_text"),
        ] {
            assert_eq!(check(original, text), Err(fault), "{text}");
        }
        assert_eq!(check("Home", &"x".repeat(OWN_TEXT_CHARS_MAX + 1)), Err("too_long"));
        assert_eq!(check("{ $n } more", "{ $n ->\n    [one] one\n   *[other] { $n }\n}"), Ok(()));
        assert_eq!(check("Home", "Home {\"{\"} 5 $ \\ *"), Ok(()));
    }
}
