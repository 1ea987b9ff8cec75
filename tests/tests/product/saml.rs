//! Signing in by SAML 2.0: set up, gone through, signed out at either end, and answers that are not to be believed.

mod encrypted;
#[path = "../../../shared/tests/saml/encryption.rs"]
mod encryption;
mod ending;
mod levels;
mod linking;
#[path = "../../../shared/tests/saml/provider.rs"]
#[expect(dead_code, reason = "the tests of the decisions play with more of it")]
mod provider;
mod published;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{SecondsFormat, TimeDelta};
use pollster::block_on;
use serde_json::{Value, json};
use shared::auth::cryptography::PrivateKey;
use shared::auth::jwk::PublicKey;
use shared::saml::certificate;
use shared::saml::redirect::{self, Kind, Query};
use shared::saml::xml::Element;
use tests::app::{Answer as Answered, TestApp};
use tests::native::{NativeCryptography, to_jwk};

use self::provider::{Answer, IDP, PLACES, STRANGERS, Signing, THEIRS, confirmation};
use crate::sso::{kept, last_fault, of};

const THEIR_LOGOUT: &str = "https://idp.example/slo";

fn run(test: impl Future<Output = ()>) {
    pollster::block_on(test);
}

fn their_key() -> PrivateKey {
    to_jwk(&THEIRS).expect("a key")
}

/// The metadata of the provider that is played.
fn metadata() -> String {
    metadata_of(&their_key())
}

/// The same with that key.
fn metadata_of(key: &PrivateKey) -> String {
    let now = tests::app::start_of_time();
    let der = block_on(certificate::of_own(key, "idp", [7; 16], now, &NativeCryptography)).expect("a certificate");
    format!(
        concat!(
            r#"<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{idp}">"#,
            r#"<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">"#,
            r#"<KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>"#,
            "<ds:X509Certificate>{key}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>",
            r#"<SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{logout}"/>"#,
            r#"<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/>"#,
            "</IDPSSODescriptor></EntityDescriptor>"
        ),
        idp = IDP,
        key = STANDARD.encode(der),
        logout = THEIR_LOGOUT,
    )
}

fn form(more: Value) -> Value {
    let mut form = json!({
        "name": "Corp", "preset": "saml", "metadata": metadata(), "claims": {"name": "displayName", "email": "mail", "groups": "groups"},
        "mappings": [{"group": "desk", "role": "agent"}], "default_role": "client", "create_people": true,
        "domains": ["acme.example"], "trusts_addresses": true
    });
    for (name, value) in more.as_object().expect("fields") {
        form[name] = value.clone();
    }
    form
}

/// A portal with the provider set up.
struct Stand {
    app: TestApp,
    id: String,
}

/// A sign-in that has begun.
struct Begun {
    message: Element,
    request: String,
    state: String,
    cookie: String,
}

impl Stand {
    async fn new(more: Value) -> Self {
        let app = TestApp::new();
        let made = app.admin("acme").post("/api/identity-providers", form(more)).await.expect(201).json();
        assert_eq!((made["issuer"].as_str(), made["has_secret"].as_bool()), (Some(IDP), Some(true)));
        let id = made["id"].as_str().expect("an id").to_owned();
        Self { app, id }
    }

    fn at(&self, place: &str) -> String {
        format!("https://acme.example/login/sso/{}/{place}", self.id)
    }

