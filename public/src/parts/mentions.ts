/**
 * Naming colleagues in a note: `@` and a few letters open a list of those who see the ticket. Arrows, Enter and Tab choose, Escape closes;
 * the keyboard stays in the text all the while, and a screen reader hears what is chosen. In a reply there is nothing to name anybody for.
 */
import { type } from "./markdown";
import { fresh, text } from "./page";

interface Colleague {
  id: string;
  name: string;
}

const SHOWN_MAX = 8;
const ASKED = /(^|[\s(])@([\p{L}\p{N}._-]{0,30}(?: [\p{L}\p{N}._-]{1,30})?)$/u;

function colleagues(said: unknown): Colleague[] {
  const data: unknown = said && typeof said === "object" && "data" in said ? said.data : undefined;
  if (!Array.isArray(data)) return [];
  return data.flatMap((one: unknown) =>
    one && typeof one === "object" && "id" in one && "name" in one && typeof one.id === "string" && typeof one.name === "string" ? [{ id: one.id, name: one.name }] : [],
  );
}

class Mentions {
  private readonly list = document.createElement("ul");
  private readonly said = document.createElement("p");
  private known: Promise<Colleague[]> | undefined;
  private found: Colleague[] = [];
  private chosen = 0;
  private from = 0;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly area: HTMLTextAreaElement,
  ) {
    this.list.className = "mentions";
    this.list.id = "mentions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", text("mention"));
    this.said.className = "sr";
    this.said.setAttribute("role", "status");
    area.after(this.list, this.said);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", this.list.id);
    area.addEventListener("input", () => void this.look());
    area.addEventListener("keydown", (event) => this.key(event), { capture: true });
    area.addEventListener("blur", () => this.close());
    area.addEventListener("click", () => this.close());
    this.list.addEventListener("mousedown", (event) => {
      // The text keeps the keyboard.
      event.preventDefault();
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
      if (option) this.take(Number(option.dataset["at"]));
    });
  }

  private isNote(): boolean {
    return this.form.querySelector<HTMLInputElement>('input[name="visibility"]:checked')?.value === "internal";
  }

  private async look(): Promise<void> {
    const caret = this.area.selectionStart;
    const asked = this.isNote() && caret === this.area.selectionEnd ? ASKED.exec(this.area.value.slice(0, caret)) : null;
    if (!asked) return this.close();
    const words = (asked[2] ?? "").toLocaleLowerCase();
    this.known ??= this.ask();
    const known = await this.known;
    // Somebody has typed on meanwhile: that look is the one that counts.
    if (this.area.selectionStart !== caret) return;
    const fits = ({ name }: Colleague): boolean => {
      const lower = name.toLocaleLowerCase();
      return lower.startsWith(words) || lower.split(/\s+/).some((word) => word.startsWith(words));
    };
    this.from = caret - (asked[2] ?? "").length - 1;
    this.found = known.filter(fits).slice(0, SHOWN_MAX);
    if (this.found.length === 0) return this.close();
    this.chosen = 0;
    this.show();
    this.said.textContent = text("mention-found", String(this.found.length));
  }

  private async ask(): Promise<Colleague[]> {
    try {
      const answer = await fetch(`/api/tickets/${encodeURIComponent(this.form.dataset["composer"] ?? "")}/mentionable`, { headers: { accept: "application/json" } });
      if (answer.ok) return colleagues(await answer.json());
    } catch {
      // Without a network there is nobody to offer; the next `@` asks again.
    }
    this.known = undefined;
    return [];
  }

  private show(): void {
    this.list.replaceChildren(
      ...this.found.map(({ name }, at) => {
        const option = document.createElement("li");
        option.id = `mention-${at}`;
        option.dataset["at"] = String(at);
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", String(at === this.chosen));
        const words = document.createElement("bdi");
        words.textContent = name;
        option.append(words);
        return option;
      }),
    );
    this.list.hidden = false;
    this.area.setAttribute("aria-activedescendant", `mention-${this.chosen}`);
    this.list.children[this.chosen]?.scrollIntoView({ block: "nearest" });
  }

  private close(): void {
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.found = [];
    this.said.textContent = "";
    this.area.removeAttribute("aria-activedescendant");
  }

  private take(at: number): void {
    const colleague = this.found[at];
    const caret = this.area.selectionStart;
    if (!colleague) return;
    this.close();
    type(this.area, this.from, caret, `[@${colleague.name.replaceAll(/[[\]\\]/g, "")}](mention:${colleague.id}) `);
  }

  private key(event: KeyboardEvent): void {
    if (this.list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.chosen = (this.chosen + step + this.found.length) % this.found.length;
      this.show();
    } else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || (event.key === "Tab" && !event.shiftKey)) this.take(this.chosen);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

export function startMentions(root: ParentNode): void {
  for (const form of fresh<HTMLFormElement>(root, "form[data-composer]", "mentions")) {
    const area = form.querySelector<HTMLTextAreaElement>("textarea");
    // Clients name nobody: their form has no choice of what a message is.
    if (area && form.querySelector('input[name="visibility"][value="internal"]')) new Mentions(form, area);
  }
}
