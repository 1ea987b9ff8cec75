/** Menus made of <details>: they close on Escape, on a click elsewhere and when the focus leaves. The drawer closes on Escape too. */

export function startMenus(): void {
  const open = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("focusout", (event) => {
    if (!(event.relatedTarget instanceof Node)) return;
    for (const menu of open()) if (!menu.contains(event.relatedTarget)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
    if (location.hash === "#nav") location.replace("#main");
  });
}
