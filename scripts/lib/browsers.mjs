// The browsers that the product is for: `browserslist` of package.json, for whatever wants their lowest versions.
import browserslist from "browserslist";
import { at } from "./paths.mjs";

/** MDN's names of the browsers on the list. */
const NAMES = { chrome: "chrome", edge: "edge", firefox: "firefox", safari: "safari", ios_saf: "safari_ios" };

/** Every version on the list, as caniuse names them. */
export const listed = () => browserslist(undefined, { path: at() });

/** The lowest version of each browser, by MDN's names. */
export function oldest() {
  const versions = {};
  for (const entry of listed()) {
    const [name, range] = entry.split(" ");
    const version = Number.parseFloat(range);
    const known = NAMES[name];
    if (known && !(versions[known] <= version)) versions[known] = version;
  }
  return versions;
}

/** The same for esbuild. */
export function targets() {
  const { chrome, edge, firefox, safari, safari_ios: ios } = oldest();
  return [`chrome${chrome}`, `edge${edge}`, `firefox${firefox}`, `safari${safari}`, `ios${ios}`];
}
