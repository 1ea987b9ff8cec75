// Notices on devices: asked for on the profile page, sealed by the product, read by a receiver of ours, handed to Chromium's service worker
// as its push service would, shown, and clicked. Chromium's own push service is not reachable, so the page's `PushManager` is played.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pushDevice, pushService } from "../edge/receivers.mjs";
import { NARROW, WIDE, open, overflow, until } from "./support.mjs";

let product;
let service;

before(async () => {
  service = await pushService();
  product = await open({ vars: { PRIVATE_HOSTS: "allowed" } });
});
after(async () => {
  await product?.stop();
  await service?.close();
});

/** A page of somebody whose browser may show notices, and whose push service is ours. */
async function device(tenant, role, path, options = {}) {
  const device = pushDevice();
  const page = await product.visit(tenant, role, { viewport: NARROW, touch: true, worker: true, ...options });
  await page.context().grantPermissions(["notifications"], { origin: product.origin(tenant) });
  await page.addInitScript(
    (subscription) => {
      const made = { ...subscription, toJSON: () => subscription, unsubscribe: async () => true };
      const own = () => (localStorage.getItem("made") ? made : null);
      PushManager.prototype.getSubscription = async () => own();
      PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
        if (applicationServerKey.byteLength !== 65) throw new Error("no key");
        localStorage.setItem("made", "yes");
        return made;
      };
    },
    { endpoint: service.url + path, expirationTime: null, keys: device.keys },
  );
  await page.goto("/profile#devices");
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  });
  return { page, path, ...device };
}

/** Presses the button and waits for the device to stand in the list. */
async function ask({ page }) {
  await page.locator("[data-push-on]").click();
  await page.locator('#devices form[action$="/test"]').first().waitFor();
}

/** What our push service has got for a device, as the device reads it. */
const read = ({ path, read: opened }) => service.pushes.filter((push) => push.path === path).map(({ body }) => opened(body));

/** Gives the service worker a notice as a push service would. */
async function deliver({ page }, notice) {
  const session = await page.context().newCDPSession(page);
  const registration = new Promise((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const found = registrations.find(({ scopeURL, isDeleted }) => !isDeleted && page.url().startsWith(scopeURL));
      if (found) resolve(found);
    });
  });
  await session.send("ServiceWorker.enable");
  const { registrationId } = await registration;
  await session.send("ServiceWorker.deliverPushMessage", { origin: new URL(page.url()).origin, registrationId, data: JSON.stringify(notice) });
  await session.detach();
}

/** What the browser shows of the portal's notices. */
const shown = ({ page }) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body, tag, lang, dir }) => ({ title, body, tag, lang, dir }));
  });

test("a client asks for notices, gets the desk's answer on the device, and the click leads to it", async () => {
  const telephone = await device("acme", "client", "/telephone");
  const { page } = telephone;
  await ask(telephone);
  assert.deepEqual(await overflow(page), []);
  assert.equal(await page.locator("[data-push-on]").isVisible(), false, "it is asked for once more");

  const ticket = await product.ticket("acme", { title: "Отчёт пуст" });
  for (const words of ["Посмотрим.", "Нашли, исправляем."]) {
    const answer = await product.api("acme", "agent", "POST", `/api/tickets/${ticket.number}/comments`, { body: words, visibility: "public" });
    assert.equal(answer.status, 201, answer.text);
  }
  const notices = await until("the last notice", () => read(telephone).some(({ body }) => body.endsWith("исправляем.")) && read(telephone));
  for (const notice of notices) await deliver(telephone, notice);
  const last = notices.at(-1);
  assert.match(last.title, /^\(2\) ACME-\d+ · Отчёт пуст$/);
  const [one, ...more] = await until("it to be shown", async () => (await shown(telephone)).some(({ title }) => title === last.title) && shown(telephone));
  assert.deepEqual(more, [], "one line a ticket");
  assert.deepEqual([one.tag, one.lang, one.dir], [ticket.id, "ru", "ltr"]);

  // Nobody can press a notice of a browser without a screen: the worker hears of the click as it would.
  const worker = page.context().serviceWorkers().at(-1);
  await worker.evaluate(async () => {
    const [notification] = await self.registration.getNotifications();
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  });
  await page.waitForURL((url) => url.pathname === `/tickets/${ticket.number}` && url.hash.startsWith("#c-cmt_"));
  await page.locator("#conversation").getByText("Нашли, исправляем.").waitFor();
  await until("what was read to be gone", async () => (await shown(telephone)).length === 0);
  await page.context().close();
});

