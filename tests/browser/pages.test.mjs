// Every page a person opens, in every guise: no serious finding of axe-core in each language, light and dark, wide and narrow; nothing
// sticks out; own scripts and styles within the budget; nothing that the content security policy refuses.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { walk } from "./focus.mjs";
import { FEW_GUISES, GUISES, look } from "./look.mjs";
import { open } from "./support.mjs";
import { REFUSED, world } from "./world.mjs";

const ROUTES = readFileSync(new URL("../../functions/src/routes/table.rs", import.meta.url), "utf8");
/** Of own scripts and styles a page, gzipped (quality budget). */
const OWN_BYTES_MAX = 150 * 1024;
/** A window in which what stands still takes much of the height. */
const LOW = { width: 1280, height: 600 };

/** A tenant of each language: Russian, English, Arabic. */
const TENANTS = { ru: "acme", en: "globex", ar: "nour" };

let product;
const worlds = {};

before(async () => {
  product = await open({ answer: ({ to }) => (to.includes(REFUSED) ? 422 : 202) });
  for (const tenant of Object.values(TENANTS)) worlds[tenant] = await world(product, tenant);
});
after(() => product?.stop());

const click = (selector) => (page) => page.locator(selector).first().click();
/** Opens what is folded up. */
const unfold = (page) => page.evaluate(() => document.querySelectorAll("main details:not([data-menu])").forEach((details) => (details.open = true)));
const dialog = (id) => async (page) => {
  await page.locator(`#${id}`).waitFor({ state: "attached" });
  await page.evaluate((name) => document.getElementById(name).showModal(), id);
};
/** Fills a form in so that it comes back refused. */
const refused = (form, fields) => async (page) => {
  for (const [name, value] of Object.entries(fields)) await page.locator(`${form} [name="${name}"]`).first().fill(value);
  await page.locator(form).evaluate((element) => {
    element.noValidate = true;
  });
  const send = page.locator(`${form} [data-send]`);
  await ((await send.count()) > 0 ? send : page.locator(`${form} .button-primary, ${form} button:not([type])`)).last().click();
  await page.locator('[aria-invalid="true"], [role="alert"]:not([hidden]), .error:not([hidden])').first().waitFor();
};
const send = (form, fields, done) => async (page) => {
  for (const [name, value] of Object.entries(fields)) await page.locator(`${form} [name="${name}"]`).first().fill(value);
  await page.locator(`${form} .button-primary`).last().click();
  await page.waitForSelector(done);
};

