// The product in Chromium: the built worker on a port of its own, with the demo data, and people who sign in at its pages.
//
// Nothing sleeps here: Playwright waits for what it is asked to find, and `until` asks again and again; both have an end.
// Whatever a page says on its console, and every violation of its content security policy, is kept in `trouble`: a suite ends by
// asking that it be empty.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { Log, LogLevel } from "miniflare";
import { chromium } from "playwright-core";
import { secrets } from "../../scripts/lib/secrets.mjs";
import { setQuiet } from "../../scripts/lib/console.mjs";
import { serve } from "../../scripts/serve.mjs";
import { mailApi } from "../edge/receivers.mjs";
import { until as asking } from "../until.mjs";
import { seeded } from "./seeded.mjs";

/** What Playwright says of a page that the next one has replaced while it was being read. */
const REPLACED = /Execution context was destroyed|Cannot find context with specified id|[Ff]rame was detached/;

/** Asks a page until its answer is truthy. One that is just being replaced by the next has none yet: it is asked again. */
export function until(what, condition, seconds) {
  const ask = async () => {
    try {
      return await condition();
    } catch (error) {
      if (REPLACED.test(error.message)) return undefined;
      throw error;
    }
  };
  return asking(what, ask, seconds);
}

/** Pages come from this machine; what has not come by then never will. */
export const WAIT_MS = 15_000;
export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 360, height: 740 };

/** Chromium must reach for nothing but the loopback. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--force-color-profile=srgb",
];

/**
 * Starts the product with fresh demo data and Chromium beside it; `vars` are added to the worker's variables, `answer` says what the
 * mail API answers to a mail (see `mailApi`), `prepare` is given the databases before they are served. Ends with `stop()`.
 */
export async function open({ vars = {}, answer, prepare, build = process.env.BROWSER_BUILD, assets = process.env.BROWSER_ASSETS } = {}) {
  setQuiet(true);
  const shm = "/dev/shm";
  const state = mkdtempSync(join(existsSync(shm) ? shm : tmpdir(), "workernet-browser-"));
  const logins = await seeded(state);
  prepare?.(state);
  const mail = await mailApi(answer && { answer });
  const lines = [];
  class KeptLog extends Log {
    log(message) {
      lines.push(message);
    }
  }
  const listen = (stream) => createInterface({ input: stream }).on("line", (line) => lines.push(line));
  const { miniflare, url } = await serve({
    state,
    build,
    assets,
    migrated: true,
    vars: { ...mail.vars, ...vars },
    extra: {
      log: new KeptLog(LogLevel.WARN),
      handleRuntimeStdio: (stdout, stderr) => {
        listen(stdout);
        listen(stderr);
      },
    },
  });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: FLAGS });
  return new Product({ state, mail, lines, miniflare, browser, port: Number(new URL(url).port), demo: JSON.parse(readFileSync(logins, "utf8")) });
}

/** The running product, its people, and what went wrong on its pages. */
class Product {
  constructor(parts) {
    Object.assign(this, parts);
    this.trouble = [];
    this.cookies = new Map();
  }

  /** The address of a tenant, or of the platform's console if there is none. */
  origin(tenant) {
    return `http://${tenant ? `${tenant}.` : ""}localhost:${this.port}`;
  }

  login(tenant, role) {
    const user = this.demo.tenants.find(({ slug }) => slug === tenant)?.users.find((one) => one.role === role);
    assert.ok(user, `no ${role} in ${tenant}`);
    return user;
  }

  /**
   * A page of a fresh browser profile at `tenant`, signed in as `role` unless it is null. Paths are relative to the tenant. The service
   * worker stays away unless it is asked for (`worker`): what it fetches cannot be watched or held up as a page's own requests can.
   */
  async visit(tenant, role, { viewport = WIDE, dark = false, contrast = "no-preference", touch = false, javaScript = true, bypassCSP = false, locale, worker = false } = {}) {
    const context = await this.browser.newContext({
      baseURL: this.origin(tenant),
      viewport,
      colorScheme: dark ? "dark" : "light",
      contrast,
      hasTouch: touch,
      javaScriptEnabled: javaScript,
      bypassCSP,
      locale: locale ?? { acme: "ru-RU", globex: "en-US", nour: "ar-AE" }[tenant],
      reducedMotion: "reduce",
      serviceWorkers: worker ? "allow" : "block",
    });
    context.setDefaultTimeout(WAIT_MS);
    if (role) await context.addCookies(await this.session(tenant, role));
    const page = await context.newPage();
    this.watch(page);
    return page;
  }

