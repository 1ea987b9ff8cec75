/**
 * Panels beside a ticket that are fetched when they are opened: each is a part of a page of its own, which the link in the closed panel
 * leads to. Their forms are sent in place, one at a time; what the server answers stands where the form was, and the focus where it was.
 *
 * What somebody types in a panel is theirs: it is not fetched anew until they have sent it or taken it back.
 */
import { isInUse } from "./follow";
import { fresh, say, text, toast } from "./page";
import { load, read } from "./pages";
import { PAGE_OR_PROBLEM, reasonOf } from "./problem";

const PART = "[data-panel-body]";
const MENU = "details[data-menu]";

const placeOf = (panel: HTMLElement): HTMLElement | null => panel.querySelector<HTMLElement>("[data-panel-place]");

/** What a place was last asked for: an answer that comes after a later question is not shown. */
const asked = new WeakMap<HTMLElement, object>();

function ask(place: HTMLElement): object {
  const question = {};
  asked.set(place, question);
  return question;
}

function show(place: HTMLElement, part: Element, start: (root: ParentNode) => void): void {
  delete place.dataset["behind"];
  place.replaceChildren(part);
  place.dataset["filled"] = "";
  start(place);
}

/** Whether the reader is at work in a panel: then it keeps what it shows, and is behind. */
function isKept(place: HTMLElement): boolean {
  const isTaken = isInUse(place) || place.getAttribute("aria-busy") === "true" || place.querySelector(`${MENU}[open]`) !== null;
  if (isTaken) place.dataset["behind"] = "";
  return isTaken;
}

async function fill(panel: HTMLDetailsElement, start: (root: ParentNode) => void): Promise<void> {
  const place = placeOf(panel);
  if (!place || !panel.open || isKept(place)) return;
  const question = ask(place);
  const part = (await load(panel.dataset["panel"] ?? ""))?.page.querySelector(PART);
  if (part && asked.get(place) === question && !isKept(place)) show(place, part, start);
}

/** Which thing of a list a form is about: none is a thing too. */
const itemOf = (form: HTMLFormElement): string => form.querySelector<HTMLInputElement>('input[name="item"]')?.value ?? "";

