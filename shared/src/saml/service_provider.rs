//! Our own metadata (SAML metadata, 2.4.4): what an identity provider's administrator imports.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::names::{ENCRYPTION_11, METADATA, POST, PROTOCOL, REDIRECT, SIGNATURE};
use super::xml::escaped;

/// What we are to an identity provider.
#[derive(Debug, Clone, Copy)]
pub struct ServiceProvider<'a> {
    /// Our name: an address.
    pub entity_id: &'a str,
    /// Where answers are handed in.
    pub answer_at: &'a str,
    /// Where messages about signing out arrive, in a query or in a form.
    pub logout_at: &'a str,
    /// The certificate of the key that we sign by.
    pub signing: &'a [u8],
    /// The certificate of the key that assertions can be encrypted for.
    pub encryption: &'a [u8],
}

impl ServiceProvider<'_> {
    /// The document.
    pub fn metadata(&self) -> String {
        let key = |purpose: &str, certificate: &[u8], methods: &str| {
            format!(
                concat!(
                    r#"<md:KeyDescriptor use="{}"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{}</ds:X509Certificate>"#,
                    "</ds:X509Data></ds:KeyInfo>{}</md:KeyDescriptor>",
                ),
                purpose,
                STANDARD.encode(certificate),
                methods
            )
        };
        let methods = ["aes256-gcm", "aes128-gcm"]
            .map(|method| format!(r#"<md:EncryptionMethod Algorithm="{ENCRYPTION_11}{method}"/>"#))
            .concat();
        let logout = [REDIRECT, POST]
            .map(|binding| format!(r#"<md:SingleLogoutService Binding="{binding}" Location="{}"/>"#, escaped(self.logout_at)))
            .concat();
        format!(
            concat!(
                r#"<md:EntityDescriptor xmlns:md="{md}" xmlns:ds="{ds}" entityID="{entity_id}">"#,
                r#"<md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="{protocol}">"#,
                r#"{signing}{encryption}{logout}"#,
                r#"<md:AssertionConsumerService Binding="{post}" Location="{answer_at}" index="0" isDefault="true"/>"#,
                "</md:SPSSODescriptor></md:EntityDescriptor>",
            ),
            md = METADATA,
            ds = SIGNATURE,
            entity_id = escaped(self.entity_id),
            protocol = PROTOCOL,
            signing = key("signing", self.signing, ""),
            encryption = key("encryption", self.encryption, &methods),
            logout = logout,
            post = POST,
            answer_at = escaped(self.answer_at),
        )
    }
}
