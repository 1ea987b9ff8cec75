/**
 * The composer's tab for forwarding: its fields show while it is chosen, and ask for an address. The button of a message opens it with that
 * message to be quoted; without scripts the button is a link to the page that does.
 */
import { startAddresses } from "./addresses";
import { write } from "./commands";
import { fresh } from "./page";

/** Chooses a message to quote. One that is further up than the select reaches gets its line: who wrote it, and when. */
function quote(select: HTMLSelectElement, opener: HTMLAnchorElement): void {
  const value = new URL(opener.href).searchParams.get("forward") ?? "";
  if (![...select.options].some((option) => option.value === value)) {
    const head = opener.closest(".entry-head");
    const time = head?.querySelector<HTMLElement>("time");
    const words = [head?.querySelector("bdi")?.textContent, time?.title || time?.textContent].filter(Boolean).join(", ");
    select.add(new Option(words, value), select.options.length - 1);
  }
  select.value = value;
}

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
    startAddresses(to);
    form.closest(".ticket")?.addEventListener("click", (event) => {
      const opener = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-quote]") : null;
      const select = part.querySelector("select");
      const isOwn = event instanceof MouseEvent && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
      if (!opener || !select || !isOwn) return;
      event.preventDefault();
      quote(select, opener);
      write("forward");
    });
  }
}
