// The client's front page, search, suggestions for a new ticket and followers, as a person uses them: with JavaScript and without.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, open, overflow } from "./support.mjs";

let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

/** Somebody else of the client's organization, and the address by which the client can name them. */
async function colleague(tenant) {
  const client = product.login(tenant, "client").username;
  const people = (await product.api(tenant, "admin", "GET", `/api/users?role=client&q=${encodeURIComponent(client)}`)).json.data;
  const me = people.find(({ email }) => email === client);
  const all = (await product.api(tenant, "admin", "GET", `/api/users?role=client&organization=${me.organization.id}`)).json.data;
  const other = all.find(({ email, status }) => email !== client && status === "active");
  assert.ok(other, "the client has no colleague");
  return other;
}

for (const javaScript of [true, false]) {
  const how = javaScript ? "with JavaScript" : "without JavaScript";
  test(`${how}, a client finds a finished ticket from the front page`, async () => {
    const { number } = await product.ticket("globex", { title: `Zeppelin ledger ${how.replaceAll(" ", "")}` });
    await product.change("globex", number, { status: "in_progress" });
    await product.change("globex", number, { status: "resolved" });
    const page = await product.visit("globex", "client", { javaScript });
    await page.goto("/");
    await page.fill('.find input[name="q"]', "zeppelin ledgers");
    await page.locator(".find button").click();
    await page.waitForURL(/\/tickets\/search\?q=/);
    await page.getByRole("link", { name: `Zeppelin ledger ${how.replaceAll(" ", "")}` }).waitFor();
    await page.fill('.find input[name="q"]', "nothing like this at all");
    await page.locator(".find button").click();
    await page.locator('a[href^="/tickets/new?title=nothing"]').click();
    assert.equal(await page.inputValue('input[name="title"]'), "nothing like this at all");
    await page.context().close();
  });

  test(`${how}, a client adds a colleague to a ticket and takes them off`, async () => {
    const other = await colleague("globex");
    const { number } = await product.ticket("globex", { title: `Shared ${how}` });
    const page = await product.visit("globex", "client", { javaScript });
    await page.goto(`/tickets/${number}`);
    await page.fill("#f-add", "nobody@nowhere.example");
    await page.locator("form:has(#f-add) button").click();
    await page.locator("#f-add[aria-invalid=true]").waitFor();
    await page.fill("#f-add", other.email);
    await page.locator("form:has(#f-add) button").click();
    await page.locator("#audience .people", { hasText: other.name }).waitFor();
    await product.mailTo(other.email, new RegExp(number));
    await page.locator("#audience .people button").click();
    await page.locator("[data-flash]").waitFor();
    assert.equal(await page.locator("#audience .people").count(), 0);
    await page.context().close();
  });
}

test("what waits for the client stands first", async () => {
  const { number } = await product.ticket("acme", { title: "Ждёт ответа клиента" });
  await product.change("acme", number, { status: "in_progress" });
  await product.change("acme", number, { status: "waiting_customer" });
  const page = await product.visit("acme", "client");
  await page.goto("/");
  await page.locator("#list section").first().getByRole("link", { name: "Ждёт ответа клиента" }).waitFor();
  await page.context().close();
});

test("while a title is written tickets like it are shown, and the keyboard goes through them", async () => {
  await product.ticket("globex", { title: "Gyroscope calibration drifts" });
  const page = await product.visit("globex", "client");
  let asked = 0;
  page.on("request", (request) => (asked += new URL(request.url()).searchParams.has("title") ? 1 : 0));
  await page.goto("/tickets/new");
  await page.locator('input[name="title"]').pressSequentially("gyroscopes calib", { delay: 20 });
  const found = page.locator("#similar a", { hasText: "Gyroscope calibration drifts" });
  await found.waitFor();
  assert.ok(asked <= 3, `${asked} questions for one title`);
  assert.equal(await page.inputValue('input[name="title"]'), "gyroscopes calib");
  await page.keyboard.press("ArrowDown");
  assert.ok(await found.evaluate((link) => link === document.activeElement));
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#similar a").count(), 0);
  assert.ok(await page.locator('input[name="title"]').evaluate((field) => field === document.activeElement));
  await page.setViewportSize(NARROW);
  assert.deepEqual(await overflow(page), []);
  await page.context().close();
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
