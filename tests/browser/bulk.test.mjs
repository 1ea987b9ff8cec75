// Many tickets at once: what is ticked is changed, nothing else is, and what could not be changed is named.
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

/** Tickets of their own tag, and an agent who looks at them, newest first: `tickets[0]` is the topmost row. */
async function list(count, role = "agent") {
  round += 1;
  const tag = `round-${round}`;
  const tickets = [];
  for (let made = 0; made < count; made += 1) tickets.unshift(await tagged(tag, `Ticket ${made} of ${tag}`));
  const page = await product.visit(TENANT, role);
  await product.watching(page, `/agent/tickets?queue=all&sort=-created_at&tag=${tag}`);
  assert.equal(await page.locator("tr[data-href]").count(), count);
  return { page, tag, tickets };
}

async function tagged(tag, title) {
  const ticket = await product.ticket(TENANT, { title, priority: "medium" });
  await product.change(TENANT, ticket.number, { tags: [tag] });
  return ticket;
}

const box = (page, ticket) => page.getByRole("checkbox", { name: `Select ${ticket.number}` });
const bar = (page) => page.getByRole("group", { name: "Change the selected tickets" });

test("the selected tickets get an assignee, a priority and a tag, and the others nothing", async () => {
  const { page, tag, tickets } = await list(4);
  const [first, , third] = tickets;
  assert.ok(!(await bar(page).isVisible()), "the bar shows before anything is ticked");
  await box(page, first).check();
  await box(page, third).check();
  await bar(page).getByText("Selected: 2").waitFor();
  const { name } = product.login(TENANT, "agent");
  await bar(page).getByLabel("Assign to").selectOption({ label: name });
  await bar(page).getByLabel("Set priority").selectOption("Critical");
  await bar(page).getByLabel("Add tag").fill("month-end");
  await bar(page).getByRole("button", { name: "Apply" }).click();
  await page.getByText("2 tickets changed.").waitFor();
  assert.ok(page.url().includes(`tag=${tag}`), "the list has lost its filter");
  for (const ticket of tickets) {
    const now = await product.look(TENANT, ticket.number);
    const chosen = ticket === first || ticket === third;
    assert.equal(now.priority, chosen ? "critical" : "medium", ticket.number);
    assert.equal(now.assignee?.name, chosen ? name : undefined, ticket.number);
    assert.deepEqual(now.tags.toSorted(), chosen ? ["month-end", tag] : [tag], ticket.number);
  }
  await page.context().close();
});

test("Shift ticks a range, the head ticks the page, and one click takes all back", async () => {
  const { page, tickets } = await list(4);
  await box(page, tickets[0]).click();
  await box(page, tickets[2]).click({ modifiers: ["Shift"] });
  await bar(page).getByText("Selected: 3").waitFor();
  assert.ok(!(await box(page, tickets[3]).isChecked()));
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await bar(page).getByText("Selected: 4").waitFor();
  await bar(page).getByRole("button", { name: "Clear selection" }).click();
  await bar(page).waitFor({ state: "hidden" });
  for (const ticket of tickets) assert.ok(!(await box(page, ticket).isChecked()));
  await page.context().close();
});

test("a tick stays with its ticket when the list moves under it", async () => {
  const { page, tag, tickets } = await list(2);
  await box(page, tickets[0]).check();
  const newcomer = await tagged(tag, "Came in between");
  await page.getByRole("link", { name: "Came in between" }).waitFor();
  await until("three rows", async () => (await page.locator("tr[data-href]").count()) === 3);
  assert.ok(!(await box(page, newcomer).isChecked()), "the newcomer is ticked");
  assert.ok(await box(page, tickets[0]).isChecked(), "the tick is lost");
  await bar(page).getByLabel("Set priority").selectOption("Low");
  await bar(page).getByRole("button", { name: "Apply" }).click();
  await page.getByText("1 ticket changed.").waitFor();
  assert.equal((await product.look(TENANT, tickets[0].number)).priority, "low");
  assert.equal((await product.look(TENANT, newcomer.number)).priority, "medium");
  await page.context().close();
});

test("a ticket that leaves the list while it is ticked is not counted any more", async () => {
  const { page, tickets } = await list(2);
  for (const ticket of tickets) await box(page, ticket).check();
  await bar(page).getByText("Selected: 2").waitFor();
  await product.change(TENANT, tickets[1].number, { status: "closed" });
  await bar(page).getByText("Selected: 1").waitFor();
  await page.context().close();
});

test("a ticket that the change does not suit is named by its number, and the others are changed", async () => {
  const { page, tickets } = await list(2);
  const [fine, begun] = tickets;
  await product.change(TENANT, begun.number, { status: "in_progress" });
  await page.locator("tr", { hasText: begun.number }).getByText("In progress").waitFor();
  for (const ticket of tickets) await box(page, ticket).check();
  // Nobody makes a ticket new again.
  await bar(page).getByLabel("Set status").selectOption("New");
  await bar(page).getByLabel("Set priority").selectOption("Low");
  await bar(page).getByRole("button", { name: "Apply" }).click();
  await page.getByText(`Some tickets were not changed: ${begun.number}.`).waitFor();
  assert.equal((await product.look(TENANT, fine.number)).priority, "low");
  const refused = await product.look(TENANT, begun.number);
  assert.equal(`${refused.status} ${refused.priority}`, "in_progress medium");
  await page.context().close();
});

test("the same works without JavaScript", async () => {
  const { page: other, tag, tickets } = await list(2);
  await other.context().close();
  const page = await product.visit(TENANT, "agent", { javaScript: false });
  await page.goto(`/agent/tickets?queue=all&sort=-created_at&tag=${tag}`);
  await box(page, tickets[1]).check();
  await bar(page).getByLabel("Set priority").selectOption("High");
  await bar(page).getByRole("button", { name: "Apply" }).click();
  await page.getByText("1 ticket changed.").waitFor();
  assert.equal((await product.look(TENANT, tickets[0].number)).priority, "medium");
  assert.equal((await product.look(TENANT, tickets[1].number)).priority, "high");
  await page.context().close();
});

test("an analyst reads the list and is offered no change", async () => {
  const { page } = await list(1, "analyst");
  assert.equal(await page.getByRole("checkbox").count(), 0);
  assert.equal(await bar(page).count(), 0);
  await page.context().close();
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
