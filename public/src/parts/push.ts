/**
 * Notices on this device: asked for on the profile page, renewed once a visit, and taken off the screen by reading.
 *
 * Only whoever asked for them here is ever told anything: the mark in the browser's storage names the person.
 */
import { csrf, fresh } from "./page";

const MARK = "push";
/** A tab says once that the device is still there. */
const TOLD = "push-told";
const reader = document.body.dataset["user"] ?? "";

const able = (): boolean => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** The server does not take the device, and says why in the reader's words. */
class Refusal extends Error {}

async function tell(subscription: PushSubscription): Promise<void> {
  const answer = await fetch("/api/push/devices", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": csrf() },
    body: JSON.stringify(subscription),
  });
  if (answer.status === 409) {
    const problem = (await answer.json().catch(() => undefined)) as { detail?: string } | undefined;
    throw new Refusal(problem?.detail ?? "");
  }
  if (!answer.ok) throw new Error(String(answer.status));
  localStorage.setItem(MARK, reader);
  sessionStorage.setItem(TOLD, reader);
}

/** Asks the reader and the push service; whether notices may be shown. */
async function subscribe(): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const { key } = (await (await fetch("/api/push/key", { headers: { accept: "application/json" } })).json()) as { key: string | null };
  if (!key) throw new Error("nothing is pushed");
  const { pushManager } = await navigator.serviceWorker.ready;
  // One that was made by another key of the deployment is of no use.
  await (await pushManager.getSubscription())?.unsubscribe();
  await tell(await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) }));
  return true;
}

function offer(box: HTMLElement): void {
  const part = (name: string): HTMLElement | null => box.querySelector(`[data-push-${name}]`);
  const say = (name: string, shown: boolean): void => {
    const words = part(name);
    if (words) words.hidden = !shown;
  };
  if (!able()) return;
  say("unable", false);
  const button = part("on");
  if (Notification.permission === "denied") return say("denied", true);
  if (!button || (box.dataset["pushHere"] !== undefined && Notification.permission === "granted")) return;
  button.hidden = false;
  const later = part("failed")?.textContent ?? "";
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    say("failed", false);
    subscribe()
      .then((granted) => (granted ? location.reload() : say("denied", Notification.permission === "denied")))
      .catch((fault: unknown) => {
        const words = part("failed");
        if (words) words.textContent = (fault instanceof Refusal && fault.message) || later;
        say("failed", true);
      })
      .finally(() => button.removeAttribute("aria-busy"));
  });
}

async function leave(): Promise<void> {
  localStorage.removeItem(MARK);
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/** Notices of the ticket that is open are shown no more. */
async function clear(): Promise<void> {
  const ticket = document.querySelector<HTMLElement>("[data-ticket]")?.dataset["ticket"];
  const registration = ticket && (await navigator.serviceWorker.getRegistration());
  if (registration) for (const shown of await registration.getNotifications({ tag: ticket })) shown.close();
}

/** The icon counts anew. */
async function count(): Promise<void> {
  if (!("setAppBadge" in navigator)) return;
  const answer = await fetch("/api/push/unread", { headers: { accept: "application/json" } });
  const { tickets } = (await answer.json()) as { tickets?: number };
  await (tickets ? navigator.setAppBadge(tickets) : navigator.clearAppBadge());
}

/** The server hears once a visit that the device is still there. */
async function renew(): Promise<void> {
  if (sessionStorage.getItem(TOLD) === reader) return;
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  if (subscription) await tell(subscription);
}

export function startPush(root: ParentNode): void {
  for (const box of fresh<HTMLElement>(root, "[data-push]", "push")) offer(box);
  for (const form of fresh<HTMLFormElement>(root, "form[data-push-off]", "push-off")) {
    form.addEventListener("submit", (event) => {
      if (!able()) return;
      event.preventDefault();
      void leave()
        .catch(() => undefined)
        .finally(() => form.submit());
    });
  }
}

/** What is read is told no more: once a page, and for each ticket that is opened beside its list. */
export function startNews(): void {
  try {
    if (!reader || !able() || localStorage.getItem(MARK) !== reader || Notification.permission !== "granted") return;
  } catch {
    return;
  }
  const quietly = (work: () => Promise<void>): Promise<void> => work().catch(() => undefined);
  document.addEventListener("workernet:pane", () => void quietly(clear));
  document.addEventListener("workernet:seen", () => void quietly(count));
  void quietly(clear)
    .then(() => quietly(count))
    .then(() => quietly(renew));
}
