// How a client's last words come to us: the rating by a mailed link, the rating on the ticket's page, and the closing that demands one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { linkIn, open, until } from "./support.mjs";

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

/** A ticket that the desk calls solved. */
async function solved(fields) {
  const ticket = await product.ticket(TENANT, fields);
  await product.change(TENANT, ticket.number, { status: "resolved" });
  return ticket.number;
}

const rating = (number) => product.api(TENANT, "agent", "GET", `/api/tickets/${number}/rating`).then(({ json }) => json);
const score = (number) => rating(number).then((given) => given?.score ?? null);
const mailed = (number) =>
  product.mailTo(product.login(TENANT, "client").username, new RegExp(`${number}[^]*/rate/`)).then((mail) => linkIn(mail, "/rate/"));
const star = (page, label) => page.locator("label", { hasText: label }).click();

test("a mailed link rates one ticket without signing in, and the rating may be changed for a day", async () => {
  const number = await solved();
  const link = await mailed(number);
  const page = await product.visit(TENANT, null);
  await page.goto(link);
  await page.getByText(`Ticket ${number} is solved.`).waitFor();
  assert.ok(!(await page.locator("body").innerText()).includes("The report comes out empty"), "the link shows more than a number");
  await star(page, "2: poor");
  await page.getByLabel("Comment").fill("It took a week.");
  await page.getByRole("button", { name: "Send rating" }).click();
  await page.getByRole("heading", { name: "Thank you for rating" }).waitFor();
  assert.equal(await score(number), 2);

  await page.goto(link);
  assert.equal(await page.getByLabel("Comment").inputValue(), "It took a week.");
  await star(page, "4: good");
  await page.getByRole("button", { name: "Send rating" }).click();
  await page.getByRole("heading", { name: "Thank you for rating" }).waitFor();
  assert.equal(await score(number), 4);
  await page.context().close();
});

test("a look at the link records nothing, also with a score in it, and a forged one shows nothing", async () => {
  const number = await solved();
  const link = await mailed(number);
  const page = await product.visit(TENANT, null);
  for (const address of [link, `${link.split("?")[0]}?score=5`]) assert.equal((await page.goto(address)).status(), 200);
  assert.ok(await page.locator('input[name="score"][value="5"]').isChecked(), "the star that was clicked in the mail is not chosen");
  assert.equal(await score(number), null);
  const path = link.split("?")[0];
  const forged = path.slice(0, -1) + (path.endsWith("a") ? "b" : "a");
  assert.equal((await page.goto(forged)).status(), 404);
  await page.getByRole("heading", { name: "This link no longer works" }).waitFor();
  await page.context().close();
});

test("a client who closes a critical ticket is asked to rate it first, and then may", async () => {
  const number = await solved({ priority: "critical" });
  const page = await product.visit(TENANT, "client");
  await page.goto(`/tickets/${number}`);
  assert.equal(await page.getByRole("button", { name: "Close ticket" }).count(), 0);
  await page.getByText("Please rate the solution first; then the ticket can be closed.").waitFor();
  await page.locator("#side").getByRole("link", { name: "How did we do?" }).click();
  await page.getByRole("button", { name: "Send rating" }).click();
  assert.equal(await score(number), null, "a rating without a star was sent");
  await star(page, "5: excellent");
  await page.getByRole("button", { name: "Send rating" }).click();
  await page.getByText("Thank you for rating.").waitFor();
  await page.getByRole("button", { name: "Close ticket" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Yes, go on" }).click();
  await page.locator("#head").getByText("Closed").waitFor();
  assert.equal((await product.look(TENANT, number)).status, "closed");
  await page.context().close();
});

test("a critical ticket that is not solved yet is withdrawn without a rating: there is nothing to rate", async () => {
  const { number } = await product.ticket(TENANT, { priority: "critical" });
  const page = await product.visit(TENANT, "client");
  await page.goto(`/tickets/${number}`);
  assert.equal(await page.getByRole("heading", { name: "How did we do?" }).count(), 0);
  await page.getByRole("button", { name: "Close ticket" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Yes, go on" }).click();
  await page.locator("#head").getByText("Closed").waitFor();
  await page.context().close();
});

test("an ordinary ticket is closed without a rating, and answering opens it again", async () => {
  const number = await solved();
  const page = await product.visit(TENANT, "client");
  await page.goto(`/tickets/${number}`);
  await page.getByRole("button", { name: "Close ticket" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Yes, go on" }).click();
  await page.locator("#head").getByText("Closed").waitFor();
  await page.fill("#body", "It is back.");
  await page.getByRole("button", { name: "Send and reopen" }).click();
  await page.locator("#conversation").getByText("It is back.").waitFor();
  await page.locator("#head").getByText("In progress").waitFor();
  await page.context().close();
});

test("a solved ticket is opened again by one click, and the next solution is rated anew", async () => {
  const number = await solved();
  const page = await product.visit(TENANT, "client");
  await page.goto(`/tickets/${number}`);
  await star(page, "1: very poor");
  await page.getByRole("button", { name: "Send rating" }).click();
  await page.getByText("Thank you for rating.").waitFor();
  await page.getByRole("button", { name: "Reopen ticket" }).click();
  await page.locator("#head").getByText("In progress").waitFor();
  await product.change(TENANT, number, { status: "resolved" });
  await page.goto(`/tickets/${number}`);
  await page.getByRole("heading", { name: "How did we do?" }).waitFor();
  assert.equal(await page.locator('input[name="score"]:checked').count(), 0);
  await page.context().close();
});

test("ratings count for the engineer who solved the ticket", async () => {
  const page = await product.visit(TENANT, "manager");
  const { name } = product.login(TENANT, "agent");
  const counted = async () => {
    await page.goto("/agent/ratings?days=7");
    const row = page.locator("tr", { has: page.getByText(name, { exact: true }) });
    return (await row.count()) === 0 ? 0 : Number(await row.locator("td").nth(2).innerText());
  };
  const before = await counted();
  const me = (await product.api(TENANT, "agent", "GET", "/api/auth/me")).json;
  const ticket = await product.ticket(TENANT);
  await product.change(TENANT, ticket.number, { assignee: me.id ?? me.user.id });
  await product.change(TENANT, ticket.number, { status: "resolved" });
  const given = await product.api(TENANT, "client", "POST", `/api/tickets/${ticket.number}/rating`, { score: 5, comment: "" });
  assert.ok(given.status < 300, given.text);
  await until("one more", async () => (await counted()) === before + 1);
  await page.context().close();
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
