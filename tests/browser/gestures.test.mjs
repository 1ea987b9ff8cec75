// What fingers do on telephones: the bar at the bottom, rows that are swept aside, and a page that is pulled down.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, open, overflow, until } from "./support.mjs";

let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

const TOUCH = { viewport: NARROW, touch: true };

/** A finger that goes down at `from`, over `by` in steps, and up again. */
async function sweep(page, from, by, { steps = 8 } = {}) {
  const session = await page.context().newCDPSession(page);
  const at = (part) => [{ x: from.x + by.x * part, y: from.y + by.y * part }];
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(0) });
  for (let step = 1; step <= steps; step += 1) await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(step / steps) });
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await session.detach();
}

async function middle(row) {
  await row.scrollIntoViewIfNeeded();
  const box = await row.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("on a narrow screen the portal's places are a bar at the bottom, over nothing that can be pressed", async () => {
  for (const [tenant, dark] of [["acme", false], ["nour", true]]) {
    const page = await product.visit(tenant, "client", { ...TOUCH, dark });
    for (const path of ["/", "/tickets", "/tickets/new", "/profile"]) {
      await page.goto(path);
      const bar = await page.locator(".portal-nav").boundingBox();
      assert.equal(Math.round(bar.y + bar.height), NARROW.height, path);
      assert.equal(Math.round(bar.width), NARROW.width);
      const links = await page.locator(".portal-nav a:visible").all();
      assert.equal(links.length, 4, path);
      for (const link of links) {
        const { width, height } = await link.boundingBox();
        assert.ok(width >= 44 && height >= 44, `${width} x ${height}`);
      }
      assert.equal(await page.locator(".portal-nav [aria-current]").getAttribute("href"), path);
      assert.deepEqual(await overflow(page), []);
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      const foot = await page.locator(".portal-foot").boundingBox();
      assert.ok(foot.y + foot.height <= bar.y + 1, `${path}: the end of the page lies under the bar`);
    }
    await page.context().close();
  }
  const wide = await product.visit("acme", "client");
  await wide.goto("/");
  assert.equal(await wide.locator('.portal-nav a[href="/profile"]').isVisible(), false);
  assert.ok((await wide.locator(".portal-nav").boundingBox()).y < 80, "on a wide screen it stays on top");
  await wide.context().close();
});

test("a member of the desk sweeps a row to themselves, another to resolved, and takes that back", async () => {
  const ticket = await product.ticket("globex", { title: "Swept aside" });
  const page = await product.visit("globex", "agent", TOUCH);
  await page.goto("/agent/tickets?queue=all");
  const row = page.locator(`tr[data-href$="/${ticket.number}"]`);
  const state = async () => (await product.api("globex", "agent", "GET", `/api/tickets/${ticket.number}`)).json;
  const start = await middle(row);
  await sweep(page, start, { x: 40, y: 0 });
  await sweep(page, start, { x: 5, y: -60 });
  assert.equal((await state()).assignee, null, "a short way means nothing, and so does one up or down");
  assert.equal(new URL(page.url()).pathname, "/agent/tickets", "and no row was pressed");
  await sweep(page, await middle(row), { x: 130, y: 0 });
  await until("the ticket to be assigned", async () => (await state()).assignee !== null);
  await page.goto("/agent/tickets?queue=all");
  const answer = await product.api("globex", "agent", "POST", `/api/tickets/${ticket.number}/comments`, { body: "Done.", visibility: "public" });
  assert.equal(answer.status, 201);
  await page.goto("/agent/tickets?queue=all");
  await sweep(page, await middle(row), { x: -130, y: 0 });
  await until("the ticket to be resolved", async () => (await state()).status === "resolved");
  await page.locator("#toasts button").click();
  await until("that to be taken back", async () => (await state()).status !== "resolved");
  assert.equal(await page.locator(".swipe-hint").count(), 0);
  await page.context().close();
});

test("a client sweeps a row to its answer, from right to left where the page is read so", async () => {
  for (const [tenant, sign] of [["globex", 1], ["nour", -1]]) {
    const ticket = await product.ticket(tenant, { title: "Swept to the answer" });
    const page = await product.visit(tenant, "client", TOUCH);
    await page.goto("/tickets");
    await sweep(page, await middle(page.locator(`tr[data-href$="/${ticket.number}"]`)), { x: sign * 130, y: 0 });
    await page.waitForURL((url) => url.pathname === `/tickets/${ticket.number}` && url.hash === "#reply");
    await page.context().close();
  }
});

test("the installed app loads a page anew that is pulled down, and a browser's own page does not twice", async () => {
  for (const installed of [true, false]) {
    const page = await product.visit("globex", "client", TOUCH);
    await page.addInitScript((is) => {
      const asked = window.matchMedia.bind(window);
      window.matchMedia = (query) => (query === "(display-mode: standalone)" ? { ...asked(query), matches: is } : asked(query));
    }, installed);
    await page.goto("/tickets");
    await page.evaluate(() => (window.before = true));
    await sweep(page, { x: 180, y: 120 }, { x: 0, y: 60 });
    assert.equal(await page.evaluate(() => window.before), true, "a short way means nothing");
    await sweep(page, { x: 180, y: 120 }, { x: 0, y: 260 });
    if (installed) await until("the page to be loaded anew", () => page.evaluate(() => window.before === undefined && document.readyState === "complete").catch(() => false));
    else assert.equal(await page.evaluate(() => window.before), true);
    await page.context().close();
  }
});

test("nothing on these pages complains", () => assert.deepEqual(product.trouble, []));
