// kill -9 in the middle of tickets, comments, files and mails, several times, then a start on the same disk: what was acknowledged is
// there, what was repeated is there once, every mail leaves once, every missed promise is told once.
//
// What the test stands on: a request counts as acknowledged when its 2xx has been read. Only the passing of a claim's two minutes is
// hurried along, by setting the lapse of the claims of killed servers to now while no server runs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { HOST, TENANT, discard, file, mailApi, open, prepare, server, serviceToken, sha256, until } from "./stand.mjs";

const ROUNDS = 3;
const ROUND_MS = 7_000;
const MIB = 1024 * 1024;

let stand, people, state, mail;
/** What the server said yes to. */
const acked = { tickets: new Map(), comments: new Map(), files: new Map(), mails: new Map() };
/** Tickets that were sent and not answered: to be sent again with their key. */
const open_questions = new Map();
/** Answers that nobody should get, whatever happens to the server. */
const faults = [];
const counts = { kills: 0, unanswered: 0 };
let serial = 0;

before(
  async () => {
    mail = await mailApi();
    ({ state, people } = prepare());
    stand = await server(state, mail.vars);
    await stand.start();
    const day = [{ start: "00:00", end: "24:00" }];
    const week = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: day, sunday: day };
    const calendar = await stand.ask("POST", "/api/sla/calendars", { token: people.admin.token, body: { name: "Always", zone: "UTC", week, holidays: [], overrides: [] } });
    assert.equal(calendar.status, 201, calendar.text);
    const policy = {
      calendar_id: calendar.json().id,
      name: "A minute",
      position: 0,
      conditions: {},
      hours: { first_response: "calendar", next_response: "calendar", resolution: "calendar" },
      targets: Object.fromEntries(["critical", "high", "medium", "low"].map((priority) => [priority, { first_response_minutes: 1, resolution_minutes: 14_400 }])),
    };
    const answer = await stand.ask("POST", "/api/sla/rules", { token: people.admin.token, body: policy });
    assert.equal(answer.status, 201, answer.text);
  },
  { timeout: 60_000 },
);

after(async () => {
  await stand?.stop();
  await mail?.close();
  if (state) discard(state);
});

/** Asks; `undefined` when the server died meanwhile. */
async function ask(...what) {
  try {
    const answer = await stand.ask(...what);
    if (answer.status >= 500) faults.push(`${what[0]} ${what[1]}: ${answer.status} ${answer.text}`);
    return answer;
  } catch {
    counts.unanswered += 1;
    return undefined;
  }
}

async function writeTicket(key = `key-${(serial += 1)}`) {
  const body = { title: `Crash ${key}`, description: "Written while the server dies.", priority: "high" };
  const answer = await ask("POST", "/api/tickets", { token: people.client.token, headers: { "idempotency-key": key }, body });
  // 409: the first try still holds the key; it is asked again later.
  if (answer === undefined || answer.status === 409) return open_questions.set(key, body.title);
  if (answer.status !== 201) return faults.push(`ticket: ${answer.status} ${answer.text}`);
  open_questions.delete(key);
  const { id, number } = answer.json();
  acked.tickets.set(id, { number, title: body.title });
}

const someTicket = () => [...acked.tickets.keys()][Math.floor(Math.random() * acked.tickets.size)];

async function writeComment() {
  const ticket = someTicket();
  if (!ticket) return;
  const body = `Comment ${(serial += 1)}`;
  const answer = await ask("POST", `/api/tickets/${ticket}/comments`, { token: people.client.token, body: { body, visibility: "public" } });
  if (answer?.status === 201) acked.comments.set(answer.json().id, { ticket, body });
  else if (answer) faults.push(`comment: ${answer.status} ${answer.text}`);
}

