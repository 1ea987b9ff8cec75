//! Metadata that a provider publishes: fetched when it is set up, when it is tried, and when it signs by another key.

use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::platform::Fetched;

use super::provider::{PLACES, STRANGERS, Signing};
use super::{Stand, form, metadata_of, run, their_key};
use crate::sso::{kept, last_fault};
use tests::app::TestApp;
use tests::native::to_jwk;

const URL: &str = "https://idp.example/metadata.xml";

/// The next question is answered so.
fn answers(app: &TestApp, status: u16, body: impl Into<Vec<u8>>) {
    app.platform.called.borrow_mut().push_back(Ok(Fetched { status, body: body.into() }));
}

fn asked(app: &TestApp) -> usize {
    app.platform.calls.borrow().iter().filter(|(url, _)| url == URL).count()
}

fn by_address(more: Value) -> Value {
    let mut form = form(json!({"metadata": null, "metadata_url": URL}));
    for (name, value) in more.as_object().expect("fields") {
        form[name] = value.clone();
    }
    form
}

#[test]
fn a_provider_is_known_by_what_it_publishes_at_its_address() {
    run(async {
        let app = TestApp::new();
        let fault = async |form: Value| {
            let refused = app.admin("acme").post("/api/identity-providers", form).await.expect(422).json();
            let fault = &refused["errors"][0];
            [&fault["field"], &fault["code"]].map(|value| value.as_str().unwrap_or_default().to_owned())
        };
        let is = |code: &str| ["metadata_url".to_owned(), code.to_owned()];
        for inside in
            ["http://idp.example/m", "https://127.0.0.1/m", "https://10.0.0.1/m", "https://u:p@idp.example/m", "file:///m"]
        {
            assert_eq!(fault(by_address(json!({"metadata_url": inside}))).await, is("metadata_address"), "{inside}");
        }
        assert_eq!(app.platform.calls.borrow().len(), 0, "nothing of these was asked");
        assert_eq!(fault(by_address(json!({}))).await, is("metadata_unreachable"));
        answers(&app, 404, "");
        assert_eq!(fault(by_address(json!({}))).await, is("metadata_unreachable"));
        answers(&app, 200, "<html/>");
        assert_eq!(fault(by_address(json!({}))).await, is("metadata_refused"));
        answers(&app, 200, vec![b' '; shared::limits::SAML_METADATA_BYTES_MAX + 1]);
        assert_eq!(fault(by_address(json!({}))).await, is("metadata_unreachable"));
        answers(&app, 200, metadata_of(&their_key()));
        let made = app.admin("acme").post("/api/identity-providers", by_address(json!({}))).await.expect(201).json();
        assert_eq!(made["metadata_url"], URL);
        let stand = Stand { id: made["id"].as_str().expect("an id").to_owned(), app };
        assert!(stand.is_in(&stand.sign_in().await).await);
        // What changes something else does not ask again.
        let before = asked(&stand.app);
        let caller = stand.app.admin("acme").header("if-match", "*");
        caller.put(&format!("/api/identity-providers/{}", stand.id), by_address(json!({"name": "Other"}))).await.expect(200);
        assert_eq!(asked(&stand.app), before);
    });
}

#[test]
fn a_key_that_the_provider_has_turned_to_is_found_and_a_strangers_is_asked_for_once_a_minute() {
    run(async {
        let app = TestApp::new();
        answers(&app, 200, metadata_of(&their_key()));
        let made = app.admin("acme").post("/api/identity-providers", by_address(json!({}))).await.expect(201).json();
        let stand = Stand { id: made["id"].as_str().expect("an id").to_owned(), app };
        let by_another = Signing { by: &STRANGERS, ..Signing::default() };
        let come = async || {
            let begun = stand.begin().await;
            let document = stand.answer(Some(&begun.request)).signed_so(PLACES[0], &by_another);
            stand.hand_in(&begun.cookie, &document, &begun.state).await
        };
        // It still publishes what it did: whoever has signed is a stranger.
        answers(&stand.app, 200, metadata_of(&their_key()));
        for _ in 0..3 {
            let refused = come().await.expect(422);
            assert_eq!((kept(&refused, "session"), last_fault(&stand.app).as_deref()), (None, Some("signature")));
        }
        assert_eq!(asked(&stand.app), 2);
        stand.app.advance(TimeDelta::seconds(61));
        let turned = metadata_of(&to_jwk(&STRANGERS).expect("a key"));
        answers(&stand.app, 200, turned.replace("https://idp.example/metadata\"", "https://other.example/metadata\""));
        come().await.expect(422);
        stand.app.advance(TimeDelta::seconds(61));
        answers(&stand.app, 200, turned);
        assert!(stand.is_in(&come().await.expect(303)).await);
        assert_eq!(asked(&stand.app), 4);
        assert!(stand.is_in(&come().await.expect(303)).await, "it is kept");
        let renewed = "SELECT COUNT(*) FROM audit_logs WHERE action = 'identity_provider.renewed'";
        assert_eq!((asked(&stand.app), stand.app.asked("acme", renewed)), (4, vec!["1".to_owned()]));
    });
}

#[test]
fn trying_a_provider_out_asks_for_what_it_publishes() {
    run(async {
        let app = TestApp::new();
        answers(&app, 200, metadata_of(&their_key()));
        let made = app.admin("acme").post("/api/identity-providers", by_address(json!({}))).await.expect(201).json();
        let target = format!("/api/identity-providers/{}/test", made["id"].as_str().expect("an id"));
        answers(&app, 200, metadata_of(&their_key()));
        let steps = async || app.admin("acme").post(&target, json!({})).await.expect(200).json()["steps"].clone();
        assert_eq!(steps().await, json!([{"step": "discovery", "ok": true, "detail": URL}]));
        answers(&app, 500, "");
        assert_eq!(steps().await, json!([{"step": "discovery", "ok": false, "detail": "status 500"}]));
    });
}
