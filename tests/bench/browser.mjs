// How quick the desk feels in Chromium, with 50,000 tickets, on a processor made four times slower.
import { gzipSync } from "node:zlib";
import { BUDGETS, paints, percentile, scroll, work } from "../browser/pace.mjs";
import { open } from "../browser/support.mjs";
import { grow } from "./scale.mjs";
import { demoTenant } from "./stand.mjs";

const TENANT = "globex";
const TICKETS = 50_000;
const OWN_KB_MAX = 150;
/** How often the desk is worked at: what else the machine does only adds to a time. */
const ROUNDS = 3;

/** Own scripts and styles of a page, gzipped, in KB. */
async function ownKb(product, path) {
  const page = await product.visit(TENANT, "agent");
  const bodies = [];
  page.on("response", (response) => {
    if (["script", "stylesheet"].includes(response.request().resourceType())) bodies.push(response.body());
  });
  await page.goto(path, { waitUntil: "networkidle" });
  const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
  await page.context().close();
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

/** What opening, typing and going down the list took, each in its quickest round. */
async function worked(product) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { opened, typed, interactions } = await work(product, TENANT, "agent");
    const { pieces, rows, tasks } = await scroll(product, TENANT, "agent");
    const times = { open: percentile(opened, 0.5), type: percentile(typed, 0.95), inp: percentile(interactions, 0.98), longest: Math.max(0, ...tasks) };
    rounds.push({ pieces, rows, times });
  }
  const least = (name) => Math.min(...rounds.map(({ times }) => times[name]));
  const [{ pieces, rows }] = rounds;
  return { pieces, rows, open: least("open"), type: least("type"), inp: least("inp"), longest: least("longest") };
}

/** Rows of a table: what, measured, budget, whether it holds. `build` and `assets` are the worker and its files. */
export async function inBrowser({ build, assets }) {
  const product = await open({ build, assets, prepare: (state) => grow(state, demoTenant(state, TENANT), TICKETS) });
  const ms = (value) => `${Math.round(value)} ms`;
  try {
    const { number } = await product.ticket(TENANT);
    const own = await ownKb(product, `/agent/tickets/${number}`);
    const list = await paints(product, TENANT, "agent", "/agent/tickets?queue=all");
    const ticket = await paints(product, TENANT, "agent", `/agent/tickets/${number}`);
    const { open: open50, type: type95, inp, longest, pieces, rows: kept } = await worked(product);
    const rows = [
      ["own scripts and styles of the agent's ticket page, gzipped", `${own.toFixed(1)} KB`, `${OWN_KB_MAX} KB`, own <= OWN_KB_MAX],
      ["largest contentful paint of the list", ms(list.lcp), ms(BUDGETS.lcpMs), list.lcp <= BUDGETS.lcpMs],
      ["largest contentful paint of the ticket page", ms(ticket.lcp), ms(BUDGETS.lcpMs), ticket.lcp <= BUDGETS.lcpMs],
      ["layout shift of both (CLS)", Math.max(list.cls, ticket.cls).toFixed(3), String(BUDGETS.cls), Math.max(list.cls, ticket.cls) <= BUDGETS.cls],
      ["from the click on a row to the painted ticket beside the list, median", ms(open50), ms(BUDGETS.openMs), open50 <= BUDGETS.openMs],
      ["typing in the composer: from the key to the painted letter, 95 %", ms(type95), ms(BUDGETS.typingMs), type95 <= BUDGETS.typingMs],
      ["interaction to next paint (INP), 98 %", ms(inp), ms(BUDGETS.inpMs), inp <= BUDGETS.inpMs],
      [`longest task while ${pieces} pages of the list go by, processor as it is`, longest ? ms(longest) : "none of 50 ms", ms(BUDGETS.longTaskMs), longest <= BUDGETS.longTaskMs],
      ["rows of the list in the page after that", String(kept), "", true],
    ];
    return { rows, chromium: product.browser.version(), tickets: TICKETS };
  } finally {
    await product.stop();
  }
}
