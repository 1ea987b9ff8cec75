/** The composer's tab for forwarding: its fields show while it is chosen, and ask for an address. */
import { fresh } from "./page";

export function startForwarding(root: ParentNode): void {
  for (const part of fresh<HTMLElement>(root, "[data-forwarding]", "forwarding")) {
    const form = part.closest("form");
    const to = part.querySelector<HTMLInputElement>('input[name="to"]');
    if (!form || !to) continue;
    const show = (): void => {
      const chosen = form.querySelector<HTMLInputElement>('input[name="visibility"]:checked')?.value === "forward";
      part.classList.toggle("on", chosen);
      to.required = chosen;
      // What is not shown is not judged by the browser either: nobody would see its complaint.
      to.disabled = !chosen;
    };
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.name === "visibility") {
        show();
        if (event.target.value === "forward" && to.value === "") to.focus();
      }
    });
    form.addEventListener("workernet:taken", show);
    show();
  }
}
