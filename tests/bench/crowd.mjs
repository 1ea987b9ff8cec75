// Many people at once: each asks, reads what came, thinks, asks again. Meanwhile tickets arrive.
import { Agent } from "node:http";
import { percentile } from "./requests.mjs";

/** What people do next, by role: some looks weigh more than others. */
const HABITS = {
  agent: (one) => [
    [4, "/agent/tickets"],
    [2, "/agent/tickets?queue=mine"],
    [5, `/agent/tickets/${one.ticket()}`],
    [1, `/api/tickets?q=${encodeURIComponent(one.word())}`],
    [1, "/api/tickets?status=open&limit=50"],
  ],
  client: (one) => [
    [3, "/tickets"],
    [5, `/tickets/${one.own()}`],
    [1, "/"],
    [1, "/api/tickets?limit=20"],
  ],
};

/** The same run each time: a small generator (mulberry32) in place of Math.random. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * `people` (role, cookie, own ticket numbers) read for `seconds`, each with a connection of its own, thinking `think` seconds on average;
 * `perHour` tickets are written meanwhile. Answers counts, errors and times.
 */
export async function crowd(stand, tenant, people, { seconds, think, perHour, token, tickets, words }) {
  const end = performance.now() + seconds * 1000;
  const random = dice(20261);
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, Math.min(ms, end - performance.now()))));
  const times = [];
  const created = [];
  const errors = [];
  const note = (kept, what, answer) => {
    kept.push(answer.ms);
    if (answer.status >= 400) errors.push(`${what}: ${answer.status}`);
  };
  const live = async (person) => {
    const via = new Agent({ keepAlive: true, maxSockets: 1 });
    const one = {
      ticket: () => tickets[Math.floor(random() * tickets.length)].number,
      own: () => person.own[Math.floor(random() * person.own.length)],
      word: () => words[Math.floor(random() * words.length)],
    };
    await pause(random() * think * 1000);
    while (performance.now() < end) {
      const habits = HABITS[person.role](one);
      let left = random() * habits.reduce((sum, [weight]) => sum + weight, 0);
      const [, path] = habits.find(([weight]) => (left -= weight) < 0) ?? habits[0];
      try {
        note(times, `GET ${path}`, await stand.ask(tenant.host, "GET", path, { cookie: person.cookie, via }));
      } catch (error) {
        errors.push(`GET ${path}: ${error.message}`);
      }
      await pause((0.5 + random()) * think * 1000);
    }
    via.destroy();
  };
  const write = async () => {
    const sent = [];
    const gap = 3_600_000 / perHour;
    for (let turn = 0; performance.now() < end; turn += 1) {
      const body = { title: `Crowd ${turn}: не формируется отчёт`, description: "Отчёт за месяц не формируется, пустая страница.", priority: "medium" };
      const begun = stand.ask(tenant.host, "POST", "/api/tickets", { token, body });
      sent.push(begun.then((answer) => note(created, "POST /api/tickets", answer)).catch((error) => errors.push(`POST /api/tickets: ${error.message}`)));
      await pause(gap);
    }
    await Promise.all(sent);
  };
  const before = stand.processorMs();
  const begun = performance.now();
  await Promise.all([...people.map(live), write()]);
  const lasted = performance.now() - begun;
  return {
    people: people.length,
    perHour,
    seconds: lasted / 1000,
    reads: times.length,
    writes: created.length,
    errors,
    p50: percentile(times, 50),
    p95: percentile(times, 95),
    p99: percentile(times, 99),
    writeP95: percentile(created, 95),
    processorShare: (stand.processorMs() - before) / lasted,
  };
}
