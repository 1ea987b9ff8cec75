/**
 * How keys are written and read: tokens with a space between those that follow each other ("g m"), each a key with its modifiers before
 * it ("mod+k", where `mod` is Ctrl, or Command on a Mac). Letters count by their position where a layout has no Latin ones, signs
 * ("?") by themselves, so that a binding means the same in every layout.
 */

/** By command, what a person has chosen instead of its own keys; empty for none at all. */
export type Bindings = Readonly<Record<string, string>>;

const NAMED = new Set(["Enter", "Escape", "Tab", "Backspace", "Delete", "Home", "End", "PageUp", "PageDown", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);
const MAC = /mac|iphone|ipad/i.test(navigator.platform);

/** The token of a pressed key; none for modifiers by themselves and for what no layout shares. */
export function token(event: KeyboardEvent): string | undefined {
  const key = plain(event);
  if (key === undefined) return undefined;
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("mod");
  if (event.altKey) parts.push("alt");
  if (event.shiftKey && (/^[a-z0-9]$/.test(key) || NAMED.has(key))) parts.push("shift");
  return [...parts, key].join("+");
}

function plain(event: KeyboardEvent): string | undefined {
  if (NAMED.has(event.key)) return event.key;
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  if (event.code.startsWith("Key")) return event.code.slice(3).toLowerCase();
  if (event.code.startsWith("Digit") && !event.shiftKey) return event.code.slice(5);
  return /^[!-~]$/.test(event.key) ? event.key : undefined;
}

/** Whether two bindings get into each other's way: they are the same, or one is how the other begins. */
export function collide(one: string, other: string): boolean {
  return one !== "" && other !== "" && (`${one} `.startsWith(`${other} `) || `${other} `.startsWith(`${one} `));
}

const FACES: Readonly<Record<string, string>> = {
  mod: MAC ? "⌘" : "Ctrl",
  alt: MAC ? "⌥" : "Alt",
  shift: MAC ? "⇧" : "Shift",
  Enter: "↵",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
};

/** A binding as keycaps. */
export function caps(binding: string): HTMLElement {
  const row = document.createElement("span");
  row.className = "caps";
  row.dir = "ltr";
  for (const each of binding.split(" ").filter((part) => part !== ""))
    for (const part of each === "+" ? [each] : each.split("+")) {
      const cap = document.createElement("kbd");
      cap.textContent = FACES[part] ?? (part.length === 1 ? part.toUpperCase() : part);
      row.append(cap);
    }
  return row;
}

/** A binding as `aria-keyshortcuts` wants it. Keys that follow each other have no form there and are left to the text. */
export function spoken(binding: string): string | undefined {
  if (binding === "" || binding.includes(" ")) return undefined;
  return binding
    .split("+")
    .map((part) => ({ mod: MAC ? "Meta" : "Control", alt: "Alt", shift: "Shift" })[part] ?? part)
    .join("+");
}
