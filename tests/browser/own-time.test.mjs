// An agent's own time: a ticket that is put off, reminders, a checklist, time that was spent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, until } from "./support.mjs";

const TENANT = "globex";
let product;
let round = 0;

before(async () => {
  product = await open();
});
after(() => product?.stop());

/** A ticket that is the agent's, open on the agent's page. */
async function opened() {
  round += 1;
  const ticket = await product.ticket(TENANT, { title: `Own time ${round}`, priority: "low" });
  const page = await product.visit(TENANT, "agent");
  await page.goto(`/agent/tickets/${ticket.number}`);
  await page.keyboard.press("i");
  await page.locator('#side select[name="assignee"] option[selected]:checked').first().waitFor({ state: "attached" });
  await page.waitForFunction(() => document.querySelector('#side select[name="assignee"]')?.value === document.body.dataset.user);
  return { ticket, page };
}

const panel = (page, name) => page.locator(`#panel-${name}`);

test("a ticket is put off by keyboard, leaves one's own queue and comes back to it", async () => {
  const { ticket, page } = await opened();
  await page.locator("h1").click();
  await page.keyboard.press("z");
  await panel(page, "later").getByRole("button", { name: /Until the client answers/ }).click();
  await panel(page, "later").getByRole("button", { name: "Bring it back now" }).waitFor();
  await page.locator("#head .chip", { hasText: "Put off" }).waitFor();
  await page.goto("/agent/tickets?queue=mine");
  assert.equal(await page.locator(`tr[data-href="/agent/tickets/${ticket.number}"]`).count(), 0);
  await page.goto("/agent/tickets?queue=snoozed");
  await page.locator(`tr[data-href="/agent/tickets/${ticket.number}"]`).waitFor();
  await page.goto(`/agent/tickets/${ticket.number}/later`);
  await page.getByRole("button", { name: "Bring it back now" }).click();
  await page.goto("/agent/tickets?queue=mine");
  await page.locator(`tr[data-href="/agent/tickets/${ticket.number}"]`).waitFor();
  await page.context().close();
});

test("a reminder is written beside a ticket, stands in the list and is done with", async () => {
  const { page } = await opened();
  await panel(page, "later").locator("summary").first().click();
  await panel(page, "later").getByLabel("Of what").fill("Call the client");
  await panel(page, "later").locator("form[action='/agent/reminders']").getByRole("button", { name: /Next Monday/ }).click();
  await panel(page, "later").getByText("Call the client").first().waitFor();
  await page.goto("/agent/reminders");
  await page.getByRole("button", { name: "Done: Call the client" }).first().click();
  await page.locator("[data-flash]").waitFor();
  await page.context().close();
});

test("a moment that is refused says why beside its field, in the panel", async () => {
  const { page } = await opened();
  await panel(page, "later").locator("summary").first().click();
  await panel(page, "later").getByLabel("Of what").fill("Ask again");
  await panel(page, "later").locator("form[action='/agent/reminders']").getByRole("button", { name: /Next Monday/ }).click();
  await panel(page, "later").getByText("Ask again").first().waitFor();
  const row = panel(page, "later").locator(".reminder", { hasText: "Ask again" });
  await row.locator("summary").click();
  await row.locator('input[name="when_at"]').fill("2020-01-01T10:00");
  await row.locator(".later-own button").click();
  await row.getByRole("alert").waitFor();
  assert.equal(await row.locator('input[name="when_at"]').getAttribute("aria-invalid"), "true");
  assert.ok(await row.locator('input[name="when_at"]').evaluate((field) => field === document.activeElement));
  await page.context().close();
});

test("a checklist grows, is ticked and warns before its ticket is resolved; a colleague sees it live", async () => {
  const { ticket, page } = await opened();
  const colleague = await product.visit(TENANT, "manager");
  await colleague.goto(`/agent/tickets/${ticket.number}`);
  await panel(colleague, "checklist").locator("summary").first().click();
  await panel(colleague, "checklist").getByLabel("New item").waitFor();
  await panel(page, "checklist").locator("summary").first().click();
  for (const text of ["First", "Second"]) {
    await panel(page, "checklist").getByLabel("New item").fill(text);
    await panel(page, "checklist").getByRole("button", { name: "Add" }).click();
    await panel(page, "checklist").locator(".check-item", { hasText: text }).waitFor();
  }
  await panel(page, "checklist").getByRole("checkbox", { name: "First" }).click();
  await panel(page, "checklist").locator("s", { hasText: "First" }).waitFor();
  await panel(colleague, "checklist").locator("s", { hasText: "First" }).waitFor();
  await page.goto(`/agent/tickets/${ticket.number}`);
  await page.locator("#side").getByText("One item of the checklist is still open.").waitFor();
  await page.context().close();
  await colleague.context().close();
});

