// An administrator connects a program, gives it a key and takes it away again; the program asks meanwhile.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open } from "./support.mjs";

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

test("a program is connected by pages, its key is shown once and copied, and revoked it opens nothing", async () => {
  const admin = await product.visit(TENANT, "admin");
  await admin.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await admin.goto("/agent/access");
  await admin.getByRole("navigation", { name: "Sections of access" }).getByRole("link", { name: "Programs" }).click();
  await admin.locator("#f-name").fill("Warehouse ERP");
  await admin.locator("#f-role").selectOption("agent");
  await admin.getByRole("button", { name: "Add" }).click();
  await admin.getByText("Now make a key for it.").waitFor();

  // A key without scopes comes back with what was typed.
  const form = admin.locator('form.card[action$="/keys"]');
  await form.locator('[name="name"]').fill("Nightly import");
  await form.getByRole("button", { name: "Make the key" }).click();
  await form.locator(".error").first().waitFor();
  assert.equal(await form.locator('[name="name"]').inputValue(), "Nightly import");
  await form.locator('[name="permission"][value="ticket.read"]').check();
  await form.getByRole("button", { name: "Make the key" }).click();
  const key = await admin.locator("#made-key").innerText();
  assert.match(key, /^wnk_[a-z2-7]{8}_[0-9a-f]{72}$/);
  await admin.getByRole("button", { name: "Copy" }).click();
  assert.equal(await admin.evaluate(() => navigator.clipboard.readText()), key);

  const ask = (path) => product.ask(TENANT, "GET", path, { headers: { authorization: `Bearer ${key}` } });
  await admin.getByRole("link", { name: "I have kept it" }).click();
  assert.equal(await admin.getByText(key).count(), 0);
  assert.equal((await ask("/api/tickets")).status, 200);
  assert.equal((await ask("/api/users")).status, 403);

  await admin.getByRole("button", { name: "Revoke: Nightly import" }).click();
  await admin.locator("dialog[open]").getByRole("button").last().click();
  await admin.getByText("The key is revoked.").waitFor();
  assert.equal((await ask("/api/tickets")).status, 401);
  await admin.context().close();
});
