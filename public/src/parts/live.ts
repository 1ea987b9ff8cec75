/**
 * Live pages over one WebSocket: lists and the open ticket refresh themselves, and colleagues in the same ticket are named.
 *
 * Messages say only that something changed; what changed is fetched from the page's own address and morphed in, so that every reader
 * gets exactly what the server would show them. After a break everything is fetched once, so nothing is missed.
 */
import { Idiomorph } from "idiomorph/dist/idiomorph.esm.js";
import { growAgain } from "./board";
import { carryPieces } from "./endless";
import { now, text, toast } from "./page";
import { load } from "./pages";

/** What happened to a ticket: it is new, changed, has a comment, a message waits on it, its clock moved on, or what is to be done on it was changed. Only a change names the version it made. */
interface Changed {
  type: "ticket_created" | "ticket_changed" | "comment_added" | "sla_changed" | "pending_changed" | "checklist_changed";
  ticket: string;
  version?: number;
}
interface Presence {
  type: "presence";
  ticket: string;
  people: { id: string; name: string; typing: boolean }[];
}

const CHANGES = ["ticket_created", "ticket_changed", "comment_added", "sla_changed", "pending_changed", "checklist_changed"];

/** Somebody is reminded: this reader alone hears of it. */
interface Reminded {
  type: "reminded";
  ticket?: string;
}

function parse(data: unknown): Changed | Presence | Reminded | undefined {
  if (typeof data !== "string" || data.length > 65_536) return undefined;
  try {
    const message: unknown = JSON.parse(data);
    if (!message || typeof message !== "object" || !("type" in message)) return undefined;
    if (typeof message.type === "string" && CHANGES.includes(message.type)) return message as Changed;
    if (message.type === "reminded") return message as Reminded;
    if (message.type === "presence" && "people" in message && Array.isArray(message.people)) return message as Presence;
  } catch {
    // Not ours.
  }
  return undefined;
}

/** A page that took longer than this to get its socket may have missed something on the way. */
const GAP_MS = 2_000;

/** Parts of the page that follow the server. Fields with typed text are not among them. Rows of lists have ids, so that they move whole. */
const FOLLOWING = ["#list", "#head", "#conversation", "#pending", "#side"];

/** What a panel of its own has fetched: it is brought up to date by itself (panels.ts), and stays as it is until then. */
const FETCHED = "details[data-panel] [data-panel-place][data-filled]";

/** Whether somebody is at work in a part of the page: the focus is in it, or its form holds what was not saved yet. Pieces that match `apart` do not count. */
export function isInUse(part: HTMLElement, apart?: string): boolean {
  const chosen = (field: HTMLSelectElement): number => Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
  const changed = (field: Element): boolean =>
    (field instanceof HTMLSelectElement && field.selectedIndex !== chosen(field)) ||
    (field instanceof HTMLInputElement && (field.value !== field.defaultValue || field.checked !== field.defaultChecked)) ||
    (field instanceof HTMLTextAreaElement && field.value !== field.defaultValue);
  const counts = (element: Element | null): boolean => element !== null && part.contains(element) && !(apart && element.closest(apart));
  return counts(document.activeElement) || [...part.querySelectorAll("select, input, textarea")].some((field) => counts(field) && changed(field));
}

/** The pages that are open: one, or a list with a ticket beside it. */
function sources(): string[] {
  const pane = document.querySelector<HTMLElement>("#pane[data-address]");
  return pane ? [pane.dataset["home"] ?? "", pane.dataset["address"] ?? ""] : [location.href];
}

async function refresh(start: (root: ParentNode) => void): Promise<void> {
  const pages = await Promise.all(sources().map(load));
  await Promise.all(pages.map((fetched) => fetched && growAgain(fetched.page)));
  // What hangs on the pointer stays where it is; whoever lets it go asks for the rest.
  if (document.documentElement.classList.contains("dragging")) return;
  for (const fetched of pages) if (fetched?.status === 200) follow(fetched.page, start);
  // The navigation is the list's where there are two: the ticket's has no entry of its own.
  document.querySelector(".work-nav")?.replaceChildren(...(pages[0]?.page.querySelector(".work-nav")?.childNodes ?? document.querySelector(".work-nav")?.childNodes ?? []));
  document.dispatchEvent(new Event("workernet:refreshed"));
}

