/** The keyboard: j and k walk a list, Enter opens, x ticks, b goes to the bar for what is ticked, / searches, r and n write, u goes back, ? explains. */
import { openDialog } from "./dialogs";

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));
}

function walk(step: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>("tr[data-href]")];
  if (rows.length === 0) return;
  const at = rows.findIndex((row) => row.classList.contains("cursor"));
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
  rows[at]?.classList.remove("cursor");
  next?.classList.add("cursor");
  next?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

function write(kind: "public" | "internal"): boolean {
  const composer = document.querySelector<HTMLFormElement>("form[data-composer]");
  if (!composer) return false;
  const choice = composer.querySelector<HTMLInputElement>(`input[name="visibility"][value="${kind}"]`);
  if (kind === "internal" && !choice) return false;
  if (choice) {
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const body = composer.querySelector("textarea");
  body?.focus();
  body?.scrollIntoView({ block: "center" });
  return true;
}

export function startKeys(): void {
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-reply]") && write("public")) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (typing(event.target)) {
      if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
      return;
    }
    const cursor = document.querySelector<HTMLElement>("tr.cursor");
    const actions: Record<string, () => boolean | void> = {
      j: () => walk(1),
      k: () => walk(-1),
      x: () => cursor?.querySelector<HTMLInputElement>('input[name="ticket"]')?.click(),
      b: () => document.querySelector<HTMLElement>(".bulk.on select")?.focus(),
      o: () => cursor?.querySelector<HTMLElement>("a")?.click(),
      "/": () => document.querySelector<HTMLElement>("[data-search]")?.focus(),
      r: () => write("public"),
      n: () => write("internal"),
      u: () => document.querySelector<HTMLElement>("[data-back]")?.click(),
      "?": () => openDialog("keys"),
    };
    // By position where the layout has no such letter (Russian, Arabic), by the letter itself otherwise.
    const latin = /^[a-z/?]$/i.test(event.key) ? event.key.toLowerCase() : event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
    const action = actions[latin];
    if (action && action() !== false) event.preventDefault();
  });
}
