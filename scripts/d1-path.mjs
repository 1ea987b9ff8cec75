// Prints the SQLite file of a D1 binding under a state folder: `node scripts/d1-path.mjs TENANT_DB_1 [--state DIR]`.
// The server must not be running while another program writes into the file.
import { resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { giveUp } from "./lib/console.mjs";
import { databaseFile, databases } from "./lib/databases.mjs";
import { stateDir } from "./lib/paths.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { state: { type: "string", default: stateDir } } });
const database = databases().find(({ binding }) => binding === positionals[0]);
if (!database) giveUp(`Name one of: ${databases().map(({ binding }) => binding).join(", ")}`);
process.stdout.write(`${databaseFile(database.id, resolve(values.state))}\n`);
