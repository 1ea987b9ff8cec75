// Without a mouse: an agent's work and a client's, each from signing in to the answer, by the keyboard alone.
import assert from "node:assert/strict";
import process from "node:process";
import { after, before, test } from "node:test";
import { open } from "./support.mjs";

/** Nothing that a person needs lies further away than so many steps. */
const TABS_MAX = 80;
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

/** What has the focus, as a person would name it, and whether it shows that it has. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return { shown: true };
    // A field that looks through its label, a radio behind its star and a text that fills its box are shown by what is seen of them.
    const seen = [element, element.closest("label"), element.nextElementSibling, element.closest(".composer")].filter(Boolean);
    const shown = seen.some((each) => {
      const { outlineStyle, boxShadow } = getComputedStyle(each);
      return outlineStyle !== "none" || boxShadow !== "none";
    });
    return { shown, html: element.outerHTML.slice(0, 120) };
  });

/** Steps on until the focus is on `target`; every stop on the way must be seen to have it. */
async function tabTo(page, target, key = "Tab") {
  for (let steps = 0; steps < TABS_MAX; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    const { shown, html } = await focused(page);
    assert.ok(shown, `the focus cannot be seen: ${html}`);
  }
  assert.fail(`no ${target} within ${TABS_MAX} steps`);
}

async function type(page, label, text) {
  await tabTo(page, label);
  await page.keyboard.type(text);
}

/** Chooses in a select that has the focus, by the first letters of the option. */
async function pick(page, select, letters) {
  await tabTo(page, select);
  await page.keyboard.type(letters);
}

async function signIn(page, { username, password }) {
  await page.goto("/login");
  await type(page, page.getByLabel("E-mail or user name"), username);
  await type(page, page.getByLabel("Password"), password);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname !== "/login");
}

test("a client signs in, writes a ticket, answers in it and finds it again", async () => {
  const page = await product.visit("globex", null);
  await signIn(page, product.login("globex", "client"));
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "skip", "the first stop is not the way past the navigation");
  await tabTo(page, page.locator("main").getByRole("link", { name: "New ticket" }).first());
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tickets/new");
  await type(page, page.getByLabel("Title"), "Written without a mouse");
  await type(page, page.getByLabel("Description"), "Every key works.");
  await pick(page, page.getByLabel("Priority"), "High");
  await tabTo(page, page.locator("[data-send]"));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/tickets\/GLOBEX-\d+/);
  await page.locator("#head").getByText("High").waitFor();

  await type(page, page.getByLabel("Your message"), "And this is my answer.");
  await page.keyboard.press("Control+Enter");
  await page.locator("#conversation").getByText("And this is my answer.").waitFor();
  await page.waitForLoadState("load");

  await tabTo(page, page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "My tickets" }));
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/tickets");
  await tabTo(page, page.locator("main").getByRole("link", { name: "Written without a mouse" }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/tickets\/GLOBEX-\d+/);
  await page.context().close();
});

test("a client rates and closes a ticket", async () => {
  const ticket = await product.ticket("globex");
  await product.change("globex", ticket.number, { status: "resolved" });
  const page = await product.visit("globex", "client");
  await page.goto(`/tickets/${ticket.number}`);
  await tabTo(page, page.locator("#star-5"));
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  const chosen = await page.locator('input[name="score"]:checked').getAttribute("value");
  await type(page, page.getByLabel("Comment"), "By keyboard.");
  await tabTo(page, page.getByRole("button", { name: "Send rating" }));
  await page.keyboard.press("Enter");
  await page.getByText("Thank you for rating.").waitFor();
  const given = (await product.api("globex", "agent", "GET", `/api/tickets/${ticket.number}/rating`)).json;
  assert.equal(`${given.score} ${given.comment}`, `${chosen} By keyboard.`);

  await tabTo(page, page.getByRole("button", { name: "Close ticket" }));
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  assert.ok(await page.getByRole("button", { name: "Close ticket" }).evaluate((element) => element === document.activeElement), "the focus is lost behind the dialog");
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Yes, go on" }));
  await page.keyboard.press("Enter");
  await page.locator("#head").getByText("Closed").waitFor();
  await page.context().close();
});

