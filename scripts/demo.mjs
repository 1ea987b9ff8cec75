// Demo data for the local databases. `node scripts/demo.mjs --size small|full` begins with empty databases; `make dev` calls `seed`, which
// leaves alone what is there. The server must not be running meanwhile: the seed writes into its SQLite files, and what it wants in the
// file storage is put there afterwards.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { giveUp, program, run, say, timed } from "./lib/console.mjs";
import { databaseFile, databases } from "./lib/databases.mjs";
import { at, devDir, stateDir } from "./lib/paths.mjs";
import { runningOn } from "./lib/running.mjs";
import { secrets } from "./lib/secrets.mjs";
import { unlessUnchanged } from "./lib/stamps.mjs";
import { moveIntoStorage } from "./lib/storage.mjs";
import { migrate } from "./migrate.mjs";

/** Where the seed says how to sign in. */
export const demoFile = at(".dev", "demo.json");

/** `PLATFORM_DB` becomes `--platform-db FILE`: each binding's SQLite file, for a program that writes into it. */
export const databaseArguments = (state) =>
  databases().flatMap(({ binding, id }) => [`--${binding.toLowerCase().replaceAll("_", "-")}`, databaseFile(id, state)]);

/** Fills the databases under `state`, unless they have been. Size small is enough to look around, full is what the benchmark measures. */
export async function seed({ size = "small", state = stateDir, port = 8787, out = demoFile } = {}) {
  mkdirSync(devDir, { recursive: true });
  const marker = join(state, "seeded");
  const print = existsSync(marker) ? readFileSync(marker, "utf8") : size;
  const files = join(state, "demo-files");
  const args = ["--size", size, "--base-url", `http://localhost:${port}`, "--out", out, "--files", files, ...databaseArguments(state)];
  const ran = await unlessUnchanged(marker, print, [out], async () => {
    // Answers to mails of the past carry what the product has signed, so the seed signs with the secrets that will be served.
    await timed(`demo data (${size})`, () =>
      run("cargo", ["run", "--quiet", "-p", "tests", "--bin", "seed", "--", ...args], { cwd: at(), env: secrets() }),
    );
    await timed("files of the demo data", () => moveIntoStorage(files, state));
  });
  if (!ran) {
    say(`Demo data (${print}) is there.`);
    moveTo(port, out);
  }
}

/** The data may have been made for a server on another port: the addresses in `out` follow the one that runs now. */
function moveTo(port, out) {
  const demo = JSON.parse(readFileSync(out, "utf8"));
  const moved = (host) => `${host.split(":")[0]}:${port}`;
  demo.base_url = `http://localhost:${port}`;
  for (const place of [demo.platform, ...demo.tenants]) if (place?.host) place.host = moved(place.host);
  writeFileSync(out, `${JSON.stringify(demo, null, 2)}\n`);
}

/** Prints addresses and logins for a person. */
export function printLogins(port) {
  const demo = JSON.parse(readFileSync(demoFile, "utf8"));
  const address = (host) => `http://${host.split(":")[0]}:${port}`;
  const row = ({ role, username, password }) => `    ${role.padEnd(9)} ${username.padEnd(30)} ${password}`;
  const lines = ["", `Platform console: http://localhost:${port}`, ...(demo.platform?.users ?? []).map(row)];
  for (const tenant of demo.tenants) {
    lines.push("", `${tenant.slug} (${tenant.locale}): ${address(tenant.host)}   mail: ${tenant.mailbox}`, ...tenant.users.map(row));
  }
  process.stdout.write(`${lines.join("\n")}\n\n`);
}

if (process.argv[1]?.endsWith("/demo.mjs")) {
  const { values } = parseArgs({ options: { size: { type: "string", default: "small" }, state: { type: "string", default: stateDir } } });
  await program(async () => {
    if (!["small", "full"].includes(values.size)) giveUp("SIZE is small or full.");
    const state = resolve(values.state);
    const pid = runningOn(state);
    if (pid) giveUp(`The server is running on ${state} (process ${pid}). Stop it first.`);
    rmSync(state, { recursive: true, force: true });
    migrate(state);
    await seed({ size: values.size, state, port: Number(process.env.PORT ?? 8787) });
  });
}
