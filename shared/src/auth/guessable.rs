//! How guessable a password is: how little is left of it once what everybody tries is taken out.
//!
//! A list of leaked passwords helps little here, for a password that is the only factor has fifteen characters, and what people make
//! of fifteen is put together: a word twice, a word and a year, a walk over the keys, the name of the company. So the pieces are
//! listed and the ways in which they are joined are rules. A maintained estimator (zxcvbn) would do the same with dictionaries of some
//! 400 kB compressed, more than the module of the product has left; the words here take 3 kB.

/// Words and phrases that everybody tries first, spread over lines.
const WORDS: &str = include_str!("words.txt");

/// Rows of keys and orders of signs: any four neighbours are a walk, forwards or backwards.
const WALKS: &[&str] = &[
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "qwertzuiop",
    "azertyuiop",
    "qsdfghjklm",
    "yxcvbnm",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "ضصثقفغعهخحجد",
    "شسيبلاتنمكط",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "147258369",
    "159357",
    "!@#$%^&*()",
    "!\"№;%:?*()",
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "01234567890",
];

/// What a piece is worth, in bits as an attacker counts who knows these rules.
const WORD: u32 = 9;
const YEAR: u32 = 6;
const WALK: u32 = 5;
const RUN: u32 = 3;
const KNOWN: u32 = 2;
const REPEATED: u32 = 2;
const LETTER: u32 = 3;
const DIGIT: u32 = 2;
const SIGN: u32 = 1;

/// Signs of a password that are looked at: whoever needs more of them to be good repeats, and the work has an end.
const SIGNS_LOOKED_AT: usize = 64;

/// A password that is the only factor is good beyond this: four unrelated common words, or a dozen letters that are none.
const BITS_MIN: u32 = 37;
/// One before a second factor: tries are few and in vain without the other. Three common words, or seven letters that are none.
const BITS_MIN_BEFORE_SECOND: u32 = 20;

/// Whether the password can be put together of what everybody tries, and of `context`: names, address, tenant. `has_second`: whether a
/// second factor always follows.
pub(super) fn is_guessable(password: &str, context: &[&str], has_second: bool) -> bool {
    let plain: Vec<char> = password.to_lowercase().chars().take(SIGNS_LOOKED_AT).collect();
    let rows: Vec<Vec<char>> = WALKS.iter().flat_map(|row| [row.chars().collect(), row.chars().rev().collect()]).collect();
    let words: Vec<Vec<char>> = WORDS.split_whitespace().map(|word| word.chars().map(straightened).collect()).collect();
    let known: Vec<Vec<char>> = context
        .iter()
        .flat_map(|word| word.split(|letter: char| !letter.is_alphanumeric()).chain([*word]))
        .map(|word| word.to_lowercase().chars().map(straightened).collect::<Vec<char>>())
        .filter(|word| word.len() >= 3)
        .collect();
    let straight: Vec<char> = plain.iter().copied().map(straightened).collect();
    // The cheapest way to put it together, from the end: what is left of it from each place on.
    let mut left = vec![0; plain.len() + 1];
    for at in (0..plain.len()).rev() {
        let rest = plain.get(at..).unwrap_or_default();
        let straight_rest = straight.get(at..).unwrap_or_default();
        let behind = |length: usize| left.get(at + length).copied().unwrap_or(u32::MAX);
        let sign = match rest.first() {
            Some(sign) if sign.is_numeric() => DIGIT,
            Some(sign) if sign.is_alphabetic() => LETTER,
            _ => SIGN,
        };
        let listed = [(&known, KNOWN), (&words, WORD)].into_iter().flat_map(|(list, worth)| {
            list.iter().filter(|word| straight_rest.starts_with(word)).map(move |word| (word.len(), worth))
        });
        let stretches =
            [(3, repeated(&plain, at), REPEATED), (3, run(rest), RUN), (3, walk(rest, &rows), WALK), (4, year(rest), YEAR)];
        let cut = stretches.into_iter().flat_map(|(least, most, worth)| (least..=most).map(move |length| (length, worth)));
        let cheapest = listed.chain(cut).chain([(1, sign)]).map(|(length, worth)| behind(length).saturating_add(worth)).min();
        if let Some(place) = left.get_mut(at) {
            *place = cheapest.unwrap_or(0);
        }
    }
    let least = if has_second { BITS_MIN_BEFORE_SECOND } else { BITS_MIN };
    left.first().is_none_or(|bits| *bits < least)
}

