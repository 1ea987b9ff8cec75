"""Makes what other implementations make of SAML, as one JSON document: python generate.py FILE [--with-key]

Keys are made anew each time and kept nowhere. With `--with-key` the document has our own private key, and answers that are encrypted for
it; without, it can be committed. See README.md.
"""

import base64
import json
import random
import stat
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import signxml
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, saml
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.server import Server

IDP = "https://idp.example/metadata"
SP = "https://help.acme.example/saml"
ANSWER_AT = "https://help.acme.example/saml/acs"
ASKED = "_request"
PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
DS = "http://www.w3.org/2000/09/xmldsig#"
NAMES = {"samlp": PROTOCOL, "saml": ASSERTION, "ds": DS}
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"

WITH_KEY = "--with-key" in sys.argv
NOW = datetime.now(timezone.utc).replace(microsecond=0)


def moment(minutes):
    return (NOW + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def certificate(key, name):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=3650))
    )
    return made.sign(key, hashes.SHA256())


def pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def der(made):
    return base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()


THEIRS = rsa.generate_private_key(65537, 2048)
THEIR_CERTIFICATE = certificate(THEIRS, "idp.example")
THEIR_POINT = ec.generate_private_key(ec.SECP256R1())
THEIR_POINT_CERTIFICATE = certificate(THEIR_POINT, "idp.example")
OURS = rsa.generate_private_key(65537, 2048)


# Canonical forms, by libxml2. Left out is what it, or lxml, does otherwise than the standard says: `&` in the name of a namespace is not
# escaped, and `#default` among the prefixes is passed over.

random.seed(20260101)
PREFIXES = ["", "a", "b", "c"]
NAMESPACES = ["urn:a", "urn:b", "http://example.org/?x=1", "urn:c"]
TEXTS = ["", "text", "\n  ", "&lt;&amp;&gt;", "&#13;\r\n", "<![CDATA[<&]]>", "<!-- c -->", "\u0442\u0435\u043a\u0441\u0442 \U0001f600", "\"'", "x<!---->y"]
VALUES = ["", "1", "&quot;&lt;&amp;&gt;'", "&#9;&#10;&#13;", " a\tb\n c ", "\u0627\u0644\u0639"]


def random_element(depth, bound):
    bound = dict(bound)
    declared = ""
    for prefix in random.sample(PREFIXES, random.randint(0, 3)):
        name = random.choice(NAMESPACES) if prefix or random.random() < 0.7 else ""
        bound[prefix] = name
        declared += f' xmlns{":" if prefix else ""}{prefix}="{name}"'
    usable = [prefix for prefix in PREFIXES if prefix == "" or prefix in bound]
    qualified = lambda prefix, local: f"{prefix}:{local}" if prefix else local
    attributes, seen = "", set()
    for _ in range(random.randint(0, 4)):
        prefix, local = random.choice(usable + ["xml"]), random.choice("xyz")
        expanded = (bound.get(prefix, "xml") if prefix else "", local)
        if expanded in seen or (prefix == "xml" and local != "x"):
            continue
        seen.add(expanded)
        local = "lang" if prefix == "xml" else local
        attributes += f' {qualified(prefix, local)}="{random.choice(VALUES)}"'
    written = declared + attributes if random.random() < 0.5 else attributes + declared
    tag = qualified(random.choice(usable), random.choice("mno"))
    content = random.choice(TEXTS)
    for _ in range(random.randint(0, 3) if depth else 0):
        content += random_element(depth - 1, bound) + random.choice(TEXTS)
    return f"<{tag}{written}>{content}</{tag}>"


def canonical_forms(count):
    for _ in range(count):
        document = random_element(4, {})
        prefixes = random.choice([[], [], ["a"], ["b", "c"], ["a", "none"]])
        root = etree.fromstring(document.encode())
        form = etree.tostring(
            root, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=prefixes or None
        )
        yield {"document": document, "prefixes": prefixes, "form": form.decode()}


# Answers. `name` is whom they are about.


