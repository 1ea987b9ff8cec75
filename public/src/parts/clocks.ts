/**
 * SLA clocks that tick without a reload.
 *
 * The server says how much business time is left (`data-left`) at the page's moment, and until when business time runs as wall time does
 * (`data-until`). Beyond that moment the clock stands still until the page is refreshed, because calendars are the server's knowledge.
 */
import { fresh, icon, now, text } from "./page";

const born = now();

/** "3 h 40 min" in the page's own words, so that nothing jumps when the browser takes over. */
export function span(ms: number): string {
  const total = Math.floor(Math.abs(ms) / 60_000);
  const h = Math.floor(total / 60);
  const m = total % 60;
  const minutes = text("minutes").replace("1", String(m));
  if (h === 0) return minutes;
  const hours = text("hours").replace("1", String(h));
  return m === 0 ? hours : `${hours} ${minutes}`;
}

/** What is left at `at` of a clock that had `left` at `from` and counts until `until`. */
export function leftAt(left: number, from: number, until: number | undefined, at: number): number {
  if (until === undefined || until <= from) return left;
  return left - Math.max(0, Math.min(at, until) - from);
}

const since = new WeakMap<HTMLElement, number>();

function tick(clock: HTMLElement): void {
  const { left: leftText, until: untilText, warns: warnsText } = clock.dataset;
  const state = clock.dataset["clock"];
  if (leftText === undefined || state === "paused" || state === "met") return;
  const at = now();
  const left = leftAt(Number(leftText), since.get(clock) ?? born, untilText === undefined ? undefined : Number(untilText), at);
  // In the very second of the deadline an answer is still in time.
  const next = left <= -1000 ? "breached" : state === "ok" && warnsText !== undefined && at >= Number(warnsText) ? "warning" : state;
  if (next !== undefined && next !== state) {
    clock.dataset["clock"] = next;
    clock.classList.remove(`sla-${state}`);
    clock.classList.add(`sla-${next}`);
    clock.querySelector("[data-clock-icon]")?.replaceChildren(next === "breached" ? icon("sla-breached") : icon("sla-warning"));
  }
  const words = clock.querySelector("[data-clock-text]");
  const said = text(left < 0 ? "over" : "left", span(left));
  if (words && words.textContent !== said) words.textContent = said;
  // Beside a ticket the same is said once more, in a sentence.
  const beside = clock.closest(".clock");
  if (left < 0) beside?.querySelector("[data-clock-rest]")?.remove();
  const sentence = beside?.querySelector("[data-clock-business]");
  const rest = text("business-left", span(left));
  if (sentence && sentence.textContent !== rest) sentence.textContent = rest;
}

export function startClocks(root: ParentNode): void {
  for (const clock of fresh<HTMLElement>(root, "[data-clock]", "clock")) {
    // What was swapped in later was rendered later.
    since.set(clock, root === document ? born : now());
    tick(clock);
  }
}

window.setInterval(() => document.querySelectorAll<HTMLElement>("[data-clock]").forEach(tick), 5_000);