test("a timer survives a reload, and what it counted is written down", async () => {
  const { ticket, page } = await opened();
  await panel(page, "time").locator("summary").first().click();
  await panel(page, "time").getByRole("button", { name: "Start the timer" }).click();
  await panel(page, "time").getByRole("button", { name: "Stop and write down" }).waitFor();
  await page.reload();
  await panel(page, "time").locator("summary").first().click();
  await panel(page, "time").getByRole("button", { name: "Stop and write down" }).click();
  await panel(page, "time").locator(".links li").first().waitFor();
  await page.goto(`/agent/time?ticket=${ticket.number}`);
  assert.equal(await page.locator("tbody tr").count(), 1);
  await page.context().close();
});

/** What has the focus: its id, or what it is called. */
const focus = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute("aria-label") || document.activeElement?.tagName);
const focused = (page, what) => until(`the focus on ${what}`, async () => (await focus(page)) === what);
const told = (page, words) => page.locator("#toasts", { hasText: words }).waitFor({ state: "attached" });
/** Opens a panel and waits for what it fetches. */
async function unfold(page, name, first) {
  await panel(page, name).locator("summary").first().click();
  await panel(page, name).locator(first).waitFor();
}

test("after each thing that is sent in a panel the focus goes on there, letters stay text, and the result is told", async () => {
  const { page } = await opened();
  await unfold(page, "checklist", "#item-text");
  const list = panel(page, "checklist");
  await list.locator("#item-text").fill("First");
  await page.keyboard.press("Enter");
  await list.locator(".check-item", { hasText: "First" }).waitFor();
  await focused(page, "item-text");
  await told(page, "0 of 1");
  await page.keyboard.type("i am text");
  assert.equal(await list.locator("#item-text").inputValue(), "i am text", "the field takes the next one at once");
  await list.getByRole("button", { name: "Add" }).click();
  await list.locator(".check-item", { hasText: "i am text" }).waitFor();
  await focused(page, "item-text");

  await list.getByRole("checkbox", { name: "First" }).focus();
  await page.keyboard.press("Space");
  await list.locator("s", { hasText: "First" }).waitFor();
  await focused(page, "First");
  await told(page, "1 of 2");
  await list.getByLabel("Change: First").click();
  await list.getByRole("button", { name: "Down" }).click();
  await list.locator(".check-item:last-child", { hasText: "First" }).waitFor();
  await focused(page, "Change: First");

  await unfold(page, "time", "#time-minutes");
  const time = panel(page, "time");
  await time.locator("#time-minutes").fill("soon");
  await time.getByRole("button", { name: "Write down" }).click();
  await time.getByText("Write minutes (90)").waitFor();
  await focused(page, "time-minutes");
  await time.locator("#time-minutes").fill("30");
  await time.getByRole("button", { name: "Write down" }).click();
  await time.locator(".links li").first().waitFor();
  await focused(page, "time-minutes");
  await told(page, "The time is written down.");
  await page.context().close();
});

test("what is typed in an open panel outlives what others do, and the closing of the panel", async () => {
  const { ticket, page } = await opened();
  await product.watching(page, `/agent/tickets/${ticket.number}`);
  await unfold(page, "checklist", "#item-text");
  await unfold(page, "time", "#time-note");
  const note = panel(page, "time").locator("#time-note");
  await note.fill("Half a thought");
  await page.locator("h1").click();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const again = page.waitForResponse((response) => response.url().endsWith("/checklist"));
  await product.change(TENANT, ticket.number, { priority: "high" });
  await again;
  await page.waitForFunction(() => document.querySelector("#s-priority")?.value === "high");
  assert.deepEqual(asked.filter((path) => path.endsWith("/time")), []);
  assert.equal(await note.inputValue(), "Half a thought");

  const lid = panel(page, "time").locator("summary").first();
  await lid.click();
  await note.waitFor({ state: "hidden" });
  await lid.click();
  await note.waitFor();
  // Another form of the panel is sent: the one that was begun stays.
  await panel(page, "time").getByRole("button", { name: "Start the timer" }).click();
  await panel(page, "time").getByRole("button", { name: "Discard" }).waitFor();
  assert.equal(await note.inputValue(), "Half a thought");
  const since = panel(page, "time").locator(".chip time");
  assert.equal(await since.getAttribute("data-relative"), null, "since when is a moment, not a while ago");
  await panel(page, "time").getByRole("button", { name: "Discard" }).click();
  await panel(page, "time").getByRole("button", { name: "Start the timer" }).waitFor();
  await page.context().close();
});

