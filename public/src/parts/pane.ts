/**
 * A ticket beside its list, where the window is wide enough for both.
 *
 * What is shown there is the ticket's own page as the server renders it, and the address becomes the ticket's: reloading, sharing and
 * going back work as everywhere. Without this, and in narrow windows, links simply lead to the page.
 */
import htmx from "htmx.org";
import { csrf, icon, text, toast } from "./page";
import { type Fetched, load, read } from "./pages";
import { Ahead } from "./pane-ahead";
import { startBorder } from "./pane-border";

const WIDE = window.matchMedia("(min-width: 80rem)");
const TICKET = /^\/agent\/tickets\/[^/?#]+-\d+(\?[^#]*)?$/;

/** The server hears that the ticket was seen, where its page was fetched ahead; then counts can be asked for. Not before the page is painted. */
function saySeen(address: string, isAhead: boolean): void {
  const path = address.split("?")[0] ?? "";
  const said = (): void => {
    document.dispatchEvent(new Event("workernet:seen"));
  };
  requestAnimationFrame(() =>
    window.setTimeout(() => {
      if (!isAhead) return said();
      void fetch(`${path}/seen`, { method: "POST", body: new URLSearchParams({ csrf: csrf() }), keepalive: true }).then(said, () => undefined);
    }, 0),
  );
}

/** The ticket beside the list that a press of the mouse asks for, or its way back. */
function asks(event: MouseEvent): { back: boolean; address: string } | undefined {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !WIDE.matches) return undefined;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("#list tr[data-href] a, #pane a, #open-tabs a") : null;
  if (!link || link.target !== "") return undefined;
  if (link.matches("[data-back]")) return { back: true, address: "" };
  const url = new URL(link.href);
  const address = url.pathname + url.search;
  // A link of the ticket to its older part is htmx's; to a place in it, the browser's.
  if (url.origin !== location.origin || !TICKET.test(address) || link.closest("[data-hx-get]") || (url.hash !== "" && url.pathname === location.pathname)) return undefined;
  return { back: false, address };
}

const here = (): string => location.pathname + location.search;

class Pane {
  /** The list's own address. */
  private home = here();
  private readonly title = document.title;
  /** How often something was asked for: an answer that comes after a later question is not shown. */
  private asked = 0;
  private readonly ahead = new Ahead();

  constructor(
    private readonly box: HTMLElement,
    private readonly list: HTMLElement,
    private readonly split: HTMLElement,
    private readonly panes: HTMLElement,
    private readonly start: (root: ParentNode) => void,
  ) {
    this.followMouse();
    box.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("popstate", (event) => this.went(event.state));
    document.body.addEventListener("htmx:pushedIntoHistory", () => {
      this.home = here();
      // The filters of the list have the address now; the ticket stays open beside it.
      delete box.dataset["pushed"];
      box.dataset["home"] = this.home;
    });
    document.addEventListener("workernet:refreshed", () => this.mark());
    document.body.addEventListener("htmx:afterSettle", () => this.mark());
  }

  private get address(): string {
    return this.box.dataset["address"] ?? "";
  }

  private mark(): void {
    const path = this.address.split("?")[0];
    for (const row of this.list.querySelectorAll<HTMLElement>("tr[data-href]")) {
      const open = row.dataset["href"] === path;
      row.classList.toggle("open", open);
      if (open) row.querySelector("a")?.setAttribute("aria-current", "true");
      else row.querySelector("a")?.removeAttribute("aria-current");
    }
  }

  private seen(): void {
    const row = this.list.querySelector<HTMLElement>("tr.open");
    if (row) row.dataset["marks"] = (row.dataset["marks"] ?? "").replace("unread", "").trim();
  }

  /** The button that closes it. */
  private shut(): HTMLElement {
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "button button-quiet button-icon pane-close";
    shut.setAttribute("aria-label", text("close-pane"));
    shut.title = text("close-pane");
    shut.append(icon("x"));
    shut.addEventListener("click", () => this.leave());
    return shut;
  }

  private show({ page, address }: Fetched): boolean {
    const ticket = page.querySelector<HTMLElement>("main .ticket");
    if (!ticket) return false;
    // Texts and frame are here already; dialogs of the ticket come with it.
    const dialogs = [...page.querySelectorAll<HTMLElement>("main dialog")].filter((dialog) => !ticket.contains(dialog));
    const { box } = this;
    const place = box.hidden ? 0 : box.scrollTop;
    box.replaceChildren(this.shut(), document.adoptNode(ticket), ...dialogs.map((dialog) => document.adoptNode(dialog)));
    box.dataset["address"] = address;
    box.dataset["home"] = this.home;
    box.hidden = false;
    this.split.hidden = false;
    this.panes.classList.add("open");
    document.title = ticket.querySelector("h1")?.textContent || this.title;
    // Only what carries its attributes: to look through the whole ticket takes longer.
    for (const element of box.querySelectorAll("[data-hx-get], [data-hx-post]")) htmx.process(element);
    this.start(box);
    this.mark();
    this.seen();
    // Where it is at its top already, to say so would lay the page out twice.
    if (place > 0) box.scrollTop = 0;
    document.dispatchEvent(new Event("workernet:pane"));
    return true;
  }

