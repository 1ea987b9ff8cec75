/**
 * What becomes of the answers to requests that htmx sends.
 *
 * They are whole pages, of which a part is swapped in. A refused form comes back as its page (422), which holds that part: then it is
 * swapped in, with its errors. Every other failure, and no answer at all, is told in words: nothing on the page changes.
 */
import { text, toast } from "./page";

/** What htmx tells of an answer before it is swapped in. */
interface Answer {
  xhr: XMLHttpRequest;
  target: HTMLElement;
  serverResponse: string;
  shouldSwap: boolean;
  isError: boolean;
}

const FAILURES = ["htmx:responseError", "htmx:sendError", "htmx:timeout", "htmx:swapError"];

export function startAnswers(): void {
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const answer = (event as CustomEvent<Answer>).detail;
    // The head stays away: its inline style carries another page's nonce, which this page's policy would refuse aloud.
    answer.serverResponse = answer.serverResponse.slice(Math.max(0, answer.serverResponse.indexOf("<body")));
    if (answer.xhr.status !== 422 || answer.target.id === "" || !answer.serverResponse.includes(`id="${answer.target.id}"`)) return;
    answer.shouldSwap = true;
    answer.isError = false;
  });
  for (const failure of FAILURES) document.body.addEventListener(failure, () => toast(text("failed")));
}
