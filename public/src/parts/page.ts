/** What the page says about itself: its words for browser code, the server's clock, the reader's zone. */

/** Texts that were found once: a page keeps its language, and hundreds of clocks ask for the same few. */
const found = new Map<string, string>();

function lookUp(key: string): string | undefined {
  for (const texts of document.querySelectorAll<HTMLTemplateElement>("template[id^=texts]")) {
    const words = texts.content.querySelector(`[data-k="${key}"]`)?.textContent;
    if (!words) continue;
    found.set(key, words);
    return words;
  }
  return undefined;
}

/** A text of the page's own language; `%` in it is replaced. */
export function text(key: string, fill = ""): string {
  return (found.get(key) ?? lookUp(key))?.replace("%", fill) ?? key;
}

/** The text of a number's own form: `key-one`, `key-few`, ...; `%` in it is the number. */
export function counted(key: string, count: number): string {
  const form = new Intl.PluralRules(document.documentElement.lang).select(count);
  return text(`${key}-${form}`, String(count));
}

export const locale = document.documentElement.lang || "en";
export const zone = document.body.dataset["zone"] || undefined;

/** How far this device's clock is off the server's, in ms: pages are rendered at the server's time and arrive a moment later. */
const skew = (() => {
  const server = Number(document.body.dataset["now"]);
  if (!Number.isFinite(server) || server === 0) return 0;
  const off = server - Date.now();
  // Below a minute it is the network; beyond a day the page came out of a cache.
  return Math.abs(off) < 60_000 || Math.abs(off) > 86_400_000 ? 0 : off;
})();

/** Now by the server's clock, ms since 1970. */
export function now(): number {
  return Date.now() + skew;
}

/** Icons that point along the line of reading: from right to left they are mirrored. */
const POINTING: ReadonlySet<string> = new Set(["arrow-left", "arrow-right", "chevron-left", "chevron-right", "reply", "send", "undo-2"]);

/** An icon of the sprite, for elements that browser code makes. */
export function icon(name: string): SVGSVGElement {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("class", POINTING.has(name) ? "icon flip" : "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(ns, "use");
  use.setAttribute("href", `${text("icons")}#${name}`);
  svg.append(use);
  return svg;
}

/** A short word to the reader, which goes away by itself and is read out by screen readers. */
export function toast(message: string, action?: { label: string; run: () => void }, lasts = action ? 15_000 : 5_000): void {
  const rack = document.querySelector("#toasts");
  if (!rack) return;
  const box = document.createElement("div");
  box.className = "toast";
  box.append(message);
  if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small";
    button.textContent = action.label;
    button.addEventListener("click", () => {
      box.remove();
      action.run();
    });
    box.append(button);
  }
  rack.replaceChildren(box);
  window.setTimeout(() => box.remove(), lasts);
}

/** A word to whoever listens to the page: nobody else needs it. */
export function say(message: string): void {
  const line = document.createElement("div");
  line.className = "sr";
  line.textContent = message;
  document.querySelector("#toasts")?.append(line);
  window.setTimeout(() => line.remove(), 5_000);
}

/** The token for requests that browser code makes by itself. */
export function csrf(): string {
  return document.querySelector<HTMLInputElement>('input[name="csrf"]')?.value ?? "";
}

/** Elements in `root`, `root` itself included, that were not yet taken by the part of this name. */
export function fresh<T extends HTMLElement>(root: ParentNode, selector: string, part: string): T[] {
  const mark = `taken-${part}`;
  const found = [...root.querySelectorAll<T>(selector)];
  if (root instanceof HTMLElement && root.matches(selector)) found.unshift(root as unknown as T);
  return found.filter((element) => {
    const owner = element as T & { [key: string]: unknown };
    if (owner[mark]) return false;
    Object.defineProperty(owner, mark, { value: true });
    return true;
  });
}
