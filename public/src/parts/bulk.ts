/** Selection in a queue: ranges with Shift, all of the page, a bar that shows up with the first tick. */
import { fresh, text } from "./page";

const LIMIT = 100;

export function startBulk(root: ParentNode): void {
  for (const form of fresh<HTMLFormElement>(root, "form[data-bulk]", "bulk")) {
    const boxes = (): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>('input[name="ticket"]')];
    const all = form.querySelector<HTMLInputElement>("[data-all]");
    const bar = form.querySelector<HTMLElement>(".bulk");
    const count = form.querySelector<HTMLElement>("[data-bulk-count]");
    let last: HTMLInputElement | undefined;

    const show = (): void => {
      const list = boxes();
      const chosen = list.filter((box) => box.checked).length;
      for (const box of list) box.closest("tr")?.classList.toggle("checked", box.checked);
      if (all) {
        all.checked = chosen > 0 && chosen === list.length;
        all.indeterminate = chosen > 0 && chosen < list.length;
      }
      bar?.classList.toggle("on", chosen > 0);
      if (count) count.textContent = text("selected", String(Math.min(chosen, LIMIT)));
    };

    form.addEventListener("click", (event) => {
      const box = event.target;
      if (!(box instanceof HTMLInputElement) || box.name !== "ticket") return;
      if (event.shiftKey && last) {
        const list = boxes();
        const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
        if (from !== undefined && to !== undefined && from >= 0) for (const between of list.slice(from, to + 1)) between.checked = box.checked;
      }
      last = box;
      show();
    });
    form.addEventListener("change", (event) => {
      if (event.target === all) for (const box of boxes()) box.checked = all?.checked ?? false;
      show();
    });
    form.querySelector("[data-bulk-clear]")?.addEventListener("click", () => {
      for (const box of boxes()) box.checked = false;
      show();
    });
    // Rows come and go while the list is open, ticked ones too.
    document.addEventListener("workernet:refreshed", show);
    show();
  }
}
