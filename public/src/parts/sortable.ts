/** A list of things to be done that is put into order by dragging; by keyboard each has its own buttons for that. */
import { fresh } from "./page";

export function startSortable(root: ParentNode): void {
  for (const list of fresh<HTMLElement>(root, "[data-sortable]", "sortable")) {
    const items = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[data-item]")];
    const at = (event: DragEvent): HTMLElement | null => (event.target instanceof Element ? event.target.closest<HTMLElement>("[data-item]") : null);
    let dragged: HTMLElement | undefined;
    const clear = (): void => {
      for (const item of items()) item.classList.remove("drop-here");
    };
    for (const item of items()) item.draggable = true;
    list.addEventListener("dragstart", (event) => {
      dragged = at(event) ?? undefined;
      event.dataTransfer?.setData("text/plain", dragged?.dataset["item"] ?? "");
    });
    list.addEventListener("dragover", (event) => {
      const over = at(event);
      if (!dragged || !over) return;
      event.preventDefault();
      clear();
      over.classList.add("drop-here");
    });
    list.addEventListener("dragend", clear);
    list.addEventListener("drop", (event) => {
      const over = at(event);
      clear();
      if (!dragged || !over || over === dragged) return;
      event.preventDefault();
      // One of the item's own forms says where it goes.
      const button = dragged.querySelector<HTMLButtonElement>('button[name="do"][value="move"]');
      const to = button?.form?.querySelector<HTMLInputElement>('input[name="to"]');
      if (!button || !to) return;
      to.value = String(items().indexOf(over));
      button.click();
    });
  }
}
