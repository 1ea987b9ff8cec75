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

export function startEndless(start: (root: ParentNode) => void): (root: ParentNode) => void {
  let stop = (): void => undefined;

  const watch = (list: HTMLElement): void => {
    stop();
    const wrap = list.querySelector<HTMLElement>(".table-wrap");
    const scroller = document.querySelector<HTMLElement>(".work-panes.open > .list-pane");
    let busy = false;
    const at = (margin: number): IntersectionObserverInit => ({ root: scroller, rootMargin: `${margin}px 0px` });

    const far = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        if (!(target instanceof HTMLElement)) continue;
        const table = target.querySelector("table");
        if (isIntersecting && !table) {
          void piece(target.dataset["address"] ?? "").then((fetched) => {
            if (!fetched || target.querySelector("table") || !target.isConnected) return;
            withoutKnown(fetched.table);
            target.replaceChildren(fetched.table);
            target.style.blockSize = "";
            delete target.dataset["heading"];
            withoutSame(target);
            // The piece below may have come before, and not have known what it goes on with.
            if (target.nextElementSibling) withoutSame(target.nextElementSibling);
            start(target);
          });
        } else if (!isIntersecting && table && !table.querySelector(".cursor, input:checked, .open") && !table.contains(document.activeElement)) {
          target.style.blockSize = `${boundingClientRect.height}px`;
          target.dataset["heading"] = lastHeading(target);
          table.remove();
        }
      }
    }, at(FAR));
    for (const chunk of list.querySelectorAll(".chunk")) far.observe(chunk);

    const near = new IntersectionObserver((entries) => {
      const link = list.querySelector<HTMLAnchorElement>('.pager a[rel="next"]');
      if (busy || !wrap || !link || !entries.some((entry) => entry.isIntersecting)) return;
      busy = true;
      void piece(link.href)
        .then((fetched) => {
          if (!fetched || !list.isConnected || !link.isConnected) return;
          const chunk = document.createElement("div");
          chunk.className = "chunk";
          chunk.dataset["address"] = link.href;
          chunk.id = `chunk-${list.querySelectorAll(".chunk").length + 1}`;
          withoutKnown(fetched.table);
          chunk.append(fetched.table);
          wrap.append(chunk);
          withoutSame(chunk);
          if (fetched.next) link.href = fetched.next.href;
          else link.remove();
          start(chunk);
          far.observe(chunk);
          document.dispatchEvent(new Event("workernet:grown"));
        })
        .finally(() => {
          busy = false;
          // Looked at anew: the end may still be near.
          const pager = list.querySelector(".pager");
          if (pager) {
            near.unobserve(pager);
            near.observe(pager);
          }
        });
    }, at(NEAR));
    const pager = list.querySelector(".pager");
    if (pager) near.observe(pager);
    stop = () => {
      far.disconnect();
      near.disconnect();
    };
  };

  // The window scrolls, or the list beside a ticket does.
  document.addEventListener("workernet:pane", () => {
    const list = document.querySelector<HTMLElement>("#list");
    if (list) watch(list);
  });
  document.addEventListener("workernet:refreshed", () => {
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