test("what is sent twice is done once: time, an item, a reminder", async () => {
  const { ticket, page } = await opened();
  await unfold(page, "time", "#time-minutes");
  const time = panel(page, "time");
  await time.locator("#time-minutes").fill("30");
  let sent = 0;
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(`**/agent/tickets/${ticket.number}/time`, async (route) => {
    if (route.request().method() === "POST") {
      sent += 1;
      await held;
    }
    await route.continue();
  });
  const write = time.getByRole("button", { name: "Write down" });
  await write.click();
  await write.click();
  await until("it to be on its way", () => sent > 0);
  release();
  await time.locator(".links li").first().waitFor();
  assert.equal(sent, 1, "while it is on its way the form does nothing");
  await page.unroute(`**/agent/tickets/${ticket.number}/time`);

  // And without browser code: the same form comes twice.
  for (const [path, action, fields, found, count] of [
    ["time", `/agent/tickets/${ticket.number}/time`, { minutes: "45" }, "[data-panel-body] .links li", 2],
    ["checklist", `/agent/tickets/${ticket.number}/checklist`, { text: "Only once", do: "add" }, ".check-item", 1],
    ["later", "/agent/reminders", { text: "Only once", when: "monday" }, ".reminder", 1],
  ]) {
    await page.goto(`/agent/tickets/${ticket.number}/${path}`);
    const statuses = await page.evaluate(
      async ([to, typed]) => {
        const body = new URLSearchParams(new FormData(document.querySelector(`form[action="${to}"]:has([name=once])`)));
        for (const [name, value] of Object.entries(typed)) body.set(name, value);
        const send = async () => (await fetch(to, { method: "POST", body })).status;
        return [await send(), await send()];
      },
      [action, fields],
    );
    assert.deepEqual(statuses, [200, 200], path);
    await page.goto(`/agent/tickets/${ticket.number}/${path}`);
    assert.equal(await page.locator(found).count(), count, path);
  }
  await page.context().close();
});

test("other words for an item that were refused stay at the item, with the reason", async () => {
  const { ticket, page } = await opened();
  const items = `/api/tickets/${ticket.number}/checklist`;
  assert.equal((await product.api(TENANT, "manager", "POST", items, { text: "First" })).status, 201);
  await page.goto(`/agent/tickets/${ticket.number}`);
  await unfold(page, "checklist", "#item-text");
  const list = panel(page, "checklist");
  await list.getByLabel("Change: First").click();
  await list.locator("#item-1").fill("My words");
  assert.equal((await product.api(TENANT, "manager", "PATCH", `${items}/1`, { text: "Their words" })).status, 200);
  await list.locator(".check-item").getByRole("button", { name: "Save" }).click();
  await list.locator("#item-1-error").waitFor();
  assert.equal(await list.locator("#item-1").inputValue(), "My words");
  await focused(page, "item-1");
  assert.equal(await list.locator("#item-text").getAttribute("aria-invalid"), null, "nothing is wrong with a new item");
  await list.locator(".check-item bdi", { hasText: "Their words" }).first().waitFor();
  await list.locator(".check-item").getByRole("button", { name: "Save" }).click();
  await list.locator(".check-item bdi", { hasText: "My words" }).first().waitFor();
  await focused(page, "Change: My words");
  await page.context().close();
});

test("each entry of time is changed by a pencil of its own name", async () => {
  const { ticket, page } = await opened();
  for (const minutes of [30, 65]) assert.equal((await product.api(TENANT, "agent", "POST", "/api/time", { ticket: ticket.number, minutes })).status, 201);
  for (const address of [`/agent/tickets/${ticket.number}/time`, `/agent/time?ticket=${ticket.number}`]) {
    await page.goto(address);
    for (const spent of ["30 min", "1 h 5 min"]) assert.equal(await page.getByRole("link", { name: new RegExp(`^Change the entry: .+, ${spent}$`) }).count(), 1, `${address}: ${spent}`);
  }
  await page.context().close();
});
