/**
 * The command palette: what can be done on this page, every page of the navigation, and what the server finds: tickets, people,
 * organizations. A combobox over a list, as the ARIA practices describe it: the focus stays in the field.
 */
import { COMMANDS, keysOf, nameOf } from "./commands";
import { caps } from "./keymap";
import { type Opened, recent } from "./opened";
import { fresh, icon, text } from "./page";

interface Entry {
  readonly name: string;
  /** Beside the name: a number, a status, an address. */
  readonly note?: string;
  readonly mark: SVGElement;
  readonly keys?: string;
  readonly href?: string;
  readonly run?: () => void;
}
interface Group {
  readonly title: string;
  readonly entries: readonly Entry[];
}

const WAIT_MS = 120;
const FOUND_MAX = 6;
/** Below so many characters the server is not asked: nearly everything would be found. */
const ASKED_MIN = 2;

/** Where entries come from that only the server knows. */
interface Source {
  readonly group: string;
  readonly address: (words: string) => string;
  readonly entry: (row: Record<string, unknown>) => Entry;
}
const word = (value: unknown): string => (typeof value === "string" ? value : "");
const SOURCES: readonly Source[] = [
  {
    group: "palette-tickets",
    address: (words) => `/api/tickets?limit=${FOUND_MAX}&q=${words}`,
    entry: (row) => ({ name: word(row["title"]), note: word(row["number"]), mark: icon("ticket"), href: `/agent/tickets/${word(row["number"])}` }),
  },
  {
    group: "palette-people",
    address: (words) => `/api/users?limit=${FOUND_MAX}&q=${words}`,
    entry: (row) => ({
      name: word(row["name"]),
      note: word(row["email"]),
      mark: icon("circle-user-round"),
      href: `/agent/tickets?queue=all&${row["role"] === "client" ? "requester" : "assignee"}=${word(row["id"])}`,
    }),
  },
  {
    group: "palette-organizations",
    address: (words) => `/api/organizations?limit=${FOUND_MAX}&q=${words}`,
    entry: (row) => ({ name: word(row["name"]), mark: icon("building-2"), href: `/agent/tickets?queue=all&organization=${word(row["id"])}` }),
  },
];

/** Whether every word that was typed begins somewhere in `name`. */
function fits(name: string, typed: string): boolean {
  const folded = name.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((part) => folded.includes(part));
}

function commands(typed: string): Group {
  const entries = COMMANDS.filter((command) => command.id !== "palette" && command.usable())
    .filter((command) => command.href === undefined && fits(nameOf(command), typed))
    .map((command): Entry => ({ name: nameOf(command), mark: icon("zap"), keys: keysOf(command), run: () => command.run() }));
  return { title: text("palette-actions"), entries };
}

/** Every link of the navigation and of the person's menu. */
function pages(typed: string): Group {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("#nav a.nav-link, .work-head .menu-list a.menu-item:not(.recent-item)")];
  const entries = links
    .map((link) => ({ link, name: link.querySelector(".cut")?.textContent?.trim() || link.textContent?.trim() || "" }))
    .filter(({ name }) => fits(name, typed))
    .map(({ link, name }): Entry => {
      const command = COMMANDS.find(({ href }) => href === link.getAttribute("href"));
      const mark = link.querySelector("svg")?.cloneNode(true);
      return { name, mark: mark instanceof SVGElement ? mark : icon("arrow-right"), href: link.href, ...(command ? { keys: keysOf(command) } : {}) };
    });
  return { title: text("palette-pages"), entries };
}

async function ask(source: Source, typed: string, signal: AbortSignal): Promise<Group> {
  const title = text(source.group);
  const answer = await fetch(source.address(encodeURIComponent(typed)), { headers: { accept: "application/json" }, signal });
  // Whoever may not list people or organizations finds none.
  if (answer.status === 403) return { title, entries: [] };
  if (!answer.ok) throw new Error(`the search answered ${answer.status}`);
  const body = (await answer.json()) as { data?: Record<string, unknown>[] };
  return { title, entries: (body.data ?? []).map(source.entry) };
}

class Palette {
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly status: HTMLElement;
  private entries: Entry[] = [];
  private at = 0;
  private asking = new AbortController();
  private waiting = 0;
  private recent: readonly Opened[] = [];

