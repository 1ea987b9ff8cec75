/**
 * Addresses for the field that they are typed in, with commas between them: those that the ticket knows, which came with the page, and
 * people whom the server finds. Without scripts the browser offers the former by itself, and without a network they are all there is.
 */
import { begins } from "./mentions";
import { Offers } from "./offers";

interface Known {
  name: string;
  address: string;
}

const SHOWN_MAX = 8;
const WAIT_MS = 150;
/** Below so many characters the server is not asked: nearly everybody would be found. */
const ASKED_MIN = 2;
/** What is an address already is sent as it stands, unless something else is chosen. */
const WHOLE = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

function people(said: unknown): Known[] {
  const data: unknown = said && typeof said === "object" && "data" in said ? said.data : undefined;
  if (!Array.isArray(data)) return [];
  return data.flatMap((one: unknown) =>
    one && typeof one === "object" && "name" in one && "email" in one && typeof one.name === "string" && typeof one.email === "string" && !("status" in one && one.status === "disabled")
      ? [{ name: one.name, address: one.email }]
      : [],
  );
}

class Addresses {
  private readonly offers: Offers;
  private readonly ticket: readonly Known[];
  private found: Known[] = [];
  private parts: string[] = [];
  /** Which of the addresses is being typed. */
  private at = 0;
  private waiting = 0;
  private under: AbortController | undefined;

  constructor(private readonly field: HTMLInputElement) {
    // The browser's own list would stand over this one.
    const options = field.parentElement?.querySelectorAll("option") ?? [];
    this.ticket = [...options].map(({ value, label }) => ({ name: label, address: value }));
    field.removeAttribute("list");
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "false");
    this.parts = field.value.split(",");
    this.offers = new Offers(field, "recipient", (at) => this.take(at));
    field.addEventListener("input", () => this.look());
    // Whoever has closed the list does not want it back from what was still on its way.
    for (const end of ["blur", "click"]) field.addEventListener(end, () => this.stop());
    field.addEventListener("keydown", (event) => this.key(event), { capture: true });
  }

  /** Enter ends an address here; the message is sent from its text, or with Ctrl. */
  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") this.stop();
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault();
  }

  private stop(): void {
    window.clearTimeout(this.waiting);
    this.under?.abort();
  }

  /** The address that has just been changed. A field of addresses does not say where its caret is. */
  private changed(): string {
    const before = this.parts;
    this.parts = this.field.value.split(",").map((part) => part.trim());
    const differs = before.length === this.parts.length ? this.parts.findIndex((part, at) => part !== before[at]?.trim()) : -1;
    this.at = differs < 0 ? this.parts.length - 1 : differs;
    return this.parts[this.at] ?? "";
  }

  private look(): void {
    const typed = this.changed();
    this.stop();
    this.show(typed, []);
    if (typed.length >= ASKED_MIN) this.waiting = window.setTimeout(() => void this.ask(typed).catch(() => undefined), WAIT_MS);
  }

  private async ask(typed: string): Promise<void> {
    const mine = new AbortController();
    this.under = mine;
    const answer = await fetch(`/api/users?limit=${SHOWN_MAX}&q=${encodeURIComponent(typed)}`, { headers: { accept: "application/json" }, signal: mine.signal });
    // Whoever may not see the directory is offered what the ticket knows.
    if (!answer.ok) return;
    const found = people(await answer.json());
    if (!mine.signal.aborted && found.length > 0) this.show(typed, found);
  }

  /** Offers what the ticket knows and begins so, and what the server has found. */
  private show(typed: string, found: readonly Known[]): void {
    const words = typed.toLocaleLowerCase();
    const fits = ({ name, address }: Known): boolean => words !== "" && (address.startsWith(words) || begins(name.toLocaleLowerCase(), words));
    // Whoever asks is answered, not forwarded to.
    const seen = new Set([...this.parts, this.field.dataset["requester"] ?? ""].map((address) => address.toLowerCase()));
    this.found = [...this.ticket.filter(fits), ...found].filter(({ address }) => !seen.has(address.toLowerCase()) && seen.add(address.toLowerCase())).slice(0, SHOWN_MAX);
    const offers = this.found.map(({ name, address }) => (name === address ? { name } : { name, note: address }));
    const first = WHOLE.test(words) ? -1 : 0;
    // The ticket's own stand before what comes later: a choice among them stays where it is.
    this.offers.show(offers, found.length > 0 ? (this.offers.place ?? first) : first);
  }

  private take(at: number): void {
    const taken = this.found[at];
    if (!taken) return;
    this.stop();
    // The caret stands at the end after that, and so does what was taken.
    this.parts.splice(this.at, 1);
    this.parts.push(taken.address);
    this.field.value = this.parts.join(", ");
    this.parts = this.field.value.split(",");
  }
}

/** Offers addresses in this field. */
export function startAddresses(field: HTMLInputElement): void {
  new Addresses(field);
}
