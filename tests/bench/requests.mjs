// What one request costs: round trips and rows of the database from the product's own log, processor time from the kernel.

/** The requests that are measured: what a person or program does all day. `writes` change the database. */
export function requests({ tenant, agent, client, token, tickets, clientTickets }) {
  const pick = (list, turn) => list[turn % list.length];
  const page = (name, path, cookie, extra = {}) => ({ name, cookie, method: "GET", path, ...extra });
  const api = (name, method, path, body, extra = {}) => ({ name, token, method, path, body, ...extra });
  const subject = (turn) => `Bench ${turn}: накладная не проводится`;
  return [
    // What the runtime, the log and the machine's other work cost by themselves.
    page("an answer without the database", () => "/api/system/versions", undefined, {}),
    page("queue page of the desk", () => "/agent/tickets", agent, { list: true, budget: 8 }),
    page("queue page, own open tickets", () => "/agent/tickets?queue=mine", agent, { list: true, budget: 8 }),
    page("ticket page of the desk", (turn) => `/agent/tickets/${pick(tickets, turn).number}`, agent, { budget: 8 }),
    page("list page of a client", () => "/tickets", client, { list: true, budget: 8 }),
    page("list page of a client, all tickets", () => "/tickets?status=all", client, { list: true, budget: 8 }),
    page("ticket page of a client", (turn) => `/tickets/${pick(clientTickets, turn).number}`, client, { budget: 8 }),
    api("list by API, 50 rows", "GET", () => "/api/tickets?limit=50", undefined, { list: true, budget: 8 }),
    api("filtered list by API", "GET", () => "/api/tickets?status=open&priority=high&limit=50", undefined, { list: true, budget: 8 }),
    api("search by API", "GET", (turn) => `/api/tickets?q=${encodeURIComponent(pick(["накладная", "отчёт", "печать счёта", "API"], turn))}&limit=50`, undefined, { list: true, rows: 6 }),
    api("ticket by API", "GET", (turn) => `/api/tickets/${pick(tickets, turn).id}?include=comments`, undefined, { budget: 8 }),
    api("create a ticket", "POST", () => "/api/tickets", (turn) => ({ title: subject(turn), description: "После обновления не проводится накладная, ошибка 1203.", priority: "high", category: "incident" }), { writes: true, budget: 10 }),
    api("comment", "POST", (turn) => `/api/tickets/${pick(tickets, turn).id}/comments`, (turn) => ({ body: `Проверяем, ответим сегодня (${turn}).`, visibility: "internal" }), { writes: true }),
    {
      name: "sign in (Argon2id)",
      method: "POST",
      path: () => "/api/auth/login",
      body: (turn) => ({ username: pick(tenant.others.agents, turn), password: tenant.others.password }),
      most: 20,
      writes: true,
    },
  ];
}

/** Requests before the measured ones: V8 translates what runs often anew, on threads of the same process. */
const WARM_UP = 60;

/** One request after the other; answers the means of what they cost. */
export async function measure(stand, tenant, each, times) {
  const count = Math.min(times, each.most ?? times);
  const options = (turn) => ({ cookie: each.cookie, token: each.token, body: each.body?.(turn) });
  const good = (answer) => {
    if (answer.status >= 300) throw new Error(`${each.name}: ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer;
  };
  const sample = [];
  for (let turn = 0; turn < Math.min(10, count); turn += 1) {
    sample.push(good(await stand.logged(tenant.host, each.method, each.path(turn), options(turn))));
  }
  const warmUp = each.most ? 0 : WARM_UP;
  for (let turn = 0; turn < warmUp; turn += 1) good(await stand.ask(tenant.host, each.method, each.path(turn), options(turn)));
  const before = stand.processorMs();
  const latencies = [];
  for (let turn = 0; turn < count; turn += 1) {
    latencies.push(good(await stand.ask(tenant.host, each.method, each.path(turn), options(turn))).ms);
  }
  const processor = (stand.processorMs() - before) / count;
  return {
    name: each.name,
    route: sample[0].route,
    budget: each.budget,
    rowsAllowed: each.rows ?? 4,
    trips: Math.max(...sample.map(({ trips }) => trips)),
    // An isolate's first request of a kind reads the desk's directory; the others find it remembered.
    rowsReadFirst: sample[0].rowsRead,
    rowsRead: Math.max(...sample.slice(1).map(({ rowsRead }) => rowsRead)),
    rowsShown: each.list ? shown(sample[0]) : undefined,
    processorMs: processor,
    p50: percentile(latencies, 50),
    count,
  };
}

function shown(answer) {
  if (answer.headers["content-type"].includes("json")) return answer.json().data.length;
  return new Set(answer.text.match(/\/tickets\/[A-Z]+-\d+/g)).size;
}

export function percentile(values, percent) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}
