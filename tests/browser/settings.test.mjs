// The desk's order on the page of settings: departments and categories, and where they show up.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, until } from "./support.mjs";

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

async function settings() {
  const page = await product.visit(TENANT, "manager");
  await page.goto("/agent/settings");
  return page;
}

const section = (page, name) => page.locator("section.card", { has: page.getByRole("heading", { name }) });
const entry = (page, name) => page.locator(".mail-item", { has: page.getByLabel(`Rename ${name}`, { exact: true }) });

/** What a select of a page offers. */
async function offered(role, path, label) {
  const page = await product.visit(TENANT, role);
  await page.goto(path);
  const options = await page.getByLabel(label, { exact: true }).first().locator("option").allInnerTexts();
  await page.context().close();
  return options;
}

for (const [kind, add, pages] of [
  ["Departments", "New department", [["agent", "/agent/tickets/new", "Department"]]],
  ["Categories", "New category", [["agent", "/agent/tickets/new", "Category"], ["client", "/tickets/new", "Category"], ["agent", "/agent/tickets?queue=all", "Category"]]],
])
  test(`${kind}: one is added, renamed, archived and brought back, and forms offer it or not`, async () => {
    const [first, second] = [`${kind} of tests`, `${kind} of trials`];
    const everywhere = async (name, expected) => {
      for (const [role, path, label] of pages) assert.equal((await offered(role, path, label)).includes(name), expected, `${name} at ${path} for ${role}`);
    };
    const page = await settings();
    await section(page, kind).getByLabel(add).fill(first);
    await section(page, kind).getByRole("button", { name: "Add" }).click();
    await page.getByText("Saved.").waitFor();
    await everywhere(first, true);

    await entry(page, first).getByLabel(`Rename ${first}`).fill(second);
    await entry(page, first).getByRole("button", { name: "Save" }).click();
    await entry(page, second).waitFor();
    await everywhere(first, false);
    await everywhere(second, true);

    await entry(page, second).getByRole("button", { name: "Archive" }).click();
    await entry(page, second).getByText("Archived").waitFor();
    await everywhere(second, false);
    await entry(page, second).getByRole("button", { name: "Bring back" }).click();
    await entry(page, second).getByRole("button", { name: "Archive" }).waitFor();
    await everywhere(second, true);
    await page.context().close();
  });

test("a name that is taken is refused beside its field, with what was typed", async () => {
  const page = await settings();
  for (const [kind, add, taken] of [
    ["Departments", "New department", "Integrations"],
    ["Categories", "New category", "Incident"],
  ]) {
    await section(page, kind).getByLabel(add).fill(taken);
    await section(page, kind).getByRole("button", { name: "Add" }).click();
    await section(page, kind).locator(".error").waitFor();
    assert.equal(await section(page, kind).getByLabel(add).inputValue(), taken);
  }
  await page.context().close();
});

test("a rename to a name that is taken is refused, and the old name stays", async () => {
  const page = await settings();
  await entry(page, "Manufacturing").getByLabel("Rename Manufacturing").fill("Integrations");
  await entry(page, "Manufacturing").getByRole("button", { name: "Save" }).click();
  await section(page, "Departments").locator(".error").waitFor();
  await page.goto("/agent/settings");
  await entry(page, "Manufacturing").waitFor();
  await page.context().close();
});

test("a ticket keeps a category that is archived, and its page still saves", async () => {
  const page = await settings();
  const { json } = await product.api(TENANT, "client", "GET", "/api/categories");
  const slug = json.data.find(({ name }) => name === "Performance").slug ?? json.data.find(({ name }) => name === "Performance").id;
  const ticket = await product.ticket(TENANT, { category: slug });
  await entry(page, "Performance").getByRole("button", { name: "Archive" }).click();
  await entry(page, "Performance").getByText("Archived").waitFor();
  await page.goto(`/agent/tickets/${ticket.number}`);
  await page.locator("#side").getByLabel("Priority").selectOption("Low");
  await page.locator("[data-save]").click();
  await page.getByText("Saved.").waitFor();
  const now = await product.look(TENANT, ticket.number);
  assert.equal(now.priority, "low");
  assert.equal(now.category, slug);
  await page.context().close();
});

test("archiving a department with open tickets asks where they go, and they go there", async () => {
  const can = async (role, method, path, body) => (await product.api(TENANT, role, method, path, body)).json;
  const [old, next] = [await can("manager", "POST", "/api/departments", { name: "Old line" }), await can("manager", "POST", "/api/departments", { name: "Next line" })];
  const ticket = await can("agent", "POST", "/api/tickets", { title: "Printer", description: "It stops.", department: old.id });
  const page = await settings();
  await entry(page, "Old line").getByRole("link", { name: "Archive" }).click();
  await page.getByLabel("Move open tickets to").selectOption("Next line");
  await page.getByRole("button", { name: "Archive" }).click();
  await page.getByText("Saved.").waitFor();
  await until("the ticket has moved", async () => (await can("agent", "GET", `/api/tickets/${ticket.id}`)).department?.id === next.id);
  await page.context().close();
});

test("an agent has no settings", async () => {
  const page = await product.visit(TENANT, "agent");
  await page.goto("/agent/tickets?queue=all");
  assert.equal(await page.getByRole("link", { name: "Settings" }).count(), 0);
  assert.equal((await page.goto("/agent/settings")).status(), 403);
  await page.context().close();
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
