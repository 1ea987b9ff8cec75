"""An identity provider on this machine, by pysaml2: python provider.py

Prints one line of JSON (`origin`, `metadata`) and serves. `POST /portal` takes the metadata of the service provider. Whoever is sent to `/sso`
is anna, at once; her assertion is signed by pysaml2 and encrypted by libxmlsec1. Whoever is sent to `/slo` is signed out, and told where the
answer is handed in. `GET /metadata` answers the metadata, and `GET /order` sends the browser to the portal with an order to sign anna out. Signatures in queries are checked, and made, by pysaml2.
"""

import base64
import json
import stat
import sys
import tempfile
import zlib
from datetime import datetime, timedelta, timezone
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from saml2 import BINDING_HTTP_REDIRECT, saml
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.samlp import logout_request_from_string
from saml2.server import Server

ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
NAMES = {
    "md": "urn:oasis:names:tc:SAML:2.0:metadata", "saml": ASSERTION, "ds": "http://www.w3.org/2000/09/xmldsig#",
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
}

KEY = rsa.generate_private_key(65537, 2048)
NOW = datetime.now(timezone.utc)
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp")])
CERTIFICATE = (
    x509.CertificateBuilder().subject_name(NAME).issuer_name(NAME).public_key(KEY.public_key())
    .serial_number(x509.random_serial_number()).not_valid_before(NOW - timedelta(days=1))
    .not_valid_after(NOW + timedelta(days=30)).sign(KEY, hashes.SHA256())
)