  constructor(private readonly dialog: HTMLDialogElement) {
    const [input, list, status] = [dialog.querySelector("input"), dialog.querySelector<HTMLElement>("[role=listbox]"), dialog.querySelector<HTMLElement>("[role=status]")];
    if (!input || !list || !status) throw new Error("the palette lacks its parts");
    [this.input, this.list, this.status] = [input, list, status];
    input.addEventListener("input", () => this.typed());
    dialog.addEventListener("keydown", (event) => this.key(event));
    dialog.addEventListener("close", () => this.asking.abort());
    list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
      if (option) this.choose(Number(option.dataset["at"]), event.ctrlKey || event.metaKey);
    });
    list.addEventListener("mousemove", (event) => {
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
      if (option) this.select(Number(option.dataset["at"]));
    });
  }

  open(): void {
    if (this.dialog.open) return this.dialog.close();
    this.dialog.showModal();
    this.input.value = "";
    this.typed();
    void recent()
      .then((tickets) => {
        const isNews = tickets.map(({ number, title }) => number + title).join() !== this.recent.map(({ number, title }) => number + title).join();
        this.recent = tickets;
        // Whoever has begun to choose or to type is not disturbed.
        if (isNews && this.dialog.open && this.input.value === "" && this.at === 0) this.typed();
      })
      .catch(() => undefined);
  }

  /** What was opened last, while nothing is looked for. */
  private last(): Group {
    const entries = this.recent
      .filter(({ number }) => !location.pathname.endsWith(`/${number}`))
      .map(({ number, title }): Entry => ({ name: title, note: number, mark: icon("history"), href: `/agent/tickets/${number}` }));
    return { title: text("palette-recent"), entries };
  }

  private typed(): void {
    window.clearTimeout(this.waiting);
    this.asking.abort();
    this.asking = new AbortController();
    const typed = this.input.value.trim();
    const own = [...(typed === "" ? [this.last()] : []), commands(typed), pages(typed)];
    const asks = typed.length >= ASKED_MIN;
    this.list.setAttribute("aria-busy", String(asks));
    this.show(own, asks ? text("palette-searching") : undefined);
    if (asks) this.waiting = window.setTimeout(() => void this.search(own, typed, this.asking.signal), WAIT_MS);
  }

  private async search(own: readonly Group[], typed: string, signal: AbortSignal): Promise<void> {
    const found = await Promise.allSettled(SOURCES.map((source) => ask(source, typed, signal)));
    if (signal.aborted) return;
    this.list.setAttribute("aria-busy", "false");
    const groups = found.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    this.show([...groups, ...own], groups.length < found.length ? text("palette-failed") : undefined);
  }

  private show(groups: readonly Group[], notice: string | undefined): void {
    const filled = groups.filter(({ entries }) => entries.length > 0);
    this.entries = filled.flatMap(({ entries }) => entries);
    let at = 0;
    this.list.replaceChildren(
      ...filled.map(({ title, entries }, index) => {
        const group = document.createElement("div");
        group.setAttribute("role", "group");
        const heading = document.createElement("div");
        heading.className = "palette-group";
        heading.id = `palette-group-${index}`;
        heading.textContent = title;
        group.setAttribute("aria-labelledby", heading.id);
        group.append(heading, ...entries.map((entry) => option(entry, at++)));
        return group;
      }),
    );
    this.status.textContent = notice ?? (this.entries.length === 0 ? text("palette-empty") : "");
    this.select(0);
    this.list.scrollTop = 0;
  }

  private select(at: number): void {
    this.at = at;
    const options = [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
    options.forEach((each, index) => each.setAttribute("aria-selected", String(index === at)));
    const selected = options[at];
    if (selected) this.input.setAttribute("aria-activedescendant", selected.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    const last = this.entries.length - 1;
    const to: Record<string, number> = { ArrowDown: this.at >= last ? 0 : this.at + 1, ArrowUp: this.at <= 0 ? last : this.at - 1, PageDown: Math.min(last, this.at + 8), PageUp: Math.max(0, this.at - 8) };
    const next = to[event.key];
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.choose(this.at, event.ctrlKey || event.metaKey);
    } else if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.dialog.close();
    } else if (next !== undefined && last >= 0) {
      event.preventDefault();
      this.select(next);
      this.list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    }
  }

  private choose(at: number, apart: boolean): void {
    const entry = this.entries[at];
    if (!entry) return;
    if (entry.href && apart) return void window.open(entry.href, "_blank", "noopener");
    this.dialog.close();
    // A half of the window that shows two tickets leads the whole of it.
    if (entry.href) (window.top ?? window).location.assign(new URL(entry.href, location.href));
    else entry.run?.();
  }
}

function option(entry: Entry, at: number): HTMLElement {
  const row = document.createElement("div");
  row.className = "palette-option";
  row.id = `palette-option-${at}`;
  row.dataset["at"] = String(at);
  row.setAttribute("role", "option");
  const name = document.createElement("span");
  name.className = "cut grow";
  name.dir = "auto";
  name.textContent = entry.name;
  row.append(entry.mark, name);
  if (entry.note) {
    const note = document.createElement("bdi");
    note.className = "muted cut palette-note";
    note.textContent = entry.note;
    row.append(note);
  }
  if (entry.keys) row.append(caps(entry.keys));
  return row;
}

export function startPalette(root: ParentNode): void {
  for (const dialog of fresh<HTMLDialogElement>(root, "dialog#palette", "palette")) {
    const palette = new Palette(dialog);
    document.addEventListener("workernet:palette-open", () => palette.open());
  }
}
