// The desk's pages with JavaScript and without: a conversation longer than a page, the rows of a calendar, what fails on the way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, until } from "./support.mjs";

let product;
/** A ticket with 104 messages, "Сообщение №1" to "Сообщение №104". */
let long;
let calendar;

before(async () => {
  product = await open();
  const answer = await product.api("acme", "client", "POST", "/api/tickets", { title: "Долгая переписка", description: "С чего всё началось." });
  assert.equal(answer.status, 201, answer.text);
  long = answer.json.number;
  for (let index = 1; index <= 104; index += 1) {
    const { status, text } = await product.api("acme", "agent", "POST", `/api/tickets/${long}/comments`, { body: `Сообщение №${index}.` });
    assert.equal(status, 201, text);
  }
  const hours = { name: "Офис", zone: "Europe/Moscow", week: { monday: [{ start: "09:00", end: "18:00" }] }, holidays: [{ date: "2027-05-01", name: "Первомай" }], overrides: [{ date: "2027-03-06", name: "Рабочая суббота", intervals: [{ start: "10:00", end: "15:00" }] }] };
  const made = await product.api("acme", "admin", "POST", "/api/sla/calendars", hours);
  assert.equal(made.status, 201, made.text);
  calendar = made.json.id;
});
after(() => product?.stop());

/** The numbers of the messages on the page, from top to bottom. */
const numbers = (page) => page.locator("#conversation .entry").evaluateAll((entries) => entries.map((entry) => /№(\d+)/.exec(entry.textContent)?.[1]).filter(Boolean).map(Number));
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const stored = async () => (await product.api("acme", "admin", "GET", `/api/sla/calendars/${calendar}`)).json;

test("without JavaScript the older messages are a page of their own, with a way back", async () => {
  for (const [role, path] of [["agent", `/agent/tickets/${long}`], ["client", `/tickets/${long}`]]) {
    const page = await product.visit("acme", role, { javaScript: false });
    await page.goto(path);
    assert.deepEqual(await numbers(page), range(5, 104));
    await page.click(".talk-older a");
    assert.deepEqual(await numbers(page), range(1, 4));
    assert.equal(await page.locator("#conversation").getByText("С чего всё началось.").count(), 1);
    assert.equal(await page.locator(".talk-older").count(), 0);
    await page.click(".talk-newest a");
    assert.deepEqual(await numbers(page), range(5, 104));
    await page.context().close();
  }
});

test("with JavaScript the older messages come above what is read, take the focus, and stay when the page follows a change", async () => {
  const page = await product.visit("acme", "agent");
  await product.watching(page, `/agent/tickets/${long}`);
  await page.locator(".talk-older a").focus();
  await page.keyboard.press("Enter");
  await until("the older messages", async () => (await numbers(page)).length === 104);
  assert.deepEqual(await numbers(page), range(1, 104));
  assert.equal(await page.locator(".talk-older").count(), 0);
  assert.ok(await page.evaluate(() => document.activeElement?.matches(".talk-part .talk-part")), "the focus is on what came");
  assert.equal(await page.locator("#conversation").getByText("С чего всё началось.").count(), 1);
  const answer = await product.api("acme", "client", "POST", `/api/tickets/${long}/comments`, { body: "Сообщение №105." });
  assert.equal(answer.status, 201, answer.text);
  await page.locator("#conversation").getByText("Сообщение №105.").waitFor();
  assert.deepEqual(await numbers(page), range(1, 105));
  assert.equal(await page.locator(".talk-older").count(), 0);
  await page.context().close();
});

test("a part of a page that cannot be fetched is told in words, and the page stays", async () => {
  const page = await product.visit("acme", "agent");
  await page.goto("/agent/tickets?queue=all");
  await page.selectOption('#filters select[name="priority"]', "high");
  await page.waitForURL("**priority=high**");
  const rows = await page.locator("#list tr[data-href]").count();
  await page.route("**/agent/tickets?*", (route) => route.abort());
  await page.selectOption('#filters select[name="priority"]', "low");
  await page.locator("#toasts .toast").waitFor();
  assert.equal(await page.locator("#list tr[data-href]").count(), rows);
  await page.context().close();
});