test("a member of the desk tries a device out, sets quiet hours and takes the device away", async () => {
  const laptop = await device("globex", "agent", "/laptop", { viewport: WIDE, touch: false });
  const { page } = laptop;
  await ask(laptop);
  await page.locator('#devices form[action$="/test"] button').click();
  await page.locator("[data-flash]").waitFor();
  const [trial] = await until("the trial", () => read(laptop).length > 0 && read(laptop));
  await deliver(laptop, trial);
  await until("it to be shown", async () => (await shown(laptop)).some(({ tag }) => tag === "trial"));
  await page.fill("#quiet #f-from", "22:00");
  await page.locator("#quiet button").click();
  await page.locator("#quiet [aria-invalid]").waitFor();
  await page.fill("#quiet #f-until", "07:00");
  await page.locator("#quiet button").click();
  await page.locator("[data-flash]").waitFor();
  assert.equal(await page.inputValue("#quiet #f-from"), "22:00");
  await page.locator('#devices form[action$="/remove"] button').click();
  await page.locator('#devices form[action$="/remove"]').waitFor({ state: "detached" });
  await page.context().close();
});

test("whoever signs out takes their notices off the screen", async () => {
  const telephone = await device("nour", "client", "/shared");
  const { page } = telephone;
  await ask(telephone);
  assert.deepEqual(await overflow(page), []);
  await deliver(telephone, { title: "سر", body: "نص", tag: "tkt_x", path: "/tickets", unread: 1, lang: "ar", dir: "rtl" });
  await until("it to be shown", async () => (await shown(telephone)).length === 1);
  await page.locator("summary", { has: page.locator(".avatar") }).first().click();
  await page.locator('form[action="/logout"] button').first().click();
  await page.waitForURL(/\/login/);
  await until("it to be gone", async () => (await shown(telephone)).length === 0);
  await page.context().close();
});

test("a ticket that is opened beside its list takes its notice off the screen, and the icon counts anew", async () => {
  const laptop = await device("globex", "admin", "/beside", { viewport: WIDE, touch: false });
  const { page } = laptop;
  await ask(laptop);
  const ticket = await product.ticket("globex", { title: "Told and read" });
  // What Chromium shows on an icon depends on the system; what it is told does not.
  await page.addInitScript(() => Object.assign(navigator, { setAppBadge: async (count) => void (globalThis.badge = count), clearAppBadge: async () => void (globalThis.badge = 0) }));
  await page.goto("/agent/tickets?queue=all&sort=-created_at");
  await until("the first count", () => page.evaluate(() => globalThis.badge !== undefined));
  await deliver(laptop, { title: "Told", body: "and read", tag: ticket.id, path: `/agent/tickets/${ticket.number}`, unread: 1, lang: "en", dir: "ltr" });
  await until("it to be shown", async () => (await shown(laptop)).some(({ tag }) => tag === ticket.id));
  await page.evaluate(() => (globalThis.badge = -1));
  await page.locator(`#list tr[data-href$="/${ticket.number}"] .t-title a`).click();
  await page.locator("#pane h1").waitFor();
  await until("what was read to be gone", async () => !(await shown(laptop)).some(({ tag }) => tag === ticket.id));
  await until("the icon to count anew", () => page.evaluate(() => globalThis.badge >= 0));
  await page.context().close();
});

test("a device too many is told why", async () => {
  const { page } = await device("globex", "manager", "/one-more", { viewport: WIDE, touch: false });
  const user = await page.locator("body").getAttribute("data-user");
  // A session is one device: to sign in twenty times takes long.
  const bindings = await product.miniflare.getBindings();
  for (const cell of Object.keys(bindings).filter((name) => name.startsWith("TENANT_DB_")))
    for (let index = 0; index < 20; index += 1) {
      const id = String(index).padStart(32, "0");
      const session = "INSERT INTO sessions (tenant_id, id, user_id, kind, created_at, expires_at) SELECT tenant_id, 'ses_' || ?1, id, 'api', 1, 9999999999999 FROM users WHERE id = ?2";
      const itsDevice = `INSERT INTO push_devices (tenant_id, id, user_id, session_id, endpoint, p256dh, auth, label, locale, created_at, seen_at)
        SELECT tenant_id, 'dev_' || ?1, user_id, id, 'https://push.vendor.example/' || ?1, 'x', 'x', '', 'en', 1, 1 FROM sessions WHERE id = 'ses_' || ?1 AND user_id = ?2`;
      for (const statement of [session, itsDevice]) await bindings[cell].prepare(statement).bind(id, user).run();
    }
  await page.locator("[data-push-on]").click();
  await page.locator("[data-push-failed]").getByText("There are as many devices as there may be").waitFor();
  await page.context().close();
});

test("nothing on these pages complains", () => assert.deepEqual(product.trouble, []));
