use proptest::prelude::*;

use super::*;
use crate::auth::base64url::decode;

/// What zlib makes of texts (`zlib.compressobj(level, wbits=-15)`): stored, with the codes that need no telling, and with codes of their own.
const PACKED: &[(&str, &str)] = &[
    ("short", "ARYA6f88c2FtbHA6TG9nb3V0UmVxdWVzdC8-"),
    ("short", "sylOzM0psPLJT88vLQlKLSxNLS7RtwMA"),
    ("short", "sylOzM0psPLJT88vLQlKLSxNLS7RtwMA"),
    ("empty", "AwA"),
    (
        "run",
        "7cExAQAAAMKgrOtfwhKeQAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAbwM",
    ),
    (
        "run",
        "S0wcBaNgFIyCUTAKRsEoGAWjYBSMglEwCkbBKBgFo2AUjIJRMApGwSgYBaNgFIyCUTAKRsEoGAWjYBSMglEwCkbBKBgFo2AUjIJRMApGwSgYBaNgFIyCUTAKRsEoGAWjYBSMglEwCkbBKBgFo2AUjIJRMApGwSgYBaNgFIyCUTAKRsEoGAWjYBSMglEwCkbBKBgFo2AUjIJRMApGwSgYBaNgFIyCUTAKRsEoGAWjYBSMglEwCkbBKBgFo2AUjIJRMApGwSgYBaNgFIyCUTAKRsEoGAWjYBSMglEwCkbBKBgFo2AUjIJRMApGwSgYBaNgFIyCUTAKRsEoGAWjYBSMglEwCkbBKBgFo2AUjIJRMApGwSgYBaNgFIyCUTAKRsEoGAWjYBSMglEwCkbBKBgFo2AUjIJRMApGwSgYBaNgFIyCUTAKRsEoGAWjYBSMglEwCkbBKBgFo2AUjIJRMApGwSgYBaNgFIyCUTAKRsEoGAWjYBSMglEwCkbBKBgFo2AUjIJRMApGwSgYBaNgFIyCUTAKRsEoGAWjYBSMglEwCkbBKBgFo2AUjIJRMApGwSgYBaNgFIyCUTAKRgG1AQA",
    ),
    (
        "codes",
        "LZHJDQQxDMNaUQlxfMQpx_HRfwk7j30LBAhq4Tafcx-B03rYNirCrIhxvKotBXRIbR3FU8mKbVB2Ua6Dofey3OEzLIcvdu_I1YFM2xz3weLeJ5Lwol1TiLM8TjREZW3SwV9iwSmGJAk0bd5n4zX18s3QVHUqwYTnPFdcTznKBrZ53X1Qymx-HYctessFUWx9E4ipWxoP0kQymugUz7sKHr5kv8b2d17a4N9iwXTbR355tPf1jaCrwczgyaJsQfWSa1dxkpOWGCgO-52D5_EWh0Ot9ym9GKVvWIHLSme9Byb3Dkvk5DKhgtWcqmzkHj1n8D9kQfy2RBPaSlPuhusqbmFsFnlnBEmfB4VC53E8NUz127oObu59-zk4NMjtovzS3RQ49pV4-fAD",
    ),
];

fn text(name: &str) -> String {
    match name {
        "short" => "<samlp:LogoutRequest/>".to_owned(),
        "empty" => String::new(),
        "run" => "a".repeat(70_000),
        _ => (0..60_u32).map(|number| format!("{:x} ", number.wrapping_mul(2_654_435_761))).collect::<Vec<_>>().concat(),
    }
}

#[test]
fn what_zlib_packed_is_unpacked() {
    for (name, packed) in PACKED {
        let packed = decode(packed).unwrap();
        assert!(inflate(&packed, 100_000).unwrap() == text(name).as_bytes(), "{name}");
        for cut in 0..packed.len().min(300) {
            assert!(inflate(&packed[..cut], 100_000).is_err(), "{name} cut at {cut}");
        }
        assert_eq!(
            inflate(&[packed.as_slice(), &[0]].concat(), 100_000),
            Err(Fault::Malformed),
            "{name} with something behind it"
        );
    }
}

#[test]
fn unpacking_ends_where_it_is_told_to() {
    for (name, packed) in PACKED {
        let packed = decode(packed).unwrap();
        let length = text(name).len();
        assert!(inflate(&packed, length).is_ok());
        if length > 0 {
            assert_eq!(inflate(&packed, length - 1), Err(Fault::TooLarge), "{name}");
        }
    }
}

#[test]
fn codes_that_cannot_be_are_refused() {
    for packed in [
        // A kind of block that there is not; a length that its complement denies; a distance before the beginning; codes without end.
        &[0b111_u8] as &[u8],
        &[1, 1, 0, 1, 0, 65],
        &[0x63, 0x04, 0x41, 0x00],
        &[0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[],
    ] {
        assert_eq!(inflate(packed, 1000), Err(Fault::Malformed), "{packed:?}");
    }
}

proptest! {
    #[test]
    fn what_is_stored_is_unpacked(bytes in prop::collection::vec(any::<u8>(), 1..300), times in 1_usize..600) {
        let bytes = bytes.repeat(times);
        prop_assert!(inflate(&stored(&bytes), bytes.len()).unwrap() == bytes);
    }

    #[test]
    fn nothing_makes_it_fail_other_than_by_saying_so(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let unpacked = inflate(&bytes, 5000).unwrap_or_default();
        prop_assert!(unpacked.len() <= 5000);
    }
}
