/** The border between the list and the ticket beside it: it is carried by pointer and by arrow keys, and remembered. */

const KEPT = "list-width";
/** The list's share of the width, in percent. */
const LEAST = 22;
const MOST = 60;
const USUAL = 34;

function remembered(): number {
  try {
    const kept = Number(localStorage.getItem(KEPT));
    return kept >= LEAST && kept <= MOST ? kept : USUAL;
  } catch {
    return USUAL;
  }
}

export function startBorder(panes: HTMLElement, split: HTMLElement): void {
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
  width(remembered());
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
