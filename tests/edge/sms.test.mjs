// Codes by SMS from the product's own use case to a gateway over HTTP.
import assert from "node:assert/strict";
import { test } from "node:test";
import { smsGateway } from "./receivers.mjs";
import { start, tenantId, until } from "./support.mjs";

const LIMIT = { timeout: 90_000 };
const NUMBER = "+442079460958";

/** The worker with a tenant that allows codes by SMS. */
async function allowing(options) {
  const edge = await start(options);
  const platform = await edge.database("PLATFORM_DB");
  await platform.prepare("UPDATE tenants SET settings = ? WHERE id = ?").bind(JSON.stringify({ sms_codes: true }), tenantId("acme")).run();
  return edge;
}

const post = (edge, name, path, body) =>
  edge.ask("acme.localhost", "POST", path, {
    cookie: edge.people.acme[name].cookie,
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
    body: JSON.stringify(body),
  });

async function rows(edge) {
  const database = await edge.database("TENANT_DB_1");
  const sql = "SELECT id, recipient, state, attempts, subject, error, data FROM outbox WHERE tenant_id = ? AND channel = 'sms' ORDER BY created_at, id";
  return (await database.prepare(sql).bind(tenantId("acme")).all()).results;
}

test("a gateway gets number and text once, with its key, and the code that it gets adds the number", LIMIT, async () => {
  const gateway = await smsGateway();
  const edge = await allowing({ vars: gateway.vars });
  try {
    const begun = await post(edge, "Clara", "/api/auth/2fa/sms", { number: "+44 20 7946 0958" });
    assert.equal(begun.status, 202, begun.text);
    await until("the message", () => gateway.messages.length > 0);
    const [row] = await until("the row", async () => (await rows(edge)).every(({ state }) => state === "sent") && rows(edge));
    const [{ to, text, key }] = gateway.messages;
    const code = text.match(/\d{6}/)[0];
    assert.deepEqual([to, key], [NUMBER, row.id]);
    assert.ok(text.endsWith(`@acme.localhost #${code}`), text);
    assert.deepEqual([row.recipient, row.data], ["••58", "{}"]);
    assert.ok(!row.subject.includes(code), row.subject);
    const confirmed = await post(edge, "Clara", "/api/auth/2fa/sms/confirm", { code });
    assert.equal(confirmed.status, 200, confirmed.text);
    assert.equal(confirmed.json().recovery_codes.length, 10);
    assert.equal(gateway.messages.length, 1);
    assert.ok(!edge.lines.some((line) => line.includes(code) || line.includes(NUMBER)), "the log tells");
  } finally {
    await edge.stop();
    await gateway.close();
  }
});

test("a gateway that refuses a message is not asked again, one that is busy is, and what they say is not kept", LIMIT, async () => {
  const gateway = await smsGateway({ answer: ({ to }) => (to === NUMBER ? 400 : 503) });
  const edge = await allowing({ vars: gateway.vars });
  try {
    await post(edge, "Clara", "/api/auth/2fa/sms", { number: NUMBER });
    await post(edge, "Colin", "/api/auth/2fa/sms", { number: "+442079460111" });
    const [refused, busy] = await until("both", async () => {
      const all = await rows(edge);
      const [one, other] = [all.find(({ state }) => state === "failed"), all.find(({ state, attempts }) => state === "queued" && attempts === 1)];
      return one && other && [one, other];
    });
    assert.deepEqual([refused.error, refused.recipient, refused.data], ["400", "••58", "{}"]);
    assert.equal(busy.error, "503");
    assert.notEqual(busy.data, "{}");
  } finally {
    await edge.stop();
    await gateway.close();
  }
});
