/**
 * Two tickets side by side, each its own page in a frame: with its own scrolling, composer and live connection. The address of the whole
 * follows what the halves show, so that reloading, sharing and going back work.
 *
 * Inside of a half, links to anything but tickets lead the whole window there.
 */
const TICKET = /^\/agent\/tickets\/([^/?#]+-\d+)/;

/** Which ticket a half shows; nothing where it was led to what is not shown in frames. */
function shown(frame: HTMLIFrameElement): string | undefined {
  try {
    return TICKET.exec(frame.contentWindow?.location.pathname ?? "")?.[1];
  } catch {
    return undefined;
  }
}

function startHalves(): void {
  const split = document.querySelector<HTMLElement>("[data-split]");
  const frames = [...(split?.querySelectorAll<HTMLIFrameElement>("iframe[data-half]") ?? [])];
  const follow = (frame: HTMLIFrameElement): void => {
    if (frame.contentWindow?.location.href === "about:blank") return;
    const number = shown(frame);
    if (!number) {
      location.assign(`/agent/tickets/${frame.title}`);
      return;
    }
    if (number === frame.title) return;
    const half = frame.closest<HTMLElement>(".split-half");
    const other = frames.find((each) => each !== frame);
    const link = half?.querySelector<HTMLAnchorElement>(".split-head a.num");
    frame.title = number;
    half?.setAttribute("aria-label", number);
    if (link) [link.textContent, link.href] = [number, `/agent/tickets/${number}`];
    const shut = other?.closest(".split-half")?.querySelector<HTMLAnchorElement>("[data-split-close]");
    if (shut) shut.href = `/agent/tickets/${number}`;
    history.replaceState(history.state, "", `/agent/split?${frames.map((each) => `${each.dataset["half"] ?? ""}=${encodeURIComponent(each.title)}`).join("&")}`);
    document.dispatchEvent(new Event("workernet:pane"));
  };
  for (const frame of frames) frame.addEventListener("load", () => {
    try {
      follow(frame);
    } catch {
      // Signed out, or led elsewhere: the whole window goes and sees.
      location.assign(`/agent/tickets/${frame.title}`);
    }
  });
}

function startHalf(): void {
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      if (!link || link.target !== "" || link.origin !== location.origin || TICKET.test(link.pathname)) return;
      if (link.hash !== "" && link.pathname === location.pathname) return;
      if (!/^\/(api|attachments)\//.test(link.pathname)) link.target = "_top";
    },
    true,
  );
}

export function startSplit(): void {
  if (window.self === window.top) startHalves();
  else startHalf();
}
