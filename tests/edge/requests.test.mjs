// Requests through the real border: hosts, headers, bodies, and a deployment that lacks its secrets.
import { until } from "../until.mjs";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./support.mjs";

const LIMIT = { timeout: 60_000 };
let edge;
before(async () => (edge = await start()), LIMIT);
after(() => edge?.stop());

test("health answers on the platform's host and on every tenant's", LIMIT, async () => {
  for (const host of ["localhost", "acme.localhost"]) {
    const answer = await edge.get(host, "/api/system/health");
    assert.equal(answer.status, 200, answer.text);
    const { status, checks } = answer.json();
    assert.equal(status, "ok");
    assert.deepEqual(
      checks.map((check) => `${check.name} ${check.status}`),
      ["database ok", "files ok", "objects ok", "queue ok"],
    );
  }
});

test("every answer carries its request id, and the log line names it", LIMIT, async () => {
  const answer = await edge.get("acme.localhost", "/api/system/versions");
  const id = answer.headers["x-request-id"];
  assert.match(id, /^[0-9a-f]{32}$/);
  // The answer may be here before its line is.
  const line = await until("the log line", () => edge.logged({ request_id: id })[0]);
  assert.equal(line.tenant, "tnt_" + "a".repeat(32));
  assert.equal(line.status, 200);
});

test("a host that no tenant has verified is nobody's", LIMIT, async () => {
  const answer = await edge.get("evil.localhost", "/api/system/health");
  assert.equal(answer.status, 404);
  const forwarded = await edge.get("evil.localhost", "/api/system/health", { headers: { "x-forwarded-host": "acme.localhost" } });
  assert.equal(forwarded.status, 404);
});

test("a host is the same in upper case", LIMIT, async () => {
  assert.equal((await edge.get("ACME.localhost", "/api/system/versions")).status, 200);
});

test("a method that nobody answers is refused without an exception", LIMIT, async () => {
  const answer = await edge.ask("acme.localhost", "PROPFIND", "/api/system/health");
  assert.equal(answer.status, 400);
});

test("a cookie finds its person through D1, nulls and Cyrillic included", LIMIT, async () => {
  const { Борис: boris } = edge.people.acme;
  const answer = await edge.get("acme.localhost", "/api/auth/me", { cookie: boris.cookie });
  assert.equal(answer.status, 200, answer.text);
  assert.match(answer.text, /Борис Агентов/);
});

test("a cookie of one tenant is nobody at another", LIMIT, async () => {
  const answer = await edge.get("globex.localhost", "/api/auth/me", { cookie: edge.people.acme.Anna.cookie });
  assert.equal(answer.status, 401);
});

test("a body beyond the limit is refused while it is still arriving", LIMIT, async () => {
  const answer = await edge.ask("acme.localhost", "POST", "/api/auth/login", {
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "x".repeat(700 * 1024), password: "y" }),
  });
  assert.equal(answer.status, 413);
});

test("HEAD has the headers of GET and no body", LIMIT, async () => {
  const answer = await edge.ask("acme.localhost", "HEAD", "/api/system/versions");
  assert.equal(answer.status, 200);
  assert.equal(answer.bytes.length, 0);
});

test("a deployment without a secret answers 503 and says which in the log alone", LIMIT, async () => {
  const bare = await start({ without: ["TOKEN_SECRET"] });
  try {
    const answer = await bare.get("acme.localhost", "/api/system/versions");
    assert.equal(answer.status, 503);
    assert.doesNotMatch(answer.text, /SECRET/);
    assert.ok(bare.lines.some((line) => line.includes("TOKEN_SECRET is not set")), bare.lines.join("\n"));
  } finally {
    await bare.stop();
  }
});

test("a deployment leads pages that are asked for in the clear over TLS, refuses programs, and is never served so by mistake", LIMIT, async () => {
  const secure = await start({ vars: { PUBLIC_SCHEME: "https" } });
  try {
    const page = await secure.get("acme.localhost", "/login?next=%2Ftickets");
    assert.deepEqual([page.status, page.headers.location], [308, "https://acme.localhost/login?next=%2Ftickets"]);
    const program = await secure.get("acme.localhost", "/api/tickets", { token: secure.people.acme.Ada.token, headers: { "x-forwarded-proto": "https" } });
    assert.deepEqual([program.status, program.json().code, program.headers.location], [403, "https_required", undefined]);
  } finally {
    await secure.stop();
  }
  const mistaken = await start({ vars: { ENVIRONMENT: "production", PUBLIC_SCHEME: "http" } });
  try {
    assert.equal((await mistaken.get("acme.localhost", "/login")).status, 503);
    assert.ok(mistaken.lines.some((line) => line.includes("PUBLIC_SCHEME is not https")), mistaken.lines.join("\n"));
  } finally {
    await mistaken.stop();
  }
});

test("a deployment whose mail would leave in the clear answers 503 and says why in the log alone", LIMIT, async () => {
  const transports = [
    [{ MAIL_TRANSPORT: "smtp", SMTP_HOST: "mail.example", SMTP_TLS: "off" }, "SMTP_TLS is off"],
    [{ MAIL_TRANSPORT: "http", MAIL_API_URL: "http://mail.example/send", MAIL_API_KEY: "a-key" }, "MAIL_API_URL is not an https: address"],
  ];
  for (const [vars, reason] of transports) {
    const open = await start({ vars: { ENVIRONMENT: "production", PUBLIC_SCHEME: "https", ...vars } });
    try {
      const answer = await open.get("acme.localhost", "/api/system/versions");
      assert.equal(answer.status, 503);
      assert.doesNotMatch(answer.text, /SMTP|MAIL/);
      assert.ok(open.lines.some((line) => line.includes(reason)), open.lines.join("\n"));
      assert.ok(!open.lines.some((line) => line.includes("mail.example")), "no value is logged");
    } finally {
      await open.stop();
    }
  }
});
