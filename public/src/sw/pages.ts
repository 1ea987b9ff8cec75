/**
 * Pages to read without a network: those of the portal that were opened lately, few and for a short time.
 *
 * They hold other people's words, so they stay with one reader: a page that says somebody else is signed in, or nobody, takes all of
 * them away, and so does signing out. The desk's pages are never kept.
 */
import type { WorkboxPlugin } from "workbox-core";
import { ExpirationPlugin } from "workbox-expiration";
import { NetworkFirst } from "workbox-strategies";
import { forget, owner, setOwner } from "../parts/kept";
import { fallSilent } from "./push";

const PAGES = "pages";
const OFFLINE = "offline";
const PAGES_MAX = 30;
const DAYS_MAX = 3;
/** A network that is slower than this is none, if the page is kept. */
const PATIENCE_SECONDS = 8;

const expiration = new ExpirationPlugin({ maxEntries: PAGES_MAX, maxAgeSeconds: DAYS_MAX * 86_400, purgeOnQuotaError: true });

/** Whether it is a page of the portal that may be kept. Searches are not: nobody looks for the same again without a network. */
export function isKept(url: URL): boolean {
  if (url.pathname === "/tickets") return !url.searchParams.has("q");
  return url.pathname === "/" || (/^\/tickets\/[^/]+$/.test(url.pathname) && url.search === "");
}

/** The person that a page was rendered for. */
export const readerOf = (page: string): string => /<body[^>]*\sdata-user="([^"]+)"/.exec(page)?.[1] ?? "";

async function forgetPages(): Promise<void> {
  await Promise.all([expiration.deleteCacheAndMetadata(), caches.delete(PAGES)]);
}

/** Takes away whatever is kept of anybody. What cannot be taken away is told when the rest is gone. */
export async function forgetAll(): Promise<void> {
  const parts = await Promise.allSettled([forgetPages(), forget(), fallSilent().catch(() => undefined)]);
  for (const part of parts) if (part.status === "rejected") throw part.reason;
}

/**
 * Whose page this is decides what may stay: nothing of anybody else, and no page where nobody is signed in. What waits to be sent stays
 * for its writer, whose session may have ended by itself. Answers the reader, who is empty for a visitor.
 */
export async function settle(page: string): Promise<string> {
  const reader = readerOf(page);
  const before = await owner();
  if (reader === "") await forgetPages();
  else if (before !== reader) {
    if (before !== "") await forgetAll();
    await setOwner(reader);
  }
  return reader;
}

/** A kept page says so, and its forms have keys of their own: each time it is shown, something new may be written on it. */
async function asKept(kept: Response): Promise<Response> {
  const at = kept.headers.get("x-kept-at") ?? "";
  const page = (await kept.text())
    .replace("<body ", `<body data-kept="${at}" `)
    // What had just happened then is no news now.
    .replace(/<div class="note-box[^"]*" role="status" data-flash>/, "<div hidden>")
    .replaceAll(/(name="once" value=")[^"]*/g, (_, before: string) => before + crypto.randomUUID());
  return new Response(page, { status: 200, headers: kept.headers });
}

export const pages = new NetworkFirst({
  cacheName: PAGES,
  networkTimeoutSeconds: PATIENCE_SECONDS,
  plugins: [
    expiration as WorkboxPlugin,
    {
      // A fragment is a place on the page, not another page.
      cacheKeyWillBeUsed: async ({ request }) => request.url.split("#")[0] ?? request.url,
      cacheWillUpdate: async ({ response }) => {
        if (response.status !== 200 || response.redirected || !response.headers.get("content-type")?.startsWith("text/html")) return null;
        const page = await response.clone().text();
        if ((await settle(page)) === "") return null;
        const headers = new Headers(response.headers);
        // The text is kept as it was read, not as it was carried.
        for (const name of ["content-encoding", "content-length"]) headers.delete(name);
        headers.set("x-kept-at", String(Date.now()));
        return new Response(page, { status: 200, headers });
      },
      cachedResponseWillBeUsed: async ({ cachedResponse }) => (cachedResponse ? asKept(cachedResponse) : null),
      handlerDidError: async () => offline(),
    },
  ],
});

/** The page for when there is neither a network nor a kept page. */
export async function offline(): Promise<Response> {
  return (await caches.match("/offline", { cacheName: OFFLINE })) ?? Response.error();
}

/** Keeps that page as it is now: its language and the tenant's colours may have changed. */
export async function keepOffline(): Promise<void> {
  const answer = await fetch("/offline", { cache: "no-store" });
  if (answer.ok) await (await caches.open(OFFLINE)).put("/offline", answer);
}
