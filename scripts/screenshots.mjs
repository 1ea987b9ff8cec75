// `make screenshots`: takes the pictures of docs/screenshots in Chromium, from the demo data and the story of one ticket, and writes
// their index. Every run begins with the same data, so a picture changes when the product does (and with the day).
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { buildWorker } from "./build.mjs";
import { giveUp, program, say } from "./lib/console.mjs";
import { at } from "./lib/paths.mjs";
import { decoded, NARROW, open, WIDE } from "../tests/browser/support.mjs";

const FOLDER = at("docs", "screenshots");
/** A picture is looked at on a page of many: it must not weigh. */
const BYTES_MAX = 250_000;

const mailFrom = (from, to, subject, text) =>
  [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: =?utf-8?B?${Buffer.from(subject).toString("base64")}?=`,
    `Date: ${new Date().toUTCString()}`,
    "Message-ID: <picture-1@client.example>",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    text,
    "",
  ].join("\r\n");

/** The tickets that the pictures show, made by the product's own doors. */
async function story(product) {
  const client = product.login("acme", "client");
  const tickets = [
    ["critical", "accounting", "Не закрывается месяц: ошибка при расчёте себестоимости", "Регламентная операция останавливается на счёте 20. Закрытие сегодня до конца дня."],
    ["high", "sales", "После обновления не печатаются счета", "Печатная форма открывается пустой у всех менеджеров отдела продаж."],
    ["medium", "warehouse", "Остатки на складе Юг не сходятся с инвентаризацией", "Разница по трём позициям, выгрузка во вложении."],
    ["low", "reporting", "Добавить колонку «Договор» в отчёт по задолженности", "Нужна для сверки с отделом продаж."],
  ];
  const made = [];
  for (const [priority, erp_module, title, description] of tickets) {
    const { json } = await product.api("acme", "client", "POST", "/api/tickets", { title, description, priority, erp_module });
    made.push(json.number);
  }
  const agent = (await product.api("acme", "agent", "GET", "/api/auth/me")).json;
  const change = async (number, changes) => {
    const { json } = await product.api("acme", "agent", "GET", `/api/tickets/${number}`);
    return product.api("acme", "agent", "PATCH", `/api/tickets/${number}`, changes, { "if-match": `"${json.version}"` });
  };
  const speak = (role, number, body, visibility = "public") => product.api("acme", role, "POST", `/api/tickets/${number}/comments`, { body, visibility });
  const [talked, solved] = made;
  await change(talked, { assignee: agent.id ?? agent.user?.id });
  await speak("agent", talked, "Дмитрий, здравствуйте! Вижу ошибку: у двух документов выпуска нет статьи затрат. Пришлите, пожалуйста, отчёт за октябрь.");
  await speak("client", talked, "Отчёт отправил. Документы 000-114 и 000-117, верно?");
  await speak("agent", talked, "Похоже, статья удалена при обмене с филиалом. Проверить правила обмена.", "internal");
  await speak("agent", solved, "Печатная форма восстановлена из расширения, счета печатаются.");
  await change(solved, { status: "in_progress" });
  await change(solved, { status: "resolved" });
  await product.mailTo(client.username, /\/rate\//);
  await product.mailIn("acme", "support@acme.localhost", mailFrom("mailer-daemon@client.example", "support@acme.localhost", "Автоответ: я в отпуске", "Вернусь в понедельник."));
  const day = [{ start: "09:00", end: "18:00" }];
  const calendar = await product.api("acme", "admin", "POST", "/api/sla/calendars", {
    name: "Офис в Москве",
    zone: "Europe/Moscow",
    week: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: [{ start: "09:00", end: "17:00" }] },
    holidays: [{ yearly: "01-07", name: "Рождество" }],
  });
  if (calendar.status !== 201) giveUp(calendar.text);
  const policy = await product.api("acme", "admin", "POST", "/api/sla/rules", {
    calendar_id: calendar.json.id,
    name: "Договор «Золотой»",
    position: 0,
    conditions: { customer_types: ["gold"] },
    targets: {
      critical: { first_response_minutes: 15, next_response_minutes: 30, resolution_minutes: 120 },
      high: { first_response_minutes: 60, next_response_minutes: 60, resolution_minutes: 480 },
      medium: { first_response_minutes: 240, next_response_minutes: 240, resolution_minutes: 1440 },
      low: { first_response_minutes: 480, resolution_minutes: 4320 },
    },
    hours: { first_response: "business", next_response: "business", resolution: "business" },
    warn_percent: [75, 90],
    reopen: "continue",
  });
  if (policy.status !== 201) giveUp(policy.text);
  return talked;
}

/** The path of the link in the mail that asks for a rating. */
async function ratingLink(product) {
  const mail = await product.mailTo(product.login("acme", "client").username, /\/rate\//);
  return decoded(mail.raw).match(/http:\/\/acme\.localhost:\d+(\/rate\/[^\s"<>]+)/)[1].replaceAll("&amp;", "&");
}

await program(async () => {
  if (!process.env.BROWSER_BUILD) await buildWorker();
  const product = await open();
  try {
    const talked = await story(product);
    const rate = await ratingLink(product);
    const newest = async (tenant) => (await product.api(tenant, "agent", "GET", "/api/tickets?limit=1&sort=-updated_at")).json.data[0].number;
    /** file, what it shows, tenant, role, path, viewport, dark, and what is done before the picture. */
    const pictures = [
      ["queue", "The agents' queue with its SLA clocks (Russian)", "acme", "agent", "/agent/tickets?queue=all", WIDE, false],
      ["queue-dark", "The same on a dark device", "acme", "agent", "/agent/tickets?queue=all", WIDE, true],
      ["agent-ticket", "A ticket as the agent sees it: conversation, note, composer, side panel", "acme", "agent", `/agent/tickets/${talked}`, WIDE, false],
      ["agent-ticket-dark", "An English ticket, dark", "globex", "agent", `/agent/tickets/${await newest("globex")}`, WIDE, true],
      ["agent-ticket-360", "The agent's ticket on a phone", "acme", "agent", `/agent/tickets/${talked}`, NARROW, false],
      ["queue-360-dark", "The queue on a phone, dark", "acme", "agent", "/agent/tickets?queue=all", NARROW, true],
      ["queue-ar", "The queue from right to left (Arabic)", "nour", "agent", "/agent/tickets?queue=all", WIDE, false],
      ["client-ticket", "The client's side of the same ticket", "acme", "client", `/tickets/${talked}`, WIDE, false],
      ["client-ticket-ar-360", "A client's ticket on a phone (Arabic)", "nour", "client", `/tickets/${(await product.api("nour", "client", "GET", "/api/tickets?limit=1")).json.data[0].number}`, NARROW, false],
      ["client-tickets", "My tickets", "acme", "client", "/tickets?status=all", WIDE, false],
      ["new-ticket", "A new ticket", "globex", "client", "/tickets/new", WIDE, false],
      ["rating", "The rating that a mail's link opens", "acme", null, rate, NARROW, false],
      ["mail-log", "What the product has sent, and what became of it", "acme", "admin", "/agent/mail/log", WIDE, false],
      ["sla-policies", "SLA policies", "acme", "admin", "/agent/sla/policies", WIDE, false],
      ["ratings", "Ratings by agent", "acme", "manager", "/agent/ratings?days=90", WIDE, false],
      ["sign-in", "Signing in (Arabic, dark)", "nour", null, "/login", WIDE, true],
    ];
    mkdirSync(FOLDER, { recursive: true });
    const lines = ["# Screenshots", "", "Taken by `make screenshots` from the demo data.", ""];
    for (const [name, caption, tenant, role, path, viewport, dark] of pictures) {
      const page = await product.visit(tenant, role, { viewport, dark });
      const answer = await page.goto(path, { waitUntil: "networkidle" });
      if (answer.status() !== 200) giveUp(`${path} answered ${answer.status()}`);
      const file = join(FOLDER, `${name}.png`);
      await page.screenshot({ path: file });
      await page.context().close();
      const { size } = statSync(file);
      if (size > BYTES_MAX) giveUp(`${name}.png has ${size} bytes, more than ${BYTES_MAX}`);
      say(`${name}.png ${Math.round(size / 1024)} KB`);
      lines.push(`## ${caption}`, "", `![${caption}](${name}.png)`, "");
    }
    writeFileSync(join(FOLDER, "README.md"), lines.join("\n"));
    const taken = new Set(pictures.map(([name]) => `${name}.png`));
    for (const name of readdirSync(FOLDER)) if (name.endsWith(".png") && !taken.has(name)) rmSync(join(FOLDER, name));
    if (product.trouble.length > 0) giveUp(product.trouble.join("\n"));
  } finally {
    await product.stop();
  }
});
