/**
 * A ticket's page that is fetched before the click that asks for it: a button is held down for a tenth of a second before it is a click, and by
 * then the ticket may be here.
 */
import { type Fetched, loadAhead } from "./pages";

/** A press that is held for longer than this is none, in ms. */
const PRESS_MS = 1_000;

/** What was parsed becomes this document's while the button is still down: the click then only puts it in its place. */
function adopted(fetched: Fetched | undefined): Fetched | undefined {
  if (fetched) document.adoptNode(fetched.page);
  return fetched;
}

export class Ahead {
  private address = "";
  private fetched: Promise<Fetched | undefined> | undefined;
  private dropped: AbortController | undefined;
  /** Held until it is wanted or dropped. */
  private timer = 0;

  begin(address: string): void {
    const dropped = new AbortController();
    this.address = address;
    this.fetched = loadAhead(address, dropped.signal).then(adopted, () => undefined);
    this.dropped = dropped;
    this.timer = window.setTimeout(() => this.drop(), PRESS_MS);
  }

  /** The page of this address, where it is on its way. Another one stays held. */
  take(address: string): Promise<Fetched | undefined> | undefined {
    if (!this.fetched || this.address !== address) return undefined;
    const taken = this.fetched;
    this.dropped = undefined;
    this.drop();
    return taken;
  }

  /** Nobody wants it. */
  drop(): void {
    window.clearTimeout(this.timer);
    this.dropped?.abort();
    this.dropped = undefined;
    this.fetched = undefined;
  }
}
