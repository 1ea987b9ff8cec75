// Files of every size: small ones in one piece, large ones in several that survive a broken line, and those that are taken back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { download, open, until, WAIT_MS } from "./support.mjs";

const TENANT = "acme";
const MEGABYTE = 1024 * 1024;
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

/** Bytes that differ everywhere, so that a piece in the wrong place is seen. */
function log(size) {
  const lines = [];
  for (let line = 0, bytes = 0; bytes < size; line += 1, bytes += 64) lines.push(`${String(line).padStart(63, ".")}\n`);
  return Buffer.from(lines.join("")).subarray(0, size);
}

const file = (name, buffer, mimeType = "text/plain") => ({ name, mimeType, buffer });

/** A fresh ticket, opened by that person. */
async function at(role) {
  const ticket = await product.ticket(TENANT, { title: "Отчёт не формируется" });
  const page = await product.visit(TENANT, role);
  await page.goto(`${role === "client" ? "" : "/agent"}/tickets/${ticket.number}`);
  return { page, ticket };
}

const choose = (page, ...files) => page.setInputFiles('#reply input[type="file"]', files);
const uploaded = (page, count = 1) => until("the files to be there", async () => (await page.locator('.upload input[name="upload"]').count()) === count, (4 * WAIT_MS) / 1000);

async function send(page, words) {
  await page.fill("#body", words);
  await page.click("[data-send]");
  await page.locator("#conversation").getByText(words).waitFor();
}

async function arrived(page, name) {
  const link = page.locator("#conversation a", { hasText: name });
  await link.waitFor();
  return download(page, await link.getAttribute("href"));
}

test("small files go ahead of the reply and hang on it", async () => {
  const { page } = await at("agent");
  await choose(page, file("журнал.txt", log(2_000)), file("письмо.txt", Buffer.from("привет")));
  await uploaded(page, 2);
  await send(page, "Во вложении журнал и письмо.");
  const got = await arrived(page, "журнал.txt");
  assert.equal(got.status, 200);
  assert.match(got.disposition, /^attachment/);
  assert.equal(got.text, log(2_000).toString());
  assert.equal((await arrived(page, "письмо.txt")).text, "привет");
  await page.context().close();
});

test("a client's file of 12 MB goes in pieces, shows how far it is, and arrives whole", async () => {
  const { page } = await at("client");
  const pieces = [];
  page.on("request", (request) => {
    if (request.method() === "PATCH") pieces.push(request.url());
  });
  const bytes = log(12 * MEGABYTE);
  await choose(page, file("dump.log", bytes));
  await page.locator(".upload progress").waitFor();
  await uploaded(page);
  assert.ok(pieces.length >= 2, `${pieces.length} pieces`);
  await send(page, "Большой журнал.");
  assert.equal((await arrived(page, "dump.log")).text, bytes.toString());
  await page.context().close();
});

test("a line that breaks in the middle of a large file costs the piece that was on its way, and the file arrives whole", async () => {
  const { page } = await at("client");
  const offsets = [];
  let broken = 0;
  await page.route("**/api/uploads/**", async (route) => {
    const request = route.request();
    if (request.method() !== "PATCH") return route.continue();
    const offset = Number(request.headers()["upload-offset"]);
    offsets.push(offset);
    if (offset > 0 && broken < 2) {
      broken += 1;
      return route.abort("connectionreset");
    }
    return route.continue();
  });
  const bytes = log(12 * MEGABYTE);
  await choose(page, file("broken.log", bytes));
  await uploaded(page);
  assert.equal(broken, 2);
  assert.equal(offsets.filter((offset) => offset === 0).length, 1, `the first piece was sent again: ${offsets}`);
  await send(page, "Журнал с обрывом.");
  assert.equal((await arrived(page, "broken.log")).text, bytes.toString());
  await page.context().close();
});

test("a file that cannot be sent says so, and goes with the next try", async () => {
  const { page } = await at("client");
  let broken = true;
  await page.route("**/attachments", (route) => (broken ? route.abort("connectionreset") : route.continue()));
  await choose(page, file("once-more.txt", Buffer.from("со второй попытки")));
  await page.locator(".upload-failed").waitFor();
  broken = false;
  await page.locator(".upload-failed").getByRole("button", { name: "Повторить" }).click();
  await uploaded(page);
  await send(page, "Со второй попытки.");
  assert.equal((await arrived(page, "once-more.txt")).text, "со второй попытки");
  await page.context().close();
});

