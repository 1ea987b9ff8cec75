// Saved views, a ticket beside its list, lists without end, and taking back what was done to many tickets.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, open, until } from "./support.mjs";

const TENANT = "globex";
let product;
let round = 0;

before(async () => {
  product = await open();
});
after(() => product?.stop());

async function tagged(count, fields = {}) {
  round += 1;
  const tag = `views-${round}`;
  const tickets = [];
  for (let made = 0; made < count; made += 1) {
    const ticket = await product.ticket(TENANT, { title: `Ticket ${made} of ${tag}`, priority: "medium", ...fields });
    await product.change(TENANT, ticket.number, { tags: [tag] });
    tickets.unshift(ticket);
  }
  return { tag, tickets };
}

const box = (page, ticket) => page.getByRole("checkbox", { name: `Select ${ticket.number}` });
const toast = (page) => page.locator(".toast");

test("a filtered list becomes a view of the navigation with its number, is changed, moved and deleted", async () => {
  const { tag } = await tagged(2, { priority: "critical" });
  const page = await product.visit(TENANT, "agent");
  await page.goto(`/agent/tickets?queue=all&tag=${tag}`);
  await page.locator("#filters select[name=priority]").selectOption("critical");
  await page.waitForURL(/priority=critical/);
  await page.getByRole("link", { name: "Save as view" }).click();
  await page.getByLabel("Name").fill("Burning");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { level: 1, name: "Burning" }).waitFor();
  const entry = page.locator(".work-nav").getByRole("link", { name: "Burning" });
  assert.equal(await entry.getAttribute("aria-current"), "page");
  await entry.getByText("2").waitFor();
  assert.equal(await page.locator("tr[data-href]").count(), 2);
  await page.getByRole("link", { name: "Edit view" }).click();
  await page.getByLabel("Group by").selectOption("priority");
  await page.getByLabel("SLA", { exact: true }).last().uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("rowheader", { name: "Critical" }).waitFor();
  assert.ok(!(await page.locator(".c-sla").first().isVisible()), "a column that was left out is shown");
  await page.goto("/agent/views/new?status=new");
  await page.getByLabel("Name").fill("Fresh");
  await page.getByRole("button", { name: "Save" }).click();
  await page.goto("/agent/views");
  const own = page.getByRole("region", { name: "Your views" });
  await page.getByRole("button", { name: "Move “Fresh” up" }).click();
  const names = async () => (await own.locator("li > a.cut").allTextContents()).slice(-2);
  await until("the other order", async () => (await names()).join() === "Fresh,Burning");
  await own.getByRole("link", { name: "Edit: Burning" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Yes, go on" }).click();
  await until("one view fewer", async () => !(await own.locator("li > a.cut").allTextContents()).includes("Burning"));
  await page.context().close();
});

test("what is to be deleted is asked about, even if the button is pressed before the scripts have come", async () => {
  const view = await product.api(TENANT, "agent", "POST", "/api/views", { name: "Pressed early", conditions: { status: "new" } });
  assert.equal(view.status, 201, view.text);
  const page = await product.visit(TENANT, "agent");
  const held = Promise.withResolvers();
  await page.route(/\/assets\/build\/app[^/]*\.js$/, async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.goto(`/agent/views/${view.json.id}`, { waitUntil: "commit" });
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  held.resolve();
  const question = page.getByRole("dialog");
  await question.getByRole("button", { name: "Cancel" }).click();
  await question.waitFor({ state: "hidden" });
  const kept = await product.api(TENANT, "agent", "GET", "/api/views");
  assert.ok(kept.json.data.some(({ id }) => id === view.json.id), "the view is gone");
  await product.api(TENANT, "agent", "DELETE", `/api/views/${view.json.id}`);
  await page.context().close();
});

test("a ticket whose page was fetched ahead is seen when it is shown, and not by a press that is given up", async () => {
  const { tag, tickets } = await tagged(1);
  const [ticket] = tickets;
  const page = await product.visit(TENANT, "agent");
  await product.watching(page, `/agent/tickets?queue=all&tag=${tag}`);
  const isOpened = async () => (await product.api(TENANT, "agent", "GET", "/api/tickets/recent")).json.data.some(({ number }) => number === ticket.number);
  const link = page.locator("main").getByRole("link", { name: ticket.title });
  const ahead = page.waitForRequest((request) => request.headers()["x-purpose"] === "prefetch");
  await link.hover();
  await page.mouse.down();
  await (await ahead).response();
  await page.mouse.move(700, 4, { steps: 5 });
  await page.mouse.up();
  assert.equal(await isOpened(), false, "a press that showed nothing is a look");
  await link.click();
  await page.locator("#pane").getByRole("heading", { level: 1, name: ticket.title }).waitFor();
  await until("the look to be told", isOpened);
  await page.context().close();
});

test("tickets that stood beside the list leave nothing behind that listens", async () => {
  const { tag, tickets } = await tagged(4);
  const page = await product.visit(TENANT, "agent");
  await product.watching(page, `/agent/tickets?queue=all&tag=${tag}`);
  const session = await page.context().newCDPSession(page);
  const listening = async () => {
    const { result } = await session.send("Runtime.evaluate", { expression: "window" });
    const { listeners } = await session.send("DOMDebugger.getEventListeners", { objectId: result.objectId });
    return listeners.map(({ type }) => type).filter((type) => ["online", "pagehide", "pageshow", "beforeunload"].includes(type)).sort();
  };
  const show = async (ticket) => {
    await page.locator("#list").getByRole("link", { name: ticket.title }).click();
    await page.locator("#pane").getByRole("heading", { level: 1, name: ticket.title }).waitFor();
  };
  await show(tickets[0]);
  const before = await listening();
  for (const ticket of tickets.slice(1)) await show(ticket);
  assert.deepEqual(await listening(), before);
  await page.context().close();
});

test("a ticket opens beside its list, by mouse and by keyboard, and going back closes it", async () => {
  const { tag, tickets } = await tagged(3);
  const page = await product.visit(TENANT, "agent");
  await product.watching(page, `/agent/tickets?queue=all&sort=-created_at&tag=${tag}`);
  const list = page.url();
  await page.locator("main").getByRole("link", { name: tickets[0].title }).click();
  const pane = page.locator("#pane");
  await pane.getByRole("heading", { level: 1, name: tickets[0].title }).waitFor();
  assert.equal(new URL(page.url()).pathname, `/agent/tickets/${tickets[0].number}`);
  assert.equal(await page.locator("#list tr[data-href]").count(), 3, "the list is gone");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await pane.getByRole("heading", { level: 1, name: tickets[1].title }).waitFor();
  // An answer is written without leaving the list.
  await pane.locator("#body").fill("We are looking into it.");
  await pane.getByRole("button", { name: "Send", exact: true }).click();
  await pane.locator("#conversation").getByText("We are looking into it.").waitFor();
  assert.equal(await page.locator("#list tr[data-href]").count(), 3);
  await page.goBack();
  await pane.waitFor({ state: "hidden" });
  assert.equal(page.url(), list);
  // The border between them moves by keyboard, and stays where it was put.
  await page.locator("main").getByRole("link", { name: tickets[2].title }).click();
  await pane.getByRole("heading", { level: 1, name: tickets[2].title }).waitFor();
  const split = page.getByRole("separator", { name: "Width of the list" });
  const before = Number(await split.getAttribute("aria-valuenow"));
  await split.focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(Number(await split.getAttribute("aria-valuenow")), before + 2);
  await page.reload();
  await page.getByRole("heading", { level: 1, name: tickets[2].title }).waitFor();
  await page.goto(list);
  await page.locator("main").getByRole("link", { name: tickets[2].title }).click();
  await pane.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(Number(await split.getAttribute("aria-valuenow")), before + 2);
  await page.context().close();
});

test("in a narrow window and without JavaScript a row leads to the ticket's page", async () => {
  const { tag, tickets } = await tagged(1);
  for (const how of [{ viewport: NARROW }, { javaScript: false }]) {
    const page = await product.visit(TENANT, "agent", how);
    await page.goto(`/agent/tickets?queue=all&tag=${tag}`);
    await page.locator("main").getByRole("link", { name: tickets[0].title }).click();
    await page.getByRole("heading", { level: 1, name: tickets[0].title }).waitFor();
    assert.equal(await page.locator("#list").count(), 0);
    await page.context().close();
  }
});

test("what has changed since one looked is marked, and looking takes the mark away", async () => {
  const { tag, tickets } = await tagged(1);
  const page = await product.visit(TENANT, "agent");
  await page.goto(`/agent/tickets/${tickets[0].number}`);
  await product.watching(page, `/agent/tickets?queue=all&tag=${tag}`);
  const row = page.locator("#list tr[data-href]");
  assert.doesNotMatch(await row.getAttribute("data-marks"), /unread/);
  await product.change(TENANT, tickets[0].number, { priority: "high" }, "manager");
  await page.locator('#list tr[data-marks~="unread"]').waitFor();
  await page.locator("main").getByRole("link", { name: tickets[0].title }).click();
  await page.locator("#pane h1").waitFor();
  await until("no mark", async () => !/unread/.test(await row.getAttribute("data-marks")));
  await page.context().close();
});

test("a list goes on as one scrolls, keeps what is ticked, and no step holds the page up", async () => {
  const page = await product.visit(TENANT, "agent");
  await page.addInitScript(() => {
    window.long = [];
    new PerformanceObserver((entries) => window.long.push(...entries.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });
  });
  await page.goto("/agent/tickets?queue=all&status=");
  const rows = page.locator("#list tr[data-href]");
  const first = await rows.count();
  await page.locator('#list input[name="ticket"]').first().check();
  await page.evaluate(() => (window.long = []));
  await page.mouse.move(700, 500);
  await until("the end of the list", async () => {
    await page.mouse.wheel(0, 1_500);
    return (await page.locator('#list .pager a[rel="next"]').count()) === 0;
  });
  assert.ok((await rows.count()) > first, "no further rows");
  const ids = await rows.evaluateAll((all) => all.map((row) => row.id));
  assert.equal(new Set(ids).size, ids.length, "a ticket stands in the list twice");
  const long = await page.evaluate(() => window.long);
  console.log(`long tasks while scrolling: ${long.map(Math.round).join(", ") || "none"}`);
  await page.evaluate(() => window.scrollTo(0, 0));
  assert.ok(await page.locator('#list input[name="ticket"]').first().isChecked());
  await page.context().close();
});

test("a list that is brought up to date while its next page is on its way gets that page once", async () => {
  // Three pages of the list.
  const { tag, tickets } = await tagged(51);
  const page = await product.visit(TENANT, "agent");
  await page.goto(`/agent/tickets?queue=all&tag=${tag}`);
  const next = await page.locator('#list .pager a[rel="next"]').evaluate((link) => link.href);
  const held = Promise.withResolvers();
  let asked = 0;
  await page.route(next, async (route) => {
    asked += 1;
    await held.promise;
    await route.continue();
  });
  const toEnd = () => page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await toEnd();
  await until("the next page to be asked for", () => asked === 1);
  await page.evaluate(() => document.dispatchEvent(new Event("workernet:refreshed")));
  await until("the page to be asked for by whoever watches the list now", () => asked === 2);
  held.resolve();
  await page.locator("#list .chunk").first().waitFor();
  await until("the end of the list", async () => {
    await toEnd();
    return (await page.locator('#list .pager a[rel="next"]').count()) === 0;
  });
  assert.equal(await page.locator("#list tr[data-href]").count(), tickets.length);
  assert.equal(await page.locator("#list .chunk").count(), 2, "a page was put below twice");
  await page.context().close();
});

test("a piece of a list that was let go comes back without a second heading of the group that it goes on with", async () => {
  // A page of the list and two rows more, all of one group.
  const { tag, tickets } = await tagged(27);
  const view = await product.api(TENANT, "agent", "POST", "/api/views", { name: "One group", conditions: { tag }, group_by: "priority" });
  assert.equal(view.status, 201, view.text);
  const page = await product.visit(TENANT, "agent", { bypassCSP: true });
  await page.goto(`/agent/tickets?view=${view.json.id}`);
  // Pieces are let go when they are far away: a page of high rows is far.
  await page.addStyleTag({ content: "#list tr[data-href] { height: 400px; }" });
  const headings = page.locator("#list tr.group");
  const piece = page.locator("#list .chunk");
  const toEnd = () => page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await toEnd();
  await piece.locator("table").waitFor();
  assert.equal(await page.locator("#list tr[data-href]").count(), tickets.length);
  assert.equal(await headings.count(), 1);
  await page.evaluate(() => window.scrollTo(0, 0));
  await piece.locator("table").waitFor({ state: "detached" });
  await toEnd();
  await piece.locator("table").waitFor();
  assert.equal(await page.locator("#list tr[data-href]").count(), tickets.length);
  assert.equal(await headings.count(), 1);
  await product.api(TENANT, "agent", "DELETE", `/api/views/${view.json.id}`);
  await page.context().close();
});

test("what was done to many tickets is taken back, but for what somebody has changed since", async () => {
  const { tag, tickets } = await tagged(3);
  const page = await product.visit(TENANT, "agent");
  await product.watching(page, `/agent/tickets?queue=all&sort=-created_at&tag=${tag}`);
  for (const ticket of tickets) await box(page, ticket).check();
  await page.getByLabel("Set priority").selectOption("Critical");
  await page.getByRole("button", { name: "Apply" }).click();
  await toast(page).getByText("3 tickets changed.").waitFor();
  await product.change(TENANT, tickets[2].number, { priority: "low" }, "manager");
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await toast(page).getByText(`Not taken back, changed meanwhile: ${tickets[2].number}`).waitFor();
  for (const [ticket, priority] of [[tickets[0], "medium"], [tickets[1], "medium"], [tickets[2], "low"]])
    assert.equal((await product.look(TENANT, ticket.number)).priority, priority);
  await page.context().close();
});

test("rows are dragged onto a queue and onto a state", async () => {
  const { tag, tickets } = await tagged(2);
  const page = await product.visit(TENANT, "agent");
  await product.watching(page, `/agent/tickets?queue=all&sort=-created_at&tag=${tag}`);
  for (const ticket of tickets) await box(page, ticket).check();
  await page.locator(`#list tr[data-href$="/${tickets[0].number}"] .c-status`).dragTo(page.locator('.work-nav [data-drop="assignee=me"]'));
  await toast(page).getByText("2 tickets changed.").waitFor();
  const { name } = product.login(TENANT, "agent");
  for (const ticket of tickets) assert.equal((await product.look(TENANT, ticket.number)).assignee?.name, name);
  await page.locator(`#list tr[data-href$="/${tickets[1].number}"] .c-status`).dragTo(page.locator('.work-nav [data-drop="status=waiting_customer"]'));
  await until("the other state", async () => (await product.look(TENANT, tickets[1].number)).status === "waiting_customer");
  await page.context().close();
});

test("nothing went wrong on any page", () => assert.deepEqual(product.trouble, []));
