// A tenant in which every page has something to show: the longest words, every state of a ticket, mail of every fate.
import assert from "node:assert/strict";
import { letter, linkIn, until } from "./support.mjs";

/** Mail to this address never leaves: it stands in the log as failed. */
export const REFUSED = "refused@client.example";

const WORD = "tax_invoice_with_a_very_long_unbroken_name_0123456789_0123456789";
const TALK = `See https://example.com/${"a".repeat(120)}\n\n    ${"code ".repeat(40)}\n\n> quoted\n\n- one\n- two\n\n${WORD}`;

/** Makes it by the product's own doors; answers the addresses of what there is. */
export async function world(product, tenant) {
  const can = async (role, method, path, body, headers) => {
    const answer = await product.api(tenant, role, method, path, body, headers);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
    return answer.json;
  };
  const { number: talked } = await product.ticket(tenant, { title: `${WORD} ${WORD}`, description: TALK, priority: "critical" });
  const at = `/api/tickets/${talked}`;
  const me = await can("agent", "GET", "/api/auth/me");
  const [department] = (await can("agent", "GET", "/api/departments")).data;
  await product.attach(tenant, "client", talked, `${WORD}.txt`, "what is on the screen");
  await can("agent", "POST", `${at}/comments`, { body: TALK, visibility: "public" });
  await can("agent", "POST", `${at}/comments`, { body: TALK, visibility: "internal" });
  for (const email of [REFUSED, `${"somebody.with.a.long.name".repeat(2)}@client.example`]) await can("agent", "POST", `${at}/followers`, { email });
  await can("agent", "POST", `${at}/comments`, { body: "An answer that does not arrive everywhere.", visibility: "public" });
  await can("client", "POST", `${at}/comments`, { body: TALK });
  const changes = {
    assignee: me.id ?? me.user.id,
    department: department.id,
    tags: ["month-end", "a-rather-long-tag-of-a-ticket", "exchange", "rights"],
    escalation: { level: 2, reason: `The auditor waits. ${WORD}` },
    status: "in_progress",
  };
  await product.change(tenant, talked, changes);

  const make = async (title, status, fields) => {
    const { number } = await product.ticket(tenant, { title, ...fields });
    if (status) await product.change(tenant, number, { status });
    return number;
  };
  const waiting = await make("Waits for the client", "waiting_customer");
  const resolved = await make("Solved and to be rated", "resolved", { priority: "critical" });
  const closed = await make("Over", "closed");
  const merged = await make("The twin");
  const deleted = await make("Thrown away");
  await can("agent", "POST", `${at}/links`, { kind: "problem", ticket: waiting });
  await can("agent", "POST", `/api/tickets/${merged}/merge`, { into: talked });
  await can("manager", "DELETE", `/api/tickets/${deleted}`);

  const hours = [{ start: "09:00", end: "13:00" }, { start: "14:00", end: "18:00" }];
  const calendar = await can("admin", "POST", "/api/sla/calendars", {
    name: `Branch office ${WORD}`,
    zone: "Europe/Moscow",
    week: { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours },
    holidays: [{ yearly: "01-07", name: "Christmas" }, { date: "2027-05-01", name: "Half a day", intervals: [{ start: "09:00", end: "12:00" }] }],
  });
  const policy = await can("admin", "POST", "/api/sla/rules", {
    calendar_id: calendar.id,
    name: `Gold contract ${WORD}`,
    position: 5,
    conditions: { customer_types: ["gold", "platinum"], priorities: ["critical", "low"] },
    targets: { critical: { first_response_minutes: 15, next_response_minutes: 95, resolution_minutes: 120 }, low: { resolution_minutes: 4_320 } },
    hours: { first_response: "business", next_response: "calendar", resolution: "business" },
    warn_percent: [75, 90],
    reopen: "continue",
  });

  const role = await can("admin", "POST", "/api/roles", { name: `Night ${WORD}`, description: `Answers and assigns nothing ${WORD}`, base: "agent", permissions: ["ticket.read", "ticket.reply"] });
  const group = await can("admin", "POST", "/api/groups", { name: `Cover ${WORD}`, description: `Over New Year ${WORD}` });
  const person = me.id ?? me.user.id;
  await can("admin", "POST", `/api/groups/${group.id}/members`, { user: person });
  const directory = await can("admin", "POST", "/api/directories", {
    name: `Head office ${WORD}`,
    host: "ldap.client.example",
    base_dn: `ou=people,o=${WORD}`,
    bind_dn: `cn=portal,o=${WORD}`,
    bind_password: "a password of its own",
    mappings: [{ group: `cn=desk,ou=groups,o=${WORD}`, role: "agent" }],
  });
  const provider = await can("admin", "POST", "/api/identity-providers", {
    name: `Work account ${WORD}`,
    issuer: "https://login.client.example",
    client_id: `portal-${WORD}`,
    mappings: [{ group: `desk ${WORD}`, role: "agent" }],
  });
  const organization = await can("admin", "POST", "/api/organizations", { name: `Client ${WORD}`, customer_type: "vip" });

  const view = await can("admin", "POST", "/api/views", { name: `Month-end ${WORD}`, shared: "desk", conditions: { status: "open" }, group_by: "status" });
  const sheet = `Subject,E-mail,Priority\n${WORD},anna@client.example,high\n${WORD},nobody@,huge\n`;
  const table = (await product.api(tenant, "admin", "POST", "/api/imports?kind=tickets&file_name=old-desk.csv", sheet, {}, "text/csv")).json;
  await can("admin", "POST", `/api/imports/${table.id}/check`, { mapping: table.mapping });
  const colleague = await can("manager", "GET", "/api/auth/me");
  await can("admin", "POST", "/api/grants", { user: person, role: role.id, reach: "department", place: department.id, ends_at: new Date(Date.now() + 30 * 86_400_000).toISOString(), reason: `Month-end ${WORD}` });
  await can("admin", "POST", "/api/delegations", { deputy: colleague.id ?? colleague.user.id, ends_at: new Date(Date.now() + 86_400_000).toISOString(), reason: `Holiday ${WORD}` });
  const rule = { "==": [{ var: "ticket.erp_module" }, "payroll"] };
  const accessPolicy = await can("admin", "POST", "/api/policies", { name: `Payroll ${WORD}`, description: `Only on Mondays ${WORD}`, effect: "deny", permissions: ["ticket.delete"], condition: rule });

  const program = await can("admin", "POST", "/api/service-accounts", { name: `Warehouse ${WORD}`, role: "agent" });
  const key = { account: program.id, name: `Nightly import ${WORD}`, scopes: ["ticket.read", "ticket.read_internal", "ticket.create"], networks: ["192.0.2.0/24", "2001:db8::/32"] };
  await can("admin", "POST", "/api/api-keys", key);

  await can("admin", "POST", "/api/address-blocks", { range: "2001:db8:85a3:8d3:1319:8a2e:370:7300/120", reason: `Scans ${WORD}` });
  await can("admin", "POST", "/api/address-blocks", { range: "198.51.100.0/24", expires_at: new Date(Date.now() + 3_600_000) });
  // Somebody tries one door after another, and the watch finds it.
  for (const path of ["users", "organizations", "roles", "groups", "permissions", "audit", "departments", "mail/outbox", "mail/inbound", "tenant/settings"]) {
    assert.equal((await product.api(tenant, "client", "GET", `/api/${path}`)).status, 403, path);
  }
  const refusals = async () => (await can("admin", "GET", "/api/audit?action=access.refused")).data.length;
  await until("ten refusals in the log", async () => (await refusals()) >= 10);
  await product.ask(null, "GET", "/cdn-cgi/handler/scheduled?cron=*/5+*+*+*+*");
  await until("an alert", async () => (await can("admin", "GET", "/api/security-alerts")).data.length);

  const mailbox = product.demo.tenants.find(({ slug }) => slug === tenant).mailbox;
  for (const subject of ["I am away until Monday", `${WORD} ${WORD}`]) {
    const raw = letter({ from: `${"somebody.with.a.long.name".repeat(2)}@client.example`, to: mailbox, subject, text: TALK, headers: ["Auto-Submitted: auto-replied"] });
    const { json, text } = await product.mailIn(tenant, mailbox, raw);
    assert.equal(json?.outcome, "unprocessed", text);
  }
  const asks = await product.mailTo(product.login(tenant, "client").username, new RegExp(`${resolved}[^]*/rate/`));
  return { talked, waiting, resolved, closed, merged, deleted, calendar: calendar.id, policy: policy.id, role: role.id, group: group.id, directory: directory.id, provider: provider.id, person, organization: organization.id, department: department.id, program: program.id, accessPolicy: accessPolicy.id, view: view.id, import: table.id, rate: linkIn(asks, "/rate/") };
}
