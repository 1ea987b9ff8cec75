// `make bench`: measures the release build on the full demo data against the budgets, prints the table with machine and date, and writes
// it to docs/performance.md. Ratios and counts are what counts; times are this machine's.
//
// --quick leaves the crowd out and the large desks; --build DIR measures another build; --state DIR and --small DIR take databases that are
// seeded already, of full and of small size. --browser measures in Chromium alone and renews that part of the page.
import { cpus, totalmem } from "node:os";
import { gzipSync } from "node:zlib";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { inBrowser } from "../tests/bench/browser.mjs";
import { crowd } from "../tests/bench/crowd.mjs";
import { measure, requests } from "../tests/bench/requests.mjs";
import { grow } from "../tests/bench/scale.mjs";
import { copied, demoTenant, openDatabase, openSessions, seeded, stand } from "../tests/bench/stand.mjs";
import { buildWorker } from "./build.mjs";
import { program, timed } from "./lib/console.mjs";
import { at, builds } from "./lib/paths.mjs";

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    build: { type: "string" },
    assets: { type: "string" },
    out: { type: "string", default: at("docs", "performance.md") },
    times: { type: "string", default: "200" },
    people: { type: "string", default: "500" },
    seconds: { type: "string", default: "60" },
    state: { type: "string" },
    small: { type: "string" },
    browser: { type: "boolean", default: false },
  },
});
const MILLION = 1024 * 1024;
const TENANT = "acme";
/** Rows of a full page. */
const PAGE_ROWS = 25;
/** How often everything is measured: what else the machine does only adds to a time. */
const ROUNDS = 3;
const people = Number(options.people);

const number = (value, digits = 0) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const verdict = (holds) => (holds ? "holds" : "**missed**");
const table = (head, rows) => [head, head.map((_, column) => (column === 0 ? "---" : "---:")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

/** People, tickets and sessions that the measurements use. The database must not be served meanwhile. */
function cast(state) {
  const tenant = demoTenant(state, TENANT);
  const database = openDatabase(state, tenant.binding);
  const all = (sql, ...values) => database.prepare(sql).all(tenant.id, ...values);
  const prefix = (row) => ({ id: row.id, number: `${TENANT.toUpperCase()}-${row.number}` });
  const found = {
    tenant,
    tickets: all("SELECT id, number FROM tickets WHERE tenant_id = ? AND deleted_at IS NULL ORDER BY number DESC LIMIT 500").map(prefix),
    agents: all("SELECT id FROM users WHERE tenant_id = ? AND role = 'agent' AND status = 'active' ORDER BY id").map(({ id }) => id),
    clients: all(
      `SELECT requester_id AS id, count(*) AS tickets FROM tickets WHERE tenant_id = ? AND deleted_at IS NULL
       AND requester_id IN (SELECT id FROM users WHERE users.tenant_id = tickets.tenant_id AND role = 'client' AND status = 'active')
       GROUP BY requester_id ORDER BY tickets DESC`,
    ).map(({ id }) => id),
    own: (client) => all("SELECT id, number FROM tickets WHERE tenant_id = ? AND requester_id = ? AND deleted_at IS NULL LIMIT 20", client).map(prefix),
    total: all("SELECT count(*) AS total FROM tickets WHERE tenant_id = ?")[0].total,
    close: () => database.close(),
  };
  return found;
}

async function signIn(server, tenant) {
  const { username, password } = tenant.users.find(({ role }) => role === "agent");
  const answer = await server.ask(tenant.host, "POST", "/api/auth/login", { body: { username, password } });
  if (answer.status !== 200) throw new Error(`signing in: ${answer.status} ${answer.text}`);
  return answer.json().access_token;
}

async function costs(base) {
  const state = copied(base);
  const all = cast(state);
  const client = all.clients[0];
  const clientTickets = all.own(client);
  all.close();
  const [agentCookie, clientCookie] = openSessions(state, all.tenant, [all.agents[0], client]);
  const server = await stand(state, options);
  try {
    const token = await signIn(server, all.tenant);
    const wanted = requests({ tenant: all.tenant, agent: agentCookie, client: clientCookie, token, tickets: all.tickets, clientTickets });
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const taken = new Map();
      for (const each of wanted) if (round === 0 || !each.most) taken.set(each.name, await measure(server, all.tenant, each, Number(options.times)));
      rounds.push(taken);
    }
    return { rows: wanted.map(({ name }) => least(rounds.flatMap((taken) => taken.get(name) ?? []))), total: all.total };
  } finally {
    await server.stop();
  }
}

/** One request's costs of several rounds: the times of the quickest, what it read from the first, before anything else was written. */
function least(costs) {
  const { processorMs, p50 } = costs.toSorted((a, b) => a.processorMs - b.processorMs)[0];
  return { ...costs[0], processorMs, p50, trips: Math.max(...costs.map(({ trips }) => trips)) };
}

/** How long a fresh server takes for its first answers, beyond later ones: the least of three, for other work only adds to it. */
async function starts(base) {
  const found = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const state = copied(base);
    const { host } = demoTenant(state, TENANT);
    const server = await stand(state, options);
    try {
      const ms = [];
      for (const path of ["/api/system/versions", "/api/system/versions", "/login", "/login"]) ms.push((await server.ask(host, "GET", path)).ms);
      found.push({ answer: ms[0] - ms[1], page: ms[2] - ms[3], ready: server.readyMs });
    } finally {
      await server.stop();
    }
  }
  const least = (name) => Math.max(0, Math.min(...found.map((each) => each[name])));
  return { answer: least("answer"), page: least("page"), ready: least("ready") };
}

