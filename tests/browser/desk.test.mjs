// How an agent works: by keyboard alone, beside colleagues, against the clock, with files of every size.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, until, WAIT_MS } from "./support.mjs";

let product;
let number = 0;

before(async () => {
  product = await open();
});
after(() => product?.stop());

/** A fresh ticket of the tenant's client, by the API. */
async function fresh(tenant, fields = {}) {
  number += 1;
  const body = { title: `Отчёт ${number} не формируется`, description: "Пишет: нет данных за период.", priority: "high", ...fields };
  const answer = await product.api(tenant, "client", "POST", "/api/tickets", body);
  assert.equal(answer.status, 201, answer.text);
  return answer.json;
}

/** What the page's own session gets under that address. */
const download = (page, path) =>
  page.evaluate(async (address) => {
    const answer = await fetch(address);
    return { status: answer.status, disposition: answer.headers.get("content-disposition"), text: await answer.text() };
  }, path);

/** Opens a page and waits until its live socket has said what it looks at. */
async function watching(page, path) {
  const socket = page.waitForEvent("websocket");
  await page.goto(path);
  const live = await socket;
  if (/\/tickets\/[A-Z]+-\d+/.test(path)) await live.waitForEvent("framesent");
  return live;
}

test("the queue is worked by keyboard alone: j, k and Enter open, r writes, Ctrl+Enter sends, u goes back", async () => {
  const first = await fresh("acme");
  const second = await fresh("acme");
  const page = await product.visit("acme", "agent");
  await page.goto("/agent/tickets?queue=unassigned&sort=-created_at");
  await page.locator("tr[data-href]").first().waitFor();
  await page.keyboard.press("j");
  assert.equal(await page.locator("tr.cursor").getAttribute("data-href"), `/agent/tickets/${second.number}`);
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("j");
  assert.equal(await page.locator("tr.cursor").getAttribute("data-href"), `/agent/tickets/${first.number}`);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/agent/tickets/${first.number}`);
  await page.keyboard.press("r");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "body");
  await page.keyboard.type("Проверяем отчёт.");
  await page.keyboard.press("Control+Enter");
  await page.locator("#conversation").getByText("Проверяем отчёт.").waitFor();
  await page.waitForLoadState("load");
  await page.keyboard.press("n");
  assert.ok(await page.locator('input[name="visibility"][value="internal"]').isChecked());
  await page.keyboard.type("Похоже на права доступа.");
  await page.keyboard.press("Control+Enter");
  await page.locator("#conversation .entry-note").getByText("Похоже на права доступа.").waitFor();
  await page.waitForLoadState("load");
  await page.keyboard.press("Shift+?");
  await page.locator("#keys[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("u");
  await page.waitForURL("**/agent/tickets?queue=*");
  await page.context().close();

  const { json } = await product.api("acme", "client", "GET", `/api/tickets/${first.number}/comments`);
  assert.ok(!JSON.stringify(json).includes("Похоже на права"), "a note reached the client");
});

test("another agent's answer comes into the open page, and who looks at a ticket is named, but never oneself", async () => {
  const ticket = await fresh("acme");
  const page = await product.visit("acme", "agent");
  await watching(page, `/agent/tickets/${ticket.number}`);
  const colleague = await product.visit("acme", "manager");
  await watching(colleague, `/agent/tickets/${ticket.number}`);
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
  await watching(page, "/agent/tickets?queue=unassigned&sort=-created_at");
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
  const before = { text: await clock.innerText(), left: Number(await clock.getAttribute("data-left")), until: await clock.getAttribute("data-until") };
  assert.ok(before.left > 0);
  await page.clock.fastForward(11 * 60_000);
  if (before.until) await until("the clock to move", async () => (await clock.innerText()) !== before.text);
  else assert.equal(await clock.innerText(), before.text, "outside of business hours the clock stands still");
  // A calendar that is open round the clock: business time is wall time until the deadline and beyond.
  await clock.evaluate((element) => (element.dataset.until = String(Date.now() + 86_400_000 * 30)));
  await page.clock.fastForward(before.left + 60_000);
  await page.locator("#side .sla-breached").first().waitFor();
  await page.context().close();
});

test("a small file goes ahead of the reply and hangs on it", async () => {
  const ticket = await fresh("acme");
  const page = await product.visit("acme", "agent");
  await page.goto(`/agent/tickets/${ticket.number}`);
  await page.setInputFiles('#reply input[type="file"]', { name: "журнал.txt", mimeType: "text/plain", buffer: Buffer.from("строка журнала\n".repeat(100)) });
  await page.locator('.upload input[name="upload"]').waitFor({ state: "attached" });
  await page.fill("#body", "Во вложении журнал.");
  await page.click("[data-send]");
  const file = page.locator("#conversation a", { hasText: "журнал.txt" });
  await file.waitFor();
  const got = await download(page, await file.getAttribute("href"));
  assert.equal(got.status, 200);
  assert.match(got.disposition, /^attachment/);
  assert.equal(got.text, "строка журнала\n".repeat(100));
  await page.context().close();
});

test("a file of 12 MB goes in pieces, shows how far it is, and arrives whole", async () => {
  const ticket = await fresh("acme");
  const page = await product.visit("acme", "agent");
  await page.goto(`/agent/tickets/${ticket.number}`);
  const pieces = [];
  page.on("request", (request) => {
    if (request.method() === "PATCH") pieces.push(request.url());
  });
  const size = 12 * 1024 * 1024;
  await page.setInputFiles('#reply input[type="file"]', { name: "dump.log", mimeType: "text/plain", buffer: Buffer.alloc(size, "0123456789abcde\n") });
  await page.locator(".upload progress").waitFor();
  await page.locator('.upload input[name="upload"]').waitFor({ state: "attached", timeout: 4 * WAIT_MS });
  assert.ok(pieces.length >= 2, `${pieces.length} pieces`);
  await page.fill("#body", "Большой журнал.");
  await page.click("[data-send]");
  const file = page.locator("#conversation a", { hasText: "dump.log" });
  await file.waitFor();
  const got = await download(page, await file.getAttribute("href"));
  assert.equal(got.text.length, size);
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

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
