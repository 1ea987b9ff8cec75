/**
 * Live pages over one WebSocket: lists and the open ticket refresh themselves, and colleagues in the same ticket are named.
 *
 * Messages say only that something changed; what changed is fetched (`follow.ts`). After a break everything is fetched once, so nothing is
 * missed.
 */
import { refresh } from "./follow";
import { now, text, toast } from "./page";

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

/** Names the colleagues who look at the same ticket, or write in it. */
function present(people: Presence["people"]): void {
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
}

/** The ticket that is open: it may be one that was opened beside its list. */
const open = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-ticket]");

/** The socket of this page, and the refreshes that it asks for. */
class Line {
  private socket: WebSocket | undefined;
  private tries = 0;
  private waiting = 0;
  private missed = false;
  private heard = false;
  private due = 0;

  constructor(
    private readonly start: (root: ParentNode) => void,
    private readonly hasList: boolean,
  ) {}

  send(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /** Says which ticket is looked at. */
  viewing(): void {
    const ticket = open();
    if (ticket) this.send({ type: "viewing", ticket: ticket.dataset["ticket"] });
  }

  /** A storm of changes is one refresh; a hidden page waits until it is looked at. */
  soon(): void {
    if (this.due || document.hidden) {
      this.missed ||= document.hidden;
      return;
    }
    this.due = window.setTimeout(() => {
      this.due = 0;
      void refresh(this.start).catch(() => (this.missed = true));
    }, 400 + Math.random() * 400);
  }

  connect(): void {
    this.waiting = 0;
    const mine = new WebSocket(new URL("/api/live", location.href.replace(/^http/, "ws")));
    this.socket = mine;
    mine.addEventListener("open", () => {
      // After a break, and after a page that was slow to come, nobody knows what was missed: it is fetched.
      if (this.heard || this.tries > 0 || now() - Number(document.body.dataset["now"]) > GAP_MS) this.soon();
      this.heard = true;
      this.tries = 0;
      this.viewing();
    });
    mine.addEventListener("message", (event) => this.hear(parse(event.data)));
    mine.addEventListener("close", (event) => {
      if (this.socket !== mine) return;
      this.socket = undefined;
      // 4001: signed out. Asking again would not help. After 4002 it may: the rights are other ones, or the session was used elsewhere and goes on.
      if (event.code === 4001 || event.code === 1008) return;
      this.tries += 1;
      this.retry();
    });
  }

  private hear(message: ReturnType<typeof parse>): void {
    const ticket = open();
    if (!message) return;
    if (message.type === "reminded") {
      toast(text("reminded"), { label: text("show"), run: () => location.assign("/agent/reminders") });
      this.soon();
    } else if (message.type === "presence") {
      if (message.ticket === ticket?.dataset["ticket"]) present(message.people);
    } else if (this.hasList) this.soon();
    else if (ticket && message.ticket === ticket.dataset["ticket"] && (message.version ?? Infinity) > Number(ticket.dataset["version"])) {
      const writing = document.querySelector<HTMLTextAreaElement>("form[data-composer] textarea")?.value.trim();
      if (writing) toast(text("changed"));
      this.soon();
    }
  }

  private retry(): void {
    if (this.waiting || this.socket || this.tries > 20) return;
    const most = Math.min(30_000, 1_000 * 2 ** Math.min(this.tries, 5));
    this.waiting = window.setTimeout(() => this.connect(), most / 2 + Math.random() * (most / 2));
  }

  /** There is reason to hope: it is tried as soon as after so many breaks. */
  again(tries: number): void {
    this.tries = Math.min(this.tries, tries);
    this.retry();
  }

  /** The page is looked at again. */
  shown(): void {
    if (this.missed) {
      this.missed = false;
      this.soon();
    }
    if (!this.socket) this.again(3);
  }

  end(): void {
    const last = this.socket;
    this.socket = undefined;
    last?.close();
  }
}

export function startLive(start: (root: ParentNode) => void): void {
  const list = document.querySelector("[data-live-list]");
  const offline = document.querySelector<HTMLElement>("#offline");
  const reached = (up: boolean): void => {
    if (offline) offline.hidden = up;
  };
  window.addEventListener("offline", () => reached(false));
  window.addEventListener("online", () => reached(true));
  if (!document.body.dataset["user"] || (!open() && !list)) return;

  const line = new Line(start, list !== null);
  document.addEventListener("workernet:stale", () => line.soon());
  window.addEventListener("online", () => line.again(1));
  let typed = 0;
  document.addEventListener("workernet:pane", () => line.viewing());
  document.addEventListener("workernet:typing", () => {
    const ticket = open();
    if (!ticket || Date.now() - typed < 3_000) return;
    typed = Date.now();
    line.send({ type: "typing", ticket: ticket.dataset["ticket"] });
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) line.shown();
  });
  window.addEventListener("pagehide", () => line.end());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) line.connect();
  });
  line.connect();
}
