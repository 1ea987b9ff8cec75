// What keeps those away who ask too much or try what is not theirs: the platform's own limiter, blocked addresses, pages of other sites,
// robots; and the header fields of what no route answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { start, until } from "./support.mjs";

const LIMIT = { timeout: 120_000 };

/** Asks until it is refused; how often it was not. */
async function flood(most, ask) {
  for (let through = 0; ; through += 1) {
    const answer = await ask();
    if (answer.status === 429 || through === most) return { through, answer };
  }
}

test("a visitor who asks too much is told to wait, and somebody who is signed in is not", LIMIT, async () => {
  const edge = await start({ vars: { RATE_LIMIT_FACTOR: "1" }, limiter: { limit: 60, period: 60 } });
  try {
    const { through, answer } = await flood(500, () => edge.get("acme.localhost", "/login"));
    // What leaks away while the requests are on their way comes on top; a slice may run out in the midst of it.
    assert.ok(through >= 100 && through < 300, `${through} got through`);
    assert.match(answer.headers["retry-after"], /^[1-9][0-9]*$/);
    assert.match(answer.headers["ratelimit"], /^"address";r=0;t=[0-9]+$/);
    assert.equal(answer.headers["ratelimit-policy"], '"address";q=120;w=60');
    assert.match(answer.text, /^<!doctype html>/);
    const { Anna: anna } = edge.people.acme;
    assert.equal((await edge.get("acme.localhost", "/api/auth/me", { cookie: anna.cookie })).status, 200);
    assert.equal((await edge.get("globex.localhost", "/login")).status, 200);
  } finally {
    await edge.stop();
  }
});

test("the platform's limiter refuses what this isolate has not counted", LIMIT, async () => {
  const edge = await start({ vars: { RATE_LIMIT_FACTOR: "1" }, limiter: { limit: 1, period: 60 } });
  try {
    // Two slices of one each: the rate of the isolate is far away.
    const { through, answer } = await flood(20, () => edge.get("acme.localhost", "/login"));
    assert.equal(through, 2);
    assert.equal(answer.headers["retry-after"], "60");
  } finally {
    await edge.stop();
  }
});

test("without the binding the isolate counts alone", LIMIT, async () => {
  const edge = await start({ vars: { RATE_LIMIT_FACTOR: "1" } });
  try {
    const { through } = await flood(500, () => edge.get("acme.localhost", "/api/tickets"));
    assert.ok(through >= 120 && through < 300, `${through} got through`);
  } finally {
    await edge.stop();
  }
});

const STRANGER = "198.51.100.66";
const JSON_BODY = { "content-type": "application/json" };

test("a program is counted by its key, whatever its account does by another", LIMIT, async () => {
  const edge = await start({ vars: { RATE_LIMIT_FACTOR: "1" }, limiter: { limit: 60, period: 60 } });
  try {
    const { Ada: ada } = edge.people.acme;
    const admin = (method, path, body) => edge.ask("acme.localhost", method, path, { token: ada.token, headers: JSON_BODY, body: JSON.stringify(body) });
    await proveWhoAsks(edge, ada);
    const account = await admin("POST", "/api/service-accounts", { name: "ERP", role: "agent" });
    assert.equal(account.status, 201, account.text);
    const keys = [];
    for (const name of ["One", "Two"]) {
      const made = await admin("POST", "/api/api-keys", { account: account.json().id, name, scopes: ["ticket.read"] });
      assert.equal(made.status, 201, made.text);
      keys.push(made.json().key);
    }
    const { through, answer } = await flood(500, () => edge.get("acme.localhost", "/api/tickets", { token: keys[0] }));
    assert.ok(through >= 100 && through < 300, `${through} got through`);
    assert.equal(answer.headers["ratelimit-policy"], '"key";q=120;w=60');
    assert.equal((await edge.get("acme.localhost", "/api/tickets", { token: keys[1] })).status, 200);
  } finally {
    await edge.stop();
  }
});

/** The session has just proven who asks, as a person does with the password. */
async function proveWhoAsks(edge, person) {
  const database = await edge.database("TENANT_DB_1");
  await database.prepare("UPDATE sessions SET verified_at = ? WHERE user_id = ?").bind(Date.now(), person.id).run();
}

test("a blocked address gets nothing from any isolate's next look on, and is let in again", LIMIT, async () => {
  const edge = await start();
  try {
    const { Ada: ada, Anna: anna } = edge.people.acme;
    const from = (address, path, options) => edge.get("acme.localhost", path, { ...options, headers: { "cf-connecting-ip": address } });
    assert.equal((await from(STRANGER, "/login")).status, 200);
    const own = { token: ada.token, headers: { ...JSON_BODY, "cf-connecting-ip": "192.0.2.7" } };
    const refused = await edge.ask("acme.localhost", "POST", "/api/address-blocks", { ...own, body: JSON.stringify({ range: "192.0.2.0/24" }) });
    assert.equal(refused.status, 422, refused.text);
    const made = await edge.ask("acme.localhost", "POST", "/api/address-blocks", { ...own, body: JSON.stringify({ range: "198.51.100.0/24", reason: "Scans" }) });
    assert.equal(made.status, 201, made.text);
    const page = await from(STRANGER, "/login");
    assert.equal(page.status, 403);
    assert.match(page.text, /^<!doctype html>/);
    const problem = await from(STRANGER, "/api/tickets", { cookie: anna.cookie });
    assert.deepEqual([problem.status, problem.json().code], [403, "address_blocked"]);
    assert.equal((await from("198.51.101.1", "/login")).status, 200);
    assert.equal((await edge.get("globex.localhost", "/login", { headers: { "cf-connecting-ip": STRANGER } })).status, 200);
    const line = await until("the log line", () => edge.logged({ request_id: problem.headers["x-request-id"] })[0]);
    assert.equal(line.status, 403);
    assert.equal((await edge.ask("acme.localhost", "DELETE", `/api/address-blocks/${made.json().id}`, own)).status, 204);
    assert.equal((await from(STRANGER, "/login")).status, 200);
  } finally {
    await edge.stop();
  }
});

