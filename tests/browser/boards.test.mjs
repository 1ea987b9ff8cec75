// Boards: work that is dragged to somebody else, moved by the keyboard alone and without JavaScript; what is refused goes back. And rows of
// a list that are dragged onto saved views.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { GUISES, look } from "./look.mjs";
import { NARROW, open, until } from "./support.mjs";

const TENANT = "globex";
const BOARD = "/agent/boards/workload";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

const card = (page, ticket) => page.locator(`[data-card="${ticket.number}"]`);
const column = (page, key) => page.locator(`[data-column="${key}"]`);
const toast = (page) => page.locator("#toasts");
const person = async (role) => {
  const { name, username } = product.login(TENANT, role);
  const answer = await product.api(TENANT, "admin", "GET", `/api/users?q=${encodeURIComponent(username)}`);
  return { name, id: answer.json.data[0].id };
};
/** The head of a column: a place that no card covers. */
const head = (page, key) => column(page, key).locator(".board-head");

async function board(address = BOARD, role = "manager", options = {}) {
  const page = await product.visit(TENANT, role, options);
  await product.watching(page, address);
  return page;
}

/** A ticket that stands first in its column: what is critical is due first of what is new. */
const fresh = (title) => product.ticket(TENANT, { title, priority: "critical" });

test("a card that is dragged to an agent is theirs, and one click takes it back", async () => {
  const ticket = await fresh("Dragged to somebody");
  const agent = await person("agent");
  const page = await board(`${BOARD}?by=status`);
  await card(page, ticket).dragTo(head(page, "in_progress"));
  await toast(page).getByText(`${ticket.number} was moved.`).waitFor();
  assert.equal((await product.look(TENANT, ticket.number)).status, "in_progress");
  await column(page, "in_progress").locator(`[data-card="${ticket.number}"]`).waitFor();
  await page.goto(`${BOARD}?column=none`);
  await page.locator("[data-column=none]").waitFor();
  await page.goto(BOARD);
  await until("the card on the board", async () => {
    const more = column(page, "none").locator("[data-more]");
    if ((await card(page, ticket).count()) > 0) return true;
    if ((await more.count()) > 0) await more.click();
    return false;
  });
  await card(page, ticket).scrollIntoViewIfNeeded();
  await card(page, ticket).dragTo(head(page, agent.id));
  await toast(page).getByText(`${ticket.number} was moved.`).waitFor();
  await until("the assignee", async () => (await product.look(TENANT, ticket.number)).assignee?.name === agent.name);
  await column(page, agent.id).locator(`[data-card="${ticket.number}"]`).waitFor();
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await until("nobody again", async () => (await product.look(TENANT, ticket.number)).assignee === null);
  await page.context().close();
});

test("what is refused goes back, and why is said", async () => {
  const ticket = await fresh("Cannot become new again");
  await product.change(TENANT, ticket.number, { status: "in_progress" });
  const page = await board(`${BOARD}?by=status`);
  await column(page, "in_progress").locator(`[data-card="${ticket.number}"]`).waitFor();
  await card(page, ticket).dragTo(head(page, "new"));
  await toast(page).getByText("It stays where it was:").waitFor();
  await column(page, "in_progress").locator(`[data-card="${ticket.number}"]`).waitFor();
  assert.equal((await product.look(TENANT, ticket.number)).status, "in_progress");
  await page.context().close();
});

