//! DER (ITU-T X.690), as far as certificates need it.

/// The content of an element of this tag, and what follows it.
pub(super) fn element(tag: u8, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&found, rest) = bytes.split_first()?;
    let (length, rest) = length(rest)?;
    if found == tag { rest.split_at_checked(length) } else { None }
}

/// The length in its shortest form, up to 65,535.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    match bytes {
        [short @ 0..=0x7f, rest @ ..] => Some((usize::from(*short), rest)),
        [0x81, long @ 0x80..=0xff, rest @ ..] => Some((usize::from(*long), rest)),
        [0x82, high @ 1..=0xff, low, rest @ ..] => Some((usize::from(u16::from_be_bytes([*high, *low])), rest)),
        _ => None,
    }
}

/// The digits of a positive integer in its shortest form.
pub(super) fn positive(written: &[u8]) -> Option<&[u8]> {
    match written {
        [0, 0x80..=0xff, ..] => written.get(1..),
        [1..=0x7f, ..] => Some(written),
        _ => None,
    }
}

/// An element of these parts.
pub(super) fn wrapped(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length = parts.iter().map(|part| part.len()).sum::<usize>();
    let mut out = vec![tag];
    match length.to_be_bytes() {
        [.., low @ 0..=0x7f] if length < 0x80 => out.push(low),
        [.., 0, low] if length < 0x100 => out.extend([0x81, low]),
        [.., high, low] => out.extend([0x82, high, low]),
    }
    out.extend(parts.concat());
    out
}

/// A positive integer of these digits.
pub(super) fn integer(digits: &[u8]) -> Vec<u8> {
    let start = digits.iter().take_while(|digit| **digit == 0).count();
    let digits = digits.get(start..).unwrap_or_default();
    let sign: &[u8] = if digits.first().is_none_or(|first| *first >= 0x80) { &[0] } else { &[] };
    wrapped(0x02, &[sign, digits])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_whatever_its_length() {
        for length in [0, 1, 127, 128, 255, 256, 65_535] {
            let content = vec![7; length];
            let written = wrapped(0x30, &[&content, &[]]);
            assert_eq!(
                element(0x30, &[written.as_slice(), &[9]].concat()),
                Some((content.as_slice(), &[9_u8] as &[u8])),
                "{length}"
            );
            assert_eq!(element(0x31, &written), None);
        }
    }

    #[test]
    fn another_writing_of_the_same_is_none() {
        for written in
            [&[0x30_u8, 0x81, 1, 0] as &[u8], &[0x30, 0x82, 0, 0x80, 0], &[0x30, 0x80, 0, 0], &[0x30, 2, 0], &[0x30], &[]]
        {
            assert_eq!(element(0x30, written), None, "{written:?}");
        }
        for written in [&[] as &[u8], &[0_u8], &[0, 1], &[0x80]] {
            assert_eq!(positive(written), None, "{written:?}");
        }
        assert_eq!(positive(&[0, 0x80]), Some(&[0x80_u8] as &[u8]));
        assert_eq!((integer(&[0, 0x80]), integer(&[0, 5]), integer(&[])), (vec![2, 2, 0, 0x80], vec![2, 1, 5], vec![2, 1, 0]));
    }
}
