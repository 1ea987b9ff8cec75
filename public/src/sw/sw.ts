/**
 * The service worker: the portal's pages and what they are made of for when there is no network, and what was written meanwhile.
 *
 * It answers for navigations of the portal, for its own built files, and for the two forms that can wait. Everything else goes to the
 * network as if it were not there: no answer of the API is ever kept, nor any page of the desk.
 */
import { clientsClaim } from "workbox-core";
import * as navigationPreload from "workbox-navigation-preload";
import { cleanupOutdatedCaches, precacheAndRoute } from "workbox-precaching";
import { registerRoute, setCatchHandler } from "workbox-routing";
import { forgetAll, isKept, keepOffline, offline, pages, settle } from "./pages";
import { startPush } from "./push";
import { SYNC, flush, pageOf, send } from "./replies";
import { take } from "./share";

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build: what every page is made of. */
declare const __PRECACHED__: { url: string; revision: string }[];

precacheAndRoute(__PRECACHED__);
cleanupOutdatedCaches();
navigationPreload.enable();
clientsClaim();
startPush();

self.addEventListener("install", (event) => event.waitUntil(keepOffline().catch(() => undefined)));

/** Longer than this nothing keeps a sign-out from being sent, in ms. */
const FORGETTING_MS = 3_000;

// Whoever signs out takes everything along, though the server may not be heard. The server hears of it, though something may stay.
registerRoute(
  ({ url }) => url.pathname === "/logout" || url.pathname === "/logout/everywhere",
  async ({ request, event }) => {
    const forgetting = forgetAll().catch(() => undefined);
    event.waitUntil(forgetting);
    await Promise.race([forgetting, new Promise((done) => setTimeout(done, FORGETTING_MS))]);
    return fetch(request);
  },
  "POST",
);
registerRoute(
  ({ url }) => url.pathname === "/share",
  ({ request }) => take(request),
  "POST",
);
registerRoute(
  ({ url, request }) => request.mode === "navigate" && pageOf(url) !== undefined,
  ({ url, request }) => send(request, pageOf(url) ?? "/"),
  "POST",
);
registerRoute(({ url, request }) => request.mode === "navigate" && isKept(url), pages);
// Any other page may say that somebody else is here now, or nobody.
registerRoute(
  ({ url, request }) => request.mode === "navigate" && !url.pathname.startsWith("/api/"),
  async ({ request, event }) => {
    // Workbox tells its plugins nothing of an answer that the browser has fetched ahead.
    const ahead = (event as FetchEvent).preloadResponse as Promise<Response | undefined>;
    const response = (await ahead) ?? (await fetch(request));
    if (response.status === 200 && response.headers.get("content-type")?.startsWith("text/html")) event.waitUntil(response.clone().text().then(settle));
    return response;
  },
);
setCatchHandler(async ({ request }) => (request.mode === "navigate" ? offline() : Response.error()));

self.addEventListener("message", (event) => {
  const message: unknown = event.data;
  if (!message || typeof message !== "object" || !("type" in message)) return;
  if (message.type === "renew") void self.skipWaiting();
  if (message.type === "flush") event.waitUntil(flush());
  if (message.type === "offline-page") event.waitUntil(keepOffline().catch(() => undefined));
});

self.addEventListener("sync", (event) => {
  const sync = event as ExtendableEvent & { tag?: string };
  if (sync.tag !== SYNC) return;
  // A run that has not come to its end is asked for again by the browser.
  sync.waitUntil(
    flush().then((ended) => {
      if (!ended) throw new Error("not everything could be sent");
    }),
  );
});