test("a card is moved by the keyboard alone", async () => {
  const ticket = await fresh("Moved by keys");
  const page = await board(`${BOARD}?by=status`);
  await column(page, "new").locator(`[data-card="${ticket.number}"]`).waitFor();
  await card(page, ticket).locator("[data-move]").focus();
  await page.keyboard.press("Enter");
  const select = page.locator("#move select");
  await select.waitFor();
  assert.equal(await select.inputValue(), "new");
  assert.ok(await select.evaluate((element) => element === document.activeElement), "the focus is not in the form");
  await select.selectOption("waiting_customer");
  await page.keyboard.press("Enter");
  if (await page.locator("#move[open]").count()) await page.locator("#move .button-primary").press("Enter");
  await toast(page).getByText(`${ticket.number} was moved.`).waitFor();
  assert.equal((await product.look(TENANT, ticket.number)).status, "waiting_customer");
  // Walking along the cards, and the shortcut of the move.
  await page.locator("body").press("j");
  await page.locator(".board-card.cursor").waitFor();
  await page.keyboard.press("Shift+M");
  await page.locator("#move[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.context().close();
});

test("the form moves a card without JavaScript and comes back with a refusal", async () => {
  const ticket = await fresh("Moved without scripts");
  const page = await product.visit(TENANT, "manager", { javaScript: false });
  await page.goto(`${BOARD}?by=status`);
  await card(page, ticket).locator("[data-move]").click();
  await page.locator("#move select").selectOption("in_progress");
  await product.change(TENANT, ticket.number, { priority: "low" });
  await page.locator("#move .button-primary").click();
  await page.locator("#move [role=alert]").waitFor();
  assert.equal(await page.locator("#move select").inputValue(), "in_progress");
  await page.goto(`${BOARD}?by=status`);
  await card(page, ticket).locator("[data-move]").click();
  await page.locator("#move select").selectOption("in_progress");
  await page.locator("#move .button-primary").click();
  await page.getByText(`${ticket.number} was moved.`).waitFor();
  assert.equal((await product.look(TENANT, ticket.number)).status, "in_progress");
  await page.context().close();
});

test("a board follows what others do", async () => {
  const page = await board(`${BOARD}?by=status`);
  const ticket = await fresh("Came while the board was open");
  await column(page, "new").locator(`[data-card="${ticket.number}"]`).waitFor();
  await product.change(TENANT, ticket.number, { status: "waiting_customer" });
  await column(page, "waiting_customer").locator(`[data-card="${ticket.number}"]`).waitFor();
  await page.context().close();
});

test("deadlines stand in lanes, by all clocks and by one, and a card is given to somebody there", async () => {
  const ticket = await fresh("On the clock");
  const agent = await person("agent");
  const page = await board("/agent/boards/sla?assignee=none");
  await until("the card in a lane", async () => {
    for (const more of await page.locator("[data-more]").all()) await more.click();
    return (await card(page, ticket).count()) === 1;
  });
  await card(page, ticket).locator("[data-move]").click();
  await page.locator("#move select").selectOption(agent.id);
  await page.locator("#move .button-primary").click();
  await until("the assignee", async () => (await product.look(TENANT, ticket.number)).assignee?.name === agent.name);
  await page.locator('select[name="clock"]').selectOption("resolution");
  await page.waitForURL(/clock=resolution/);
  await page.context().close();
});

test("on a narrow screen one column is unfolded at a time", async () => {
  const page = await board(BOARD, "manager", { viewport: NARROW });
  assert.equal(await page.locator("details[data-column][open]").count(), 1);
  await page.locator("details[data-column]:not([open]) > summary").first().click();
  assert.equal(await page.locator("details[data-column][open]").count(), 2);
  await page.context().close();
});

test("rows are dragged onto a saved view, all that are ticked, and taken back", async () => {
  const tag = "onto-a-view";
  const tickets = [];
  for (let index = 0; index < 2; index += 1) {
    const ticket = await product.ticket(TENANT, { title: `Onto a view ${index}`, priority: "medium" });
    await product.change(TENANT, ticket.number, { tags: [tag] });
    tickets.push(ticket);
  }
  const made = await product.api(TENANT, "agent", "POST", "/api/views", { name: "Urgent here", conditions: { priority: "critical", status: "open" } });
  assert.equal(made.status, 201, made.text);
  const plain = await product.api(TENANT, "agent", "POST", "/api/views", { name: "Just words", conditions: { q: "words" } });
  assert.equal(plain.status, 201, plain.text);
  const page = await product.visit(TENANT, "agent");
  await product.watching(page, `/agent/tickets?queue=all&sort=-created_at&tag=${tag}`);
  for (const ticket of tickets) await page.getByRole("checkbox", { name: `Select ${ticket.number}` }).check();
  const row = page.locator(`#list tr[data-href$="/${tickets[0].number}"] .c-status`);
  await row.dragTo(page.locator(`.work-nav [data-view="${made.json.id}"]`));
  await toast(page).getByText("2 tickets changed.").waitFor();
  for (const ticket of tickets) assert.equal((await product.look(TENANT, ticket.number)).priority, "critical");
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await until("as before", async () => (await product.look(TENANT, tickets[1].number)).priority === "medium");
  await row.dragTo(page.locator(`.work-nav [data-view="${plain.json.id}"]`));
  await toast(page).getByText("Tickets cannot be put into “Just words” by hand").waitFor();
  await page.context().close();
});

test("several tickets are given to a department from the bar", async () => {
  const tag = "to-a-department";
  const ticket = await product.ticket(TENANT, { title: "For the department" });
  await product.change(TENANT, ticket.number, { tags: [tag] });
  const page = await product.visit(TENANT, "agent");
  await product.watching(page, `/agent/tickets?queue=all&tag=${tag}`);
  await page.getByRole("checkbox", { name: `Select ${ticket.number}` }).check();
  const select = page.getByLabel("Set department");
  await select.selectOption({ index: 2 });
  const name = await select.locator("option:checked").textContent();
  await page.getByRole("button", { name: "Apply" }).click();
  await toast(page).getByText("1 ticket changed.").waitFor();
  assert.equal((await product.look(TENANT, ticket.number)).department?.name, name);
  await page.context().close();
});

test("a column that was made longer follows what others do, and the cursor stays on its card", async () => {
  for (let index = 0; index < 22; index += 1) await product.ticket(TENANT, { title: `In a long column ${index}`, priority: "low" });
  const page = await board(`${BOARD}?by=status`);
  const cards = column(page, "new").locator("[data-card]");
  const more = column(page, "new").locator("[data-more]");
  for (let shown = await cards.count(); (await more.count()) > 0; shown = await cards.count()) {
    await more.click();
    await until("more cards", async () => (await cards.count()) > shown);
  }
  const all = await cards.count();
  assert.ok(all > 20, `${all} cards`);
  await page.locator("body").press("j");
  await page.locator(".board-card.cursor").waitFor();
  const under = await page.locator(".board-card.cursor").getAttribute("data-card");
  const last = await cards.last().getAttribute("data-card");
  await product.change(TENANT, last, { status: "resolved" });
  await column(page, "new").locator(`[data-card="${last}"]`).waitFor({ state: "detached" });
  assert.equal(await cards.count(), all - 1, "the column is as short as at first");
  assert.equal(await page.locator(".board-card.cursor").getAttribute("data-card"), under);
  await page.context().close();
});

test("what others changed while a row was dragged is there when it is let go", async () => {
  const tag = "while-dragging";
  const tickets = [];
  for (let index = 0; index < 2; index += 1) {
    const ticket = await product.ticket(TENANT, { title: `While dragging ${index}`, priority: "medium" });
    await product.change(TENANT, ticket.number, { tags: [tag] });
    tickets.push(ticket);
  }
  const page = await product.visit(TENANT, "agent");
  await product.watching(page, `/agent/tickets?queue=all&tag=${tag}`);
  await page.locator(`#list tr[data-href$="/${tickets[0].number}"] .c-status`).hover();
  await page.mouse.down();
  await page.mouse.move(700, 4, { steps: 5 });
  await page.locator("html.dragging").waitFor();
  const fetched = page.waitForResponse((response) => response.url().includes(`tag=${tag}`));
  await product.change(TENANT, tickets[1].number, { title: "Has another title now" }, "manager");
  await fetched;
  await page.mouse.up();
  await page.locator("#list").getByRole("link", { name: "Has another title now" }).waitFor();
  await page.context().close();
});

for (const [language, tenant] of [["ru", "acme"], ["en", "globex"], ["ar", "nour"]])
  test(`${language}: boards stay in their width and axe-core has no serious finding`, async () => {
    const findings = [];
    const page = await product.visit(tenant, "manager");
    for (const address of [BOARD, `${BOARD}?by=status`, "/agent/boards/sla", "/agent/boards/sla?clock=first_response"]) {
      await page.goto(address);
      findings.push(...(await look(page, `${language} ${address}`, GUISES)));
    }
    await page.goto(BOARD);
    await page.locator("[data-move]").first().click();
    findings.push(...(await look(page, `${language} the move`, [GUISES[0], GUISES[2]])));
    await page.context().close();
    assert.deepEqual(findings, []);
  });

test("nothing went wrong on any page", () => assert.deepEqual(product.trouble, []));
