/**
 * A ticket beside its list, where the window is wide enough for both.
 *
 * What is shown there is the ticket's own page as the server renders it, and the address becomes the ticket's: reloading, sharing and
 * going back work as everywhere. Without this, and in narrow windows, links simply lead to the page.
 */
import htmx from "htmx.org";
import { csrf, icon, text, toast } from "./page";
import { type Fetched, load, loadAhead, read } from "./pages";

const WIDE = window.matchMedia("(min-width: 80rem)");
const TICKET = /^\/agent\/tickets\/[^/?#]+-\d+(\?[^#]*)?$/;
const KEPT = "list-width";
/** The list's share of the width, in percent. */
const LEAST = 22;
const MOST = 60;
/** A press that is held for longer than this is none, in ms. */
const PRESS_MS = 1_000;

/** A page that is on its way before the click that asks for it. */
interface Ahead {
  address: string;
  fetched: Promise<Fetched | undefined>;
  /** Nobody wants it. */
  drop: () => void;
  /** Held until it is wanted or dropped. */
  timer: number;
}

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

export function startPane(start: (root: ParentNode) => void): void {
  const pane = document.querySelector<HTMLElement>("#pane");
  const list = document.querySelector<HTMLElement>("#list-pane");
  const split = document.querySelector<HTMLElement>("#pane-split");
  const panes = pane?.parentElement;
  if (!pane || !list || !split || !panes) return;

  let home = location.pathname + location.search;
  const title = document.title;
  let asked = 0;
  let ahead: Ahead | undefined;

  const mark = (): void => {
    const path = (pane.dataset["address"] ?? "").split("?")[0];
    for (const row of list.querySelectorAll<HTMLElement>("tr[data-href]")) {
      const open = row.dataset["href"] === path;
      row.classList.toggle("open", open);
      if (open) row.querySelector("a")?.setAttribute("aria-current", "true");
      else row.querySelector("a")?.removeAttribute("aria-current");
    }
  };
  const seen = (): void => {
    const row = list.querySelector<HTMLElement>("tr.open");
    if (row) row.dataset["marks"] = (row.dataset["marks"] ?? "").replace("unread", "").trim();
  };
  const show = ({ page, address }: Fetched): boolean => {
    const ticket = page.querySelector<HTMLElement>("main .ticket");
    if (!ticket) return false;
    // Texts and frame are here already; dialogs of the ticket come with it.
    const dialogs = [...page.querySelectorAll<HTMLElement>("main dialog")].filter((dialog) => !ticket.contains(dialog));
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "button button-quiet button-icon pane-close";
    shut.setAttribute("aria-label", text("close-pane"));
    shut.title = text("close-pane");
    shut.append(icon("x"));
    shut.addEventListener("click", leave);
    const place = pane.hidden ? 0 : pane.scrollTop;
    pane.replaceChildren(shut, document.adoptNode(ticket), ...dialogs.map((dialog) => document.adoptNode(dialog)));
    pane.dataset["address"] = address;
    pane.dataset["home"] = home;
    pane.hidden = false;
    split.hidden = false;
    panes.classList.add("open");
    document.title = page.title || ticket.querySelector("h1")?.textContent || title;
    htmx.process(pane);
    start(pane);
    mark();
    seen();
    // Where it is at its top already, to say so would lay the page out twice.
    if (place > 0) pane.scrollTop = 0;
    document.dispatchEvent(new Event("workernet:pane"));
    return true;
  };
  const close = (): void => {
    asked += 1;
    if (pane.hidden) return;
    const path = (pane.dataset["address"] ?? "").split("?")[0] ?? "";
    pane.replaceChildren();
    delete pane.dataset["address"];
    pane.hidden = true;
    split.hidden = true;
    panes.classList.remove("open");
    document.title = title;
    mark();
    const row = list.querySelector<HTMLElement>(`tr[data-href="${CSS.escape(path)}"] .t-title a`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
    document.dispatchEvent(new Event("workernet:pane"));
  };
  // The address goes back to the list's, unless its filters have taken it already.
  const leave = (): void => {
    if (location.pathname + location.search === pane.dataset["address"]) history.back();
    else close();
  };
  const open = async (address: string, push: boolean): Promise<void> => {
    asked += 1;
    const mine = asked;
    const begun = ahead?.address === address ? ahead : undefined;
    if (begun) {
      window.clearTimeout(begun.timer);
      ahead = undefined;
    }
    const fetched = await (begun?.fetched ?? load(address).catch(() => undefined));
    if (mine !== asked) return;
    if (!fetched || !show(fetched)) {
      location.assign(address);
      return;
    }
    saySeen(fetched.address, begun !== undefined);
    if (push) history[pane.dataset["pushed"] ? "replaceState" : "pushState"]({ pane: address }, "", address);
    pane.dataset["pushed"] = "yes";
    pane.querySelector<HTMLElement>("h1")?.setAttribute("tabindex", "-1");
  };

  /** The ticket beside the list that a press of the mouse asks for, or its way back. */
  const asks = (event: MouseEvent): { back: boolean; address: string } | undefined => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !WIDE.matches) return undefined;
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("#list tr[data-href] a, #pane a, #open-tabs a") : null;
    if (!link || link.target !== "") return undefined;
    if (link.matches("[data-back]")) return { back: true, address: "" };
    const url = new URL(link.href);
    const address = url.pathname + url.search;
    // A link of the ticket to its older part is htmx's; to a place in it, the browser's.
    if (url.origin !== location.origin || !TICKET.test(address) || link.closest("[data-hx-get]") || (url.hash !== "" && url.pathname === location.pathname)) return undefined;
    return { back: false, address };
  };
  // A button is held down for a tenth of a second before it is a click: by then the ticket may be here.
  const drop = (): void => {
    if (ahead) window.clearTimeout(ahead.timer);
    ahead?.drop();
    ahead = undefined;
  };
  document.addEventListener("pointerdown", (event) => {
    drop();
    const wanted = event.pointerType === "mouse" ? asks(event) : undefined;
    if (!wanted || wanted.back) return;
    const dropped = new AbortController();
    ahead = {
      address: wanted.address,
      fetched: loadAhead(wanted.address, dropped.signal).catch(() => undefined),
      drop: () => dropped.abort(),
      timer: window.setTimeout(drop, PRESS_MS),
    };
  });
  // What is dragged, or let go elsewhere, shows nothing.
  for (const given of ["dragstart", "pointercancel"]) document.addEventListener(given, drop);
  document.addEventListener("click", (event) => {
    const wanted = asks(event);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.back) leave();
    else void open(wanted.address, true);
  });

  // What is sent from the ticket stays beside the list: its answer is a page again, the ticket's own, or leads elsewhere.
  pane.addEventListener("submit", (event) => {
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
      .then((answer) => {
        if (!answer) throw new Error("no page");
        const isRefused = answer.status >= 400;
        if (TICKET.test(answer.address) || isRefused) {
          const address = isRefused ? (pane.dataset["address"] ?? answer.address) : answer.address;
          const place = pane.scrollTop;
          if (!show({ ...answer, address })) throw new Error("no ticket");
          pane.scrollTop = place;
          history.replaceState({ pane: address }, "", address);
          pane.focus({ preventScroll: true });
          document.dispatchEvent(new Event("workernet:stale"));
        } else location.assign(answer.address);
      })
      .catch(() => {
        form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
        toast(text("failed"));
      });
  });

  window.addEventListener("popstate", (event) => {
    const state: unknown = event.state;
    if (state && typeof state === "object" && "htmx" in state) return;
    const address = location.pathname + location.search;
    if (TICKET.test(address) && WIDE.matches) void open(address, false);
    else if (address === home) {
      delete pane.dataset["pushed"];
      close();
    } else location.reload();
  });
  document.body.addEventListener("htmx:pushedIntoHistory", () => {
    home = location.pathname + location.search;
    // The filters of the list have the address now; the ticket stays open beside it.
    delete pane.dataset["pushed"];
    pane.dataset["home"] = home;
  });
  document.addEventListener("workernet:refreshed", mark);
  document.body.addEventListener("htmx:afterSettle", mark);

  // The border between the two: by pointer, by arrow keys, remembered.
  const width = (percent: number): void => {
    const share = Math.round(Math.max(LEAST, Math.min(MOST, percent)));
    panes.style.setProperty("--list-width", `${share}%`);
    split.setAttribute("aria-valuenow", String(share));
    try {
      localStorage.setItem(KEPT, String(share));
    } catch {
      // Without storage it is forgotten.
    }
  };
  split.setAttribute("aria-valuemin", String(LEAST));
  split.setAttribute("aria-valuemax", String(MOST));
  const kept = ((): number => {
    try {
      return Number(localStorage.getItem(KEPT));
    } catch {
      return 0;
    }
  })();
  width(kept >= LEAST && kept <= MOST ? kept : 34);
  const rtl = document.documentElement.dir === "rtl";
  split.addEventListener("pointerdown", (event) => {
    split.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  split.addEventListener("pointermove", (event) => {
    if (!split.hasPointerCapture(event.pointerId)) return;
    const box = panes.getBoundingClientRect();
    width(((rtl ? box.right - event.clientX : event.clientX - box.left) / box.width) * 100);
  });
  split.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: rtl ? 2 : -2, ArrowRight: rtl ? -2 : 2 }[event.key];
    if (!step) return;
    event.preventDefault();
    width(Number(split.getAttribute("aria-valuenow")) + step);
  });
}
