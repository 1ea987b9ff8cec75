// What somebody without a mouse meets on a page: Tab from its beginning to its end and back. Every stop shows that it has the focus and is not
// hidden behind something that stands still (WCAG 2.2, 2.4.7 and 2.4.11); none keeps the focus (2.1.2); none is left out (2.1.1).

/** A field of date and time has this many stops of its own: its parts, and the button of its calendar. */
const PRESSES_IN_ONE_MAX = 8;
/** A frame has the stops of the page in it, which is walked through by itself elsewhere. */
const PRESSES_IN_FRAME_MAX = 150;
const STOPS_MAX = 600;

/** Installed once a page: names elements, and says how the focused one is seen. */
const watch = () => {
  const FRAMES = 20;
  const names = new Map();
  const nameOf = (element) => {
    if (!names.has(element)) names.set(element, `${names.size} ${element.outerHTML.slice(0, 110)}`);
    return names.get(element);
  };
  const isSeen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
  const modal = () => [...document.querySelectorAll("dialog[open]")].find((dialog) => dialog.matches(":modal"));
  globalThis.stops = {
    /** From here on Tab goes from the beginning of the page, or of the dialog over it, whatever had the focus. */
    begin() {
      const place = modal() ?? document.body;
      place.tabIndex = -1;
      place.focus({ preventScroll: true });
      place.removeAttribute("tabindex");
      scrollTo(0, 0);
    },
    /** Where the focus is. A field that looks through its label, and a text that fills its box, are shown by what is seen of them. */
    look() {
      const element = document.activeElement;
      if (!element || element === document.body || element === document.documentElement) return null;
      if (element.tagName === "IFRAME") return { name: nameOf(element), isFrame: true, isMarked: true, isInSight: true };
      const faces = [element, element.closest("label"), element.labels?.[0], element.nextElementSibling, element.closest(".composer"), element.closest(".drop, .palette-head")].filter(Boolean);
      const isMarked = faces.some((face) => {
        const { outlineStyle, boxShadow } = getComputedStyle(face);
        return (outlineStyle !== "none" && outlineStyle !== "") || boxShadow !== "none";
      });
      // Along its edges and in its middle: it is enough that some of it can be seen. What is wider than the window is looked at where both meet.
      const isInSight = faces.some((face) =>
        [...face.getClientRects()].some((box) => {
          const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
          const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
          if (right <= left || bottom <= top) return false;
          return [0.1, 0.5, 0.9].some((x) =>
            [0.1, 0.5, 0.9].some((y) => {
              const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
              return hit !== null && (face.contains(hit) || hit.contains(face));
            }),
          );
        }),
      );
      const over = isInSight ? "" : document.elementFromPoint(element.getBoundingClientRect().left + 5, element.getBoundingClientRect().top + 5)?.outerHTML.slice(0, 80);
      return { name: nameOf(element), isMarked, isInSight, over };
    },
    /** The same, looked at again for some frames where it does not show yet: what moves into sight is on its way for a moment. */
    async now() {
      for (let frame = 0; frame < FRAMES; frame += 1) {
        const seen = this.look();
        if (!seen || (seen.isMarked && seen.isInSight)) return seen;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return this.look();
    },
    /** What Tab must come to. Of a group of radio buttons it comes to one. */
    expected() {
      const place = modal() ?? document;
      return [...place.querySelectorAll("a[href], button, input:not([type=hidden], [type=radio]), select, textarea, summary, iframe, [tabindex]")]
        .filter((element) => element.tabIndex >= 0 && !element.disabled && isSeen(element) && !element.closest("[inert]"))
        .filter((element) => !(element.closest("details:not([open])") && !element.matches("summary")))
        .map(nameOf);
    },
  };
};

/** Tabs through the page in one direction until it comes around: the stops, and the faults of each. */
async function through(page, key) {
  const stops = [];
  const faults = [];
  let same = 0;
  for (let presses = 0; presses < STOPS_MAX; presses += 1) {
    await page.keyboard.press(key);
    const stop = await page.evaluate(() => globalThis.stops.now());
    // Between the end of a page and its beginning lies the browser's own.
    if (stop === null && presses === 0) continue;
    if (stop === null || (stop.name !== stops.at(-1) && stops.includes(stop.name))) return { stops, faults };
    same = stop.name === stops.at(-1) ? same + 1 : 0;
    if (same > (stop.isFrame ? PRESSES_IN_FRAME_MAX : PRESSES_IN_ONE_MAX)) return { stops, faults: [...faults, `${key} does not leave ${stop.name}`] };
    if (same > 0) continue;
    stops.push(stop.name);
    if (!stop.isMarked) faults.push(`the focus cannot be seen: ${stop.name}`);
    if (!stop.isInSight) faults.push(`the focus is hidden behind ${stop.over}: ${stop.name}`);
  }
  return { stops, faults: [...faults, `${key} does not come to an end`] };
}

/** The faults of a page for whoever has no mouse: none, where all is well. `skips` says whether its first stop must lead past the navigation. */
export async function walk(page, { skips = true } = {}) {
  await page.evaluate(watch);
  await page.evaluate(() => globalThis.stops.begin());
  const forth = await through(page, "Tab");
  const back = await through(page, "Shift+Tab");
  const found = [...forth.faults, ...back.faults];
  if (skips && !/class="skip"/.test(forth.stops[0] ?? "")) found.push(`the first stop does not lead past the navigation: ${forth.stops[0]}`);
  for (const name of await page.evaluate(() => globalThis.stops.expected())) {
    if (!forth.stops.includes(name)) found.push(`Tab does not come to ${name}`);
    else if (!back.stops.includes(name)) found.push(`Shift+Tab does not come to ${name}`);
  }
  return [...new Set(found)];
}
