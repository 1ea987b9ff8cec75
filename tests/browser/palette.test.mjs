// The command palette and the shortcuts: everything is found and done without leaving the keys, by keys of one's own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { look } from "./look.mjs";
import { open } from "./support.mjs";

let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

const field = (page) => page.getByRole("combobox", { name: "Search and commands" });
const option = (page, name) => page.getByRole("listbox", { name: "Search and commands" }).getByRole("option", { name });

/** The dialogs come when the page has come to rest; before that a key waits for them. */
async function palette(page, words) {
  await page.keyboard.press("Control+k");
  await field(page).waitFor();
  assert.ok(await field(page).evaluate((input) => input === document.activeElement), "the field has no focus");
  await page.keyboard.type(words);
}

test("a ticket, a person, a page and an action are each found and run by Ctrl+K, letters and Enter", async () => {
  const ticket = await product.ticket("globex", { title: "Depreciation of forklifts is wrong" });
  const page = await product.visit("globex", "agent");
  await page.goto("/agent/tickets?queue=mine");

  await palette(page, "forklifts");
  await option(page, /Depreciation of forklifts/).waitFor();
  assert.equal(await field(page).getAttribute("aria-activedescendant"), await page.locator('[role="option"][aria-selected="true"]').getAttribute("id"));
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/agent/tickets/${ticket.number}`);

  await palette(page, "assign to me");
  await option(page, /Assign to me/).waitFor();
  await page.keyboard.press("Enter");
  const mine = `option[value="${await page.locator("body").getAttribute("data-user")}"]`;
  await page.locator(`#s-assignee:has(${mine}:checked)`).waitFor();
  await page.getByText("Saved").first().waitFor();

  await palette(page, "unassig");
  await page.locator('[role="listbox"][aria-busy="false"]').waitFor();
  await option(page, /Unassigned/).click();
  await page.waitForURL("**/agent/tickets?queue=unassigned");

  const client = product.login("globex", "client");
  await palette(page, client.name.split(" ")[0]);
  await option(page, new RegExp(client.username)).click();
  await page.waitForURL(/requester=usr_/);
  await page.locator("main").getByRole("link", { name: "Depreciation of forklifts is wrong" }).waitFor();
  await page.context().close();
});

test("what is not found is said, Escape gives the focus back, and arrows go round", async () => {
  const page = await product.visit("globex", "agent");
  await page.goto("/agent/tickets?queue=all");
  await page.locator("[data-search]").first().focus();
  await palette(page, "xyzzyq");
  await page.getByText("Nothing found").waitFor();
  await field(page).fill("");
  const options = page.getByRole("listbox", { name: "Search and commands" }).getByRole("option");
  await options.first().waitFor();
  await page.keyboard.press("ArrowUp");
  assert.equal(await options.last().getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowDown");
  assert.equal(await options.first().getAttribute("aria-selected"), "true");
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("[data-search]").first().evaluate((input) => input === document.activeElement), "the focus is lost");
  await page.context().close();
});

test("a shortcut that was changed holds on another device, one that is taken is refused, and all can be restored", async () => {
  const page = await product.visit("globex", "agent");
  await page.goto("/agent/tickets?queue=all");
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await dialog.waitFor();
  const change = dialog.getByRole("button", { name: "Change the shortcut for: My tickets" });
  await change.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("c");
  await page.keyboard.press("Enter");
  await dialog.getByText("These keys get in the way of: New ticket").waitFor();
  await change.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await dialog.getByText("Saved for all of your devices.").waitFor();

  const other = await product.visit("globex", "agent");
  const asked = other.waitForResponse("**/api/users/me/shortcuts");
  await other.goto("/agent/tickets?queue=all");
  await asked;
  await other.keyboard.press("g");
  await other.keyboard.press("w");
  await other.waitForURL("**/agent/tickets?queue=mine");
  await other.context().close();

  await dialog.getByRole("button", { name: "Restore all" }).click();
  await change.getByText("M", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator("#keys:not([open])").waitFor({ state: "attached" });
  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await page.waitForURL("**/agent/tickets?queue=mine");
  await page.context().close();
});

test("no command comes with keys that another one has, or begins with", async () => {
  const page = await product.visit("globex", "manager");
  await page.goto("/agent/tickets?queue=all");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  const rows = await page
    .locator("#keys [data-command]")
    .evaluateAll((all) => all.map((row) => ({ command: row.dataset.command, keys: [...row.querySelectorAll("[data-cap] kbd")].map(({ textContent }) => `${textContent} `).join("") })));
  const bound = rows.filter(({ keys }) => keys !== "");
  assert.ok(bound.length > 30, `${bound.length} commands have keys`);
  const inTheWay = bound.flatMap((one) => bound.filter((other) => other !== one && other.keys.startsWith(one.keys)).map((other) => `${one.command} and ${other.command}: ${one.keys}`));
  assert.deepEqual(inTheWay, []);
  await page.context().close();
});

for (const [language, tenant, role] of [["English", "globex", "agent"], ["Arabic", "nour", "agent"], ["Russian", "acme", "manager"]])
  test(`the palette and the shortcuts look well in ${language}`, async () => {
    const page = await product.visit(tenant, role);
    await page.goto("/agent/tickets?queue=all");
    await page.keyboard.press("Control+k");
    await page.locator("#palette[open] [role=option]").first().waitFor();
    const findings = await look(page, `palette ${tenant}`);
    await page.keyboard.press("Escape");
    await page.locator("#palette:not([open])").waitFor({ state: "attached" });
    await page.keyboard.press("Shift+?");
    await page.locator("#keys[open]").waitFor();
    findings.push(...(await look(page, `shortcuts ${tenant}`)));
    assert.deepEqual(findings, []);
    await page.context().close();
  });

test("no page complained", () => assert.deepEqual(product.trouble, []));
