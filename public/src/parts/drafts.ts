/** Drafts: what is typed is kept in this browser until it was sent or its person signed out, a draft a person and a ticket. */
import { isLeaving } from "./leaving";

const DAYS_MAX = 30;

export interface Draft {
  body: string;
  /** What it was meant to be: a note must never come back as a reply. Empty where the form has no choice. */
  visibility: string;
}

const NONE: Draft = { body: "", visibility: "" };

const owner = document.body.dataset["user"] ?? "nobody";
const key = (name: string): string => `draft:${owner}:${name}`;

export function keep(name: string, draft: Draft): void {
  if (isLeaving()) return;
  try {
    if (draft.body.trim() === "") localStorage.removeItem(key(name));
    else localStorage.setItem(key(name), JSON.stringify({ ...draft, at: Date.now() }));
  } catch {
    // Private windows and full disks keep no drafts; the page works on.
  }
}

export function recall(name: string): Draft {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key(name)) ?? "null");
    if (found && typeof found === "object" && "body" in found && "at" in found && "visibility" in found) {
      const { body, at, visibility } = found;
      if (typeof body === "string" && typeof at === "number" && typeof visibility === "string" && Date.now() - at < DAYS_MAX * 86_400_000)
        return { body, visibility };
    }
  } catch {
    // A draft that cannot be read is no draft.
  }
  return NONE;
}

/**
 * A form that is being sent may fail on its way, so the draft is put aside and thrown away only by the page that shows it arrived.
 */
export function sent(name: string): void {
  try {
    sessionStorage.setItem("draft-sent", key(name));
  } catch {
    localStorage.removeItem(key(name));
  }
}

/**
 * Called on every page. Only a page that says so shows that what was sent has arrived; a refusal, a sign-in on the way, or a page that
 * was loaded after the network failed does not, and leaves the draft where the form will find it.
 */
export function settle(): void {
  try {
    const name = sessionStorage.getItem("draft-sent");
    if (!name) return;
    const arrived = document.querySelector(".note-box-success[data-flash], [data-arrived]");
    if (arrived) localStorage.removeItem(name);
    if (arrived || document.querySelector("form[data-composer], form[data-new-ticket]")) sessionStorage.removeItem("draft-sent");
  } catch {
    // As above.
  }
}