/** Fields of a form in which something stands that was not sent before. */
const typed = (form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement)[] =>
  [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input[id], textarea[id]")].filter((field) => field.value !== field.defaultValue);

const sameField = (place: HTMLElement, field: Element): HTMLElement | null => (field.id === "" ? null : place.querySelector<HTMLElement>(`#${CSS.escape(field.id)}`));

/** What was typed and is not saved stays, and its fields know that it is not. */
function keep(place: HTMLElement, fields: readonly (HTMLInputElement | HTMLTextAreaElement)[]): void {
  for (const field of fields) {
    const same = sameField(place, field);
    if (!(same instanceof HTMLInputElement || same instanceof HTMLTextAreaElement)) continue;
    same.defaultValue = field.defaultValue;
    same.value = field.value;
  }
}

/** The control that stands where another one stood: the same, or what its form has instead. What is in a menu is behind the menu's button now. */
function counterpart(place: HTMLElement, control: HTMLElement, form: HTMLFormElement): HTMLElement | null {
  const owner = control.closest("form") ?? form;
  const forms = [...place.querySelectorAll("form")].filter((other) => other.getAttribute("action") === owner.getAttribute("action") && itemOf(other) === itemOf(owner));
  const buttons = forms.flatMap((other) => [...other.querySelectorAll<HTMLButtonElement>("button:not([aria-hidden])")]);
  const named = control instanceof HTMLButtonElement ? buttons.filter((button) => button.name === control.name) : [];
  const found = sameField(place, control) ?? named.find((button) => button.value === (control as HTMLButtonElement).value) ?? named[0] ?? null;
  return found?.closest(`${MENU}:not([open])`)?.querySelector("summary") ?? found;
}

/** Puts the focus where the reader goes on: at what was refused, in the field that takes the next one, or where it was. */
function goOn(panel: HTMLDetailsElement, place: HTMLElement, form: HTMLFormElement, control: HTMLElement | null): void {
  const wrong = place.querySelector<HTMLElement>('[aria-invalid="true"]') ?? place.querySelector<HTMLElement>("[role=alert]");
  if (wrong?.matches("[role=alert]")) wrong.tabIndex = -1;
  const emptied = typed(form)
    .map((field) => sameField(place, field))
    .find((field) => (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value === "" && !field.closest(MENU));
  const next = wrong ?? emptied ?? (control && counterpart(place, control, form)) ?? panel.querySelector<HTMLElement>("summary");
  next?.focus();
}

/** Says what came of it. What the page would show in passing is told in passing. */
function tell(part: Element): void {
  const flash = part.querySelector("[data-flash]");
  flash?.remove();
  if (flash) toast(flash.textContent.trim());
  else say(part.querySelector("[data-panel-says]")?.textContent.trim() ?? "");
}

async function send(panel: HTMLDetailsElement, place: HTMLElement, form: HTMLFormElement, button: HTMLElement | null, start: (root: ParentNode) => void): Promise<void> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  if (button instanceof HTMLButtonElement && button.name) body.append(button.name, button.value);
  place.setAttribute("aria-busy", "true");
  ask(place);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { accept: PAGE_OR_PROBLEM } });
    const reason = await reasonOf(answer);
    const fetched = reason === "" ? await read(answer) : undefined;
    const part = fetched?.page.querySelector(PART);
    if (!fetched || !part) return toast(reason || text("failed"));
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const isHere = place.contains(focused);
    // Whoever has gone elsewhere meanwhile stays there.
    const follows = isHere || focused === null || focused === document.body;
    const unsaved = [...place.querySelectorAll("form")].filter((other) => other !== form || fetched.status >= 400).flatMap(typed);
    if (fetched.status < 400) tell(part);
    show(place, part, start);
    place.removeAttribute("aria-busy");
    keep(place, unsaved);
    if (follows) goOn(panel, place, form, isHere ? focused : button);
  } finally {
    place.removeAttribute("aria-busy");
  }
  // What was done here may show elsewhere on the page.
  document.dispatchEvent(new Event("workernet:stale"));
}

export function startPanels(root: ParentNode, start: (root: ParentNode) => void): void {
  for (const panel of fresh<HTMLDetailsElement>(root, "details[data-panel]", "panels")) {
    panel.addEventListener("toggle", () => void fill(panel, start).catch(() => toast(text("failed"))));
    panel.addEventListener("focusout", (event) => {
      const place = placeOf(panel);
      const stays = event.relatedTarget instanceof Node && place?.contains(event.relatedTarget);
      if (place?.dataset["behind"] !== undefined && !stays) void fill(panel, start).catch(() => undefined);
    });
    panel.addEventListener("submit", (event) => {
      const form = event.target;
      const place = placeOf(panel);
      if (!(form instanceof HTMLFormElement) || !place?.contains(form)) return;
      event.preventDefault();
      if (place.getAttribute("aria-busy") === "true") return;
      const buttons = [...form.querySelectorAll<HTMLElement>("button")];
      const pressed = event.submitter ?? buttons.find((button) => button === document.activeElement) ?? null;
      void send(panel, place, form, pressed, start).catch(() => toast(text("failed")));
    });
    if (panel.open) void fill(panel, start).catch(() => undefined);
  }
}

/** The panels of a page that was brought up to date: those that are open are fetched again, but for what does not change while one looks on. */
export function startPanelsLive(start: (root: ParentNode) => void): void {
  document.addEventListener("workernet:refreshed", () => {
    for (const panel of document.querySelectorAll<HTMLDetailsElement>("details[data-panel][open]:not([data-panel-still])")) void fill(panel, start).catch(() => undefined);
  });
}
