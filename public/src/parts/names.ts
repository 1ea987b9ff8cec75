/**
 * Names in the order of the reader's language: the server sorts them by their letters' codes, which puts ё after я and É after Z.
 */
export function startNames(root: ParentNode): void {
  const order = new Intl.Collator(document.documentElement.lang, { sensitivity: "base", numeric: true });
  for (const list of root.querySelectorAll<HTMLElement>("[data-by-name]")) {
    const items = [...list.children];
    // What is no name stays first: nothing, nobody, oneself.
    const isFixed = (item: Element): boolean => item instanceof HTMLOptionElement && ["", "none", "me"].includes(item.getAttribute("value") ?? "");
    const sorted = items.filter((item) => !isFixed(item)).sort((one, other) => order.compare(one.textContent?.trim() ?? "", other.textContent?.trim() ?? ""));
    list.append(...sorted);
  }
}
