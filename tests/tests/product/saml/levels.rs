//! How somebody has signed in at a provider that speaks SAML: classes that are asked for, and those that stand for a second factor.

use serde_json::{Value, json};
use shared::saml::xml::Element;

use super::provider::PLACES;
use super::{Stand, run};
use crate::sso::{enrol, kept, last_fault};

const STRONG: &str = "https://refeds.org/profile/mfa";
const OWN: &str = "urn:corp:classes:token";
const PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";

/// Anna comes from the provider, where she has signed in in that way.
async fn comes_by(stand: &Stand, class: &str) -> tests::app::Answer {
    let begun = stand.begin().await;
    let mut answer = stand.answer(Some(&begun.request));
    answer.statement = answer.statement.replace(PASSWORD, class);
    stand.hand_in(&begun.cookie, &answer.signed(PLACES[0]), &begun.state).await
}

#[test]
fn classes_that_are_asked_for_stand_in_the_request_and_one_that_is_missing_lets_nobody_in() {
    run(async {
        let stand = Stand::new(json!({"acr_values": [OWN, STRONG], "requires_acr": true})).await;
        let request = stand.begin().await.message;
        let classes = request.only("urn:oasis:names:tc:SAML:2.0:protocol", "RequestedAuthnContext").expect("classes");
        assert_eq!(classes.attribute("Comparison"), Some("exact"));
        assert_eq!(classes.elements().map(Element::text).collect::<Vec<_>>(), [Some(OWN), Some(STRONG)]);
        for class in [PASSWORD, "urn:corp:classes:Token", ""] {
            let refused = comes_by(&stand, class).await.expect(422);
            assert_eq!(kept(&refused, "session"), None, "{class}");
            assert_eq!(last_fault(&stand.app).as_deref(), Some("acr"), "{class}");
        }
        // An attribute is no class.
        let begun = stand.begin().await;
        let mut answer = stand.answer(Some(&begun.request));
        answer.attributes = answer.attributes.replace(r#"Name="groups""#, r#"Name="acr""#).replace(">desk<", &format!(">{OWN}<"));
        stand.hand_in(&begun.cookie, &answer.signed(PLACES[0]), &begun.state).await.expect(422);
        assert!(kept(&comes_by(&stand, OWN).await.expect(303), "session").is_some());
    });
}

#[test]
fn a_class_stands_for_a_second_factor_where_the_provider_is_trusted_with_it() {
    run(async {
        let stand = Stand::new(json!({})).await;
        stand.sign_in().await;
        enrol(&stand.app, "anna@acme.example");
        let change = async |more: Value| {
            let caller = stand.app.admin("acme").header("if-match", "*");
            caller.put(&format!("/api/identity-providers/{}", stand.id), super::form(more)).await.expect(200);
        };
        let owes = async |class: &str| kept(&comes_by(&stand, class).await.expect(303), "session").is_none();
        assert!(owes(STRONG).await, "nobody has said that it is to be trusted");
        change(json!({"trusts_second_factor": true})).await;
        assert!(owes(PASSWORD).await && owes(OWN).await);
        assert!(!owes(STRONG).await, "what everybody calls so counts without being named");
        change(json!({"trusts_second_factor": true, "second_factor_acr": [OWN]})).await;
        assert!(!owes(OWN).await);
    });
}
