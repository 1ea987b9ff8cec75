//! How a text is sealed for a device, by the numbers of the standard, and opened again as a device opens it.

use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::hmac;
use shared::auth::base64url::{decode, encode};
use shared::auth::cryptography::{Cryptography, CurveKey};
use shared::push::{Receiver, seal};
use tests::native::NativeCryptography;

use super::run;

/// The numbers of RFC 8291, 5 and appendix A.
const TEXT: &str = "When I grow up, I want to be a watermelon";
pub(super) const SENDER: (&str, &str) = (
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
    "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
);
pub(super) const DEVICE: (&str, &str) = (
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
);
const SALT: &str = "DGv6ra1nlYgDCS1FRnbzlw";
pub(super) const SECRET: &str = "BTBZMqHH6r4Tts7J_aSIgg";
const SEALED: &str = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

fn digest(key: &[u8], text: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text).as_ref().to_vec()
}

/// What the device of those keys reads in a sealed text: written anew from the RFC, by another library.
pub(super) async fn opened(sealed: &[u8]) -> String {
    let (salt, rest) = sealed.split_at(16);
    let (sender, text) = (&rest[5..70], &rest[70..]);
    assert_eq!(rest[..5], [0, 0, 16, 0, 65], "a record of 4096, and a point");
    let device = CurveKey::parse(DEVICE.0, DEVICE.1).unwrap();
    let common = NativeCryptography.agree(&device, sender).await.unwrap();
    let about = [b"WebPush: info\0".as_slice(), device.public(), sender, &[1]].concat();
    let key = digest(&digest(&decode(SECRET).unwrap(), &common), &about);
    let by_salt = digest(salt, &key);
    let content = digest(&by_salt, b"Content-Encoding: aes128gcm\0\x01");
    let nonce = digest(&by_salt, b"Content-Encoding: nonce\0\x01");
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &content[..16]).unwrap());
    let mut text = text.to_vec();
    let plain = cipher.open_in_place(Nonce::try_assume_unique_for_key(&nonce[..12]).unwrap(), Aad::empty(), &mut text).unwrap();
    assert_eq!(plain.last(), Some(&2), "the last record");
    String::from_utf8(plain[..plain.len() - 1].to_vec()).unwrap()
}

#[test]
fn a_text_is_sealed_as_the_standard_shows_it() {
    run(async {
        let once = CurveKey::parse(SENDER.0, SENDER.1).unwrap();
        let salt: [u8; 16] = decode(SALT).unwrap().try_into().unwrap();
        let to = Receiver::parse(DEVICE.0, SECRET).unwrap();
        let sealed = seal(&NativeCryptography, &once, salt, &to, TEXT.as_bytes()).await.unwrap();
        assert_eq!(encode(&sealed), SEALED);
        assert_eq!(opened(&sealed).await, TEXT);
        assert_eq!(seal(&NativeCryptography, &once, salt, &to, &[b'x'; 4_000]).await, None, "longer than services take");
        let nowhere = encode(&[&[4_u8] as &[u8], &[7; 64]].concat());
        let to = Receiver::parse(&nowhere, SECRET).unwrap();
        assert_eq!(seal(&NativeCryptography, &once, salt, &to, b"x").await, None, "a point that is not on the curve");
    });
}