/// Signs that stand for letters.
fn straightened(sign: char) -> char {
    match sign {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        'ё' => 'е',
        other => other,
    }
}

/// Three or more signs that stood there before, in the same order.
fn repeated(plain: &[char], at: usize) -> usize {
    let before = plain.get(..at).unwrap_or_default();
    let rest = plain.get(at..).unwrap_or_default();
    let longest = (0..before.len())
        .map(|start| before.get(start..).unwrap_or_default().iter().zip(rest).take_while(|(one, other)| one == other).count());
    longest.max().filter(|length| *length >= 3).unwrap_or(0)
}

/// Three or more of the same sign.
fn run(rest: &[char]) -> usize {
    let Some(first) = rest.first() else { return 0 };
    let length = rest.iter().take_while(|sign| *sign == first).count();
    if length >= 3 { length } else { 0 }
}

/// Four or more neighbours, or three digits in a row.
fn walk(rest: &[char], rows: &[Vec<char>]) -> usize {
    let along = |row: &Vec<char>, start: usize| {
        row.get(start..).unwrap_or_default().iter().zip(rest).take_while(|(one, other)| one == other).count()
    };
    let longest = rows.iter().flat_map(|row| (0..row.len()).map(move |start| along(row, start))).max().unwrap_or(0);
    let are_digits = rest.iter().take(3).all(char::is_ascii_digit);
    if longest >= 4 || (longest == 3 && are_digits) { longest } else { 0 }
}

/// A year of a life: 1900 to 2099.
fn year(rest: &[char]) -> usize {
    let is_year = matches!(rest, ['1', '9', a, b, ..] | ['2', '0', a, b, ..] if a.is_ascii_digit() && b.is_ascii_digit());
    if is_year { 4 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Passwords of fifteen characters and more as people put them together, more than 3,000 of them.
    fn common() -> Vec<String> {
        let words: Vec<&str> = WORDS.split_whitespace().filter(|word| word.chars().count() <= 12).collect();
        let mut made = Vec::new();
        for (index, word) in words.iter().enumerate() {
            let other = words[(index * 7 + 3) % words.len()];
            made.extend([
                format!("{word}{word}{word}"),
                format!("{word}{other}2024"),
                format!("{word}1234567890"),
                format!("{word}-{word}-123!"),
                format!("{word}@1990!{word}@1990!"),
                format!("{}2025{}", word.to_uppercase(), other),
                format!("qwerty{word}asdfgh"),
                format!("{word}!!!!!!!!!!!!"),
                format!("{word}111222333"),
                format!("1q2w3e4r{word}"),
                format!("{word}acme{word}acme"),
                format!("{}{}!1", word.replace('o', "0").replace('a', "@"), other.replace('e', "3")),
            ]);
        }
        for row in WALKS {
            let back: String = row.chars().rev().collect();
            made.extend([format!("{row}{row}"), format!("{back}{row}"), format!("{row}123456{back}")]);
        }
        made.retain(|password| password.chars().count() >= 15);
        made.sort();
        made.dedup();
        made
    }

    #[test]
    fn more_than_three_thousand_passwords_that_people_choose_are_refused() {
        let common = common();
        assert!(common.len() >= 3000, "{}", common.len());
        let good: Vec<&String> = common.iter().filter(|password| !is_guessable(password, &["acme"], false)).collect();
        assert!(good.is_empty(), "{} are let through: {:?}", good.len(), good.iter().take(20).collect::<Vec<_>>());
    }

    #[test]
    fn names_the_address_and_the_tenant_carry_nothing() {
        let context = ["Wolfgang Amadeus", "w.mozart@salzburg.example", "Hofmusik"];
        for password in ["wolfgang-amadeus-mozart", "Mozart@Salzburg.2026", "hofmusikhofmusikhofmusik", "AmadeusHofmusik123!!!"] {
            assert!(is_guessable(password, &context, false), "{password}");
        }
        assert!(!is_guessable("wolfgang amadeus mozart", &[], false), "to others these are words like any");
    }

    #[test]
    fn what_nobody_else_would_think_of_is_taken_in_any_script() {
        for password in [
            "correct horse battery staple",
            "monkey dragon sunshine princess",
            "xk29fmq8tzblw0v",
            "синий трактор едет к нам",
            "каша из топора на ужин",
            "القطار يصل قبل الفجر",
            "an owner chooses well",
            "vier kleine Enten schwimmen",
        ] {
            assert!(!is_guessable(password, &["acme", "anna"], false), "{password}");
        }
    }
}
