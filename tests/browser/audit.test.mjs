// The audit log as an administrator uses it: narrowed, unfolded, taken out, checked.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, until } from "./support.mjs";

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

async function log(query = "") {
  const page = await product.visit(TENANT, "admin");
  await page.goto(`/agent/audit${query}`);
  return page;
}

test("an administrator narrows the log by a choice, unfolds a line and sees what was and what is", async () => {
  const page = await log();
  await page.getByLabel("Action", { exact: true }).selectOption({ label: "Tickets" });
  await page.waitForURL(/action=ticket\./);
  const lines = page.locator("details.audit-line");
  await until("lines of tickets alone", async () => {
    const said = await lines.locator(".audit-text").allInnerTexts();
    return said.length > 0 && said.every((text) => !/signed in|read the audit log/.test(text));
  });
  const line = lines.filter({ hasText: "opened" }).first();
  await line.locator("summary").click();
  await line.getByText("ticket.created").waitFor();
  await line.getByRole("rowheader", { name: "channel" }).waitFor();
  await line.getByRole("link", { name: "ticket.created" }).click();
  await page.waitForURL(/action=ticket\.created/);
  await page.context().close();
});

test("what nobody did is not found, and the filters are cleared by one link", async () => {
  const page = await log("?network=192.0.2.254");
  await page.getByRole("heading", { name: "Nothing matches" }).waitFor();
  await page.locator("#list .empty").getByRole("link", { name: "Clear filters" }).click();
  await page.waitForURL(/\/agent\/audit$/);
  await page.locator("details.audit-line").first().waitFor();
  await page.context().close();
});

test("the log leaves as a table", async () => {
  const page = await log("?action=ticket.");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export CSV" }).click()]);
  assert.match(download.suggestedFilename(), /^audit-globex-\d{8}T\d{6}Z\.csv$/);
  const text = (await (await download.createReadStream()).toArray()).join("");
  assert.ok(text.startsWith("seq,id,at,actor,") && text.includes("ticket.created") && !text.includes("session.opened"));
  await page.context().close();
});

test("the check goes through the whole log by itself, and without scripts from part to part", async () => {
  const whole = (page) => page.getByRole("heading", { name: /^The log is whole: \d+ lines$/ });
  const page = await log();
  await page.getByRole("link", { name: "Check the log" }).click();
  await whole(page).waitFor();
  await page.context().close();
  const plain = await product.visit(TENANT, "admin", { javaScript: false });
  await plain.goto("/agent/audit");
  await plain.getByRole("link", { name: "Check the log" }).click();
  const part = plain.locator("#verdict h2");
  for (await part.waitFor(); (await whole(plain).count()) === 0; await part.waitFor()) {
    assert.match(await part.innerText(), /^Nothing wrong up to line \d+ of \d+$/);
    await plain.getByRole("link", { name: "Go on" }).click();
  }
  await plain.context().close();
});
