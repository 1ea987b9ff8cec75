//! A provider of identities that answers as OpenID Connect wants it, and lies where a test bends what it says.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use shared::auth::base64url::{decode, encode};
use shared::http::decode_pairs;
use shared::platform::{ConnectionError, Fetched, OutgoingRequest};

/// A key that signs, and its name.
struct Key {
    kid: String,
    pair: EcdsaKeyPair,
}

/// How a token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// By the key of this place among all that there ever were.
    By(usize),
    /// Not at all.
    Missing,
    /// By HMAC with the published key as its secret.
    Hmac,
}

/// What is told when a code is exchanged.
pub struct Told {
    /// The ID token's header.
    pub header: Value,
    /// Its claims.
    pub claims: Value,
    /// How it is signed.
    pub signature: Signature,
    /// The access token that comes with it.
    pub access_token: String,
}

/// A code that was given out.
struct Code {
    nonce: String,
    challenge: String,
    redirect_uri: String,
    client_id: String,
    subject: String,
}

/// What a test bends an answer by.
type Bend<T> = RefCell<Box<dyn Fn(&mut T)>>;

/// The provider.
pub struct FakeProvider {
    /// Its issuer.
    pub issuer: String,
    /// What it knows of people, by subject.
    pub people: RefCell<HashMap<String, Value>>,
    /// Bends its document.
    pub document: Bend<Value>,
    /// Bends what it tells.
    pub told: Bend<Told>,
    /// Bends what it says of a person when asked with an access token.
    pub userinfo: Bend<Value>,
    /// Answers otherwise at some paths: what, or not at all.
    pub instead: RefCell<HashMap<&'static str, Result<Fetched, ConnectionError>>>,
    /// The paths that it was asked for.
    pub asked: RefCell<Vec<String>>,
    /// The `authorization` header, and the form, that came with the last code.
    pub exchanged: RefCell<(Option<String>, String)>,
    /// Its clock.
    pub now: Cell<DateTime<Utc>>,
    keys: RefCell<Vec<Key>>,
    published: Cell<usize>,
    codes: RefCell<HashMap<String, Code>>,
    count: Cell<u32>,
}

impl FakeProvider {
    /// One with that issuer and a key.
    pub fn new(issuer: &str, now: DateTime<Utc>) -> Rc<Self> {
        let provider = Self {
            issuer: issuer.to_owned(),
            people: RefCell::default(),
            document: RefCell::new(Box::new(|_| ())),
            told: RefCell::new(Box::new(|_| ())),
            userinfo: RefCell::new(Box::new(|_| ())),
            instead: RefCell::default(),
            asked: RefCell::default(),
            exchanged: RefCell::default(),
            now: Cell::new(now),
            keys: RefCell::default(),
            published: Cell::new(0),
            codes: RefCell::default(),
            count: Cell::new(0),
        };
        provider.add_key("one");
        provider.publish_all();
        Rc::new(provider)
    }

    /// A key of that name, not published yet; the latest one signs.
    pub fn add_key(&self, kid: &str) {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap();
        self.keys.borrow_mut().push(Key { kid: kid.to_owned(), pair });
    }

    /// Publishes the keys that there are.
    pub fn publish_all(&self) {
        self.published.set(self.keys.borrow().len());
    }

    /// Somebody whom it knows.
    pub fn person(&self, subject: &str, claims: Value) {
        self.people.borrow_mut().insert(subject.to_owned(), claims);
    }

    /// Somebody who was sent to `location` agrees: the query that the browser comes back with.
    pub fn agree(&self, location: &str, subject: &str) -> String {
        let query = decode_pairs(location.split_once('?').unwrap().1.as_bytes());
        let of = |name: &str| query.get(name).unwrap_or_default().to_owned();
        let code = format!("code-{}", self.next());
        let given = Code {
            nonce: of("nonce"),
            challenge: of("code_challenge"),
            redirect_uri: of("redirect_uri"),
            client_id: of("client_id"),
            subject: subject.to_owned(),
        };
        self.codes.borrow_mut().insert(code.clone(), given);
        format!("code={code}&state={}&iss={}", of("state"), self.issuer)
    }

