//! What `mail-parser`, `multer` and the reader of imported tables use of `encoding_rs`, by the platform's `TextDecoder`.

use std::borrow::Cow;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    type TextDecoder;
    #[wasm_bindgen(constructor, catch)]
    fn new(label: &str) -> Result<TextDecoder, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn decode(this: &TextDecoder, bytes: &[u8]) -> Result<String, JsValue>;
}

/// An encoding of the WHATWG standard.
#[derive(Debug, PartialEq, Eq)]
pub struct Encoding {
    name: &'static str,
}

macro_rules! encodings {
    ($($constant:ident $name:literal)*) => {
        $(
            #[doc = concat!("`", $name, "`.")]
            pub static $constant: &Encoding = &Encoding { name: $name };
        )*
        static ALL: &[&Encoding] = &[$(&Encoding { name: $name }),*];
    };
}

encodings! {
    BIG5 "big5"
    EUC_JP "euc-jp"
    EUC_KR "euc-kr"
    GB18030 "gb18030"
    GBK "gbk"
    IBM866 "ibm866"
    ISO_2022_JP "iso-2022-jp"
    KOI8_R "koi8-r"
    REPLACEMENT "replacement"
    SHIFT_JIS "shift_jis"
    UTF_16BE "utf-16be"
    UTF_16LE "utf-16le"
    UTF_8 "utf-8"
    WINDOWS_874 "windows-874"
    WINDOWS_1250 "windows-1250"
    WINDOWS_1251 "windows-1251"
    WINDOWS_1252 "windows-1252"
    WINDOWS_1254 "windows-1254"
    WINDOWS_1256 "windows-1256"
    X_MAC_CYRILLIC "x-mac-cyrillic"
    X_USER_DEFINED "x-user-defined"
}

impl Encoding {
    /// The encoding of that name, one of those above. `multer` would ask it for the texts of forms; the product reads those as UTF-8 itself.
    pub fn for_label(label: &[u8]) -> Option<&'static Self> {
        ALL.iter().copied().find(|encoding| label.eq_ignore_ascii_case(encoding.name.as_bytes()))
    }

    /// Its name.
    pub fn name(&'static self) -> &'static str {
        self.name
    }

    /// A decoder of texts that say by a byte order mark if they are Unicode after all.
    pub fn new_decoder(&'static self) -> Decoder {
        Decoder { stated: self }
    }

    /// The text, by which encoding it was read, and whether there was anything that means nothing.
    pub fn decode<'a>(&'static self, bytes: &'a [u8]) -> (Cow<'a, str>, &'static Self, bool) {
        let used = marked(bytes).unwrap_or(self);
        let text = used.read(bytes);
        let is_faulty = text.contains(char::REPLACEMENT_CHARACTER);
        (Cow::Owned(text), used, is_faulty)
    }

    fn read(&self, bytes: &[u8]) -> String {
        // Encodings that are given up as dangerous: the platform has no decoder of them, the standard one character in place of any text.
        if *self == *REPLACEMENT {
            return if bytes.is_empty() { String::new() } else { char::REPLACEMENT_CHARACTER.to_string() };
        }
        TextDecoder::new(self.name)
            .and_then(|decoder| decoder.decode(bytes))
            .unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
    }
}

/// The Unicode encoding whose byte order mark the text begins with. The platform leaves the mark out.
fn marked(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => Some(UTF_8),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        _ => None,
    }
}

/// How far a decoder came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoderResult {
    /// Everything was read.
    InputEmpty,
    /// There was no room for the text; not so here.
    OutputFull,
}

/// A decoder of one text.
#[derive(Debug)]
pub struct Decoder {
    stated: &'static Encoding,
}

impl Decoder {
    /// Appends the text of `bytes`, which are all there are. Answers how far it came, and whether there was anything that means nothing.
    pub fn decode_to_string(&mut self, bytes: &[u8], out: &mut String, _is_last: bool) -> (CoderResult, usize, bool) {
        let (text, _, is_faulty) = self.stated.decode(bytes);
        out.push_str(&text);
        (CoderResult::InputEmpty, bytes.len(), is_faulty)
    }
}
