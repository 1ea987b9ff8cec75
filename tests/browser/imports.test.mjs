// A table of tickets is looked at, mended, looked at again and brought in, by somebody who only has a browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, open } from "./support.mjs";

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

const table = (email) => ({
  name: "old desk.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(`Subject;E-mail;Priority;Whatever\nBrought from the old desk;anna@client.example;high;x\nAnother of the old desk;${email};low;y\n`),
});

async function looked(page, email) {
  await page.goto("/agent/imports");
  await page.getByLabel("Table").setInputFiles(table(email));
  await page.getByRole("button", { name: "Upload" }).click();
  await page.getByRole("heading", { level: 1, name: "old desk.csv" }).waitFor();
  assert.equal(await page.getByLabel("Means: Priority").inputValue(), "priority", "the meaning is guessed");
  await page.getByRole("button", { name: "Check the rows" }).click();
  await page.locator("#progress").getByText("ready to import").waitFor();
}

test("faults are told, mended, and the rows come in while one looks on", async () => {
  const page = await product.visit(TENANT, "admin");
  await page.goto("/agent/settings");
  await page.getByRole("link", { name: "Import" }).click();
  await looked(page, "nobody@");
  const fault = page.getByRole("row").filter({ hasText: "nobody@" });
  assert.match(await fault.textContent(), /^3E-mail/);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Report as CSV" }).click()]);
  assert.match(file.suggestedFilename(), /report\.csv$/);
  await looked(page, "berta@client.example");
  await page.locator("#progress").getByText("2 ready to import").waitFor();
  await page.getByRole("button", { name: "Import 2 rows" }).click();
  await page.locator("#progress").getByText("Done", { exact: true }).waitFor({ timeout: 60_000 });
  await page.locator("#progress").getByText("2 of 2 rows").waitFor();
  await page.goto("/agent/tickets?queue=all&q=old%20desk");
  await page.getByRole("link", { name: "Another of the old desk" }).waitFor();
  await page.getByRole("link", { name: "Brought from the old desk" }).waitFor();
});

test("a narrow screen shows columns and faults without sideways scrolling", async () => {
  const page = await product.visit(TENANT, "admin", { viewport: NARROW });
  await looked(page, "nobody@");
  const surplus = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(surplus <= 0, `${surplus} px too wide`);
});

/** Checks a table and begins to bring it in. */
async function begun(page, rows) {
  await page.goto("/agent/imports");
  await page.getByLabel("Table").setInputFiles({ name: "many.csv", mimeType: "text/csv", buffer: Buffer.from(`Subject;E-mail\n${rows.join("\n")}\n`) });
  await page.getByRole("button", { name: "Upload" }).click();
  await page.getByRole("button", { name: "Check the rows" }).click();
  await page.locator("#progress").getByText("ready to import").waitFor();
  await page.getByRole("button", { name: /^Import \S+ rows?$/ }).click();
  await page.getByText("The import has begun.").waitFor();
}

test("an import that runs is watched past a poll that failed, and stopped by keyboard whenever one likes", async () => {
  const page = await product.visit(TENANT, "admin");
  let failed = 0;
  await page.route("**/agent/imports/imp_*", async (route) => {
    if (route.request().headers()["hx-request"] && failed === 0) {
      failed += 1;
      await route.abort();
    } else await route.continue();
  });
  await begun(page, Array.from({ length: 1500 }, (_, place) => `Row ${place};anna@client.example`));
  const polled = () => page.waitForResponse((answer) => answer.request().headers()["hx-request"] === "true" && answer.ok());
  const stop = page.getByRole("button", { name: "Stop the import" });
  await stop.focus();
  await polled();
  await polled();
  assert.equal(failed, 1);
  assert.ok(await stop.evaluate((button) => button === document.activeElement), "the button keeps the focus");
  await page.locator("#toasts", { hasText: /of 1,?500 rows/ }).waitFor({ state: "attached", timeout: 30_000 });
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await polled();
  await dialog.getByRole("button", { name: "Yes, go on" }).click();
  await page.getByText("The import is stopped.").waitFor();
  await page.locator("#progress").getByText("Cancelled", { exact: true }).waitFor();
  assert.equal(await stop.count(), 0);
});

test("the last answer brings what went wrong and its report, and takes the button away", async () => {
  const page = await product.visit(TENANT, "admin");
  await begun(page, [...Array.from({ length: 60 }, (_, place) => `Good ${place};anna@client.example`), "A row of nobody;nobody@"]);
  await page.locator("#progress").getByText("Done", { exact: true }).waitFor({ timeout: 60_000 });
  await page.getByRole("row").filter({ hasText: "nobody@" }).waitFor();
  await page.getByRole("link", { name: "Report as CSV" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Stop the import" }).count(), 0);
});
