// SAML on workerd, whose Web Cryptography does all that needs keys: signatures of every kind that is taken, our own, and what was encrypted
// for us; and that one changed byte in any of it lets nobody in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LOGOUT, SIGN_IN, assertion, encrypted, keys, metadata, order, portal, query, response, sent, signed } from "./saml-provider.mjs";
import { start } from "./support.mjs";

const LIMIT = { timeout: 120_000 };
const HOST = "acme.localhost";
const REFUSED = (fault) => ({ status: 422, isIn: false, fault });
const IN = { status: 303, isIn: true };

let edge, id, rsa, ec, stranger, us;

const asAdmin = (method, path, body) =>
  edge.ask(HOST, method, path, { token: edge.people.acme.Ada.token, ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }) });

before(async () => {
  [rsa, ec, stranger] = await Promise.all([keys("rsa"), keys("ec"), keys("rsa")]);
  edge = await start();
  const made = await asAdmin("POST", "/api/identity-providers", {
    name: "Corp",
    preset: "saml",
    metadata: metadata([rsa, ec]),
    claims: { name: "displayName", email: "mail", groups: "groups" },
    default_role: "client",
    create_people: true,
    domains: ["corp.example"],
    trusts_addresses: true,
  });
  assert.equal(made.status, 201, made.text);
  id = made.json().id;
  const own = await edge.get(HOST, `/login/sso/${id}/metadata`);
  assert.equal(own.status, 200, own.text);
  us = portal(own.text);
}, LIMIT);

after(() => edge?.stop());

/** A browser that was sent to the provider. */
async function begin() {
  const begun = await edge.get(HOST, `/login/sso/${id}`);
  assert.equal(begun.status, 303, begun.text);
  const cookie = begun.headers["set-cookie"].find((field) => field.startsWith("sso=")).split(";")[0];
  return { cookie, ...sent(begun.headers.location, "SAMLRequest", us), location: begun.headers.location };
}

/** Goes through a sign-in with the document that is made for its request: where it ends, and why. */
async function signIn(make) {
  const { cookie, id: request, relayState } = await begin();
  const fields = new URLSearchParams({ SAMLResponse: Buffer.from(make(request)).toString("base64"), RelayState: relayState });
  const origin = `http://${HOST}:${edge.port}`;
  const answer = await edge.ask(HOST, "POST", `/login/sso/${id}/callback`, {
    headers: { cookie, origin, "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" },
    body: fields.toString(),
  });
  const session = (answer.headers["set-cookie"] ?? []).find((field) => /^session=[^;]/.test(field));
  const came = { status: answer.status, isIn: Boolean(session) };
  if (session) return { ...came, session: session.split(";")[0] };
  const refusals = await asAdmin("GET", "/api/audit?action=session.refused&limit=1");
  return { ...came, fault: refusals.json().data[0]?.detail.fault };
}

async function comesIn(make) {
  const { session, ...came } = await signIn(make);
  assert.deepEqual(came, IN);
  return session;
}

const plain = (request, pair = rsa, name = "rsa-sha256") => response(request, signed(assertion(request, us), pair, name), us);

/** One sign of base64 behind the text `after` is another. */
function changed(document, after) {
  const place = document.indexOf(after) + after.length + 20;
  assert.ok(place > after.length + 19, `${after} in ${document}`);
  return document.slice(0, place) + (document[place] === "A" ? "B" : "A") + document.slice(place + 1);
}

test("a request is signed by the key that our metadata publish", LIMIT, async () => {
  const { isGood, message, location } = await begin();
  assert.ok(location.startsWith(`${SIGN_IN}?`));
  assert.equal(isGood, true);
  assert.match(message, /^<samlp:AuthnRequest /);
  assert.equal(sent(location.replace(/RelayState=./, "RelayState=%2E"), "SAMLRequest", us).isGood, false);
});

