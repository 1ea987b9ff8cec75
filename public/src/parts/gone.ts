/**
 * Elements that listen to the window or the document. What they listen for ends when they have left the page: otherwise each ticket that
 * was ever opened beside the list would be held until the page is closed.
 */
const there = new Map<Element, AbortController>();

/** Who has left is looked for when somebody comes, and when the place beside the list has changed. */
function look(): void {
  for (const [element, leaving] of there) {
    if (element.isConnected) continue;
    there.delete(element);
    leaving.abort();
  }
}

document.addEventListener("workernet:pane", look);

/** Given when `element`, which is on the page now, has left it. */
export function gone(element: Element): AbortSignal {
  look();
  const leaving = there.get(element) ?? new AbortController();
  there.set(element, leaving);
  return leaving.signal;
}