/** Pages by who opens them: the route, its address (the route itself unless said), and what is done there before the look. */
const pages = (at) => ({
  nobody: [
    ["/login"],
    ["/login", "/login", refused('form[action="/login"]:not([data-passkey])', { username: "nobody@example.com", password: "wrong" })],
    ["/login/sso/{provider}/callback", `/login/sso/${at.provider}/callback`],
    // It only leads on, to somebody else's pages: see sso.test.mjs.
    ["/login/sso/{provider}", "/login"],
    ["/login/verify", "/login", async (page) => {
      await page.context().addCookies([{ name: "sign-in", value: "x", url: page.url() }]);
      await page.goto("/login/verify");
    }],
    ["/register"],
    ["/register", "/register", refused('form[action="/register"]', { name: "", email: "no address", password: "short" })],
    ["/register", "/register", send('form[action="/register"]', { name: "New", email: `new@${"long.".repeat(10)}example.com`, password: "four quiet words together" }, "main h1")],
    ["/register/confirm", "/register/confirm?token=x"],
    ["/offline"],
    ["/design"],
    ["/design", "/design?dir=rtl&accent=%23b3231c", unfold],
    ["/password/forgot"],
    ["/password/reset", "/password/reset?token=x"],
    ["/password/reset", "/password/reset?token=x", send('form[action="/password/reset"]', { password: "four quiet words together" }, "main h1")],
    ["/tickets/new"],
    ["/tickets/new", "/tickets/new", refused('form[action="/tickets/new"]', { email: "no address", title: " ", description: " " })],
    ["/rate/{token}", at.rate],
    ["/rate/{token}", "/rate/forged"],
    ["/tickets/{number}", "/nothing-here"],
  ],
  client: [
    // It only leads on, to the form for a new ticket.
    ["/share"],
    ["/"],
    ["/", "/", click(".portal-head details[data-menu] summary")],
    ["/tickets", "/tickets?status=all"],
    ["/tickets", "/tickets?scope=following&status=all"],
    ["/tickets/search"],
    ["/tickets/search", `/tickets/search?q=${at.talked}`],
    ["/tickets/search", "/tickets/search?q=nothing+like+this"],
    ["/tickets", "/tickets?q=nothing+like+this"],
    ["/tickets/new"],
    ["/tickets/{number}", `/tickets/${at.talked}`, unfold],
    ["/tickets/{number}", `/tickets/${at.waiting}`],
    ["/tickets/{number}", `/tickets/${at.waiting}`, refused("#reply", { body: "  " })],
    ["/tickets/{number}", `/tickets/${at.resolved}`],
    ["/tickets/{number}", `/tickets/${at.closed}`],
    ["/tickets/{number}", `/tickets/${at.merged}`],
    ["/tickets/{number}", "/tickets/NONE-1"],
    ["/profile"],
    ["/login/confirm"],
    ["/login/confirm", "/login/confirm", refused('form[action="/login/confirm"]', { password: "wrong" })],
    ["/profile/security"],
    // Codes by SMS are off here: it leads back. See second-factor.test.mjs.
    ["/profile/security/phone"],
    ["/profile/security/setup", "/profile/security", click('form[action="/profile/security/totp"] button')],
    ["/profile", "/profile", refused('form[action="/profile/password"]', { current: "wrong", password: "short" })],
    ["/agent", "/agent"],
  ],
  admin: [
    ["/agent", "/agent"],
    ["/agent/tickets", "/agent/tickets?queue=mine"],
    ["/agent/tickets", "/agent/tickets?queue=all"],
    ["/agent/tickets", "/agent/tickets?queue=all", click('tr[data-href] input[name="ticket"]')],
    ["/agent/tickets", "/agent/tickets?queue=all&tag=nothing-like-this"],
    ["/agent/tickets", "/agent/tickets?queue=all#nav"],
    ["/agent/tickets", "/agent/tickets?queue=all", dialog("keys")],
    ["/agent/tickets", `/agent/tickets?view=${at.view}`],
    ["/agent/tickets", "/agent/tickets?queue=all", async (page) => {
      await page.locator("#list tr[data-href] .t-title a").first().click();
      await page.locator("#pane .ticket, body:has(.ticket):not(:has(#list)) .ticket").first().waitFor();
    }],
    ["/agent/commands"],
    ["/agent/recent"],
    ["/agent/split", `/agent/split?left=${at.talked}`],
    ["/agent/boards/workload"],
    ["/agent/boards/sla"],
    ["/agent/views"],
    ["/agent/views/new", "/agent/views/new?assignee=none&channel=email"],
    ["/agent/views/new", "/agent/views/new", refused('form[action="/agent/views/new"]', { name: " " })],
    ["/agent/views/{view}", `/agent/views/${at.view}`],
    ["/agent/tickets", "/agent/tickets?queue=snoozed"],
    ["/agent/tickets/{number}/later", `/agent/tickets/${at.talked}/later`],
    ["/agent/tickets/{number}/checklist", `/agent/tickets/${at.talked}/checklist`, async (page) => {
      for (const text of ["Ask for the log", "Try it on the copy with a very long line of words that must break somewhere"]) {
        await page.locator("#item-text").fill(text);
        await page.locator('button[name="do"][value="add"]').click();
        await page.locator(".check-item", { hasText: text }).first().waitFor();
      }
    }],
    ["/agent/tickets/{number}/time", `/agent/tickets/${at.talked}/time`],
    ["/agent/reminders"],
    ["/agent/reminders", "/agent/reminders", refused('form[action="/agent/reminders"]', { text: "x", when_at: "2020-01-01T10:00" })],
    ["/agent/time"],
    ["/agent/time/{entry}", "/agent/time", async (page) => {
      await page.goto(`/agent/tickets/${at.talked}/time`);
      await page.locator("#time-minutes").fill("0:05");
      await page.locator('form[action$="/time"] button').click();
      await page.locator('a[href^="/agent/time/tim_"]').first().click();
      await page.locator('form[action^="/agent/time/tim_"]').first().waitFor();
    }],
    ["/agent/tickets/new"],
    ["/agent/tickets/new", "/agent/tickets/new", refused('form[action="/agent/tickets/new"]', { requester: "no address", title: " ", description: " " })],
    ["/agent/tickets/{number}", `/agent/tickets/${at.talked}`, unfold],
    ["/agent/tickets/{number}/similar", `/agent/tickets/${at.talked}/similar`],
    ["/agent/tickets/{number}/requester", `/agent/tickets/${at.talked}/requester`],
    ["/agent/tickets/{number}", `/agent/tickets/${at.talked}`, click(".ticket-tools details[data-menu] summary")],
    ...["merge", "split", "link", "escalate"].map((name) => ["/agent/tickets/{number}", `/agent/tickets/${at.talked}`, dialog(name)]),
    ["/agent/tickets/{number}", `/agent/tickets/${at.talked}`, click('input[name="visibility"][value="internal"] + *, label:has(input[value="internal"])')],
    ["/agent/tickets/{number}", `/agent/tickets/${at.waiting}`, refused("#reply", { body: "  " })],
    ["/agent/tickets/{number}", `/agent/tickets/${at.merged}`],
    ["/agent/tickets/{number}", `/agent/tickets/${at.deleted}`],
    ["/agent/tickets/{number}", "/agent/tickets/NONE-1"],
    ["/agent/mail/log"],
    ["/agent/mail/log", "/agent/mail/log?state=failed"],
    ["/agent/mail/unprocessed", "/agent/mail/unprocessed", unfold],
    ["/agent/mail/unprocessed", "/agent/mail/unprocessed", click('form[action$="/discard"] button')],
    ["/agent/sla/policies"],
    ["/agent/sla/policies", "/agent/sla/policies", async (page) => {
      await page.locator("#preview button").click();
      await page.locator("#preview [role=status]").waitFor();
    }],
    ["/agent/sla/policies/new"],
    ["/agent/sla/policies/new", "/agent/sla/policies/new", refused('form[action="/agent/sla/policies/new"]', { name: " ", critical_resolution: "soon", warn_percent: "x" })],
    ["/agent/sla/policies/{rule}", `/agent/sla/policies/${at.policy}`],
    ["/agent/sla/calendars"],
    ["/agent/sla/calendars/new"],
    ["/agent/sla/calendars/new", "/agent/sla/calendars/new", refused('form[action="/agent/sla/calendars/new"]', { name: " ", monday: "9 to 5" })],
    ["/agent/sla/calendars/{calendar}", `/agent/sla/calendars/${at.calendar}`],
    ["/agent/sla/violations"],
    ["/agent/ratings", "/agent/ratings?days=90"],
    ["/agent/settings"],
    ["/agent/settings/departments/{department}", `/agent/settings/departments/${at.department}`],
    ["/agent/imports"],
    ["/agent/imports", "/agent/imports", refused('form[action="/agent/imports"]', {})],
    ["/agent/imports/{import}", `/agent/imports/${at.import}`],
    ["/agent/settings/texts"],
    ["/agent/settings/texts", "/agent/settings/texts?own=1&locale=ar"],
    ["/agent/settings/texts/{locale}/{text}", "/agent/settings/texts/ru/bulk-selected"],
    ["/agent/audit", "/agent/audit", unfold],
    ["/agent/audit", "/agent/audit?q=nothing-like-this"],
    ["/agent/audit/verify"],
    ["/agent/settings", "/agent/settings", refused('section[aria-labelledby="departments-h"] > form', { name: " " })],
    ["/agent/settings/security"],
    ["/agent/security"],
    ["/agent/security/alerts"],
    ["/agent/security/blocks"],
    ["/agent/security/blocks", "/agent/security/blocks", refused('form[action="/agent/security/blocks"]', { range: "everybody" })],
    ["/agent/access"],
    ["/agent/access", "/agent/access?q=nobody+like+this"],
    ["/agent/access/people/new"],
    ["/agent/access/people/new", "/agent/access/people/new", refused('form[action="/agent/access/people/new"]', { name: " ", email: "no address" })],
    ["/agent/access/people/{user}", `/agent/access/people/${at.person}`],
    ["/agent/access/people/{user}/grants", `/agent/access/people/${at.person}/grants`],
    ["/agent/access/people/{user}/grants", `/agent/access/people/${at.person}/grants`, refused("#give", { organization: "nobody", ends_at: "2020-01-01T10:00" })],
    ["/agent/access/groups/{group}/grants", `/agent/access/groups/${at.group}/grants`],
    ["/agent/access/policies"],
    ["/agent/access/policies/new", "/agent/access/policies/new", unfold],
    ["/agent/access/policies/{access_policy}", `/agent/access/policies/${at.accessPolicy}`, async (page) => {
      await page.locator("#f-ticket").fill(at.talked);
      await page.locator('[name="try"]').click();
      await page.waitForSelector("#answer");
    }],
    ["/agent/access/policies/{access_policy}", `/agent/access/policies/${at.accessPolicy}`, refused('form[action^="/agent/access/policies/"]:not([action$="/delete"])', { name: " ", condition: "{" })],
    ["/agent/access/explain"],
    ["/agent/access/explain", `/agent/access/explain?ticket=${at.talked}`],
    ["/agent/access/explain", "/agent/access/explain?ticket=NONE-1"],
    ["/profile/deputies"],
    ["/profile/deputies", "/profile/deputies", refused("#lend", { ends_at: "2020-01-01T10:00" })],
    ["/agent/access/organizations"],
    ["/agent/access/organizations", "/agent/access/organizations", refused('form.card[action="/agent/access/organizations"]', { name: " ", customer_type: "Not One" })],
    ["/agent/access/organizations/{organization}", `/agent/access/organizations/${at.organization}`],
    ["/agent/access/groups"],
    ["/agent/access/groups/{group}", `/agent/access/groups/${at.group}`],
    ["/agent/access/identity-providers"],
    ["/agent/access/identity-providers/new"],
    ["/agent/access/identity-providers/new", "/agent/access/identity-providers/new?preset=microsoft"],
    ["/agent/access/identity-providers/new", "/agent/access/identity-providers/new?preset=saml"],
    ["/agent/access/identity-providers/{provider}", `/agent/access/identity-providers/${at.provider}`],
    ["/agent/access/scim"],
    ["/agent/access/directories"],
    ["/agent/access/directories/new"],
    ["/agent/access/directories/{directory}", `/agent/access/directories/${at.directory}`],
    ["/agent/access/roles"],
    ["/agent/access/roles/new"],
    ["/agent/access/roles/new", "/agent/access/roles/new", refused('form[action="/agent/access/roles/new"]', { name: " " })],
    ["/agent/access/roles/{role}", `/agent/access/roles/${at.role}`],
    ["/agent/access/roles/{role}", "/agent/access/roles/agent"],
    ["/agent/access/service-accounts"],
    ["/agent/access/service-accounts", "/agent/access/service-accounts", refused('form.card[action="/agent/access/service-accounts"]', { name: " " })],
    ["/agent/access/service-accounts/{account}", `/agent/access/service-accounts/${at.program}`],
    ["/agent/access/service-accounts/{account}", `/agent/access/service-accounts/${at.program}`, refused('form.card[action$="/keys"]', { name: " ", networks: "everywhere" })],
    ["/profile"],
    ["/profile/security"],
  ],
  analyst: [["/agent/tickets/{number}", `/agent/tickets/${at.talked}`, unfold], ["/agent/settings", "/agent/settings"], ["/agent/tickets", "/agent/tickets?queue=all"]],
});