def answer(name):
    return etree.fromstring(
        f"""<samlp:Response xmlns:samlp="{PROTOCOL}" xmlns:saml="{ASSERTION}" xmlns:xs="http://www.w3.org/2001/XMLSchema"
            ID="_response" Version="2.0" IssueInstant="{moment(0)}" Destination="{ANSWER_AT}" InResponseTo="{ASKED}">
          <saml:Issuer>{IDP}</saml:Issuer>
          <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
          <saml:Assertion ID="_assertion" Version="2.0" IssueInstant="{moment(0)}">
            <saml:Issuer>{IDP}</saml:Issuer>
            <saml:Subject>
              <saml:NameID>{name}</saml:NameID>
              <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
                <saml:SubjectConfirmationData Recipient="{ANSWER_AT}" InResponseTo="{ASKED}" NotOnOrAfter="{moment(5)}"/>
              </saml:SubjectConfirmation>
            </saml:Subject>
            <saml:Conditions NotBefore="{moment(-1)}" NotOnOrAfter="{moment(5)}">
              <saml:AudienceRestriction><saml:Audience>{SP}</saml:Audience></saml:AudienceRestriction>
            </saml:Conditions>
            <saml:AuthnStatement AuthnInstant="{moment(-9)}" SessionIndex="_session"><saml:AuthnContext>
              <saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>
            </saml:AuthnContext></saml:AuthnStatement>
            <saml:AttributeStatement><saml:Attribute Name="mail" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
              <saml:AttributeValue xsi:type="xs:string">{name}@acme.example</saml:AttributeValue>
            </saml:Attribute></saml:AttributeStatement>
          </saml:Assertion>
        </samlp:Response>""".encode()
    )


def text(element):
    return etree.tostring(element, encoding="unicode")


def place(element):
    """Where its signature stands: behind the issuer."""
    signature = etree.Element(f"{{{DS}}}Signature", Id="placeholder", nsmap={"ds": DS})
    element.find("saml:Issuer", NAMES).addnext(signature)


def element(root, which):
    return root if which == "_response" else root.find("saml:Assertion", NAMES)


def by_signxml(name, places, algorithm, digest, key, certificate):
    root = answer(name)
    for which in places:
        signed = element(root, which)
        place(signed)
        signer = signxml.XMLSigner(
            signature_algorithm=algorithm, digest_algorithm=digest, c14n_algorithm=EXCLUSIVE
        )
        # It works on a copy, of which the parent knows nothing yet.
        made = signer.sign(signed, key=key, cert=[certificate], reference_uri=f"#{which}")
        if made.getroottree().getroot() is not root and which == "_assertion":
            signed.getparent().replace(signed, made)
        else:
            root = made
    return text(root)


def by_xmlsec(name, places, prefixes, transform=xmlsec.constants.TransformRsaSha256):
    root = answer(name)
    xmlsec.tree.add_ids(root, ["ID"])
    for which in places:
        signed = element(root, which)
        signature = xmlsec.template.create(signed, xmlsec.constants.TransformExclC14N, transform, ns="ds")
        signed.find("saml:Issuer", NAMES).addnext(signature)
        digest = xmlsec.constants.TransformSha256
        if transform == xmlsec.constants.TransformRsaSha1:
            digest = xmlsec.constants.TransformSha1
        reference = xmlsec.template.add_reference(signature, digest, uri=f"#{which}")
        xmlsec.template.add_transform(reference, xmlsec.constants.TransformEnveloped)
        exclusive = xmlsec.template.add_transform(reference, xmlsec.constants.TransformExclC14N)
        if prefixes:
            listed = etree.SubElement(exclusive, f"{{{EXCLUSIVE}}}InclusiveNamespaces", nsmap={"ec": EXCLUSIVE})
            listed.set("PrefixList", " ".join(prefixes))
        xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(signature))
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_memory(pem(THEIRS), xmlsec.constants.KeyDataFormatPem)
        context.key.load_cert_from_memory(
            THEIR_CERTIFICATE.public_bytes(serialization.Encoding.PEM), xmlsec.constants.KeyDataFormatCertPem
        )
        context.sign(signature)
    return root


