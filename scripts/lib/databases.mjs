// Where the local platform keeps a D1 database: a SQLite file whose name is derived from the database's id.
import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "./paths.mjs";

const UNIQUE_KEY = "miniflare-D1DatabaseObject";

/** The D1 databases of the top-level (local) part of wrangler.toml: binding, id, folder of migrations. */
export function databases() {
  const local = readFileSync(at("wrangler.toml"), "utf8").split(/^\[env\./m)[0];
  return local
    .split("[[d1_databases]]")
    .slice(1)
    .map((block) => {
      const value = (name) => new RegExp(`^${name} = "([^"]+)"`, "m").exec(block)[1];
      return { binding: value("binding"), id: value("database_id"), migrations: value("migrations_dir") };
    });
}

/** The file of a database under a state folder, as Miniflare derives it from the id by HMAC-SHA256. */
export function databaseFile(id, state) {
  const key = createHash("sha256").update(UNIQUE_KEY).digest();
  const name = createHmac("sha256", key).update(id).digest().subarray(0, 16);
  const check = createHmac("sha256", key).update(name).digest().subarray(0, 16);
  return join(state, "v3", "d1", UNIQUE_KEY, `${Buffer.concat([name, check]).toString("hex")}.sqlite`);
}
