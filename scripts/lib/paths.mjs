// Where everything lives. Nothing that a script makes is outside `build`, `.dev`, `node_modules`, `target` and the tool cache.
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const at = (...parts) => join(root, ...parts);
export const bin = (name) => at("node_modules", ".bin", name);

/** Made by the set-up and never committed: secrets, demo logins, stamps, the local databases. */
export const devDir = at(".dev");
export const stateDir = process.env.STATE ? resolve(process.env.STATE) : at(".dev", "state");
export const stamp = (name) => at(".dev", "stamps", name);

/** Tools built from source are kept for the person, not for the checkout: a fresh clone finds them again. */
export const toolCache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "workernet");

/** The built worker and the files it serves; one set for development, one for release. */
export const builds = {
  dev: { worker: at("build", "dev"), assets: at("build", "public") },
  release: { worker: at("build", "release"), assets: at("build", "release-public") },
};
