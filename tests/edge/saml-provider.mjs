// An identity provider that speaks SAML 2.0, played with Node's own cryptography. What it writes is canonical as it stands: each element
// declares its prefix where that is first used, attributes are in order, and nothing stands between elements. So it signs what it writes.
import { constants, createCipheriv, createHash, createPrivateKey, createPublicKey, publicEncrypt, randomBytes, sign, verify, X509Certificate } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { generate } from "selfsigned";

const SAML = "urn:oasis:names:tc:SAML:2.0";
const DS = "http://www.w3.org/2000/09/xmldsig#";
const XENC = "http://www.w3.org/2001/04/xmlenc#";
const XENC11 = "http://www.w3.org/2009/xmlenc11#";
const MORE = "http://www.w3.org/2001/04/xmldsig-more#";
const REDIRECT = `${SAML}:bindings:HTTP-Redirect`;
export const IDP = "https://idp.example/metadata";
export const SIGN_IN = "https://idp.example/sso";
export const LOGOUT = "https://idp.example/slo";

/** How a key signs: the name, and the digest. */
const SIGNATURES = {
  "rsa-sha256": "sha256",
  "rsa-sha384": "sha384",
  "rsa-sha512": "sha512",
  "ecdsa-sha256": "sha256",
};

/** A pair of keys with a certificate: `rsa` or `ec`. */
export async function keys(keyType) {
  const made = await generate([{ name: "commonName", value: "idp" }], { keyType, keySize: 2048, algorithm: "sha256" });
  const key = createPrivateKey(made.private);
  return { private: key, public: createPublicKey(key), certificate: new X509Certificate(made.cert).raw.toString("base64") };
}

/** The metadata of a provider that signs by these keys. */
export function metadata(pairs) {
  const key = ({ certificate }) =>
    `<KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${DS}"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`;
  return (
    `<EntityDescriptor xmlns="${SAML}:metadata" entityID="${IDP}"><IDPSSODescriptor protocolSupportEnumeration="${SAML}:protocol">${pairs.map(key).join("")}` +
    `<SingleLogoutService Binding="${REDIRECT}" Location="${LOGOUT}"/><SingleSignOnService Binding="${REDIRECT}" Location="${SIGN_IN}"/></IDPSSODescriptor></EntityDescriptor>`
  );
}

/** What the portal says of itself. */
export function portal(document) {
  const attribute = (name, element) => new RegExp(`<md:${element}[^>]* ${name}="([^"]+)"`).exec(document)[1];
  const [, certificate] = /<ds:X509Certificate>([^<]+)</.exec(document);
  return {
    entityId: attribute("entityID", "EntityDescriptor"),
    answerAt: attribute("Location", "AssertionConsumerService"),
    logoutAt: attribute("Location", "SingleLogoutService"),
    key: new X509Certificate(Buffer.from(certificate, "base64")).publicKey,
  };
}

/** Reads a message that the portal has sent in a query, once its signature was found good. */
export function sent(address, field, { key }) {
  const query = new URL(address).search.slice(1);
  const [signed, signature] = query.split("&Signature=");
  const isGood = verify("sha256", Buffer.from(signed), key, Buffer.from(decodeURIComponent(signature), "base64"));
  const parameters = new URLSearchParams(query);
  const message = inflateRawSync(Buffer.from(parameters.get(field), "base64")).toString();
  return { isGood, message, relayState: parameters.get("RelayState"), id: /<samlp:\w+ [^>]*\bID="([^"]+)"/.exec(message)[1] };
}

/** A message in a query, signed as text. */
export function query(field, message, relayState, pair) {
  const encoded = (text) => encodeURIComponent(text);
  const signed = `${field}=${encoded(deflateRawSync(message).toString("base64"))}&RelayState=${encoded(relayState)}&SigAlg=${encoded(`${MORE}rsa-sha256`)}`;
  return `${signed}&Signature=${encoded(sign("sha256", Buffer.from(signed), pair.private).toString("base64"))}`;
}

/** The element with a signature about it behind its issuer. */
export function signed(element, pair, name = "rsa-sha256") {
  const [, id] = /^<[^>]* ID="([^"]+)"/.exec(element);
  const digest = createHash("sha256").update(element).digest("base64");
  const content =
    `<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${MORE}${name}"></ds:SignatureMethod><ds:Reference URI="#${id}"><ds:Transforms>` +
    `<ds:Transform Algorithm="${DS}enveloped-signature"></ds:Transform><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform>` +
    `</ds:Transforms><ds:DigestMethod Algorithm="${XENC}sha256"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>`;
  const information = `<ds:SignedInfo xmlns:ds="${DS}">${content}</ds:SignedInfo>`;
  const value = sign(SIGNATURES[name], Buffer.from(information), { key: pair.private, dsaEncoding: "ieee-p1363" }).toString("base64");
  const signature = `<ds:Signature xmlns:ds="${DS}"><ds:SignedInfo>${content}</ds:SignedInfo><ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`;
  return element.replace("</saml:Issuer>", `</saml:Issuer>${signature}`);
}

