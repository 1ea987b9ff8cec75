// The pictures of docs/screenshots: which there are, and how each is taken. Those that are the same on every day
// can be compared.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { picture, SAMPLED } from "./camera.mjs";
import { NARROW, WIDE } from "./support.mjs";

/** A tenant that is read from left to right, and one from right to left. */
export const SIDES = [["ltr", "globex"], ["rtl", "nour"]];
const WIDTHS = [["wide", WIDE], ["narrow", NARROW]];
const THEMES = [["light", {}], ["dark", { dark: true }]];

const dialog = (id) => async (page) => {
  await page.locator(`#${id}`).waitFor({ state: "attached" });
  await page.evaluate((name) => document.getElementById(name).showModal(), id);
};

/** Pages of the gallery: name, caption, who sees it, address, and what is done there. `at` names what a tenant has. */
const PAGES = [
  ["sign-in", "Signing in", null, () => "/login"],
  ["register", "A new account", null, () => "/register"],
  ["home", "The client's home", "client", () => "/"],
  ["my-tickets", "My tickets", "client", () => "/tickets?status=all"],
  ["client-ticket", "A ticket as its client sees it", "client", (at) => `/tickets/${at.client}`],
  ["new-ticket", "A new ticket", "client", () => "/tickets/new"],
  ["profile", "The profile", "client", () => "/profile"],
  ["queue", "The queue of the desk with its SLA clocks", "agent", () => "/agent/tickets?queue=all"],
  ["ticket", "A ticket as the desk sees it", "agent", (at) => `/agent/tickets/${at.desk}`],
  ["shortcuts", "The shortcuts, over the queue", "agent", () => "/agent/tickets?queue=all", dialog("keys")],
  ["sla-policies", "SLA policies", "admin", () => "/agent/sla/policies"],
  ["ratings", "Ratings", "admin", () => "/agent/ratings?days=90"],
  ["people", "People and access", "admin", () => "/agent/access"],
  ["audit", "The audit log", "admin", () => "/agent/audit"],
  ["mail-log", "What was sent, and what became of it", "admin", () => "/agent/mail/log"],
  ["settings", "The desk's settings", "admin", () => "/agent/settings"],
];

/** The same on every day: name, caption, side, who, address, guise. */
const SAME = [
  ["components-light", "Components, light", "ltr", null, "/design", { viewport: WIDE }],
  ["components-dark", "Components, dark, from right to left", "rtl", null, "/design", { viewport: WIDE, dark: true }],
  ["components-light-strong", "Components, light, high contrast, from right to left", "rtl", null, "/design", { viewport: WIDE, contrast: "more" }],
  ["components-dark-strong", "Components, dark, high contrast", "ltr", null, "/design", { viewport: WIDE, dark: true, contrast: "more" }],
  ["components-narrow", "Components, dark, on a telephone", "ltr", null, "/design", { viewport: NARROW, dark: true }],
  ["components-narrow-rtl", "Components, light, on a telephone, from right to left", "rtl", null, "/design", { viewport: NARROW }],
  ["same-sign-in", "Signing in", "ltr", null, "/login", { viewport: WIDE }],
  ["same-sign-in-rtl", "Signing in, dark, on a telephone", "rtl", null, "/login", { viewport: NARROW, dark: true }],
  ["same-register", "A new account, high contrast", "ltr", null, "/register", { viewport: WIDE, contrast: "more" }],
  ["same-forgot", "A forgotten password", "rtl", null, "/password/forgot", { viewport: WIDE }],
  ["same-offline", "No network", "ltr", null, "/offline", { viewport: NARROW }],
  ["same-nothing", "A page that is not there", "rtl", null, "/nothing-here", { viewport: WIDE, dark: true }],
  ["same-new-ticket", "A new ticket", "ltr", "client", "/tickets/new", { viewport: WIDE }],
  ["same-new-ticket-rtl", "A new ticket, dark, on a telephone", "rtl", "client", "/tickets/new", { viewport: NARROW, dark: true }],
  ["same-empty", "Nothing was found", "ltr", "agent", "/agent/tickets?queue=all&tag=nothing-like-this", { viewport: WIDE }],
  ["same-desk-new", "A new ticket of the desk, dark", "rtl", "agent", "/agent/tickets/new", { viewport: WIDE, dark: true }],
  ["same-calendar", "A new calendar", "ltr", "admin", "/agent/sla/calendars/new", { viewport: WIDE, dark: true }],
  ["same-policy", "A new SLA policy, on a telephone", "rtl", "admin", "/agent/sla/policies/new", { viewport: NARROW }],
];

/** What draws the pictures: another browser or another font draws others. */
export function drawnBy(browser) {
  const font = execFileSync("fc-match", ["system-ui"], { encoding: "utf8" }).trim();
  return { chromium: browser.version().split(".")[0], font };
}

/** Pages of one reader after the other in one context each: to sign in and to open a browser's profile costs more than a picture. */
class Readers {
  constructor(product) {
    this.product = product;
    this.pages = new Map();
  }

  async page(tenant, role, { viewport, dark = false, contrast = "no-preference" }, clock) {
    const key = `${tenant} ${role} ${clock ?? ""}`;
    if (!this.pages.has(key)) {
      const made = await this.product.visit(tenant, role);
      if (clock) await made.clock.setFixedTime(clock);
      this.pages.set(key, made);
    }
    const page = this.pages.get(key);
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light", contrast, reducedMotion: "reduce" });
    return page;
  }

  async close() {
    for (const page of this.pages.values()) await page.context().close();
  }
}

/** Every picture that is the same on every day: its name, its caption and its bytes. */
export async function* samePictures(product) {
  const readers = new Readers(product);
  for (const [name, caption, side, role, path, guise] of SAME) {
    const page = await readers.page(Object.fromEntries(SIDES)[side], role, guise, path === "/design" ? SAMPLED : undefined);
    await page.goto(path, { waitUntil: "networkidle" });
    yield { name, caption, bytes: await picture(page, { whole: true, isSame: true }) };
  }
  await readers.close();
}

/** Every picture of the gallery: page x side x width x theme. */
export async function* galleryPictures(product) {
  const readers = new Readers(product);
  for (const [side, tenant] of SIDES) {
    const newest = async (role) => (await product.api(tenant, role, "GET", "/api/tickets?limit=1&sort=-updated_at")).json.data[0].number;
    const at = { client: await newest("client"), desk: await newest("agent") };
    for (const [name, caption, role, path, act] of PAGES)
      for (const [width, viewport] of WIDTHS) {
        let shown;
        for (const [theme, guise] of THEMES) {
          const page = await readers.page(tenant, role, { viewport, ...guise });
          if (!shown) {
            shown = await page.goto(path(at), { waitUntil: "networkidle" });
            assert.equal(shown.status(), 200, `${path(at)} of ${tenant}`);
            await act?.(page);
          }
          yield { name: `${name}-${side}-${width}-${theme}`, page: name, caption, side, width, theme, bytes: await picture(page) };
        }
      }
  }
  await readers.close();
}