  /** Keeps what a page complains of. A refusal that a test provokes on purpose is a status of the server, not a fault of the page. */
  watch(page) {
    const note = (kind, words) => this.trouble.push(`${kind} at ${new URL(page.url()).pathname}: ${words}`);
    page.on("pageerror", (error) => note("error", error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !/Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) note("console", message.text());
    });
    page.on("response", (response) => {
      if (response.status() >= 500) note("answer", `${response.status()} of ${response.url()}`);
      if (response.status() === 404 && response.url().includes("/assets/")) note("answer", `no ${response.url()}`);
    });
  }

  /** A page that has opened `path` and whose live socket has said what it looks at: from here on it hears of every change. */
  async watching(page, path) {
    // The socket may speak before the page has loaded its last picture: what it says is listened for from its first moment.
    const speaks = /\/tickets\/[A-Z]+-\d+/.test(path);
    const live = page.waitForEvent("websocket").then(async (socket) => {
      if (speaks) await socket.waitForEvent("framesent");
      return socket;
    });
    const [, socket] = await Promise.all([page.goto(path), live]);
    return socket;
  }

  /** The session of that person has ended: who opens a page next signs in anew. */
  signedOut(tenant, role) {
    this.cookies.delete(`${tenant} ${role}`);
  }

  /** Signs in once a person, by the form; later pages borrow the cookie. */
  async session(tenant, role) {
    const key = `${tenant} ${role}`;
    if (!this.cookies.has(key)) {
      const page = await this.visit(tenant, null);
      await this.signIn(page, this.login(tenant, role));
      // What the desk writes in other suites stands at once.
      if (["agent", "manager", "admin"].includes(role)) await this.undo(page, 0);
      this.cookies.set(key, await page.context().cookies());
      await page.context().close();
    }
    return this.cookies.get(key);
  }

  /** The person on the page chooses for how many seconds a message can be taken back. */
  async undo(page, seconds) {
    await page.goto("/profile");
    await page.selectOption("#f-undo", String(seconds));
    await page.click("#undo button");
    await page.locator("[data-flash]").waitFor();
  }

  /** The composer's menu beside "Send": sends and sets the status. */
  async sendAs(page, status) {
    await page.click("[data-send-menu] > summary");
    await page.click(`[data-send-menu] button[value="${status}"]`);
  }

  /** Fills the sign-in form and waits for the page behind it. */
  async signIn(page, { username, password }) {
    await page.goto("/login");
    await page.fill('input[name="username"]', username);
    await page.fill('input[name="password"]', password);
    await page.click('form[action="/login"] button');
    await page.waitForURL((url) => url.pathname !== "/login");
  }

  /** A page of the platform's console, signed in as its operator. */
  async console(options) {
    const page = await this.visit(null, null, options);
    await page.goto("/");
    const { username, password } = this.demo.platform.users[0];
    await page.fill('input[name="username"]', username);
    await page.fill('input[name="password"]', password);
    await page.click('form[action="/login"] button');
    await page.waitForURL((url) => url.pathname === "/tenants");
    return page;
  }

  /** Calls the API as that person does with a bearer token. */
  async api(tenant, role, method, path, body, headers = {}, type = "application/json") {
    const { username, password } = this.login(tenant, role);
    const key = `bearer ${tenant} ${role}`;
    if (!this.cookies.has(key)) {
      const answer = await this.ask(tenant, "POST", "/api/auth/login", { body: { username, password } });
      assert.equal(answer.status, 200);
      this.cookies.set(key, answer.json.access_token);
    }
    return this.ask(tenant, method, path, { body, type, headers: { ...headers, authorization: `Bearer ${this.cookies.get(key)}` } });
  }

  /** A fresh ticket of the tenant's client, by the API. */
  async ticket(tenant, fields = {}) {
    const body = { title: "The report comes out empty", description: "No lines for the period, though there are documents.", priority: "high", ...fields };
    const answer = await this.api(tenant, "client", "POST", "/api/tickets", body);
    assert.equal(answer.status, 201, answer.text);
    return answer.json;
  }

  /** A text file on a ticket, by the API. */
  async attach(tenant, role, number, name, text) {
    const boundary = "----a-file";
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n${text}\r\n--${boundary}--\r\n`;
    const answer = await this.api(tenant, role, "POST", `/api/tickets/${number}/attachments`, body, {}, `multipart/form-data; boundary=${boundary}`);
    assert.equal(answer.status, 201, answer.text);
  }

  /** A ticket as the desk's API shows it now. */
  async look(tenant, number, include = "") {
    const answer = await this.api(tenant, "agent", "GET", `/api/tickets/${number}?include=${include}`);
    assert.equal(answer.status, 200, answer.text);
    return answer.json;
  }

  /** Changes a ticket by the API, as it is now. */
  async change(tenant, number, changes, role = "agent") {
    const { version } = await this.look(tenant, number);
    const answer = await this.api(tenant, role, "PATCH", `/api/tickets/${number}`, changes, { "if-match": `"${version}"` });
    assert.equal(answer.status, 200, answer.text);
    return answer.json;
  }

  /** One request outside of any page. `body` is JSON, or text or bytes with a type of their own. */
  async ask(tenant, method, path, { body, type = "application/json", headers = {} } = {}) {
    const answer = await this.miniflare.dispatchFetch(`${this.origin(tenant)}${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { "content-type": type }) },
      body: body === undefined || typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    let json;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: answer.status, text, json };
  }

  /** A mail arrives at a tenant's mailbox, by the relay's door. */
  mailIn(tenant, to, raw) {
    const headers = { authorization: `Bearer ${secrets().SERVICE_TOKEN}` };
    return this.ask(tenant, "POST", `/api/inbound/email?to=${encodeURIComponent(to)}`, { body: raw, type: "message/rfc822", headers });
  }

  /** The mail to `address` whose text matches, once it has been sent. */
  mailTo(address, pattern) {
    return until(`a mail to ${address} like ${pattern}`, () => this.mail.mails.find(({ to, raw }) => to.includes(address) && pattern.test(decoded(raw))));
  }

  async stop() {
    await this.browser.close();
    await this.miniflare.dispose();
    await this.mail.close();
    rmSync(this.state, { recursive: true, force: true });
  }
}