const at = (seconds) => new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+/, "");

/** What is said of anna in answer to a request. */
export function assertion(request, { entityId, answerAt }) {
  return (
    `<saml:Assertion xmlns:saml="${SAML}:assertion" ID="_${randomBytes(16).toString("hex")}" IssueInstant="${at(-1)}" Version="2.0"><saml:Issuer>${IDP}</saml:Issuer>` +
    `<saml:Subject><saml:NameID Format="${SAML}:nameid-format:persistent">anna</saml:NameID><saml:SubjectConfirmation Method="${SAML}:cm:bearer">` +
    `<saml:SubjectConfirmationData InResponseTo="${request}" NotOnOrAfter="${at(300)}" Recipient="${answerAt}"></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions NotBefore="${at(-60)}" NotOnOrAfter="${at(300)}"><saml:AudienceRestriction><saml:Audience>${entityId}</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
    `<saml:AuthnStatement AuthnInstant="${at(-30)}" SessionIndex="_there"><saml:AuthnContext><saml:AuthnContextClassRef>${SAML}:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>` +
    `<saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>anna@corp.example</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`
  );
}

/** The answer around an assertion. */
export function response(request, content, { answerAt }) {
  return (
    `<samlp:Response xmlns:samlp="${SAML}:protocol" Destination="${answerAt}" ID="_${randomBytes(16).toString("hex")}" InResponseTo="${request}" IssueInstant="${at(-1)}" Version="2.0">` +
    `<saml:Issuer xmlns:saml="${SAML}:assertion">${IDP}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${SAML}:status:Success"></samlp:StatusCode></samlp:Status>${content}</samlp:Response>`
  );
}

/** An order to end the session there. */
export function order({ logoutAt }) {
  return (
    `<samlp:LogoutRequest xmlns:samlp="${SAML}:protocol" xmlns:saml="${SAML}:assertion" ID="_${randomBytes(16).toString("hex")}" Version="2.0" IssueInstant="${at(-1)}" Destination="${logoutAt}">` +
    `<saml:Issuer>${IDP}</saml:Issuer><saml:NameID>anna</saml:NameID><samlp:SessionIndex>_there</samlp:SessionIndex></samlp:LogoutRequest>`
  );
}

const WRAPS = {
  sha1: `<xenc:EncryptionMethod Algorithm="${XENC}rsa-oaep-mgf1p"></xenc:EncryptionMethod>`,
  sha256:
    `<xenc:EncryptionMethod Algorithm="${XENC11}rsa-oaep"><ds:DigestMethod xmlns:ds="${DS}" Algorithm="${XENC}sha256"></ds:DigestMethod>` +
    `<xenc11:MGF xmlns:xenc11="${XENC11}" Algorithm="${XENC11}mgf1sha256"></xenc11:MGF></xenc:EncryptionMethod>`,
};

/** The assertion, encrypted for the portal: `aes256-gcm`, its key wrapped with one digest for both uses. */
export function encrypted(element, { key }, cipher, digest = "sha1") {
  const [, bits, mode] = /^aes(\d+)-(gcm|cbc)$/.exec(cipher);
  const secret = randomBytes(bits / 8);
  const iv = randomBytes(mode === "gcm" ? 12 : 16);
  const cipherer = createCipheriv(`aes-${bits}-${mode}`, secret, iv);
  const text = [iv, cipherer.update(element), cipherer.final(), ...(mode === "gcm" ? [cipherer.getAuthTag()] : [])];
  const wrapped = publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: digest }, secret);
  const value = (bytes) => `<xenc:CipherData><xenc:CipherValue>${bytes.toString("base64")}</xenc:CipherValue></xenc:CipherData>`;
  return (
    `<saml:EncryptedAssertion xmlns:saml="${SAML}:assertion"><xenc:EncryptedData xmlns:xenc="${XENC}" Type="${XENC}Element">` +
    `<xenc:EncryptionMethod Algorithm="${mode === "gcm" ? XENC11 : XENC}${cipher}"></xenc:EncryptionMethod><ds:KeyInfo xmlns:ds="${DS}"><xenc:EncryptedKey>${WRAPS[digest]}${value(wrapped)}</xenc:EncryptedKey></ds:KeyInfo>` +
    `${value(Buffer.concat(text))}</xenc:EncryptedData></saml:EncryptedAssertion>`
  );
}
