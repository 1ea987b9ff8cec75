/**
 * Tabs of the workspace: what is opened stays at hand, on every device of the person. The server keeps which tickets they are; this tab of
 * the browser has a copy until it is closed, so that pages come with their tabs and nothing jumps.
 *
 * Several windows may be open: what one of them opens, closes and carries is put onto the list as the server has it (`tab-list.ts`).
 *
 * Links in a list, with one stop for Tab: arrows go along them, with Shift they carry the tab; Delete and the middle button close it. The
 * menu behind them carries the open ticket's tab without dragging and without a keyboard.
 */
import { type Opened, readOpened } from "./opened";
import { csrf, icon, text, toast } from "./page";
import { isSame, merged } from "./tab-list";

const ADDRESS = "/api/users/me/tabs";
const KEPT = "tabs";
/** When a window of this browser has saved tabs, for the others. */
const SAVED = "tabs-saved";
const MOST = 20;
/** How old a copy may be that is not asked for anew, in ms. */
const FRESH_MS = 20_000;
/** Longer than this a page that is to be left does not wait for its tabs to be saved. */
const SETTLE_MS = 2_000;
/** Room for one tab, in rem; as in the stylesheet. */
const WIDTH_REM = 13;
const TICKET = /^\/agent\/tickets\/([^/?#]+-\d+)(?:[?#]|$)/;

interface Copy {
  user: string;
  at: number;
  tabs: Opened[];
  /** What the server is known to have, by their numbers. */
  base: string[];
}

const person = (): string => document.body.dataset["user"] ?? "";
const rtl = (): boolean => document.documentElement.dir === "rtl";

class Tabs {
  private tabs: Opened[] = [];
  /** What the server had when it was heard of last, at `at`: what differs from it was changed here. */
  private base: string[] = [];
  private at = 0;
  private saving: Promise<void> | undefined;
  private asking = false;
  /** How often something was saved. */
  private saves = 0;
  private isWanted = false;
  private dragged: string | undefined;
  /** The tab that the Tab key comes to. */
  private stop = "";
  /** How many tabs find room. To ask the page at every change would lay it out while a ticket is put into it. */
  private room: number;
  /** What stands there by what it says, so that only what differs is made anew. */
  private made = new Map<string, HTMLElement>();
  /** What carries the open ticket's tab by a click, at the end of the menu. */
  private readonly movers: readonly HTMLElement[];

  constructor(
    private readonly strip: HTMLElement,
    private readonly list: HTMLElement,
    private readonly rest: HTMLDetailsElement,
    private readonly menu: HTMLElement,
  ) {
    this.recall();
    this.room = roomIn(strip.clientWidth || window.innerWidth);
    strip.addEventListener("click", (event) => this.clicked(event));
    strip.addEventListener("auxclick", (event) => {
      const number = this.numberAt(event.target);
      if (event.button !== 1 || !number) return;
      event.preventDefault();
      this.close(number);
    });
    strip.addEventListener("keydown", (event) => this.pressed(event));
    this.startDragging();
    this.movers = [this.mover(-1, "tab-earlier", icon("arrow-left")), this.mover(1, "tab-later", icon("arrow-right"))];
    new ResizeObserver(() => {
      const room = strip.clientWidth > 0 ? roomIn(strip.clientWidth) : this.room;
      if (room === this.room) return;
      this.room = room;
      this.show();
    }).observe(strip);
    document.addEventListener("workernet:pane", () => this.opened());
    document.addEventListener("workernet:refreshed", () => this.renew());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.renew();
    });
    document.addEventListener("input", (event) => this.typed(event));
    // What another device has changed meanwhile comes first.
    const isFresh = this.isFresh();
    this.opened(isFresh);
    if (!isFresh) this.renew();
  }

  /** The tickets that this page shows. */
  private current(): string[] {
    const pane = document.querySelector<HTMLElement>("#pane[data-address]")?.dataset["address"];
    const halves = [...document.querySelectorAll<HTMLIFrameElement>("iframe[data-half]")].map((frame) => frame.title);
    const path = pane ?? (document.querySelector("[data-ticket]") ? location.pathname : "");
    const own = TICKET.exec(path)?.[1];
    return own ? [own] : halves;
  }

  /** What is open has a tab; where there are too many, the first one that is not in use goes. */
  private opened(saves = true): void {
    const current = this.current();
    for (const number of current) {
      const known = this.tabs.find((tab) => tab.number === number);
      if (known) {
        this.tabs = this.tabs.map((tab) => (tab === known ? { ...tab, unread: false } : tab));
        continue;
      }
      const title = current.length === 1 ? (document.querySelector("[data-ticket] h1")?.textContent?.trim() ?? number) : number;
      this.tabs = [...this.tabs, { number, title, status: "", unread: false, draft: false }];
    }
    this.trim();
    this.stop = current[0] ?? this.stop;
    this.show();
    // What an earlier page could not save, too.
    if (saves && !isSame(this.base, this.numbers())) this.save();
  }

  private trim(): void {
    if (this.tabs.length <= MOST) return;
    const current = this.current();
    const spare = this.tabs.filter((tab) => !current.includes(tab.number)).slice(0, this.tabs.length - MOST);
    this.tabs = this.tabs.filter((tab) => !spare.includes(tab));
    toast(text("tabs-full"));
  }

  private numbers(): string[] {
    return this.tabs.map((tab) => tab.number);
  }

  close(number: string): void {
    const index = this.tabs.findIndex((tab) => tab.number === number);
    if (index < 0) return;
    const near = this.tabs[index + 1] ?? this.tabs[index - 1];
    const isOpen = this.current().includes(number);
    const hadFocus = this.strip.contains(document.activeElement);
    this.tabs = this.tabs.filter((tab) => tab.number !== number);
    this.stop = near?.number ?? "";
    this.show();
    this.save();
    if (hadFocus) this.link(this.stop)?.focus();
    if (!isOpen) return;
    const pane = document.querySelector<HTMLElement>("#pane[data-address] .pane-close");
    if (pane) pane.click();
    else void this.settled().then(() => location.assign(near ? `/agent/tickets/${near.number}` : "/agent/tickets?queue=mine"));
  }

  /** The open ticket's tab. */
  closeCurrent(): void {
    const [current] = this.current();
    if (current) this.close(current);
  }

  step(by: number): void {
    const [current] = this.current();
    const at = this.tabs.findIndex((tab) => tab.number === current);
    const next = this.tabs[(at + by + this.tabs.length) % this.tabs.length];
    if (next && next.number !== current) this.link(next.number)?.click();
  }

  get count(): number {
    return this.tabs.length;
  }

  private link(number: string): HTMLElement | null {
    return this.strip.querySelector<HTMLElement>(`[data-tab="${CSS.escape(number)}"] a`);
  }

  private numberAt(target: EventTarget | null): string | undefined {
    return target instanceof Element ? target.closest<HTMLElement>("[data-tab]")?.dataset["tab"] : undefined;
  }

  private clicked(event: MouseEvent): void {
    const number = this.numberAt(event.target);
    if (!number || !(event.target instanceof Element)) return;
    if (event.target.closest("button")) {
      event.preventDefault();
      this.close(number);
      return;
    }
    this.rest.open = false;
    const [current] = this.current();
    if (!event.altKey || !current || current === number) return;
    event.preventDefault();
    beside(current, number);
  }

  private pressed(event: KeyboardEvent): void {
    const number = this.numberAt(event.target);
    if (!number || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.tabs.findIndex((tab) => tab.number === number);
    const forward = rtl() ? "ArrowLeft" : "ArrowRight";
    const backward = rtl() ? "ArrowRight" : "ArrowLeft";
    const to = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: this.tabs.length - 1 }[event.key];
    if (event.key === "Delete") this.close(number);
    else if (to !== undefined && to >= 0 && to < this.tabs.length) {
      if (event.shiftKey) this.carry(number, to);
      else {
        this.stop = this.tabs[to]?.number ?? number;
        this.show();
      }
      this.link(this.stop)?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Puts a tab in another place. */
  private carry(number: string, to: number): void {
    const tab = this.tabs.find((each) => each.number === number);
    if (!tab) return;
    const others = this.tabs.filter((each) => each !== tab);
    this.tabs = [...others.slice(0, to), tab, ...others.slice(to)];
    this.stop = number;
    this.show();
    this.save();
  }

  /** A button of the menu that carries the open ticket's tab, or the one that was used last, a place on. */
  private mover(by: number, words: string, sign: Element): HTMLElement {
    const item = document.createElement("li");
    item.className = "open-tabs-mover";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "menu-item";
    button.append(sign, text(words));
    button.addEventListener("click", () => {
      const at = this.carried();
      const number = this.tabs[at]?.number;
      if (number !== undefined && this.tabs[at + by]) this.carry(number, at + by);
    });
    item.append(button);
    return item;
  }

  /** Where the tab stands that the menu's buttons carry. */
  private carried(): number {
    const [current] = this.current();
    return this.tabs.findIndex((tab) => tab.number === (current ?? this.stop));
  }

  private startDragging(): void {
    this.strip.addEventListener("dragstart", (event) => {
      this.dragged = this.numberAt(event.target);
      if (this.dragged) event.dataTransfer?.setData("text/plain", this.dragged);
    });
    this.strip.addEventListener("dragover", (event) => {
      if (this.dragged && this.numberAt(event.target)) event.preventDefault();
    });
    this.strip.addEventListener("drop", (event) => {
      const over = this.numberAt(event.target);
      if (!this.dragged || !over) return;
      event.preventDefault();
      if (over !== this.dragged) this.carry(this.dragged, this.tabs.findIndex((tab) => tab.number === over));
    });
    // Dropped onto the open ticket it is shown beside it.
    const ticket = (event: DragEvent): boolean => event.target instanceof Element && event.target.closest("[data-ticket]") !== null;
    document.addEventListener("dragover", (event) => {
      if (this.dragged && ticket(event)) event.preventDefault();
    });
    document.addEventListener("drop", (event) => {
      const [current] = this.current();
      if (!this.dragged || !current || current === this.dragged || !ticket(event)) return;
      event.preventDefault();
      beside(current, this.dragged);
    });
    document.addEventListener("dragend", () => (this.dragged = undefined));
  }

  /** A draft that is begun or emptied marks its tab; the server says so of other devices. */
  private typed(event: Event): void {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || !field.closest("[data-composer]")) return;
    const [current] = this.current();
    const tab = this.tabs.find((each) => each.number === current);
    const draft = field.value !== "";
    if (!tab || tab.draft === draft) return;
    this.tabs = this.tabs.map((each) => (each === tab ? { ...each, draft } : each));
    this.show();
  }

  private show(): void {
    const current = this.current();
    const fits = this.tabs.length <= this.room ? this.tabs.length : Math.max(1, this.room - 1);
    // What is open is never folded away, nor what the arrows have come to.
    const needed = this.tabs.filter((tab) => current.includes(tab.number) || tab.number === this.stop);
    const others = this.tabs.filter((tab) => !needed.includes(tab)).slice(0, Math.max(0, fits - needed.length));
    const shown = this.tabs.filter((tab) => needed.includes(tab) || others.includes(tab));
    const folded = this.tabs.filter((tab) => !shown.includes(tab));
    const stop = shown.some((tab) => tab.number === this.stop) ? this.stop : shown[0]?.number;
    const focused = this.numberAt(document.activeElement);
    const before = this.made;
    this.made = new Map();
    const kept = (tab: Opened, isOpen: boolean, place: number): HTMLElement => {
      const key = JSON.stringify([tab, isOpen, place]);
      const item = before.get(key) ?? this.tab(tab, isOpen, place);
      this.made.set(key, item);
      return item;
    };
    put(this.list, shown.map((tab) => kept(tab, current.includes(tab.number), tab.number === stop ? 0 : -1)));
    put(this.menu, [...folded.map((tab) => kept(tab, false, 0)), ...this.movers]);
    if (focused && document.activeElement === document.body) this.link(focused)?.focus({ preventScroll: true });
    this.rest.hidden = this.tabs.length < 2;
    const count = this.rest.querySelector("[data-tabs-count]");
    if (count) {
      count.textContent = folded.length > 0 ? text("tabs-more", String(folded.length)) : text("tabs-menu");
      count.classList.toggle("sr", folded.length === 0);
    }
    const carried = this.carried();
    this.movers.forEach((item, index) => {
      const button = item.querySelector("button");
      // One that is disabled would lose the focus at the end of the row.
      button?.setAttribute("aria-disabled", String(carried < 0 || !this.tabs[carried + (index === 0 ? -1 : 1)]));
    });
    this.strip.hidden = this.tabs.length === 0;
    document.documentElement.classList.toggle("has-tabs", this.tabs.length > 0);
    this.keep();
  }

  private tab(tab: Opened, isOpen: boolean, stop: number): HTMLElement {
    const item = document.createElement("li");
    item.className = "open-tab";
    item.dataset["tab"] = tab.number;
    item.draggable = true;
    const link = document.createElement("a");
    link.href = `/agent/tickets/${tab.number}`;
    link.draggable = false;
    link.tabIndex = stop;
    link.title = `${tab.number} · ${tab.title}`;
    link.setAttribute("aria-keyshortcuts", "Delete");
    if (isOpen) link.setAttribute("aria-current", "page");
    const number = document.createElement("bdi");
    number.className = "num";
    number.textContent = tab.number;
    const title = document.createElement("span");
    title.className = "cut";
    title.dir = "auto";
    title.textContent = tab.title;
    if (tab.draft) link.append(mark(icon("pencil"), text("tab-draft")));
    link.append(number, title);
    if (tab.unread) link.append(mark(dot(), text("tab-unread")));
    const shut = document.createElement("button");
    shut.type = "button";
    shut.tabIndex = -1;
    shut.className = "button button-quiet button-icon button-small";
    shut.setAttribute("aria-label", text("tab-close", tab.number));
    shut.append(icon("x"));
    item.append(link, shut);
    return item;
  }

  private recall(): void {
    try {
      const copy = JSON.parse(sessionStorage.getItem(KEPT) ?? "null") as Copy | null;
      if (!copy || copy.user !== person() || !Array.isArray(copy.tabs)) return;
      [this.tabs, this.at, this.base] = [copy.tabs, copy.at, Array.isArray(copy.base) ? copy.base : copy.tabs.map((tab) => tab.number)];
    } catch {
      // Without a copy the server is asked.
    }
  }

  private keep(): void {
    try {
      const copy: Copy = { user: person(), at: this.at, tabs: this.tabs, base: this.base };
      if (this.tabs.length > 0 || this.base.length > 0) sessionStorage.setItem(KEPT, JSON.stringify(copy));
      else sessionStorage.removeItem(KEPT);
    } catch {
      // It is asked for at every page.
    }
  }

  /** Takes in what the server has. What was changed here since it was heard of last stays changed. */
  private take(tabs: Opened[]): void {
    const current = this.current();
    const typing = document.querySelector<HTMLTextAreaElement>("form[data-composer] textarea")?.value;
    const theirs = tabs.map((tab) => tab.number);
    const known = new Map([...this.tabs, ...tabs].map((tab) => [tab.number, tab]));
    this.tabs = merged(this.base, this.numbers(), theirs)
      .flatMap((number) => known.get(number) ?? [])
      .map((tab) => (current.includes(tab.number) ? { ...tab, unread: false, draft: typing === undefined ? tab.draft : typing !== "" } : tab));
    this.base = theirs;
    this.at = Date.now();
    this.show();
  }

  /** Whether the server was heard of a moment ago, and no other window has saved anything since. */
  private isFresh(): boolean {
    let saved = 0;
    try {
      saved = Number(localStorage.getItem(SAVED));
    } catch {
      // Of other windows nothing is known.
    }
    return Date.now() - this.at < FRESH_MS && saved <= this.at;
  }

  /** Asks the server, unless it was asked a moment ago. */
  private renew(): void {
    if (document.hidden || this.saving || this.asking || this.isFresh()) return;
    this.asking = true;
    const before = this.saves;
    void asked()
      .then((tabs) => {
        // What is older than what was saved meanwhile says nothing.
        if (this.saves !== before) return;
        this.take(tabs);
        this.opened();
      })
      // The next page, or the next change, asks again.
      .catch(() => undefined)
      .finally(() => (this.asking = false));
  }

  /** Saves the tabs, one request after the other, and one window after the other. */
  private save(): void {
    this.isWanted = true;
    this.saves += 1;
    this.saving ??= this.inTurn().finally(() => (this.saving = undefined));
  }

  private async inTurn(): Promise<void> {
    if ("locks" in navigator) await navigator.locks.request(KEPT, () => this.send());
    else await this.send();
  }

  /** What is being saved is given a moment; what is not saved then goes with the next page. */
  private async settled(): Promise<void> {
    await Promise.race([this.saving, new Promise((done) => window.setTimeout(done, SETTLE_MS))]);
  }

  /** What could not be saved stays changed here, and goes with the next page. */
  private async send(): Promise<void> {
    try {
      while (this.isWanted) {
        this.isWanted = false;
        // What another window or another device has changed meanwhile stays.
        if (!this.isFresh()) this.take(await asked());
        this.trim();
        const tickets = this.numbers();
        const answer = await fetch(ADDRESS, {
          method: "PUT",
          headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": csrf() },
          body: JSON.stringify({ tickets }),
          keepalive: true,
        });
        const kept = await readOpened(answer);
        this.base = tickets;
        tellSaved();
        this.take(kept);
      }
    } catch {
      this.isWanted = false;
    }
  }
}

const asked = async (): Promise<Opened[]> => readOpened(await fetch(ADDRESS, { headers: { accept: "application/json" } }));

function tellSaved(): void {
  try {
    localStorage.setItem(SAVED, String(Date.now()));
  } catch {
    // Other windows ask when their copy is old.
  }
}

/** How many tabs find room in so many pixels. */
function roomIn(width: number): number {
  return Math.max(1, Math.floor(width / (WIDTH_REM * parseFloat(getComputedStyle(document.documentElement).fontSize))));
}

/** Makes these the children of `place`; those that stand right stay untouched. */
function put(place: HTMLElement, items: readonly HTMLElement[]): void {
  for (const child of [...place.children]) if (!items.some((item) => item === child)) child.remove();
  items.forEach((item, index) => {
    if (place.children[index] !== item) place.insertBefore(item, place.children[index] ?? null);
  });
}

function mark(sign: Element, words: string): HTMLElement {
  const box = document.createElement("span");
  box.className = "open-tab-mark";
  const said = document.createElement("span");
  said.className = "sr";
  said.textContent = words;
  box.append(sign, said);
  return box;
}

function dot(): HTMLElement {
  const round = document.createElement("span");
  round.className = "open-tab-dot";
  round.setAttribute("aria-hidden", "true");
  return round;
}

function beside(left: string, right: string): void {
  location.assign(`/agent/split?left=${encodeURIComponent(left)}&right=${encodeURIComponent(right)}`);
}

let tabs: Tabs | undefined;

/** For the keyboard and the palette. */
export const openTabs = {
  count: (): number => tabs?.count ?? 0,
  step: (by: number): void => tabs?.step(by),
  close: (): void => tabs?.closeCurrent(),
};

export function startTabs(): void {
  const strip = document.querySelector<HTMLElement>("#open-tabs");
  const [list, rest, menu] = [strip?.querySelector<HTMLElement>("[data-tabs]"), strip?.querySelector<HTMLDetailsElement>("[data-tabs-rest]"), strip?.querySelector<HTMLElement>("[data-tabs-menu]")];
  if (person() === "") {
    try {
      sessionStorage.removeItem(KEPT);
    } catch {
      // There is none.
    }
  }
  // Half of a page has no tabs of its own.
  if (!strip || !list || !rest || !menu || window.self !== window.top) return;
  tabs = new Tabs(strip, list, rest, menu);
}
