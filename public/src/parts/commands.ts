/**
 * Everything that can be done by a key and from the palette, one line each. A command is usable where the page has what it acts on, so
 * that pages need not say which commands they have. Its words are the row of the same name in the dialog of shortcuts.
 */
import { bindings } from "./bindings";
import { openDialog } from "./dialogs";
import { openTabs } from "./tabs";
import { isDark } from "./theme";

/** Something to do. */
export interface Command {
  readonly id: string;
  /** Its keys as they come; see `keymap.ts`. */
  readonly keys: string;
  /** The page that it leads to, if it does no more. */
  readonly href?: string;
  /** Whether this page has what it acts on. */
  readonly usable: () => boolean;
  readonly run: () => void;
}

const find = <T extends HTMLElement>(selector: string): T | null => document.querySelector<T>(selector);
const has = (selector: string) => (): boolean => find(selector) !== null;

/** Follows a link or presses a button. */
const press = (id: string, keys: string, selector: string): Command => ({ id, keys, usable: has(selector), run: () => find(selector)?.click() });

const focus = (element: HTMLElement | null): void => {
  const folded = element?.closest("details");
  if (folded) folded.open = true;
  element?.focus();
  element?.scrollIntoView({ block: "center" });
};

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("tr[data-href], [data-column][open] [data-card]")];
const cursor = (): HTMLElement | null => find("tr.cursor");

