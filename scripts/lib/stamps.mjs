// Skips work whose inputs have not changed: a stamp holds the hash of everything that a step read.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./paths.mjs";

const SKIPPED = new Set(["node_modules", "target", "build", ".git"]);

function* files(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path).sort()) {
    if (!SKIPPED.has(entry)) yield* files(join(path, entry));
  }
}

/** The hash of the files and folders (relative to the root) and of further strings that decide the outcome. */
export function fingerprint(paths, extra = []) {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of files(join(root, path))) {
      hash.update(`${relative(root, file)}\0`).update(readFileSync(file)).update("\0");
    }
  }
  for (const text of extra) hash.update(`${text}\0`);
  return hash.digest("hex");
}

/**
 * Runs `work` unless the stamp in `stampFile` equals `print` and every one of `outputs` exists.
 * The stamp is taken away first, so that an interrupted step runs again. Answers whether it ran.
 */
export async function unlessUnchanged(stampFile, print, outputs, work) {
  const current = existsSync(stampFile) ? readFileSync(stampFile, "utf8") : "";
  if (current === print && outputs.every((path) => existsSync(path))) return false;
  rmSync(stampFile, { force: true });
  await work();
  mkdirSync(join(stampFile, ".."), { recursive: true });
  writeFileSync(stampFile, print);
  return true;
}
