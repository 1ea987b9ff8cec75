// Mail that did not leave and mail that became no ticket: the desk sees why, and does something about it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { letter, open, until } from "./support.mjs";

const TENANT = "globex";
const MAILBOX = "support@globex.localhost";
let product;
/** Addresses that the mail API refuses for good. */
const refused = new Set();

before(async () => {
  product = await open({ answer: ({ to }) => (to.some((address) => refused.has(address)) ? 422 : 202) });
});
after(() => product?.stop());

const client = () => product.login(TENANT, "client").username;

async function visit(role, path) {
  const page = await product.visit(TENANT, role);
  await page.goto(path);
  return page;
}

const row = (page, number) => page.locator("#list tr", { hasText: number });

test("a mail that was refused stands in the log with its reason, and leaves after another try", async () => {
  refused.add(client());
  const ticket = await product.ticket(TENANT);
  const page = await visit("manager", "/agent/mail/log");
  await until("the refusal", async () => {
    await page.goto(`/agent/mail/log?state=failed&q=${ticket.number}`);
    return (await row(page, ticket.number).count()) > 0;
  });
  await row(page, ticket.number).getByText("Failed").waitFor();
  await row(page, ticket.number).getByText("422").waitFor();
  refused.clear();
  await row(page, ticket.number).getByRole("button", { name: "Try again" }).click();
  await page.getByText("The letter is queued again.").waitFor();
  await product.mailTo(client(), new RegExp(ticket.number));
  await until("the log to know", async () => {
    await page.goto(`/agent/mail/log?state=sent&q=${ticket.number}`);
    return (await row(page, ticket.number).count()) > 0;
  });
  await page.context().close();
});

test("the log is narrowed by state, by address and by number, without a reload", async () => {
  const ticket = await product.ticket(TENANT);
  await product.mailTo(client(), new RegExp(ticket.number));
  const page = await visit("agent", "/agent/mail/log");
  await page.evaluate(() => (globalThis.sameDocument = true));
  await page.getByLabel("Address or ticket number").fill(ticket.number);
  await page.getByLabel("Address or ticket number").press("Enter");
  await until("one ticket's mails", async () => (await page.locator("#list tbody tr").count()) === (await row(page, ticket.number).count()));
  await page.getByLabel("Status").selectOption("Failed");
  await page.getByText("Nothing matches").waitFor();
  await page.getByLabel("Status").selectOption("All");
  await page.getByLabel("Address or ticket number").fill("nobody@nowhere.example");
  await page.getByLabel("Address or ticket number").press("Enter");
  await page.getByText("Nothing matches").waitFor();
  await page.getByLabel("Address or ticket number").fill(client());
  await page.getByLabel("Address or ticket number").press("Enter");
  await row(page, ticket.number).waitFor();
  assert.ok(await page.evaluate(() => globalThis.sameDocument), "the page was loaded anew");
  assert.match(page.url(), /q=/);
  await page.context().close();
});

const held = (page, subject) => page.locator("article.mail-item", { hasText: subject });

/** An automatic answer that belongs to no ticket. */
async function holdBack(subject) {
  const raw = letter({ from: client(), to: MAILBOX, subject, text: `Text of ${subject}`, headers: ["Auto-Submitted: auto-replied"] });
  const answer = await product.mailIn(TENANT, MAILBOX, raw);
  assert.equal(answer.json?.outcome, "unprocessed", answer.text);
}

test("a mail that became no ticket waits with its reason, and becomes one when somebody wants it", async () => {
  await holdBack("I am away until Monday");
  const page = await visit("manager", "/agent/tickets?queue=mine");
  await page.locator(".work-nav").getByRole("link", { name: /Unprocessed mail/ }).click();
  const mail = held(page, "I am away until Monday");
  await mail.getByText("An automatic answer without a ticket").waitFor();
  await mail.getByText("Preview").click();
  await mail.getByText("Text of I am away until Monday").waitFor();
  await mail.getByRole("button", { name: "Try again" }).click();
  const news = page.getByText(/The letter became GLOBEX-\d+\./);
  await news.waitFor();
  const number = (await news.innerText()).match(/GLOBEX-\d+/)[0];
  assert.equal(await held(page, "I am away until Monday").count(), 0);
  await page.goto(`/agent/tickets/${number}`);
  await page.locator("#conversation").getByText("Text of I am away until Monday").waitFor();
  await page.context().close();
});

test("a mail is discarded after a question, and stays when the answer is no", async () => {
  await holdBack("Out of office");
  const page = await visit("manager", "/agent/mail/unprocessed");
  await held(page, "Out of office").getByRole("button", { name: "Discard" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.goto("/agent/mail/unprocessed");
  await held(page, "Out of office").getByRole("button", { name: "Discard" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Yes, go on" }).click();
  await page.getByText("The letter is discarded.").waitFor();
  assert.equal(await held(page, "Out of office").count(), 0);
  await page.context().close();
});

test("the original of a mail is a file, never a page of ours", async () => {
  await holdBack("<b>Vacation</b>");
  const page = await visit("manager", "/agent/mail/unprocessed");
  const arriving = page.waitForEvent("download");
  await held(page, "Vacation").getByRole("link", { name: "Original" }).click();
  const file = await arriving;
  assert.match(file.suggestedFilename(), /\.eml$/);
  assert.equal(new URL(page.url()).pathname, "/agent/mail/unprocessed");
  await page.context().close();
});

test("every retry that is offered can be done", async () => {
  // Our own mail that comes back is never taken: there is nothing to try again.
  await product.ticket(TENANT);
  const own = await product.mailTo(client(), /./);
  const answer = await product.mailIn(TENANT, MAILBOX, own.raw);
  assert.ok(["unprocessed", "duplicate"].includes(answer.json?.outcome), answer.text);
  const page = await visit("manager", "/agent/mail/unprocessed");
  for (const mail of await page.locator("article.mail-item", { hasText: "came back" }).all()) assert.equal(await mail.getByRole("button", { name: "Try again" }).count(), 0);
  await page.context().close();
});

test("an agent reads both lists and decides nothing", async () => {
  await holdBack("Another absence");
  const page = await visit("agent", "/agent/mail/unprocessed");
  await held(page, "Another absence").waitFor();
  for (const name of ["Try again", "Discard"]) assert.equal(await page.getByRole("button", { name }).count(), 0);
  await page.context().close();
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
