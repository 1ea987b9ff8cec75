/** Messages that wait to go out: their seconds are counted down, and the page looks again when they should have gone. */
import { fresh, locale, now, text } from "./page";

const inWords = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
/** After so many seconds past its moment a message that still stands here is looked for again. */
const LOOK_AFTER = [2, 6, 15, 40];

export function startPending(root: ParentNode): void {
  for (const place of fresh<HTMLElement>(root, "[data-due]", "due")) {
    const due = Number(place.dataset["due"]);
    const looks = [...LOOK_AFTER];
    const tick = (): void => {
      if (!place.isConnected) return window.clearInterval(timer);
      const left = Math.ceil((due - now()) / 1000);
      place.textContent = left > 0 ? text("pending-in", inWords.format(left, "second")) : text("pending-now");
      if (left <= -(looks[0] ?? Infinity)) {
        looks.shift();
        document.dispatchEvent(new Event("workernet:stale"));
      }
    };
    const timer = window.setInterval(tick, 500);
    tick();
  }
}
