// Secrets for local use, made once a checkout and never committed. Names are those that production sets by `wrangler secret put`.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { at } from "./paths.mjs";

const NAMES = ["JWT_SECRET", "TOKEN_SECRET", "SERVICE_TOKEN", "AUDIT_SECRET", "DATA_KEY"];
/** The pair of keys by which push services know the deployment (RFC 8292), in base64url: the point whole, and the number. */
const PUSH = ["VAPID_PUBLIC_KEY", "VAPID_PRIVATE_KEY"];
const file = at(".dev.vars");

export function secrets() {
  const found = {};
  if (existsSync(file)) {
    for (const [, name, value] of readFileSync(file, "utf8").matchAll(/^([A-Z0-9_]+)\s*=\s*"?([^"\n]*)"?\s*$/gm)) found[name] = value;
  }
  const missing = NAMES.filter((name) => !found[name]);
  for (const name of missing) found[name] = randomBytes(32).toString("hex");
  const lacksPush = PUSH.some((name) => !found[name]);
  if (lacksPush) [found[PUSH[0]], found[PUSH[1]]] = pushKeys();
  if (missing.length > 0 || lacksPush) {
    const lines = Object.entries(found).map(([name, value]) => `${name}="${value}"`);
    writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o600 });
  }
  return found;
}

function pushKeys() {
  const { x, y, d } = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey.export({ format: "jwk" });
  return [Buffer.concat([Buffer.of(4), ...[x, y].map((part) => Buffer.from(part, "base64url"))]).toString("base64url"), d];
}
