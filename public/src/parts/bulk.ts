/**
 * Selection in a queue: ranges with Shift, all of the page, a bar that shows up with the first tick; and what is done with it.
 *
 * What is done can be taken back for a while. Rows can be dragged onto queues and states of the navigation; the bar does the same by keyboard.
 */
import { gone } from "./gone";
import { counted, csrf, fresh, text, toast } from "./page";

/** Tickets of one request. */
const LIMIT = 100;
/** How long taking back is offered, in ms. */
export const OFFERED = 10_000;

interface Undo {
  version: number;
  changes: Record<string, unknown>;
}
interface Answer {
  data: { id: string; status: string; undo?: Undo }[];
}
interface Wanted {
  changes?: Record<string, unknown>;
  tags?: { add?: string[]; remove?: string[] };
}

async function send(address: string, body: object): Promise<Answer["data"]> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": csrf() },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return ((await answer.json()) as Answer).data;
}

function inSlices<T>(all: T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / LIMIT) }, (_, index) => all.slice(index * LIMIT, (index + 1) * LIMIT));
}

/** How many went well, in `done`'s words, and which did not. */
function tell(results: Answer["data"], done: (count: number) => string, refused: string): string {
  const bad = results.filter((result) => result.status !== "ok").map((result) => result.id);
  const good = results.length - bad.length;
  const words = good > 0 ? [done(good)] : [];
  if (bad.length > 0) words.push(text(refused, bad.length > 5 ? `${bad.slice(0, 5).join(", ")}…` : bad.join(", ")));
  return words.join(" ");
}

export async function takeBack(results: Answer["data"]): Promise<void> {
  const tickets = results.flatMap(({ id, undo }) => (undo ? [{ id, version: undo.version, changes: undo.changes }] : []));
  const back: Answer["data"] = [];
  for (const slice of inSlices(tickets)) back.push(...(await send("/api/tickets/bulk/undo", { tickets: slice })));
  toast(tell(back, (count) => text("undone", String(count)), "not-undone"));
  document.dispatchEvent(new Event("workernet:stale"));
}

/** Changes the tickets and says so, with the way back. */
export async function change(tickets: string[], wanted: Wanted): Promise<void> {
  const results: Answer["data"] = [];
  try {
    for (const slice of inSlices(tickets)) results.push(...(await send("/api/tickets/bulk", { tickets: slice, undoable: true, ...wanted })));
  } catch {
    if (results.length === 0) {
      toast(text("failed"));
      return;
    }
  }
  const words = tell(results, (count) => counted("changed", count), "not-changed");
  const undoable = results.some((result) => result.undo);
  const run = (): void => void takeBack(results).catch(() => toast(text("failed")));
  toast(words, undoable ? { label: text("undo"), run } : undefined, undoable ? OFFERED : undefined);
  document.dispatchEvent(new Event("workernet:stale"));
}

/** What the bar's fields, or a place of the navigation, ask for. */
function wanted(fields: Record<string, string>): Wanted {
  const { assignee, status, priority, department, category, tag, untag } = fields;
  const changes: Record<string, unknown> = {};
  if (assignee) changes["assignee"] = assignee === "none" ? null : assignee === "me" ? document.body.dataset["user"] : assignee;
  if (status) changes["status"] = status;
  if (priority) changes["priority"] = priority;
  if (department) changes["department"] = department === "none" ? null : department;
  if (category) changes["category"] = category;
  const tags = { ...(tag ? { add: [tag] } : {}), ...(untag ? { remove: [untag] } : {}) };
  return { ...(Object.keys(changes).length > 0 ? { changes } : {}), ...(Object.keys(tags).length > 0 ? { tags } : {}) };
}

