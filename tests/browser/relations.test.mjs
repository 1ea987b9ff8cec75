// What an agent does with a ticket among others: merges it and takes it back, splits it, links it, puts people in copy, escalates it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { choose, decoded, open, until } from "./support.mjs";

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

const fresh = (fields) => product.ticket(TENANT, fields);

/** The agent's page of a ticket. */
async function at(number, role = "agent") {
  const page = await product.visit(TENANT, role);
  await page.goto(`/agent/tickets/${number}`);
  return page;
}

const panel = (page, name) => page.locator("#side details", { has: page.locator("summary", { hasText: name }) });

test("a ticket is merged into another with what was said in it, and one click takes it back", async () => {
  const twin = await fresh({ title: "Invoice 77 again", description: "The words of the twin." });
  const main = await fresh({ title: "Invoice 77 is not printed", description: "The words of the first." });
  const page = await at(twin.number);
  await choose(page, "Actions", "Merge into another ticket");
  const dialog = page.getByRole("dialog", { name: "Merge into another ticket" });
  await dialog.getByLabel("Number of the other ticket").fill(main.number.toLowerCase());
  await dialog.getByRole("button", { name: "Merge" }).click();

  await page.waitForURL(`**/agent/tickets/${main.number}`);
  await page.getByText(`Merged into ${main.number}.`).waitFor();
  await page.locator("#conversation").getByText("The words of the twin.").waitFor();
  await panel(page, "Linked tickets").getByText("Invoice 77 again").waitFor();

  const client = await product.visit(TENANT, "client");
  await client.goto(`/tickets/${twin.number}`);
  await client.getByText("This ticket was merged with another one").getByRole("link", { name: main.number }).click();
  await client.waitForURL(`**/tickets/${main.number}`);
  await client.locator("#conversation").getByText("The words of the twin.").waitFor();
  await client.context().close();

  await page.goto(`/agent/tickets/${twin.number}`);
  await page.getByText("This ticket was merged into").getByRole("link", { name: main.number }).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("The merge is undone.").waitFor();
  await page.locator("#conversation").getByText("The words of the twin.").waitFor();
  assert.equal((await product.look(TENANT, twin.number)).status, "new");
  await page.goto(`/agent/tickets/${main.number}`);
  await page.locator("#conversation").getByText("The words of the first.").waitFor();
  assert.equal(await page.locator("#conversation").getByText("The words of the twin.").count(), 0);
  await page.context().close();
});

for (const [what, number] of [
  ["no ticket", () => "GLOBEX-999999"],
  ["no number at all", () => "the other one"],
  ["the ticket itself", (ticket) => ticket.number],
])
  test(`a merge into ${what} is refused with a word, and the ticket stays`, async () => {
    const ticket = await fresh();
    const page = await at(ticket.number);
    await choose(page, "Actions", "Merge into another ticket");
    const dialog = page.getByRole("dialog", { name: "Merge into another ticket" });
    await dialog.getByLabel("Number of the other ticket").fill(number(ticket));
    await dialog.getByRole("button", { name: "Merge" }).click();
    await page.getByRole("alert").first().waitFor();
    assert.equal((await product.look(TENANT, ticket.number)).status, "new");
    await page.context().close();
  });

test("messages that are another matter are split off into a ticket of their own", async () => {
  const ticket = await fresh({ description: "The first matter." });
  for (const body of ["By the way: the scanner is broken too.", "It beeps twice."]) {
    const spoken = await product.api(TENANT, "client", "POST", `/api/tickets/${ticket.number}/comments`, { body });
    assert.equal(spoken.status, 201, spoken.text);
  }
  const page = await at(ticket.number);
  await choose(page, "Actions", "Split off a new ticket");
  const dialog = page.getByRole("dialog", { name: "Split off a new ticket" });
  await dialog.getByLabel("Title").fill("The scanner is broken");
  for (const box of await dialog.getByRole("checkbox").all()) await box.check();
  await dialog.getByRole("button", { name: "Split" }).click();

  await page.getByRole("heading", { level: 1, name: "The scanner is broken" }).waitFor();
  await page.getByText(/Ticket GLOBEX-\d+ is split off\./).waitFor();
  for (const words of ["the scanner is broken too.", "It beeps twice."]) await page.locator("#conversation").getByText(words).waitFor();
  await panel(page, "Linked tickets").getByText("Split from").waitFor();
  const made = new URL(page.url()).pathname.split("/").pop();
  assert.equal((await product.look(TENANT, made)).requester.id, ticket.requester.id);

  // The first of them is the new ticket's description, and stays where it was said, too.
  await page.goto(`/agent/tickets/${ticket.number}`);
  await page.locator("#conversation").getByText("the scanner is broken too.").waitFor();
  assert.equal(await page.locator("#conversation").getByText("It beeps twice.").count(), 0);
  await page.context().close();
});

