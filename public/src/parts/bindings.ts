/**
 * Which keys run which command for this person. They are kept by the server and so are the same on every device; this browser has a
 * copy, so that they count from the first key on. The copy holds no one's words, and goes with everything else at signing out.
 */
import type { Bindings } from "./keymap";
import { csrf } from "./page";

const ADDRESS = "/api/users/me/shortcuts";
const person = (): string => document.body.dataset["user"] ?? "";
const place = (): string => `shortcuts:${person()}`;

function stored(): Bindings {
  try {
    return read(JSON.parse(localStorage.getItem(place()) ?? "{}"));
  } catch {
    return {};
  }
}

function read(value: unknown): Bindings {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

let chosen = stored();

/** What the person has chosen, by command. */
export const bindings = (): Bindings => chosen;

function take(next: Bindings): void {
  chosen = next;
  try {
    if (Object.keys(next).length === 0) localStorage.removeItem(place());
    else localStorage.setItem(place(), JSON.stringify(next));
  } catch {
    // A browser that keeps nothing asks the server at every page.
  }
  document.dispatchEvent(new CustomEvent("workernet:shortcuts"));
}

/** Asks the server once a session of this browser's tab. */
export async function refreshBindings(): Promise<void> {
  const mark = `shortcuts-asked:${person()}`;
  try {
    if (person() === "" || sessionStorage.getItem(mark) !== null) return;
    sessionStorage.setItem(mark, "yes");
  } catch {
    return;
  }
  const answer = await fetch(ADDRESS, { headers: { accept: "application/json" } }).catch(() => undefined);
  if (!answer?.ok) return;
  const body = (await answer.json().catch(() => undefined)) as { data?: unknown } | undefined;
  take(read(body?.data));
}

/** Saves what was chosen; answers whether the server has it. */
export async function saveBindings(next: Bindings): Promise<boolean> {
  const answer = await fetch(ADDRESS, {
    method: "PUT",
    headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": csrf() },
    body: JSON.stringify(next),
  }).catch(() => undefined);
  if (!answer?.ok) return false;
  take(next);
  return true;
}
