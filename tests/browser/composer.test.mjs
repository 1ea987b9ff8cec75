// Writing: drafts on every device, messages that are taken back or go later, two agents who answer at once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { look } from "./look.mjs";
import { NARROW, open, until } from "./support.mjs";

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

/** A fresh ticket on a page of `role`. */
async function at(role, { ticket, ...options } = {}) {
  const shown = ticket ?? (await product.ticket(TENANT));
  const page = await product.visit(TENANT, role, options);
  await product.watching(page, `/agent/tickets/${shown.number}`);
  return { page, ticket: shown };
}

const body = (page) => page.locator("#body");
const conversation = (page, words) => page.locator("#conversation").getByText(words);
const draft = (role, number) => product.api(TENANT, role, "GET", `/api/tickets/${number}/draft`).then(({ json }) => json.data);
const kept = (role, number, words) => until(`the draft "${words}"`, async () => (await draft(role, number))?.body === words);

/** Somebody of the desk with seconds to take messages back, on a page that ends with the test. */
async function undoing(role, seconds, work) {
  const page = await product.visit(TENANT, role);
  await product.undo(page, seconds);
  try {
    await work();
  } finally {
    await product.undo(page, 0);
    await page.context().close();
  }
}

test("what is begun on one device waits on another, and in no browser's storage", async () => {
  const { page, ticket } = await at("agent");
  await page.locator("#reply label", { hasText: "Note" }).click();
  await body(page).fill("A thought that is not ready");
  await page.getByText("Draft kept").waitFor();
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.ok(!stored.includes("A thought"), stored);
  const { page: other } = await at("agent", { ticket });
  assert.equal(await body(other).inputValue(), "A thought that is not ready");
  assert.ok(await other.locator('#reply input[value="internal"]').isChecked());

  await body(other).fill("A thought that is ready");
  await kept("agent", ticket.number, "A thought that is ready");
  await body(page).pressSequentially(", not at all");
  await page.locator(".draft-other", { hasText: "A thought that is ready" }).waitFor();
  await page.locator(".draft-other button").click();
  assert.equal(await body(page).inputValue(), "A thought that is ready");
  await kept("agent", ticket.number, "A thought that is ready");

  await page.keyboard.press("Control+Enter");
  await conversation(page, "A thought that is ready").waitFor();
  assert.equal(await body(page).inputValue(), "");
  assert.equal(await draft("agent", ticket.number), null);
  await other.context().close();
  await page.context().close();
});

test("what is typed at the last moment is kept when the page is left", async () => {
  const { page, ticket } = await at("agent");
  await body(page).fill("On the way out");
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto("/agent/tickets");
  await kept("agent", ticket.number, "On the way out");
  await page.context().close();
});

test("a message is taken back before it goes out, and is in the editor again", async () => {
  await undoing("agent", 30, async () => {
    const { page, ticket } = await at("agent");
    await body(page).fill("Too early");
    await page.click("[data-send]");
    const waiting = page.locator("#pending .pending");
    await waiting.getByText("Too early").waitFor();
    await waiting.getByText(/Goes out in \d+ seconds?/).waitFor();
    const { page: colleague } = await at("manager", { ticket });
    await colleague.locator("#pending").getByText("Too early").waitFor();
    assert.equal(await colleague.locator("#pending [data-undo]").count(), 0);
    await waiting.getByRole("button", { name: "Undo" }).click();
    await page.getByText("The message is in the editor again").waitFor();
    assert.equal(await body(page).inputValue(), "Too early");
    await until("the colleague to see it go", async () => (await colleague.locator("#pending .pending").count()) === 0);
    assert.equal(await conversation(page, "Too early").count(), 0);
    await colleague.context().close();
    await page.context().close();
  });
});

test("a message that is not taken back goes out by itself, before everybody's eyes", async () => {
  await undoing("agent", 5, async () => {
    const { page, ticket } = await at("agent");
    await body(page).fill("Meant as it is");
    await page.keyboard.press("Control+Enter");
    await page.locator("#pending").getByText("Meant as it is").waitFor();
    await conversation(page, "Meant as it is").waitFor();
    await until("nothing to wait", async () => (await page.locator("#pending .pending").count()) === 0);
    const { comments } = await product.look(TENANT, ticket.number, "comments");
    assert.equal((comments.data ?? comments).length, 1);
    await page.context().close();
  });
});

test("a message waits for tomorrow, and goes at once when its writer says so", async () => {
  const { page } = await at("agent");
  await body(page).fill("Good morning");
  await page.click("[data-send-menu] > summary");
  await page.getByRole("button", { name: /Tomorrow at 9:00/ }).click();
  const waiting = page.locator("#pending .pending", { hasText: "Good morning" });
  await waiting.locator("time").waitFor();
  await waiting.getByRole("button", { name: "Send now" }).click();
  await conversation(page, "Good morning").waitFor();
  await page.context().close();
});

