// An account from its beginning: registering by mail, a forgotten password, a changed one, the profile.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { linkIn, open, until } from "./support.mjs";

const TENANT = "globex";
const WORDS = "four quiet words together";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

async function register(page, name, email, password = WORDS) {
  await page.goto("/login");
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
}

async function signIn(page, username, password) {
  await page.goto("/login");
  await page.getByLabel("E-mail or user name").fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const isIn = (page) => page.waitForURL((url) => url.pathname === "/");

/** A registered and confirmed person, and the page on which they are signed in. */
async function member(name, email) {
  const page = await product.visit(TENANT, null);
  await register(page, name, email);
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  await page.goto(linkIn(await product.mailTo(email, /\/register\/confirm/), "/register/confirm"));
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await isIn(page);
  return page;
}

test("a client registers by a mail that confirms the address, is signed in, and the link works once", async () => {
  const email = "new.person@example.com";
  const page = await member("New Person", email);
  await page.getByText("New Person").first().waitFor();
  const stranger = await product.visit(TENANT, null);
  await stranger.goto(linkIn(await product.mailTo(email, /\/register\/confirm/), "/register/confirm"));
  await stranger.getByRole("button", { name: "Confirm and sign in" }).click();
  await stranger.getByRole("heading", { name: "This link no longer works" }).waitFor();
  await signIn(stranger, email, WORDS);
  await isIn(stranger);
  for (const each of [page, stranger]) await each.context().close();
});

test("opening the link confirms nothing: scanners of mail follow links, too", async () => {
  const email = "scanned@example.com";
  const page = await product.visit(TENANT, null);
  await register(page, "Scanned Person", email);
  const link = linkIn(await product.mailTo(email, /\/register\/confirm/), "/register/confirm");
  const scanner = await product.visit(TENANT, null);
  await scanner.goto(link);
  await scanner.context().close();
  await signIn(page, email, WORDS);
  await page.getByRole("alert").waitFor();
  await page.goto(link);
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await isIn(page);
  await page.context().close();
});

test("a link that is opened on another device lets its owner choose a password before signing in", async () => {
  const email = "elsewhere@example.com";
  const here = await product.visit(TENANT, null);
  await register(here, "Person Elsewhere", email);
  const there = await product.visit(TENANT, null);
  await there.goto(linkIn(await product.mailTo(email, /\/register\/confirm/), "/register/confirm"));
  await there.getByRole("button", { name: "Confirm and sign in" }).click();
  await there.getByLabel("New password").fill("a password of one's own");
  await there.getByRole("button", { name: "Save the password" }).click();
  await there.getByRole("heading", { name: "The password is changed" }).waitFor();
  await signIn(there, email, "a password of one's own");
  await isIn(there);
  for (const each of [here, there]) await each.context().close();
});

test("whether an address has an account is told to nobody who registers with it or forgets its password", async () => {
  const said = [];
  for (const email of [product.login(TENANT, "client").username, "nobody.at.all@example.com"]) {
    const page = await product.visit(TENANT, null);
    await register(page, "Curious Person", email);
    said.push(await page.locator("main").innerText().then((text) => text.replace(email, "")));
    await page.goto("/password/forgot");
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByRole("heading", { name: "Check your mail" }).waitFor();
    said.push(await page.locator("main").innerText().then((text) => text.replace(email, "")));
    await page.context().close();
  }
  assert.deepEqual(said.slice(0, 2), said.slice(2));
});

test("a password that is too weak is refused with a word, and name and address come back", async () => {
  const page = await product.visit(TENANT, null, { javaScript: false });
  await register(page, "Weak Person", "weak@example.com", "weak@example.com");
  await page.locator('input[name="password"][aria-invalid="true"]').waitFor();
  assert.equal(await page.getByLabel("Name").inputValue(), "Weak Person");
  assert.equal(await page.getByLabel("E-mail").inputValue(), "weak@example.com");
  assert.equal(await page.getByLabel("Password").inputValue(), "");
  await page.context().close();
});

test("a forgotten password is set anew by mail; the old one, the link and every open session are over", async () => {
  const email = "forgetful@example.com";
  const open = await member("Forgetful Person", email);
  const page = await product.visit(TENANT, null);
  await page.goto("/login");
  await page.getByRole("link", { name: "Forgot the password?" }).click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  const link = linkIn(await product.mailTo(email, /\/password\/reset/), "/password/reset");
  await page.goto(link);
  await page.getByLabel("New password").fill("another four quiet words");
  await page.getByRole("button", { name: "Save the password" }).click();
  await page.getByRole("heading", { name: "The password is changed" }).waitFor();

  await open.goto("/tickets");
  await open.waitForURL((url) => url.pathname === "/login");
  await signIn(page, email, WORDS);
  await page.getByRole("alert").waitFor();
  await signIn(page, email, "another four quiet words");
  await isIn(page);
  await page.goto(link);
  await page.getByLabel("New password").fill("and once more four words");
  await page.getByRole("button", { name: "Save the password" }).click();
  await page.getByRole("heading", { name: "This link no longer works" }).waitFor();
  for (const each of [open, page]) await each.context().close();
});

test("a person changes their name, language and password, and other devices are signed out", async () => {
  const email = "changing@example.com";
  const page = await member("Changing Person", email);
  const elsewhere = await product.visit(TENANT, null);
  await signIn(elsewhere, email, WORDS);
  await isIn(elsewhere);

  await page.goto("/profile");
  await page.getByLabel("Name").fill("Changed Person");
  await page.getByLabel("Language").last().selectOption("ru");
  await page.getByRole("button", { name: "Save" }).first().click();
  await page.locator('html[lang="ru"]').waitFor({ state: "attached" });
  await page.getByText("Changed Person").first().waitFor();

  await page.fill('input[name="current"]', "not the password");
  await page.fill('form[action="/profile/password"] input[name="password"]', "a wholly new set of words");
  await page.click('form[action="/profile/password"] button');
  await page.locator('input[name="current"][aria-invalid="true"], [role="alert"]:not([hidden])').first().waitFor();
  await page.fill('input[name="current"]', WORDS);
  await page.fill('form[action="/profile/password"] input[name="password"]', "a wholly new set of words");
  await page.click('form[action="/profile/password"] button');
  await page.locator("[data-flash]").waitFor();

  await elsewhere.goto("/tickets");
  await elsewhere.waitForURL((url) => url.pathname === "/login");
  await page.goto("/tickets");
  assert.equal(new URL(page.url()).pathname, "/tickets", "the person is signed out where the password was changed");
  for (const each of [page, elsewhere]) await each.context().close();
});

test("a client turns the mails of answers off by keyboard, and the choice stays", async () => {
  const page = await member("Quiet Person", "quiet@example.com");
  await page.goto("/profile#notifications");
  const answers = page.getByRole("switch", { name: "Support has answered" });
  const status = page.getByRole("switch", { name: "Support has changed the status" });
  assert.ok((await answers.isChecked()) && (await status.isChecked()), "somebody is told nothing from the beginning");
  await answers.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await page.locator("[data-flash]").waitFor();
  await page.goto("/profile");
  assert.equal(await answers.isChecked(), false);
  assert.equal(await status.isChecked(), true);
  await page.setViewportSize({ width: 360, height: 800 });
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= 360);
  assert.ok(await fits(), "the page is wider than a small screen");
  await page.context().close();
});

