// Room for other languages: every page with texts that are longer by a third, full of accents, and in brackets, so that a text whose end is
// missing shows. Nothing sticks out of the page, and no button, label or heading is cut.
//
// The language is none of the product's: the test makes it of the English texts and has a tenant say it in its own words.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { NARROW, open, overflow, WIDE } from "./support.mjs";
import { world } from "./world.mjs";

const ROUTES = readFileSync(new URL("../../functions/src/routes/table.rs", import.meta.url), "utf8");
const TENANT = "globex";
const LETTERS = { a: "à", b: "ƀ", c: "ç", d: "ð", e: "é", g: "ĝ", h: "ĥ", i: "î", j: "ĵ", k: "ķ", l: "ļ", n: "ñ", o: "ö", r: "ŕ", s: "š", t: "ţ", u: "û", w: "ŵ", y: "ý", z: "ž", A: "Å", E: "É", I: "Î", O: "Ø", U: "Û" };

/** Longer by a third, in syllables that may be broken where words may. */
const longer = (words) => `${words}${" ĝrŵ".repeat(Math.ceil(words.length / 12))}`;
const accented = (text) => text.replaceAll(/[A-Za-z]/g, (letter) => LETTERS[letter] ?? letter);

/** A pattern of Fluent in that language: what is between braces stays, each line of a choice is a text of its own. */
function pseudo(pattern) {
  const say = (words) => {
    const parts = words.split(/(\{[^{}]*\})/);
    return `⟦${longer(parts.map((part) => (part.startsWith("{") ? part : accented(part))).join(""))}⟧`;
  };
  if (!pattern.includes("\n")) return say(pattern);
  return pattern
    .split("\n")
    .map((each) => each.replace(/^(\s*\*?\[[^\]]*\] )(.+)$/, (line, choice, words) => (words.endsWith("->") ? line : `${choice}${say(words)}`)))
    .join("\n");
}

/** Keys that say no words: how dates and numbers are put together, what the build reads, what a program fills in. */
const SIGNS = /^(format-|language-|sms-)/;

let product;
let at;

before(async () => {
  product = await open();
  at = await world(product, TENANT);
  let texts = {};
  let cursor = "";
  do {
    const page = (await product.api(TENANT, "admin", "GET", `/api/tenant/texts/en?cursor=${cursor}`)).json;
    for (const { key, text } of page.data) if (!SIGNS.test(key)) texts[key] = pseudo(text);
    cursor = page.meta.next_cursor ?? "";
  } while (cursor);
  assert.ok(Object.keys(texts).length > 1_000, "the texts were not read");
  const all = Object.entries(texts);
  for (let begin = 0; begin < all.length; begin += 800) {
    texts = Object.fromEntries(all.slice(begin, begin + 800));
    const answer = await product.api(TENANT, "admin", "PATCH", "/api/tenant/texts/en", { texts });
    assert.equal(answer.status, 204, answer.text.slice(0, 2_000));
  }
});
after(() => product?.stop());

/** Pages without a name in their address, and one of each kind that has one. */
const NAMED = {
  client: () => [`/tickets/${at.talked}`, `/tickets/${at.waiting}`, `/tickets/${at.resolved}`, `/tickets/${at.closed}`, "/tickets/search?q=nothing+like+this", "/tickets/NONE-1"],
  admin: () => [`/agent/tickets/${at.talked}`, `/agent/tickets/${at.waiting}`, "/agent/settings/texts/en/bulk-selected"],
  nobody: () => [at.rate],
};
/** For whom a page without a name is looked at: the entrance for nobody, the portal for clients, the rest for administrators. */
const whose = (path) => {
  if (/^\/(login|register|password)/.test(path)) return "nobody";
  return path === "/" || path.startsWith("/tickets") || path.startsWith("/profile") ? "client" : "admin";
};
const unnamed = [...ROUTES.matchAll(/^\s*page!\(Get "([^"{]+)"/gm)].map(([, path]) => path).filter((path) => !path.startsWith("/api/"));

/** Texts that are cut: a box that hides what goes beyond it, and words that do. What people wrote may be cut, and is marked so. */
const cut = (page) =>
  page.evaluate(() => {
    const shown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
    return [...document.querySelectorAll("button, a.button, label, th, h1, h2, h3, legend, .chip, .tabs a, .hint, .nav-link")]
      .filter((element) => shown(element) && element.textContent.includes("⟧") && !element.closest(".sr"))
      .filter((element) => {
        const style = getComputedStyle(element);
        const hides = style.overflowX !== "visible" && style.overflowX !== "auto" && style.overflowX !== "scroll";
        return hides && element.scrollWidth > element.clientWidth + 1;
      })
      .slice(0, 5)
      .map((element) => element.outerHTML.slice(0, 160));
  });

for (const who of ["nobody", "client", "admin"])
  test(`${who}: every page has room for longer texts`, async () => {
    const findings = [];
    const page = await product.visit(TENANT, who === "nobody" ? null : who);
    for (const address of [...unnamed.filter((path) => whose(path) === who), ...NAMED[who]()]) {
      await page.goto(address);
      assert.match(await page.locator("body").innerText(), /⟧/, `${address} says none of the texts`);
      for (const viewport of [WIDE, NARROW]) {
        await page.setViewportSize(viewport);
        for (const fault of await overflow(page)) findings.push(`${address} at ${viewport.width}: sticks out: ${fault}`);
        for (const fault of await cut(page)) findings.push(`${address} at ${viewport.width}: is cut: ${fault}`);
        if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/pseudo-${address.replaceAll(/\W+/g, "-")}-${viewport.width}.png`, fullPage: true });
      }
    }
    await page.context().close();
    assert.deepEqual(findings, []);
  });

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