/** What makes a ticket one of a saved view: those of its conditions that a ticket can be given. */
async function ofView(view: string): Promise<Wanted> {
  const answer = await fetch(`/api/views/${encodeURIComponent(view)}`, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const { conditions } = (await answer.json()) as { conditions?: Record<string, unknown> };
  const fields = Object.entries(conditions ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return wanted(Object.fromEntries(fields.filter(([name, value]) => name !== "status" || !["open", "finished"].includes(value))));
}

/** Gives tickets what the place asks for that they were dropped on. */
async function put(tickets: string[], place: HTMLElement): Promise<void> {
  const view = place.dataset["view"];
  const asks = view ? await ofView(view).catch(() => undefined) : wanted(Object.fromEntries(new URLSearchParams(place.dataset["drop"])));
  if (!asks) toast(text("failed"));
  else if (Object.keys(asks).length === 0) toast(text("no-drop", place.querySelector(".cut")?.textContent ?? ""));
  else await change(tickets, asks);
}

let dragged: string[] = [];

function startDrops(): void {
  const place = (event: DragEvent): HTMLElement | null =>
    dragged.length > 0 && event.target instanceof Element ? event.target.closest<HTMLElement>(".work-nav :is([data-drop], [data-view])") : null;
  const unmark = (): void => document.querySelectorAll(".work-nav .dropping").forEach((link) => link.classList.remove("dropping"));
  document.addEventListener("dragover", (event) => {
    const link = place(event);
    unmark();
    if (!link) return;
    event.preventDefault();
    link.classList.add("dropping");
  });
  document.addEventListener("drop", (event) => {
    const link = place(event);
    if (!link) return;
    event.preventDefault();
    void put(dragged, link);
  });
  document.addEventListener("dragend", () => {
    if (dragged.length === 0) return;
    unmark();
    dragged = [];
    document.documentElement.classList.remove("dragging");
    // What changed meanwhile has waited for the hand to let go.
    document.dispatchEvent(new Event("workernet:stale"));
  });
}

let dropping = false;

export function startBulk(root: ParentNode): void {
  for (const form of fresh<HTMLFormElement>(root, "form[data-bulk]", "bulk")) {
    const boxes = (): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>('input[name="ticket"]')];
    const all = form.querySelector<HTMLInputElement>("[data-all]");
    const bar = form.querySelector<HTMLElement>(".bulk");
    const count = form.querySelector<HTMLElement>("[data-bulk-count]");
    let last: HTMLInputElement | undefined;

    const show = (): void => {
      const list = boxes();
      const chosen = list.filter((box) => box.checked).length;
      for (const box of list) {
        const row = box.closest("tr");
        row?.classList.toggle("checked", box.checked);
        if (row) row.draggable = true;
      }
      if (all) {
        all.checked = chosen > 0 && chosen === list.length;
        all.indeterminate = chosen > 0 && chosen < list.length;
      }
      bar?.classList.toggle("on", chosen > 0);
      if (count) count.textContent = text("selected", String(chosen));
    };
    const clear = (): void => {
      for (const box of boxes()) box.checked = false;
      for (const field of bar?.querySelectorAll<HTMLInputElement | HTMLSelectElement>("select, input") ?? []) field.value = "";
      show();
    };

    form.addEventListener("click", (event) => {
      const box = event.target;
      if (!(box instanceof HTMLInputElement) || box.name !== "ticket") return;
      if (event.shiftKey && last) {
        const list = boxes();
        const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
        if (from !== undefined && to !== undefined && from >= 0) for (const between of list.slice(from, to + 1)) between.checked = box.checked;
      }
      last = box;
      show();
    });
    form.addEventListener("change", (event) => {
      if (event.target === all) for (const box of boxes()) box.checked = all?.checked ?? false;
      show();
    });
    form.querySelector("[data-bulk-clear]")?.addEventListener("click", clear);
    form.addEventListener("submit", (event) => {
      const data = new FormData(form);
      const tickets = data.getAll("ticket").map(String);
      const asks = wanted(Object.fromEntries(["assignee", "status", "priority", "department", "tag", "untag"].map((name) => [name, String(data.get(name) ?? "").trim()])));
      // Nothing chosen, or nothing to do: the server says so.
      if (tickets.length === 0 || Object.keys(asks).length === 0) return;
      event.preventDefault();
      void change(tickets, asks);
      clear();
    });
    form.addEventListener("dragstart", (event) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>("tr[data-href]") : null;
      const box = row?.querySelector<HTMLInputElement>('input[name="ticket"]');
      if (!box) return;
      dragged = box.checked ? boxes().flatMap((each) => (each.checked ? [each.value] : [])) : [box.value];
      event.dataTransfer?.setData("text/plain", dragged.join(" "));
      document.documentElement.classList.add("dragging");
    });
    if (!dropping) {
      dropping = true;
      startDrops();
    }
    // Rows come and go while the list is open, ticked ones too.
    for (const changed of ["workernet:refreshed", "workernet:grown"]) document.addEventListener(changed, show, { signal: gone(form) });
    show();
  }
}
