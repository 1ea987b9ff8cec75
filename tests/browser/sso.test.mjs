// Signing in by a provider of identities as people meet it, in Chromium, against the npm `oidc-provider`: a provider is set up and tried out on
// its pages, somebody new comes in by it, links, proves and signs out at both ends.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { identityProvider } from "./identity-provider.mjs";
import { look } from "./look.mjs";
import { open, until } from "./support.mjs";

const TENANT = "globex";
const ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"];
const SECRET = "the portal's secret at the provider";
const PEOPLE = {
  anna: { name: "Anna Petrova", email: "anna@corp.example", email_verified: true, groups: ["desk"] },
  unchecked: { name: "Unchecked", email: "unchecked@corp.example", email_verified: false, groups: ["desk"] },
  colleague: { name: "The same agent", email: "colleague@corp.example", email_verified: true, groups: [] },
};
let product;
let there;
const providers = {};
/** What was answered to the provider when it told of the end of a session. */
const told = [];

before(async () => {
  there = await identityProvider();
  product = await open({ vars: { PRIVATE_HOSTS: "allowed" } });
  const clients = [];
  for (const algorithm of ALGORITHMS) {
    const body = {
      name: `Corp ${algorithm}`,
      issuer: there.issuer,
      client_id: algorithm,
      client_secret: SECRET,
      mappings: [{ group: "desk", role: "agent" }],
      default_role: "client",
      create_people: true,
      domains: ["corp.example"],
    };
    const made = await product.api(TENANT, "admin", "POST", "/api/identity-providers", body);
    assert.equal(made.status, 201, made.text);
    providers[algorithm] = made.json;
    clients.push({
      client_id: algorithm,
      client_secret: SECRET,
      redirect_uris: [made.json.redirect_uri],
      backchannel_logout_uri: made.json.backchannel_logout_uri,
      backchannel_logout_session_required: true,
      post_logout_redirect_uris: [`${product.origin(TENANT)}/login`],
      id_token_signed_response_alg: algorithm,
    });
  }
  there.open(clients, PEOPLE, async (url, body) => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const { status } = await product.miniflare.dispatchFetch(url, { method: "POST", headers, body });
    told.push(status);
    return status;
  });
});
after(async () => {
  await product?.stop();
  await there?.stop();
});

/** Types a name at the provider's page, and agrees to what it asks. */
async function agree(page, name) {
  if (name) {
    await page.locator('input[name="login"]').fill(name);
    await page.locator('input[name="password"]').fill("whatever");
    await page.locator('button[type="submit"]').click();
  }
  const consent = page.getByRole("button", { name: "Continue" });
  const back = page.waitForURL((url) => url.host === new URL(product.origin(TENANT)).host).then(() => true);
  while (!(await Promise.race([back, consent.waitFor().then(() => false, () => true)]))) await consent.click();
}

test("an administrator sees each step of what a provider says, and the claims of a sign-in that signs nobody in", async () => {
  const page = await product.visit(TENANT, "admin");
  await page.goto("/agent/access/identity-providers");
  assert.deepEqual(await look(page, "providers"), []);
  await page.getByRole("link", { name: "Corp RS256" }).click();
  await page.getByText(providers.RS256.redirect_uri).waitFor();
  await page.getByRole("button", { name: "Ask the provider" }).click();
  await page.getByText("It publishes keys").waitFor();
  assert.equal(await page.locator("#test .chip-ok").count(), 2);
  assert.deepEqual(await look(page, "provider"), []);
  await page.getByRole("link", { name: "Test sign-in" }).click();
  await agree(page, "anna");
  await page.getByText("Nobody was signed in").waitFor();
  assert.equal(await page.locator(".chip-warn").count(), 0);
  await page.getByText("anna@corp.example", { exact: true }).waitFor();
  assert.deepEqual(await look(page, "test"), []);
  const people = await product.api(TENANT, "admin", "GET", "/api/users?q=anna@corp.example");
  assert.ok(!people.text.includes("anna@corp.example"));
  await page.context().close();
});

