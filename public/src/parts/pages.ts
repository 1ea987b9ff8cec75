/** Pages of the product that are fetched to take a part out of them. */

/** A page as the server shows it to this reader, or nothing where the answer is another kind of thing. */
export interface Fetched {
  /** Its body. */
  page: HTMLElement;
  /** Where the answer came from in the end, without its fragment. */
  address: string;
  status: number;
}

/** Reads an answer as a page. The head stays away: its inline style carries another page's nonce, which this page's policy would refuse aloud. */
export async function read(answer: Response): Promise<Fetched | undefined> {
  if (!answer.headers.get("content-type")?.startsWith("text/html")) return undefined;
  const whole = await answer.text();
  const page = new DOMParser().parseFromString(whole.slice(Math.max(0, whole.indexOf("<body"))), "text/html").body;
  const url = new URL(answer.url);
  return { page, address: url.pathname + url.search, status: answer.status };
}

/** Fetches a page of this host. */
export async function load(address: string): Promise<Fetched | undefined> {
  return read(await fetch(address, { headers: { accept: "text/html" } }));
}

/** The same before anybody has asked to see it: the server takes nobody for having looked at what it shows. */
export async function loadAhead(address: string, signal: AbortSignal): Promise<Fetched | undefined> {
  return read(await fetch(address, { headers: { accept: "text/html", "x-purpose": "prefetch" }, signal }));
}