/** What list pages read on desks of growing size. */
async function scale(sizes) {
  const base = options.small ? resolve(options.small) : await seeded("small");
  const results = [];
  for (const size of sizes) {
    const state = copied(base);
    const tenant = demoTenant(state, TENANT);
    const tickets = await timed(`a desk of ${number(size)} tickets`, () => grow(state, tenant, size));
    const all = cast(state);
    const client = all.clients[0];
    all.close();
    const [agent, clientCookie] = openSessions(state, tenant, [all.agents[0], client]);
    const server = await stand(state, options);
    try {
      const token = await signIn(server, tenant);
      const row = [number(tickets)];
      for (const each of requests({ tenant, agent, client: clientCookie, token, tickets: all.tickets, clientTickets: all.tickets }).filter(({ list }) => list)) {
        const answer = await server.logged(tenant.host, each.method, each.path(0), { cookie: each.cookie, token: each.token });
        row.push(answer.status === 200 ? `${answer.rowsRead}` : `status ${answer.status}`);
      }
      results.push(row);
    } finally {
      await server.stop();
    }
  }
  return results;
}

async function together(base, perHour) {
  const state = copied(base);
  const all = cast(state);
  const staff = Math.round(people / 10);
  const ids = Array.from({ length: people }, (_, place) => (place < staff ? all.agents[place % all.agents.length] : all.clients[place % all.clients.length]));
  const own = ids.map((id, place) => (place < staff ? [] : all.own(id).map((ticket) => ticket.number)));
  all.close();
  const cookies = openSessions(state, all.tenant, ids);
  const crew = ids.map((_, place) => ({ role: place < staff ? "agent" : "client", cookie: cookies[place], own: own[place] }));
  const server = await stand(state, options);
  try {
    const token = await signIn(server, all.tenant);
    return await crowd(server, all.tenant, crew, {
      ...{ seconds: Number(options.seconds), think: 10, perHour, token, tickets: all.tickets },
      words: ["накладная", "отчёт", "печать", "обмен", "доступ"],
    });
  } finally {
    await server.stop();
  }
}

function costsTable({ rows }) {
  return table(
    ["request", "D1 round trips", "rows read", "by a new isolate", "rows shown", "processor ms", "median ms", "budget"],
    rows.map((row) => {
      // One thread works on a request, so it cannot have cost more than it lasted: what is beyond that is the mail that follows it.
      const own = Math.min(row.processorMs, row.p50);
      // What a list reads is held against a full page: on a short one the session and its rights weigh more than the rows.
      const isFull = row.rowsShown >= PAGE_ROWS;
      const holds = row.trips <= 3 && (!row.budget || own <= row.budget) && (!isFull || row.rowsRead <= row.rowsAllowed * row.rowsShown);
      const rows = isFull ? `${row.rowsAllowed} x rows` : undefined;
      const budget = [row.budget && `${row.budget} ms`, "3 trips", rows].filter(Boolean).join(", ");
      const counts = [row.trips, number(row.rowsRead), number(row.rowsReadFirst), row.rowsShown ?? ""];
      return [row.name, ...counts, number(row.processorMs, 1), number(row.p50, 1), `${budget}: ${verdict(holds)}`];
    }),
  );
}

const crowdRow = (run) => [
  `${number(run.people)} people, ${number(run.perHour)} tickets an hour`,
  ...[number(run.reads), number(run.writes), run.errors.length, number(run.p50), number(run.p95), number(run.p99), number(run.writeP95)],
  ...[`${number(run.processorShare * 100)} %`, verdict(run.errors.length === 0 && run.p95 <= 2000)],
];

const FELT = "## In the browser";
const NOTES = "<!-- notes: kept between runs -->";

