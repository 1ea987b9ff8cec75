// A client without JavaScript: everything that is read and written on the portal is there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { linkIn, NARROW, open } from "./support.mjs";

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

const plain = (role = "client", more = {}) => product.visit(TENANT, role, { javaScript: false, ...more });
const FILE = { name: "screen.txt", mimeType: "text/plain", buffer: Buffer.from("what is on the screen") };

test("a client finds tickets by tab, by words and by page, and reads one with its files", async () => {
  const page = await plain();
  await page.goto("/");
  await page.locator("main").getByRole("link", { name: "New ticket" }).first().click();
  await page.getByLabel("Title").fill("The zebra printer jams");
  await page.getByLabel("Description").fill("It *always* jams on **Mondays**.");
  await page.setInputFiles('input[name="attachments"]', [FILE, { ...FILE, name: "second.txt" }]);
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator("#conversation strong", { hasText: "Mondays" }).waitFor();
  const number = new URL(page.url()).pathname.split("/").pop();

  await page.goto("/tickets");
  await page.getByRole("searchbox").fill("zebra");
  await page.getByRole("searchbox").press("Enter");
  await page.getByRole("link", { name: "The zebra printer jams" }).click();
  await page.waitForURL(`**/tickets/${number}`);
  for (const name of ["screen.txt", "second.txt"]) {
    const arriving = page.waitForEvent("download");
    await page.locator("#conversation a", { hasText: name }).click();
    const stream = await (await arriving).createReadStream();
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    assert.equal(Buffer.concat(chunks).toString(), "what is on the screen");
  }
  await page.goto("/tickets?status=closed");
  await page.getByRole("link", { name: "All", exact: true }).click();
  await page.waitForURL(/status=all/);
  await page.context().close();
});

test("long lists go on by links, forwards and back to the beginning", async () => {
  for (let made = 0; made < 30; made += 1) await product.ticket(TENANT, { title: `One of many ${made}` });
  const page = await plain();
  await page.goto("/tickets?status=all");
  const first = await page.locator("tr[data-href]").first().getAttribute("data-href");
  await page.getByRole("link", { name: "Next page" }).click();
  await page.waitForURL(/cursor=/);
  assert.notEqual(await page.locator("tr[data-href]").first().getAttribute("data-href"), first);
  await page.getByRole("link", { name: "First page" }).click();
  await page.waitForURL((url) => !url.search.includes("cursor="));
  assert.equal(await page.locator("tr[data-href]").first().getAttribute("data-href"), first);
  await page.context().close();
});

test("a client answers with a file, closes, opens again and rates", async () => {
  const ticket = await product.ticket(TENANT);
  const page = await plain("client", { viewport: NARROW });
  await page.goto(`/tickets/${ticket.number}`);
  await page.getByLabel("Your message").fill("Here is the screen.");
  await page.setInputFiles('#reply input[type="file"]', FILE);
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator("#conversation").getByText("Here is the screen.").waitFor();
  await page.locator("#conversation a", { hasText: FILE.name }).waitFor();

  await page.getByRole("button", { name: "Close ticket" }).click();
  await page.locator("#head").getByText("Closed").waitFor();
  await page.getByRole("button", { name: "Reopen ticket" }).click();
  await page.locator("#head").getByText("In progress").waitFor();
  await product.change(TENANT, ticket.number, { status: "resolved" });
  await page.reload();
  await page.locator("label", { hasText: "3: acceptable" }).click();
  await page.getByLabel("Comment").fill("Well.");
  await page.getByRole("button", { name: "Send rating" }).click();
  await page.getByText("Thank you for rating.").waitFor();
  await page.context().close();
});

test("an empty answer comes back with a word", async () => {
  const ticket = await product.ticket(TENANT);
  const page = await plain();
  await page.goto(`/tickets/${ticket.number}`);
  await page.getByLabel("Your message").fill("   ");
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator("#body[aria-invalid=true]").waitFor();
  await page.context().close();
});

for (const role of ["client", "agent"])
  test(`a file of a kind that is not taken is named to the ${role}, and nothing that was written is lost`, async () => {
    const ticket = await product.ticket(TENANT);
    const page = await plain(role);
    await page.goto(`${role === "agent" ? "/agent" : ""}/tickets/${ticket.number}`);
    await page.fill("#body", "With a program.");
    await page.setInputFiles('#reply input[type="file"]', { name: "virus.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ\0\0program") });
    await page.locator("#reply [data-send]").click();
    await page.locator("#reply .error", { hasText: "virus.exe" }).waitFor();
    assert.equal(await page.inputValue("#body"), "With a program.");
    await page.context().close();
  });

test("somebody without an account writes, confirms the address by mail, and reads the ticket", async () => {
  const page = await plain(null);
  await page.goto("/login");
  await page.getByRole("link", { name: "Write to support without an account" }).click();
  await page.getByLabel("E-mail").fill("passer.by@example.com");
  await page.getByLabel("Name").fill("Passer By");
  await page.getByLabel("Title").fill("A question from outside");
  await page.getByLabel("Description").fill("May I ask something?");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("heading", { name: "We have your request" }).waitFor();
  const mail = await product.mailTo("passer.by@example.com", /confirm/);
  await page.goto(linkIn(mail, "/"));
  await page.getByRole("button").filter({ hasText: /confirm/i }).first().click();
  await page.waitForLoadState();
  assert.ok(!/^(4|5)\d\d$/.test(await page.locator(".failure .code").innerText({ timeout: 100 }).catch(() => "")), "the confirmation fails");
  await page.context().close();
});

test("language and appearance are chosen by plain forms, and stay", async () => {
  const page = await plain();
  await page.goto("/tickets");
  await page.locator("details[data-menu]", { has: page.locator('[value="ar"]') }).locator("summary").click();
  await page.locator('button[value="ar"]').click();
  await page.locator('html[lang="ar"][dir="rtl"]').waitFor({ state: "attached" });
  assert.equal(new URL(page.url()).pathname, "/tickets", "the reader lost the page");
  await page.locator("details[data-menu]", { has: page.locator("[data-appearance]") }).locator("summary").click();
  await page.locator('button[name="theme"][value="dark"]').click();
  await page.locator('html[data-theme="dark"]').waitFor({ state: "attached" });
  await page.locator("details[data-menu]", { has: page.locator("[data-appearance]") }).locator("summary").click();
  await page.locator('button[name="contrast"][value="more"]').click();
  await page.locator('html[data-theme="dark"][data-contrast="more"]').waitFor({ state: "attached" });
  await page.context().close();
});

test("nothing on the portal's pages waits for a script that does not come", async () => {
  const ticket = await product.ticket(TENANT);
  const page = await plain();
  for (const path of ["/", "/tickets", "/tickets/new", `/tickets/${ticket.number}`, "/profile"]) {
    await page.goto(path);
    for (const element of await page.locator(".js-only").all()) assert.ok(!(await element.isVisible()), `${path} shows what only a script can do: ${await element.innerText()}`);
  }
  await page.context().close();
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
