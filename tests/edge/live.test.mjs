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

/** A page that shows a bearer token, as programs do: its session is the one that the token names. */
async function joinByToken(slug, name) {
  const page = await edge.socket(`${slug}.localhost`, { origin: null, headers: { authorization: `Bearer ${edge.people[slug][name].token}` } });
  open.push(page);
  return page;
}
const json = { "content-type": "application/json" };

test("signing out closes the pages of that session, and no others of the person", LIMIT, async () => {
  const [gone, stays] = await Promise.all([joinByToken("globex", "Clara"), join("globex", "Clara")]);
  const answer = await edge.ask("globex.localhost", "POST", "/api/auth/logout", { token: edge.people.globex.Clara.token, headers: json, body: "{}" });
  assert.equal(answer.status, 204, answer.text);
  await until("the session's page closed", () => gone.closedWith() === 4001);
  await assert.rejects(joinByToken("globex", "Clara"), refused(401));
  await publish("globex", { kind: "publish", staff: false, people: [edge.people.globex.Clara.id], event: changed(40) });
  await until("the other session's event", () => stays.events().length === 1);
  assert.deepEqual(gone.heard, []);
});

test("signing out everywhere but here leaves this session's pages open", LIMIT, async () => {
  const [here, there] = await Promise.all([join("globex", "Ada"), joinByToken("globex", "Ada")]);
  const { id, session } = edge.people.globex.Ada;
  await publish("globex", { kind: "end_people", people: [id], except: session });
  await until("the page elsewhere closed", () => there.closedWith() === 4001);
  await publish("globex", { kind: "publish", staff: true, event: changed(41) });
  await until("the event here", () => here.events().length === 1);
  assert.equal(here.closedWith(), undefined);
});

test("another role makes the pages come back with it, and deactivation ends them for good", LIMIT, async () => {
  const { Ada: admin, Colin: colin } = edge.people.globex;
  const change = async (body) => {
    const answer = await edge.ask("globex.localhost", "PATCH", `/api/users/${colin.id}`, { token: admin.token, headers: json, body: JSON.stringify(body) });
    assert.equal(answer.status, 200, answer.text);
  };
  const before = await join("globex", "Colin");
  await change({ role: "agent" });
  await until("the client's seat closed", () => before.closedWith() === 4002);
  const after = await join("globex", "Colin");
  await publish("globex", { kind: "publish", staff: true, event: changed(42) });
  await until("the desk's event", () => after.events().length === 1);
  await change({ status: "disabled" });
  await until("the page closed", () => after.closedWith() === 4001);
  await assert.rejects(join("globex", "Colin"), refused(401));
});

test("a right that ends by itself closes its holder's pages at that moment, also out of sleep, and nobody else's", LIMIT, async () => {
  const { Ada: admin, "Борис": holder } = edge.people.globex;
  const ends = Date.now() + 8_000;
  const grant = { user: holder.id, role: "manager", reach: "all", ends_at: new Date(ends).toISOString() };
  const given = await edge.ask("globex.localhost", "POST", "/api/grants", { token: admin.token, headers: json, body: JSON.stringify(grant) });
  assert.equal(given.status, 201, given.text);
  const [page, other] = await Promise.all([join("globex", "Борис"), join("globex", "Anna")]);
  await edge.evict("TenantHub", tenantId("globex"));
  assert.equal(page.closedWith(), undefined);
  assert.ok(Date.now() < ends, "the page was opened in time");
  await until("the page closed by nothing but the time", () => page.closedWith() === 4002);
  assert.ok(Date.now() >= ends, "not before its time");
  assert.equal(other.closedWith(), undefined);
  const again = await join("globex", "Борис");
  await publish("globex", { kind: "publish", staff: true, event: changed(43) });
  await until("the event after coming back", () => again.events().length === 1);
});

test("a session that ends by itself closes its pages at that moment", LIMIT, async () => {
  const ends = Date.now() + 6_000;
  const database = await edge.database("TENANT_DB_1");
  const { session, cookie } = edge.people.acme.Colin;
  await database.prepare("UPDATE sessions SET expires_at = ? WHERE id = ?").bind(ends, session).run();
  const [page, other] = await Promise.all([join("acme", "Colin"), join("acme", "Clara")]);
  assert.equal(page.closedWith(), undefined);
  await until("the page closed by nothing but the time", () => page.closedWith() === 4002);
  assert.ok(Date.now() >= ends, "not before its time");
  assert.equal(other.closedWith(), undefined);
  assert.equal((await edge.get("acme.localhost", "/api/auth/me", { cookie })).status, 401);
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
