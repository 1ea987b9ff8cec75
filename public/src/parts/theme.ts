/** Light or dark, and contrast: at once on this page, and remembered in a cookie that the server reads at the next one. */

const wantsDark = window.matchMedia("(prefers-color-scheme: dark)");

/** Which of the two the page shows now, whoever has chosen it. */
export function isDark(): boolean {
  const shown = document.documentElement.dataset["theme"];
  return shown === "dark" || (shown !== "light" && wantsDark.matches);
}

export function startTheme(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    // Without it the browser sends the form, and the next page is as wanted.
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-appearance]") || !(event.submitter instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const { name, value } = event.submitter;
    document.documentElement.dataset[name] = value;
    for (const choice of document.querySelectorAll<HTMLButtonElement>(`[data-appearance] [name="${name}"]`)) choice.setAttribute("aria-pressed", String(choice.value === value));
    const body = new URLSearchParams();
    for (const [key, entry] of new FormData(form)) if (typeof entry === "string") body.set(key, entry);
    body.set(name, value);
    // The page is right already; should the request fail, the next page looks as before and nothing is lost.
    void fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => undefined);
  });
}
