// A desk of fifty thousand tickets feels quick: painted in time, tickets open and letters appear at once, and the list goes by without a
// stutter. The figures are printed; `make bench` writes those of the release build to docs/performance.md and holds them to the budgets.
//
// Here the worker is the development build, several times slower, beside whatever else the machine does: what must hold of opening and typing
// is the better part of the runs against SLACK times the budget, which a fault in the pages exceeds and a busy minute does not.
import assert from "node:assert/strict";
import process from "node:process";
import { after, before, test } from "node:test";
import { grow } from "../bench/scale.mjs";
import { demoTenant } from "../bench/stand.mjs";
import { BUDGETS, paints, percentile, scroll, work } from "./pace.mjs";
import { open } from "./support.mjs";

const TENANT = "globex";
const TICKETS = 50_000;
const SLACK = 2;
/** The share of the runs that counts. */
const BETTER = 0.25;
let product;
let ticket;

before(async () => {
  product = await open({ prepare: (state) => grow(state, demoTenant(state, TENANT), TICKETS) });
  ticket = (await product.ticket(TENANT)).number;
});
after(() => product?.stop());

const say = (words) => process.stdout.write(`${words}\n`);
const ms = (value) => `${Math.round(value)} ms`;

test("the list and the ticket are painted in time on a slow processor, and nothing jumps", async () => {
  for (const [name, path] of [["list", "/agent/tickets?queue=all"], ["ticket", `/agent/tickets/${ticket}`]]) {
    const { lcp, cls, runs } = await paints(product, TENANT, "agent", path);
    say(`${name}: LCP ${ms(lcp)}, CLS ${cls.toFixed(3)} (processor x4 slower)`);
    assert.ok(lcp > 0 && lcp <= BUDGETS.lcpMs, `LCP of the ${name}: ${JSON.stringify(runs)}`);
    assert.ok(cls <= BUDGETS.cls, `CLS of the ${name}: ${JSON.stringify(runs)}`);
  }
});

test("a ticket opens from the list at once, typing never waits, and every interaction is answered", async () => {
  const { opened, typed, interactions } = await work(product, TENANT, "agent");
  say(`list to open ticket: median ${ms(percentile(opened, 0.5))}, 95 % within ${ms(percentile(opened, 0.95))} (x4 slower)`);
  say(`typing: 95 % within ${ms(percentile(typed, 0.95))}; INP ${ms(percentile(interactions, 0.98))} (x4 slower)`);
  assert.ok(percentile(opened, BETTER) <= SLACK * BUDGETS.openMs, `opening took ${opened.map(Math.round)} ms`);
  assert.ok(percentile(typed, 0.95) <= SLACK * BUDGETS.typingMs, `typing took ${typed} ms`);
  assert.ok(percentile(interactions, 0.5) <= BUDGETS.inpMs, `interactions took ${interactions} ms`);
});

test("a list of fifty thousand goes by without a long task, and only what is near stays in the page", async () => {
  // A fault of the pages is there each time; what else the machine does is not. So the better of two runs is held to the budget itself.
  const runs = [];
  for (let run = 0; run < 2; run += 1) {
    const { pieces, tasks, rows, nodes } = await scroll(product, TENANT, "agent");
    const longest = Math.max(0, ...tasks);
    say(`scrolling ${pieces} pages of the list: ${tasks.length} long tasks (the longest ${ms(longest)}); ${rows} rows and ${nodes} elements in the page`);
    assert.ok(rows <= 1_000, `${rows} rows are kept in the page`);
    runs.push(longest);
  }
  assert.ok(Math.min(...runs) <= BUDGETS.longTaskMs, `the longest tasks: ${runs.map(Math.round)} ms`);
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
