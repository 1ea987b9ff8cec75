# SAML 2.0: the page of a provider, the way back, why answers are not believed.

saml-own-metadata = This portal’s name there, and its metadata:
saml-metadata = Metadata of the provider
saml-metadata-hint = The XML document as the provider gives it. Left empty it stays as it is; without it the provider has to be switched off.
saml-metadata-file = The same as a file
saml-metadata-url = Address of the metadata
saml-metadata-url-hint = Fetched from there when no document is pasted, and again when the provider signs by a new key.
saml-takes-unsolicited = The provider may begin a sign-in by itself. Anybody can then lead others into an account of their own: leave it off unless people start from the provider’s page.
saml-handed-in = Signing in…
saml-handed-in-text = The provider has answered. If nothing happens, go on.
saml-continue = Continue
field-metadata-refused = Not the metadata of one provider that signs people in by redirect, over https, with a key that is taken.
field-metadata-address = Not an address that can be asked. Give a public https address.
field-metadata-unreachable = No document came from this address. Open it in a browser, or paste the document.
flash-saml-signed-out = You are signed out here and at the provider.
flash-saml-signed-out-partly = You are signed out here. The provider says that not all of its services have signed you out.
flash-saml-signed-out-unknown = You are signed out here. Whether you are at the provider is not known: its answer was not good.
saml-fault = { $value ->
    [malformed] Not the XML that SAML asks for.
    [doctype] The document has a document type, which is taken from nobody.
    [instruction] The document has a processing instruction.
    [too_large] Larger or deeper than any honest answer.
    [namespace] A prefix stands for nothing, or for what it may not.
    [kind] Another message than the one that is due here.
    [version] Another version than SAML 2.0.
    [duplicate_id] Two elements have one id.
    [unsigned] Neither the answer nor the assertion is signed. Have the provider sign.
    [signature_place] A signature stands where none belongs.
    [signature_form] A signature is not written as the standard says.
    [algorithm] An algorithm that is not taken. Have the provider sign by RSA or ECDSA with SHA-256.
    [transform] A transformation that is not taken.
    [reference] The signature is about something else.
    [digest] What was signed was changed on the way.
    [signature] The signature is by none of the keys in the metadata. Hand in the provider’s present metadata.
    [assertions] Not exactly one assertion.
    [encryption] Encrypted in a way that is not taken: RSA-OAEP with AES-GCM is, or AES-CBC in an answer that is signed.
    [decryption] Not encrypted for this portal. Have the provider import this portal’s metadata.
    [status] The provider says that it did not work.
    [issuer] By another provider than the one in the metadata.
    [destination] Sent to another address than this portal’s.
    [recipient] To be handed in at another address than this portal’s.
    [audience] For another service. The audience at the provider has to be this portal’s name.
    [condition] Under a condition that is not known.
    [early] Not good yet: the provider’s clock is ahead.
    [expired] Not good any more: it came too late, or the provider’s clock is behind.
    [request] The answer to another request.
    [unsolicited] The answer to no request; this provider may not begin by itself.
    [confirmation] Nobody can be confirmed by handing it in.
    [subject] It does not name anybody, or by a name that changes each time: choose a persistent name or an address.
    [authentication] It does not say that anybody has just been authenticated.
    [replayed] It was handed in before.
    [certificate] A certificate that cannot be read, or whose key is not taken.
    [metadata] The provider’s metadata are missing.
    [endpoint] An address that no browser may be sent to.
   *[other] { $value }
}
