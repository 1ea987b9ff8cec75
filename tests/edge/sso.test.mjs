// A hostile provider of identities, on workerd: answers that never end, are too large or lead elsewhere, and tokens that lie.
import assert from "node:assert/strict";
import { createHash, createHmac, generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { start } from "./support.mjs";

const LIMIT = { timeout: 120_000 };
const HOST = "acme.localhost";
const encoded = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const digest = (text) => createHash("sha256").update(text).digest();
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
const JWK = { ...publicKey.export({ format: "jwk" }), kid: "one", use: "sig" };

let edge;
let server;
let issuer;
let id;
/** What it does at a path instead of what it should, and how it bends a token. */
let instead = {};
let bend = () => {};
const codes = new Map();

const rs256 = (message, key = privateKey) => sign("sha256", Buffer.from(message), key).toString("base64url");

function token(nonce) {
  const now = Math.floor(Date.now() / 1000);
  const told = {
    header: { alg: "RS256", kid: "one", typ: "JWT" },
    claims: { iss: issuer, aud: "portal", sub: "anna", nonce, iat: now, exp: now + 300, name: "Anna", email: "anna@corp.example", email_verified: true, groups: [] },
    access: "an-access-token",
    sign: rs256,
  };
  told.claims.at_hash = digest(told.access).subarray(0, 16).toString("base64url");
  bend(told);
  const message = `${encoded(told.header)}.${encoded(told.claims)}`;
  return { access_token: told.access, token_type: "Bearer", id_token: `${message}.${told.sign(message)}` };
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, issuer);
  if (instead[pathname]) return instead[pathname](response);
  const json = (body, status = 200) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  if (pathname === "/.well-known/openid-configuration")
    return json({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      id_token_signing_alg_values_supported: ["RS256"],
    });
  if (pathname === "/jwks") return json({ keys: [JWK] });
  if (pathname !== "/token") return json({}, 404);
  let text = "";
  for await (const chunk of request) text += chunk;
  const form = new URLSearchParams(text);
  const given = codes.get(form.get("code"));
  codes.delete(form.get("code"));
  if (!given || digest(form.get("code_verifier")).toString("base64url") !== given.challenge) return json({ error: "invalid_grant" }, 400);
  return json(token(given.nonce));
}

const asAdmin = (method, path, body) =>
  edge.ask(HOST, method, path, { token: edge.people.acme.Ada.token, ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }) });

