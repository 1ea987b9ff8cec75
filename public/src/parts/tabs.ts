/**
 * Tabs of the workspace: what is opened stays at hand, on every device of the person, and in each of several windows. Here is which tabs there
 * are and what is done with them; how they are kept is in `tab-keeping.ts`, what they look like in `tab-strip.ts`.
 *
 * Links in a list, with one stop for Tab: arrows go along them, with Shift they carry the tab; Delete and the middle button close it. The
 * menu behind them carries the open ticket's tab without dragging and without a keyboard.
 */
import { forgetTabs, KeptTabs } from "./tab-keeping";
import { tabAt, TabStrip } from "./tab-strip";

const TICKET = /^\/agent\/tickets\/([^/?#]+-\d+)(?:[?#]|$)/;

const rtl = (): boolean => document.documentElement.dir === "rtl";

class Tabs {
  private readonly kept: KeptTabs;
  private readonly strip: TabStrip;
  private dragged: string | undefined;
  /** The tab that the Tab key comes to. */
  private stop = "";

  constructor(box: HTMLElement, list: HTMLElement, rest: HTMLDetailsElement, menu: HTMLElement) {
    this.kept = new KeptTabs({ current: () => this.current(), changed: () => this.show(), renewed: () => this.opened() });
    this.strip = new TabStrip(box, list, rest, menu, (by) => this.move(by), () => this.show());
    box.addEventListener("click", (event) => this.clicked(event));
    box.addEventListener("auxclick", (event) => {
      const number = tabAt(event.target);
      if (event.button !== 1 || !number) return;
      event.preventDefault();
      this.close(number);
    });
    box.addEventListener("keydown", (event) => this.pressed(event));
    this.startDragging(box);
    document.addEventListener("workernet:pane", () => this.opened());
    document.addEventListener("workernet:refreshed", () => this.kept.renew());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.kept.renew();
    });
    document.addEventListener("input", (event) => this.typed(event));
    // What another device has changed meanwhile comes first.
    const isFresh = this.kept.isFresh();
    this.opened(isFresh);
    if (!isFresh) this.kept.renew();
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
      const known = this.kept.tabs.find((tab) => tab.number === number);
      if (known) {
        this.kept.tabs = this.kept.tabs.map((tab) => (tab === known ? { ...tab, unread: false } : tab));
        continue;
      }
      const title = current.length === 1 ? (document.querySelector("[data-ticket] h1")?.textContent?.trim() ?? number) : number;
      this.kept.tabs = [...this.kept.tabs, { number, title, status: "", unread: false, draft: false }];
    }
    this.kept.trim();
    this.stop = current[0] ?? this.stop;
    this.show();
    // What an earlier page could not save, too.
    if (saves && this.kept.isChanged()) this.kept.save();
  }

  close(number: string): void {
    const index = this.kept.tabs.findIndex((tab) => tab.number === number);
    if (index < 0) return;
    const near = this.kept.tabs[index + 1] ?? this.kept.tabs[index - 1];
    const isOpen = this.current().includes(number);
    const hadFocus = this.strip.box.contains(document.activeElement);
    this.kept.tabs = this.kept.tabs.filter((tab) => tab.number !== number);
    this.stop = near?.number ?? "";
    this.show();
    this.kept.save();
    if (hadFocus) this.strip.link(this.stop)?.focus();
    if (!isOpen) return;
    const pane = document.querySelector<HTMLElement>("#pane[data-address] .pane-close");
    if (pane) pane.click();
    else void this.kept.settled().then(() => location.assign(near ? `/agent/tickets/${near.number}` : "/agent/tickets?queue=mine"));
  }

  /** The open ticket's tab. */
  closeCurrent(): void {
    const [current] = this.current();
    if (current) this.close(current);
  }

  step(by: number): void {
    const [current] = this.current();
    const at = this.kept.tabs.findIndex((tab) => tab.number === current);
    const next = this.kept.tabs[(at + by + this.kept.tabs.length) % this.kept.tabs.length];
    if (next && next.number !== current) this.strip.link(next.number)?.click();
  }

  get count(): number {
    return this.kept.tabs.length;
  }

  private clicked(event: MouseEvent): void {
    const number = tabAt(event.target);
    if (!number || !(event.target instanceof Element)) return;
    if (event.target.closest("button")) {
      event.preventDefault();
      this.close(number);
      return;
    }
    this.strip.closeMenu();
    const [current] = this.current();
    if (!event.altKey || !current || current === number) return;
    event.preventDefault();
    beside(current, number);
  }

  private pressed(event: KeyboardEvent): void {
    const number = tabAt(event.target);
    if (!number || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.kept.tabs.findIndex((tab) => tab.number === number);
    const forward = rtl() ? "ArrowLeft" : "ArrowRight";
    const backward = rtl() ? "ArrowRight" : "ArrowLeft";
    const to = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: this.kept.tabs.length - 1 }[event.key];
    if (event.key === "Delete") this.close(number);
    else if (to !== undefined && to >= 0 && to < this.kept.tabs.length) {
      if (event.shiftKey) this.carry(number, to);
      else {
        this.stop = this.kept.tabs[to]?.number ?? number;
        this.show();
      }
      this.strip.link(this.stop)?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Puts a tab in another place. */
  private carry(number: string, to: number): void {
    const tab = this.kept.tabs.find((each) => each.number === number);
    if (!tab) return;
    const others = this.kept.tabs.filter((each) => each !== tab);
    this.kept.tabs = [...others.slice(0, to), tab, ...others.slice(to)];
    this.stop = number;
    this.show();
    this.kept.save();
  }

  /** Carries the open ticket's tab, or the one that was used last, by so many places. */
  private move(by: number): void {
    const at = this.carried();
    const number = this.kept.tabs[at]?.number;
    if (number !== undefined && this.kept.tabs[at + by]) this.carry(number, at + by);
  }

  /** Where the tab stands that the menu's buttons carry. */
  private carried(): number {
    const [current] = this.current();
    return this.kept.tabs.findIndex((tab) => tab.number === (current ?? this.stop));
  }

  private startDragging(box: HTMLElement): void {
    box.addEventListener("dragstart", (event) => {
      this.dragged = tabAt(event.target);
      if (this.dragged) event.dataTransfer?.setData("text/plain", this.dragged);
    });
    box.addEventListener("dragover", (event) => {
      if (this.dragged && tabAt(event.target)) event.preventDefault();
    });
    box.addEventListener("drop", (event) => {
      const over = tabAt(event.target);
      if (!this.dragged || !over) return;
      event.preventDefault();
      if (over !== this.dragged) this.carry(this.dragged, this.kept.tabs.findIndex((tab) => tab.number === over));
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
    const tab = this.kept.tabs.find((each) => each.number === current);
    const draft = field.value !== "";
    if (!tab || tab.draft === draft) return;
    this.kept.tabs = this.kept.tabs.map((each) => (each === tab ? { ...each, draft } : each));
    this.show();
  }

  private show(): void {
    this.strip.show({ tabs: this.kept.tabs, current: this.current(), stop: this.stop, carried: this.carried() });
    this.kept.keep();
  }
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
  forgetTabs();
  // Half of a page has no tabs of its own.
  if (!strip || !list || !rest || !menu || window.self !== window.top) return;
  tabs = new Tabs(strip, list, rest, menu);
}
