//! A place in the text of a document.

use crate::saml::Fault;

/// What is still to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a>(pub(super) &'a str);

impl<'a> Cursor<'a> {
    /// Goes over these words if they are next.
    pub(super) fn take(&mut self, words: &str) -> bool {
        let rest = self.0.strip_prefix(words);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Goes over these words, which have to be next.
    pub(super) fn expect(&mut self, words: &str) -> Result<(), Fault> {
        if self.take(words) { Ok(()) } else { Err(Fault::Malformed) }
    }

    /// Goes over space; whether there was any.
    pub(super) fn space(&mut self) -> bool {
        let rest = self.0.trim_start_matches([' ', '\t', '\n']);
        let had_space = rest.len() < self.0.len();
        self.0 = rest;
        had_space
    }

    /// What stands before these words, and goes over both.
    pub(super) fn until(&mut self, words: &str) -> Result<&'a str, Fault> {
        let (before, rest) = self.0.split_once(words).ok_or(Fault::Malformed)?;
        self.0 = rest;
        Ok(before)
    }

    /// What stands before one of these signs, to which it goes.
    pub(super) fn before(&mut self, signs: &[char]) -> Result<&'a str, Fault> {
        let at = self.0.find(signs).ok_or(Fault::Malformed)?;
        let (before, rest) = self.0.split_at_checked(at).ok_or(Fault::Malformed)?;
        self.0 = rest;
        Ok(before)
    }

    /// A comment behind its `<!`, if one is next.
    pub(super) fn comment(&mut self) -> Result<bool, Fault> {
        if !self.take("<!--") {
            return Ok(false);
        }
        // Two hyphens end a comment and may stand nowhere else in it (XML 1.0, 2.5).
        self.until("--")?;
        self.expect(">")?;
        Ok(true)
    }

    /// Space and comments, as they stand before and after the root.
    pub(super) fn surroundings(&mut self) -> Result<(), Fault> {
        while self.space() || self.comment()? {}
        self.nothing_forbidden()
    }

    /// Document types and processing instructions are in no message.
    pub(super) fn nothing_forbidden(&self) -> Result<(), Fault> {
        if self.0.starts_with("<?") {
            Err(Fault::Instruction)
        } else if self.0.starts_with("<!") && !self.0.starts_with("<![CDATA[") {
            Err(Fault::Doctype)
        } else {
            Ok(())
        }
    }

    /// A name: its prefix, empty where there is none, and the rest.
    pub(super) fn name(&mut self) -> Result<(&'a str, &'a str), Fault> {
        let first = self.part()?;
        if self.take(":") { Ok((first, self.part()?)) } else { Ok(("", first)) }
    }

    /// Letters of the standards' own names: no message has others (XML names can be of nearly any letters).
    fn part(&mut self) -> Result<&'a str, Fault> {
        let is_in_name = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | '.');
        let rest = self.0.trim_start_matches(is_in_name);
        let (part, _) = self.0.split_at_checked(self.0.len() - rest.len()).ok_or(Fault::Malformed)?;
        self.0 = rest;
        let begins = part.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '_');
        if begins { Ok(part) } else { Err(Fault::Malformed) }
    }
}
