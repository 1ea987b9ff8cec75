/** Numbers beside the saved views in the navigation: asked for when the page stands, and again when tickets change, seldom. */

interface Counts {
  data: { id: string; tickets: number | null; or_more: boolean }[];
}

/** How often they are asked for at most, in ms. */
const SELDOM = 30_000;

let known: Counts["data"] = [];
let asked = 0;

function show(): void {
  const numbers = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: "latn" });
  for (const { id, tickets, or_more: more } of known) {
    const count = document.querySelector<HTMLElement>(`.work-nav [data-view="${CSS.escape(id)}"] [data-view-count]`);
    if (!count || tickets === null) continue;
    count.hidden = tickets === 0 && !more;
    count.textContent = `${numbers.format(tickets)}${more ? "+" : ""}`;
  }
}

async function ask(): Promise<void> {
  const ids = [...document.querySelectorAll<HTMLElement>(".work-nav [data-view]")].map((link) => link.dataset["view"] ?? "");
  if (ids.length === 0 || document.hidden || Date.now() - asked < SELDOM) return;
  asked = Date.now();
  const answer = await fetch(`/api/views/counts?views=${ids.join(",")}`, { headers: { accept: "application/json" } });
  if (!answer.ok) return;
  known = ((await answer.json()) as Counts).data;
  show();
}

export function startViews(): void {
  const soon = (): void => void ask().catch(() => undefined);
  // The page itself comes first.
  window.setTimeout(soon, 300);
  document.addEventListener("workernet:refreshed", () => {
    show();
    soon();
  });
  document.addEventListener("visibilitychange", soon);
}
