/** The service worker: put in place on the portal and the desk, and replaced by a new one when its reader says so. */
import { text, toast } from "./page";

/** Hours after which the page for when there is no network is fetched anew, and at once when the language has changed. */
const OFFLINE_HOURS = 24;

export async function startInstalled(): Promise<void> {
  // Only tenants' hosts have a manifest; without a secure connection there are no workers.
  if (!("serviceWorker" in navigator) || !document.querySelector('link[rel="manifest"]')) return;
  let asked = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (asked) location.reload();
  });
  const registration = await navigator.serviceWorker.register("/sw.js", { scope: "/" }).catch(() => undefined);
  if (!registration) return;
  const offer = (worker: ServiceWorker | null): void => {
    if (!worker || !navigator.serviceWorker.controller) return;
    toast(text("version"), {
      label: text("version-load"),
      run: () => {
        asked = true;
        worker.postMessage({ type: "renew" });
      },
    });
  };
  offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed") offer(worker);
    });
  });
  renewOffline();
}

function renewOffline(): void {
  const wanted = `${document.documentElement.lang} ${Math.floor(Date.now() / 3_600_000 / OFFLINE_HOURS)}`;
  try {
    if (localStorage.getItem("offline-page") === wanted || !navigator.serviceWorker.controller) return;
    localStorage.setItem("offline-page", wanted);
    navigator.serviceWorker.controller.postMessage({ type: "offline-page" });
  } catch {
    // Without storage the page stays as it was when the worker was installed.
  }
}
