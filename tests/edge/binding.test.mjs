// Mail that leaves by the platform's own binding, as it does where nobody has configured anything else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { start, tenantId, until } from "./support.mjs";

const LIMIT = { timeout: 90_000 };

test("a confirmation leaves by the platform's binding, which takes only mail of the address in its From field", LIMIT, async () => {
  const edge = await start();
  try {
    const answer = await edge.ask("acme.localhost", "POST", "/api/tickets", {
      cookie: edge.people.acme.Clara.cookie,
      headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ title: "Счёт 4711 не проводится", description: "Ошибка 1203" }),
    });
    assert.equal(answer.status, 201, answer.text);
    const database = await edge.database("TENANT_DB_1");
    const row = () => database.prepare("SELECT state, attempts, error FROM outbox WHERE tenant_id = ?").bind(tenantId("acme")).first();
    const tried = await until("the first try", async () => {
      const mail = await row();
      return mail && (mail.error !== null || mail.state === "sent") && mail;
    });
    assert.deepEqual(tried, { state: "sent", attempts: 1, error: null });
  } finally {
    await edge.stop();
  }
});
