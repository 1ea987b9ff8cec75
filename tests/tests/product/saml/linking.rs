//! What somebody who is signed in does by a provider that speaks SAML: linking, proving who they are, and trying the provider out.

use chrono::TimeDelta;
use serde_json::json;
use tests::app::{Answer as Answered, Caller};

use super::provider::{Answer, PLACES};
use super::{Stand, run};
use crate::sso::{kept, last_fault};

/// Somebody goes out to the provider for that, and comes back with the answer that is made for the request.
async fn goes_out<'a>(stand: &'a Stand, who: impl Fn() -> Caller<'a>, purpose: &str, bend: impl Fn(&mut Answer)) -> Answered {
    let sent = who().get(&format!("/login/sso/{}?as={purpose}&next=/agent", stand.id)).await.expect(303);
    let begun = stand.begun(&sent).await;
    assert_eq!(begun.message.attribute("ForceAuthn"), (purpose == "prove").then_some("true"));
    let mut answer = stand.answer(Some(&begun.request));
    bend(&mut answer);
    let cookies = format!("{}; {}", who().session_cookie(), begun.cookie);
    stand.hand_in(&cookies, &answer.signed(PLACES[0]), &begun.state).await
}

/// Just now, as somebody is who was asked to prove it anew.
fn fresh(stand: &Stand, answer: &mut Answer) {
    let now = stand.app.platform.now.get().to_rfc3339();
    let at = answer.statement.find("AuthnInstant=\"").expect("a moment") + "AuthnInstant=\"".len();
    let end = answer.statement[at..].find('"').expect("its end") + at;
    answer.statement.replace_range(at..end, &now);
}

#[test]
fn a_person_links_who_they_are_elsewhere_and_signs_in_by_it_as_who_they_are() {
    run(async {
        let stand = Stand::new(json!({"mappings": []})).await;
        let agent = || stand.app.agent("acme").in_browser();
        let linked = goes_out(&stand, agent, "link", |_| ()).await.expect(303);
        assert_eq!(linked.headers.get("location"), Some("/profile/security"));
        let session = stand.sign_in().await;
        assert!(stand.is_in(&session).await);
        let opened = stand.app.asked("acme", "SELECT s.user_id FROM sso_sessions x JOIN sessions s ON s.id = x.session_id");
        assert_eq!(opened, [stand.app.user_id("acme", "agent")]);
        // The same assertion links nobody else, and nobody is linked twice.
        goes_out(&stand, || stand.app.client("acme").in_browser(), "link", |_| ()).await.expect(303);
        assert_eq!(stand.app.asked("acme", "SELECT COUNT(*) FROM external_identities"), ["1"]);
    });
}

#[test]
fn a_person_proves_themselves_by_a_sign_in_that_was_made_for_it() {
    run(async {
        let stand = Stand::new(json!({"mappings": []})).await;
        let agent = || stand.app.agent("acme").in_browser();
        goes_out(&stand, agent, "link", |_| ()).await.expect(303);
        stand.app.advance(TimeDelta::minutes(20));
        let proven = || stand.app.asked("acme", "SELECT COUNT(*) FROM audit_logs WHERE action = 'session.verified'").remove(0);
        let early = |answer: &mut Answer| {
            fresh(&stand, answer);
            let now = stand.app.platform.now.get();
            let before = (now - TimeDelta::minutes(10)).to_rfc3339();
            answer.statement = answer.statement.replace(&now.to_rfc3339(), &before);
        };
        goes_out(&stand, agent, "prove", early).await.expect(303);
        assert_eq!(last_fault(&stand.app).as_deref(), Some("authentication"), "the provider has not asked anew");
        let other = |answer: &mut Answer| {
            fresh(&stand, answer);
            answer.name_id = answer.name_id.replace(">anna<", ">carl<");
        };
        goes_out(&stand, agent, "prove", other).await.expect(303);
        assert_eq!((last_fault(&stand.app).as_deref(), proven().as_str()), (Some("somebody_else"), "0"));
        let answer = goes_out(&stand, agent, "prove", |answer| fresh(&stand, answer)).await.expect(303);
        assert_eq!((answer.headers.get("location"), proven().as_str()), (Some("/agent"), "1"));
    });
}

#[test]
fn a_test_shows_each_step_and_the_first_that_fails_and_signs_nobody_in() {
    run(async {
        let stand = Stand::new(json!({})).await;
        let admin = || stand.app.admin("acme").in_browser();
        let page = goes_out(&stand, admin, "test", |_| ()).await.expect(200);
        assert_eq!(kept(&page, "session"), None);
        let text = page.text();
        assert_eq!((text.matches("chip-ok").count(), text.matches("chip-warn").count()), (5, 0), "{text}");
        assert!(text.contains("anna@acme.example"));
        let late = |answer: &mut Answer| answer.issue_instant = r#" IssueInstant="2020-01-01T00:00:00Z""#.to_owned();
        let text = goes_out(&stand, admin, "test", late).await.expect(200).text();
        assert_eq!((text.matches("chip-ok").count(), text.matches("chip-warn").count()), (3, 1), "{text}");
        assert_eq!(stand.app.asked("acme", "SELECT COUNT(*) FROM external_identities"), ["0"]);
        let steps = stand.app.admin("acme").post(&format!("/api/identity-providers/{}/test", stand.id), json!({})).await;
        let steps = steps.expect(200).json();
        assert_eq!((&steps["steps"][0]["step"], &steps["steps"][0]["ok"]), (&json!("discovery"), &json!(true)));
        stand.app.agent("acme").in_browser().get(&format!("/login/sso/{}?as=test", stand.id)).await.expect(403);
    });
}
