/**
 * In the installed app, which has no bar with a button for it: a page that is pulled down at its top is loaded anew. With a keyboard it is
 * the browser's own key, F5, as everywhere.
 */
import { icon } from "./page";

/** So far a page has to be pulled, in px. */
const ENOUGH = 110;

const installed = (): boolean => matchMedia("(display-mode: standalone)").matches || (navigator as Navigator & { standalone?: boolean }).standalone === true;

/** Whether something between the finger and the page scrolls by itself, and is not at its top. */
function scrolls(target: EventTarget | null): boolean {
  for (let part = target instanceof Element ? target : null; part; part = part.parentElement) if (part.scrollTop > 0) return true;
  return false;
}

export function startPull(): void {
  if (!installed() || !matchMedia("(pointer: coarse)").matches) return;
  let from: { x: number; y: number } | undefined;
  let mark: HTMLElement | undefined;
  const end = (): void => {
    mark?.remove();
    mark = from = undefined;
  };
  document.addEventListener(
    "touchstart",
    (event) => {
      end();
      const [touch, more] = event.touches;
      const target = event.target instanceof Element ? event.target : null;
      if (!touch || more || window.scrollY > 0 || scrolls(target) || target?.closest("dialog, textarea, input, select")) return;
      from = { x: touch.clientX, y: touch.clientY };
    },
    { passive: true },
  );
  document.addEventListener(
    "touchmove",
    (event) => {
      const [touch] = event.touches;
      if (!from || !touch) return;
      const down = touch.clientY - from.y;
      if (down < 0 || Math.abs(touch.clientX - from.x) > Math.max(30, down) || window.scrollY > 0) return end();
      if (down < 20) return;
      if (!mark) {
        mark = document.createElement("div");
        mark.className = "pull";
        mark.setAttribute("aria-hidden", "true");
        mark.append(icon("rotate-cw"));
        document.body.append(mark);
      }
      mark.style.setProperty("--pull", String(Math.min(1, down / ENOUGH)));
      mark.classList.toggle("pull-enough", down >= ENOUGH);
    },
    { passive: true },
  );
  document.addEventListener("touchend", () => {
    const enough = mark?.classList.contains("pull-enough");
    end();
    if (enough) location.reload();
  });
  document.addEventListener("touchcancel", end);
}
