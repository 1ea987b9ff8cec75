// `make mutants`: breaks the modules of .cargo/mutants.toml on purpose, one change at a time, and looks whether a test notices (cargo-mutants).
// Takes a day; SHARD=2/8 does the third of eight parts. Works in a copy of the sources; what comes out is in target/mutants. Ends with 1 when
// a change was not noticed: docs/security-mutants.md names those that cannot be.
import { mkdirSync } from "node:fs";
import process from "node:process";
import { CommandFailed, giveUp, program, run, timed } from "./lib/console.mjs";
import { at } from "./lib/paths.mjs";
import { tool } from "./lib/tools.mjs";

/** The tests that judge, each part by its own: the modules' tests where they have all there is, those of the whole product otherwise. */
const PARTS = {
  modules: [
    ...["--package", "shared", "--exclude-re", "^shared/src/auth/webauthn"],
    ...["--", "--lib", "--", "access::", "audit::", "auth::", "mail::token", "net::", "oidc::", "rate::"],
  ],
  passkeys: [
    ...["--package", "shared", "--re", "^shared/src/auth/webauthn", "--test-package", "shared,tests"],
    ...["--", "--lib", "--test", "product", "--", "webauthn", "passkeys"],
  ],
  dispatch: ["--package", "functions", "--test-package", "tests", "--", "--test", "product"],
};
/** What cargo-mutants ends with when all went well but for changes that no test noticed, or that made one run for ever. */
const UNNOTICED = [2, 3];

await program(async () => {
  const mutants = await tool("cargo-mutants");
  const shard = process.env.SHARD ? ["--shard", process.env.SHARD, "--sharding", "round-robin"] : [];
  const unnoticed = [];
  for (const [part, judges] of Object.entries(PARTS)) {
    const out = at("target", "mutants", part);
    mkdirSync(out, { recursive: true });
    const args = ["mutants", ...shard, "--output", out, ...judges];
    // Nobody steps through a mutant: without debug information each is built sooner.
    const env = { CARGO_PROFILE_DEV_DEBUG: "0" };
    try {
      await timed(`mutants: ${part}`, () => run(mutants, args, { cwd: at(), env }));
    } catch (error) {
      if (!(error instanceof CommandFailed) || !UNNOTICED.includes(error.code)) throw error;
      unnoticed.push(part);
    }
  }
  if (unnoticed.length > 0) giveUp(`Not noticed by any test: ${unnoticed.map((part) => `target/mutants/${part}/mutants.out`).join(", ")}`);
});
