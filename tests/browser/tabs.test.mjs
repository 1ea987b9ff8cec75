// Tabs of open tickets, the same on every device; two tickets side by side; what was opened last.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { GUISES, look } from "./look.mjs";
import { NARROW, open, until } from "./support.mjs";

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

const strip = (page) => page.locator("#open-tabs");
const tab = (page, ticket) => strip(page).locator(`[data-tab="${ticket.number}"]`);
const order = (page) => strip(page).locator("[data-tab]").evaluateAll((tabs) => tabs.map(({ dataset }) => dataset.tab));
const address = (ticket) => `/agent/tickets/${ticket.number}`;

/** So many fresh tickets, and the agent's desk without any tab. */
async function desk(count, options) {
  const tickets = [];
  for (let index = 0; index < count; index += 1) tickets.push(await product.ticket(TENANT, { title: `Tab number ${index}` }));
  const page = await product.visit(TENANT, "agent", options);
  const cleared = await product.api(TENANT, "agent", "PUT", "/api/users/me/tabs", { tickets: [] });
  assert.equal(cleared.status, 200, cleared.text);
  return { page, tickets };
}

const kept = async () => (await product.api(TENANT, "agent", "GET", "/api/users/me/tabs")).json.data.map(({ number }) => number);
const saved = (wanted) => until(`the tabs ${wanted.join(" ")}`, async () => (await kept()).join() === wanted.join());
const numbers = (...tickets) => tickets.map(({ number }) => number);

test("what is opened stays as a tab, on every device, and is switched, moved and closed", async () => {
  const { page, tickets } = await desk(3);
  const [one, two, three] = tickets;
  for (const ticket of tickets) {
    await page.goto(address(ticket));
    await tab(page, ticket).locator('a[aria-current="page"]').waitFor();
  }
  assert.deepEqual(await order(page), numbers(one, two, three));
  await saved(numbers(one, two, three));
  await tab(page, one).locator("a").click();
  await page.waitForURL(`**${address(one)}`);
  await page.locator("body").press("Shift+J");
  await page.waitForURL(`**${address(two)}`);
  await page.locator("body").press("Shift+K");
  await page.waitForURL(`**${address(one)}`);
  // By arrows, and carried by them.
  await tab(page, one).locator("a").focus();
  await page.keyboard.press("ArrowRight");
  assert.ok(await tab(page, two).locator("a").evaluate((link) => link === document.activeElement));
  await page.keyboard.press("Shift+ArrowRight");
  assert.deepEqual(await order(page), numbers(one, three, two));
  await saved(numbers(one, three, two));
  await tab(page, two).dragTo(tab(page, one));
  await saved(numbers(two, one, three));
  await tab(page, three).locator("a").focus();
  await page.keyboard.press("Delete");
  await saved(numbers(two, one));
  await tab(page, two).locator("a").click({ button: "middle" });
  await saved(numbers(one));
  const other = await product.visit(TENANT, "agent");
  await other.goto("/agent/tickets?queue=all");
  await tab(other, one).waitFor();
  await other.context().close();
  // The last one closes to the list.
  await tab(page, one).getByRole("button").click();
  await page.waitForURL("**/agent/tickets?queue=mine");
  await saved([]);
  await page.context().close();
});

test("tabs show what changed and what was begun", async () => {
  const { page, tickets } = await desk(2);
  const [one, two] = tickets;
  await page.goto(address(one));
  await page.locator("form[data-composer] textarea").fill("Begun and not sent");
  await tab(page, one).getByText("Draft").waitFor({ state: "attached" });
  await until("the draft", async () => (await product.api(TENANT, "agent", "GET", `/api/tickets/${one.number}/draft`)).json?.data?.body === "Begun and not sent");
  await page.goto(address(two));
  await tab(page, two).waitFor();
  await product.change(TENANT, one.number, { priority: "low" }, "manager");
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(address(two));
  await tab(page, one).getByText("changed").waitFor({ state: "attached" });
  await tab(page, one).getByText("Draft").waitFor({ state: "attached" });
  await page.context().close();
});

