// Signing in by SAML 2.0 as people meet it, in Chromium, against pysaml2: a provider is set up and tried out on its pages, somebody new comes
// in by it from another site, and signs out at either end. Assertions are signed and encrypted; the cryptography is workerd's.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { at } from "../../scripts/lib/paths.mjs";
import { pythonPrograms } from "../../scripts/lib/python.mjs";
import { look } from "./look.mjs";
import { open } from "./support.mjs";

const TENANT = "globex";
let product, program, there;

before(async () => {
  const programs = await pythonPrograms(at("tests/saml/requirements.txt"));
  program = spawn(join(programs, "python"), ["-W", "ignore", at("tests/saml/provider.py")], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface(program.stdout), "line");
  there = JSON.parse(line);
  product = await open({ vars: { PRIVATE_HOSTS: "allowed" } });
});
after(async () => {
  await product?.stop();
  program?.kill();
});

test("an administrator sets a provider up by its metadata, and sees each step of a sign-in that signs nobody in", async () => {
  const page = await product.visit(TENANT, "admin");
  await page.goto("/agent/access/identity-providers");
  await page.getByRole("link", { name: "SAML 2.0" }).click();
  await page.locator('[name="name"]').fill("Corp");
  await page.locator('[name="metadata"]').fill("<nothing/>");
  await page.locator('[name="claim_email"]').fill("mail");
  await page.locator('[name="mapping_group"]').first().fill("desk");
  await page.locator('[name="mapping_role"]').first().selectOption("agent");
  await page.locator('[name="create_people"]').check();
  await page.locator('[name="trusts_addresses"]').check();
  await page.locator('[name="domains"]').fill("corp.example");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Not the metadata of one provider", { exact: false }).waitFor();
  assert.deepEqual(await look(page, "saml-refused"), []);
  // The document is chosen as a file; later the provider is asked for it.
  await page.getByLabel("The same as a file").setInputFiles({ name: "idp.xml", mimeType: "text/xml", buffer: Buffer.from(there.metadata) });
  await page.waitForFunction((text) => document.querySelector('[name="metadata"]').value === text, there.metadata);
  await page.locator('[name="metadata_url"]').fill(`${there.origin}/metadata`);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Test sign-in" }).waitFor();
  await page.getByRole("button", { name: "Ask the provider" }).click();
  await page.locator("#test").getByText(`${there.origin}/metadata`).waitFor();
  assert.deepEqual([await page.locator("#test .chip-ok").count(), await page.locator("#test .chip-warn").count()], [1, 0]);
  assert.deepEqual(await look(page, "saml-provider"), []);
  const own = await page.locator('a[href$="/metadata"]').getAttribute("href");
  const document = await page.evaluate(async (address) => (await fetch(address)).text(), own);
  assert.equal((await fetch(`${there.origin}/portal`, { method: "POST", body: document })).status, 204);
  await page.getByRole("link", { name: "Test sign-in" }).click();
  await page.getByRole("button", { name: "I am anna" }).click();
  await page.getByText("Nobody was signed in").waitFor();
  assert.equal(await page.locator(".chip-warn").count(), 0);
  assert.equal(await page.locator(".chip-ok").count(), 5);
  await page.getByText("anna@corp.example", { exact: true }).first().waitFor();
  assert.deepEqual(await look(page, "saml-test"), []);
  await page.context().close();
});

async function comesIn(page) {
  await page.goto("/login?next=/profile");
  await page.getByRole("link", { name: "Corp" }).click();
  await page.getByRole("button", { name: "I am anna" }).click();
  await page.waitForURL((url) => url.pathname === "/profile");
}

test("somebody new comes in with the role of their group, and signs out at either end", async () => {
  const page = await product.visit(TENANT, null);
  await comesIn(page);
  assert.equal(await page.locator('input[name="name"]').inputValue(), "Anna Petrova");
  const people = await product.api(TENANT, "admin", "GET", "/api/users?q=anna@corp.example");
  assert.match(people.text, /"role":"agent"/);
  await page.evaluate(() => document.querySelector('form[action="/logout"]').requestSubmit());
  await page.getByText("Signed out: anna").waitFor();
  await page.getByRole("link", { name: "Back to the portal" }).click();
  await page.getByText("You are signed out here and at the provider.").waitFor();
  await comesIn(page);
  await page.goto(`${there.origin}/order`);
  await page.getByText("The portal says: Success").waitFor();
  await page.goto(`${product.origin(TENANT)}/profile`);
  await page.waitForURL((url) => url.pathname === "/login");
  await page.context().close();
});

test("nothing complained", () => {
  assert.deepEqual(product.trouble, []);
});
