/**
 * Tabs of the workspace: what is opened stays at hand, on every device of the person. The server keeps which tickets they are; this tab of
 * the browser has a copy until it is closed, so that pages come with their tabs and nothing jumps.
 *
 * Links in a list, with one stop for Tab: arrows go along them, with Shift they carry the tab; Delete and the middle button close it.
 */
import { type Opened, readOpened } from "./opened";
import { csrf, icon, text, toast } from "./page";

const ADDRESS = "/api/users/me/tabs";
const KEPT = "tabs";
const MOST = 20;
/** How old a copy may be that is not asked for anew, in ms. */
const FRESH_MS = 20_000;
/** Room for one tab, in rem; as in the stylesheet. */
const WIDTH_REM = 13;
const TICKET = /^\/agent\/tickets\/([^/?#]+-\d+)(?:[?#]|$)/;

interface Copy {
  user: string;
  at: number;
  tabs: Opened[];
}

const person = (): string => document.body.dataset["user"] ?? "";
const rtl = (): boolean => document.documentElement.dir === "rtl";

class Tabs {
  private tabs: Opened[] = [];
  private at = 0;
  private saving: Promise<void> | undefined;
  private isWanted = false;
  private dragged: string | undefined;
  /** The tab that the Tab key comes to. */
  private stop = "";
  /** How many tabs find room. To ask the page at every change would lay it out while a ticket is put into it. */
  private room: number;
  /** What stands there by what it says, so that only what differs is made anew. */
  private made = new Map<string, HTMLElement>();

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
    const isFresh = Date.now() - this.at < FRESH_MS;
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
    let isNew = false;
    for (const number of current) {
      const known = this.tabs.find((tab) => tab.number === number);
      if (known) {
        this.tabs = this.tabs.map((tab) => (tab === known ? { ...tab, unread: false } : tab));
        continue;
      }
      isNew = true;
      const title = current.length === 1 ? (document.querySelector("[data-ticket] h1")?.textContent?.trim() ?? number) : number;
      this.tabs = [...this.tabs, { number, title, status: "", unread: false, draft: false }];
    }
    if (this.tabs.length > MOST) {
      const out = this.tabs.find((tab) => !current.includes(tab.number));
      this.tabs = this.tabs.filter((tab) => tab !== out);
      toast(text("tabs-full"));
    }
    this.stop = current[0] ?? this.stop;
    this.show();
    if (isNew && saves) this.save();
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
    let shown = this.tabs.slice(0, fits);
    // What is open is never folded away.
    const open = this.tabs.find((tab) => current.includes(tab.number) || tab.number === this.stop);
    if (open && !shown.includes(open)) shown = [...shown.slice(0, -1), open];
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
    put(this.menu, folded.map((tab) => kept(tab, false, 0)));
    if (focused && document.activeElement === document.body) this.link(focused)?.focus({ preventScroll: true });
    this.rest.hidden = folded.length === 0;
    const count = this.rest.querySelector("[data-tabs-count]");
    if (count) count.textContent = text("tabs-more", String(folded.length));
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
      [this.tabs, this.at] = [copy.tabs, copy.at];
    } catch {
      // Without a copy the server is asked.
    }
  }

  private keep(): void {
    try {
      const copy: Copy = { user: person(), at: this.at, tabs: this.tabs };
      if (this.tabs.length > 0) sessionStorage.setItem(KEPT, JSON.stringify(copy));
      else sessionStorage.removeItem(KEPT);
    } catch {
      // It is asked for at every page.
    }
  }

  private take(tabs: Opened[]): void {
    if (this.isWanted) return;
    const current = this.current();
    const typing = document.querySelector<HTMLTextAreaElement>("form[data-composer] textarea")?.value;
    this.at = Date.now();
    this.tabs = tabs.map((tab) => (current.includes(tab.number) ? { ...tab, unread: false, draft: typing === undefined ? tab.draft : typing !== "" } : tab));
    this.show();
  }

  /** Asks the server, unless it was asked a moment ago. */
  private renew(): void {
    if (document.hidden || this.saving || Date.now() - this.at < FRESH_MS) return;
    this.at = Date.now();
    void fetch(ADDRESS, { headers: { accept: "application/json" } })
      .then(readOpened)
      .then((tabs) => {
        if (this.saving) return;
        this.take(tabs);
        this.opened();
      })
      .catch(() => (this.at = 0));
  }

  /** Saves the tabs, one request after the other. */
  private save(): void {
    this.isWanted = true;
    this.saving ??= this.send().finally(() => (this.saving = undefined));
  }

  private async settled(): Promise<void> {
    await this.saving;
  }

  private async send(): Promise<void> {
    while (this.isWanted) {
      this.isWanted = false;
      const answer = await fetch(ADDRESS, {
        method: "PUT",
        headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": csrf() },
        body: JSON.stringify({ tickets: this.tabs.map((tab) => tab.number) }),
        keepalive: true,
      })
        .then(readOpened)
        .catch(() => undefined);
      if (answer) this.take(answer);
    }
  }
}

/** How many tabs find room in so many pixels. */
function roomIn(width: number): number {
  return Math.max(1, Math.floor(width / (WIDTH_REM * parseFloat(getComputedStyle(document.documentElement).fontSize))));
}

/** Makes these the children of `place`; those that stand right stay untouched. */
function put(place: HTMLElement, items: readonly HTMLElement[]): void {
  items.forEach((item, index) => {
    if (place.children[index] !== item) place.insertBefore(item, place.children[index] ?? null);
  });
  while (place.children.length > items.length) place.lastElementChild?.remove();
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