test("beside a list a tab opens its ticket there, and what does not fit is in a menu", async () => {
  const { page, tickets } = await desk(9);
  await product.api(TENANT, "agent", "PUT", "/api/users/me/tabs", { tickets: numbers(...tickets) });
  await page.goto("/agent/tickets?queue=all");
  await tab(page, tickets[0]).locator("a").click();
  await page.locator(`#pane[data-address="${address(tickets[0])}"]`).waitFor();
  assert.ok(await page.locator("#list").isVisible());
  await tab(page, tickets[1]).locator("a").click();
  await page.locator(`#pane[data-address="${address(tickets[1])}"]`).waitFor();
  await strip(page).locator("summary").click();
  await tab(page, tickets[8]).locator("a").click();
  await page.locator(`#pane[data-address="${address(tickets[8])}"]`).waitFor();
  // What is open is never folded away.
  assert.ok(await strip(page).locator(`[data-tabs] [data-tab="${tickets[8].number}"]`).isVisible());
  await page.goBack();
  await page.waitForURL("**/agent/tickets?queue=all");
  await page.setViewportSize(NARROW);
  await until("one tab or two beside the menu", async () => (await strip(page).locator("[data-tabs] [data-tab]").count()) <= 2);
  await page.context().close();
});

test("two tickets stand side by side, each with its own composer, and going back works", async () => {
  const { page, tickets } = await desk(3);
  const [one, two, three] = tickets;
  for (const ticket of [two, one]) {
    await page.goto(address(ticket));
    await tab(page, ticket).waitFor();
  }
  await page.locator("body").press("Shift+S");
  await page.waitForURL("**/agent/split?left=*");
  await page.locator(".split-choose").getByRole("link", { name: "Tab number 1" }).first().click();
  await page.waitForURL(`**/agent/split?left=${one.number}&right=${two.number}`);
  const half = (side) => page.frameLocator(`iframe[data-half="${side}"]`);
  for (const [side, words] of [["left", "To the first"], ["right", "To the second"]]) {
    await half(side).locator("form[data-composer] textarea").fill(words);
    assert.equal(await half(side).locator(".work-nav").isVisible(), false);
  }
  await until("both drafts", async () => {
    const bodies = [];
    for (const ticket of [one, two]) bodies.push((await product.api(TENANT, "agent", "GET", `/api/tickets/${ticket.number}/draft`)).json?.data?.body);
    return bodies.join() === "To the first,To the second";
  });
  // A half that goes on to another ticket takes the address along; going back leads to where it was.
  await page.evaluate((path) => document.querySelector('iframe[data-half="right"]').contentWindow.location.assign(path), address(three));
  await page.waitForURL(`**/agent/split?left=${one.number}&right=${three.number}`);
  await page.goBack();
  await page.waitForURL(`**/agent/split?left=${one.number}&right=${two.number}`);
  await page.locator('[data-split-close="left"]').click();
  await page.waitForURL(`**${address(two)}`);
  await page.context().close();
});

test("of two windows neither takes the other's tabs away", async () => {
  const { page, tickets } = await desk(4);
  const [one, two, three, four] = tickets;
  await page.goto(address(one));
  await tab(page, one).waitFor();
  await saved(numbers(one));
  const other = await page.context().newPage();
  product.watch(other);
  await other.goto(address(two));
  await tab(other, two).waitFor();
  await saved(numbers(one, two));
  // What the first window knows is a moment old, and no longer true.
  await page.goto(address(three));
  await tab(page, three).waitFor();
  await saved(numbers(one, two, three));
  await other.goto(address(four));
  await tab(other, four).waitFor();
  await saved(numbers(one, two, three, four));
  await tab(page, three).locator("a").focus();
  await page.keyboard.press("Shift+Home");
  await saved(numbers(three, one, two, four));
  await tab(other, one).locator("a").focus();
  await other.keyboard.press("Delete");
  await saved(numbers(three, two, four));
  await page.context().close();
});

test("arrows reach tabs that are folded away, and the open one stays in sight", async () => {
  const { page, tickets } = await desk(9);
  await product.api(TENANT, "agent", "PUT", "/api/users/me/tabs", { tickets: numbers(...tickets) });
  await page.goto(address(tickets[0]));
  await tab(page, tickets[8]).waitFor({ state: "attached" });
  const hasFocus = (ticket) => strip(page).locator(`[data-tabs] [data-tab="${ticket.number}"] a`).evaluate((link) => link === document.activeElement);
  await tab(page, tickets[0]).locator("a").focus();
  await page.keyboard.press("End");
  assert.ok(await hasFocus(tickets[8]), "End does not reach the last tab");
  await page.keyboard.press("ArrowLeft");
  assert.ok(await hasFocus(tickets[7]), "the arrow does not reach the tab before it");
  assert.ok(await strip(page).locator(`[data-tabs] [data-tab="${tickets[0].number}"]`).isVisible());
  await page.context().close();
});

