// Applies the migrations to the local databases: `node scripts/migrate.mjs [--state DIR]`. The server must not be running on that state.
//
// Does to the SQLite files what `wrangler d1 migrations apply --local` does, and keeps the same `d1_migrations` table, so that either
// may follow the other; but in milliseconds, which is what lets each test have databases of its own.
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { program, say, setQuiet } from "./lib/console.mjs";
import { databaseFile, databases } from "./lib/databases.mjs";
import { at, stateDir } from "./lib/paths.mjs";

const BOOK = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`;

function migrateOne({ binding, id, migrations }, state) {
  const file = databaseFile(id, state);
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON");
  database.exec(BOOK);
  const applied = new Set(database.prepare("SELECT name FROM d1_migrations").all().map(({ name }) => name));
  const folder = at(migrations);
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith(".sql")).sort()) {
    if (applied.has(name)) continue;
    database.exec("BEGIN");
    try {
      database.exec(readFileSync(join(folder, name), "utf8"));
      database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").run(name);
      database.exec("COMMIT");
    } catch (error) {
      database.exec("ROLLBACK");
      throw new Error(`${binding}: ${migrations}/${name}: ${error.message}`, { cause: error });
    }
    say(`${binding}: ${name}`);
  }
  database.close();
}

/** Brings every local database under `state` up to the newest migration. */
export function migrate(state = stateDir) {
  for (const database of databases()) migrateOne(database, state);
}

if (process.argv[1]?.endsWith("/migrate.mjs")) {
  const { values } = parseArgs({ options: { state: { type: "string", default: stateDir }, quiet: { type: "boolean", default: false } } });
  setQuiet(values.quiet);
  await program(() => migrate(resolve(values.state)));
}
