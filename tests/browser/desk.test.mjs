// How an agent works beside colleagues and against the clock: what others do comes into the open page, and nothing typed is lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, until } from "./support.mjs";

let product;
let number = 0;

before(async () => {
  product = await open();
});
after(() => product?.stop());

/** A fresh ticket of the tenant's client. */
function fresh(tenant, fields = {}) {
  number += 1;
  return product.ticket(tenant, { title: `Отчёт ${number} не формируется`, description: "Пишет: нет данных за период.", ...fields });
}

test("another agent's answer comes into the open page, and who looks at a ticket is named, but never oneself", async () => {
  const ticket = await fresh("acme");
  const page = await product.visit("acme", "agent");
  await product.watching(page, `/agent/tickets/${ticket.number}`);
  const colleague = await product.visit("acme", "manager");
  await product.watching(colleague, `/agent/tickets/${ticket.number}`);
  await page.locator("#presence").getByText(product.login("acme", "manager").name).waitFor();
  assert.ok(!(await page.locator("#presence").innerText()).includes(product.login("acme", "agent").name));
  await page.fill("#body", "Недописанный ответ");
  await colleague.fill("#body", "Ответ коллеги.");
  await colleague.keyboard.press("Control+Enter");
  await page.locator("#conversation").getByText("Ответ коллеги.").waitFor();
  assert.equal(await page.inputValue("#body"), "Недописанный ответ");
  await colleague.context().close();
  await page.locator("#presence").waitFor({ state: "hidden" });
  await page.context().close();
});

test("a new ticket comes into an open list without a reload", async () => {
  const page = await product.visit("acme", "agent");
  await product.watching(page, "/agent/tickets?queue=unassigned&sort=-created_at");
  const ticket = await fresh("acme", { title: "Появился сам собой" });
  await page.locator(`tr[data-href="/agent/tickets/${ticket.number}"]`).getByText("Появился сам собой").waitFor();
  await page.context().close();
});

test("the SLA clock ticks without a reload and turns to overdue by itself", async () => {
  const ticket = await fresh("globex", { title: "Clock", priority: "critical" });
  const page = await product.visit("globex", "agent");
  await page.clock.install({ time: new Date() });
  await page.goto(`/agent/tickets/${ticket.number}`);
  const clock = page.locator("#side [data-clock][data-left]").first();
  const sentence = page.locator("#side .clock", { has: page.locator("[data-clock][data-left]") }).first().locator("[data-clock-business]");
  const business = await sentence.innerText();
  const before = { text: await clock.innerText(), left: Number(await clock.getAttribute("data-left")), until: await clock.getAttribute("data-until") };
  assert.ok(before.left > 0);
  await page.clock.fastForward(11 * 60_000);
  if (before.until) {
    await until("the clock to move", async () => (await clock.innerText()) !== before.text);
    await until("the sentence to follow", async () => (await sentence.innerText()) !== business);
  }
  else assert.equal(await clock.innerText(), before.text, "outside of business hours the clock stands still");
  // A calendar that is open round the clock: business time is wall time until the deadline and beyond.
  await clock.evaluate((element) => (element.dataset.until = String(Date.now() + 86_400_000 * 30)));
  await page.clock.fastForward(before.left + 60_000);
  await page.locator("#side .sla-breached").first().waitFor();
  assert.equal(await sentence.count(), 0, "nothing is left of what was promised");
  await page.context().close();
});

test("filters narrow the list without a reload and stand in its address, and a line that is down is told", async () => {
  const ticket = await fresh("acme", { title: "Единственный с такой меткой" });
  await product.change("acme", ticket.number, { tags: ["редкая-метка"] });
  const page = await product.visit("acme", "agent");
  await page.goto("/agent/tickets?queue=all&sort=-created_at");
  await page.evaluate(() => (globalThis.sameDocument = true));
  const rows = page.locator("tr[data-href]");
  await page.getByLabel("Метка", { exact: true }).fill("редкая-метка");
  await page.getByLabel("Метка", { exact: true }).press("Enter");
  await until("one row", async () => (await rows.count()) === 1);
  await page.getByRole("link", { name: "Единственный с такой меткой" }).waitFor();
  assert.equal(new URL(page.url()).searchParams.get("tag"), "редкая-метка");
  assert.ok(await page.evaluate(() => globalThis.sameDocument), "the page was loaded anew");

  await page.route("**/agent/tickets?**", (route) => route.abort("internetdisconnected"));
  await page.getByLabel("Приоритет", { exact: true }).first().selectOption("low");
  await page.locator("#toasts .toast").waitFor();
  assert.equal(await rows.count(), 1, "the list that was there is gone");
  await page.unroute("**/agent/tickets?**");
  await page.reload();
  await until("the same row after a reload", async () => (await rows.count()) === 1);
  await page.context().close();
});

test("two agents who change the same ticket: the second is told, and loses nothing that was typed", async () => {
  const ticket = await fresh("acme");
  const page = await product.visit("acme", "agent", { javaScript: false });
  await page.goto(`/agent/tickets/${ticket.number}`);
  const answer = await product.api("acme", "manager", "PATCH", `/api/tickets/${ticket.number}`, { priority: "low" }, { "if-match": `"${ticket.version}"` });
  assert.equal(answer.status, 200, answer.text);
  await page.fill("#s-tags", "мой-тег");
  await page.locator("[data-save]").click();
  await page.locator(".note-box-danger, .form-error, [role=alert]").first().waitFor();
  assert.equal(await page.inputValue("#s-tags"), "мой-тег");
  await page.context().close();
});

/** What the browser and htmx say of a line that a test has cut. */
const OF_THE_LINE = /ERR_INTERNET_DISCONNECTED|htmx:(afterRequest|sendError)/;

test("no page complained of anything", () => assert.deepEqual(product.trouble.filter((line) => !OF_THE_LINE.test(line)), []));
