/**
 * The dialogs of commands, which no page has from the start: they are brought once, when the page has come to rest or somebody asks for
 * one of them.
 */
import { openDialog } from "./dialogs";
import { locale, text, toast } from "./page";

type Start = (root: ParentNode) => void;

/** How long a page may be busy with itself before they are brought all the same. */
const REST_MS = 3_000;

let brought: Promise<void> | undefined;

async function bring(start: Start): Promise<void> {
  const answer = await fetch(`/agent/commands?locale=${locale}`);
  if (!answer.ok) throw new Error(`the commands answered ${answer.status}`);
  // Only what stands in `main`: the frame around it has styles whose nonce is not this page's.
  const [, main = ""] = /<main[^>]*>(.*)<\/main>/s.exec(await answer.text()) ?? [];
  const page = document.createElement("template");
  page.innerHTML = main;
  for (const part of page.content.querySelectorAll("template, dialog")) {
    const own = document.importNode(part, true);
    document.body.append(own);
    start(own);
  }
}

/** Once; a failure is not kept, and the next key asks again. */
function dialogs(start: Start): Promise<void> {
  brought ??= bring(start).catch((failure: unknown) => {
    brought = undefined;
    throw failure;
  });
  return brought;
}

export function startCommandDialogs(start: Start): void {
  if (!document.querySelector("[data-command-run]")) return;
  document.addEventListener("workernet:wanted", (event) => {
    const wanted = event instanceof CustomEvent ? String(event.detail) : "";
    dialogs(start).then(
      () => (wanted === "palette" ? document.dispatchEvent(new CustomEvent("workernet:palette-open")) : openDialog(wanted)),
      () => toast(text("failed")),
    );
  });
  const early = (): void => void dialogs(start).catch(() => undefined);
  // Safari has no idle callbacks.
  if ("requestIdleCallback" in window) window.requestIdleCallback(early, { timeout: REST_MS });
  else setTimeout(early, REST_MS);
}
