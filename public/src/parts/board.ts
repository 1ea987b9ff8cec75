/**
 * Boards: cards that are dragged to another column, or moved by the form behind their button; columns that grow.
 *
 * A card moves at once and goes back when the server refuses it, with the reason said aloud. What is moved is a change of the ticket like
 * others, for the version that the card shows, and can be taken back for a while.
 */
import { OFFERED, takeBack } from "./bulk";
import { openDialog } from "./dialogs";
import { csrf, fresh, text, toast } from "./page";
import { load } from "./pages";

const NARROW = window.matchMedia("(max-width: 48rem)");
/** How often a board of deadlines looks which lane its cards are in, in ms. */
const LANES_MS = 60_000;

const board = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-board]");
const by = (): "status" | "assignee" => (board()?.dataset["board"] === "status" ? "status" : "assignee");
const cardsOf = (column: Element | null): HTMLElement | null => column?.querySelector<HTMLElement>("[data-cards]") ?? null;
const columnOf = (key: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-board]:not([data-board=sla]) [data-column="${CSS.escape(key)}"]`);

/** Columns that were made longer than the server shows them at first. */
const grown = new Set<string>();

interface Problem {
  detail?: string;
  title?: string;
}

async function change(card: HTMLElement, to: string): Promise<Response> {
  const value = by() === "assignee" && to === "none" ? null : to;
  return fetch(`/api/tickets/${encodeURIComponent(card.dataset["card"] ?? "")}`, {
    method: "PATCH",
    headers: { "content-type": "application/json", accept: "application/json", "if-match": `"${card.dataset["version"] ?? ""}"`, "x-csrf-token": csrf() },
    body: JSON.stringify({ [by()]: value }),
  });
}

const stale = (): boolean => document.dispatchEvent(new Event("workernet:stale"));

/** Moves a card: at once on the page, and back where the server says no. */
async function move(card: HTMLElement, to: string): Promise<void> {
  const field = by();
  const from = card.dataset[field] ?? "";
  const number = card.dataset["card"] ?? "";
  if (from === to) return;
  const [home, after] = [card.parentElement, card.nextSibling];
  const focused = card.contains(document.activeElement);
  if (board()?.dataset["board"] !== "sla") {
    const list = cardsOf(columnOf(to));
    if (list) list.prepend(card);
    else card.hidden = true;
  }
  card.setAttribute("aria-busy", "true");
  const back = (why: string): void => {
    home?.insertBefore(card, after?.parentNode === home ? after : null);
    toast(text("board-refused", why));
  };
  try {
    const answer = await change(card, to);
    const body: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) {
      const version = Number((body as { version?: number } | undefined)?.version);
      card.dataset["version"] = String(version);
      card.dataset[field] = to;
      const undo = { version, changes: { [field]: from === "none" ? null : from } };
      const run = (): void => void takeBack([{ id: number, status: "ok", undo }]).catch(() => toast(text("failed")));
      toast(text("board-moved", number), { label: text("undo"), run }, OFFERED);
    } else {
      const problem = body as Problem | undefined;
      back(problem?.detail ?? problem?.title ?? text("failed"));
    }
  } catch {
    back(text("failed"));
  }
  card.removeAttribute("aria-busy");
  card.hidden = false;
  if (focused) card.querySelector<HTMLElement>("[data-move]")?.focus();
  stale();
}

let dragged: HTMLElement | undefined;

function startDragging(): void {
  const place = (event: DragEvent): HTMLElement | null => {
    const column = dragged && event.target instanceof Element ? event.target.closest<HTMLElement>("[data-board] [data-column]") : null;
    return column && !column.contains(dragged ?? null) ? column : null;
  };
  const unmark = (): void => document.querySelectorAll("[data-column].dropping").forEach((column) => column.classList.remove("dropping"));
  document.addEventListener("dragstart", (event) => {
    const card = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-board] [data-card][draggable=true]") : null;
    if (!card) return;
    dragged = card;
    event.dataTransfer?.setData("text/plain", card.dataset["card"] ?? "");
    document.documentElement.classList.add("dragging");
  });
  document.addEventListener("dragover", (event) => {
    if (!dragged) return;
    const column = place(event);
    unmark();
    if (!column) return;
    event.preventDefault();
    column.classList.add("dropping");
  });
  document.addEventListener("drop", (event) => {
    const column = place(event);
    if (!column || !dragged) return;
    event.preventDefault();
    void move(dragged, column.dataset["column"] ?? "");
  });
  document.addEventListener("dragend", () => {
    if (!dragged) return;
    unmark();
    dragged = undefined;
    document.documentElement.classList.remove("dragging");
    // What changed meanwhile has waited for the hand to let go.
    stale();
  });
}

/** The form of the moves: filled for the card whose button was pressed. */
function startMoves(): void {
  const form = document.querySelector<HTMLFormElement>("#move form");
  let moving: HTMLElement | undefined;
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-board] [data-move]") : null;
    const card = button?.closest<HTMLElement>("[data-card]");
    const select = form?.querySelector<HTMLSelectElement>("select");
    if (!card || !select || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    moving = card;
    const what = document.querySelector<HTMLElement>("[data-move-what]");
    if (what) what.textContent = `${card.dataset["card"] ?? ""} · ${card.querySelector("a")?.textContent ?? ""}`;
    select.value = card.dataset[by()] ?? "";
    form?.querySelector("[role=alert]")?.remove();
    openDialog("move");
    select.focus();
  });
  form?.addEventListener("submit", (event) => {
    if (!moving) return;
    event.preventDefault();
    form.closest("dialog")?.close();
    // The card may have been made anew meanwhile.
    const card = document.getElementById(moving.id) ?? moving;
    moving = undefined;
    void move(card, String(new FormData(form).get("to") ?? ""));
  });
}

async function grow(link: HTMLAnchorElement, start: (root: ParentNode) => void): Promise<void> {
  const column = link.closest<HTMLElement>("[data-column]");
  const list = cardsOf(column);
  if (!column || !list || link.getAttribute("aria-busy") === "true") return;
  link.setAttribute("aria-busy", "true");
  const fetched = await load(link.href).catch(() => undefined);
  link.removeAttribute("aria-busy");
  const next = fetched?.page.querySelector<HTMLElement>("[data-board] [data-column]");
  if (!next) {
    toast(text("failed"));
    return;
  }
  const cards = [...next.querySelectorAll<HTMLElement>("[data-card]")].filter((card) => !document.getElementById(card.id)).map((card) => document.adoptNode(card));
  list.append(...cards);
  grown.add(column.dataset["column"] ?? "");
  const more = next.querySelector<HTMLAnchorElement>("[data-more]");
  if (more) link.href = more.href;
  else link.remove();
  start(list);
  cards[0]?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
}

/** What was added to a column stays when the board is fetched anew. */
export function carryCards(old: HTMLElement, next: HTMLElement): void {
  if (!old.matches("[data-board]")) return;
  for (const key of grown) {
    const selector = `[data-column="${CSS.escape(key)}"]`;
    const [before, now] = [old.querySelector(selector), next.querySelector(selector)];
    const list = cardsOf(now);
    if (!before || !now || !list) continue;
    const field = old.dataset["board"] === "status" ? "status" : "assignee";
    const kept = [...before.querySelectorAll<HTMLElement>("[data-card]")].filter(
      (card) => !next.querySelector(`#${CSS.escape(card.id)}`) && (old.dataset["board"] === "sla" || card.dataset[field] === key),
    );
    list.append(...kept.map((card) => card.cloneNode(true)));
    const [was, more] = [before.querySelector("[data-more]"), now.querySelector("[data-more]")];
    if (was && more) more.replaceWith(was.cloneNode(true));
    else more?.remove();
  }
}

export function startBoard(start: (root: ParentNode) => void): (root: ParentNode) => void {
  if (!board()) return () => undefined;
  startDragging();
  startMoves();
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("[data-board] [data-more]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void grow(link, start);
  });
  // Filters make another board of it.
  document.body.addEventListener("htmx:pushedIntoHistory", () => grown.clear());
  window.setInterval(() => {
    if (board()?.dataset["board"] === "sla" && !document.hidden) stale();
  }, LANES_MS);
  return (root) => {
    for (const each of fresh<HTMLElement>(root, "[data-board]", "board")) {
      if (!NARROW.matches) continue;
      // One column at a time: the first that has something in it.
      const columns = [...each.querySelectorAll<HTMLDetailsElement>("details[data-column]")];
      const first = columns.find((column) => column.querySelector("[data-card]")) ?? columns[0];
      for (const column of columns) column.open = column === first;
    }
  };
}