test("two agents answer at once: the second is asked, reads, and sends all the same", async () => {
  const { page, ticket } = await at("agent");
  const { page: colleague } = await at("manager", { ticket });
  await body(page).pressSequentially("We look into it");
  await colleague.locator("#reply [data-typing]", { hasText: product.login(TENANT, "agent").name ?? "" }).waitFor();
  await body(colleague).fill("It is mended");
  await colleague.click("[data-send]");
  await conversation(colleague, "It is mended").waitFor();

  await page.click("[data-send]");
  const warning = page.locator("#collision");
  await warning.waitFor();
  await conversation(page, "It is mended").waitFor();
  assert.equal(await body(page).inputValue(), "We look into it");
  assert.equal(await conversation(page, "We look into it").count(), 0);
  await warning.getByRole("link", { name: "Look first" }).click();
  await page.getByRole("button", { name: "Send anyway" }).click();
  await conversation(page, "We look into it").waitFor();
  await colleague.context().close();
  await page.context().close();
});

test("without a script the second agent is asked just the same", async () => {
  const ticket = await product.ticket(TENANT);
  const page = await product.visit(TENANT, "agent", { javaScript: false });
  await page.goto(`/agent/tickets/${ticket.number}`);
  await product.api(TENANT, "manager", "POST", `/api/tickets/${ticket.number}/comments`, { body: "It is mended" });
  await page.fill("#body", "We look into it");
  await page.click("[data-send]");
  await page.locator("#collision").waitFor();
  assert.equal(await page.inputValue("#body"), "We look into it");
  await page.getByRole("button", { name: "Send anyway" }).click();
  await conversation(page, "We look into it").waitFor();
  await page.context().close();
});

test("sending sets the status by the menu, by keys alone, and on a narrow page", async () => {
  const { page, ticket } = await at("agent", { viewport: NARROW });
  await body(page).fill("Please look");
  const menu = page.locator("[data-send-menu]");
  await menu.locator("summary").focus();
  await page.keyboard.press("Enter");
  const item = menu.locator('button[value="waiting_customer"]');
  await item.focus();
  const box = await menu.locator(".menu-list").boundingBox();
  assert.ok(box && box.x >= 0 && box.x + box.width <= NARROW.width, JSON.stringify(box));
  await page.keyboard.press("Enter");
  await conversation(page, "Please look").waitFor();
  assert.equal((await product.look(TENANT, ticket.number)).status, "waiting_customer");
  await page.context().close();
});

test("signs of Markdown come by buttons and keys, and the server shows what they will look like", async () => {
  const { page } = await at("agent");
  await body(page).fill("one two");
  await body(page).press("Control+A");
  await page.keyboard.press("Control+B");
  assert.equal(await body(page).inputValue(), "**one two**");
  await page.keyboard.press("Control+B");
  assert.equal(await body(page).inputValue(), "one two");
  await page.getByRole("button", { name: "List" }).click();
  assert.equal(await body(page).inputValue(), "- one two");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.locator("[data-preview] li", { hasText: "one two" }).waitFor();
  assert.ok(!(await body(page).isVisible()));
  await page.getByRole("button", { name: "Preview" }).click();
  assert.ok(await body(page).isVisible());
  await page.context().close();
});

test("a message is forwarded to somebody outside, and stands there as a note", async () => {
  const { page, ticket } = await at("agent");
  const fields = page.locator("[data-forwarding]");
  assert.ok(!(await fields.isVisible()));
  await page.locator("#reply label", { hasText: "Forward" }).click();
  await fields.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "forward-to");
  await page.keyboard.type("help@supplier.example, second@supplier.example");
  await page.selectOption("#forward-quote", "opening");
  await body(page).fill("Do you know this?");
  await kept("agent", ticket.number, "Do you know this?");
  assert.equal((await draft("agent", ticket.number)).visibility, "internal");
  await page.click("[data-send]");
  const entry = page.locator(".entry-note", { hasText: "Do you know this?" });
  await entry.getByText("second@supplier.example").waitFor();
  assert.equal(await entry.locator(".quoted").count(), 1);
  const { comments } = await product.look(TENANT, ticket.number, "comments");
  assert.deepEqual([comments.at(-1).visibility, comments.at(-1).forwarded_to.length], ["internal", 2]);
  await page.context().close();
});

