// What the benchmark runs on: the release build over the full demo data, in memory, with the log lines of its requests at hand.
import { createHash, randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { Log, LogLevel } from "miniflare";
import { seed } from "../../scripts/demo.mjs";
import { databaseFile, databases } from "../../scripts/lib/databases.mjs";
import { fingerprint } from "../../scripts/lib/stamps.mjs";
import { migrate } from "../../scripts/migrate.mjs";
import { serve } from "../../scripts/serve.mjs";

/** In memory where there is room: on disk each call of the database waits for the disk. */
const ROOM = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const HOURS = 3_600_000;

/** The folder of the seeded data; kept between runs for as long as the schema and the seeder are the same. */
export async function seeded(size) {
  const print = fingerprint(["d1-migrations", "tests/src/demo", "tests/src/bin/seed.rs"]).slice(0, 12);
  const state = join(ROOM, `workernet-bench-${size}-${print}`);
  migrate(state);
  await seed({ size, state, out: join(state, "demo.json") });
  return state;
}

/** A copy that a measurement may write into. */
export function copied(state) {
  const copy = mkdtempSync(join(ROOM, "workernet-bench-run-"));
  cpSync(state, copy, { recursive: true });
  return copy;
}

/** Opens a tenant's database of a state that nobody serves. */
export function openDatabase(state, binding) {
  const { id } = databases().find((each) => each.binding === binding);
  const database = new DatabaseSync(databaseFile(id, state));
  database.exec("PRAGMA synchronous = OFF");
  return database;
}

/** The demo tenant of a state: id, host, people with their ids, and how they sign in. */
export function demoTenant(state, slug) {
  const demo = JSON.parse(readFileSync(join(state, "demo.json"), "utf8")).tenants.find((tenant) => tenant.slug === slug);
  const platform = openDatabase(state, "PLATFORM_DB");
  const { id, database: binding } = platform.prepare("SELECT id, database FROM tenants WHERE slug = ?").get(slug);
  platform.close();
  return { ...demo, id, binding, host: demo.host.split(":")[0] };
}

/** Signs people in without their passwords: a session row each. Answers their cookies. */
export function openSessions(state, tenant, userIds) {
  const database = openDatabase(state, tenant.binding);
  const insert = database.prepare(
    "INSERT INTO sessions (tenant_id, id, user_id, kind, token_hash, created_at, expires_at) VALUES (?, ?, ?, 'browser', ?, ?, ?)",
  );
  const now = Date.now();
  database.exec("BEGIN");
  const cookies = userIds.map((user) => {
    const token = randomBytes(32).toString("hex");
    insert.run(tenant.id, `ses_${randomBytes(16).toString("hex")}`, user, createHash("sha256").update(token).digest("hex"), now, now + 2 * HOURS);
    return `session=${token}`;
  });
  database.exec("COMMIT");
  database.close();
  return cookies;
}

/** The processor time of a process so far, in ms (proc(5): fields 14 and 15, in hundredths of a second). */
function processorMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function workerdOf(parent) {
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      if (stat.includes("(workerd)") && Number(stat.split(") ")[1].split(" ")[1]) === parent) return Number(entry);
    } catch {
      // Gone meanwhile.
    }
  }
  throw new Error("workerd is not among the children of this process");
}

/** Serves a state. `line` waits for the log line of a request; `stop` ends it and throws the state away. */
export async function stand(state, { build } = {}) {
  const lines = new Map();
  const waiting = new Map();
  const listen = (stream) =>
    createInterface({ input: stream }).on("line", (text) => {
      if (!text.startsWith('{"at"')) return;
      const line = JSON.parse(text);
      if (waiting.has(line.request_id)) waiting.get(line.request_id)(line);
      // The line may come before the answer does: the last ones are kept.
      else lines.set(line.request_id, line);
      if (lines.size > 2_000) lines.delete(lines.keys().next().value);
    });
  const begun = performance.now();
  const { miniflare, url } = await serve({
    state,
    release: true,
    build,
    migrated: true,
    vars: { ENVIRONMENT: "bench" },
    extra: {
      log: new Log(LogLevel.ERROR),
      handleRuntimeStdio: (stdout, stderr) => {
        listen(stdout);
        stderr.resume();
      },
    },
  });
  const readyMs = performance.now() - begun;
  const port = Number(new URL(url).port);
  const pid = workerdOf(process.pid);
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const ask = (host, method, path, { headers = {}, body, cookie, token, via = agent } = {}) =>
    new Promise((resolve, reject) => {
      const content = body && JSON.stringify(body);
      const sent = performance.now();
      const outgoing = request({
        ...{ host: "127.0.0.1", port, method, path, agent: via, timeout: 60_000 },
        headers: {
          host: `${host}:${port}`,
          ...(content && { "content-type": "application/json", "content-length": Buffer.byteLength(content) }),
          ...(cookie && { cookie }),
          ...(token && { authorization: `Bearer ${token}` }),
          ...headers,
        },
      });
      outgoing.on("timeout", () => outgoing.destroy(new Error(`${method} ${path}: no answer within a minute`)));
      outgoing.on("error", reject);
      outgoing.on("response", (incoming) => {
        const chunks = [];
        incoming.on("data", (chunk) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: incoming.statusCode, headers: incoming.headers, text, ms: performance.now() - sent, json: () => JSON.parse(text) });
        });
      });
      outgoing.end(content);
    });
  return {
    port,
    readyMs,
    ask,
    processorMs: () => processorMs(pid),
    /** The request and its log line. */
    async logged(...what) {
      const answer = await ask(...what);
      const id = answer.headers["x-request-id"];
      const line =
        lines.get(id) ??
        (await new Promise((resolve, reject) => {
          const end = setTimeout(() => reject(new Error(`no log line of ${what.slice(1, 3).join(" ")} (${id})`)), 5_000);
          waiting.set(id, (found) => {
            clearTimeout(end);
            waiting.delete(id);
            resolve(found);
          });
        }));
      return { ...answer, trips: line.d1_trips, rowsRead: line.d1_rows_read, route: line.route };
    },
    async stop() {
      agent.destroy();
      await miniflare.dispose();
      rmSync(state, { recursive: true, force: true });
    },
  };
}
