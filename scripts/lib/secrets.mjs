// Secrets for local use, made once a checkout and never committed. Names are those that production sets by `wrangler secret put`.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { at } from "./paths.mjs";

const NAMES = ["JWT_SECRET", "TOKEN_SECRET", "SERVICE_TOKEN", "AUDIT_SECRET", "DATA_KEY"];
const file = at(".dev.vars");

export function secrets() {
  const found = {};
  if (existsSync(file)) {
    for (const [, name, value] of readFileSync(file, "utf8").matchAll(/^([A-Z0-9_]+)\s*=\s*"?([^"\n]*)"?\s*$/gm)) found[name] = value;
  }
  const missing = NAMES.filter((name) => !found[name]);
  for (const name of missing) found[name] = randomBytes(32).toString("hex");
  if (missing.length > 0) {
    const lines = Object.entries(found).map(([name, value]) => `${name}="${value}"`);
    writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o600 });
  }
  return found;
}