test("the button of a message opens the tab with that message chosen, and addresses are completed by the keyboard", async () => {
  const { page, ticket } = await at("agent");
  await body(page).fill("A first answer");
  await page.click("[data-send]");
  const entry = page.locator(".entry-reply", { hasText: "A first answer" });
  const forward = entry.getByRole("link", { name: "Forward this message" });
  const quote = new URL(await forward.getAttribute("href"), "http://desk.example").searchParams.get("forward");
  await forward.focus();
  await page.keyboard.press("Enter");
  await page.locator("[data-forwarding]").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "forward-to");
  assert.equal(await page.locator("#forward-quote").inputValue(), quote);
  assert.ok(await page.evaluate(() => document.querySelector("#forward-to").getBoundingClientRect().bottom <= innerHeight), "it is in view");

  const field = page.getByRole("combobox", { name: "To", exact: true });
  const options = page.locator("#recipients [role=option]");
  await page.keyboard.type("help@supplier.example, ");
  const people = (await product.api(TENANT, "agent", "GET", "/api/users?limit=100")).json.data;
  const manager = people.find(({ role }) => role === "manager");
  await page.keyboard.type(manager.email.slice(0, 4));
  await options.first().waitFor();
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Escape");
  await until("the list to close", async () => (await field.getAttribute("aria-expanded")) === "false");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "forward-to");
  await page.keyboard.type(manager.email.slice(4, 6));
  await options.filter({ hasText: manager.email }).first().waitFor();
  while ((await page.locator('#recipients [aria-selected="true"]').textContent()).includes(manager.email) === false) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal((await field.inputValue()).replaceAll(" ", ""), `help@supplier.example,${manager.email}`);
  assert.equal(await page.locator("#recipients:not([hidden])").count(), 0);
  const { number } = ticket;
  await page.goto(`/agent/tickets/${number}?forward=opening#forward-to`);
  assert.equal(await page.locator("#forward-quote").inputValue(), "opening");
  await page.context().close();
});

test("Escape takes back a question for addresses that is under way, and Enter ends an address without sending the message", async () => {
  const ticket = await product.ticket(TENANT);
  const { email } = (await product.api(TENANT, "agent", "GET", "/api/users?limit=100")).json.data.find(({ role }) => role === "manager");
  await product.api(TENANT, "agent", "POST", `/api/tickets/${ticket.number}/followers`, { email });
  const { page } = await at("agent", { ticket });
  await body(page).fill("Half a sentence");
  await page.getByRole("link", { name: "Forward this message" }).first().click();
  const field = page.getByRole("combobox", { name: "To", exact: true });
  // The answer never comes: what the ticket knows stands there meanwhile.
  const asked = page.waitForRequest(/\/api\/users\?/);
  await page.route(/\/api\/users\?/, () => undefined);
  await field.pressSequentially(email.slice(0, 4));
  await page.locator("#recipients [role=option]").first().waitFor();
  await asked;
  const takenBack = page.waitForEvent("requestfailed", (request) => request.url().includes("/api/users?"));
  await page.keyboard.press("Escape");
  await takenBack;
  assert.equal(await field.getAttribute("aria-expanded"), "false");
  await field.fill("help@supplier.example");
  await page.evaluate(() => document.addEventListener("keydown", (event) => (globalThis.ended = event.defaultPrevented)));
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => globalThis.ended), true, "the browser does not send the form");
  assert.equal(await body(page).inputValue(), "Half a sentence");
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.context().close();
});

test("a colleague is named in a note by the keyboard alone, and in a reply nobody is", async () => {
  const { page, ticket } = await at("agent");
  const options = page.getByRole("listbox").getByRole("option");
  await body(page).click();
  await page.keyboard.type("Hello @");
  assert.equal(await page.locator("#mentions:not([hidden])").count(), 0);
  await body(page).fill("");
  await page.locator("#reply label", { hasText: "Note" }).click();
  await body(page).click();
  await page.keyboard.type("Ask @");
  await options.first().waitFor();
  const count = await options.count();
  assert.ok(count > 1, String(count));
  await page.keyboard.press("ArrowDown");
  assert.equal(await body(page).getAttribute("aria-activedescendant"), "mention-1");
  const name = (await options.nth(1).textContent()).trim();
  assert.deepEqual(await look(page, "mentions"), []);
  await page.keyboard.press("Enter");
  assert.ok((await body(page).inputValue()).startsWith(`Ask [@${name}](mention:usr_`));
  await page.keyboard.type("@zzzz");
  await until("the list to close", async () => (await page.locator("#mentions:not([hidden])").count()) === 0);
  await page.keyboard.press("Control+Enter");
  await page.locator(".entry-note .mention", { hasText: `@${name}` }).waitFor();
  assert.ok((await product.look(TENANT, ticket.number)).followers.length > 0);
  await page.context().close();
});

/** Pastes a picture of this name into the message, at the caret. */
const paste = (page, name) =>
  body(page).evaluate((area, file) => {
    const bytes = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], file, { type: "image/png" }));
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, name);

