// An administrator looks at what looked like an attack, silences it, and turns an address away; without a script, too.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, until } from "./support.mjs";

const TENANT = "globex";
const STRANGER = "198.51.100.66";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

/** Somebody tries one account after another, and the watch finds it. */
async function spray() {
  for (let number = 0; number < 12; number += 1) {
    const body = { username: `person${number}@client.example`, password: "not the right one" };
    const answer = await product.ask(TENANT, "POST", "/api/auth/login", { body, headers: { "cf-connecting-ip": STRANGER } });
    assert.equal(answer.status, 401, answer.text);
  }
  await product.ask(null, "GET", "/cdn-cgi/handler/scheduled?cron=*/5+*+*+*+*");
  await until("the alert", async () => (await product.api(TENANT, "admin", "GET", "/api/security-alerts")).json.data.length);
}

/** What a stranger gets from there. */
const knock = async () => (await product.ask(TENANT, "GET", "/login", { headers: { "cf-connecting-ip": STRANGER } })).status;

for (const javaScript of [true, false]) {
  test(`an alert is looked at and silenced, and its network is turned away and let in again, ${javaScript ? "with" : "without"} a script`, async () => {
    if (javaScript) await spray();
    const admin = await product.visit(TENANT, "admin", { javaScript });
    await admin.goto("/agent");
    await admin.getByRole("link", { name: "Protection" }).first().click();
    if (javaScript) {
      const row = admin.getByRole("row", { name: /Many accounts tried from one network/ });
      await row.getByText(STRANGER).waitFor();
      await row.getByRole("link", { name: "Lines of the log" }).click();
      await admin.waitForURL(({ pathname, search }) => pathname === "/agent/audit" && search === `?network=${STRANGER}`);
      await admin.getByRole("main").getByText(STRANGER).first().waitFor({ state: "attached" });
      await admin.goto("/agent/security/alerts");
      await row.getByRole("button", { name: "Looked at" }).click();
      await admin.getByText("Nothing looks like an attack").waitFor();
    }
    await admin.getByRole("link", { name: "All", exact: true }).click();
    const row = admin.getByRole("row", { name: /Many accounts tried from one network/ });
    await row.getByRole("combobox").selectOption({ label: javaScript ? "For a week" : "Tell again" });
    await row.getByRole("button", { name: "Do not tell again" }).click();
    await admin.getByText("Silenced until").waitFor({ state: javaScript ? "visible" : "detached" });

    await admin.getByRole("link", { name: "Blocked addresses" }).click();
    const form = admin.locator('form[action="/agent/security/blocks"]');
    await form.locator('[name="range"]').fill("everything");
    await form.locator('[name="reason"]').fill("Tries passwords");
    await form.getByRole("button", { name: "Add" }).click();
    await form.locator(".error").first().waitFor();
    assert.equal(await form.locator('[name="reason"]').inputValue(), "Tries passwords");
    await form.locator('[name="range"]').fill("198.51.100.0/24");
    assert.equal(await knock(), 200);
    await form.getByRole("button", { name: "Add" }).click();
    await admin.getByRole("cell", { name: "198.51.100.0/24", exact: true }).waitFor();
    assert.equal(await knock(), 403);
    await admin.getByRole("button", { name: "Let in 198.51.100.0/24" }).click();
    await admin.getByText("Nobody is blocked").waitFor();
    assert.equal(await knock(), 200);
    await admin.context().close();
  });
}

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
