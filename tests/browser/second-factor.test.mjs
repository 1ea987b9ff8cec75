// A second factor as a person meets it: set up from the profile, asked for after the password, replaced by a recovery code; and the
// person's own sessions, ended from afar.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { NARROW, open, overflow, until, WIDE } from "./support.mjs";

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** What an authenticator shows for a secret in base32 (RFC 6238), so many steps from now. */
function code(secret, steps = 0) {
  const bits = [...secret].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac("sha1", key).update(counter).digest();
  const number = (digest.readUInt32BE(digest[19] & 15) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, "0");
}

/** Types the password and waits for the page that asks for the code. */
async function password(page, login, path) {
  await page.goto(path);
  await page.getByLabel("E-mail or user name").fill(login.username);
  await page.getByLabel("Password").fill(login.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "Your second factor" }).waitFor();
}

async function answer(page, typed) {
  await page.getByRole("textbox", { name: "Code" }).fill(typed);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Nothing sticks out, on a wide screen and on a narrow one. */
async function fits(page) {
  for (const viewport of [NARROW, WIDE]) {
    await page.setViewportSize(viewport);
    assert.deepEqual(await overflow(page), []);
  }
}

for (const javaScript of [true, false])
  test(`a second factor is set up, asked for, lost and turned off, ${javaScript ? "with" : "without"} JavaScript`, async () => {
    const login = product.login(TENANT, javaScript ? "agent" : "client");
    const page = await product.visit(TENANT, null, { javaScript });
    await product.signIn(page, login);
    await page.goto("/profile");
    await page.getByRole("link", { name: "Look after it" }).click();
    await page.getByRole("button", { name: "Set it up" }).click();
    const secret = (await page.locator("[data-secret]").innerText()).replaceAll(/\s/g, "");
    assert.match(await page.locator('a[href^="otpauth:"]').getAttribute("href"), new RegExp(`secret=${secret}&`));
    const picture = await page.locator("svg.qr").boundingBox();
    assert.ok(picture.width > 150 && Math.abs(picture.width - picture.height) < 1, JSON.stringify(picture));
    await fits(page);
    await page.getByRole("textbox", { name: "Code" }).fill("12345");
    await page.getByRole("button", { name: "Turn it on" }).click();
    await page.locator('[aria-invalid="true"]').waitFor();
    // However much time goes by until it is tried again: it is used.
    const used = code(secret, -1);
    await page.getByRole("textbox", { name: "Code" }).fill(used);
    await page.getByRole("button", { name: "Turn it on" }).click();
    await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
    const codes = await page.locator(".codes code").allInnerTexts();
    assert.equal(new Set(codes).size, 10);
    await fits(page);
    await page.getByRole("link", { name: "I have kept them" }).click();
    await page.getByText("10 recovery codes are left.").waitFor();
    await product.mailTo(login.username, /A second factor was set up/);

    const elsewhere = await product.visit(TENANT, null, { javaScript });
    await password(elsewhere, login, "/login?next=/profile");
    await answer(elsewhere, used);
    await elsewhere.getByRole("alert").waitFor();
    await answer(elsewhere, code(secret));
    await elsewhere.waitForURL((url) => url.pathname === "/profile");

    await page.goto("/profile/security");
    await fits(page);
    await page.getByRole("button", { name: /^End: / }).click();
    await page.getByText("The session is ended.").waitFor();
    await elsewhere.goto("/profile");
    await elsewhere.waitForURL((url) => url.pathname === "/login");

    await password(elsewhere, login, "/login?next=/profile");
    await answer(elsewhere, codes[0].toUpperCase());
    await elsewhere.waitForURL((url) => url.pathname === "/profile");
    await product.mailTo(login.username, /A recovery code of yours was used/);
    await page.goto("/profile/security");
    await page.getByText("9 recovery codes are left.").waitFor();
    await page.getByRole("button", { name: "Turn it off" }).click();
    await page.getByText("The second factor is off.").waitFor();
    await elsewhere.goto("/profile");
    await elsewhere.waitForURL((url) => url.pathname === "/login");
    for (const each of [page, elsewhere]) await each.context().close();
  });

test("proving once more who one is leads on to where one wanted", async () => {
  const login = product.login(TENANT, "manager");
  const page = await product.visit(TENANT, null);
  await product.signIn(page, login);
  await page.goto("/login/confirm?next=/profile/security");
  await page.getByLabel("Current password").fill("not this one");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.locator('[aria-invalid="true"]').waitFor();
  await page.getByLabel("Current password").fill(login.password);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.waitForURL((url) => url.pathname === "/profile/security");
  await page.getByText("Identity proven once more").waitFor();
  await page.context().close();
});

/** Codes that were sent are older than they are, so that the next one need not be waited for. */
async function aMinuteLater() {
  const bindings = await product.miniflare.getBindings();
  const cells = Object.keys(bindings).filter((name) => name.startsWith("TENANT_DB_"));
  for (const cell of cells) await bindings[cell].prepare("UPDATE sms_codes SET created_at = created_at - 61000").run();
}

/** The code of the last short message, as the log of a product without a gateway shows it. */
async function lastCode(former) {
  return until("a short message", async () => {
    const { json } = await product.api(TENANT, "admin", "GET", "/api/mail/outbox?limit=100");
    const message = json.data.find(({ channel }) => channel === "sms");
    const code = message?.state === "sent" && message.subject.match(/\d{6}/)[0];
    return code !== former && code;
  });
}

test("an administrator allows codes by SMS; a number is added, a code lets in, and the number goes again", async () => {
  const login = product.login(TENANT, "manager");
  const page = await product.visit(TENANT, null);
  await product.signIn(page, login);
  await page.goto("/profile/security");
  assert.equal(await page.getByRole("heading", { name: "Codes by SMS" }).count(), 0);
  const admin = await product.visit(TENANT, "admin");
  await admin.goto("/agent/settings/security");
  await fits(admin);
  await admin.getByLabel("Let people use codes by SMS as their second factor").check();
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.getByText("Saved").first().waitFor();
  assert.ok(await admin.getByLabel("Let people use codes by SMS as their second factor").isChecked());
  await admin.context().close();

  await until("the offer", async () => {
    await page.goto("/profile/security");
    return (await page.getByRole("heading", { name: "Codes by SMS" }).count()) === 1;
  });
  await fits(page);
  await page.getByLabel("Telephone number").fill("020 7946 0958");
  await page.getByRole("button", { name: "Send a code" }).click();
  await page.getByText("This is no telephone number").waitFor();
  await page.getByLabel("Telephone number").fill("+44 20 7946 0958");
  await page.getByRole("button", { name: "Send a code" }).click();
  await page.getByRole("heading", { name: "Confirm your number" }).waitFor();
  await page.getByText("We have sent a code to ••58.").waitFor();
  await fits(page);
  const first = await lastCode();
  await page.getByRole("textbox", { name: "Code" }).fill(first === "000000" ? "000001" : "000000");
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await page.locator('[aria-invalid="true"]').waitFor();
  await page.getByRole("textbox", { name: "Code" }).fill(first);
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  assert.equal(await page.locator(".codes code").count(), 10);
  await page.getByRole("link", { name: "I have kept them" }).click();
  await page.getByText("Codes go to ••58.").waitFor();
  await fits(page);

  // Without JavaScript, and a minute after the last code.
  await aMinuteLater();
  const elsewhere = await product.visit(TENANT, null, { javaScript: false });
  await password(elsewhere, login, "/login?next=/profile");
  await fits(elsewhere);
  await elsewhere.getByRole("button", { name: "Send a code to ••58" }).click();
  await elsewhere.getByText("A code is on its way.").waitFor();
  const second = await lastCode(first);
  await elsewhere.getByRole("button", { name: "Send a code to ••58" }).click();
  await elsewhere.getByRole("alert").waitFor();
  await answer(elsewhere, second);
  await elsewhere.waitForURL((url) => url.pathname === "/profile");
  await elsewhere.context().close();

  await page.goto("/login/confirm?next=/profile/security");
  await fits(page);
  await aMinuteLater();
  await page.getByRole("button", { name: "Send a code to ••58" }).click();
  await page.getByText("A code is on its way.").waitFor();
  await page.getByRole("textbox", { name: "Code" }).fill(await lastCode(second));
  await page.getByRole("button", { name: "Go on" }).click();
  await page.waitForURL((url) => url.pathname === "/profile/security");
  await page.getByRole("button", { name: "Take the number away" }).click();
  await page.getByText("The number is taken away.").waitFor();
  await page.context().close();
});

test("no page complained of anything, its content security policy included", () => assert.deepEqual(product.trouble, []));
