//! An authenticator in a few lines, which can be told to lie in each thing that it says.

use ring::rand::SystemRandom;
use ring::rsa;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};
use shared::auth::base64url::{decode, encode};

/// Presence and verification.
pub const GOOD: u8 = 0x01 | 0x04;
/// A new credential is in it.
const CREDENTIAL: u8 = 0x40;

pub enum Key {
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
    Rsa(Box<RsaKeyPair>),
}

impl Key {
    pub fn p256() -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        Self::P256(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random).unwrap())
    }

    pub fn ed25519() -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::Ed25519(Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap())
    }

    pub fn rsa() -> Self {
        Self::Rsa(Box::new(RsaKeyPair::from_pkcs8(include_bytes!("rsa-2048.pk8")).unwrap()))
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::P256(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Self::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                signature
            }
        }
    }

    /// As CTAP2 writes it.
    fn cose(&self) -> Vec<u8> {
        match self {
            Self::P256(pair) => {
                let point = pair.public_key().as_ref();
                [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32], &point[1..33], &[0x22, 0x58, 32], &point[33..]].concat()
            }
            Self::Ed25519(pair) => [&[0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32], pair.public_key().as_ref()].concat(),
            Self::Rsa(pair) => {
                let parts: rsa::PublicKeyComponents<Vec<u8>> = pair.public().into();
                [&[0xa4, 1, 3, 3, 0x39, 1, 0, 0x20, 0x59, 1, 0], parts.n.as_slice(), &[0x21, 0x43], &parts.e].concat()
            }
        }
    }
}

/// What it says in one ceremony.
pub struct Says {
    pub kind: &'static str,
    pub challenge: String,
    pub origin: String,
    pub cross_origin: bool,
    pub host: String,
    pub flags: u8,
    pub count: u32,
    pub credential: Vec<u8>,
    pub handle: Option<String>,
    /// Bytes behind what the standard has.
    pub behind: Vec<u8>,
}

pub struct Authenticator {
    pub key: Key,
    pub credential: Vec<u8>,
    pub count: u32,
    handle: Option<String>,
}

/// Whatever it says is true.
pub fn truth(_: &mut Says) {}

impl Authenticator {
    pub fn new(key: Key, name: &str) -> Self {
        Self { key, credential: name.as_bytes().to_vec(), count: 0, handle: None }
    }

    /// The credential's id as browsers write it.
    pub fn id(&self) -> String {
        encode(&self.credential)
    }

    /// Makes the credential, as the options ask for it.
    pub fn make(&mut self, options: &Value, lie: impl FnOnce(&mut Says)) -> Value {
        self.handle = Some(options["user"]["id"].as_str().unwrap().to_owned());
        let host = options["rp"]["id"].as_str().unwrap();
        let mut says = self.says("webauthn.create", options, host);
        says.flags |= CREDENTIAL;
        lie(&mut says);
        let mut data = head(&says);
        data.extend([0; 16]);
        data.extend(u16::try_from(says.credential.len()).unwrap().to_be_bytes());
        data.extend(&says.credential);
        data.extend(self.key.cose());
        data.extend(&says.behind);
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        object.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        object.extend(&data);
        json!({
            "id": encode(&says.credential), "rawId": encode(&says.credential), "type": "public-key", "clientExtensionResults": {},
            "authenticatorAttachment": "platform",
            "response": {
                "clientDataJSON": encode(client_data(&says).as_bytes()), "attestationObject": encode(&object),
                "transports": ["internal", "hybrid"]
            }
        })
    }

    /// Uses it.
    pub fn answer(&self, options: &Value, lie: impl FnOnce(&mut Says)) -> Value {
        let host = options["rpId"].as_str().unwrap();
        let mut says = self.says("webauthn.get", options, host);
        lie(&mut says);
        let mut data = head(&says);
        data.extend(&says.behind);
        let client_data = client_data(&says);
        let digest = decode_hex(&shared::auth::signer::sha256_hex(client_data.as_bytes()));
        let signature = self.key.sign(&[data.as_slice(), &digest].concat());
        json!({
            "id": encode(&says.credential), "rawId": encode(&says.credential), "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(client_data.as_bytes()), "authenticatorData": encode(&data),
                "signature": encode(&signature), "userHandle": says.handle
            }
        })
    }

    fn says(&self, kind: &'static str, options: &Value, host: &str) -> Says {
        Says {
            kind,
            challenge: options["challenge"].as_str().unwrap().to_owned(),
            origin: format!("https://{host}"),
            cross_origin: false,
            host: host.to_owned(),
            flags: GOOD,
            count: self.count,
            credential: self.credential.clone(),
            handle: self.handle.clone(),
            behind: Vec::new(),
        }
    }
}

fn client_data(says: &Says) -> String {
    json!({"type": says.kind, "challenge": says.challenge, "origin": says.origin, "crossOrigin": says.cross_origin}).to_string()
}

fn head(says: &Says) -> Vec<u8> {
    let mut data = decode_hex(&shared::auth::signer::sha256_hex(says.host.as_bytes()));
    data.push(says.flags);
    data.extend(says.count.to_be_bytes());
    data
}

fn decode_hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// One bit of a member of the response is another.
pub fn bent(credential: &Value, member: &str) -> Value {
    let mut bent = credential.clone();
    let mut bytes = decode(bent["response"][member].as_str().unwrap()).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    bent["response"][member] = json!(encode(&bytes));
    bent
}
