/** Older messages, swapped in above those that are read: the focus goes to them, because the link that called them is gone. */
import { fresh } from "./page";

export function startOlder(root: ParentNode): void {
  // The part that a page begins with is not swapped in: it stands in no other.
  for (const part of fresh<HTMLElement>(root, ".talk-part .talk-part", "older")) {
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
  }
}
