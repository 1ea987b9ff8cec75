// The API document against the product: schemathesis makes requests from it, right ones and wrong ones, and every answer must be one that
// the document names, of the media type and shape that it states. As three people, for each sees other routes open.
//
// CONTRACT_EXAMPLES sets how many requests it invents for an operation, beside those that cover each parameter's borders; CONTRACT_STATE
// names a folder of seeded databases to begin with.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, before, test } from "node:test";
import { seed } from "../../scripts/demo.mjs";
import { at } from "../../scripts/lib/paths.mjs";
import { pythonPrograms } from "../../scripts/lib/python.mjs";
import { migrate } from "../../scripts/migrate.mjs";
import { serve } from "../../scripts/serve.mjs";

const HOST = "acme.localhost";
const EXAMPLES = process.env.CONTRACT_EXAMPLES ?? "10";
const SEED = "20261";
const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
  "unsupported_method",
];

let state, server, programs, demo, port;
const tokens = {};

before(
  async () => {
    programs = await pythonPrograms(at("tests/contract/requirements.txt"));
    state = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "workernet-contract-"));
    if (process.env.CONTRACT_STATE) cpSync(process.env.CONTRACT_STATE, state, { recursive: true });
    else {
      migrate(state);
      await seed({ size: "small", state, out: join(state, "demo.json") });
    }
    demo = JSON.parse(readFileSync(join(state, "demo.json"), "utf8")).tenants.find(({ slug }) => slug === "acme");
    server = await serve({ state, build: process.env.CONTRACT_BUILD, migrated: true, vars: { ENVIRONMENT: "test" } });
    port = new URL(server.url).port;
    for (const role of ["admin", "agent", "client"]) tokens[role] = await signIn(role);
    writeFileSync(join(state, "known.json"), JSON.stringify(await known()));
  },
  { timeout: 600_000 },
);

after(async () => {
  await server?.miniflare.dispose();
  if (state) rmSync(state, { recursive: true, force: true });
});

/** One request of the API, as JSON. */
function ask(method, path, { token, body, raw } = {}) {
  return new Promise((resolve, reject) => {
    const content = raw ?? (body && JSON.stringify(body));
    const headers = { host: `${HOST}:${port}`, ...(body && { "content-type": "application/json" }), ...(token && { authorization: `Bearer ${token}` }) };
    const outgoing = request({ host: "127.0.0.1", port, method, path, headers, timeout: 30_000 });
    outgoing.on("timeout", () => outgoing.destroy(new Error(`${method} ${path}: no answer`)));
    outgoing.on("error", reject);
    outgoing.on("response", async (incoming) => {
      const text = (await incoming.toArray()).join("");
      resolve({ status: incoming.statusCode, text, json: () => JSON.parse(text) });
    });
    outgoing.end(content);
  });
}

async function signIn(role) {
  const { username, password } = demo.users.find((user) => user.role === role);
  const answer = await ask("POST", "/api/auth/login", { body: { username, password } });
  assert.equal(answer.status, 200, answer.text);
  return answer.json().access_token;
}

/** Things that exist, by the name of the path parameter. */
async function known() {
  const lists = {
    ticket: "/api/tickets?limit=10",
    user: "/api/users?role=client",
    organization: "/api/organizations",
    department: "/api/departments",
    category: "/api/categories",
    rule: "/api/sla/rules",
    calendar: "/api/sla/calendars",
    mail: "/api/mail/outbox",
    inbound: "/api/mail/inbound",
  };
  const found = {};
  for (const [name, path] of Object.entries(lists)) {
    const answer = await ask("GET", path, { token: tokens.admin });
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
    found[name] = answer.json().data.map((each) => each.id ?? each.key).slice(0, 8);
  }
  assert.ok(found.ticket.length > 0 && found.user.length > 0, "the demo data holds tickets and people");
  return found;
}

function schemathesis(token) {
  const base = `http://127.0.0.1:${port}`;
  const child = spawn(
    join(programs, "schemathesis"),
    [
      ...["--config-file", at("tests/contract/schemathesis.toml")],
      ...["run", `${base}/api/openapi.json`, "--url", base, "--checks", CHECKS.join(",")],
      ...["--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES, "--seed", SEED, "--warnings", "off"],
      ...["-H", `Host: ${HOST}:${port}`, "-H", `Authorization: Bearer ${token}`],
    ],
    {
      cwd: state,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, SCHEMATHESIS_HOOKS: "hooks", PYTHONPATH: at("tests/contract"), PYTHONDONTWRITEBYTECODE: "1", CONTRACT_KNOWN: join(state, "known.json") },
    },
  );
  return new Promise((resolve, reject) => {
    const said = [];
    child.stdout.on("data", (chunk) => said.push(chunk));
    child.stderr.on("data", (chunk) => said.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, said: Buffer.concat(said).toString() }));
  });
}

for (const role of ["client", "agent", "admin"]) {
  test(`every answer to a ${role} is one that the document names`, { timeout: 300_000 }, async (context) => {
    const { code, said } = await schemathesis(tokens[role]);
    assert.equal(code, 0, said);
    const generated = Number(/(\d+) generated/.exec(said)?.[1] ?? 0);
    context.diagnostic(`${generated} requests`);
    assert.ok(generated > 1000, `only ${generated} requests were made:\n${said}`);
    // A session that ended on the way would have turned every answer into a documented 401.
    assert.equal((await ask("GET", "/api/auth/me", { token: tokens[role] })).status, 200);
  });
}

test("signing out answers as documented", async () => {
  const { paths } = (await ask("GET", "/api/openapi.json")).json();
  for (const path of ["/api/auth/logout", "/api/auth/logout/everywhere"]) {
    const token = await signIn("client");
    const answer = await ask("POST", path, { token });
    assert.ok(String(answer.status) in paths[path].post.responses && answer.status < 300, `${path}: ${answer.status} ${answer.text}`);
    assert.equal((await ask("GET", "/api/auth/me", { token })).status, 401);
  }
});

test("ending a session answers as documented, one's own too", async () => {
  const { paths } = (await ask("GET", "/api/openapi.json")).json();
  const token = await signIn("client");
  const own = (await ask("GET", "/api/sessions", { token })).json().data.find(({ current }) => current).id;
  for (const [id, status] of [["ses_0190f5b2c3d47e8f9a0b1c2d3e4f5a6b", 404], [own, 204]]) {
    const answer = await ask("DELETE", `/api/sessions/${id}`, { token });
    assert.ok(String(answer.status) in paths["/api/sessions/{session}"].delete.responses, `${answer.status} ${answer.text}`);
    assert.equal(answer.status, status);
  }
  assert.equal((await ask("GET", "/api/auth/me", { token })).status, 401);
});
