// What a client does on the portal, with JavaScript and without: sign in, write a ticket with a file, answer, be told what is wrong,
// write without an account, choose language and appearance.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { decoded, open } from "./support.mjs";

let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

const FILE = { name: "снимок.txt", mimeType: "text/plain", buffer: Buffer.from("что видно на экране") };

for (const javaScript of [true, false]) {
  const how = javaScript ? "with JavaScript" : "without JavaScript";
  test(`${how}, a client signs in, writes a ticket with a file and answers in it`, async () => {
    const page = await product.visit("acme", null, { javaScript });
    await product.signIn(page, product.login("acme", "client"));
    assert.equal(new URL(page.url()).pathname, "/");
    await page.locator('main a[href="/tickets/new"]').first().click();
    await page.fill('input[name="title"]', `Не печатается счёт ${how}`);
    await page.fill('textarea[name="description"]', "Принтер виден, но очередь пуста.");
    await page.selectOption('select[name="priority"]', "high");
    await page.setInputFiles('input[name="attachments"]', FILE);
    await page.locator("form[action='/tickets/new'] [data-send]").click();
    await page.waitForURL(/\/tickets\/ACME-\d+/);
    await page.locator("#conversation").getByText("Принтер виден, но очередь пуста.").waitFor();
    await page.locator("#conversation a", { hasText: FILE.name }).waitFor();
    await page.fill("#body", "Перезагрузка не помогла.");
    await page.locator("#reply [data-send]").click();
    await page.locator("#conversation").getByText("Перезагрузка не помогла.").waitFor();
    await page.goto("/tickets");
    await page.getByRole("link", { name: `Не печатается счёт ${how}` }).waitFor();
    await page.context().close();
  });

  test(`${how}, a refused form comes back with what was typed and says what is wrong`, async () => {
    const page = await product.visit("acme", "client", { javaScript });
    await page.goto("/tickets/new");
    await page.fill('input[name="title"]', "   ");
    await page.fill('textarea[name="description"]', "Длинное описание, которое жалко потерять.");
    await page.selectOption('select[name="priority"]', "low");
    await page.locator("form[action='/tickets/new'] [data-send]").click();
    await page.locator('input[name="title"][aria-invalid="true"]').waitFor();
    assert.equal(await page.inputValue('textarea[name="description"]'), "Длинное описание, которое жалко потерять.");
    assert.equal(await page.inputValue('select[name="priority"]'), "low");
    await page.context().close();
  });
}

test("a wrong password and an unknown name are told apart by nobody", async () => {
  const page = await product.visit("globex", null);
  const said = [];
  for (const username of [product.login("globex", "client").username, "nobody@nowhere.example"]) {
    await page.goto("/login");
    await page.fill('input[name="username"]', username);
    await page.fill('input[name="password"]', "not the password");
    await page.click('form[action="/login"] button');
    said.push(await page.locator("[role=alert], .note-box-danger").first().innerText());
    assert.equal(await page.inputValue('input[name="username"]'), username);
  }
  assert.equal(said[0], said[1]);
  await page.context().close();
});

test("somebody without an account writes to support, and the answer echoes none of the text", async () => {
  const page = await product.visit("globex", null);
  await page.goto("/tickets/new");
  await page.fill('input[name="email"]', "visitor@example.com");
  await page.fill('input[name="name"]', "A Visitor");
  await page.fill('input[name="title"]', "Buy cheap watches");
  await page.fill('textarea[name="description"]', "Canary sentence that must not come back.");
  await page.locator("form[action='/tickets/new'] [data-send]").click();
  await page.locator("h1").waitFor();
  const mail = await product.mailTo("visitor@example.com", /./);
  assert.ok(!decoded(mail.raw).includes("Canary sentence"), "the mail echoes the sender's text");
  await page.context().close();
});

test("the reader chooses language and appearance, and both stay", async () => {
  const page = await product.visit("globex", "client");
  await page.goto("/");
  assert.equal(await page.locator("html").getAttribute("dir"), "ltr");
  await page.locator("details[data-menu]", { has: page.locator('[value="ar"]') }).locator("summary").click();
  await page.locator('button[value="ar"]').click();
  await page.locator('html[lang="ar"][dir="rtl"]').waitFor({ state: "attached" });
  const kept = () => page.waitForResponse((response) => new URL(response.url()).pathname === "/preferences");
  const canvas = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.locator("details[data-menu]", { has: page.locator("[data-appearance]") }).locator("summary").click();
  for (const [name, value, colour] of [["theme", "dark", "rgb(16, 19, 24)"], ["contrast", "more", "rgb(0, 0, 0)"]]) {
    const saved = kept();
    await page.click(`button[name="${name}"][value="${value}"]`);
    await saved;
    await page.locator(`button[name="${name}"][value="${value}"][aria-pressed="true"]`).waitFor();
    assert.equal(await canvas(), colour, "the page itself does not change");
  }
  await page.reload();
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  assert.equal(await page.locator("html").getAttribute("data-contrast"), "more");
  assert.equal(await canvas(), "rgb(0, 0, 0)");
  assert.equal(await page.locator("html").getAttribute("lang"), "ar");
  await page.context().close();
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
