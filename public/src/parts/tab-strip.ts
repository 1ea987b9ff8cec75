/**
 * What the tabs of the workspace look like: a row of links with their marks, what finds no room in a menu behind them, and at the menu's end
 * two buttons that carry the open ticket's tab. Which tabs there are and what is done with them is said elsewhere (`tabs.ts`).
 */
import type { Opened } from "./opened";
import { icon, text } from "./page";

/** Room for one tab, in rem; as in the stylesheet. */
const WIDTH_REM = 13;

/** What is to stand there. */
export interface Shown {
  tabs: readonly Opened[];
  /** The tickets that the page shows, by their numbers. */
  current: readonly string[];
  /** The tab that the Tab key comes to. */
  stop: string;
  /** Where the tab stands that the menu's buttons carry; -1 for none. */
  carried: number;
}

/** The number of the tab that this is, or is a part of. */
export function tabAt(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>("[data-tab]")?.dataset["tab"] : undefined;
}

export class TabStrip {
  /** How many tabs find room. To ask the page at every change would lay it out while a ticket is put into it. */
  private room: number;
  /** What stands there by what it says, so that only what differs is made anew. */
  private made = new Map<string, HTMLElement>();
  /** What carries the open ticket's tab by a click, at the end of the menu. */
  private readonly movers: readonly HTMLElement[];

  /** `move` carries the open ticket's tab by so many places; `resized` shows the tabs anew. */
  constructor(
    readonly box: HTMLElement,
    private readonly list: HTMLElement,
    private readonly rest: HTMLDetailsElement,
    private readonly menu: HTMLElement,
    move: (by: number) => void,
    resized: () => void,
  ) {
    this.room = roomIn(box.clientWidth || window.innerWidth);
    this.movers = [
      mover(text("tab-earlier"), icon("arrow-left"), () => move(-1)),
      mover(text("tab-later"), icon("arrow-right"), () => move(1)),
    ];
    new ResizeObserver(() => {
      const room = box.clientWidth > 0 ? roomIn(box.clientWidth) : this.room;
      if (room === this.room) return;
      this.room = room;
      resized();
    }).observe(box);
  }

  /** The link of a tab, in the row or in the menu. */
  link(number: string): HTMLElement | null {
    return this.box.querySelector<HTMLElement>(`[data-tab="${CSS.escape(number)}"] a`);
  }

  closeMenu(): void {
    this.rest.open = false;
  }

  show({ tabs, current, stop, carried }: Shown): void {
    const fits = tabs.length <= this.room ? tabs.length : Math.max(1, this.room - 1);
    // What is open is never folded away, nor what the arrows have come to.
    const needed = tabs.filter((tab) => current.includes(tab.number) || tab.number === stop);
    const others = tabs.filter((tab) => !needed.includes(tab)).slice(0, Math.max(0, fits - needed.length));
    const shown = tabs.filter((tab) => needed.includes(tab) || others.includes(tab));
    const folded = tabs.filter((tab) => !shown.includes(tab));
    const first = shown.some((tab) => tab.number === stop) ? stop : shown[0]?.number;
    const focused = tabAt(document.activeElement);
    const before = this.made;
    this.made = new Map();
    const kept = (tab: Opened, isOpen: boolean, place: number): HTMLElement => {
      const key = JSON.stringify([tab, isOpen, place]);
      const item = before.get(key) ?? made(tab, isOpen, place);
      this.made.set(key, item);
      return item;
    };
    put(this.list, shown.map((tab) => kept(tab, current.includes(tab.number), tab.number === first ? 0 : -1)));
    put(this.menu, [...folded.map((tab) => kept(tab, false, 0)), ...this.movers]);
    if (focused && document.activeElement === document.body) this.link(focused)?.focus({ preventScroll: true });
    this.showMenu(tabs, folded.length, carried);
    this.box.hidden = tabs.length === 0;
    document.documentElement.classList.toggle("has-tabs", tabs.length > 0);
  }

  /** What the menu says of itself, and where its buttons can carry the tab. */
  private showMenu(tabs: readonly Opened[], folded: number, carried: number): void {
    this.rest.hidden = tabs.length < 2;
    const count = this.rest.querySelector("[data-tabs-count]");
    if (count) {
      count.textContent = folded > 0 ? text("tabs-more", String(folded)) : text("tabs-menu");
      count.classList.toggle("sr", folded === 0);
    }
    this.movers.forEach((item, index) => {
      const button = item.querySelector("button");
      // One that is disabled would lose the focus at the end of the row.
      button?.setAttribute("aria-disabled", String(carried < 0 || !tabs[carried + (index === 0 ? -1 : 1)]));
    });
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

/** A tab with its marks and the button that closes it; `stop` is its place among the stops of the Tab key. */
function made(tab: Opened, isOpen: boolean, stop: number): HTMLElement {
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

/** A button of the menu that carries a tab a place on. */
function mover(words: string, sign: Element, move: () => void): HTMLElement {
  const item = document.createElement("li");
  item.className = "open-tabs-mover";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "menu-item";
  button.append(sign, words);
  button.addEventListener("click", move);
  item.append(button);
  return item;
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
