/** Rows of lists and of forms: a click anywhere in a ticket's row opens it; forms of rows grow and shrink; `data-guard` warns of unsaved input. */
import { gone } from "./gone";
import { fresh, text } from "./page";

export function startRows(root: ParentNode): void {
  for (const row of fresh<HTMLElement>(root, "tr[data-href]", "row"))
    row.addEventListener("click", (event) => {
      if (!(event.target instanceof Element) || event.target.closest("a, button, input, label, select, summary")) return;
      if (window.getSelection()?.toString()) return;
      const href = row.dataset["href"] ?? "";
      if (event.ctrlKey || event.metaKey) window.open(href, "_blank", "noopener");
      // As if its link had been pressed: a list may show the ticket beside it.
      else row.querySelector<HTMLElement>(".t-title a")?.click();
    });
  for (const button of fresh<HTMLButtonElement>(root, "[data-row-add]", "add"))
    button.addEventListener("click", () => {
      const group = button.closest("[data-row-group]");
      const blank = group?.querySelector<HTMLTemplateElement>("template[data-row-blank]");
      const rows = group?.querySelector("[data-rows]");
      if (!blank || !rows) return;
      rows.append(blank.content.cloneNode(true));
      rows.lastElementChild?.querySelector("input")?.focus();
    });
  for (const body of fresh<HTMLElement>(root, "[data-rows]", "rows"))
    body.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("[data-row-remove]") : null;
      const row = button?.closest("tr");
      if (!row) return;
      // The focus stays in the list: on the row that moves up, or on what adds another.
      const near = row.nextElementSibling ?? row.previousElementSibling;
      const next = near?.querySelector("input") ?? body.closest("[data-row-group]")?.querySelector<HTMLElement>("[data-row-add]");
      const form = body.closest("form");
      row.remove();
      next?.focus();
      form?.dispatchEvent(new Event("input", { bubbles: true }));
    });
  for (const form of fresh<HTMLFormElement>(root, "form[data-guard]", "guard")) guard(form);
}

/** Asks before the page is left while `form` has changed and was not sent. */
export function guard(form: HTMLFormElement, dirty: () => boolean = () => form.dataset["dirty"] === "yes"): void {
  form.addEventListener("input", () => (form.dataset["dirty"] = "yes"));
  form.addEventListener("submit", () => (form.dataset["dirty"] = "sent"));
  const leave = (event: BeforeUnloadEvent): void => {
    if (form.isConnected && form.dataset["dirty"] !== "sent" && dirty()) {
      event.preventDefault();
      // Older browsers want a text, though none shows it any more.
      event.returnValue = text("unsaved");
    }
  };
  window.addEventListener("beforeunload", leave, { signal: gone(form) });
}
