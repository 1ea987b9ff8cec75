// The audit log on the platform's own database and storage: places, seals and checkpoints come out as they do natively.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { start, tenantId, until } from "./support.mjs";

const LIMIT = { timeout: 60_000 };
const HOST = "acme.localhost";
let edge;
let ada;
before(async () => {
  edge = await start();
  ada = edge.people.acme.Ada;
}, LIMIT);
after(() => edge?.stop());

const get = async (path) => edge.get(HOST, path, { token: ada.token });
const verdict = async () => (await get("/api/audit/verify")).json().data;

async function department(name) {
  const body = JSON.stringify({ name });
  const answer = await edge.ask(HOST, "POST", "/api/departments", { token: ada.token, headers: { "content-type": "application/json" }, body });
  assert.equal(answer.status, 201, answer.text);
}

async function sweep() {
  await edge.get("localhost", "/cdn-cgi/handler/scheduled?cron=*/5+*+*+*+*");
}

/** The seal of a line, made as docs/decisions/0009-audit-chain.md and `chain.rs` say, by other means than the product's. */
function seal(before, line) {
  const columns = ["tenant_id", "seq", "id", "at", "actor", "on_behalf_of", "action", "subject", "outcome", "request_id", "network", "user_agent", "detail"];
  const parts = [Buffer.from(before), Buffer.from("workernet audit line 1\n")];
  for (const name of columns) {
    const value = line[name];
    const number = Buffer.alloc(8);
    if (typeof value === "number") number.writeBigInt64BE(BigInt(value));
    const bytes = value === null ? Buffer.alloc(0) : typeof value === "number" ? number : Buffer.from(value);
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(bytes.length));
    parts.push(Buffer.from(value === null ? "n" : typeof value === "number" ? "i" : "t"), length, bytes);
  }
  return createHash("sha256").update(Buffer.concat(parts)).digest("hex");
}

test("lines written at once get places without gaps, a sweep seals them and signs, and the verdict is good", LIMIT, async () => {
  await Promise.all(Array.from({ length: 20 }, (_, index) => department(`Отдел ${index}`)));
  await edge.get(HOST, "/api/audit", { token: edge.people.acme.Clara.token });
  await sweep();
  await until("a signed log", async () => (await verdict()).checkpoint?.seq >= 21);
  const found = await verdict();
  assert.deepEqual(found.faults, []);
  const database = await edge.database("TENANT_DB_1");
  const { results: lines } = await database.prepare("SELECT * FROM audit_logs ORDER BY seq").all();
  assert.deepEqual(lines.map(({ seq }) => seq), lines.map((_, index) => index + 1));
  assert.ok(lines.some(({ action, outcome }) => action === "access.refused" && outcome === "refused"));
  const { results: seals } = await database.prepare("SELECT seq, hash FROM audit_seals ORDER BY seq").all();
  let before = "0".repeat(64);
  for (const { seq, hash } of seals) {
    before = seal(before, lines[seq - 1]);
    assert.equal(hash, before, `line ${seq}`);
  }
  const storage = await edge.miniflare.getR2Bucket("FILES");
  const stored = await (await storage.get(`${tenantId("acme")}/audit/checkpoints/1`)).json();
  assert.deepEqual([stored.tenant, stored.seq, stored.hash], [tenantId("acme"), found.checkpoint.seq, found.checkpoint.hash]);
  // Outside of the database lie the same lines with the same seals, byte for byte what was sealed.
  const { objects } = await storage.list({ prefix: `audit/${tenantId("acme")}/` });
  const copies = await Promise.all(objects.map(async ({ key }) => (await storage.get(key)).text()));
  const copied = copies.flatMap((text) => text.trim().split("\n")).map((line) => JSON.parse(line)).sort((one, other) => one.seq - other.seq);
  assert.deepEqual(copied, seals.map(({ seq, hash }) => ({ ...lines[seq - 1], seal: hash })));
});

test("the database refuses to change a line, and one that is changed all the same is found", LIMIT, async () => {
  const database = await edge.database("TENANT_DB_1");
  await assert.rejects(database.prepare("UPDATE audit_logs SET actor = 'nobody' WHERE seq = 5").run(), /append_only/);
  await assert.rejects(database.prepare("DELETE FROM audit_logs WHERE seq = 5").run(), /append_only/);
  await database.prepare("DROP TRIGGER audit_logs_are_append_only_update").run();
  await database.prepare("UPDATE audit_logs SET detail = '{}' WHERE seq = 5").run();
  assert.deepEqual((await verdict()).faults, [{ seq: 5, kind: "edited" }]);
});

test("an export leaves as a file that no browser shows", LIMIT, async () => {
  const answer = await get("/api/audit/export?format=csv&action=department.");
  assert.equal(answer.status, 200, answer.text);
  assert.match(answer.headers["content-disposition"], /^attachment; filename="audit-acme-/);
  assert.equal(answer.text.trim().split("\r\n").length, 21);
});