/** What a person at the desk feels. */
async function felt() {
  const { rows, chromium, tickets } = await timed("in the browser", () => inBrowser({ build: options.build ?? builds.release.worker, assets: options.assets ?? builds.release.assets }));
  const lead =
    `Chromium ${chromium} on the machine above, ${new Date().toISOString().slice(0, 10)}, over the loopback, a desk of ${number(tickets)} tickets, the processor made four times slower ` +
    "unless said; work at the desk in the quickest of three rounds. The browser suite holds the development build to the same budgets (tests/browser/speed.test.mjs).";
  return [FELT, lead, table(["what", "measured", "budget"], rows.map(([what, value, budget, holds]) => [what, value, budget && `${budget}: ${verdict(holds)}`]))];
}

await program(async () => {
  if (options.assets) options.assets = resolve(options.assets);
  if (options.build) options.build = resolve(options.build);
  else await buildWorker({ release: true });
  if (options.browser) {
    const text = readFileSync(options.out, "utf8");
    const [head, notes] = text.split(NOTES);
    const section = `${(await felt()).join("\n\n")}\n`;
    process.stdout.write(section);
    writeFileSync(options.out, `${head.split(FELT)[0].trimEnd()}\n\n${section}\n${NOTES}${notes ?? "\n"}`);
    return;
  }
  const wasm = readFileSync(join(options.build ?? builds.release.worker, "index_bg.wasm"));
  const gzipped = gzipSync(wasm, { level: 9 }).length;
  const compileBegun = performance.now();
  new WebAssembly.Module(wasm);
  const compileMs = performance.now() - compileBegun;
  const base = options.state ? resolve(options.state) : await timed("demo data of full size", () => seeded("full"));

  const single = await timed("what one request costs", () => costs(base));
  const start = await starts(options.small ? resolve(options.small) : await seeded("small"));
  const sections = [
    "# Performance",
    "Written by `make bench`. Counts (round trips, rows) are the same everywhere; times are this machine's, and other work on it shows in them.",
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores of ${cpus()[0]?.model?.trim() || "an unnamed processor"}, ` +
      `${number(totalmem() / MILLION / 1024)} GiB, Node ${process.versions.node}, workerd under Miniflare, databases in memory (/dev/shm), ` +
      `release build, ${number(single.total)} tickets of the tenant \`${TENANT}\`.`,
    "## What one request costs",
    "Requests one after the other. Round trips and rows read are D1's own figures from the log line of each request, the largest of ten; " +
      "processor time is workerd's from /proc, all threads, the simulated database included (about 1 ms a round trip), the mean of 200 requests in the quickest of three rounds, with the mails that follow a write; a request's own share is at most what it lasted, and the budget is held against the smaller of the two.",
    costsTable(single),
    "## Size and start",
    table(
      ["what", "measured", "budget"],
      [
        ["wasm, gzipped", `${number(gzipped / MILLION, 2)} MiB`, `3 MiB: ${verdict(gzipped <= 3 * MILLION)}`],
        ["first answer of an isolate, beyond a later one", `${number(start.answer)} ms`, `200 ms: ${verdict(start.answer <= 200)}`],
        ["first page after that (templates and texts are read), beyond a later one", `${number(start.page)} ms`, `with the line above 200 ms: ${verdict(start.answer + start.page <= 200)}`],
        ["compiling the wasm in V8, as the platform does ahead of requests", `${number(compileMs)} ms`, ""],
        ["workerd and Miniflare from nothing to ready", `${number(start.ready)} ms`, ""],
      ],
    ),
  ];
  if (!options.quick) {
    const sizes = await scale([2_000, 20_000, 200_000]);
    const names = single.rows.filter(({ rowsShown }) => rowsShown !== undefined).map(({ name }) => name);
    sections.push(
      "## Rows read as the desk grows",
      "The same pages on desks of three sizes (the demo desk's tickets, copied).",
      table(["tickets", ...names], sizes),
      "## Many people at once",
      `Each of them has a connection of its own, reads a page every ten seconds on average (a tenth are agents), for ${options.seconds} s, ` +
        "with the load generator on the same machine. Tickets are written by API meanwhile. Times in ms.",
    );
    const runs = [];
    for (const perHour of [500, 50_000]) {
      runs.push(await timed(`${number(people)} people, ${number(perHour)} tickets an hour`, () => together(base, perHour)));
    }
    const head = ["who", "reads", "tickets written", "errors", "p50", "p95", "p99", "write p95", "workerd, of one core", "no error, p95 <= 2 s"];
    sections.push(table(head, runs.map(crowdRow)));
    const errors = [...new Set(runs.flatMap((run) => run.errors))].slice(0, 10);
    if (errors.length > 0) process.stderr.write(`${errors.join("\n")}\n`);
  }
  sections.push(...(await felt()));
  let kept = "";
  try {
    kept = readFileSync(options.out, "utf8").split(NOTES)[1] ?? "";
  } catch {
    // The first run has no notes to keep.
  }
  const text = `${sections.join("\n\n")}\n`;
  process.stdout.write(text);
  writeFileSync(options.out, `${text}\n${NOTES}${kept || "\n"}`);
});
