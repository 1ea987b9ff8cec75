// Web Push on the platform: notices are sealed and signed by its own cryptography, and a receiver of ours reads them as a device would.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, test } from "node:test";
import { pushDevice, pushService, vapidClaims } from "./receivers.mjs";
import { start, until } from "./support.mjs";

const LIMIT = { timeout: 90_000 };
const HOST = "acme.localhost";
const JSON_TYPE = { "content-type": "application/json", "sec-fetch-site": "same-origin" };

const { x, y, d } = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey.export({ format: "jwk" });
const KEY = Buffer.concat([Buffer.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]).toString("base64url");

let edge;
let service;
const gone = new Set();

before(async () => {
  service = await pushService({ answer: ({ path }) => (gone.has(path) ? 410 : 201) });
  edge = await start({ vars: { PRIVATE_HOSTS: "allowed", VAPID_PUBLIC_KEY: KEY, VAPID_PRIVATE_KEY: d } });
});
after(async () => {
  await edge?.stop();
  await service?.close();
});

const send = (name, method, path, body) => edge.ask(HOST, method, path, { cookie: edge.people.acme[name].cookie, headers: JSON_TYPE, body: JSON.stringify(body) });

/** Adds a device of that person at the service's path. */
async function add(name, path) {
  const device = pushDevice();
  const answer = await send(name, "POST", "/api/push/devices", { endpoint: service.url + path, expirationTime: null, keys: device.keys });
  assert.equal(answer.status, 201, answer.text);
  return { ...device, id: answer.json().id };
}

const to = (path) => service.pushes.filter((push) => push.path === path);

async function devices() {
  return (await (await edge.database("TENANT_DB_1")).prepare("SELECT id FROM push_devices").all()).results.map(({ id }) => id);
}

test("an answer of the desk reaches every device of the client, sealed for it and signed by the deployment", LIMIT, async () => {
  const key = await edge.get(HOST, "/api/push/key", { cookie: edge.people.acme.Clara.cookie });
  assert.equal(key.json().key, KEY);
  const telephone = await add("Clara", "/telephone");
  const ticket = (await send("Clara", "POST", "/api/tickets", { title: "Принтер", description: "Не печатает." })).json();
  const comment = (await send("Anna", "POST", `/api/tickets/${ticket.id}/comments`, { body: "Попробуйте **ещё раз**.", visibility: "public" })).json();
  const [push] = await until("the notice", () => to("/telephone").length > 0 && to("/telephone"));
  assert.equal(push.method, "POST");
  assert.equal(push.headers["content-encoding"], "aes128gcm");
  assert.equal(push.headers.urgency, "normal");
  assert.ok(Number(push.headers.ttl) > 0 && push.headers.topic.length <= 32, JSON.stringify(push.headers));
  const notice = telephone.read(push.body);
  assert.equal(notice.title, `${ticket.number} · Принтер`);
  assert.match(notice.body, /\nПопробуйте ещё раз\.$/);
  assert.deepEqual([notice.path, notice.tag, notice.unread], [`/tickets/${ticket.number}#c-${comment.id}`, ticket.id, 1]);
  const { claims, header, key: by } = vapidClaims(push.headers.authorization);
  assert.deepEqual([by, header.alg, claims.aud], [KEY, "ES256", service.url]);
  assert.ok(claims.exp > Date.now() / 1000 && claims.exp < Date.now() / 1000 + 86_400);
  assert.equal(to("/telephone").length, 1);

  const answer = await send("Clara", "POST", `/api/push/devices/${telephone.id}/test`, {});
  assert.equal(answer.status, 202, answer.text);
  await until("the trial", () => to("/telephone").length > 1);
  assert.equal(telephone.read(to("/telephone")[1].body).tag, "trial");
});

test("a device that the service does not know any more is forgotten, and signing out ends one", LIMIT, async () => {
  gone.add("/old");
  const old = await add("Anna", "/old");
  await send("Anna", "POST", `/api/push/devices/${old.id}/test`, {});
  await until("it to be forgotten", async () => !(await devices()).includes(old.id));
  const tablet = await add("Colin", "/tablet");
  assert.ok((await devices()).includes(tablet.id));
  const answer = await send("Colin", "POST", "/api/auth/logout", {});
  assert.equal(answer.status, 204, answer.text);
  assert.ok(!(await devices()).includes(tablet.id));
});