def encrypted(root, cipher, bits):
    """The answer with its assertion encrypted for us, in place and then moved to where SAML wants it."""
    assertion = root.find("saml:Assertion", NAMES)
    assertion.tail = None
    manager = xmlsec.KeysManager()
    ours = certificate(OURS, "help.acme.example").public_bytes(serialization.Encoding.PEM)
    manager.add_key(xmlsec.Key.from_memory(ours, xmlsec.constants.KeyDataFormatCertPem))
    data = xmlsec.template.encrypted_data_create(assertion, cipher, type=xmlsec.constants.TypeEncElement, ns="xenc")
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    information = xmlsec.template.encrypted_data_ensure_key_info(data, ns="ds")
    key = xmlsec.template.add_encrypted_key(information, xmlsec.constants.TransformRsaOaep)
    xmlsec.template.encrypted_data_ensure_cipher_value(key)
    context = xmlsec.EncryptionContext(manager)
    kind = xmlsec.constants.KeyDataAes
    context.key = xmlsec.Key.generate(kind, bits, xmlsec.constants.KeyDataTypeSession)
    # What is encrypted has to stand for itself.
    alone = etree.fromstring(etree.tostring(assertion))
    holder = etree.SubElement(root, f"{{{ASSERTION}}}EncryptedAssertion")
    root.remove(assertion)
    holder.append(alone)
    context.encrypt_xml(data, alone)
    return root


def signed_around(root):
    """The answer signed as a whole, whatever is in it."""
    xmlsec.tree.add_ids(root, ["ID"])
    signature = xmlsec.template.create(root, xmlsec.constants.TransformExclC14N, xmlsec.constants.TransformRsaSha256, ns="ds")
    root.find("saml:Issuer", NAMES).addnext(signature)
    reference = xmlsec.template.add_reference(signature, xmlsec.constants.TransformSha256, uri="#_response")
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformEnveloped)
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformExclC14N)
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(pem(THEIRS), xmlsec.constants.KeyDataFormatPem)
    context.sign(signature)
    return root


def pysaml2_server(folder):
    program = folder / "xmlsec1"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{Path(__file__).with_name("xmlsec1.py")}" "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (folder / "key.pem").write_bytes(pem(THEIRS))
    (folder / "cert.pem").write_bytes(THEIR_CERTIFICATE.public_bytes(serialization.Encoding.PEM))
    (folder / "sp.xml").write_text(
        f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{SP}"><SPSSODescriptor '
        f'protocolSupportEnumeration="{PROTOCOL}"><AssertionConsumerService Binding="{BINDING_HTTP_POST}" '
        f'Location="{ANSWER_AT}" index="0"/></SPSSODescriptor></EntityDescriptor>'
    )
    settings = {
        "entityid": IDP,
        "xmlsec_binary": str(program),
        "key_file": str(folder / "key.pem"),
        "cert_file": str(folder / "cert.pem"),
        "metadata": {"local": [str(folder / "sp.xml")]},
        "service": {
            "idp": {
                "endpoints": {
                    "single_sign_on_service": [("https://idp.example/sso", BINDING_HTTP_REDIRECT)],
                    "single_logout_service": [("https://idp.example/slo", BINDING_HTTP_REDIRECT)],
                },
                "policy": {"default": {"lifetime": {"minutes": 15}, "attribute_restrictions": None}},
                "sign_response": False,
            }
        },
    }
    return Server(config=IdPConfig().load(settings))


def by_pysaml2(server, name, places):
    made = server.create_authn_response(
        {"mail": [f"{name}@acme.example"], "givenName": ["A & <b>"]},
        ASKED,
        ANSWER_AT,
        SP,
        name_id=saml.NameID(format=saml.NAMEID_FORMAT_PERSISTENT, text=name),
        authn={"class_ref": saml.AUTHN_PASSWORD, "authn_auth": IDP},
        sign_response="_response" in places,
        sign_assertion="_assertion" in places,
        sign_alg=f"{MORE}rsa-sha256",
        digest_alg="http://www.w3.org/2001/04/xmlenc#sha256",
    )
    return str(made)


