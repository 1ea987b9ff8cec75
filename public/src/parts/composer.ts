/** Writing: drafts that survive everything, Ctrl+Enter, one sending at a time, a warning before unsent text is left behind. */
import { keep, recall, sent, settle } from "./drafts";
import { fresh, text } from "./page";
import { guard } from "./rows";

let settled = false;

export function startComposers(root: ParentNode): void {
  if (!settled) {
    settled = true;
    settle();
  }
  for (const form of fresh<HTMLFormElement>(root, "form[data-composer], form[data-new-ticket]", "composer")) {
    const body = form.querySelector<HTMLTextAreaElement>("textarea");
    if (!body) continue;
    const name = form.dataset["composer"] ?? "new";
    const state = form.querySelector("[data-draft-state]");
    const say = (): void => {
      if (state) state.textContent = body.value.trim() === "" ? "" : text("draft");
    };

    if (body.value === "") body.value = recall(name);
    say();

    let pending = 0;
    body.addEventListener("input", () => {
      window.clearTimeout(pending);
      pending = window.setTimeout(() => {
        keep(name, body.value);
        say();
      }, 400);
      form.dispatchEvent(new CustomEvent("workernet:typing", { bubbles: true }));
    });
    window.addEventListener("pagehide", () => {
      if (form.dataset["dirty"] !== "sent") keep(name, body.value);
    });

    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit(form.querySelector<HTMLButtonElement>("[data-send]") ?? undefined);
      }
    });

    guard(form, () => body.value.trim() !== "" && recall(name) !== body.value);
    form.addEventListener("submit", (event) => {
      const button = form.querySelector<HTMLButtonElement>("[data-send]");
      if (event.defaultPrevented) return;
      if (button?.getAttribute("aria-busy") === "true") {
        event.preventDefault();
        return;
      }
      window.clearTimeout(pending);
      keep(name, body.value);
      sent(name);
      button?.setAttribute("aria-busy", "true");
    });
    // Coming back by the browser's own "back" finds the button ready again.
    window.addEventListener("pageshow", () => form.querySelector("[data-send]")?.removeAttribute("aria-busy"));
  }
}
