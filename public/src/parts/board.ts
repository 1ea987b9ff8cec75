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

/** Columns that were made longer than the server shows them at first, and by how many pages. */
const grown = new Map<string, number>();

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

/** Puts the next page of a column, as it was fetched, below `list`; answers the cards that came. A card that stands somewhere already stays there. */
function append(list: HTMLElement, link: Element, next: Element, isThere: (id: string) => boolean): HTMLElement[] {
  const cards = [...next.querySelectorAll<HTMLElement>("[data-card]")].filter((card) => !isThere(card.id)).map((card) => list.ownerDocument.adoptNode(card));
  list.append(...cards);
  const more = next.querySelector<HTMLAnchorElement>("[data-more]");
  if (more) link.setAttribute("href", more.getAttribute("href") ?? "");
  else link.remove();
  return cards;
}

const pageOfColumn = async (address: string): Promise<HTMLElement | null | undefined> =>
  (await load(address).catch(() => undefined))?.page.querySelector<HTMLElement>("[data-board] [data-column]");

async function grow(link: HTMLAnchorElement, start: (root: ParentNode) => void): Promise<void> {
  const column = link.closest<HTMLElement>("[data-column]");
  const list = cardsOf(column);
  if (!column || !list || link.getAttribute("aria-busy") === "true") return;
  link.setAttribute("aria-busy", "true");
  const next = await pageOfColumn(link.href);
  link.removeAttribute("aria-busy");
  if (!next) {
    toast(text("failed"));
    return;
  }
  const cards = append(list, link, next, (id) => document.getElementById(id) !== null);
  const key = column.dataset["column"] ?? "";
  grown.set(key, (grown.get(key) ?? 0) + 1);
  start(list);
  cards[0]?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
}

/** A board that was fetched anew gets the pages, as they are now, by which its columns were made longer. */
export async function growAgain(page: HTMLElement): Promise<void> {
  const board = page.querySelector("[data-board]");
  if (!board) return;
  const again = new Map<string, number>();
  const next = async (key: string, pages: number): Promise<void> => {
    const column = board.querySelector(`[data-column="${CSS.escape(key)}"]`);
    const list = cardsOf(column);
    const link = column?.querySelector("[data-more]");
    const fetched = list && link && (await pageOfColumn(link.getAttribute("href") ?? ""));
    if (fetched) append(list, link, fetched, (id) => board.querySelector(`#${CSS.escape(id)}`) !== null);
    // A column that has become shorter has no more pages.
    again.set(key, fetched ? (again.get(key) ?? 0) + 1 : pages);
  };
  // A column may be made longer while these are on their way.
  const behind = (): [string, number][] => [...grown].filter(([key, pages]) => (again.get(key) ?? 0) < pages);
  for (let left = behind(); left.length > 0; left = behind()) await Promise.all(left.map(([key, pages]) => next(key, pages)));
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