    /// A token that says that what it calls `sid`, or all that is of a subject, is over: header and claims, to be bent and signed.
    pub fn logout(&self, client: &str, subject: Option<&str>, sid: Option<&str>) -> Told {
        let now = self.now.get().timestamp();
        let mut claims = json!({
            "iss": self.issuer, "aud": client, "iat": now, "exp": now + 120, "jti": format!("logout-{}", self.next()),
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}}
        });
        for (name, value) in [("sub", subject), ("sid", sid)] {
            if let Some(value) = value {
                claims[name] = value.into();
            }
        }
        Told {
            header: json!({"alg": "ES256", "typ": "logout+jwt", "kid": self.keys.borrow().last().unwrap().kid}),
            claims,
            signature: Signature::By(self.keys.borrow().len() - 1),
            access_token: String::new(),
        }
    }

    fn next(&self) -> u32 {
        self.count.set(self.count.get() + 1);
        self.count.get()
    }

    /// How often a path was asked for.
    pub fn times(&self, path: &str) -> usize {
        self.asked.borrow().iter().filter(|asked| *asked == path).count()
    }

    /// Answers.
    pub fn fetch(&self, request: &OutgoingRequest<'_>) -> Result<Fetched, ConnectionError> {
        let path = request.url.strip_prefix(&self.issuer).unwrap_or(request.url).to_owned();
        self.asked.borrow_mut().push(path.clone());
        if let Some(instead) = self.instead.borrow().get(path.as_str()) {
            return instead.clone();
        }
        let (status, body) = match path.as_str() {
            "/.well-known/openid-configuration" => (200, self.configuration()),
            "/jwks" => (200, self.jwks()),
            "/token" => self.token(request),
            "/userinfo" => self.info(request),
            _ => (404, json!({})),
        };
        Ok(Fetched { status, body: body.to_string().into_bytes() })
    }

    fn configuration(&self) -> Value {
        let issuer = &self.issuer;
        let mut document = json!({
            "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"), "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/jwks"), "userinfo_endpoint": format!("{issuer}/userinfo"),
            "end_session_endpoint": format!("{issuer}/logout"), "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"], "authorization_response_iss_parameter_supported": true,
            "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"]
        });
        (self.document.borrow())(&mut document);
        document
    }

    fn jwks(&self) -> Value {
        let keys = self.keys.borrow();
        let published: Vec<Value> = keys.iter().take(self.published.get()).map(public).collect();
        json!({"keys": published})
    }

    fn token(&self, request: &OutgoingRequest<'_>) -> (u16, Value) {
        let form = request.form.unwrap_or_default();
        *self.exchanged.borrow_mut() = (request.authorization.map(str::to_owned), form.to_owned());
        let form = decode_pairs(form.as_bytes());
        let of = |name: &str| form.get(name).unwrap_or_default().to_owned();
        let refused = (400, json!({"error": "invalid_grant"}));
        let Some(code) = self.codes.borrow_mut().remove(&of("code")) else { return refused };
        let challenge = encode(digest(&SHA256, of("code_verifier").as_bytes()).as_ref());
        if challenge != code.challenge || of("redirect_uri") != code.redirect_uri || of("grant_type") != "authorization_code" {
            return refused;
        }
        let now = self.now.get().timestamp();
        let mut told = Told {
            header: json!({"alg": "ES256", "typ": "JWT", "kid": self.keys.borrow().last().unwrap().kid}),
            claims: json!({
                "iss": self.issuer, "aud": code.client_id, "sub": code.subject, "nonce": code.nonce, "iat": now, "exp": now + 300,
                "auth_time": now
            }),
            signature: Signature::By(self.keys.borrow().len() - 1),
            access_token: format!("access-{}", code.subject),
        };
        let half = digest(&SHA256, told.access_token.as_bytes());
        told.claims["at_hash"] = encode(&half.as_ref()[..16]).into();
        if let Some(Value::Object(more)) = self.people.borrow().get(&code.subject) {
            for (name, value) in more {
                told.claims[name] = value.clone();
            }
        }
        (self.told.borrow())(&mut told);
        let id_token = self.signed(&told);
        (200, json!({"access_token": told.access_token, "token_type": "Bearer", "expires_in": 300, "id_token": id_token}))
    }

    /// A token as it is told.
    pub fn signed(&self, told: &Told) -> String {
        let part = |value: &Value| encode(value.to_string().as_bytes());
        let message = format!("{}.{}", part(&told.header), part(&told.claims));
        let keys = self.keys.borrow();
        let signature = match told.signature {
            Signature::By(at) => keys[at].pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap().as_ref().to_vec(),
            Signature::Missing => Vec::new(),
            Signature::Hmac => {
                let secret = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, keys[0].pair.public_key().as_ref());
                ring::hmac::sign(&secret, message.as_bytes()).as_ref().to_vec()
            }
        };
        format!("{message}.{}", encode(&signature))
    }

    fn info(&self, request: &OutgoingRequest<'_>) -> (u16, Value) {
        let subject = request.authorization.and_then(|header| header.strip_prefix("Bearer access-"));
        let Some(subject) = subject else { return (401, json!({"error": "invalid_token"})) };
        let mut said = json!({"sub": subject});
        (self.userinfo.borrow())(&mut said);
        (200, said)
    }
}

fn public(key: &Key) -> Value {
    let point = key.pair.public_key().as_ref();
    let jwk = json!({"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": key.kid, "x": encode(&point[1..33]), "y": encode(&point[33..])});
    assert!(decode(jwk["x"].as_str().unwrap()).is_some());
    jwk
}
