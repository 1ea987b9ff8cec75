// What strangers send and what a browser makes of it: files that are programs in disguise, and markup that becomes a script when it is
// read for the second time. Nothing of it runs, nothing of it is shown on an origin of ours; and if something slipped through, the
// content security policy of every page would still be in its way.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { at } from "../../scripts/lib/paths.mjs";
import { CONTROL as FILE_CONTROL, FILES } from "./hostile-files.mjs";
import { CONTROL as MARKUP_CONTROL, MARKUP } from "./hostile-markup.mjs";
import { open, until } from "./support.mjs";

const require = createRequire(import.meta.url);
const { CspEvaluator } = require("csp_evaluator");
const { CspParser } = require("csp_evaluator/dist/parser.js");

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

/** A page on which everything that runs is heard of: by the function `ran`, by a request to `/ran/`, by a dialog. */
async function listening(role) {
  const page = await product.visit(TENANT, role);
  const context = page.context();
  const heard = new Set();
  await context.exposeBinding("ran", (_source, name) => heard.add(name));
  context.on("request", (request) => {
    const path = new URL(request.url()).pathname;
    if (path.startsWith("/ran/")) heard.add(path.slice("/ran/".length));
  });
  context.on("dialog", (dialog) => {
    heard.add(dialog.message());
    void dialog.dismiss();
  });
  return { page, heard };
}

/** A mail with all of these files, as a client's program sends it. */
function letterWith(files) {
  const from = product.login(TENANT, "client").username;
  const part = ({ name, type, content }) =>
    `--part\r\nContent-Type: ${type}; name="${name}"\r\nContent-Disposition: inline; filename="${name}"\r\nContent-ID: <${name}>\r\n` +
    `Content-Transfer-Encoding: base64\r\n\r\n${content.toString("base64").replace(/.{76}/g, "$&\r\n")}\r\n`;
  return (
    `From: ${from}\r\nTo: support@globex.localhost\r\nSubject: All that I found\r\nMessage-ID: <all@client.example>\r\nMIME-Version: 1.0\r\n` +
    `Content-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain\r\n\r\nPlease look.\r\n${files.map(part).join("")}--part--\r\n`
  );
}

