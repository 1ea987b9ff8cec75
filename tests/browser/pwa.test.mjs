// The portal as an app on a telephone: it can be installed, it is read without a network, and what is written then arrives once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { lineTo } from "./line.mjs";
import { NARROW, open, overflow, until } from "./support.mjs";

let product;
let line;

before(async () => {
  product = await open();
  line = await lineTo(product.port);
  product.port = line.port;
});
after(async () => {
  await line?.end();
  await product?.stop();
});

/** The service worker leads the page. */
const led = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  });

/** A page whose service worker is at work. */
async function installed(tenant, role, options = {}) {
  await line.mend();
  const page = await product.visit(tenant, role, { viewport: NARROW, touch: true, worker: true, ...options });
  await page.goto("/tickets");
  await led(page);
  return page;
}

/** The addresses that the worker keeps. */
const kept = (page) =>
  page.evaluate(async () => {
    if (!(await caches.has("pages"))) return [];
    return (await (await caches.open("pages")).keys()).map(({ url }) => new URL(url).pathname);
  });

/** What waits, straight from the browser's storage. */
const stored = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("workernet");
        opening.addEventListener("error", () => reject(opening.error));
        opening.addEventListener("success", () => {
          const base = opening.result;
          if (!base.objectStoreNames.contains("waiting")) return resolve([]);
          const asking = base.transaction("waiting").objectStore("waiting").getAll();
          asking.addEventListener("success", () => {
            base.close();
            resolve(asking.result.map(({ fields, held }) => ({ held, fields: fields.map(([name, value]) => [name, typeof value === "string" ? value : value.name]) })));
          });
        });
      }),
  );

/** How often the desk sees these words on a ticket. */
async function times(tenant, number, words) {
  const { json } = await product.api(tenant, "agent", "GET", `/api/tickets/${number}/comments`);
  return json.data.filter(({ body }) => body.includes(words)).length;
}

/** A ticket that is kept, opened in the app. */
async function onTicket(tenant, fields) {
  const ticket = await product.ticket(tenant, fields);
  const page = await installed(tenant, "client");
  const path = `/tickets/${ticket.number}`;
  await page.goto(path);
  await until("the page to be kept", async () => (await kept(page)).includes(path));
  return { page, path, number: ticket.number };
}

test("every tenant's portal can be installed as an app in its own name and colours", async () => {
  for (const [tenant, dir] of [
    ["acme", "ltr"],
    ["nour", "rtl"],
  ]) {
    const page = await installed(tenant, "client");
    const session = await page.context().newCDPSession(page);
    const { errors, data } = await session.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
    const manifest = JSON.parse(data);
    assert.equal(manifest.dir, dir);
    assert.equal(manifest.theme_color, await page.getAttribute('meta[name="theme-color"]', "content"));
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
    for (const { src, sizes, type } of manifest.icons.filter((icon) => icon.type === "image/png")) {
      const size = await page.evaluate(async (address) => {
        const picture = await createImageBitmap(await (await fetch(address)).blob());
        return `${picture.width}x${picture.height}`;
      }, src);
      assert.equal(size, sizes, `${src} ${type}`);
    }
    await page.context().close();
  }
});

