// An administrator composes a role and gives it to somebody of the desk, whose pages change accordingly.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open } from "./support.mjs";

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

test("a composed role is given to an agent, and the agent's pages show what it allows", async () => {
  const me = (await product.api(TENANT, "agent", "GET", "/api/auth/me")).json;
  const agent = await product.visit(TENANT, "agent");
  await agent.goto("/agent/tickets?queue=all");
  const newTicket = agent.locator('.work-head a[href="/agent/tickets/new"]');
  const policies = agent.locator('.work-nav a[href="/agent/sla/policies"]');
  assert.equal(await newTicket.count(), 1);
  assert.equal(await policies.count(), 1);

  const admin = await product.visit(TENANT, "admin");
  await admin.goto("/agent/tickets?queue=all");
  await admin.locator('.work-nav a[href="/agent/access"]').click();
  await admin.getByRole("navigation", { name: "Sections of access" }).getByRole("link", { name: "Roles" }).click();
  await admin.getByRole("link", { name: "Make a role" }).click();
  // A role without a name comes back with what was chosen.
  await admin.locator('[name="permission"][value="ticket.read"]').check();
  await admin.locator('[name="permission"][value="ticket.read_internal"]').check();
  await admin.getByLabel("Name", { exact: true }).fill(" ");
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.locator('[name="name"][aria-invalid="true"]').waitFor();
  assert.equal(await admin.locator('[name="permission"]:checked').count(), 2);
  await admin.getByLabel("Name", { exact: true }).fill("Reader of tests");
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.getByRole("link", { name: "Reader of tests" }).waitFor();

  await admin.goto(`/agent/access/people/${me.id}`);
  await admin.getByLabel("Role", { exact: true }).selectOption({ label: "Reader of tests" });
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.getByText("Saved.").waitFor();
  await admin.locator("tr", { hasText: me.name }).getByText("Reader of tests").waitFor();

  await agent.reload();
  assert.equal(await newTicket.count(), 0);
  assert.equal(await policies.count(), 0);
  const refused = await agent.goto("/agent/sla/policies");
  assert.equal(refused.status(), 403);

  await admin.goto(`/agent/access/people/${me.id}`);
  await admin.getByLabel("Role", { exact: true }).selectOption({ label: "Support engineer" });
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.getByText("Saved.").waitFor();
  await agent.goto("/agent/tickets?queue=all");
  assert.equal(await newTicket.count(), 1);
  await admin.context().close();
  await agent.context().close();
});