/** Sends one file by the API; answers the status and its id. */
async function upload(number, { name, type, content }) {
  const head = `--part\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), content, Buffer.from("\r\n--part--\r\n")]);
  const { status, json } = await product.api(TENANT, "client", "POST", `/api/tickets/${number}/attachments`, body, {}, "multipart/form-data; boundary=part");
  return { status, json };
}

const addresses = (ticket) => ticket.attachments.map(({ id, file_name: name }) => ({ name, path: `/api/attachments/${id}` }));

/** Opens each file as a person does who follows its link, and as somebody who asks for it to be shown; answers what was shown. */
async function openAll(page, files) {
  const shown = [];
  for (const { name, path } of files)
    for (const address of [path, `${path}?inline=1`]) {
      const answer = await page.goto(address).catch((error) => {
        assert.match(error.message, /Download is starting/, name);
      });
      if (answer) shown.push({ name, status: answer.status(), type: answer.headers()["content-type"] });
    }
  return shown;
}

/** Has a page of our origin, its own policy set aside, use each file as a script, a module, a worker and a style; answers what was taken. */
const useAll = (page, paths) =>
  page.evaluate(async (all) => {
    const placed = (make, path) =>
      new Promise((resolve) => {
        const element = make(path);
        element.onload = () => resolve(true);
        element.onerror = () => resolve(false);
        document.body.append(element);
      });
    const element = (tag, values) => Object.assign(document.createElement(tag), values);
    const taken = [];
    for (const path of all) {
      if (await placed((src) => element("script", { src }), path)) taken.push(`script ${path}`);
      if (await placed((href) => element("link", { href, rel: "stylesheet" }), path)) taken.push(`style ${path}`);
      await import(path).then(() => taken.push(`module ${path}`), () => {});
      await new Promise((resolve) => {
        const worker = new Worker(path);
        worker.onerror = resolve;
        worker.onmessage = resolve;
      });
    }
    if (await placed((src) => element("script", { src }), `data:text/javascript,ran("control")`)) taken.push("control");
    if (await placed((href) => element("link", { href, rel: "stylesheet" }), "data:text/css,p{}")) taken.push("control");
    return taken;
  }, paths);

test("the form takes no file that a browser would run, and mail keeps each as a download", async () => {
  assert.ok(FILES.length >= 30);
  const { number } = await product.ticket(TENANT);
  const doors = [];
  for (const file of FILES) {
    const { status } = await upload(number, file);
    doors.push([file.name, status === 201 ? "taken" : status === 422 || status === 415 ? "refused" : status]);
  }
  assert.deepEqual(doors, FILES.map(({ name, door }) => [name, door]));
  const { json, text } = await product.mailIn(TENANT, "support@globex.localhost", letterWith(FILES));
  assert.ok(json?.number, text);

  const taken = addresses(await product.look(TENANT, number, "attachments"));
  const mailed = addresses(await product.look(TENANT, json.number, "attachments"));
  assert.equal(taken.length, FILES.filter(({ door }) => door === "taken").length);
  // What the form refuses is kept under a name that promises nothing. A mail says in which letters a text is written: read by UTF-7 it is markup.
  const kept = ({ name, door }) => (door === "taken" && name !== "seven.txt" ? name : `${name}.data`);
  assert.deepEqual(mailed.map(({ name }) => name).sort(), FILES.map(kept).sort());

  const { page, heard } = await listening("agent");
  await page.goto(`/agent/tickets/${json.number}`);
  const links = await page.locator('a[href*="/api/attachments/"]').evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  for (const { path } of mailed) assert.ok(links.some((link) => link.startsWith(path)), path);
  const shown = await openAll(page, [...taken, ...mailed]);
  assert.ok(shown.every(({ status, type }) => status === 200 && type === "image/png"), JSON.stringify(shown));
  assert.deepEqual(new Set(shown.map(({ name }) => name)), new Set(["pixel.png"]));
  // The page that Chromium itself puts around a picture has styles, which the policy of files refuses.
  const around = [...taken, ...mailed].filter(({ name }) => name === "pixel.png").map(({ path }) => `console at ${path}: Applying inline style`);
  product.trouble = product.trouble.filter((words) => !around.some((begin) => words.startsWith(begin)));
  assert.deepEqual([...heard], []);
  await page.context().close();
});

test("no file that somebody sent is a script, a module, a worker or a style of our origin", async () => {
  const { json } = await product.mailIn(TENANT, "support@globex.localhost", letterWith(FILES).replace("<all@", "<again@"));
  const files = addresses(await product.look(TENANT, json.number, "attachments"));
  const before = product.trouble.length;
  const page = await product.visit(TENANT, "agent", { bypassCSP: true });
  const heard = new Set();
  await page.context().exposeBinding("ran", (_source, name) => heard.add(name));
  page.context().on("request", (request) => request.url().includes("/ran/") && heard.add(request.url()));
  await page.goto("/agent");
  assert.deepEqual(await useAll(page, files.map(({ path }) => `${path}?inline=1`)), ["control", "control"]);
  await until("the control to be heard", async () => heard.has("control"));
  assert.deepEqual([...heard], ["control"]);
  await page.context().close();
  // What such a page complains of is what is wanted here.
  product.trouble.length = before;
});

test("a page with such a script does run, and the suite hears it", async () => {
  const { page, heard } = await listening(null);
  await page.route("**/control", (route) => route.fulfill({ contentType: "text/html", body: FILE_CONTROL.content }));
  await page.goto("/control");
  await until("the control to be heard", async () => heard.has("control"));
  await page.context().close();
});

/** What each of the doors to our pages makes of each text: the product's own code, as a program. */
function madeSafe(texts) {
  const done = spawnSync("cargo", ["run", "--quiet", "-p", "tests", "--bin", "sanitize"], { cwd: at(), input: JSON.stringify(texts), maxBuffer: 64 * 1024 * 1024, encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
  return JSON.parse(done.stdout).flatMap((doors, index) => Object.entries(doors).map(([door, html]) => ({ door, html, from: texts[index] })));
}

/**
 * Parses, writes and parses again, three times and by both parsers of a browser, each result standing in the page; answers what is found
 * there that could run, and what is not the same after it was written and read again.
 */
const reread = (page, cases) =>
  page.evaluate(async (all) => {
    const TAGS = new Set(
      ("a abbr acronym b bdi bdo blockquote br caption center cite code col colgroup data dd del dfn div dl dt em figcaption figure font h1 h2 h3 h4 h5 " +
        "h6 hgroup hr i img input ins kbd li mark ol p pre q rp rt rtc ruby s samp small span strike strong sub sup table tbody td tfoot th thead " +
        "time tr tt u ul var wbr").split(" "),
    );
    const ADDRESSES = ["href", "src", "action", "formaction", "data", "background", "poster", "cite", "srcset", "xlink:href", "ping"];
    const faults = [];
    const inspect = (root, fault) => {
      const elements = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
      while (elements.nextNode()) {
        const element = elements.currentNode;
        const name = element.localName;
        if (element.namespaceURI !== "http://www.w3.org/1999/xhtml" || !TAGS.has(name)) fault(`<${name}>`);
        for (const { name: key, value } of element.attributes) {
          if (key.startsWith("on") || ["style", "srcdoc", "name", "is", "slot"].includes(key)) fault(key);
          if (ADDRESSES.includes(key) && !/^(https?:\/\/|mailto:|tel:)/i.test(value)) fault(`${key}=${value}`);
        }
        if (element.shadowRoot) fault("a shadow root");
      }
    };
    for (const { door, html, from } of all) {
      const fault = (what) => faults.push(`${what} by ${door} from ${from} as ${html}`);
      const parsers = [
        (text) => Object.assign(document.body.appendChild(document.createElement("div")), { innerHTML: text }),
        (text) => document.body.appendChild(document.adoptNode(new DOMParser().parseFromString(`<body><div>${text}</div>`, "text/html").body.firstElementChild)),
        (text) => document.body.appendChild(document.createRange().createContextualFragment(`<div>${text}</div>`).firstElementChild) ?? document.body.lastElementChild,
      ];
      for (const parse of parsers) {
        let text = html;
        for (let round = 0; round < 3; round += 1) {
          const place = parse(text);
          inspect(place, fault);
          const written = place.innerHTML;
          if (round > 0 && written !== text) fault(`another reading: ${written}`);
          text = written;
        }
      }
    }
    return faults;
  }, cases);

test("markup that was made safe stays so however often a browser writes and reads it", async () => {
  const cases = madeSafe(MARKUP);
  assert.equal(cases.length, 4 * MARKUP.length);
  const { page, heard } = await listening(null);
  await page.route("**/bare", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>x</title><body></body>" }));
  await page.goto("/bare");
  assert.deepEqual(await reread(page, cases), []);
  assert.deepEqual([...heard], []);
  // As they came they would have run: whoever listens hears it, and whoever looks sees it.
  const raw = await reread(page, [{ door: "none", html: MARKUP_CONTROL, from: MARKUP_CONTROL }]);
  assert.ok(raw.some((fault) => fault.startsWith("onerror")), raw.join("\n"));
  await until("the control to be heard", async () => heard.has("markup"));
  await page.context().close();
});

test("a mail of such markup is text on the ticket's page", async () => {
  const from = product.login(TENANT, "client").username;
  const html = `<p>Seen by the desk.</p>${MARKUP.map((trick) => `<div>${trick.replace("<plaintext>", "")}</div>`).join("\n")}<p>The end.</p>`;
  const raw = [
    ...[`From: ${from}`, "To: support@globex.localhost", "Subject: <b>Look</b>", "Message-ID: <markup@client.example>", "MIME-Version: 1.0"],
    ...["Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: base64", "", Buffer.from(html).toString("base64").replace(/.{76}/g, "$&\r\n"), ""],
  ].join("\r\n");
  const { json, text } = await product.mailIn(TENANT, "support@globex.localhost", raw);
  assert.ok(json?.number, text);
  for (const [role, path] of [["agent", `/agent/tickets/${json.number}`], ["client", `/tickets/${json.number}`]]) {
    const { page, heard } = await listening(role);
    await page.goto(path);
    await page.getByText("Seen by the desk.").first().waitFor();
    assert.equal(await page.locator(".prose").locator("script, style, svg, math, iframe, object, embed, form, template, [onerror], [style]").count(), 0);
    assert.deepEqual([...heard], []);
    await page.context().close();
  }
});

test("the content security policy of every kind of page has no known way around it", async () => {
  const { number } = await product.ticket(TENANT);
  const nonces = new Set();
  for (const [role, path] of [[null, "/login"], ["client", `/tickets/${number}`], ["agent", `/agent/tickets/${number}`], [null, "/nothing-here"]]) {
    const page = await product.visit(TENANT, role);
    for (const answer of [await page.goto(path), await page.goto(path)]) {
      const policy = answer.headers()["content-security-policy"];
      const parsed = new CspParser(policy).csp;
      assert.deepEqual(new CspEvaluator(parsed).evaluate().map(({ directive, description }) => `${directive}: ${description}`), [], `${path}: ${policy}`);
      // Our own pages alone show tickets of the desk side by side.
      assert.deepEqual(parsed.directives["frame-ancestors"], [role === "agent" ? "'self'" : "'none'"], path);
      nonces.add(policy.match(/'nonce-([^']+)'/)[1]);
    }
    await page.context().close();
  }
  assert.equal(nonces.size, 8, "a nonce is good for one answer");
  // The judge does find fault where there is one.
  assert.ok(new CspEvaluator(new CspParser("script-src 'unsafe-inline'; object-src 'none'").csp).evaluate().length > 0);
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