test("a refused preview shows its fault without a reload", async () => {
  const page = await product.visit("acme", "agent");
  await page.goto("/agent/sla/policies");
  await page.evaluate(() => document.querySelector('#preview input[name="created_at"]').setAttribute("type", "text"));
  await page.fill('#preview input[name="created_at"]', "tomorrow");
  await page.click("#preview .form-actions button");
  await page.locator("#preview .error").waitFor();
  await page.context().close();
});

test("rows of a calendar are added and removed by hand, and without JavaScript by ticks and empty rows", async () => {
  const page = await product.visit("acme", "admin");
  await page.goto(`/agent/sla/calendars/${calendar}`);
  const overrides = page.locator("[data-row-group]", { has: page.locator('[name="override_date"]') });
  await overrides.locator("[data-row-remove]").first().click();
  assert.ok(await page.evaluate(() => document.activeElement?.getAttribute("name") === "override_date"), "the focus stays in the list");
  await overrides.locator("[data-row-add]").click();
  const last = overrides.locator("tbody tr").last();
  await last.locator('[name="override_date"]').fill("2027-03-09");
  await last.locator('[name="override_name"]').fill("Инвентаризация");
  await page.click(".form-actions .button-primary");
  await page.locator("[data-flash]").waitFor();
  assert.deepEqual((await stored()).overrides, [{ date: "2027-03-09", intervals: [], name: "Инвентаризация" }]);
  await page.context().close();

  const plain = await product.visit("acme", "admin", { javaScript: false });
  await plain.goto(`/agent/sla/calendars/${calendar}`);
  await plain.locator('[name="override_remove"]').first().check();
  await plain.locator('[name="holiday_date"]').nth(1).fill("2027-01-07");
  await plain.locator('[name="holiday_name"]').nth(1).fill("Рождество");
  await plain.locator('[name="holiday_yearly"]').nth(1).selectOption("yes");
  await plain.click(".form-actions .button-primary");
  await plain.locator("[data-flash]").waitFor();
  const { overrides: none, holidays } = await stored();
  assert.deepEqual(none, []);
  assert.deepEqual(holidays.map(({ date, yearly, name }) => [date ?? yearly, name]), [["2027-05-01", "Первомай"], ["01-07", "Рождество"]]);
  await plain.context().close();
});

test("the keyboard reaches the bar for selected tickets, and everything focused on the way shows it", async () => {
  const page = await product.visit("acme", "agent");
  await page.goto("/agent/tickets?queue=all");
  await page.keyboard.press("Tab");
  assert.ok(await page.locator(".skip").evaluate((link) => document.activeElement === link && link.getBoundingClientRect().top >= 0), "the way past the navigation comes first and shows");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("b");
  assert.equal(await page.evaluate(() => document.activeElement?.closest(".bulk") !== null), true);
  await page.goto(`/agent/tickets/${long}`);
  // Everything that can be focused shows a ring, on itself or on the label or box that stands for it.
  await page.keyboard.press("Tab");
  const blind = [];
  const end = await page.locator("a[href], button, input, select, textarea, summary").count();
  for (let step = 0; step < Math.min(end, 400); step += 1) {
    const found = await page.evaluate(() => {
      const here = document.activeElement;
      if (!here || here === document.body) return "";
      const ring = (element) => {
        if (!element) return false;
        const style = getComputedStyle(element);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
      };
      return ring(here) || ring(here.closest("label")) || ring(here.closest(".composer")) ? "" : here.outerHTML.slice(0, 120);
    });
    if (found) blind.push(found);
    if (await page.evaluate(() => document.activeElement?.matches("#side details:last-of-type > summary"))) break;
    await page.keyboard.press("Tab");
  }
  assert.deepEqual(blind, []);
  await page.context().close();
});

test("no page complained of anything", () => {
  // The request that was cut off on purpose is told of by the browser, and by htmx.
  assert.deepEqual(product.trouble.filter((words) => !/net::ERR_FAILED|htmx:(sendError|afterRequest)/.test(words)), []);
});
