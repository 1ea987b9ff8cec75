//! Cryptography with two keys by the platform's own (W3C Web Cryptography): none of it is carried along in the worker.

use js_sys::{JSON, Promise, Reflect, Uint8Array};
use shared::auth::cryptography::{Cipher, CurveKey, OaepDigest, PrivateKey, Sealed, unfilled};
use shared::auth::jwk::{PublicKey, SignatureAlgorithm};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = importKey, catch)]
    fn import_key(
        format: &str,
        key: &JsValue,
        algorithm: &JsValue,
        extractable: bool,
        usages: &JsValue,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = verify, catch)]
    fn verify(algorithm: &JsValue, key: &JsValue, signature: &Uint8Array, message: &Uint8Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = sign, catch)]
    fn sign(algorithm: &JsValue, key: &JsValue, message: &Uint8Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = unwrapKey, catch)]
    fn unwrap_key(
        format: &str,
        wrapped: &Uint8Array,
        by: &JsValue,
        algorithm: &JsValue,
        kind: &JsValue,
        extractable: bool,
        usages: &JsValue,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = encrypt, catch)]
    fn encrypt(algorithm: &JsValue, key: &JsValue, text: &Uint8Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = decrypt, catch)]
    fn decrypt(algorithm: &JsValue, key: &JsValue, text: &Uint8Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = generateKey, catch)]
    fn generate_key(algorithm: &JsValue, extractable: bool, usages: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = deriveBits, catch)]
    fn derive_bits(algorithm: &JsValue, key: &JsValue, bits: u32) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = exportKey, catch)]
    fn export_key(format: &str, key: &JsValue) -> Result<Promise, JsValue>;
}

/// How we sign by RSA.
const OWN_SIGNATURE: &str = r#"{"name":"RSASSA-PKCS1-v1_5","hash":"SHA-256"}"#;
/// Bits of our RSA keys: 128 bits of security (NIST SP 800-57, 5.6.1.1).
const OWN_KEY_BITS: u32 = 3072;

/// How we sign by a key on a curve.
const OWN_CURVE_SIGNATURE: &str = r#"{"name":"ECDSA","namedCurve":"P-256","hash":"SHA-256"}"#;
/// How we agree on a secret.
const AGREEMENT: &str = r#"{"name":"ECDH","namedCurve":"P-256"}"#;
/// Bits of such a secret.
const AGREED_BITS: u32 = 256;

/// Whether the signature is by that key. What the platform does not take is no signature.
pub(super) async fn is_by(key: &PublicKey, message: &[u8], signature: &[u8]) -> bool {
    checked(key, message, signature).await.is_ok_and(|verdict| verdict.is_truthy())
}