test("a client on a telephone writes a ticket with a photo, reads and answers it without a network, and the answer is there once", async () => {
  const page = await installed("acme", "client");
  const photo = Buffer.from(await page.evaluate(async () => [...new Uint8Array(await (await fetch("/icons/maskable-192.png")).arrayBuffer())]));
  await page.goto("/tickets/new");
  await page.fill('input[name="title"]', "Не печатает принтер на складе");
  await page.fill('textarea[name="description"]', "На экране вот это.");
  await page.setInputFiles('input[name="attachments"]', { name: "экран.png", mimeType: "image/png", buffer: photo });
  await page.locator("form[action='/tickets/new'] [data-send]").click();
  await page.waitForURL(/\/tickets\/ACME-\d+/);
  const path = new URL(page.url()).pathname;
  const number = path.split("/").pop();
  await until("the page to be kept", async () => (await kept(page)).includes(path));

  await line.cut(page.context());
  await page.goto("/tickets");
  await page.goto(path);
  await page.locator("#conversation").getByText("На экране вот это.").waitFor();
  await page.locator("#offline").getByText("Нет связи").waitFor();
  assert.equal(await page.locator("[data-flash]").count(), 0, "old news is shown as if it had just happened");
  const words = ["Перезагрузил, не помогло.", "И соседний тоже не печатает."];
  for (const [index, word] of words.entries()) {
    await page.fill("#body", word);
    if (index === 0) await page.setInputFiles('#reply input[name="attachments"]', { name: "лоток.png", mimeType: "image/png", buffer: photo });
    await page.locator("#reply [data-send]").click();
    await page.locator("#waiting").getByText(word).waitFor();
    assert.equal(await page.inputValue("#body"), "", "what waits is offered as a draft too");
  }
  await page.locator("#waiting").getByText("лоток.png").waitFor();
  assert.deepEqual(await overflow(page), []);
  assert.equal(await times("acme", number, words[0]), 0);

  await line.mend(page.context());
  await page.locator("#conversation").getByText(words[1]).waitFor();
  await page.locator("#waiting .waiting-entry").first().waitFor({ state: "detached" });
  for (const word of words) assert.equal(await times("acme", number, word), 1, word);
  const said = await page.locator("#conversation .entry").allInnerTexts();
  assert.ok(said.findIndex((text) => text.includes(words[0])) < said.findIndex((text) => text.includes(words[1])), "they stand in another order");
  await page.locator("#conversation").getByText("лоток.png").waitFor();
  await page.context().close();
});

test("an answer whose arrival was not heard of is not written a second time", async () => {
  const { page, path, number } = await onTicket("globex");
  const words = "It happens on the other printer as well.";
  await page.fill("#body", words);
  const once = await page.inputValue('#reply input[name="once"]');
  await page.locator("#reply [data-send]").click();
  await page.locator("#conversation").getByText(words).waitFor();
  // The same form as the worker would have kept it, had the answer been lost.
  await page.evaluate(
    ([name, text, page_]) =>
      new Promise((resolve) => {
        indexedDB.open("workernet").addEventListener("success", ({ target: { result: base } }) => {
          const change = base.transaction(["waiting", "facts"], "readwrite");
          change.objectStore("facts").get("owner").addEventListener("success", ({ target: { result: owner } }) => {
            const fields = [["once", name], ["body", text]];
            change.objectStore("waiting").add({ owner, action: `${page_}/reply`, page: page_, fields, at: Date.now(), tried: Date.now() });
          });
          change.addEventListener("complete", () => resolve(base.close()));
        });
      }),
    [once, words, path],
  );
  await page.goto("/tickets");
  await until("nothing to wait", async () => (await stored(page).catch(() => ["the page loads anew"])).length === 0);
  assert.equal(await times("globex", number, words), 1);
  await page.context().close();
});

test("an answer to a ticket that was merged meanwhile says so and keeps its text", async () => {
  const { page, path, number } = await onTicket("globex");
  await line.cut(page.context());
  await page.goto(path);
  await page.fill("#body", "One more thing that I have seen.");
  await page.locator("#reply [data-send]").click();
  await page.locator("#waiting .chip-warn").waitFor();
  const other = await product.ticket("globex", { title: "The same once more" });
  const merged = await product.api("globex", "manager", "POST", `/api/tickets/${number}/merge`, { into: other.number });
  assert.equal(merged.status, 200, merged.text);
  await line.mend(page.context());
  const card = page.locator("#waiting .waiting-entry");
  await card.getByText("closed or merged").waitFor();
  await card.getByText("One more thing that I have seen.").waitFor();
  assert.equal(await times("globex", number, "One more thing"), 0);
  await page.goto("/tickets");
  await card.getByText("closed or merged").waitFor();
  await card.getByRole("button", { name: "Discard" }).click();
  await card.waitFor({ state: "detached" });
  assert.deepEqual(await stored(page), []);
  await page.context().close();
});