    /// The key that the portal's metadata publish.
    async fn our_key(&self) -> PublicKey {
        let page = self.app.anon("acme").get(&format!("/login/sso/{}/metadata", self.id)).await.expect(200);
        assert_eq!(page.headers.get("content-type"), Some("application/samlmetadata+xml"));
        let text = page.text();
        assert!(text.contains(&format!(r#"entityID="{}""#, self.at("metadata"))), "{text}");
        let written = text.split("X509Certificate>").nth(1).and_then(|rest| rest.split('<').next()).expect("a certificate");
        certificate::key(written).expect("a key")
    }

    /// Sends a browser out, and looks at what it takes along.
    async fn begin(&self) -> Begun {
        let sent = self.app.anon("acme").get(&format!("/login/sso/{}?next=/tickets/new", self.id)).await.expect(303);
        self.begun(&sent).await
    }

    /// What a browser takes along that was sent out so.
    async fn begun(&self, sent: &Answered) -> Begun {
        let location = sent.headers.get("location").expect("a location").to_owned();
        let query = location.strip_prefix("https://idp.example/sso?").expect("the provider");
        let query = Query::read(query).expect("a message");
        let message = query.verify(&[self.our_key().await], &NativeCryptography).await.expect("our signature");
        let root = message.element();
        assert_eq!(root.attribute("AssertionConsumerServiceURL"), Some(self.at("acs").as_str()));
        Begun {
            message: root.clone(),
            request: root.attribute("ID").expect("an id").to_owned(),
            state: query.relay_state().expect("a state"),
            cookie: format!("__Host-sso={}", kept(sent, "sso").expect("a cookie")),
        }
    }

    /// An honest answer to a request, or to none.
    fn answer(&self, request: Option<&str>) -> Answer {
        let now = self.app.platform.now.get();
        let moment = |seconds| (now + TimeDelta::seconds(seconds)).to_rfc3339_opts(SecondsFormat::Secs, true);
        let asked = request.map(|id| format!(r#" InResponseTo="{id}""#)).unwrap_or_default();
        let (before, after, at) = (moment(-60), moment(300), self.at("acs"));
        Answer {
            assertion_id: format!("_{}", request.unwrap_or("by_itself")),
            destination: format!(r#" Destination="{at}""#),
            in_response_to: asked.clone(),
            issue_instant: format!(r#" IssueInstant="{}""#, moment(-2)),
            confirmation: confirmation(&format!(r#"Recipient="{at}"{asked} NotOnOrAfter="{after}""#)),
            conditions: format!(
                concat!(
                    r#"<saml:Conditions NotBefore="{}" NotOnOrAfter="{}"><saml:AudienceRestriction><saml:Audience>{}"#,
                    "</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
                ),
                before,
                after,
                self.at("metadata")
            ),
            statement: format!(
                concat!(
                    r#"<saml:AuthnStatement AuthnInstant="{}" SessionIndex="_session"><saml:AuthnContext><saml:AuthnContextClassRef>"#,
                    "urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
                ),
                before
            ),
            ..Answer::default()
        }
    }

    /// Our own page hands an answer on.
    async fn hand_in(&self, cookie: &str, document: &str, state: &str) -> Answered {
        let fields = [("SAMLResponse", STANDARD.encode(document)), ("RelayState", state.to_owned())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        let caller = self.app.anon("acme").in_browser().header("cookie", cookie);
        let answer = caller.submit(&format!("/login/sso/{}/callback", self.id), &fields).await;
        assert!(answer.round_trips <= 3, "{}", answer.round_trips);
        answer
    }

    /// Signs anna in.
    async fn sign_in(&self) -> Answered {
        let begun = self.begin().await;
        self.hand_in(&begun.cookie, &self.answer(Some(&begun.request)).signed(PLACES[0]), &begun.state).await.expect(303)
    }

    async fn is_in(&self, answer: &Answered) -> bool {
        let cookie = format!("__Host-session={}", kept(answer, "session").expect("a session"));
        self.app.anon("acme").header("cookie", cookie).get("/profile").await.status == 200
    }

    /// An order to sign anna out, as the provider sends it in a query.
    async fn order(&self, id: &str, session: &str) -> String {
        let now = self.app.platform.now.get().to_rfc3339_opts(SecondsFormat::Secs, true);
        let message = format!(
            concat!(
                r#"<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion""#,
                r#" ID="{}" Version="2.0" IssueInstant="{}" Destination="{}"><saml:Issuer>{}</saml:Issuer>"#,
                "<saml:NameID>anna</saml:NameID><samlp:SessionIndex>{}</samlp:SessionIndex></samlp:LogoutRequest>"
            ),
            id,
            now,
            self.at("logout"),
            IDP,
            session
        );
        let endpoint = format!("/login/sso/{}/logout", self.id);
        let carried = (Kind::Request, message.as_str());
        redirect::address(&endpoint, carried, Some("back"), &their_key(), &NativeCryptography).await.expect("an address")
    }
}

#[test]
fn somebody_new_comes_in_with_the_role_of_their_group_however_the_answer_is_signed() {
    run(async {
        for places in PLACES {
            let stand = Stand::new(json!({})).await;
            let begun = stand.begin().await;
            let document = stand.answer(Some(&begun.request)).signed(places);
            let answer = stand.hand_in(&begun.cookie, &document, &begun.state).await.expect(303);
            assert_eq!(answer.headers.get("location"), Some("/tickets/new"));
            assert!(stand.is_in(&answer).await);
            assert_eq!(of(&stand.app, "anna@acme.example", "role").as_deref(), Some("agent"));
            let again = stand.hand_in(&begun.cookie, &document, &begun.state).await;
            assert_eq!(kept(&again, "session"), None, "an answer is good once");
            assert!(stand.is_in(&stand.sign_in().await).await, "and she is the same person afterwards");
            assert_eq!(stand.app.asked("acme", "SELECT COUNT(*) FROM external_identities"), ["1"]);
        }
    });
}

#[test]
fn what_another_site_hands_in_goes_on_from_our_own_page_and_decides_nothing() {
    run(async {
        let stand = Stand::new(json!({})).await;
        let begun = stand.begin().await;
        let document = STANDARD.encode(stand.answer(Some(&begun.request)).signed(PLACES[0]));
        let fields = [("SAMLResponse", document.as_str()), ("RelayState", begun.state.as_str())];
        let foreign = || stand.app.anon("acme").header("sec-fetch-site", "cross-site").header("origin", "https://idp.example");
        let page = foreign().submit(&format!("/login/sso/{}/acs", stand.id), &fields).await.expect(200);
        assert!(kept(&page, "session").is_none());
        let text = page.text().replace("&#x3D;", "=").replace("&#x2B;", "+").replace("&#x2F;", "/");
        assert!(text.contains(&document) && text.contains(&begun.state), "{text}");
        let target = format!("/login/sso/{}/callback", stand.id);
        let refused = foreign().header("cookie", &begun.cookie).submit(&target, &fields).await.expect(403);
        assert_eq!(kept(&refused, "session"), None);
    });
}

#[test]
fn no_answer_is_believed_of_which_one_thing_is_not_so() {
    run(async {
        let stand = Stand::new(json!({})).await;
        let strangers = Signing { by: &STRANGERS, ..Signing::default() };
        type Change = (&'static str, fn(&mut Answer));
        let lies: [Change; 8] = [
            ("audience", |answer| {
                answer.conditions = answer.conditions.replace("/metadata</saml:Audience>", "/other</saml:Audience>")
            }),
            ("recipient", |answer| {
                answer.confirmation = answer.confirmation.replace("Recipient=\"https://acme", "Recipient=\"https://beta")
            }),
            ("expired", |answer| answer.issue_instant = r#" IssueInstant="2020-01-01T00:00:00Z""#.to_owned()),
            ("early", |answer| {
                answer.conditions = answer.conditions.replacen("NotBefore=\"20", "NotBefore=\"21", 1);
            }),
            ("expired", |answer| {
                answer.confirmation = answer.confirmation.replacen("NotOnOrAfter=\"20", "NotOnOrAfter=\"19", 1);
            }),
            ("issuer", |answer| answer.issuer = "<saml:Issuer>https://other.example</saml:Issuer>".to_owned()),
            ("request", |answer| answer.in_response_to = r#" InResponseTo="_another""#.to_owned()),
            ("status", |answer| answer.status = answer.status.replace("Success", "Responder")),
        ];
        for (fault, lie) in lies {
            let begun = stand.begin().await;
            let mut answer = stand.answer(Some(&begun.request));
            lie(&mut answer);
            let refused = stand.hand_in(&begun.cookie, &answer.signed(PLACES[0]), &begun.state).await.expect(422);
            assert_eq!(kept(&refused, "session"), None, "{fault}");
            assert_eq!(last_fault(&stand.app).as_deref(), Some(fault));
        }
        let begun = stand.begin().await;
        let honest = stand.answer(Some(&begun.request));
        let forged = honest.signed_so(PLACES[0], &strangers);
        stand.hand_in(&begun.cookie, &forged, &begun.state).await.expect(422);
        assert_eq!(last_fault(&stand.app).as_deref(), Some("signature"));
        // What a document type could declare is read from nobody, and a comment in a name cuts nothing off.
        let begun = stand.begin().await;
        let typed = format!("<!DOCTYPE r [<!ENTITY e \"x\">]>{}", stand.answer(Some(&begun.request)).signed(PLACES[0]));
        stand.hand_in(&begun.cookie, &typed, &begun.state).await.expect(422);
        assert_eq!(last_fault(&stand.app).as_deref(), Some("doctype"));
        // A second assertion beside the signed one, of somebody else (XSW).
        let begun = stand.begin().await;
        let honest = stand.answer(Some(&begun.request));
        let signed = honest.signed(PLACES[0]);
        let mark = format!("@{}@", honest.assertion_id);
        let evil = honest.assertion().replace(&mark, "").replace(">anna<", ">boss<").replace(&honest.assertion_id, "_evil");
        let wrapped = signed.replace("</samlp:Response>", &format!("{evil}</samlp:Response>"));
        assert_ne!(wrapped, signed);
        stand.hand_in(&begun.cookie, &wrapped, &begun.state).await.expect(422);
        assert_eq!(last_fault(&stand.app).as_deref(), Some("assertions"));
        assert_eq!(stand.app.asked("acme", "SELECT COUNT(*) FROM external_identities"), ["0"]);
    });
}

#[test]
fn an_answer_is_of_one_browser_one_provider_and_one_tenant() {
    run(async {
        let stand = Stand::new(json!({})).await;
        let (begun, other) = (stand.begin().await, stand.begin().await);
        let document = stand.answer(Some(&begun.request)).signed(PLACES[0]);
        for (cookie, state) in [("a=b", &begun.state), (&other.cookie, &begun.state), (&begun.cookie, &other.state)] {
            let refused = stand.hand_in(cookie, &document, state).await.expect(422);
            assert_eq!(kept(&refused, "session"), None);
        }
        let fields = [("SAMLResponse", STANDARD.encode(&document)), ("RelayState", begun.state.clone())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        let beta = |place: &str| format!("/login/sso/{}/{place}", stand.id);
        stand.app.anon("beta").in_browser().header("cookie", &begun.cookie).submit(&beta("callback"), &fields).await.expect(404);
        for place in ["metadata", "logout?SAMLRequest=x"] {
            stand.app.anon("beta").get(&beta(place)).await.expect(404);
        }
    });
}

#[test]
fn a_provider_begins_by_itself_only_where_it_may_and_once() {
    run(async {
        let stand = Stand::new(json!({})).await;
        let document = stand.answer(None).signed(PLACES[0]);
        let refused = stand.hand_in("a=b", &document, "").await.expect(422);
        assert_eq!(kept(&refused, "session"), None);
        let stand = Stand::new(json!({"takes_unsolicited": true})).await;
        let document = stand.answer(None).signed(PLACES[0]);
        assert!(stand.is_in(&stand.hand_in("a=b", &document, "").await.expect(303)).await);
        let again = stand.hand_in("a=b", &document, "").await.expect(409);
        assert_eq!((kept(&again, "session"), last_fault(&stand.app).as_deref()), (None, Some("replayed")));
        let begun = stand.begin().await;
        let solicited = stand.answer(Some(&begun.request)).signed(PLACES[0]);
        let elsewhere = stand.hand_in("a=b", &solicited, &begun.state).await.expect(422);
        assert_eq!(kept(&elsewhere, "session"), None, "an answer to a request needs the browser that has made it");
    });
}

#[test]
fn the_provider_ends_what_it_has_opened_once_and_hears_that_it_is_so() {
    run(async {
        let stand = Stand::new(json!({})).await;
        let session = stand.sign_in().await;
        stand.app.anon("acme").get(&stand.order("_one", "_another").await).await.expect(303);
        assert!(stand.is_in(&session).await, "another session there");
        let order = stand.order("_two", "_session").await;
        let forged = order.replace("RelayState=back", "RelayState=elsewhere");
        stand.app.anon("acme").get(&forged).await.expect(401);
        assert!(stand.is_in(&session).await);
        let done = stand.app.anon("acme").get(&order).await.expect(303);
        assert!(!stand.is_in(&session).await);
        let location = done.headers.get("location").expect("a location");
        let query = Query::read(location.strip_prefix("https://idp.example/slo?").expect("the provider")).expect("a message");
        let answer = query.verify(&[stand.our_key().await], &NativeCryptography).await.expect("our signature");
        assert_eq!(answer.element().attribute("InResponseTo"), Some("_two"));
        assert_eq!(query.relay_state().as_deref(), Some("back"));
        let session = stand.sign_in().await;
        stand.app.anon("acme").get(&order).await.expect(401);
        assert!(stand.is_in(&session).await, "an order is carried out once");
    });
}

#[test]
fn a_provider_waits_for_its_metadata_and_keeps_key_and_metadata_through_changes() {
    run(async {
        let app = TestApp::new();
        let refused = |more: Value| {
            let app = &app;
            async move { app.admin("acme").post("/api/identity-providers", form(more)).await.expect(422).json() }
        };
        assert_eq!(refused(json!({"metadata": null})).await["errors"][0]["code"], "missing_field");
        assert_eq!(refused(json!({"metadata": "<html/>"})).await["errors"][0]["code"], "metadata_refused");
        let made = app.admin("acme").post("/api/identity-providers", form(json!({"metadata": null, "enabled": false}))).await;
        let id = made.expect(201).json()["id"].as_str().expect("an id").to_owned();
        let stand = Stand { app, id };
        let key = stand.our_key().await;
        let change = |more: Value| {
            let target = format!("/api/identity-providers/{}", stand.id);
            let caller = stand.app.admin("acme").header("if-match", "*");
            async move { caller.put(&target, form(more)).await }
        };
        change(json!({})).await.expect(200);
        assert_eq!(change(json!({"metadata": null})).await.expect(200).json()["issuer"], IDP);
        change(json!({"preset": "generic", "issuer": "https://login.acme.example", "client_id": "x"})).await.expect(422);
        assert_eq!(stand.our_key().await, key);
        let text = stand.app.admin("acme").get("/api/identity-providers").await.expect(200).text();
        assert!(!text.contains("\"d\"") && !text.contains("qi"), "the key is a secret: {text}");
        assert!(stand.is_in(&stand.sign_in().await).await);
    });
}
