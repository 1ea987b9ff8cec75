//! How somebody has signed in at a provider: classes that are asked for (`acr`), and those that stand for a second factor.

use serde_json::json;

use super::{back, begin, enrol, form, kept, last_fault, run, set_up, sign_in, stand};

#[test]
fn classes_that_are_asked_for_stand_in_the_address_and_one_that_is_missing_lets_nobody_in() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({"acr_values": ["phr", "phrh"], "requires_acr": true})).await;
        let begun = begin(&app, &id).await;
        assert!(begun.location.contains("acr_values=phr+phrh"), "{}", begun.location);
        for acr in [json!(null), json!("pwd"), json!(["phr"]), json!("PHR"), json!("")] {
            *provider.told.borrow_mut() = Box::new({
                let acr = acr.clone();
                move |told| told.claims["acr"] = acr.clone()
            });
            let refused = sign_in(&app, &provider, &id, "anna").await.expect(422);
            assert!(kept(&refused, "session").is_none(), "{acr}");
            assert!(
                refused.text().contains("Вход там недостаточно надёжен") || refused.text().contains("более надёжного входа"),
                "{acr}"
            );
            assert_eq!(last_fault(&app).as_deref(), Some("acr"), "{acr}");
        }
        // What is said of the person is not said of the sign-in.
        *provider.told.borrow_mut() = Box::new(|_| ());
        *provider.userinfo.borrow_mut() = Box::new(|said| said["acr"] = "phr".into());
        sign_in(&app, &provider, &id, "anna").await.expect(422);
        *provider.told.borrow_mut() = Box::new(|told| told.claims["acr"] = "phrh".into());
        assert!(kept(&sign_in(&app, &provider, &id, "anna").await.expect(303), "session").is_some());
    });
}

#[test]
fn the_steps_of_a_test_show_the_class_or_that_it_is_missing() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({"acr_values": ["phr"], "requires_acr": true})).await;
        for (acr, shown) in [("pwd", "acr is pwd, not one of phr"), ("phr", "phr")] {
            *provider.told.borrow_mut() = Box::new(move |told| told.claims["acr"] = acr.into());
            let caller = || app.admin("acme").in_browser().header("sec-fetch-site", "same-origin");
            let begun = caller().get(&format!("/login/sso/{id}?as=test")).await.expect(303);
            let begun = super::begun(&begun);
            let query = provider.agree(&begun.location, "anna");
            let cookies = format!("{}; {}", app.admin("acme").session_cookie(), begun.cookie);
            let page = back(app.admin("acme").in_browser(), &id, &cookies, &query).await.expect(200).text();
            assert!(page.contains("Человек вошёл там так, как здесь требуется") && page.contains(shown), "{acr}");
        }
    });
}

#[test]
fn without_being_required_a_class_is_asked_for_and_none_is_held_against_anybody() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({"acr_values": ["phr"]})).await;
        assert!(begin(&app, &id).await.location.contains("acr_values=phr"));
        assert!(kept(&sign_in(&app, &provider, &id, "anna").await.expect(303), "session").is_some());
        for (field, wrong) in [
            ("acr_values", json!({"requires_acr": true})),
            ("acr_values", json!({"acr_values": ["a b"]})),
            ("second_factor_acr", json!({"second_factor_acr": [""]})),
        ] {
            let refused = app.admin("acme").post("/api/identity-providers", form(wrong)).await.expect(422).json();
            assert_eq!(refused["errors"][0]["field"], field, "{refused}");
        }
    });
}

#[test]
fn a_class_stands_for_a_second_factor_where_the_provider_is_trusted_with_it_and_until_it_is_taken_back() {
    run(async {
        let (app, provider) = stand();
        let id = set_up(&app, json!({})).await;
        sign_in(&app, &provider, &id, "anna").await.expect(303);
        enrol(&app, "anna@corp.example");
        let change = async |more: serde_json::Value| {
            app.admin("acme").header("if-match", "*").put(&format!("/api/identity-providers/{id}"), form(more)).await.expect(200);
        };
        *provider.told.borrow_mut() = Box::new(|told| told.claims["acr"] = "phr".into());
        let comes_in = async || kept(&sign_in(&app, &provider, &id, "anna").await.expect(303), "session").is_some();
        assert!(!comes_in().await);
        change(json!({"second_factor_acr": ["phr"]})).await;
        assert!(!comes_in().await, "it is not trusted");
        change(json!({"second_factor_acr": ["phr"], "trusts_second_factor": true})).await;
        assert!(comes_in().await);
        let vouched = || {
            app.asked("acme", "SELECT COUNT(*) FROM sso_sessions x JOIN sessions s ON s.id = x.session_id WHERE x.vouched = 1 AND s.factor_at IS NOT NULL")
        };
        assert_eq!(vouched(), ["1"]);
        // Fewer classes are less trust; what was given by them is not good for what is dangerous either.
        change(json!({"second_factor_acr": ["phrh"], "trusts_second_factor": true})).await;
        assert_eq!(vouched(), ["0"]);
        let proven = app.asked(
            "acme",
            "SELECT COUNT(*) FROM sso_sessions x JOIN sessions s ON s.id = x.session_id WHERE s.factor_at IS NOT NULL",
        );
        assert_eq!(proven, ["0"]);
        assert!(!comes_in().await);
    });
}
