/**
 * How tabs are kept. The server has them for every device of the person; this tab of the browser has a copy until it is closed, so that pages
 * come with their tabs and nothing jumps. What is changed here is saved, one request after the other, and one window after the other; what
 * other windows have changed meanwhile is taken in before (`tab-list.ts`).
 */
import { type Opened, readOpened } from "./opened";
import { csrf, text, toast } from "./page";
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

interface Copy {
  user: string;
  at: number;
  tabs: Opened[];
  /** What the server is known to have, by their numbers. */
  base: string[];
}

/** What the page says and hears of its tabs. */
interface Page {
  /** The tickets that it shows, by their numbers. */
  current(): string[];
  /** The tabs are others now. */
  changed(): void;
  /** The same, after the server was asked. */
  renewed(): void;
}

const person = (): string => document.body.dataset["user"] ?? "";

export class KeptTabs {
  tabs: Opened[] = [];
  /** What the server had when it was heard of last, at `at`: what differs from it was changed here. */
  private base: string[] = [];
  private at = 0;
  private saving: Promise<void> | undefined;
  private asking = false;
  /** How often something was saved. */
  private saves = 0;
  private isWanted = false;

  constructor(private readonly page: Page) {
    this.recall();
  }

  numbers(): string[] {
    return this.tabs.map((tab) => tab.number);
  }

  /** Whether something was changed here that the server does not have. */
  isChanged(): boolean {
    return !isSame(this.base, this.numbers());
  }

  /** Where there are too many, the first one that is not in use goes. */
  trim(): void {
    if (this.tabs.length <= MOST) return;
    const current = this.page.current();
    const spare = this.tabs.filter((tab) => !current.includes(tab.number)).slice(0, this.tabs.length - MOST);
    this.tabs = this.tabs.filter((tab) => !spare.includes(tab));
    toast(text("tabs-full"));
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

  /** Writes the copy. */
  keep(): void {
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
    const current = this.page.current();
    const typing = document.querySelector<HTMLTextAreaElement>("form[data-composer] textarea")?.value;
    const theirs = tabs.map((tab) => tab.number);
    const known = new Map([...this.tabs, ...tabs].map((tab) => [tab.number, tab]));
    this.tabs = merged(this.base, this.numbers(), theirs)
      .flatMap((number) => known.get(number) ?? [])
      .map((tab) => (current.includes(tab.number) ? { ...tab, unread: false, draft: typing === undefined ? tab.draft : typing !== "" } : tab));
    this.base = theirs;
    this.at = Date.now();
    this.page.changed();
  }

  /** Whether the server was heard of a moment ago, and no other window has saved anything since. */
  isFresh(): boolean {
    let saved = 0;
    try {
      saved = Number(localStorage.getItem(SAVED));
    } catch {
      // Of other windows nothing is known.
    }
    return Date.now() - this.at < FRESH_MS && saved <= this.at;
  }

  /** Asks the server, unless it was asked a moment ago. */
  renew(): void {
    if (document.hidden || this.saving || this.asking || this.isFresh()) return;
    this.asking = true;
    const before = this.saves;
    void asked()
      .then((tabs) => {
        // What is older than what was saved meanwhile says nothing.
        if (this.saves !== before) return;
        this.take(tabs);
        this.page.renewed();
      })
      // The next page, or the next change, asks again.
      .catch(() => undefined)
      .finally(() => (this.asking = false));
  }

  /** Saves the tabs, one request after the other, and one window after the other. */
  save(): void {
    this.isWanted = true;
    this.saves += 1;
    this.saving ??= this.inTurn().finally(() => (this.saving = undefined));
  }

  private async inTurn(): Promise<void> {
    if ("locks" in navigator) await navigator.locks.request(KEPT, () => this.send());
    else await this.send();
  }

  /** What is being saved is given a moment; what is not saved then goes with the next page. */
  async settled(): Promise<void> {
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

/** Where nobody is signed in no copy stays. */
export function forgetTabs(): void {
  if (person() !== "") return;
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // There is none.
  }
}
