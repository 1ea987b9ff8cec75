/** Moments as "3 hours ago", with the exact one in the title; they stay right while the page is open. */
import { fresh, locale, now, zone } from "./page";

const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
const exact = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", ...(zone ? { timeZone: zone } : {}) });
const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", ...(zone ? { timeZone: zone } : {}) });

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** "5 minutes ago" within a week, the date before that. */
export function ago(ms: number, at: number): string {
  const off = ms - at;
  if (Math.abs(off) > 7 * 86_400_000) return day.format(ms);
  for (const [unit, length] of STEPS) if (Math.abs(off) >= length) return relative.format(Math.trunc(off / length), unit);
  return relative.format(0, "minute");
}

function show(time: HTMLTimeElement): void {
  const ms = Number(time.dataset["ms"]);
  if (!Number.isFinite(ms)) return;
  const words = ago(ms, now());
  // What is written is laid out anew, even if it says the same.
  if (time.textContent !== words) time.textContent = words;
}

export function startTimes(root: ParentNode): void {
  for (const time of fresh<HTMLTimeElement>(root, "time[data-relative]", "time")) {
    const ms = Number(time.dataset["ms"]);
    if (!Number.isFinite(ms)) continue;
    time.title = exact.format(ms);
    show(time);
  }
}

window.setInterval(() => document.querySelectorAll<HTMLTimeElement>("time[data-relative]").forEach(show), 30_000);
