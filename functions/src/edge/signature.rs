//! Signatures checked by the platform's own cryptography (W3C Web Cryptography): none of it is carried along in the worker.

use js_sys::{JSON, Promise, Uint8Array};
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
}

/// Whether the signature is by that key. What the platform does not take is no signature.
pub(super) async fn is_by(key: &PublicKey, message: &[u8], signature: &[u8]) -> bool {
    checked(key, message, signature).await.is_ok_and(|verdict| verdict.is_truthy())
}

async fn checked(key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<JsValue, JsValue> {
    let algorithm = JSON::parse(match key.algorithm() {
        SignatureAlgorithm::Es256 => r#"{"name":"ECDSA","namedCurve":"P-256","hash":"SHA-256"}"#,
        SignatureAlgorithm::Rs256 => r#"{"name":"RSASSA-PKCS1-v1_5","hash":"SHA-256"}"#,
        SignatureAlgorithm::Ps256 => r#"{"name":"RSA-PSS","hash":"SHA-256","saltLength":32}"#,
        SignatureAlgorithm::EdDsa => r#"{"name":"Ed25519"}"#,
    })?;
    let usages = JSON::parse(r#"["verify"]"#)?;
    let key = JsFuture::from(import_key("jwk", &JSON::parse(key.jwk())?, &algorithm, false, &usages)?).await?;
    JsFuture::from(verify(&algorithm, &key, &Uint8Array::from(signature), &Uint8Array::from(message))?).await
}