def logout_query(server):
    """An order in a query, packed and signed by pysaml2."""
    _, order = server.create_logout_request(
        "https://help.acme.example/saml/slo",
        IDP,
        name_id=saml.NameID(format=saml.NAMEID_FORMAT_PERSISTENT, text="anna"),
        session_indexes=["_session"],
        sign=False,
    )
    sent = server.apply_binding(
        BINDING_HTTP_REDIRECT,
        str(order),
        "https://help.acme.example/saml/slo",
        relay_state="a b&c",
        sign=True,
        sigalg=f"{MORE}rsa-sha256",
    )
    return dict(sent["headers"])["Location"].split("?", 1)[1]


def metadata(server):
    # It would ask the program for all that it can do.
    server.config.xmlsec_binary = None
    return str(entity_descriptor(server.config))


PLACES = [["_assertion"], ["_response"], ["_assertion", "_response"]]


def answers(server):
    for places in PLACES:
        for algorithm, digest in [("rsa-sha256", "sha512"), ("rsa-sha384", "sha384"), ("rsa-sha512", "sha256")]:
            made = by_signxml("anna", places, algorithm, digest, THEIRS, THEIR_CERTIFICATE)
            yield f"signxml {algorithm}", places, made, None
        made = by_signxml("anna", places, "ecdsa-sha256", "sha256", THEIR_POINT, THEIR_POINT_CERTIFICATE)
        yield "signxml ecdsa-sha256", places, made, None
        for prefixes in ([], ["xs"], ["xs", "samlp", "#default"]):
            made = text(by_xmlsec("anna", places, prefixes))
            yield f"xmlsec {prefixes}", places, made, None
        made = text(by_xmlsec("anna", places, [], xmlsec.constants.TransformRsaSha1))
        yield "xmlsec rsa-sha1", places, made, "algorithm"
        yield "pysaml2", places, by_pysaml2(server, "anna", places), None
    yield "pysaml2, unsigned", [], by_pysaml2(server, "anna", []), "unsigned"
    if WITH_KEY:
        for name, cipher, bits in [
            ("aes128-gcm", xmlsec.constants.TransformAes128Gcm, 128),
            ("aes256-gcm", xmlsec.constants.TransformAes256Gcm, 256),
        ]:
            yield f"xmlsec {name}", ["_assertion"], text(encrypted(by_xmlsec("anna", ["_assertion"], []), cipher, bits)), None
            yield f"xmlsec {name}, unsigned", [], text(encrypted(answer("anna"), cipher, bits)), "unsigned"
        for name, cipher, bits in [
            ("aes128-cbc", xmlsec.constants.TransformAes128Cbc, 128),
            ("aes256-cbc", xmlsec.constants.TransformAes256Cbc, 256),
        ]:
            made = encrypted(by_xmlsec("anna", ["_assertion"], []), cipher, bits)
            yield f"xmlsec {name}", ["_assertion"], text(made), "encryption"
            made = signed_around(encrypted(by_xmlsec("anna", ["_assertion"], []), cipher, bits))
            yield f"xmlsec {name}", ["_response"], text(made), None


def our_key():
    numbers = OURS.private_numbers()
    public = numbers.public_numbers
    digits = lambda number: base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).decode().rstrip("=")
    parts = {
        "n": public.n, "e": public.e, "d": numbers.d, "p": numbers.p, "q": numbers.q,
        "dp": numbers.dmp1, "dq": numbers.dmq1, "qi": numbers.iqmp,
    }
    return {"kty": "RSA"} | {name: digits(number) for name, number in parts.items()}


def main():
    with tempfile.TemporaryDirectory() as folder:
        server = pysaml2_server(Path(folder))
        made = {
            "now": moment(0),
            "certificates": [der(THEIR_CERTIFICATE), der(THEIR_POINT_CERTIFICATE)],
            "canonical": list(canonical_forms(2000 if WITH_KEY else 100)),
            "answers": [
                {"maker": maker, "places": places, "document": document, "fault": fault}
                for maker, places, document, fault in answers(server)
            ],
            "logout": logout_query(server),
            "metadata": metadata(server),
        }
        if WITH_KEY:
            made["our_key"] = our_key()
    Path(sys.argv[1]).write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n")


main()
