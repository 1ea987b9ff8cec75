/**
 * Signing out takes along what this browser keeps of the person, though the server may not be heard. The server's answer asks the
 * browser for the same; but the page that is left, and others that stand open, would then write their drafts once more.
 */

const MARK = "signed-out";

/** Whether the person has just asked to be signed out: on this page, or on another one of this browser. */
let leaving = false;

export const isLeaving = (): boolean => leaving;

export function startLeaving(): void {
  document.addEventListener("submit", (event) => {
    if (event.target instanceof HTMLFormElement && event.target.matches('form[action^="/logout"]')) leaving = true;
  });
  // Whoever writes on has thought better of it.
  document.addEventListener("input", () => (leaving = false));
  window.addEventListener("storage", (event) => {
    if (event.key === MARK && event.newValue !== null) leaving = true;
  });
  window.addEventListener("pagehide", () => {
    if (!leaving) return;
    try {
      localStorage.setItem(MARK, "yes");
      localStorage.clear();
      sessionStorage.clear();
    } catch {
      // A browser that keeps nothing has nothing to take away.
    }
  });
}