test("a picture that does not arrive leaves no mark in the text, none is kept in a draft, and it gets a place with the next try", async () => {
  const { page, ticket } = await at("agent");
  let release;
  const held = new Promise((resolve) => (release = resolve));
  let tries = 0;
  await page.route("**/attachments", async (route) => {
    tries += 1;
    if (tries > 1) return route.continue();
    await held;
    return route.fulfill({ status: 413, contentType: "application/problem+json", body: "{}" });
  });
  await body(page).fill("Before  after");
  await body(page).evaluate((area) => area.setSelectionRange(7, 7));
  await paste(page, "screen.png");
  assert.match(await body(page).inputValue(), /^Before !\[screen\.png\]\(sending:[0-9a-f]+\) after$/);
  await body(page).press("End");
  await body(page).pressSequentially(" all");
  await kept("agent", ticket.number, "Before  after all");
  release();
  await page.locator(".upload-failed").waitFor();
  assert.equal(await body(page).inputValue(), "Before  after all");
  await page.locator(".upload-failed").getByRole("button", { name: "Try again" }).click();
  await until("the file to arrive", async () => /!\[screen\.png\]\(attachment:att_[0-9a-f]+\)/.test(await body(page).inputValue()));
  assert.ok(!(await body(page).inputValue()).includes("sending:"));
  await page.context().close();
});

test("a picture that is pasted stands in the text at its place, and one that is taken away leaves none", async () => {
  const { page } = await at("agent");
  await body(page).fill("Before  after");
  await body(page).evaluate((area) => area.setSelectionRange(7, 7));
  await paste(page, "screen.png");
  await until("the file to arrive", async () => /^Before !\[screen\.png\]\(attachment:att_[0-9a-f]+\) after$/.test(await body(page).inputValue()));
  await body(page).evaluate((area) => area.setSelectionRange(0, 0));
  await paste(page, "wrong.png");
  await until("the second to arrive", async () => (await body(page).inputValue()).startsWith("![wrong.png](attachment:"));
  await page.locator(".upload", { hasText: "wrong.png" }).getByRole("button").click();
  assert.ok(!(await body(page).inputValue()).includes("wrong.png"));
  await page.click("[data-send]");
  const picture = page.locator("#conversation .picture img");
  await picture.waitFor();
  assert.equal(await picture.getAttribute("alt"), "screen.png");
  await until("the picture to be loaded", () => picture.evaluate((image) => image.complete && image.naturalWidth === 1));
  assert.equal(await page.locator("#conversation .file", { hasText: "screen.png" }).count(), 0);
  await page.context().close();
});

test("panels beside the ticket come when they are opened", async () => {
  const { page, ticket } = await at("agent");
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  for (const panel of ["requester", "similar"]) {
    const details = page.locator(`#panel-${panel}`);
    assert.equal(await details.locator(`a[href$="/${panel}"]`).count(), 1);
    await details.locator("summary").click();
    await details.locator("[data-panel-body]").waitFor();
    await until("the panel to come", async () => (await details.locator(`a[href$="/${ticket.number}/${panel}"]`).count()) === 0);
  }
  assert.deepEqual(asked.filter((path) => /\/(requester|similar)$/.test(path)).length, 2);
  // What others do brings the page up to date around them.
  await page.locator("h1").click();
  await product.change(TENANT, ticket.number, { priority: "critical" });
  await page.waitForFunction(() => document.querySelector("#s-priority")?.value === "critical");
  for (const panel of ["requester", "similar"]) await page.locator(`#panel-${panel} [data-panel-body]`).waitFor();
  assert.deepEqual(await look(page, "panels"), []);
  await page.context().close();
});

for (const tenant of ["acme", "globex", "nour"])
  test(`the composer is good to look at in every guise: ${tenant}`, async () => {
    const ticket = await product.ticket(tenant);
    const page = await product.visit(tenant, "agent");
    await page.goto(`/agent/tickets/${ticket.number}`);
    await page.fill("#body", "A note that goes out **tomorrow**");
    await page.check('#reply input[value="internal"]', { force: true });
    await page.click("[data-send-menu] > summary");
    await page.click('[data-send-menu] button[value="tomorrow"]');
    await page.locator("#pending .pending").waitFor();
    await page.fill("#body", "An answer that is the second one");
    await product.api(tenant, "manager", "POST", `/api/tickets/${ticket.number}/comments`, { body: "The first answer" });
    await page.click("[data-send]");
    await page.locator("#collision").waitFor();
    assert.deepEqual(await look(page, `composer ${tenant}`), []);
    await page.click("[data-send-menu] > summary");
    assert.deepEqual(await look(page, `composer menu ${tenant}`), []);
    await page.keyboard.press("Escape");
    await page.check('#reply input[value="forward"]', { force: true });
    await page.fill("#forward-to", "help@supplier.example");
    assert.deepEqual(await look(page, `composer forward ${tenant}`), []);
    page.on("dialog", (dialog) => void dialog.accept());
    await page.context().close();
  });

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