test("the open ticket's tab is moved by clicks alone", async () => {
  const { page, tickets } = await desk(3);
  const [one, two, three] = tickets;
  await product.api(TENANT, "agent", "PUT", "/api/users/me/tabs", { tickets: numbers(one, two, three) });
  await page.goto(address(one));
  await tab(page, three).waitFor();
  await strip(page).locator("summary").click();
  const later = strip(page).getByRole("button", { name: "Move the tab later" });
  const earlier = strip(page).getByRole("button", { name: "Move the tab earlier" });
  assert.equal(await earlier.getAttribute("aria-disabled"), "true");
  await later.click();
  await saved(numbers(two, one, three));
  assert.ok(await later.evaluate((button) => button === document.activeElement), "the focus is lost");
  await later.click();
  await saved(numbers(two, three, one));
  assert.equal(await later.getAttribute("aria-disabled"), "true");
  await earlier.click();
  await saved(numbers(two, one, three));
  assert.deepEqual(await look(page, "the menu of tabs", [GUISES[0], GUISES[3]]), []);
  await page.context().close();
});

test("a tab is put beside the open ticket with Alt, and by dropping it there", async () => {
  const { page, tickets } = await desk(2);
  const [one, two] = tickets;
  await page.goto(address(one));
  await tab(page, one).waitFor();
  await page.goto(address(two));
  await tab(page, two).waitFor();
  await tab(page, one).locator("a").click({ modifiers: ["Alt"] });
  await page.waitForURL(`**/agent/split?left=${two.number}&right=${one.number}`);
  await page.goto(address(two));
  await tab(page, one).dragTo(page.locator("[data-ticket] h1"));
  await page.waitForURL(`**/agent/split?left=${two.number}&right=${one.number}`);
  await page.context().close();
});

test("what was opened last is in the menu, in the palette and on a page", async () => {
  const { page, tickets } = await desk(2);
  const [one, two] = tickets;
  for (const ticket of [one, two]) {
    await page.goto(address(ticket));
    await tab(page, ticket).waitFor();
  }
  await page.goto("/agent/tickets?queue=mine");
  await page.locator("[data-recent] > summary").click();
  await page.locator(".recent-menu a").first().waitFor();
  assert.deepEqual((await page.locator(".recent-menu a bdi").allTextContents()).slice(0, 2), numbers(two, one));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("group", { name: "Recently viewed" }).getByRole("option").first().getByText(two.number).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${address(two)}`);
  const plain = await product.visit(TENANT, "agent", { javaScript: false });
  await plain.goto("/agent/recent");
  await plain.getByRole("link", { name: "Tab number 0" }).first().click();
  await plain.waitForURL("**/agent/tickets/*");
  await plain.context().close();
  await page.context().close();
});

for (const [language, tenant] of [["ru", "acme"], ["en", "globex"], ["ar", "nour"]])
  test(`${language}: tabs, halves and the last tickets stay in their width and axe-core has no serious finding`, async () => {
    const findings = [];
    const tickets = [];
    for (let index = 0; index < 8; index += 1) tickets.push(await product.ticket(tenant, { title: `A tab with rather a long title ${index}` }));
    const put = await product.api(tenant, "agent", "PUT", "/api/users/me/tabs", { tickets: numbers(...tickets) });
    assert.equal(put.status, 200, put.text);
    const page = await product.visit(tenant, "agent");
    await page.goto(address(tickets[1]));
    await tab(page, tickets[1]).waitFor();
    findings.push(...(await look(page, `${language} tabs`)));
    for (const path of ["/agent/recent", `/agent/split?left=${tickets[0].number}`, `/agent/split?left=${tickets[0].number}&right=${tickets[1].number}`]) {
      await page.goto(path, { waitUntil: "load" });
      findings.push(...(await look(page, `${language} ${path.replace(/left=.*right=.*/, "both").replace(/left=.*/, "one")}`, GUISES)));
    }
    await page.context().close();
    assert.deepEqual(findings, []);
  });

test("nothing went wrong on any page", () => assert.deepEqual(product.trouble, []));
