/**
 * Parts of a page that follow the server: what is open is fetched anew from its own address and morphed in, so that every reader gets exactly
 * what the server would show them. What somebody is at work in, has called up or has fetched stays.
 */
import { Idiomorph } from "idiomorph/dist/idiomorph.esm.js";
import { growAgain } from "./board";
import { carryPieces } from "./endless";
import { load } from "./pages";

/** Parts of the page that follow the server. Fields with typed text are not among them. Rows of lists have ids, so that they move whole. */
const FOLLOWING = ["#list", "#head", "#conversation", "#pending", "#side"];

/** What a panel of its own has fetched: it is brought up to date by itself (panels.ts), and stays as it is until then. */
const FETCHED = "details[data-panel] [data-panel-place][data-filled]";

/** Whether somebody is at work in a part of the page: the focus is in it, or its form holds what was not saved yet. Pieces that match `apart` do not count. */
export function isInUse(part: HTMLElement, apart?: string): boolean {
  const chosen = (field: HTMLSelectElement): number => Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
  const changed = (field: Element): boolean =>
    (field instanceof HTMLSelectElement && field.selectedIndex !== chosen(field)) ||
    (field instanceof HTMLInputElement && (field.value !== field.defaultValue || field.checked !== field.defaultChecked)) ||
    (field instanceof HTMLTextAreaElement && field.value !== field.defaultValue);
  const counts = (element: Element | null): boolean => element !== null && part.contains(element) && !(apart && element.closest(apart));
  return counts(document.activeElement) || [...part.querySelectorAll("select, input, textarea")].some((field) => counts(field) && changed(field));
}

/** The pages that are open: one, or a list with a ticket beside it. */
function sources(): string[] {
  const pane = document.querySelector<HTMLElement>("#pane[data-address]");
  return pane ? [pane.dataset["home"] ?? "", pane.dataset["address"] ?? ""] : [location.href];
}

/** Fetches what is open, and brings the page up to it. */
export async function refresh(start: (root: ParentNode) => void): Promise<void> {
  const pages = await Promise.all(sources().map(load));
  await Promise.all(pages.map((fetched) => fetched && growAgain(fetched.page)));
  // What hangs on the pointer stays where it is; whoever lets it go asks for the rest.
  if (document.documentElement.classList.contains("dragging")) return;
  for (const fetched of pages) if (fetched?.status === 200) follow(fetched.page, start);
  // The navigation is the list's where there are two: the ticket's has no entry of its own.
  document.querySelector(".work-nav")?.replaceChildren(...(pages[0]?.page.querySelector(".work-nav")?.childNodes ?? document.querySelector(".work-nav")?.childNodes ?? []));
  document.dispatchEvent(new Event("workernet:refreshed"));
}

/** Brings what the page has of `page` up to its state. */
function follow(page: HTMLElement, start: (root: ParentNode) => void): void {
  for (const selector of FOLLOWING) {
    const old = document.querySelector<HTMLElement>(selector);
    const next = page.querySelector<HTMLElement>(selector);
    if (!old || !next || (selector === "#side" && isInUse(old, FETCHED))) continue;
    carry(old, next);
    carryPieces(old, next);
    carryPanels(old, next);
    Idiomorph.morph(old, next, {
      callbacks: {
        // What the reader has ticked, opened or typed stays as it is; clocks and times start anew.
        beforeAttributeUpdated: (name: string, node: Element) => !(name === "open" || name === "checked" || (name === "class" && node.matches("tr, .board-card, .bulk"))),
        beforeNodeMorphed: (node: Node) => !(node instanceof HTMLInputElement && node.name === "ticket") && !(node instanceof HTMLElement && node.matches(FETCHED)),
      },
    });
    renew(old);
    start(old);
  }
  const version = page.querySelector<HTMLElement>("[data-ticket]")?.dataset["version"];
  const ticket = document.querySelector<HTMLElement>("[data-ticket]");
  if (ticket && version) {
    ticket.dataset["version"] = version;
    // Dialogs act on what is shown now. The side panel's form was morphed with its own version, or was left as it is.
    for (const field of document.querySelectorAll<HTMLInputElement>('input[name="version"]')) if (!field.closest("#side")) field.value = version;
  }
  // What was there before the first word of an answer is known to whoever writes it; what came after is not.
  const writing = document.querySelector<HTMLTextAreaElement>("form[data-composer] textarea")?.value.trim();
  const seen = document.querySelector<HTMLInputElement>('form[data-composer] input[name="seen"]');
  const stands = page.querySelector<HTMLInputElement>('form[data-composer] input[name="seen"]');
  if (seen && stands && !writing) seen.value = stands.value;
}

/** Older messages that the reader has called up stay: the fresh page has the latest only, so what comes before them is put into it. */
function carry(old: HTMLElement, next: HTMLElement): void {
  const part = old.querySelector(".talk-part");
  const fresh = next.querySelector(".talk-part");
  if (!fresh || !part?.querySelector(".talk-part")) return;
  fresh.querySelector(":scope > .talk-older")?.remove();
  const shared = (child: Element): boolean => child.id !== "" && fresh.querySelector(`#${CSS.escape(child.id)}`) !== null;
  const before = [...part.children];
  const end = before.findIndex(shared);
  fresh.prepend(...before.slice(0, end < 0 ? before.length : end).map((child) => child.cloneNode(true)));
}

/** Panels that were fetched keep what they show until they are fetched again: the fresh page has only the links to them. */
function carryPanels(old: HTMLElement, next: HTMLElement): void {
  for (const panel of old.querySelectorAll<HTMLElement>("details[data-panel]")) {
    const place = panel.querySelector("[data-panel-place][data-filled]");
    const bare = next.querySelector(`#${CSS.escape(panel.id)} [data-panel-place]`);
    if (place && bare) bare.replaceWith(place.cloneNode(true));
  }
}

/** Clocks and times that were morphed hold the server's new text: they are taken again by making them new elements. */
function renew(root: HTMLElement): void {
  for (const element of root.querySelectorAll("[data-clock], [data-due], time[data-relative]")) element.replaceWith(element.cloneNode(true));
}
