// Signatures of passkeys by the platform's own cryptography, which no native test has: keys of each kind, and what it must not take for one.
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { after, before, test } from "node:test";
import { start } from "./support.mjs";

const HOST = "acme.localhost";
const LIMIT = { timeout: 90_000 };
let edge;

before(async () => {
  edge = await start();
});
after(() => edge?.stop());

const text = (bytes) => Buffer.from(bytes).toString("base64url");
const bytes = (member) => Buffer.from(member, "base64url");
const digest = (data) => createHash("sha256").update(data).digest();

/** Keys as CTAP2 writes them, and how their owners sign. */
const KINDS = {
  ES256: () => {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x, y } = publicKey.export({ format: "jwk" });
    return { key: point(bytes(x), bytes(y)), signs: (message) => sign("sha256", message, privateKey) };
  },
  EdDSA: () => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const { x } = publicKey.export({ format: "jwk" });
    return { key: Buffer.concat([Buffer.from([0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32]), bytes(x)]), signs: (message) => sign(null, message, privateKey) };
  },
  RS256: () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const { n, e } = publicKey.export({ format: "jwk" });
    const key = Buffer.concat([Buffer.from([0xa4, 1, 3, 3, 0x39, 1, 0, 0x20, 0x59, 1, 0]), bytes(n), Buffer.from([0x21, 0x43]), bytes(e)]);
    return { key, signs: (message) => sign("sha256", message, privateKey) };
  },
};

const point = (x, y) => Buffer.concat([Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32]), x, Buffer.from([0x22, 0x58, 32]), y]);

const clientData = (type, challenge) => Buffer.from(JSON.stringify({ type, challenge, origin: `http://${HOST}:${edge.port}`, crossOrigin: false }));

/** For this host, by somebody who was there and is known to the authenticator; the counter is not kept. */
const said = (flags, ...behind) => Buffer.concat([digest(HOST), Buffer.from([flags | 0x05, 0, 0, 0, 0]), ...behind]);

async function post(path, body, token) {
  const headers = { "content-type": "application/json" };
  return edge.ask(HOST, "POST", path, { headers, token, body: JSON.stringify(body) });
}

/** Adds a passkey with this key to Anna. */
async function add(name, key) {
  const { token } = edge.people.acme.Anna;
  const asked = await post("/api/auth/passkeys/options", {}, token);
  assert.equal(asked.status, 200, asked.text);
  const { challenge, user, rp } = asked.json();
  assert.equal(rp.id, HOST);
  const id = Buffer.from(name);
  const data = said(0x40, Buffer.alloc(16), Buffer.from([0, id.length]), id, key);
  const object = Buffer.concat([Buffer.from("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59", "latin1"), Buffer.from([data.length >> 8, data.length & 255]), data]);
  const response = { clientDataJSON: text(clientData("webauthn.create", challenge)), attestationObject: text(object) };
  const added = await post("/api/auth/passkeys", { name, credential: { id: text(id), response } }, token);
  assert.equal(added.status, 201, added.text);
  return { id: text(id), handle: user.id };
}

/** Signs in by it; `bend` may change the signature. */
async function signIn({ id, handle }, signs, bend = (signature) => signature) {
  const { challenge } = (await post("/api/auth/passkeys/sign-in/options", {})).json();
  const client = clientData("webauthn.get", challenge);
  const data = said(0);
  const signature = bend(signs(Buffer.concat([data, digest(client)])));
  const response = { clientDataJSON: text(client), authenticatorData: text(data), signature: text(signature), userHandle: handle };
  return post("/api/auth/passkeys/sign-in", { credential: { id, response } });
}

for (const [name, make] of Object.entries(KINDS))
  test(`a key of the kind ${name} lets in by its own signature and by no other`, LIMIT, async () => {
    const { key, signs } = make();
    const passkey = await add(name, key);
    const good = await signIn(passkey, signs);
    assert.equal(good.status, 200, good.text);
    assert.ok(good.json().access_token);
    const bent = await signIn(passkey, signs, (signature) => {
      signature[signature.length - 1] ^= 1;
      return signature;
    });
    assert.equal(bent.status, 401, bent.text);
    assert.equal((await signIn(passkey, make().signs)).status, 401);
    assert.equal((await signIn(passkey, signs, () => Buffer.alloc(0))).status, 401);
  });

test("a point that is on no curve signs nothing, and breaks nothing", LIMIT, async () => {
  const passkey = await add("nowhere", point(Buffer.alloc(32, 1), Buffer.alloc(32, 2)));
  const refused = await signIn(passkey, KINDS.ES256().signs);
  assert.equal(refused.status, 401, refused.text);
  assert.equal(refused.json().code, "bad_passkey");
});
