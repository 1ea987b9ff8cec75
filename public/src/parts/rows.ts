/** Rows of lists and of forms: a click anywhere in a ticket's row opens it; forms of rows grow by one; `data-guard` warns of unsaved input. */
import { fresh, text } from "./page";

export function startRows(root: ParentNode): void {
  for (const row of fresh<HTMLElement>(root, "tr[data-href]", "row"))
    row.addEventListener("click", (event) => {
      if (!(event.target instanceof Element) || event.target.closest("a, button, input, label, select, summary")) return;
      if (window.getSelection()?.toString()) return;
      const href = row.dataset["href"] ?? "";
      if (event.ctrlKey || event.metaKey) window.open(href, "_blank", "noopener");
      else location.assign(href);
    });
  for (const button of fresh<HTMLButtonElement>(root, "[data-row-add]", "add"))
    button.addEventListener("click", () => {
      const form = button.closest("form");
      const blank = form?.querySelector<HTMLTemplateElement>("template[data-row-blank]");
      const rows = form?.querySelector("[data-rows]");
      if (!blank || !rows) return;
      rows.append(blank.content.cloneNode(true));
      rows.lastElementChild?.querySelector("input")?.focus();
    });
  // A yearly holiday is named by its date, which may be typed after the tick.
  for (const body of fresh<HTMLElement>(root, "[data-rows]", "rows"))
    body.addEventListener("change", (event) => {
      const row = event.target instanceof Element ? event.target.closest("tr") : null;
      const date = row?.querySelector<HTMLInputElement>('input[type="date"]');
      const yearly = row?.querySelector<HTMLInputElement>('input[name="holiday_yearly"]');
      if (date && yearly) yearly.value = date.value;
    });
  for (const form of fresh<HTMLFormElement>(root, "form[data-guard]", "guard")) guard(form);
}

/** Asks before the page is left while `form` has changed and was not sent. */
export function guard(form: HTMLFormElement, dirty: () => boolean = () => form.dataset["dirty"] === "yes"): void {
  form.addEventListener("input", () => (form.dataset["dirty"] = "yes"));
  form.addEventListener("submit", () => (form.dataset["dirty"] = "sent"));
  window.addEventListener("beforeunload", (event) => {
    if (form.isConnected && form.dataset["dirty"] !== "sent" && dirty()) {
      event.preventDefault();
      // Older browsers want a text, though none shows it any more.
      event.returnValue = text("unsaved");
    }
  });
}