test("what is sent before its file has arrived waits for it", async () => {
  const { page } = await at("client");
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/attachments", async (route) => {
    await held;
    await route.continue();
  });
  await choose(page, file("slow.txt", Buffer.from("медленно")));
  await page.locator(".upload progress").waitFor();
  await page.fill("#body", "Отправлено раньше файла.");
  await page.click("[data-send]");
  assert.equal(await page.inputValue("#body"), "Отправлено раньше файла.");
  release();
  await page.locator("#conversation").getByText("Отправлено раньше файла.").waitFor();
  assert.equal((await arrived(page, "slow.txt")).text, "медленно");
  await page.context().close();
});

test("a file that is taken back before sending hangs on nothing", async () => {
  const { page, ticket } = await at("client");
  await choose(page, file("keep.txt", Buffer.from("a")), file("drop.txt", Buffer.from("b")));
  await uploaded(page, 2);
  await page.locator(".upload", { hasText: "drop.txt" }).getByRole("button").click();
  await send(page, "Только один файл.");
  await arrived(page, "keep.txt");
  assert.equal(await page.locator("#conversation a", { hasText: "drop.txt" }).count(), 0);
  const { comments } = await product.look(TENANT, ticket.number, "comments");
  assert.equal((comments.data ?? comments).length, 1);
  await page.context().close();
});

test("a file beyond 50 MB is refused before a byte of it is sent", async () => {
  const { page } = await at("client");
  const sent = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(request.url());
  });
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new ArrayBuffer(51 * 1024 * 1024)], "huge.log"));
    const input = document.querySelector('#reply input[type="file"]');
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await page.locator("#toasts").getByText("50").waitFor();
  assert.equal(await page.locator(".upload").count(), 0);
  assert.deepEqual(sent, []);
  await page.context().close();
});

test("a page that calls itself a picture is refused by its content, and what was written stays", async () => {
  const { page } = await at("client");
  await page.fill("#body", "Посмотрите снимок.");
  await choose(page, file("снимок.png", Buffer.from("<html><script>alert(1)</script></html>"), "image/png"));
  await page.locator(".upload-failed").waitFor();
  assert.equal(await page.inputValue("#body"), "Посмотрите снимок.");
  await page.context().close();
});

test("files for a new ticket are dropped, pasted and taken back, and the rest goes with it", async () => {
  const page = await product.visit(TENANT, "client");
  await page.goto("/tickets/new");
  const give = (kind, name) =>
    page.evaluate(
      ([event, fileName]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([`содержимое ${fileName}`], fileName, { type: "text/plain" }));
        const init = { bubbles: true, cancelable: true };
        const target = document.querySelector("form[data-new-ticket]");
        if (event === "drop") target.dispatchEvent(new DragEvent("drop", { ...init, dataTransfer: transfer }));
        else target.dispatchEvent(new ClipboardEvent("paste", { ...init, clipboardData: transfer }));
      },
      [kind, name],
    );
  await give("drop", "dropped.txt");
  await give("paste", "pasted.txt");
  await page.setInputFiles('input[name="attachments"]', [file("third.txt", Buffer.from("x"))]);
  await until("the list", async () => (await page.locator(".upload").count()) >= 1);
  await give("drop", "dropped-again.txt");
  await page.locator(".upload", { hasText: "third.txt" }).getByRole("button").click();
  await page.fill('input[name="title"]', "Файлы к новой заявке");
  await page.fill('textarea[name="description"]', "Приложены.");
  await page.locator("[data-send]").click();
  await page.waitForURL(/\/tickets\/ACME-\d+/);
  assert.equal((await arrived(page, "dropped-again.txt")).text, "содержимое dropped-again.txt");
  assert.equal(await page.locator("#conversation a", { hasText: "third.txt" }).count(), 0);
  await page.context().close();
});

test("no page complained of anything", () => assert.deepEqual(product.trouble.filter((line) => !/net::ERR_CONNECTION_RESET/.test(line)), []));