test("signatures by RSA and on the curve let in, a stranger's and a changed one do not", LIMIT, async () => {
  for (const name of ["rsa-sha256", "rsa-sha384", "rsa-sha512"]) await comesIn((request) => plain(request, rsa, name));
  await comesIn((request) => plain(request, ec, "ecdsa-sha256"));
  await comesIn((request) => signed(response(request, assertion(request, us), us), rsa));
  assert.deepEqual(await signIn((request) => plain(request, stranger)), REFUSED("signature"));
  for (const [pair, name] of [[rsa, "rsa-sha256"], [ec, "ecdsa-sha256"]]) {
    assert.deepEqual(await signIn((request) => changed(plain(request, pair, name), "<ds:SignatureValue>")), REFUSED("signature"));
    assert.deepEqual(await signIn((request) => plain(request, pair, name).replace(">anna<", ">anne<")), REFUSED("digest"));
    assert.deepEqual(await signIn((request) => changed(plain(request, pair, name), "<ds:DigestValue>")), REFUSED("digest"));
  }
});

test("an encrypted assertion is opened and checked as another is", LIMIT, async () => {
  for (const cipher of ["aes128-gcm", "aes256-gcm"]) {
    for (const digest of ["sha1", "sha256"]) {
      await comesIn((request) => response(request, encrypted(signed(assertion(request, us), rsa), us, cipher, digest), us));
    }
  }
  await comesIn((request) => signed(response(request, encrypted(assertion(request, us), us, "aes256-gcm"), us), ec, "ecdsa-sha256"));
  // Whoever has our metadata can encrypt for us.
  const unsigned = (request) => response(request, encrypted(assertion(request, us), us, "aes256-gcm"), us);
  assert.deepEqual(await signIn(unsigned), REFUSED("unsigned"));
  const forged = (request) => response(request, encrypted(signed(assertion(request, us), stranger), us, "aes256-gcm"), us);
  assert.deepEqual(await signIn(forged), REFUSED("signature"));
});

test("AES-CBC is opened in an answer that is signed as a whole, and in no other", LIMIT, async () => {
  for (const cipher of ["aes128-cbc", "aes256-cbc"]) {
    const whole = (request) => signed(response(request, encrypted(assertion(request, us), us, cipher), us), rsa);
    await comesIn(whole);
    assert.deepEqual(await signIn((request) => changed(whole(request), "</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>")), REFUSED("digest"));
    const inner = (request) => response(request, encrypted(signed(assertion(request, us), rsa), us, cipher), us);
    assert.deepEqual(await signIn(inner), REFUSED("encryption"));
  }
});

test("one changed byte of what was encrypted, or another's key, opens nothing", LIMIT, async () => {
  const whole = (request) => response(request, encrypted(signed(assertion(request, us), rsa), us, "aes256-gcm"), us);
  for (const after of ["</xenc:EncryptionMethod><xenc:CipherData><xenc:CipherValue>", "</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>"]) {
    assert.deepEqual(await signIn((request) => changed(whole(request), after)), REFUSED("decryption"), after);
  }
  const tag = (request) => whole(request).replace(/(.)(.{30})<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>/, (_, one, rest) => `${one === "A" ? "B" : "A"}${rest}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>`);
  assert.deepEqual(await signIn(tag), REFUSED("decryption"));
  const others = (request) => response(request, encrypted(signed(assertion(request, us), rsa), { key: stranger.public }, "aes256-gcm"), us);
  assert.deepEqual(await signIn(others), REFUSED("decryption"));
});

test("a signed order ends the session, our answer is signed, and an order with one changed byte ends nothing", LIMIT, async () => {
  const session = await comesIn(plain);
  const isIn = async () => (await edge.get(HOST, "/profile", { headers: { cookie: session } })).status === 200;
  assert.equal(await isIn(), true);
  const asked = query("SAMLRequest", order(us), "back", rsa);
  assert.equal((await edge.get(HOST, `/login/sso/${id}/logout?${asked.replace("RelayState=back", "RelayState=hack")}`)).status, 401);
  assert.equal((await edge.get(HOST, `/login/sso/${id}/logout?${query("SAMLRequest", order(us), "back", stranger)}`)).status, 401);
  assert.equal(await isIn(), true);
  const done = await edge.get(HOST, `/login/sso/${id}/logout?${asked}`);
  assert.equal(done.status, 303, done.text);
  assert.ok(done.headers.location.startsWith(`${LOGOUT}?`));
  const { isGood, message, relayState } = sent(done.headers.location, "SAMLResponse", us);
  assert.deepEqual([isGood, relayState], [true, "back"]);
  assert.match(message, /:status:Success"/);
  assert.equal(await isIn(), false);
});
