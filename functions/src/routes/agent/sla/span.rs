//! Lengths of time as people type them: `90`, `1:30`, `2h`, `1h 30m`.

/// Minutes; `None` when it is no length of time. Longer ones than a policy allows are refused there.
pub fn parse(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    if let Some((hours, minutes)) = text.split_once(':') {
        let minutes = whole(minutes).filter(|minutes| *minutes < 60)?;
        return whole(hours)?.checked_mul(60)?.checked_add(minutes);
    }
    if let Some(minutes) = whole(&text) {
        return Some(minutes);
    }
    let mut total: u32 = 0;
    let mut number = String::new();
    let mut units = [("h", 60, false), ("m", 1, false)];
    for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
        if letter.is_ascii_digit() {
            number.push(letter);
            continue;
        }
        let (_, minutes, used) = units.iter_mut().find(|(name, _, used)| name.starts_with(letter) && !used)?;
        *used = true;
        total = total.checked_add(whole(&number)?.checked_mul(*minutes)?)?;
        number.clear();
    }
    (number.is_empty() && !text.is_empty()).then_some(total)
}

/// The shortest way to type so many minutes.
pub fn write(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}m"),
        (hours, 0) => format!("{hours}h"),
        (hours, minutes) => format!("{hours}h {minutes}m"),
    }
}

fn whole(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::{parse, write};

    #[test]
    fn a_length_of_time_is_read_in_every_way_that_the_form_names() {
        for (text, minutes) in
            [("90", 90), ("1:30", 90), ("2h", 120), ("1h 30m", 90), ("1h30m", 90), (" 45M ", 45), ("0:05", 5), ("72H", 4320)]
        {
            assert_eq!(parse(text), Some(minutes), "{text}");
        }
        for text in ["", "h", "two hours", "1:60", "1h 2h", "30m 5", "-5", "1.5h", "99999999999", "99999999h", "1:2:3"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for minutes in [1, 59, 60, 61, 90, 480, 525_600] {
            assert_eq!(parse(&write(minutes)), Some(minutes));
        }
    }
}
