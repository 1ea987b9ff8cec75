/** Markdown while it is typed: buttons and keys put its signs around what is selected, and the server shows what it will look like. */
import { csrf, fresh, text } from "./page";

/** What a button does: signs around the selection, or a sign before each of its lines. */
type Sign = { around: string } | { before: string } | { link: true };

const SIGNS: Record<string, Sign> = {
  bold: { around: "**" },
  italic: { around: "*" },
  code: { around: "`" },
  list: { before: "- " },
  quote: { before: "> " },
  link: { link: true },
};
/** By position, for layouts without these letters. */
const KEYS: Record<string, string> = { KeyB: "bold", KeyI: "italic" };
const SHIFTED: Record<string, string> = { KeyK: "link" };

/** Puts `words` in place of a stretch of the text as if they were typed, so that the browser's own undo takes them away. */
export function type(area: HTMLTextAreaElement, from: number, to: number, words: string): void {
  area.focus();
  area.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, words)) {
    area.setRangeText(words, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function apply(area: HTMLTextAreaElement, sign: Sign): void {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const chosen = value.slice(from, to);
  if ("around" in sign) {
    const { around } = sign;
    const is = value.slice(from - around.length, from) === around && value.slice(to, to + around.length) === around;
    if (is) {
      type(area, from - around.length, to + around.length, chosen);
      area.setSelectionRange(from - around.length, to - around.length);
      return;
    }
    // A piece of more than one line is a block of code.
    if (around === "`" && chosen.includes("\n")) return type(area, from, to, `\`\`\`\n${chosen}\n\`\`\``);
    type(area, from, to, `${around}${chosen}${around}`);
    area.setSelectionRange(from + around.length, to + around.length);
  } else if ("before" in sign) {
    const start = value.lastIndexOf("\n", from - 1) + 1;
    const lines = value.slice(start, to).split("\n");
    const all = lines.every((line) => line.startsWith(sign.before));
    type(area, start, to, lines.map((line) => (all ? line.slice(sign.before.length) : sign.before + line)).join("\n"));
  } else {
    const isAddress = /^https?:\/\/\S+$/.test(chosen);
    type(area, from, to, isAddress ? `[](${chosen})` : `[${chosen}](https://)`);
    if (isAddress) area.setSelectionRange(from + 1, from + 1);
    else area.setSelectionRange(from + chosen.length + 3, from + chosen.length + 11);
  }
}

async function rendered(body: string): Promise<Node[]> {
  const answer = await fetch("/api/markdown", {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrf-token": csrf() },
    body: JSON.stringify({ body }),
  });
  const said: unknown = answer.ok ? await answer.json() : undefined;
  const html = said && typeof said === "object" && "html" in said && typeof said.html === "string" ? said.html : undefined;
  if (html === undefined) throw new Error("no preview");
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
}

export function startMarkdown(root: ParentNode): void {
  for (const tools of fresh<HTMLElement>(root, "[data-tools]", "markdown")) {
    const form = tools.closest("form");
    const area = form?.querySelector<HTMLTextAreaElement>("textarea");
    const shown = form?.querySelector<HTMLElement>("[data-preview]");
    if (!form || !area || !shown) continue;
    const eye = tools.querySelector<HTMLButtonElement>("[data-show-preview]");
    const show = (on: boolean): void => {
      shown.hidden = !on;
      area.hidden = on;
      eye?.setAttribute("aria-pressed", String(on));
      for (const button of tools.querySelectorAll<HTMLButtonElement>("[data-sign]")) button.disabled = on;
    };
    tools.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("[data-sign]") : null;
      const sign = SIGNS[button?.dataset["sign"] ?? ""];
      if (sign) apply(area, sign);
    });
    area.addEventListener("keydown", (event) => {
      const name = (event.ctrlKey || event.metaKey) && !event.altKey ? (event.shiftKey ? SHIFTED : KEYS)[event.code] : undefined;
      const sign = name && SIGNS[name];
      if (!sign) return;
      event.preventDefault();
      apply(area, sign);
    });
    eye?.addEventListener("click", () => {
      if (!shown.hidden) {
        show(false);
        area.focus();
        return;
      }
      eye.setAttribute("aria-busy", "true");
      void rendered(area.value)
        .then(
          (nodes) => {
            shown.replaceChildren(...nodes);
            show(true);
          },
          () => {
            shown.textContent = text("failed");
            show(true);
          },
        )
        .finally(() => eye.removeAttribute("aria-busy"));
    });
  }
}