test("an answer that is refused says the server's reason and keeps its text", async () => {
  const { page, path } = await onTicket("globex");
  await line.cut(page.context());
  await page.goto(path);
  await page.locator("#body").evaluate((field) => field.removeAttribute("maxlength"));
  await page.fill("#body", `My report ${"x".repeat(70_000)}`);
  await page.locator("#reply [data-send]").click();
  await page.locator("#waiting .chip-warn").waitFor();
  await line.mend(page.context());
  const card = page.locator("#waiting .waiting-entry");
  await card.getByText("not accepted as it stands").waitFor();
  await card.locator(".waiting-why b").waitFor();
  assert.notEqual((await card.locator(".waiting-why b").textContent()).trim(), "");
  await card.getByText("My report").waitFor();
  await card.getByRole("button", { name: "Discard" }).click();
  await card.waitFor({ state: "detached" });
  await page.context().close();
});

test("what was not opened before is answered by a page of our own that says what can be read", async () => {
  for (const tenant of ["acme", "globex", "nour"]) {
    const { page, path } = await onTicket(tenant, { title: `Lights ${tenant}` });
    await line.cut(page.context());
    await page.goto("/profile");
    await page.locator(".offline-page, .offline-mark").first().waitFor();
    await page.locator(`[data-kept-list] a[href="${path}"]`).getByText(`Lights ${tenant}`).waitFor();
    assert.deepEqual(await overflow(page), []);
    await page.locator(`[data-kept-list] a[href="${path}"]`).click();
    await page.locator("#conversation").waitFor();
    await page.context().close();
  }
});

test("pages of one person are kept from the next, and signing out takes them along", async () => {
  const { page, path } = await onTicket("acme");
  await line.cut(page.context());
  await page.goto(path);
  await page.fill("#body", "Это не для чужих глаз.");
  await page.locator("#reply [data-send]").click();
  await page.locator("#waiting .waiting-entry").waitFor();
  // Somebody else's session in the same browser: nothing of the first person stays, and nothing is sent in the other's name.
  await page.context().clearCookies();
  await line.mend(page.context());
  await page.context().addCookies(await product.session("acme", "agent"));
  await page.goto("/agent");
  await until("the other's pages to be gone", async () => !(await kept(page)).includes(path) && (await stored(page)).length === 0);

  const other = await onTicket("globex");
  await other.page.locator("summary", { has: other.page.locator(".avatar") }).first().click();
  await other.page.locator('form[action="/logout"] button').first().click();
  await other.page.waitForURL(/\/login/);
  product.signedOut("globex", "client");
  assert.deepEqual(await kept(other.page), []);
  for (const each of [page, other.page]) await each.context().close();
});

test("the worker of the release before finds its database as it left it: what came later has one of its own", async () => {
  const page = await installed("globex", "client");
  await page.goto("/tickets");
  await page.goto("/tickets/new");
  const versions = () =>
    page.evaluate(async () => (await indexedDB.databases()).filter(({ name }) => name.startsWith("workernet")).map(({ name, version }) => `${name} ${version}`).sort());
  await until("both databases", async () => (await versions()).join() === "workernet 1,workernet-shared 1");
  await page.context().close();
});

test("signing out reaches the server though nothing that is kept can be taken away", async () => {
  await line.mend();
  const page = await product.visit("globex", null, { viewport: NARROW, touch: true, worker: true });
  await product.signIn(page, product.login("globex", "client"));
  await page.goto("/tickets");
  await led(page);
  // A later release has been here: its database cannot be opened by this one.
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("workernet", 99);
        opening.addEventListener("error", () => reject(opening.error));
        opening.addEventListener("success", () => resolve(opening.result.close()));
      }),
  );
  await page.locator("summary", { has: page.locator(".avatar") }).first().click();
  await page.locator('form[action="/logout"] button').first().click();
  await page.waitForURL(/\/login/);
  assert.deepEqual(await kept(page), []);
  await page.context().close();
});

