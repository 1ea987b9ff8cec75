// The built worker on workerd, with tenants and people of its own, for tests that only the platform can answer.
//
// Everything waits by `until`: a condition that is asked again and again, with an end. Each file has its own state and port.
import { createHash, createHmac, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { Readable } from "node:stream";
import { createInterface } from "node:readline";
import { Log, LogLevel } from "miniflare";
import { WebSocket } from "ws";
import { serve } from "../../scripts/serve.mjs";
import { until, within } from "../until.mjs";

export { until };

/** How long the runtime may take for its tables, and to end, in seconds. */
const PATIENCE = 30;

const HEX = (digit) => String(digit).repeat(32);
/** Ids that are seen at once when they leak. */
export const tenantId = (slug) => `tnt_${HEX({ acme: "a", globex: "b", stranded: "d" }[slug])}`;
export const personId = (number) => `usr_${number.toString(16).padStart(32, "0")}`;
export const sessionId = (number) => `ses_${number.toString(16).padStart(32, "0")}`;
export const ticketId = (number) => `tkt_${number.toString(16).padStart(32, "0")}`;
export const sha256 = (text) => createHash("sha256").update(text).digest("hex");

const JWT_SECRET = randomBytes(32).toString("hex");

/** An access token as the product issues them. */
function accessToken(slug, person, session) {
  const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const iat = Math.floor(Date.now() / 1000);
  const signed = `${encoded({ typ: "at+jwt", alg: "HS256" })}.${encoded({ iss: "workernet", aud: tenantId(slug), sub: person, sid: session, iat, exp: iat + 1_800 })}`;
  return `${signed}.${createHmac("sha256", JWT_SECRET).update(signed).digest("base64url")}`;
}

/** The way out of the worker: to everywhere, and besides the public authorities it trusts those of `certificates`. */
const trusting = (certificates) => ({
  outboundService: { network: { allow: ["public", "private"], tlsOptions: { trustBrowserCas: true, trustedCertificates: certificates } } },
});

/**
 * Starts the worker with two tenants, and with a third whose database is not bound if `stranded` says so; `vars` are added to its
 * variables, those of `without` are missing; servers with certificates of the authorities `trusted` are believed; `limiter` binds the
 * platform's limiter; `extra` goes to the runtime as it is. Ends with `stop()`.
 */
export async function start({ vars = {}, without = [], stranded = false, trusted = [], limiter, extra } = {}) {
  const shm = "/dev/shm";
  const state = mkdtempSync(join(existsSync(shm) ? shm : tmpdir(), "workernet-edge-"));
  const lines = [];
  class KeptLog extends Log {
    log(message) {
      lines.push(message);
    }
  }
  const listen = (stream) => createInterface({ input: stream }).on("line", (line) => lines.push(line));
  const { miniflare, url } = await serve({
    state,
    build: process.env.EDGE_BUILD,
    vars: { ENVIRONMENT: "test", PUBLIC_SCHEME: "http", JWT_SECRET, ...vars, ...Object.fromEntries(without.map((name) => [name, ""])) },
    extra: {
      ...(trusted.length > 0 && trusting(trusted)),
      ...extra,
      ...(limiter && { ratelimits: { VOLUME: { namespace_id: "1", simple: limiter } } }),
      log: new KeptLog(LogLevel.WARN),
      handleRuntimeStdio: (stdout, stderr) => {
        listen(stdout);
        listen(stderr);
      },
    },
  });
  const port = Number(new URL(url).port);
  const edge = {
    miniflare,
    port,
    state,
    lines,
    /** Log lines of the product that match every given field. */
    logged: (fields) => lines.flatMap((line) => parsed(line)).filter((line) => Object.entries(fields).every(([key, value]) => line[key] === value)),
    ask: (host, method, path, options) => ask(port, host, method, path, options),
    get: (host, path, options) => ask(port, host, "GET", path, options),
    socket: (host, options) => connect(port, host, options),
    database: (binding) => miniflare.getD1Database(binding),
    object: async (binding, name) => {
      const namespace = await miniflare.getDurableObjectNamespace(binding);
      return namespace.get(namespace.idFromName(name));
    },
    /** Takes an object out of memory, as the platform does with one that is idle; its sockets stay. */
    evict: (className, name) => miniflare.unsafeEvictDurableObject("workernet", className, { name, webSockets: "hibernate" }),
    queue: () => miniflare.getQueueProducer("JOBS"),
    async stop() {
      await within(PATIENCE, "the runtime to end", miniflare.dispose());
      rmSync(state, { recursive: true, force: true });
    },
  };
  edge.people = await within(PATIENCE, "tenants and people", populate(edge, stranded));
  return edge;
}

function parsed(line) {
  if (!line.startsWith("{")) return [];
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

/** One request with its own Host header. `body` may be a stream. */
function ask(port, host, method, path, { headers = {}, body, cookie, token } = {}) {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, method, path, timeout: 30_000, headers: { host: `${host}:${port}`, ...headers, ...(cookie && { cookie: `session=${cookie}` }), ...(token && { authorization: `Bearer ${token}` }) } });
    outgoing.on("timeout", () => outgoing.destroy(new Error(`${method} ${path}: no answer`)));
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      const chunks = [];
      incoming.on("data", (chunk) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const bytes = Buffer.concat(chunks);
        resolve({ status: incoming.statusCode, headers: incoming.headers, bytes, text: bytes.toString(), json: () => JSON.parse(bytes) });
      });
    });
    if (body instanceof Readable) body.pipe(outgoing);
    else outgoing.end(body);
  });
}

