// Passkeys as a person meets them, with Chromium's own virtual authenticator: one is made, lets in without a password, stands in for the code
// after one, proves anew who it is, and is taken away.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { look } from "./look.mjs";
import { open } from "./support.mjs";

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

/** Gives the page an authenticator that knows its owner and answers at once. */
async function authenticator(page) {
  const debug = await page.context().newCDPSession(page);
  await debug.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await debug.send("WebAuthn.addVirtualAuthenticator", { options });
  return (method, parameters = {}) => debug.send(`WebAuthn.${method}`, { authenticatorId, ...parameters });
}

/** A browser that fills no passkeys in by itself: there the button is the way. */
const withoutAutofill = (page) =>
  page.addInitScript(() => {
    globalThis.PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });

const ask = (page, what) => page.locator(`form[data-passkey="${what}"] button`).click();

/** Adds the first passkey of whoever is signed in, and passes by the recovery codes. */
async function add(page, name) {
  await page.goto("/profile/security");
  await page.locator('form[data-passkey="add"] [name="name"]').fill(name);
  await ask(page, "add");
  assert.equal(await page.locator(".codes code").count(), 0);
  await page.locator(".codes code").first().waitFor();
  const codes = await page.locator(".codes code").allInnerTexts();
  assert.equal(new Set(codes).size, 10);
  await page.goto("/profile/security");
  await page.getByText(name).waitFor();
}

async function password(page, login, path) {
  await page.goto(path);
  await page.fill('input[name="username"]', login.username);
  await page.fill('input[name="password"]', login.password);
  await page.click('form[action="/login"] button');
  await page.waitForURL((url) => url.pathname === "/login/verify");
}

test("a passkey is made, lets in, stands in for the code, proves anew and is taken away", async () => {
  const login = product.login(TENANT, "agent");
  const page = await product.visit(TENANT, null);
  await withoutAutofill(page);
  const device = await authenticator(page);
  await product.signIn(page, login);
  await add(page, "Work laptop");
  await product.mailTo(login.username, /A passkey was added/);
  const { credentials } = await device("getCredentials");
  assert.deepEqual(credentials.map(({ rpId, isResidentCredential }) => [rpId, isResidentCredential]), [[`${TENANT}.localhost`, true]]);

  // The same authenticator makes no second one.
  await ask(page, "add");
  await page.getByText("Nothing came of it.").waitFor();

  await page.getByText("Rename", { exact: true }).click();
  await page.getByLabel("New name").fill("Kitchen laptop");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("The passkey has its new name.").waitFor();
  await page.getByText("Kitchen laptop").waitFor();

  await page.locator(".portal-head details[data-menu] summary").last().click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL((url) => url.pathname === "/login");
  await page.goto("/login?next=/profile");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL((url) => url.pathname === "/profile");

  await page.context().clearCookies();
  await password(page, login, "/login?next=/profile");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL((url) => url.pathname === "/profile");

  await page.goto("/login/confirm?next=/profile/security");
  await device("setUserVerified", { isUserVerified: false });
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByText("Nothing came of it.").waitFor();
  await device("setUserVerified", { isUserVerified: true });
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL((url) => url.pathname === "/profile/security");
  await page.getByText("Identity proven once more").first().waitFor();

  await page.getByRole("button", { name: "Remove: Kitchen laptop" }).click();
  await page.getByText("The passkey is taken away.").waitFor();
  await product.mailTo(login.username, /A passkey of your account was taken away/);
  await page.context().clearCookies();
  await page.goto("/login");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText("The passkey does not let you in").or(page.getByText("It is not known here")).first().waitFor();
  await page.context().close();
});

test("the field of the user name offers the passkey by itself", async () => {
  const page = await product.visit(TENANT, null);
  await authenticator(page);
  await product.signIn(page, product.login(TENANT, "manager"));
  await add(page, "Phone");
  await page.context().clearCookies();
  await page.goto("/login?next=/profile");
  await page.waitForURL((url) => url.pathname === "/profile");
  await page.context().close();
});

test("adding one first asks who one is, and leads back", async () => {
  const login = product.login(TENANT, "admin");
  const page = await product.visit(TENANT, null);
  await authenticator(page);
  await product.signIn(page, login);
  await page.goto("/profile/security");
  await page.route("**/api/auth/passkeys/options", (route) => route.fulfill({ status: 403, contentType: "application/problem+json", body: '{"code":"step_up_required"}' }));
  await ask(page, "add");
  await page.waitForURL((url) => url.pathname === "/login/confirm");
  await page.getByLabel("Current password").fill(login.password);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.waitForURL((url) => url.pathname === "/profile/security");
  await page.context().close();
});

test("without JavaScript nothing is offered that would not work", async () => {
  const page = await product.visit(TENANT, null, { javaScript: false });
  await page.goto("/login");
  assert.equal(await page.locator("form[data-passkey]").isVisible(), false);
  await product.signIn(page, product.login(TENANT, "analyst"));
  await page.goto("/profile/security");
  assert.equal(await page.locator("form[data-passkey]").isVisible(), false);
  await page.getByText("This browser cannot use passkeys on this page.").waitFor();
  await page.context().close();
});

for (const tenant of ["acme", "globex", "nour"])
  test(`${tenant}: the pages around passkeys stay in their width and axe-core has no serious finding`, async () => {
    const login = product.login(tenant, "client");
    const page = await product.visit(tenant, null);
    await withoutAutofill(page);
    await authenticator(page);
    await page.goto("/login");
    await page.locator('form[data-passkey="sign-in"] button').waitFor();
    assert.deepEqual(await look(page, page.url()), []);
    await product.signIn(page, login);
    await add(page, "A passkey with_a_very_long_unbroken_name_0123456789_01234");
    await page.locator("details.small summary").click();
    assert.deepEqual(await look(page, page.url()), []);
    await page.goto("/login/confirm");
    await page.locator('form[data-passkey="step-up"] button').waitFor();
    assert.deepEqual(await look(page, page.url()), []);
    await page.context().clearCookies();
    await password(page, login, "/login");
    await page.locator('form[data-passkey="sign-in"] button').waitFor();
    assert.deepEqual(await look(page, page.url()), []);
    await page.context().close();
  });

test("no page complained of anything, its content security policy included", () => assert.deepEqual(product.trouble, []));
