// Work that goes on without a request: the tenant's clock, the queue, the cron.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start, tenantId, until } from "./support.mjs";

const LIMIT = { timeout: 60_000 };
let edge;
before(async () => (edge = await start({ stranded: true })), LIMIT);
after(() => edge?.stop());

async function clock(slug, path = "/clock", body) {
  const timer = await edge.object("SLA_TIMER", tenantId(slug));
  const answer = await timer.fetch(`https://timer${path}`, body && { method: "POST", body: JSON.stringify(body) });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return path === "/clock" ? answer.json() : undefined;
}

test("the clock keeps the earliest moment whatever the order", LIMIT, async () => {
  const far = Date.now() + 3_600_000;
  for (const at_ms of [far + 5_000, far, far + 9_000]) await clock("acme", "/arm", { tenant: tenantId("acme"), at_ms });
  assert.equal((await clock("acme")).due_ms, far);
});

test("an alarm runs the tenant's SLA work and rests once that is done", LIMIT, async () => {
  await clock("globex", "/arm", { tenant: tenantId("globex"), at_ms: Date.now() + 50 });
  await until("the job", () => edge.logged({ job: "sla", tenant: tenantId("globex") }).length > 0);
  await until("a clock at rest", async () => {
    const { due_ms, repeat_ms, fired_ms } = await clock("globex");
    return due_ms === null && repeat_ms === null && fired_ms !== null;
  });
});

test("work that fails is asked for again by the queue and by the clock", LIMIT, async () => {
  await clock("stranded", "/arm", { tenant: tenantId("stranded"), at_ms: Date.now() });
  const failures = () => edge.logged({ job: "sla", tenant: tenantId("stranded") }).filter((line) => line.failures?.length > 0);
  await until("a second delivery", () => failures().length >= 2, 30);
  const { repeat_ms, fired_ms } = await clock("stranded");
  assert.equal(repeat_ms - fired_ms, 60_000);
});

test("what is no message of the clock's changes nothing", LIMIT, async () => {
  const timer = await edge.object("SLA_TIMER", tenantId("acme"));
  const before = await clock("acme");
  for (const body of ["", "{}", '{"tenant":"acme","at_ms":1}', '{"at_ms":"soon"}']) {
    assert.equal((await timer.fetch("https://timer/arm", { method: "POST", body })).status, 400);
  }
  assert.deepEqual(await clock("acme"), before);
});

test("the cron sweeps every tenant", LIMIT, async () => {
  const answer = await edge.get("localhost", "/cdn-cgi/handler/scheduled?cron=*/5+*+*+*+*");
  assert.equal(answer.status, 200, answer.text);
  for (const slug of ["acme", "globex"]) {
    await until(`the sweep of ${slug}`, () => edge.logged({ job: "sweep", tenant: tenantId(slug) }).length > 0);
  }
});

test("a message that is no job is dropped, and the next one is done", LIMIT, async () => {
  const queue = await edge.queue();
  await queue.send({ kind: "format_disk", tenant: tenantId("acme") });
  await queue.send({ kind: "outbox", tenant: tenantId("acme") });
  await until("the dropped one", () => edge.lines.some((line) => line.includes("is no job")));
  await until("the good one", () => edge.logged({ job: "outbox", tenant: tenantId("acme") }).length > 0);
});
