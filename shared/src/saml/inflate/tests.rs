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
        "NdbRYTQrCAXgVihBQAXKQYX-S7hn_ux9yUMyu3EEPs6gKDWLw6R3V-sWepl7P1Yyf6_2ncTGaw9bdNa8L2XTUp9Ln1HzOfe5k3frNA2Skryjku7dohmHdkacOS_5Y3n9KG14WhbNNYfwavodYpBzNs_LxF3by4ROcQ0XpXXXcn6TOv328UXhd9rSTbr7VJXRW6rbw8l0Z8kMYk5Zp5OyX7yVh2Yxz16X6k6_MR55-phyisSPnbubfncxaC_Z-CSuZ5WECyXHSlUl7fv41qRXY8aORXb18pibOE092uh4nqHptHaJvRXUi_GHkRS62MY5pOxeuS_dvmNPfrRf23u36Eovs6ZfQQZNj5pZTLXfujOEfI2nNZVE5zzWky7jHJyLVh_Nszb1qyNrGMUViTpOmivZd9Dz4BBOso2bOPcQrzF82aWjat3yaPFutEJRde4Wb_r1xSC5vGo10835VqfQdp8vltI-d-mYlLP13rNoqpy596biLXewkXWkxnXi9_ioBZ07Qp4krZwj9zvUbi7DLwXKgMcf6SxjraKnXP6i6dedAw8_58GU787OIzRPX5tbqVCyKp7kvs-2uwhllWLbdOfLdcRoK6O7Ho4zY5YHRfu4rkn6jk-uQ-9UnxOXLMV0zUfsq7K66OzY4tn0GxGcRsfiy0zBemNdIWmbo00JTxwPmbil0iFvoa3Srm9KX9xbjSbaeHc51cQ0RQS5tG-dScLSDxNAp7etnZfWi3pjPerz9sxRFDne1dP0G9RBD699TJhsnqnjCbHUyXSlw6IydRLGIuPVonroCotNfm4ETyPJwSPbCTeCGmcQatldK2mmmY9DKa_gwaXJvHHNj15PfBsX2fO16jb9uBh0oucSZVou6LsS6o23W6EUM_L0nKToBfVe9HjEkdy0e7LchUE3zz2c8pzBfYJmlAWahMq5WfmQ77X93ksyvca2h3m6y4cU7dG34zX90BoUD6V4E3N-UvFiYDBe1siPQZaVCwzuGW8OMDid5ztgUI5f22Bw9MBbfwyKnbxgEPOA7waDJz6KwGDcDwEwOL7pA4Nbv74Hg9O-lgODf3SCwVG45fUxyGfIAINv4ZsPGETn9NpgMC4mk8GgtZffj0EdWwy3M_G6V8Cg4Fl0B_F4-7Z_DI6aoWDwTfRkgcFjDw0KBqH02RMMWoGe_hj8JzgYnBgR3UwSElCcctzkfT8GB8cwMPhwj7CW7IB3fWAw0vo5GDSIBhLBIE6MbiZUt7AWwKBggCAX6cAbvgaDhaax_BhEueALRkvvGWDwb42AQXvQ2j4GUSAXMDgnH35gUCxQFDA4zsilYLDQEVUfg9zhAQbPMkZTkAbu7TQYtLtRFDC4-lkvMIhx6BhgUPY1OWAQ_6qwF6gKpd_c_68zMHhmrnAwiB9PFQzaiXkL1epxd3wMis8xwaDA5WgwOMJUEwzWrXzrY_Cr3gCDR1-OAwbDFucGg4aemgwGcVuY7I9BPm4GBgXOQgT6LdWBvcY9Awyix3fNj0EdZQ0GY_vmBIMW_c4Cg-vZWuNjcOAcBwzK3NM3egcdxFCwztJzoeAtOG6fgjKlBQrGOollgIAQKuIo1boZVz8F_y12KCi45U4oOAxTvKBgpbsOKHhf9z2fgmy2NzoZQzAYCppvjAsUXOchG0BB_fpYPgXlvv2gIJblGg4FK3A8hYL36dT6FBx5QCJFTFGbUPAvXkDBBewScce0POf-FJTBhbhzxrIwxB3g38yIO4UI42gABITGkkfcEaxtK8QdTD3GCXFnY1UZ178lUSc-BVk3lgCh3AkQoWC5LEfcAcCBckHBv5DzKSh-F-LOsj20EXcaNcdvoaDeBoCfggPGI-68oSUbcWeXrWjEnZuPA2kn85vp-SnId1ykHTyhvpF2fPkZA2lH9IphKyAgdLSeT0Hl_ZB2flELCt4ce3xpJ5-99E_B0Wsi7hj26H2IO4wLmKg8AgKqzYg7AP5p9qegYLcg7nh9tCDuyA3EH8Sdm_cI8Kf_AA",
    ),
];

fn text(name: &str) -> String {
    match name {
        "short" => "<samlp:LogoutRequest/>".to_owned(),
        "empty" => String::new(),
        "run" => "a".repeat(70_000),
        _ => (0..300_u32).map(|number| format!("{:x} ", number.wrapping_mul(2_654_435_761))).collect::<Vec<_>>().concat(),
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
