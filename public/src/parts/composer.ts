/** Writing: drafts that survive everything, Ctrl+Enter, one sending at a time, a warning before unsent text is left behind. */
import { type Draft, keep, recall, sent, settle } from "./drafts";
import { isLeaving } from "./leaving";
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

    const choices = [...form.querySelectorAll<HTMLInputElement>('input[name="visibility"]')];
    const written = (): Draft => ({ body: body.value, visibility: choices.find((choice) => choice.checked)?.value ?? "" });
    if (body.value === "") {
      const draft = recall(name);
      const meant = choices.find((choice) => choice.value === draft.visibility);
      // A note's draft whose tab is gone stays where it is, rather than be offered as a reply.
      if (meant || (draft.visibility === "" && choices.length === 0)) {
        body.value = draft.body;
        if (meant) meant.checked = true;
      }
    }
    say();

    let pending = 0;
    body.addEventListener("input", () => {
      window.clearTimeout(pending);
      pending = window.setTimeout(() => {
        keep(name, written());
        say();
      }, 400);
      form.dispatchEvent(new CustomEvent("workernet:typing", { bubbles: true }));
    });
    for (const choice of choices) choice.addEventListener("change", () => keep(name, written()));
    window.addEventListener("pagehide", () => {
      if (form.dataset["dirty"] !== "sent" && body.value !== "") keep(name, written());
    });

    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.querySelector<HTMLButtonElement>("[data-send]")?.click();
      }
    });

    // A draft does not outlive the session: whoever signs out is asked as if there were none.
    guard(form, () => body.value.trim() !== "" && (isLeaving() || recall(name).body !== body.value));
    form.addEventListener("submit", (event) => {
      const button = form.querySelector<HTMLButtonElement>("[data-send]");
      if (event.defaultPrevented) return;
      if (button?.getAttribute("aria-busy") === "true") {
        event.preventDefault();
        return;
      }
      window.clearTimeout(pending);
      keep(name, written());
      sent(name);
      button?.setAttribute("aria-busy", "true");
    });
    // Coming back by the browser's own "back" finds the button ready again.
    window.addEventListener("pageshow", () => form.querySelector("[data-send]")?.removeAttribute("aria-busy"));
  }
}