/** The steps of a test; a `!` stands behind the one that did not go well. */
async function steps() {
  const answer = await asAdmin("POST", `/api/identity-providers/${id}/test`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json().steps.map(({ step, ok, detail }) => (ok ? step : `${step}! ${detail}`));
}

/** Goes through a sign-in at the provider: how the browser comes back from there. */
async function comesBack() {
  const begun = await edge.get(HOST, `/login/sso/${id}`);
  assert.equal(begun.status, 303, begun.text);
  const query = new URL(begun.headers.location).searchParams;
  const code = `code-${codes.size}-${Date.now()}`;
  codes.set(code, { nonce: query.get("nonce"), challenge: query.get("code_challenge") });
  const cookie = begun.headers["set-cookie"].find((field) => field.startsWith("sso=")).split(";")[0];
  const back = new URLSearchParams({ code, state: query.get("state") });
  return { path: `/login/sso/${id}/callback?${back}`, headers: { cookie } };
}

/** Goes through a sign-in: where it ends. */
async function signIn() {
  const { path, headers } = await comesBack();
  const answer = await edge.get(HOST, path, { headers });
  const session = (answer.headers["set-cookie"] ?? []).find((field) => /^session=[^;]/.test(field));
  return { status: answer.status, isIn: Boolean(session) };
}

before(async () => {
  server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  issuer = `http://127.0.0.1:${server.address().port}`;
  edge = await start({ vars: { PRIVATE_HOSTS: "allowed" } });
  const made = await asAdmin("POST", "/api/identity-providers", {
    name: "Hostile",
    issuer,
    client_id: "portal",
    client_secret: "secret",
    default_role: "client",
    create_people: true,
    domains: ["corp.example"],
  });
  assert.equal(made.status, 201, made.text);
  id = made.json().id;
}, LIMIT);

after(async () => {
  await edge?.stop();
  server?.closeAllConnections();
  server?.close();
});

test("one that tells the truth lets in", LIMIT, async () => {
  assert.deepEqual(await steps(), ["discovery", "keys"]);
  assert.deepEqual(await signIn(), { status: 303, isIn: true });
});

test("the country that the platform takes somebody to be in stands in the line of their sign-in", LIMIT, async () => {
  const countries = async () => {
    const answer = await asAdmin("GET", "/api/audit?action=session.opened&limit=1");
    assert.equal(answer.status, 200, answer.text);
    return answer.json().data.map(({ detail }) => detail.country);
  };
  for (const [said, kept] of [["NL", "NL"], ["T1", "T1"], ["XX", undefined]]) {
    const { path, headers } = await comesBack();
    const answer = await edge.miniflare.dispatchFetch(`http://${HOST}:${edge.port}${path}`, { headers, redirect: "manual", cf: { country: said } });
    assert.equal(answer.status, 303);
    assert.deepEqual(await countries(), [kept], said);
  }
});

test("answers that never come, never end, are too large or lead elsewhere are none", LIMIT, async () => {
  const path = "/.well-known/openid-configuration";
  const begun = Date.now();
  instead = { [path]: () => {} };
  assert.deepEqual(await steps(), ["discovery! no answer within 8 s"]);
  const drip = (response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(" "), 100);
    response.on("close", () => clearInterval(timer));
  };
  instead = { [path]: drip };
  assert.deepEqual(await steps(), ["discovery! no answer within 8 s"]);
  assert.ok(Date.now() - begun < 40_000);
  instead = { [path]: (response) => response.writeHead(200).end(" ".repeat(1_000_000)) };
  assert.deepEqual(await steps(), ["discovery! more than 131072 bytes"]);
  let followed = false;
  instead = {
    [path]: (response) => response.writeHead(302, { location: `${issuer}/elsewhere` }).end(),
    "/elsewhere": (response) => {
      followed = true;
      response.end("{}");
    },
  };
  assert.match((await steps())[0], /^discovery! status (302|0)/);
  assert.equal(followed, false);
  instead = { "/jwks": (response) => response.writeHead(200).end('{"keys": [{"kty": "oct", "k": "AAAA"}]}') };
  assert.deepEqual(await steps(), ["discovery", "keys! no key that signatures can be checked by"]);
  instead = {};
});

test("whatever a token lies about lets nobody in", LIMIT, async () => {
  const hs256 = (message) => createHmac("sha256", publicKey.export({ type: "spki", format: "pem" })).update(message).digest("base64url");
  const lies = [
    ({ claims }) => (claims.iss = "https://login.evil.example"),
    ({ claims }) => (claims.aud = "another"),
    ({ claims }) => (claims.azp = "another"),
    ({ claims }) => (claims.nonce = "another"),
    ({ claims }) => (claims.exp = claims.iat - 120),
    ({ claims }) => (claims.iat += 600),
    ({ claims }) => delete claims.sub,
    ({ claims }) => (claims.at_hash = "AAAAAAAAAAAAAAAAAAAAAA"),
    ({ header }) => (header.kid = "another"),
    ({ header }) => (header.typ = "at+jwt"),
    (told) => Object.assign(told, { header: { alg: "none" }, sign: () => "" }),
    (told) => Object.assign(told, { header: { alg: "HS256", kid: "one" }, sign: hs256 }),
    (told) => Object.assign(told, { sign: (message) => rs256(message, stranger.privateKey) }),
    (told) => Object.assign(told, { sign: (message) => rs256(`${message}x`) }),
    (told) => Object.assign(told, { header: { alg: "RS256", kid: "one", jwk: stranger.publicKey.export({ format: "jwk" }) }, sign: (message) => rs256(message, stranger.privateKey) }),
  ];
  for (const lie of lies) {
    bend = lie;
    assert.deepEqual(await signIn(), { status: 422, isIn: false }, String(lie));
  }
  bend = () => {};
  assert.deepEqual(await signIn(), { status: 303, isIn: true });
});
