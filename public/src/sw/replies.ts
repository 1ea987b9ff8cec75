/**
 * Sending what was written without a network: in its order, and never twice.
 *
 * A form's own key (`once`) is sent along unchanged however often it is tried, and the server does the same thing once. Keys are
 * remembered there for a day, so what was first tried longer ago is left for its writer to decide. Before each sending the page is asked
 * for anew: it says whose session this is, whether the ticket still takes an answer, and gives the token of the session.
 */
import { type Held, type Waiting, add, owner, put, remove, waiting } from "../parts/kept";
import { PAGE_OR_PROBLEM, reasonOf } from "../parts/problem";
import { forgetAll, readerOf } from "./pages";

declare const self: ServiceWorkerGlobalScope & {
  registration: ServiceWorkerRegistration & { sync?: { register: (tag: string) => Promise<void> } };
};

export const SYNC = "replies";
/** Hours after the first try for which the server surely knows the key. */
const HOURS_MAX = 20;
/** What waits at most: no more than a person writes on a journey. */
const WAITING_MAX = 50;

/** The page on which a form was written, if it is one that can wait. */
export function pageOf(url: URL): string | undefined {
  if (url.pathname === "/tickets/new") return "/tickets/new";
  return /^(\/tickets\/[^/]+)\/reply$/.exec(url.pathname)?.[1];
}

/** Sends a form; without a network it is kept, and the browser led back to the page, which shows that it waits. */
export async function send(request: Request, page: string): Promise<Response> {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch (fault) {
    const name = await owner();
    const before = await waiting();
    // A visitor's form has nobody to come back to.
    if (name === "" || before.length >= WAITING_MAX) throw fault;
    const fields = [...(await copy.formData()).entries()].filter(
      ([field, value]) => field !== "csrf" && !(value instanceof File && value.size === 0 && value.name === ""),
    );
    await add({ owner: name, action: new URL(request.url).pathname, page, fields, at: Date.now(), tried: Date.now() });
    await self.registration.sync?.register(SYNC).catch(() => undefined);
    await tell();
    return Response.redirect(page === "/tickets/new" ? "/tickets#waiting" : `${page}#waiting`, 303);
  }
}

/** Open pages look anew at what waits; `sent` is the page of what has just arrived. */
async function tell(sent = ""): Promise<void> {
  for (const client of await self.clients.matchAll({ type: "window" })) client.postMessage({ type: "waiting", sent });
}

type Outcome = "sent" | "unreachable" | "other" | Held | { refused: string };

async function attempt(entry: Waiting): Promise<Outcome> {
  let shown: Response;
  let page: string;
  try {
    shown = await fetch(entry.page, { headers: { accept: "text/html" }, cache: "no-store" });
    page = await shown.text();
  } catch {
    return "unreachable";
  }
  if (shown.status >= 500 || shown.status === 429) return "unreachable";
  const reader = readerOf(page);
  if (reader === "") return "session";
  if (reader !== entry.owner) return "other";
  if (!shown.ok) return "gone";
  if (!page.includes(`action="${entry.action}"`)) return "closed";
  if (entry.tried !== undefined && Date.now() - entry.tried > HOURS_MAX * 3_600_000) return "old";
  const form = new FormData();
  form.append("csrf", /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? "");
  for (const [name, value] of entry.fields) {
    if (value instanceof File) form.append(name, value, value.name);
    else form.append(name, value);
  }
  try {
    const answer = await fetch(entry.action, { method: "POST", body: form, headers: { accept: PAGE_OR_PROBLEM } });
    if (answer.redirected && answer.ok) return "sent";
    if (answer.status >= 500 || answer.status === 429 || answer.status === 403) return "unreachable";
    return answer.status === 401 ? "session" : { refused: await reasonOf(answer) };
  } catch {
    return "unreachable";
  }
}

/** Sends what waits, one after the other. Whether all of it came to an end: otherwise it wants another run. */
export async function flush(): Promise<boolean> {
  return navigator.locks.request("replies", async () => {
    // Pages load anew for what has arrived, so they hear of it when nothing more is on its way to them.
    const arrived = new Set<string>();
    const ended = await run(arrived);
    await tell();
    for (const page of arrived) await tell(page);
    return ended;
  });
}

async function run(arrived: Set<string>): Promise<boolean> {
  for (const entry of await waiting()) {
    if (entry.held !== undefined || entry.id === undefined) continue;
    const outcome = await attempt(entry);
    if (outcome === "unreachable") return false;
    if (outcome === "other") {
      await forgetAll();
      return true;
    }
    if (outcome === "sent") {
      await remove(entry.id);
      arrived.add(entry.page);
    } else await put(typeof outcome === "string" ? { ...entry, held: outcome } : { ...entry, held: "refused", why: outcome.refused });
  }
  return true;
}
