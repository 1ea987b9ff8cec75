/**
 * Naming colleagues in a note: `@` and a few letters open a list of those who see the ticket (offers.ts). In a reply there is nothing to name
 * anybody for.
 */
import { type } from "./markdown";
import { Offers } from "./offers";
import { fresh } from "./page";

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

/** Whether a name, or a word of it, begins so. Both in small letters. */
export const begins = (name: string, words: string): boolean => name.startsWith(words) || name.split(/\s+/).some((word) => word.startsWith(words));

class Mentions {
  private readonly offers: Offers;
  private known: Promise<Colleague[]> | undefined;
  private found: Colleague[] = [];
  private from = 0;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly area: HTMLTextAreaElement,
  ) {
    this.offers = new Offers(area, "mention", (at) => this.take(at));
    area.addEventListener("input", () => void this.look());
  }

  private isNote(): boolean {
    return this.form.querySelector<HTMLInputElement>('input[name="visibility"]:checked')?.value === "internal";
  }

  private async look(): Promise<void> {
    const caret = this.area.selectionStart;
    const asked = this.isNote() && caret === this.area.selectionEnd ? ASKED.exec(this.area.value.slice(0, caret)) : null;
    if (!asked) return this.offers.close();
    const words = (asked[2] ?? "").toLocaleLowerCase();
    this.known ??= this.ask();
    const known = await this.known;
    // Somebody has typed on meanwhile: that look is the one that counts.
    if (this.area.selectionStart !== caret) return;
    this.from = caret - (asked[2] ?? "").length - 1;
    this.found = known.filter(({ name }) => begins(name.toLocaleLowerCase(), words)).slice(0, SHOWN_MAX);
    this.offers.show(this.found);
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

  private take(at: number): void {
    const colleague = this.found[at];
    if (!colleague) return;
    type(this.area, this.from, this.area.selectionStart, `[@${colleague.name.replaceAll(/[[\]\\]/g, "")}](mention:${colleague.id}) `);
  }
}

export function startMentions(root: ParentNode): void {
  for (const form of fresh<HTMLFormElement>(root, "form[data-composer]", "mentions")) {
    const area = form.querySelector<HTMLTextAreaElement>("textarea");
    // Clients name nobody: their form has no choice of what a message is.
    if (area && form.querySelector('input[name="visibility"][value="internal"]')) new Mentions(form, area);
  }
}
