// Files through R2: streamed in parts, streamed out whole and in ranges, and nobody else's.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { Readable } from "node:stream";
import { start } from "./support.mjs";

const LIMIT = { timeout: 90_000 };
const BOUNDARY = "----boundary";
const MEGABYTE = 1024 * 1024;
let edge;
before(async () => (edge = await start()), LIMIT);
after(() => edge?.stop());

const token = (name) => edge.people.acme[name].token;

async function openTicket(name) {
  const answer = await edge.ask("acme.localhost", "POST", "/api/tickets", {
    token: token(name),
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ title: "A large log", description: "See the file." }),
  });
  assert.equal(answer.status, 201, answer.text);
  return answer.json();
}

/** Bytes that differ everywhere, so that a part in the wrong place is seen; text, so that their kind is plain. */
function* log(bytes) {
  let line = 0;
  for (let left = bytes; left > 0; ) {
    const lines = Array.from({ length: 1_000 }, () => `${String((line += 1)).padStart(62, ".")}\n`).join("");
    const chunk = Buffer.from(lines).subarray(0, Math.min(left, lines.length));
    left -= chunk.length;
    yield chunk;
  }
}

function upload(ticket, name, bytes) {
  const hash = createHash("sha256");
  function* parts() {
    yield Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="import.log"\r\nContent-Type: text/plain\r\n\r\n`);
    for (const chunk of log(bytes)) {
      hash.update(chunk);
      yield chunk;
    }
    yield Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
  }
  const sent = edge.ask("acme.localhost", "POST", `/api/tickets/${ticket}/attachments`, {
    token: token(name),
    headers: { "content-type": `multipart/form-data; boundary=${BOUNDARY}` },
    body: Readable.from(parts()),
  });
  return sent.then((answer) => ({ answer, digest: hash.digest("hex") }));
}

test("a file of 12 MB comes back as it went in, whole and in part", LIMIT, async () => {
  const ticket = await openTicket("Clara");
  const { answer, digest } = await upload(ticket.id, "Clara", 12 * MEGABYTE);
  assert.equal(answer.status, 201, answer.text);
  const [{ url, size }] = answer.json().data;
  assert.equal(size, 12 * MEGABYTE);

  const whole = await edge.get("acme.localhost", url, { token: token("Clara") });
  assert.equal(whole.status, 200);
  assert.equal(whole.headers["content-length"], String(12 * MEGABYTE));
  assert.match(whole.headers["content-disposition"], /^attachment/);
  assert.equal(createHash("sha256").update(whole.bytes).digest("hex"), digest);

  const from = 5 * MEGABYTE - 10;
  const part = await edge.get("acme.localhost", url, { token: token("Clara"), headers: { range: `bytes=${from}-${from + 19}` } });
  assert.equal(part.status, 206);
  assert.deepEqual(part.bytes, whole.bytes.subarray(from, from + 20));
});

test("a file is for those who see its ticket", LIMIT, async () => {
  const ticket = await openTicket("Clara");
  const { answer } = await upload(ticket.id, "Clara", 1_000);
  const [{ url }] = answer.json().data;
  assert.equal((await edge.get("acme.localhost", url, { token: token("Anna") })).status, 200);
  assert.equal((await edge.get("acme.localhost", url, { token: token("Colin") })).status, 404);
  assert.equal((await edge.get("acme.localhost", url)).status, 401);
  assert.equal((await edge.get("globex.localhost", url, { token: edge.people.globex.Ada.token })).status, 404);
});

test("a file beyond 50 MB is refused, and nothing of it stays", LIMIT, async () => {
  const ticket = await openTicket("Clara");
  const bucket = await edge.miniflare.getR2Bucket("FILES");
  const before = (await bucket.list()).objects.length;
  const { answer } = await upload(ticket.id, "Clara", 51 * MEGABYTE);
  assert.equal(answer.status, 413, answer.text);
  assert.equal((await bucket.list()).objects.length, before);
});
