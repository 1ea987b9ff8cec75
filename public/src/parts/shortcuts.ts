/** The dialog of shortcuts: which keys run which command, and choosing others. */
import { bindings, saveBindings } from "./bindings";
import { COMMANDS, type Command, keysOf, nameOf } from "./commands";
import { type Bindings, caps, collide, token } from "./keymap";
import { fresh, text } from "./page";

/** So long one waits for a second key of the same binding. */
const NEXT_KEY_MS = 900;

export function startShortcuts(root: ParentNode): void {
  for (const dialog of fresh<HTMLDialogElement>(root, "dialog#keys", "shortcuts")) {
    const notice = dialog.querySelector<HTMLElement>("[data-shortcut-notice]");
    const say = (words: string): void => {
      if (notice) notice.textContent = words;
    };
    const show = (): void => {
      for (const command of COMMANDS) capOf(dialog, command)?.querySelector("[data-cap]")?.replaceChildren(keysOf(command) === "" ? "—" : caps(keysOf(command)));
      const reset = dialog.querySelector<HTMLButtonElement>("[data-shortcut-reset]");
      if (reset) reset.hidden = Object.keys(bindings()).length === 0;
    };
    const choose = async (next: Bindings, words: string): Promise<void> => {
      say(text("sending"));
      const saved = await saveBindings(next);
      show();
      say(saved ? words : text("failed"));
    };

    for (const command of COMMANDS) {
      const cap = capOf(dialog, command);
      cap?.addEventListener("click", () => {
        cap.querySelector("[data-cap]")?.replaceChildren("…");
        say(text("shortcut-press"));
        listen(cap, (typed) => {
          show();
          if (typed === undefined) return say("");
          const other = COMMANDS.find((each) => each !== command && collide(keysOf(each), typed));
          if (other) return say(text("shortcut-taken", nameOf(other)));
          void choose({ ...bindings(), [command.id]: typed }, text("shortcut-saved"));
        });
      });
    }
    dialog.querySelector("[data-shortcut-reset]")?.addEventListener("click", () => void choose({}, text("shortcut-saved")));
    dialog.addEventListener("close", () => say(""));
    document.addEventListener("workernet:shortcuts", show);
    show();
  }
}

const capOf = (dialog: HTMLElement, command: Command): HTMLButtonElement | null =>
  dialog.querySelector<HTMLButtonElement>(`[data-command="${command.id}"] button`);

/** Hears the next key or two on `cap`: Escape takes nothing (and leaves the dialog open), Backspace and Delete take the keys away. */
function listen(cap: HTMLElement, done: (typed: string | undefined) => void): void {
  let typed = "";
  let waiting = 0;
  const end = (result: string | undefined): void => {
    window.clearTimeout(waiting);
    cap.removeEventListener("keydown", heard);
    cap.removeEventListener("blur", left);
    done(result);
  };
  const left = (): void => end(typed === "" ? undefined : typed);
  const heard = (event: KeyboardEvent): void => {
    const pressed = token(event);
    if (event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (pressed === undefined) return;
    if (pressed === "Escape") return end(undefined);
    if (pressed === "Backspace" || pressed === "Delete") return end("");
    if (pressed === "Enter" && typed !== "") return end(typed);
    if (typed !== "" || pressed.includes("mod+")) return end(`${typed} ${pressed}`.trim());
    typed = pressed;
    cap.querySelector("[data-cap]")?.replaceChildren(caps(typed), "…");
    waiting = window.setTimeout(() => end(typed), NEXT_KEY_MS);
  };
  cap.addEventListener("keydown", heard);
  cap.addEventListener("blur", left);
  cap.focus();
}
