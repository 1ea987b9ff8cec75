// A server that is killed without warning and started again on the same disk, a mail API that outlives it, and the database as it lies.
import { spawn } from "node:child_process";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { databaseFile, databases } from "../../scripts/lib/databases.mjs";
import { at, devDir } from "../../scripts/lib/paths.mjs";
import { secrets } from "../../scripts/lib/secrets.mjs";
import { migrate } from "../../scripts/migrate.mjs";
import { until } from "../until.mjs";

export { until };

export const TENANT = `tnt_${"c".repeat(32)}`;
export const HOST = "acme.localhost";
const HOUR = 3_600_000;
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

function freePort() {
  return new Promise((resolve) => {
    const probe = createTcpServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** A mail API that keeps its word on `Idempotency-Key`: the first mail of a key is delivered, a repetition is acknowledged and dropped. */
export async function mailApi() {
  const delivered = new Map();
  const quarrels = [];
  let repeated = 0;
  const server = createServer((incoming, response) => {
    const chunks = [];
    incoming.on("error", () => {});
    incoming.on("data", (chunk) => chunks.push(chunk));
    incoming.on("end", () => {
      const { to, raw } = JSON.parse(Buffer.concat(chunks));
      const key = incoming.headers["idempotency-key"];
      const text = Buffer.from(raw, "base64").toString();
      const messageId = /^Message-ID: *(<[^>]+>)/im.exec(text)?.[1];
      const known = delivered.get(key);
      if (known) {
        repeated += 1;
        if (known.messageId !== messageId || known.to !== to) quarrels.push({ key, messageId, to, known });
      } else delivered.set(key, { to, messageId, text });
      // A server takes its time to answer: between the delivery and the answer is where a crash hurts.
      setTimeout(() => response.writeHead(202).end(), 60);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    delivered,
    quarrels,
    repeated: () => repeated,
    vars: { MAIL_TRANSPORT: "http", MAIL_API_URL: `http://127.0.0.1:${server.address().port}/send`, MAIL_API_KEY: "api-key" },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An access token as the product issues them. */
function accessToken(person, session) {
  const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const iat = Math.floor(Date.now() / 1000);
  const signed = `${encoded({ typ: "at+jwt", alg: "HS256" })}.${encoded({ iss: "workernet", aud: TENANT, sub: person, sid: session, iat, exp: iat + 1_800 })}`;
  return `${signed}.${createHmac("sha256", secrets().JWT_SECRET).update(signed).digest("base64url")}`;
}

/** Databases with one tenant and its people, on the disk of the checkout. */
export function prepare() {
  mkdirSync(devDir, { recursive: true });
  const state = mkdtempSync(at(".dev", "crash-"));
  migrate(state);
  const platform = open(state, "PLATFORM_DB");
  const now = Date.now();
  platform
    .prepare("INSERT INTO tenants (id, slug, name, locale, zone, database, settings, canonical_host, created_at) VALUES (?, 'acme', 'ACME', 'en', 'UTC', 'TENANT_DB_1', '{}', ?, ?)")
    .run(TENANT, HOST, now);
  platform.prepare("INSERT INTO tenant_domains (host, tenant_id, verified_at, created_at) VALUES (?, ?, ?, ?)").run(HOST, TENANT, now, now);
  platform.close();
  const database = open(state, "TENANT_DB_1");
  const people = {};
  for (const [place, role] of ["admin", "manager", "agent", "client"].entries()) {
    const id = `usr_${String(place + 1).padStart(32, "0")}`;
    const session = `ses_${String(place + 1).padStart(32, "0")}`;
    const email = `${role}@acme.example`;
    database
      .prepare("INSERT INTO users (tenant_id, id, email, email_verified_at, name, role, status, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, 'active', ?, ?)")
      .run(TENANT, id, email, now, `The ${role}`, role, now, now);
    database
      .prepare("INSERT INTO sessions (tenant_id, id, user_id, kind, created_at, expires_at) VALUES (?, ?, ?, 'api', ?, ?)")
      .run(TENANT, session, id, now, now + HOUR);
    people[role] = { id, email, token: accessToken(id, session) };
  }
  database.close();
  return { state, people };
}

/** The tenant's database of a state that nobody serves. */
export function open(state, binding = "TENANT_DB_1") {
  const database = new DatabaseSync(databaseFile(databases().find((each) => each.binding === binding).id, state));
  database.exec("PRAGMA busy_timeout = 10000");
  return database;
}

function childrenOf(parent) {
  return readdirSync("/proc").filter((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      return Number(readFileSync(`/proc/${entry}/stat`, "utf8").split(") ")[1].split(" ")[1]) === parent;
    } catch {
      return false;
    }
  });
}

/** One server process after another on the same state and port. */
export async function server(state, vars) {
  const port = await freePort();
  const words = Object.entries({ ENVIRONMENT: "test", PUBLIC_SCHEME: "http", ...vars }).flatMap(([name, value]) => ["--var", `${name}=${value}`]);
  const lines = [];
  let child;
  let agent;
  const start = async () => {
    const build = process.env.CRASH_BUILD ? ["--build", process.env.CRASH_BUILD] : [];
    child = spawn(at("scripts", "serve"), ["--port", String(port), "--state", state, "--no-migrate", ...build, ...words], { stdio: ["ignore", "pipe", "pipe"] });
    agent = new Agent({ keepAlive: true, maxSockets: 64 });
    const listen = (stream) => createInterface({ input: stream }).on("line", (line) => lines.push(line));
    listen(child.stderr);
    const failed = new Promise((_resolve, reject) => child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${lines.slice(-5).join("\n")}`))));
    failed.catch(() => {});
    const ready = new Promise((resolve) => listen(child.stdout).once("line", resolve));
    await Promise.race([ready, failed]);
  };
  const ended = () => new Promise((resolve) => (child.exitCode !== null || child.signalCode !== null ? resolve() : child.once("exit", resolve)));
  return {
    lines,
    start,
    /** The end of a machine: both processes at once, without a word. */
    async kill() {
      const workers = childrenOf(child.pid);
      if (workers.length === 0) throw new Error("the server has no workerd to kill");
      for (const pid of [...workers, child.pid]) process.kill(Number(pid), "SIGKILL");
      await ended();
      // A killed process gives its files back a moment later.
      await until("the end of workerd", () => workers.every((pid) => !existsSync(`/proc/${pid}`)));
      agent.destroy();
    },
    async stop() {
      if (child && child.exitCode === null && child.signalCode === null) {
        child.kill("SIGTERM");
        await ended();
      }
      agent?.destroy();
    },
    /** One request; an object is sent as JSON, bytes as they are. */
    ask(method, path, { host = HOST, token, headers = {}, body } = {}) {
      const bytes = body && !Buffer.isBuffer(body) ? Buffer.from(JSON.stringify(body)) : body;
      return new Promise((resolve, reject) => {
        const outgoing = request({
          ...{ host: "127.0.0.1", port, method, path, agent, timeout: 20_000 },
          headers: {
            host: `${host}:${port}`,
            ...(token && { authorization: `Bearer ${token}` }),
            ...(bytes && { "content-length": bytes.length }),
            ...(body && body !== bytes && { "content-type": "application/json" }),
            ...headers,
          },
        });
        outgoing.on("timeout", () => outgoing.destroy(new Error(`${method} ${path}: no answer`)));
        outgoing.on("error", reject);
        outgoing.on("response", (incoming) => {
          const chunks = [];
          incoming.on("data", (chunk) => chunks.push(chunk));
          incoming.on("error", reject);
          incoming.on("end", () => {
            const content = Buffer.concat(chunks);
            resolve({ status: incoming.statusCode, headers: incoming.headers, content, text: content.toString(), json: () => JSON.parse(content) });
          });
        });
        outgoing.end(bytes);
      });
    },
    sweep() {
      return this.ask("GET", "/cdn-cgi/handler/scheduled?cron=*/5+*+*+*+*", { host: "localhost" });
    },
  };
}

export const serviceToken = () => secrets().SERVICE_TOKEN;

/** A text file nobody else has. */
export const file = (bytes) => Buffer.from(randomBytes(Math.ceil(bytes / 2)).toString("hex").slice(0, bytes).replace(/(.{78})./g, "$1\n"));

export const discard = (state) => rmSync(state, { recursive: true, force: true });
export { sha256 };
