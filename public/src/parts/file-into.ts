/** A file whose text goes into a field: where documents are pasted, they can be chosen as well. Without scripts there is the field. */
import { fresh } from "./page";

export function startFileInto(root: ParentNode): void {
  for (const holder of fresh<HTMLElement>(root, "[data-file-into]", "file-into")) {
    const input = holder.querySelector<HTMLInputElement>('input[type="file"]');
    const field = document.getElementById(holder.dataset["fileInto"] ?? "");
    if (!input || !(field instanceof HTMLTextAreaElement)) continue;
    holder.hidden = false;
    input.addEventListener("change", () => void fill(input, field));
  }
}

async function fill(input: HTMLInputElement, field: HTMLTextAreaElement): Promise<void> {
  const file = input.files?.[0];
  if (!file) return;
  field.value = await new Response(file).text();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
