/**
 * Lists without end: as the reader nears the last row the next page is fetched and put below.
 *
 * A page that was put below is a piece of its own. Pieces far away are let go, with their height kept, and fetched again from their own
 * address when the reader comes back; near ones outside of the window are not rendered (`content-visibility`). So a list of any
 * length costs as much as what is in view. What is ticked or has the focus stays.
 */
import { fresh } from "./page";
import { load } from "./pages";

/** How far from the window pages are fetched, and how far pieces are kept, in px. */
const NEAR = 500;
const FAR = 6_000;

interface Piece {
  table: HTMLTableElement;
  next: HTMLAnchorElement | undefined;
}

/** The rows of a page, in a table of their own whose columns are as wide as those of the first. */
async function piece(address: string): Promise<Piece | undefined> {
  const fetched = await load(address).catch(() => undefined);
  const table = fetched?.page.querySelector<HTMLTableElement>("#list .table-wrap > table");
  if (!fetched || !table) return undefined;
  // The first table names the columns; here they only keep their widths.
  for (const field of table.querySelectorAll("thead input")) field.remove();
  const next = fetched.page.querySelector<HTMLAnchorElement>('#list .pager a[rel="next"]') ?? undefined;
  return { table: document.adoptNode(table), next };
}

/** A ticket that has moved meanwhile stands in one place only. */
function withoutKnown(table: HTMLTableElement): void {
  for (const row of table.querySelectorAll("tbody tr[id]")) if (document.getElementById(row.id)) row.remove();
  for (const heading of table.querySelectorAll("tbody tr.group"))
    if (!heading.nextElementSibling || heading.nextElementSibling.matches(".group")) heading.remove();
}

/** The last heading in a piece; of one that was let go, what it was. */
function lastHeading(piece: HTMLElement): string {
  return [...piece.querySelectorAll("tr.group")].pop()?.textContent ?? piece.dataset["heading"] ?? "";
}

/** The heading that stands last above a piece. */
function headingAbove(chunk: Element): string {
  for (let above = chunk.previousElementSibling; above instanceof HTMLElement; above = above.previousElementSibling) {
    const last = lastHeading(above);
    if (last) return last;
  }
  return "";
}

/** What goes on under the heading that stands last above gets no second one. */
function withoutSame(chunk: Element): void {
  const first = chunk.querySelector("tbody > tr");
  if (first?.matches(".group") && first.textContent === headingAbove(chunk)) first.remove();
}

/** What the reader is at: the cursor, ticks, the open ticket, the focus. */
function isNeeded(table: HTMLTableElement): boolean {
  return table.querySelector(".cursor, input:checked, .open") !== null || table.contains(document.activeElement);
}

/** A piece without its rows, as high as it was. */
function letGo(chunk: HTMLElement, table: HTMLTableElement, height: number): void {
  chunk.style.blockSize = `${height}px`;
  chunk.dataset["heading"] = lastHeading(chunk);
  table.remove();
}

/** One list on the page, and the pieces below it. */
class Endless {
  private busy = false;
  private stopped = false;
  private readonly wrap: HTMLElement | null;
  private readonly pager: Element | null;
  private readonly far: IntersectionObserver;
  private readonly near: IntersectionObserver;

  constructor(
    private readonly list: HTMLElement,
    private readonly start: (root: ParentNode) => void,
  ) {
    // The window scrolls, or the list beside a ticket does.
    const root = document.querySelector<HTMLElement>(".work-panes.open > .list-pane");
    this.wrap = list.querySelector<HTMLElement>(".table-wrap");
    this.pager = list.querySelector(".pager");
    this.far = new IntersectionObserver((entries) => entries.forEach((entry) => this.passed(entry)), { root, rootMargin: `${FAR}px 0px` });
    this.near = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.goOn(), { root, rootMargin: `${NEAR}px 0px` });
    for (const chunk of list.querySelectorAll(".chunk")) this.far.observe(chunk);
    if (this.pager) this.near.observe(this.pager);
  }

  /** Another one watches the list from now on: what is still on its way to this one is fetched by that. */
  stop(): void {
    this.stopped = true;
    this.far.disconnect();
    this.near.disconnect();
  }

  /** A piece has come near, or is far away now. */
  private passed({ target, isIntersecting, boundingClientRect }: IntersectionObserverEntry): void {
    if (!(target instanceof HTMLElement)) return;
    const table = target.querySelector("table");
    if (isIntersecting && !table) void this.bringBack(target);
    else if (!isIntersecting && table && !isNeeded(table)) letGo(target, table, boundingClientRect.height);
  }

  private async bringBack(chunk: HTMLElement): Promise<void> {
    const fetched = await piece(chunk.dataset["address"] ?? "");
    if (!fetched || chunk.querySelector("table") || !chunk.isConnected) return;
    withoutKnown(fetched.table);
    chunk.replaceChildren(fetched.table);
    chunk.style.blockSize = "";
    delete chunk.dataset["heading"];
    withoutSame(chunk);
    // The piece below may have come before, and not have known what it goes on with.
    if (chunk.nextElementSibling) withoutSame(chunk.nextElementSibling);
    this.start(chunk);
  }

  /** The end of the list is near: the next page is put below it. */
  private goOn(): void {
    const link = this.list.querySelector<HTMLAnchorElement>('.pager a[rel="next"]');
    if (this.busy || !this.wrap || !link) return;
    this.busy = true;
    void piece(link.href)
      .then((fetched) => fetched && !this.stopped && this.list.isConnected && link.isConnected && this.append(fetched, link))
      .finally(() => {
        this.busy = false;
        // Looked at anew: the end may still be near.
        if (this.stopped || !this.pager?.isConnected) return;
        this.near.unobserve(this.pager);
        this.near.observe(this.pager);
      });
  }

  private append({ table, next }: Piece, link: HTMLAnchorElement): void {
    const chunk = document.createElement("div");
    chunk.className = "chunk";
    chunk.dataset["address"] = link.href;
    chunk.id = `chunk-${this.list.querySelectorAll(".chunk").length + 1}`;
    withoutKnown(table);
    chunk.append(table);
    this.wrap?.append(chunk);
    withoutSame(chunk);
    if (next) link.href = next.href;
    else link.remove();
    this.start(chunk);
    this.far.observe(chunk);
    document.dispatchEvent(new Event("workernet:grown"));
  }
}

export function startEndless(start: (root: ParentNode) => void): (root: ParentNode) => void {
  let endless: Endless | undefined;
  const watch = (list: HTMLElement): void => {
    endless?.stop();
    endless = new Endless(list, start);
  };
  for (const changed of ["workernet:pane", "workernet:refreshed"])
    document.addEventListener(changed, () => {
      const list = document.querySelector<HTMLElement>("#list");
      if (list) watch(list);
    });
  return (root) => {
    for (const list of fresh<HTMLElement>(root, "#list:has(form[data-bulk])", "endless")) watch(list);
  };
}

/** What was put below a list stays when its first page is fetched anew. */
export function carryPieces(old: HTMLElement, next: HTMLElement): void {
  const pieces = [...old.querySelectorAll(".chunk")];
  const wrap = next.querySelector(".table-wrap");
  if (pieces.length === 0 || !wrap) return;
  for (const chunk of pieces) {
    const copy = chunk.cloneNode(true) as HTMLElement;
    for (const row of copy.querySelectorAll("tr[id]")) if (next.querySelector(`#${CSS.escape(row.id)}`)) row.remove();
    wrap.append(copy);
  }
  const pager = old.querySelector(".pager");
  if (pager) next.querySelector(".pager")?.replaceWith(pager.cloneNode(true));
}
