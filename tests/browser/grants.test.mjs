// A role for a period, a policy that is tried before it is saved, and a deputy: each by pages, and each seen by whom it is for.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, open, overflow } from "./support.mjs";

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

/** What a `datetime-local` field takes for a moment so many hours from now, as a page of that person's shows it. */
const inHours = (page, hours) =>
  page.evaluate((ahead) => {
    const zone = document.body.dataset.zone;
    return new Date(Date.now() + ahead * 3_600_000).toLocaleString("sv-SE", { timeZone: zone }).replace(" ", "T").slice(0, 16);
  }, hours);

const idOf = async (role) => {
  const { json } = await product.api(TENANT, role, "GET", "/api/auth/me");
  return json.id ?? json.user.id;
};

test("a role is given for a period, its holder sees what it opens, and loses it when it is ended", async () => {
  const agent = await product.visit(TENANT, "agent");
  await agent.goto("/agent");
  assert.equal(await agent.locator('a[href="/agent/access"]').count(), 0);

  const admin = await product.visit(TENANT, "admin");
  await admin.goto(`/agent/access/people/${await idOf("agent")}`);
  await admin.getByRole("link", { name: "Show and give" }).click();
  const form = admin.locator("#give");
  await form.getByLabel("Role").selectOption("manager");
  await form.getByLabel("Until").fill("2020-01-01T10:00");
  await form.getByLabel("Why").fill("Month-end");
  await form.getByRole("button", { name: "Give" }).click();
  await form.getByText("The period must end after it begins").waitFor();
  assert.equal(await form.getByLabel("Why").inputValue(), "Month-end");
  await form.getByLabel("Until").fill(await inHours(admin, 24));
  await form.getByRole("button", { name: "Give" }).click();
  await admin.getByText("Given.", { exact: true }).waitFor();
  await admin.locator("#grants").getByText("Month-end").waitFor();

  await agent.reload();
  await agent.locator('a[href="/agent/access"]').first().waitFor({ state: "attached" });
  assert.equal((await product.api(TENANT, "agent", "GET", "/api/roles")).status, 200);

  await admin.getByRole("button", { name: "End: " }).click();
  await admin.locator("dialog[open]").getByRole("button").last().click();
  await admin.getByText("Ended.", { exact: true }).waitFor();
  assert.equal((await product.api(TENANT, "agent", "GET", "/api/roles")).status, 403);
  await Promise.all([admin, agent].map((page) => page.context().close()));
});

test("a policy is tried on a ticket before it is saved, and then the page of who may what names it", async () => {
  const { number } = await product.ticket(TENANT, { title: "Payroll", description: "Secret", priority: "critical" });
  const admin = await product.visit(TENANT, "admin");
  await admin.goto("/agent/access");
  await admin.getByRole("navigation", { name: "Sections of access" }).getByRole("link", { name: "Policies" }).click();
  await admin.getByRole("link", { name: "Write a policy" }).click();
  await admin.getByLabel("Name").fill("Critical tickets stay");
  await admin.getByLabel("Condition").fill('{"==": [{"var": "ticket.priority"}, "critical"]}');
  await admin.locator('[name="permission"][value="ticket.delete"]').check();
  await admin.getByLabel("Ticket number").fill(number);
  await admin.getByLabel("To do what").selectOption("ticket.delete");
  await admin.getByRole("button", { name: "Try" }).click();
  await admin.locator("#answer").getByText("Denied by the policy").first().waitFor();
  assert.deepEqual((await product.api(TENANT, "admin", "GET", "/api/policies")).json.data, [], "a trial saves nothing");
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.getByRole("link", { name: "Critical tickets stay" }).waitFor();
  assert.equal((await product.api(TENANT, "manager", "DELETE", `/api/tickets/${number}`)).status, 403);

  await admin.getByRole("link", { name: "Who may what" }).click();
  await admin.getByLabel("Ticket number").fill(number);
  await admin.getByLabel("To do what").selectOption("ticket.delete");
  await admin.getByRole("button", { name: "Show" }).click();
  await admin.locator("#answer").getByRole("link", { name: "Critical tickets stay" }).first().click();
  await admin.locator('[name="enabled"]').uncheck();
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.getByText("Switched off").waitFor();
  assert.equal((await product.api(TENANT, "manager", "DELETE", `/api/tickets/${number}`)).status, 204);
  await admin.context().close();
});

test("without JavaScript and on a narrow screen a deputy is appointed, has the rights, and gives them back", async () => {
  const manager = await product.visit(TENANT, "manager", { javaScript: false, viewport: NARROW });
  await manager.goto("/profile/security");
  await manager.getByRole("link", { name: "Show and appoint" }).click();
  await manager.locator("#f-deputy").selectOption(await idOf("agent"));
  await manager.getByLabel("Until").fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 16));
  await manager.getByLabel("Why").fill("Holiday");
  await manager.getByRole("button", { name: "Appoint" }).click();
  await manager.getByText("Your deputy is appointed.").waitFor();
  assert.equal((await product.api(TENANT, "agent", "GET", "/api/roles")).status, 200);

  const agent = await product.visit(TENANT, "agent", { javaScript: false, viewport: NARROW });
  await agent.goto("/profile/deputies");
  await agent.getByText("You have the rights of").waitFor();
  await agent.getByRole("button", { name: "End: " }).click();
  await agent.getByText("Ended. The rights are back.").waitFor();
  assert.equal((await product.api(TENANT, "agent", "GET", "/api/roles")).status, 403);
  const withScript = await product.visit(TENANT, "agent", { viewport: NARROW });
  await withScript.goto("/profile/deputies");
  assert.deepEqual(await overflow(withScript), []);
  await Promise.all([manager, agent, withScript].map((page) => page.context().close()));
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
