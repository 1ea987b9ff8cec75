//! How sessions end that a provider has opened by SAML: by the moment that it states, by its orders, and by ours, to which it answers.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::json;
use shared::http::decode_pairs;
use shared::saml::redirect::{self, Kind, Query};
use tests::app::Answer as Answered;
use tests::native::NativeCryptography;

use super::provider::{IDP, PLACES, STRANGERS, Signing};
use super::{Stand, THEIR_LOGOUT, run, their_key};
use crate::sso::{RECOVERY_CODE, enrol, kept};

fn written(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl Stand {
    /// Anna comes in; her session there ends in so many minutes.
    async fn for_minutes(&self, minutes: i64) -> Answered {
        let begun = self.begin().await;
        let mut answer = self.answer(Some(&begun.request));
        let until = written(self.app.platform.now.get() + TimeDelta::minutes(minutes));
        answer.statement =
            answer.statement.replace(" SessionIndex=", &format!(r#" SessionNotOnOrAfter="{until}" SessionIndex="#));
        self.hand_in(&begun.cookie, &answer.signed(PLACES[0]), &begun.state).await.expect(303)
    }

    /// Signs anna out here. Answers the order that her browser takes to the provider.
    async fn sign_out(&self, session: &Answered) -> String {
        let cookie = format!("__Host-session={}", kept(session, "session").expect("a session"));
        let page = self.app.anon("acme").header("cookie", &cookie).get("/profile").await.expect(200).text();
        let token = page.split(r#"name="csrf" value=""#).nth(1).and_then(|rest| rest.split('"').next()).expect("a token");
        let caller = self.app.anon("acme").in_browser().header("cookie", &cookie);
        let out = caller.submit("/logout", &[("csrf", token)]).await.expect(200);
        let refresh = out.headers.get("refresh").expect("a way on").to_owned();
        let query = Query::read(refresh.split_once("/slo?").expect("the provider").1).expect("a message");
        let order = query.verify(&[self.our_key().await], &NativeCryptography).await.expect("our signature");
        assert_eq!((query.kind, order.element().attribute("Destination")), (Kind::Request, Some(THEIR_LOGOUT)));
        assert!(!self.is_in(session).await);
        order.element().attribute("ID").expect("an id").to_owned()
    }

    /// What the provider answers to an order.
    fn answered(&self, order: &str, status: &str) -> String {
        format!(
            concat!(
                r#"<samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion""#,
                r#" ID="_answer" Version="2.0" IssueInstant="{}" Destination="{}" InResponseTo="{}"><saml:Issuer>{}</saml:Issuer>@_answer@"#,
                r#"<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{}"/></samlp:Status></samlp:LogoutResponse>"#
            ),
            written(self.app.platform.now.get()),
            self.at("logout"),
            order,
            IDP,
            status
        )
    }

    /// Which message is shown once such an answer came in a query.
    async fn told(&self, message: &str) -> String {
        let endpoint = format!("/login/sso/{}/logout", self.id);
        let carried = (Kind::Response, message);
        let address = redirect::address(&endpoint, carried, None, &their_key(), &NativeCryptography).await.expect("an address");
        shown(&self.app.anon("acme").get(&address).await.expect(303))
    }
}

fn shown(answer: &Answered) -> String {
    assert_eq!(answer.headers.get("location"), Some("/login"));
    decode_pairs(kept(answer, "flash").expect("a message").as_bytes()).get("key").expect("its key").to_owned()
}

#[test]
fn a_session_does_not_outlive_the_one_there() {
    run(async {
        let stand = Stand::new(json!({})).await;
        let (short, long) = (stand.for_minutes(10).await, stand.for_minutes(60 * 24 * 365).await);
        stand.app.advance(TimeDelta::minutes(11));
        assert!(stand.is_in(&short).await, "clocks may be two minutes apart");
        stand.app.advance(TimeDelta::minutes(2));
        assert!(!stand.is_in(&short).await);
        assert!(stand.is_in(&long).await);
        // A provider that never ends a session does not lengthen ours.
        let longest = "SELECT MAX(expires_at - created_at) FROM sessions s JOIN sso_sessions o ON o.session_id = s.id";
        let hours: i64 = stand.app.asked("acme", longest).remove(0).parse().expect("a number");
        assert!(hours <= 24 * 3_600_000, "{hours}");
    });
}

#[test]
fn nor_does_one_that_a_code_has_finished_and_the_provider_hears_of_its_end() {
    run(async {
        let stand = Stand::new(json!({})).await;
        stand.sign_in().await;
        enrol(&stand.app, "anna@acme.example");
        let finished = async || {
            let owing = stand.for_minutes(10).await;
            let cookie = format!("__Host-sign-in={}", kept(&owing, "sign-in").expect("a second factor is owed"));
            let caller = stand.app.anon("acme").in_browser().header("cookie", &cookie);
            caller.submit("/login/verify", &[("code", RECOVERY_CODE)]).await.expect(303)
        };
        let session = finished().await;
        assert!(stand.sign_out(&session).await.starts_with('_'));
        enrol(&stand.app, "anna@acme.example");
        let session = finished().await;
        stand.app.advance(TimeDelta::minutes(11));
        assert!(stand.is_in(&session).await);
        stand.app.advance(TimeDelta::minutes(2));
        assert!(!stand.is_in(&session).await);
    });
}

#[test]
fn an_order_in_a_form_of_another_site_is_believed_by_its_signature() {
    run(async {
        let stand = Stand::new(json!({})).await;
        let session = stand.sign_in().await;
        let order = format!(
            concat!(
                r#"<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion""#,
                r#" ID="_order" Version="2.0" IssueInstant="{}" Destination="{}"><saml:Issuer>{}</saml:Issuer>@_order@"#,
                "<saml:NameID>anna</saml:NameID></samlp:LogoutRequest>"
            ),
            written(stand.app.platform.now.get()),
            stand.at("logout"),
            IDP
        );
        let send = async |document: &str| {
            let fields = [("SAMLRequest", STANDARD.encode(document)), ("RelayState", "back".to_owned())];
            let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
            let caller = stand.app.anon("acme").header("sec-fetch-site", "cross-site").header("origin", "https://idp.example");
            caller.submit(&format!("/login/sso/{}/logout", stand.id), &fields).await
        };
        let strangers = Signing { by: &STRANGERS, ..Signing::default() };
        let signed = Signing::default().sign(&order, "_order");
        for forged in [order.replace("@_order@", ""), strangers.sign(&order, "_order"), signed.replace(">anna<", ">carl<")] {
            send(&forged).await.expect(401);
        }
        assert!(stand.is_in(&session).await);
        let done = send(&signed).await.expect(303);
        assert!(!stand.is_in(&session).await);
        let location = done.headers.get("location").expect("a location");
        let query = Query::read(location.strip_prefix("https://idp.example/slo?").expect("the provider")).expect("a message");
        assert_eq!((query.kind, query.relay_state().as_deref()), (Kind::Response, Some("back")));
        send(&signed).await.expect(401);
    });
}

#[test]
fn the_answer_to_our_order_is_told_when_it_is_the_providers_and_to_that_order() {
    run(async {
        let stand = Stand::new(json!({})).await;
        let order = stand.sign_out(&stand.sign_in().await).await;
        let plain = |status: &str| stand.answered(&order, status).replace("@_answer@", "");
        assert_eq!(stand.told(&plain("Success")).await, "flash-saml-signed-out");
        assert_eq!(stand.told(&plain("Responder")).await, "flash-saml-signed-out-partly");
        let unknown = "flash-saml-signed-out-unknown";
        let another = stand.answered(&format!("_{}", "a".repeat(64)), "Success").replace("@_answer@", "");
        assert_eq!(stand.told(&another).await, unknown, "an order that we have not given");
        assert_eq!(stand.told(&plain("Success").replace(IDP, "https://other.example")).await, unknown);
        // In a form it is signed as XML, and no cookie comes along.
        let send = async |document: &str| {
            let caller = stand.app.anon("acme").header("sec-fetch-site", "cross-site").header("origin", "https://idp.example");
            let encoded = STANDARD.encode(document);
            let fields = [("SAMLResponse", encoded.as_str())];
            shown(&caller.submit(&format!("/login/sso/{}/logout", stand.id), &fields).await.expect(303))
        };
        assert_eq!(send(&plain("Success")).await, unknown);
        let signed = Signing::default().sign(&stand.answered(&order, "Success"), "_answer");
        assert_eq!(send(&signed).await, "flash-saml-signed-out");
        stand.app.advance(TimeDelta::minutes(10));
        assert_eq!(send(&signed).await, unknown, "it is too old");
    });
}
