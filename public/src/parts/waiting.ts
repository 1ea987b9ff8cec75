/**
 * What was written without a network: it is shown where it belongs until it was sent, and where it cannot be sent, it says why and
 * keeps its text. The service worker does the sending; pages tell it when the network is back.
 */
import { type Waiting, owner, put, remove, waiting } from "./kept";
import { icon, locale, text, toast, zone } from "./page";

const reader = document.body.dataset["user"] ?? "";

const field = (entry: Waiting, name: string): string => {
  const found = entry.fields.find(([key]) => key === name)?.[1];
  return typeof found === "string" ? found : "";
};
const body = (entry: Waiting): string => field(entry, entry.page === "/tickets/new" ? "description" : "body");

async function flush(): Promise<void> {
  if ((await waiting()).length === 0) return;
  const registration = await navigator.serviceWorker.ready;
  registration.active?.postMessage({ type: "flush" });
}

function button(label: string, name: string, run: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-small";
  made.append(icon(name), label);
  made.addEventListener("click", run);
  return made;
}

function element(kind: string, name: string, ...content: (string | Node)[]): HTMLElement {
  const made = document.createElement(kind);
  made.className = name;
  made.append(...content);
  return made;
}

function card(entry: Waiting): HTMLElement {
  const state = entry.held
    ? element("span", "chip chip-bad", icon("triangle-alert"), text("held"))
    : element("span", "chip chip-warn", icon("clock"), text("waiting"));
  const written = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: zone, numberingSystem: "latn" }).format(entry.at);
  const head = element("header", "entry-head", state, element("span", "push", written));
  const words = element("div", "prose waiting-text");
  words.dir = "auto";
  const title = field(entry, "title");
  if (title) words.append(element("b", "", title), document.createElement("br"));
  words.append(body(entry));
  const box = element("div", "entry-box", head, words);
  const files = entry.fields.map(([, value]) => value).filter((value) => value instanceof File);
  if (files.length > 0) {
    const list = element("div", "files");
    for (const file of files) list.append(element("span", "file", icon("paperclip"), element("bdi", "cut", file.name)));
    box.append(list);
  }
  const foot = element("footer", "entry-foot waiting-foot");
  if (entry.held) foot.append(element("p", "waiting-why", text(`held-${entry.held}`)));
  if (entry.held && entry.why) {
    const why = element("p", "waiting-why", element("b", "", entry.why));
    why.dir = "auto";
    foot.append(why);
  }
  const again = (): void => {
    const { held: _, tried: __, why: ___, ...fresh } = entry;
    // Whoever has looked and tries again after a day means it.
    void put(entry.held === "old" ? fresh : { ...fresh, ...(entry.tried === undefined ? {} : { tried: entry.tried }) }).then(flush).then(show);
  };
  foot.append(button(text("retry"), "rotate-cw", again));
  if (entry.held) foot.append(button(text("copy"), "copy", () => void navigator.clipboard.writeText(body(entry)).then(() => toast(text("copied-text")))));
  foot.append(button(text("discard"), "trash-2", () => void (entry.id === undefined ? undefined : remove(entry.id).then(show))));
  if (entry.page !== location.pathname && entry.page !== "/tickets/new") {
    const link = document.createElement("a");
    link.href = entry.page;
    link.textContent = entry.page.split("/").pop() ?? "";
    foot.append(link);
  }
  box.append(foot);
  return element("article", "waiting-entry", box);
}

/** Shows what waits: on a ticket's page its own, on the lists everything. */
async function show(): Promise<void> {
  const here = location.pathname;
  const onTicket = document.querySelector<HTMLElement>(".ticket-client[data-ticket]");
  const overview = here === "/" || here === "/tickets";
  if (!onTicket && !overview) return;
  const mine = (await owner()) === reader ? await waiting() : [];
  const entries = mine.filter((entry) => overview || entry.page === here);
  let section = document.querySelector<HTMLElement>("#waiting");
  if (!section) {
    if (entries.length === 0) return;
    section = element("section", "stack");
    section.id = "waiting";
    section.setAttribute("aria-label", text("waiting"));
    if (onTicket) document.querySelector("#conversation")?.after(section);
    else document.querySelector("#main")?.prepend(section);
  }
  section.replaceChildren(...entries.map(card));
  settleDraft(entries);
  if (location.hash === "#waiting") section.scrollIntoView({ block: "nearest" });
}

/** What waits is no draft any more. */
function settleDraft(entries: Waiting[]): void {
  for (const entry of entries) {
    const form = document.querySelector<HTMLFormElement>(`form[action="${CSS.escape(entry.action)}"]`);
    const typed = form?.querySelector("textarea");
    if (!form || !typed || typed.value.trim() !== body(entry).trim()) continue;
    typed.value = "";
    typed.dispatchEvent(new Event("input", { bubbles: true }));
    form.dataset["dirty"] = "sent";
  }
}

/** A page that was kept says so, and of when it is. */
function sayKept(): void {
  const at = Number(document.body.dataset["kept"]);
  const line = document.querySelector<HTMLElement>("#offline");
  if (!at || !line) return;
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: zone, numberingSystem: "latn" }).format(at);
  line.lastChild?.replaceWith(text("kept", moment));
  line.hidden = false;
}

/** On the page for when there is no network: what can be read nevertheless. */
async function listKept(): Promise<void> {
  const place = document.querySelector<HTMLElement>("[data-kept-list]");
  if (!place) return;
  const pages = await caches.open("pages");
  const links: HTMLElement[] = [];
  for (const request of [...(await pages.keys())].reverse()) {
    const url = new URL(request.url);
    if (!/^\/tickets(\/(?!new$)[^/]+)?$/.test(url.pathname) || url.search !== "") continue;
    const title = /<title>([^<]*)<\/title>/.exec((await (await pages.match(request))?.text()) ?? "")?.[1] ?? "";
    const link = document.createElement("a");
    link.href = url.pathname;
    // The title is escaped in the page's text.
    link.textContent = new DOMParser().parseFromString(title, "text/html").body.textContent?.split(" · ")[0] ?? url.pathname;
    links.push(element("li", "", link));
  }
  if (links.length === 0) return;
  place.querySelector("ul")?.replaceChildren(...links);
  place.hidden = false;
}

export function startWaiting(): void {
  if (!("serviceWorker" in navigator) || !("indexedDB" in window)) return;
  sayKept();
  void listKept().catch(() => undefined);
  if (!reader) return;
  navigator.serviceWorker.addEventListener("message", (event) => {
    const message: unknown = event.data;
    if (!message || typeof message !== "object" || !("type" in message) || message.type !== "waiting") return;
    void show();
    const sent = "sent" in message ? message.sent : "";
    if (sent === "") return;
    const typed = document.querySelector<HTMLTextAreaElement>("form[data-composer] textarea")?.value ?? "";
    const concerns = sent === location.pathname || document.body.dataset["kept"] !== undefined || document.querySelector("[data-live-list]") !== null;
    const renew = (): void => location.replace(location.pathname + location.search);
    if (concerns && typed.trim() === "") renew();
    else toast(text("arrived"), concerns ? { label: text("show"), run: renew } : undefined);
  });
  window.addEventListener("online", () => void flush());
  void resume().catch(() => undefined);
}

/** A page of its writer: what only waited for a session may go now. */
async function resume(): Promise<void> {
  if ((await owner()) !== reader) return;
  for (const entry of await waiting()) {
    if (entry.held !== "session") continue;
    const { held: _, ...free } = entry;
    await put(free);
  }
  await show();
  if (document.body.dataset["kept"] === undefined) await flush();
}
