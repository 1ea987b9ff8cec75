/**
 * Drafts: what is typed is kept by the server while it is typed, a draft a person and a ticket, and so waits on every device of its
 * writer. Nothing of it is kept in the browser.
 */
import { csrf } from "./page";

export interface Draft {
  body: string;
  /** What it is meant to be: a note must never come back as a reply. Empty where the form has no choice. */
  visibility: string;
  /** Whether it still is to go to somebody outside: only then a message that was taken back goes on remembering to whom. */
  forward?: boolean;
}

const WAIT_MS = 1_000;
/** Longer than this a sending does not wait for a draft that is on its way. */
const SETTLE_MS = 1_500;

function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === "object" && Object.prototype.hasOwnProperty.call(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function draft(value: unknown): Draft | undefined {
  const [body, visibility] = [field(value, "body"), field(value, "visibility")];
  return typeof body === "string" && typeof visibility === "string" ? { body, visibility } : undefined;
}

/** The draft of one form. Its requests go one after the other, so that what was typed last is what stays. */
export class Keeper {
  private readonly path: string;
  private revision: number;
  private kept: string;
  private wanted: Draft | undefined;
  private timer = 0;
  private busy: Promise<void> | undefined;

  /** `name` is a ticket, or `new`; `revision` and `kept` are what the page came with. */
  constructor(
    name: string,
    revision: number,
    kept: Draft,
    private readonly said: (saved: boolean) => void,
    private readonly found: (other: Draft) => void,
  ) {
    this.path = `/api/tickets/${encodeURIComponent(name)}/draft`;
    this.revision = revision;
    this.kept = JSON.stringify(kept);
  }

  /** What the server has, if anything. */
  async recall(): Promise<Draft | undefined> {
    const answer = await fetch(this.path, { headers: { accept: "application/json" } });
    if (!answer.ok) return undefined;
    const data = field((await answer.json()) as unknown, "data");
    const [revision, begun] = [field(data, "revision"), draft(data)];
    if (typeof revision !== "number" || !begun || this.wanted || this.busy) return undefined;
    this.revision = revision;
    this.kept = JSON.stringify(begun);
    return begun;
  }

  /** Takes in what was typed; it is sent when the typing pauses. */
  typed(now: Draft): void {
    this.wanted = now;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), WAIT_MS);
  }

  /** Whether the server has all of it. */
  has(now: Draft): boolean {
    return !this.busy && JSON.stringify(now) === this.kept;
  }

  /** The page goes away: what was typed last goes after it. */
  leave(): void {
    window.clearTimeout(this.timer);
    if (this.wanted) void this.put(this.wanted, true).catch(() => undefined);
    this.wanted = undefined;
  }

  /** The text is being sent: nothing more is kept, and what is on its way arrives before it. Answers whether there is something to wait for. */
  async stop(): Promise<void> {
    window.clearTimeout(this.timer);
    this.wanted = undefined;
    await Promise.race([this.busy, new Promise((done) => window.setTimeout(done, SETTLE_MS))]);
  }

  get isOnItsWay(): boolean {
    return this.busy !== undefined;
  }

  private async save(): Promise<void> {
    if (this.busy || !this.wanted) return;
    const now = this.wanted;
    this.wanted = undefined;
    if (JSON.stringify(now) === this.kept) return this.said(true);
    this.busy = this.put(now, false)
      .then(
        (saved) => this.said(saved),
        () => {
          // The line is down: it is tried again with the next words, or when it is back.
          this.wanted ??= now;
          this.said(false);
        },
      )
      .finally(() => (this.busy = undefined));
    await this.busy;
    if (this.wanted && this.wanted !== now) void this.save();
  }

  private async put(now: Draft, keepalive: boolean): Promise<boolean> {
    const answer = await fetch(this.path, {
      method: "PUT",
      headers: { "content-type": "application/json", "x-csrf-token": csrf() },
      body: JSON.stringify({ body: now.body, revision: this.revision, ...(now.visibility ? { visibility: now.visibility } : {}), ...(now.forward ? { forward: true } : {}) }),
      keepalive,
    });
    if (!answer.ok) return false;
    const data = field((await answer.json()) as unknown, "data");
    const [revision, other] = [field(data, "revision"), draft(field(data, "other"))];
    if (typeof revision === "number") this.revision = revision;
    this.kept = JSON.stringify(now);
    if (other) this.found(other);
    return true;
  }
}