/** The path of the link in a mail that begins with `begin`, on the tenant's own host. */
export function linkIn(mail, begin) {
  const found = decoded(mail.raw).match(new RegExp(`http://[a-z]+\\.localhost:\\d+(${begin}[^\\s"<>]+)`));
  assert.ok(found, `no link to ${begin}`);
  return found[1].replaceAll("&amp;", "&");
}

/** A raw mail as a client's program writes it. */
export const letter = ({ from, to, subject, text, headers = [] }) =>
  [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: =?utf-8?B?${Buffer.from(subject).toString("base64")}?=`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${randomUUID()}@client.example>`,
    ...headers,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    text,
    "",
  ].join("\r\n");

/** Opens a menu of the page and chooses in it, as a person does. */
export async function choose(page, menu, item) {
  await page.locator("summary", { hasText: menu }).click();
  await page.locator(".menu-list").getByRole("link", { name: item }).click();
}

/** What the session of a page gets under an address. */
export const download = (page, path) =>
  page.evaluate(async (address) => {
    const answer = await fetch(address);
    return { status: answer.status, disposition: answer.headers.get("content-disposition"), text: await answer.text() };
  }, path);

/** A raw mail with its transfer encodings undone, so that words can be looked for in it. */
export function decoded(raw) {
  return raw
    .split(/(?=^Content-Transfer-Encoding:)/im)
    .map((part) => {
      const end = part.search(/\r?\n\r?\n/);
      const head = part.slice(0, end);
      const body = part.slice(end);
      if (/^Content-Transfer-Encoding:\s*base64/i.test(head)) return head + body.replace(/(?:[A-Za-z0-9+/=]{2,}\r?\n?)+/, (text) => Buffer.from(text, "base64").toString());
      if (/^Content-Transfer-Encoding:\s*quoted-printable/i.test(head)) return head + unquoted(body);
      return part;
    })
    .join("");
}

function unquoted(text) {
  return Buffer.from(
    text.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString();
}

/** Whether anything sticks out sideways, and what. */
export const overflow = (page) =>
  page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    // What scrolls or is cut within its box does not make the page wider.
    const isHeld = (element) => element !== document.body && (getComputedStyle(element).overflowX !== "visible" || isHeld(element.parentElement));
    const out = [...document.querySelectorAll("body *")].filter((element) => {
      const box = element.getBoundingClientRect();
      const isFolded = element.closest("details:not([open])") && !element.closest("summary");
      return box.width > 0 && (box.right > wide + 1 || box.left < -1) && !isFolded && getComputedStyle(element).visibility === "visible" && !isHeld(element.parentElement);
    });
    // The innermost is what is too wide; what is around it only goes along.
    return out
      .filter((element) => !out.some((other) => other !== element && element.contains(other)))
      .slice(0, 5)
      .map((element) => element.outerHTML.slice(0, 120));
  });
