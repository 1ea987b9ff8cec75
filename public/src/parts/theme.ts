/** Light or dark at once, remembered in a cookie that the server reads at the next page. */

const wantsDark = window.matchMedia("(prefers-color-scheme: dark)");

export function startTheme(): void {
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement) || !event.target.matches("[data-theme-form]")) return;
    event.preventDefault();
    const root = document.documentElement;
    const shown = root.dataset["theme"];
    const dark = shown === "dark" || (shown !== "light" && wantsDark.matches);
    const next = dark ? "light" : "dark";
    root.dataset["theme"] = next;
    const body = new URLSearchParams();
    for (const [key, value] of new FormData(event.target)) if (typeof value === "string") body.set(key, value);
    body.set("theme", next);
    // The page is right already; should the request fail, the next page is in the old theme and nothing is lost.
    void fetch(event.target.action, { method: "POST", body, redirect: "manual" }).catch(() => undefined);
  });
}