test("somebody new comes in with the role of their group, by keys of every kind, and signs out at both ends", async () => {
  const page = await product.visit(TENANT, null);
  for (const [at, algorithm] of ALGORITHMS.entries()) {
    await page.goto("/login?next=/profile");
    if (at === 0) assert.deepEqual(await look(page, "login"), []);
    await page.getByRole("link", { name: `Corp ${algorithm}` }).click();
    // Signing out ended the session there, too; after that it goes on.
    await agree(page, at < 2 && "anna");
    if (at === 0) {
      await page.waitForURL((url) => url.pathname === "/profile");
      assert.equal(await page.locator('input[name="name"]').inputValue(), "Anna Petrova");
      await page.goto("/profile/security");
      assert.deepEqual(await look(page, "security"), []);
      await signOut(page);
    } else {
      // The same person at another client of the same issuer is another identity: the address is an account's by now.
      await page.getByText("Sign in as you did before", { exact: false }).waitFor();
    }
  }
  await page.context().close();
});

/** Signs out here, and agrees to it there. */
async function signOut(page) {
  await page.evaluate(() => document.querySelector('form[action="/logout"]').requestSubmit());
  await page.waitForURL((url) => url.origin === there.issuer && url.pathname.startsWith("/session/end"));
  await page.locator('button[name="logout"], button[value="yes"]').first().click();
  await page.waitForURL((url) => url.pathname === "/login" && url.host === new URL(product.origin(TENANT)).host);
}

test("whoever signs out at the provider is signed out here, in that browser and in no other", async () => {
  const page = await product.visit(TENANT, null);
  const elsewhere = await product.visit(TENANT, null);
  for (const each of [page, elsewhere]) {
    await each.goto("/login?next=/profile");
    await each.getByRole("link", { name: "Corp RS256" }).click();
    await agree(each, "anna");
    await each.waitForURL((url) => url.pathname === "/profile");
  }
  told.length = 0;
  await page.goto(`${there.issuer}/session/end`);
  await page.locator('button[name="logout"], button[value="yes"]').first().click();
  await until("the provider to tell of it", () => told.length > 0);
  assert.deepEqual(told, [200]);
  await page.goto("/profile");
  await page.waitForURL((url) => url.pathname === "/login");
  // It has told of one session, and the other is another.
  await elsewhere.goto("/profile");
  assert.equal(new URL(elsewhere.url()).pathname, "/profile");
  for (const each of [page, elsewhere]) await each.context().close();
});

test("an address that the provider has not checked makes no account", async () => {
  const page = await product.visit(TENANT, null);
  await page.goto("/login");
  await page.getByRole("link", { name: "Corp ES256" }).click();
  await agree(page, "unchecked");
  await page.getByText("the portal has no place for you yet", { exact: false }).waitFor();
  await page.context().close();
});

test("an agent links an account, and from then on comes in by it as who they are", async () => {
  const page = await product.visit(TENANT, null);
  const agent = product.login(TENANT, "agent");
  await product.signIn(page, agent);
  await page.goto("/profile/security");
  await page.getByRole("link", { name: "Link Corp EdDSA" }).click();
  await agree(page, "colleague");
  await page.getByText("The account is linked.").waitFor();
  assert.deepEqual(await look(page, "linked"), []);
  await product.mailTo(agent.username, /An account elsewhere was linked/);
  await page.context().clearCookies({ domain: `${TENANT}.localhost` });
  await page.goto("/login?next=/profile/security");
  await page.getByRole("link", { name: "Corp EdDSA" }).click();
  await page.waitForURL((url) => url.pathname === "/profile/security");
  page.once("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", { name: "Unlink: Corp EdDSA" }).click();
  await page.getByText("The account is unlinked.").waitFor();
  await page.context().close();
});

test("nothing complained", () => {
  // The pages of the provider ask for a font of the open network.
  assert.deepEqual(product.trouble.filter((words) => !words.includes("net::ERR_NAME_NOT_RESOLVED")), []);
});