/** A WebSocket that remembers what it heard. */
function connect(port, host, { cookie, origin = `http://${host}:${port}`, headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/live`, {
      headers: { host: `${host}:${port}`, ...(cookie && { cookie: `session=${cookie}` }), ...(origin && { origin }), ...headers },
      handshakeTimeout: 10_000,
    });
    const heard = [];
    let closed;
    socket.on("message", (data) => heard.push(String(data)));
    socket.on("close", (code) => (closed = code));
    socket.on("error", () => {});
    socket.on("unexpected-response", (_request, response) => {
      response.resume();
      reject(Object.assign(new Error(`refused with ${response.statusCode}`), { status: response.statusCode }));
    });
    socket.on("open", () =>
      resolve({
        socket,
        heard,
        events: () => heard.filter((text) => text.startsWith("{")).map((text) => JSON.parse(text)),
        say: (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
        // The runtime may leave a connection half closed until its object is asked for something; its word has come by then.
        closedWith: () => closed ?? (socket._closeFrameReceived ? socket._closeCode : undefined),
        close: () => socket.terminate(),
      }),
    );
  });
}

const PEOPLE = [
  ["admin", "Ada Admin"],
  ["agent", "Anna Agent"],
  ["agent", "Борис Агентов"],
  ["client", "Clara Client"],
  ["client", "Colin Client"],
];

/** Tenants `acme` and `globex` with the same people each. Answers logins by tenant and first name. */
async function populate(edge, stranded) {
  const platform = await edge.database("PLATFORM_DB");
  const now = Date.now();
  const people = {};
  const tenants = { acme: "TENANT_DB_1", globex: "TENANT_DB_2", ...(stranded && { stranded: "TENANT_DB_9" }) };
  let number = 0;
  for (const [slug, binding] of Object.entries(tenants)) {
    const host = `${slug}.localhost`;
    await platform.batch([
      platform
        .prepare("INSERT INTO tenants (id, slug, name, locale, zone, database, settings, canonical_host, created_at) VALUES (?, ?, ?, 'en', 'UTC', ?, '{}', ?, ?)")
        .bind(tenantId(slug), slug, slug.toUpperCase(), binding, host, now),
      platform.prepare("INSERT INTO tenant_domains (host, tenant_id, verified_at, created_at) VALUES (?, ?, ?, ?)").bind(host, tenantId(slug), now, now),
    ]);
    if (slug === "stranded") continue;
    const database = await edge.database(binding);
    people[slug] = {};
    for (const [role, name] of PEOPLE) {
      number += 1;
      const cookie = randomBytes(32).toString("hex");
      const [id, session, apiSession] = [personId(number), sessionId(number), sessionId(1_000 + number)];
      const login = { id, session, email: `person${number}@${slug}.example`, name, role, cookie, token: accessToken(slug, id, apiSession) };
      await database.batch([
        database
          .prepare("INSERT INTO users (tenant_id, id, email, name, role, status, created_at, updated_at) VALUES (?, ?, ?, ?, ?, 'active', ?, ?)")
          .bind(tenantId(slug), login.id, login.email, name, role, now, now),
        database
          .prepare("INSERT INTO sessions (tenant_id, id, user_id, kind, token_hash, created_at, expires_at) VALUES (?, ?, ?, 'browser', ?, ?, ?)")
          .bind(tenantId(slug), login.session, login.id, sha256(cookie), now, now + 3_600_000),
        database
          .prepare("INSERT INTO sessions (tenant_id, id, user_id, kind, created_at, expires_at) VALUES (?, ?, ?, 'api', ?, ?)")
          .bind(tenantId(slug), apiSession, login.id, now, now + 3_600_000),
      ]);
      people[slug][name.split(" ")[0]] = login;
    }
  }
  return people;
}
