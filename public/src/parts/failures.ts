/**
 * What becomes of a request that htmx sends and that fails.
 *
 * A refused form comes back as its page (422), which holds the part that was to be swapped: then it is, with its errors. Everything else,
 * and no answer at all, is told in words: nothing on the page changes.
 */
import { text, toast } from "./page";

/** What htmx tells of an answer before it is swapped in. */
interface Answer {
  xhr: XMLHttpRequest;
  target: HTMLElement;
  shouldSwap: boolean;
  isError: boolean;
}

export function startFailures(): void {
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const answer = (event as CustomEvent<Answer>).detail;
    if (answer.xhr.status !== 422 || answer.target.id === "" || !answer.xhr.responseText.includes(`id="${answer.target.id}"`)) return;
    answer.shouldSwap = true;
    answer.isError = false;
  });
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout", "htmx:swapError"]) document.body.addEventListener(failure, () => toast(text("failed")));
}
