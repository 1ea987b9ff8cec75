/**
 * A list of choices below a field while one types in it. Arrows, Enter and Tab choose, Escape closes; the keyboard stays in the field all
 * the while, and a screen reader hears what is chosen. What is offered, and what taking it does, is the field's own affair.
 */
import { text } from "./page";

/** One choice, in words. */
export interface Offer {
  readonly name: string;
  /** Beside the name, such as an address. */
  readonly note?: string;
}

export class Offers {
  private readonly list = document.createElement("ul");
  private readonly said = document.createElement("p");
  private count = 0;
  private chosen = -1;

  /** `kind` names the texts of the list and is its id; `take` is told the place of what is taken. */
  constructor(
    private readonly field: HTMLInputElement | HTMLTextAreaElement,
    private readonly kind: string,
    private readonly take: (at: number) => void,
  ) {
    this.list.className = "mentions";
    this.list.id = `${kind}s`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", text(kind));
    this.said.className = "sr";
    this.said.setAttribute("role", "status");
    field.after(this.list, this.said);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("keydown", (event) => this.key(event as KeyboardEvent), { capture: true });
    field.addEventListener("blur", () => this.close());
    field.addEventListener("click", () => this.close());
    this.list.addEventListener("mousedown", (event) => {
      // The field keeps the keyboard.
      event.preventDefault();
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
      if (option) this.end(Number(option.dataset["at"]));
    });
  }

  /** The place of what is chosen, while the list is open. */
  get place(): number | undefined {
    return this.list.hidden ? undefined : this.chosen;
  }

  /** Offers these, of which one is chosen already; -1 for none. */
  show(offers: readonly Offer[], chosen = 0): void {
    this.count = offers.length;
    if (this.count === 0) return this.close();
    this.list.replaceChildren(...offers.map((offer, at) => this.option(offer, at)));
    this.list.hidden = false;
    if (this.field instanceof HTMLInputElement) this.field.setAttribute("aria-expanded", "true");
    this.choose(chosen);
    this.said.textContent = text(`${this.kind}-found`, String(this.count));
  }

  close(): void {
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.said.textContent = "";
    if (this.field instanceof HTMLInputElement) this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  private option({ name, note }: Offer, at: number): HTMLElement {
    const option = document.createElement("li");
    option.id = `${this.kind}-${at}`;
    option.dataset["at"] = String(at);
    option.setAttribute("role", "option");
    const words = document.createElement("bdi");
    words.textContent = name;
    option.append(words);
    if (note) {
      const beside = document.createElement("bdi");
      beside.className = "muted";
      beside.textContent = note;
      option.append(" ", beside);
    }
    return option;
  }

  private choose(at: number): void {
    this.chosen = at;
    [...this.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    const option = this.list.children[at];
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  private end(at: number): void {
    this.close();
    this.take(at);
  }

  private key(event: KeyboardEvent): void {
    if (this.list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const takes = (event.key === "Enter" && !event.ctrlKey && !event.metaKey) || (event.key === "Tab" && !event.shiftKey);
    if (step) this.choose((Math.max(this.chosen, step > 0 ? -1 : 0) + step + this.count) % this.count);
    else if (takes && this.chosen >= 0) this.end(this.chosen);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