test("a split without a message is refused with a word", async () => {
  const ticket = await fresh();
  await product.api(TENANT, "client", "POST", `/api/tickets/${ticket.number}/comments`, { body: "Another matter." });
  const page = await at(ticket.number);
  await choose(page, "Actions", "Split off a new ticket");
  const dialog = page.getByRole("dialog", { name: "Split off a new ticket" });
  await dialog.getByLabel("Title").fill("Nothing chosen");
  await dialog.getByRole("button", { name: "Split" }).click();
  await page.getByRole("alert").first().waitFor();
  await page.context().close();
});

test("a link is seen from both ends in the words of each, and goes away from both", async () => {
  const cause = await fresh({ title: "The exchange service is down" });
  const effect = await fresh({ title: "Prices are of yesterday" });
  const page = await at(cause.number);
  await choose(page, "Actions", "Link to another ticket");
  const dialog = page.getByRole("dialog", { name: "Link to another ticket" });
  await dialog.getByLabel("This ticket is").selectOption("Problem of");
  await dialog.getByLabel("Number of the other ticket").fill(effect.number);
  await dialog.getByRole("button", { name: "Link" }).click();
  await page.getByText(`Linked to ${effect.number}.`).waitFor();
  await panel(page, "Linked tickets").getByText("Problem of").waitFor();

  await panel(page, "Linked tickets").getByRole("link", { name: "Prices are of yesterday" }).click();
  await page.waitForURL(`**/agent/tickets/${effect.number}`);
  await panel(page, "Linked tickets").getByText("Incident of").waitFor();
  await page.getByRole("button", { name: `Remove the link to ${cause.number}` }).click();
  await page.getByText("Saved.").waitFor();
  assert.equal(await panel(page, "Linked tickets").count(), 0);
  await page.goto(`/agent/tickets/${cause.number}`);
  assert.equal(await panel(page, "Linked tickets").count(), 0);
  await page.context().close();
});

test("somebody in copy gets the next answer by mail, and nothing more once removed", async () => {
  const ticket = await fresh();
  const page = await at(ticket.number);
  await panel(page, "Followers").locator("summary").click();
  await page.getByLabel("E-mail address").fill("boss@client.example");
  await panel(page, "Followers").getByRole("button", { name: "Add" }).click();
  await page.getByText("Saved.").waitFor();
  await page.locator("#side summary", { hasText: "Followers (1)" }).waitFor();

  await page.fill("#body", "The answer that the boss reads.");
  await page.click("[data-send]");
  await page.locator("#conversation").getByText("The answer that the boss reads.").waitFor();
  const mail = await product.mailTo("boss@client.example", /The answer that the boss reads/);
  assert.match(decoded(mail.raw), new RegExp(ticket.number));

  await page.locator("#side summary", { hasText: "Followers (1)" }).click();
  await page.getByRole("button", { name: "Remove boss@client.example" }).click();
  await page.locator("#side summary", { hasText: "Followers (0)" }).waitFor();
  await page.fill("#body", "The answer that the boss does not read.");
  await page.click("[data-send]");
  await product.mailTo(product.login(TENANT, "client").username, /The answer that the boss does not read/);
  assert.ok(!product.mail.mails.some(({ to, raw }) => to.includes("boss@client.example") && decoded(raw).includes("does not read")));
  await page.context().close();
});