class Portal:
    """What the service provider says of itself."""

    def __init__(self, document):
        root = etree.fromstring(document)
        self.entity_id = root.get("entityID")
        self.answer_at = root.find(".//md:AssertionConsumerService", NAMES).get("Location")
        self.logout_at = root.find(".//md:SingleLogoutService", NAMES).get("Location")
        self.certificate = x509.load_der_x509_certificate(base64.b64decode(root.find(".//ds:X509Certificate", NAMES).text))

    def read(self, query, field):
        """A message of a signed query."""
        signed, signature = query.split("&Signature=")
        signature = base64.b64decode(parse_qs(f"s={signature}")["s"][0])
        self.certificate.public_key().verify(signature, signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return etree.fromstring(zlib.decompress(base64.b64decode(parse_qs(query)[field][0]), -15))


def server(folder, origin, portal=None):
    program = folder / "xmlsec1"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{Path(__file__).with_name("xmlsec1.py")}" "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (folder / "key.pem").write_bytes(
        KEY.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "cert.pem").write_bytes(CERTIFICATE.public_bytes(serialization.Encoding.PEM))
    services = {
        "single_sign_on_service": [(f"{origin}/sso", BINDING_HTTP_REDIRECT)],
        "single_logout_service": [(f"{origin}/slo", BINDING_HTTP_REDIRECT)],
    }
    settings = {
        "entityid": f"{origin}/metadata",
        "xmlsec_binary": str(program),
        "key_file": str(folder / "key.pem"),
        "cert_file": str(folder / "cert.pem"),
        "metadata": {"local": [str(folder / "portal.xml")]} if portal else {},
        "service": {"idp": {"endpoints": services, "policy": {"default": {"lifetime": {"minutes": 15}, "attribute_restrictions": None}}}},
    }
    return Server(config=IdPConfig().load(settings))


def encrypted(document, certificate):
    """The answer with its assertion encrypted for the portal."""
    root = etree.fromstring(document.encode())
    assertion = root.find("saml:Assertion", NAMES)
    assertion.tail = None
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_memory(certificate.public_bytes(serialization.Encoding.PEM), xmlsec.constants.KeyDataFormatCertPem))
    data = xmlsec.template.encrypted_data_create(
        assertion, xmlsec.constants.TransformAes256Gcm, type=xmlsec.constants.TypeEncElement, ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    information = xmlsec.template.encrypted_data_ensure_key_info(data, ns="ds")
    key = xmlsec.template.add_encrypted_key(information, xmlsec.constants.TransformRsaOaep)
    xmlsec.template.encrypted_data_ensure_cipher_value(key)
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(xmlsec.constants.KeyDataAes, 256, xmlsec.constants.KeyDataTypeSession)
    alone = etree.fromstring(etree.tostring(assertion))
    holder = etree.SubElement(root, f"{{{ASSERTION}}}EncryptedAssertion")
    root.remove(assertion)
    holder.append(alone)
    context.encrypt_xml(data, alone)
    return etree.tostring(root)


class Provider(BaseHTTPRequestHandler):
    portal = None
    saml = None
    session = None

    def log_message(self, *_):
        pass

    def answer(self, status, text="", location=None):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_POST(self):
        document = self.rfile.read(int(self.headers["Content-Length"]))
        (FOLDER / "portal.xml").write_bytes(document)
        Provider.portal = Portal(document)
        Provider.saml = server(FOLDER, ORIGIN, Provider.portal)
        self.answer(204)

    def do_GET(self):
        where = urlsplit(self.path)
        {"/sso": self.sign_in, "/slo": self.logout, "/order": self.order, "/metadata": self.metadata}.get(where.path, self.nothing)(where.query)

    def nothing(self, _):
        self.answer(404)

    def metadata(self, _):
        self.answer(200, METADATA)

    def sign_in(self, query):
        request = self.portal.read(query, "SAMLRequest")
        made = self.saml.create_authn_response(
            {"mail": ["anna@corp.example"], "displayName": ["Anna Petrova"], "groups": ["desk", "everybody"]},
            request.get("ID"),
            self.portal.answer_at,
            self.portal.entity_id,
            name_id=saml.NameID(format=saml.NAMEID_FORMAT_PERSISTENT, text="anna"),
            authn={"class_ref": saml.AUTHN_PASSWORD, "authn_auth": f"{ORIGIN}/metadata"},
            session_not_on_or_after=None,
            sign_response=False,
            sign_assertion=True,
            sign_alg=RSA_SHA256,
            digest_alg=SHA256,
        )
        plain = etree.fromstring(str(made).encode())
        Provider.session = plain.find(".//saml:AuthnStatement", NAMES).get("SessionIndex")
        answer = base64.b64encode(encrypted(str(made), self.portal.certificate)).decode()
        state = parse_qs(query)["RelayState"][0]
        self.answer(
            200,
            f'<!doctype html><title>IdP</title><form method="post" action="{self.portal.answer_at}">'
            f'<input type="hidden" name="SAMLResponse" value="{answer}"><input type="hidden" name="RelayState" value="{state}">'
            "<button>I am anna</button></form>",
        )

    def logout(self, query):
        if "SAMLRequest=" in query:
            order = self.portal.read(query, "SAMLRequest")
            name = order.find("saml:NameID", NAMES).text
            return self.answer(
                200, f'<!doctype html><title>IdP</title><p>Signed out: {name}</p><a href="{escape(self.done(order))}">Back to the portal</a>'
            )
        answer = self.portal.read(query, "SAMLResponse")
        status = answer.find(".//samlp:StatusCode", NAMES).get("Value").rsplit(":", 1)[1]
        return self.answer(200, f"<!doctype html><title>IdP</title><p>The portal says: {status}</p>")

    def done(self, order):
        """Where the browser goes with the answer to an order."""
        made = self.saml.create_logout_response(logout_request_from_string(etree.tostring(order)), [BINDING_HTTP_REDIRECT], sign=False)
        sent = self.saml.apply_binding(
            BINDING_HTTP_REDIRECT, str(made), self.portal.logout_at, relay_state="", response=True, sign=True, sigalg=RSA_SHA256
        )
        return dict(sent["headers"])["Location"]

    def order(self, _):
        _, order = self.saml.create_logout_request(
            self.portal.logout_at,
            self.portal.entity_id,
            name_id=saml.NameID(format=saml.NAMEID_FORMAT_PERSISTENT, text="anna"),
            session_indexes=[self.session] if self.session else None,
            sign=False,
        )
        sent = self.saml.apply_binding(
            BINDING_HTTP_REDIRECT, str(order), self.portal.logout_at, relay_state="there", sign=True, sigalg=RSA_SHA256
        )
        self.answer(303, location=dict(sent["headers"])["Location"])


with tempfile.TemporaryDirectory() as name:
    FOLDER = Path(name)
    http = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    ORIGIN = f"http://127.0.0.1:{http.server_address[1]}"
    first = server(FOLDER, ORIGIN)
    first.config.xmlsec_binary = None
    METADATA = str(entity_descriptor(first.config))
    print(json.dumps({"origin": ORIGIN, "metadata": METADATA}), flush=True)
    http.serve_forever()
