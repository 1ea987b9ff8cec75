/**
 * Panels beside a ticket that are fetched when they are opened: each is a part of a page of its own, which the link in the closed panel
 * leads to. Their forms are sent in place, and what the server answers stands where the form was.
 */
import { fresh, text, toast } from "./page";
import { type Fetched, load, read } from "./pages";

const PART = "[data-panel-body]";

function show(place: HTMLElement, fetched: Fetched | undefined, start: (root: ParentNode) => void): boolean {
  const part = fetched?.page.querySelector(PART);
  if (!part) return false;
  place.replaceChildren(part);
  place.dataset["filled"] = "";
  start(place);
  return true;
}

async function fill(panel: HTMLDetailsElement, start: (root: ParentNode) => void): Promise<void> {
  const place = panel.querySelector<HTMLElement>("[data-panel-place]");
  if (!place || !panel.open || place.contains(document.activeElement)) return;
  show(place, await load(panel.dataset["panel"] ?? ""), start);
}

async function send(form: HTMLFormElement, button: HTMLElement | null, place: HTMLElement, start: (root: ParentNode) => void): Promise<void> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  if (button instanceof HTMLButtonElement && button.name) body.append(button.name, button.value);
  const fetched = await read(await fetch(form.action, { method: "POST", body, headers: { accept: "text/html" } }));
  if (!show(place, fetched, start)) return toast(text("failed"));
  place.querySelector<HTMLElement>("[aria-invalid], [role=alert]")?.focus();
  // What was done here may show elsewhere on the page.
  document.dispatchEvent(new Event("workernet:stale"));
}

export function startPanels(root: ParentNode, start: (root: ParentNode) => void): void {
  for (const panel of fresh<HTMLDetailsElement>(root, "details[data-panel]", "panels")) {
    panel.addEventListener("toggle", () => void fill(panel, start).catch(() => toast(text("failed"))));
    panel.addEventListener("submit", (event) => {
      const form = event.target;
      const place = panel.querySelector<HTMLElement>("[data-panel-place]");
      if (!(form instanceof HTMLFormElement) || !place?.contains(form)) return;
      event.preventDefault();
      const buttons = [...form.querySelectorAll<HTMLElement>("button")];
      const pressed = event.submitter ?? buttons.find((button) => button === document.activeElement) ?? null;
      void send(form, pressed, place, start).catch(() => toast(text("failed")));
    });
    if (panel.open) void fill(panel, start).catch(() => undefined);
  }
}

/** The panels of a page that was brought up to date: those that are open are fetched again. */
export function startPanelsLive(start: (root: ParentNode) => void): void {
  document.addEventListener("workernet:refreshed", () => {
    for (const panel of document.querySelectorAll<HTMLDetailsElement>("details[data-panel][open]")) void fill(panel, start).catch(() => undefined);
  });
}
