/**
 * Rows of lists that are swept aside on a touch screen: on the desk to the person's own or to "resolved", with a way back; on the portal to
 * the answer, or to follow and not to follow. Each of it is on the ticket's page and by keys as well: this is only the shorter way.
 */
import { change } from "./bulk";
import { csrf, icon, text, toast } from "./page";

/** From here on a finger that moves sideways means the row, in px. */
const BEGINS = 12;
/** So far it has to go to mean it. */
const ENOUGH = 88;

interface Act {
  icon: SVGSVGElement;
  words: string;
  run: () => void;
}
/** Towards the end of the line, and towards its start. */
interface Acts {
  end?: Act | undefined;
  start?: Act | undefined;
}

async function follow(path: string, wanted: boolean): Promise<void> {
  const answer = await fetch(`${path}/followers`, { method: "POST", body: new URLSearchParams({ csrf: csrf(), follow: wanted ? "yes" : "no" }) });
  toast(answer.ok ? text(wanted ? "swipe-followed" : "swipe-unfollowed") : text("failed"));
  document.dispatchEvent(new Event("workernet:stale"));
}

/** What can be done to a row. */
function acts(row: HTMLElement): Acts {
  const path = row.dataset["href"] ?? "";
  const ticket = row.querySelector<HTMLInputElement>('input[name="ticket"]')?.value;
  if (ticket) {
    const own = document.body.dataset["user"];
    return {
      end: { icon: icon("user-check"), words: text("swipe-mine"), run: () => void change([ticket], { changes: { assignee: own } }) },
      start: { icon: icon("circle-check"), words: text("swipe-resolve"), run: () => void change([ticket], { changes: { status: "resolved" } }) },
    };
  }
  if (!row.closest(".tickets-client")) return {};
  const scope = row.closest<HTMLElement>("[data-scope]")?.dataset["scope"];
  const follows = scope === "following";
  return {
    end: { icon: icon("reply"), words: text("swipe-reply"), run: () => location.assign(`${path}#reply`) },
    start:
      follows || scope === "organization"
        ? {
            icon: follows ? icon("bell-off") : icon("bell"),
            words: text(follows ? "swipe-unfollow" : "swipe-follow"),
            run: () => void follow(path, !follows).catch(() => toast(text("failed"))),
          }
        : undefined,
  };
}

/** What comes to light behind the row. */
function hint(row: HTMLElement, act: Act, side: "start" | "end"): HTMLElement {
  const place = row.getBoundingClientRect();
  const box = document.createElement("div");
  box.className = `swipe-hint swipe-${side}`;
  box.setAttribute("aria-hidden", "true");
  box.append(act.icon, act.words);
  box.style.setProperty("top", `${place.top}px`);
  box.style.setProperty("height", `${place.height}px`);
  document.body.append(box);
  return box;
}

export function startSwipes(): void {
  if (!matchMedia("(pointer: coarse)").matches) return;
  const sign = document.documentElement.dir === "rtl" ? -1 : 1;
  let row: HTMLElement | null = null;
  let [x, y, moved] = [0, 0, 0];
  let shown: HTMLElement | undefined;
  let act: Act | undefined;

  const end = (): void => {
    shown?.remove();
    row?.classList.remove("swiped", "swiped-enough");
    row?.style.removeProperty("--swipe");
    row = null;
    shown = act = undefined;
    moved = 0;
  };
  document.addEventListener(
    "touchstart",
    (event) => {
      end();
      const [touch, more] = event.touches;
      const target = event.target instanceof Element ? event.target : null;
      if (!touch || more || target?.closest("input, button, select, label")) return;
      row = target?.closest<HTMLElement>("table.tickets tr[data-href]") ?? null;
      [x, y] = [touch.clientX, touch.clientY];
    },
    { passive: true },
  );
  document.addEventListener(
    "touchmove",
    (event) => {
      const [touch] = event.touches;
      if (!row || !touch) return;
      const [aside, down] = [touch.clientX - x, touch.clientY - y];
      if (!shown) {
        if (Math.abs(down) > BEGINS) return end();
        if (Math.abs(aside) <= BEGINS) return;
        const side = aside * sign > 0 ? "end" : "start";
        act = acts(row)[side];
        if (!act) return end();
        shown = hint(row, act, side);
        row.classList.add("swiped");
      }
      // Back over where it began it would mean the other side: it stays there instead.
      const goesStart = shown.classList.contains("swipe-start");
      moved = goesStart === aside * sign < 0 ? aside : 0;
      row.style.setProperty("--swipe", `${moved}px`);
      const enough = Math.abs(moved) >= ENOUGH;
      row.classList.toggle("swiped-enough", enough);
      shown.classList.toggle("swipe-enough", enough);
    },
    { passive: true },
  );
  document.addEventListener("touchend", (event) => {
    const done = shown && Math.abs(moved) >= ENOUGH ? act : undefined;
    // A row that was moved was not pressed.
    if (shown && event.cancelable) event.preventDefault();
    end();
    done?.run();
  });
  document.addEventListener("touchcancel", end);
}