/** What is no page of ours: documents for machines, and the readers of others that show them. */
const ELSEWHERE = ["/api/openapi.json", "/api/schema.json", "/api/docs", "/api/redoc"];
const CONSOLE = ["/", "/tenants"];

test("no page is left out", () => {
  const known = new Set(Object.values(pages(worlds.acme)).flatMap((list) => list.map(([route]) => route)));
  const missing = [...ROUTES.matchAll(/^\s*(platform_)?page!\(Get "([^"]+)"/gm)]
    .filter(([, platform, path]) => !(platform ? CONSOLE.includes(path) || ELSEWHERE.includes(path) : known.has(path)))
    .map(([, , path]) => path);
  assert.ok(known.size > 20, "the table of routes was not read");
  assert.deepEqual(missing, []);
});

for (const [language, tenant] of Object.entries(TENANTS))
  for (const who of ["nobody", "client", "admin", "analyst"])
    test(`${language}, ${who}: every page stays in its width and axe-core has no serious finding`, async () => {
      const findings = [];
      const page = await product.visit(tenant, who === "nobody" ? null : who);
      for (const [, address, act] of pages(worlds[tenant])[who].map(([route, path = route, does]) => [route, path, does])) {
        await page.goto(address);
        await act?.(page);
        findings.push(...(await look(page, address, act ? FEW_GUISES : GUISES)));
      }
      await page.context().close();
      assert.deepEqual([...new Set(findings)], []);
    });

for (const who of ["nobody", "client", "admin"])
  test(`${who}: without a mouse every page is gone through and back, and the focus is always seen`, async () => {
    const findings = [];
    const page = await product.visit("globex", who === "nobody" ? null : who, { viewport: LOW });
    // The focus of a page that asks whether to be left is not its own.
    page.on("dialog", (question) => void question.accept());
    for (const address of new Set(pages(worlds.globex)[who].filter(([, , act]) => !act).map(([route, path = route]) => path))) {
      await page.goto(address);
      for (const fault of await walk(page)) findings.push(`${address}: ${fault}`);
    }
    await page.context().close();
    assert.deepEqual(findings, []);
  });

test("dialogs keep the focus, and give it back", async () => {
  const findings = [];
  const page = await product.visit("globex", "admin");
  await page.goto(`/agent/tickets/${worlds.globex.talked}`);
  await page.locator("#keys").waitFor({ state: "attached" });
  const keys = page.keyboard;
  const opened = async (name, open) => {
    await open();
    const dialog = page.locator("dialog[open]");
    await dialog.waitFor();
    for (const fault of await walk(page, { skips: false })) findings.push(`${name}: ${fault}`);
    const inside = await page.evaluate(() => document.activeElement === document.body || document.querySelector("dialog[open]").contains(document.activeElement));
    if (!inside) findings.push(`${name}: the focus left the dialog`);
    await keys.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog[open]"));
  };
  const summary = page.locator(".ticket-tools details[data-menu] summary");
  for (const [name, key] of [["escalate", "e"], ["merge", "m"], ["link", "l"], ["keys", "Shift+?"], ["palette", "Control+k"]]) {
    await summary.focus();
    await opened(name, () => keys.press(key));
    if (!(await summary.evaluate((element) => element === document.activeElement))) findings.push(`${name}: the focus does not come back`);
  }
  await page.context().close();
  assert.deepEqual(findings, []);
});

for (const [language, locale] of [["ru", "ru-RU"], ["en", "en-US"], ["ar", "ar-AE"]])
  test(`${language}, operator: the console stays in its width and axe-core has no serious finding`, async () => {
    const findings = [];
    const page = await product.visit(null, null, { locale });
    await page.goto("/");
    findings.push(...(await look(page, "/")));
    await page.context().close();
    const inside = await product.console({ locale });
    assert.equal(await inside.locator("html").getAttribute("lang"), language);
    findings.push(...(await look(inside, "/tenants")));
    await inside.context().close();
    assert.deepEqual(findings, []);
  });

test("a page brings no more than 150 KB of own scripts and styles", async () => {
  for (const [who, list] of Object.entries(pages(worlds.acme))) {
    const page = await product.visit("acme", who === "nobody" ? null : who);
    // What a page has from the page before is its own as well.
    const known = new Map();
    let brought = new Set();
    page.on("response", (response) => {
      if (!["script", "stylesheet"].includes(response.request().resourceType())) return;
      if (response.status() === 200) known.set(response.url(), response.body().then((body) => gzipSync(body).length));
      brought.add(response.url());
    });
    for (const address of new Set(list.map(([route, path = route]) => path))) {
      brought = new Set();
      await page.goto(address, { waitUntil: "load" });
      const total = (await Promise.all([...brought].map((url) => known.get(url)))).reduce((sum, size) => sum + size, 0);
      assert.ok(total > 0 && total <= OWN_BYTES_MAX, `${address}: ${total} bytes`);
    }
    await page.context().close();
  }
});

test("no page complained of anything, its content security policy included", () => assert.deepEqual(product.trouble, []));
