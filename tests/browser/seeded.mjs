// Databases with the demo data, made once for a run of suites and copied for each file: to make them takes longer than most files do.
//
// The copy is as old as the first file's: what the data says of "now" may be off by AGE_MAX. It is made anew when what makes it changes.
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { seed } from "../../scripts/demo.mjs";
import { at } from "../../scripts/lib/paths.mjs";
import { fingerprint } from "../../scripts/lib/stamps.mjs";
import { migrate } from "../../scripts/migrate.mjs";

const AGE_MAX_MS = 40 * 60_000;
/** What decides how the data looks; the secrets, too, for answers to mails carry signatures. */
const INPUTS = ["Cargo.lock", "d1-migrations", "functions/src/actions", "shared/src", "shared/templates", "tests/src", ".dev.vars"];

const isYoung = (folder) => existsSync(folder) && Date.now() - statSync(folder).mtimeMs < AGE_MAX_MS;

/** Fills `state` with the small demo data; answers where its logins stand. */
export async function seeded(state) {
  const shelf = at("build", "seeded");
  const kept = join(shelf, fingerprint(INPUTS).slice(0, 16));
  if (!isYoung(kept)) {
    mkdirSync(shelf, { recursive: true });
    const making = mkdtempSync(join(shelf, "making-"));
    migrate(making);
    await seed({ size: "small", state: making, out: join(making, "demo.json") });
    rmSync(kept, { recursive: true, force: true });
    renameSync(making, kept);
  }
  cpSync(kept, state, { recursive: true });
  return join(state, "demo.json");
}