  private close(): void {
    this.asked += 1;
    const { box } = this;
    if (box.hidden) return;
    const path = this.address.split("?")[0] ?? "";
    box.replaceChildren();
    delete box.dataset["address"];
    box.hidden = true;
    this.split.hidden = true;
    this.panes.classList.remove("open");
    document.title = this.title;
    this.mark();
    const row = this.list.querySelector<HTMLElement>(`tr[data-href="${CSS.escape(path)}"] .t-title a`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
    document.dispatchEvent(new Event("workernet:pane"));
  }

  /** The address goes back to the list's, unless its filters have taken it already. */
  private leave(): void {
    if (here() === this.box.dataset["address"]) history.back();
    else this.close();
  }

  private async open(address: string, push: boolean): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    const begun = this.ahead.take(address);
    const fetched = await (begun ?? load(address).catch(() => undefined));
    if (mine !== this.asked) return;
    if (!fetched || !this.show(fetched)) {
      location.assign(address);
      return;
    }
    saySeen(fetched.address, begun !== undefined);
    const { box } = this;
    if (push) history[box.dataset["pushed"] ? "replaceState" : "pushState"]({ pane: address }, "", address);
    box.dataset["pushed"] = "yes";
    box.querySelector<HTMLElement>("h1")?.setAttribute("tabindex", "-1");
  }

  private followMouse(): void {
    document.addEventListener("pointerdown", (event) => {
      this.ahead.drop();
      const wanted = event.pointerType === "mouse" ? asks(event) : undefined;
      if (wanted && !wanted.back) this.ahead.begin(wanted.address);
    });
    // What is dragged, or let go elsewhere, shows nothing.
    for (const given of ["dragstart", "pointercancel"]) document.addEventListener(given, () => this.ahead.drop());
    document.addEventListener("click", (event) => {
      const wanted = asks(event);
      if (!wanted) return;
      event.preventDefault();
      if (wanted.back) this.leave();
      else void this.open(wanted.address, true);
    });
  }

  /** What is sent from the ticket stays beside the list: its answer is a page again, the ticket's own, or leads elsewhere. */
  private submitted(event: HTMLElementEventMap["submit"]): void {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== "post" || form.closest("[data-hx-post]")) return;
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    const words = (): URLSearchParams => new URLSearchParams([...data].map(([name, value]): [string, string] => [name, String(value)]));
    void fetch(form.getAttribute("action") ?? location.href, {
      method: "POST",
      headers: { accept: "text/html" },
      body: form.enctype === "multipart/form-data" ? data : words(),
    })
      .then(read)
      .then((answer) => this.answered(answer))
      .catch(() => {
        form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
        toast(text("failed"));
      });
  }

  private answered(answer: Fetched | undefined): void {
    if (!answer) throw new Error("no page");
    const isRefused = answer.status >= 400;
    if (!TICKET.test(answer.address) && !isRefused) {
      location.assign(answer.address);
      return;
    }
    const address = isRefused ? (this.box.dataset["address"] ?? answer.address) : answer.address;
    const place = this.box.scrollTop;
    if (!this.show({ ...answer, address })) throw new Error("no ticket");
    this.box.scrollTop = place;
    history.replaceState({ pane: address }, "", address);
    this.box.focus({ preventScroll: true });
    document.dispatchEvent(new Event("workernet:stale"));
  }

  /** The reader went back or on in the history. */
  private went(state: unknown): void {
    if (state && typeof state === "object" && "htmx" in state) return;
    const address = here();
    if (TICKET.test(address) && WIDE.matches) void this.open(address, false);
    else if (address === this.home) {
      delete this.box.dataset["pushed"];
      this.close();
    } else location.reload();
  }
}

export function startPane(start: (root: ParentNode) => void): void {
  const pane = document.querySelector<HTMLElement>("#pane");
  const list = document.querySelector<HTMLElement>("#list-pane");
  const split = document.querySelector<HTMLElement>("#pane-split");
  const panes = pane?.parentElement;
  if (!pane || !list || !split || !panes) return;
  new Pane(pane, list, split, panes, start);
  startBorder(panes, split);
}
