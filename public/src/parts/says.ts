/** Pieces of page that are fetched again and again say aloud how things stand: when that has changed, and not at every step of it. */
import { fresh, now, say } from "./page";

/** While it goes on it is told this often, in ms. */
const PAUSE_MS = 10_000;

let said = "";
let saidAt = 0;

export function startSays(root: ParentNode): void {
  for (const piece of fresh<HTMLElement>(root, "[data-says]", "says")) {
    const words = piece.dataset["says"] ?? "";
    const goesOn = piece.matches("[data-hx-trigger]");
    // What the page came with is read with it.
    const isNews = root !== document && words !== said;
    if (isNews && goesOn && now() - saidAt < PAUSE_MS) continue;
    if (isNews) {
      say(words);
      saidAt = now();
    }
    said = words;
  }
}