test("an escalation shows its level and its reason, and the manager is told by mail", async () => {
  const ticket = await fresh({ title: "Month cannot be closed" });
  const page = await at(ticket.number);
  await choose(page, "Actions", "Escalate");
  const dialog = page.getByRole("dialog", { name: "Escalate" });
  await dialog.getByLabel("Level").selectOption("2");
  await dialog.getByLabel("Reason").fill("The auditor waits in the corridor.");
  await dialog.getByRole("button", { name: "Escalate" }).click();
  await page.getByText("Escalated.", { exact: true }).waitFor();
  await page.locator(".ticket-head").getByText("Level 2").waitFor();
  const mail = await product.mailTo(product.login(TENANT, "manager").username, /The auditor waits in the corridor/);
  assert.match(decoded(mail.raw), new RegExp(ticket.number));
  await page.goto("/agent/tickets?queue=all&sort=-created_at");
  await page.locator("tr", { hasText: ticket.number }).getByText("Level 2").waitFor();
  await page.context().close();
});

test("an escalation without a reason comes back in its dialog, with what was chosen", async () => {
  const ticket = await fresh();
  const page = await at(ticket.number);
  await choose(page, "Actions", "Escalate");
  const dialog = page.getByRole("dialog", { name: "Escalate" });
  await dialog.getByLabel("Level").selectOption("3");
  await dialog.getByLabel("Reason").fill("   ");
  await dialog.getByRole("button", { name: "Escalate" }).click();
  await dialog.locator(".error").waitFor();
  assert.equal(await dialog.getByLabel("Level").inputValue(), "3");
  assert.equal((await product.look(TENANT, ticket.number)).escalation?.level ?? 0, 0);
  await page.context().close();
});

test("what a colleague changed is on the page before the agent acts, and the action is not refused as stale", async () => {
  const ticket = await fresh();
  const page = await product.visit(TENANT, "agent");
  await product.watching(page, `/agent/tickets/${ticket.number}`);
  await product.change(TENANT, ticket.number, { priority: "low" }, "manager");
  await page.locator("#head").getByText("Low").waitFor();
  await choose(page, "Actions", "Escalate");
  await page.getByLabel("Reason").fill("The client called twice.");
  await page.getByRole("dialog").getByRole("button", { name: "Escalate" }).click();
  await page.getByText("Escalated.", { exact: true }).waitFor();
  await page.context().close();
});

test("a deleted ticket is out of the lists and comes back by one click of the manager", async () => {
  const ticket = await fresh({ title: "To be deleted by mistake" });
  const page = await at(ticket.number, "manager");
  await page.locator("summary", { hasText: "Actions" }).click();
  await page.getByRole("button", { name: "Delete ticket" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Yes, go on" }).click();
  await page.getByText(`Ticket ${ticket.number} is deleted.`).waitFor();
  await page.goto("/agent/tickets?queue=all&sort=-created_at");
  await page.locator("tr[data-href]").first().waitFor();
  assert.equal(await page.locator("tr", { hasText: ticket.number }).count(), 0);
  await page.goto(`/agent/tickets/${ticket.number}`);
  await page.getByText("This ticket was deleted on").waitFor();
  await page.locator("summary", { hasText: "Actions" }).click();
  await page.getByRole("button", { name: "Restore ticket" }).click();
  await page.getByText("The ticket is restored.").waitFor();
  await page.goto("/agent/tickets?queue=all&sort=-created_at");
  await page.locator("tr", { hasText: ticket.number }).waitFor();
  await page.context().close();
});

test("the history of a ticket tells of each of these steps", async () => {
  const ticket = await fresh();
  const other = await fresh();
  const send = (path, body) => product.api(TENANT, "agent", "POST", `/api/tickets/${ticket.number}/${path}`, body).then(({ status, text }) => assert.ok(status < 300, text));
  await send("links", { kind: "related", ticket: other.number });
  await send("followers", { email: "copy@client.example" });
  const page = await at(ticket.number);
  await panel(page, "History").locator("summary").click();
  for (const words of [/linked/, /put copy@client.example in copy/]) await panel(page, "History").getByText(words).first().waitFor();
  await until("a history without ids", async () => !/(tkt|usr|lnk)_/.test(await panel(page, "History").innerText()));
  await page.context().close();
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
