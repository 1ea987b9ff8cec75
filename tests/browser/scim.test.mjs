// The page about provisioning: where to ask, how it goes, in every language and guise; and the person whom a system of identities made.
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

test("the page says where to ask, what was asked last and what was refused, and the person is marked", async () => {
  const admin = await product.visit(TENANT, "admin");
  await admin.goto("/agent/access");
  await admin.getByRole("navigation", { name: "Sections of access" }).getByRole("link", { name: "Provisioning (SCIM)" }).click();
  const address = await admin.locator("code").innerText();
  assert.ok(address.endsWith("/scim/v2"), address);
  assert.equal(await admin.getByText("None yet").count(), 2);
  assert.deepEqual(await look(admin, "provisioning, never asked"), []);

  const account = (await product.api(TENANT, "admin", "POST", "/api/service-accounts", { name: "Okta", role: "admin" })).json;
  const scopes = ["user.read", "user.manage", "access.read", "access.manage"];
  const { key } = (await product.api(TENANT, "admin", "POST", "/api/api-keys", { account: account.id, name: "SCIM", scopes })).json;
  const make = () =>
    product.ask(TENANT, "POST", "/scim/v2/Users", {
      type: "application/scim+json",
      headers: { authorization: `Bearer ${key}` },
      body: { userName: "ann@corp.example", name: { givenName: "Ann", familyName: "Lee" } },
    });
  const made = await make();
  assert.equal(made.status, 201, made.text);
  assert.equal((await make()).status, 409);
  await admin.reload();
  await admin.getByText("409 The address is taken").waitFor();
  await admin.getByText("POST /scim/v2/Users").first().waitFor();
  assert.equal(await admin.locator("dl.facts dd").first().innerText(), "1");
  assert.deepEqual(await look(admin, "provisioning"), []);
  await admin.goto(`/agent/access/people/${made.json.id}`);
  await admin.getByText("Managed by SCIM").waitFor();
  assert.deepEqual(await look(admin, "a person who is provisioned"), []);
  await admin.context().close();
});

test("it reads in Russian and from right to left", async () => {
  for (const [tenant, title] of [["acme", "Ведение людей (SCIM)"], ["nour", "التزويد (SCIM)"]]) {
    const admin = await product.visit(tenant, "admin");
    await admin.goto("/agent/access/scim");
    assert.equal(await admin.locator("h1").innerText(), title);
    assert.deepEqual(await look(admin, `provisioning of ${tenant}`), []);
    await admin.context().close();
  }
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