test("whoever signs out is out, also by the browser's way back", async () => {
  const page = await product.visit(TENANT, null);
  await product.signIn(page, product.login(TENANT, "client"));
  await page.goto("/tickets");
  await page.locator("header details[data-menu]", { hasText: "Profile" }).locator("summary").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL((url) => url.pathname === "/login" || url.pathname === "/");
  await page.goto("/tickets");
  await page.waitForURL((url) => url.pathname === "/login");
  await page.goBack();
  assert.equal(await page.getByText(product.login(TENANT, "client").name).count(), 0);
  await page.context().close();
});

/** The keys of what the browser keeps for the page's origin, but for htmx's note of where the page itself is. */
const kept = (page) =>
  page.evaluate(() => {
    const entries = [localStorage, sessionStorage].flatMap((storage) => Object.entries(storage));
    return entries.filter(([key, value]) => key !== "htmx-current-path-for-history" || value !== location.pathname).map(([key]) => key);
  });

/** Begins a ticket on a page of the client's browser, until its draft is kept: by the server. */
async function begin(page, words) {
  await page.goto("/tickets/new");
  const saved = page.waitForResponse((response) => response.url().endsWith("/api/tickets/new/draft") && response.request().method() === "PUT");
  await page.locator("form[data-new-ticket] textarea").fill(words);
  assert.equal((await saved).status(), 200);
  assert.deepEqual(await kept(page), []);
}

async function signOut(page) {
  await page.locator("header details[data-menu]", { hasText: "Profile" }).locator("summary").click();
  await page.getByRole("button", { name: "Sign out" }).click();
}

test("whoever signs out leaves no draft behind, neither on that page nor on another that stands open", async () => {
  const page = await product.visit(TENANT, null);
  page.context().on("dialog", (dialog) => void dialog.accept());
  await product.signIn(page, product.login(TENANT, "client"));
  await begin(page, "The wages of the board are wrong");
  const other = await page.context().newPage();
  await begin(other, "And so are those of the others");
  await signOut(page);
  await page.waitForURL((url) => url.pathname === "/login");
  assert.deepEqual(await kept(page), []);
  await other.locator("form[data-new-ticket] textarea").press("End");
  await other.goto("/login");
  assert.deepEqual(await kept(other), []);
  await page.context().close();
});

test("a draft waits for its writer, whoever else signs in meanwhile", async () => {
  const page = await product.visit(TENANT, null);
  await product.signIn(page, product.login(TENANT, "client"));
  await begin(page, "These words are to stay");
  await signOut(page);
  await page.waitForURL((url) => url.pathname === "/login");
  const body = page.locator("form[data-new-ticket] textarea");
  await product.signIn(page, product.login(TENANT, "agent"));
  const asked = page.waitForResponse((response) => response.url().endsWith("/api/tickets/new/draft"));
  await page.goto("/tickets/new");
  await asked;
  assert.equal(await body.inputValue(), "");
  await page.context().clearCookies();
  await product.signIn(page, product.login(TENANT, "client"));
  await page.goto("/tickets/new");
  await until("the words to be there again", async () => (await body.inputValue()) === "These words are to stay");
  await page.context().close();
});

test("signing out clears the browser where no script runs", async () => {
  const page = await product.visit(TENANT, null);
  await product.signIn(page, product.login(TENANT, "client"));
  await begin(page, "Words of a script that is gone");
  const { origin } = new URL(page.url());
  // The page whose script would clear up is closed; another one signs out with the script kept away.
  const plain = await page.context().newPage();
  await plain.route("**/assets/**/*.js", (route) => route.abort());
  await page.close();
  await plain.goto(`${origin}/profile`);
  await plain.locator('form[action="/logout/everywhere"] button').click();
  await plain.waitForURL((url) => url.pathname === "/login");
  assert.deepEqual(await kept(plain), []);
  await plain.context().close();
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
