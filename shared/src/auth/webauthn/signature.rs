//! Signatures from the form of authenticators to that of the platform.

use crate::auth::jwk::SignatureAlgorithm;

/// Bytes of each of the two numbers of a signature on P-256.
const NUMBER_BYTES: usize = 32;

/// ECDSA: authenticators write the two numbers in DER (W3C Web Authentication, 6.5.5), Web Cryptography wants them side by side, 32 bytes
/// each. The other two are the same in both.
pub(super) fn plain(algorithm: SignatureAlgorithm, written: &[u8]) -> Option<Vec<u8>> {
    match algorithm {
        SignatureAlgorithm::Rs256 | SignatureAlgorithm::Ps256 | SignatureAlgorithm::Rs384 | SignatureAlgorithm::Rs512 => {
            Some(written.to_vec())
        }
        SignatureAlgorithm::EdDsa => (written.len() == 2 * NUMBER_BYTES).then(|| written.to_vec()),
        SignatureAlgorithm::Es256 => {
            let (numbers, rest) = element(0x30, written)?;
            let (r, after) = element(0x02, numbers)?;
            let (s, end) = element(0x02, after)?;
            if !rest.is_empty() || !end.is_empty() {
                return None;
            }
            let mut plain = number(r)?.to_vec();
            plain.extend_from_slice(&number(s)?);
            Some(plain)
        }
    }
}

/// The content of a DER element of this tag, and what follows it. Nothing in a signature is longer than 127 bytes.
fn element(tag: u8, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&found, rest) = bytes.split_first()?;
    let (&length, rest) = rest.split_first()?;
    if found != tag || length > 127 {
        return None;
    }
    rest.split_at_checked(usize::from(length))
}

/// A positive DER integer in its shortest form, filled up with zeros in front.
fn number(written: &[u8]) -> Option<[u8; NUMBER_BYTES]> {
    let digits = match written {
        [0, next, ..] if *next >= 0x80 => written.get(1..)?,
        [0, _, ..] | [] => return None,
        [first, ..] if *first >= 0x80 => return None,
        _ => written,
    };
    let mut number = [0; NUMBER_BYTES];
    let start = NUMBER_BYTES.checked_sub(digits.len())?;
    number.get_mut(start..)?.copy_from_slice(digits);
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn es256(written: &[u8]) -> Option<Vec<u8>> {
        plain(SignatureAlgorithm::Es256, written)
    }

    #[test]
    fn both_numbers_stand_side_by_side_whatever_their_length() {
        let mut written = vec![0x30, 37, 0x02, 33, 0];
        written.extend([0xff; 32]);
        written.extend([0x02, 0]);
        assert_eq!(es256(&written), None, "a number without digits");
        let mut written = vec![0x30, 38, 0x02, 33, 0];
        written.extend([0xff; 32]);
        written.extend([0x02, 1, 5]);
        let mut expected = vec![0xff; 32];
        expected.extend([0; 31]);
        expected.push(5);
        assert_eq!(es256(&written), Some(expected));
    }

    #[test]
    fn another_writing_of_the_same_signature_is_none() {
        for written in [
            // Negative; a zero too many; something behind; longer than a number of the curve; cut off; another tag.
            &[0x30_u8, 6, 0x02, 1, 0x80, 0x02, 1, 5] as &[u8],
            &[0x30, 7, 0x02, 2, 0, 5, 0x02, 1, 5],
            &[0x30, 6, 0x02, 1, 5, 0x02, 1, 5, 0],
            &[0x30, 7, 0x02, 1, 5, 0x02, 1, 5, 0],
            &[0x30, 6, 0x02, 1, 5, 0x02, 2, 5],
            &[0x31, 6, 0x02, 1, 5, 0x02, 1, 5],
            &[0x30, 0x81, 6, 0x02, 1, 5, 0x02, 1, 5],
            &[],
        ] {
            assert_eq!(es256(written), None, "{written:?}");
        }
        let mut long = vec![0x30, 38, 0x02, 33, 1];
        long.extend([0; 32]);
        long.extend([0x02, 1, 5]);
        assert_eq!(es256(&long), None);
        assert_eq!(plain(SignatureAlgorithm::EdDsa, &[0; 63]), None);
    }

    #[test]
    fn a_signature_of_the_other_kinds_stays_as_it_is() {
        assert_eq!(plain(SignatureAlgorithm::EdDsa, &[7; 64]), Some(vec![7; 64]));
        assert_eq!(plain(SignatureAlgorithm::Rs256, &[7; 256]), Some(vec![7; 256]));
    }

    #[test]
    fn no_element_is_longer_than_one_byte_can_say() {
        let of = |length: u8| [[0x30, length].as_slice(), &vec![0; usize::from(length)]].concat();
        assert_eq!(element(0x30, &of(127)).map(|(content, rest)| (content.len(), rest.len())), Some((127, 0)));
        assert_eq!(element(0x30, &of(128)), None);
    }
}