async function attach() {
  const ticket = someTicket();
  if (!ticket) return;
  const content = file(150_000);
  const name = `log-${(serial += 1)}.txt`;
  const boundary = "----crash";
  const body = Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n`),
    content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const answer = await ask("POST", `/api/tickets/${ticket}/attachments`, {
    token: people.client.token,
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body,
  });
  if (answer?.status === 201) for (const { id } of answer.json().data) acked.files.set(id, sha256(content));
  else if (answer) faults.push(`attachment: ${answer.status} ${answer.text}`);
}

async function bringMail() {
  const key = `inbound-${(serial += 1)}`;
  const raw = [
    "From: Stranger <stranger@client.example>",
    `To: support@${HOST}`,
    `Message-ID: <${key}@client.example>`,
    "Date: Mon, 23 Nov 2026 10:00:00 +0000",
    `Subject: By mail ${key}`,
    "Content-Type: text/plain",
    "",
    "It does not print.",
    "",
  ].join("\r\n");
  const answer = await ask("POST", `/api/inbound/email?to=support@${HOST}`, {
    headers: { authorization: `Bearer ${serviceToken()}`, "content-type": "message/rfc822" },
    body: Buffer.from(raw),
  });
  if (answer?.status === 202) acked.mails.set(answer.json().id, key);
  else if (answer) faults.push(`mail: ${answer.status} ${answer.text}`);
}

const TUS = { "tus-resumable": "1.0.0" };
const encoded = (text) => Buffer.from(text).toString("base64");

/** An upload that a crash interrupts: what the server said it has must still be there when it is back. */
function resumable() {
  const content = file(11 * MIB);
  let path, offset = 0;
  const { token } = people.client;
  return {
    async begin() {
      const metadata = `filename ${encoded("big.txt")},filetype ${encoded("text/plain")},ticket ${encoded(someTicket())}`;
      const answer = await stand.ask("POST", "/api/uploads", { token, headers: { ...TUS, "upload-length": String(content.length), "upload-metadata": metadata } });
      assert.equal(answer.status, 201, answer.text);
      path = new URL(answer.headers.location, "http://any").pathname;
    },
    async piece(bytes) {
      const body = content.subarray(offset, Math.min(content.length, offset + bytes));
      const headers = { ...TUS, "upload-offset": String(offset), "content-type": "application/offset+octet-stream" };
      const answer = await ask("PATCH", path, { token, headers, body });
      if (answer === undefined) return;
      assert.equal(answer.status, 204, answer.text);
      offset = Number(answer.headers["upload-offset"]);
    },
    async resume() {
      const answer = await stand.ask("HEAD", path, { token, headers: TUS });
      assert.equal(answer.status, 200, "the upload is known after the crash");
      const there = Number(answer.headers["upload-offset"]);
      assert.ok(there >= offset, `${offset} bytes were acknowledged, ${there} are there`);
      offset = there;
    },
    async finish() {
      while (offset < content.length) {
        const before = offset;
        await this.piece(6 * MIB);
        assert.ok(offset > before, "a piece brings the upload on");
      }
      acked.files.set(`att_${path.split("upl_")[1]}`, sha256(content));
    },
  };
}

/** Everybody writes until `over`; answers when the last request has ended. */
function everybody(over, kinds) {
  const forever = async (one) => {
    while (!over()) await one();
  };
  return Promise.all(kinds.map(forever));
}

/** The claims of a server that is gone lapse after two minutes: they are said to have passed. */
function letClaimsLapse() {
  const database = open(state);
  const { changes } = database.prepare("UPDATE outbox SET due_at = ? WHERE tenant_id = ? AND state = 'sending'").run(Date.now(), TENANT);
  database.close();
  return changes;
}

test("nothing acknowledged is lost, and nothing is done twice", { timeout: 300_000 }, async (context) => {
  const one = () => writeTicket();
  for (let key = 0; key < 3; key += 1) await one();
  let claimsLost = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const upload = resumable();
    await upload.begin();
    let dead = false;
    const work = everybody(() => dead, [one, one, writeComment, writeComment, attach, bringMail]);
    const uploading = upload.piece(6 * MIB).then(() => upload.piece(3 * MIB));
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS + round * 311));
    dead = true;
    await stand.kill();
    counts.kills += 1;
    await Promise.all([work, uploading]);
    claimsLost += letClaimsLapse();
    await stand.start();
    await upload.resume();
    await upload.finish();
    for (const key of [...open_questions.keys()]) await writeTicket(key);
  }
  // The promises of the first rounds are missed about now: the clock's server dies at that, too.
  for (let kill = 0; kill < 2; kill += 1) {
    await new Promise((resolve) => setTimeout(resolve, 9_000));
    await stand.kill();
    counts.kills += 1;
    claimsLost += letClaimsLapse();
    await stand.start();
  }
  // The key of a request that died on its way is held for a while.
  await until(
    "an answer to every ticket",
    async () => {
      for (const key of [...open_questions.keys()]) await writeTicket(key);
      return open_questions.size === 0;
    },
    90,
  );
  assert.deepEqual(faults, []);

  const staff = people.admin.token;
  const lastDue = Date.now() + 61_000;
  for (const [id, { number, title }] of acked.tickets) {
    const answer = await stand.ask("GET", `/api/tickets/${id}`, { token: staff });
    assert.equal(answer.status, 200, `ticket ${number} was acknowledged and is gone`);
    assert.equal(answer.json().title, title);
  }
  for (const [id, digest] of acked.files) {
    const answer = await stand.ask("GET", `/api/attachments/${id}`, { token: staff });
    assert.equal(answer.status, 200, `file ${id} was acknowledged and is gone`);
    assert.equal(sha256(answer.content), digest, `file ${id} has other bytes`);
  }

  await until("the clock to have told every missed promise", () => Date.now() > lastDue, 90);
  assert.equal((await stand.sweep()).status, 200);
  // What is being sent is in nobody's list: the list has to stay empty for longer than a mail takes.
  let empty = 0;
  await until(
    "an empty outbox",
    async () => {
      const waiting = await stand.ask("GET", "/api/mail/outbox?state=queued&limit=1", { token: staff });
      assert.equal(waiting.status, 200, waiting.text);
      empty = waiting.json().data.length === 0 ? empty + 1 : 0;
      return empty > 20;
    },
    60,
  );
  await stand.stop();

  const database = open(state);
  const all = (sql) => database.prepare(sql).all(TENANT);
  const tickets = all("SELECT id, number, title FROM tickets WHERE tenant_id = ? ORDER BY number");
  assert.deepEqual(
    tickets.map(({ number }) => number),
    tickets.map((_, place) => place + 1),
    "numbers are dense",
  );
  const titles = tickets.map(({ title }) => title).filter((title) => title.startsWith("Crash "));
  assert.equal(new Set(titles).size, titles.length, "a ticket that was sent again is there once");

  const comments = new Map(all("SELECT id, ticket_id, body FROM ticket_comments WHERE tenant_id = ?").map((comment) => [comment.id, comment]));
  for (const [id, { ticket, body }] of acked.comments) {
    assert.deepEqual([comments.get(id)?.ticket_id, comments.get(id)?.body], [ticket, body], `comment ${id} was acknowledged and is gone`);
  }

  const inbound = new Map(all("SELECT id, state, ticket_id, outcome FROM inbound_mails WHERE tenant_id = ?").map((each) => [each.id, each]));
  for (const [id, key] of acked.mails) {
    assert.ok(["processed", "unprocessed"].includes(inbound.get(id)?.state), `mail ${key} was acknowledged and is ${inbound.get(id)?.state}`);
  }
  const byMail = tickets.filter(({ title }) => title.startsWith("By mail "));
  assert.equal(new Set(byMail.map(({ title }) => title)).size, byMail.length, "a mail is one ticket");

  const outbox = all("SELECT id, template, recipient, ticket_id, comment_id, state, error FROM outbox WHERE tenant_id = ?");
  assert.deepEqual(outbox.filter(({ state: now }) => now !== "sent"), []);
  assert.deepEqual(mail.quarrels, [], "a key always carries the same mail to the same person");
  assert.equal(mail.delivered.size, outbox.length, "one mail a row, whatever was tried");
  assert.equal(new Set([...mail.delivered.values()].map(({ messageId }) => messageId)).size, outbox.length);
  const received = outbox.filter(({ template }) => template === "ticket_received").map((row) => `${row.ticket_id} ${row.recipient}`);
  assert.equal(new Set(received).size, received.length, "a ticket is confirmed once");

  const missed = all("SELECT ticket_id, clock FROM sla_violations WHERE tenant_id = ?").map((row) => `${row.ticket_id} ${row.clock}`);
  assert.deepEqual(missed.toSorted(), tickets.map(({ id }) => `${id} first_response`).toSorted(), "each ticket missed its minute, and no more");
  const told = all("SELECT ticket_id, new_value FROM ticket_history WHERE tenant_id = ? AND kind = 'sla_breached'").map((row) => `${row.ticket_id} ${row.new_value}`);
  assert.deepEqual(told.toSorted(), missed.toSorted(), "each is told once");
  database.close();

  assert.ok(acked.tickets.size > 20 && acked.comments.size > 20 && acked.files.size > ROUNDS && acked.mails.size > 5, "there was load");
  assert.ok(counts.unanswered > 0, "the kills met requests on their way");
  context.diagnostic(
    `${counts.kills} kills; acknowledged: ${acked.tickets.size} tickets, ${acked.comments.size} comments, ${acked.files.size} files, ${acked.mails.size} mails in; ` +
      `${counts.unanswered} requests unanswered; ${outbox.length} mails out, ${claimsLost} claims cut off, ${mail.repeated()} repeated under their key; ${missed.length} breaches`,
  );
});
