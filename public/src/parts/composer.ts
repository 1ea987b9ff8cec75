/** Writing: drafts that survive everything, Ctrl+Enter, one sending at a time, a warning before unsent text is left behind. */
import { type Draft, Keeper } from "./drafts";
import { gone } from "./gone";
import { fresh, icon, text } from "./page";
import { withoutMarks } from "./pictures";
import { guard } from "./rows";

export function startComposers(root: ParentNode): void {
  for (const form of fresh<HTMLFormElement>(root, "form[data-composer], form[data-new-ticket]", "composer")) {
    const body = form.querySelector<HTMLTextAreaElement>("textarea");
    if (body) compose(form, body);
  }
}

function compose(form: HTMLFormElement, body: HTMLTextAreaElement): void {
  const state = form.querySelector("[data-draft-state]");
  const choices = [...form.querySelectorAll<HTMLInputElement>('input[name="visibility"]')];
  // A message to somebody outside is kept as a note: nobody outside may get it because a draft came back.
  const kind = (chosen: string): string => (chosen === "forward" ? "internal" : chosen);
  const written = (): Draft => {
    const chosen = choices.find((choice) => choice.checked)?.value ?? "";
    return { body: withoutMarks(body.value), visibility: kind(chosen), ...(chosen === "forward" ? { forward: true } : {}) };
  };
  const say = (saved: boolean): void => {
    if (state) state.textContent = saved && body.value.trim() !== "" ? text("draft") : "";
  };
  const take = (draft: Draft): void => {
    const meant = choices.find((choice) => choice.value === draft.visibility);
    // A note's draft whose tab is gone stays where it is, rather than be offered as a reply.
    if (!meant && choices.length > 0) return;
    body.value = draft.body;
    if (meant) meant.checked = true;
    form.dispatchEvent(new CustomEvent("workernet:taken"));
  };

  // Whoever is not signed in has no place to keep anything.
  const keeper = document.body.dataset["user"] ? keep(form, body, written(), { say, take, written }) : undefined;
  say(Number(form.dataset["draft"] ?? 0) > 0);

  body.addEventListener("input", () => {
    keeper?.typed(written());
    say(false);
    form.dispatchEvent(new CustomEvent("workernet:typing", { bubbles: true }));
  });
  for (const choice of choices) choice.addEventListener("change", () => keeper?.typed(written()));
  const signal = gone(form);
  const online = (): void => {
    if (form.isConnected && keeper && !keeper.has(written())) keeper.typed(written());
  };
  const leave = (): void => {
    if (form.dataset["dirty"] !== "sent") keeper?.leave();
  };
  window.addEventListener("online", online, { signal });
  window.addEventListener("pagehide", leave, { signal });
  // Another ticket stands in its place: what was typed last is kept. What is on its way is followed by the rest by itself.
  signal.addEventListener("abort", () => {
    if (!keeper?.isOnItsWay) leave();
  });

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.querySelector<HTMLButtonElement>("[data-send]")?.click();
    }
  });

  guard(form, () => body.value.trim() !== "" && !keeper?.has(written()));
  let settled = false;
  form.addEventListener("submit", (event) => {
    const button = form.querySelector<HTMLButtonElement>("[data-send]");
    if (event.defaultPrevented) return;
    if (button?.getAttribute("aria-busy") === "true" && !settled) {
      event.preventDefault();
      return;
    }
    button?.setAttribute("aria-busy", "true");
    if (keeper?.isOnItsWay && !settled) {
      // A draft that arrived after its own sending would come back as if it had not been sent.
      event.preventDefault();
      const submitter = event.submitter ?? button;
      void keeper.stop().then(() => {
        settled = true;
        submitter?.click();
      });
      return;
    }
    settled = false;
    void keeper?.stop();
  });
  // Coming back by the browser's own "back" finds the button ready again.
  window.addEventListener("pageshow", () => form.querySelector("[data-send]")?.removeAttribute("aria-busy"), { signal });
}

interface Hands {
  say: (saved: boolean) => void;
  take: (draft: Draft) => void;
  written: () => Draft;
}

/** The keeper of a form's draft. A page that came without its draft asks for it. */
function keep(form: HTMLFormElement, body: HTMLTextAreaElement, shown: Draft, { say, take, written }: Hands): Keeper {
  const offer = (other: Draft): void => {
    form.querySelector(".draft-other")?.remove();
    const box = document.createElement("div");
    box.className = "note-box note-box-warning draft-other";
    box.setAttribute("role", "status");
    const words = document.createElement("div");
    words.className = "grow";
    const lead = document.createElement("b");
    lead.textContent = text("draft-other");
    const quote = document.createElement("p");
    quote.className = "draft-quote";
    quote.dir = "auto";
    quote.textContent = other.body;
    words.append(lead, quote);
    const use = document.createElement("button");
    use.type = "button";
    use.className = "button button-small";
    use.textContent = text("draft-use");
    use.addEventListener("click", () => {
      // The two change places: nothing that was typed is lost.
      const mine = written();
      take(other);
      keeper.typed(written());
      if (mine.body.trim() === "") box.remove();
      else offer(mine);
      body.focus();
    });
    box.append(icon("monitor-smartphone"), words, use);
    body.after(box);
  };
  const keeper = new Keeper(form.dataset["composer"] ?? "new", Number(form.dataset["draft"] ?? 0), shown, say, offer);
  if (form.dataset["draft"] === undefined && body.value === "")
    void keeper
      .recall()
      .then((begun) => {
        if (!begun || body.value !== "") return;
        take(begun);
        say(true);
      })
      .catch(() => undefined);
  return keeper;
}