function walk(step: number): void {
  const list = rows();
  const at = list.findIndex((row) => row.classList.contains("cursor"));
  const next = list[Math.max(0, Math.min(list.length - 1, at + step))];
  list[at]?.classList.remove("cursor");
  next?.classList.add("cursor");
  next?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

/** Opens the composer's tab and goes to the field that is filled first. */
export function write(kind: "public" | "internal" | "forward"): void {
  const composer = find<HTMLFormElement>("form[data-composer]");
  const choice = composer?.querySelector<HTMLInputElement>(`input[name="visibility"][value="${kind}"]`);
  if (choice) {
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  }
  focus(composer?.querySelector(kind === "forward" ? 'input[name="to"]' : "textarea") ?? null);
}

/** A field of the open ticket or, over a list, of the bar for what is ticked; the row under the cursor is ticked if none is. */
function field(id: string, keys: string, name: string): Command {
  const inTicket = `#side [name="${name}"]:not([type="hidden"])`;
  const inList = `.bulk [name="${name === "tags" ? "tag" : name}"]`;
  return {
    id,
    keys,
    usable: () => has(inTicket)() || (has(inList)() && (cursor() !== null || has('input[name="ticket"]:checked')())),
    run: () => {
      if (!find(inTicket) && !find('input[name="ticket"]:checked')) cursor()?.querySelector<HTMLInputElement>('input[name="ticket"]')?.click();
      focus(find(inTicket) ?? find(inList));
    },
  };
}

/** The queue of this name, or another page of the navigation. */
const go = (id: string, keys: string, href: string): Command => ({ ...press(id, keys, `#nav a[href="${href}"]`), href });

/** Unfolds a panel beside the ticket. */
const panel = (id: string, keys: string, selector: string): Command => ({ id, keys, usable: has(selector), run: () => focus(find(selector)) });

const ASSIGNEE = '#side select[name="assignee"]';
const me = (): string => document.body.dataset["user"] ?? "";

/** All of them, in the order in which they are shown. */
export const COMMANDS: readonly Command[] = [
  { id: "next", keys: "j", usable: has("tr[data-href], [data-card]"), run: () => walk(1) },
  { id: "previous", keys: "k", usable: has("tr[data-href], [data-card]"), run: () => walk(-1) },
  press("open", "o", ".cursor a"),
  press("select", "x", 'tr.cursor input[name="ticket"]'),
  press("select-all", "shift+x", "[data-all]"),
  press("move", "shift+m", ".cursor [data-move]"),
  { id: "bulk", keys: "b", usable: has(".bulk.on select"), run: () => find(".bulk.on select")?.focus() },
  { id: "reply", keys: "r", usable: has("form[data-composer] textarea"), run: () => write("public") },
  { id: "note", keys: "n", usable: has('form[data-composer] input[name="visibility"][value="internal"]'), run: () => write("internal") },
  { id: "forward", keys: "f", usable: has('form[data-composer] input[name="visibility"][value="forward"]'), run: () => write("forward") },
  {
    id: "take",
    keys: "i",
    usable: () => has(`${ASSIGNEE} option[value="${me()}"]`)() && find<HTMLSelectElement>(ASSIGNEE)?.value !== me(),
    run: () => {
      const select = find<HTMLSelectElement>(ASSIGNEE);
      if (!select) return;
      select.value = me();
      select.form?.querySelector<HTMLButtonElement>("[data-save]")?.click();
    },
  },
  field("assignee", "a", "assignee"),
  field("status", "s", "status"),
  field("priority", "p", "priority"),
  field("tags", "t", "tags"),
  field("category", "", "category"),
  { id: "escalate", keys: "e", usable: has('[data-open="escalate"]'), run: () => openDialog("escalate") },
  { id: "merge", keys: "m", usable: has('[data-open="merge"]'), run: () => openDialog("merge") },
  { id: "split", keys: "", usable: has('[data-open="split"]'), run: () => openDialog("split") },
  { id: "link", keys: "l", usable: has('[data-open="link"]'), run: () => openDialog("link") },
  panel("later", "z", "[data-snooze]"),
  panel("time", "w", "[data-time]"),
  panel("checklist", "h", "[data-checklist]"),
  press("copy", "y", "[data-copy]"),
  press("beside", "shift+s", "[data-beside]"),
  press("back", "u", "[data-back]"),
  press("new", "c", '.work-head a[href="/agent/tickets/new"]'),
  go("go-mine", "g m", "/agent/tickets?queue=mine"),
  go("go-snoozed", "g z", "/agent/tickets?queue=snoozed"),
  go("go-reminders", "g r", "/agent/reminders"),
  go("go-time", "g t", "/agent/time"),
  go("go-unassigned", "g u", "/agent/tickets?queue=unassigned"),
  go("go-breaching", "g b", "/agent/tickets?queue=breaching"),
  go("go-mentions", "g n", "/agent/tickets?queue=mentions"),
  go("go-all", "g a", "/agent/tickets?queue=all"),
  go("go-recent", "g v", "/agent/recent"),
  go("go-workload", "g l", "/agent/boards/workload"),
  go("go-sla", "g s", "/agent/boards/sla"),
  { id: "tab-next", keys: "shift+j", usable: () => openTabs.count() > 1, run: () => openTabs.step(1) },
  { id: "tab-previous", keys: "shift+k", usable: () => openTabs.count() > 1, run: () => openTabs.step(-1) },
  { id: "tab-close", keys: "shift+w", usable: () => openTabs.count() > 0, run: () => openTabs.close() },
  { id: "search", keys: "/", usable: has("[data-search]"), run: () => focus(find("[data-search]")) },
  { id: "palette", keys: "mod+k", usable: has("[data-command-run=palette]"), run: () => document.dispatchEvent(new CustomEvent("workernet:wanted", { detail: "palette" })) },
  { id: "theme", keys: "", usable: has("[data-appearance]"), run: () => find(`[data-appearance] [name="theme"][value="${isDark() ? "light" : "dark"}"]`)?.click() },
  { id: "help", keys: "?", usable: has("[data-command-run=help]"), run: () => document.dispatchEvent(new CustomEvent("workernet:wanted", { detail: "keys" })) },
];

/** The keys of a command for this person. */
export const keysOf = (command: Command): string => bindings()[command.id] ?? command.keys;

/** What a command is called. */
export const nameOf = (command: Command): string => find(`#keys [data-command="${command.id}"] [data-name]`)?.textContent ?? command.id;
