// An agent's own time: a ticket that is put off, reminders, a checklist, time that was spent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open } from "./support.mjs";

const TENANT = "globex";
let product;
let round = 0;

before(async () => {
  product = await open();
});
after(() => product?.stop());

/** A ticket that is the agent's, open on the agent's page. */
async function opened() {
  round += 1;
  const ticket = await product.ticket(TENANT, { title: `Own time ${round}`, priority: "low" });
  const page = await product.visit(TENANT, "agent");
  await page.goto(`/agent/tickets/${ticket.number}`);
  await page.keyboard.press("i");
  await page.locator('#side select[name="assignee"] option[selected]:checked').first().waitFor({ state: "attached" });
  await page.waitForFunction(() => document.querySelector('#side select[name="assignee"]')?.value === document.body.dataset.user);
  return { ticket, page };
}

const panel = (page, name) => page.locator(`#panel-${name}`);

test("a ticket is put off by keyboard, leaves one's own queue and comes back to it", async () => {
  const { ticket, page } = await opened();
  await page.locator("h1").click();
  await page.keyboard.press("z");
  await panel(page, "later").getByRole("button", { name: /Until the client answers/ }).click();
  await panel(page, "later").getByRole("button", { name: "Bring it back now" }).waitFor();
  await page.locator("#head .chip", { hasText: "Put off" }).waitFor();
  await page.goto("/agent/tickets?queue=mine");
  assert.equal(await page.locator(`tr[data-href="/agent/tickets/${ticket.number}"]`).count(), 0);
  await page.goto("/agent/tickets?queue=snoozed");
  await page.locator(`tr[data-href="/agent/tickets/${ticket.number}"]`).waitFor();
  await page.goto(`/agent/tickets/${ticket.number}/later`);
  await page.getByRole("button", { name: "Bring it back now" }).click();
  await page.goto("/agent/tickets?queue=mine");
  await page.locator(`tr[data-href="/agent/tickets/${ticket.number}"]`).waitFor();
  await page.context().close();
});

test("a reminder is written beside a ticket, stands in the list and is done with", async () => {
  const { page } = await opened();
  await panel(page, "later").locator("summary").first().click();
  await panel(page, "later").getByLabel("Of what").fill("Call the client");
  await panel(page, "later").locator("form[action='/agent/reminders']").getByRole("button", { name: /Next Monday/ }).click();
  await panel(page, "later").getByText("Call the client").first().waitFor();
  await page.goto("/agent/reminders");
  await page.getByRole("button", { name: "Done: Call the client" }).first().click();
  await page.locator("[data-flash]").waitFor();
  await page.context().close();
});

test("a checklist grows, is ticked and warns before its ticket is resolved; a colleague sees it live", async () => {
  const { ticket, page } = await opened();
  const colleague = await product.visit(TENANT, "manager");
  await colleague.goto(`/agent/tickets/${ticket.number}`);
  await panel(colleague, "checklist").locator("summary").first().click();
  await panel(colleague, "checklist").getByLabel("New item").waitFor();
  await panel(page, "checklist").locator("summary").first().click();
  for (const text of ["First", "Second"]) {
    await panel(page, "checklist").getByLabel("New item").fill(text);
    await panel(page, "checklist").getByRole("button", { name: "Add" }).click();
    await panel(page, "checklist").locator(".check-item", { hasText: text }).waitFor();
  }
  await panel(page, "checklist").getByRole("checkbox", { name: "First" }).click();
  await panel(page, "checklist").locator("s", { hasText: "First" }).waitFor();
  await panel(colleague, "checklist").locator("s", { hasText: "First" }).waitFor();
  await page.goto(`/agent/tickets/${ticket.number}`);
  await page.locator("#side").getByText("One item of the checklist is still open.").waitFor();
  await page.context().close();
  await colleague.context().close();
});

test("a timer survives a reload, and what it counted is written down", async () => {
  const { ticket, page } = await opened();
  await panel(page, "time").locator("summary").first().click();
  await panel(page, "time").getByRole("button", { name: "Start the timer" }).click();
  await panel(page, "time").getByRole("button", { name: "Stop and write down" }).waitFor();
  await page.reload();
  await panel(page, "time").locator("summary").first().click();
  await panel(page, "time").getByRole("button", { name: "Stop and write down" }).click();
  await panel(page, "time").locator(".links li").first().waitFor();
  await page.goto(`/agent/time?ticket=${ticket.number}`);
  assert.equal(await page.locator("tbody tr").count(), 1);
  await page.context().close();
});