test("an agent signs in and works the queue: j, k and Enter open, r writes, Ctrl+Enter sends, u goes back", async () => {
  const first = await product.ticket("globex", { title: "The older one" });
  const second = await product.ticket("globex", { title: "The newer one" });
  const page = await product.visit("globex", null);
  await signIn(page, product.login("globex", "agent"));
  await tabTo(page, page.locator(".work-nav").getByRole("link", { name: /^Unassigned/ }));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/agent/tickets?queue=unassigned*");
  await page.locator("#list").evaluate((list) => (list.dataset.former = "yes"));
  await pick(page, page.getByLabel("Order"), "Newest");
  await page.locator("#list:not([data-former])").waitFor();
  await page.locator(`tr[data-href$="${second.number}"]`).waitFor();
  // The select still takes letters for itself.
  await page.keyboard.press("Escape");
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
  await page.keyboard.type("We are looking into it.");
  await page.keyboard.press("Control+Enter");
  await page.locator("#conversation").getByText("We are looking into it.").waitFor();
  await page.waitForLoadState("load");
  await page.keyboard.press("n");
  assert.ok(await page.locator('input[name="visibility"][value="internal"]').isChecked());
  await page.keyboard.type("Looks like missing rights.");
  await page.keyboard.press("Control+Enter");
  await page.locator("#conversation .entry-note").getByText("Looks like missing rights.").waitFor();
  await page.waitForLoadState("load");
  await page.keyboard.press("Shift+?");
  await page.locator("#keys[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("u");
  await page.waitForURL("**/agent/tickets?queue=*");
  await page.context().close();

  const { json } = await product.api("globex", "client", "GET", `/api/tickets/${first.number}/comments`);
  assert.ok(!JSON.stringify(json).includes("missing rights"), "a note reached the client");
});

test("an agent solves ten tickets: j and Enter open, r writes, the answer goes out with the status, and the keys are shown where they act", async () => {
  const tickets = [];
  for (let nth = 0; nth < 10; nth += 1) {
    const { number } = await product.ticket("globex", { title: `The ${nth + 1}. of ten` });
    await product.change("globex", number, { tags: ["ten"], status: "in_progress" });
    tickets.push(number);
  }
  const page = await product.visit("globex", "agent");
  await page.goto("/agent/tickets?queue=all&status=open&tag=ten");
  const begun = Date.now();
  for (let left = 10; left > 0; left -= 1) {
    await page.waitForFunction((wanted) => document.querySelectorAll("#list tr[data-href]").length === wanted, left);
    if (!(await page.locator("tr.cursor").count())) await page.keyboard.press("j");
    const number = (await page.locator("tr.cursor").getAttribute("data-href")).split("/").at(-1);
    await page.keyboard.press("Enter");
    await page.locator(`#head:has-text("${number}")`).waitFor();
    if (left === 10) {
      for (const id of ["status", "priority", "assignee", "tags"]) assert.equal(await page.locator(`#side label[for="s-${id}"] kbd`).innerText(), id[0].toUpperCase(), `no key at ${id}`);
      assert.equal(await page.locator('[data-open="escalate"] kbd').textContent(), "E");
    }
    await page.keyboard.press("r");
    await page.waitForFunction(() => document.activeElement?.id === "body");
    await page.keyboard.type("Mended; please look again.");
    await tabTo(page, page.locator("[data-send-menu] > summary"));
    await page.keyboard.press("Enter");
    await tabTo(page, page.locator('[data-send-menu] button[value="resolved"]'));
    await page.keyboard.press("Enter");
    await page.locator("#head").getByText("Resolved").waitFor();
    assert.equal((await product.look("globex", number)).status, "resolved");
  }
  process.stdout.write(`Ten tickets by keyboard: ${((Date.now() - begun) / 1000).toFixed(0)} s\n`);
  await page.waitForFunction(() => document.querySelectorAll("#list tr[data-href]").length === 0);
  for (const number of tickets) assert.equal((await product.look("globex", number)).status, "resolved");
  await page.context().close();
});

test("an agent ticks rows with x, changes them, and comes to the menu of a ticket and through its dialog", async () => {
  const ticket = await product.ticket("globex", { title: "For the menu" });
  await product.change("globex", ticket.number, { tags: ["by-keys"] });
  const page = await product.visit("globex", "agent");
  await page.goto("/agent/tickets?queue=all&tag=by-keys");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  const bar = page.getByRole("group", { name: "Change the selected tickets" });
  await pick(page, bar.getByLabel("Set priority"), "Low");
  await tabTo(page, bar.getByRole("button", { name: "Apply" }));
  await page.keyboard.press("Enter");
  await page.getByText("1 ticket changed.").waitFor();
  // The words are there before the script that listens to keys.
  await page.waitForLoadState();

  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/agent/tickets/${ticket.number}`);
  await tabTo(page, page.locator("summary", { hasText: "Actions" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: "Escalate" }));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Escalate" });
  await dialog.waitFor();
  await type(page, dialog.getByLabel("Reason"), "Typed, not clicked.");
  await tabTo(page, dialog.getByRole("button", { name: "Escalate" }));
  await page.keyboard.press("Enter");
  await page.getByText("Escalated.", { exact: true }).waitFor();
  assert.equal((await product.look("globex", ticket.number)).escalation.reason, "Typed, not clicked.");

  await tabTo(page, page.locator("summary", { hasText: "Actions" }));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("details[data-menu][open]").count(), 0, "Escape does not close the menu");
  await page.context().close();
});

test("the keys work on a keyboard of other letters, too", async () => {
  await product.ticket("acme");
  const page = await product.visit("acme", "agent");
  await page.goto("/agent/tickets?queue=all");
  await page.locator("tr[data-href]").first().waitFor();
  await page.evaluate(() => document.dispatchEvent(new KeyboardEvent("keydown", { key: "о", code: "KeyJ", bubbles: true })));
  assert.equal(await page.locator("tr.cursor").count(), 1);
  // Where the system chooses the colours, neither grounds nor shadows say which row it is.
  await page.emulateMedia({ forcedColors: "active" });
  assert.equal(await page.locator("tr.cursor").evaluate((row) => getComputedStyle(row).outlineStyle), "solid");
  await page.context().close();
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
