/** The keyboard: what is pressed outside of fields runs a command, and every element that a key stands for shows it. */
import { refreshBindings } from "./bindings";
import { COMMANDS, type Command, keysOf } from "./commands";
import { caps, spoken, token } from "./keymap";

/** Keys of one binding follow each other within so many milliseconds. */
const SEQUENCE_MS = 1_500;

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));
}

let begun = "";
let begunAt = 0;

/** The command of a pressed key, after those that were pressed just before it. */
function commandOf(pressed: string, at: number): Command | "begun" | undefined {
  const before = at - begunAt < SEQUENCE_MS ? begun : "";
  begun = "";
  for (const typed of before === "" ? [pressed] : [`${before} ${pressed}`, pressed]) {
    const found = COMMANDS.find((command) => keysOf(command) === typed && command.usable());
    if (found) return found;
    if (COMMANDS.some((command) => keysOf(command).startsWith(`${typed} `))) {
      [begun, begunAt] = [typed, at];
      return "begun";
    }
  }
  return undefined;
}

/** Controls beside whose words there is room for the keys that stand for them. */
const PLACES: readonly (readonly [string, string])[] = [
  ...["merge", "split", "link", "escalate"].map((id) => [id, `.menu-item[data-open="${id}"]`] as const),
  ...["status", "priority", "assignee", "tags"].map((id) => [id, `#side label[for="s-${id}"]`] as const),
  ["help", ".menu-item[data-command-run=help]"],
];

/** Makes the place for a command's keys within its control. */
function makePlaces(root: ParentNode): void {
  for (const [id, selector] of PLACES)
    for (const control of root.querySelectorAll(selector)) {
      if (control.querySelector("[data-keys-of]")) continue;
      const place = document.createElement("span");
      place.className = "key-place";
      place.setAttribute("aria-hidden", "true");
      place.dataset["keysOf"] = id;
      control.append(place);
    }
}

/** Puts each command's keys where its element says `data-keys-of`, and where screen readers look for them. */
export function showKeys(root: ParentNode): void {
  makePlaces(root);
  for (const element of root.querySelectorAll<HTMLElement>("[data-keys-of]")) {
    const command = COMMANDS.find(({ id }) => id === element.dataset["keysOf"]);
    if (!command) continue;
    const keys = keysOf(command);
    element.replaceChildren(...(keys === "" ? [] : [caps(keys)]));
    const label = element.closest<HTMLLabelElement>("label");
    const owner = label?.control ?? element.closest<HTMLElement>("a, button");
    const named = spoken(keys);
    if (named) owner?.setAttribute("aria-keyshortcuts", named);
    else owner?.removeAttribute("aria-keyshortcuts");
  }
}

/** What a click asks for: `data-command-run` names a command, `data-reply` is a link that writes at once where it can. */
function clicked(event: MouseEvent): void {
  const opener = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-command-run], [data-reply]") : null;
  const command = COMMANDS.find(({ id }) => id === (opener?.dataset["commandRun"] ?? "reply"));
  if (!opener || !command?.usable()) return;
  event.preventDefault();
  opener.closest("details[data-menu]")?.removeAttribute("open");
  command.run();
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  const key = token(event);
  if (key === undefined) return;
  // Within a field only what is pressed with Ctrl is no text.
  if (typing(event.target) && !key.startsWith("mod+")) {
    if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
    return;
  }
  const command = commandOf(key, event.timeStamp);
  if (command === undefined) return;
  event.preventDefault();
  if (command !== "begun") command.run();
}

export function startKeys(): void {
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  document.addEventListener("workernet:shortcuts", () => showKeys(document));
  if (document.querySelector("[data-command-run]")) void refreshBindings();
}
