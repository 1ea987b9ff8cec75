//! Names that the standards give.

/// Messages (SAML core, 1.1).
pub(super) const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
/// Assertions.
pub(super) const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
/// Metadata.
pub(super) const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
/// XML Signature.
pub(super) const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
/// XML Encryption 1.0.
pub(super) const ENCRYPTION: &str = "http://www.w3.org/2001/04/xmlenc#";
/// XML Encryption 1.1.
pub(super) const ENCRYPTION_11: &str = "http://www.w3.org/2009/xmlenc11#";
/// Exclusive canonicalization, without comments; also the namespace of its parameter.
pub(super) const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
/// The transformation that takes the signature out of what is signed.
pub(super) const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/// Messages in the query (SAML bindings, 3.4).
pub(super) const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
/// Messages in a form (3.5).
pub(super) const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

/// It worked.
pub(super) const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
/// Whoever hands the assertion in is the one whom it is about.
pub(super) const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
/// The format of an issuer's name when it states one.
pub(super) const ENTITY: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
