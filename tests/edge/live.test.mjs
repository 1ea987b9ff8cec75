// The hub of a tenant: who is let in, who hears what, and that sleep loses nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start, tenantId, ticketId, until } from "./support.mjs";

const LIMIT = { timeout: 60_000 };
let edge;
const open = [];
before(async () => (edge = await start()), LIMIT);
after(async () => {
  for (const { close } of open) close();
  await edge?.stop();
});

async function join(slug, name) {
  const page = await edge.socket(`${slug}.localhost`, { cookie: edge.people[slug][name].cookie });
  open.push(page);
  return page;
}

async function publish(slug, message) {
  const hub = await edge.object("TENANT_HUB", tenantId(slug));
  const answer = await hub.fetch("https://hub/publish", { method: "POST", body: JSON.stringify(message) });
  assert.ok(answer.ok, await answer.text());
}

const changed = (number, version = 2) => ({ type: "ticket_changed", ticket: ticketId(number), version });
const refused = (status) => (error) => error.status === status;

test("nobody gets in without a session", LIMIT, async () => {
  await assert.rejects(edge.socket("acme.localhost"), refused(401));
});

test("a page of another site gets no socket with the visitor's cookie", LIMIT, async () => {
  const { cookie } = edge.people.acme.Anna;
  await assert.rejects(edge.socket("acme.localhost", { cookie, origin: "http://evil.example" }), refused(403));
  await assert.rejects(edge.socket("acme.localhost", { cookie, origin: `http://globex.localhost:${edge.port}` }), refused(403));
  await assert.rejects(edge.socket("acme.localhost", { cookie, origin: null }), refused(403));
});

test("a request that is no upgrade is told so", LIMIT, async () => {
  const answer = await edge.get("acme.localhost", "/api/live", { cookie: edge.people.acme.Anna.cookie });
  assert.equal(answer.status, 426);
  assert.equal(answer.json().code, "upgrade_required");
});

test("an event reaches the desk and the people whom it names, and nobody else", LIMIT, async () => {
  const [anna, clara, colin, stranger] = await Promise.all([join("acme", "Anna"), join("acme", "Clara"), join("acme", "Colin"), join("globex", "Anna")]);
  await publish("acme", { kind: "publish", staff: true, people: [edge.people.acme.Clara.id], event: changed(1) });
  // What comes after it on the same sockets shows that the others would have heard by now.
  await publish("acme", { kind: "publish", staff: false, people: [edge.people.acme.Colin.id], event: changed(2) });
  await publish("globex", { kind: "publish", staff: true, event: changed(3) });
  await until("the desk's event", () => anna.events().length === 1);
  await until("the requester's event", () => clara.events().length === 1);
  await until("the other client's own event", () => colin.events().length === 1);
  await until("the other tenant's own event", () => stranger.events().length === 1);
  assert.deepEqual(anna.events(), [changed(1)]);
  assert.deepEqual(clara.events(), [changed(1)]);
  assert.deepEqual(colin.events(), [changed(2)]);
  assert.deepEqual(stranger.events(), [changed(3)]);
});

test("the desk sees who looks at a ticket, who writes, and who has gone", LIMIT, async () => {
  const [anna, boris, clara] = await Promise.all([join("acme", "Anna"), join("acme", "Борис"), join("acme", "Clara")]);
  const presence = (page, ticket) => page.events().filter((event) => event.type === "presence" && event.ticket === ticket).at(-1)?.people;
  const names = (page) => presence(page, ticketId(10))?.map(({ name, typing }) => `${name}${typing ? " types" : ""}`).join(", ");

  anna.say({ type: "viewing", ticket: ticketId(10) });
  await until("Anna on the ticket", () => names(boris) === "Anna Agent");
  boris.say({ type: "typing", ticket: ticketId(10) });
  await until("both on the ticket", () => names(anna) === "Anna Agent, Борис Агентов types");
  boris.close();
  await until("Boris gone", () => names(anna) === "Anna Agent");
  anna.say({ type: "left", ticket: ticketId(10) });
  await until("nobody there", () => names(anna) === "");
  assert.deepEqual(clara.events(), [], "clients see nothing of it");
});

test("noise is ignored, too much of it closes the socket, and others stay", LIMIT, async () => {
  const [noisy, quiet] = await Promise.all([join("acme", "Ada"), join("acme", "Anna")]);
  for (let count = 0; count < 40; count += 1) noisy.say("garbage");
  await until("the noisy one closed", () => noisy.closedWith() === 1008);
  const long = await join("acme", "Ada");
  long.say("x".repeat(4_096));
  await until("the long one closed", () => long.closedWith() === 1008);
  assert.equal(quiet.closedWith(), undefined);
});

test("the end of a session closes its sockets, and they hear nothing more", LIMIT, async () => {
  const [ada, anna] = await Promise.all([join("acme", "Ada"), join("acme", "Anna")]);
  await publish("acme", { kind: "end_sessions", sessions: [edge.people.acme.Ada.session] });
  await until("Ada's socket closing", () => ada.socket.readyState >= ada.socket.CLOSING);
  await publish("acme", { kind: "publish", staff: true, event: changed(30) });
  await until("Anna's event", () => anna.events().length === 1);
  assert.deepEqual(ada.heard, []);
});

test("a hub that has slept still knows who sits where", LIMIT, async () => {
  const anna = await join("globex", "Anna");
  const boris = await join("globex", "Борис");
  anna.say({ type: "typing", ticket: ticketId(20) });
  await until("presence before the sleep", () => boris.events().some((event) => event.type === "presence"));
  await edge.evict("TenantHub", tenantId("globex"));
  anna.say("ping");
  await until("the answer to a ping", () => anna.heard.includes("pong"));
  boris.say({ type: "viewing", ticket: ticketId(20) });
  await until("both after the sleep", () => {
    const people = anna.events().findLast((event) => event.type === "presence")?.people ?? [];
    return people.length === 2 && people[0].typing;
  });
});
