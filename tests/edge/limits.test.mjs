// How much may be asked for, by the platform's own limiter.
import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "./support.mjs";

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