/** Brings what the page has of `page` up to its state. */
function follow(page: Document, start: (root: ParentNode) => void): void {
  for (const selector of FOLLOWING) {
    const old = document.querySelector<HTMLElement>(selector);
    const next = page.querySelector<HTMLElement>(selector);
    if (!old || !next || (selector === "#side" && isInUse(old, FETCHED))) continue;
    carry(old, next);
    carryPieces(old, next);
    carryPanels(old, next);
    Idiomorph.morph(old, next, {
      callbacks: {
        // What the reader has ticked, opened or typed stays as it is; clocks and times start anew.
        beforeAttributeUpdated: (name: string, node: Element) => !(name === "open" || name === "checked" || (name === "class" && node.matches("tr, .board-card, .bulk"))),
        beforeNodeMorphed: (node: Node) => !(node instanceof HTMLInputElement && node.name === "ticket") && !(node instanceof HTMLElement && node.matches(FETCHED)),
      },
    });
    renew(old);
    start(old);
  }
  const version = page.querySelector<HTMLElement>("[data-ticket]")?.dataset["version"];
  const ticket = document.querySelector<HTMLElement>("[data-ticket]");
  if (ticket && version) {
    ticket.dataset["version"] = version;
    // Dialogs act on what is shown now. The side panel's form was morphed with its own version, or was left as it is.
    for (const field of document.querySelectorAll<HTMLInputElement>('input[name="version"]')) if (!field.closest("#side")) field.value = version;
  }
  // What was there before the first word of an answer is known to whoever writes it; what came after is not.
  const writing = document.querySelector<HTMLTextAreaElement>("form[data-composer] textarea")?.value.trim();
  const seen = document.querySelector<HTMLInputElement>('form[data-composer] input[name="seen"]');
  const stands = page.querySelector<HTMLInputElement>('form[data-composer] input[name="seen"]');
  if (seen && stands && !writing) seen.value = stands.value;
}

/** Older messages that the reader has called up stay: the fresh page has the latest only, so what comes before them is put into it. */
function carry(old: HTMLElement, next: HTMLElement): void {
  const part = old.querySelector(".talk-part");
  const fresh = next.querySelector(".talk-part");
  if (!fresh || !part?.querySelector(".talk-part")) return;
  fresh.querySelector(":scope > .talk-older")?.remove();
  const shared = (child: Element): boolean => child.id !== "" && fresh.querySelector(`#${CSS.escape(child.id)}`) !== null;
  const before = [...part.children];
  const end = before.findIndex(shared);
  fresh.prepend(...before.slice(0, end < 0 ? before.length : end).map((child) => child.cloneNode(true)));
}

/** Panels that were fetched keep what they show until they are fetched again: the fresh page has only the links to them. */
function carryPanels(old: HTMLElement, next: HTMLElement): void {
  for (const panel of old.querySelectorAll<HTMLElement>("details[data-panel]")) {
    const place = panel.querySelector("[data-panel-place][data-filled]");
    const bare = next.querySelector(`#${CSS.escape(panel.id)} [data-panel-place]`);
    if (place && bare) bare.replaceWith(place.cloneNode(true));
  }
}

/** Clocks and times that were morphed hold the server's new text: they are taken again by making them new elements. */
function renew(root: HTMLElement): void {
  for (const element of root.querySelectorAll("[data-clock], [data-due], time[data-relative]")) element.replaceWith(element.cloneNode(true));
}

