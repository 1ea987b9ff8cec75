/** Dialogs: opened by `data-open`, closed by `data-close`; forms with `data-confirm` ask first. */
import { fresh, text, toast } from "./page";

/** Whether the browser knows dialogs. One that does not shows them by their address, as where there is no JavaScript. */
const isKnown = "HTMLDialogElement" in window;

/** Asks and answers whether the reader agreed. */
export function ask(question: string): Promise<boolean> {
  const dialog = document.querySelector<HTMLDialogElement>("#confirm");
  const title = dialog?.querySelector("h2");
  if (!dialog || !title || !isKnown) return Promise.resolve(window.confirm(question));
  title.textContent = question;
  dialog.returnValue = "cancel";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok"), { once: true }));
}

export function openDialog(id: string): void {
  const dialog = document.getElementById(id);
  if (!isKnown) location.hash = id;
  else if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

export function startDialogs(root: ParentNode): void {
  for (const opener of fresh<HTMLElement>(root, "[data-open]", "open"))
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      opener.closest("details")?.removeAttribute("open");
      openDialog(opener.dataset["open"] ?? "");
    });
  for (const closer of fresh<HTMLElement>(root, "[data-close]", "close"))
    closer.addEventListener("click", () => (isKnown ? closer.closest("dialog")?.close() : (location.hash = "")));
  for (const dialog of fresh<HTMLDialogElement>(root, "dialog", "dialog"))
    dialog.addEventListener("click", (event) => {
      // A click on the backdrop has the dialog itself as its target, and lies outside of its box.
      const box = dialog.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (isKnown && event.target === dialog && !inside && event.detail > 0) dialog.close();
    });
  for (const form of fresh<HTMLFormElement>(root, "form[data-confirm]", "confirm"))
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void ask(form.dataset["confirm"] ?? text("confirm")).then((agreed) => {
        if (agreed) form.submit();
      });
    });
  for (const button of fresh<HTMLButtonElement>(root, "[data-copy]", "copy"))
    button.addEventListener("click", () => {
      const link = new URL(button.dataset["copy"] ?? "", location.href).href;
      navigator.clipboard.writeText(link).then(
        () => toast(text("copied")),
        () => toast(link),
      );
    });
  for (const button of fresh<HTMLButtonElement>(root, "[data-copy-text]", "copy-text"))
    button.addEventListener("click", () => {
      const words = button.dataset["copyText"] ?? "";
      navigator.clipboard.writeText(words).then(
        () => toast(text("copied-text")),
        () => toast(words),
      );
    });
}