async fn checked(key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<JsValue, JsValue> {
    let algorithm = JSON::parse(match key.algorithm() {
        SignatureAlgorithm::Es256 => OWN_CURVE_SIGNATURE,
        SignatureAlgorithm::Rs256 => OWN_SIGNATURE,
        SignatureAlgorithm::Ps256 => r#"{"name":"RSA-PSS","hash":"SHA-256","saltLength":32}"#,
        SignatureAlgorithm::Rs384 => r#"{"name":"RSASSA-PKCS1-v1_5","hash":"SHA-384"}"#,
        SignatureAlgorithm::Rs512 => r#"{"name":"RSASSA-PKCS1-v1_5","hash":"SHA-512"}"#,
        SignatureAlgorithm::EdDsa => r#"{"name":"Ed25519"}"#,
    })?;
    let key = imported(key.jwk(), &algorithm, r#"["verify"]"#).await?;
    done(verify(&algorithm, &key, &Uint8Array::from(signature), &Uint8Array::from(message))).await
}

/// Signs by a key of ours; `None` when the platform takes it for none.
pub(super) async fn signed(key: &PrivateKey, message: &[u8]) -> Option<Vec<u8>> {
    let made = async {
        let algorithm = JSON::parse(OWN_SIGNATURE)?;
        let key = imported(key.jwk(), &algorithm, r#"["sign"]"#).await?;
        done(sign(&algorithm, &key, &Uint8Array::from(message))).await
    };
    made.await.ok().map(bytes)
}

/// Opens what was sealed for a key of ours.
pub(super) async fn opened(key: &PrivateKey, sealed: &Sealed) -> Option<Vec<u8>> {
    let text = bytes(deciphered(key, sealed).await.ok()?);
    if sealed.cipher.can_be_changed() { unfilled(text) } else { Some(text) }
}

async fn deciphered(key: &PrivateKey, sealed: &Sealed) -> Result<JsValue, JsValue> {
    let oaep = JSON::parse(match sealed.oaep {
        OaepDigest::Sha1 => r#"{"name":"RSA-OAEP","hash":"SHA-1"}"#,
        OaepDigest::Sha256 => r#"{"name":"RSA-OAEP","hash":"SHA-256"}"#,
    })?;
    let cipher = JSON::parse(match sealed.cipher {
        Cipher::Aes128Gcm | Cipher::Aes256Gcm => r#"{"name":"AES-GCM"}"#,
        Cipher::Aes128Cbc | Cipher::Aes256Cbc => r#"{"name":"AES-CBC"}"#,
    })?;
    let usages = JSON::parse(r#"["encrypt","decrypt"]"#)?;
    let key = imported(key.jwk(), &oaep, r#"["unwrapKey"]"#).await?;
    let wrapped = Uint8Array::from(sealed.wrapped.as_slice());
    let content = done(unwrap_key("raw", &wrapped, &key, &oaep, &cipher, false, &usages)).await?;
    let bits = Reflect::get(&Reflect::get(&content, &"algorithm".into())?, &"length".into())?;
    if bits.as_f64() != u32::try_from(sealed.cipher.key_bytes() * 8).ok().map(f64::from) {
        return Err(JsValue::NULL);
    }
    Reflect::set(&cipher, &"iv".into(), &Uint8Array::from(sealed.iv.as_slice()))?;
    let mut text = sealed.text.clone();
    if sealed.cipher.can_be_changed() {
        text.extend(end_of_cbc(&content, &text).await?);
    }
    done(decrypt(&cipher, &content, &Uint8Array::from(text.as_slice()))).await
}

/// The block that ends a text of AES-CBC as the platform wants it: it takes no filling but that of PKCS #7, which XML Encryption does not
/// write. One block of nothing but such filling behind the text, which is taken away again, leaves the text as it was filled.
async fn end_of_cbc(content: &JsValue, text: &[u8]) -> Result<Vec<u8>, JsValue> {
    let last = text.last_chunk::<16>().ok_or(JsValue::NULL)?;
    let after = JSON::parse(r#"{"name":"AES-CBC"}"#)?;
    Reflect::set(&after, &"iv".into(), &Uint8Array::from(last.as_slice()))?;
    done(encrypt(&after, content, &Uint8Array::new_with_length(0))).await.map(bytes)
}

/// A new key of ours.
pub(super) async fn new_key() -> Option<PrivateKey> {
    let made = async {
        let algorithm = JSON::parse(OWN_SIGNATURE)?;
        Reflect::set(&algorithm, &"modulusLength".into(), &OWN_KEY_BITS.into())?;
        Reflect::set(&algorithm, &"publicExponent".into(), &Uint8Array::from([1, 0, 1].as_slice()))?;
        let pair = done(generate_key(&algorithm, true, &JSON::parse(r#"["sign","verify"]"#)?)).await?;
        let written = done(export_key("jwk", &Reflect::get(&pair, &"privateKey".into())?)).await?;
        JSON::stringify(&written)
    };
    PrivateKey::read(&String::from(made.await.ok()?))
}

/// Signs by a key of ours on P-256.
pub(super) async fn signed_on_curve(key: &CurveKey, message: &[u8]) -> Option<Vec<u8>> {
    let made = async {
        let algorithm = JSON::parse(OWN_CURVE_SIGNATURE)?;
        let key = imported(&key.jwk(), &algorithm, r#"["sign"]"#).await?;
        done(sign(&algorithm, &key, &Uint8Array::from(message))).await
    };
    made.await.ok().map(bytes)
}

/// The secret that a key of ours and somebody's point have in common.
pub(super) async fn agreed(key: &CurveKey, other: &[u8]) -> Option<Vec<u8>> {
    let made = async {
        let algorithm = JSON::parse(AGREEMENT)?;
        let own = imported(&key.jwk(), &algorithm, r#"["deriveBits"]"#).await?;
        let point = Uint8Array::from(other);
        let other = done(import_key("raw", &point, &algorithm, false, &JSON::parse("[]")?)).await?;
        Reflect::set(&algorithm, &"public".into(), &other)?;
        done(derive_bits(&algorithm, &own, AGREED_BITS)).await
    };
    made.await.ok().map(bytes)
}

/// A new key of ours on P-256.
pub(super) async fn new_curve_key() -> Option<CurveKey> {
    let made = async {
        let pair = done(generate_key(&JSON::parse(AGREEMENT)?, true, &JSON::parse(r#"["deriveBits"]"#)?)).await?;
        let written = done(export_key("jwk", &Reflect::get(&pair, &"privateKey".into())?)).await?;
        JSON::stringify(&written)
    };
    CurveKey::read(&String::from(made.await.ok()?))
}

async fn imported(jwk: &str, algorithm: &JsValue, usages: &str) -> Result<JsValue, JsValue> {
    done(import_key("jwk", &JSON::parse(jwk)?, algorithm, false, &JSON::parse(usages)?)).await
}

async fn done(begun: Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(begun?).await
}

fn bytes(buffer: JsValue) -> Vec<u8> {
    Uint8Array::new(&buffer).to_vec()
}
