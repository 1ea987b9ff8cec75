// Mail from the product's own use cases to real receivers, and mail that comes in at the platform's door.
import assert from "node:assert/strict";
import { test } from "node:test";
import { authority } from "./certificates.mjs";
import { mailApi, silentServer, smtpServer } from "./receivers.mjs";
import { start, tenantId, until } from "./support.mjs";

const LIMIT = { timeout: 90_000 };

/** A client opens a ticket: the product owes a confirmation. */
async function openTicket(edge, slug, name) {
  const answer = await edge.ask(`${slug}.localhost`, "POST", "/api/tickets", {
    cookie: edge.people[slug][name].cookie,
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
    body: JSON.stringify({ title: "Счёт 4711 не проводится", description: "Ошибка 1203\n.с точкой в начале строки" }),
  });
  assert.equal(answer.status, 201, answer.text);
  return answer.json();
}

async function outbox(edge) {
  const database = await edge.database("TENANT_DB_1");
  return (await database.prepare("SELECT id, recipient, state, attempts, error FROM outbox WHERE tenant_id = ?").bind(tenantId("acme")).all()).results;
}

async function moveClient(edge, name, email) {
  const database = await edge.database("TENANT_DB_1");
  await database.prepare("UPDATE users SET email = ? WHERE tenant_id = ? AND id = ?").bind(email, tenantId("acme"), edge.people.acme[name].id).run();
}

/** Somebody's mail that is to be tried again, with why. */
const postponed = (edge) =>
  until(
    "the mail to be tried again",
    async () => (await outbox(edge)).find(({ state, attempts, error }) => state === "queued" && attempts === 1 && error),
    30,
  );

test("a confirmation leaves by SMTP under TLS as soon as the ticket is there", LIMIT, async () => {
  const { cert, issue } = await authority();
  const server = await smtpServer({ certificate: await issue("localhost") });
  const edge = await start({ vars: server.vars, trusted: [cert] });
  try {
    const ticket = await openTicket(edge, "acme", "Clara");
    const mail = await until("the mail", () => server.mails.find(({ to }) => to.includes(edge.people.acme.Clara.email)));
    assert.equal(mail.secure, true);
    assert.match(mail.raw, new RegExp(ticket.number));
    assert.match(mail.raw, /^Message-ID: </im);
    await until("the row", async () => (await outbox(edge)).every(({ state }) => state === "sent"));
    assert.equal(server.strangers(), 0);
  } finally {
    await edge.stop();
    await server.close();
  }
});

for (const [whose, issuer, host] of [
  ["of an unknown authority", "stranger", "localhost"],
  ["of another host", "known", "mail.example"],
])
  test(`a server with a certificate ${whose} gets nothing, and the mail waits with its reason`, LIMIT, async () => {
    const authorities = { known: await authority("Known"), stranger: await authority("Stranger") };
    const server = await smtpServer({ certificate: await authorities[issuer].issue(host) });
    const edge = await start({ vars: server.vars, trusted: [authorities.known.cert] });
    try {
      await openTicket(edge, "acme", "Clara");
      const { error } = await postponed(edge);
      assert.match(error, /certificate/);
      assert.ok(server.strangers() > 0, "nobody came");
      assert.deepEqual(server.mails, []);
    } finally {
      await edge.stop();
      await server.close();
    }
  });

test("a server that says nothing holds a mail for 20 seconds, and the mail waits with its reason", LIMIT, async () => {
  const server = await silentServer();
  const edge = await start({ vars: server.vars });
  try {
    await openTicket(edge, "acme", "Clara");
    const { error } = await postponed(edge);
    assert.match(error, /no answer within 20 s/);
  } finally {
    await edge.stop();
    await server.close();
  }
});

test("a recipient that does not exist is given up, one that is busy is tried later", LIMIT, async () => {
  const server = await smtpServer();
  const edge = await start({ vars: server.vars });
  try {
    await moveClient(edge, "Clara", "nobody@acme.example");
    await moveClient(edge, "Colin", "later@acme.example");
    await openTicket(edge, "acme", "Clara");
    await openTicket(edge, "acme", "Colin");
    const row = (rows, name) => rows.find(({ recipient }) => recipient.startsWith(`${name}@`));
    await until("the one given up", async () => row(await outbox(edge), "nobody")?.state === "failed");
    await until("the one to try again", async () => {
      const { state, attempts } = row(await outbox(edge), "later") ?? {};
      return state === "queued" && attempts > 0;
    });
  } finally {
    await edge.stop();
    await server.close();
  }
});

test("a mail API gets the mail with its key, and the log shows little of its refusals", LIMIT, async () => {
  const server = await mailApi({ answer: ({ to }) => (to[0].startsWith("nobody@") ? 422 : 202) });
  const edge = await start({ vars: server.vars });
  try {
    await openTicket(edge, "acme", "Clara");
    await until("the mail", () => server.mails.length > 0);
    const [mail] = server.mails;
    const [row] = await outbox(edge);
    assert.deepEqual(mail.to, [edge.people.acme.Clara.email]);
    assert.ok(mail.key.includes(row.id), mail.key);
    await moveClient(edge, "Colin", "nobody@acme.example");
    await openTicket(edge, "acme", "Colin");
    await until("the refusal", async () => (await outbox(edge)).some(({ state }) => state === "failed"));
    assert.ok((await outbox(edge)).every(({ error }) => (error ?? "").length <= 1_100));
  } finally {
    await edge.stop();
    await server.close();
  }
});

/** What an SMTP server would hand to the platform. */
const bring = (edge, to, text) =>
  edge.ask("localhost", "POST", `/cdn-cgi/handler/email?from=${encodeURIComponent("sender@client.example")}&to=${encodeURIComponent(to)}`, {
    headers: { "content-type": "message/rfc822" },
    body: `From: Sender <sender@client.example>\r\nTo: ${to}\r\nMessage-ID: <one@client.example>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\nSubject: Printer\r\n\r\n${text}\r\n`,
  });

test("mail for a host of no tenant is refused at the door", LIMIT, async () => {
  const edge = await start();
  try {
    const refusals = () => edge.lines.filter((line) => line.includes("rejected message") && line.includes("no such mailbox")).length;
    let expected = 0;
    for (const to of ["support@nowhere.localhost", "support@localhost", "support@acme.localhost.evil.example"]) {
      expected += 1;
      await bring(edge, to, "It does not print.");
      await until(`the refusal for ${to}`, () => refusals() === expected);
    }
  } finally {
    await edge.stop();
  }
});

test("mail for a tenant is stored once, however often it is brought", LIMIT, async () => {
  const edge = await start();
  try {
    for (let count = 0; count < 2; count += 1) {
      const answer = await bring(edge, "support@acme.localhost", "It does not print.");
      assert.equal(answer.status, 200, answer.text);
    }
    assert.ok(!edge.lines.some((line) => line.includes("rejected message")));
    const database = await edge.database("TENANT_DB_1");
    const { results } = await database.prepare("SELECT sender FROM inbound_mails WHERE tenant_id = ?").bind(tenantId("acme")).all();
    assert.deepEqual(results, [{ sender: "sender@client.example" }]);
  } finally {
    await edge.stop();
  }
});
