/** A form that goes on by itself: what another site has handed in is sent on from here. */
import { fresh } from "./page";

export function startForward(root: ParentNode): void {
  for (const form of fresh<HTMLFormElement>(root, "form[data-forward]", "forward")) form.submit();
}
