//! What a server says it can do: the lines of its answer to EHLO (RFC 5321, 4.1.1.1).

use super::reply::Reply;

#[expect(clippy::struct_excessive_bools, reason = "each is an extension that a server offers or not")]
#[derive(Debug, Default)]
pub(super) struct Offers {
    pub plain: bool,
    pub login: bool,
    pub eight_bit: bool,
    pub utf8: bool,
    pub size_max: Option<usize>,
}

impl Offers {
    /// Reads the answer; what we do not know is passed over.
    pub fn of(reply: &Reply) -> Self {
        let mut found = Self::default();
        for line in reply.lines.iter().skip(1) {
            let line = line.to_ascii_uppercase();
            let mut words = line.split([' ', '=']);
            match words.next().unwrap_or_default() {
                "AUTH" => {
                    for word in words {
                        found.plain |= word == "PLAIN";
                        found.login |= word == "LOGIN";
                    }
                }
                "SIZE" => found.size_max = Some(words.next().and_then(|word| word.parse().ok()).unwrap_or(0)),
                "8BITMIME" => found.eight_bit = true,
                "SMTPUTF8" => found.utf8 = true,
                _ => {}
            }
        }
        found
    }
}