export function startLive(start: (root: ParentNode) => void): void {
  // The ticket may be one that was opened beside its list.
  const open = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-ticket]");
  const list = document.querySelector("[data-live-list]");
  const offline = document.querySelector<HTMLElement>("#offline");
  const line = (up: boolean): void => {
    if (offline) offline.hidden = up;
  };
  window.addEventListener("offline", () => line(false));
  window.addEventListener("online", () => line(true));
  if (!document.body.dataset["user"] || (!open() && !list)) return;

  let socket: WebSocket | undefined;
  let tries = 0;
  let waiting = 0;
  let missed = false;
  let heard = false;
  let due = 0;

  const send = (message: object): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const soon = (): void => {
    // A storm of changes is one refresh; a hidden page waits until it is looked at.
    if (due || document.hidden) {
      missed ||= document.hidden;
      return;
    }
    due = window.setTimeout(() => {
      due = 0;
      void refresh(start).catch(() => (missed = true));
    }, 400 + Math.random() * 400);
  };
  const present = (people: Presence["people"]): void => {
    const banner = document.querySelector<HTMLElement>("#presence");
    const words = banner?.querySelector("[data-presence]");
    if (!banner || !words) return;
    const others = people.filter((person) => person.id !== document.body.dataset["user"]);
    const writers = others.filter((person) => person.typing);
    const named = (writers.length > 0 ? writers : others).map((person) => person.name);
    banner.hidden = named.length === 0;
    banner.classList.toggle("note-box-warning", writers.length > 0);
    const names = new Intl.ListFormat(document.documentElement.lang).format(named);
    words.textContent = names === "" ? "" : text(writers.length > 0 ? "typing" : "viewing", names);
    const beside = document.querySelector("[data-typing]");
    if (beside) beside.textContent = writers.length > 0 ? text("typing", names) : "";
  };
  const viewing = (): void => {
    const ticket = open();
    if (ticket) send({ type: "viewing", ticket: ticket.dataset["ticket"] });
  };
  const connect = (): void => {
    waiting = 0;
    const mine = new WebSocket(new URL("/api/live", location.href.replace(/^http/, "ws")));
    socket = mine;
    mine.addEventListener("open", () => {
      // After a break, and after a page that was slow to come, nobody knows what was missed: it is fetched.
      if (heard || tries > 0 || now() - Number(document.body.dataset["now"]) > GAP_MS) soon();
      heard = true;
      tries = 0;
      viewing();
    });
    mine.addEventListener("message", (event) => {
      const message = parse(event.data);
      const ticket = open();
      if (!message) return;
      if (message.type === "reminded") {
        toast(text("reminded"), { label: text("show"), run: () => location.assign("/agent/reminders") });
        soon();
      } else if (message.type === "presence") {
        if (message.ticket === ticket?.dataset["ticket"]) present(message.people);
      } else if (list) soon();
      else if (ticket && message.ticket === ticket.dataset["ticket"] && (message.version ?? Infinity) > Number(ticket.dataset["version"])) {
        const writing = document.querySelector<HTMLTextAreaElement>("form[data-composer] textarea")?.value.trim();
        if (writing) toast(text("changed"));
        soon();
      }
    });
    mine.addEventListener("close", (event) => {
      if (socket !== mine) return;
      socket = undefined;
      // 4001: signed out. Asking again would not help. After 4002 it may: the rights are other ones, or the session was used elsewhere and goes on.
      if (event.code === 4001 || event.code === 1008) return;
      tries += 1;
      retry();
    });
  };
  const retry = (): void => {
    if (waiting || socket || tries > 20) return;
    const most = Math.min(30_000, 1_000 * 2 ** Math.min(tries, 5));
    waiting = window.setTimeout(connect, most / 2 + Math.random() * (most / 2));
  };

  document.addEventListener("workernet:stale", soon);
  window.addEventListener("online", () => {
    tries = Math.min(tries, 1);
    retry();
  });
  let typed = 0;
  document.addEventListener("workernet:pane", viewing);
  document.addEventListener("workernet:typing", () => {
    const ticket = open();
    if (!ticket || Date.now() - typed < 3_000) return;
    typed = Date.now();
    send({ type: "typing", ticket: ticket.dataset["ticket"] });
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    if (missed) {
      missed = false;
      soon();
    }
    if (!socket) {
      tries = Math.min(tries, 3);
      retry();
    }
  });
  window.addEventListener("pagehide", () => {
    const last = socket;
    socket = undefined;
    last?.close();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) connect();
  });
  connect();
}