test("a browser is told what the page of a named site may ask, and nothing of any other", LIMIT, async () => {
  const edge = await start();
  try {
    const platform = await edge.database("PLATFORM_DB");
    const named = "https://app.vendor.example";
    await platform.prepare("UPDATE tenants SET settings = ? WHERE slug = 'acme'").bind(JSON.stringify({ cors_origins: [named] })).run();
    const preflight = (host, origin, path, method) => edge.ask(host, "OPTIONS", path, { headers: { origin, "access-control-request-method": method, "access-control-request-headers": "authorization" } });
    const asked = await preflight("acme.localhost", named, "/api/tickets", "GET");
    assert.equal(asked.status, 204, asked.text);
    assert.equal(asked.headers["access-control-allow-origin"], named);
    assert.match(asked.headers["access-control-allow-headers"], /authorization/);
    for (const [host, origin, path, method] of [
      ["acme.localhost", "https://evil.example", "/api/tickets", "GET"],
      ["globex.localhost", named, "/api/tickets", "GET"],
      ["acme.localhost", named, "/api/auth/login", "POST"],
      ["acme.localhost", named, "/api/oauth/token", "POST"],
      ["acme.localhost", named, "/login", "POST"],
    ]) {
      const answer = await preflight(host, origin, path, method);
      assert.notEqual(answer.status, 204, `${origin} ${path}`);
      assert.equal(answer.headers["access-control-allow-origin"], undefined, `${origin} ${path}`);
    }
    const { Anna: anna } = edge.people.acme;
    const read = await edge.get("acme.localhost", "/api/tickets", { token: anna.token, headers: { origin: named } });
    assert.deepEqual([read.status, read.headers["access-control-allow-origin"], read.headers["access-control-allow-credentials"]], [200, named, undefined]);
  } finally {
    await edge.stop();
  }
});

test("visitors are let in by what the service says of them, asked by the platform's fetch", LIMIT, async () => {
  const asked = [];
  let answers = [];
  const outboundService = async (request) => {
    asked.push([request.method, request.url, await request.text()]);
    return answers.shift() ?? new Response("nobody", { status: 503 });
  };
  const edge = await start({ extra: { outboundService } });
  try {
    const { Ada: ada } = edge.people.acme;
    await proveWhoAsks(edge, ada);
    const secret = "1x0000000000000000000000000000000AA";
    const set = await edge.ask("acme.localhost", "PATCH", "/api/tenant/settings", {
      token: ada.token,
      headers: JSON_BODY,
      body: JSON.stringify({ turnstile_site_key: "1x00000000000000000000AA", turnstile_secret: secret }),
    });
    assert.equal(set.status, 200, set.text);
    assert.equal(set.json().turnstile_secret, null);
    const form = await until("the form that asks", async () => {
      const page = await edge.get("acme.localhost", "/password/forgot");
      return page.text.includes("cf-turnstile") && page;
    });
    assert.match(form.headers["content-security-policy"], /frame-src 'self' https:\/\/challenges\.cloudflare\.com;/);
    const csrf = form.text.match(/name="csrf" value="([^"]+)"/)[1];
    const send = () => {
      const body = new URLSearchParams({ csrf, email: "person1@acme.example", "cf-turnstile-response": "a token" }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded", origin: `http://acme.localhost:${edge.port}`, "cf-connecting-ip": STRANGER };
      return edge.ask("acme.localhost", "POST", "/password/forgot", { headers, body });
    };
    const verdict = (body, init) => new Response(JSON.stringify(body), init);
    answers = [
      verdict({ success: true, hostname: "acme.localhost" }),
      verdict({ success: false }),
      verdict({ success: true, hostname: "acme.localhost", padding: "x".repeat(70 * 1024) }),
      new Response(null, { status: 302, headers: { location: "https://elsewhere.example/" } }),
    ];
    assert.equal((await send()).status, 200);
    for (let number = 0; number < 4; number += 1) assert.equal((await send()).status, 422);
    assert.equal(asked.length, 5, "no redirect is followed");
    const [method, url, body] = asked[0];
    assert.deepEqual([method, url], ["POST", "https://challenges.cloudflare.com/turnstile/v0/siteverify"]);
    assert.deepEqual(Object.fromEntries(new URLSearchParams(body)), { secret, response: "a token", remoteip: STRANGER });
  } finally {
    await edge.stop();
  }
});

test("what no route answers has the header fields, too: static files, unknown methods, a deployment without secrets", LIMIT, async () => {
  const careful = (answer, what) => {
    assert.equal(answer.headers["x-content-type-options"], "nosniff", what);
    assert.match(answer.headers["strict-transport-security"], /^max-age=63072000;/, what);
    assert.match(answer.headers["content-security-policy"], /default-src 'none'.*frame-ancestors 'none'/, what);
    assert.match(answer.headers["content-type"], /; ?charset=utf-8$/, what);
  };
  const edge = await start();
  try {
    careful(await edge.get("acme.localhost", "/assets/build/app.js"), "a script");
    careful(await edge.ask("acme.localhost", "PROPFIND", "/login"), "an unknown method");
  } finally {
    await edge.stop();
  }
  const bare = await start({ without: ["TOKEN_SECRET"] });
  try {
    const answer = await bare.get("acme.localhost", "/login");
    assert.equal(answer.status, 503);
    careful(answer, "no secrets");
  } finally {
    await bare.stop();
  }
});