/** One grey point. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

/** Shares as a telephone does: the system posts a form to the app. */
const share = (page, { title = "", text = "", files = [] }) =>
  page.evaluate(
    ([words, pictures, png]) => {
      const form = Object.assign(document.createElement("form"), { method: "POST", enctype: "multipart/form-data", action: "/share" });
      for (const [name, value] of Object.entries(words)) form.append(Object.assign(document.createElement("input"), { name, value }));
      const field = Object.assign(document.createElement("input"), { type: "file", name: "files", multiple: true });
      const all = new DataTransfer();
      for (const name of pictures) all.items.add(new File([Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0))], name, { type: "image/png" }));
      field.files = all.files;
      form.append(field);
      document.body.append(form);
      form.submit();
    },
    [{ title, text }, files, PNG],
  );

test("a picture that is shared with the app fills the form for a new ticket, with a network and without", async () => {
  const page = await installed("globex", "client");
  await page.goto("/tickets/new");
  await until("the form to be kept", async () => (await kept(page)).includes("/tickets/new"));
  await page.goto("/tickets");
  for (const cut of [false, true]) {
    if (cut) await line.cut(page.context());
    await share(page, { title: "Error 17", text: "It stays like this.", files: ["screen.png"] });
    await page.waitForURL(/\/tickets\/new/);
    await page.locator("[data-upload-list]").getByText("screen.png").waitFor();
    assert.equal(await page.inputValue('input[name="title"]'), "Error 17");
    assert.equal((await page.inputValue('textarea[name="description"]')).split("It stays like this.").length, 2);
    if (!cut) {
      await page.reload();
      await page.locator("#f-title").waitFor();
      assert.equal(await page.locator("[data-upload-list] .upload").count(), 0, "what was taken comes again");
      await page.goto("/tickets");
    }
  }
  await page.locator("form[action='/tickets/new'] [data-send]").click();
  await page.locator("#waiting").getByText("screen.png").waitFor();
  await line.mend(page.context());
  await page.locator("#waiting .waiting-entry").first().waitFor({ state: "detached" });
  const { json } = await product.api("globex", "agent", "GET", "/api/tickets?limit=5&sort=-created_at");
  assert.ok(json.data.some(({ title }) => title === "Error 17"), JSON.stringify(json.data.map(({ title }) => title)));
  await page.context().close();
});

test("what is shared before the app is in place leads to the form and says that it is not there", async () => {
  await line.mend();
  const page = await product.visit("globex", "client", { viewport: NARROW, touch: true });
  await page.goto("/tickets");
  await share(page, { title: "Error 17", files: ["screen.png"] });
  await page.waitForURL(/\/tickets\/new/);
  await page.locator("[data-flash]").getByText("Attach it here").waitFor();
  await page.context().close();
});

test("a photo from the camera lies beside the files that were chosen", async () => {
  await line.mend();
  const page = await product.visit("globex", "client", { viewport: NARROW, touch: true });
  await page.goto("/tickets/new");
  await page.setInputFiles("#f-attachments", { name: "log.txt", mimeType: "text/plain", buffer: Buffer.from("log") });
  await page.setInputFiles("input[data-camera]", { name: "photo.png", mimeType: "image/png", buffer: Buffer.from("photo") });
  const names = await page.locator("[data-upload-list] .upload bdi").allInnerTexts();
  assert.deepEqual(names, ["log.txt", "photo.png"]);
  await page.context().close();
});

test("no answer of the API and no page of the desk is kept", async () => {
  const page = await installed("acme", "agent", { viewport: { width: 1280, height: 800 } });
  await page.goto("/agent/tickets?queue=all");
  await page.evaluate(() => fetch("/api/tickets").then((answer) => answer.text()));
  const all = await page.evaluate(async () => {
    const names = await caches.keys();
    return (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat();
  });
  assert.deepEqual(all.filter((path) => path.startsWith("/agent") || path.startsWith("/api")), []);
  await page.context().close();
});

test("nothing on these pages complains", () => assert.deepEqual(product.trouble.filter((words) => !/net::ERR_|WebSocket/.test(words)), []));
