//! Whole sign-ins with assertions that are encrypted for the key that our metadata publish.

use serde_json::json;
use shared::auth::base64url::decode;

use super::encryption::{Encryption, XENC, XENC11, of_numbers};
use super::provider::PLACES;
use super::{Stand, run};
use crate::sso::{kept, last_fault};

/// Encryption for the key in our metadata.
async fn for_us(stand: &Stand, cipher: &str) -> Encryption {
    let key: serde_json::Value = serde_json::from_str(stand.our_key().await.jwk()).expect("a key");
    let number = |name: &str| decode(key[name].as_str().expect("a number")).expect("base64url");
    Encryption { to: of_numbers((&number("n"), &number("e"))), ..Encryption::of(cipher) }
}

#[test]
fn an_encrypted_assertion_lets_in_however_it_is_signed_and_one_for_others_does_not() {
    run(async {
        let stand = Stand::new(json!({})).await;
        for cipher in ["aes128-gcm", "aes256-gcm"] {
            let encryption = for_us(&stand, &format!("{XENC11}{cipher}")).await;
            for places in PLACES {
                let begun = stand.begin().await;
                let document = encryption.answer(&stand.answer(Some(&begun.request)), places);
                assert!(!document.contains("anna"));
                let answer = stand.hand_in(&begun.cookie, &document, &begun.state).await.expect(303);
                assert!(stand.is_in(&answer).await, "{cipher} {places:?}");
            }
        }
        // Encrypted for the key of another connection.
        let begun = stand.begin().await;
        let elsewhere = Encryption::of(&format!("{XENC11}aes256-gcm"));
        let document = elsewhere.answer(&stand.answer(Some(&begun.request)), PLACES[0]);
        let refused = stand.hand_in(&begun.cookie, &document, &begun.state).await.expect(422);
        assert_eq!((kept(&refused, "session"), last_fault(&stand.app).as_deref()), (None, Some("decryption")));
    });
}

#[test]
fn what_is_encrypted_is_no_more_believed_than_what_is_not() {
    run(async {
        let stand = Stand::new(json!({})).await;
        let gcm = for_us(&stand, &format!("{XENC11}aes256-gcm")).await;
        let cbc = for_us(&stand, &format!("{XENC}aes256-cbc")).await;
        let unsigned: &[&str] = &[];
        for (encryption, places, fault) in [(&gcm, unsigned, "unsigned"), (&cbc, PLACES[0], "encryption")] {
            let begun = stand.begin().await;
            let document = encryption.answer(&stand.answer(Some(&begun.request)), places);
            let refused = stand.hand_in(&begun.cookie, &document, &begun.state).await.expect(422);
            assert_eq!((kept(&refused, "session"), last_fault(&stand.app).as_deref()), (None, Some(fault)));
        }
        let begun = stand.begin().await;
        let mut answer = stand.answer(Some(&begun.request));
        answer.conditions = answer.conditions.replace("/metadata</saml:Audience>", "/other</saml:Audience>");
        let refused = stand.hand_in(&begun.cookie, &gcm.answer(&answer, PLACES[0]), &begun.state).await.expect(422);
        assert_eq!((kept(&refused, "session"), last_fault(&stand.app).as_deref()), (None, Some("audience")));
    });
}
