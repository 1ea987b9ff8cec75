// The main job from end to end, as the people in it see it: a mail becomes a ticket, an agent answers in the browser, the client answers
// by mail into the same ticket, it is resolved, rated by the link of a mail, and closed; its history tells every step.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { decoded, letter, linkIn, open, until } from "./support.mjs";

const TITLE = "Не проводится реализация РТУ-900417";
const QUESTION = "При проведении пишет: регистр заблокирован другим сеансом.";
const FIRST_ANSWER = "Пришлите, пожалуйста, журнал регистрации за сегодня.";
const SECOND_MAIL = "Журнал посмотрел: виноват сеанс обмена, он висит с утра.";
const SOLUTION = "Сеанс обмена завершили, документ проведён.";

let product;
let ticket;
let client;

before(async () => {
  product = await open();
  client = product.login("acme", "client");
});
after(() => product?.stop());

const header = (mail, name) =>
  mail.raw
    .replace(/\r?\n[ \t]+/g, " ")
    .match(new RegExp(`^${name}:\\s*(.*)$`, "im"))?.[1]
    .trim();

const mailFromClient = (subject, text, headers = []) => letter({ from: client.username, to: "support@acme.localhost", subject, text, headers });

const ownTicket = () => product.api("acme", "agent", "GET", `/api/tickets/${ticket}?include=comments,history`).then(({ json }) => json);

test("a client's mail becomes a ticket of the right tenant, with a clock that runs in business hours", async () => {
  const answer = await product.mailIn("acme", "support@acme.localhost", mailFromClient(TITLE, QUESTION));
  assert.equal(answer.status, 202, answer.text);
  assert.equal(answer.json.outcome, "ticket");
  ticket = answer.json.number;
  assert.match(ticket, /^ACME-\d+$/);

  const page = await product.visit("acme", "agent");
  await page.goto("/agent/tickets?queue=unassigned");
  const row = page.locator("tr[data-href]", { hasText: TITLE });
  await row.getByText(ticket).waitFor();
  assert.ok(["ok", "warning"].includes(await row.locator("[data-clock]").getAttribute("data-clock")));
  await page.context().close();
});

let answerMail;

test("an agent answers in the browser, and the client has the answer by mail", async () => {
  const page = await product.visit("acme", "agent");
  await page.goto(`/agent/tickets/${ticket}`);
  await page.getByText(QUESTION).waitFor();
  await page.fill("#body", FIRST_ANSWER);
  await product.sendAs(page, "waiting_customer");
  await page.locator("#conversation").getByText(FIRST_ANSWER).waitFor();
  assert.equal((await ownTicket()).status, "waiting_customer");
  await page.locator("#side [data-clock=paused]").first().waitFor();
  await page.context().close();

  answerMail = await product.mailTo(client.username, new RegExp(FIRST_ANSWER));
  assert.match(decoded(answerMail.raw), new RegExp(ticket));
  assert.match(answerMail.raw, /multipart\/alternative/);
});

test("the client's answer by mail comes into the same ticket, before the agent's eyes", async () => {
  const page = await product.visit("acme", "agent");
  await product.watching(page, `/agent/tickets/${ticket}`);
  const reply = mailFromClient(`Re: ${TITLE}`, `${SECOND_MAIL}\r\n\r\n> ${FIRST_ANSWER}`, [
    `In-Reply-To: ${header(answerMail, "Message-ID")}`,
    `References: ${header(answerMail, "Message-ID")}`,
  ]);
  const to = header(answerMail, "Reply-To")?.match(/[^\s<>]+@[^\s<>]+/)?.[0] ?? "support@acme.localhost";
  const taken = await product.mailIn("acme", to, reply);
  assert.equal(taken.json.outcome, "comment", taken.text);
  assert.equal(taken.json.number, ticket);
  await page.locator("#conversation").getByText(SECOND_MAIL).waitFor();
  assert.equal((await ownTicket()).status, "in_progress");
  await page.context().close();
});

test("the agent resolves it, and the client is asked for a rating by a link that records nothing until it is used", async () => {
  const page = await product.visit("acme", "agent");
  await page.goto(`/agent/tickets/${ticket}`);
  await page.fill("#body", SOLUTION);
  await product.sendAs(page, "resolved");
  await page.locator("#conversation").getByText(SOLUTION).waitFor();
  await page.context().close();

  const mail = await product.mailTo(client.username, /\/rate\//);
  const link = linkIn(mail, "/rate/");
  const reader = await product.visit("acme", null);
  const shown = await reader.goto(link);
  assert.equal(shown.status(), 200);
  await reader.goto(`${link.split("?")[0]}?score=5`);
  assert.equal((await ownTicket()).rating ?? null, null);

  await reader.locator('label[for="star-4"]').click();
  await reader.fill("#rating-comment", "Быстро разобрались");
  await reader.locator("form[action^='/rate/'] button").click();
  await reader.waitForLoadState();
  const rated = await until("the rating", async () => (await product.api("acme", "agent", "GET", `/api/tickets/${ticket}/rating`)).json?.score);
  assert.equal(rated, 4);
  await reader.context().close();
});

test("the client closes it on the portal", async () => {
  const page = await product.visit("acme", "client");
  await page.goto("/tickets?status=resolved");
  await page.getByRole("link", { name: TITLE }).click();
  await page.locator(`form[action="/tickets/${ticket}/close"] button`).click();
  await page.locator("#confirm [data-ok]").click();
  await page.locator(".ticket-head .status-closed, .ticket-head .chip", { hasText: "Закрыт" }).waitFor();
  assert.equal((await ownTicket()).status, "closed");
  await page.context().close();
});

test("the history tells every step", async () => {
  const { history, comments } = await ownTicket();
  const statuses = (history.data ?? history).filter(({ field, kind }) => (field ?? kind) === "status").map(({ to }) => to);
  assert.deepEqual([...statuses].sort(), ["closed", "in_progress", "resolved", "waiting_customer"].sort());
  const texts = (comments.data ?? comments).map(({ body }) => body);
  for (const said of [FIRST_ANSWER, SECOND_MAIL, SOLUTION]) assert.ok(texts.some((text) => text.includes(said)), said);

  const page = await product.visit("acme", "agent");
  await page.goto(`/agent/tickets/${ticket}`);
  await page.locator("#side summary", { hasText: "История" }).click();
  const list = page.locator("#side details", { hasText: "История" }).locator(".event");
  const shown = (await list.allInnerTexts()).join("\n");
  for (const step of ["Ожидает клиента", "В работе", "Решена", "Закрыта"]) assert.ok(shown.includes(step), `${step} in ${shown}`);
  await page.locator(".note-box", { hasText: "Быстро разобрались" }).waitFor();
  await page.context().close();
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
