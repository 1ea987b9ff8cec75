/**
 * While the title of a new ticket is written, tickets like it are shown below the field.
 *
 * They are part of the form's own page, asked for with the title so far; that part is taken over and nothing else. A pause in writing
 * asks, a newer question ends an older one, and what cannot be had is not missed: the form works without.
 */

import { startTimes } from "./times";

/** Milliseconds of a pause. */
const PAUSE = 450;
/** Letters of a title that is worth a question. */
const TELLING = 4;

export function startSuggestions(root: ParentNode): void {
  const place = root.querySelector<HTMLElement>("[data-similar]");
  const field = place?.closest("form")?.querySelector<HTMLInputElement>('input[name="title"]');
  if (!place || !field) return;
  let due = 0;
  let asked = field.value.trim();
  let under: AbortController | undefined;

  const ask = async (title: string): Promise<void> => {
    under?.abort();
    const mine = new AbortController();
    under = mine;
    const address = new URL("/tickets/new", location.href);
    address.searchParams.set("title", title);
    const answer = await fetch(address, { headers: { accept: "text/html" }, signal: mine.signal });
    if (!answer.ok || !answer.headers.get("content-type")?.startsWith("text/html")) return;
    const whole = await answer.text();
    // The head stays away: its inline style carries another page's nonce, which this page's policy would refuse aloud.
    const page = new DOMParser().parseFromString(whole.slice(Math.max(0, whole.indexOf("<body"))), "text/html");
    const found = page.querySelector("[data-similar]");
    // Nobody's place in the list is taken away while they are in it.
    if (mine.signal.aborted || !found || place.contains(document.activeElement)) return;
    if (found.textContent?.trim() === place.textContent?.trim()) return;
    place.replaceChildren(...found.childNodes);
    startTimes(place);
  };

  field.addEventListener("input", () => {
    window.clearTimeout(due);
    due = window.setTimeout(() => {
      const title = field.value.trim();
      if (title === asked) return;
      asked = title;
      if (title.length < TELLING) {
        under?.abort();
        place.replaceChildren();
        return;
      }
      void ask(title).catch(() => undefined);
    }, PAUSE);
  });
  // From the field down into the list, through it, and back up; Escape puts it away.
  place.closest("form")?.addEventListener("keydown", (event) => {
    const links = [...place.querySelectorAll<HTMLElement>("a")];
    const here = event.target === field ? -1 : links.findIndex((link) => link === event.target);
    if (links.length === 0 || (here < 0 && event.target !== field)) return;
    if (event.key === "Escape") {
      field.focus();
      place.replaceChildren();
    } else if (event.key === "ArrowDown") links[Math.min(here + 1, links.length - 1)]?.focus();
    else if (event.key === "ArrowUp" && here >= 0) (links[here - 1] ?? field).focus();
    else return;
    event.preventDefault();
  });
}
